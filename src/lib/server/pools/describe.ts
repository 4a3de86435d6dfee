/** What a person may know of pools: the list, and a pool's page. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { allows } from '../../core/permissions/table.ts';
import type { Contract, Words } from '../../core/pool/contract.ts';
import { rolesOnPool } from '../access/pool.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import {
	datasetVersions,
	memberships,
	organisations,
	people,
	poolInvitations,
	poolMembers,
	pools
} from '../db/schema.ts';
import { standingParts, storedPool, type StoredPart, type StoredPool } from './stored-pool.ts';

export interface PoolLine {
	readonly id: string;
	readonly title: Words;
	readonly organisation: string;
	/** Organisations that take part, and rows that stand; null for who is only invited. */
	readonly members: number | null;
	readonly rows: number | null;
	readonly updatedAt: number | null;
	readonly invited: boolean;
}

/** The pools that the person reads or is invited to, the latest changed first. */
export function listPools(app: App, actor: Actor): PoolLine[] {
	return app.db
		.select({ id: pools.id })
		.from(pools)
		.all()
		.flatMap(({ id }) => {
			const roles = rolesOnPool(app, actor, id);
			if (!allows(roles, 'pool.consider')) return [];
			const pool = storedPool(app, id);
			if (pool.dataset.withdrawnAt !== null && !allows(roles, 'pool.manage')) return [];
			const reads = allows(roles, 'pool.read');
			const parts = reads ? standingParts(app, id) : [];
			return [
				{
					id,
					title: pool.contract.title,
					organisation: nameOf(app, pool.organisationId),
					members: reads ? membersOf(app, id).length : null,
					rows: reads ? parts.reduce((sum, { rows }) => sum + rows, 0) : null,
					updatedAt: parts.length ? Math.max(...parts.map((part) => part.contributedAt)) : null,
					invited: roles.has('invited')
				}
			];
		})
		.sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0) || (a.id < b.id ? -1 : 1));
}

export interface PoolPartLine {
	readonly organisationId: string;
	readonly organisation: string;
	/** '' where the contract has no periods. */
	readonly period: string;
	/** How often it was contributed: 1, then one more with each refresh. */
	readonly number: number;
	readonly rows: number;
	/** Cells that hold a value, of all the contract asks for: 0 to 1. */
	readonly completeness: number;
	readonly contributedBy: string;
	readonly contributedAt: number;
	/** A breaking change of the contract left it out of the pool: it is to be contributed anew. */
	readonly outdated: boolean;
	/** The actor looks after its organisation, and may refresh or withdraw it. */
	readonly own: boolean;
}
export interface PoolMember {
	readonly organisationId: string;
	readonly name: string;
	readonly own: boolean;
}
export interface PoolDescription {
	readonly id: string;
	readonly organisation: string;
	readonly contract: Contract;
	readonly contractVersion: number;
	readonly synthetic: boolean;
	readonly withdrawn: boolean;
	/** Days from the withdrawal of a part to the removal of its bytes. */
	readonly withdrawnDays: number;
	/** What follows is null for who is only invited. */
	readonly data: {
		readonly members: readonly PoolMember[];
		readonly parts: readonly PoolPartLine[];
		readonly dataset: {
			readonly id: string;
			readonly slug: string;
			/** Null while nothing stands. */
			readonly version: number | null;
			readonly rows: number;
		};
	} | null;
	readonly mayManage: boolean;
	readonly mayContribute: boolean;
	readonly invited: boolean;
	/** Organisations that the actor looks after and that do not take part. */
	readonly mayBring: readonly { readonly id: string; readonly name: string }[];
	/** For those who manage it. */
	readonly invitations: readonly { readonly personId: string; readonly name: string }[];
}

/** @throws NotFoundError for a missing one and for a stranger alike */
export function describePool(app: App, actor: Actor | null, id: string): PoolDescription {
	const roles = rolesOnPool(app, actor, id);
	requireAllowed(roles, 'pool.consider');
	const pool = storedPool(app, id);
	const stewarded = actor ? stewardedBy(app, actor) : [];
	const own = new Set(stewarded.map((organisation) => organisation.id));
	const members = membersOf(app, id).map(({ organisationId, name }) => ({
		organisationId,
		name,
		own: own.has(organisationId)
	}));
	const mayManage = allows(roles, 'pool.manage');
	const taking = new Set(members.map(({ organisationId }) => organisationId));
	return {
		id,
		organisation: nameOf(app, pool.organisationId),
		contract: pool.contract,
		contractVersion: pool.contractVersion,
		synthetic: pool.dataset.synthetic,
		withdrawn: pool.dataset.withdrawnAt !== null,
		withdrawnDays: app.config.withdrawnDays,
		data: allows(roles, 'pool.read')
			? {
					members,
					parts: standingParts(app, id).map((part) => lineOf(app, pool, part, own)),
					dataset: { id: pool.dataset.id, slug: pool.dataset.slug, ...latest(app, pool) }
				}
			: null,
		mayManage,
		mayContribute: allows(roles, 'pool.contribute') && pool.dataset.withdrawnAt === null,
		invited: roles.has('invited'),
		mayBring: allows(roles, 'pool.join')
			? stewarded.filter((organisation) => !taking.has(organisation.id))
			: [],
		invitations: mayManage
			? app.db
					.select({ personId: people.id, name: people.displayName })
					.from(poolInvitations)
					.innerJoin(people, eq(people.id, poolInvitations.personId))
					.where(eq(poolInvitations.poolId, id))
					.all()
			: []
	};
}

export interface ColumnUse {
	readonly column: string;
	/** The standing parts that hold a value of it. */
	readonly parts: readonly {
		readonly organisation: string;
		readonly period: string;
		/** Rows that have one. */
		readonly filled: number;
	}[];
}

/** For who writes the contract: whose values go when a column goes. */
export function columnUse(app: App, actor: Actor, id: string): ColumnUse[] {
	requireAllowed(rolesOnPool(app, actor, id), 'pool.read', 'pool.manage');
	const parts = standingParts(app, id);
	return storedPool(app, id).contract.columns.map(({ name }) => ({
		column: name,
		parts: parts.flatMap(({ organisation, period, rows, columns }) => {
			const kept = columns.find((column) => column.name === name);
			const filled = kept ? rows - kept.missing : 0;
			return filled > 0 ? [{ organisation, period, filled }] : [];
		})
	}));
}

function lineOf(
	app: App,
	pool: StoredPool,
	part: StoredPart,
	own: ReadonlySet<string>
): PoolPartLine {
	const kept = new Map(part.columns.map(({ name, missing }) => [name, missing]));
	// A column that the contract gained since is missing in every row of it.
	const missing = pool.contract.columns.reduce(
		(sum, { name }) => sum + (kept.get(name) ?? part.rows),
		0
	);
	const cells = part.rows * pool.contract.columns.length;
	return {
		organisationId: part.organisationId,
		organisation: part.organisation,
		period: part.period,
		number: part.number,
		rows: part.rows,
		completeness: cells ? 1 - missing / cells : 0,
		contributedBy:
			app.db
				.select({ name: people.displayName })
				.from(people)
				.where(eq(people.id, part.contributedBy))
				.get()?.name ?? '',
		contributedAt: part.contributedAt,
		outdated: part.generation !== pool.generation,
		own: own.has(part.organisationId)
	};
}

function latest(app: App, pool: StoredPool): { version: number | null; rows: number } {
	const found = app.db
		.select({ number: datasetVersions.number, rows: datasetVersions.rows })
		.from(datasetVersions)
		.where(and(eq(datasetVersions.datasetId, pool.dataset.id), isNull(datasetVersions.withdrawnAt)))
		.orderBy(desc(datasetVersions.number))
		.get();
	return { version: found?.number ?? null, rows: found?.rows ?? 0 };
}

const membersOf = (app: App, poolId: string) =>
	app.db
		.select({ organisationId: poolMembers.organisationId, name: organisations.name })
		.from(poolMembers)
		.innerJoin(organisations, eq(organisations.id, poolMembers.organisationId))
		.where(eq(poolMembers.poolId, poolId))
		.all()
		.sort((a, b) => a.name.localeCompare(b.name, 'fr-CA'));

const nameOf = (app: App, organisationId: string): string =>
	app.db
		.select({ name: organisations.name })
		.from(organisations)
		.where(eq(organisations.id, organisationId))
		.get()?.name ?? '';

const stewardedBy = (app: App, actor: Actor) =>
	app.db
		.select({ id: organisations.id, name: organisations.name })
		.from(memberships)
		.innerJoin(organisations, eq(organisations.id, memberships.organisationId))
		.where(and(eq(memberships.personId, actor.personId), eq(memberships.role, 'steward')))
		.all()
		.sort((a, b) => a.name.localeCompare(b.name, 'fr-CA'));
