/**
 * A table as data for Plot, column by column: Plot reads Arrow tables so, which spares one object a row. A name that
 * is no column of the table is an error, where Plot would silently draw nothing.
 */

/** A chart asks for a column that its table lacks. */
export class MissingColumn extends Error {
	override readonly name = 'MissingColumn';
	readonly column: string;
	readonly columns: readonly string[];
	constructor(column: string, columns: readonly string[]) {
		super(`no column named ${column}`);
		this.column = column;
		this.columns = columns;
	}
}

/** What is asked of an Arquero table. */
interface Columnar {
	numRows(): number;
	columnNames(): string[];
	array(name: string): ArrayLike<unknown>;
	objects(): object[];
}

function isTable(value: unknown): value is Columnar {
	if (typeof value !== 'object' || value === null) return false;
	const table = value as Partial<Columnar>;
	return (
		typeof table.numRows === 'function' &&
		typeof table.columnNames === 'function' &&
		typeof table.array === 'function' &&
		typeof table.objects === 'function'
	);
}

/** Where a row that was handed out says which it is. */
const INDEX = Symbol('row');
/** By the prototype of its rows. */
const owners = new WeakMap<object, TableData>();

class TableData {
	readonly numRows: number;
	readonly schema: { readonly fields: readonly { readonly name: string }[] };
	readonly #table: Columnar;
	readonly #names: readonly string[];
	readonly #vectors = new Map<string, object>();
	#rows: object[] | null = null;
	#Row: (new (row: number) => object) | null = null;

	constructor(table: Columnar) {
		this.#table = table;
		this.#names = table.columnNames();
		this.numRows = table.numRows();
		this.schema = { fields: this.#names.map((name) => ({ name })) };
	}

	getChild(name: string): object {
		let vector = this.#vectors.get(name);
		if (!vector) {
			if (!this.#names.includes(name)) throw new MissingColumn(name, this.#names);
			const values = this.#table.array(name);
			vector = { type: {}, nullCount: 0, toArray: () => values };
			this.#vectors.set(name, vector);
		}
		return vector;
	}

	/** One row, whose columns are read when they are asked for: transforms gather rows that few ever look at. */
	at(row: number): object {
		return new (this.#Row ??= this.#makeRow())(row);
	}

	#makeRow(): new (row: number) => object {
		class Row {
			readonly [INDEX]: number;
			constructor(row: number) {
				this[INDEX] = row;
			}
		}
		owners.set(Row.prototype, this);
		for (const name of this.#names) {
			let values: ArrayLike<unknown> | undefined;
			const table = this.#table;
			Object.defineProperty(Row.prototype, name, {
				get(this: Row) {
					values ??= table.array(name);
					return values[this[INDEX]];
				}
			});
		}
		return Row;
	}

	get table(): object {
		return this.#table;
	}

	/** Rows as objects, for channels that are functions. */
	toArray(): object[] {
		return (this.#rows ??= this.#table.objects());
	}

	[Symbol.iterator](): Iterator<object> {
		return this.toArray()[Symbol.iterator]();
	}
}

const known = new WeakMap<object, TableData>();

/** Tables as Plot likes them best; everything else as it is. */
export function plottable(data: unknown): unknown {
	if (!isTable(data)) return data;
	let made = known.get(data);
	if (!made) {
		made = new TableData(data);
		known.set(data, made);
	}
	return made;
}

/** The table that data given to a mark stand for; null for other data. */
export const tableBehind = (data: unknown): object | null =>
	data instanceof TableData ? data.table : null;

/** The table and the place of a row that a transform gathered; null for anything else. */
export function rowBehind(datum: unknown): { table: object; row: number } | null {
	if (typeof datum !== 'object' || datum === null || !(INDEX in datum)) return null;
	const owner = owners.get(Object.getPrototypeOf(datum) as object);
	return owner ? { table: owner.table, row: (datum as { [INDEX]: number })[INDEX] } : null;
}
