/** Texts that a column of few values did not have: a new venue, a rate spelled otherwise. */
import { TEXTS_LISTED, type NewTexts } from '../../core/dataset/refresh.ts';
import { dictionaryReader, dictionarySize, hasValue, type Column } from '../column.ts';
import { MOST_CATEGORIES } from './version-summary.ts';

/** null: both have the same, or there are too many distinct ones to tell, or it is no text. */
export function newTextsOf(before: Column, after: Column): NewTexts | null {
	if (before.type !== 'text' || after.type !== 'text') return null;
	// A name for each row is new each time: it says nothing.
	if (after.valueType === 'identifier' || after.valueType === 'url') return null;
	const known = usedTexts(before);
	const now = usedTexts(after);
	if (!known || !now) return null;
	if (after.valueType !== 'category' && now.size * 2 > after.length) return null;
	const found = [...now]
		.filter(([text]) => !known.has(text))
		.map(([text, rows]) => ({ text, rows }))
		.sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
	if (!found.length) return null;
	return { column: after.name, count: found.length, listed: found.slice(0, TEXTS_LISTED) };
}

/** Its texts that a row has, with their rows; null: more than `MOST_CATEGORIES`. */
function usedTexts(column: Column & { type: 'text' }): Map<string, number> | null {
	const rows = new Int32Array(dictionarySize(column.dictionary));
	let distinct = 0;
	for (let row = 0; row < column.length; row++) {
		if (!hasValue(column, row)) continue;
		const code = column.codes[row] as number;
		if (rows[code] === 0 && ++distinct > MOST_CATEGORIES) return null;
		rows[code] = (rows[code] as number) + 1;
	}
	const read = dictionaryReader(column.dictionary);
	const used = new Map<string, number>();
	rows.forEach((count, code) => {
		if (count) used.set(read(code), count);
	});
	return used;
}
