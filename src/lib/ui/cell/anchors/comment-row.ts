/** Begins a discussion about a row of a cell's table, or one of its values. Loaded when one is first begun. */
import type { CellTable } from '$lib/client/cell-table';
import { m } from '$lib/paraglide/messages';
import type { Annotation } from '../../annotation/annotate-context';
import { keyValueText } from '../../annotation/anchor-words';
import { keyWords } from './key-words';

/**
 * @param row as the table stands, from 0
 * @param column of the value; null for the whole row
 * @param text how the value is written
 * @returns what the person must be told, if anything
 */
export async function commentRow(
	table: Pick<CellTable, 'rowKeys'>,
	cell: string,
	{ row, column, text }: { row: number; column: string | null; text: string },
	annotation: Annotation
): Promise<string> {
	let found;
	try {
		found = await table.rowKeys(row, column);
	} catch {
		return m.anchor_failed();
	}
	const { keys, alone, value } = found;
	if (keys.length === 0) return m.anchor_failed();
	const named = keyWords(keys);
	if (column === null) annotation.annotate({ kind: 'row', cell, keys }, named);
	else {
		const read = m.chart_tip_line({ label: column, text: text || keyValueText(value) });
		annotation.annotate({ kind: 'value', cell, keys, column, value }, `${read} (${named})`);
	}
	return alone ? '' : m.anchor_alike();
}
