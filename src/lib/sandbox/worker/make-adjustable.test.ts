/** A filter and the same one with a control: in a real session, they keep the same rows. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	makeAdjustable,
	rangeOf,
	type AdjustableColumn,
	type AdjustableNames
} from '../../core/control/make-adjustable.ts';
import { parseControl } from '../../core/control/parse-control.ts';
import { applyEdits, replaceStep } from '../../core/pipeline/edit-pipeline.ts';
import { parsePipeline } from '../../core/pipeline/parse-pipeline.ts';
import type { ControlValue, TableWindow } from '../../core/protocol/messages.ts';
import { TestHost } from './test-host.ts';

const DATA = `const billets = aq.table({
	prix: [10, 12.5, 30, null, 45, 8],
	region: ["Estrie", "Gaspésie", "Estrie", null, "Nunavik", "Gaspésie"],
	titre: ["Été", "L'hiver", "été indien", null, "", "Automne"],
	jour: ["2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10", "2024-05-10", "2024-06-10"].map((d) => new Date(d)),
	genre: ["danse", "théâtre", "chant", null, "danse", "chant"],
	n: [0, 1, 2, 3, 4, 5]
});`;
const COLUMNS: readonly AdjustableColumn[] = [
	{ name: 'prix', type: 'number', min: 8, max: 45, table: 'billets', values: [] },
	{ name: 'region', type: 'text', min: null, max: null, table: 'billets', values: [] },
	{ name: 'titre', type: 'text', min: null, max: null, table: null, values: ['Été'] },
	{
		name: 'jour',
		type: 'date',
		min: Date.parse('2024-01-10'),
		max: Date.parse('2024-06-10'),
		table: 'billets',
		values: []
	},
	{
		...{ name: 'genre', type: 'text', min: null, max: null, table: 'billets' },
		values: ['chant', 'danse', 'théâtre']
	}
];
const columnOf = (name: string): AdjustableColumn | null =>
	COLUMNS.find((column) => column.name === name) ?? null;
const word = (name: string) => ({ name, label: (column: string) => `${name} ${column}` });
const names: AdjustableNames = {
	taken: new Set(['billets']),
	words: {
		minimum: word('minimum'),
		maximum: word('maximum'),
		number: word('valeur'),
		choice: word('choix'),
		choices: word('choix'),
		period: word('periode'),
		day: word('jourChoisi'),
		text: word('mot')
	}
};

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

async function kept(): Promise<unknown> {
	expect(host.states.get('filtre')).toMatchObject({ error: null });
	const output = host.outputs.get('filtre')?.[0];
	if (output?.kind !== 'table') throw new Error('no table');
	const ask = {
		type: 'window',
		table: output.table,
		offset: 0,
		count: 10,
		columns: ['n']
	} as const;
	return ((await host.ask(ask)) as TableWindow).columns[0];
}

function adjusted(source: string) {
	const step = parsePipeline(source)?.steps[0]?.step;
	const made = step && makeAdjustable(step, columnOf, names);
	if (!made) throw new Error(`nothing to set in ${source}`);
	return { made, source: applyEdits(source, replaceStep(source, 0, made.step)) };
}

async function move(value: ControlValue): Promise<unknown> {
	const output = host.outputs.get('controle')?.[0];
	if (output?.kind !== 'control') throw new Error('no control');
	host.send({ type: 'input', control: output.control, value });
	await host.settled();
	return kept();
}

const CASES: readonly [
	filter: string,
	kind: string,
	value: ControlValue,
	then: readonly number[]
][] = [
	['d => d.prix >= 12.5', 'range', 30, [2, 4]],
	['d => 12.5 < d.prix', 'range', 8, [0, 1, 2, 4]],
	['d => d.prix != null && d.prix <= 12.5', 'range', 8, [5]],
	['d => d.region === "Estrie"', 'select', 0, [0, 2]],
	['d => op.includes(["Estrie", "Nunavik"], d.region)', 'multiselect', [], [0, 1, 2, 3, 4, 5]],
	['d => op.includes(["danse", "chant"], d.genre)', 'checkbox', [], [0, 1, 2, 3, 4, 5]],
	['d => op.includes(["danse"], d.genre)', 'checkbox', [0, 2], [1, 2, 5]],
	['d => d.genre === "danse"', 'select', 0, [2, 5]],
	['d => !op.includes(["danse"], d.genre)', 'checkbox', [], [0, 1, 2, 3, 4, 5]],
	['d => !op.includes(d.titre, "t")', 'text', '', [0, 1, 2, 3, 4, 5]],
	['d => op.includes(d.titre, "t")', 'text', '', [0, 1, 2, 3, 4, 5]],
	['d => op.startswith(d.titre, "É")', 'text', 'A', [5]],
	['d => d.jour >= op.parse_date("2024-03-01")', 'date', null, [0, 1, 2, 3, 4, 5]],
	[
		'd => d.jour >= op.parse_date("2024-02-01") && d.jour <= op.parse_date("2024-04-30")',
		'date-range',
		['2024-03-01', null],
		[2, 3, 4, 5]
	],
	['d => d.n > 2 || d.prix > 29', 'range', 30, [3, 4, 5]]
];

describe('a filter with a control', () => {
	it.each(CASES)('keeps the rows of %s (%s)', async (filter, kind, value, then) => {
		const cell = `billets\n  .filter(${filter})`;
		await host.cells({ data: DATA, filtre: cell });
		const before = await kept();
		const { made, source } = adjusted(cell);
		expect(parseControl(made.source)?.kind).toBe(kind);
		await host.cells({ data: DATA, controle: made.source, filtre: source });
		expect([source, await kept()]).toEqual([source, before]);
		expect([source, await move(value)]).toEqual([source, then]);
	});

	it('gives the control a name that is free, and the next constant its own', () => {
		const { made, source } = adjusted('billets\n  .filter(d => d.prix > 9 && d.prix > 20)');
		expect(made.name).toBe('prixMinimum');
		const step = parsePipeline(source)?.steps[0]?.step;
		const again =
			step &&
			makeAdjustable(step, columnOf, { ...names, taken: new Set(['prixMinimum', 'prixMinimum2']) });
		expect(again?.name).toBe('prixMinimum3');
		const [third] = again ? [makeAdjustable(again.step, columnOf, names)] : [];
		expect(third).toBeNull();
	});

	it('has nothing to do without a constant on a column that is known', () => {
		for (const filter of ['d => d.inconnu > 2', 'd => d.prix > d.n', 'd => d.prix == null']) {
			const step = parsePipeline(`billets.filter(${filter})`)?.steps[0]?.step;
			expect([filter, step && makeAdjustable(step, columnOf, names)]).toEqual([filter, null]);
		}
		expect(makeAdjustable({ kind: 'ungroup' }, columnOf, names)).toBeNull();
	});
});

it('gives a slider round limits that the constant is among', () => {
	const of = (
		value: number,
		min: number | null,
		max: number | null,
		type: 'number' | 'integer' = 'number'
	) => rangeOf(value, { type, min, max });
	expect(of(12.5, 8, 45)).toEqual({ min: 8, max: 45, step: 0.1 });
	expect(of(12, 0, 97, 'integer')).toEqual({ min: 0, max: 97, step: 1 });
	expect(of(12.345, 0, 97)).toEqual({ min: 0, max: 97, step: 0.001 });
	expect(of(1500, 3, 98_765, 'integer')).toEqual({ min: 0, max: 98_800, step: 100 });
	expect(of(1501, 3, 98_765, 'integer')).toEqual({ min: 3, max: 98_765, step: 1 });
	expect(of(200, 0, 97)).toMatchObject({ max: 200 });
	expect(of(-5, null, null)).toMatchObject({ min: -5 });
	expect(of(5, 5, 5)).toMatchObject({ min: 5, max: 5 });
});

describe('a column whose values are beyond what a field holds', () => {
	it('has limits all the same', () => {
		for (const [min, max] of [
			[0, 1e-300],
			[-1e308, 1e308],
			[5e-324, 1e-323]
		] as const) {
			const range = rangeOf(min, { type: 'number', min, max });
			expect([range.min, range.max, range.step].map(Number.isNaN)).toEqual([false, false, false]);
		}
	});
	it('has no limit where its dates are none', () => {
		const far = { name: 'jour', type: 'date', table: null, values: [] } as const;
		for (const [min, max, shown] of [
			[-1e300, 1e300, [null, null]],
			[Date.parse('2024-01-10'), 8.64e15, ['2024-01-10', null]]
		] as const) {
			const step = parsePipeline('billets.filter(d => d.jour >= op.parse_date("2024-02-01"))')
				?.steps[0];
			const made = step && makeAdjustable(step.step, (name) => ({ ...far, name, min, max }), names);
			const spec = parseControl(made?.source ?? '');
			expect([spec?.min ?? null, spec?.max ?? null]).toEqual(shown);
		}
	});
});
