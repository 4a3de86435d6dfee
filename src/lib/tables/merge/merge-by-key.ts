/**
 * A new export joins the table that is there. Columns are paired by their names, to the letter; those of the table that
 * is there come first, in their order, then the new ones. A column whose type differs becomes a number (whole numbers
 * and numbers) or else a text; it keeps what its values are (`valueType`) where both say the same.
 *
 * `add`: the rows that are there, then the new ones, all of them.
 * `replace`: the new table alone, as it is.
 * `merge`: a row that is there and whose key the new table has gives its place to the new row, which wins in each column
 * that the new table has, its missing values included; other columns keep what the row had. Rows whose key the new table
 * does not have, or who lack a value of their key, stay. Then come the new rows whose key was not there, and those that
 * lack a value of theirs, in their order. A key that several new rows have is the last one's; where several rows that are
 * there have a key that the new table has, the first gives its place and the others go. Both are counted, for a person to
 * see before anything is kept.
 */
import type { KeyOverlap } from '../../core/dataset/compare-versions.ts';
import type { MergeMode } from '../../core/dataset/recipe.ts';
import { InvalidError } from '../../core/errors.ts';
import { ARROW_LIMITS } from '../check-arrow.ts';
import type { Column } from '../column.ts';
import { gather, type Origins } from './gather.ts';
import { keyCodes, type KeyCodes } from './key-codes.ts';

/** A count of rows of the table that was there, and of the new one. */
export interface Sides {
	readonly before: number;
	readonly after: number;
}
export interface MergeCounts {
	/** Rows of the result: as they were, with a new row in their place, and new. Together they are all of it. */
	readonly kept: number;
	readonly replaced: number;
	readonly added: number;
	/** Rows that the result does not have. In `replace`, all that were there; in `merge`, those whose key is another's. */
	readonly dropped: Sides;
	/** Rows whose key an earlier row of the same table has; null without a key. */
	readonly duplicates: Sides | null;
	/** Rows that lack a value of their key; null without a key. */
	readonly withoutKey: Sides | null;
	/** Distinct keys; null without a key. */
	readonly overlap: KeyOverlap | null;
}
export interface Merged {
	readonly columns: readonly Column[];
	readonly counts: MergeCounts;
}

/**
 * @param key names of the columns that tell rows apart, of both tables; null: nothing is counted by key
 * @throws InvalidError `merge_key_required`, `merge_key_unknown`, `table_too_long`, `table_too_wide`
 */
export function mergeByKey(
	before: readonly Column[],
	after: readonly Column[],
	key: readonly string[] | null,
	mode: MergeMode,
	limits: { readonly rows: number; readonly columns: number } = ARROW_LIMITS
): Merged {
	if (mode === 'merge' && !key?.length) throw new InvalidError('merge_key_required');
	const codes = key?.length ? keyCodes(before, after, key) : null;
	const told = codes && key ? tellKeys(codes, key) : NOTHING_TOLD;
	const size = { before: before[0]?.length ?? 0, after: after[0]?.length ?? 0 };
	if (mode === 'replace') {
		const dropped = { before: size.before, after: 0 };
		return {
			columns: after,
			counts: { kept: 0, replaced: 0, added: size.after, dropped, ...told }
		};
	}
	const plan = mode === 'merge' && codes ? mergePlan(codes) : addPlan(size);
	if (plan.origins.after.length > limits.rows)
		throw new InvalidError('table_too_long', { max: limits.rows });
	const pairs = before.map((column): [Column, Column | null] => [
		column,
		after.find(({ name }) => name === column.name) ?? null
	]);
	const known = new Set(before.map(({ name }) => name));
	const more = after.filter(({ name }) => !known.has(name));
	if (pairs.length + more.length > limits.columns)
		throw new InvalidError('table_too_wide', { max: limits.columns });
	return {
		columns: [
			...pairs.map(([one, other]) => gather(one, other, plan.origins)),
			...more.map((column) => gather(null, column, plan.origins))
		],
		counts: { ...plan.counts, ...told }
	};
}

/** What a merge by that key makes, counted without making it. @throws InvalidError `merge_key_unknown` */
export function countMerge(
	before: readonly Column[],
	after: readonly Column[],
	key: readonly string[]
): CountedMerge {
	const codes = keyCodes(before, after, key);
	return { ...mergePlan(codes).counts, ...tellKeys(codes, key) };
}
/** With a key, nothing of it is untold. */
export type CountedMerge = { readonly [K in keyof MergeCounts]: NonNullable<MergeCounts[K]> };

interface Plan {
	readonly origins: Origins;
	readonly counts: Pick<MergeCounts, 'kept' | 'replaced' | 'added' | 'dropped'>;
}

function addPlan({ before, after }: Sides): Plan {
	const length = before + after;
	return {
		origins: {
			before: new Int32Array(length).map((_, row) => (row < before ? row : -1)),
			after: new Int32Array(length).map((_, row) => (row < before ? -1 : row - before))
		},
		counts: { kept: before, replaced: 0, added: after, dropped: { before: 0, after: 0 } }
	};
}

function mergePlan({ before, after, size }: KeyCodes): Plan {
	/** The row that a key has in the new table: its last. */
	const winner = new Int32Array(size).fill(-1);
	after.forEach((code, row) => {
		if (code >= 0) winner[code] = row;
	});
	const origins = {
		before: new Int32Array(before.length + after.length).fill(-1),
		after: new Int32Array(before.length + after.length).fill(-1)
	};
	const placed = new Uint8Array(size);
	let length = 0;
	let kept = 0;
	let replaced = 0;
	before.forEach((code, row) => {
		const next = code < 0 ? -1 : (winner[code] as number);
		if (next >= 0) {
			if (placed[code]) return;
			placed[code] = 1;
			replaced++;
		} else kept++;
		origins.before[length] = row;
		origins.after[length++] = next;
	});
	after.forEach((code, row) => {
		if (code < 0 || (winner[code] === row && !placed[code])) origins.after[length++] = row;
	});
	const added = length - kept - replaced;
	return {
		origins: {
			before: origins.before.subarray(0, length),
			after: origins.after.subarray(0, length)
		},
		counts: {
			kept,
			replaced,
			added,
			dropped: {
				before: before.length - kept - replaced,
				after: after.length - replaced - added
			}
		}
	};
}

type Told = Pick<CountedMerge, 'duplicates' | 'withoutKey' | 'overlap'>;
const NOTHING_TOLD: Pick<MergeCounts, keyof Told> = {
	duplicates: null,
	withoutKey: null,
	overlap: null
};

function tellKeys({ before, after, size }: KeyCodes, key: readonly string[]): Told {
	const tell = (codes: Int32Array) => {
		const seen = new Uint8Array(size);
		let duplicates = 0;
		let without = 0;
		for (const code of codes)
			if (code < 0) without++;
			else if (seen[code]) duplicates++;
			else seen[code] = 1;
		return { seen, duplicates, without };
	};
	const [one, other] = [tell(before), tell(after)];
	let common = 0;
	let onlyBefore = 0;
	let onlyAfter = 0;
	for (let code = 0; code < size; code++)
		if (one.seen[code] && other.seen[code]) common++;
		else if (one.seen[code]) onlyBefore++;
		else if (other.seen[code]) onlyAfter++;
	return {
		duplicates: { before: one.duplicates, after: other.duplicates },
		withoutKey: { before: one.without, after: other.without },
		overlap: { key, common, onlyBefore, onlyAfter }
	};
}
