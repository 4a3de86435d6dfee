/** What the publishing page offers: the reports that a notebook can add a version to, in either language. */
import { desc, eq, inArray, or } from 'drizzle-orm';
import type { Lang } from '../../core/notebook/notebook.ts';
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
	/** Number of the newest version in each language that it has. */
	readonly numbers: Readonly<Partial<Record<Lang, number>>>;
}

/** This notebook's reports first, then its twin's, then the person's other ones; newest first. */
export function reportsOfNotebook(app: App, actor: Actor, notebookId: string): ReportOfNotebook[] {
	requireOnNotebook(app, actor, notebookId, 'report.publish');
	const twins = app.db
		.select({ id: notebooks.id, twinId: notebooks.twinId })
		.from(notebooks)
		.where(or(eq(notebooks.id, notebookId), eq(notebooks.twinId, notebookId)))
		.all()
		.flatMap(({ id, twinId }) => [id, twinId])
		.filter((id): id is string => id !== null);
	const found = app.db
		.select()
		.from(reports)
		.where(or(inArray(reports.notebookId, twins), eq(reports.ownerId, actor.personId)))
		.orderBy(desc(reports.createdAt))
		.all()
		.filter((report) => allows(rolesOnReport(app, actor, report.id), 'report.publish'));
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
				numbers
			};
		});
}
