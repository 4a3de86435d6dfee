/**
 * Who can be named in the discussions of a notebook: people who may read it, and whom the one who asks may know of.
 * Those are its owner, those it is shared with by name, those who wrote in its discussions; and the people of a
 * workshop or an organisation that it is shared with, where the one who asks is one of them. Who opened a link is
 * known to nobody until they write.
 */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Mentionable } from '../../core/annotation/thread.ts';
import { inForce, mayRead, requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import {
	comments,
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
	const ids = new Set([...knownOf(app, actor, notebookId)].slice(0, 4 * MAX_MENTIONABLE));
	ids.delete(actor.personId);
	return app.db
		.select({ personId: people.id, name: people.displayName })
		.from(people)
		.where(inArray(people.id, [...ids]))
		.all()
		.filter(({ personId }) => mayRead(app, personId, notebookId))
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
	for (const { kind, id } of grants) {
		if (id === null) continue;
		const circle =
			kind === 'workshop'
				? db
						.select({ id: workshopPeople.personId })
						.from(workshopPeople)
						.where(eq(workshopPeople.workshopId, id))
						.all()
				: kind === 'organisation'
					? db
							.select({ id: memberships.personId })
							.from(memberships)
							.where(eq(memberships.organisationId, id))
							.all()
					: [];
		if (circle.some((one) => one.id === actor.personId)) add(circle);
	}
	return known;
}
