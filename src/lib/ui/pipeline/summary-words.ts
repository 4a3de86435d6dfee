/** What groups are summed up by, in the order in which it is offered, and the name that its column gets. */
import { FUNCTIONS } from '$lib/core/pipeline/functions';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { elided } from '../elision';

export const SUMMARIES: readonly string[] = [
	...['count', 'sum', 'mean', 'median', 'min', 'max', 'distinct', 'valid', 'invalid'],
	...['mode', 'stdev', 'variance', 'product', 'any']
];

/** @param of the column; null for what a menu says of the function alone */
export function summaryName(fn: string, of: string | null): string {
	const label = FUNCTIONS.get(fn)?.label[getLocale()] ?? fn;
	return of === null ? label : madeOf(label.toLowerCase(), of);
}

/** The name that a column gets which is made of another. */
export const madeOf = (summary: string, column: string): string =>
	elided(m.steps_name_summary({ summary, column }), column);
