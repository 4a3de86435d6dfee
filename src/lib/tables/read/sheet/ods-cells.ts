/**
 * Reads the tables of an OpenDocument spreadsheet (`content.xml`) as its XML comes: all sheets are in one part, and
 * the one that is wanted becomes records. Rows and cells that say they are repeated are written out within the limits.
 */
import { InvalidError } from '../../../core/errors.ts';
import { MAX_CELL_BYTES } from '../csv-scanner.ts';
import { ascii } from './ascii.ts';
import { cleanText, putBoolean, putIso, putNumber, putText } from './cell-values.ts';
import type { MergedRange } from './merged-cells.ts';
import { DOLLARS, PERCENT, PLAIN } from './number-format.ts';
import type { OpenedSheet } from '../opened-file.ts';
import { bestLikelihood, likelihood, type ReadSheet } from './opened-sheet.ts';
import { RecordWriter, type SheetLimits } from './record-writer.ts';
import { clockText } from './serial-date.ts';
import { copyText, textOf } from './xml-text.ts';
import { CDATA, CLOSE, MORE, OPEN, damagedXml, type XmlTokens } from './xml-tokens.ts';

const STYLE = ascii('style');
const TABLE_PROPERTIES = ascii('table-properties');
const TABLE = ascii('table');
const ROW = ascii('table-row');
const CELL = ascii('table-cell');
const COVERED = ascii('covered-table-cell');
const PARAGRAPH = ascii('p');
const SPACES = ascii('s');
const TAB = ascii('tab');
const LINE_BREAK = ascii('line-break');
/** What may stand in a cell without being its text. */
const ASIDE = ['annotation', 'note', 'frame', 'custom-shape', 'object', 'ruby-text'].map(ascii);

const NAME = ascii('name');
const STYLE_NAME = ascii('style-name');
const DISPLAY = ascii('display');
const COUNT = ascii('c');
const REPEATED_ROWS = ascii('number-rows-repeated');
const REPEATED = ascii('number-columns-repeated');
const ROWS_SPANNED = ascii('number-rows-spanned');
const COLUMNS_SPANNED = ascii('number-columns-spanned');
const VALUE_TYPE = ascii('value-type');
const VALUE = ascii('value');
const DATE_VALUE = ascii('date-value');
const TIME_VALUE = ascii('time-value');
const BOOLEAN_VALUE = ascii('boolean-value');
const STRING_VALUE = ascii('string-value');
const CURRENCY = ascii('currency');
const ERROR = ascii('error');

const MAX_MERGED = 1_000_000;
const MAX_TABLES = 10_000;
/** Bytes of a name, and styles of tables that are not shown. */
const MAX_NAME_BYTES = 1_000;
const MAX_HIDDEN_STYLES = 10_000;
/** `PT19H30M00S`, `P1DT2H`. */
const DURATION =
	/^(-)?P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:[.,]\d{1,12})?)S)?)?$/;

interface Reading {
	readonly name: string;
	readonly hidden: boolean;
	readonly out: RecordWriter;
	readonly merged: MergedRange[];
	errors: number;
	asText: number;
	readonly unchecked: true;
}

export class OdsCells {
	/** Every table, in order. */
	readonly tables: OpenedSheet[] = [];
	/** The one wanted; without a wish, the likeliest: see `likelihood`. */
	read: ReadSheet | null = null;

	readonly #wanted: string | undefined;
	readonly #limits: SheetLimits;
	#likely = 0;
	/** Styles of tables that are not shown. */
	readonly #hiddenStyles = new Set<string>();
	#style = '';
	/** How deep the open table, cell and paragraph are; 0 for none. */
	#table = 0;
	#cell = 0;
	#paragraph = 0;
	/** How deep what is passed over begins. */
	#aside = 0;
	#reading: Reading | null = null;

	#row = 0;
	#rowOpen = false;
	#rowRepeat = 1;
	#begun = false;
	#column = 0;
	#repeat = 1;
	/** Where the value of the open cell begins; -1 while it has none. */
	#from = -1;
	/** The open cell's value is its text. */
	#textual = false;
	#rowsSpanned = 1;
	#columnsSpanned = 1;
	/** Nothing, or a space that may yet be the last, precedes in the paragraph. */
	#afterSpace = true;

	constructor(wanted: string | undefined, limits: SheetLimits) {
		this.#wanted = wanted;
		this.#limits = limits;
	}

	/** Reads the tokens there are. */
	take(tokens: XmlTokens): void {
		for (;;) {
			const token = tokens.next();
			if (token === MORE) return;
			if (token === OPEN) this.#open(tokens);
			else if (token === CLOSE) this.#close(tokens);
			else if (this.#paragraph > 0 && this.#aside === 0 && this.#textual)
				this.#text(tokens, token === CDATA);
		}
	}

	#open(tokens: XmlTokens): void {
		if (this.#table === 0) {
			if (tokens.is(STYLE)) this.#style = nameOf(tokens, NAME) ?? '';
			else if (tokens.is(TABLE_PROPERTIES)) {
				if (stringOf(tokens, DISPLAY) !== 'false') return;
				if (this.#hiddenStyles.size >= MAX_HIDDEN_STYLES) throw damagedXml('styles');
				this.#hiddenStyles.add(this.#style);
			} else if (tokens.is(TABLE) && !tokens.empty) this.#openTable(tokens);
			return;
		}
		if (!this.#reading || this.#aside > 0) return;
		if (this.#cell > 0) {
			if (tokens.empty) this.#openEmpty(tokens);
			else if (this.#paragraph === 0 && tokens.depth === this.#cell + 1 && tokens.is(PARAGRAPH)) {
				this.#paragraph = tokens.depth;
				this.#afterSpace = true;
				if (this.#textual && this.#from >= 0) this.#put(0x0a);
			} else if (ASIDE.some((name) => tokens.is(name))) this.#aside = tokens.depth;
		} else if (this.#rowOpen) {
			if (!tokens.is(CELL) && !tokens.is(COVERED)) return;
			this.#openCell(tokens);
			if (tokens.empty) this.#closeCell();
			else this.#cell = tokens.depth;
		} else if (tokens.is(ROW)) {
			this.#rowRepeat = countOf(tokens, REPEATED_ROWS);
			this.#begun = false;
			this.#column = 0;
			if (tokens.empty) this.#row += this.#rowRepeat;
			else this.#rowOpen = true;
		}
	}

	/** An element without content: of those in a text, three stand for characters. */
	#openEmpty(tokens: XmlTokens): void {
		if (tokens.depth === this.#cell && tokens.is(PARAGRAPH)) {
			if (this.#textual && this.#from >= 0) this.#put(0x0a);
			return;
		}
		if (this.#paragraph === 0 || !this.#textual) return;
		if (tokens.is(SPACES)) {
			const count = countOf(tokens, COUNT);
			if (count > MAX_CELL_BYTES) this.#tooLong();
			for (let i = 0; i < count; i++) this.#put(0x20);
			this.#afterSpace = false;
		} else if (tokens.is(TAB) || tokens.is(LINE_BREAK)) {
			this.#put(tokens.is(TAB) ? 0x09 : 0x0a);
			this.#afterSpace = false;
		}
	}

	#close(tokens: XmlTokens): void {
		const { depth } = tokens;
		if (this.#aside > depth) this.#aside = 0;
		else if (this.#paragraph > depth) {
			this.#paragraph = 0;
			// A space at the end of a paragraph is none.
			const { length, bytes } = this.#reading?.out ?? { length: 0, bytes: EMPTY };
			if (this.#afterSpace && this.#from >= 0 && this.#from < length && this.#reading)
				if (bytes[length - 1] === 0x20) this.#reading.out.length--;
		} else if (this.#cell > depth) {
			this.#cell = 0;
			this.#closeCell();
		} else if (this.#rowOpen && tokens.is(ROW)) this.#closeRow();
		else if (this.#table > depth) this.#closeTable();
	}

	#openTable(tokens: XmlTokens): void {
		const name = nameOf(tokens, NAME) ?? '';
		const hidden = this.#hiddenStyles.has(nameOf(tokens, STYLE_NAME) ?? '');
		this.#table = tokens.depth;
		if (this.tables.length >= MAX_TABLES) throw damagedXml('tables');
		this.tables.push({ name, hidden, rows: null, columns: null });
		const wanted =
			this.#wanted === undefined
				? bestLikelihood(hidden) > this.#likely
				: !this.read && name === this.#wanted;
		this.#row = 0;
		this.#rowOpen = false;
		this.#reading = wanted
			? {
					name,
					hidden,
					out: new RecordWriter(this.#limits),
					merged: [],
					errors: 0,
					asText: 0,
					unchecked: true
				}
			: null;
	}

	#closeTable(): void {
		this.#table = 0;
		const reading = this.#reading;
		this.#reading = null;
		if (!reading) return;
		const { name, hidden, out } = reading;
		this.tables[this.tables.length - 1] = { name, hidden, rows: out.rows, columns: out.width };
		const found = likelihood(out, hidden);
		if (found <= this.#likely && this.#wanted === undefined) return;
		this.read = reading;
		this.#likely = found;
	}

	#closeRow(): void {
		this.#rowOpen = false;
		this.#row += this.#rowRepeat;
		if (!this.#begun || !this.#reading) return;
		const { out } = this.#reading;
		out.endRecord();
		if (this.#rowRepeat > 1) out.repeat(this.#rowRepeat - 1);
	}

	#openCell(tokens: XmlTokens): void {
		const reading = this.#reading as Reading;
		const { out } = reading;
		this.#repeat = countOf(tokens, REPEATED);
		this.#rowsSpanned = countOf(tokens, ROWS_SPANNED);
		this.#columnsSpanned = countOf(tokens, COLUMNS_SPANNED);
		this.#from = -1;
		this.#textual = false;
		const type = stringOf(tokens, VALUE_TYPE);
		if (type === undefined) {
			// Without a type, a cell that has a text is of that text.
			this.#textual = true;
			return;
		}
		if (isError(tokens)) {
			reading.errors += this.#repeat;
			return;
		}
		switch (type) {
			case 'float':
			case 'percentage':
			case 'currency': {
				const at = tokens.attribute(VALUE);
				const kind =
					type === 'percentage'
						? PERCENT
						: type === 'currency' && /^(CAD|USD|\$)?$/.test(stringOf(tokens, CURRENCY) ?? '')
							? DOLLARS
							: PLAIN;
				this.#beginRow();
				const from = tokens.attributes[at + 2] as number;
				const to = tokens.attributes[at + 3] as number;
				if (at >= 0 && putNumber(out, this.#column, tokens.bytes, from, to, kind, false)) {
					this.#from = out.cellStart();
					return;
				}
				break;
			}
			case 'date':
				this.#begin();
				if (putIso(out, stringOf(tokens, DATE_VALUE) ?? '')) return;
				this.#takeBack();
				break;
			case 'time': {
				const ms = durationMs(stringOf(tokens, TIME_VALUE) ?? '');
				if (Number.isNaN(ms)) break;
				this.#begin();
				putText(out, clockText(ms));
				return;
			}
			case 'boolean':
				this.#begin();
				putBoolean(out, stringOf(tokens, BOOLEAN_VALUE) === 'true');
				return;
			default: {
				// Said beside the text, where what is shown is another.
				const at = tokens.attribute(STRING_VALUE);
				const from = tokens.attributes[at + 2] as number;
				const to = tokens.attributes[at + 3] as number;
				this.#textual = true;
				if (at < 0 || from === to) return;
				this.#begin();
				out.room(to - from + 64);
				out.length = copyText(tokens.bytes, from, to, out.bytes, out.length);
				this.#clean();
				this.#textual = false;
				return;
			}
		}
		reading.asText += this.#repeat;
		this.#textual = true;
	}

	#closeCell(): void {
		const { out, merged } = this.#reading as Reading;
		const column = this.#column;
		this.#column += this.#repeat;
		if (this.#from < 0) return;
		if (this.#textual) this.#clean();
		if (out.length === this.#from) {
			out.uncell();
			return;
		}
		if (out.length - this.#from > MAX_CELL_BYTES) this.#tooLong();
		if (this.#rowsSpanned > 1 || this.#columnsSpanned > 1) {
			if (merged.length >= MAX_MERGED)
				throw new InvalidError('sheet_too_many_cells', { millions: MAX_MERGED / 1e6 });
			merged.push({
				top: this.#row,
				left: column,
				bottom: this.#row + this.#rowsSpanned - 1,
				right: column + this.#columnsSpanned - 1
			});
		}
		const from = this.#from;
		const length = out.length - from;
		for (let n = 1; n < this.#repeat; n++) {
			out.cell(column + n);
			out.room(length + 64);
			out.bytes.copyWithin(out.length, from, from + length);
			out.length += length;
		}
	}

	#beginRow(): void {
		if (this.#begun || !this.#reading) return;
		this.#reading.out.blanksTo(this.#row);
		this.#begun = true;
	}

	/** Begins the open cell in the text. */
	#begin(): void {
		const { out } = this.#reading as Reading;
		this.#beginRow();
		out.cell(this.#column);
		this.#from = out.length;
	}
	#takeBack(): void {
		this.#reading?.out.uncell();
		this.#from = -1;
	}

	#put(byte: number): void {
		if (this.#from < 0) this.#begin();
		const { out } = this.#reading as Reading;
		out.room(64);
		out.bytes[out.length++] = byte;
	}

	/** A stretch of a paragraph: spaces in a row are one, and those at its beginning none. */
	#text(tokens: XmlTokens, raw: boolean): void {
		const { out } = this.#reading as Reading;
		const { bytes, start, end } = tokens;
		if (this.#from < 0) this.#begin();
		out.room(end - start + 64);
		const from = out.length;
		let to: number;
		if (raw) {
			out.bytes.set(bytes.subarray(start, end), from);
			to = from + end - start;
		} else to = copyText(bytes, start, end, out.bytes, from);
		let at = from;
		for (let i = from; i < to; i++) {
			const byte = out.bytes[i] as number;
			const space = byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
			if (space && this.#afterSpace) continue;
			out.bytes[at++] = space ? 0x20 : byte;
			this.#afterSpace = space;
		}
		out.length = at;
		if (out.length - this.#from > MAX_CELL_BYTES) this.#tooLong();
	}

	#clean(): void {
		cleanText((this.#reading as Reading).out, this.#from, false);
	}

	#tooLong(): never {
		throw new InvalidError('sheet_cell_too_long', { megabytes: MAX_CELL_BYTES / 1e6 });
	}
}

const EMPTY = new Uint8Array(0);

function stringOf(tokens: XmlTokens, name: Uint8Array): string | undefined {
	const at = tokens.attribute(name);
	if (at < 0) return undefined;
	return textOf(
		tokens.bytes,
		tokens.attributes[at + 2] as number,
		tokens.attributes[at + 3] as number
	);
}

/** The name of a style or of a table: longer ones, kept by the thousand, would take all the memory. */
function nameOf(tokens: XmlTokens, name: Uint8Array): string | undefined {
	const at = tokens.attribute(name);
	const length = (tokens.attributes[at + 3] as number) - (tokens.attributes[at + 2] as number);
	if (at >= 0 && length > MAX_NAME_BYTES) throw damagedXml('name too long');
	return stringOf(tokens, name);
}

/** How often, or over how many; 1 where it does not say. */
function countOf(tokens: XmlTokens, name: Uint8Array): number {
	const text = stringOf(tokens, name);
	if (text === undefined) return 1;
	if (!/^\d{1,9}$/.test(text)) throw damagedXml('count');
	return Math.max(1, Number(text));
}

/** Said by LibreOffice beside the type, in a namespace of its own. */
function isError(tokens: XmlTokens): boolean {
	for (let a = 0; a < 4 * tokens.attributeCount; a += 4) {
		const [name, nameEnd, value, valueEnd] = tokens.attributes.subarray(a, a + 4);
		if (tokens.is(VALUE_TYPE, name, nameEnd) && tokens.is(ERROR, value, valueEnd)) return true;
	}
	return false;
}

/** Milliseconds of an ISO duration, or NaN. */
function durationMs(text: string): number {
	const found = DURATION.exec(text);
	if (!found || !/\d/.test(text)) return NaN;
	const [days, hours, minutes, seconds] = found
		.slice(2)
		.map((part) => Number((part ?? '0').replace(',', '.'))) as [number, number, number, number];
	const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
	return found[1] ? -ms : ms;
}
