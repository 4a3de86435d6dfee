/** The tests that a filter's form offers for a column, in words, and the values that they start with. */
import { isRule, type Condition, type Rule, type RuleTest } from '$lib/core/pipeline/condition';
import type { ColumnInfo } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import { isDate, isNumber } from './form-table';

const TESTS: Record<RuleTest, () => string> = {
	is: m.steps_test_is,
	isNot: m.steps_test_is_not,
	oneOf: m.steps_test_one_of,
	noneOf: m.steps_test_none_of,
	contains: m.steps_test_contains,
	notContains: m.steps_test_not_contains,
	starts: m.steps_test_starts,
	ends: m.steps_test_ends,
	atLeast: m.steps_test_at_least,
	atMost: m.steps_test_at_most,
	more: m.steps_test_more,
	less: m.steps_test_less,
	between: m.steps_test_between,
	missing: m.steps_test_missing,
	present: m.steps_test_present
};
export const testName = (test: RuleTest): string => TESTS[test]();

/** In the order in which they are offered; the first is what a new rule begins with. */
export function testsOf(column: Pick<ColumnInfo, 'type'>): readonly RuleTest[] {
	if (isNumber(column))
		return [
			...(['between', 'atLeast', 'atMost', 'more', 'less', 'is', 'isNot', 'oneOf'] as const),
			...(['noneOf', 'missing', 'present'] as const)
		];
	if (isDate(column)) return ['between', 'atLeast', 'atMost', 'is', 'isNot', 'missing', 'present'];
	if (column.type === 'boolean') return ['is', 'missing', 'present'];
	return [
		...(['oneOf', 'noneOf', 'contains', 'notContains', 'starts', 'ends'] as const),
		...(['is', 'isNot', 'missing', 'present'] as const)
	];
}

export const newRule = (column: ColumnInfo): Rule => ({
	column: column.name,
	test: testsOf(column)[0] ?? 'is',
	values: column.type === 'boolean' ? [{ kind: 'constant', value: true }] : [],
	folded: false,
	loose: false
});

/** Whether a rule has all the values that its test needs. */
export function isFilled({ test, values }: Rule): boolean {
	if (test === 'missing' || test === 'present') return true;
	return values.length >= (test === 'between' ? 2 : 1);
}

export const everyRule = ({ rules }: Condition): Rule[] =>
	rules.flatMap((one) => (isRule(one) ? [one] : everyRule(one)));
