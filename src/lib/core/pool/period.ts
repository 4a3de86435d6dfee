/** The periods that parts of a pool are contributed for: a year, a quarter or a month, named by a short text. */

export const GRAINS = ['year', 'quarter', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

const MS_PER_DAY = 86_400_000;
const SHAPES: Record<Grain, RegExp> = {
	year: /^\d{4}$/,
	quarter: /^\d{4}-Q[1-4]$/,
	month: /^\d{4}-(0[1-9]|1[0-2])$/
};

/** `2025`, `2025-Q3` or `2025-03`: the period of a day counted from 1970-01-01. */
export function periodOf(day: number, grain: Grain): string {
	const date = new Date(day * MS_PER_DAY);
	const year = String(date.getUTCFullYear()).padStart(4, '0');
	const month = date.getUTCMonth();
	if (grain === 'year') return year;
	if (grain === 'quarter') return `${year}-Q${Math.floor(month / 3) + 1}`;
	return `${year}-${String(month + 1).padStart(2, '0')}`;
}

export const isPeriod = (text: string, grain: Grain): boolean => SHAPES[grain].test(text);
