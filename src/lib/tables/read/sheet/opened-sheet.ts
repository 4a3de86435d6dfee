/** A sheet that was read, as the rest of the import takes it: merged cells filled, what was changed told. */
import type { FileFormat } from '../../../core/protocol/import.ts';
import { invalidUtf8At } from '../../utf8.ts';
import type { OpenedFile, OpenedSheet, OpeningNote } from '../opened-file.ts';
import { fillMerged, type MergedRange } from './merged-cells.ts';
import type { RecordWriter, SheetLimits } from './record-writer.ts';
import { damagedXml } from './xml-tokens.ts';

export interface ReadSheet {
	readonly name: string;
	readonly out: RecordWriter;
	readonly merged: readonly MergedRange[];
	/** Cells with an error instead of a value. */
	readonly errors: number;
	/** Cells said to be numbers or dates that are none. */
	readonly asText: number;
	/** Whether its texts may be no UTF-8. */
	readonly unchecked: boolean;
}

/** Rows from which a single column is a list rather than a note to the reader. */
const LIST_ROWS = 200;

/**
 * How likely a sheet is the one that is meant, when nobody chose: what people see before what is hidden, then what has
 * columns and rows before a note such as « Lisez-moi », which is one column of a few lines.
 * @returns 0 for a sheet that holds nothing
 */
export function likelihood(out: RecordWriter, hidden: boolean): number {
	if (out.filled === 0) return 0;
	const columns = out.width - out.first;
	const note = columns < 2 ? out.rows < LIST_ROWS : out.rows < 2;
	return bestLikelihood(hidden) - (note ? 1 : 0);
}
/** The most that `likelihood` may say of such a sheet. */
export const bestLikelihood = (hidden: boolean): number => (hidden ? 2 : 4);

/**
 * @param controls control characters replaced outside of the sheet: in the texts that sheets share
 * @throws InvalidError `file_damaged` where texts are not UTF-8, and the limits of `fillMerged`
 */
export function openedSheet(
	format: FileFormat,
	sheet: ReadSheet,
	sheets: readonly OpenedSheet[],
	controls: number,
	limits: SheetLimits
): OpenedFile {
	const { text, filled } = fillMerged(sheet.out, sheet.merged, limits);
	const bytes = text.bytes.subarray(0, text.length);
	if (sheet.unchecked && invalidUtf8At(bytes) >= 0) throw damagedXml('not UTF-8');
	const counts: readonly OpeningNote[] = [
		{ code: 'merged_cells', count: filled },
		{ code: 'formula_errors', count: sheet.errors },
		{ code: 'values_as_text', count: sheet.asText },
		{ code: 'control_bytes', count: text.controls + controls }
	];
	return {
		format,
		members: [],
		member: null,
		sheets: sheets.map((listed) =>
			listed.name === sheet.name ? { ...listed, rows: text.rows, columns: text.width } : listed
		),
		sheet: sheet.name,
		nested: [],
		notes: counts.filter(({ count }) => count > 0),
		table: { kind: 'text', bytes, latin: false, rewritten: { header: 'unknown' } }
	};
}
