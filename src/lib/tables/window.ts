/** Rows of a table as a grid shows them: a window at a time, never the whole. */
import { LIMITS, type Scalar, type TableWindow } from '../core/protocol/messages.ts';
import { cellReader, type Column } from './column.ts';

/** Hands out windows of these columns; texts that were decoded lately stay decoded. */
export function windowReader(
	columns: readonly Column[]
): (offset: number, count: number, names: readonly string[] | null) => TableWindow {
	const readers = new Map(columns.map((column) => [column.name, cellReader(column)]));
	const rows = columns[0]?.length ?? 0;
	return (offset, count, names) => {
		const from = Math.max(0, Math.min(rows, Math.floor(offset)));
		const to = Math.min(rows, from + Math.max(0, Math.min(LIMITS.windowRows, Math.floor(count))));
		const asked = names ?? columns.map((column) => column.name);
		return {
			offset: from,
			columns: asked.map((name) => {
				const read = readers.get(name);
				const cells: Scalar[] = [];
				for (let row = from; row < to; row++) cells.push(read ? read(row) : null);
				return cells;
			})
		};
	};
}
