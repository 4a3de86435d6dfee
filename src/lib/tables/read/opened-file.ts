/**
 * What a file turns out to hold, before any of its columns is given a type. A reader of a format makes one of these;
 * the rest of the import (header, types, repairs, personal information) is the same for all of them.
 *
 * Formats without types of their own, and those whose cells may be of any type (sheets, JSON), become one text of
 * records and cells: a sheet or an array is written anew as such a text, with separators that no cell may contain,
 * so that one scanner and one set of parsers serve every format. Formats with typed columns (Arrow, Parquet) give
 * these columns.
 */
import type { FileFormat } from '../../core/protocol/import.ts';
import type { Column } from '../column.ts';
import type { CellLog } from './cell-log.ts';

/** A text of records and cells. */
export interface TableText {
	readonly kind: 'text';
	/** UTF-8; windows-1252 where `latin`. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly latin: boolean;
	/** Absent for a text written by people's programs, whose separator is to be guessed: a delimited text. */
	readonly rewritten?: RewrittenText;
}

/**
 * A table written anew as a text: cells end with U+001F, records with U+001E, and no quotation mark means anything.
 * Each record of the source is one record here, blank ones included, so that the n-th record is its n-th row. A cell
 * that begins with U+0011 is a number as machines write it (`-1234.5`, `1e21`), followed by ` %` or ` $` where its
 * format shows that (a percentage is in points), with U+0012 an ISO date or date-time
 * (`2024-03-09`, `2024-03-09T19:30:00`), with U+0013 `true` or `false`; what follows the mark is the text people see
 * where the column turns out to be a text. A cell that is empty, or is not there, is missing.
 */
export interface RewrittenText {
	/** Records that are certainly no part of the header and its titles: where the source says so (a JSON key list). */
	readonly header: 'first' | 'unknown';
}
export const CELL_END = 0x1f;
export const RECORD_END = 0x1e;
export const NUMBER_MARK = 0x11;
export const DATE_MARK = 0x12;
export const BOOLEAN_MARK = 0x13;

/** Typed columns, as the file has them. */
export interface TypedTable {
	readonly kind: 'typed';
	readonly columns: readonly Column[];
	/** By column: rows whose value was no number (NaN), and which are missing for it; null where there is none. */
	readonly blanks?: readonly (CellLog | null)[];
}

/** Something that was not taken as it stood while the file was opened: told on the page, listed in the repairs. */
export interface OpeningNote {
	/** Becomes a warning of the report. */
	readonly code:
		| 'merged_cells'
		| 'formula_errors'
		| 'nested_values'
		| 'values_as_text'
		| 'control_bytes'
		| 'duplicate_keys'
		| 'dropped_columns';
	readonly count: number;
}

export interface OpenedFile {
	readonly format: FileFormat;
	/** Files of the archive that could be read, where the file is one; the one read is `member`. */
	readonly members: readonly string[];
	readonly member: string | null;
	/** Sheets of a workbook, or arrays of a JSON document (`$.events`), that could be read; the one read is `sheet`. */
	readonly sheets: readonly OpenedSheet[];
	readonly sheet: string | null;
	/** JSON: keys of nested objects that were, or could be, made columns (`lieu.ville`). */
	readonly nested: readonly string[];
	readonly notes: readonly OpeningNote[];
	readonly table: TableText | TypedTable;
}
export interface OpenedSheet {
	readonly name: string;
	/** Rows and columns that it has; null where it was not read. */
	readonly rows: number | null;
	readonly columns: number | null;
	readonly hidden: boolean;
}

/** What a reader may be told, and how it lets others work. */
export interface OpenOptions {
	readonly member?: string;
	readonly sheet?: string;
	/** JSON: nested objects are made columns down to this depth; deeper ones stay JSON texts. */
	readonly depth?: number;
	/** Told now and then: bytes, or what stands for them, done and in all. */
	readonly progress?: (done: number, total: number) => void;
	/** Awaited now and then, so that a worker hears what it is told; throw in it to stop. */
	readonly pause?: () => Promise<void>;
}
