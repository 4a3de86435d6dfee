/** Who can see a notebook, and why: every share in force, for its owner to read and change. */
import { and, count, desc, eq, inArray, ne } from 'drizzle-orm';
import {
	MAX_FELLOWS,
	MAX_NAMES,
	type Fellow,
	type Share,
	type Sharing
} from '../../core/sharing/share.ts';
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
		...(actor ? circlesOf(app, actor.personId) : { workshops: [], organisations: [] }),
		fellows: actor ? fellowsOf(app, actor.personId) : []
	};
}

/** Who is in a person's workshops, those at their table first: all of them see each other's names there. */
export function fellowsOf(app: App, personId: string): Fellow[] {
	const ids = workshopsOf(app, personId);
	const own = app.db
		.select({ table: workshopPeople.tableId })
		.from(workshopPeople)
		.where(and(inArray(workshopPeople.workshopId, ids), eq(workshopPeople.personId, personId)))
		.all();
	const tables = new Set(own.flatMap(({ table }) => table ?? []));
	const rows = app.db
		.select({ id: people.id, name: people.displayName, table: workshopPeople.tableId })
		.from(workshopPeople)
		.innerJoin(people, eq(people.id, workshopPeople.personId))
		.where(and(inArray(workshopPeople.workshopId, ids), ne(people.id, personId)))
		.orderBy(people.displayName, people.id)
		.all();
	const found = new Map<string, Fellow>();
	for (const { id, name, table } of rows) {
		const atTable = (table !== null && tables.has(table)) || found.get(id)?.atTable === true;
		found.set(id, { id, name, atTable });
	}
	const all = [...found.values()];
	return [...all.filter(({ atTable }) => atTable), ...all.filter(({ atTable }) => !atTable)].slice(
		0,
		MAX_FELLOWS
	);
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
