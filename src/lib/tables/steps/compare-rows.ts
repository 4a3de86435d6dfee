/** The order of a table by expressions, as Arquero has it: missing values first, then what is not a number. */
import type { ColumnTable } from 'arquero';
import { aggregate, resultsByRow } from './aggregate.ts';
import type { Compiled } from './operation.ts';

/** A comparator of a table's rows; `descending` says for each of the values whether it is turned around. */
export function compareRows(
	table: ColumnTable,
	{ values, operations }: Compiled,
	descending: readonly boolean[]
): (a: number, b: number) => number {
	const data = table.data();
	const results = resultsByRow(table, aggregate(table, operations));
	const parts = values.map((value, i) => ({ value, sign: descending[i] ? -1 : 1 }));
	return (a, b) => {
		for (const { value, sign } of parts) {
			const order = compareValues(value(a, data, results), value(b, data, results));
			if (order !== 0) return order * sign;
		}
		return 0;
	};
}

function compareValues(first: unknown, second: unknown): number {
	let [a, b] = [first as number, second as number];
	const missingA = first === null || first === undefined;
	const missingB = second === null || second === undefined;
	if ((a < b || missingA) && !missingB) return -1;
	if ((a > b || missingB) && !missingA) return 1;
	// Dates that are no time are no numbers either.
	if (first instanceof Date) a = +first;
	if (second instanceof Date) b = +second;
	if (Number.isNaN(a) && !Number.isNaN(b)) return -1;
	if (Number.isNaN(b) && !Number.isNaN(a)) return 1;
	return 0;
}
