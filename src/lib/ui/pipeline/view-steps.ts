/** What a grid's view asks (filters, sort, hidden columns) as steps: what one person looked at, the notebook then keeps. */
import {
	conditionExpression,
	type Condition,
	type Rule,
	type RuleTest,
	type RuleValue
} from '$lib/core/pipeline/condition';
import { column as columnOf } from '$lib/core/pipeline/make-expression';
import type { Step } from '$lib/core/pipeline/step';
import type { ColumnInfo, Scalar } from '$lib/core/protocol/messages';
import type { ColumnFilter, SortKey } from '$lib/core/protocol/table-query';
import { isDate } from './form-table';

/** A value of a column as a rule has it; null where a rule has none for it. */
export function ruleValue(value: Scalar, column: ColumnInfo): RuleValue | null {
	if (value === null) return null;
	if (!isDate(column)) return column.type === 'other' ? null : { kind: 'constant', value };
	const time = typeof value === 'number' ? new Date(value) : null;
	if (!time || Number.isNaN(+time)) return null;
	const iso = time.toISOString();
	return { kind: 'date', value: column.type === 'date' ? iso.slice(0, 10) : iso };
}

const rule = (
	column: ColumnInfo,
	test: RuleTest,
	values: readonly RuleValue[] = [],
	folded = false
): Rule => ({ column: column.name, test, values, folded, loose: false });

/** Rows where the column holds one of these values, or none of them; a missing value is one. */
export function valueCondition(
	column: ColumnInfo,
	values: readonly Scalar[],
	except: boolean
): Condition | null {
	const held = values.filter((value) => value !== null);
	const said = held.map((value) => ruleValue(value, column));
	if (said.some((value) => value === null)) return null;
	const constants = said.filter((value) => value !== null);
	const rules: Rule[] = [];
	if (isDate(column) || constants.length === 1)
		for (const value of constants) rules.push(rule(column, except ? 'isNot' : 'is', [value]));
	else if (constants.length) rules.push(rule(column, except ? 'noneOf' : 'oneOf', constants));
	if (held.length < values.length) rules.push(rule(column, except ? 'present' : 'missing'));
	return rules.length ? { join: except ? 'all' : 'any', rules } : null;
}

function conditionOf(filter: ColumnFilter, column: ColumnInfo): Condition | null {
	const all = (...rules: Rule[]): Condition => ({ join: 'all', rules });
	switch (filter.kind) {
		case 'missing':
		case 'present':
			return all(rule(column, filter.kind));
		case 'contains':
			return all(rule(column, 'contains', [{ kind: 'constant', value: filter.text }], true));
		case 'values':
			return valueCondition(column, filter.values, filter.except);
		case 'range': {
			const [min, max] = [filter.min, filter.max].map((end) => ruleValue(end, column));
			if (min && max) return all(rule(column, 'between', [min, max]));
			if (min) return all(rule(column, 'atLeast', [min]));
			return max ? all(rule(column, 'atMost', [max])) : null;
		}
	}
}

/** One rule where a group has one alone. */
const unwrapped = (condition: Condition): Rule | Condition =>
	condition.rules.length === 1 ? (condition.rules[0] ?? condition) : condition;

export function viewSteps(
	view: {
		readonly sort: readonly SortKey[];
		readonly filters: readonly ColumnFilter[];
		readonly hidden: readonly string[];
	},
	columns: readonly ColumnInfo[]
): Exclude<Step, { kind: 'code' }>[] {
	const conditions = view.filters.flatMap((filter) => {
		const column = columns.find(({ name }) => name === filter.column);
		return (column && conditionOf(filter, column)) ?? [];
	});
	const rules = conditions.flatMap((condition) =>
		condition.join === 'all' ? condition.rules : [unwrapped(condition)]
	);
	return [
		...(rules.length
			? [{ kind: 'filter', where: conditionExpression({ join: 'all', rules }) } as const]
			: []),
		...(view.sort.length
			? [
					{
						kind: 'sort',
						by: view.sort.map(({ column, direction }) => ({
							value: columnOf(column),
							descending: direction === 'descending'
						}))
					} as const
				]
			: []),
		...(view.hidden.length ? [{ kind: 'drop', columns: [...view.hidden] } as const] : [])
	];
}
