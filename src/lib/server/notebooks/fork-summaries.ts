/**
 * What copies of notebooks changed. Each is reckoned from the two documents once, and again when the copy was edited; a
 * call takes a time that has an end, and leaves the rest to the next.
 */
import { summariseFork, type ForkSummary } from '../../core/notebook/fork-summary.ts';
import type { Lang, Notebook } from '../../core/notebook/notebook.ts';
import type { App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { logError } from '../log.ts';
import { frozenNotebook } from './versions.ts';

/** Milliseconds of one call. */
const BUDGET = 1_000;
/** Summaries that are kept; the oldest go first. */
const MOST = 5_000;

interface Kept {
	/** The language, the version that it was copied from, and the place of its last edit in the log. */
	readonly key: string;
	/** null: it cannot be read. */
	readonly summary: ForkSummary | null;
}
const kept = new WeakMap<App, Map<string, Kept>>();

export interface CopiedNotebook {
	readonly id: string;
	readonly parentVersionId: string | null;
}

/**
 * By the copy's id, null for one that cannot be read; one that is not there is not reckoned yet. Permissions have been asked.
 * @param budget milliseconds; one at least is reckoned
 */
export function summariesOf(
	app: App,
	copies: readonly CopiedNotebook[],
	lang: Lang,
	budget: number = BUDGET
): Map<string, ForkSummary | null> {
	const memory = kept.get(app) ?? new Map<string, Kept>();
	kept.set(app, memory);
	const found = new Map<string, ForkSummary | null>();
	if (copies.length === 0) return found;
	const rooms = roomsOf(app);
	rooms.journal.flush();
	const origins = new Map<string, Notebook | null>();
	const end = performance.now() + budget;
	let reckoned = 0;
	for (const { id, parentVersionId } of copies) {
		const key = `${lang} ${parentVersionId ?? ''} ${String(lastEdit(app, id))}`;
		const old = memory.get(id);
		if (old?.key === key) {
			found.set(id, old.summary);
			continue;
		}
		if (reckoned > 0 && performance.now() > end) continue;
		reckoned++;
		let summary: ForkSummary | null = null;
		try {
			if (parentVersionId !== null && !origins.has(parentVersionId))
				origins.set(parentVersionId, frozenNotebook(app, parentVersionId));
			const origin = origins.get(parentVersionId ?? '');
			if (origin) summary = summariseFork(origin, rooms.read(id).notebook, lang);
		} catch (cause) {
			// One that cannot be read hides no other.
			logError(`what notebook ${id} changed could not be reckoned`, cause);
		}
		memory.delete(id);
		memory.set(id, { key, summary });
		found.set(id, summary);
	}
	for (const id of memory.keys()) {
		if (memory.size <= MOST) break;
		memory.delete(id);
	}
	return found;
}

/** The place of a notebook's last edit in the log; where it is folded away, up to where it is. */
export function lastEdit({ db: { $client } }: App, notebookId: string): number {
	const row = $client
		.prepare<[string, string], { seq: number | null }>(
			`select coalesce(
				(select max(seq) from notebook_updates where notebook_id = ?),
				(select through_seq from notebook_snapshots where notebook_id = ?)) as seq`
		)
		.get(notebookId, notebookId);
	return row?.seq ?? 0;
}
