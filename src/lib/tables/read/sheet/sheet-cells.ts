/**
 * Reads the cells of an Excel sheet into records, as its XML comes. What the sheet says of its own size is not asked
 * for; rows and cells without a number of their own follow the one before.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ascii } from './ascii.ts';
import { cleanText, putBoolean, putIso, putNumber } from './cell-values.ts';
import type { MergedRange } from './merged-cells.ts';
import { DATE, PLAIN, type NumberKind } from './number-format.ts';
import { PlainCells, SheetPlace } from './plain-cells.ts';
import type { RecordWriter } from './record-writer.ts';
import { RichText, type SharedStrings } from './shared-strings.ts';
import { copyText, textOf } from './xml-text.ts';
import { CDATA, CLOSE, MORE, OPEN, TEXT, damagedXml, type XmlTokens } from './xml-tokens.ts';

const ROW = ascii('row');
const CELL = ascii('c');
const VALUE = ascii('v');
const INLINE = ascii('is');
const MERGE = ascii('mergeCell');
const REF = ascii('ref');

/** What a cell says its value is (ECMA-376 part 1, 18.18.11). */
const NUMBER = 0;
const SHARED = 1;
const TEXTUAL = 2;
const BOOLEAN = 3;
const ERROR = 4;
const ISO_DATE = 5;

/** Merged ranges that a sheet may have. */
const MAX_MERGED = 1_000_000;

export interface SheetContext {
	readonly shared: SharedStrings;
	/** What each cell style's number format says. */
	readonly kinds: Uint8Array;
	readonly since1904: boolean;
}

export class SheetCells {
	readonly out: RecordWriter;
	readonly merged: MergedRange[] = [];
	/** Cells that hold an error: `#N/A`, `#REF!`… */
	errors = 0;
	/** Cells said to be numbers or dates that are none. */
	asText = 0;
	/** Cells hold texts of their own, or shared ones that are no UTF-8. */
	unchecked: boolean;

	readonly #shared: SharedStrings;
	readonly #kinds: Uint8Array;
	readonly #since1904: boolean;
	readonly #rich = new RichText();

	readonly #place = new SheetPlace();
	readonly #plain: PlainCells;
	#type = NUMBER;
	#style = 0;
	#inCell = false;
	#inValue = false;
	/** The open cell's value was read. */
	#valued = false;
	#inline = false;

	constructor(out: RecordWriter, { shared, kinds, since1904 }: SheetContext) {
		this.out = out;
		this.#shared = shared;
		this.#kinds = kinds;
		this.#since1904 = since1904;
		this.unchecked = !shared.sound();
		this.#plain = new PlainCells(out, shared, kinds, since1904, this.#place);
	}

	/** Reads the tokens there are. */
	take(tokens: XmlTokens): void {
		for (;;) {
			if (this.#place.row >= 0 && !this.#inCell) this.#plain.read(tokens);
			const token = tokens.next();
			if (token === OPEN) this.#open(tokens);
			else if (token === CLOSE) this.#close(tokens);
			else if (token === MORE) return;
			else if (this.#inValue) {
				if (this.#valued) throw damagedXml('value in pieces');
				this.#valued = true;
				this.#value(tokens.bytes, tokens.start, tokens.end, token === CDATA);
			} else if (this.#inline) this.#rich.text(tokens, this.out, token !== TEXT);
		}
	}

	#open(tokens: XmlTokens): void {
		if (this.#inCell) {
			if (this.#inline) this.#rich.open(tokens);
			else if (tokens.empty) return;
			else if (tokens.is(VALUE)) this.#inValue = true;
			else if (tokens.is(INLINE)) {
				this.#inline = true;
				this.unchecked = true;
				this.#cell();
				this.#rich.begin(this.out);
			}
		} else if (this.#place.row >= 0) {
			if (!tokens.is(CELL)) return;
			this.#openCell(tokens);
			if (tokens.empty || this.#atOnce(tokens)) return;
			this.#inCell = true;
			this.#valued = false;
		} else if (tokens.is(ROW)) this.#openRow(tokens);
		else if (tokens.is(MERGE)) this.#merge(tokens);
	}

	#close(tokens: XmlTokens): void {
		if (this.#inline) {
			this.#rich.close(tokens, this.out);
			if (!tokens.is(INLINE)) return;
			this.#inline = false;
			this.#rich.finish(this.out);
			if (this.out.cellIsEmpty()) this.out.uncell();
		} else if (this.#inCell) {
			if (tokens.is(VALUE)) this.#inValue = false;
			else if (tokens.is(CELL)) this.#inCell = false;
		} else if (this.#place.row >= 0 && tokens.is(ROW)) this.#closeRow();
	}

	#openRow(tokens: XmlTokens): void {
		let row = this.#place.nextRow;
		this.#place.numbered = false;
		for (let a = 0; a < 4 * tokens.attributeCount; a += 4) {
			const name = tokens.attributes[a] as number;
			if ((tokens.attributes[a + 1] as number) - name !== 1 || tokens.bytes[name] !== 0x72)
				continue;
			row = integer(tokens, a) - 1;
			this.#place.numbered = true;
			break;
		}
		if (row < this.#place.nextRow) throw damagedXml('rows out of order');
		this.#place.row = row;
		this.#place.begun = false;
		this.#place.column = -1;
		if (tokens.empty) this.#closeRow();
	}

	#closeRow(): void {
		if (this.#place.begun) this.out.endRecord();
		this.#place.nextRow = this.#place.row + 1;
		this.#place.row = -1;
	}

	#openCell(tokens: XmlTokens): void {
		const { attributes, bytes } = tokens;
		this.#type = NUMBER;
		this.#style = 0;
		let column = this.#place.column + 1;
		for (let a = 0; a < 4 * tokens.attributeCount; a += 4) {
			const name = attributes[a] as number;
			if ((attributes[a + 1] as number) - name !== 1) continue;
			const letter = bytes[name];
			const from = attributes[a + 2] as number;
			const to = attributes[a + 3] as number;
			if (letter === 0x72) {
				let at = from;
				column = 0;
				for (; at < to; at++) {
					const place = ((bytes[at] as number) | 0x20) - 96;
					if (place < 1 || place > 26) break;
					column = column * 26 + place;
				}
				if (column === 0 || column > 16_384) throw damagedXml('cell reference');
				column--;
				if (!this.#place.numbered && !this.#place.begun) this.#numberRow(tokens, at, to);
			} else if (letter === 0x73) this.#style = integer(tokens, a);
			else if (letter === 0x74) this.#type = typeOf(bytes, from, to);
		}
		this.#place.column = column;
	}

	/** A row without a number takes that of its first cell. */
	#numberRow({ bytes }: XmlTokens, from: number, to: number): void {
		let row = 0;
		for (let at = from; at < to; at++) row = row * 10 + (bytes[at] as number) - 48;
		if (row - 1 > this.#place.row && row <= 1_048_576) this.#place.row = row - 1;
		this.#place.numbered = true;
	}

	/** `<v>…</v></c>`, as nearly all cells go on, read without a token for each tag. */
	#atOnce(tokens: XmlTokens): boolean {
		const { bytes, stop } = tokens;
		const from = tokens.at + 3;
		if (from + 8 > stop) return false;
		if (bytes[from - 3] !== 0x3c || bytes[from - 2] !== 0x76 || bytes[from - 1] !== 0x3e)
			return false;
		const near = Math.min(stop - 8, from + 32);
		let to = from;
		while (to < near && bytes[to] !== 0x3c) to++;
		if (
			bytes[to] !== 0x3c ||
			bytes[to + 1] !== 0x2f ||
			bytes[to + 2] !== 0x76 ||
			bytes[to + 3] !== 0x3e ||
			bytes[to + 4] !== 0x3c ||
			bytes[to + 5] !== 0x2f ||
			bytes[to + 6] !== 0x63 ||
			bytes[to + 7] !== 0x3e
		)
			return false;
		tokens.at = to + 8;
		tokens.depth--;
		if (to > from) this.#value(bytes, from, to, false);
		return true;
	}

	/** Begins the cell in the text, and its row before it. */
	#cell(): void {
		this.#beginRow();
		this.out.cell(this.#place.column);
	}

	#beginRow(): void {
		if (this.#place.begun) return;
		this.out.blanksTo(this.#place.row);
		this.#place.begun = true;
	}

	#value(bytes: Uint8Array, start: number, end: number, raw: boolean): void {
		const { out } = this;
		switch (this.#type) {
			case SHARED: {
				let index = 0;
				for (let i = start; i < end; i++) {
					const digit = (bytes[i] as number) - 48;
					if (digit >= 0 && digit <= 9) index = index * 10 + digit;
					else if ((bytes[i] as number) > 0x20) throw damagedXml('shared text');
				}
				const { offsets, count, text } = this.#shared;
				if (index >= count) throw damagedXml('shared text');
				const from = offsets[index] as number;
				const to = offsets[index + 1] as number;
				if (from === to) return;
				this.#beginRow();
				out.putCell(this.#place.column, text.view, from, to);
				return;
			}
			case NUMBER: {
				this.#beginRow();
				const kind = (this.#kinds[this.#style] ?? PLAIN) as NumberKind;
				if (putNumber(out, this.#place.column, bytes, start, end, kind, this.#since1904)) return;
				if (blank(bytes, start, end)) return;
				if (!raw && bytes.subarray(start, end).includes(0x26)) {
					const plain = new Uint8Array(end - start);
					this.#value(plain, 0, copyText(bytes, start, end, plain, 0), true);
					return;
				}
				this.asText++;
				break;
			}
			case BOOLEAN: {
				if (blank(bytes, start, end)) return;
				this.#cell();
				const first = end - start === 1 ? bytes[start] : (bytes[start] as number) | 0x20;
				putBoolean(out, first === 0x31 || first === 0x74);
				return;
			}
			case ERROR:
				this.errors++;
				return;
			case ISO_DATE: {
				this.#cell();
				let text = textOf(bytes, start, end).trim();
				if (this.#kinds[this.#style] === DATE && text.slice(10).startsWith('T00:00:00'))
					text = text.slice(0, 10);
				if (putIso(out, text)) return;
				out.uncell();
				this.asText++;
				break;
			}
		}
		this.unchecked = true;
		this.#cell();
		const from = out.length;
		out.room(end - start + 64);
		if (raw) {
			out.bytes.set(bytes.subarray(start, end), from);
			out.length += end - start;
		} else out.length = copyText(bytes, start, end, out.bytes, from);
		cleanText(out, from, true);
	}

	#merge(tokens: XmlTokens): void {
		const at = tokens.attribute(REF);
		if (at < 0) return;
		const range = parseRange(
			textOf(tokens.bytes, tokens.attributes[at + 2] as number, tokens.attributes[at + 3] as number)
		);
		if (!range) return;
		if (this.merged.length >= MAX_MERGED)
			throw new InvalidError('sheet_too_many_cells', { millions: MAX_MERGED / 1e6 });
		this.merged.push(range);
	}
}

/** `B2:C10`; null for what is none, or holds one cell. */
function parseRange(ref: string): MergedRange | null {
	const [, a, one, b, two] =
		/^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(ref) ?? [];
	if (!a || !b) return null;
	const columns = [a, b].map((letters) => {
		let column = 0;
		for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
		return column - 1;
	});
	const rows = [Number(one) - 1, Number(two) - 1];
	const range = {
		top: Math.min(...rows),
		left: Math.min(...columns),
		bottom: Math.max(...rows),
		right: Math.max(...columns)
	};
	if (range.top < 0 || (range.top === range.bottom && range.left === range.right)) return null;
	return range;
}

function typeOf(bytes: Uint8Array, from: number, to: number): number {
	if (to - from > 1) return TEXTUAL;
	switch (bytes[from]) {
		case 0x73: // s
			return SHARED;
		case 0x62: // b
			return BOOLEAN;
		case 0x65: // e
			return ERROR;
		case 0x64: // d
			return ISO_DATE;
		default:
			return NUMBER;
	}
}

/** The attribute's value as a whole number. */
function integer({ bytes, attributes }: XmlTokens, a: number): number {
	let value = 0;
	const end = attributes[a + 3] as number;
	for (let i = attributes[a + 2] as number; i < end; i++) {
		const digit = (bytes[i] as number) - 48;
		if (digit < 0 || digit > 9 || value > 1e9) throw damagedXml('number');
		value = value * 10 + digit;
	}
	return value;
}

function blank(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) if ((bytes[i] as number) > 0x20) return false;
	return true;
}
