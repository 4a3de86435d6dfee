/**
 * What one person's notebooks may be together: how many, and how much of the store they take. Asked wherever a notebook
 * or a frozen state is made, in the transaction that makes it; nothing that is there is ever taken away for it.
 */
import { AppError } from '../../core/errors.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';

export interface Held {
	readonly notebooks: number;
	/** Of their documents, with their history, and of the states that were frozen for the person, in any notebook. */
	readonly bytes: number;
}

/** Bytes of the rows of notebooks `n`, which a `where` on it chooses. */
const BYTES = `
	(select coalesce(sum(length(u."update")), 0) from notebook_updates u where u.notebook_id = n.id)
	+ (select coalesce(sum(length(s.state)), 0) from notebook_snapshots s where s.notebook_id = n.id)
	+ (select coalesce(sum(h.bytes), 0) from notebook_history h where h.notebook_id = n.id)
	+ (select coalesce(sum(d.bytes), 0) from deleted_cells d where d.notebook_id = n.id)
	+ (select coalesce(sum(length(b.content)), 0) from fork_bases b where b.notebook_id = n.id)`;

interface Row {
	readonly notebooks: number;
	readonly bytes: number | null;
}

/** Of the notebooks that a person can open. */
export function heldBy({ db: { $client } }: App, personId: string): Held {
	const own = $client
		.prepare<[string], Row>(
			`select count(*) as notebooks, sum(${BYTES}) as bytes from notebooks n
				where n.owner_id = ? and n.deleted_at is null`
		)
		.get(personId);
	const frozen = $client
		.prepare<[string], { bytes: number | null }>(
			'select sum(length(state)) as bytes from notebook_versions where created_by = ?'
		)
		.get(personId);
	return { notebooks: own?.notebooks ?? 0, bytes: (own?.bytes ?? 0) + (frozen?.bytes ?? 0) };
}

/** Of those that a person deleted, and can bring back. */
export function deletedBy({ db: { $client } }: App, personId: string): Held {
	const row = $client
		.prepare<[string], Row>(
			`select count(*) as notebooks, sum(${BYTES}) as bytes from notebooks n
				where n.owner_id = ? and n.deleted_at is not null and n.purged_at is null`
		)
		.get(personId);
	return { notebooks: row?.notebooks ?? 0, bytes: row?.bytes ?? 0 };
}

/** What the store holds of one notebook. */
export function bytesOf({ db: { $client } }: App, notebookId: string): number {
	const row = $client
		.prepare<[string], { bytes: number }>(
			`select ${BYTES} as bytes from notebooks n where n.id = ?`
		)
		.get(notebookId);
	return row?.bytes ?? 0;
}

/**
 * Lets through what would add to what the actor holds, in the transaction that adds it. What was deleted and can still
 * be brought back has as much room again, so that deleting always makes room, and not without end.
 * @param more what is about to be added
 * @param back it comes from the deleted ones, which have the less
 * @throws AppError `too_many_notebooks`, `notebooks_full`, for a guest `too_many_guest_notebooks`,
 * `guest_notebooks_full`; `deleted_notebooks_full`
 */
export function roomFor(app: App, actor: Actor, more: Held, back = false): void {
	const quota = app.config.quotas[actor.kind];
	const guest = actor.kind === 'guest';
	const megabytes = quota.bytes / 1e6;
	const held = heldBy(app, actor.personId);
	if (more.notebooks > 0 && held.notebooks + more.notebooks > quota.notebooks)
		throw new AppError(guest ? 'too_many_guest_notebooks' : 'too_many_notebooks', {
			max: quota.notebooks
		});
	if (held.bytes + more.bytes > quota.bytes)
		throw new AppError(guest ? 'guest_notebooks_full' : 'notebooks_full', { megabytes });
	if (more.notebooks === 0 || back) return;
	const deleted = deletedBy(app, actor.personId);
	if (deleted.notebooks >= quota.notebooks || deleted.bytes >= quota.bytes)
		throw new AppError('deleted_notebooks_full');
}

/** @throws ThrottledError for who makes notebooks faster than a person does */
export function paceOfCreations(app: App, actor: Actor): void {
	void throttlesOf(app).creations.attempt([{ key: actor.personId }]);
}
