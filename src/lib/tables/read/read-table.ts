/**
 * Reads an opened file into typed columns: guesses what was not chosen, reads, widens the guesses that the rest of the
 * file contradicts, and reports everything that was not taken as it stood. The same code runs in the import worker
 * and in Node.
 */
import type { ImportChoices, ImportReport } from '../../core/protocol/import.ts';
import type { Column } from '../column.ts';
import { finishColumn } from './finish-column.ts';
import { MISSING_TEXTS, MissingTexts } from './missing-texts.ts';
import type { OpenedFile, TableText } from './opened-file.ts';
import { readRows, type RowsRead, type RowsSource } from './read-rows.ts';
import { readTyped } from './read-typed.ts';
import { planTable } from './table-plan.ts';
import { reportText } from './text-report.ts';
import type { RepairSource } from './repairs.ts';
import { textSource } from './text-source.ts';

export interface ReadOptions {
	/** Reads at most this many rows: for a preview. */
	readonly rows?: number;
	/** Told now and then: bytes done and in all, rows read so far. */
	readonly progress?: (done: number, total: number, rows: number) => void;
	/** Awaited now and then, so that a worker hears what it is told; throw in it to stop. */
	readonly pause?: () => Promise<void>;
}

export interface ReadTable {
	/** Those kept, with their names; a column is null when it was left out. By position in the file. */
	readonly columns: readonly (Column | null)[];
	/** Columns that choices add, each beside its own. */
	readonly companions: readonly (Column | null)[];
	/** Text: rows of each distinct text. */
	readonly counts: readonly (Int32Array | null)[];
	readonly report: ImportReport;
	/** For the whole list of what was repaired or dropped. */
	readonly repairs: RepairSource;
}

/**
 * @throws InvalidError `csv_empty`, `csv_cell_too_long` (line, megabytes), `table_too_wide` (max),
 *   `table_too_long` (max), `table_too_large` (megabytes)
 */
export async function readTable(
	opened: OpenedFile,
	choices: ImportChoices = {},
	options: ReadOptions = {}
): Promise<ReadTable> {
	const { table } = opened;
	if (table.kind === 'typed') return readTyped(opened, table, choices, options);
	let read = await readText(table, choices, options, false);
	if (read.from.source.presumed && read.rows.built.some((found) => found?.malformed))
		read = await readText(table, choices, options, true);
	const thorough = options.rows === undefined;
	const finished = read.from.plan.columns.map((plan) => {
		const built = read.rows.built[plan.index];
		return built ? finishColumn(plan, built, thorough, read.from.missing) : null;
	});
	return reportText(opened, table, read.from, read.rows, finished, thorough, choices.today);
}

async function readText(
	table: TableText,
	choices: ImportChoices,
	options: ReadOptions,
	whole: boolean
): Promise<{ from: RowsSource; rows: RowsRead }> {
	const source = textSource(table, choices, whole);
	const missing = new MissingTexts(choices.missing ?? MISSING_TEXTS, source.latin);
	const from = { source, missing, plan: planTable(source, choices, missing) };
	return { from, rows: await readRows(from, options) };
}
