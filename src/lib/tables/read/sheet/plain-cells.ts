/**
 * Reads the rows and cells of an Excel sheet that are written as nearly all are, without a token for each tag:
 * `<row r="2" spans="1:8">`, `<c r="A2" s="1" t="s"><v>12</v></c>`, `<c r="B2" s="3"/>`, `</row>`. It stops before what
 * is written in any other way, or is none of these, and has changed nothing for it.
 */
import { ascii } from './ascii.ts';
import { putNumber } from './cell-values.ts';
import { PLAIN, type NumberKind } from './number-format.ts';
import type { RecordWriter } from './record-writer.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { XmlTokens } from './xml-tokens.ts';

/** Bytes that a cell may take, or the opening tag of a row: with so many in the window, none is looked for. */
const LONGEST_CELL = 128;
const LONGEST_ROW = 384;
const LONGEST_VALUE = 32;
/** Digits of a row's number, a style or a text's number: any is a whole number below a milliard. */
const MOST_DIGITS = 9;

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const COLON = 0x3a;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const B = 0x62;
const C = 0x63;
const N = 0x6e;
const O = 0x6f;
const R = 0x72;
const S = 0x73;
const T = 0x74;
const V = 0x76;
const W = 0x77;

const FALSE_AT = 5;
const FALSE_END = 11;
/** As the rewritten text has them. */
const BOOLEANS = new DataView(ascii('\x13true\x13false').buffer);

/** Columns of a sheet. */
const COLUMNS = 16_384;

/** Where in a sheet its reader is. */
export class SheetPlace {
	/** The row that is open, from 0, or -1. */
	row = -1;
	nextRow = 0;
	/** The row says its number. */
	numbered = false;
	/** The row has a value so far. */
	begun = false;
	/** Of the last cell. */
	column = -1;
}

export class PlainCells {
	readonly #out: RecordWriter;
	readonly #shared: SharedStrings;
	readonly #kinds: Uint8Array;
	readonly #since1904: boolean;
	readonly #place: SheetPlace;
	/** Of the window: it is the whole of its buffer. */
	#view: DataView = new DataView(new ArrayBuffer(0));

	constructor(
		out: RecordWriter,
		shared: SharedStrings,
		kinds: Uint8Array,
		since1904: boolean,
		place: SheetPlace
	) {
		this.#out = out;
		this.#shared = shared;
		this.#kinds = kinds;
		this.#since1904 = since1904;
		this.#place = place;
	}

	/** Reads on from `tokens.at`, in an open row and outside of its cells, and moves it past what was read. */
	read(tokens: XmlTokens): void {
		const { bytes, stop } = tokens;
		const place = this.#place;
		for (;;) {
			const at = this.#cells(bytes, tokens.at, stop - LONGEST_CELL);
			tokens.at = at;
			// `</row>` and the tag of the row behind it.
			if (
				at + 6 + LONGEST_ROW > stop ||
				bytes[at] !== LESS ||
				bytes[at + 1] !== SLASH ||
				!isRow(bytes, at + 2) ||
				bytes[at + 5] !== GREATER
			)
				return;
			if (place.begun) this.#out.endRecord();
			place.nextRow = place.row + 1;
			place.row = -1;
			tokens.at = at + 6;
			tokens.depth--;
			const next = this.#openRow(bytes, at + 6);
			if (next < 0) return;
			tokens.at = next;
			tokens.depth++;
		}
	}

	/** Where what follows the opening tag at `from` begins, or -1. */
	#openRow(bytes: Uint8Array, from: number): number {
		let at = from;
		while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === 0x0a || bytes[at] === 0x0d) {
			if (at - from > MOST_DIGITS) return -1;
			at++;
		}
		if (
			bytes[at] !== LESS ||
			!isRow(bytes, at + 1) ||
			bytes[at + 4] !== SPACE ||
			bytes[at + 5] !== R ||
			bytes[at + 6] !== EQUALS ||
			bytes[at + 7] !== QUOTE
		)
			return -1;
		at += 8;
		const first = at;
		let row = 0;
		for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at))
			row = row * 10 + digit;
		if (bytes[at] !== QUOTE || at === first || at - first > MOST_DIGITS) return -1;
		at = attributesEnd(bytes, at + 1, from + LONGEST_ROW);
		const place = this.#place;
		if (at < 0 || row - 1 < place.nextRow) return -1;
		place.row = row - 1;
		place.numbered = true;
		place.begun = false;
		place.column = -1;
		return at;
	}

	/** Reads cells from `from` on, those that begin before `near`; answers where it stopped. */
	#cells(bytes: Uint8Array, from: number, near: number): number {
		const place = this.#place;
		if (!place.numbered) return from;
		const out = this.#out;
		const { offsets, count, text } = this.#shared;
		const texts = text.view;
		const view = this.#viewOf(bytes);
		let start = from;
		while (start < near) {
			if (
				bytes[start] !== LESS ||
				bytes[start + 1] !== C ||
				bytes[start + 2] !== SPACE ||
				bytes[start + 3] !== R ||
				bytes[start + 4] !== EQUALS ||
				bytes[start + 5] !== QUOTE
			)
				return start;
			let at = start + 6;
			let letter = (bytes[at] as number) - 64;
			if (letter < 1 || letter > 26) return start;
			let column = letter;
			letter = (bytes[++at] as number) - 64;
			if (letter >= 1 && letter <= 26) {
				column = column * 26 + letter;
				letter = (bytes[++at] as number) - 64;
				if (letter >= 1 && letter <= 26) {
					column = column * 26 + letter;
					at++;
				}
			}
			column--;
			const digits = at;
			while (digitAt(bytes, at) >= 0) at++;
			if (bytes[at] !== QUOTE || at - digits > MOST_DIGITS || column >= COLUMNS) return start;
			at++;
			let style = 0;
			if (
				bytes[at] === SPACE &&
				bytes[at + 1] === S &&
				bytes[at + 2] === EQUALS &&
				bytes[at + 3] === QUOTE
			) {
				at += 4;
				const before = at;
				for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at))
					style = style * 10 + digit;
				if (bytes[at] !== QUOTE || at - before > MOST_DIGITS) return start;
				at++;
			}
			let type = N;
			if (
				bytes[at] === SPACE &&
				bytes[at + 1] === T &&
				bytes[at + 2] === EQUALS &&
				bytes[at + 3] === QUOTE &&
				bytes[at + 5] === QUOTE
			) {
				type = bytes[at + 4] as number;
				at += 6;
			}
			if (bytes[at] === SLASH && bytes[at + 1] === GREATER) {
				place.column = column;
				start = at + 2;
				continue;
			}
			if (
				bytes[at] !== GREATER ||
				bytes[at + 1] !== LESS ||
				bytes[at + 2] !== V ||
				bytes[at + 3] !== GREATER
			)
				return start;
			const value = at + 4;
			at = value;
			if (type === S) {
				let index = 0;
				for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at))
					index = index * 10 + digit;
				if (at === value || at - value > MOST_DIGITS || index >= count || !closes(bytes, at))
					return start;
				const first = offsets[index] as number;
				const last = offsets[index + 1] as number;
				if (first < last) {
					this.#beginRow();
					out.putCell(column, texts, first, last);
				}
			} else if (type === N) {
				const kind = (this.#kinds[style] ?? PLAIN) as NumberKind;
				if (kind === PLAIN) {
					at = numberEnd(bytes, value);
					if (at < 0 || !closes(bytes, at)) return start;
					this.#beginRow();
					out.putNumber(column, view, value, at);
				} else {
					while (bytes[at] !== LESS && at - value < LONGEST_VALUE) at++;
					if (at === value || !closes(bytes, at)) return start;
					this.#beginRow();
					if (!putNumber(out, column, bytes, value, at, kind, this.#since1904)) return start;
				}
			} else if (type === B) {
				const truth = digitAt(bytes, at++);
				if ((truth !== 0 && truth !== 1) || !closes(bytes, at)) return start;
				this.#beginRow();
				out.putCell(
					column,
					BOOLEANS,
					truth === 1 ? 0 : FALSE_AT,
					truth === 1 ? FALSE_AT : FALSE_END
				);
			} else return start;
			place.column = column;
			start = at + 8;
		}
		return start;
	}

	#viewOf(bytes: Uint8Array): DataView {
		if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
		return this.#view;
	}

	#beginRow(): void {
		const place = this.#place;
		if (place.begun) return;
		this.#out.blanksTo(place.row);
		place.begun = true;
	}
}

/** The digit at a place, or less than zero. */
function digitAt(bytes: Uint8Array, at: number): number {
	const digit = (bytes[at] as number) - ZERO;
	return digit <= 9 ? digit : -1;
}

const isRow = (bytes: Uint8Array, at: number): boolean =>
	bytes[at] === R && bytes[at + 1] === O && bytes[at + 2] === W;

/** Whether a cell's value and the cell close at a place. */
const closes = (bytes: Uint8Array, at: number): boolean =>
	bytes[at] === LESS &&
	bytes[at + 1] === SLASH &&
	bytes[at + 2] === V &&
	bytes[at + 3] === GREATER &&
	bytes[at + 4] === LESS &&
	bytes[at + 5] === SLASH &&
	bytes[at + 6] === C &&
	bytes[at + 7] === GREATER;

/** Where a number that is written as the rewritten text has it ends, or -1: see `putNumber`. */
function numberEnd(bytes: Uint8Array, start: number): number {
	let at = start;
	const negative = bytes[at] === DASH;
	if (negative) at++;
	const first = at;
	let some = 0;
	for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) some |= digit;
	if (at === first || (bytes[first] === ZERO && at !== first + 1)) return -1;
	if (bytes[at] === DOT) {
		const point = at++;
		for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) some |= digit;
		if (at === point + 1 || at - first > 16) return -1;
	} else if (at - first > 15) return -1;
	return negative && some === 0 ? -1 : at;
}

/** Behind `>` of an opening tag whose attributes are ` name="value"`, from behind one of them; -1 for others. */
function attributesEnd(bytes: Uint8Array, from: number, most: number): number {
	let at = from;
	for (;;) {
		if (bytes[at] === GREATER) return at + 1;
		if (bytes[at] !== SPACE) return -1;
		const name = ++at;
		while (isLetter(bytes[at] as number)) at++;
		if (at === name || at > most || bytes[at] !== EQUALS || bytes[at + 1] !== QUOTE) return -1;
		at += 2;
		while (bytes[at] !== QUOTE) if (++at > most) return -1;
		at++;
	}
}

/** Of the names of attributes, their prefixes and the digits in them too. */
function isLetter(byte: number): boolean {
	const low = byte | 0x20;
	return (low >= 0x61 && low <= 0x7a) || (byte >= ZERO && byte <= COLON);
}
