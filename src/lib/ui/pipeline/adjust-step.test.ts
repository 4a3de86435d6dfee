import { expect, test } from 'vitest';
import { parseControl } from '$lib/core/control/parse-control';
import { parsePipeline } from '$lib/core/pipeline/parse-pipeline';
import { printStep } from '$lib/core/pipeline/print-step';
import type { Pipeline, Step } from '$lib/core/pipeline/step';
import type { ColumnInfo } from '$lib/core/protocol/messages';
import type { ColumnProfile, TableExplorer } from '$lib/core/protocol/table-query';
import { adjustedOver, adjustedStep, isAdjustable, tableBehind, takenNames } from './adjust-step';

const read = (source: string): Pipeline => {
	const pipeline = parsePipeline(source);
	if (!pipeline) throw new Error(source);
	return pipeline;
};
const filter = (where: string): Step => {
	const [placed] = read(`t.filter(${where})`).steps;
	if (!placed) throw new Error(where);
	return placed.step;
};
const COLUMNS: readonly ColumnInfo[] = [
	{ name: 'billets', type: 'integer' },
	{ name: 'ville', type: 'text' }
];
const profile = (name: string): ColumnProfile => ({
	...{ name, type: 'integer', rows: 3, missing: 0, distinct: 3, top: [] },
	spread: {
		...{ min: 5, firstQuartile: 8, median: 12, thirdQuartile: 40, max: 90, mean: 31, bins: [] }
	}
});
/** Answers as the worker does for a column of numbers and one of texts. */
const explorer = {
	profile: (name: string) => Promise.resolve(name === 'billets' ? profile(name) : null),
	values: () =>
		Promise.resolve({
			values: [
				{ value: 'Gaspé', count: 2 },
				{ value: null, count: 1 }
			],
			matching: 2,
			missing: 1
		})
} as unknown as TableExplorer;
const none = new Set<string>();

test('values are those of the table as long as no step may have made them', () => {
	const at = (source: string): string | null => tableBehind(read(source), Infinity);
	expect(at('ventes.orderby("ville").filter(d => d.ville === "Alma")')).toBe('ventes');
	expect(at('ventes.derive({ville: d => op.upper(d.ville)})')).toBeNull();
	expect(at('ventes /*off .derive({ville: d => op.upper(d.ville)}) */')).toBe('ventes');
	expect(at('FileAttachment("a@1.arrow").arquero().ungroup()')).toBeNull();
	expect(tableBehind(read('ventes.rename({a: "b"})'), 0)).toBe('ventes');
});

test('the names of every cell are taken, those that wait for one too', () => {
	const facts = { kind: 'code', from: [], columns: {} } as const;
	const taken = takenNames([
		{ facts: { ...facts, defines: ['minimum'], uses: ['seuil'] } as never },
		{ facts: null }
	]);
	expect([...taken]).toEqual(['minimum', 'seuil']);
});

test('the limits of the control are those of the column at this step', async () => {
	const made = await adjustedStep(
		filter('d => d.billets >= 10'),
		COLUMNS,
		explorer,
		'ventes',
		new Set(['billetsMinimum'])
	);
	expect(made && parseControl(made.source)).toMatchObject({
		...{
			name: 'billetsMinimum2',
			kind: 'range',
			label: 'Minimum de billets',
			min: 5,
			max: 90,
			value: 10
		}
	});
	expect(made && printStep(made.step)).toContain('billetsMinimum2');
});

test('where no table has the values, they are listed, with the one that was chosen', async () => {
	const step = filter('d => d.ville === "Alma"');
	const listed = await adjustedStep(step, COLUMNS, explorer, null, none);
	expect(listed && parseControl(listed.source)?.source).toEqual({
		kind: 'values',
		values: ['Alma', 'Gaspé']
	});
	const taken = await adjustedStep(step, COLUMNS, explorer, 'ventes', none);
	expect(taken && parseControl(taken.source)?.source).toEqual({
		...{ kind: 'column', table: 'ventes', column: 'ville' }
	});
});

test('a category is written out with the control; what is rare or long stays in its table', async () => {
	const step = filter('d => op.includes(["Web"], d.ville)');
	const made = async (counts: readonly (readonly [string | null, number])[], matching?: number) => {
		const of = {
			profile: () => Promise.resolve(null),
			values: () =>
				Promise.resolve({
					values: counts.map(([value, count]) => ({ value, count })),
					...{ matching: matching ?? counts.length, missing: 1 }
				})
		} as unknown as TableExplorer;
		const adjusted = await adjustedStep(step, COLUMNS, of, 'ventes', none);
		return adjusted && parseControl(adjusted.source);
	};
	const common = [
		['Mobile', 40],
		['Web', 5],
		[null, 1]
	] as const;
	expect(await made(common)).toMatchObject({
		...{ kind: 'checkbox', label: 'ville (aucun choix\u00a0: tout)', value: ['Web'] },
		source: { kind: 'values', values: ['Mobile', 'Web'] }
	});
	const table = { kind: 'multiselect', source: { kind: 'column', table: 'ventes' } };
	expect(await made([...common, ['Mme X', 4]])).toMatchObject(table);
	expect(await made(common, 4)).toMatchObject(table);
	const many = (count: number) => Array.from({ length: count }, (_, i) => [`v${i}`, 9] as const);
	expect(await made(many(51))).toMatchObject(table);
	expect(await made(many(50))).toMatchObject({ kind: 'multiselect', source: { kind: 'values' } });
	expect(await made(many(11))).toMatchObject({ kind: 'checkbox' });
	expect(await made(many(12))).toMatchObject({ kind: 'multiselect' });
});

test('a filter without a constant, or on a column that is not there, is left as it is', async () => {
	for (const where of ['d => d.billets > d.ville', 'd => d.absente > 2']) {
		expect(isAdjustable(filter(where), COLUMNS)).toBe(false);
		expect(await adjustedStep(filter(where), COLUMNS, explorer, 'ventes', none)).toBeNull();
	}
	expect(isAdjustable(filter('d => d.billets > 2'), COLUMNS)).toBe(true);
});

test('the control says of what it is, in a name that code can have and in words', () => {
	const named = (column: string): readonly [string, string] | null => {
		const step = filter(`d => d[${JSON.stringify(column)}] >= 10`);
		const of = { min: 0, max: 20, table: null, values: [] } as const;
		const made = adjustedOver(step, [{ name: column, type: 'integer', ...of }], none);
		expect(made && parseControl(made.source)).toMatchObject({
			name: made?.name,
			label: made?.label
		});
		return made && [made.name, made.label];
	};
	expect(named('entrées')).toEqual(['entreesMinimum', 'Minimum d’entrées']);
	expect(named('Prix du billet ($)')).toEqual([
		'prixDuBilletMinimum',
		'Minimum de Prix du billet ($)'
	]);
	expect(named('__proto__')).toEqual(['protoMinimum', 'Minimum de __proto__']);
	expect(named('2024')).toEqual(['minimum2024', 'Minimum de 2024']);
	expect(named('%')).toEqual(['minimum', 'Minimum de %']);
	expect(named('{column}')).toEqual(['columnMinimum', 'Minimum de {column}']);
	expect(named('x'.repeat(200))?.[0]).toHaveLength(37);
});
