/** A contributor's table made the contract's: its columns in order, of its types, and what does not meet it row by row. */
import type { Contract } from '../../core/pool/contract.ts';
import { unmapped, type PoolMapping } from '../../core/pool/mapping.ts';
import type { Column } from '../column.ts';
import { constantColumn, convertColumn } from './convert.ts';
import { withoutRows } from './concatenate.ts';
import { ProblemList } from './problems.ts';
import { validateTable } from './validate.ts';

export interface AppliedMapping {
	/** The contract's columns, in its order; as many rows as the contributor's table. A cell at fault is missing. */
	readonly columns: readonly Column[];
	readonly rows: number;
	readonly problems: ProblemList;
	/** The contributor's column behind each, to show a cell as it stood; null where none is. */
	readonly sources: readonly (Column | null)[];
}

/**
 * @param period the one that the part is for; null to take rows of any
 */
export function applyMapping(
	columns: readonly Column[],
	mapping: PoolMapping,
	contract: Contract,
	period: string | null = null
): AppliedMapping {
	const rows = columns[0]?.length ?? 0;
	const problems = new ProblemList(rows);
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
	withoutRows(columns, problems.flagged);
