import { beforeEach, describe, expect, it } from 'vitest';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { ReportContent } from '../../core/report/report.ts';
import type { App } from '../app.ts';
import { openDatabase } from '../db/database.ts';
import { notebooks, people, reports, reportVersions } from '../db/schema.ts';
import { publicPage } from './public-page.ts';

let app: App;
let headers: Record<string, string>;

beforeEach(() => {
	headers = {};
	app = {
		config: { origin: 'http://127.0.0.1' } as App['config'],
		db: openDatabase(':memory:', 'drizzle'),
		blobs: {} as App['blobs'],
		now: () => 1,
		random: (bytes) => bytes
	};
	app.db
		.insert(people)
		.values({ id: 'ana', kind: 'account', displayName: 'Ana', createdAt: 1 })
		.run();
	app.db
		.insert(notebooks)
		.values({ id: 'n', title: 'Carnet', lang: 'fr', ownerId: 'ana', createdAt: 1, updatedAt: 1 })
		.run();
	app.db
		.insert(reports)
		.values({ id: 'r', slug: 'hiver', notebookId: 'n', ownerId: 'ana', createdAt: 1 })
		.run();
});

function version(lang: Lang, number: number, withdrawnAt: number | null = null): void {
	app.db
		.insert(reportVersions)
		.values({
			...{ id: `${lang}${String(number)}`, reportId: 'r', lang, number, withdrawnAt },
			withdrawnReason: withdrawnAt === null ? null : 'Une salle manquait.',
			content: { title: 'L’hiver', lang } as unknown as ReportContent,
			...{ notebookId: 'n', notebookVersionId: 'v', publishedBy: 'ana', publishedAt: 1 }
		})
		.run();
}

const ask = (lang: Lang, number: string | null = null, slug = 'hiver'): Promise<unknown> =>
	publicPage(
		app,
		null,
		lang,
		{ slug, number },
		{
			hrefIn: (path, locale) => `${locale}:${path}`,
			setHeaders: (given) => Object.assign(headers, given)
		}
	).catch((thrown: unknown) => thrown);

describe('a public report’s page', () => {
	it('is asked for anew each time, whatever the answer', async () => {
		version('fr', 1);
		await ask('fr');
		expect(headers).toEqual({ 'cache-control': 'no-cache' });
		headers = {};
		app.db.update(reportVersions).set({ withdrawnAt: 2 }).run();
		expect(await ask('fr')).toMatchObject({ status: 410 });
		expect(headers).toEqual({ 'cache-control': 'no-cache' });
		headers = {};
		expect(await ask('fr', null, 'autre')).toMatchObject({ status: 404 });
		expect(headers).toEqual({ 'cache-control': 'no-cache' });
	});

	it('sends on to the language in which it stands', async () => {
		version('fr', 1);
		expect(await ask('en')).toMatchObject({ status: 302, location: 'fr:/rapports/hiver' });
	});

	it('says that it was withdrawn in the language asked for, even where it never stood', async () => {
		version('fr', 1, 2);
		for (const lang of ['fr', 'en'] as const)
			expect(await ask(lang)).toMatchObject({
				status: 410,
				body: { withdrawn: { title: 'L’hiver', reason: 'Une salle manquait.', latest: false } }
			});
	});
});
