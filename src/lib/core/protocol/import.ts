/**
 * What the import screen and the import worker say to each other. Everything a guess decided can be overruled
 * by a plain `ImportChoices` value, and reading the same bytes with the same choices gives the same table. Rows stay
 * in the worker: the screen sees a preview, counts, and the list of what was not taken as it stood.
 */
import { VALUE_TYPES, type ValueType } from '../dataset/value-type.ts';
import type { Scalar, TableSummary, TableWindow, ColumnType } from './messages.ts';

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

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
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
	/** Texts read as missing, besides the empty one. */
	readonly missing?: readonly string[];
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
}

/** What is done about all the personal information found in a column. */
export type PersonalChoice =
	| { readonly action: 'drop' }
	/** Postal codes become their first three signs, birth dates an age band. */
	| { readonly action: 'generalise' }
	/** A keyed pseudonym in the place of each value. */
	| { readonly action: 'pseudonymise' }
	/** In a text, each place that holds one is replaced by what it is: `[courriel]`. */
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
		| 'day_ambiguous';
	readonly details: Readonly<Record<string, string | number>>;
}

export interface ImportReport {
	readonly rows: number;
	/** Bytes of the file. */
	readonly bytes: number;
	readonly encoding: { readonly value: Encoding; readonly evidence: Evidence };
	readonly separator: { readonly value: Separator; readonly evidence: Evidence };
	readonly decimal: { readonly value: DecimalMark; readonly evidence: Evidence };
	readonly header: { readonly value: boolean; readonly evidence: Evidence };
	readonly missing: readonly string[];
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
	readonly decimal: DecimalMark | null;
	readonly dateOrder: DateOrder | null;
	/** Values with a space before or after. */
	readonly spaced: number;
	/** Distinct texts; null for other types. */
	readonly distinct: number | null;
	readonly personal: readonly PersonalFinding[];
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

// ---------------------------------------------------------------- messages

export type ImportRequest =
	| { type: 'open'; file: File }
	/** Reads what is open with these choices: answers `preview`, then `report`; a later one replaces it. */
	| { type: 'read'; id: number; choices: ImportChoices }
	| { type: 'cancel' }
	/** Makes the bytes to send of what was last read; `bytes` are transferred to the page. */
	| { type: 'encode'; id: number }
	/** Opens a stored table, to look at it. */
	| { type: 'open-arrow'; bytes: ArrayBuffer }
	| {
			type: 'window';
			id: number;
			offset: number;
			count: number;
			columns: readonly string[] | null;
	  }
	| { type: 'summary'; id: number };

export type ImportAnswer =
	| { type: 'opened'; bytes: number; name: string }
	| { type: 'progress'; id: number; stage: 'loading' | 'reading'; done: number; total: number }
	| { type: 'preview'; id: number; report: ImportReport; preview: ImportPreview }
	| { type: 'report'; id: number; report: ImportReport; preview: ImportPreview }
	| { type: 'encoded'; id: number; bytes: ArrayBuffer; rows: number; notes: ImportNotes }
	| { type: 'opened-arrow'; rows: number; columns: readonly { name: string; type: ColumnType }[] }
	| { type: 'window'; id: number; window: TableWindow }
	| { type: 'summary'; id: number; summary: TableSummary }
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
