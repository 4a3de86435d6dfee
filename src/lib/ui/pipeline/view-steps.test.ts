import { expect, test } from 'vitest';
import { conditionOf } from '$lib/core/pipeline/condition';
import { printStep } from '$lib/core/pipeline/print-step';
import type { ColumnInfo } from '$lib/core/protocol/messages';
import type { ColumnFilter } from '$lib/core/protocol/table-query';
import { valueCondition, viewSteps } from './view-steps';

const COLUMNS: readonly ColumnInfo[] = [
	{ name: 'ville', type: 'text' },
	{ name: 'prix', type: 'number' },
	{ name: 'jour', type: 'date' },
	{ name: 'libre', type: 'other' }
];
const [TOWN, , DAY, FREE] = COLUMNS;
const NOON = Date.UTC(2024, 0, 31);
const steps = (filters: readonly ColumnFilter[]) =>
	viewSteps({ sort: [], filters, hidden: [] }, COLUMNS).map(printStep);

test('a view is a filter, a sort and columns that are dropped, in that order', () => {
	const made = viewSteps(
		{
			sort: [
				{ column: 'prix', direction: 'descending' },
				{ column: 'ville', direction: 'ascending' }
			],
			filters: [
				{ column: 'prix', kind: 'range', min: 5, max: null },
				{ column: 'ville', kind: 'contains', text: 'Québec' }
			],
			hidden: ['jour']
		},
		COLUMNS
	);
	expect(made.map(({ kind }) => kind)).toEqual(['filter', 'sort', 'drop']);
	const [filter] = made;
	expect(filter?.kind === 'filter' && conditionOf(filter.where)).toMatchObject({
		join: 'all',
		rules: [
			{ column: 'prix', test: 'atLeast', values: [{ value: 5 }] },
			{ column: 'ville', test: 'contains', folded: true, values: [{ value: 'quebec' }] }
		]
	});
	expect(made.slice(1).map(printStep)).toEqual([
		'.orderby(aq.desc("prix"), "ville")',
		'.select(aq.not("jour"))'
	]);
	expect(viewSteps({ sort: [], filters: [], hidden: [] }, COLUMNS)).toEqual([]);
});

test('each kind of filter says what it lets through', () => {
	expect(steps([{ column: 'ville', kind: 'values', values: ['Gaspé'], except: false }])).toEqual([
		'.filter(d => d.ville === "Gaspé")'
	]);
	expect(
		steps([{ column: 'ville', kind: 'values', values: ['Gaspé', 'Alma'], except: true }])
	).toEqual(['.filter(d => !op.includes(["Gaspé", "Alma"], d.ville))']);
	const rules = (filter: ColumnFilter) => {
		const [step] = viewSteps({ sort: [], filters: [filter], hidden: [] }, COLUMNS);
		return step?.kind === 'filter' ? conditionOf(step.where) : null;
	};
	// A missing value is a value: with others, one of them has to hold.
	expect(
		rules({ column: 'ville', kind: 'values', values: ['A', 'B', null], except: false })
	).toMatchObject({
		join: 'any',
		rules: [{ test: 'oneOf' }, { test: 'missing' }]
	});
	expect(
		rules({ column: 'ville', kind: 'values', values: ['A', null], except: true })
	).toMatchObject({
		join: 'all',
		rules: [{ test: 'isNot' }, { test: 'present' }]
	});
	expect(rules({ column: 'jour', kind: 'range', min: NOON, max: NOON })).toMatchObject({
		rules: [{ test: 'between', values: [{ kind: 'date', value: '2024-01-31' }, { kind: 'date' }] }]
	});
	expect(rules({ column: 'prix', kind: 'range', min: null, max: 0 })).toMatchObject({
		rules: [{ test: 'atMost', loose: false }]
	});
	expect(rules({ column: 'prix', kind: 'missing' })).toMatchObject({
		rules: [{ test: 'missing' }]
	});
	// A column that is gone filters nothing.
	expect(steps([{ column: 'partie', kind: 'present' }])).toEqual([]);
});

test('a value that no rule can name makes no step', () => {
	if (!TOWN || !DAY || !FREE) throw new Error('no columns');
	expect(valueCondition(FREE, ['{"a":1}'], false)).toBeNull();
	expect(valueCondition(DAY, [NaN], false)).toBeNull();
	expect(valueCondition(TOWN, [], false)).toBeNull();
	expect(valueCondition(DAY, [NOON], true)).toMatchObject({
		rules: [{ test: 'isNot', values: [{ kind: 'date', value: '2024-01-31' }] }]
	});
	expect(valueCondition(FREE, [null], false)).toMatchObject({ rules: [{ test: 'missing' }] });
});
