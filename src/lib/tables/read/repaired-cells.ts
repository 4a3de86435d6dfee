/** The cells of a file once more, for the list of what became of them: those of a text, and those of typed columns. */
import { isoText } from '../../core/date-text.ts';
import { cellReader, type Column } from '../column.ts';
import type { RepairCode } from '../../core/protocol/import.ts';
import type { CellLog } from './cell-log.ts';
import { BLOCK } from './csv-scanner.ts';
import { openRows, type RowsSource } from './read-rows.ts';
import { cellText, linesOf, visible } from './text-source.ts';

/** Of what was there, what is written. */
const LONGEST = 1000;
/** Bytes of a text, and rows of columns, between two pauses. */
const PAUSE_BYTES = 4_000_000;
const PAUSE_ROWS = 200_000;

export interface CellPlace {
	/** 0-based; -1 for what is no row of the result. */
	readonly row: number;
	/** -1 for a whole line. */
	readonly column: number;
	/** Places in the text, `end` as the scanner gives it; of typed columns, the row: the list is in their order. */
	readonly start: number;
	readonly end: number;
}
/** A line that was left out, or not taken as it stood. */
export interface LinePlace extends Omit<CellPlace, 'column'> {
	readonly code: RepairCode;
}

export interface RepairedCells {
	/**
	 * Goes through the cells that hold something, of these columns.
	 * @param most lines that are answered
	 */
	walk(
		columns: readonly number[],
		see: (place: CellPlace) => void,
		pause: () => Promise<void>,
		most: number
	): Promise<LinePlace[]>;
	/** Where a logged cell lies. */
	place(log: CellLog, index: number): Pick<CellPlace, 'start' | 'end'>;
	/** The text of a cell. */
	value(place: CellPlace): string;
	/** What was there, as people see it: its first thousand signs. */
	text(place: CellPlace): string;
	/** The line of the file, from 1, of a place; to be asked for in order. */
	lines(): (start: number) => number;
}

const clipped = (start: number, end: number): number =>
	end < 0 ? ~Math.min(~end, start + LONGEST) : Math.min(end, start + LONGEST);

export const textCells = (from: RowsSource): RepairedCells => {
	const { source, plan } = from;
	return {
		lines: () => linesOf(source),
		place: (log, i) => ({ start: log.start(i), end: log.end(i) }),
		value: ({ start, end }) => cellText(source, start, end),
		text: ({ start, end }) => visible(cellText(source, start, clipped(start, end))),
		async walk(columns, see, pause, most) {
			const lines: LinePlace[] = [];
			const line = (code: RepairCode, start: number, end: number, row = -1): void => {
				lines.push({ code, start, end, row });
			};
			for (const { start, end } of source.layout.titles) line('title_lines', start, end);
			for (const { start, end } of plan.footer) line('footer_lines', start, end);
			const { scanner, filter } = openRows(from, most);
			let row = 0;
			let paused = 0;
			for (;;) {
				const count = scanner.next();
				if (count === 0) break;
				const kept = filter.apply(scanner, source.bytes, count);
				for (const column of columns)
					for (let i = 0; i < kept; i++) {
						const start = scanner.starts[column * BLOCK + i] as number;
						const end = scanner.ends[column * BLOCK + i] as number;
						if (start !== end) see({ column, row: row + i, start, end });
					}
				row += kept;
				if (scanner.position - paused > PAUSE_BYTES) {
					paused = scanner.position;
					await pause();
				}
			}
			for (const { code, start, end } of filter.dropped) line(code, start, end);
			let before = 0;
			for (const { code, row: record, start, end } of scanner.events) {
				while ((filter.dropped[before]?.record ?? Infinity) < record) before++;
				line(code, start, end, record - before);
			}
			return lines;
		}
	};
};

/** A value of a typed column as its file has it. */
export function typedText(type: Column['type'], value: string | number | boolean): string {
	switch (type) {
		case 'date':
			return isoText(Number(value)).slice(0, 10);
		case 'datetime':
			return isoText(Number(value)).replace('Z', '');
		default:
			return String(value);
	}
}

/** @param columns as the file has them: a value that became missing when it was opened was NaN */
export const typedCells = (columns: readonly Column[]): RepairedCells => {
	const readers = columns.map(cellReader);
	const textAt = (column: number, row: number): string => {
		const value = readers[column]?.(row) ?? null;
		return value === null ? '' : typedText(columns[column]?.type ?? 'text', value);
	};
	return {
		lines: () => (row) => row + 1,
		place: (log, i) => ({ start: log.row(i), end: log.row(i) }),
		value: ({ column, row }) => textAt(column, row),
		text: ({ column, row }) => textAt(column, row).slice(0, LONGEST) || 'NaN',
		async walk(wanted, see, pause) {
			for (const column of wanted) {
				const { length = 0 } = columns[column] ?? {};
				const read = readers[column];
				for (let row = 0; row < length; row++) {
					if (read?.(row) != null) see({ column, row, start: row, end: row });
					if (row % PAUSE_ROWS === PAUSE_ROWS - 1) await pause();
				}
			}
			return [];
		}
	};
};
