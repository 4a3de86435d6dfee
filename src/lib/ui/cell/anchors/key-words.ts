/** « région : Estrie, année : 2024 »: keys of data as people read them. */
import type { KeyPart } from '$lib/core/annotation/anchor';
import { m } from '$lib/paraglide/messages';
import { keyValueText } from '../../annotation/anchor-words';

/** Numbers that name are written figure by figure. */
export const keyWords = (keys: readonly KeyPart[]): string =>
	keys
		.map(({ column, value }) =>
			m.chart_tip_line({
				label: column,
				text: typeof value === 'number' ? String(value) : keyValueText(value)
			})
		)
		.join(', ');
