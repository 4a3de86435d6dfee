/**
 * What goes out of the store by itself: what deleted notebooks held, once their day has come, and frozen states that
 * nothing points at any more. Each step is one transaction: whatever ends the process, it is done or not begun, and the
 * next round takes up what is left.
 */
import { and, isNotNull, isNull, lte } from 'drizzle-orm';
import type { App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks } from '../db/schema.ts';

const DAY_MS = 86_400_000;

/** When what is deleted now will go. */
export const purgeTime = (app: App): number => app.now() + app.config.deletedDays * DAY_MS;

/** What a notebook holds, but for its frozen states. Discussions take their comments along, shares the uses of links. */
const CONTENTS = [
	'notebook_updates',
	'notebook_snapshots',
	'notebook_clients',
	'notebook_writers',
	'notebook_history',
	'deleted_cells',
	'fork_bases',
	'threads',
	'notifications',
	'notebook_grants'
] as const;

/**
 * SQL: the ids of frozen states that something needs. A version of one's own compares itself with it and takes in from
 * it, also while it is deleted and can come back; a report says what it was made of. Versions in a notebook's history,
 * proposals and discussions are values: they point at none.
 */
const NEEDED = `
	select parent_version_id from notebooks where parent_version_id is not null and purged_at is null
	union all select notebook_version_id from report_versions`;

/** @returns how many went */
export function collectFrozen({ db: { $client } }: App): number {
	return $client
		.transaction(
			() =>
				$client
					.prepare(
						`delete from notebook_versions where reason <> 'named' and id not in (${NEEDED})`
					)
					.run().changes
		)
		.immediate();
}

/**
 * What a deleted notebook held goes, in one transaction. Its line goes with it, unless a version that someone made of
 * it, a report or a proposal needs it: then it stays without a title.
 */
export function purgeNotebook(app: App, notebookId: string): void {
	const { $client } = app.db;
	$client
		.transaction(() => {
			for (const table of CONTENTS)
				$client.prepare(`delete from ${table} where notebook_id = ?`).run(notebookId);
			$client
				.prepare(
					"update notebooks set purged_at = ?, title = '' where id = ? and purged_at is null"
				)
				.run(app.now(), notebookId);
			dropUnneeded(app);
		})
		.immediate();
}

/** In the caller's transaction: proposals both of whose ends are gone, states and lines that nothing needs. */
function dropUnneeded(app: App): void {
	const { $client } = app.db;
	$client
		.prepare(
			`delete from proposals where
				origin_id in (select id from notebooks where purged_at is not null)
				and fork_id in (select id from notebooks where purged_at is not null)`
		)
		.run();
	collectFrozen(app);
	$client
		.prepare(
			`delete from notebooks where purged_at is not null
				and id not in (select notebook_id from notebook_versions)
				and id not in (select origin_id from proposals)
				and id not in (select fork_id from proposals)
				and id not in (select notebook_id from reports)
				and id not in (select notebook_id from report_versions)`
		)
		.run();
}

/** One round of upkeep. @returns ids of the notebooks whose content went */
export async function purgeDeleted(app: App): Promise<string[]> {
	const deleted = and(isNotNull(notebooks.deletedAt), isNull(notebooks.purgedAt));
	// Deleted before there was a day: it begins now, so that it was told.
	app.db
		.update(notebooks)
		.set({ purgeAt: purgeTime(app) })
		.where(and(deleted, isNull(notebooks.purgeAt)))
		.run();
	const due = app.db
		.select({ id: notebooks.id })
		.from(notebooks)
		.where(and(deleted, lte(notebooks.purgeAt, app.now())))
		.all()
		.map(({ id }) => id);
	for (const id of due) {
		roomsOf(app).journal.flush();
		purgeNotebook(app, id);
		// One a turn: each may hold a hundred megabytes.
		await new Promise((resolve) => setImmediate(resolve));
	}
	app.db.transaction(
		() => {
			// A folding that was under way may have written since.
			app.db.$client
				.prepare(
					'delete from notebook_snapshots where notebook_id in (select id from notebooks where purged_at is not null)'
				)
				.run();
			dropUnneeded(app);
		},
		{ behavior: 'immediate' }
	);
	return due;
}
