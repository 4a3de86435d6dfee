/** What the suggestions look at of a contributor's table: names, types, some distinct values as texts. */
import type { ValueType } from '../../core/dataset/value-type.ts';
import { SAMPLES, type ReadsAs, type SourceColumn } from '../../core/pool/suggest-mapping.ts';
import { cellReader, dictionaryReader, dictionarySize, type Column } from '../column.ts';
import { cellAsText } from '../merge/cell-text.ts';
import { shapeOf } from './shapes.ts';

/** Rows of a column without dictionary that are looked at for distinct values. */
const LOOKED_AT = 5_000;

export const sourceColumns = (columns: readonly Column[]): SourceColumn[] =>
	columns.map((column) => ({
		name: column.name,
		type: column.valueType ?? (column.type satisfies ValueType),
		samples: distinctTexts(column, SAMPLES),
		distinct: column.type === 'text' ? dictionarySize(column.dictionary) : null
	}));

/** For `suggestMapping`. */
export const readsAs: ReadsAs = (type, text) => (shapeOf(type)?.(text) ?? null) !== null;

/** The first distinct values of a column, as texts. */
export function distinctTexts(column: Column, most: number): string[] {
	if (column.type === 'text') {
		const read = dictionaryReader(column.dictionary);
		return Array.from({ length: Math.min(most, dictionarySize(column.dictionary)) }, (_, code) =>
			read(code)
		);
	}
	const read = cellReader(column);
	const found = new Set<string>();
	for (let row = 0; row < Math.min(column.length, LOOKED_AT) && found.size < most; row++) {
		const cell = read(row);
		if (cell !== null) found.add(cellAsText(column.type, cell));
	}
	return [...found];
}
