/** A table that is looked at: where a view finds its columns, and the rows that it shows. */
import { AppError } from '../../core/errors.ts';
import type { TableWindow } from '../../core/protocol/messages.ts';
import type { Column } from '../column.ts';
import { windowReader } from '../window.ts';
import type { Steps } from './steps.ts';

export interface ViewedTable {
	/** In the order of the table. */
	readonly names: readonly string[];
	readonly rows: number;
	/**
	 * The same column each time; it may take steps to make it.
	 * @throws AppError `unexpected` for a name that no column has
	 */
	column(name: string): Steps<Column>;
	/** `count` rows from `offset`, fewer at the end; or the rows listed in `order`, from its beginning. */
	window(
		offset: number,
		count: number,
		names: readonly string[] | null,
		order: Uint32Array | null
	): TableWindow;
}

/** A table whose columns are all there. */
export function wholeTable(columns: readonly Column[]): ViewedTable {
	const byName = new Map(columns.map((column) => [column.name, column]));
	return {
		names: columns.map(({ name }) => name),
		rows: columns[0]?.length ?? 0,
		// eslint-disable-next-line require-yield -- nothing is left to make
		*column(name) {
			const column = byName.get(name);
			if (!column) throw new AppError('unexpected');
			return column;
		},
		window: windowReader(columns)
	};
}
