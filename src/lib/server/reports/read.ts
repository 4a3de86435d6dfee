/** Public reports as they are read: anyone may, without an account. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { ReportContent } from '../../core/report/report.ts';
import type { App } from '../app.ts';
import { notebooks, people, reports, reportVersions } from '../db/schema.ts';

export interface ReportVersionLine {
	readonly number: number;
	readonly publishedAt: number;
	readonly withdrawn: boolean;
}

export interface PublicReport {
	readonly state: 'published';
	readonly slug: string;
	readonly lang: Lang;
	/** As it is kept: readers get `publicContent` of it. */
	readonly content: ReportContent;
	readonly number: number;
	readonly publishedAt: number;
	readonly firstPublishedAt: number;
	/** Name of the account that published this version, whatever authors it names. */
	readonly publishedBy: string;
	/** The newest version that stands, in this language. */
	readonly latest: number;
	/** Of this language, newest first. */
	readonly versions: readonly ReportVersionLine[];
	/** Whether the report stands in the other language too. */
	readonly twin: boolean;
	readonly derivedFrom: DerivedFrom | null;
}

/** « Dérivé de »: told only of what is public, or was handed to a whole workshop. */
export interface DerivedFrom {
	readonly title: string;
	/** Slug of the report published from it, if one stands. */
	readonly slug: string | null;
}

export interface WithdrawnReport {
	readonly state: 'withdrawn';
	readonly title: string;
	/** In its author's words. */
	readonly reason: string;
	readonly at: number;
	/** The report has a newer version that stands. */
	readonly latest: number | null;
}

/** The report is not in this language: it stands in the other one. */
export interface ReportElsewhere {
	readonly state: 'elsewhere';
	readonly lang: Lang;
}

/**
 * @param number a version of this language; null: the newest that stands
 * @throws NotFoundError
 */
export function readReport(
	app: App,
	slug: string,
	lang: Lang,
	number: number | null
): PublicReport | WithdrawnReport | ReportElsewhere {
	const report = app.db.select().from(reports).where(eq(reports.slug, slug)).get();
	if (!report) throw new NotFoundError();
	const lines = app.db
		.select({
			id: reportVersions.id,
			lang: reportVersions.lang,
			number: reportVersions.number,
			publishedAt: reportVersions.publishedAt,
			withdrawnAt: reportVersions.withdrawnAt,
			withdrawnReason: reportVersions.withdrawnReason,
			notebookId: reportVersions.notebookId
		})
		.from(reportVersions)
		.where(eq(reportVersions.reportId, report.id))
		.orderBy(desc(reportVersions.number))
		.all();
	const own = lines.filter((line) => line.lang === lang);
	const others = lines.filter((line) => line.lang !== lang);
	const standing = own.find((line) => line.withdrawnAt === null);
	if (!own.length) {
		const other = others[0];
		if (number !== null || !other) throw new NotFoundError();
		return { state: 'elsewhere', lang: other.lang };
	}
	const line = number === null ? (standing ?? own[0]) : own.find((one) => one.number === number);
	const first = own.at(-1);
	if (!line || !first) throw new NotFoundError();
	const kept = app.db
		.select({ content: reportVersions.content, publishedBy: people.displayName })
		.from(reportVersions)
		.innerJoin(people, eq(people.id, reportVersions.publishedBy))
		.where(eq(reportVersions.id, line.id))
		.get();
	if (!kept) throw new NotFoundError();
	if (line.withdrawnAt !== null)
		return {
			state: 'withdrawn',
			title: kept.content.title,
			reason: line.withdrawnReason ?? '',
			at: line.withdrawnAt,
			latest: standing?.number ?? null
		};
	return {
		state: 'published',
		slug,
		lang,
		content: kept.content,
		number: line.number,
		publishedAt: line.publishedAt,
		firstPublishedAt: first.publishedAt,
		publishedBy: kept.publishedBy,
		latest: standing?.number ?? line.number,
		versions: own.map((one) => ({
			number: one.number,
			publishedAt: one.publishedAt,
			withdrawn: one.withdrawnAt !== null
		})),
		twin: others.some((one) => one.withdrawnAt === null),
		derivedFrom: derivedFrom(app, line.notebookId)
	};
}

function derivedFrom(app: App, notebookId: string): DerivedFrom | null {
	const notebook = app.db
		.select({ parentId: notebooks.parentId })
		.from(notebooks)
		.where(eq(notebooks.id, notebookId))
		.get();
	if (!notebook?.parentId) return null;
	const parent = app.db
		.select({ title: notebooks.title, starter: notebooks.starter })
		.from(notebooks)
		.where(eq(notebooks.id, notebook.parentId))
		.get();
	if (!parent) return null;
	const report = app.db
		.select({ slug: reports.slug, title: titleIn })
		.from(reports)
		.innerJoin(reportVersions, eq(reportVersions.reportId, reports.id))
		.where(and(eq(reports.notebookId, notebook.parentId), isNull(reportVersions.withdrawnAt)))
		.orderBy(desc(reportVersions.publishedAt))
		.get();
	if (report) return { title: report.title, slug: report.slug };
	return parent.starter ? { title: parent.title, slug: null } : null;
}

export const titleIn = sql<string>`json_extract(${reportVersions.content}, '$.title')`;
const summaryIn = sql<string>`json_extract(${reportVersions.content}, '$.summary')`;
const authorsIn = sql<string>`json_extract(${reportVersions.content}, '$.authors')`;

export interface ReportLine {
	readonly slug: string;
	readonly lang: Lang;
	readonly title: string;
	readonly summary: string;
	readonly authors: readonly string[];
	readonly number: number;
	readonly publishedAt: number;
}

/** Reports that stand, newest first, each in `lang` where it stands in it and else in the other language. */
export function listReports(app: App, lang: Lang): ReportLine[] {
	const lines = app.db
		.select({
			slug: reports.slug,
			lang: reportVersions.lang,
			title: titleIn,
			summary: summaryIn,
			authors: authorsIn,
			number: reportVersions.number,
			publishedAt: reportVersions.publishedAt
		})
		.from(reportVersions)
		.innerJoin(reports, eq(reports.id, reportVersions.reportId))
		.where(isNull(reportVersions.withdrawnAt))
		.orderBy(desc(reportVersions.publishedAt), desc(reportVersions.number))
		.all();
	const chosen = new Map<string, (typeof lines)[number]>();
	for (const line of lines) {
		const before = chosen.get(line.slug);
		if (!before || (before.lang !== lang && line.lang === lang)) chosen.set(line.slug, line);
	}
	return [...chosen.values()]
		.sort((a, b) => b.publishedAt - a.publishedAt)
		.map((line) => ({ ...line, authors: JSON.parse(line.authors) as string[] }));
}
