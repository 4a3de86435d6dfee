/** The sizes of groups that go with an output: of each thing shown where it can be followed, else the smallest given. */
import { ColumnTable } from 'arquero';
import { writtenMarks } from '../../core/chart/written-marks.ts';
import { printFileName } from '../../core/dataset/file-name.ts';
import { sentSizes, type GroupSizes } from '../../core/governance/group-sizes.ts';
import { REPORT_TABLE_ROWS } from '../../core/report/report.ts';
import { drawnRows } from './drawn-groups.ts';
import { floorsOf } from './group-floors.ts';
import { filesAsking, groupSizes, restsOf, smallestGroup } from './group-strands.ts';
import { knownLineage, tableLineage, type LineageContext } from './lineage.ts';

/** Nothing where no terms ask. */
type Claims = readonly GroupSizes[] | undefined;

const sent = (
	file: string,
	sizes: readonly number[],
	told: boolean,
	rests: readonly number[] = []
): GroupSizes => ({ file, sizes: sentSizes(sizes), rests: sentSizes(rests), told });

const some = (claims: GroupSizes[]): Claims => (claims.length ? claims : undefined);

/** Of a table: of the rows that a report can show. */
export function tableClaims(table: ColumnTable, cell: LineageContext): Claims {
	const { sources } = tableLineage(table, cell);
	const count = Math.min(REPORT_TABLE_ROWS, table.numRows());
	const rows = Array.from({ length: count }, (_, place) => [place]);
	return some(
		filesAsking(sources).map((file) => {
			const found = groupSizes(table, file, rows);
			return found
				? sent(file, found.sizes, found.told, restsOf(table, file, REPORT_TABLE_ROWS))
				: sent(file, [floorsOf(cell).get(file) ?? 1], false);
		})
	);
}

/** Of a text, or of a value made by plain code. */
export const codeClaims = (cell: LineageContext): Claims =>
	some([...floorsOf(cell)].map(([file, floor]) => sent(file, [floor], false)));

/** A longer source is not read again. */
const MOST_CHARS = 20_000;

/** Of a drawn chart. @param source of the cell that shows it */
export function chartClaims(figure: unknown, cell: LineageContext, source: string): Claims {
	const files = filesAsking(cell.lineage().sources);
	if (!files.length) return undefined;
	const written = source.length > MOST_CHARS ? new Map<number, never[]>() : writtenMarks(source);
	const shown = typeof figure === 'object' && figure !== null ? drawnRows(figure, written) : null;
	const { drawn, loose } = shown ?? { drawn: [], loose: false };
	const floors = floorsOf(cell);
	return some(
		files.map((file) => {
			const floor = floors.get(file) ?? 1;
			const sizes = loose ? [floor] : [];
			let told = !loose;
			for (const { table, sets } of drawn) {
				if (!(table instanceof ColumnTable)) {
					sizes.push(floor);
					told = false;
					continue;
				}
				const found = sets ? groupSizes(table, file, sets) : smallestOf(smallestGroup(table, file));
				if (found) {
					sizes.push(...found.sizes);
					told &&= found.told;
				} else if (mayComeFrom(table, file)) {
					sizes.push(floor);
					told = false;
				}
			}
			return sent(file, sizes, told);
		})
	);
}

const smallestOf = (found: ReturnType<typeof smallestGroup>) =>
	found && { sizes: [found.size], told: found.told };

/** A table of which nothing is known may come from all that its cell was given. */
const mayComeFrom = (table: ColumnTable, file: string): boolean =>
	knownLineage(table)?.sources.some((source) => printFileName(source) === file) ?? true;
