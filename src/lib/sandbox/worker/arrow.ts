/** Arrow bytes as an Arquero table. */
import { tableFromIPC } from '@uwdata/flechette';
import { ColumnTable, fromArrow } from 'arquero';
import { VALUE_TYPE_KEY } from '../../tables/column.ts';

/** What Arquero makes of a dictionary column. */
interface DictionaryColumn {
	readonly length: number;
	at(row: number): unknown;
	/** Nothing for a row that is not there. */
	key(row: number): number | undefined;
	keyFor(value: unknown): number;
	groups(names: string[]): Groups;
	toArray(): ArrayLike<unknown>;
	[Symbol.iterator](): Iterator<unknown>;
}
interface Groups {
	readonly keys: ArrayLike<number>;
	readonly get: readonly ((row: number) => unknown)[];
	readonly names: readonly string[];
	readonly rows: ArrayLike<number>;
	readonly size: number;
}
/** A column of flechette, as far as it is looked at here. */
interface PlainColumn {
	readonly length: number;
	readonly nullCount: number;
	readonly type: { readonly typeId: number };
	toArray(): unknown;
}

/** Arrow's type ids of integers and floating-point numbers. */
const INT = 2;
const FLOAT = 3;

/** More than any key is: keys have 32 bits at most. Below zero Arquero would take it for a text that is not there. */
const NO_KEY = 2 ** 32;

const isDictionary = (column: object): column is DictionaryColumn => 'keyFor' in column;

/**
 * What a file says of its columns' values. By the column itself, whatever its name in a table: verbs hand on the
 * columns that they leave as they are, and make others of what they compute, which are none of the file's.
 */
const valueTypes = new WeakMap<object, string>();

/** What the file that a column comes from says of its values; not believed, see `isShownAs`. */
export const valueTypeOf = (column: object): string | null => valueTypes.get(column) ?? null;

/**
 * Numbers without missing values become plain typed arrays (most often without a copy), which Arquero reads fastest.
 * Dictionary columns are mended, see `mend`. Throws what the reader throws for bytes that are no Arrow table.
 */
export function readArrow(bytes: ArrayBuffer): ColumnTable {
	// Read as Arquero does, with the fields' metadata, which it drops.
	const read = tableFromIPC(new Uint8Array(bytes), { useDate: true });
	const table = fromArrow(read as never);
	const data: Record<string, unknown> = {};
	for (const name of table.columnNames()) {
		const column = table.column(name) as unknown as object;
		data[name] = isDictionary(column) ? mend(column) : plain(column as PlainColumn);
	}
	const made = new ColumnTable(data as never, table.columnNames());
	for (const { name, metadata } of read.schema.fields) {
		const said = metadata?.get(VALUE_TYPE_KEY);
		const column: unknown = made.column(name);
		if (said !== undefined && typeof column === 'object' && column !== null)
			valueTypes.set(column, said);
	}
	return made;
}

function plain(column: PlainColumn): unknown {
	const { typeId } = column.type;
	if ((typeId !== INT && typeId !== FLOAT) || column.nullCount > 0) return column;
	return column.toArray();
}

/**
 * Three mends on Arquero 8.0.3's dictionary columns, so that they answer as a column of plain texts does. Its `groups`
 * has a group for each value of the dictionary, those that no row holds too, in the dictionary's order: here, only
 * what rows hold, by first appearance. Its comparisons with a text that the dictionary lacks fold to false, `!==`
 * too: a key that equals nothing (NaN) gives both answers right. And a row that is not there, as a full join asks for,
 * has the key of what is missing: by it Arquero sees that the other table's value is wanted.
 */
function mend(column: DictionaryColumn): DictionaryColumn {
	let grouped: Groups | null = null;
	const missing = column.keyFor(null) < 0 ? NO_KEY : column.keyFor(null);
	const group = (): Groups => {
		const { length } = column;
		const keys = new Uint32Array(length);
		const rows: number[] = [];
		const slots: number[] = [];
		for (let row = 0; row < length; row++) {
			const code = column.key(row);
			if (code === undefined) continue;
			let slot = slots[code];
			if (slot === undefined) slots[code] = slot = rows.push(row) - 1;
			keys[row] = slot;
		}
		return { keys, rows, size: rows.length, get: [(row) => column.at(row)], names: [] };
	};
	return {
		length: column.length,
		at: (row) => column.at(row),
		key: (row) => column.key(row) ?? missing,
		keyFor: (value) => {
			if (value === null) return missing;
			const key = column.keyFor(value);
			return key < 0 ? NaN : key;
		},
		groups: (names) => ({ ...(grouped ??= group()), names }),
		toArray: () => column.toArray(),
		[Symbol.iterator]: () => column[Symbol.iterator]()
	};
}
