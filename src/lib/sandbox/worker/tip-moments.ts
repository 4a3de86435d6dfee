/** Dates in tips, as precise as all those of their channel: a year, a month, a day, a time. */
import { dayWords } from '../../core/date-text.ts';
import type { Lang } from '../../core/notebook/notebook.ts';

const DAY_MS = 86_400_000;
/** More are not looked at to tell how precise a column is. */
const LOOKED_AT = 20_000;

type Precision = 'year' | 'month' | 'day' | 'time';

function precisionOf(values: ArrayLike<unknown>): Precision {
	let precision: Precision = 'year';
	for (let i = 0; i < Math.min(values.length, LOOKED_AT); i++) {
		const value = values[i];
		if (!(value instanceof Date) || isNaN(+value)) continue;
		if (+value % DAY_MS !== 0) return 'time';
		if (value.getUTCDate() !== 1) precision = 'day';
		else if (precision === 'year' && value.getUTCMonth() !== 0) precision = 'month';
	}
	return precision;
}

/** Writes the dates of a channel, in UTC; what is no date is written as it is. */
export function momentFormat(values: ArrayLike<unknown>, lang: Lang): (value: unknown) => string {
	const precision = precisionOf(values);
	const make = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat(`${lang}-CA`, { timeZone: 'UTC', ...options });
	const month = make({ year: 'numeric', month: 'long' });
	const hour = make({ hour: '2-digit', minute: '2-digit' });
	return (value) => {
		if (!(value instanceof Date)) return String(value);
		const time = +value;
		if (isNaN(time)) return '';
		switch (precision) {
			case 'year':
				return String(value.getUTCFullYear());
			case 'month':
				return month.format(time);
			case 'day':
				return dayWords(time, lang);
			case 'time':
				return `${dayWords(time, lang)}, ${hour.format(time)}`;
		}
	};
}
