/**
 * Who can be named in the discussions of a notebook: people who may read it, and whom the one who asks may know of.
 * Those are its owner, those it is shared with by name, those who wrote in its discussions; and the people of a
 * workshop or an organisation that it is shared with, where the one who asks is one of them; those who facilitate a
 * workshop and are shown it, where the one who asks is of that workshop. Who opened a link is known to nobody until they
 * write.
 */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Mentionable } from '../../core/annotation/thread.ts';
import { inForce, requireOnNotebook } from '../access/notebook.ts';
import { facilitatorsOf } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import {
	comments,
	linkUses,
	memberships,
	notebookGrants,
	notebooks,
	people,
	threads,
	workshopPeople
} from '../db/schema.ts';

/** A list to choose a name from; past it, people are named by writing first. */
const MAX_MENTIONABLE = 500;

/** By name, the one who asks left out. Throws NotFoundError if they may not read the notebook. */
export function mentionable(app: App, actor: Actor, notebookId: string): Mentionable[] {
	requireOnNotebook(app, actor, notebookId, 'thread.read');
	const reads = readersOf(app, notebookId);
	reads.delete(actor.personId);
	const ids = [...knownOf(app, actor, notebookId)].filter((id) => reads.has(id));
	return app.db
		.select({ personId: people.id, name: people.displayName })
		.from(people)
		.where(inArray(people.id, ids.slice(0, 4 * MAX_MENTIONABLE)))
		.all()
		.sort((a, b) => a.name.localeCompare(b.name, 'fr') || (a.personId < b.personId ? -1 : 1))
		.slice(0, MAX_MENTIONABLE);
}

/** Of those who may be named in a notebook's discussions, the ids that the actor may know; some of them may read it no more. */
export function knownOf(app: App, actor: Actor, notebookId: string): Set<string> {
	const { db } = app;
	const known = new Set<string>();
	const add = (rows: readonly { readonly id: string | null }[]): void => {
		for (const { id } of rows) if (id !== null) known.add(id);
	};
	add(
		db.select({ id: notebooks.ownerId }).from(notebooks).where(eq(notebooks.id, notebookId)).all()
	);
	add(
		db
			.selectDistinct({ id: comments.authorId })
			.from(comments)
			.innerJoin(threads, eq(threads.id, comments.threadId))
			.where(eq(threads.notebookId, notebookId))
			.all()
	);
	const grants = db
		.select({ kind: notebookGrants.granteeKind, id: notebookGrants.granteeId })
		.from(notebookGrants)
		.where(
			and(
				eq(notebookGrants.notebookId, notebookId),
				isNotNull(notebookGrants.granteeId),
				inForce(app.now())
			)
		)
		.all();
	add(grants.filter(({ kind }) => kind === 'person'));
	const isOne = ({ id }: { readonly id: string | null }): boolean => id === actor.personId;
	for (const { kind, id } of grants) {
		if (id === null) continue;
		if (kind === 'workshop' || kind === 'facilitators') {
			const seated = db
				.select({ id: workshopPeople.personId })
				.from(workshopPeople)
				.where(eq(workshopPeople.workshopId, id))
				.all();
			const facilitators = facilitatorsOf(app, [id]);
			if (![...seated, ...facilitators].some(isOne)) continue;
			add(kind === 'workshop' ? seated : facilitators);
		} else if (kind === 'organisation') {
			const members = db
				.select({ id: memberships.personId })
				.from(memberships)
				.where(eq(memberships.organisationId, id))
				.all();
			if (members.some(isOne)) add(members);
		}
	}
	return known;
}

/** Everyone who may read the notebook now: asked of each of thousands, it would hold everybody up. */
function readersOf(app: App, notebookId: string): Set<string> {
	const { db, now } = app;
	const readers = new Set<string>();
	const add = (rows: readonly { readonly id: string | null }[]): void => {
		for (const { id } of rows) if (id !== null) readers.add(id);
	};
	add(
		db.select({ id: notebooks.ownerId }).from(notebooks).where(eq(notebooks.id, notebookId)).all()
	);
	const grants = db
		.select({
			grant: notebookGrants.id,
			kind: notebookGrants.granteeKind,
			id: notebookGrants.granteeId
		})
		.from(notebookGrants)
		.where(and(eq(notebookGrants.notebookId, notebookId), inForce(now())))
		.all();
	const to = (kind: (typeof grants)[number]['kind']): string[] =>
		grants.flatMap((grant) => (grant.kind === kind && grant.id !== null ? [grant.id] : []));
	add(to('person').map((id) => ({ id })));
	add(
		db
			.select({ id: workshopPeople.personId })
			.from(workshopPeople)
			.where(inArray(workshopPeople.workshopId, to('workshop')))
			.all()
	);
	add(facilitatorsOf(app, to('facilitators')));
	add(
		db
			.select({ id: memberships.personId })
			.from(memberships)
			.where(inArray(memberships.organisationId, to('organisation')))
			.all()
	);
	const links = grants.flatMap(({ grant, kind }) => (kind === 'link' ? [grant] : []));
	add(
		db
			.select({ id: linkUses.personId })
			.from(linkUses)
			.where(inArray(linkUses.grantId, links))
			.all()
	);
	return readers;
}
