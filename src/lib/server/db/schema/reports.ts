/** Published reports. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Lang } from '../../../core/notebook/notebook.ts';
import type { LeftOut, ReportContent } from '../../../core/report/report.ts';
import { id, time } from './columns.ts';
import { notebooks } from './notebooks.ts';
import { people } from './people.ts';

export const reports = sqliteTable(
	'reports',
	{
		id: id(),
		slug: text('slug').notNull(),
		/** The notebook it was first published from. */
		notebookId: text('notebook_id')
			.notNull()
			.references(() => notebooks.id),
		ownerId: text('owner_id')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		/** The last withdrawal; null while its versions stand, or once another was published. */
		withdrawnAt: time('withdrawn_at'),
		/** An administrator withdrew it, who is not its owner: its owner publishes no version until one lifts that. */
		withdrawnByAdministrator: integer('withdrawn_by_administrator', { mode: 'boolean' })
			.notNull()
			.default(false)
	},
	(t) => [uniqueIndex('reports_slug').on(t.slug)]
);

/** One frozen version, in one language; numbers count per report and language. */
export const reportVersions = sqliteTable(
	'report_versions',
	{
		id: id(),
		reportId: text('report_id')
			.notNull()
			.references(() => reports.id),
		lang: text('lang').$type<Lang>().notNull(),
		number: integer('number').notNull(),
		content: text('content', { mode: 'json' }).$type<ReportContent>().notNull(),
		/** What its author left out, to start the next version from; null where nobody said. Never public. */
		leftOut: text('left_out', { mode: 'json' }).$type<readonly LeftOut[]>(),
		notebookId: text('notebook_id').notNull(),
		notebookVersionId: text('notebook_version_id').notNull(),
		publishedBy: text('published_by')
			.notNull()
			.references(() => people.id),
		publishedAt: time('published_at').notNull(),
		/** Withdrawn with the report; stays so when a later version is published. */
		withdrawnAt: time('withdrawn_at'),
		/** What its page says once withdrawn, in the author's words: a later withdrawal does not change it. */
		withdrawnReason: text('withdrawn_reason')
	},
	(t) => [
		uniqueIndex('report_versions_number').on(t.reportId, t.lang, t.number),
		index('report_versions_frozen').on(t.notebookVersionId)
	]
);
