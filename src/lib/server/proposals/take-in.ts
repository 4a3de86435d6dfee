/** Takes into a version of one's own what its origin changed since. Nothing of one's own is ever replaced unasked. */
import { eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import type { NotebookChange } from '../../core/notebook/change.ts';
import { changesBetween, chosenChanges } from '../../core/notebook/changes-between.ts';
import type { MergeConflict } from '../../core/notebook/conflict.ts';
import {
	applyChanges,
	lackedChanges,
	resolveChange,
	type Asked
} from '../../core/notebook/merge-change.ts';
import { countWork, mergeWork } from '../../core/notebook/merge-work.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { lastEdit } from '../collab/journal.ts';
import { roomsOf } from '../collab/rooms.ts';
import { forkBases, notebooks } from '../db/schema.ts';
import { freeze } from '../notebooks/versions.ts';
import { chosenAsShown } from './shown-changes.ts';
import { forkEnds, forkFor, type Fork } from './fork-base.ts';
import { mergeInto } from './merge-into.ts';

export interface OriginChanges {
	readonly originId: string;
	readonly originTitle: string;
	/** The version as it is now, and the last state of the origin that it holds. */
	readonly fork: Notebook;
	readonly base: Notebook;
	/** All of the origin's since, and those of them that the version lacks. */
	readonly all: readonly NotebookChange[];
	readonly changes: readonly NotebookChange[];
}

/** @throws NotFoundError as `forkEnds`; ThrottledError */
export function originChanges(app: App, actor: Actor, forkId: string): OriginChanges {
	const { base, fork, origin, originId, originTitle } = forkFor(app, actor, forkId);
	void throttlesOf(app).merges.attempt([{ key: actor.personId }]);
	const all = changesBetween(base, origin);
	const changes = lackedChanges(base, fork, all, mergeWork());
	return { originId, originTitle, fork, base, all, changes };
}

/** By the version; for as long as neither it nor its origin is edited. */
const counted = new WeakMap<App, Map<string, { readonly key: string; readonly n: number }>>();
/** Numbers that are remembered; the oldest go first. */
const MOST_COUNTED = 5_000;

/**
 * How many changes of the origin a version lacks, for a page that opens: of many long cells that both changed, all.
 * @throws NotFoundError as `forkEnds`
 */
export function countOriginChanges(app: App, actor: Actor, forkId: string): number {
	const { originId, versionId, takenAt } = forkEnds(app, actor, forkId);
	roomsOf(app).journal.flush();
	const edits = [forkId, originId].map((id) => lastEdit(app, id));
	const key = [versionId, takenAt, ...edits].join(' ');
	const memory = counted.get(app) ?? new Map<string, { key: string; n: number }>();
	counted.set(app, memory);
	const known = memory.get(forkId);
	if (known?.key === key) return known.n;
	const { base, fork, origin } = forkFor(app, actor, forkId);
	const n = lackedChanges(base, fork, changesBetween(base, origin), countWork()).length;
	memory.delete(forkId);
	memory.set(forkId, { key, n });
	for (const id of memory.keys()) {
		if (memory.size <= MOST_COUNTED) break;
		memory.delete(id);
	}
	return n;
}

export interface TakenIn {
	readonly taken: number;
	/** Not taken: a person decides. `again`: what they decided on reads otherwise now. */
	readonly conflicts: readonly { readonly conflict: MergeConflict; readonly again: boolean }[];
}

/**
 * @param chosen changes as `choiceOf` names them; those that the origin has no more are left out
 * @param asked what was decided of the only one that is chosen
 * @throws NotFoundError; AppError `proposal_changed_since`; ThrottledError; see also `mergeInto`
 */
export function takeIn(
	app: App,
	actor: Actor,
	forkId: string,
	chosen: readonly string[],
	asked: Asked | null = null
): TakenIn {
	const known = forkFor(app, actor, forkId);
	throttlesOf(app).rewrites.attempt([{ key: actor.personId }]);
	const { base, origin } = known;
	const { doc } = roomsOf(app).read(known.originId);
	const all = changesBetween(base, origin);
	const wanted = chosenAsShown(chosen, all);
	// One alone may take longer.
	const work = wanted.size === 1 ? undefined : mergeWork();
	const found = {
		taken: new Set<string>(),
		there: new Set<string>(),
		conflicts: [] as { conflict: MergeConflict; again: boolean }[]
	};
	mergeInto(
		app,
		actor,
		forkId,
		(now) => {
			let next = now;
			for (const change of all) {
				if (!wanted.has(change.id)) continue;
				const decided = wanted.size === 1 ? asked : null;
				const merged = resolveChange(base, next, change, all, decided, work);
				if (merged.conflict)
					found.conflicts.push({ conflict: merged.conflict, again: merged.again });
				else found.taken.add(change.id);
				next = merged.notebook;
			}
			const lacked = new Set(lackedChanges(base, next, all, mergeWork()));
			for (const change of all) if (!lacked.has(change)) found.there.add(change.id);
			return next;
		},
		() => {
			if (found.taken.size === 0) return;
			counted.get(app)?.delete(forkId);
			const has = (id: string): boolean => found.taken.has(id) || found.there.has(id);
			moveBase(
				app,
				actor,
				known,
				doc,
				all.every(({ id }) => has(id)),
				() => applyChanges(base, chosenChanges(all, has))
			);
		}
	);
	return { taken: found.taken.size, conflicts: found.conflicts };
}

/**
 * What the copy and its origin have in common from now on: the origin whole, or the old base with what was taken in.
 * @param doc of the origin
 */
function moveBase(
	app: App,
	by: Actor,
	{ forkId, originId }: Fork,
	doc: Y.Doc,
	whole: boolean,
	partly: () => Notebook
): void {
	const { db } = app;
	if (whole) {
		const { versionId } = freeze(app, by, originId, doc, 'fork');
		db.update(notebooks).set({ parentVersionId: versionId }).where(eq(notebooks.id, forkId)).run();
		db.delete(forkBases).where(eq(forkBases.notebookId, forkId)).run();
		return;
	}
	const row = { content: JSON.stringify(partly()), at: app.now() };
	db.insert(forkBases)
		.values({ notebookId: forkId, ...row })
		.onConflictDoUpdate({ target: forkBases.notebookId, set: row })
		.run();
}
