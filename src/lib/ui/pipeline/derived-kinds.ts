/** What the forms that make one column can make: each form knows its own steps again by these. */
import type { BinaryOperator, Expression } from '$lib/core/pipeline/expression';
import { extractNamed, type Extract } from '$lib/core/pipeline/extracts';
import { intentOf } from '$lib/core/pipeline/intent';
import type { Step } from '$lib/core/pipeline/step';

export const DATE_PARTS: readonly string[] = [
	...['year_of', 'quarter_of', 'month_of', 'day_of', 'weekday_of', 'hour_of'],
	...['year_start', 'quarter_start', 'month_start', 'week_start', 'day_start'],
	...['year_month', 'year_quarter', 'month_name', 'weekday_name'],
	...['arts_season', 'fiscal_year', 'meteorological_season']
];

/** Texts made of a text, with nothing more to say of it. */
export const TEXT_WAYS: readonly string[] = ['trim', 'lower', 'upper', 'fold_text', 'length'];

/** The function that makes the one column of a step, of a column; null for anything else. */
function oneCall(step: Step): { fn: string; args: number } | null {
	if (step.kind !== 'derive' || step.columns.length !== 1) return null;
	const value = step.columns[0]?.value;
	if (value?.kind !== 'call' || value.args[0]?.kind !== 'column') return null;
	return { fn: value.fn, args: value.args.length };
}

export const isDatePart = (step: Step): boolean => DATE_PARTS.includes(oneCall(step)?.fn ?? '');
export const isBins = (step: Step): boolean => oneCall(step)?.fn === 'bin_step';
export const isRecoded = (step: Step): boolean => oneCall(step)?.fn === 'recode';
export const isFlag = (step: Step): boolean => oneCall(step)?.fn === 'missing';
export const isRetyped = (step: Step): boolean => intentOf(step)?.purpose === 'type';

/** `split(column, by)` and the part that is taken of it. */
export function splitOf(step: Step): { name: string; of: string; by: string; at: number } | null {
	const made = step.kind === 'derive' && step.columns.length === 1 ? step.columns[0] : undefined;
	if (made?.value.kind !== 'item' || made.value.of.kind !== 'call') return null;
	const [of, by] = made.value.of.args;
	if (made.value.of.fn !== 'split' || of?.kind !== 'column' || by?.kind !== 'literal') return null;
	return { name: made.name, of: of.name, by: String(by.value), at: made.value.at };
}

export function extractOf(step: Step): { what: Extract; of: string } | null {
	const intent = intentOf(step);
	if (intent?.purpose !== 'extract') return null;
	const what = extractNamed(intent.source, intent.flags, intent.group);
	return what === null ? null : { what, of: intent.column };
}

/** The first signs of a text, by how many they are. */
export function startOf(step: Step): { of: string; count: number } | null {
	const made = step.kind === 'derive' && step.columns.length === 1 ? step.columns[0]?.value : null;
	if (made?.kind !== 'call' || made.fn !== 'substring') return null;
	const [of, from, to, more] = made.args;
	if (of?.kind !== 'column' || from?.kind !== 'literal' || from.value !== 0 || more) return null;
	return to?.kind === 'literal' && typeof to.value === 'number' && to.value > 0
		? { of: of.name, count: to.value }
		: null;
}

export const isTextWay = (step: Step): boolean =>
	(TEXT_WAYS.includes(oneCall(step)?.fn ?? '') && oneCall(step)?.args === 1) ||
	splitOf(step) !== null ||
	extractOf(step) !== null ||
	startOf(step) !== null;

/** Two steps that bring values of the same column under other names as one; null where they are no such steps. */
export function mergedRecodes(first: Step, second: Step): Exclude<Step, { kind: 'code' }> | null {
	if (!isRecoded(first) || !isRecoded(second)) return null;
	const [a, b] = [first, second].map((step) =>
		step.kind === 'derive' ? step.columns[0] : undefined
	);
	if (a?.value.kind !== 'call' || b?.value.kind !== 'call' || a.name !== b.name) return null;
	const [of, pairs, ...rest] = a.value.args;
	const [other, more] = b.value.args;
	const same = of?.kind === 'column' && other?.kind === 'column' && of.name === other.name;
	if (!same || of.name !== a.name || pairs?.kind !== 'pairs' || more?.kind !== 'pairs') return null;
	const added = more.entries.filter(([key]) => !pairs.entries.some(([had]) => had === key));
	const entries = [...pairs.entries, ...added];
	return {
		kind: 'derive',
		columns: [{ name: a.name, value: { ...a.value, args: [of, { ...pairs, entries }, ...rest] } }]
	};
}

export const OPERATIONS = ['+', '-', '*', '/'] as const satisfies readonly BinaryOperator[];

/** A column and another, or a number, with one sign between them. */
export const isOperation = (value: Expression): boolean =>
	value.kind === 'binary' &&
	OPERATIONS.some((sign) => sign === value.operator) &&
	value.left.kind === 'column' &&
	(value.right.kind === 'column' ||
		(value.right.kind === 'literal' && typeof value.right.value === 'number'));
