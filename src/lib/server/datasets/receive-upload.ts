/**
 * An upload as a route takes it: who may not send it is refused before its table is read, and what it holds is counted
 * with the others under way until it is dealt with.
 */
import type { Actor, App } from '../app.ts';
import { readUpload, type Upload } from './upload.ts';
import { uploadsOf } from './uploads-in-flight.ts';

interface Receiving<T> {
	/** Throws where the address alone says no: nothing of the body is read. */
	readonly address?: () => void;
	/** Throws where the description says no: nothing of the table is read. */
	readonly description?: (description: Upload['description']) => void;
	readonly take: (upload: Upload) => Promise<T>;
}

/**
 * @throws what `address`, `description` and `take` throw; BusyError `uploads_in_flight` or `uploads_full`; InvalidError
 *   `table_too_large` or `upload_malformed`
 */
export async function receiveUpload<T>(
	app: App,
	actor: Actor,
	request: Request,
	{ address, description, take }: Receiving<T>
): Promise<T> {
	try {
		address?.();
		const flight = uploadsOf(app).enter(actor.personId);
		try {
			return await take(await readUpload(request, { allow: description, hold: flight.hold }));
		} finally {
			flight.leave();
		}
	} catch (cause) {
		void discard(request);
		throw cause;
	}
}

/**
 * Lets go of what is still to come, as it comes. The connection would be cut otherwise, and the refusal with it: whoever
 * sends a long body reads the answer last.
 */
async function discard(request: Request): Promise<void> {
	if (!request.body || request.body.locked) return;
	const reader = request.body.getReader();
	try {
		while (!(await reader.read()).done);
	} catch {
		// The sender went away, or sent more than it said: nobody reads the answer.
	}
}
