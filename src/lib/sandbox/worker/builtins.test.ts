/**
 * docs/builtins.md, the list in core/analysis/builtins.ts, Observable's own library and what a cell really meets are
 * four tellings of one thing.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUILTINS, type BuiltinPresence } from '../../core/analysis/builtins.ts';
import type { CellError } from '../../core/protocol/messages.ts';
import { INPUTS } from './inputs.ts';
import { makePlot, toPicture } from './plot.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost({ make: makePlot, picture: toPicture });
	host.addFile('ventes@1.arrow', { mois: ['a', 'b'], billets: [1, 2] });
});
afterEach(() => host.close());

const names = (presence: BuiltinPresence): string[] =>
	[...BUILTINS].flatMap(([name, builtin]) => (builtin.presence === presence ? [name] : []));

/** The error of each cell of a notebook of one-cell sources. */
async function errorsOf(sources: readonly string[]): Promise<(CellError | null)[]> {
	const cells = Object.fromEntries(sources.map((source, i) => [`c${i}`, source]));
	await host.cells(cells);
	return sources.map((_, i) => host.error(`c${i}`));
}

const PAGE = readFileSync('docs/builtins.md', 'utf8');
/** The names in code in the first column of the tables under a heading. */
function listed(heading: string): string[] {
	const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
	return section
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((m) => m[1]))
		.map(String);
}

describe('docs/builtins.md', () => {
	it.each([
		['Here', 'here'],
		['Different', 'different'],
		['Absent', 'absent']
	] as const)('lists what is %s', (heading, presence) => {
		expect(listed(heading).sort()).toEqual(names(presence).sort());
	});
	it('lists the parts that are absent', () => {
		const inputs = Object.keys(INPUTS).filter((name) => !DRAWN.includes(name));
		expect(listed('Absent parts').sort()).toEqual(
			[
				...inputs.map((name) => `Inputs.${name}`),
				...FILE_PARTS.map((name) => `FileAttachment.${name}`),
				...LOADERS.map((name) => `aq.${name}`)
			].sort()
		);
	});
});

const DRAWN = 'button checkbox date form number radio range search select table text toggle'.split(
	' '
);
const FILE_PARTS = 'blob csv dsv href html image parquet sqlite stream tsv url xlsx xml zip'.split(
	' '
);
const LOADERS = 'load loadArrow loadCSV loadFixed loadJSON'.split(' ');

it('knows every name of Observable’s own library', () => {
	const kit = new URL('.', import.meta.resolve('@observablehq/notebook-kit/runtime'));
	const source = (file: string): string => readFileSync(fileURLToPath(new URL(file, kit)), 'utf8');
	const library = /library = \{([^]*?)\n\};/.exec(source('stdlib/index.js'))?.[1] ?? '';
	const exported = ['stdlib/recommendedLibraries.js', 'stdlib/sampleDatasets.js'].flatMap((file) =>
		[...source(file).matchAll(/^(?:\/\/ )?export const (\w+)/gm)].map((match) => match[1])
	);
	const own = [...library.matchAll(/^\s+(\w+):/gm)].map((match) => match[1]);
	expect(own.length).toBeGreaterThan(8);
	expect(exported.length).toBeGreaterThan(30);
	const known = [...own, ...exported, 'display', 'view', 'invalidation', 'visibility'];
	expect(known.filter((name) => !BUILTINS.has(String(name)))).toEqual([]);
	expect(names('here').filter((name) => !known.includes(name))).toEqual([]);
});

describe('what a cell meets', () => {
	it.each([...names('here'), ...names('different')])('%s is there', async (name) => {
		// `display` and `view` are used in a program: an expression that names them shows nothing by itself.
		expect(await errorsOf([`const kind = typeof ${name}, there = ${name} !== undefined;`])).toEqual(
			[null]
		);
		await host.cells({
			a: `const kind = typeof ${name}, there = ${name} !== undefined;`,
			b: 'there',
			c: 'kind'
		});
		expect(host.shown('b')).toEqual(['true']);
		expect(host.shown('c')).not.toEqual(['undefined']);
	});

	it('each absent name has a message of its own, with what to do instead', async () => {
		const absent = names('absent').filter((name) => name !== 'import');
		const errors = await errorsOf(
			absent.map((name) => `const value = ${name};`).map((s, i) => s.replace('value', `value${i}`))
		);
		expect(errors.map((error) => [error?.code, error?.details])).toEqual(
			absent.map((name) => ['absent_builtin', { name, advice: BUILTINS.get(name)?.advice }])
		);
		for (const name of absent) expect(BUILTINS.get(name)?.advice, name).not.toBeNull();
	});

	it('modules of npm, and what loads them, are absent by name', async () => {
		const errors = await errorsOf([
			'import * as d3 from "npm:d3";',
			'import {sum} from "https://cdn.jsdelivr.net/npm/d3-array/+esm";',
			'import "observable:@observablehq/inputs";',
			'const lodash = await import("npm:lodash");',
			'const old = require("d3@7");',
			'import.meta.url',
			'# ${await import("npm:d3")}'
		]);
		expect(errors.map((error) => error?.details)).toEqual(
			['import', 'import', 'import', 'import', 'require', 'import', 'import'].map((name) => ({
				name,
				advice: 'library'
			}))
		);
		expect(new Set(errors.map((error) => error?.code))).toEqual(new Set(['absent_builtin']));
	});

	it('what is there says by name which of its parts are absent', async () => {
		const inputs = Object.keys(INPUTS).filter((name) => !DRAWN.includes(name));
		const parts: [string, string, string][] = [
			...inputs.map((name): [string, string, string] => [
				`Inputs.${name}({})`,
				`Inputs.${name}`,
				'control'
			]),
			...FILE_PARTS.map((name): [string, string, string] => [
				`FileAttachment("ventes@1.arrow").${name}()`,
				`FileAttachment.${name}`,
				'table'
			]),
			...LOADERS.map((name): [string, string, string] => [`aq.${name}("x")`, `aq.${name}`, 'data']),
			['Inputs.form({a: Inputs.range()})', 'Inputs.form', 'control'],
			['view(document)', 'document', 'page'],
			['view(1)', 'view', 'control'],
			['Generators.input({})', 'Generators.input', 'control']
		];
		const errors = await errorsOf(parts.map(([source]) => source));
		expect(errors.map((error) => [error?.code, error?.details])).toEqual(
			parts.map(([, name, advice]) => ['absent_builtin', { name, advice }])
		);
	});

	it('each part of Observable’s files and controls is there or absent by name', () => {
		const kit = new URL('.', import.meta.resolve('@observablehq/notebook-kit/runtime'));
		const source = readFileSync(
			fileURLToPath(new URL('stdlib/fileAttachment.js', kit)),
			'utf8'
		).split('class FileAttachmentImpl')[0];
		const methods = [...(source ?? '').matchAll(/^ {4}async (\w+)\(/gm)].map((match) => match[1]);
		expect(methods.length).toBeGreaterThan(12);
		const known = ['arrayBuffer', 'arquero', 'arrow', 'json', 'text', ...FILE_PARTS];
		expect(methods.filter((name) => !known.includes(String(name)))).toEqual([]);
	});

	it('lets a name that is absent be tested, and defined', async () => {
		await host.cells({
			a: 'typeof document',
			b: 'const d3 = {sum: (values) => values.length}',
			c: 'd3.sum([1, 2, 3])'
		});
		expect([host.state('a'), host.shown('c')]).toEqual(['done', ['3']]);
	});
});
