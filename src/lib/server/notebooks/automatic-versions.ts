/**
 * Versions that are kept by themselves while people edit: at natural rests, and now and then while they go on
 * (`core/notebook/version-times.ts`). What is to be kept is read from the store, so that a crash or an end forgets none:
 * what was not kept then is at the next round.
 */
import { and, gt, isNull, sql } from 'drizzle-orm';
import { HISTORY_CHANGED } from '../../core/notebook/history.ts';
import { isVersionDue } from '../../core/notebook/version-times.ts';
import type { App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks } from '../db/schema.ts';
import { logError } from '../log.ts';
import { contributionsSince } from './contributions.ts';
import { keepAutomatic } from './keep-version.ts';

const EVERY = 60_000;
/** Notebooks of one round: the others come at the next. */
const MOST = 50;
/** One that could not be kept is not tried again before. */
const AGAIN = 3_600_000;

/** When each notebook that could not be kept is tried again. */
const later = new WeakMap<App, Map<string, number>>();

/** One round. @returns how many versions there are more */
export async function keepDueVersions(app: App): Promise<number> {
	const failed = later.get(app) ?? new Map<string, number>();
	later.set(app, failed);
	let kept = 0;
	for (const id of dueNotebooks(app, failed)) {
		try {
			if (keepNow(app, id)) kept++;
			failed.delete(id);
		} catch (cause) {
			failed.set(id, app.now() + AGAIN);
			logError(`a version of notebook ${id} could not be kept`, cause);
		}
		// One a turn: each reads a whole document.
		await new Promise((resolve) => setImmediate(resolve));
	}
	return kept;
}

function dueNotebooks(app: App, failed: ReadonlyMap<string, number>): string[] {
	const now = app.now();
	const rooms = roomsOf(app);
	const due: string[] = [];
	const edited = app.db
		.select({ id: notebooks.id, updatedAt: notebooks.updatedAt })
		.from(notebooks)
		.where(and(isNull(notebooks.deletedAt), gt(notebooks.updatedAt, notebooks.historyAt)))
		.orderBy(sql`${notebooks.updatedAt}`)
		.all();
	for (const { id, updatedAt } of edited) {
		if (due.length >= MOST) break;
		if (now < (failed.get(id) ?? 0)) continue;
		const open = rooms.count(id) > 0;
		const still = { firstAt: updatedAt, lastAt: updatedAt, open };
		if (
			isVersionDue(still, now) ||
			// Only then is it worth asking the log.
			isVersionDue({ ...still, firstAt: contributionsSince(app, id).firstAt ?? updatedAt }, now)
		)
			due.push(id);
	}
	return due;
}

function keepNow(app: App, notebookId: string): boolean {
	const rooms = roomsOf(app);
	const kept = keepAutomatic(app, notebookId, rooms.read(notebookId).notebook);
	rooms.beginnings.forget(notebookId);
	if (kept) rooms.tell(notebookId, HISTORY_CHANGED);
	return kept;
}

export interface Keeper {
	/** Resolves once nothing is under way: the store may be closed. */
	stop(): Promise<void>;
}

/** A round a minute; never two at once. */
export function startKeepingVersions(app: App, every = EVERY): Keeper {
	let round: Promise<unknown> = Promise.resolve();
	let busy = false;
	const timer = setInterval(() => {
		if (busy) return;
		busy = true;
		round = keepDueVersions(app)
			.catch((cause: unknown) => logError('Versions could not be kept:', cause))
			.finally(() => (busy = false));
	}, every).unref();
	return {
		async stop() {
			clearInterval(timer);
			await round;
		}
	};
}
