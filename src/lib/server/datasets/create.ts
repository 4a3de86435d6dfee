/**
 * Takes a table in: checks its bytes whole, writes them anew, keeps them under their hash. The answer is the same
 * whether the same bytes were there already or not.
 */
import { desc, eq, like, or } from 'drizzle-orm';
import { readRecipe } from '../../core/dataset/recipe.ts';
import { AppError, ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { ImportNotes } from '../../core/protocol/import.ts';
import { allows } from '../../core/permissions/table.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { checkArrow } from '../../tables/check-arrow.ts';
import { requireOnDataset } from '../access/dataset.ts';
import { rolesOnOrganisation } from '../access/organisation.ts';
import type { Actor, App } from '../app.ts';
import { datasets, datasetVersions } from '../db/schema.ts';
import { storedFields, type DatasetFields } from './dataset-fields.ts';
import { keepRecorded } from './kept-bytes.ts';
import { storedColumns } from './stored-columns.ts';

export interface NewDataset extends DatasetFields {
	/** Its owner: the actor is one of its stewards. */
	readonly organisationId: string;
	/** Wished for; made from the title otherwise, and numbered if it is taken. */
	readonly slug?: string;
	readonly notes?: ImportNotes | null;
	/** What was decided at import, as it was sent: an `ImportRecipe`. */
	readonly recipe?: unknown;
}
export interface CreatedDataset {
	readonly id: string;
	readonly slug: string;
	readonly version: number;
}

/**
 * @param bytes Arrow IPC, file or stream
 * @throws NotFoundError or ForbiddenError on the organisation; InvalidError on a field or on the bytes
 */
export async function createDataset(
	app: App,
	actor: Actor | null,
	made: NewDataset,
	bytes: Uint8Array
): Promise<CreatedDataset> {
	requireSteward(app, actor, made.organisationId);
	const fields = storedFields(made);
	const notes = made.notes ?? null;
	const recipe = made.recipe == null ? null : readRecipe(made.recipe, notes);
	const { clean, ...summary } = read(bytes);
	const id = newId(app.random);
	const createdAt = app.now();
	return keepRecorded(app, clean, (hash) =>
		app.db.transaction(
			(tx) => {
				// Asked again: the person may have lost the role while the bytes were written.
				const person = requireSteward(app, actor, made.organisationId);
				const slug = freeSlug(app, made.slug ?? fields.title);
				tx.insert(datasets)
					.values({
						id,
						slug,
						organisationId: made.organisationId,
						...fields,
						createdBy: person.personId,
						createdAt
					})
					.run();
				tx.insert(datasetVersions)
					.values({
						id: newId(app.random),
						datasetId: id,
						number: 1,
						hash,
						...summary,
						importNotes: notes,
						recipe,
						createdBy: person.personId,
						createdAt
					})
					.run();
				return { id, slug, version: 1 };
			},
			{ behavior: 'immediate' }
		)
	);
}

/** What a newer version comes with. */
export interface NewVersion {
	readonly notes?: ImportNotes | null;
	/** As it was sent: an `ImportRecipe`. */
	readonly recipe?: unknown;
	/** It was made from that version: another that came meanwhile would be lost. */
	readonly after?: number;
}

/**
 * A newer state of the same dataset; earlier ones stay as they were.
 * @throws AppError `version_outdated` (details: number): the latest is no more the one that it was made from
 */
export async function addVersion(
	app: App,
	actor: Actor | null,
	datasetId: string,
	bytes: Uint8Array,
	made: NewVersion = {}
): Promise<CreatedDataset> {
	requireGovern(app, actor, datasetId);
	const notes = made.notes ?? null;
	const recipe = made.recipe == null ? null : readRecipe(made.recipe, notes);
	const { clean, ...summary } = read(bytes);
	return keepRecorded(app, clean, (hash) =>
		app.db.transaction(
			(tx) => {
				const { slug, person } = requireGovern(app, actor, datasetId);
				const last = tx
					.select({ number: datasetVersions.number })
					.from(datasetVersions)
					.where(eq(datasetVersions.datasetId, datasetId))
					.orderBy(desc(datasetVersions.number))
					.get();
				if (made.after !== undefined && made.after !== last?.number)
					throw new AppError('version_outdated', { number: last?.number ?? 0 });
				const version = (last?.number ?? 0) + 1;
				tx.insert(datasetVersions)
					.values({
						id: newId(app.random),
						datasetId,
						number: version,
						hash,
						...summary,
						importNotes: notes,
						recipe,
						createdBy: person.personId,
						createdAt: app.now()
					})
					.run();
				return { id: datasetId, slug, version };
			},
			{ behavior: 'immediate' }
		)
	);
}

/** Asked before the bytes are read, and again as they are written. @throws NotFoundError, ForbiddenError */
export function requireSteward(app: App, actor: Actor | null, organisationId: string): Actor {
	if (!actor) throw new ForbiddenError('sign_in_required');
	const roles = rolesOnOrganisation(app, actor, organisationId);
	if (!allows(roles, 'organisation.read')) throw new NotFoundError();
	if (!allows(roles, 'dataset.create')) throw new ForbiddenError('steward_required');
	return actor;
}

/** As `requireSteward`, for a newer version. @throws AppError `dataset_withdrawn`, `pool_versions_from_parts` too */
export function requireGovern(
	app: App,
	actor: Actor | null,
	datasetId: string
): { slug: string; person: Actor } {
	if (!actor) throw new ForbiddenError('sign_in_required');
	requireOnDataset(app, actor, datasetId, 'dataset.govern');
	const found = app.db.select().from(datasets).where(eq(datasets.id, datasetId)).get();
	if (!found) throw new NotFoundError();
	if (found.withdrawnAt !== null) throw new AppError('dataset_withdrawn');
	// What its members contributed, and nothing else.
	if (found.poolId !== null) throw new AppError('pool_versions_from_parts');
	return { slug: found.slug, person: actor };
}

/** The bytes, checked and written anew; and what a list shows of them. */
function read(bytes: Uint8Array) {
	const table = checkArrow(bytes);
	const clean = encodeTable(table);
	return {
		clean,
		byteLength: clean.length,
		rows: table[0]?.length ?? 0,
		columns: storedColumns(table)
	};
}

/** A name for notebooks' sources: lower-case letters, digits and hyphens; never one that was used before. */
export function freeSlug(app: App, wished: string): string {
	const plain =
		wished
			.normalize('NFD')
			.replace(/\p{M}/gu, '')
			.replaceAll('œ', 'oe')
			.replaceAll('æ', 'ae')
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.slice(0, 60)
			.replace(/^-+|-+$/g, '') || 'donnees';
	const taken = new Set(
		app.db
			.select({ slug: datasets.slug })
			.from(datasets)
			.where(or(eq(datasets.slug, plain), like(datasets.slug, `${plain}-%`)))
			.all()
			.map((row) => row.slug)
	);
	if (!taken.has(plain)) return plain;
	for (let n = 2; ; n++) if (!taken.has(`${plain}-${n}`)) return `${plain}-${n}`;
}
