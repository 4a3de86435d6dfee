import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { toNotebook, type Lang } from '../../core/notebook/notebook.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { addVersion, createDataset } from '../datasets/create.ts';
import { reports } from '../db/schema.ts';
import { listAccess } from '../datasets/access-log.ts';
import { restoreDataset, updateDataset, withdrawDataset } from '../datasets/govern.ts';
import { createNotebook } from '../notebooks/create.ts';
import { addMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { contributePart, withdrawPart } from '../pools/contribute.ts';
import { createPool } from '../pools/create.ts';
import { joinPool } from '../pools/members.ts';
import { noticesOf, reportsOf } from './of-dataset.ts';
import { publishReport } from './publish.ts';
import { withdrawReport } from './withdraw.ts';

const table = encodeTable([integerColumn('billets', [1, 2])]);

let t: TestApp;
let steward: Actor;
let author: Actor;
let organisationId: string;
beforeEach(() => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	author = testPerson(t.app, 'Marc');
	organisationId = createOrganisation(t.app, steward, { name: 'Salle' });
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'member');
});
afterEach(() => t.close());

const FIELDS = {
	description: '',
	licence: 'CC-BY-4.0',
	publication: 'rows',
	synthetic: false
} as const;
const dataset = (title: string) =>
	createDataset(t.app, steward, { ...FIELDS, organisationId, title }, table);
const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};

/** A report on these files, by its author; the next version of another where one is given. */
function report(
	title: string,
	files: readonly string[],
	{ reportId = null, lang = 'fr' }: { reportId?: string | null; lang?: Lang } = {}
): string {
	const cells = files.map((file, i) => ({
		id: `c${i}`,
		source: `display(await FileAttachment("${file}").arquero());`
	}));
	const notebookId = createNotebook(t.app, author, {
		notebook: toNotebook({ title, lang, cells })
	});
	const { published, refusals } = publishReport(t.app, author, notebookId, {
		content: {
			lang,
			title,
			summary: '',
			authors: ['Marc'],
			licence: 'CC-BY-4.0',
			blocks: cells.map(({ id }) => ({
				cell: id,
				kind: 'data',
				source: null,
				outputs: [{ kind: 'value', caption: '', text: '2', lineage: null }]
			})),
			sources: []
		},
		ran: cells,
		reportId
	});
	if (!published) throw new Error(JSON.stringify(refusals));
	return published.reportId;
}

describe('the reports that cite a dataset', () => {
	it('are those that stand, with the versions cited', async () => {
		const { id, slug } = await dataset('Billets');
		const other = await dataset('Autre');
		await addVersion(t.app, steward, id, table);
		expect(reportsOf(t.app, steward, id)).toEqual([]);
		const first = report('Premier', [`${slug}@2.arrow`, `${slug}@1.arrow`]);
		t.advance(1);
		report('Sans', [`${other.slug}@1.arrow`]);
		report('Second', [`${slug}@2.arrow`], { reportId: first });
		expect(reportsOf(t.app, steward, id)).toMatchObject([
			{ title: 'Second', number: 2, versions: [2] },
			{ title: 'Premier', number: 1, slug: 'premier', versions: [1, 2] }
		]);
		expect(reportsOf(t.app, steward, other.id).map(({ title }) => title)).toEqual(['Sans']);
		withdrawReport(t.app, author, first, 'Une erreur.');
		expect(reportsOf(t.app, steward, id)).toEqual([]);
	});
	it('are told to its stewards', async () => {
		const { id } = await dataset('Billets');
		const stranger = testPerson(t.app, 'Zoe');
		for (const [actor, code] of [
			[author, 'forbidden'],
			[stranger, 'not_found'],
			[{ ...stranger, administrator: true }, 'not_found'],
			[null, 'not_found'],
			[steward, 'done']
		] as const)
			expect(codeOf(() => reportsOf(t.app, actor, id))).toBe(code);
	});
	it('have left a line in its access log', async () => {
		const { id, slug } = await dataset('Billets');
		report('Premier', [`${slug}@1.arrow`]);
		expect(listAccess(t.app, steward, id).lines).toMatchObject([
			{ person: 'Marc', version: 1, way: 'report', readings: 1 }
		]);
	});
});

describe('authors', () => {
	it('are told of what their reports cite once it is withdrawn, and while it is', async () => {
		const [a, b] = [await dataset('Billets'), await dataset('Autre')];
		const id = report('Rapport', [`${a.slug}@1.arrow`, `${b.slug}@1.arrow`]);
		expect(noticesOf(t.app, author)).toEqual([]);
		updateDataset(t.app, steward, a.id, { ...FIELDS, title: 'Nouveau nom' });
		withdrawDataset(t.app, steward, a.id);
		const withdrawnAt = t.app.now();
		const notebookId = t.app.db.select().from(reports).get()?.notebookId;
		// By the name that the report gives it.
		expect(noticesOf(t.app, author)).toEqual([
			{
				report: { notebookId, slug: 'rapport', lang: 'fr', number: 1, title: 'Rapport' },
				dataset: { id: a.id, title: 'Billets', organisation: 'Salle', versions: [1] },
				withdrawnAt
			}
		]);
		t.advance(1);
		withdrawDataset(t.app, steward, b.id);
		expect(noticesOf(t.app, author).map(({ dataset }) => dataset.title)).toEqual([
			'Autre',
			'Billets'
		]);
		expect(noticesOf(t.app, author, { slug: 'rapport' })).toHaveLength(2);
		expect(noticesOf(t.app, author, { slug: 'autre' })).toEqual([]);
		expect(noticesOf(t.app, steward)).toEqual([]);
		restoreDataset(t.app, steward, a.id);
		expect(noticesOf(t.app, author)).toHaveLength(1);
		withdrawReport(t.app, author, id, 'Une erreur.');
		expect(noticesOf(t.app, author)).toEqual([]);
	});
	it('are told of versions of a pool that went with a part of it, while the pool stands', async () => {
		const words = (text: string) => ({ fr: text, en: text });
		const { id, datasetId } = createPool(t.app, steward, {
			organisationId,
			contract: {
				title: words('Bassin'),
				description: words(''),
				columns: [{ name: 'billets', label: words('Billets'), type: 'integer', required: true }],
				key: [],
				terms: { licence: 'CC-BY-4.0', publication: 'rows' }
			}
		});
		joinPool(t.app, steward, id, organisationId);
		const other = createOrganisation(t.app, steward, { name: 'Théâtre' });
		joinPool(t.app, steward, id, other);
		const give = (from: string) =>
			contributePart(
				t.app,
				steward,
				id,
				{ organisationId: from, period: '', contractVersion: 1, accepted: true },
				table
			);
		const { slug } = await give(organisationId);
		await give(other);
		report('Rapport', [`${slug}@1.arrow`, `${slug}@2.arrow`]);
		expect(noticesOf(t.app, author)).toEqual([]);
		t.advance(1000);
		await withdrawPart(t.app, steward, id, other, '');
		// The first version never held that part.
		expect(noticesOf(t.app, author)).toMatchObject([
			{ dataset: { id: datasetId, title: 'Bassin', versions: [2] }, withdrawnAt: t.app.now() }
		]);
	});
});
