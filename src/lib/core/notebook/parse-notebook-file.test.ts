import { describe, expect, it } from 'vitest';
import { analyseCell } from '../analysis/cell.ts';
import { parseTemplate } from '../analysis/template.ts';
import { InvalidError } from '../errors.ts';
import { kindOf } from '../analysis/kind-of.ts';
import type { CellKind } from './kind.ts';
import { toNotebook } from './notebook.ts';
import { FOREIGN_TYPES, MAX_NOTEBOOK_FILE } from './notebook-file.ts';
import { parseNotebookFile } from './parse-notebook-file.ts';
import { printNotebookFile } from './print-notebook-file.ts';

const read = (html: string) => parseNotebookFile(html, { lang: 'fr', untitled: 'Sans titre' });
const one = (script: string) => read(`<notebook>${script}</notebook>`);
const refusal = (html: string) => {
	try {
		read(html);
	} catch (error) {
		if (error instanceof InvalidError) return { code: error.code, ...error.details };
		throw error;
	}
	return null;
};

describe('writing a notebook file', () => {
	it('writes what notebook-kit writes in a browser, with the language and each cell’s own id', () => {
		const notebook = toNotebook({
			title: 'Si 1 < 2 & 3 > 2\u00a0?',
			lang: 'fr',
			cells: [
				{ id: 'intro', mode: 'md', source: '# Titre\n\nTexte' },
				{ id: '"2"', source: 'const a = "</script>";' },
				{ id: '3', source: '', pinned: false }
			]
		});
		expect(printNotebookFile(notebook)).toBe(`<!doctype html>
<notebook theme="air" lang="fr">
  <title>Si 1 &lt; 2 &amp; 3 &gt; 2&nbsp;?</title>
  <script id="intro" type="text/markdown">
    # Titre

    Texte
  </script>
  <script id="&quot;2&quot;" type="module" pinned="">
    const a = "<\\/script>";
  </script>
  <script id="3" type="module">

  </script>
</notebook>
`);
	});
	it('keeps every kind of cell', () => {
		const sources: Record<CellKind, string> = {
			text: '## Titre\n\nDu texte.',
			data: 'const donnees = FileAttachment("a@1.arrow").arquero();',
			transform: 'const resultat = donnees\n  .slice(0, 100);',
			chart: 'Plot.plot({\n  marks: [Plot.barY(resultat, {x: "x", y: "y"})]\n})',
			control: 'const seuil = view(Inputs.range([0, 100], {label: "Seuil"}));',
			code: ''
		};
		const cells = Object.entries(sources).map(([kind, source]) => ({
			id: kind,
			mode: kind === 'text' ? ('md' as const) : ('js' as const),
			source
		}));
		const { notebook, warnings } = read(printNotebookFile(toNotebook({ title: 'T', cells })));
		expect(warnings).toEqual([]);
		expect(notebook.cells.map(({ source, mode }) => kindOf(source, mode))).toEqual(
			Object.keys(sources)
		);
	});
});

describe('reading a notebook file', () => {
	it('reads what people write by hand', () => {
		const { notebook, warnings } = read(`\ufeff<!DOCTYPE html>
<html lang=en><head><META charset='utf-8'><!-- <script>no</script> --></head>
<NOTEBOOK THEME=air LANG='en-CA'>
<TITLE>L&#233;gende &amp; co &eacute;</TITLE>
<Script ID=1 TYPE='text/markdown'># A</SCRIPT >
<script id="deux" pinned id="trois">a &amp;&amp; b</script>
</notebook></body></html>`);
		expect(warnings).toEqual([]);
		expect(notebook).toEqual({
			title: 'Légende & co &eacute;',
			lang: 'en',
			cells: [
				{ id: '1', mode: 'md', source: '# A', pinned: false },
				{ id: 'deux', mode: 'js', source: 'a &amp;&amp; b', pinned: true }
			]
		});
	});
	it('takes the language and the title that it is given when the file says none', () => {
		expect(read('<notebook></notebook>').notebook).toEqual({
			title: 'Sans titre',
			lang: 'fr',
			cells: []
		});
		expect(read('<notebook lang="de"></notebook>').notebook.lang).toBe('fr');
		expect(read('<notebook><title>a\r\n  b</title></notebook>').notebook.title).toBe('a b');
	});
	it('gives each cell an id of its own that can stand in an address', () => {
		const ids = ['2', '2', 'x y', '', 'a"b', '3'].map((id) => `<script id='${id}'></script>`);
		const { cells } = one(ids.join('')).notebook;
		expect(cells.map(({ id }) => id)).toEqual(['2', '1', '4', '5', '6', '3']);
	});
	it.each([...FOREIGN_TYPES])('keeps a cell of type %s readable, and says so', (type, fence) => {
		const source = 'a ``` ${b} \\${c} \\\\${d} <p>é</p>';
		const { notebook, warnings } = one(
			`<script type="${type}" pinned>\n    ${source}\n  </script>`
		);
		expect(warnings).toEqual([{ code: 'notebook_file_cell_type', details: { cell: 1, type } }]);
		const [cell] = notebook.cells;
		expect(cell).toMatchObject({ mode: 'md', pinned: false });
		expect(analyseCell(cell?.source ?? '', 'md')).toMatchObject({ problem: null, inputs: ['md'] });
		expect(parseTemplate(cell?.source ?? '').texts).toEqual([
			`\`\`\`\`${fence}\n${source}\n\`\`\`\``
		]);
	});
	it('says what it read otherwise', () => {
		const { notebook, warnings } = read(
			`<p>\n<notebook><script type="text/coffee">a</script><script hidden>b</script>
<div><p></div></notebook><script>stray</script>`
		);
		expect(notebook.cells.map(({ source }) => source)).toEqual(['a', 'b']);
		expect(warnings).toEqual([
			{ code: 'notebook_file_left_out', details: { element: '<p>', line: 1 } },
			{ code: 'notebook_file_left_out', details: { element: '<div>', line: 3 } },
			{ code: 'notebook_file_left_out', details: { element: '<script>', line: 3 } },
			{ code: 'notebook_file_unknown_type', details: { cell: 1, type: 'text/coffee' } },
			{ code: 'notebook_file_hidden', details: { cell: 2 } }
		]);
		expect(one('<script hidden></script>'.repeat(80)).warnings).toHaveLength(50);
	});
	it('reads no cell in what is text or comment', () => {
		const hidden = '<script>no</script>';
		for (const around of ['style', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes'])
			expect(one(`<${around}>${hidden}</${around}>`).notebook.cells).toEqual([]);
		expect(one(`<!-- ${hidden} -->`).notebook.cells).toEqual([]);
		expect(one(`<title>${hidden}</title>`).notebook.title).toBe(hidden);
	});
});

describe('what is no notebook file', () => {
	it.each([
		['', { code: 'notebook_file_not_notebook' }],
		['{"cells": []}', { code: 'notebook_file_not_notebook' }],
		['<html><script>a</script></html>', { code: 'notebook_file_not_notebook' }],
		['<!-- <notebook></notebook> -->', { code: 'notebook_file_not_notebook' }],
		['<notebook>', { code: 'notebook_file_unclosed', what: '<notebook>', line: 1 }],
		[
			'<notebook>\n<script>\na < b </scripty>\n</notebook>',
			{ code: 'notebook_file_unclosed', what: '<script>', line: 2 }
		],
		['<notebook>\n\n<!-- </notebook>', { code: 'notebook_file_unclosed', what: '<!--', line: 3 }],
		['<notebook><title>a</notebook>', { code: 'notebook_file_unclosed', what: '<title>', line: 1 }],
		[
			'<notebook><script id="a>b</script></notebook>',
			{ code: 'notebook_file_unclosed', what: '<script', line: 1 }
		],
		['<notebook></notebook', { code: 'notebook_file_unclosed', what: '</notebook', line: 1 }],
		[' '.repeat(MAX_NOTEBOOK_FILE + 1), { code: 'notebook_file_too_large', megabytes: 4 }]
	])('%#', (html, expected) => expect(refusal(html)).toEqual(expected));

	it('is read in one pass, however many times it begins again', () => {
		// A reader that goes back would not come to the end of these.
		for (const part of [
			'<',
			'<!--',
			'<p ',
			'<p a=',
			'</',
			'&',
			'<script>',
			'<p a="',
			' /',
			'<notebook>'
		])
			refusal(`<notebook>${part.repeat(Math.floor((MAX_NOTEBOOK_FILE - 99) / part.length))}`);
		const source = '<!--<script>'.repeat(80_000);
		expect(printNotebookFile(toNotebook({ cells: [{ id: 'a', source }] }))).toContain('<\\!--');
	});
});

// The server reads files that anyone sends: what would be slow here would hold it by minutes.
it('a title is put on one line, whatever it is made of', () => {
	const titled = (title: string) =>
		read(`<title>${title}</title><notebook></notebook>`).notebook.title;
	expect(titled('a \n\n  b\r\n c  d')).toBe('a b c  d');
	expect(titled(`${' '.repeat(900_000)}x`)).toHaveLength(900_001);
});
it('a script of another language is fenced, however many marks it has', () => {
	const { notebook } = read(
		`<notebook><script type="text/html">${'` '.repeat(300_000)}</script></notebook>`
	);
	expect(notebook.cells[0]?.source.startsWith('```html\n')).toBe(true);
});
