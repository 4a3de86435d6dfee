/** Keys of data, as people read them. */
import type { KeyPart, KeyValue } from '$lib/core/annotation/anchor';
import { m } from '$lib/paraglide/messages';
import { numberLocale } from '../../number-locale.ts';

export function valueWords(value: KeyValue): string {
	if (value === null) return m.anchor_value_missing();
	if (typeof value === 'number')
		return value.toLocaleString(numberLocale(), { maximumFractionDigits: 6 });
	if (typeof value === 'boolean') return value ? m.cell_chart_true() : m.cell_chart_false();
	return typeof value === 'object' ? value.date : value;
}

/** « région : Estrie, année : 2024 »: numbers that name are written figure by figure. */
export const keyWords = (keys: readonly KeyPart[]): string =>
	keys
		.map(({ column, value }) =>
			m.chart_tip_line({
				label: column,
				text: typeof value === 'number' ? String(value) : valueWords(value)
			})
		)
		.join(', ');
