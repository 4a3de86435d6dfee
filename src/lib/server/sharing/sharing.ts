/** Who can see a notebook, and why: every share in force, for its owner to read and change. */
import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { MAX_NAMES, type Share, type Sharing } from '../../core/sharing/share.ts';
import { inForce, requireOnNotebook } from '../access/notebook.ts';
import { workshopsOf } from '../access/workshops-of.ts';
import type { Actor, App } from '../app.ts';
import {
	linkUses,
	memberships,
	notebookGrants,
	organisations,
	people,
	workshopPeople,
	workshops
} from '../db/schema.ts';

type Grant = typeof notebookGrants.$inferSelect;

/** @throws NotFoundError, ForbiddenError for anyone but the owner */
export function describeSharing(app: App, actor: Actor | null, notebookId: string): Sharing {
	requireOnNotebook(app, actor, notebookId, 'notebook.share');
	const grants = app.db
		.select()
		.from(notebookGrants)
		.where(and(eq(notebookGrants.notebookId, notebookId), inForce(app.now())))
		.orderBy(notebookGrants.createdAt, notebookGrants.id)
		.all();
	return {
		shares: grants.flatMap((grant) => shown(app, grant) ?? []),
		...(actor ? circlesOf(app, actor.personId) : { workshops: [], organisations: [] })
	};
}

/** The workshops and the organisations that a person is in: what they may share with. */
export function circlesOf(
	app: App,
	personId: string
): Pick<Sharing, 'workshops' | 'organisations'> {
	return {
		workshops: app.db
			.select({ id: workshops.id, name: workshops.title })
			.from(workshops)
			.where(inArray(workshops.id, workshopsOf(app, personId)))
			.orderBy(desc(workshops.createdAt), workshops.id)
			.all(),
		organisations: app.db
			.select({ id: organisations.id, name: organisations.name })
			.from(organisations)
			.innerJoin(memberships, eq(memberships.organisationId, organisations.id))
			.where(eq(memberships.personId, personId))
			.orderBy(organisations.name, organisations.id)
			.all()
	};
}

/** null where the one it was shared with is gone. */
function shown(app: App, grant: Grant): Share | null {
	const reached = reachedBy(app, grant);
	if (!reached) return null;
	const { id, granteeKind: kind, level, createdAt, expiresAt } = grant;
	return { id, kind, level, createdAt, expiresAt, email: null, openedBy: [], ...reached };
}

type Reached = Pick<Share, 'name' | 'people'> & Partial<Pick<Share, 'email' | 'openedBy'>>;

function reachedBy(app: App, { id, granteeKind, granteeId }: Grant): Reached | null {
	const { db } = app;
	const to = granteeId ?? '';
	if (granteeKind === 'person') {
		const person = db
			.select({ name: people.displayName, email: people.email })
			.from(people)
			.where(eq(people.id, to))
			.get();
		return person ? { ...person, people: 1 } : null;
	}
	if (granteeKind === 'workshop' || granteeKind === 'facilitators') {
		const row = db
			.select({ name: workshops.title })
			.from(workshops)
			.where(eq(workshops.id, to))
			.get();
		const seats = db
			.select({ n: count() })
			.from(workshopPeople)
			.where(
				and(
					eq(workshopPeople.workshopId, to),
					granteeKind === 'facilitators' ? eq(workshopPeople.role, 'facilitator') : undefined
				)
			)
			.get();
		return row ? { ...row, people: seats?.n ?? 0 } : null;
	}
	if (granteeKind === 'organisation') {
		const row = db
			.select({ name: organisations.name })
			.from(organisations)
			.where(eq(organisations.id, to))
			.get();
		const members = db
			.select({ n: count() })
			.from(memberships)
			.where(eq(memberships.organisationId, to))
			.get();
		return row ? { ...row, people: members?.n ?? 0 } : null;
	}
	const uses = db
		.select({ name: people.displayName })
		.from(linkUses)
		.innerJoin(people, eq(people.id, linkUses.personId))
		.where(eq(linkUses.grantId, id))
		.orderBy(desc(linkUses.at), linkUses.personId)
		.all();
	const openedBy = uses.slice(0, MAX_NAMES).map((use) => use.name);
	return { name: '', people: uses.length, openedBy };
}
