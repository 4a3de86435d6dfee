import { describe, expect, test } from 'vitest';
import type { Output } from '../core/protocol/messages.ts';
import { memoryDrafts } from './draft-store.ts';
import type { ExploreBar } from '../core/governance/explore.ts';
import { KeptReports } from './kept-reports.ts';
import type { PublicationAnswer, PublicationRequest } from './publication.ts';
import { ReportDraft, type LastChoices } from './report-draft.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

const text = (markdown: string): Output => ({ kind: 'text', markdown });
const picture: Output = {
	kind: 'picture',
	picture: {
		tree: ['svg', {}],
		title: 'Ventes',
		subtitle: '',
		caption: '',
		description: 'Les ventes montent.',
		data: [],
		marks: 1,
		tips: null
	},
	lineage: null
};
const value: Output = {
	kind: 'value',
	value: { type: 'number', text: '1', number: 1, size: null, handle: null, entries: [] },
	lineage: null
};

/** A notebook that has run: what each cell gave. */
const ran = (outputs: Readonly<Record<string, readonly Output[]>>) =>
	({
		settled: () => Promise.resolve(),
		runAll: () => {},
		host: {},
		cells: Object.entries(outputs).map(([id, all]) => ({
			id,
			kind: 'code',
			source: `// ${id}`,
			outputs: all,
			sent: null,
			state: null,
			shown: 'done'
		}))
	}) as unknown as Workspace;

const OUTPUTS = { a: [text('Bonjour')], b: [text('Suite'), picture, value], c: [picture] };
const LAST: LastChoices = {
	title: 'Paru',
	summary: 'Déjà dit.',
	authors: ['Ana', 'Luc'],
	licence: 'CC0-1.0',
	blocks: [
		{
			cell: 'b',
			shown: true,
			words: [
				{ kind: 'picture', text: 'Décrit.' },
				{ kind: 'value', text: 'Un seul' }
			]
		}
	],
	leftOut: [
		{ cell: 'a', index: 0, kind: 'text' },
		{ cell: 'b', index: 0, kind: 'text' },
		{ cell: 'c', index: 0, kind: 'table' }
	]
};

function draftOf(
	outputs: Readonly<Record<string, readonly Output[]>> = OUTPUTS,
	store = memoryDrafts(),
	offer: PublicationAnswer['explore'] = null
) {
	const asked: { request: PublicationRequest; review: boolean }[] = [];
	const draft = new ReportDraft({
		notebookId: 'n1',
		workspace: ran(outputs),
		title: 'Carnet',
		lang: 'fr',
		author: 'Ana',
		kept: new KeptReports('ana.n1', store),
		ask: (_id, request, review) => {
			asked.push({ request, review });
			const published = { reportId: 'r1', slug: 'paru', lang: 'fr', number: 2 } as const;
			return Promise.resolve({
				refusals: [],
				published: review ? null : published,
				explore: offer
			});
		}
	});
	return { draft, asked, store };
}

describe('a next version', () => {
	test('starts from what was left out, shown and said in the last one', async () => {
		const { draft, asked } = draftOf();
		await draft.open({ id: 'r1', last: LAST });
		expect(draft).toMatchObject({
			reportId: 'r1',
			title: 'Paru',
			summary: 'Déjà dit.',
			authors: 'Ana\nLuc',
			licence: 'CC0-1.0'
		});
		expect([...draft.shown]).toEqual(['b']);
		// A chart now stands where a table was left out: it is not left out unseen.
		expect([...draft.omitted]).toEqual(['a:0', 'b:0']);
		expect(draft.alts.get('b:1')).toBe('Décrit.');
		expect(draft.captions.get('b:2')).toBe('Un seul');
		expect(draft.alts.get('c:0')).toBe('Les ventes montent.');
		// The terms are asked about what is chosen, once.
		expect(asked.map(({ review }) => review)).toEqual([true]);
		expect(asked[0]?.request.leftOut).toEqual([
			{ cell: 'a', index: 0, kind: 'text' },
			{ cell: 'b', index: 0, kind: 'text' }
		]);
	});

	test('of another report lets go of the choices of the first', async () => {
		const { draft } = draftOf();
		await draft.open({ id: 'r1', last: LAST });
		await draft.resume({ ...LAST, title: 'Autre', blocks: [], leftOut: [] });
		expect([...draft.shown, ...draft.omitted]).toEqual([]);
		expect(draft.title).toBe('Autre');
	});
});

describe('what is not published yet', () => {
	test('comes back whole after the page was closed', async () => {
		const { draft, store } = draftOf();
		await draft.open(null);
		draft.title = 'Titre en cours';
		draft.summary = 'À finir';
		draft.authors = 'Ana\nZoé';
		draft.licence = 'CC0-1.0';
		draft.slug = 'en-cours';
		draft.alts.set('b:1', 'À la main.');
		draft.captions.set('b:2', 'Légende');
		draft.show('b', true);
		await draft.include('a:0', false);
		await draft.keep();

		const { draft: next } = draftOf(OUTPUTS, store);
		await next.open(null);
		expect(next).toMatchObject({
			title: 'Titre en cours',
			summary: 'À finir',
			authors: 'Ana\nZoé',
			licence: 'CC0-1.0',
			slug: 'en-cours',
			reportId: ''
		});
		expect([...next.shown]).toEqual(['b']);
		expect([...next.omitted]).toEqual(['a:0']);
		expect(next.alts.get('b:1')).toBe('À la main.');
		expect(next.captions.get('b:2')).toBe('Légende');
	});

	test('is laid over the last version, and gone once published', async () => {
		const { draft, store } = draftOf();
		const from = { id: 'r1', last: LAST };
		await draft.open(from);
		draft.title = 'Revu';
		await draft.keep();
		const { draft: next } = draftOf(OUTPUTS, store);
		await next.open(from, ['r1']);
		expect(next).toMatchObject({ title: 'Revu', summary: 'Déjà dit.', reportId: 'r1' });
		await next.publish();
		expect(next.published).not.toBeNull();
		await next.keep();
		const { draft: last } = draftOf(OUTPUTS, store);
		await last.open(from);
		expect(last.title).toBe('Paru');
	});

	test('keeps no description that its author did not write, and nothing where nothing was typed', async () => {
		const { draft, store } = draftOf();
		await draft.open(null);
		await draft.keep();
		expect(await store.load('report:ana.n1')).toEqual([]);
		draft.title = 'Autre';
		await draft.keep();
		const changed: Output = {
			...picture,
			picture: { ...picture.picture, description: 'Elles baissent.' }
		};
		const { draft: next } = draftOf({ ...OUTPUTS, c: [changed] }, store);
		await next.open(null);
		expect(next.title).toBe('Autre');
		expect(next.alts.get('c:0')).toBe('Elles baissent.');
	});

	test('names no report that can no longer take a version, and reads nothing that it did not write', async () => {
		const { draft, store } = draftOf();
		await draft.open({ id: 'r9', last: LAST });
		draft.title = 'Revu';
		await draft.keep();
		const { draft: next } = draftOf(OUTPUTS, store);
		await next.open(null, []);
		expect(next).toMatchObject({ title: 'Revu', reportId: '' });
		for (const said of ['{', '{"title":3}', 'null', '[]']) {
			const broken = memoryDrafts();
			await broken.put('report:ana.n1', 'choices', new TextEncoder().encode(said));
			const { draft: fresh } = draftOf(OUTPUTS, broken);
			await fresh.open(null);
			expect(fresh.title).toBe('Carnet');
			expect(fresh.error).toBeNull();
		}
	});
});

describe('exploration', () => {
	const open = (bar: ExploreBar | null) =>
		draftOf(OUTPUTS, memoryDrafts(), { bar, datasets: ['Billets'] });

	test('is opened by its author for one publication, and no further', async () => {
		const { draft, asked } = open(null);
		await draft.open(null);
		expect(draft.explorable).toBe(false);
		draft.explorable = true;
		await draft.review();
		expect(draft.explorable).toBe(true);
		await draft.publish();
		expect(asked.at(-1)?.request.explorable).toBe(true);
		expect(draft.explorable).toBe(false);
	});

	test('what the terms no longer allow is not asked for', async () => {
		const { draft } = open({ reason: 'rows', dataset: 'Billets' });
		await draft.open(null);
		draft.explorable = true;
		await draft.review();
		expect(draft.explorable).toBe(false);
	});
});
