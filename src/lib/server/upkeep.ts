/** What the server does by itself from time to time: bytes that must go, lines that must be forgotten. */
import type { App } from './app.ts';
import { forgetAccess } from './datasets/access-log.ts';
import { removeLeftovers } from './datasets/kept-bytes.ts';
import { purgeWithdrawn } from './datasets/purge.ts';
import { logError } from './log.ts';
import { forgetMailTokens } from './mail/unsubscribe.ts';
import { purgeDeleted } from './notebooks/purge.ts';
import { forgetRead } from './notifications/read.ts';
import { purgeWithdrawnParts } from './pools/purge.ts';

const EVERY = 3_600_000;

export interface Upkeep {
	/** Resolves once nothing is under way: the store may be closed. */
	stop(): Promise<void>;
}

/** One round. What fails is written down and tried again at the next; it stops nothing else. */
export async function keepUp(app: App): Promise<void> {
	for (const task of [
		() => purgeWithdrawn(app),
		() => purgeWithdrawnParts(app),
		() => purgeDeleted(app),
		() => removeLeftovers(app),
		() => forgetAccess(app),
		() => forgetRead(app),
		() => forgetMailTokens(app)
	])
		try {
			await task();
		} catch (cause) {
			logError('Upkeep failed:', cause);
		}
}

/** A round now, then one an hour; never two at once. */
export function startUpkeep(app: App, every = EVERY): Upkeep {
	let round: Promise<void> = keepUp(app);
	let waiting = false;
	const timer = setInterval(() => {
		if (waiting) return;
		waiting = true;
		round = round.then(() => keepUp(app)).finally(() => (waiting = false));
	}, every).unref();
	return {
		async stop() {
			clearInterval(timer);
			await round;
		}
	};
}
