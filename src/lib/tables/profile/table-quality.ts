/** Computes what lets a person judge a table: how complete it is, what it covers, what repeats or stands out. */
import type {
	ColumnQuality,
	RegionCoverage,
	TablePeriod,
	TableQuality
} from '../../core/dataset/quality.ts';
import { QUEBEC_REGIONS } from '../../core/territory/quebec-regions.ts';
import { dictionaryReader, dictionarySize, hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { countDuplicateRows } from './duplicate-rows.ts';
import { countOutliers } from './outliers.ts';
import { summarise } from './summary.ts';

/** Beyond this many rows, repeats are not looked for: it would take 12 bytes a row, and seconds. */
const MOST_COMPARED = 5_000_000;
/** Names under which a column of whole numbers holds years. */
const YEAR_NAME = /^(ann[ée]e|year|an|exercice|saison)\b/i;
/** Names of dates that tell when a row was written rather than what it is about. */
const RECORD_DATE = /modifi|cré[ée]|saisi|extra|import|update|creat|export/i;

/**
 * @param pause awaited between columns, so that a worker hears what it is told; throw in it to stop
 */
export async function qualityOf(
	columns: readonly Column[],
	pause: () => Promise<void> = () => Promise.resolve()
): Promise<TableQuality> {
	const rows = columns[0]?.length ?? 0;
	const portraits: ColumnQuality[] = [];
	for (const column of columns) {
		const summary = summarise([column]).columns[0];
		if (!summary) continue;
		portraits.push({
			...summary,
			valueType: column.valueType ?? column.type,
			topRows: summary.bins.slice(0, summary.top.length),
			outliers: isCount(column) ? null : countOutliers(column)
		});
		await pause();
	}
	const cells = rows * columns.length;
	const missing = columns.reduce((sum, column) => sum + column.missing, 0);
	return {
		rows,
		completeness: cells ? (cells - missing) / cells : null,
		duplicates: rows <= MOST_COMPARED ? countDuplicateRows(columns) : null,
		period: periodOf(portraits),
		regions: regionsOf(columns),
		columns: portraits
	};
}

/** Years are no measure: nobody asks which of them stand out. */
const isCount = (column: Column): boolean =>
	column.type === 'integer' && YEAR_NAME.test(column.name);

/** The fullest column of dates, what happened before when it was written down; else a column of years. */
function periodOf(portraits: readonly ColumnQuality[]): TablePeriod | null {
	const best = portraits
		.filter(
			({ type, min, max }) =>
				(type === 'date' || type === 'datetime') && min !== null && max !== null
		)
		.sort(
			(a, b) =>
				Number(RECORD_DATE.test(a.name)) - Number(RECORD_DATE.test(b.name)) || a.missing - b.missing
		)[0];
	if (best) {
		const day = (ms: number | null): number => Math.floor((ms ?? 0) / MS_PER_DAY) * MS_PER_DAY;
		return { column: best.name, unit: 'day', from: day(best.min), to: day(best.max) };
	}
	const years = portraits.find(
		({ type, name, min, max }) =>
			type === 'integer' &&
			YEAR_NAME.test(name) &&
			min !== null &&
			max !== null &&
			min >= 1500 &&
			max <= 2200
	);
	return years
		? { column: years.name, unit: 'year', from: years.min ?? 0, to: years.max ?? 0 }
		: null;
}

function regionsOf(columns: readonly Column[]): RegionCoverage | null {
	const column = columns.find(({ valueType }) => valueType === 'region');
	if (column?.type !== 'text') return null;
	const codeOf = new Map(QUEBEC_REGIONS.map(({ code, name }) => [name, code]));
	const read = dictionaryReader(column.dictionary);
	const region = Array.from({ length: dictionarySize(column.dictionary) }, (_, code) =>
		codeOf.get(read(code))
	);
	const counts = new Map<string, number>();
	let elsewhere = 0;
	for (let row = 0; row < column.length; row++) {
		const code = hasValue(column, row) ? region[column.codes[row] as number] : undefined;
		if (code === undefined) elsewhere++;
		else counts.set(code, (counts.get(code) ?? 0) + 1);
	}
	return {
		column: column.name,
		regions: [...counts]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([code, n]) => ({ code, rows: n })),
		elsewhere
	};
}
