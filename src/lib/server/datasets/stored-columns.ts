/** What a list shows of a table's columns without its bytes. */
import type { Column } from '../../tables/column.ts';
import type { StoredColumn } from '../db/schema.ts';

export const storedColumns = (columns: readonly Column[]): StoredColumn[] =>
	columns.map(({ name, type, valueType, missing }) => ({
		...{ name, type, missing },
		...(valueType ? { valueType } : {})
	}));
