/** How well two tables match on columns that say the same thing: what a join would find, told before it is made. */
import type { ColumnTable } from 'arquero';
import { nearest } from '../../core/analysis/near.ts';
import type { MatchedColumns } from '../../core/pipeline/step.ts';
import { LIMITS, type Scalar } from '../../core/protocol/messages.ts';
import type { JoinMatches, Unmatched } from '../../core/protocol/preview.ts';
import { CellFailure } from './failure.ts';
import { rowsOf, scalarOf } from './table-view.ts';

interface Column {
	at(row: number): unknown;
}
interface Keyed {
	readonly values: readonly Scalar[];
	rows: number;
}

/** Other values than these are not looked at for a near one. */
const NEAR_AMONG = 5_000;

/** As Arquero's `fold_key` composition: without accents, case, punctuation and spaces. */
const folded = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[\p{M}\p{P}\p{Z}\s]/gu, '')
		.toLowerCase();

/** Rows by what they are matched by; those without a value match nothing, as in Arquero. */
function keysOf(
	table: ColumnTable,
	columns: readonly { readonly name: string; readonly folded: boolean }[]
): { keys: Map<string, Keyed>; missing: number; rows: number } {
	const read = columns.map(({ name, folded }) => {
		const column = table.column(name) as Column | undefined;
		if (!column) throw new CellFailure('missing_column', { name, suggestion: '' });
		return { column, folded };
	});
	const order = rowsOf(table);
	const rows = table.numRows();
	const keys = new Map<string, Keyed>();
	let missing = 0;
	for (let i = 0; i < rows; i++) {
		const row = order ? (order[i] ?? 0) : i;
		let key = '';
		let absent = false;
		for (const { column, folded: fold } of read) {
			const value = scalarOf(column.at(row));
			if (value === null || Number.isNaN(value)) absent = true;
			key += `${typeof value === 'string' ? `"${fold ? folded(value) : value}` : String(value)}\u0000`;
		}
		if (absent) {
			missing++;
			continue;
		}
		const found = keys.get(key);
		if (found) found.rows++;
		else keys.set(key, { values: read.map(({ column }) => scalarOf(column.at(row))), rows: 1 });
	}
	return { keys, missing, rows };
}

export function joinMatches(
	left: ColumnTable,
	right: ColumnTable,
	on: readonly MatchedColumns[]
): JoinMatches {
	const here = keysOf(
		left,
		on.map(({ left, folded }) => ({ name: left, folded }))
	);
	const there = keysOf(
		right,
		on.map(({ right, folded }) => ({ name: right, folded }))
	);
	let matched = 0;
	let several = 0;
	let rightMatched = 0;
	const alone: [string, Keyed][] = [];
	for (const [key, own] of here.keys) {
		const other = there.keys.get(key);
		if (!other) {
			alone.push([key, own]);
			continue;
		}
		matched += own.rows;
		rightMatched += other.rows;
		if (other.rows > 1) several += own.rows;
	}
	alone.sort(([, a], [, b]) => b.rows - a.rows);
	// What is near is told of one text alone: of several it would not be known which is wrong.
	const texts = new Map<string, string>();
	if (on.length === 1)
		for (const [key, { values }] of there.keys) {
			const [value] = values;
			if (here.keys.has(key) || typeof value !== 'string') continue;
			if (!texts.has(folded(value))) texts.set(folded(value), value);
			if (texts.size >= NEAR_AMONG) break;
		}
	const near = ([value]: readonly Scalar[]): string | null => {
		if (typeof value !== 'string' || texts.size === 0) return null;
		return texts.get(folded(value)) ?? (nearest(value, texts.values()) || null);
	};
	const unmatched = alone
		.slice(0, LIMITS.unmatchedKeys)
		.map(([, { values, rows }]): Unmatched => ({ values, rows, near: near(values) }));
	return {
		rows: here.rows,
		matched,
		missing: here.missing,
		several,
		otherRows: there.rows,
		otherMatched: rightMatched,
		unmatchedKeys: alone.length,
		unmatched
	};
}
