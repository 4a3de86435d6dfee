/** What a report's tables write for a cell: figures and dates in the manner of the report's language. */
import type { Lang } from '../notebook/notebook.ts';
import type { ColumnType, Scalar } from '../protocol/messages.ts';
import { dateText, isoText, isTime } from '../date-text.ts';
import { namesThings } from '../naming-column.ts';
import { langTag } from './lang-tag.ts';

/** Words for yes and no; a missing value is '' (the page marks it). */
export interface CellWords {
	readonly yes: string;
	readonly no: string;
}

/** Columns that count years: « 2024 », never « 2 024 ». */
const YEAR = /^(?:ann[ée]e|an|year|exercice|saison)\b/i;

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function format<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
	const known = formats.get(key);
	if (known) return known as T;
	const made = make();
	formats.set(key, made);
	return made;
}

export function cellText(
	value: Scalar,
	column: { readonly name: string; readonly type: ColumnType },
	lang: Lang,
	words: CellWords
): string {
	if (value === null) return '';
	if (typeof value === 'boolean') return value ? words.yes : words.no;
	if (typeof value === 'string') return value;
	const locale = langTag(lang);
	if (column.type === 'date') return dayText(value);
	// Times are stored as they read on the spot: no zone is theirs but UTC.
	if (column.type === 'datetime')
		return dateText(
			format(
				`t${locale}`,
				() =>
					new Intl.DateTimeFormat(locale, {
						dateStyle: 'short',
						timeStyle: 'short',
						timeZone: 'UTC'
					})
			),
			value
		);
	return namesThings(column.name) && Number.isInteger(value)
		? String(value)
		: numberText(value, lang, YEAR.test(column.name));
}

/** @param year the number is a year */
export function numberText(value: number, lang: Lang, year = false): string {
	const locale = langTag(lang);
	const plain = year && Number.isInteger(value) && Math.abs(value) < 10_000;
	return format(
		`n${locale}${String(plain)}`,
		() => new Intl.NumberFormat(locale, { maximumFractionDigits: 2, useGrouping: !plain })
	).format(value);
}

/** `2026-11-23`: the short date of both languages. */
export const dayText = (time: number): string =>
	isTime(time) ? isoText(time).slice(0, 10) : String(time);

/** « 23 novembre 2026 », « 1er mars 2026 », as the place of the product counts days. */
export const longDay = (time: number, lang: Lang): string =>
	dateText(
		format(
			`d${lang}`,
			() =>
				new Intl.DateTimeFormat(langTag(lang), { dateStyle: 'long', timeZone: 'America/Toronto' })
		),
		time
		// Alone before a month's name it is a French day: an English one follows it.
	).replace(/^1(?=\s\p{L})/u, '1er');
