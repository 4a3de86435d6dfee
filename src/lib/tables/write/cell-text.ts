/** How a cell reads in the files that are written: dates in ISO 8601, times as the clock of Québec showed them. */
import { cellReader, type Column } from '../column.ts';

/** Rows of a text that are written before the bytes are handed on. */
export const PIECE_ROWS = 8_192;

/** `2024-03-09`; years past four digits with their sign, as ISO 8601 has them. @param ms since 1970, at midnight */
export const dateText = (ms: number): string => new Date(ms).toISOString().split('T')[0] as string;

/** `2024-03-09T19:30:00`, without a zone; milliseconds only where there are any. */
export const dateTimeText = (ms: number): string => {
	const text = new Date(ms).toISOString();
	return text.endsWith('.000Z') ? text.slice(0, -5) : text.slice(0, -1);
};

/** The cells of a column as plain values: dates as texts, null where missing. */
export function plainReader(column: Column): (row: number) => string | number | boolean | null {
	const read = cellReader(column);
	if (column.type !== 'date' && column.type !== 'datetime') return read;
	const text = column.type === 'date' ? dateText : dateTimeText;
	return (row) => {
		const ms = read(row);
		return ms === null ? null : text(ms as number);
	};
}
