/**
 * How well two tables go together, before they are joined: which rows find another, which values find none, what those
 * may have meant, and how many rows come of it.
 */
import type { ColumnTable } from 'arquero';
import { keyFunction } from 'arquero/src/util/key-function.js';
import { InvalidError } from '../../core/errors.ts';
import { matchKey } from '../../core/pipeline/match-key.ts';
import type { MatchedColumns } from '../../core/pipeline/step.ts';
import { compile } from './interpret.ts';
import { nearValues, type NearValue } from './near-values.ts';

/** Values that find no other, at most. */
const LISTED = 200;

export interface UnmatchedValue {
	/** One for each pair of columns, as they stand in the first row that has them. */
	readonly values: readonly unknown[];
	readonly rows: number;
	/** What the other table has instead, nearest first; of texts matched by one pair, on the left. */
	readonly near: readonly NearValue[];
}

export interface MatchedSide {
	readonly rows: number;
	/** Rows that find one of the other table. */
	readonly matched: number;
	/** Rows of which a value is missing: they match nothing. */
	readonly missing: number;
	/** Different values that find none: how many, and the first of them, those of most rows first. */
	readonly unmatched: number;
	readonly listed: readonly UnmatchedValue[];
}

export interface KeyMatches {
	readonly left: MatchedSide;
	readonly right: MatchedSide;
	/** Rows of the left that match several of the right, so that a join repeats them. */
	readonly repeated: number;
	/** Rows that an inner join makes. */
	readonly joined: number;
	/** Rows that a left join makes. */
	readonly leftJoined: number;
	/** Pairs, by place, of which one side holds numbers and the other texts: they never match. */
	readonly unlike: readonly number[];
}

interface Held {
	readonly row: number;
	rows: number;
}

/** Throws an `InvalidError` where a column is not there, or nothing is to be matched. */
export function matchKeys(
	left: ColumnTable,
	right: ColumnTable,
	on: readonly MatchedColumns[]
): KeyMatches {
	if (on.length === 0) throw new InvalidError('step_arguments', { name: 'join' });
	const leftKeys = keysOf(left, on, 'left');
	const rightKeys = keysOf(right, on, 'right');
	let joined = 0;
	let repeated = 0;
	for (const [key, { rows }] of leftKeys.held) {
		const others = rightKeys.held.get(key)?.rows ?? 0;
		joined += rows * others;
		if (others > 1) repeated += rows;
	}
	const leftSide = sideOf(left, on, 'left', leftKeys, rightKeys);
	const rightSide = sideOf(right, on, 'right', rightKeys, leftKeys);
	const [only, more] = on;
	const listed =
		only && !more
			? withNear(leftSide.listed, valuesOf(right, only.right, rightKeys, leftKeys))
			: leftSide.listed;
	return {
		left: { ...leftSide, listed },
		right: rightSide,
		repeated,
		joined,
		leftJoined: joined + leftSide.rows - leftSide.matched,
		unlike: on.flatMap((pair, i) => (areUnlike(left, right, pair) ? [i] : []))
	};
}

interface Keys {
	readonly held: ReadonlyMap<unknown, Held>;
	readonly missing: number;
}

function keysOf(table: ColumnTable, on: readonly MatchedColumns[], side: 'left' | 'right'): Keys {
	const { values } = compile(
		on.map((pair) => ({ name: '', value: matchKey(pair, side) })),
		{ table, params: new Map(), aggregates: false, windows: false, ofGroup: false }
	);
	const keyOf = keyFunction(values as never, true);
	const held = new Map<unknown, Held>();
	let missing = 0;
	table.scan((row = 0) => {
		const key = keyOf(row);
		if (key === null || key === undefined || Number.isNaN(key)) {
			missing += 1;
			return;
		}
		const known = held.get(key);
		if (known) known.rows += 1;
		else held.set(key, { row, rows: 1 });
	});
	return { held, missing };
}

function sideOf(
	table: ColumnTable,
	on: readonly MatchedColumns[],
	side: 'left' | 'right',
	own: Keys,
	other: Keys
): MatchedSide {
	const lonely: Held[] = [];
	let matched = 0;
	for (const [key, held] of own.held) {
		if (other.held.has(key)) matched += held.rows;
		else lonely.push(held);
	}
	return {
		...{ rows: table.numRows(), matched, missing: own.missing, unmatched: lonely.length },
		listed: lonely
			.sort((a, b) => b.rows - a.rows || a.row - b.row)
			.slice(0, LISTED)
			.map(({ row, rows }) => ({
				values: on.map((pair) => table.column(pair[side])?.at(row) as unknown),
				rows,
				near: []
			}))
	};
}

/** Texts of the right, those that find none first: they are what a misspelt value more likely meant. */
function valuesOf(table: ColumnTable, name: string, own: Keys, other: Keys): string[] {
	const lonely: string[] = [];
	const matched: string[] = [];
	for (const [key, { row }] of own.held) {
		const value: unknown = table.column(name)?.at(row);
		if (typeof value === 'string') (other.held.has(key) ? matched : lonely).push(value);
	}
	return lonely.concat(matched);
}

function withNear(
	listed: readonly UnmatchedValue[],
	known: readonly string[]
): readonly UnmatchedValue[] {
	const texts = listed.map(({ values: [value] }) => (typeof value === 'string' ? value : ''));
	const near = nearValues(texts, known);
	return listed.map((one, i) => ({ ...one, near: near[i] ?? [] }));
}

/** Values looked at to tell numbers from texts. */
const LOOKED_AT = 1_000;

function areUnlike(left: ColumnTable, right: ColumnTable, pair: MatchedColumns): boolean {
	// Folded, both are texts.
	if (pair.folded) return false;
	const kinds = [typesIn(left, pair.left), typesIn(right, pair.right)];
	return (
		kinds.every(({ size }) => size === 1) &&
		kinds[0]?.values().next().value !== kinds[1]?.values().next().value
	);
}

function typesIn(table: ColumnTable, name: string): Set<string> {
	const values = table.column(name);
	const types = new Set<string>();
	let seen = 0;
	table.scan((row = 0, _data, stop) => {
		const value: unknown = values?.at(row);
		if (value === null || value === undefined) return;
		types.add(value instanceof Date ? 'date' : typeof value);
		seen += 1;
		if (seen >= LOOKED_AT) stop?.();
	});
	return types;
}
