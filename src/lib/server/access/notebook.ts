/**
 * The roles a person holds on a notebook. It is private by default: its owner alone, then whoever a grant in
 * force names: a person, the people of a workshop or those who facilitate it, the members of an organisation, or those
 * who opened a link. Running a workshop gives nothing by itself: a participant's own version is theirs. One that is made
 * of a starter is shared with its facilitators when it is made, which its owner is told, sees and takes back.
 */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { allows, type Action, type Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import {
	linkUses,
	memberships,
	notebookGrants,
	notebooks,
	series,
	workshopPeople,
	workshops
} from '../db/schema.ts';
import { rolesOnWorkshop } from './workshop.ts';

export type NotebookLevel = 'viewer' | 'editor';

/** A grant that is neither revoked nor expired at `now`. */
export const inForce = (now: number) =>
	and(
		isNull(notebookGrants.revokedAt),
		or(isNull(notebookGrants.expiresAt), gt(notebookGrants.expiresAt, now))
	);

/** A missing or deleted notebook answers like one that is not shared: no role on it. */
export function rolesOnNotebook(app: App, actor: Actor | null, notebookId: string): Set<Role> {
	const roles = new Set<Role>([actor ? actor.kind : 'anonymous']);
	if (!actor) return roles;
	const notebook = app.db
		.select({ ownerId: notebooks.ownerId })
		.from(notebooks)
		.where(and(eq(notebooks.id, notebookId), isNull(notebooks.deletedAt)))
		.get();
	if (!notebook) return roles;
	if (notebook.ownerId === actor.personId) return roles.add('owner').add('editor');
	for (const { level } of grantsReaching(app, actor.personId, notebookId)) roles.add(level);
	return roles;
}

/** Whether a person may read the notebook now: for what they are told of without asking. */
export function mayRead(app: App, personId: string, notebookId: string): boolean {
	const notebook = app.db
		.select({ ownerId: notebooks.ownerId })
		.from(notebooks)
		.where(and(eq(notebooks.id, notebookId), isNull(notebooks.deletedAt)))
		.get();
	if (!notebook) return false;
	return notebook.ownerId === personId || grantsReaching(app, personId, notebookId).length > 0;
}

/**
 * Everyone who may edit the notebook, its owner first: for what they are told of without asking.
 * @param most of them
 */
export function editorsOf(app: App, notebookId: string, most: number): string[] {
	const notebook = app.db
		.select({ ownerId: notebooks.ownerId })
		.from(notebooks)
		.where(and(eq(notebooks.id, notebookId), isNull(notebooks.deletedAt)))
		.get();
	if (!notebook) return [];
	const which = and(
		eq(notebookGrants.notebookId, notebookId),
		eq(notebookGrants.level, 'editor'),
		inForce(app.now())
	);
	const rows = app.db.all<{ id: string }>(sql`
		with grants as (
			select ${notebookGrants.id} as granting, ${notebookGrants.granteeKind} as kind, ${notebookGrants.granteeId} as grantee
			from ${notebookGrants} where ${which})
		select grantee as id from grants where kind = 'person'
		union select ${workshopPeople.personId} from ${workshopPeople}
			join grants on kind = 'workshop' and grantee = ${workshopPeople.workshopId}
		union select ${memberships.personId} from ${memberships}
			join grants on kind = 'organisation' and grantee = ${memberships.organisationId}
		union select ${linkUses.personId} from ${linkUses}
			join grants on kind = 'link' and granting = ${linkUses.grantId}
		limit ${most}`);
	return [...new Set([notebook.ownerId, ...rows.map(({ id }) => id)])].slice(0, most);
}

/** The grants in force on the notebook by which the person reaches it. */
export function grantsReaching(app: App, personId: string, notebookId: string) {
	return app.db
		.select({
			kind: notebookGrants.granteeKind,
			level: notebookGrants.level,
			expiresAt: notebookGrants.expiresAt
		})
		.from(notebookGrants)
		.where(and(eq(notebookGrants.notebookId, notebookId), reaches(app, personId)))
		.all();
}

/** SQL condition: a grant in force that reaches the person. */
export function reaches(app: App, personId: string) {
	const { granteeKind, granteeId } = notebookGrants;
	return and(
		inForce(app.now()),
		or(
			and(eq(granteeKind, 'person'), eq(granteeId, personId)),
			and(
				eq(granteeKind, 'workshop'),
				sql`${granteeId} in (select ${workshopPeople.workshopId} from ${workshopPeople} where ${workshopPeople.personId} = ${personId})`
			),
			and(eq(granteeKind, 'facilitators'), sql`${granteeId} in ${facilitatedBy(personId)}`),
			and(
				eq(granteeKind, 'organisation'),
				sql`${granteeId} in (select ${memberships.organisationId} from ${memberships} where ${memberships.personId} = ${personId})`
			),
			and(
				eq(granteeKind, 'link'),
				sql`${notebookGrants.id} in (select ${linkUses.grantId} from ${linkUses} where ${linkUses.personId} = ${personId})`
			)
		)
	);
}

/** SQL: the ids of the workshops that a person facilitates, by a seat or by having made their series. */
const facilitatedBy = (personId: string) =>
	sql`(select ${workshopPeople.workshopId} from ${workshopPeople}
		where ${workshopPeople.personId} = ${personId} and ${workshopPeople.role} = 'facilitator'
		union select ${workshops.id} from ${workshops} join ${series} on ${series.id} = ${workshops.seriesId}
		where ${series.createdBy} = ${personId})`;

/** Whether the notebook is a starter of a workshop that the actor facilitates. */
export function facilitatesStarter(app: App, actor: Actor, notebookId: string): boolean {
	const row = app.db
		.select({ workshopId: notebooks.workshopId })
		.from(notebooks)
		.where(and(eq(notebooks.id, notebookId), eq(notebooks.starter, true)))
		.get();
	return (
		typeof row?.workshopId === 'string' &&
		rolesOnWorkshop(app, actor, row.workshopId).has('facilitator')
	);
}

/** What the person may do to the document: null when they may not even read it. */
export function levelOnNotebook(
	app: App,
	actor: Actor | null,
	notebookId: string
): NotebookLevel | null {
	const roles = rolesOnNotebook(app, actor, notebookId);
	if (allows(roles, 'notebook.edit')) return 'editor';
	return allows(roles, 'notebook.read') ? 'viewer' : null;
}

/**
 * Lets the person through, or throws: NotFoundError if they may not even read the notebook, else
 * ForbiddenError. Answers the roles they hold.
 */
export function requireOnNotebook(
	app: App,
	actor: Actor | null,
	notebookId: string,
	action: Action
): Set<Role> {
	const roles = rolesOnNotebook(app, actor, notebookId);
	if (allows(roles, action)) return roles;
	if (allows(roles, 'notebook.read')) throw new ForbiddenError();
	throw new NotFoundError();
}
