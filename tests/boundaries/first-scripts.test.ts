/**
 * What a notebook's page brings before anything is pressed, by the imports of its sources: what is loaded when it is
 * wanted stays out of it, however it is reached.
 */
import { expect, test } from 'vitest';
import { staticImports } from '../support/static-imports.ts';

const PAGE = [
	'src/routes/+layout.svelte',
	'src/routes/+error.svelte',
	'src/hooks.client.ts',
	'src/hooks.ts',
	'src/routes/carnets/[id]/+layout.svelte',
	'src/routes/carnets/[id]/+page.svelte'
];
const EDITOR = 'src/lib/ui/cell/editor/create-editor.ts';

/** Which of these come along, each with what imports it. */
function brought(entries: readonly string[], kept: readonly RegExp[]): string[] {
	return [...staticImports(entries)].flatMap(([file, importer]) =>
		kept.some((pattern) => pattern.test(file)) ? [`${importer} imports ${file}`] : []
	);
}

test('the page brings no editor, panel, grid, parser, list of sentences nor what reads Markdown', () => {
	const later = [
		/^@codemirror\/|^codemirror|^@lezer\/|^y-codemirror/,
		/^acorn|^markdown-it|^bits-ui|^apache-arrow|^arquero|^@observablehq\//,
		/^src\/lib\/ui\/(pipeline|control|data|pool|workshop|share\/(?!ShareButton)|report\/(?!told-steps))/,
		/^src\/lib\/ui\/chart\/(?!ChartFigure)/,
		/^src\/lib\/ui\/table\//,
		/^src\/lib\/ui\/cell\/(cell-error-words|CellErrorText|CellFixes|editor\/(?!still-colours|editor\.css))/,
		/^src\/lib\/ui\/cell\/outputs\/LineageDetails/,
		/^src\/lib\/ui\/notebook\/(markdown|new-cell|new-chart|templates|shortcuts|Outline|CommandPalette|Presentation|history\/)/,
		/^src\/lib\/ui\/(error-text|form-refusal|vocabulary|term-day)\./,
		/^src\/lib\/ui\/annotation\/(?!CellMarker|DiscussionPlace|discussions\.|annotate-context)/,
		/^src\/lib\/core\/(pipeline|control|analysis|pool|territory)\//,
		/^src\/lib\/core\/chart\/(?!clear|print)/,
		/^src\/lib\/core\/notebook\/(parse|print)-/
	];
	expect(brought(PAGE, later)).toEqual([]);
});

test('an editor takes keys before its grammar, its commands and its completion are there', () => {
	const later = [
		/^@codemirror\/(?!state$|view$)|^@lezer\//,
		/^src\/lib\/ui\/cell\/editor\/(grammar|commands|assistance|completion|vocabulary)\./
	];
	expect(brought([EDITOR], later)).toEqual([]);
});

test('imports are followed', () => {
	const found = staticImports(PAGE);
	expect(found.get('yjs')).toBe('src/lib/client/notebook-connection.svelte.ts');
	expect(found.get('src/lib/ui/cell/CellCard.svelte')).toBe(
		'src/lib/ui/notebook/NotebookCells.svelte'
	);
	expect(found.size).toBeGreaterThan(100);
});

test('a report that is explored brings neither the sentences of errors nor what reads Markdown', () => {
	const later = [
		/^markdown-it|^acorn|^yjs|^@hocuspocus\/|^@codemirror\//,
		/^src\/lib\/ui\/(error-text|form-refusal|notebook\/markdown)\./,
		/^src\/lib\/ui\/(table|pipeline|control|data|pool|workshop)\//,
		/^src\/lib\/core\/(pipeline|control|analysis|pool|territory)\//
	];
	const explorer = 'src/routes/rapports/[slug]/v/[number]/explorer/+page.svelte';
	expect(brought([...PAGE.slice(0, 4), explorer], later)).toEqual([]);
});
