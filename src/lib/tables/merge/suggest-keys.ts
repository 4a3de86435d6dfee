/** Which columns, or pairs of them, tell the rows of two tables apart. */
import type { SuggestedKey } from '../../core/dataset/refresh.ts';
import type { ValueType } from '../../core/dataset/value-type.ts';
import type { Column } from '../column.ts';
import { keyCodes, pairCodes, type KeyCodes } from './key-codes.ts';

/** Columns tried by two: each pair is looked at until two of its rows are the same, most often a few rows. */
const MOST_PAIRED = 12;
const MOST_SUGGESTED = 3;

/** The likeliest to be a key first; amounts and shares are none. */
const LIKELY: readonly (ValueType | Column['type'])[] = [
	'identifier',
	'text',
	'integer',
	'category',
	'datetime',
	'date',
	'time',
	'region',
	'postal_area',
	'url'
];
const IDENTIFIER = 0;
const rankOf = ({ type, valueType }: Column): number => LIKELY.indexOf(valueType ?? type);

/**
 * @param names of columns that both tables have
 * @param pause awaited after each column
 */
export async function suggestKeys(
	before: readonly Column[],
	after: readonly Column[],
	names: readonly string[],
	pause: () => Promise<void> | undefined = () => undefined
): Promise<SuggestedKey[]> {
	const rows = { before: before[0]?.length ?? 0, after: after[0]?.length ?? 0 };
	// One row is never told from another.
	if (rows.before < 2 || rows.after < 1) return [];
	const found: SuggestedKey[] = [];
	/** Rank of the likeliest that was found. */
	let best = Infinity;
	const parts: { name: string; codes: KeyCodes }[] = [];
	const ranked = names
		.flatMap((name) => {
			const [was, is] = [before, after].map((columns) =>
				columns.find((each) => each.name === name)
			);
			return was && is && !was.missing && !is.missing && rankOf(is) >= 0
				? [{ name, rank: rankOf(is), counts: isRowNumber(was) && isRowNumber(is) }]
				: [];
		})
		// The number of a row tells it from the others of its own file, and nothing of another's.
		.filter(({ counts }) => !counts)
		.sort((a, b) => a.rank - b.rank);
	for (const { name, rank } of ranked) {
		// Where an identifier tells rows apart, what else does so happens to.
		if (best === IDENTIFIER && rank > best) break;
		const codes = keyCodes(before, after, [name]);
		await pause();
		const told = tellUnique(codes, [name]);
		if (told) {
			found.push(told);
			best = Math.min(best, rank);
		} else if (parts.length < MOST_PAIRED) parts.push({ name, codes });
	}
	if (!found.length)
		for (const [i, one] of parts.entries())
			for (const other of parts.slice(i + 1)) {
				// As many pairs as rows there must at least be.
				if (one.codes.size * other.codes.size < Math.max(rows.before, rows.after)) continue;
				if (!pairsDiffer(one.codes, other.codes)) continue;
				await pause();
				const told = tellUnique(pairCodes(one.codes, other.codes), [one.name, other.name]);
				if (told) found.push(told);
			}
	// Keys that meet tell which rows are the same: those that never do may only count.
	return found.sort((a, b) => Number(b.common > 0) - Number(a.common > 0)).slice(0, MOST_SUGGESTED);
}

/** How the keys of both meet; null where a row has the key of an earlier one, or none. */
function tellUnique(
	{ before, after, size }: KeyCodes,
	key: readonly string[]
): SuggestedKey | null {
	const seen = new Uint8Array(size);
	for (const code of before) {
		if (code < 0 || seen[code]) return null;
		seen[code] = 1;
	}
	let common = 0;
	for (const code of after) {
		if (code < 0 || ((seen[code] as number) & 2) !== 0) return null;
		if (seen[code]) common++;
		seen[code] = (seen[code] as number) | 2;
	}
	return { key, common, onlyBefore: before.length - common, onlyAfter: after.length - common };
}

/** A look at the first rows, before all pairs are given codes: most pairs are told at once. */
function pairsDiffer(one: KeyCodes, other: KeyCodes): boolean {
	const LOOKED_AT = 10_000;
	for (const side of ['before', 'after'] as const) {
		const seen = new Set<number>();
		const length = Math.min(LOOKED_AT, one[side].length);
		for (let row = 0; row < length; row++) {
			const pair = (one[side][row] as number) * other.size + (other[side][row] as number);
			if (seen.has(pair)) return false;
			seen.add(pair);
		}
	}
	return true;
}

/** 1, 2, 3… or 0, 1, 2…, in the order of the rows. */
function isRowNumber(column: Column): boolean {
	if (column.type !== 'integer' || column.missing) return false;
	const first = column.values[0] ?? 0;
	return (first === 0 || first === 1) && column.values.every((value, row) => value === first + row);
}
