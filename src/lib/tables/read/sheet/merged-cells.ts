/**
 * Fills merged cells. A sheet keeps the value of a merged range in its first cell alone; whoever reads the table by
 * rows needs it in the others: downwards it is the label of a group, sideways at the top it is a heading over several
 * columns. A title set across the table is neither, and stays in its one cell.
 */
import { InvalidError } from '../../../core/errors.ts';
import { CELL_END, NUMBER_MARK, BOOLEAN_MARK } from '../opened-file.ts';
import { RecordWriter, type SheetLimits } from './record-writer.ts';

/** A range, from 0, last row and column included. */
export interface MergedRange {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
	readonly right: number;
}

/** Rows at the top in which a range that goes sideways may be a heading. */
const HEADER_ROWS = 20;
/** Labels of groups are short. Of what is longer, filling may add so many bytes, all ranges together. */
const LABEL = 1_000;
const MOST_FILLED = 50_000_000;

/**
 * The same records with merged cells filled.
 * @param ranges in any order; one that overlaps another is left alone
 * @returns `filled`: ranges whose value was put into other cells
 * @throws InvalidError `table_too_large` (megabytes), and the limits of `RecordWriter`
 */
export function fillMerged(
	written: RecordWriter,
	ranges: readonly MergedRange[],
	limits: SheetLimits
): { readonly text: RecordWriter; readonly filled: number } {
	const sorted = ranges
		.filter(({ top, left }) => top < written.rows && left < limits.columns)
		.sort((a, b) => a.top - b.top || a.left - b.left);
	if (sorted.length === 0) return { text: written, filled: 0 };

	const text = new RecordWriter(limits, written.length + written.length / 8);
	let added = 0;
	text.controls = written.controls;
	/** By column: the last row that is filled, and with what. */
	const until = new Int32Array(limits.columns).fill(-1);
	const from = new Int32Array(limits.columns);
	const to = new Int32Array(limits.columns);
	/** Where each cell of the row lies. */
	const starts = new Int32Array(limits.columns);
	const ends = new Int32Array(limits.columns);
	/** Columns being filled: the widest of them, plus one. */
	let reach = 0;
	let next = 0;
	let filled = 0;
	let inHeader = true;
	const bodyFrom = Math.min(HEADER_ROWS, firstBodyRow(written, sorted));

	for (let row = 0; row < written.rows; row++) {
		if (row >= bodyFrom) inHeader = false;
		const cells = cellsOf(written, row, starts, ends);
		const alone = filledCells(starts, ends, cells) === 1;
		for (; next < sorted.length; next++) {
			const range = sorted[next] as MergedRange;
			if (range.top !== row) break;
			const { left, bottom } = range;
			const has = left < cells && (ends[left] as number) > (starts[left] as number);
			if (!has || (until[left] as number) >= row) continue;
			const sideways = range.right > left;
			// Alone in its row and from the first column on: a title, or a note.
			if (sideways && alone && left <= written.first) continue;
			const right = sideways && inHeader ? Math.min(range.right, limits.columns - 1) : left;
			if (right === left && bottom === row) continue;
			for (let column = left; column <= right; column++) {
				until[column] = Math.min(bottom, written.rows - 1);
				from[column] = starts[left] as number;
				to[column] = ends[left] as number;
			}
			if (right >= reach) reach = right + 1;
			filled++;
		}
		const width = Math.max(cells, reach);
		let active = 0;
		for (let column = 0; column < width; column++) {
			let start = column < cells ? (starts[column] as number) : 0;
			let end = column < cells ? (ends[column] as number) : 0;
			if (column < reach && (until[column] as number) >= row) {
				active = column + 1;
				// What a covered cell holds all the same is seen by nobody, but it is there.
				if (end === start) {
					start = from[column] as number;
					end = to[column] as number;
					if (end - start > LABEL) added += end - start;
					if (added > MOST_FILLED)
						throw new InvalidError('table_too_large', { megabytes: MOST_FILLED / 1e6 });
				}
			}
			if (end > start) {
				text.cell(column);
				text.room(end - start + 64);
				text.bytes.set(written.bytes.subarray(start, end), text.length);
				text.length += end - start;
			}
		}
		reach = active;
		text.endRecord();
	}
	return { text, filled };
}

/** The first row whose values are no headings: a number, a date or a truth value that nothing sets sideways. */
function firstBodyRow(written: RecordWriter, sorted: readonly MergedRange[]): number {
	const sideways = sorted.filter((range) => range.right > range.left && range.top < HEADER_ROWS);
	const headings = new Set(sideways.map(({ top, left }) => `${top} ${left}`));
	const last = Math.min(written.rows, HEADER_ROWS);
	for (let row = 0; row < last; row++) {
		const end = written.recordStart(row + 1);
		let column = 0;
		let first = true;
		for (let i = written.recordStart(row); i < end; i++) {
			const byte = written.bytes[i] as number;
			const typed = first && byte >= NUMBER_MARK && byte <= BOOLEAN_MARK;
			if (typed && !headings.has(`${row} ${column}`)) return row;
			first = byte === CELL_END;
			if (first) column++;
		}
	}
	return last;
}

function cellsOf(written: RecordWriter, row: number, starts: Int32Array, ends: Int32Array): number {
	const end = written.recordStart(row + 1) - 1;
	let cells = 0;
	let start = written.recordStart(row);
	for (let i = start; i <= end; i++) {
		if (i < end && written.bytes[i] !== CELL_END) continue;
		starts[cells] = start;
		ends[cells] = i;
		cells++;
		start = i + 1;
	}
	return cells;
}

function filledCells(starts: Int32Array, ends: Int32Array, cells: number): number {
	let count = 0;
	for (let c = 0; c < cells; c++) if ((ends[c] as number) > (starts[c] as number)) count++;
	return count;
}
