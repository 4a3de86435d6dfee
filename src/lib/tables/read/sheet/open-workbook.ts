/** Opens an Excel workbook (.xlsx, .xlsm): one of its sheets becomes a rewritten text. */
import { AppError, InvalidError } from '../../../core/errors.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { isZip, type ZipEntry } from '../zip/zip-entries.ts';
import { zipKind } from '../zip/zip-kind.ts';
import { refuseCompound } from './compound.ts';
import { bestLikelihood, likelihood, openedSheet, type ReadSheet } from './opened-sheet.ts';
import { RecordWriter, SHEET_LIMITS, type SheetLimits } from './record-writer.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetCells, type SheetContext } from './sheet-cells.ts';
import { readStyles, readWorkbook, type WorkbookSheet } from './workbook-parts.ts';
import { packageOf, readPart } from './zip-part.ts';

/**
 * The sheet chosen, or the first that people see and that holds a table (`likelihood`). Sheets read on the way are listed with
 * their sizes.
 * @throws InvalidError `file_workbook_old` (.xls, .xlsb), `file_encrypted`, `file_damaged` (why), `file_zip_bomb`,
 *   `sheet_missing` (sheet), `sheet_empty`, `sheet_cell_too_long` (megabytes), `sheet_too_many_cells` (millions),
 *   `table_too_wide` (max), `table_too_long` (max), `table_too_large` (megabytes)
 */
export async function openWorkbook(
	bytes: Uint8Array<ArrayBuffer>,
	options: OpenOptions = {},
	limits: SheetLimits = SHEET_LIMITS
): Promise<OpenedFile> {
	refuseCompound(bytes);
	if (!isZip(bytes)) throw new InvalidError('file_damaged', { why: 'no zip' });
	const file = packageOf(bytes, options);
	if ((await zipKind(bytes, [...file.parts.values()])) === 'xlsb')
		throw new InvalidError('file_workbook_old');
	const { sheets, sharedStrings, styles, since1904 } = await readWorkbook(file);

	const shared = new SharedStrings();
	if (sharedStrings) await readPart(file, sharedStrings, (tokens) => shared.take(tokens));
	const context: SheetContext = { shared, kinds: await readStyles(file, styles), since1904 };

	const read = async (sheet: WorkbookSheet): Promise<ReadSheet> => {
		// A sheet's text is some two times what the sheet takes in the file.
		const likely = 2 * (sheet.entry.end - sheet.entry.start);
		const cells = new SheetCells(new RecordWriter(limits, likely), context);
		await readPart(file, sheet.entry, (tokens) => cells.take(tokens));
		return {
			name: sheet.name,
			out: cells.out,
			merged: cells.merged,
			errors: cells.errors,
			asText: cells.asText,
			unchecked: cells.unchecked
		};
	};
	const candidates =
		options.sheet === undefined
			? // Hidden ones last: they are what somebody chose not to show.
				[...sheets.filter((sheet) => !sheet.hidden), ...sheets.filter((sheet) => sheet.hidden)]
			: sheets.filter((sheet) => sheet.name === options.sheet);
	if (options.sheet !== undefined && candidates.length === 0)
		throw new InvalidError('sheet_missing', { sheet: options.sheet });
	let best: ReadSheet | null = null;
	let likely = 0;
	/** Parts are read once, whatever the names that they have. */
	const seen = new Set<ZipEntry>();
	const sizes = new Map<string, { readonly rows: number; readonly columns: number }>();
	for (const candidate of candidates) {
		if (seen.has(candidate.entry) || bestLikelihood(candidate.hidden) <= likely) continue;
		seen.add(candidate.entry);
		let sheet: ReadSheet;
		try {
			sheet = await read(candidate);
		} catch (error) {
			// Another sheet can be shown meanwhile; whoever chooses this one is told what is wrong with it.
			const spent = error instanceof AppError && error.code === 'file_zip_bomb';
			if (best && error instanceof AppError && !spent) continue;
			throw error;
		}
		sizes.set(sheet.name, { rows: sheet.out.rows, columns: sheet.out.width });
		const found = likelihood(sheet.out, candidate.hidden);
		if (found <= likely) continue;
		best = sheet;
		likely = found;
	}
	if (!best) throw new InvalidError('sheet_empty');
	const listed = sheets.map(({ name, hidden }) => ({
		name,
		hidden,
		...(sizes.get(name) ?? { rows: null, columns: null })
	}));
	return openedSheet('xlsx', best, listed, shared.text.controls, limits);
}
