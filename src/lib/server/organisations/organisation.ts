/** Organisations: what owns datasets. Whoever creates one is its first steward. */
import { asc, eq } from 'drizzle-orm';
import { ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { cleanDiscipline, cleanLine, cleanRegion } from '../../core/people/profile.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnSite } from '../access/site.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { memberships, organisations, people } from '../db/schema.ts';

export interface OrganisationFields {
	readonly name: string;
	readonly region?: string | null;
	readonly discipline?: string | null;
}

const NAME_MAX = 120;

const clean = (fields: OrganisationFields) => ({
	name: cleanLine(fields.name, 'name', 'name_required', NAME_MAX),
	region: cleanRegion(fields.region),
	discipline: cleanDiscipline(fields.discipline)
});

/** Creates an organisation with the actor as its steward; answers its id. */
export function createOrganisation(
	app: App,
	actor: Actor | null,
	fields: OrganisationFields
): string {
	if (!actor || !allows(rolesOnSite(actor), 'organisation.create'))
		throw new ForbiddenError(actor ? 'account_required' : 'sign_in_required');
	const values = clean(fields);
	const id = newId(app.random);
	const createdAt = app.now();
	app.db.transaction(() => {
		app.db
			.insert(organisations)
			.values({ id, ...values, createdAt })
			.run();
		app.db
			.insert(memberships)
			.values({ organisationId: id, personId: actor.personId, role: 'steward', createdAt })
			.run();
	}, IMMEDIATE);
	return id;
}

export function updateOrganisation(
	app: App,
	actor: Actor | null,
	id: string,
	fields: OrganisationFields
): void {
	requireAllowed(rolesOnOrganisation(app, actor, id), 'organisation.read', 'organisation.manage');
	app.db.update(organisations).set(clean(fields)).where(eq(organisations.id, id)).run();
}

export interface OrganisationLine {
	readonly id: string;
	readonly name: string;
	readonly region: string | null;
	readonly discipline: string | null;
	readonly role: 'member' | 'steward';
}

/** The organisations that the actor belongs to, by name. */
export function listOrganisations(app: App, actor: Actor): OrganisationLine[] {
	return app.db
		.select({
			id: organisations.id,
			name: organisations.name,
			region: organisations.region,
			discipline: organisations.discipline,
			role: memberships.role
		})
		.from(memberships)
		.innerJoin(organisations, eq(organisations.id, memberships.organisationId))
		.where(eq(memberships.personId, actor.personId))
		.all()
		.sort((a, b) => a.name.localeCompare(b.name, 'fr-CA'));
}

export interface OrganisationMember {
	readonly personId: string;
	readonly displayName: string;
	/** Shown to stewards alone; null otherwise. */
	readonly email: string | null;
	readonly role: 'member' | 'steward';
}

export interface Organisation {
	readonly id: string;
	readonly name: string;
	readonly region: string | null;
	readonly discipline: string | null;
	readonly members: readonly OrganisationMember[];
	readonly mayManage: boolean;
}

/** @throws NotFoundError for a missing one and for a stranger alike */
export function describeOrganisation(app: App, actor: Actor | null, id: string): Organisation {
	const roles = rolesOnOrganisation(app, actor, id);
	requireAllowed(roles, 'organisation.read');
	const found = app.db.select().from(organisations).where(eq(organisations.id, id)).get();
	if (!found) throw new NotFoundError();
	const mayManage = allows(roles, 'organisation.manage');
	const members = app.db
		.select({
			personId: people.id,
			displayName: people.displayName,
			email: people.email,
			role: memberships.role
		})
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.personId))
		.where(eq(memberships.organisationId, id))
		.orderBy(asc(memberships.createdAt), asc(people.displayName))
		.all()
		.map((member) => ({ ...member, email: mayManage ? member.email : null }));
	const { name, region, discipline } = found;
	return { id, name, region, discipline, members, mayManage };
}
