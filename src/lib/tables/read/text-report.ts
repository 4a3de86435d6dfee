/** The report of a text that was read: what was guessed and why, and everything that was not taken as it stood. */
import {
	LISTED,
	type Evidence,
	type ImportWarning,
	type ReadFile,
	type WarningCode
} from '../../core/protocol/import.ts';
import { tellColumns } from './column-report.ts';
import type { FinishedColumn } from './finish-column.ts';
import { locateCells } from './locate-cells.ts';
import type { OpenedFile, TableText } from './opened-file.ts';
import type { RowsRead, RowsSource } from './read-rows.ts';
import type { ReadTable } from './read-table.ts';
import { textCells } from './repaired-cells.ts';
import { cellText, linesOf, shorten, stretch, type TextSource } from './text-source.ts';

export const fileOf = ({
	format,
	members,
	member,
	sheets,
	sheet,
	nested
}: OpenedFile): ReadFile => ({
	format,
	members,
	member,
	sheets,
	sheet,
	nested
});

type Counts = Partial<Record<WarningCode, number>>;
export function counter(counts: Counts): (code: WarningCode, count: number) => void {
	return (code, count) => {
		if (count) counts[code] = (counts[code] ?? 0) + count;
	};
}

export function reportText(
	opened: OpenedFile,
	table: TableText,
	from: RowsSource,
	read: RowsRead,
	finished: readonly (FinishedColumn | null)[],
	complete: boolean,
	today: number | undefined
): ReadTable {
	const { source, missing, plan } = from;
	const counts: Counts = {};
	const add = counter(counts);
	for (const { code } of plan.warnings) add(code, 1);
	for (const [code, count] of read.scanner.eventCounts) add(code, count);
	add('total_row', read.filter.counts.total_row);
	add('repeated_header', read.filter.counts.repeated_header);
	for (const { code, count } of opened.notes) add(code, count);
	add('replaced_bytes', source.replaced);
	if (read.rows === 0) add('no_rows', 1);

	for (const column of plan.columns) {
		const found = finished[column.index];
		// A column without a name and without a value is what a separator at the end of each line leaves.
		if (column.header.trim() === '' && plan.header.value && found?.column.missing === read.rows)
			column.kept = false;
	}
	const own = plan.columns.map((column, index) => ({
		plan: column,
		built: read.built[index] ?? null,
		finished: finished[index] ?? null,
		parsed: true,
		missing,
		blanks: null
	}));
	const cells = textCells(from);
	const told = tellColumns(own, add, cells, plan.header.value, today);
	return {
		columns: told.columns,
		companions: told.companions,
		counts: told.counts,
		report: {
			file: fileOf(opened),
			rows: read.rows,
			bytes: table.bytes.length,
			encoding: { value: source.encoding.value, evidence: encodingEvidence(source, finished) },
			separator: source.layout.separator,
			decimal: plan.decimal,
			header: plan.header,
			missing: missing.texts,
			columns: told.reports,
			warnings: [
				...plan.warnings,
				...scanWarnings(source, read),
				...cellWarnings(from, read, finished),
				...told.warnings
			],
			counts,
			complete
		},
		repairs: { cells, columns: own }
	};
}

/** What was seen of the beginning only is looked for in the texts that were kept. */
function encodingEvidence(
	source: TextSource,
	finished: readonly (FinishedColumn | null)[]
): Evidence {
	const { evidence } = source.encoding;
	if (evidence.code !== 'ascii' || !source.presumed) return evidence;
	const accented = finished.some(
		(found) => found?.column.type === 'text' && !isAscii(found.column.dictionary.bytes)
	);
	return accented ? { code: 'utf8_valid', details: {} } : evidence;
}

function isAscii(bytes: Uint8Array): boolean {
	for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 0x7f) return false;
	return true;
}

/** What the scanner met, and the rows that were left out: in the order of the file, so that lines are counted once. */
function scanWarnings(source: TextSource, { scanner, filter }: RowsRead): ImportWarning[] {
	const line = linesOf(source);
	let before = 0;
	const ragged = scanner.events.map(({ code, row, at, start, end }): ImportWarning => {
		while ((filter.dropped[before]?.record ?? Infinity) < row) before++;
		return {
			code,
			line: line(at),
			row: row - before + 1,
			column: null,
			text: stretch(source, start, end)
		};
	});
	const lines = linesOf(source);
	return [
		...ragged,
		...filter.dropped.map(({ code, start, end }): ImportWarning => ({
			code,
			line: lines(start),
			row: null,
			column: null,
			text: stretch(source, start, end)
		}))
	];
}

/** Values that are not of their column's type. */
function cellWarnings(
	from: RowsSource,
	read: RowsRead,
	finished: readonly (FinishedColumn | null)[]
): ImportWarning[] {
	const { source } = from;
	const cells: { row: number; start: number; end: number; index: number }[] = [];
	read.built.forEach((found, index) => {
		const log = found?.misfits.log;
		for (let i = 0; log && i < Math.min(log.count, LISTED); i++)
			cells.push({ row: log.row(i), start: log.start(i), end: log.end(i), index });
		if (finished[index]?.lost) cells.push(...locateCells(from, index, finished[index], LISTED));
	});
	cells.sort((a, b) => a.start - b.start);
	const line = linesOf(source);
	return cells.map(({ row, start, end, index }): ImportWarning => ({
		code: 'misfit',
		line: line(start),
		row: row + 1,
		column: index,
		text: shorten(cellText(source, start, clipped(start, end)))
	}));
}

/** No more of a cell than is shown. */
const clipped = (start: number, end: number): number =>
	end < 0 ? ~Math.min(~end, start + 400) : Math.min(end, start + 400);
