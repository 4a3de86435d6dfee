/** A contributor's table made the contract's: its columns in order, of its types, and what does not meet it row by row. */
import type { Contract } from '../../core/pool/contract.ts';
import { unmapped, type PoolMapping } from '../../core/pool/mapping.ts';
import { periodOf } from '../../core/pool/period.ts';
import type { Column } from '../column.ts';
import { constantColumn, convertColumn } from './convert.ts';
import { withoutRows } from './concatenate.ts';
import { ProblemList } from './problems.ts';
import { dayReader, periodsIn, validateTable } from './validate.ts';

export interface AppliedMapping {
	/** The contract's columns, in its order; as many rows as the contributor's table. A cell at fault is missing. */
	readonly columns: readonly Column[];
	readonly rows: number;
	readonly problems: ProblemList;
	/** The contributor's column behind each, to show a cell as it stood; null where none is. */
	readonly sources: readonly (Column | null)[];
}

/**
 * @param period the one that the part is for: rows of another are problems; null to take rows of any
 * @param ignored rows of which nothing is told, one bit each
 */
export function applyMapping(
	columns: readonly Column[],
	mapping: PoolMapping,
	contract: Contract,
	period: string | null = null,
	ignored: Uint8Array | null = null
): AppliedMapping {
	const rows = columns[0]?.length ?? 0;
	const problems = new ProblemList(rows, ignored);
	const told = new Set<number>();
	const byTarget = new Map(mapping.map((each) => [each.target, each]));
	const sources = contract.columns.map(({ name }) => {
		const { source, constant } = byTarget.get(name) ?? unmapped(name);
		const found = source === null ? undefined : columns[source];
		return found ?? (constant !== null ? constantColumn(constant, rows) : null);
	});
	const made = contract.columns.map((target, index) => {
		const source = sources[index] ?? constantColumn('', rows);
		const how = byTarget.get(target.name) ?? unmapped(target.name);
		return convertColumn(source, target, how, (row, code) => {
			problems.add(row, index, code);
			told.add(row * contract.columns.length + index);
		});
	});
	validateTable(made, contract, period, problems, told);
	return { columns: made, rows, problems, sources };
}

/** The rows that meet the contract. */
export const withoutProblems = ({ columns, problems }: AppliedMapping): Column[] =>
	withoutRows(columns, problems.leftOut());

export interface PeriodMapping extends AppliedMapping {
	/** Of the table, with their rows, in order; empty where the contract has none. */
	readonly periods: readonly { readonly period: string; readonly rows: number }[];
	/** The one looked at: as asked, or that of most rows; '' where there is none. */
	readonly period: string;
	/** Rows of the others: no problem, and no part of what is contributed. */
	readonly elsewhere: number;
}

/** As `applyMapping`, for the rows of one period of a table that may hold several. */
export function applyForPeriod(
	columns: readonly Column[],
	mapping: PoolMapping,
	contract: Contract,
	asked: string | null
): PeriodMapping {
	const applied = applyMapping(columns, mapping, contract);
	if (!contract.period) return { ...applied, periods: [], period: '', elsewhere: 0 };
	const { grain } = contract.period;
	const periods = periodsIn(applied.columns, contract);
	const most = periods.reduce<(typeof periods)[number] | undefined>(
		(best, each) => (best && best.rows >= each.rows ? best : each),
		undefined
	);
	const period = periods.find((each) => each.period === asked)?.period ?? most?.period ?? '';
	const day = dayReader(applied.columns, contract);
	const ignored = new Uint8Array((applied.rows + 7) >> 3);
	let elsewhere = 0;
	for (let row = 0; row < applied.rows; row++) {
		const at = day(row);
		if (at === null || periodOf(at, grain) === period) continue;
		elsewhere++;
		ignored[row >> 3] = (ignored[row >> 3] ?? 0) | (1 << (row & 7));
	}
	const only = elsewhere ? applyMapping(columns, mapping, contract, null, ignored) : applied;
	return { ...only, periods, period, elsewhere };
}
