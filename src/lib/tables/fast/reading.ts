/** How a loop reads a column: the text that gives a row's value, and what is known of that value. */
import type { Scope } from './compiled.ts';
import { insidesOf } from './fast-column.ts';
import type { Rows } from './rows.ts';

/** What a text gives: numbers only (NaN too), numbers or null, true or false, or anything. */
export type Gives = 'number' | 'gapped' | 'boolean' | 'any';

export interface Reading {
	readonly code: string;
	readonly gives: Gives;
	/** Milliseconds (or null) of a column of dates, for where a date and its time are one. */
	readonly time?: string;
	/** `row` is a code. */
	readonly byCode?: true;
}

/** A column of a table that is no array of ours. */
interface Foreign {
	at(row: number): unknown;
}

const isTyped = (column: unknown): column is Float64Array =>
	ArrayBuffer.isView(column) && !(column instanceof DataView);
export const isNumbers = (column: unknown): column is Float64Array =>
	isTyped(column) && !/^\[object Big/.test(Object.prototype.toString.call(column));

/** Whether all that the loop will read in a plain array are numbers: verbs make such arrays, cells may too. */
export function holdsNumbers(values: readonly unknown[], { total, words, index }: Rows): boolean {
	if (index) {
		for (let i = 0; i < index.length; i++)
			if (typeof values[index[i] as number] !== 'number') return false;
		return true;
	}
	if (!words) {
		for (let row = 0; row < total; row++) if (typeof values[row] !== 'number') return false;
		return true;
	}
	for (let w = 0; w < words.length; w++) {
		let bits = words[w] as number;
		while (bits !== 0) {
			const place = Math.clz32(bits);
			bits &= ~(0x80000000 >>> place);
			if (typeof values[(w << 5) + place] !== 'number') return false;
		}
	}
	return true;
}

/** @param row the text of the row's number */
export function readColumn(column: unknown, scope: Scope, rows: Rows, row = 'row'): Reading {
	const made = insidesOf(column);
	if (made) {
		switch (made.kind) {
			case 'coded':
				return {
					code: `${scope.array(made.values, 'v')}[${scope.array(made.codes)}[${row}]]`,
					gives: 'any'
				};
			case 'gapped':
				return {
					code: `(${scope.array(made.valid)}[${row}]===1?${scope.array(made.values)}[${row}]:null)`,
					gives: 'gapped'
				};
			case 'timed': {
				const ms = `${scope.array(made.values)}[${row}]*${made.unit}`;
				const or = (code: string): string =>
					made.valid ? `(${scope.array(made.valid)}[${row}]===1?${code}:null)` : `(${code})`;
				return { code: or(`new ${scope.date}(${ms})`), gives: 'any', time: or(ms) };
			}
		}
	}
	if (isNumbers(column)) return { code: `${scope.array(column)}[${row}]`, gives: 'number' };
	if (isTyped(column)) return { code: `${scope.bind(column, 'big')}[${row}]`, gives: 'any' };
	if (Array.isArray(column)) {
		const numbers = holdsNumbers(column, rows);
		return {
			code: `${scope.array(column, numbers ? 'd' : 'a')}[${row}]`,
			gives: numbers ? 'number' : 'any'
		};
	}
	return { code: `${scope.bind(column as Foreign, 'col')}.at(${row})`, gives: 'any' };
}
