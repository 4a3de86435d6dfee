import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { javascriptLanguage } from '@codemirror/lang-javascript';
import { EditorState } from '@codemirror/state';
import * as Plot from '@observablehq/plot';
import * as aq from 'arquero';
import { describe, expect, test } from 'vitest';
import { notebookCompletion } from './completion.ts';
import { AQ_FUNCTIONS, OP_FUNCTIONS, PLOT_FUNCTIONS, TABLE_VERBS } from './vocabulary.ts';

const known = {
	names: ['billets', 'salles', 'seuil'],
	columns: { billets: ['prix', 'Nom du lieu'], salles: ['places'] }
};

/** The offers at `|` in a source. */
function at(marked: string, explicit = false): CompletionResult | null {
	const pos = marked.indexOf('|');
	const state = EditorState.create({
		doc: marked.replace('|', ''),
		extensions: [javascriptLanguage]
	});
	return notebookCompletion(() => known)(new CompletionContext(state, pos, explicit));
}
const labels = (marked: string): string[] => at(marked)?.options.map(({ label }) => label) ?? [];

describe('offers', () => {
	test('names of other cells, tables told apart', () => {
		const options = at('const x = bil|')?.options ?? [];
		expect(options.find(({ label }) => label === 'billets')?.type).toBe('table');
		expect(options.find(({ label }) => label === 'seuil')?.type).toBe('variable');
		expect(labels('x = Pl|')).toContain('Plot');
	});
	test('verbs on a table and further along its chain', () => {
		expect(labels('billets.|')).toContain('groupby');
		expect(labels('billets.filter(d => d.prix > 3).|')).toContain('rollup');
		expect(labels('billets\n  .filter(d => d.prix > 3)\n  .ro|')).toContain('rollup');
		expect(labels('seuil.|')).toEqual([]);
	});
	test('the columns of the chain’s own table after a row parameter', () => {
		expect(labels('billets.filter(d => d.|)')).toEqual(['prix', 'Nom du lieu']);
		expect(labels('billets.filter((row, $) => row.p|)')).toEqual(['prix', 'Nom du lieu']);
		expect(labels('salles.rollup({n: d => op.sum(d.|)})')).toEqual(['places']);
		expect(labels('salles.rollup({n: d => op.sum(x.|)})')).toEqual([]);
	});
	test('columns inside quotes: of the chain’s table, or of any', () => {
		expect(labels('billets.groupby("|")')).toEqual(['prix', 'Nom du lieu']);
		expect(labels('Plot.barY(salles, {x: "|"})')).toEqual(['prix', 'Nom du lieu', 'places']);
		expect(at("billets.groupby('pr|')")?.from).toBe("billets.groupby('".length);
	});
	test('functions of op, Plot, Inputs and aq', () => {
		expect(labels('billets.rollup({n: d => op.|})')[0]).toBe('sum');
		expect(labels('Plot.ba|')).toContain('barY');
		expect(labels('view(Inputs.|)')).toContain('range');
		expect(labels('aq.|')).toContain('desc');
	});
	test('nothing in a comment, and nothing unasked on an empty line', () => {
		expect(at('// billets.|')).toBe(null);
		expect(at('|')).toBe(null);
		expect(at('|', true)?.options.length).toBeGreaterThan(3);
	});
	test('a column that a dot cannot take is put in brackets', () => {
		const options = at('billets.filter(d => d.|)')?.options ?? [];
		expect(options.map(({ apply }) => typeof apply)).toEqual(['undefined', 'function']);
	});
});

test('each name offered exists in its library', () => {
	for (const name of OP_FUNCTIONS) expect(aq.op, name).toHaveProperty(name);
	for (const name of AQ_FUNCTIONS) expect(aq, name).toHaveProperty(name);
	for (const name of PLOT_FUNCTIONS) expect(Plot, name).toHaveProperty(name);
	for (const name of TABLE_VERBS) expect(aq.table({ a: [1] }), name).toHaveProperty(name);
});
