/** Numbers, dates and times as people type them into a filter. */
import { isTime } from '$lib/core/date-text';
import type { ColumnType } from '$lib/core/protocol/messages';

/** null where nothing is typed; undefined where it is no number: « 1 234,50 $ », « -3.5 », « 12 % ». */
export function typedNumber(text: string): number | null | undefined {
	const bare = text
		.replace(/[\s$%]/g, '')
		.replace(/−/g, '-')
		.replace(',', '.');
	if (bare === '') return null;
	return /^-?(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare) : undefined;
}

/** The field that a value of a type is typed into. */
export const fieldType = (type: ColumnType): 'date' | 'datetime-local' | 'text' =>
	type === 'date' ? 'date' : type === 'datetime' ? 'datetime-local' : 'text';

/** Epoch milliseconds or a number; null where nothing is typed, undefined where it cannot be read. */
export function typedValue(text: string, type: ColumnType): number | null | undefined {
	if (type !== 'date' && type !== 'datetime') return typedNumber(text);
	if (text === '') return null;
	const time = Date.parse(type === 'date' ? text : `${text}Z`);
	return Number.isNaN(time) ? undefined : time;
}

/** What a field holds for a value: the inverse of `typedValue`. @param decimal of the page's language */
export function fieldText(value: number | null, type: ColumnType, decimal: ',' | '.'): string {
	if (value === null) return '';
	if ((type === 'date' || type === 'datetime') && isTime(value))
		return new Date(value).toISOString().slice(0, type === 'date' ? 10 : 16);
	return String(value).replace('.', decimal);
}
