/** Who is given the code and the rows of a report: nobody, unless every condition holds at that moment. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { toNotebook, type CellSpec } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import {
	datasetAccess,
	datasets,
	datasetVersions,
	memberships,
	organisations,
	reportVersions
} from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { explorabilityOf, readExplorable, readExploredFile, versionAddress } from './explore.ts';
import { explorePage, publicPage } from './public-page.ts';
import { publishReport, reviewPublication } from './publish.ts';
import { withdrawReport } from './withdraw.ts';

let t: TestApp;
let ana: Actor;

beforeEach(async () => {
	t = testApp();
	ana = testPerson(t.app, 'Ana');
	t.app.db
		.insert(organisations)
		.values({ id: 'fleuve', name: 'Théâtre du Fleuve', createdAt: 1 })
		.run();
	t.app.db
		.insert(memberships)
		.values({ organisationId: 'fleuve', personId: ana.personId, role: 'member', createdAt: 1 })
		.run();
	for (const slug of ['billets', 'salles', 'secret']) await dataset(slug);
});
afterEach(() => t.close());

/** Where readers ask from. */
const HERE = '203.0.113.7';
const BYTES = new Uint8Array([1, 2, 3]);
async function dataset(slug: string): Promise<void> {
	const hash = await t.app.blobs.put(BYTES);
	const more = { synthetic: true, createdBy: ana.personId, createdAt: 1 };
	t.app.db
		.insert(datasets)
		.values({
			...{ id: `d-${slug}`, slug, organisationId: 'fleuve', title: `Titre de ${slug}` },
			...{ licence: 'CC-BY-4.0' as const, publication: 'rows' as const, ...more }
		})
		.run();
	t.app.db
		.insert(datasetVersions)
		.values({
			...{ id: `v-${slug}`, datasetId: `d-${slug}`, number: 1, hash, byteLength: 3, rows: 100 },
			...{ columns: [], createdBy: ana.personId, createdAt: 1 }
		})
		.run();
}
const change = (slug: string, terms: Partial<typeof datasets.$inferInsert>) =>
	t.app.db.update(datasets).set(terms).where(eq(datasets.slug, slug)).run();

const CELLS: CellSpec[] = [
	{ id: 'data', source: 'const billets = FileAttachment("billets@1.arrow").arquero();' },
	{ id: 'seuil', source: 'const seuil = view(Inputs.range([0, 9], {step: 1}));' },
	{ id: 'combien', source: 'billets.filter(aq.escape(d => d.prix > seuil)).numRows()' },
	{ id: 'note', source: '"à ne pas montrer"' }
];
const CONTROL = { kind: 'control', label: 'Seuil', setting: { type: 'number', value: 3 } };
const VALUE = { kind: 'value', caption: '', text: '12', lineage: null };
const block = (cell: string, output: unknown) => ({
	...{ cell, kind: 'code', source: null },
	outputs: [output]
});

function request(cells: CellSpec[], explorable: boolean, blocks?: unknown[]) {
	return {
		content: {
			...{ lang: 'fr', title: 'Rapport', summary: '', authors: ['Ana'], licence: 'CC-BY-4.0' },
			blocks: blocks ?? [block('seuil', CONTROL), block('combien', VALUE)],
			sources: [],
			// What a browser says of it is not read.
			explore: { cells: [], live: [], files: ['secret@1.arrow'], everyFile: [], leftOut: [] }
		},
		ran: cells.map(({ id, source }) => ({ id, source: source ?? '' })),
		reportId: null,
		explorable
	};
}
const notebook = (cells: CellSpec[]): string =>
	createNotebook(t.app, ana, { notebook: toNotebook({ title: 'C', lang: 'fr', cells }) });

function publish(
	cells = CELLS,
	explorable = true,
	blocks?: unknown[],
	reportId: string | null = null
) {
	const { published, refusals } = publishReport(t.app, ana, notebook(cells), {
		...request(cells, explorable, blocks),
		reportId
	});
	if (!published) throw new Error(JSON.stringify(refusals));
	return published;
}
const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
/** What anyone gets of a report now: its state, its code, the bytes of its file. */
const given = (at: ReturnType<typeof publish>) => [
	explorabilityOf(t.app, at),
	codeOf(() => readExplorable(t.app, at)),
	codeOf(() => readExploredFile(t.app, at, 'billets@1.arrow', HERE))
];
const OPEN = ['open', 'done', 'done'];
const closed = (why: string | null) => [why, 'not_found', 'not_found'];

describe('a report that its author opened', () => {
	it('gives anyone the cells that its controls need and the file that they read', async () => {
		const at = publish();
		expect(given(at)).toEqual(OPEN);
		const { cells, live, files } = readExplorable(t.app, at);
		expect(cells.map(({ id }) => id)).toEqual(['data', 'seuil', 'combien']);
		expect([live, files]).toEqual([['seuil', 'combien'], ['billets@1.arrow']]);
		const file = readExploredFile(t.app, at, 'billets@1.arrow', HERE);
		expect([...(await file.bytes())]).toEqual([...BYTES]);
		expect(file.source).toMatchObject({
			hash: '',
			datasetId: 'billets',
			title: 'Titre de billets'
		});
	});
	it('gives no other file, whatever the name', () => {
		const at = publish();
		for (const name of ['secret@1.arrow', 'billets@2.arrow', '../billets@1.arrow', '__proto__', ''])
			expect(codeOf(() => readExploredFile(t.app, at, name, HERE))).toBe('not_found');
		expect(
			codeOf(() => readExploredFile(t.app, { ...at, number: 2 }, 'billets@1.arrow', HERE))
		).toBe('not_found');
		expect(
			codeOf(() => readExploredFile(t.app, { ...at, lang: 'en' }, 'billets@1.arrow', HERE))
		).toBe('not_found');
	});
	it('is read in public, and its stewards see that it was: one line a day', () => {
		const at = publish();
		readExploredFile(t.app, at, 'billets@1.arrow', HERE);
		readExploredFile(t.app, at, 'billets@1.arrow', HERE);
		const lines = t.app.db
			.select()
			.from(datasetAccess)
			.where(eq(datasetAccess.way, 'explore'))
			.all();
		expect(lines).toMatchObject([
			{ datasetId: 'd-billets', personId: '', displayName: '', readings: 2 }
		]);
	});
	it('is not written down where nothing is given', () => {
		const at = publish();
		change('billets', { publication: 'aggregates' });
		codeOf(() => readExploredFile(t.app, at, 'billets@1.arrow', HERE));
		expect(
			t.app.db.select().from(datasetAccess).where(eq(datasetAccess.way, 'explore')).all()
		).toEqual([]);
	});
	it('shows none of its code on its page', async () => {
		const { slug } = publish();
		const page = await publicPage(
			t.app,
			null,
			'fr',
			{ slug, number: null },
			{ hrefIn: (path) => path, setHeaders: () => {} }
		);
		expect(page.explore).toBe('open');
		expect(JSON.stringify(page)).not.toContain('FileAttachment');
	});
	it('is explored on a page that nothing keeps', async () => {
		const { slug } = publish();
		let headers: Record<string, string> = {};
		const page = await explorePage(t.app, 'fr', { slug, number: '1' }, (set) => (headers = set));
		expect(headers['cache-control']).toBe('private, no-store');
		expect(page.explore.cells).toHaveLength(3);
		expect(JSON.stringify(page.report)).not.toContain('FileAttachment');
		for (const number of ['2', '0', 'x'])
			await expect(explorePage(t.app, 'fr', { slug, number }, () => {})).rejects.toMatchObject({
				status: 404
			});
	});
});

describe('what ends it, at once', () => {
	for (const [words, terms] of [
		['nothing may be published', { publication: 'nothing' }],
		['only aggregates may be', { publication: 'aggregates' }],
		['the last day has passed', { validUntil: '2026-01-14' }],
		['the dataset is withdrawn', { withdrawnAt: 5 }]
	] as const)
		it(words, () => {
			const at = publish();
			expect(given(at)).toEqual(OPEN);
			change('billets', terms);
			expect(given(at)).toEqual(closed('terms'));
		});
	it('the version is withdrawn', () => {
		const at = publish();
		t.app.db.update(datasetVersions).set({ withdrawnAt: 5 }).run();
		expect(given(at)).toEqual(closed('terms'));
	});
	it('its last day passes by itself', () => {
		change('billets', { validUntil: '2026-01-15' });
		const at = publish();
		expect(given(at)).toEqual(OPEN);
		t.advance(86_400_000);
		expect(given(at)).toEqual(closed('terms'));
	});
	it('its author may read the data no more', () => {
		const at = publish();
		t.app.db.delete(memberships).run();
		expect(given(at)).toEqual(closed('terms'));
	});
	it('the report is withdrawn', () => {
		const at = publish();
		withdrawReport(t.app, ana, at.reportId, 'Une erreur.');
		expect(given(at)).toEqual(closed(null));
	});
	it('another dataset of the notebook, though no reader would be given it, allows less', () => {
		const cells = [
			...CELLS,
			{ id: 'ailleurs', source: 'FileAttachment("salles@1.arrow").arquero()' }
		];
		const at = publish(cells);
		expect(given(at)).toEqual(OPEN);
		expect(codeOf(() => readExploredFile(t.app, at, 'salles@1.arrow', HERE))).toBe('not_found');
		change('salles', { publication: 'aggregates' });
		expect(given(at)).toEqual(closed('terms'));
	});
});

describe('asking without end', () => {
	const ask = (times: number, from = HERE, name = 'billets@1.arrow') => {
		const at = { slug: 'rapport', lang: 'fr', number: 1 } as const;
		const codes = Array.from({ length: times }, () =>
			codeOf(() => readExploredFile(t.app, at, name, from))
		);
		return codes.filter((code) => code === 'throttled').length;
	};
	it('is slowed, for who asks and nobody else; in time it is let through', () => {
		publish();
		expect(ask(400)).toBe(0);
		expect(ask(5)).toBe(5);
		expect(ask(5, '203.0.113.8')).toBe(0);
		t.advance(30_000);
		expect(ask(20)).toBe(0);
	});
	it('for what is not there is slowed as well', () => {
		publish();
		ask(400, HERE, 'secret@1.arrow');
		expect(ask(1)).toBe(1);
	});
	it('of large files is slowed sooner', () => {
		publish();
		t.app.db.update(datasetVersions).set({ byteLength: 100_000_000 }).run();
		expect(ask(36)).toBe(0);
		expect(ask(5)).toBeGreaterThan(3);
	});
	it('writes nothing in the log of the stewards once it is slowed', () => {
		publish();
		ask(410);
		expect(t.app.db.select().from(datasetAccess).all()).toContainEqual(
			expect.objectContaining({ way: 'explore', readings: 400 })
		);
	});
});

describe('the latest version that stands', () => {
	it('closes those before it where its author did not open it', () => {
		const first = publish();
		const second = publish(CELLS, false, undefined, first.reportId);
		expect(second.number).toBe(2);
		expect(given(first)).toEqual(closed('author'));
		// Opened again, or withdrawn: what it closed is open.
		publish(CELLS, true, undefined, first.reportId);
		expect([given(first), given(second)]).toEqual([OPEN, closed('author')]);
	});
	it('is asked in its own language', () => {
		const first = publish();
		const { content, ...rest } = request(CELLS, false);
		const english = { ...rest, content: { ...content, lang: 'en' }, reportId: first.reportId };
		publishReport(t.app, ana, notebook(CELLS), english);
		expect(given(first)).toEqual(OPEN);
	});
});

describe('a report that is not opened', () => {
	it('is one whose author did not say so, at each version', () => {
		expect(given(publish(CELLS, false))).toEqual(closed('author'));
	});
	it('keeps no code for readers', () => {
		publish(CELLS, false);
		const [version] = t.app.db.select().from(reportVersions).all();
		expect(version?.content.explore).toBe(undefined);
	});
	it('says nothing of it without a control', () => {
		expect(given(publish(CELLS, true, [block('combien', VALUE)]))).toEqual(closed(null));
	});
	it('is not opened by what its author asks, where the terms did not allow it then', () => {
		const cells = [
			...CELLS,
			{ id: 'ailleurs', source: 'FileAttachment("salles@1.arrow").arquero()' }
		];
		change('salles', { publication: 'nothing' });
		const at = publish(cells);
		change('salles', { publication: 'rows' });
		expect(given(at)).toEqual(closed('author'));
	});
});

describe('what its author is told before', () => {
	const review = (cells = CELLS, blocks?: unknown[]) =>
		reviewPublication(t.app, ana, notebook(cells), request(cells, false, blocks)).explore;
	it('is which data would be read by all', () => {
		expect(review()).toEqual({ bar: null, datasets: ['Titre de billets'] });
	});
	it('is why it cannot be', () => {
		change('billets', { publication: 'aggregates' });
		expect(review()?.bar).toEqual({ reason: 'rows', dataset: 'Titre de billets' });
		change('billets', { withdrawnAt: 5 });
		expect(review()?.bar).toEqual({ reason: 'unknown', dataset: '' });
		const hidden = [...CELLS, { id: 'x', source: 'FileAttachment(nom)' }];
		expect(review(hidden)?.bar).toEqual({ reason: 'unreadable', dataset: '' });
	});
	it('is nothing where nothing follows from a control', () => {
		expect(review(CELLS, [block('combien', VALUE)])).toBe(null);
	});
});

describe('an address', () => {
	it('is a language and a number, and nothing else', () => {
		expect(versionAddress({ slug: 'a', lang: 'fr', number: '12' })).toEqual({
			...{ slug: 'a', lang: 'fr', number: 12 }
		});
		for (const [lang, number] of [
			['de', '1'],
			['fr', '01'],
			['fr', '1e3'],
			['fr', '-1']
		] as const)
			expect(versionAddress({ slug: 'a', lang, number })).toBe(null);
	});
});
