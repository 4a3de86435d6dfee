/**
 * Small groups that can be told with certainty at publication: the first step towards disclosure control, which comes
 * later. Told: a table of one dataset whose rows were counted by `count()` alone, and whose column `count` came through
 * untouched; each of its values is then a number of rows of the dataset. Not told: what `rollup` counts (its column has
 * any name), sums and means of few rows, counts of a table that was already summarised or joined, pictures, values,
 * texts, rows of a table beyond those published, and what two tables tell when one is taken from the other.
 */
import type { ReportOutput } from '../report/report.ts';
import type { LineageSource, LineageStep } from './terms.ts';

/** Before the count: a row that comes out of these is one row of the dataset. */
const KEEPS_ROWS: ReadonlySet<string> = new Set([
	'load',
	'filter',
	'derive',
	'select',
	'rename',
	'relocate',
	'groupby',
	'ungroup',
	'orderby',
	'unorder',
	'slice',
	'reify',
	'params'
]);
/** After it: these leave the column `count` what it was. */
const KEEPS_COUNT: ReadonlySet<string> = new Set([
	'filter',
	'relocate',
	'groupby',
	'ungroup',
	'orderby',
	'unorder',
	'slice',
	'reify',
	'params'
]);

/** Whether an output shows, for certain, a group of fewer rows than the terms of its one source allow. */
export function showsSmallGroup(output: ReportOutput, source: LineageSource): boolean {
	const { minimumGroup } = source;
	if (output.kind !== 'table' || minimumGroup === undefined) return false;
	const { sources, steps } = output.lineage;
	if (sources.length !== 1 || !countsRows(steps)) return false;
	const at = output.columns.findIndex(({ name }) => name === 'count');
	return output.rows.some((row) => {
		const count = row[at];
		return typeof count === 'number' && count > 0 && count < minimumGroup;
	});
}

function countsRows(steps: readonly LineageStep[]): boolean {
	const at = steps.findIndex(({ verb }) => verb === 'count');
	return (
		at >= 0 &&
		steps.every(({ verb }, i) => i === at || (i < at ? KEEPS_ROWS : KEEPS_COUNT).has(verb))
	);
}
