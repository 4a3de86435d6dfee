/**
 * The dates of most columns, `31/12/2024` and `2024-12-31`, read in one go: what the date parser reads too, without
 * asking at each byte what it may be. Whatever else a cell is, is left to the parser.
 */
import type { DateOrder } from '../../core/protocol/import.ts';
import { daysOf } from '../values/calendar-days.ts';

const SLASH = 0x2f;
const DASH = 0x2d;
/** Years whose months are kept: others are left to the parser. */
const FIRST_YEAR = 1800;
const YEARS = 400;

export class PlainDays {
	readonly #monthFirst: boolean;
	/** Of each month, the day before its first; 0 for one that was not asked for yet. */
	readonly #months = new Int32Array(YEARS * 12);
	readonly #lengths = new Uint8Array(YEARS * 12);

	constructor(order: DateOrder) {
		this.#monthFirst = order === 'mdy';
	}

	/** Days since 1970-01-01 of the ten bytes from `at`, or NaN for what is not such a date. */
	read(bytes: Uint8Array, at: number): number {
		const third = bytes[at + 2] as number;
		const dayAt = this.#monthFirst ? at + 3 : at;
		if ((third === SLASH || third === DASH) && bytes[at + 5] === third)
			return this.#day(four(bytes, at + 6), two(bytes, 2 * at + 3 - dayAt), two(bytes, dayAt));
		const fifth = bytes[at + 4] as number;
		if ((fifth === DASH || fifth === SLASH) && bytes[at + 7] === fifth)
			return this.#day(four(bytes, at), two(bytes, at + 5), two(bytes, at + 8));
		return NaN;
	}

	#day(year: number, month: number, day: number): number {
		const index = (year - FIRST_YEAR) * 12 + month - 1;
		if (!(year >= FIRST_YEAR && year < FIRST_YEAR + YEARS && month >= 1 && month <= 12 && day >= 1))
			return NaN;
		if (this.#lengths[index] === 0) {
			this.#months[index] = daysOf(year, month, 1) - 1;
			let length = 31;
			while (Number.isNaN(daysOf(year, month, length))) length--;
			this.#lengths[index] = length;
		}
		return day > (this.#lengths[index] as number) ? NaN : (this.#months[index] as number) + day;
	}
}

/** Two digits as a number; far below zero where they are none. */
function two(bytes: Uint8Array, at: number): number {
	const a = (bytes[at] as number) - 48;
	const b = (bytes[at + 1] as number) - 48;
	return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1000;
}
const four = (bytes: Uint8Array, at: number): number => two(bytes, at) * 100 + two(bytes, at + 2);
