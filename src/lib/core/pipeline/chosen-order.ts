/**
 * An order that a person chose (petit, moyen, grand), as what Arquero can sort by: it sorts by no function, but by a
 * place that is told value by value, `d => d.taille === "petit" ? 0 : d.taille === "moyen" ? 1 : 2`.
 */
import { foldedText } from '../folded-text.ts';
import { CALENDAR_WORDS } from './compositions.ts';
import type { Expression } from './expression.ts';
import { binary, choice, column, literal } from './make-expression.ts';

/** Longer orders are nobody's. */
export const MAX_ORDERED = 60;

/** Each value has its place; all that is not among them comes last. */
export const orderExpression = (name: string, values: readonly string[]): Expression =>
	values.reduceRight<Expression>(
		(rest, value, i) => choice(binary(column(name), '===', literal(value)), literal(i), rest),
		literal(values.length)
	);

/** The column and the values of an order; null for any other expression. */
export function orderOf(expression: Expression): { name: string; values: string[] } | null {
	const values: string[] = [];
	let name: string | null = null;
	let rest = expression;
	while (rest.kind === 'choice') {
		const { test, then } = rest;
		if (test.kind !== 'binary' || test.operator !== '===' || test.left.kind !== 'column')
			return null;
		const value = test.right.kind === 'literal' ? test.right.value : null;
		if (typeof value !== 'string' || values.includes(value)) return null;
		if (then.kind !== 'literal' || then.value !== values.length) return null;
		if (name !== null && name !== test.left.name) return null;
		name = test.left.name;
		values.push(value);
		rest = rest.otherwise;
	}
	const last = rest.kind === 'literal' ? rest.value : null;
	return name !== null && last === values.length && values.length <= MAX_ORDERED
		? { name, values }
		: null;
}

/** Days begin with Monday, as weeks do. */
const mondayFirst = ([sunday = '', ...days]: readonly string[]): string[] => [...days, sunday];
const CALENDARS: readonly (readonly string[])[] = (['fr', 'en'] as const).flatMap((lang) => [
	CALENDAR_WORDS.month_name[lang].split(' '),
	mondayFirst(CALENDAR_WORDS.weekday_name[lang].split(' ')),
	[...new Set(CALENDAR_WORDS.meteorological_season[lang].split(' '))]
]);
const plainText = (text: string): string => foldedText(text.trim());

/** Months, days and seasons as the calendar has them; other texts by their letters. */
export function usualOrder(
	values: readonly string[],
	compare: (a: string, b: string) => number
): string[] {
	const plain = values.map(plainText);
	for (const calendar of CALENDARS) {
		const places = calendar.map(plainText);
		if (values.length > 1 && plain.every((text) => places.includes(text)))
			return values.toSorted(
				(a, b) => places.indexOf(plainText(a)) - places.indexOf(plainText(b)) || compare(a, b)
			);
	}
	return values.toSorted(compare);
}
