/** Which rows of a table a loop goes over, and in which order. */
import type { ColumnTable } from 'arquero';
import type { Scope } from './compiled.ts';

export interface Rows {
	/** Backing rows of the table, filtered out ones too. */
	readonly total: number;
	/** Rows to go over. */
	readonly count: number;
	/** Which ones, in order; null: those of `words`. */
	readonly index: Uint32Array | null;
	/** A bit for each backing row, see Arquero's BitSet; null: all of them. */
	readonly words: Uint32Array | null;
}

/** A filter's bits. */
export function wordsOf(table: ColumnTable): Uint32Array | null {
	const mask = table.mask() as { readonly _bits: Uint32Array } | null;
	return mask?._bits ?? null;
}

/** As `scan` without an order goes over them. */
export function rowsOf(table: ColumnTable): Rows {
	return {
		total: table.totalRows(),
		count: table.numRows(),
		index: null,
		words: wordsOf(table)
	};
}

/** As aggregates go over them: in the table's order, for sums of numbers follow it in their last bits. */
export function orderedRowsOf(table: ColumnTable): Rows {
	const rows = rowsOf(table);
	return table.isOrdered() ? { ...rows, index: table.indices() as Uint32Array } : rows;
}

/** A loop over the rows: `body` finds each in `row`, and may `continue`. */
export function eachRow({ total, index, words }: Rows, scope: Scope, body: string): string {
	if (index) {
		const list = scope.array(index);
		return `for(let _at=0;_at<${list}.length;_at++){const row=${list}[_at];${body}}`;
	}
	if (!words) return `for(let row=0;row<${scope.bind(total, 'n')};row++){${body}}`;
	const list = scope.array(words);
	return `for(let _w=0;_w<${list}.length;_w++){let _m=${list}[_w];while(_m!==0){const _z=${scope.clz}(_m);_m&=~(0x80000000>>>_z);const row=(_w<<5)+_z;${body}}}`;
}
