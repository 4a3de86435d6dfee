/** What `compareVersions` asks of a table: its rows, its columns, and the texts of its categories. */
import type { VersionSummary } from '../../core/dataset/compare-versions.ts';
import { dictionaryReader, dictionarySize, hasValue, type Column } from '../column.ts';

/** A column of more distinct texts is compared without them. */
export const MOST_CATEGORIES = 1_000;

/** Types are what people say of values (`valueType`) where that is known. Categories are those that a row has. */
export const versionSummary = (columns: readonly Column[]): VersionSummary => ({
	rows: columns[0]?.length ?? 0,
	columns: columns.map((column) => ({
		name: column.name,
		type: column.valueType ?? column.type,
		categories: categoriesOf(column)
	}))
});

function categoriesOf(column: Column): string[] | null {
	if (column.type !== 'text' || column.valueType !== 'category') return null;
	const used = new Uint8Array(dictionarySize(column.dictionary));
	let count = 0;
	for (let row = 0; row < column.length; row++) {
		const code = column.codes[row] as number;
		if (used[code] || !hasValue(column, row)) continue;
		used[code] = 1;
		if (++count > MOST_CATEGORIES) return null;
	}
	const read = dictionaryReader(column.dictionary);
	return [...used.keys()].filter((code) => used[code]).map(read);
}
