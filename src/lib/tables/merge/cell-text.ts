/** Cells as texts, where a column of another type becomes one: as they would be typed, never as they are shown. */
import { isoText } from '../../core/date-text.ts';
import { cellReader, type Column, type DataType } from '../column.ts';

/** `12.5`, `2024-05-31`, `2024-05-31T19:30:00`, `true`; null where missing. */
export function cellText(column: Column): (row: number) => string | null {
	const read = cellReader(column);
	return (row) => {
		const value = read(row);
		return value === null ? null : cellAsText(column.type, value);
	};
}

/** @param value as `cellReader` gives it */
export function cellAsText(type: DataType, value: string | number | boolean): string {
	if (type === 'date') return isoText(value as number).slice(0, 10);
	// A time is kept as it reads: no zone is said.
	if (type === 'datetime') return isoText(value as number).replace(/(?:\.000)?Z$/, '');
	return String(value);
}
