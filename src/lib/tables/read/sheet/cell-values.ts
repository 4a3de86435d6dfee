/** Writes the values of a sheet's cells as the rewritten text has them: marks, canonical numbers, ISO dates. */
import { BOOLEAN_MARK, DATE_MARK, NUMBER_MARK } from '../opened-file.ts';
import { MS_PER_DAY } from '../../column.ts';
import {
	DATE,
	DATE_TIME,
	DOLLARS,
	ELAPSED,
	MOMENT,
	PADDED,
	PERCENT,
	PLAIN,
	POINTS,
	TIME,
	type NumberKind
} from './number-format.ts';
import type { RecordWriter } from './record-writer.ts';
import { clockText, putDate, putDateTime, serialToDay, serialToMs } from './serial-date.ts';
import { putCharacter } from './xml-text.ts';

const DOT = 0x2e;
const MINUS = 0x2d;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;

/** Writes ASCII text. */
export function putText(out: RecordWriter, text: string): void {
	out.room(text.length + 64);
	for (let i = 0; i < text.length; i++) out.bytes[out.length++] = text.charCodeAt(i);
}

/**
 * Writes the number at `source[start .. end)`, in machines' notation, as its format says; a text that is no number
 * is left to the caller.
 * @param column where the cell begins, if it is a number at all
 * @returns whether it was one
 */
export function putNumber(
	out: RecordWriter,
	column: number,
	source: Uint8Array,
	start: number,
	end: number,
	kind: NumberKind,
	since1904: boolean
): boolean {
	// Digits with a point at most, as nearly all are written: fifteen of them are kept exactly.
	let i = start;
	const negative = source[i] === MINUS;
	if (negative) i++;
	const first = i;
	let mantissa = 0;
	let point = -1;
	for (; i < end; i++) {
		const digit = (source[i] as number) - 48;
		if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
		else if (source[i] === DOT && point < 0) point = i;
		else break;
	}
	const digits = i - first - (point < 0 ? 0 : 1);
	const plain =
		i === end &&
		digits > 0 &&
		digits <= 15 &&
		point !== first &&
		point !== end - 1 &&
		(source[first] !== 48 || point === first + 1 || digits === 1) &&
		!(negative && mantissa === 0);
	if (plain && kind === PLAIN) {
		out.cell(column);
		out.room(end - start + 64);
		const { bytes } = out;
		let to = out.length;
		bytes[to++] = NUMBER_MARK;
		for (let at = start; at < end; at++) bytes[to++] = source[at] as number;
		out.length = to;
		return true;
	}
	const day = plain && kind === DATE && point < 0 ? serialToDay(mantissa, since1904) : NaN;
	if (day === day && !negative) {
		out.cell(column);
		out.room(64);
		out.bytes[out.length++] = DATE_MARK;
		out.length = putDate(out.bytes, out.length, day);
		return true;
	}
	let value: number;
	if (plain) {
		const decimals = point < 0 ? 0 : end - point - 1;
		if (kind === PERCENT) {
			// The point moved by two, so that no dust of a product comes in.
			const points =
				decimals > 2
					? mantissa / (POWERS[decimals - 2] as number)
					: mantissa * (POWERS[2 - decimals] as number);
			out.cell(column);
			out.room(64);
			out.bytes[out.length++] = NUMBER_MARK;
			putText(out, `${negative ? -points : points} %`);
			return true;
		}
		value = mantissa / (POWERS[decimals] as number);
		if (negative) value = -value;
	} else {
		const text = String.fromCharCode(...source.subarray(start, Math.min(end, start + 400))).trim();
		if (!NUMBER.test(text)) return false;
		value = Number(text);
		if (!Number.isFinite(value)) return false;
	}
	out.cell(column);
	putValue(out, value, kind, since1904);
	return true;
}

/** Writes a number as its format says, in the cell that is open. */
export function putValue(
	out: RecordWriter,
	value: number,
	kind: NumberKind,
	since1904: boolean
): void {
	out.room(128);
	switch (kind) {
		case DATE:
		case DATE_TIME:
		case MOMENT:
		case TIME: {
			const lone = value >= 0 && value < 1 && kind !== DATE;
			if (lone || (kind === TIME && since1904 && value < 1))
				return putText(out, clockText(value * MS_PER_DAY));
			const ms = serialToMs(value, since1904, kind !== MOMENT);
			if (Number.isNaN(ms)) break;
			out.bytes[out.length++] = DATE_MARK;
			out.length =
				kind === DATE && ms % MS_PER_DAY === 0
					? putDate(out.bytes, out.length, ms / MS_PER_DAY)
					: putDateTime(out.bytes, out.length, ms);
			return;
		}
		case ELAPSED:
			return putText(out, clockText(value * MS_PER_DAY));
		case PERCENT: {
			out.bytes[out.length++] = NUMBER_MARK;
			return putText(out, `${inPoints(value)} %`);
		}
	}
	if (kind > PADDED && Number.isInteger(value) && value >= 0) {
		const text = String(value);
		// With its zeros it is what people see, and what other files have.
		if (text.length < kind - PADDED) return putText(out, text.padStart(kind - PADDED, '0'));
	}
	out.bytes[out.length++] = NUMBER_MARK;
	putText(out, String(value === 0 ? 0 : value));
	if (kind === POINTS) putText(out, ' %');
	else if (kind === DOLLARS) putText(out, ' $');
}

/**
 * A share in points, without the dust of a product: the fifteen digits that workbooks show, the point moved by two.
 */
export function inPoints(share: number): string {
	if (share === 0) return '0';
	const [mantissa, exponent] = share.toExponential(14).split('e') as [string, string];
	return String(Number(`${mantissa}e${Number(exponent) + 2}`));
}

export function putBoolean(out: RecordWriter, value: boolean): void {
	out.room(64);
	out.bytes[out.length++] = BOOLEAN_MARK;
	putText(out, value ? 'true' : 'false');
}

/** An ISO date, date-time or time, as cells of type `d` and OpenDocument have them. */
const ISO = /^(\d{4}-\d\d-\d\d)?(?:T?(\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?Z?$/;

/** Writes an ISO text into the cell that is open; answers whether it was one. */
export function putIso(out: RecordWriter, text: string): boolean {
	const [, day, clock, seconds, fraction] = ISO.exec(text) ?? [];
	if (!day && !clock) return false;
	out.room(64);
	if (!day) {
		putText(out, seconds && seconds !== '00' ? `${clock}:${seconds}` : String(clock));
		return true;
	}
	if (Number.isNaN(Date.parse(day))) return false;
	out.bytes[out.length++] = DATE_MARK;
	const rest = fraction ? `.${fraction.slice(0, 3).padEnd(3, '0')}` : '';
	putText(out, clock ? `${day}T${clock}:${seconds ?? '00'}${rest === '.000' ? '' : rest}` : day);
	return true;
}

/**
 * Puts a text that was copied to `out.bytes[from .. out.length)` in order: control characters become spaces (no cell
 * holds a separator or a mark), those written out as `_x000D_` are read where `escaped`.
 */
export function cleanText(
	target: { bytes: Uint8Array; length: number; controls: number },
	from: number,
	escaped: boolean
): void {
	const { bytes } = target;
	let to = from;
	const end = target.length;
	for (let i = from; i < end; i++) {
		let byte = bytes[i] as number;
		if (escaped && byte === 0x5f && bytes[i + 1] === 0x78 && i + 6 < end && bytes[i + 6] === 0x5f) {
			const code = hex(bytes, i + 2);
			if (code >= 0) {
				i += 6;
				if (code >= 0x80) {
					// Halves of a pair: written out by nobody, and no character alone.
					to = putCharacter(bytes, to, code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
					continue;
				}
				byte = code;
			}
		}
		if (byte < 0x20 && byte !== 0x0a && byte !== 0x09) {
			// CR LF is one line end, however it is written.
			if (byte === 0x0d) {
				if (i + 1 < end && bytes[i + 1] === 0x0a) continue;
				byte = 0x0a;
			} else {
				byte = 0x20;
				target.controls++;
			}
		}
		bytes[to++] = byte;
	}
	target.length = to;
}

function hex(bytes: Uint8Array, at: number): number {
	let code = 0;
	for (let i = at; i < at + 4; i++) {
		const byte = bytes[i] as number;
		const low = byte | 0x20;
		const digit = byte >= 48 && byte <= 57 ? byte - 48 : low >= 97 && low <= 102 ? low - 87 : -1;
		if (digit < 0) return -1;
		code = code * 16 + digit;
	}
	return code;
}
