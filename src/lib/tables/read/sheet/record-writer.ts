/**
 * Writes a sheet anew as records and cells (`RewrittenText`). Blank cells and rows are held back until something
 * follows them, so that formatted emptiness at the right or at the bottom of a sheet takes no room.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import { GrowingText } from './growing-text.ts';
import { CELL_END, NUMBER_MARK, RECORD_END } from '../opened-file.ts';

export interface SheetLimits {
	/** Rows; a sheet of Excel has room for as many. */
	readonly rows: number;
	readonly columns: number;
	/** Cells, blank ones before a value included. */
	readonly cells: number;
	/** Bytes of the text. */
	readonly bytes: number;
}
export const SHEET_LIMITS: SheetLimits = {
	rows: 1_048_576,
	columns: ARROW_LIMITS.columns,
	cells: 50_000_000,
	bytes: ARROW_LIMITS.bytes
};

export class RecordWriter extends GrowingText {
	/** Columns of the widest record. */
	width = 0;
	/** The first column with a value in any record. */
	first = Infinity;
	/** Records closed. */
	rows = 0;
	/** Cells with a value. */
	filled = 0;

	readonly #limits: SheetLimits;
	#cells = 0;
	/** Where each record begins. */
	#starts = new Int32Array(4096);
	/** Of the record that is open: column and place of each cell. */
	readonly #columns: Int32Array;
	readonly #places: Int32Array;
	#count = 0;
	/** Separators written in it; -1 once its cells came out of order, and are put in order at its end. */
	#separators = 0;
	#rowStart = 0;
	#last = -1;

	/** @param likely bytes that the text will most likely have */
	constructor(limits: SheetLimits = SHEET_LIMITS, likely = 0) {
		super(limits.bytes, likely);
		this.#limits = limits;
		this.#columns = new Int32Array(limits.columns);
		this.#places = new Int32Array(limits.columns);
	}

	/** Begins the cell of that column, which has a value: its bytes are written next. */
	cell(column: number): void {
		if (column >= this.#limits.columns)
			throw new InvalidError('table_too_wide', { max: this.#limits.columns });
		const count = this.#count;
		if (column > this.#last || count === 0) {
			const blanks = column - this.#separators;
			if (this.#separators >= 0 && blanks > 0) {
				this.#take(blanks);
				this.room(blanks + 64);
				for (let i = 0; i < blanks; i++) this.bytes[this.length++] = CELL_END;
				this.#separators = column;
			}
			this.#last = column;
			if (column >= this.width) this.width = column + 1;
			if (column < this.first) this.first = column;
		} else {
			this.#separators = -1;
			if (column < this.first) this.first = column;
			// One cell of each column is kept: the last one written.
			if (count === this.#limits.columns)
				throw new InvalidError('file_damaged', { why: 'cells told twice' });
		}
		this.#columns[count] = column;
		this.#places[count] = this.length;
		this.#count = count + 1;
		this.filled++;
	}

	/**
	 * A cell of that column with the text `source[from .. to)`, which has no control characters. Three bytes more are
	 * read of the source where it has them.
	 */
	putCell(column: number, source: DataView, from: number, to: number): void {
		this.cell(column);
		this.#put(source, from, to);
	}

	/** A cell of that column with the number `source[from .. to)`, as machines write it. */
	putNumber(column: number, source: DataView, from: number, to: number): void {
		this.cell(column);
		this.room(64);
		this.bytes[this.length++] = NUMBER_MARK;
		this.#put(source, from, to);
	}

	#put(source: DataView, from: number, to: number): void {
		const size = to - from;
		this.room(size + 64);
		const { view, length } = this;
		const whole = Math.min(size, source.byteLength - 3 - from);
		let i = 0;
		// Four at a step, and up to three too many: what comes next takes their place.
		for (; i < whole; i += 4) view.setInt32(length + i, source.getInt32(from + i, true), true);
		for (; i < size; i++) view.setUint8(length + i, source.getUint8(from + i));
		this.length = length + size;
	}

	/** Where the cell just begun begins. */
	cellStart(): number {
		return this.#places[this.#count - 1] as number;
	}

	/** Whether nothing was written of the cell just begun. */
	cellIsEmpty(): boolean {
		return this.length === this.#places[this.#count - 1];
	}

	/** Takes back the cell just begun, which turned out to hold nothing. */
	uncell(): void {
		this.length = this.#places[--this.#count] as number;
		this.filled--;
	}

	/** Closes the record; the next one is `rows`. */
	endRecord(): void {
		if (this.rows >= this.#limits.rows)
			throw new InvalidError('table_too_long', { max: this.#limits.rows });
		if (this.#separators < 0) this.#putInOrder();
		if (this.rows >= this.#starts.length) {
			const wider = new Int32Array(Math.ceil(this.#starts.length * 2));
			wider.set(this.#starts);
			this.#starts = wider;
		}
		this.#take(1);
		this.room(64);
		this.bytes[this.length++] = RECORD_END;
		this.#starts[this.rows++] = this.#rowStart;
		this.#rowStart = this.length;
		this.#count = 0;
		this.#separators = 0;
		this.#last = -1;
	}

	/** Blank records until `row` is the next one. */
	blanksTo(row: number): void {
		if (row > this.#limits.rows)
			throw new InvalidError('table_too_long', { max: this.#limits.rows });
		while (this.rows < row) this.endRecord();
	}

	/** The record just closed, `times` times more. */
	repeat(times: number): void {
		if (this.rows + times > this.#limits.rows)
			throw new InvalidError('table_too_long', { max: this.#limits.rows });
		const start = this.#starts[this.rows - 1] as number;
		const end = this.length;
		if (end + times * (end - start) > this.#limits.bytes)
			throw new InvalidError('table_too_large', { megabytes: this.#limits.bytes / 1e6 });
		// At once: grown step by step, the text would be held twice over.
		this.room(times * (end - start) + 64);
		let cells = 1;
		for (let i = start; i < end; i++) if (this.bytes[i] === CELL_END) cells++;
		for (let n = 0; n < times; n++) {
			this.#take(cells - 1);
			this.room(end - start + 64);
			this.bytes.copyWithin(this.length, start, end - 1);
			this.length += end - start - 1;
			this.endRecord();
		}
	}

	recordStart(row: number): number {
		return row < this.rows ? (this.#starts[row] as number) : this.length;
	}

	#take(cells: number): void {
		this.#cells += cells;
		if (this.#cells > this.#limits.cells)
			throw new InvalidError('sheet_too_many_cells', { millions: this.#limits.cells / 1e6 });
	}

	/** Writes the open record's cells again, by column; of two in one column, the later stands. */
	#putInOrder(): void {
		const start = this.#rowStart;
		const old = this.bytes.slice(start, this.length);
		const columns = this.#columns.slice(0, this.#count);
		const places = this.#places.slice(0, this.#count);
		const byColumn = new Map<number, readonly [from: number, to: number]>();
		for (let n = 0; n < columns.length; n++) {
			let to = (places[n + 1] ?? this.length) - start;
			const from = (places[n] as number) - start;
			// The separators that were written before the next cell are not of this one.
			while (to > from && old[to - 1] === CELL_END) to--;
			byColumn.set(columns[n] as number, [from, to]);
		}
		this.length = start;
		this.#count = 0;
		this.#separators = 0;
		this.#last = -1;
		for (const [column, [from, to]] of [...byColumn].sort((a, b) => a[0] - b[0])) {
			this.cell(column);
			this.filled--;
			this.room(to - from + 64);
			this.bytes.set(old.subarray(from, to), this.length);
			this.length += to - from;
		}
	}
}
