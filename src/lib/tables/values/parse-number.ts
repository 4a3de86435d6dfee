/**
 * Reads a number as people write it, from bytes: `-1 234,56 $`, `1 234,5`, `$1,234.50`, `CA$ 12.50`, `12,50 $ CA`,
 * `CAD 12.50`, `(1 234,56)` and `12-` for negatives, `1'234.50`, `72,6 %`, `1e-3`. A percent sign is dropped and its
 * number kept as written. Spaces and apostrophes group by three only. Other currencies are no numbers: a column of
 * dollars would take euros for them.
 */
import type { DecimalMark } from '../../core/protocol/import.ts';
import { NUMBER_MARK } from '../read/opened-file.ts';

/** What a text that is no number was. */
export const NOT_A_NUMBER = 0;
/** `007`: it names something; as a number it would lose its zeros. */
export const LEADING_ZERO = 1;
/** More digits than a number keeps exactly: a ticket's or a customer's number. */
export const TOO_LONG = 2;
export type NumberFault = typeof NOT_A_NUMBER | typeof LEADING_ZERO | typeof TOO_LONG;

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Bytes of a cell whose digits make a whole number of 32 bits. */
const SHORT = 9;

const MONEY = 1;
const PERCENT = 2;

/** A word's letters, five bits each. */
const key = (word: string): number => {
	let value = 0;
	for (let i = 0; i < word.length; i++) value = value * 32 + word.charCodeAt(i) - 96;
	return value;
};
const CAD = key('cad');
const CDN = key('cdn');
const CAN = key('can');
const CA = key('ca');
const C = key('c');

export class NumberParser {
	/** After `parse` gave NaN: why. */
	fault: NumberFault = NOT_A_NUMBER;
	/** After a number: whether it was written with decimals or an exponent. */
	fractional = false;
	/** After a number: whether it was written with a grouping or decimal mark, so that the mark matters. */
	marked = false;

	readonly #decimal: number;
	readonly #comma: boolean;
	readonly #latin: boolean;
	#unit = 0;
	/** What surrounds a number says of its sign: parentheses, a minus after or before it. */
	#opened = false;
	#closed = false;
	#minusAfter = false;
	#minusBefore = false;
	/** `CA` or `CAN`, which is a currency beside a dollar sign only. */
	#country = false;
	#dollar = false;

	constructor(decimal: DecimalMark, latin: boolean) {
		this.#decimal = decimal.charCodeAt(0);
		this.#comma = decimal === '.';
		this.#latin = latin;
	}

	/** After a number: whether it had a dollar sign, or `CAD`. */
	get money(): boolean {
		return this.#unit === MONEY;
	}

	/** After a number: whether it had a percent sign. */
	get percent(): boolean {
		return this.#unit === PERCENT;
	}

	/** The number in `bytes[start .. end)`, or NaN (see `fault`). */
	parse(bytes: Uint8Array, start: number, end: number): number {
		this.fault = NOT_A_NUMBER;
		this.fractional = false;
		this.marked = false;
		this.#unit = 0;
		if (end - start <= SHORT) {
			const short = this.#short(bytes, start, end);
			if (short >= 0) return short;
		}
		let i = start;
		let stop = end;
		const byte = bytes[i] as number;
		// Most cells begin and end with a digit: what surrounds a number is looked at only when they don't.
		let negative = false;
		const last = stop > i ? (bytes[stop - 1] as number) - 48 : -1;
		const plain = byte >= 48 && byte <= 57;
		if (last < 0 || last > 9 || !plain) {
			if (stop <= i) return NaN;
			if (byte === NUMBER_MARK) return this.#canonical(bytes, i + 1, stop);
			const next = (bytes[i + 1] as number) - 48;
			if (byte === 0x2d && last >= 0 && last <= 9 && next >= 0 && next <= 9) {
				negative = true;
				i++;
			} else {
				stop = this.#trimEnd(bytes, i, stop);
				if (stop <= i) return NaN;
				i = plain ? i : this.#trimStart(bytes, i, stop);
				if (i >= stop || this.#opened !== this.#closed || (this.#country && !this.#dollar))
					return NaN;
				negative = this.#minusBefore || this.#minusAfter || this.#opened;
			}
		}

		const from = i;
		let mantissa = 0;
		let digits = 0;
		let group = -1;
		for (; i < stop; i++) {
			const digit = (bytes[i] as number) - 48;
			if (digit >= 0 && digit <= 9) {
				mantissa = mantissa * 10 + digit;
				digits++;
				if (group >= 0 && ++group > 3) return NaN;
				continue;
			}
			const mark = this.#group(bytes, i, stop);
			if (!mark || digits === 0 || (group < 0 ? digits > 3 : group !== 3)) break;
			group = 0;
			this.marked = true;
			i += mark - 1;
		}
		if (group >= 0 && group !== 3) return NaN;
		const whole = digits;
		if (i < stop && bytes[i] === this.#decimal) {
			this.fractional = true;
			this.marked = true;
			for (i++; i < stop; i++) {
				const digit = (bytes[i] as number) - 48;
				if (digit < 0 || digit > 9) break;
				mantissa = mantissa * 10 + digit;
				digits++;
			}
			if (digits === whole && whole === 0) return NaN;
		}
		if (digits === 0) return NaN;
		if (i < stop) {
			const letter = (bytes[i] as number) | 0x20;
			return letter === 0x65 ? this.#exponent(bytes, from, stop, negative) : NaN;
		}
		if (whole > 1 && bytes[from] === 48) {
			this.fault = LEADING_ZERO;
			return NaN;
		}
		if (digits > 15) {
			if (!this.fractional) {
				this.fault = TOO_LONG;
				return NaN;
			}
			return this.#exponent(bytes, from, stop, negative);
		}
		// Exact: the mantissa is below 2^53 and the power is exact, so the division rounds once.
		const value = mantissa / (POWERS[digits - whole] as number);
		return negative ? -value : value;
	}

	/** The fast way, for most cells: digits, and a decimal mark among them, in whole numbers of the machine. -1 for others. */
	#short(bytes: Uint8Array, start: number, end: number): number {
		if (end - start > 3 && bytes[end - 3] === this.#decimal) return this.#cents(bytes, start, end);
		let mantissa = 0;
		let mark = end;
		for (let i = start; i < end; i++) {
			const digit = (bytes[i] as number) - 48;
			if (digit >= 0 && digit <= 9) mantissa = (Math.imul(mantissa, 10) + digit) | 0;
			else if (bytes[i] === this.#decimal && mark === end && i > start) mark = i;
			else return -1;
		}
		// Empty, or with a zero that says something.
		if (mark === start || (mark > start + 1 && bytes[start] === 48)) return -1;
		if (mark === end) return mantissa;
		this.fractional = true;
		this.marked = true;
		return mantissa / (POWERS[end - mark - 1] as number);
	}

	/** `179,99` and `1 234,56`, as amounts are written. -1 for others. */
	#cents(bytes: Uint8Array, start: number, end: number): number {
		const mark = end - 3;
		let mantissa = 0;
		for (let i = start; i < end; i++) {
			if (i === mark) continue;
			const digit = (bytes[i] as number) - 48;
			if (digit >= 0 && digit <= 9) mantissa = (Math.imul(mantissa, 10) + digit) | 0;
			else if (bytes[i] !== 0x20 || i !== mark - 4 || i === start) return -1;
		}
		if (bytes[start] === 48 && mark > start + 1) return -1;
		this.fractional = true;
		this.marked = true;
		return mantissa / 100;
	}

	/** The slow way, for what is seldom written: digits, decimals, exponent, as JavaScript reads them. */
	#exponent(bytes: Uint8Array, from: number, stop: number, negative: boolean): number {
		let text = '';
		for (let i = from; i < stop; i++) {
			const byte = bytes[i] as number;
			const mark = this.#group(bytes, i, stop);
			if (mark) i += mark - 1;
			else if (byte === this.#decimal) text += '.';
			else text += String.fromCharCode(byte);
		}
		if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return NaN;
		this.fractional = true;
		const value = Number(text);
		if (!Number.isFinite(value)) return NaN;
		return negative ? -value : value;
	}

	/** A number as machines write it, whatever the column's decimal mark: `-1234.5`, `1e+21`. */
	#canonical(bytes: Uint8Array, start: number, end: number): number {
		let i = start;
		let stop = end;
		// A sheet's format shows a unit: it is written after a space.
		const sign = stop - 2 > start && bytes[stop - 2] === 0x20 ? bytes[stop - 1] : 0;
		if (sign === 0x25 || sign === 0x24) {
			this.#unit = sign === 0x25 ? PERCENT : MONEY;
			stop -= 2;
		}
		const negative = bytes[i] === 0x2d;
		if (negative) i++;
		let mantissa = 0;
		let digits = 0;
		let decimals = -1;
		for (; i < stop; i++) {
			const byte = bytes[i] as number;
			if (byte >= 48 && byte <= 57) {
				mantissa = mantissa * 10 + byte - 48;
				digits++;
				if (decimals >= 0) decimals++;
			} else if (byte === 0x2e && decimals < 0) decimals = 0;
			else break;
		}
		if (digits === 0) return NaN;
		this.fractional = decimals >= 0;
		if (i === stop && digits <= 15) {
			const value = decimals > 0 ? mantissa / (POWERS[decimals] as number) : mantissa;
			return negative ? -value : value;
		}
		if (i === stop && decimals < 0) {
			this.fault = TOO_LONG;
			return NaN;
		}
		let text = '';
		for (let at = start; at < stop; at++) text += String.fromCharCode(bytes[at] as number);
		if (!/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text)) return NaN;
		this.fractional = true;
		const value = Number(text);
		return Number.isFinite(value) ? value : NaN;
	}

	/** Where the number ends, with what follows it noted. */
	#trimEnd(bytes: Uint8Array, start: number, end: number): number {
		let stop = end;
		this.#closed = this.#minusAfter = this.#country = this.#dollar = false;
		this.#minusBefore = this.#opened = false;
		for (;;) {
			const byte = stop > start ? (bytes[stop - 1] as number) : 0;
			if (byte >= 48 && byte <= 57) return stop;
			if (byte === 0x20 || byte === 0x09) stop--;
			else if (byte >= 0x80) {
				const width = this.#spaceBefore(bytes, start, stop);
				if (width) stop -= width;
				else if (this.#isMinus(bytes, stop - 3, stop) && !this.#minusAfter) {
					this.#minusAfter = true;
					stop -= 3;
				} else return stop;
			} else if (byte === 0x25 && this.#unit === 0) {
				this.#unit = PERCENT;
				stop--;
			} else if (byte === 0x24 && this.#unit !== PERCENT && !this.#dollar) {
				this.#dollar = true;
				this.#unit = MONEY;
				stop--;
			} else if (byte === 0x29 && !this.#closed) {
				this.#closed = true;
				stop--;
			} else if (byte === 0x2d && !this.#minusAfter) {
				this.#minusAfter = true;
				stop--;
			} else {
				const width = this.#currency(bytes, start, stop, -1);
				if (!width) return stop;
				stop -= width;
			}
		}
	}

	/** Where the number begins, with what comes before it noted; `stop` for what can be none. */
	#trimStart(bytes: Uint8Array, start: number, stop: number): number {
		let plus = false;
		for (let i = start; i < stop;) {
			const byte = bytes[i] as number;
			const space = byte === 0x09 ? 1 : this.#space(bytes, i, stop);
			if (space) i += space;
			else if (byte === 0x2d || this.#isMinus(bytes, i, stop)) {
				if (plus || this.#minusBefore || this.#minusAfter || this.#opened) return stop;
				this.#minusBefore = true;
				i += byte === 0x2d ? 1 : 3;
			} else if (byte === 0x2b) {
				if (plus || this.#minusBefore || this.#minusAfter || this.#closed) return stop;
				plus = true;
				i++;
			} else if (byte === 0x24) {
				if (this.#dollar || this.#unit === PERCENT) return stop;
				this.#dollar = true;
				this.#unit = MONEY;
				i++;
			} else if (byte === 0x28) {
				if (this.#opened || this.#minusBefore || this.#minusAfter) return stop;
				this.#opened = true;
				i++;
			} else {
				const width = byte < 0x41 || byte > 0x7a ? 0 : this.#currency(bytes, i, stop, 1);
				if (!width) return i;
				i += width;
			}
		}
		return stop;
	}

	/** Bytes of `CAD`, `CDN`, `CAN`, `CA` or `C` beside a number, once; 0 for none. @param way before it, or after it */
	#currency(bytes: Uint8Array, start: number, stop: number, way: 1 | -1): number {
		if (this.#country || this.#unit === PERCENT) return 0;
		let width = 0;
		let key = 0;
		for (; width < 4; width++) {
			const at = way > 0 ? start + width : stop - 1 - width;
			const letter = at < start || at >= stop ? 0 : (bytes[at] as number) | 0x20;
			if (letter < 0x61 || letter > 0x7a) break;
			key = way > 0 ? key * 32 + letter - 96 : key + (letter - 96) * 32 ** width;
		}
		if (key === CAD) {
			// Nothing is in Canadian dollars twice.
			if (this.#unit === MONEY && !this.#dollar) return 0;
			this.#unit = MONEY;
		} else if (key === CA || key === CAN || key === CDN || key === C) this.#country = true;
		else return 0;
		return width;
	}

	/** Bytes of what groups digits at `at`, or 0. */
	#group(bytes: Uint8Array, at: number, end: number): number {
		const byte = bytes[at] as number;
		if (byte === 0x2c) return this.#comma ? 1 : 0;
		if (byte === 0x27) return 1;
		if (byte === 0x92) return this.#latin ? 1 : 0;
		if (byte === 0xe2 && at + 2 < end && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x99) return 3;
		return this.#space(bytes, at, end);
	}

	/** Bytes of the space at `at` that may group digits, or 0: U+0020, U+00A0, U+2007, U+2009, U+202F. */
	#space(bytes: Uint8Array, at: number, end: number): number {
		const byte = bytes[at];
		if (byte === 0x20) return 1;
		if (byte === 0xa0) return this.#latin ? 1 : 0;
		if (byte === 0xc2) return !this.#latin && at + 1 < end && bytes[at + 1] === 0xa0 ? 2 : 0;
		if (byte !== 0xe2 || at + 2 >= end || bytes[at + 1] !== 0x80) return 0;
		const third = bytes[at + 2];
		return third === 0xaf || third === 0x89 || third === 0x87 ? 3 : 0;
	}

	#spaceBefore(bytes: Uint8Array, start: number, stop: number): number {
		for (let width = 1; width <= 3 && stop - width >= start; width++)
			if (this.#space(bytes, stop - width, stop) === width) return width;
		return 0;
	}

	/** U+2212. */
	#isMinus(bytes: Uint8Array, at: number, stop: number): boolean {
		return (
			at >= 0 &&
			at + 2 < stop &&
			bytes[at] === 0xe2 &&
			bytes[at + 1] === 0x88 &&
			bytes[at + 2] === 0x92
		);
	}
}
