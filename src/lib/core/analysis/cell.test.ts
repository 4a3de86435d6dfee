import { parseJavaScript, transpile } from '@observablehq/notebook-kit';
import { describe, expect, it } from 'vitest';
import { analyseCell } from './cell.ts';
import { SCRIPTS, TEMPLATES } from './cell-samples.ts';

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

describe('JavaScript cells, against Observable’s own parser', () => {
	for (const source of SCRIPTS) {
		it(JSON.stringify(source), () => {
			let kit: ReturnType<typeof transpile> | null = null;
			let parsed: ReturnType<typeof parseJavaScript> | null = null;
			try {
				kit = transpile(source, 'js');
				parsed = parseJavaScript(source);
			} catch (error) {
				expect(error).toBeInstanceOf(SyntaxError);
			}
			const ours = analyseCell(source, 'js');
			if (!kit || !parsed) {
				expect(ours.problem).not.toBeNull();
				expect(ours.compiled).toBeNull();
				return;
			}
			expect(ours.problem).toBeNull();
			expect(sorted(ours.inputs)).toEqual(sorted(kit.inputs ?? []));
			expect(sorted(ours.defines)).toEqual(sorted(kit.outputs ?? []));
			expect(ours.autodisplay).toBe(kit.autodisplay);
			expect(ours.expression).toBe(parsed.expression);
			expect(ours.async).toBe(/^async /.test(kit.body));
			expect(sorted(ours.files)).toEqual(sorted(kit.files ?? []));
		});
	}
});

/** The text that a Markdown template gives, with the names in scope. */
function render(body: string, first: readonly unknown[], inputs: readonly string[]): string {
	const md = (texts: readonly string[], ...values: unknown[]): string =>
		texts.map((text, i) => text + (i < values.length ? `«${String(values[i])}»` : '')).join('');
	const scope: Record<string, unknown> = { md, a: 1, b: [2], nom: 'Zoé', f: (x: unknown) => x };
	// eslint-disable-next-line no-eval -- the compiled text is what is being compared
	const run = (0, eval)(`(${body})`) as (...args: unknown[]) => string;
	return run(...first, ...inputs.map((name) => scope[name]));
}

describe('Markdown cells, against Observable’s own templates', () => {
	for (const source of TEMPLATES) {
		it(JSON.stringify(source), () => {
			let kit: ReturnType<typeof transpile> | null = null;
			try {
				kit = transpile(source, 'md');
			} catch (error) {
				expect(error).toBeInstanceOf(SyntaxError);
			}
			const ours = analyseCell(source, 'md');
			if (!kit) {
				expect(ours.problem?.code).toBe('syntax');
				return;
			}
			expect(ours.problem).toBeNull();
			expect(sorted(ours.inputs)).toEqual(sorted(kit.inputs ?? []));
			expect(ours.autodisplay).toBe(kit.autodisplay);
			if (!ours.compiled) return expect(source).toBe('');
			expect(render(ours.compiled.text, [ours.compiled.texts], ours.inputs)).toBe(
				render(kit.body, [], kit.inputs ?? [])
			);
		});
	}
});

describe('places', () => {
	it('says line and column of a syntax error in the cell’s own source', () => {
		expect(analyseCell('const a = 1;\nconst b = ;', 'js').problem).toEqual({
			code: 'syntax',
			details: { reason: 'token', name: ';' },
			line: 2,
			column: 11
		});
		expect(analyseCell('# Titre\n\nVoici ${a + } ici', 'md').problem).toMatchObject({
			code: 'syntax',
			line: 3,
			column: 13
		});
	});

	it('says where names are used and defined', () => {
		const { uses, definitions } = analyseCell('const a = 1;\nconst c =\n  a + b;', 'js');
		expect(uses).toEqual([{ name: 'b', start: 29, end: 30, line: 3, column: 7 }]);
		expect(definitions.map(({ name, line, column }) => [name, line, column])).toEqual([
			['a', 1, 7],
			['c', 2, 7]
		]);
	});

	it('keeps interpolations at their line and column in the compiled text', () => {
		const source = 'Bonjour ${nom}\n  et ${f(\n 2)}.';
		const compiled = analyseCell(source, 'md').compiled;
		const lines = compiled?.text.split('\n') ?? [];
		expect(lines[(compiled?.firstLine ?? 0) - 1]?.indexOf('nom')).toBe(10);
		expect(lines[compiled?.firstLine ?? 0]?.indexOf('f(')).toBe(7);
	});
});

describe('what a cell may not do', () => {
	it('names the assignment to another cell’s name, and the language’s own names', () => {
		expect(analyseCell('seuil = 3', 'js').problem).toMatchObject({
			code: 'assignment',
			details: { name: 'seuil' },
			line: 1,
			column: 1
		});
		expect(analyseCell('const Map = 3', 'js').problem).toMatchObject({ code: 'fixed_global' });
		expect(analyseCell('FileAttachment(nom)', 'js').problem).toMatchObject({ code: 'file_name' });
	});

	it('refuses every export, default too (which Observable’s transpiler lets through to fail later)', () => {
		expect(analyseCell('export default a;', 'js').problem).toMatchObject({
			code: 'syntax',
			line: 1
		});
	});

	it('sees imports and the platform’s names, but lets typeof ask', () => {
		expect(analyseCell('import {a} from "npm:b"', 'js').imports).toHaveLength(1);
		expect(analyseCell('const a = await import("b")', 'js').imports).toHaveLength(1);
		expect(analyseCell('import.meta.url', 'js').imports).toHaveLength(1);
		expect(analyseCell('fetch("x"), document', 'js').globals.map((g) => g.name)).toEqual([
			'fetch',
			'document'
		]);
		expect(analyseCell('typeof document', 'js').globals).toEqual([]);
	});
});
