/** Builds typed columns from the cells that the scanner found: one builder a column, fed a block of records at a time. */
import { storedAs } from '../../core/dataset/value-type.ts';
import type { DateOrder, DecimalMark, ImportType } from '../../core/protocol/import.ts';
import { MS_PER_DAY, type Column, type TextDictionary } from '../column.ts';
import { CellLog } from './cell-log.ts';
import { codeIn } from './code-cells.ts';
import { latinToUtf8 } from './csv-encoding.ts';
import type { MissingTexts } from './missing-texts.ts';
import { PlainDays } from './plain-days.ts';
import { BOOLEAN_MARK, DATE_MARK, NUMBER_MARK } from './opened-file.ts';
import { parseBoolean } from '../values/parse-boolean.ts';
import { DateParser } from '../values/parse-date.ts';
import { LEADING_ZERO, NumberParser, TOO_LONG } from '../values/parse-number.ts';
import { invalidUtf8At } from '../utf8.ts';
import { TextInterner } from '../text-interner.ts';
import { Unquoted, UnquotedTexts } from './unquoted.ts';

/** The cells of one column in a block: cell `i` is `bytes[starts[base + i] .. ends[base + i])`. */
export interface CellBlock {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly view: DataView<ArrayBuffer>;
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	readonly base: number;
	readonly count: number;
	/** Row of the table at which the block begins. */
	readonly row: number;
}

export interface ColumnFormat {
	readonly type: ImportType;
	readonly decimal: DecimalMark;
	readonly dateOrder: DateOrder;
	readonly latin: boolean;
	readonly missing: MissingTexts;
	/** About how many rows there will be: what is laid out for them at once need not be moved as it grows. */
	readonly rows?: number;
	/** Cells may begin with a mark: a rewritten text. */
	readonly marked?: boolean;
	/** Numbers: codes that may stand beside them or in their place. */
	readonly codes?: ReadonlySet<string> | null;
	/** Numbers: a zero is no value. */
	readonly zeroMissing?: boolean;
}

/** Numbers: the codes beside them or in their place. */
export interface CodesFound {
	readonly texts: readonly string[];
	/** Rows of each. */
	readonly counts: readonly number[];
	/** For each code that was found: its row, and its text. */
	readonly rows: Int32Array;
	readonly ids: Int32Array;
	readonly log: CellLog;
}

/** What did not fit, by what it is instead: for widening a type that was guessed from the beginning of the file. */
export interface Misfits {
	total: number;
	/** Numbers, where whole ones were expected. */
	numbers: number;
	/** Dates with a time, where plain ones were expected. */
	timed: number;
	leadingZeros: number;
	tooLong: number;
	readonly log: CellLog;
}

export interface BuiltColumn {
	/** Without its name, which is decided elsewhere. */
	readonly column: Column;
	readonly misfits: Misfits;
	/** Rows for each text of the missing texts. */
	readonly markers: readonly number[];
	readonly spaced: number;
	/** Text: rows of each dictionary entry. */
	readonly counts: Int32Array | null;
	/** Whether a value is no UTF-8, where it should be. */
	readonly malformed: boolean;
	readonly codes: CodesFound | null;
	readonly zeros: number;
	/** Zeros that were made missing. */
	readonly zeroLog: CellLog | null;
}

export interface ColumnBuilder {
	append(block: CellBlock): void;
	finish(rows: number): BuiltColumn;
}

export function columnBuilder(format: ColumnFormat): ColumnBuilder {
	switch (storedAs(format.type)) {
		case 'text':
			return new TextBuilder(format);
		case 'integer':
		case 'number':
			return new NumericBuilder(format);
		case 'date':
			return new DateBuilder(format);
		case 'datetime':
			return new DateTimeBuilder(format);
		case 'boolean':
			return new BooleanBuilder(format);
	}
}

const grown = <
	A extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>
>(
	array: A,
	needed: number
): A => {
	if (needed <= array.length) return array;
	const wider = new (array.constructor as new (length: number) => A)(
		Math.max(needed, array.length * 2, 4096)
	);
	wider.set(array as never);
	return wider;
};

/** What the typed builders share: rows without a value, and values that do not fit. */
abstract class TypedBuilder implements ColumnBuilder {
	protected readonly unquoted = new Unquoted();
	protected readonly misfits: Misfits = {
		total: 0,
		numbers: 0,
		timed: 0,
		leadingZeros: 0,
		tooLong: 0,
		log: new CellLog()
	};
	#absent: Int32Array<ArrayBuffer> = new Int32Array(0);
	#absentCount = 0;
	readonly #missing: MissingTexts;
	readonly #markers: number[];
	readonly #latin: boolean;
	#malformed = false;

	constructor(format: ColumnFormat) {
		this.#latin = format.latin;
		this.#missing = format.missing;
		this.#markers = format.missing.texts.map(() => 0);
	}

	abstract append(block: CellBlock): void;
	protected abstract values(rows: number): Column;

	/** A cell that no value was read from: a missing one, or one that does not fit (answers true). */
	protected absent(bytes: Uint8Array, start: number, end: number, row: number): boolean {
		this.#absent = grown(this.#absent, this.#absentCount + 1);
		this.#absent[this.#absentCount++] = row;
		if (start === end) return false;
		const marker = this.#missing.match(bytes, start, end);
		if (marker >= 0) this.#markers[marker] = (this.#markers[marker] as number) + 1;
		else if (marker === -1 && !this.#latin && !this.#malformed)
			this.#malformed = invalidUtf8At(bytes, start, end) >= 0;
		return marker === -1;
	}

	/** Counts a value that does not fit; `start` and `end` as the scanner gave them. */
	protected misfit(row: number, start: number, end: number): void {
		this.misfits.total++;
		this.misfits.log.add(row, start, end);
	}

	finish(rows: number): BuiltColumn {
		const missing = this.#absentCount;
		let valid: Uint8Array<ArrayBuffer> | null = null;
		if (missing) {
			valid = new Uint8Array((rows + 7) >> 3).fill(0xff);
			if (rows & 7) valid[valid.length - 1] = (1 << (rows & 7)) - 1;
			for (let i = 0; i < missing; i++) {
				const row = this.#absent[i] as number;
				valid[row >> 3] = (valid[row >> 3] as number) & ~(1 << (row & 7));
			}
		}
		return {
			column: { ...this.values(rows), length: rows, missing, valid },
			misfits: this.misfits,
			markers: this.#markers,
			spaced: 0,
			counts: null,
			malformed: this.#malformed,
			codes: null,
			zeros: 0,
			zeroLog: null
		};
	}
}

const bare = { name: '', length: 0, missing: 0, valid: null };

/** Numbers; whole ones only where the type says so. */
class NumericBuilder extends TypedBuilder {
	readonly #parser: NumberParser;
	readonly #whole: boolean;
	#values: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
	#zeros = 0;
	readonly #zeroMissing: boolean;
	readonly #zeroLog = new CellLog();
	readonly #latin: boolean;
	readonly #allowed: ReadonlySet<string> | null;
	readonly #ids = new Map<string, number>();
	readonly #codeCounts: number[] = [];
	#codeRows: Int32Array<ArrayBuffer> = new Int32Array(0);
	#codeIds: Int32Array<ArrayBuffer> = new Int32Array(0);
	#coded = 0;
	readonly #codeLog = new CellLog();

	constructor(format: ColumnFormat) {
		super(format);
		this.#parser = new NumberParser(format.decimal, format.latin);
		this.#whole = storedAs(format.type) === 'integer';
		this.#values = new (this.#whole ? Int32Array : Float64Array)(format.rows ?? 0);
		this.#latin = format.latin;
		this.#allowed = format.codes ?? null;
		this.#zeroMissing = format.zeroMissing ?? false;
	}

	append(block: CellBlock): void {
		const { starts, ends, base, count, row } = block;
		const values = (this.#values = grown(this.#values, row + count));
		const parser = this.#parser;
		const whole = this.#whole;
		for (let i = 0; i < count; i++) {
			let bytes = block.bytes;
			let start = starts[base + i] as number;
			let end = ends[base + i] as number;
			if (end < 0) {
				const plain = this.unquoted.of(bytes, start, ~end);
				bytes = plain.bytes;
				start = 0;
				end = plain.end;
			}
			let value = parser.parse(bytes, start, end);
			const read = value === value;
			if (!read) value = this.#refuse(bytes, start, end, block, i);
			if (value === 0) {
				if (whole && read && parser.fractional) this.#broken(bytes, start, end, block, i);
				else {
					this.#zeros++;
					if (this.#zeroMissing) this.#noZero(block, i);
				}
			} else if (value === value) {
				// Beside a code, only what the number is counts.
				if (whole && (value !== (value | 0) || (read && parser.fractional)))
					this.#broken(bytes, start, end, block, i);
				else values[row + i] = value;
			}
		}
	}

	protected values(rows: number): Column {
		const values = this.#values.subarray(0, rows);
		return values instanceof Int32Array
			? { ...bare, type: 'integer', values }
			: { ...bare, type: 'number', values };
	}

	/** A number where a whole one was expected. */
	#broken(bytes: Uint8Array, start: number, end: number, block: CellBlock, i: number): void {
		this.misfits.numbers++;
		this.absent(bytes, start, end, block.row + i);
		this.misfit(
			block.row + i,
			block.starts[block.base + i] as number,
			block.ends[block.base + i] as number
		);
	}

	/** A zero that says that nothing was written down. */
	#noZero(block: CellBlock, i: number): void {
		const row = block.row + i;
		this.absent(block.bytes, 0, 0, row);
		this.#zeroLog.add(
			row,
			block.starts[block.base + i] as number,
			block.ends[block.base + i] as number
		);
	}

	/** After the parser gave NaN: the number that stands beside a code, or NaN for no number at all. */
	#refuse(bytes: Uint8Array, start: number, end: number, block: CellBlock, i: number): number {
		const { fault } = this.#parser;
		const row = block.row + i;
		const from = block.starts[block.base + i] as number;
		const to = block.ends[block.base + i] as number;
		const found = this.#allowed && start < end ? codeIn(bytes, start, end, this.#latin) : null;
		if (found && this.#allowed?.has(found.code)) {
			const value = found.stop > start ? this.#parser.parse(bytes, start, found.stop) : NaN;
			if (value === value || found.stop <= start) {
				this.#keep(found.code, row);
				this.#codeLog.add(row, from, to);
				if (value !== value) this.absent(bytes, 0, 0, row);
				return value;
			}
		}
		if (!this.absent(bytes, start, end, row)) return NaN;
		if (fault === LEADING_ZERO) this.misfits.leadingZeros++;
		else if (fault === TOO_LONG) this.misfits.tooLong++;
		this.misfit(row, from, to);
		return NaN;
	}

	#keep(code: string, row: number): void {
		let id = this.#ids.get(code);
		if (id === undefined) {
			this.#ids.set(code, (id = this.#ids.size));
			this.#codeCounts.push(0);
		}
		this.#codeCounts[id] = (this.#codeCounts[id] ?? 0) + 1;
		this.#codeRows = grown(this.#codeRows, this.#coded + 1);
		this.#codeIds = grown(this.#codeIds, this.#coded + 1);
		this.#codeRows[this.#coded] = row;
		this.#codeIds[this.#coded++] = id;
	}

	override finish(rows: number): BuiltColumn {
		return {
			...super.finish(rows),
			codes: this.#coded
				? {
						texts: [...this.#ids.keys()],
						counts: this.#codeCounts,
						rows: this.#codeRows.subarray(0, this.#coded),
						ids: this.#codeIds.subarray(0, this.#coded),
						log: this.#codeLog
					}
				: null,
			zeros: this.#zeros,
			zeroLog: this.#zeroMissing ? this.#zeroLog : null
		};
	}
}

/** Dates, and date-times: what they share but where the values go. */
abstract class TimeBuilder extends TypedBuilder {
	readonly #parser: DateParser;
	readonly #days: PlainDays;
	readonly #plain: boolean;
	readonly #marked: boolean;
	constructor(format: ColumnFormat) {
		super(format);
		this.#days = new PlainDays(format.dateOrder);
		this.#parser = new DateParser(format.dateOrder, { latin: format.latin });
		this.#plain = format.type === 'date';
		this.#marked = format.marked ?? false;
	}

	protected abstract room(rows: number): void;
	protected abstract put(row: number, ms: number): void;

	append(block: CellBlock): void {
		const { starts, ends, base, count, row } = block;
		this.room(row + count);
		const parser = this.#parser;
		const days = this.#days;
		for (let i = 0; i < count; i++) {
			let bytes = block.bytes;
			let start = starts[base + i] as number;
			let end = ends[base + i] as number;
			if (end < 0) {
				const plain = this.unquoted.of(bytes, start, ~end);
				bytes = plain.bytes;
				start = 0;
				end = plain.end;
			}
			if (this.#marked && start < end && bytes[start] === DATE_MARK) start++;
			const written = end - start === 10 ? days.read(bytes, start) : NaN;
			if (written === written) {
				this.put(row + i, written * MS_PER_DAY);
				continue;
			}
			const value = parser.parse(bytes, start, end);
			if (value === value && !(this.#plain && parser.timed)) {
				this.put(row + i, value);
				continue;
			}
			if (value === value) this.misfits.timed++;
			if (this.absent(bytes, start, end, row + i))
				this.misfit(row + i, starts[base + i] as number, ends[base + i] as number);
		}
	}
}

class DateBuilder extends TimeBuilder {
	#days: Int32Array<ArrayBuffer>;
	constructor(format: ColumnFormat) {
		super(format);
		this.#days = new Int32Array(format.rows ?? 0);
	}
	protected room(rows: number): void {
		this.#days = grown(this.#days, rows);
	}
	protected put(row: number, ms: number): void {
		this.#days[row] = ms / MS_PER_DAY;
	}
	protected values(rows: number): Column {
		return { ...bare, type: 'date', values: this.#days.subarray(0, rows) };
	}
}

class DateTimeBuilder extends TimeBuilder {
	/** Of each value its low and its high half: a BigInt for each row would be an object for each row. */
	#halves: Int32Array<ArrayBuffer>;
	constructor(format: ColumnFormat) {
		super(format);
		this.#halves = new Int32Array(2 * (format.rows ?? 0));
	}
	protected room(rows: number): void {
		this.#halves = grown(this.#halves, 2 * rows);
	}
	protected put(row: number, ms: number): void {
		const high = Math.floor(ms / 4_294_967_296);
		this.#halves[2 * row] = ms - high * 4_294_967_296;
		this.#halves[2 * row + 1] = high;
	}
	protected values(rows: number): Column {
		return { ...bare, type: 'datetime', values: new BigInt64Array(this.#halves.buffer, 0, rows) };
	}
}

class BooleanBuilder extends TypedBuilder {
	#bits: Uint8Array<ArrayBuffer> = new Uint8Array(0);
	readonly #marked: boolean;
	constructor(format: ColumnFormat) {
		super(format);
		this.#marked = format.marked ?? false;
	}

	append(block: CellBlock): void {
		const { starts, ends, base, count, row } = block;
		const bits = (this.#bits = grown(this.#bits, (row + count + 7) >> 3));
		for (let i = 0; i < count; i++) {
			let start = starts[base + i] as number;
			const end = ends[base + i] as number;
			const stop = end < 0 ? ~end : end;
			if (this.#marked && start < stop && block.bytes[start] === BOOLEAN_MARK) start++;
			const value = end < 0 ? -1 : parseBoolean(block.bytes, start, stop);
			const at = row + i;
			if (value === 1) bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7));
			else if (value < 0 && this.absent(block.bytes, start, stop, at)) this.misfit(at, start, end);
		}
	}
	protected values(rows: number): Column {
		return { ...bare, type: 'boolean', values: this.#bits.subarray(0, (rows + 7) >> 3) };
	}
}

class TextBuilder implements ColumnBuilder {
	#codes: Int32Array<ArrayBuffer>;
	readonly #interner = new TextInterner();
	readonly #unquoted = new UnquotedTexts();
	readonly #format: ColumnFormat;
	constructor(format: ColumnFormat) {
		this.#format = format;
		this.#codes = new Int32Array(format.rows ?? 0);
	}

	append(block: CellBlock): void {
		const { bytes, view, starts, ends, base, count, row } = block;
		const codes = (this.#codes = grown(this.#codes, row + count));
		const interner = this.#interner;
		if (this.#format.marked)
			for (let i = 0; i < count; i++) {
				const start = starts[base + i] as number;
				const byte = start < (ends[base + i] as number) ? (bytes[start] as number) : 0;
				// What follows the mark is the text that people see; no other column reads these cells.
				if (byte >= NUMBER_MARK && byte <= BOOLEAN_MARK) starts[base + i] = start + 1;
			}
		interner.internAll(bytes, view, block, codes, row);
		const unquoted = this.#unquoted;
		for (let i = 0; i < count; i++) {
			const end = ends[base + i] as number;
			if (end >= 0) continue;
			unquoted.add(bytes, view, starts[base + i] as number, ~end, row + i);
			if (unquoted.full) unquoted.intern(interner, codes);
		}
		unquoted.intern(interner, codes);
	}

	finish(rows: number): BuiltColumn {
		const { missing: texts, latin } = this.#format;
		const found = this.#interner.dictionary();
		const size = found.offsets.length - 1;
		const counts = new Int32Array(size);
		const codes = this.#codes.subarray(0, rows);
		for (let row = 0; row < rows; row++) {
			const code = codes[row] as number;
			counts[code] = (counts[code] as number) + 1;
		}
		const markers = texts.texts.map(() => 0);
		const absent = new Uint8Array(size);
		let spaced = 0;
		let missing = 0;
		for (let code = 0; code < size; code++) {
			const start = found.offsets[code] as number;
			const end = found.offsets[code + 1] as number;
			const marker = texts.match(found.bytes, start, end);
			const count = counts[code] as number;
			if (marker !== -1) {
				absent[code] = 1;
				missing += count;
				if (marker >= 0) markers[marker] = (markers[marker] as number) + count;
			} else if ((found.bytes[start] as number) <= 0x20 || (found.bytes[end - 1] as number) <= 0x20)
				spaced += count;
		}
		const misfits: Misfits = {
			total: 0,
			numbers: 0,
			timed: 0,
			leadingZeros: 0,
			tooLong: 0,
			log: new CellLog()
		};
		const kept = missing
			? without(found, absent, codes, counts)
			: { dictionary: found, codes, counts, valid: null };
		let { dictionary } = kept;
		if (latin) dictionary = latinToUtf8(dictionary.bytes, dictionary.offsets);
		return {
			column: {
				name: '',
				length: rows,
				missing,
				valid: kept.valid,
				type: 'text',
				codes: kept.codes,
				dictionary
			},
			misfits,
			markers,
			spaced,
			counts: kept.counts,
			malformed: !latin && invalidUtf8At(dictionary.bytes) >= 0,
			codes: null,
			zeros: 0,
			zeroLog: null
		};
	}
}

/** The same texts without those marked absent: their rows become missing. Codes are changed in place. */
export function without(
	from: TextDictionary,
	absent: Uint8Array,
	codes: Int32Array<ArrayBuffer>,
	counts: Int32Array
): {
	dictionary: TextDictionary;
	codes: Int32Array<ArrayBuffer>;
	counts: Int32Array;
	valid: Uint8Array<ArrayBuffer>;
} {
	const size = absent.length;
	const moved = new Int32Array(size).fill(-1);
	const offsets = new Int32Array(size + 1);
	const bytes = new Uint8Array(from.bytes.length);
	const keptCounts = new Int32Array(size);
	let next = 0;
	let to = 0;
	for (let code = 0; code < size; code++) {
		if (absent[code]) continue;
		const slice = from.bytes.subarray(from.offsets[code], from.offsets[code + 1]);
		bytes.set(slice, to);
		to += slice.length;
		keptCounts[next] = counts[code] as number;
		moved[code] = next++;
		offsets[next] = to;
	}
	const valid = new Uint8Array((codes.length + 7) >> 3);
	for (let row = 0; row < codes.length; row++) {
		const code = moved[codes[row] as number] as number;
		if (code < 0) codes[row] = 0;
		else {
			codes[row] = code;
			valid[row >> 3] = (valid[row >> 3] as number) | (1 << (row & 7));
		}
	}
	return {
		dictionary: { offsets: offsets.slice(0, next + 1), bytes: bytes.slice(0, to) },
		codes,
		counts: keptCounts.subarray(0, next),
		valid
	};
}
