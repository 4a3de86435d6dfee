/** Reads the rows of a text into columns, again for those that turn out to be of another type. */
import { storedAs, type StoredType } from '../../core/dataset/value-type.ts';
import { InvalidError } from '../../core/errors.ts';
import { LISTED } from '../../core/protocol/import.ts';
import { ARROW_LIMITS } from '../check-arrow.ts';
import { columnBuilder, type BuiltColumn } from './column-builder.ts';
import { BLOCK, type CsvScanner } from './csv-scanner.ts';
import { withCompactDates, withLaterCodes } from './late-cells.ts';
import type { MissingTexts } from './missing-texts.ts';
import type { ReadOptions } from './read-table.ts';
import type { ColumnPlan, TablePlan } from './table-plan.ts';
import { scan, type TextSource } from './text-source.ts';
import { RowFilter } from './total-rows.ts';
import { widen } from './widen-type.ts';

/** Bytes between two pauses. */
const PAUSE_BYTES = 4_000_000;

/** What a value of a column takes at least, in bytes. */
const VALUE_BYTES: Readonly<Record<StoredType, number>> = {
	text: 4,
	integer: 4,
	number: 8,
	date: 4,
	datetime: 8,
	boolean: 1 / 8
};

/**
 * Rows of which the table can be stored. Lines of one cell under a header of two thousand make a table a thousand times
 * larger than its file: the memory is not taken before it is known that it may be of use.
 */
const mostRows = (columns: readonly ColumnPlan[]): number => {
	let bytes = 0;
	for (const { type, dropped } of columns) if (!dropped) bytes += VALUE_BYTES[storedAs(type)];
	return bytes === 0 ? Infinity : Math.floor(ARROW_LIMITS.bytes / bytes);
};

/** How many times the rows that can be stored have to be counted before a table is refused for them unread. */
const FAR_BEYOND = 1.25;

/** Refused before its columns are laid out, where the first rows say that there are far too many; each is counted then. */
function refuseFarBeyond(from: RowsSource, storable: number): void {
	const most = storable * FAR_BEYOND;
	if (from.plan.rows <= most) return;
	const { scanner } = openRows(from, 0);
	while (scanner.records <= most) if (scanner.next() === 0) return;
	throw tooLarge();
}

const tooLarge = (): InvalidError =>
	new InvalidError('table_too_large', { megabytes: ARROW_LIMITS.bytes / 1e6 });

export interface RowsSource {
	readonly source: TextSource;
	readonly missing: MissingTexts;
	readonly plan: TablePlan;
}

export interface RowsRead {
	readonly built: readonly (BuiltColumn | null)[];
	readonly rows: number;
	readonly scanner: CsvScanner;
	readonly filter: RowFilter;
}

/**
 * @throws InvalidError `csv_empty`, `csv_cell_too_long` (line, megabytes), `table_too_long` (max), `table_too_large`
 *   (megabytes)
 */
export async function readRows(from: RowsSource, options: ReadOptions): Promise<RowsRead> {
	const { plan } = from;
	let pending = plan.columns.filter((column) => column.kept).map((column) => column.index);
	const built: (BuiltColumn | null)[] = plan.columns.map(() => null);
	let reading: Omit<RowsRead, 'built'> | null = null;
	// integer → with codes → number → text: no column is read more than four times.
	for (let pass = 0; pass < 4; pass++) {
		const result = await readColumns(from, pending, built, options);
		reading ??= result;
		pending = pending.filter((index) => {
			const column = plan.columns[index];
			const read = built[index];
			if (!column || !read) return false;
			const found = withCompactDates(read, column, from.source);
			built[index] = found;
			if (withLaterCodes(found, column, from.source)) return true;
			return widen(column, found, from.source);
		});
		if (pending.length === 0) break;
	}
	if (!reading) throw new InvalidError('csv_empty');
	return { built, ...reading };
}

/** The scanner of a plan's rows, and what takes out those that are none. */
export function openRows(
	{ source, plan }: Pick<RowsSource, 'source' | 'plan'>,
	listed: number
): { scanner: CsvScanner; filter: RowFilter } {
	return {
		scanner: scan(source, plan.columns.length, { start: plan.start, end: plan.end, listed }),
		filter: new RowFilter({ ...plan.filter, listed })
	};
}

async function readColumns(
	from: RowsSource,
	wanted: readonly number[],
	into: (BuiltColumn | null)[],
	options: ReadOptions
): Promise<Omit<RowsRead, 'built'>> {
	const { source, missing, plan } = from;
	const { bytes, latin } = source;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { scanner, filter } = openRows(from, LISTED);
	const storable = mostRows(wanted.map((index) => plan.columns[index] as ColumnPlan));
	if (options.rows === undefined) refuseFarBeyond(from, storable);
	const expected = Math.min(options.rows ?? plan.rows, plan.rows, ARROW_LIMITS.rows, storable);
	const builders = wanted.map((index) => {
		const { type, decimal, dateOrder, codes, choice } = plan.columns[index] as ColumnPlan;
		return {
			index,
			builder: columnBuilder({
				type,
				decimal,
				dateOrder,
				latin,
				missing,
				rows: expected,
				marked: source.rewritten,
				codes,
				zeroMissing: choice.zeroMissing ?? false
			})
		};
	});
	const most = options.rows ?? Infinity;
	let paused = 0;
	let row = 0;
	while (row < most) {
		const count = scanner.next(Math.min(BLOCK, most - row));
		if (count === 0) break;
		const kept = filter.apply(scanner, bytes, count);
		if (row + kept > ARROW_LIMITS.rows)
			throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
		if (row + kept > storable) throw tooLarge();
		const { starts, ends } = scanner;
		for (const { index, builder } of builders)
			builder.append({ bytes, view, starts, ends, base: index * BLOCK, count: kept, row });
		row += kept;
		if (scanner.position - paused > PAUSE_BYTES) {
			paused = scanner.position;
			options.progress?.(scanner.position, bytes.length, row);
			await options.pause?.();
		}
	}
	for (const { index, builder } of builders) into[index] = builder.finish(row);
	return { rows: row, scanner, filter };
}
