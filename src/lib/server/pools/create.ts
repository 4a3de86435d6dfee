/** A new pool, with the dataset that it is read as; and changes to its contract. */
import { and, eq, isNull } from 'drizzle-orm';
import { AppError, ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { NOTHING_SAID, type DatasetAbout } from '../../core/dataset/about.ts';
import { newId } from '../../core/ids.ts';
import { allows } from '../../core/permissions/table.ts';
import { contractChange } from '../../core/pool/contract-change.ts';
import { readContract, type Contract } from '../../core/pool/contract.ts';
import { PUBLICATION_TERMS } from '../../core/governance/terms.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import { rolesOnPool } from '../access/pool.ts';
import { requireAllowed } from '../access/require.ts';
import type { Actor, App } from '../app.ts';
import { freeSlug } from '../datasets/create.ts';
import { aboutOf } from '../datasets/dataset-fields.ts';
import { datasets, poolContractVersions, poolParts, pools } from '../db/schema.ts';
import { columnsUnder, reviewPart, type PartReview } from './revalidate.ts';
import { renewVersion, sameParts, TRIES } from './snapshot.ts';
import {
	contractVersions,
	standingParts,
	storedPool,
	type StoredPart,
	type StoredPool
} from './stored-pool.ts';

export interface NewPool {
	/** Runs it: the actor is one of its stewards. */
	readonly organisationId: string;
	/** Whatever was sent. */
	readonly contract: unknown;
	readonly synthetic?: boolean;
	/** Wished for; made from the title otherwise. */
	readonly slug?: string;
}

/** @throws NotFoundError or ForbiddenError on the organisation; InvalidError `contract_invalid` */
export function createPool(
	app: App,
	actor: Actor | null,
	made: NewPool
): { readonly id: string; readonly datasetId: string; readonly slug: string } {
	if (!actor) throw new ForbiddenError('sign_in_required');
	const contract = readContract(made.contract);
	return app.db.transaction(
		() => {
			const roles = rolesOnOrganisation(app, actor, made.organisationId);
			if (!allows(roles, 'organisation.read')) throw new NotFoundError();
			if (!allows(roles, 'pool.create')) throw new ForbiddenError('steward_required');
			const id = newId(app.random);
			const datasetId = newId(app.random);
			const slug = freeSlug(app, made.slug ?? contract.title.fr);
			const by = { createdBy: actor.personId, createdAt: app.now() };
			app.db
				.insert(pools)
				.values({ id, organisationId: made.organisationId, contractVersion: 1, ...by })
				.run();
			app.db
				.insert(poolContractVersions)
				.values({ poolId: id, number: 1, generation: 1, contract, ...by })
				.run();
			app.db
				.insert(datasets)
				.values({
					id: datasetId,
					slug,
					organisationId: made.organisationId,
					...datasetFields(contract, NOTHING_SAID),
					synthetic: made.synthetic === true,
					poolId: id,
					...by
				})
				.run();
			return { id, datasetId, slug };
		},
		{ behavior: 'immediate' }
	);
}

/** What the pool's dataset says of itself: its contract's words and terms, beside what its stewards said. */
const datasetFields = ({ title, description, terms }: Contract, before: DatasetAbout) => ({
	title: title.fr,
	description: description.fr,
	about: { ...before, lang: 'fr' as const, titleOther: title.en, descriptionOther: description.en },
	licence: terms.licence,
	publication: terms.publication
});

export interface ContractEdit {
	/** The version that the person edited. */
	readonly from: number;
	/** Whatever was sent. */
	readonly contract: unknown;
	/** Ids of the parts that the person knows will be left out until they are contributed anew. */
	readonly aside: readonly string[];
}
export interface ContractEdited {
	/** The version in force; null where nothing was stored, since a part would be left out that the person was not told of. */
	readonly contractVersion: number | null;
	/** Every part that stands, and what becomes of it. */
	readonly parts: readonly PartReview[];
}

/**
 * Another version of the contract. Where it may break the parts there are, each is read again: those that do not meet
 * it are left out of the versions made from now on, until they are contributed anew, and none without having been told.
 * Terms never loosen while there are parts, since they were accepted as they stood.
 *
 * @throws AppError `pool_contract_changed`, `pool_terms_fixed`, `pool_busy`; InvalidError `contract_invalid`
 */
export async function editContract(
	app: App,
	actor: Actor | null,
	poolId: string,
	{ from, contract: sent, aside }: ContractEdit
): Promise<ContractEdited> {
	if (!actor) throw new ForbiddenError('sign_in_required');
	requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read', 'pool.manage');
	const contract = readContract(sent);
	for (let i = 0; i < TRIES; i++) {
		const pool = poolAsEdited(app, poolId, from);
		const change = contractChange(pool.contract, contract);
		if (change.same) return { contractVersion: from, parts: [] };
		requireTermsKept(app, poolId, pool.contract, contract);
		const breaking = change.breaking.length > 0;
		const standing = standingParts(app, poolId);
		const parts = await reviewParts(app, pool, standing, contract, breaking);
		if (parts.some(({ id, outcome }) => outcome === 'aside' && !aside.includes(id)))
			return { contractVersion: null, parts };
		const ids = standing.map(({ id }) => id);
		const number = app.db.transaction(
			() => {
				// Asked again: much may have happened while the parts were read.
				requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read', 'pool.manage');
				const now = poolAsEdited(app, poolId, from);
				const still = standingParts(app, poolId).map(({ id }) => id);
				if (!sameParts(still, ids)) return null;
				return insertContract(app, actor, now, contract, breaking, standing, parts);
			},
			{ behavior: 'immediate' }
		);
		if (number === null) continue;
		await renewVersion(app, actor, poolId);
		return { contractVersion: number, parts };
	}
	throw new AppError('pool_busy');
}

function poolAsEdited(app: App, poolId: string, from: number): StoredPool {
	const pool = storedPool(app, poolId);
	if (pool.contractVersion !== from) throw new AppError('pool_contract_changed');
	return pool;
}

async function reviewParts(
	app: App,
	pool: StoredPool,
	standing: readonly StoredPart[],
	contract: Contract,
	breaking: boolean
): Promise<PartReview[]> {
	const versions = contractVersions(app, pool.id);
	const reviews: PartReview[] = [];
	for (const part of standing) {
		const pooled = part.generation === pool.generation;
		const { id, organisation, period, rows } = part;
		reviews.push(
			pooled && !breaking
				? { id, organisation, period, rows, outcome: 'stays', reasons: [] }
				: await reviewPart(
						app,
						part,
						versions.get(part.contractVersion) ?? pool.contract,
						contract,
						pooled
					)
		);
	}
	return reviews;
}

/** Inside a transaction: the next version is in force, and the parts that meet it say so; answers its number. */
function insertContract(
	app: App,
	actor: Actor,
	pool: StoredPool,
	contract: Contract,
	breaking: boolean,
	standing: readonly StoredPart[],
	reviews: readonly PartReview[]
): number {
	const number = pool.contractVersion + 1;
	app.db
		.insert(poolContractVersions)
		.values({
			poolId: pool.id,
			number,
			generation: pool.generation + (breaking ? 1 : 0),
			contract,
			createdBy: actor.personId,
			createdAt: app.now()
		})
		.run();
	const outcomes = new Map(reviews.map(({ id, outcome }) => [id, outcome]));
	for (const part of standing) {
		const outcome = outcomes.get(part.id);
		if (outcome !== 'back' && !(breaking && outcome === 'stays')) continue;
		app.db
			.update(poolParts)
			.set({ contractVersion: number, columns: columnsUnder(part, contract) })
			.where(eq(poolParts.id, part.id))
			.run();
	}
	app.db.update(pools).set({ contractVersion: number }).where(eq(pools.id, pool.id)).run();
	const before = app.db
		.select({ about: datasets.about })
		.from(datasets)
		.where(eq(datasets.id, pool.dataset.id))
		.get();
	app.db
		.update(datasets)
		.set(datasetFields(contract, aboutOf(before ?? null)))
		.where(eq(datasets.id, pool.dataset.id))
		.run();
	return number;
}

function requireTermsKept(app: App, poolId: string, before: Contract, after: Contract): void {
	const rank = ({ terms }: Contract): number => PUBLICATION_TERMS.indexOf(terms.publication);
	if (before.terms.licence === after.terms.licence && rank(after) <= rank(before)) return;
	const part = app.db
		.select({ id: poolParts.id })
		.from(poolParts)
		.where(and(eq(poolParts.poolId, poolId), isNull(poolParts.withdrawnAt)))
		.get();
	if (part) throw new AppError('pool_terms_fixed');
}
