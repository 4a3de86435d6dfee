/** Cells as texts, where a column of another type becomes one: as they would be typed, never as they are shown. */
import { isoText } from '../../core/date-text.ts';
import { cellReader, type Column } from '../column.ts';

/** `12.5`, `2024-05-31`, `2024-05-31T19:30:00`, `true`; null where missing. */
export function cellText(column: Column): (row: number) => string | null {
	const read = cellReader(column);
	const write = (value: string | number | boolean): string => {
		if (column.type === 'date') return isoText(value as number).slice(0, 10);
		// A time is kept as it reads: no zone is said.
		if (column.type === 'datetime') return isoText(value as number).replace(/(?:\.000)?Z$/, '');
		return String(value);
	};
	return (row) => {
		const value = read(row);
		return value === null ? null : write(value);
	};
}
