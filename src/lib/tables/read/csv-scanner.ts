/**
 * Finds the cells of a delimited text, a block of records at a time, without making a string: for each column,
 * where its cells begin and end. Quotation marks, doubled ones and line ends inside them follow RFC 4180; what
 * does not is taken as it is written, and told as an event. It allocates once.
 */
import { InvalidError } from '../../core/errors.ts';

const QUOTE = 0x22;
const SPACE = 0x20;
const CR = 0x0d;
const LF = 0x0a;
/** One in each of four bytes, and the highest bit of each. */
const ONES = 0x01010101;
const HIGHS = 0x80808080 | 0;

/**
 * Records in a block. No power of two: the cells of a record would lie where they drive one another out of the
 * processor's cache, and a table of two thousand columns take twice as long.
 */
export const BLOCK = 2032;
/** A cell longer than this is no cell of a table: a quotation mark went astray, or the file is something else. */
export const MAX_CELL_BYTES = 1_000_000;

/** Something in the text that is not as it should be. */
export interface ScanEvent {
	readonly code: 'short_row' | 'long_row' | 'unclosed_quote' | 'stray_quote';
	/** Record, from 0, counted from where the reading began. */
	readonly row: number;
	/** Where the record begins, and what is concerned: bytes from the beginning of the text. */
	readonly at: number;
	readonly start: number;
	readonly end: number;
}

export interface ScanOptions {
	readonly start?: number;
	readonly end?: number;
	/** Events listed of each code. */
	readonly listed?: number;
	/** One byte; what the text ends its lines with unless given. A record may then be short without being told. */
	readonly recordEnd?: number;
	/** Whether quotation marks mean something. */
	readonly quotes?: boolean;
}

export class CsvScanner {
	/** `starts[column * BLOCK + record]`. */
	readonly starts: Int32Array;
	/** Where a cell ends; `~end` when doubled quotation marks inside it are still to be made single. */
	readonly ends: Int32Array;
	/** Where the next record begins. */
	position: number;
	/** Records given so far. */
	records = 0;
	/** Where each record of the block begins. */
	readonly begins = new Int32Array(BLOCK);
	readonly eventCounts = new Map<ScanEvent['code'], number>();
	readonly events: ScanEvent[] = [];

	readonly #bytes: Uint8Array;
	readonly #view: DataView;
	readonly #end: number;
	readonly #separator: number;
	readonly #width: number;
	readonly #eol: number;
	readonly #listed: number;
	/** Whether records that are too short are told. */
	readonly #ragged: boolean;
	#quote = QUOTE;
	#unclosed = 0;
	/** Where what follows the quoted cell begins. */
	#after = 0;

	/**
	 * @param separator one ASCII byte
	 * @param width columns; cells beyond are events
	 */
	constructor(
		bytes: Uint8Array,
		separator: number,
		width: number,
		{ start = 0, end = bytes.length, listed = 500, recordEnd, quotes = true }: ScanOptions = {}
	) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#separator = separator;
		this.#width = width;
		this.#end = end;
		this.#listed = listed;
		this.position = start;
		this.starts = new Int32Array(width * BLOCK);
		this.ends = new Int32Array(width * BLOCK);
		this.#eol = recordEnd ?? lineEnd(bytes);
		this.#ragged = recordEnd === undefined;
		if (!quotes) this.#quote = -1;
	}

	/** Reads up to `most` records (at most `BLOCK`); answers how many there were: 0 at the end. */
	next(most: number = BLOCK): number {
		const bytes = this.#bytes;
		const end = this.#end;
		const separator = this.#separator;
		const eol = this.#eol;
		const width = this.#width;
		const { starts, ends, begins } = this;
		const view = this.#view;
		const separators = separator * ONES;
		const eols = eol * ONES;
		let quote = this.#quote;
		let i = this.position;
		/** From the cell's beginning to here, nothing ends it. */
		let ahead = 0;
		let record = 0;
		while (record < most && i < end) {
			// A blank line is no record.
			const first = bytes[i] as number;
			if (first === eol || (first === CR && bytes[i + 1] === eol)) {
				i += first === eol ? 1 : 2;
				continue;
			}
			const begin = i;
			begins[record] = begin;
			let column = 0;
			let beyond = -1;
			for (;;) {
				let head = bytes[i];
				// Most cells are written plainly, and end with a separator.
				for (let at = column * BLOCK + record; column < width; at += BLOCK) {
					if (head === quote || head === SPACE) break;
					// Four bytes at a step until one of them is a mark: a byte is zero where it was one.
					let found = 0;
					for (ahead = i; ahead + 4 <= end; ahead += 4) {
						const four = view.getInt32(ahead, true);
						const a = four ^ separators;
						const b = four ^ eols;
						found = (((a - ONES) & ~a) | ((b - ONES) & ~b)) & HIGHS;
						if (found !== 0) break;
					}
					if (found === 0) break;
					// The lowest is a true one: a borrow makes false ones only above.
					ahead += (31 - Math.clz32(found & -found)) >> 3;
					if (bytes[ahead] !== separator || ahead + 1 === end || ahead - i > MAX_CELL_BYTES) break;
					starts[at] = i;
					ends[at] = ahead;
					column++;
					i = ahead + 1;
					head = bytes[i];
				}
				let from = i;
				let to = -1;
				if (head === quote || head === SPACE) {
					let open = i;
					// Some programs write spaces before and after the marks: they are no part of the cell.
					while (bytes[open] === SPACE && open < end) open++;
					if (bytes[open] === quote) {
						to = this.#quoted(open, begin, record);
						quote = this.#quote;
					}
					if (to !== -1 && to !== NONE) {
						from = open + 1;
						i = this.#after;
						if (bytes[i] === CR && bytes[i + 1] === LF) i++;
					} else to = -1;
				}
				if (to === -1) {
					for (i = Math.max(i, ahead); i < end; i++) {
						const byte = bytes[i];
						if (byte === separator || byte === eol) break;
					}
					to = i;
					if (i > from && bytes[i - 1] === CR && (i === end || bytes[i] === LF)) to--;
					if (to - from > MAX_CELL_BYTES)
						throw new InvalidError('csv_cell_too_long', {
							line: lineCounter(bytes, eol)(begin),
							megabytes: MAX_CELL_BYTES / 1e6
						});
				}
				if (column < width) {
					const at = column * BLOCK + record;
					starts[at] = from;
					ends[at] = to;
				} else if (beyond < 0) beyond = from;
				column++;
				if (i < end && bytes[i] === separator) {
					i++;
					if (i < end) continue;
					// The text ends with a separator: one more empty cell.
					if (column < width) {
						starts[column * BLOCK + record] = i;
						ends[column * BLOCK + record] = i;
					}
					column++;
				}
				break;
			}
			if (column < width) {
				for (let c = column; c < width; c++) {
					starts[c * BLOCK + record] = i;
					ends[c * BLOCK + record] = i;
				}
				if (this.#ragged) this.#tell('short_row', record, begin, begin, i);
			} else if (column > width) {
				// Empty cells at the end of a line lose nothing.
				if (!this.#onlySeparators(beyond, i)) this.#tell('long_row', record, begin, beyond, i);
			}
			i++;
			record++;
		}
		this.position = i;
		this.records += record;
		return record;
	}

	/** Where the cell that opens at `open` closes (`~` when it holds doubled marks), or NONE. */
	#quoted(open: number, begin: number, record: number): number {
		const bytes = this.#bytes;
		const end = this.#end;
		const quote = this.#quote;
		const quotes = quote * ONES;
		const view = this.#view;
		let doubled = false;
		let i = open + 1;
		for (;;) {
			for (; i + 4 <= end; i += 4) {
				const a = view.getInt32(i, true) ^ quotes;
				const found = (a - ONES) & ~a & HIGHS;
				if (found !== 0) {
					i += (31 - Math.clz32(found & -found)) >> 3;
					break;
				}
			}
			if (i + 4 > end) while (i < end && bytes[i] !== quote) i++;
			if (i >= end || i - open > MAX_CELL_BYTES) {
				this.#tell('unclosed_quote', record, begin, open, Math.min(open + 200, end));
				// Looking for the end of each would read the file over and over: this text does not quote.
				if (++this.#unclosed >= 3) this.#quote = -1;
				return NONE;
			}
			if (bytes[i + 1] === quote && i + 1 < end) {
				doubled = true;
				i += 2;
				continue;
			}
			break;
		}
		let after = i + 1;
		while (after < end && bytes[after] === SPACE) after++;
		this.#after = after;
		const byte = bytes[after];
		if (
			after >= end ||
			byte === this.#separator ||
			byte === this.#eol ||
			(byte === CR && (after + 1 >= end || bytes[after + 1] === LF))
		)
			return doubled ? ~i : i;
		this.#tell('stray_quote', record, begin, open, Math.min(after + 60, end));
		return NONE;
	}

	#onlySeparators(from: number, to: number): boolean {
		for (let i = from; i < to; i++)
			if (this.#bytes[i] !== this.#separator && this.#bytes[i] !== CR) return false;
		return true;
	}

	#tell(code: ScanEvent['code'], record: number, at: number, start: number, end: number): void {
		const count = (this.eventCounts.get(code) ?? 0) + 1;
		this.eventCounts.set(code, count);
		if (count > this.#listed) return;
		this.events.push({ code, row: this.records + record, at, start, end });
	}
}

/** No quoted cell here; cannot be an end, nor the complement of one. */
const NONE = 0x7fffffff;

/** What ends a line: LF, unless the text has none and does have CR. */
export function lineEnd(bytes: Uint8Array): number {
	if (bytes.indexOf(LF) >= 0) return LF;
	return bytes.indexOf(CR) >= 0 ? CR : LF;
}

/** Tells the 1-based line of positions asked for in growing order, reading the text once; others cost a reading. */
export function lineCounter(
	bytes: Uint8Array,
	eol: number = lineEnd(bytes)
): (at: number) => number {
	let line = 1;
	let read = 0;
	return (at) => {
		if (at < read) {
			line = 1;
			read = 0;
		}
		for (; read < at; read++) if (bytes[read] === eol) line++;
		return line;
	};
}
