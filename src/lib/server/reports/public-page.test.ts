import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { ReportContent } from '../../core/report/report.ts';
import type { Actor, App } from '../app.ts';
import { openDatabase } from '../db/database.ts';
import { testPerson } from '../../../../tests/support/app.ts';
import {
	datasets,
	notebooks,
	organisations,
	people,
	reports,
	reportVersions
} from '../db/schema.ts';
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

function version(
	lang: Lang,
	number: number,
	withdrawnAt: number | null = null,
	{ sources = [], blocks = [] }: { sources?: unknown[]; blocks?: unknown[] } = {}
): void {
	app.db
		.insert(reportVersions)
		.values({
			...{ id: `${lang}${String(number)}`, reportId: 'r', lang, number, withdrawnAt },
			withdrawnReason: withdrawnAt === null ? null : 'Une salle manquait.',
			content: { title: 'L’hiver', lang, sources, blocks } as unknown as ReportContent,
			...{ notebookId: 'n', notebookVersionId: 'v', publishedBy: 'ana', publishedAt: 1 }
		})
		.run();
}

const ask = (
	lang: Lang,
	number: string | null = null,
	slug = 'hiver',
	actor: Actor | null = null
): Promise<unknown> =>
	publicPage(
		app,
		actor,
		lang,
		{ slug, number },
		{
			hrefIn: (path, locale) => `${locale}:${path}`,
			setHeaders: (given) => Object.assign(headers, given)
		}
	).catch((thrown: unknown) => thrown);

describe('a public report’s page', () => {
	it('says which version of which dataset, and neither its id nor the hash of its bytes', async () => {
		const hash = 'ab'.repeat(32);
		const source = { slug: 'billets', version: 3, title: 'Billets', datasetId: 'd-intern', hash };
		const lineage = { sources: [source], steps: [] };
		const outputs = [
			{ kind: 'table', lineage },
			{ kind: 'picture', lineage },
			{ kind: 'value', lineage },
			{ kind: 'value', lineage: null },
			{ kind: 'text', markdown: 'a' }
		];
		version('fr', 1, null, { sources: [source], blocks: [{ cell: 'c', outputs }] });
		const page = await ask('fr');
		const told = { slug: 'billets', version: 3, title: 'Billets' };
		expect(page).toMatchObject({
			report: {
				content: {
					sources: [told],
					blocks: [
						{
							outputs: [
								...['table', 'picture', 'value'].map((kind) => ({
									kind,
									lineage: { sources: [told] }
								})),
								{ kind: 'value', lineage: null },
								{ kind: 'text', markdown: 'a' }
							]
						}
					]
				}
			}
		});
		expect(JSON.stringify(page)).not.toMatch(/d-intern|abab/);
	});
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

	it('tells its author alone that it cites data which were withdrawn, and keeps that nowhere', async () => {
		const reader = testPerson(app, 'Lecteur');
		const author: Actor = { ...reader, personId: 'ana', displayName: 'Ana' };
		app.db.insert(organisations).values({ id: 'o', name: 'Théâtre', createdAt: 1 }).run();
		app.db
			.insert(datasets)
			.values({
				...{ id: 'd', slug: 'billets', title: 'Billets', organisationId: 'o', description: '' },
				...{ licence: 'CC-BY-4.0', publication: 'rows', synthetic: false, withdrawnAt: 5 },
				...{ createdBy: author.personId, createdAt: 1, updatedAt: 1 }
			} as typeof datasets.$inferInsert)
			.run();
		version('fr', 1);
		version('fr', 2);
		const sources = [{ datasetId: 'd', version: 1, title: 'Billets', organisation: 'Théâtre' }];
		app.db
			.update(reportVersions)
			.set({ content: { title: 'L’hiver', sources, blocks: [] } as unknown as ReportContent })
			.where(eq(reportVersions.number, 1))
			.run();
		const told = async (actor: Actor | null, number: string | null) => {
			headers = {};
			const { notices } = (await ask('fr', number, 'hiver', actor)) as { notices: unknown[] };
			return [notices.length, headers['cache-control']];
		};
		expect(await told(null, '1')).toEqual([0, 'no-cache']);
		expect(await told(reader, '1')).toEqual([0, 'no-cache']);
		expect(await told(author, '1')).toEqual([1, 'private, no-store']);
		// The other version cites none of it.
		expect(await told(author, null)).toEqual([0, 'private, no-store']);
	});
});
