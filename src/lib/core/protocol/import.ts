/**
 * What the import screen and the import worker say to each other. Everything a guess decided can be overruled
 * by a plain `ImportChoices` value, and reading the same bytes with the same choices gives the same table. Rows stay
 * in the worker: the screen sees a preview, counts, and the list of what was not taken as it stood.
 */
import type { TableQuality } from '../dataset/quality.ts';
import type { JoinChoice, VersionComparison } from '../dataset/refresh.ts';
import { VALUE_TYPES, type ValueType } from '../dataset/value-type.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { ExportedFile, ExportWanted } from './export.ts';
import type { ColumnInfo, Scalar, TableSummary, TableWindow } from './messages.ts';
import type { TableAsk, TableReply } from './table-query.ts';

/** The media type of a stored table. */
export const ARROW_MEDIA_TYPE = 'application/vnd.apache.arrow.file';
/** Of an upload: one that makes a browser ask first before it sends it from another site. */
export const UPLOAD_MEDIA_TYPE = 'application/x-carnet-upload';

/** What a file turned out to be; a zip is opened and says what it holds. */
export const FILE_FORMATS = [
	'delimited',
	'xlsx',
	'ods',
	'json',
	'ndjson',
	'parquet',
	'arrow'
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export const ENCODINGS = ['utf-8', 'windows-1252', 'macintosh', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];
export type DecimalMark = ',' | '.';
/** Which comes first in `03/04/2024`. */
export type DateOrder = 'dmy' | 'mdy';
/** The column types that import makes, in the order they are offered. */
export const IMPORT_TYPES = VALUE_TYPES;
export type ImportType = ValueType;

/** What the person decided; whatever is absent is guessed. */
export interface ImportChoices {
	readonly encoding?: Encoding;
	readonly separator?: Separator;
	readonly decimal?: DecimalMark;
	readonly dateOrder?: DateOrder;
	readonly header?: boolean;
	/** Records that the header takes: two where names stand under the names of groups. */
	readonly headerRecords?: 1 | 2;
	/** Rows that only add up others are left out unless kept. */
	readonly totals?: 'keep';
	/** The file of an archive, the sheet of a workbook or the array of a JSON document that is read. */
	readonly member?: string;
	readonly sheet?: string;
	/** JSON: how deep nested objects become columns. */
	readonly depth?: number;
	/** Texts read as missing, besides the empty one. */
	readonly missing?: readonly string[];
	/** The language of what stands in the place of personal information: French where it is not said. */
	readonly masks?: Lang;
	/** Days since 1970-01-01 of the day of the import, at which ages are reckoned. */
	readonly today?: number;
	/** By position in the file: names may be empty, or there twice. */
	readonly columns?: readonly (ColumnChoice | null)[];
}
export interface ColumnChoice {
	readonly type?: ImportType;
	readonly name?: string;
	/** false: the column is left out. */
	readonly keep?: boolean;
	readonly personal?: PersonalChoice;
	/** Numbers: the codes beside them or in their place go into a column of their own, `<name> (code)`. */
	readonly codes?: 'column';
	/** Regions: their codes go into a column of their own, `<name> (code)`. */
	readonly code?: boolean;
	/** Texts: letters that a wrong encoding broke are mended. */
	readonly mend?: boolean;
	/** Numbers: zero says that nothing was written down. */
	readonly zeroMissing?: boolean;
	/** Texts: spellings that become one. */
	readonly groups?: readonly SpellingGroup[];
}
export interface SpellingGroup {
	readonly to: string;
	readonly from: readonly string[];
}

/** The same, as it is offered: each spelling with its rows. */
export interface OfferedSpellings {
	readonly to: string;
	/** Rows that are written so already. */
	readonly toRows: number;
	readonly from: readonly { readonly text: string; readonly rows: number }[];
}

/** What is done about all the personal information found in a column. */
export type PersonalChoice =
	| { readonly action: 'drop' }
	/** Postal codes become their first three signs, birth dates an age band. */
	| { readonly action: 'generalise' }
	/** A keyed pseudonym in the place of each value. */
	| { readonly action: 'pseudonymise' }
	/** In a text, each place that holds one is replaced by what it is: `[courriel]`, `[e-mail]`. */
	| { readonly action: 'mask' }
	| { readonly action: 'keep'; readonly reason: string };
export type PersonalAction = PersonalChoice['action'];

/** Kinds of personal information looked for. */
export const PERSONAL_KINDS = [
	'email',
	'phone',
	'postal_code',
	'person_name',
	'address',
	'health_number', // of the RAMQ
	'sin', // social insurance
	'card', // payment
	'birth_date'
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** Why something was taken for personal information; each code is a message `personal_why_<code>`. */
export const PERSONAL_WHY = [
	'email_shape',
	'phone_shape',
	'postal_shape',
	'address_shape',
	'health_check', // the structure and the check digit
	'health_shape',
	'sin_check',
	'card_check',
	'birth_header', // dates under a header that says so
	'birth_ages', // dates that make people's ages
	'birth_text',
	'name_header', // names under a header of people
	'name_known',
	'name_text'
] as const;
export type PersonalWhy = (typeof PERSONAL_WHY)[number];

export interface PersonalFinding {
	readonly kind: PersonalKind;
	/** Rows whose value holds one. */
	readonly rows: number;
	/** Rows that hold a value at all. */
	readonly of: number;
	/** `cells`: the column is made of them; `text`: they are in the midst of something else. */
	readonly within: 'cells' | 'text';
	readonly confidence: 'sure' | 'likely';
	/** What may be done, the safest first. */
	readonly actions: readonly PersonalAction[];
	/** At most three, with all signs but the first hidden: to recognise them, not to read them. */
	readonly examples: readonly string[];
	readonly why: { readonly code: PersonalWhy; readonly details: { readonly values: number } };
}

// ---------------------------------------------------------------- report

/** Why a guess is what it is; each code is a message `data_why_<code>`. */
export interface Evidence {
	readonly code:
		| 'chosen'
		| 'bom'
		| 'utf8_valid'
		| 'utf8_invalid'
		| 'ascii'
		| 'regular'
		| 'only_one_column'
		| 'header_texts'
		| 'header_values'
		| 'all_fit'
		| 'most_fit'
		| 'leading_zeros'
		| 'long_numbers'
		| 'mixed'
		| 'texts'
		| 'empty'
		| 'decimals_seen'
		| 'no_decimals'
		| 'day_above_12'
		| 'day_ambiguous'
		| 'day_conflict' // others, values: dates that only the other order of day and month reads
		| 'wide_letters' // UTF-16 without a byte-order mark
		| 'mac_letters' // French words make sense so: letters, words of them with the other encoding
		| 'file_format' // the format says so itself
		| 'file_type' // the type that the file gives the column
		| 'header_two' // names under the names of groups
		| 'few_texts' // distinct, values
		| 'dollar_signs' // fits, values
		| 'percent_signs' // fits, values
		| 'header_unit' // the column's name says the unit
		| 'times' // fits, values
		| 'regions' // matched, distinct
		| 'postal_areas' // matched, distinct
		| 'addresses' // matched, distinct
		| 'name_each' // distinct, values: a name for each row
		| 'codes_among'; // codes, values
	readonly details: Readonly<Record<string, string | number>>;
}

/** What was opened, and what else could be. */
export interface ReadFile {
	readonly format: FileFormat;
	readonly members: readonly string[];
	readonly member: string | null;
	readonly sheets: readonly {
		readonly name: string;
		readonly rows: number | null;
		readonly columns: number | null;
		readonly hidden: boolean;
	}[];
	readonly sheet: string | null;
	/** JSON: keys of nested objects that are, or could be, columns. */
	readonly nested: readonly string[];
}

export interface ImportReport {
	readonly file: ReadFile;
	readonly rows: number;
	/** Bytes of the file. */
	readonly bytes: number;
	readonly encoding: { readonly value: Encoding; readonly evidence: Evidence };
	readonly separator: { readonly value: Separator; readonly evidence: Evidence };
	readonly decimal: { readonly value: DecimalMark; readonly evidence: Evidence };
	readonly header: {
		readonly value: boolean;
		/** 2: names under the names of groups. */
		readonly records: 0 | 1 | 2;
		readonly evidence: Evidence;
	};
	readonly missing: readonly string[];
	/** Those of the file; columns that choices add (`companion`) are told with theirs. */
	readonly columns: readonly ColumnReport[];
	/** At most `LISTED` of each code. */
	readonly warnings: readonly ImportWarning[];
	/** How many there are of each code, listed or not. */
	readonly counts: Readonly<Partial<Record<WarningCode, number>>>;
	/** Whether the whole file was read, or only its beginning (a preview). */
	readonly complete: boolean;
}

export interface ColumnReport {
	/** Position in the file, from 0. */
	readonly index: number;
	readonly name: string;
	/** As the header has it. */
	readonly header: string;
	readonly type: ImportType;
	readonly kept: boolean;
	readonly evidence: Evidence;
	readonly missing: number;
	/** Texts that were read as missing, with how often (the empty one left out). */
	readonly markers: readonly { readonly text: string; readonly rows: number }[];
	/** Values that are not of the type: missing in the result, and listed. */
	readonly misfits: number;
	/** What is written in those of numbers, dates, yes or no; with how often, most often first (20 at most). */
	readonly misfitTexts: readonly { readonly text: string; readonly rows: number }[];
	readonly decimal: DecimalMark | null;
	readonly dateOrder: DateOrder | null;
	/** Values with a space before or after. */
	readonly spaced: number;
	/** Distinct texts; null for other types. */
	readonly distinct: number | null;
	readonly personal: readonly PersonalFinding[];
	/** Numbers: codes beside them or in their place, with how often. */
	readonly codes: readonly { readonly text: string; readonly rows: number }[];
	/** Numbers: how many are zero. */
	readonly zeros: number;
	/** Texts: rows whose letters a wrong encoding broke; and the first of them, as it is and mended. */
	readonly mojibake: {
		readonly rows: number;
		readonly distinct: number;
		readonly from: string;
		readonly to: string;
	} | null;
	/** Regions, postal areas: texts that are none, with how often (20 at most). */
	readonly unmatched: readonly { readonly text: string; readonly rows: number }[];
	/** Regions: rows whose spelling became the official name. */
	readonly renamed: number;
	/** Texts: spellings that look like the same, offered to be made one. */
	readonly spellings: readonly OfferedSpellings[];
	/** Texts: rows whose spelling the chosen groups changed. */
	readonly grouped: number;
	/** Name of the column that a choice added beside this one. */
	readonly companion: string | null;
}

export const WARNING_CODES = [
	'misfit', // a value that is not of its column's type: it is missing in the result
	'short_row', // fewer cells than columns: the last ones are missing
	'long_row', // more cells than columns: what is beyond is left out
	'unclosed_quote', // a quotation mark that nothing closes: taken as a plain character
	'stray_quote', // text after a closing quotation mark: the cell is taken as it is written
	'empty_header',
	'duplicate_header',
	'reserved_header', // __proto__: renamed, notebooks could not name it
	'long_header', // cut
	'title_lines', // lines above the header, left out
	'footer_lines', // lines below the table, left out
	'two_headers', // the names of groups joined to those of columns
	'repeated_header', // the header once more among the rows, left out
	'total_row', // a row that adds up others, left out
	'unmatched_region', // a text of a column of regions that names none: kept as it is
	'merged_cells',
	'formula_errors',
	'nested_values',
	'values_as_text',
	'control_bytes',
	'duplicate_keys',
	'dropped_columns', // of types that cannot be read
	'replaced_bytes', // bytes that are no character in the encoding
	'no_rows'
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export interface ImportWarning {
	readonly code: WarningCode;
	/** 1-based line of the file where the record begins, and 1-based row of the result; null where it is about none. */
	readonly line: number | null;
	readonly row: number | null;
	/** Position of the column concerned. */
	readonly column: number | null;
	/** The value or the text left out, at most 100 characters: shown here, never sent. */
	readonly text: string;
}
/** Warnings listed for each code. */
export const LISTED = 500;

/** The first rows as they will be stored. */
export interface ImportPreview {
	readonly columns: readonly (readonly Scalar[])[];
}

// ---------------------------------------------------------------- repairs

/** What a line of the list of repairs tells. */
export const REPAIR_CODES = [
	'title_lines',
	'footer_lines',
	'repeated_header',
	'total_row',
	'short_row',
	'long_row',
	'unclosed_quote',
	'stray_quote',
	'misfit',
	'code',
	'zero',
	'marker', // what stands for no value
	'format', // the same value, written as the others: a time, a postal area, an address
	'changed'
] as const;
export type RepairCode = (typeof REPAIR_CODES)[number];

/** The words of the list of repairs, in the reader's language. */
export interface RepairWords {
	/** Line of the file, row of the result, column, what was there, what became of it, why. */
	readonly head: readonly [string, string, string, string, string, string];
	readonly codes: Readonly<Record<RepairCode, string>>;
	/** For a value that is missing in the result, and for a line that is left out. */
	readonly missing: string;
	readonly leftOut: string;
	readonly kept: string;
}

// ---------------------------------------------------------------- messages

export type ImportRequest =
	| { type: 'open'; file: File }
	/** Reads what is open with these choices: answers `preview`, then `report`; a later one replaces it. */
	| { type: 'read'; id: number; choices: ImportChoices }
	| { type: 'cancel' }
	/** The key of the organisation's pseudonyms, or none: answers `key`. It stays in the worker. */
	| { type: 'key'; key: Uint8Array<ArrayBuffer> | null }
	/**
	 * Makes the bytes to send of what was last read, joined to the version that is there where `join` says how;
	 * `bytes` are transferred to the page.
	 */
	| { type: 'encode'; id: number; join?: JoinChoice }
	/** The version that is there, of which what is read becomes the next: answers `based`. */
	| { type: 'base'; id: number; bytes: ArrayBuffer }
	/** What was last read beside that version: answers `compared`; a later one replaces it. */
	| { type: 'compare'; id: number; key: readonly string[] | null }
	/** The whole list of what was repaired or dropped in what was last read, as a CSV file: answers `repairs`. */
	| { type: 'repairs'; id: number; words: RepairWords }
	/** Opens a stored table, to look at it. */
	| { type: 'open-arrow'; bytes: ArrayBuffer }
	| {
			type: 'window';
			id: number;
			offset: number;
			count: number;
			columns: readonly string[] | null;
	  }
	| { type: 'summary'; id: number }
	| { type: 'quality'; id: number }
	/** Makes a file of the stored table that is open: answers `exporting` now and then, then `exported`. */
	| { type: 'export'; id: number; wanted: ExportWanted }
	/** Nothing more is heard of the export under way. */
	| { type: 'cancel-export' }
	/** Of the table that windows are taken from: answers `told`; an arrangement says now and then how far it is. */
	| { type: 'ask'; id: number; ask: TableAsk };

export type ImportAnswer =
	| { type: 'opened'; bytes: number; name: string }
	/** Eight signs that tell the key from another, and nothing of it. */
	| { type: 'key'; fingerprint: string | null }
	| {
			type: 'progress';
			id: number;
			stage: 'loading' | 'opening' | 'reading';
			/** Bytes, or what stands for them. */
			done: number;
			total: number;
			/** Rows read so far, where they are. */
			rows?: number;
			/** Milliseconds that are left, at the pace so far; null before there is one. */
			left?: number | null;
	  }
	| { type: 'preview'; id: number; report: ImportReport; preview: ImportPreview }
	| { type: 'report'; id: number; report: ImportReport; preview: ImportPreview }
	| {
			type: 'repairs';
			id: number;
			file: Blob;
			entries: number;
			/** There were more than the file lists. */
			cut: boolean;
	  }
	| { type: 'based'; id: number; rows: number }
	| { type: 'compared'; id: number; comparison: VersionComparison }
	| { type: 'encoded'; id: number; bytes: ArrayBuffer; rows: number; notes: ImportNotes }
	| { type: 'opened-arrow'; rows: number; columns: readonly ColumnInfo[] }
	| { type: 'window'; id: number; window: TableWindow }
	| { type: 'summary'; id: number; summary: TableSummary }
	| { type: 'quality'; id: number; quality: TableQuality }
	/** Share done, from 0 to 1; null where the library at work does not tell. */
	| { type: 'exporting'; id: number; done: number | null }
	| { type: 'exported'; id: number; made: ExportedFile }
	| { type: 'arranging'; id: number; done: number }
	| { type: 'told'; id: number; reply: TableReply }
	| {
			type: 'failed';
			id: number | null;
			code: string;
			details: Readonly<Record<string, string | number>>;
	  };

/** What is kept on the server of how a table was made: counts and decisions, never a value. */
export interface ImportNotes {
	readonly encoding: Encoding;
	readonly separator: Separator;
	readonly decimal: DecimalMark;
	readonly header: boolean;
	/** Of the key that made its pseudonyms; absent where there are none. */
	readonly keyFingerprint?: string;
	readonly counts: Readonly<Partial<Record<WarningCode, number>>>;
	readonly columns: readonly {
		readonly name: string;
		readonly type: ImportType;
		readonly kept: boolean;
		readonly misfits: number;
		readonly personal: readonly {
			readonly kind: PersonalKind;
			readonly action: PersonalAction;
			readonly reason: string;
		}[];
	}[];
}
