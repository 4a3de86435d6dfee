/**
 * Writes records of cells as the import reads them (`RewrittenText`): cells parted by U+001F, each record ended by
 * U+001E, blank cells at its end left out. The cells of a row may come in any order, and more than once: the last
 * one holds.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import { CELL_END, RECORD_END } from '../opened-file.ts';

/** What a text may become: a few wide rows would make much of little. */
const MAX_BYTES = 1_500_000_000;

export class RowWriter {
	/** Written so far: `out[0 .. at)`. A caller that writes a cell's bytes asks for room first. */
	out: Uint8Array<ArrayBuffer>;
	at = 0;
	/** Records ended. */
	rows = 0;
	readonly #starts: Int32Array<ArrayBuffer>;
	readonly #ends: Int32Array<ArrayBuffer>;
	/** The row, from 1, in which each column was last written. */
	readonly #stamps: Int32Array<ArrayBuffer>;
	#rowStart = 0;
	/** The last column written, and whether all came in order. */
	#last = -1;
	#widest = -1;
	#ordered = true;

	/** @param room bytes thought to be needed */
	constructor(columns: number, room: number) {
		this.#starts = new Int32Array(columns);
		this.#ends = new Int32Array(columns);
		this.#stamps = new Int32Array(columns);
		this.out = new Uint8Array(Math.min(Math.max(room, 1024), MAX_BYTES));
	}

	/**
	 * Makes room for that many bytes more.
	 * @throws InvalidError `table_too_large` (megabytes)
	 */
	need(bytes: number): void {
		const needed = this.at + bytes;
		if (needed <= this.out.length) return;
		if (needed > MAX_BYTES)
			throw new InvalidError('table_too_large', { megabytes: MAX_BYTES / 1e6 });
		const wider = new Uint8Array(Math.min(MAX_BYTES, Math.ceil(needed * 1.5)));
		wider.set(this.out.subarray(0, this.at));
		this.out = wider;
	}

	/** A cell of this column begins; answers whether the row had one already. */
	begin(column: number): boolean {
		const stamp = this.rows + 1;
		const twice = this.#stamps[column] === stamp;
		if (column <= this.#last) this.#ordered = false;
		else if (this.#ordered) {
			const marks = column - Math.max(this.#last, 0);
			this.need(marks);
			for (let i = 0; i < marks; i++) this.out[this.at++] = CELL_END;
			this.#last = column;
		}
		if (column > this.#widest) this.#widest = column;
		this.#stamps[column] = stamp;
		this.#starts[column] = this.at;
		return twice;
	}

	/** The cell that was begun ends where the text now ends. */
	end(column: number): void {
		this.#ends[column] = this.at;
	}

	/** No value in this column after all; answers whether there was one. */
	clear(column: number): boolean {
		if (this.#stamps[column] !== this.rows + 1) return false;
		this.#stamps[column] = 0;
		this.#ordered = false;
		return true;
	}

	/** @throws InvalidError `table_too_long` (max) */
	endRow(): void {
		if (!this.#ordered) this.#arrange();
		this.need(1);
		this.out[this.at++] = RECORD_END;
		if (++this.rows > ARROW_LIMITS.rows + 1)
			throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
		this.#rowStart = this.at;
		this.#last = -1;
		this.#widest = -1;
		this.#ordered = true;
	}

	/** Writes the row anew, its cells in the order of the columns. */
	#arrange(): void {
		const stamp = this.rows + 1;
		const start = this.#rowStart;
		const written = this.out.slice(start, this.at);
		this.at = start;
		let last = 0;
		for (let column = 0; column <= this.#widest; column++) {
			if (this.#stamps[column] !== stamp) continue;
			const cell = written.subarray(
				(this.#starts[column] as number) - start,
				(this.#ends[column] as number) - start
			);
			this.need(column - last + cell.length);
			for (; last < column; last++) this.out[this.at++] = CELL_END;
			this.out.set(cell, this.at);
			this.at += cell.length;
		}
	}
}
