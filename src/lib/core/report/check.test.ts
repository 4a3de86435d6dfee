import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { printPicture } from '../chart/print.ts';
import type { ClearedPicture } from '../chart/picture.ts';
import { checkReport } from './check.ts';
import { REPORT_LIMITS } from './report.ts';

const source = {
	datasetId: 'd1',
	slug: 'billets',
	version: 3,
	hash: 'a'.repeat(64),
	title: 'Billets',
	organisation: 'Théâtre',
	licence: 'CC-BY-4.0',
	publication: 'rows',
	synthetic: true,
	rows: 5
};
const lineage = { sources: [source], steps: [{ cell: 'c1', verb: 'filter', rows: 3 }] };
const table = {
	kind: 'table',
	caption: '',
	columns: [{ name: '__proto__', type: 'integer' }],
	rows: [[1], [null]],
	total: 9,
	lineage
};
const picture = {
	kind: 'picture',
	tree: ['svg', { viewBox: '0 0 1 1' }, ['rect', { width: '1' }]],
	title: 'Ventes',
	caption: '',
	alt: 'Les ventes montent.',
	data: [{ mark: 'bar', columns: ['x'], rows: [['a']], total: 1 }],
	lineage: null
};
const GROUPS = { file: 'a@1.arrow', sizes: [3, 12], rests: [], told: true };
const good = {
	lang: 'fr',
	title: 'Titre',
	summary: '',
	authors: ['Ana'],
	licence: 'CC-BY-4.0',
	blocks: [
		{ cell: 'c0', kind: 'text', source: null, outputs: [{ kind: 'text', markdown: '# Oui' }] },
		{
			cell: 'c1',
			kind: 'chart',
			source: 'Plot.plot()',
			outputs: [
				picture,
				table,
				{ kind: 'value', caption: '', text: '12', lineage: null, groups: [GROUPS] },
				{ kind: 'control', label: 'Ville', setting: { type: 'choices', labels: ['Québec'] } }
			]
		}
	],
	sources: []
};

/** As it would come over the wire. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const withOutput = (output: unknown) => ({
	...good,
	blocks: [{ cell: 'c1', kind: 'chart', source: null, outputs: [output] }]
});
const codeOf = (value: unknown): string => {
	try {
		checkReport(sent(value));
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'taken';
};

it('keeps the terms that a source carries, and those alone', () => {
	const carried = {
		...source,
		minimumGroup: 10,
		validUntil: '2026-12-31',
		purpose: 'Étude',
		acknowledgement: 'Merci'
	};
	const checked = checkReport(
		sent(
			withOutput({ ...table, lineage: { ...lineage, sources: [{ ...carried, audience: 'x' }] } })
		)
	);
	expect(checked.sources).toEqual([carried]);
	// What was published before they were asked has none.
	expect(checkReport(sent(withOutput(table))).sources).toEqual([source]);
});

describe('checkReport', () => {
	it('refuses texts that would make a page too heavy, one by one or together', () => {
		const text = (markdown: string) => ({ kind: 'text', markdown });
		const bomb = `${'|'.repeat(1000)}\n${'|-'.repeat(999)}|\n${'a\n'.repeat(70)}`;
		expect(codeOf(withOutput(text(bomb)))).toBe('report_text_too_heavy');
		const small = `${'|'.repeat(100)}\n${'|-'.repeat(99)}|\n${'a\n'.repeat(90)}`;
		expect(codeOf(withOutput(text(small)))).toBe('taken');
		const together = { ...good.blocks[1], outputs: Array(40).fill(text(small)) };
		expect(codeOf({ ...good, blocks: [together] })).toBe('report_text_too_heavy');
		const honest = { ...good.blocks[1], outputs: Array(40).fill(text('Des mots. '.repeat(2_000))) };
		expect(codeOf({ ...good, blocks: [honest] })).toBe('taken');
	});
	it('keeps nothing that reorders or hides the words of its title, summary and authors', () => {
		const content = checkReport(
			sent({
				...good,
				title: 'Titre \u202Eesrever\u200B',
				summary: 'Un\u2066\n\ndeux\uFEFF',
				authors: ['Orchestre\u202E', '\u200B']
			})
		);
		expect(content.title).toBe('Titre esrever');
		expect(content.summary).toBe('Un\n\ndeux');
		expect(content.authors).toEqual(['Orchestre']);
		expect(codeOf({ ...good, title: '\u200B\u202E' })).toBe('title_required');
		expect(codeOf({ ...good, authors: ['\u200B'] })).toBe('report_authors_required');
	});
	it('takes a report (positive control), and gathers its sources itself', () => {
		const content = checkReport(sent(good));
		expect(content.blocks).toHaveLength(2);
		expect(content.blocks[1]?.outputs.map(({ kind }) => kind)).toEqual([
			'picture',
			'table',
			'value',
			'control'
		]);
		expect(content.sources).toEqual([source]);
	});

	it.each([
		['null', null],
		['a list', []],
		['a text', 'x'],
		['no blocks', { ...good, blocks: undefined }],
		['blocks as an object', { ...good, blocks: { length: 1 } }],
		['a language of no page', { ...good, lang: 'de' }],
		['a licence of our own making', { ...good, licence: 'WTFPL' }],
		['a licence named as a prototype member', { ...good, licence: 'constructor' }],
		['a title that is no text', { ...good, title: { toString: 'x' } }],
		['an unknown output', withOutput({ kind: 'html', html: '<script>' })],
		['an output named as a prototype member', withOutput({ kind: '__proto__' })],
		[
			'a cell id that would leave its attribute',
			{
				...good,
				blocks: [{ cell: '"><script>', kind: 'text', source: null, outputs: [] }]
			}
		],
		['a cell named twice', { ...good, blocks: [good.blocks[0], good.blocks[0]] }],
		['a kind of no cell', { ...good, blocks: [{ ...good.blocks[0], kind: 'hasOwnProperty' }] }],
		['101 rows', withOutput({ ...table, rows: Array(101).fill([1]), total: 101 })],
		['a row too short', withOutput({ ...table, rows: [[]] })],
		['a row too long', withOutput({ ...table, rows: [[1, 2]] })],
		['a cell that is an object', withOutput({ ...table, rows: [[{ a: 1 }]] })],
		['fewer rows in all than are shown', withOutput({ ...table, total: 1 })],
		['a negative total', withOutput({ ...table, total: -1 })],
		['no more columns in all than are shown', withOutput({ ...table, columnsTotal: 1 })],
		['a count of columns that is a text', withOutput({ ...table, columnsTotal: '300' })],
		['a column type of no table', withOutput({ ...table, columns: [{ name: 'a', type: 'blob' }] })],
		[
			'too many columns',
			withOutput({ ...table, columns: Array(201).fill(table.columns[0]), rows: [] })
		],
		['a table without lineage', withOutput({ ...table, lineage: null })],
		[
			'a hash that is none',
			withOutput({ ...table, lineage: { ...lineage, sources: [{ ...source, hash: 'x' }] } })
		],
		[
			'terms that are none',
			withOutput({
				...table,
				lineage: { ...lineage, sources: [{ ...source, publication: 'all' }] }
			})
		],
		...[
			{ minimumGroup: 1.5 },
			{ validUntil: '31/12/2026' },
			{ purpose: 'x'.repeat(301) },
			{ acknowledgement: ['x'] },
			{ acknowledgement: null }
		].map((change): [string, unknown] => [
			`terms of another shape: ${Object.keys(change).join()}`,
			withOutput({ ...table, lineage: { ...lineage, sources: [{ ...source, ...change }] } })
		]),
		[
			'a verb that is markup',
			withOutput({
				...table,
				lineage: { ...lineage, steps: [{ cell: 'c1', verb: '<b>', rows: 1 }] }
			})
		],
		[
			'1001 rows behind a chart',
			withOutput({
				...picture,
				data: [{ mark: 'x', columns: ['x'], rows: Array(1001).fill(['a']), total: 1001 }]
			})
		],
		[
			'a setting of no control',
			withOutput({ kind: 'control', label: '', setting: { type: 'file' } })
		],
		[
			'a date that is none',
			withOutput({ kind: 'control', label: '', setting: { type: 'date', date: '<i>' } })
		],
		[
			'a group of less than nobody',
			withOutput({ kind: 'text', markdown: 'a', groups: [{ ...GROUPS, sizes: [-1] }] })
		],
		[
			'groups without end',
			withOutput({
				kind: 'text',
				markdown: 'a',
				groups: [{ ...GROUPS, rests: Array(1001).fill(1) }]
			})
		],
		[
			'a value longer than its limit',
			withOutput({ kind: 'value', caption: '', text: 'x'.repeat(2001), lineage: null })
		]
	])('refuses %s', (_name, value) => expect(codeOf(value)).toBe('report_malformed'));

	it('asks for what is missing by its own name', () => {
		expect(codeOf({ ...good, title: '  ' })).toBe('title_required');
		expect(codeOf({ ...good, title: 'x'.repeat(201) })).toBe('too_long');
		expect(codeOf({ ...good, summary: 'x'.repeat(2001) })).toBe('too_long');
		expect(codeOf({ ...good, authors: [' '] })).toBe('report_authors_required');
		expect(codeOf({ ...good, blocks: [] })).toBe('report_empty');
		expect(codeOf(withOutput({ ...picture, alt: ' ' }))).toBe('report_alt_required');
		expect(codeOf(withOutput({ ...picture, alt: 'x'.repeat(REPORT_LIMITS.altChars + 1) }))).toBe(
			'too_long'
		);
	});

	it('names the place of what it refuses', () => {
		try {
			checkReport(sent(withOutput({ ...table, rows: [[1], [{}]] })));
			expect.unreachable();
		} catch (error) {
			expect(error).toMatchObject({ details: { where: '/blocks/0/outputs/0/rows/1/0' } });
		}
	});

	it('leaves behind members that it does not know, and prototypes', () => {
		const text = JSON.stringify(good).replace('{', '{"__proto__":{"polluted":1},"extra":1,');
		const content = checkReport(JSON.parse(text));
		expect(Object.keys(content).sort()).toEqual(
			['authors', 'blocks', 'lang', 'licence', 'sources', 'summary', 'title'].sort()
		);
		expect(({} as { polluted?: number }).polluted).toBeUndefined();
		expect((content as { polluted?: number }).polluted).toBeUndefined();
	});
	it('reads only members of the object itself', () => {
		expect(() => checkReport(Object.create(good))).toThrow();
	});

	describe('clears pictures again', () => {
		const printed = (tree: unknown): string => {
			const output = checkReport(sent(withOutput({ ...picture, tree }))).blocks[0]?.outputs[0];
			if (output?.kind !== 'picture') throw new Error('no picture');
			return printPicture(output.tree as ClearedPicture);
		};
		it('keeps a drawing (positive control)', () => {
			expect(printed(picture.tree)).toContain('<rect width="1">');
		});
		it.each([
			['a script', ['svg', {}, ['script', {}, 'alert(1)']]],
			['a handler', ['svg', { onload: 'alert(1)' }]],
			['a style sheet', ['svg', {}, ['style', {}, '@import url(https://exemple.org)']]],
			['foreign content', ['svg', {}, ['foreignObject', {}, ['div', {}, 'x']]]],
			['a link', ['svg', {}, ['a', { href: 'javascript:alert(1)' }, ['text', {}, 'x']]]],
			['an outside image', ['svg', {}, ['image', { href: 'https://exemple.org/a.png' }]]],
			['a tag with markup', ['svg', {}, ['rect><script', {}]]],
			['an attribute with markup', ['svg', {}, ['rect', { 'x" onclick="y': '1' }]]],
			['an outside reference', ['svg', {}, ['rect', { fill: 'url(https://exemple.org#a)' }]]]
		])('takes out %s', (_name, tree) => {
			expect(printed(tree)).not.toMatch(
				/script|alert|onload|onclick|@import|foreignObject|javascript|exemple\.org/i
			);
		});
		it('survives shapes that are no tree', () => {
			for (const tree of [null, 7, {}, [], [[]], ['svg'], ['svg', null, { a: 1 }, [['rect']]]])
				expect(typeof printed(tree)).toBe('string');
		});
		it('ends on a tree deeper than the stack', () => {
			let tree = '["g",{}]';
			for (let i = 0; i < 3000; i++) tree = `["g",{},${tree}]`;
			const value = sent(withOutput(picture)) as {
				blocks: { outputs: { tree: unknown }[] }[];
			};
			const output = value.blocks[0]?.outputs[0];
			if (output) output.tree = JSON.parse(`["svg",{},${tree}]`);
			expect(() => checkReport(value)).not.toThrow(RangeError);
		});
		it('refuses a picture above its limits', () => {
			const huge = ['svg', {}, ...Array(60_001).fill(['g', {}])];
			expect(codeOf(withOutput({ ...picture, tree: huge }))).toBe('picture_too_large');
		});
	});
});
