/** Looking for a text in several columns: which rows hold it, and which cells of a row. */
import type { Writing } from '../../core/protocol/table-query.ts';
import { hasValue, type Column } from '../column.ts';
import { cellMatcher } from './cell-matcher.ts';
import type { ColumnTexts } from './column-texts.ts';
import { needleOf } from './fold.ts';
import { CHUNK, TEXT_CHUNK, type Steps } from './steps.ts';

/** What a search found, by row of the table whatever the order shown. */
export interface Found {
	/** 1: a cell of the row holds the text. */
	readonly rows: Uint8Array;
	/** The columns looked in, in the order given, with what tells their cells. */
	readonly columns: readonly { readonly name: string; readonly holds: (row: number) => boolean }[];
}

/** Where a search looks. */
interface Searched {
	readonly rows: number;
	readonly column: (name: string) => Steps<Column>;
	/** Of a text column. */
	readonly texts: (column: Column) => ColumnTexts | null;
}

/** @param names the columns looked in, in the order given */
export function* searchRows(
	table: Searched,
	names: readonly string[],
	text: string,
	writing: Writing
): Steps<Found> {
	const { rows: length } = table;
	const rows = new Uint8Array(length);
	const looked: { name: string; holds: (row: number) => boolean }[] = [];
	for (const name of names) {
		const column = yield* table.column(name);
		if (column.type === 'text') {
			const texts = table.texts(column);
			if (!texts) continue;
			const holding = yield* texts.holding(needleOf(text, column.valueType));
			const { codes } = column;
			if (holding.includes(1)) yield* markCodes(rows, column, holding);
			looked.push({
				name,
				holds: (row) => hasValue(column, row) && holding[codes[row] as number] === 1
			});
			continue;
		}
		const holds = cellMatcher(column, text, writing);
		looked.push({ name, holds: holds ?? (() => false) });
		if (!holds) continue;
		for (let from = 0; from < length; from += TEXT_CHUNK) {
			const to = Math.min(length, from + TEXT_CHUNK);
			for (let row = from; row < to; row++) if (rows[row] === 0 && holds(row)) rows[row] = 1;
			yield to - from;
		}
	}
	return { rows, columns: looked };
}

function* markCodes(
	rows: Uint8Array,
	column: Extract<Column, { type: 'text' }>,
	holding: Uint8Array
): Steps<void> {
	const { codes } = column;
	for (let from = 0; from < column.length; from += CHUNK) {
		const to = Math.min(column.length, from + CHUNK);
		for (let row = from; row < to; row++)
			if (holding[codes[row] as number] === 1 && hasValue(column, row)) rows[row] = 1;
		yield to - from;
	}
}
