/** Rows of a table as a grid shows them: a window at a time, never the whole. */
import { LIMITS, type Scalar, type TableWindow } from '../core/protocol/messages.ts';
import { cellReader, type Column } from './column.ts';

/**
 * Hands out windows of these columns; texts that were decoded lately stay decoded.
 * A window holds `count` rows from `offset`, fewer at the end; or the rows listed in `order`, from its beginning.
 */
export function windowReader(
	columns: readonly Column[]
): (
	offset: number,
	count: number,
	names: readonly string[] | null,
	order?: Uint32Array | null
) => TableWindow {
	const readers = new Map(columns.map((column) => [column.name, cellReader(column)]));
	const rows = columns[0]?.length ?? 0;
	return (offset, count, names, order = null) => {
		const asked = names ?? columns.map((column) => column.name);
		const first = Math.floor(offset);
		const from = order ? first : Math.max(0, Math.min(rows, first));
		const most = Math.max(0, Math.min(LIMITS.windowRows, Math.floor(count)));
		const size = Math.min(most, order ? order.length : rows - from);
		return {
			offset: from,
			columns: asked.map((name) => {
				const read = readers.get(name);
				const cells: Scalar[] = [];
				for (let i = 0; i < size; i++)
					cells.push(read ? read(order ? (order[i] as number) : from + i) : null);
				return cells;
			})
		};
	};
}
