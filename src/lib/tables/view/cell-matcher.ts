/** Whether a cell holds what was looked for, as the page writes it: « 12,5 » finds 12.5 and 112.51. */
import type { Writing } from '../../core/protocol/table-query.ts';
import { isoText } from '../../core/date-text.ts';
import { MS_PER_DAY, hasValue, type Column } from '../column.ts';
import { readNumbers } from './column-numbers.ts';
import { clockNeedle, fold } from './fold.ts';

/** Texts kept of values that were written already. */
const KEPT = 100_000;

/**
 * For columns that are no texts (those are matched by their dictionary).
 * @returns null where no value of this column can hold the text
 */
export function cellMatcher(
	column: Exclude<Column, { type: 'text' }>,
	text: string,
	writing: Writing
): ((row: number) => boolean) | null {
	const needle = fold(text.trim());
	switch (column.type) {
		case 'boolean': {
			const [yes, no] = [fold(writing.yes).includes(needle), fold(writing.no).includes(needle)];
			if (!yes && !no) return null;
			const { values } = column;
			return (row) =>
				hasValue(column, row) &&
				((((values[row >> 3] as number) >> (row & 7)) & 1) === 1 ? yes : no);
		}
		case 'integer':
		case 'number': {
			const number = numberNeedle(needle, writing.decimal);
			if (number === null) return null;
			const { values } = column;
			const holds = numberHolds(number);
			return (row) => hasValue(column, row) && holds(values[row] as number);
		}
		case 'date': {
			if (!/^[\d-]+$/.test(needle)) return null;
			const { values } = column;
			const holds = remembered((day) =>
				isoText(day * MS_PER_DAY)
					.slice(0, 10)
					.includes(needle)
			);
			return (row) => hasValue(column, row) && holds(values[row] as number);
		}
		case 'datetime': {
			const time = clockNeedle(needle);
			if (!/^[\d: -]+$/.test(time)) return null;
			// What goes over from the day to the time holds a space.
			const whole = time.includes(' ');
			const inDay = remembered((day) =>
				isoText(day * MS_PER_DAY)
					.slice(0, 10)
					.includes(time)
			);
			const inTime = remembered((minute) => clockText(minute).includes(time));
			const inBoth = (at: number): boolean =>
				isoText(at).slice(0, 16).replace('T', ' ').includes(time);
			const at = new Float64Array(1);
			return (row) => {
				if (!hasValue(column, row)) return false;
				readNumbers(column, null, row, row + 1, at);
				const ms = at[0] as number;
				if (whole) return inBoth(ms);
				const day = Math.floor(ms / MS_PER_DAY);
				return inDay(day) || inTime(Math.floor((ms - day * MS_PER_DAY) / 60_000));
			};
		}
	}
}

/** What is looked for among numbers, with a point; null where it is no part of a number. */
function numberNeedle(needle: string, decimal: Writing['decimal']): string | null {
	const bare = needle.replace(/[ $%]/g, '').replace(/−/g, '-');
	const pointed = decimal === ',' ? bare.replace(',', '.') : bare.replace(/,/g, '');
	return /^-?\d*\.?\d*$/.test(pointed) && /\d/.test(pointed) ? pointed : null;
}

/**
 * Whether a number holds some digits, as it is written with two decimals where it has any: « 12,50 » finds 12.5.
 * Whole numbers and cents are told by arithmetic: ten million texts would take many seconds.
 */
function numberHolds(needle: string): (value: number) => boolean {
	const pointed = needle.includes('.');
	const written = (value: number): boolean => writtenNumber(value, pointed).includes(needle);
	const [before = '', after = ''] = needle.split('.');
	if (needle.startsWith('-') || before.length > 9 || after.length > 9) return written;
	const whole = digitsOf(before);
	const first = digitsOf(after);
	return (value) => {
		const size = Math.abs(value);
		if (!(size < 2 ** 31)) return written(value);
		const units = Math.floor(size);
		if (units === size)
			return pointed
				? endsWith(units, whole) && /^0{0,2}$/.test(after)
				: holdsDigits(units, 1, whole);
		const cents = Math.round(size * 100);
		if (cents / 100 !== size) return written(value);
		const decimals = cents - units * 100;
		if (!pointed) return holdsDigits(units, 1, whole) || holdsDigits(decimals, 2, whole);
		if (!endsWith(units, whole) || first.length > 2) return false;
		if (first.length === 0) return true;
		return first.length === 2
			? decimals === first.value
			: Math.floor(decimals / 10) === first.value;
	};
}

interface Digits {
	readonly length: number;
	readonly value: number;
	/** Ten to the power of `length`. */
	readonly unit: number;
}
const digitsOf = (text: string): Digits => ({
	length: text.length,
	value: Number(text),
	unit: 10 ** text.length
});

/** @param number whole, not negative */
function endsWith(number: number, { length, value, unit }: Digits): boolean {
	if (number % unit !== value) return false;
	return number >= unit / 10 || length === 0 || (length === 1 && number === 0);
}

/** @param width digits that the number is written with, at least */
function holdsDigits(number: number, width: number, { length, value, unit }: Digits): boolean {
	if (length === 0) return true;
	let digits = width;
	for (let power = 10 ** width; number >= power; power *= 10) digits++;
	for (let rest = number; digits >= length; digits--, rest = Math.floor(rest / 10))
		if (rest % unit === value) return true;
	return false;
}

/** With two decimals at least where there are any, or where decimals are looked for. */
function writtenNumber(value: number, decimals: boolean): string {
	const text = String(value);
	const point = text.indexOf('.');
	if (point < 0) return decimals ? `${text}.00` : text;
	return point === text.length - 2 ? `${text}0` : text;
}

/** `19:30` */
const clockText = (minute: number): string =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function remembered(test: (value: number) => boolean): (value: number) => boolean {
	const known = new Map<number, boolean>();
	return (value) => {
		let answer = known.get(value);
		if (answer === undefined) {
			answer = test(value);
			if (known.size < KEPT) known.set(value, answer);
		}
		return answer;
	};
}
