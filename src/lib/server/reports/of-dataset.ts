/** Reports by the datasets that they cite: for the stewards of a dataset, and for authors once one was withdrawn. */
import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { LineageSource } from '../../core/governance/terms.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { requireOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { datasets, datasetVersions, reports, reportVersions } from '../db/schema.ts';
import { titleIn } from './read.ts';

export interface CitingReport {
	readonly slug: string;
	readonly lang: Lang;
	readonly number: number;
	readonly title: string;
	readonly publishedAt: number;
	/** The versions of the dataset that it cites, in order. */
	readonly versions: readonly number[];
}

const sourcesIn = sql<string>`json_extract(${reportVersions.content}, '$.sources')`;

/**
 * The report versions that stand and cite the dataset, the latest first: for its stewards.
 * @throws NotFoundError, ForbiddenError
 */
export function reportsOf(app: App, actor: Actor | null, datasetId: string): CitingReport[] {
	requireOnDataset(app, actor, datasetId, 'dataset.govern');
	const cites = sql`exists (select 1 from json_each(${reportVersions.content}, '$.sources') where json_extract(value, '$.datasetId') = ${datasetId})`;
	return app.db
		.select({
			slug: reports.slug,
			lang: reportVersions.lang,
			number: reportVersions.number,
			title: titleIn,
			publishedAt: reportVersions.publishedAt,
			sources: sourcesIn
		})
		.from(reportVersions)
		.innerJoin(reports, eq(reports.id, reportVersions.reportId))
		.where(and(isNull(reportVersions.withdrawnAt), cites))
		.orderBy(desc(reportVersions.publishedAt), desc(reportVersions.number))
		.all()
		.map(({ sources, ...report }) => ({
			...report,
			versions: (JSON.parse(sources) as LineageSource[])
				.filter((source) => source.datasetId === datasetId)
				.map(({ version }) => version)
				.sort((a, b) => a - b)
		}));
}

/** « Votre rapport cite un jeu de données retiré le … » */
export interface ReportNotice {
	readonly report: {
		/** The notebook that this version was made from: where it is revised and withdrawn. */
		readonly notebookId: string;
		readonly slug: string;
		readonly lang: Lang;
		readonly number: number;
		readonly title: string;
	};
	readonly dataset: {
		readonly id: string;
		/** As the report names them. */
		readonly title: string;
		readonly organisation: string;
		/** Those cited that are withdrawn, in order. */
		readonly versions: readonly number[];
	};
	readonly withdrawnAt: number;
}

/**
 * For the owner of reports: which versions that stand cite a dataset that is withdrawn, or a version of a pool's that
 * is, since a part of it was taken back; the latest withdrawal first.
 * @param only of one report
 */
export function noticesOf(
	app: App,
	actor: Actor,
	only: { readonly slug?: string } = {}
): ReportNotice[] {
	const own = app.db
		.select({
			notebookId: reportVersions.notebookId,
			slug: reports.slug,
			lang: reportVersions.lang,
			number: reportVersions.number,
			title: titleIn,
			sources: sourcesIn
		})
		.from(reportVersions)
		.innerJoin(reports, eq(reports.id, reportVersions.reportId))
		.where(
			and(
				eq(reports.ownerId, actor.personId),
				isNull(reportVersions.withdrawnAt),
				only.slug === undefined ? undefined : eq(reports.slug, only.slug)
			)
		)
		.orderBy(desc(reportVersions.publishedAt), desc(reportVersions.number))
		.all();
	return own
		.flatMap(({ sources, ...report }) => {
			const cited = Map.groupBy(JSON.parse(sources) as LineageSource[], (one) => one.datasetId);
			return [...cited].flatMap(([id, versions]): ReportNotice[] => {
				const [first] = versions;
				const withdrawn = withdrawnOf(
					app,
					id,
					versions.map(({ version }) => version)
				);
				if (!first || withdrawn.at === null) return [];
				const { title, organisation } = first;
				return [
					{
						report,
						dataset: { id, title, organisation, versions: withdrawn.versions },
						withdrawnAt: withdrawn.at
					}
				];
			});
		})
		.sort((a, b) => b.withdrawnAt - a.withdrawnAt);
}

/** Which of these versions of a dataset are withdrawn, in order, and when the last of them was. */
function withdrawnOf(
	app: App,
	id: string,
	versions: readonly number[]
): { readonly at: number | null; readonly versions: readonly number[] } {
	const whole = app.db
		.select({ at: datasets.withdrawnAt })
		.from(datasets)
		.where(eq(datasets.id, id))
		.get();
	if (whole?.at) return { at: whole.at, versions: [...versions].sort((a, b) => a - b) };
	const some = app.db
		.select({ number: datasetVersions.number, at: datasetVersions.withdrawnAt })
		.from(datasetVersions)
		.where(
			and(
				eq(datasetVersions.datasetId, id),
				inArray(datasetVersions.number, [...versions]),
				isNotNull(datasetVersions.withdrawnAt)
			)
		)
		.orderBy(datasetVersions.number)
		.all();
	const last = some.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0);
	return { at: last || null, versions: some.map(({ number }) => number) };
}
