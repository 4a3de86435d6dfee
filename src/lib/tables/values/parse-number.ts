/**
 * Reads a number as people write it, from bytes: `-1 234,56 $`, `1 234,5`, `$1,234.50`, `72,6 %`, `1e-3`. A percent
 * sign is dropped and its number kept as written. Spaces group by three only (U+0020, U+00A0, U+202F).
 */
import type { DecimalMark } from '../../core/protocol/import.ts';

/** What a text that is no number was. */
export const NOT_A_NUMBER = 0;
/** `007`: it names something; as a number it would lose its zeros. */
export const LEADING_ZERO = 1;
/** More digits than a number keeps exactly: a ticket's or a customer's number. */
export const TOO_LONG = 2;
export type NumberFault = typeof NOT_A_NUMBER | typeof LEADING_ZERO | typeof TOO_LONG;

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

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

	constructor(decimal: DecimalMark, latin: boolean) {
		this.#decimal = decimal.charCodeAt(0);
		this.#comma = decimal === '.';
		this.#latin = latin;
	}

	/** The number in `bytes[start .. end)`, or NaN (see `fault`). */
	parse(bytes: Uint8Array, start: number, end: number): number {
		this.fault = NOT_A_NUMBER;
		this.fractional = false;
		this.marked = false;
		let i = start;
		let stop = end;
		let byte = bytes[i] as number;
		// Most cells begin and end with a digit: what surrounds a number is looked at only when they don't.
		let negative = false;
		const last = stop > i ? (bytes[stop - 1] as number) - 48 : -1;
		if (last < 0 || last > 9) {
			stop = this.#trimEnd(bytes, i, stop);
			if (stop <= i) return NaN;
		}
		if (byte < 48 || byte > 57) {
			for (;;) {
				const space = this.#space(bytes, i, stop);
				if (space) i += space;
				else if (byte === 0x2d && !negative) {
					negative = true;
					i++;
				} else if (byte === 0x2b || byte === 0x24) i++;
				else if (byte === 0xe2 && bytes[i + 1] === 0x88 && bytes[i + 2] === 0x92 && !negative) {
					negative = true;
					i += 3;
				} else break;
				if (i >= stop) return NaN;
				byte = bytes[i] as number;
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
			const space = this.#comma && digit === 0x2c - 48 ? 1 : this.#space(bytes, i, stop);
			if (!space || digits === 0 || (group < 0 ? digits > 3 : group !== 3)) break;
			group = 0;
			this.marked = true;
			i += space - 1;
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

	/** The slow way, for what is seldom written: digits, decimals, exponent, as JavaScript reads them. */
	#exponent(bytes: Uint8Array, from: number, stop: number, negative: boolean): number {
		let text = '';
		for (let i = from; i < stop; i++) {
			const byte = bytes[i] as number;
			const space = byte === 0x2c && this.#comma ? 1 : this.#space(bytes, i, stop);
			if (space) i += space - 1;
			else if (byte === this.#decimal) text += '.';
			else text += String.fromCharCode(byte);
		}
		if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return NaN;
		this.fractional = true;
		const value = Number(text);
		if (!Number.isFinite(value)) return NaN;
		return negative ? -value : value;
	}

	#trimEnd(bytes: Uint8Array, start: number, end: number): number {
		let stop = end;
		let unit = false;
		for (;;) {
			const byte = stop > start ? (bytes[stop - 1] as number) : 0;
			if (byte === 0x20 || byte === 0x09) stop--;
			else if (byte === 0xa0 && (this.#latin || bytes[stop - 2] === 0xc2))
				stop -= this.#latin ? 1 : 2;
			else if (byte === 0xaf && bytes[stop - 2] === 0x80 && bytes[stop - 3] === 0xe2) stop -= 3;
			else if ((byte === 0x24 || byte === 0x25) && !unit) {
				unit = true;
				stop--;
			} else return stop;
		}
	}

	/** Bytes of the space at `at` that may group digits, or 0. */
	#space(bytes: Uint8Array, at: number, end: number): number {
		const byte = bytes[at];
		if (byte === 0x20) return 1;
		if (byte === 0xa0) return this.#latin ? 1 : 0;
		if (byte === 0xc2) return !this.#latin && at + 1 < end && bytes[at + 1] === 0xa0 ? 2 : 0;
		if (byte === 0xe2)
			return at + 2 < end && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xaf ? 3 : 0;
		return 0;
	}
}
