/**
 * Whether a table meets a contract, row by row: what is required is there, allowed, in range, of its period, and no
 * key comes twice. Asked in the browser before a part is contributed, and once more on the server.
 */
import { storedAs } from '../../core/dataset/value-type.ts';
import type { Contract, ContractColumn } from '../../core/pool/contract.ts';
import { periodOf } from '../../core/pool/period.ts';
import {
	cellReader,
	dictionaryReader,
	dictionarySize,
	hasValue,
	MS_PER_DAY,
	type Column
} from '../column.ts';
import type { ProblemList } from './problems.ts';
import { hasShape } from './shapes.ts';

/** Whether these are the contract's columns, in its order, stored as it says. */
export const hasShapeOf = (columns: readonly Column[], contract: Contract): boolean =>
	columns.length === contract.columns.length &&
	contract.columns.every(
		({ name, type }, i) => columns[i]?.name === name && columns[i].type === storedAs(type)
	);

/**
 * Adds what is wrong to the list. Cells that it flagged before (they could not be converted) are missing here, and
 * not told twice.
 *
 * @param columns the contract's, in its order
 * @param period the one that the part is for; null to take any
 * @param told cells with a problem already, as `row * columns + column`
 */
export function validateTable(
	columns: readonly Column[],
	contract: Contract,
	period: string | null,
	problems: ProblemList,
	told: ReadonlySet<number> = new Set()
): void {
	const width = contract.columns.length;
	contract.columns.forEach((wanted, index) => {
		const column = columns[index];
		if (!column) return;
		const isTold = (row: number): boolean => told.has(row * width + index);
		if (wanted.required && column.missing)
			for (let row = 0; row < column.length; row++)
				if (!hasValue(column, row) && !isTold(row)) problems.add(row, index, 'required_missing');
		validateValues(column, wanted, index, problems);
	});
	if (contract.period && period !== null) validatePeriod(columns, contract, period, problems);
	validateKey(columns, contract, problems);
}

function validateValues(
	column: Column,
	wanted: ContractColumn,
	index: number,
	problems: ProblemList
): void {
	if (column.type === 'text') {
		const read = dictionaryReader(column.dictionary);
		const fits = hasShape(wanted.type);
		const allowed = wanted.allowed && new Set(wanted.allowed.map(({ value }) => value));
		// 0: fine, 1: not of the shape, 2: not allowed.
		const verdicts = new Uint8Array(dictionarySize(column.dictionary));
		let any = false;
		for (let code = 0; code < verdicts.length; code++) {
			const text = read(code);
			verdicts[code] = !fits(text) ? 1 : allowed && !allowed.has(text) ? 2 : 0;
			any ||= verdicts[code] !== 0;
		}
		if (!any) return;
		for (let row = 0; row < column.length; row++) {
			const verdict = hasValue(column, row) ? verdicts[column.codes[row] as number] : 0;
			if (verdict) problems.add(row, index, verdict === 1 ? 'wrong_type' : 'not_allowed');
		}
		return;
	}
	if (column.type !== 'number' && column.type !== 'integer') return;
	const { min, max } = wanted;
	for (let row = 0; row < column.length; row++) {
		if (!hasValue(column, row)) continue;
		const value = column.values[row] as number;
		if (!Number.isFinite(value)) problems.add(row, index, 'wrong_type');
		else if ((min !== null && value < min) || (max !== null && value > max))
			problems.add(row, index, 'out_of_range');
	}
}

/** The day of each row in the contract's period column; null where there is none. */
export function dayReader(
	columns: readonly Column[],
	contract: Contract
): (row: number) => number | null {
	const column =
		columns[contract.columns.findIndex(({ name }) => name === contract.period?.column)];
	if (!column || (column.type !== 'date' && column.type !== 'datetime')) return () => null;
	const read = cellReader(column);
	return (row) => {
		const ms = read(row);
		return typeof ms === 'number' ? Math.floor(ms / MS_PER_DAY) : null;
	};
}

/** The periods that a table holds rows of, in order, with how many. */
export function periodsIn(
	columns: readonly Column[],
	contract: Contract
): { readonly period: string; readonly rows: number }[] {
	const { period } = contract;
	if (!period) return [];
	const day = dayReader(columns, contract);
	const rows = new Map<string, number>();
	for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
		const at = day(row);
		if (at === null) continue;
		const name = periodOf(at, period.grain);
		rows.set(name, (rows.get(name) ?? 0) + 1);
	}
	return [...rows]
		.map(([name, count]) => ({ period: name, rows: count }))
		.sort((a, b) => (a.period < b.period ? -1 : 1));
}

function validatePeriod(
	columns: readonly Column[],
	contract: Contract,
	period: string,
	problems: ProblemList
): void {
	if (!contract.period) return;
	const { grain, column } = contract.period;
	const index = contract.columns.findIndex(({ name }) => name === column);
	const day = dayReader(columns, contract);
	for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
		const at = day(row);
		if (at !== null && periodOf(at, grain) !== period) problems.add(row, index, 'out_of_period');
	}
}

/** The second row of a key and those after it. A key with a missing cell is told as such, elsewhere. */
function validateKey(columns: readonly Column[], contract: Contract, problems: ProblemList): void {
	const { key } = contract;
	if (key.length === 0) return;
	const first = contract.columns.findIndex(({ name }) => name === key[0]);
	const parts = key.map((name) => columns[contract.columns.findIndex((c) => c.name === name)]);
	const readers = parts.map((column) => (column ? keyReader(column) : () => ''));
	const seen = new Set<string>();
	for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
		if (problems.ignores(row) || parts.some((column) => !column || !hasValue(column, row)))
			continue;
		const text = readers.map((read) => read(row)).join('\u001f');
		if (seen.has(text)) problems.add(row, first, 'key_duplicated');
		else seen.add(text);
	}
}

/** Texts by their code: the dictionary holds each once. */
const keyReader = (column: Column): ((row: number) => string) =>
	column.type === 'text'
		? (row) => String(column.codes[row])
		: (row) => String(column.type === 'boolean' ? cellReader(column)(row) : column.values[row]);
