/**
 * Groups too small to be published. What an output shows comes with the sizes of its groups (`group-sizes.ts`), as the
 * browser that ran it traced them; terms that name a smallest group let nothing through that comes without them. One
 * thing is worked out again from what is to be published, whatever the browser says: a table of one dataset, counted by
 * `count()` alone, whose column `count` came through untouched.
 *
 * What cannot be told (values of a cell put into a verb, one person behind many rows, what two outputs say together)
 * is in `docs/decisions/009-dataset-governance.md`.
 */
import { printFileName } from '../dataset/file-name.ts';
import type { ReportOutput } from '../report/report.ts';
import type { LineageSource, LineageStep } from './terms.ts';

export interface SmallGroups {
	readonly reason: 'small_group' | 'small_rest' | 'group_unknown';
	/** Groups that are too small; 0 where it is not known. */
	readonly count: number;
}

/** What an output shows of a source that is less than its terms allow; null: nothing. */
export function smallGroupsIn(output: ReportOutput, source: LineageSource): SmallGroups | null {
	const { minimumGroup } = source;
	// A setting is a criterion that the author chose.
	if (minimumGroup === undefined || output.kind === 'control') return null;
	const isSmall = (size: number): boolean => size > 0 && size < minimumGroup;
	const counted = countsShown(output).filter(isSmall).length;
	if (counted) return { reason: 'small_group', count: counted };
	if (!output.groups) return { reason: 'group_unknown', count: 0 };
	const file = printFileName(source);
	// What is not said to come from the file does not.
	for (const { sizes, rests, told } of output.groups.filter((one) => one.file === file)) {
		const small = sizes.filter(isSmall).length;
		if (small)
			return told ? { reason: 'small_group', count: small } : { reason: 'group_unknown', count: 0 };
		const rest = rests.filter(isSmall).length;
		if (rest) return { reason: 'small_rest', count: rest };
	}
	return null;
}

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

/** The numbers of rows that a table says itself, for certain. */
function countsShown(output: ReportOutput): number[] {
	if (output.kind !== 'table') return [];
	const { sources, steps } = output.lineage;
	if (sources.length !== 1 || !countsRows(steps)) return [];
	const at = output.columns.findIndex(({ name }) => name === 'count');
	return output.rows.flatMap((row) => {
		const count = row[at];
		return typeof count === 'number' ? [count] : [];
	});
}

function countsRows(steps: readonly LineageStep[]): boolean {
	const at = steps.findIndex(({ verb }) => verb === 'count');
	return (
		at >= 0 &&
		steps.every(({ verb }, i) => i === at || (i < at ? KEEPS_ROWS : KEEPS_COUNT).has(verb))
	);
}
