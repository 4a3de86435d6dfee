/** A cell as a plain text: numbers as machines write them, dates as `2025-03-09`, `2025-03-09T19:30:00`. */
import type { DataType } from '../column.ts';

/** @param cell as `cellReader` gives it */
export function cellText(type: DataType, cell: string | number | boolean): string {
	if (typeof cell !== 'number') return String(cell);
	if (type === 'date' || type === 'datetime') {
		const date = new Date(cell);
		if (Number.isNaN(date.getTime())) return '';
		return date.toISOString().slice(0, type === 'date' ? 10 : 19);
	}
	return String(cell);
}
