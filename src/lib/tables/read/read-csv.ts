/** Reads the bytes of a delimited text into typed columns. */
import { InvalidError } from '../../core/errors.ts';
import type { ImportChoices } from '../../core/protocol/import.ts';
import { refuseOtherFormats } from './not-csv.ts';
import { openDelimited } from './open-delimited.ts';
import { readTable, type ReadOptions, type ReadTable } from './read-table.ts';

/**
 * @throws InvalidError `csv_empty`, `csv_binary`, `csv_other_format` (format), `csv_cell_too_long` (line,
 *   megabytes), `table_too_wide` (max), `table_too_long` (max)
 */
export async function readCsv(
	raw: Uint8Array<ArrayBuffer>,
	choices: ImportChoices = {},
	options: ReadOptions = {}
): Promise<ReadTable> {
	if (raw.length === 0) throw new InvalidError('csv_empty');
	refuseOtherFormats(raw);
	return readTable(openDelimited(raw), choices, options);
}
