/** What a person may know of datasets: the lists, and a dataset's page. */
import { desc, eq, gte, inArray, isNotNull, isNull, and, or, type SQL } from 'drizzle-orm';
import { wordsIn, type DatasetAbout } from '../../core/dataset/about.ts';
import type { ColumnAbout } from '../../core/dataset/column-about.ts';
import type { ImportRecipe } from '../../core/dataset/recipe.ts';
import { NotFoundError } from '../../core/errors.ts';
import type { DatasetTerms } from '../../core/governance/dataset-terms.ts';
import {
	isExpired,
	type Audience,
	type Licence,
	type PublicationTerms
} from '../../core/governance/terms.ts';
import { dayOf } from '../../core/moment.ts';
import { allows } from '../../core/permissions/table.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { ImportNotes } from '../../core/protocol/import.ts';
import { requireOnDataset } from '../access/dataset.ts';
import { workshopsOf } from '../access/workshops-of.ts';
import type { Actor, App } from '../app.ts';
import {
	datasetGrants,
	datasets,
	datasetVersions,
	memberships,
	organisations,
	people,
	poolMembers,
	workshops,
	type StoredColumn
} from '../db/schema.ts';
import { aboutOf, termsOf } from './dataset-fields.ts';
import type { GranteeKind } from './govern.ts';

export interface DatasetLine {
	readonly id: string;
	readonly slug: string;
	/** In the language that was asked for, where they are said in it. */
	readonly title: string;
	readonly description: string;
	/** The same in its other language, for a search; '' where nothing is said in it. */
	readonly otherWords: string;
	readonly keywords: readonly string[];
	/** Codes of the regions that it says it covers. */
	readonly regions: readonly string[];
	readonly organisation: string;
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly synthetic: boolean;
	readonly audience: Audience;
	/** Last day of its terms, `YYYY-MM-DD`; past it, its stewards alone have it in a list. */
	readonly validUntil: string | null;
	readonly expired: boolean;
	/** Of the latest version. */
	readonly version: number;
	readonly rows: number;
	readonly columns: readonly StoredColumn[];
	readonly updatedAt: number;
	/** Of an organisation that the person belongs to. */
	readonly own: boolean;
}

/**
 * The datasets that the person may use, the latest changed first.
 * @param lang of the reader
 * @param only `workshopId`: those granted to that workshop alone, for one of its people
 */
export function listUsableDatasets(
	app: App,
	actor: Actor | null,
	lang: Lang,
	only: { readonly workshopId?: string } = {}
): DatasetLine[] {
	if (!actor) return [];
	const member = app.db
		.select({ id: memberships.organisationId, role: memberships.role })
		.from(memberships)
		.where(eq(memberships.personId, actor.personId))
		.all();
	const own = member.map(({ id }) => id);
	const governed = member.filter(({ role }) => role === 'steward').map(({ id }) => id);
	const today = dayOf(app.now());
	const mine = workshopsOf(app, actor.personId);
	const workshopIds = only.workshopId ? mine.filter((id) => id === only.workshopId) : mine;
	const granted = (kind: GranteeKind, ids: string[]) =>
		app.db
			.select({ id: datasetGrants.datasetId })
			.from(datasetGrants)
			.where(and(eq(datasetGrants.granteeKind, kind), inArray(datasetGrants.granteeId, ids)));
	const ways: (SQL | undefined)[] = [inArray(datasets.id, granted('workshop', workshopIds))];
	if (!only.workshopId)
		ways.push(
			eq(datasets.audience, 'everyone'),
			inArray(datasets.organisationId, own),
			inArray(datasets.id, granted('organisation', own)),
			inArray(
				datasets.poolId,
				app.db
					.select({ id: poolMembers.poolId })
					.from(poolMembers)
					.where(inArray(poolMembers.organisationId, own))
			)
		);
	const found = app.db
		.select({ dataset: datasets, organisation: organisations.name })
		.from(datasets)
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(
			and(
				isNull(datasets.withdrawnAt),
				or(
					isNull(datasets.validUntil),
					gte(datasets.validUntil, today),
					inArray(datasets.organisationId, governed)
				),
				or(...ways)
			)
		)
		.all();
	return found
		.flatMap(({ dataset, organisation }) => {
			const last = app.db
				.select()
				.from(datasetVersions)
				.where(and(eq(datasetVersions.datasetId, dataset.id), isNull(datasetVersions.withdrawnAt)))
				.orderBy(desc(datasetVersions.number))
				.get();
			if (!last) return [];
			const { id, slug, licence, publication, synthetic, organisationId } = dataset;
			const { audience, validUntil } = dataset;
			const about = aboutOf(dataset);
			const { keywords, regions } = about;
			const said = about.titleOther + about.descriptionOther !== '';
			const other = wordsIn(dataset, about, lang === 'fr' ? 'en' : 'fr');
			return {
				...{ id, slug, organisation, licence, publication, synthetic, keywords, regions },
				...wordsIn(dataset, about, lang),
				otherWords: said ? `${other.title} ${other.description}` : '',
				...{ audience, validUntil, expired: isExpired(validUntil, today) },
				version: last.number,
				rows: last.rows,
				columns: last.columns,
				updatedAt: last.createdAt,
				own: own.includes(organisationId)
			};
		})
		.sort((a, b) => b.updatedAt - a.updatedAt);
}

export interface DatasetGrantee {
	readonly kind: GranteeKind;
	readonly id: string;
	readonly name: string;
}
export interface DatasetVersion {
	readonly number: number;
	readonly rows: number;
	readonly byteLength: number;
	readonly columns: readonly StoredColumn[];
	readonly createdAt: number;
	readonly createdBy: string;
}
export interface DatasetDescription {
	readonly id: string;
	readonly slug: string;
	readonly title: string;
	readonly description: string;
	readonly organisation: string;
	readonly organisationId: string;
	readonly licence: Licence;
	readonly publication: PublicationTerms;
	readonly synthetic: boolean;
	readonly about: DatasetAbout;
	readonly terms: DatasetTerms;
	/** What is said of its columns, by name, whichever version has them. */
	readonly columnsAbout: readonly ColumnAbout[];
	/** The last day of its terms has passed: its stewards alone read it. */
	readonly expired: boolean;
	readonly withdrawnAt: number | null;
	/** Withdrawn: until when that can be undone, and when its bytes went. */
	readonly purgeAt: number | null;
	readonly purgedAt: number | null;
	/** The pool that its versions are made of, where it is one's. */
	readonly poolId: string | null;
	/** How the latest version that has one was made; for those who govern it, to bring in the next export alike. */
	readonly recipe: ImportRecipe | null;
	/** Days that it stays known who read it: told to all who may. */
	readonly accessDays: number;
	/** Days during which a withdrawal can be undone. */
	readonly withdrawnDays: number;
	/** The newest first. */
	readonly versions: readonly DatasetVersion[];
	/** Whom it was granted to; for those who govern it. */
	readonly grantees: readonly DatasetGrantee[];
	readonly mayGovern: boolean;
}

/** @throws NotFoundError for a missing one and for a stranger alike; GoneError for who could read it before */
export function describeDataset(app: App, actor: Actor | null, id: string): DatasetDescription {
	const roles = requireOnDataset(app, actor, id);
	const found = app.db
		.select({ dataset: datasets, organisation: organisations.name })
		.from(datasets)
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(eq(datasets.id, id))
		.get();
	if (!found) throw new NotFoundError();
	const versions = app.db
		.select({
			number: datasetVersions.number,
			rows: datasetVersions.rows,
			byteLength: datasetVersions.byteLength,
			columns: datasetVersions.columns,
			createdAt: datasetVersions.createdAt,
			createdBy: people.displayName
		})
		.from(datasetVersions)
		.innerJoin(people, eq(people.id, datasetVersions.createdBy))
		.where(and(eq(datasetVersions.datasetId, id), isNull(datasetVersions.withdrawnAt)))
		.orderBy(desc(datasetVersions.number))
		.all();
	const mayGovern = allows(roles, 'dataset.govern');
	const { dataset } = found;
	const { slug, title, description, organisationId, licence, publication, synthetic } = dataset;
	const { withdrawnAt, purgeAt, purgedAt, poolId } = dataset;
	return {
		...{ id, slug, title, description, organisationId, licence, publication, synthetic },
		about: aboutOf(dataset),
		terms: termsOf(dataset),
		columnsAbout: dataset.columnsAbout ?? [],
		expired: isExpired(dataset.validUntil, dayOf(app.now())),
		...{ withdrawnAt, purgeAt, purgedAt, poolId },
		recipe: mayGovern ? recipeOf(app, id) : null,
		accessDays: app.config.accessDays,
		withdrawnDays: app.config.withdrawnDays,
		organisation: found.organisation,
		versions,
		grantees: mayGovern ? granteesOf(app, id) : [],
		mayGovern
	};
}

/** Of the key that made the pseudonyms of the latest version that has some; null: none has. For its stewards. */
export function keyFingerprintOf(app: App, actor: Actor | null, id: string): string | null {
	requireOnDataset(app, actor, id, 'dataset.govern');
	const notes = app.db
		.select({ notes: datasetVersions.importNotes })
		.from(datasetVersions)
		.where(eq(datasetVersions.datasetId, id))
		.orderBy(desc(datasetVersions.number))
		.all();
	for (const { notes: each } of notes) {
		const found = (each as ImportNotes | null)?.keyFingerprint;
		if (found) return found;
	}
	return null;
}

function recipeOf(app: App, id: string): ImportRecipe | null {
	const found = app.db
		.select({ recipe: datasetVersions.recipe })
		.from(datasetVersions)
		.where(and(eq(datasetVersions.datasetId, id), isNotNull(datasetVersions.recipe)))
		.orderBy(desc(datasetVersions.number))
		.get();
	return found?.recipe ?? null;
}

function granteesOf(app: App, id: string): DatasetGrantee[] {
	return app.db
		.select()
		.from(datasetGrants)
		.where(eq(datasetGrants.datasetId, id))
		.all()
		.map(({ granteeKind, granteeId }) => ({
			kind: granteeKind,
			id: granteeId,
			name:
				(granteeKind === 'workshop'
					? app.db
							.select({ name: workshops.title })
							.from(workshops)
							.where(eq(workshops.id, granteeId))
							.get()
					: app.db
							.select({ name: organisations.name })
							.from(organisations)
							.where(eq(organisations.id, granteeId))
							.get()
				)?.name ?? granteeId
		}));
}
