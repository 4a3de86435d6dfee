/**
 * The states of notebooks that someone may look at, one beside another. Each is asked for with its own rights: comparing
 * gives nothing that reading does not.
 */
import { and, desc, eq } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { ComparedState, StateChoice } from '../../core/notebook/compared-state.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import type { VersionRef } from '../../core/notebook/version-ref.ts';
import { allows } from '../../core/permissions/table.ts';
import { requireOnNotebook, rolesOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks, notebookVersions, people } from '../db/schema.ts';
import { lookAtVersion, readHistory } from './history.ts';
import { decodeVersion, frozenFor, versionHeading } from './versions.ts';

/** Frozen versions that are offered, the latest. */
const MOST_FROZEN = 50;

/**
 * What a notebook was copied from is given as it is today, and its `ref` says so, where its state of then is not for the
 * actor.
 * @param pageId the notebook whose page it is; the actor reads it
 * @throws NotFoundError for a state that is not there or not for the actor
 */
export function readState(app: App, actor: Actor, pageId: string, ref: VersionRef): ComparedState {
	const notebookId = ref.notebook ?? pageId;
	if (ref.kind === 'origin') return originOf(app, actor, notebookId, ref);
	const roles = requireOnNotebook(app, actor, notebookId, 'notebook.read');
	if (ref.kind === 'kept') {
		const { version, notebook } = lookAtVersion(app, actor, notebookId, ref.id);
		const { kind, name, by, people: took, at } = version;
		const kept = { kind, name, by, people: took };
		return { ...headingOf(app, notebookId, ref, notebook), at, kept };
	}
	if (ref.kind === 'frozen') {
		const row = app.db
			.select()
			.from(notebookVersions)
			.where(
				and(eq(notebookVersions.notebookId, notebookId), eq(notebookVersions.number, ref.number))
			)
			.get();
		if (!row || !frozenFor(app, actor, notebookId, roles)(row)) throw new NotFoundError();
		const heading = headingOf(app, notebookId, ref, decodeVersion(row.state));
		return { ...heading, at: row.createdAt, number: row.number };
	}
	return headingOf(app, notebookId, ref, roomsOf(app).read(notebookId).notebook);
}

/**
 * What a notebook was copied from, as it was then: for who made the copy, to whom it is no news, and for those of its
 * other readers whom that state is for (`frozenFor`). Who merely reads both is given the origin as it is now; who reads
 * the copy alone is shown nothing of it.
 */
function originOf(app: App, actor: Actor, copyId: string, ref: VersionRef): ComparedState {
	const roles = requireOnNotebook(app, actor, copyId, 'notebook.read');
	const copy = app.db.select().from(notebooks).where(eq(notebooks.id, copyId)).get();
	const row =
		copy?.parentVersionId === null || copy === undefined
			? undefined
			: app.db
					.select()
					.from(notebookVersions)
					.where(eq(notebookVersions.id, copy.parentVersionId))
					.get();
	if (!row) throw new NotFoundError();
	const onOrigin = rolesOnNotebook(app, actor, row.notebookId);
	const readable = allows(onOrigin, 'notebook.read');
	if (!roles.has('owner')) {
		if (!readable) throw new NotFoundError();
		if (!frozenFor(app, actor, row.notebookId, onOrigin)(row))
			return readState(app, actor, copyId, { notebook: row.notebookId, kind: 'present' });
	}
	const heading = headingOf(app, row.notebookId, ref, decodeVersion(row.state));
	return {
		...heading,
		...{ at: row.createdAt, number: row.number, readable },
		owner: readable ? heading.owner : ''
	};
}

function headingOf(
	app: App,
	notebookId: string,
	ref: VersionRef,
	notebook: Notebook
): ComparedState {
	const row = app.db
		.select({ owner: people.displayName, at: notebooks.updatedAt })
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(eq(notebooks.id, notebookId))
		.get();
	if (!row) throw new NotFoundError();
	return {
		...{ ref, notebookId, notebook, title: notebook.title },
		...{ owner: row.owner, at: row.at, kept: null, number: null, readable: true }
	};
}

/**
 * The states that a person may choose on a notebook's page: as it is, its history, those that were frozen, what it was
 * copied from and what that notebook is today.
 */
export function listStates(app: App, actor: Actor, notebookId: string): StateChoice[] {
	const roles = requireOnNotebook(app, actor, notebookId, 'notebook.read');
	const present = bare(headingOf(app, notebookId, { notebook: null, kind: 'present' }, BLANK));
	const row = app.db.select().from(notebooks).where(eq(notebooks.id, notebookId)).get();
	const title = row?.title ?? '';
	const own = (part: Omit<StateChoice, 'notebookId' | 'title' | 'owner' | 'readable'>) => ({
		...{ ...present, title },
		...part
	});
	return [
		{ ...present, title },
		...ancestry(app, actor, notebookId, row),
		...readHistory(app, actor, notebookId).versions.map(
			({ id, kind, name, by, people: took, at }) =>
				own({
					ref: { notebook: null, kind: 'kept', id },
					...{ at, kept: { kind, name, by, people: took }, number: null }
				})
		),
		...app.db
			.select(FROZEN)
			.from(notebookVersions)
			.where(eq(notebookVersions.notebookId, notebookId))
			.orderBy(desc(notebookVersions.number))
			.all()
			.filter(frozenFor(app, actor, notebookId, roles))
			.slice(0, MOST_FROZEN)
			.map(({ number, at }) =>
				own({ ref: { notebook: null, kind: 'frozen', number }, ...{ at, kept: null, number } })
			)
	];
}

const FROZEN = {
	...{ id: notebookVersions.id, number: notebookVersions.number, at: notebookVersions.createdAt },
	...{ reason: notebookVersions.reason, createdBy: notebookVersions.createdBy }
};
const BLANK: Notebook = { title: '', lang: 'fr', cells: [] };
const bare = ({ notebook: _, ...heading }: ComparedState): StateChoice => heading;

function ancestry(
	app: App,
	actor: Actor,
	notebookId: string,
	row: typeof notebooks.$inferSelect | undefined
): StateChoice[] {
	const { parentId = null, parentVersionId = null } = row ?? {};
	if (parentId === null || parentVersionId === null) return [];
	try {
		const origin = bare(originOf(app, actor, notebookId, { notebook: null, kind: 'origin' }));
		if (!origin.readable || origin.ref.kind !== 'origin') return [origin];
		const heading = versionHeading(app, parentVersionId);
		const now = headingOf(app, parentId, { notebook: parentId, kind: 'present' }, BLANK);
		return [origin, { ...bare(now), title: heading?.title ?? origin.title }];
	} catch (cause) {
		if (cause instanceof NotFoundError) return [];
		throw cause;
	}
}
