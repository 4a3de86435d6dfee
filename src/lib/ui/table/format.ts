/** Table cells in the reader's locale. Dates and times read as they are stored, in no zone but their own. */
import { dateText, isoText } from '$lib/core/date-text';
import type { ValueType } from '$lib/core/dataset/value-type';
import { namesThings } from '$lib/core/naming-column';
import type { ColumnSummary, ColumnType, Scalar } from '$lib/core/protocol/messages';
import { dayText } from '$lib/core/report/cell-text';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { numberLocale } from '../number-locale.ts';

export { numberLocale };

type CellFormat = (value: Exclude<Scalar, null>) => string;

/** Decimals that a cell shows, at most. */
const MAX_DECIMALS = 6;
/** Beyond that many, zeros at the end would say more than they align. */
const ALIGNED_DECIMALS = 4;

/** The decimals that every number of a column is given, so that they stand in line: those of the one that has most. */
export function decimalsOf(values: Iterable<Scalar | undefined>): number {
	let most = 0;
	for (const value of values) {
		if (typeof value !== 'number' || !Number.isFinite(value)) continue;
		const text = String(Number(value.toFixed(MAX_DECIMALS)));
		const point = text.indexOf('.');
		if (point >= 0 && !text.includes('e')) most = Math.max(most, text.length - point - 1);
	}
	return most > ALIGNED_DECIMALS ? 0 : most;
}

/**
 * How the cells of a column are written; made once a column. Numbers of a column stand in line when they all have the
 * same `decimals`, at least. Those that name things, by the column's `name`, are written figure by figure.
 */
export function cellFormat(
	type: ColumnType,
	decimals = 0,
	valueType?: ValueType,
	name = ''
): CellFormat {
	const locale = numberLocale();
	if (valueType === 'money' || valueType === 'percent') {
		const format = new Intl.NumberFormat(locale, {
			...(valueType === 'money'
				? { style: 'currency', currency: 'CAD', currencyDisplay: 'narrowSymbol' }
				: // In points: 72.6 is 72,6 %.
					{ style: 'unit', unit: 'percent', maximumFractionDigits: MAX_DECIMALS }),
			...(valueType === 'percent' || decimals > 2
				? { minimumFractionDigits: decimals, maximumFractionDigits: MAX_DECIMALS }
				: {})
		});
		return (value) => (typeof value === 'number' ? format.format(value) : String(value));
	}
	if (valueType === 'time') return (value) => clockText(String(value));
	switch (type) {
		case 'number':
		case 'integer': {
			// Four digits of a whole number stay together, so that a year reads as one.
			const format = new Intl.NumberFormat(locale, {
				useGrouping: namesThings(name)
					? false
					: type === 'integer' || decimals === 0
						? 'min2'
						: 'always',
				minimumFractionDigits: decimals,
				maximumFractionDigits: MAX_DECIMALS
			});
			return (value) => (typeof value === 'number' ? format.format(value) : String(value));
		}
		case 'date':
		case 'datetime': {
			const format = new Intl.DateTimeFormat(locale, {
				dateStyle: 'short',
				timeStyle: type === 'datetime' ? 'short' : undefined,
				timeZone: 'UTC'
			});
			return (value) => (typeof value === 'number' ? dateText(format, value) : String(value));
		}
		case 'boolean':
			return (value) => (value === true || value === 'true' ? m.data_yes() : m.data_no());
		default:
			return (value) =>
				typeof value === 'string'
					? value
					: typeof value === 'number'
						? value.toLocaleString(locale)
						: value
							? m.data_yes()
							: m.data_no();
	}
}

/** A time of the day as it is stored, as it is read: « 20 h 00 », « 19 h 30 min 15 s »; `20:00` in English. */
function clockText(time: string): string {
	const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(time);
	if (!parts || getLocale() === 'en') return time;
	const [, hours = '', minutes = '', seconds] = parts;
	const whole = `${hours}\u00a0h\u00a0${minutes}`;
	return seconds === undefined ? whole : `${whole}\u00a0min\u00a0${seconds}\u00a0s`;
}

const TYPE_NAMES: Record<ColumnType | ValueType, () => string> = {
	text: m.data_type_text,
	number: m.data_type_number,
	integer: m.data_type_integer,
	date: m.data_type_date,
	datetime: m.data_type_datetime,
	boolean: m.data_type_boolean,
	category: m.data_type_category,
	money: m.data_type_money,
	percent: m.data_type_percent,
	time: m.data_type_time,
	region: m.data_type_region,
	postal_area: m.data_type_postal_area,
	identifier: m.data_type_identifier,
	url: m.data_type_url,
	other: m.data_type_other
};
export const typeName = (type: string): string =>
	(TYPE_NAMES[type as ColumnType | ValueType] ?? m.data_type_other)();

export const isNumeric = (type: ColumnType): boolean => type === 'number' || type === 'integer';

/** From the smallest to the largest value of a column; '' where it has none. */
export function rangeText({
	name,
	type,
	valueType,
	min,
	max
}: Pick<ColumnSummary, 'type' | 'valueType' | 'min' | 'max'> & { readonly name?: string }): string {
	if (min === null || max === null) return '';
	const format = cellFormat(type, type === 'number' ? decimalsOf([min, max]) : 0, valueType, name);
	return `${format(min)} – ${format(max)}`;
}

/** A count of something, grouped as the locale does. */
export const countText = (count: number): string => count.toLocaleString(numberLocale());

/** A weight in bytes, in words: « 12,3 Mo ». */
export function byteText(bytes: number): string {
	const [unit, size] =
		bytes < 1e6 ? (['kilobyte', bytes / 1e3] as const) : (['megabyte', bytes / 1e6] as const);
	return new Intl.NumberFormat(numberLocale(), {
		style: 'unit',
		unit,
		maximumFractionDigits: size < 10 ? 1 : 0
	}).format(size);
}

/** A table cell for a spreadsheet: tabs and line ends become spaces, and a text that a formula could begin with stays text. */
export function tsvCell(value: Scalar, type: ColumnType): string {
	if (value === null) return '';
	if (type === 'date' && typeof value === 'number') return dayText(value);
	if (type === 'datetime' && typeof value === 'number') return isoText(value);
	if (typeof value === 'number')
		return getLocale() === 'en' ? String(value) : String(value).replace('.', ',');
	if (typeof value === 'boolean') return value ? m.data_yes() : m.data_no();
	const text = value.replace(/[\t\r\n]+/g, ' ');
	return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
