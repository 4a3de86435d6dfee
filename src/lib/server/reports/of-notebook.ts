/** What the publishing page offers: the reports that a notebook can add a version to, in either language. */
import { and, desc, eq, inArray, or } from 'drizzle-orm';
import type { Licence } from '../../core/governance/terms.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { LeftOut, ReportOutput } from '../../core/report/report.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { rolesOnReport } from '../access/report.ts';
import { allows } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { notebooks, reports, reportVersions } from '../db/schema.ts';
import { titleIn } from './read.ts';

export interface ReportOfNotebook {
	readonly id: string;
	readonly slug: string;
	/** Title of its newest version. */
	readonly title: string;
	readonly withdrawn: boolean;
	/** Published from this very notebook; else from its twin in the other language, or by the same person. */
	readonly own: boolean;
	/** Published from the notebook's twin. */
	readonly twin: boolean;
	/** Number of the newest version in each language that it has. */
	readonly numbers: Readonly<Partial<Record<Lang, number>>>;
	/** What the author chose and wrote for the newest version in the notebook's language, if there is one. */
	readonly last: ReportChoices | null;
}

/** The part of a version that its author made, to start the next one from. */
export interface ReportChoices {
	readonly title: string;
	readonly summary: string;
	readonly authors: readonly string[];
	readonly licence: Licence;
	readonly blocks: readonly {
		readonly cell: string;
		readonly shown: boolean;
		/** Of its outputs, in order: the description of a chart, the caption of a table or value. */
		readonly words: readonly { readonly kind: ReportOutput['kind']; readonly text: string }[];
	}[];
	readonly leftOut: readonly LeftOut[];
}

/** This notebook's reports first, then its twin's, then the person's other ones; newest first. */
export function reportsOfNotebook(app: App, actor: Actor, notebookId: string): ReportOfNotebook[] {
	requireOnNotebook(app, actor, notebookId, 'report.publish');
	const related = app.db
		.select({ id: notebooks.id, twinId: notebooks.twinId, lang: notebooks.lang })
		.from(notebooks)
		.where(or(eq(notebooks.id, notebookId), eq(notebooks.twinId, notebookId)))
		.all();
	const lang = related.find(({ id }) => id === notebookId)?.lang ?? 'fr';
	const twins = related
		.flatMap(({ id, twinId }) => [id, twinId])
		.filter((id): id is string => id !== null);
	const found = app.db
		.select()
		.from(reports)
		.where(or(inArray(reports.notebookId, twins), eq(reports.ownerId, actor.personId)))
		.orderBy(desc(reports.createdAt))
		.all()
		.filter((report) => allows(rolesOnReport(app, actor, report.id), 'report.revise'));
	const rank = (id: string): number => (id === notebookId ? 0 : twins.includes(id) ? 1 : 2);
	return found
		.sort((a, b) => rank(a.notebookId) - rank(b.notebookId))
		.map((report) => {
			const versions = app.db
				.select({ lang: reportVersions.lang, number: reportVersions.number, title: titleIn })
				.from(reportVersions)
				.where(eq(reportVersions.reportId, report.id))
				.orderBy(desc(reportVersions.publishedAt))
				.all();
			const numbers: Partial<Record<Lang, number>> = {};
			for (const { lang, number } of versions) numbers[lang] = Math.max(numbers[lang] ?? 0, number);
			return {
				id: report.id,
				slug: report.slug,
				title: versions[0]?.title ?? report.slug,
				withdrawn: report.withdrawnAt !== null,
				own: report.notebookId === notebookId,
				twin: report.notebookId !== notebookId && twins.includes(report.notebookId),
				numbers,
				last: lastChoices(app, report.id, lang)
			};
		});
}

function lastChoices(app: App, reportId: string, lang: Lang): ReportChoices | null {
	const last = app.db
		.select({ content: reportVersions.content, leftOut: reportVersions.leftOut })
		.from(reportVersions)
		.where(and(eq(reportVersions.reportId, reportId), eq(reportVersions.lang, lang)))
		.orderBy(desc(reportVersions.number))
		.limit(1)
		.get();
	if (!last) return null;
	const { title, summary, authors, licence, blocks } = last.content;
	return {
		title,
		summary,
		authors,
		licence,
		blocks: blocks.map(({ cell, source, outputs }) => ({
			cell,
			shown: source !== null,
			words: outputs.map((output) => ({ kind: output.kind, text: wordsOf(output) }))
		})),
		leftOut: last.leftOut ?? []
	};
}

function wordsOf(output: ReportOutput): string {
	switch (output.kind) {
		case 'picture':
			return output.alt;
		case 'table':
		case 'value':
			return output.caption;
		case 'text':
		case 'control':
			return '';
	}
}
