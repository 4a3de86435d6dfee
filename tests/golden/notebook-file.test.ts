/**
 * Our files go through notebook-kit's own reader and writer, and its files through ours, and lose nothing but what
 * docs/notebook-file.md lists. Twice: with linkedom's DOM, and with jsdom's, which notebook-kit's own builder uses and
 * which reads HTML by its standard.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deserialize, serialize, toNotebook as toKitNotebook } from '@observablehq/notebook-kit';
import { DOMParser as LinkedomParser, parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { analyseCell } from '../../src/lib/core/analysis/cell.ts';
import { kindOf } from '../../src/lib/core/analysis/kind-of.ts';
import { toNotebook, type Cell, type Notebook } from '../../src/lib/core/notebook/notebook.ts';
import { parseNotebookFile } from '../../src/lib/core/notebook/parse-notebook-file.ts';
import { printNotebookFile } from '../../src/lib/core/notebook/print-notebook-file.ts';
import { newcomersNotebook } from '../../src/lib/server/demo/notebooks/newcomers.ts';
import { seatsNotebook } from '../../src/lib/server/demo/notebooks/seats.ts';

type KitReader = NonNullable<NonNullable<Parameters<typeof deserialize>[1]>['parser']>;
interface Jsdom {
	JSDOM: new (html: string) => {
		window: { document: Document; DOMParser: new () => KitReader };
	};
}
const kit = import.meta.resolve('@observablehq/notebook-kit');
const { JSDOM } = createRequire(kit)('jsdom') as Jsdom;
const { window } = new JSDOM('<!doctype html>');

type Dom = readonly [string, { readonly document: Document; readonly parser: KitReader }];
const IN_LINKEDOM: Dom = [
	'linkedom',
	{
		document: parseHTML('<!doctype html><html></html>').document as unknown as Document,
		parser: new LinkedomParser() as unknown as KitReader
	}
];
const IN_JSDOM: Dom = ['jsdom', { document: window.document, parser: new window.DOMParser() }];

const PERFORMANCES = 'representations-demo@1.arrow';
const FILES = { tickets: 'billetterie-demo@1.arrow', web: 'audience-web-demo@1.arrow' };
const DEMOS: [string, Notebook][] = [
	['seats, fr', seatsNotebook('fr', PERFORMANCES)],
	['seats, en', seatsNotebook('en', PERFORMANCES)],
	['newcomers, fr', newcomersNotebook('fr', FILES)],
	['newcomers, en', newcomersNotebook('en', FILES)]
];

/** Sources that nothing changes. */
const KEPT = [
	'',
	'const a = 1;',
	'"</script>"',
	'"</SCRIPT >" + "<\\/script>" + "<\\\\/script>" + "<\\\\\\/ScRiPt\t>"',
	'// </scripty> < /script>',
	'<!-- b --> c',
	'"<!--"',
	'"<!--<script>-->"',
	'"<script>" + "<!--"',
	'"<!-- <script"',
	'<!--> <script>',
	'<!---> <script>',
	'"<!DOCTYPE html><notebook><title>non</title></notebook>"',
	'"&lt;&amp;amp;&nbsp;&eacute;"',
	'«\u00a0nbsp\u202fnarrow\u00a0»\u00a0:\u2028 \u2029',
	'"🎭👩🏽‍🎤é e\u0301 \u{1F1E8}\u{1F1E6}"',
	'\n\n  a\n\tb\n',
	'    four\n  two\n        eight',
	'`${a} \\${b} $\\{c} \\\\`',
	'# Titre\n\n```js\n${x}\n```\n\n<details>\n<summary>a</summary>\n</details>'
];

/** Sources that docs/notebook-file.md says change, and what they become. */
const CHANGED: [string, string][] = [
	['a\r\nb\rc', 'a\nb\nc'],
	['a\n  \t\n\u00a0\nb', 'a\n\n\nb'],
	['   ', ''],
	['"</script/>"', '"<\\/script/>"'],
	['"<!--<script>"', '"<\\!--<script>"'],
	['"<!-- <!-- <script "', '"<\\!-- <\\!-- <script "'],
	['"-->" + "<!--" + "<script\n" + "<!--"', '"-->" + "<\\!--" + "<script\n" + "<\\!--"']
];

/** As other tools read it: with a cell that defines `op`, where the notebook uses it. */
const OP = { mode: 'js', source: 'const op = aq.op;', pinned: false } as const;
const withOp = ({ cells }: Notebook): Pick<Cell, 'mode' | 'source' | 'pinned'>[] => [
	...cells.map(({ mode, source, pinned }) => ({ mode, source, pinned })),
	...(cells.some(({ source }) => /\bop\./.test(source)) ? [OP] : [])
];

const odd = (source: (pair: readonly string[]) => string): Notebook =>
	toNotebook({
		title: '« Été\u00a0» & <b>1 < 2</b> "\'',
		cells: [...KEPT.map((s) => [s, s]), ...CHANGED].flatMap((pair, i) => [
			{ id: `m${i}`, mode: 'md' as const, source: source(pair), pinned: i % 2 === 0 },
			{ id: `j${i}`, source: source(pair), pinned: i % 3 === 0 }
		])
	});
const ODD = odd(([from]) => from ?? '');
const ODD_READ = odd(([, to]) => to ?? '');

const read = (html: string) => parseNotebookFile(html, { lang: 'fr', untitled: 'Sans titre' });
const kept = ({ mode, source, pinned }: Cell) => ({
	mode,
	source,
	pinned,
	kind: kindOf(source, mode)
});
const numbered = (notebook: Notebook): Notebook => ({
	...notebook,
	lang: 'fr',
	cells: notebook.cells.map((cell, i) => ({ ...cell, id: String(i + 1) }))
});

test.each(DEMOS)('%s: our file, read by us, is the same notebook', (_name, notebook) => {
	expect(read(printNotebookFile(notebook))).toEqual({ notebook, warnings: [] });
});

test('our file of odd sources, read by us, changes only what is listed', () => {
	const { notebook, warnings } = read(printNotebookFile(ODD));
	expect(warnings).toEqual([]);
	expect(notebook).toEqual(ODD_READ);
	// Once through, a notebook changes no more.
	expect(read(printNotebookFile(notebook)).notebook).toEqual(ODD_READ);
});

describe.each([IN_LINKEDOM, IN_JSDOM])('notebook-kit with %s', (_dom, { document, parser }) => {
	test.each([...DEMOS.map(([name, n]) => [name, n, n] as const), ['odd', ODD, ODD_READ] as const])(
		'%s: reads our file as we do, and we read what it then writes',
		(_name, notebook, expected) => {
			const there = deserialize(printNotebookFile(notebook), { parser });
			expect(there.title).toBe(expected.title);
			expect(
				there.cells.map(({ mode, value, pinned }) => ({ mode, source: value, pinned }))
			).toEqual(withOp(expected));
			expect(new Set(there.cells.map(({ id }) => id)).size).toBe(there.cells.length);
			const back = read(serialize(there, { document }));
			expect(back.warnings).toEqual([]);
			// The language and the ids are ours: its writer leaves them out.
			expect(back.notebook).toEqual(numbered(expected));
			expect(back.notebook.cells.map(kept)).toEqual(expected.cells.map(kept));
		}
	);

	test('reads what its own writer would cut', () => {
		const notebook = toNotebook({
			title: 'a </title b',
			cells: [
				{ id: '1', source: 'a\n</script' },
				{ id: '2', source: 'b' }
			]
		});
		const ours = printNotebookFile(notebook);
		expect(read(ours).notebook).toEqual(notebook);
		const there = deserialize(ours, { parser });
		expect(there.title).toBe(notebook.title);
		expect(there.cells.map(({ value }) => value)).toEqual(['a\n</script', 'b']);
		expect(read(serialize(there, { document })).notebook.cells.map(({ source }) => source)).toEqual(
			['a', 'b']
		);
	});

	test('reads every type of cell that it writes, as it does or with a warning', () => {
		const modes = ['js', 'md', 'ts', 'html', 'tex', 'sql', 'dot', 'node', 'python', 'r', 'ojs'];
		const written = serialize(
			toKitNotebook({
				title: 'Tous',
				theme: { light: 'air', dark: 'slate' },
				readOnly: true,
				cells: modes.map((mode, i) => ({
					id: i + 1,
					mode: mode as 'js',
					value: `a // ${mode}`,
					hidden: mode === 'js'
				}))
			}),
			{ document }
		);
		const { notebook, warnings } = read(written);
		expect(notebook.cells.map(({ mode }) => mode)).toEqual([
			'js',
			...modes.slice(1).map(() => 'md')
		]);
		for (const [i, { source }] of notebook.cells.entries())
			expect(source).toContain(`a // ${modes[i]}`);
		expect(warnings.map(({ code, details }) => [code, details.cell])).toEqual([
			['notebook_file_hidden', 1],
			...modes.slice(2).map((_, i) => ['notebook_file_cell_type', i + 3])
		]);
	});
});

test.each(DEMOS)(
	'%s: our file uses only names that it defines or that Observable has',
	(_name, notebook) => {
		const { cells } = deserialize(printNotebookFile(notebook), { parser: IN_JSDOM[1].parser });
		const all = cells.map(({ mode, value }) => analyseCell(value, mode === 'md' ? 'md' : 'js'));
		const known = new Set([
			...all.flatMap(({ defines }) => defines),
			...['aq', 'display', 'view', 'md', 'FileAttachment', 'Inputs', 'Plot']
		]);
		expect(all.flatMap(({ inputs }) => inputs).filter((name) => !known.has(name))).toEqual([]);
	}
);

test('a cell that defines op is written once, and only where it is missing', () => {
	const file = (...sources: string[]) =>
		printNotebookFile(toNotebook({ cells: sources.map((source, i) => ({ id: `c${i}`, source })) }));
	expect(file('aq.table({}).rollup({n: d => op.count()})')).toContain('const op = aq.op;');
	expect(file('const a = 1')).not.toContain('aq.op');
	expect(file('const {op} = aq', 'op.sum')).not.toContain('const op');
});

test('our file is what notebook-kit writes in a browser, but for the language', () => {
	const [, { document, parser }] = IN_JSDOM;
	const ours = printNotebookFile(numbered(seatsNotebook('fr', PERFORMANCES)));
	const theirs = serialize(deserialize(ours, { parser }), { document });
	expect(theirs).toBe(ours.replace(' lang="fr"', ''));
});

test('docs/notebook-file.md lists each change that these tests know', () => {
	const page = readFileSync('docs/notebook-file.md', 'utf8');
	for (const words of [
		'`</script/`',
		'`<!--`',
		'line endings',
		'white space',
		'language',
		'id',
		'ends with `</script`'
	])
		expect(page).toContain(words);
});
