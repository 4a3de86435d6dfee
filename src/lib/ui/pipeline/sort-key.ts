/** One key of a sort as its form shows it: a column up or down, or a text in an order that a person chose. */
import { orderExpression, orderOf } from '$lib/core/pipeline/chosen-order';
import { column as columnOf } from '$lib/core/pipeline/make-expression';
import type { SortBy } from '$lib/core/pipeline/step';

export interface SortKey {
	readonly name: string;
	readonly way: 'up' | 'down' | 'chosen';
	/** In the order that was chosen, and kept while another way is looked at. */
	readonly values: readonly string[];
}

/** Whether the form shows all that a key says. */
export const isSortKey = ({ value, descending }: SortBy): boolean =>
	value.kind === 'column' || (!descending && orderOf(value) !== null);

export function sortKeyOf({ value, descending }: SortBy): SortKey | null {
	if (value.kind === 'column')
		return { name: value.name, way: descending ? 'down' : 'up', values: [] };
	const order = descending ? null : orderOf(value);
	return order && { name: order.name, way: 'chosen', values: order.values };
}

/** Null while it is not whole: no column, or no value of the order yet. */
export function sortByOf({ name, way, values }: SortKey): SortBy | null {
	if (name === '') return null;
	if (way !== 'chosen') return { value: columnOf(name), descending: way === 'down' };
	return values.length ? { value: orderExpression(name, values), descending: false } : null;
}
