/**
 * What the page (host) and the cell worker say to each other, and the guards on what comes from the worker.
 *
 * The host and the worker talk over one MessagePort, handed through the sandbox frame at boot. Everything
 * that comes from the worker comes from people's code: it is data, checked here for shape and size
 * before anything is done with it, and never trusted to be honest. Tables stay in the worker: the host asks for
 * windows of rows. Commands that expect an answer carry a `request` number and are answered by `reply`.
 */
import type { ValueType } from '../dataset/value-type.ts';
import type { GroupSizes } from '../governance/group-sizes.ts';
import type { Lineage, LineageSource } from '../governance/terms.ts';
import type { CellKind } from '../notebook/kind.ts';
import type { CellMode, Lang } from '../notebook/notebook.ts';
import type { MatchedColumns } from '../pipeline/step.ts';
import type { PictureNode } from '../chart/picture.ts';
import type { JoinMatches, Preview } from './preview.ts';
import type { KeyValue } from '../annotation/anchor.ts';
import type { RowKeys, RowPlace, RowWanted } from './row-anchors.ts';
import type { ArrangedWindow, TableAsk, TableReply } from './table-query.ts';

/** A dataset version as a notebook's source names it: `slug@version.arrow`. */
export type FileName = string;

// ---------------------------------------------------------------- host → worker

export type HostMessage =
	/** `inputs`: what people chose in an earlier worker, by control; each is taken when its control is first shown. */
	| {
			type: 'init';
			lang: Lang;
			dark: boolean;
			inputs: readonly (readonly [control: string, value: ControlValue])[];
	  }
	/** The whole list of cells, in page order. The worker finds out what changed, and runs what depends on it. */
	| { type: 'cells'; cells: readonly CellSource[]; held: readonly string[] }
	/** Run these cells again, and what depends on them, each once, changed or not; releases those that were held. */
	| { type: 'run'; cells: readonly string[] }
	/** A control was moved. `value` is what the control's description says it yields. */
	| { type: 'input'; control: string; value: ControlValue }
	| { type: 'locale'; lang: Lang; dark: boolean }
	/** The answer to `need-file`; bytes are transferred. */
	| { type: 'file'; name: FileName; bytes: ArrayBuffer; source: LineageSource }
	/** `details`: what else is known of a dataset that is read no more: `title`, `organisation`, `day`. */
	| { type: 'file-failed'; name: FileName; code: string; details?: CellError['details'] }
	/** `view`: whose arrangement the rows are in; left out, the table as it stands. */
	| {
			type: 'window';
			request: number;
			table: string;
			view?: number;
			offset: number;
			count: number;
			columns: readonly string[] | null;
	  }
	| { type: 'summary'; request: number; table: string }
	/**
	 * What a grid asks of its view of a table; `view` is a number that the host gives once. A view changes neither the
	 * table nor a cell's value, and ends with the output that shows the table.
	 */
	| { type: 'ask'; request: number; table: string; view: number; ask: TableAsk }
	/** The grid is gone: what is under way for its view ends, and what it takes is let go. */
	| { type: 'close-view'; table: string; view: number }
	| { type: 'lineage'; request: number; table: string }
	/**
	 * What tells a row of a table from the others, and one of its values; `row` as the table stands, whatever a view
	 * arranges.
	 */
	| { type: 'row-keys'; request: number; table: string; row: number; column: string | null }
	/** What tells the values of a table from others. */
	| { type: 'digest'; request: number; table: string }
	/** Where rows that are known by their keys stand in a table. */
	| { type: 'locate'; request: number; table: string; wanted: readonly RowWanted[] }
	/**
	 * What a cell that is one chain gives at each of its steps, or would give: its source cut into the head's text and
	 * the text of each step, which are run with what the cell itself would be given. `preview` is a number that the host
	 * gives once; a later request takes the place of the one before, and steps that are the same are not run again.
	 */
	| {
			type: 'preview';
			request: number;
			preview: number;
			cell: string;
			head: string;
			steps: readonly string[];
	  }
	/** How well a table that is looked at matches another of the notebook, by its name. */
	| {
			type: 'match';
			request: number;
			table: string;
			other: string;
			on: readonly MatchedColumns[];
	  }
	/** Nobody looks at it any more: its tables go. */
	| { type: 'close-preview'; preview: number }
	/** Children of an inspected value, by the handle that an `InspectNode` gave. */
	| { type: 'expand'; request: number; handle: number }
	/** Answered at once with an empty list: a worker that does not answer is busy in a loop, or dead. */
	| { type: 'ping'; request: number };

const CHANGES: ReadonlySet<HostMessage['type']> = new Set(['cells', 'run', 'input', 'locale']);

/** Whether a message may make cells run: each is answered, sooner or later, by a `rest` that counts it. */
export const changes = (message: HostMessage): boolean => CHANGES.has(message.type);

export interface CellSource {
	readonly id: string;
	readonly mode: CellMode;
	readonly source: string;
}

// ---------------------------------------------------------------- worker → host

export type WorkerMessage =
	| { type: 'ready' }
	/** After `cells`: what each cell names and uses. Sent before anything runs. */
	| { type: 'graph'; cells: readonly CellFacts[] }
	/** Sent before each cell starts, one message a cell, so that a cell that never ends is known by name. */
	| { type: 'running'; cell: string; run: number }
	/** Cells whose state changed; sent in batches. */
	| { type: 'states'; states: readonly CellState[] }
	/** The whole output of a cell, replacing what it had. */
	| { type: 'outputs'; cell: string; run: number; outputs: readonly Output[] }
	/**
	 * Nothing is queued or running, and all of it has been said. `heard`: how many of the host's `changes` this worker
	 * has had, so that the host knows whether what it last sent is counted in.
	 */
	| { type: 'rest'; heard: number }
	| { type: 'need-file'; name: FileName }
	/** Sent before a preview that was asked for starts to compute, so that one that never ends is known. */
	| { type: 'previewing'; request: number }
	/** How far an arrangement that was asked for has come, from 0 to 1. */
	| { type: 'arranging'; request: number; done: number }
	| { type: 'reply'; request: number; ok: true; value: Reply }
	| { type: 'reply'; request: number; ok: false; code: string };

/** A preview is null where a later request took its place. */
export type Reply =
	| ArrangedWindow
	| TableSummary
	| TableReply
	| Lineage
	| readonly InspectEntry[]
	| RowKeys
	| readonly RowPlace[]
	| Preview
	| JoinMatches
	/** A digest. */
	| string
	| null;

export interface CellFacts {
	readonly id: string;
	readonly kind: CellKind;
	/** Names that the cell defines at its top level. */
	readonly defines: readonly string[];
	/** Names that it uses from other cells or from the built-ins. */
	readonly uses: readonly string[];
	/** The cells whose names it uses. */
	readonly from: readonly string[];
	/** Columns of the tables that it defines, once known: for completion. */
	readonly columns: Readonly<Record<string, readonly string[]>>;
}

/** `stale` is the host's to say: the source changed and the worker has not seen it yet. */
export const RUN_STATES = ['queued', 'running', 'done', 'blocked', 'error', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

export interface CellState {
	readonly id: string;
	readonly run: number;
	readonly state: RunState;
	/** Milliseconds that the run took, once done or failed. */
	readonly ms: number | null;
	readonly error: CellError | null;
	/** `blocked`: the cell that this one waits for (the nearest that failed, was stopped or is held). */
	readonly blockedBy: string | null;
}

/** Codes are messages `cell_error_<code>`, with `details` as parameters, in both languages. */
export const CELL_ERROR_CODES = [
	'syntax', // details: reason (core/analysis/syntax-reason.ts), and what its sentence names
	'assignment', // details: name; assigned in a cell that does not define it
	'fixed_global', // details: name; a name of the language can't be defined again
	'too_deep', // expressions in expressions, past what can be walked
	'too_many_parts', // details: max; interpolations of a text
	'file_name', // FileAttachment wants a literal name
	'duplicate', // details: name; `related` = the other cells that define it
	'cycle', // details: names; `related` = the cells of the cycle
	'unknown_name', // details: name, suggestion ('' when none is near)
	'exception', // details: message
	'absent_builtin', // details: name (fetch, document, import…); what to do instead
	'unknown_file', // details: name
	'file_unreadable', // details: name, why; of a withdrawn or expired dataset, title, organisation, day
	'missing_column', // details: name, suggestion
	'closure', // details: name; an Arquero expression uses a name from outside: pass it with params
	'stopped_by_limit', // details: seconds
	'stopped_by_person',
	'output_too_large', // details: what, limit
	'memory' // the worker ran out of memory
] as const;
export type CellErrorCode = (typeof CELL_ERROR_CODES)[number];

export interface CellError {
	readonly code: CellErrorCode;
	readonly details: Readonly<Record<string, string | number>>;
	/** 1-based, in the cell's own source; null where it is not known. */
	readonly line: number | null;
	/** 1-based. */
	readonly column: number | null;
	readonly related: readonly string[];
}

// ---------------------------------------------------------------- outputs

/** `groups`: absent where no terms ask how large groups are; on a table, where it is only defined. */
export type Output =
	| {
			kind: 'table';
			table: string;
			/** The name that the cell gives it, for a table that is defined and not displayed; else null. */
			named: string | null;
			rows: number;
			columns: readonly ColumnInfo[];
			lineage: Lineage;
			groups?: readonly GroupSizes[];
	  }
	| {
			kind: 'picture';
			picture: Picture;
			lineage: Lineage | null;
			groups?: readonly GroupSizes[];
	  }
	| { kind: 'control'; control: string; description: ControlDescription }
	| { kind: 'text'; markdown: string; groups?: readonly GroupSizes[] }
	| {
			kind: 'value';
			value: InspectNode;
			lineage: Lineage | null;
			groups?: readonly GroupSizes[];
	  };

export const COLUMN_TYPES = [
	'text',
	'number',
	'integer',
	'date',
	'datetime',
	'boolean',
	'other'
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface ColumnInfo {
	readonly name: string;
	readonly type: ColumnType;
	/** What its values are, where that says more than `type`. */
	readonly valueType?: ValueType;
}

/** A chart as data: an SVG tree that an allow-list has yet to clear (`core/chart/clear.ts`). */
export interface Picture {
	readonly tree: PictureNode;
	readonly title: string;
	readonly subtitle: string;
	readonly caption: string;
	/** The chart's alternative text (`ariaLabel`, `ariaDescription`), '' when its author gave none. */
	readonly description: string;
	/** Data behind the marks, for « voir les données »: at most 1 000 rows. */
	readonly data: readonly PictureTable[];
	/** Number of marks drawn. */
	readonly marks: number;
	/** What can be read at its points; null where there is nothing to point at. */
	readonly tips: PictureTips | null;
}

/** What can be read at the points of a picture: the page finds the nearest, and shows its words. */
export interface PictureTips {
	/** Which child of the tree's root holds the points, and its size, in the units of that drawing. */
	readonly part: number;
	readonly width: number;
	readonly height: number;
	/** Points that are too many to be read one by one, and not in `layers`. */
	readonly left: number;
	readonly layers: readonly TipLayer[];
}
/** Along which axis the nearest point is looked for first. */
export type TipDirection = 'x' | 'y' | 'xy';
/** The points of one mark, in the order in which they are read: by facet and series, then along the axis. */
export interface TipLayer {
	readonly mark: string;
	readonly by: TipDirection;
	/** Where each series begins: ascending, from 0. */
	readonly starts: readonly number[];
	/** Their middles. */
	readonly x: readonly number[];
	readonly y: readonly number[];
	/** The boxes that they fill (bars, cells), around their middles; empty where points are only points. */
	readonly w: readonly number[];
	readonly h: readonly number[];
	readonly lines: readonly TipLine[];
	/** What each point is, by the values of its keys; absent where nothing tells its points apart. */
	readonly keys?: readonly TipKey[];
}
/** The values of one column for the points of a layer, each written once. */
export interface TipKey {
	readonly column: string;
	readonly values: readonly KeyValue[];
	/** For each point, the place of its value. */
	readonly codes: readonly number[];
}
/** One line of a tip, for every point of a layer. */
export interface TipLine {
	/** '' where the author's own words stand alone. */
	readonly label: string;
	/** '' where a point has no such line. */
	readonly texts: readonly string[];
	/** The colour that stands for the value, '' for none; empty where no point has one. */
	readonly colors: readonly string[];
}
export interface PictureTable {
	readonly mark: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly Scalar[])[];
	/** Rows before the cut at 1 000. */
	readonly total: number;
}

/** What a grid cell holds; dates as epoch milliseconds, with the type said by the column. */
export type Scalar = string | number | boolean | null;

export interface TableWindow {
	readonly offset: number;
	/** One array a column, in the order asked for. */
	readonly columns: readonly (readonly Scalar[])[];
}

export interface TableSummary {
	readonly rows: number;
	readonly columns: readonly ColumnSummary[];
}
export interface ColumnSummary extends ColumnInfo {
	readonly missing: number;
	/** Distinct values, counted up to 1 000; null above. */
	readonly distinct: number | null;
	/** number and date: smallest and largest (dates in epoch ms), else null. */
	readonly min: number | null;
	readonly max: number | null;
	readonly mean: number | null;
	/** number and date: counts in equal bins between min and max; text and boolean: counts of `top`. */
	readonly bins: readonly number[];
	/** text and boolean: the most frequent values, at most 5. */
	readonly top: readonly string[];
}

// ---------------------------------------------------------------- controls

/** What a control yields. A date is `YYYY-MM-DD`; a range is two of them. */
export type ControlValue = string | number | boolean | null | readonly (string | number | null)[];

export type ControlDescription =
	| { type: 'range'; label: string; min: number; max: number; step: number | null; value: number }
	| {
			type: 'number';
			label: string;
			min: number | null;
			max: number | null;
			step: number | null;
			value: number | null;
	  }
	| {
			type: 'select';
			label: string;
			options: readonly ControlOption[];
			multiple: boolean;
			value: number | readonly number[] | null;
	  }
	| { type: 'radio'; label: string; options: readonly ControlOption[]; value: number | null }
	| { type: 'checkbox'; label: string; options: readonly ControlOption[]; value: readonly number[] }
	| { type: 'toggle'; label: string; value: boolean }
	| { type: 'search'; label: string; placeholder: string; value: string; results: string }
	| { type: 'text'; label: string; placeholder: string; value: string }
	| { type: 'date'; label: string; min: string | null; max: string | null; value: string | null }
	| {
			type: 'date-range';
			label: string;
			min: string | null;
			max: string | null;
			value: readonly [string | null, string | null];
	  }
	| { type: 'button'; label: string; value: number };

/** Options are named by their index: their real values stay in the worker. */
export interface ControlOption {
	readonly label: string;
}

// ---------------------------------------------------------------- inspected values

/** A value other than a table, a chart or a control, opened level by level. */
export interface InspectNode {
	readonly type:
		| 'undefined'
		| 'null'
		| 'boolean'
		| 'number'
		| 'bigint'
		| 'string'
		| 'symbol'
		| 'date'
		| 'function'
		| 'regexp'
		| 'error'
		| 'array'
		| 'object'
		| 'map'
		| 'set'
		| 'typed-array'
		| 'promise'
		| 'generator';
	/** What is written for it, at most 2 000 characters; numbers and dates are formatted by the host. */
	readonly text: string;
	/** number: the number; date: epoch ms. */
	readonly number: number | null;
	/** array, map, set, object: number of entries. */
	readonly size: number | null;
	/** To ask for the entries with `expand`; null for a leaf. */
	readonly handle: number | null;
	/** The first entries, at most 20, so that small values need no round trip. */
	readonly entries: readonly InspectEntry[];
}
export interface InspectEntry {
	readonly key: string;
	readonly value: InspectNode;
}

// ---------------------------------------------------------------- limits (units in the names)

export const LIMITS = {
	/** A cell that has not ended by then is stopped. */
	cellSeconds: 10,
	/** Outputs of one cell. */
	outputsPerCell: 50,
	pictureNodes: 60_000,
	pictureBytes: 4_000_000,
	pictureDataRows: 1_000,
	/** Points of a picture that can be read one by one, in all its marks; and their layers, and lines of a layer. */
	tipPoints: 3_000,
	tipLayers: 50,
	tipLines: 30,
	/** Of the texts of a picture's tips. */
	tipChars: 1_000_000,
	windowRows: 500,
	/** Rows that one message looks for, and milliseconds that choosing keys or looking may take. */
	locatedRows: 500,
	keysMs: 1_500,
	locateMs: 5_000,
	/** Views of a cell's tables at once; and what those of a whole notebook may take. */
	viewsPerCell: 8,
	viewBytes: 1_000_000_000,
	/** Previews at once, the steps of one, and the cells (rows by columns) that their steps add in all. */
	previews: 100,
	previewSteps: 500,
	previewCells: 50_000_000,
	/** Values without a match that one answer lists. */
	unmatchedKeys: 50,
	/** Values of a column that one answer lists, and bins. */
	listedValues: 200,
	bins: 200,
	columns: 10_000,
	controlOptions: 5_000,
	markdownChars: 500_000,
	textChars: 2_000,
	messageCells: 2_000,
	/** One message: characters in all its strings, and values in it. */
	messageChars: 16_000_000,
	messageValues: 2_000_000,
	/** More than that from the worker, and it is replaced. */
	messagesPerSecond: 10_000,
	charsPerSecond: 64_000_000,
	/** Levels of a picture's tree, and of an inspected value in one message. */
	depth: 64
} as const;
