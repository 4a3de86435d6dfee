/** Opens an OpenDocument spreadsheet (.ods): one of its sheets becomes a rewritten text. */
import { InvalidError } from '../../../core/errors.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { inflateWhole } from '../zip/inflate.ts';
import { isZip } from '../zip/zip-entries.ts';
import { OdsCells } from './ods-cells.ts';
import { openedSheet } from './opened-sheet.ts';
import { SHEET_LIMITS, type SheetLimits } from './record-writer.ts';
import { packageOf, partOf, readPart } from './zip-part.ts';

const MAX_MANIFEST_BYTES = 5_000_000;

/**
 * The sheet chosen, or the first that people see and that holds a table (`likelihood`).
 * @throws InvalidError as `openWorkbook` does
 */
export async function openOds(
	bytes: Uint8Array<ArrayBuffer>,
	options: OpenOptions = {},
	limits: SheetLimits = SHEET_LIMITS
): Promise<OpenedFile> {
	if (!isZip(bytes)) throw new InvalidError('file_damaged', { why: 'no zip' });
	const file = packageOf(bytes, options);
	const manifest = partOf(file, 'META-INF/manifest.xml');
	if (manifest) {
		const text = await inflateWhole(bytes, manifest, file.budget, MAX_MANIFEST_BYTES);
		// Older ones declare a document type, which no part that is read may: this one is only looked through.
		if (new TextDecoder().decode(text).includes('encryption-data'))
			throw new InvalidError('file_encrypted');
	}
	const content = partOf(file, 'content.xml');
	if (!content) throw new InvalidError('file_damaged', { why: 'no content' });
	const cells = new OdsCells(options.sheet, limits);
	await readPart(file, content, (tokens) => cells.take(tokens));
	if (options.sheet !== undefined && !cells.tables.some(({ name }) => name === options.sheet))
		throw new InvalidError('sheet_missing', { sheet: options.sheet });
	if (!cells.read || cells.read.out.filled === 0) throw new InvalidError('sheet_empty');
	return openedSheet('ods', cells.read, cells.tables, 0, limits);
}
