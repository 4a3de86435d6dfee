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
import { storedPool } from './stored-pool.ts';

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
	readonly contractVersion: number;
	/** Parts contributed before are to be contributed anew. */
	readonly breaking: boolean;
}

/**
 * Another version of the contract. What breaks the parts there are leaves them out of the versions made from now on,
 * until they are contributed anew; terms never loosen while there are parts, since they were accepted as they stood.
 *
 * @param from the version that the person edited
 * @throws AppError `pool_contract_changed`, `pool_terms_fixed`; InvalidError `contract_invalid`
 */
export async function editContract(
	app: App,
	actor: Actor | null,
	poolId: string,
	from: number,
	sent: unknown
): Promise<ContractEdit> {
	if (!actor) throw new ForbiddenError('sign_in_required');
	requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read', 'pool.manage');
	const contract = readContract(sent);
	const edit = app.db.transaction(
		() => {
			requireAllowed(rolesOnPool(app, actor, poolId), 'pool.read', 'pool.manage');
			const pool = storedPool(app, poolId);
			if (pool.contractVersion !== from) throw new AppError('pool_contract_changed');
			const change = contractChange(pool.contract, contract);
			const breaking = change.breaking.length > 0;
			if (change.same) return { contractVersion: from, breaking };
			requireTermsKept(app, poolId, pool.contract, contract);
			const number = from + 1;
			app.db
				.insert(poolContractVersions)
				.values({
					poolId,
					number,
					generation: pool.generation + (breaking ? 1 : 0),
					contract,
					createdBy: actor.personId,
					createdAt: app.now()
				})
				.run();
			app.db.update(pools).set({ contractVersion: number }).where(eq(pools.id, poolId)).run();
			const standing = app.db
				.select({ about: datasets.about })
				.from(datasets)
				.where(eq(datasets.id, pool.dataset.id))
				.get();
			app.db
				.update(datasets)
				.set(datasetFields(contract, aboutOf(standing ?? null)))
				.where(eq(datasets.id, pool.dataset.id))
				.run();
			return { contractVersion: number, breaking };
		},
		{ behavior: 'immediate' }
	);
	return edit;
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
