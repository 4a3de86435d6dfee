/** How well two tables match on columns that say the same thing, as the page is told it before a join is made. */
import type { ColumnTable } from 'arquero';
import type { MatchedColumns } from '../../core/pipeline/step.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import type { JoinMatches, Unmatched } from '../../core/protocol/preview.ts';
import { matchKeys } from '../../tables/steps/match-keys.ts';
import { CellFailure } from './failure.ts';
import { scalarOf } from './table-view.ts';

/** @throws CellFailure `missing_column`, InvalidError `step_arguments` where nothing is to be matched */
export function joinMatches(
	left: ColumnTable,
	right: ColumnTable,
	on: readonly MatchedColumns[]
): JoinMatches {
	for (const pair of on)
		for (const [table, name] of [
			[left, pair.left],
			[right, pair.right]
		] as const)
			if (!table.column(name)) throw new CellFailure('missing_column', { name, suggestion: '' });
	const { left: here, right: there, repeated, leftJoined, unlike } = matchKeys(left, right, on);
	const unmatched = here.listed
		.slice(0, LIMITS.unmatchedKeys)
		.map(({ values, rows, near }): Unmatched => ({
			values: values.map(scalarOf),
			rows,
			near: near[0]?.value ?? null
		}));
	return {
		rows: here.rows,
		matched: here.matched,
		missing: here.missing,
		several: repeated,
		made: leftJoined,
		unlike,
		otherRows: there.rows,
		otherMatched: there.matched,
		unmatchedKeys: here.unmatched,
		unmatched
	};
}
