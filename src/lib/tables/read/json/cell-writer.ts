/** Writes a JSON value as a cell of a rewritten text, and counts what could not be taken as it stood. */
import { BOOLEAN_MARK, CELL_END, NUMBER_MARK, RECORD_END } from '../opened-file.ts';
import { OPEN_ARRAY, OPEN_OBJECT, QUOTE, unescapeInto, type JsonScanner } from './json-scanner.ts';
import type { RowWriter } from './row-writer.ts';

/** The largest whole number up to which all are told apart: 2^53 - 1, as digits. */
const MOST = '9007199254740991';
/** Signs of a number with a fraction or an exponent: with more it is none that a program wrote, and stays a text. */
const MOST_SIGNS = 400;

export class CellWriter {
	/** Objects and arrays kept as JSON texts. */
	nested = 0;
	/** Numbers that a number of 64 bits would change, kept as the digits that they are. */
	asText = 0;
	/** Control characters that separate cells, replaced in texts. */
	controls = 0;
	/** Members of an object that a later one of the same name replaced. */
	replaced = 0;
	readonly #scanner: JsonScanner;
	readonly #rows: RowWriter;

	constructor(scanner: JsonScanner, rows: RowWriter) {
		this.#scanner = scanner;
		this.#rows = rows;
	}

	/** Writes the value that comes next in this column, and goes past it. */
	value(column: number): void {
		const scanner = this.#scanner;
		const byte = scanner.peek();
		const start = scanner.at;
		if (byte === QUOTE) {
			scanner.skipString();
			this.#begin(column);
			this.#string(start + 1, scanner.at - 1, scanner.escaped);
		} else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
			scanner.skipValue();
			this.#begin(column);
			this.#compact(start, scanner.at);
			this.nested++;
		} else {
			scanner.skipValue();
			if (byte === 0x6e) {
				if (this.#rows.clear(column)) this.replaced++;
				return;
			}
			this.#begin(column);
			if (byte === 0x74 || byte === 0x66) this.#marked(BOOLEAN_MARK, start, scanner.at);
			else if (isExact(scanner.bytes, start, scanner.at, scanner.whole))
				this.#marked(NUMBER_MARK, start, scanner.at);
			else {
				this.#copy(start, scanner.at);
				this.asText++;
			}
		}
		this.#rows.end(column);
	}

	/** A text of our own, such as a column's name. */
	text(column: number, text: string): void {
		const bytes = new TextEncoder().encode(text);
		this.#rows.begin(column);
		this.#rows.need(bytes.length * 3);
		const { at } = this.#rows;
		this.#rows.out.set(bytes, at);
		this.#rows.at = this.#cleared(at, at + bytes.length, false);
		this.#rows.end(column);
	}

	#begin(column: number): void {
		if (this.#rows.begin(column)) this.replaced++;
	}

	#copy(start: number, end: number): void {
		const rows = this.#rows;
		const { bytes } = this.#scanner;
		rows.need(end - start);
		if (end - start > 48) {
			rows.out.set(bytes.subarray(start, end), rows.at);
			rows.at += end - start;
		} else {
			const { out } = rows;
			let to = rows.at;
			for (let i = start; i < end; i++) out[to++] = bytes[i] as number;
			rows.at = to;
		}
	}

	#marked(mark: number, start: number, end: number): void {
		const rows = this.#rows;
		rows.need(1);
		rows.out[rows.at++] = mark;
		this.#copy(start, end);
	}

	#string(start: number, end: number, escaped: boolean): void {
		if (!escaped) return this.#copy(start, end);
		const rows = this.#rows;
		// Each replaced control is written with six bytes and becomes three.
		rows.need(end - start);
		const from = rows.at;
		rows.at = this.#cleared(from, unescapeInto(this.#scanner.bytes, start, end, rows.out, from));
	}

	/** Replaces what the scanner of the rewritten text would take for a mark; answers where the text now ends. */
	#cleared(from: number, to: number, counted = true): number {
		const { out } = this.#rows;
		let found = 0;
		for (let i = from; i < to; i++) if (isMark(out[i] as number, i === from)) found++;
		if (!found) return to;
		if (counted) this.controls += found;
		let write = to + 2 * found;
		const end = write;
		for (let i = to - 1; i >= from; i--) {
			const byte = out[i] as number;
			if (isMark(byte, i === from)) {
				out[--write] = 0xbd;
				out[--write] = 0xbf;
				out[--write] = 0xef;
			} else out[--write] = byte;
		}
		return end;
	}

	/** The JSON text without the white space between its parts. */
	#compact(start: number, end: number): void {
		const { bytes } = this.#scanner;
		const rows = this.#rows;
		rows.need(end - start);
		const { out } = rows;
		let to = rows.at;
		let inString = false;
		for (let i = start; i < end; i++) {
			const byte = bytes[i] as number;
			if (inString) {
				out[to++] = byte;
				if (byte === 0x5c) out[to++] = bytes[++i] as number;
				else if (byte === QUOTE) inString = false;
			} else if (byte > 0x20) {
				out[to++] = byte;
				inString = byte === QUOTE;
			}
		}
		rows.at = to;
	}
}

const isMark = (byte: number, first: boolean): boolean =>
	byte === CELL_END || byte === RECORD_END || (first && byte >= 0x11 && byte <= 0x13);

/** Whether a number of 64 bits can stand for these digits: whole ones to 2^53 - 1, and no infinity. */
function isExact(bytes: Uint8Array, start: number, end: number, whole: boolean): boolean {
	if (!whole) {
		// An exponent may go past what there is: 1e999.
		if (end - start < 4) return true;
		if (end - start > MOST_SIGNS) return false;
		let exponent = false;
		for (let i = start; i < end; i++) if (((bytes[i] as number) | 0x20) === 0x65) exponent = true;
		return (!exponent && end - start < 300) || Number.isFinite(Number(ascii(bytes, start, end)));
	}
	const from = bytes[start] === 0x2d ? start + 1 : start;
	const digits = end - from;
	return digits < MOST.length || (digits === MOST.length && ascii(bytes, from, end) <= MOST);
}

const ascii = (bytes: Uint8Array, start: number, end: number): string => {
	let text = '';
	for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] as number);
	return text;
};
