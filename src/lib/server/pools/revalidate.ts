/**
 * What another contract means for parts that were contributed already: each is read again, row by row. One that meets
 * it stands; one that does not is left out until it is contributed anew; one that was left out may come back.
 */
import { storedAs, type ValueType } from '../../core/dataset/value-type.ts';
import { PUBLICATION_TERMS } from '../../core/governance/terms.ts';
import type { BreakingChange } from '../../core/pool/contract-change.ts';
import type { Contract } from '../../core/pool/contract.ts';
import { checkArrow } from '../../tables/check-arrow.ts';
import { ProblemList } from '../../tables/pool/problems.ts';
import { readPool } from '../../tables/pool/read-pool.ts';
import { validateTable } from '../../tables/pool/validate.ts';
import type { App } from '../app.ts';
import type { StoredColumn } from '../db/schema.ts';
import { columnsOfPart, type StoredPart } from './stored-pool.ts';

/** Stands and stands still; left out from now on; left out and comes back; left out and stays so. */
export type PartOutcome = 'stays' | 'aside' | 'back' | 'still_aside';

export interface PartReview {
	readonly id: string;
	readonly organisation: string;
	readonly period: string;
	readonly rows: number;
	readonly outcome: PartOutcome;
	/** Why it does not meet the contract. */
	readonly reasons: readonly {
		/** `rows`: some of its cells do not meet what the contract asks of the column. */
		readonly code: BreakingChange | 'rows';
		/** Label's column name; '' for the contract as a whole. */
		readonly column: string;
		/** Cells at fault; 0 where it is the column as a whole. */
		readonly cells: number;
	}[];
}

/**
 * @param before the contract that the part meets
 * @param pooled whether it stands in the pool now
 */
export async function reviewPart(
	app: Pick<App, 'blobs'>,
	part: StoredPart,
	before: Contract,
	after: Contract,
	pooled: boolean
): Promise<PartReview> {
	const { id, organisation, period, rows } = part;
	const told = (reasons: PartReview['reasons']): PartReview => {
		const meets = reasons.length === 0;
		const outcome = pooled ? (meets ? 'stays' : 'aside') : meets ? 'back' : 'still_aside';
		return { id, organisation, period, rows, outcome, reasons };
	};
	const whole = wholeChanges(part, before, after);
	if (whole.length) return told(whole);
	const columns = columnsOfPart(part, checkArrow(await app.blobs.get(part.hash)));
	// Without the column that says whose it is, which no contract has.
	const [, ...asked] = readPool(after, [{ organisation, columns }]);
	const problems = new ProblemList(rows);
	validateTable(asked, after, after.period ? period : null, problems);
	const { columns: cells } = problems.counts(after.columns.length);
	return told(
		after.columns.flatMap(({ name }, i) =>
			cells[i] ? [{ code: 'rows' as const, column: name, cells: cells[i] }] : []
		)
	);
}

/** What no reading of its rows could mend. */
function wholeChanges(
	part: StoredPart,
	before: Contract,
	after: Contract
): PartReview['reasons'][number][] {
	const found: PartReview['reasons'][number][] = [];
	const add = (code: BreakingChange, column = ''): void => {
		found.push({ code, column, cells: 0 });
	};
	const kept = new Map(part.columns.map((column) => [column.name, column]));
	const units = new Map(before.columns.map(({ name, unit }) => [name, unit]));
	for (const { name, type, unit, required } of after.columns) {
		const has = kept.get(name);
		if (!has) {
			if (required) add('column_required', name);
			continue;
		}
		if (!sameKind(has, type)) add('type_changed', name);
		if ((units.get(name) ?? unit) !== unit) add('unit_changed', name);
	}
	// A part stands for one period: with others, nobody knows which of its rows belong where.
	if (before.period?.grain !== after.period?.grain) add('period_changed');
	if (before.terms.licence !== after.terms.licence) add('licence_changed');
	const rank = ({ terms }: Contract): number => PUBLICATION_TERMS.indexOf(terms.publication);
	if (rank(after) > rank(before)) add('terms_loosened');
	return found;
}

/** Texts are judged by what they hold; a number of another kind says another thing. */
const sameKind = (has: StoredColumn, type: ValueType): boolean =>
	has.type === storedAs(type) && (has.type === 'text' || (has.valueType ?? has.type) === type);

/** What is written down of a part that meets the contract: its columns are those that both have. */
export const columnsUnder = (part: StoredPart, contract: Contract): StoredColumn[] => {
	const kept = new Map(part.columns.map((column) => [column.name, column]));
	return contract.columns.flatMap(({ name, type }) => {
		const has = kept.get(name);
		return has ? [{ ...has, valueType: type }] : [];
	});
};
