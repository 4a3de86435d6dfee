/**
 * A published report as a value: frozen outputs, in the order of the notebook's cells. It is what
 * publishing sends, what the server checks and keeps, and all that a report page is printed from.
 */
import type { PictureNode } from '../chart/picture.ts';
import type { GroupSizes } from '../governance/group-sizes.ts';
import type { Licence, Lineage, LineageSource } from '../governance/terms.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { CellKind } from '../notebook/kind.ts';
import type { CellSource, ColumnInfo, PictureTable, Scalar } from '../protocol/messages.ts';

export interface ReportContent {
	readonly lang: Lang;
	readonly title: string;
	readonly summary: string;
	readonly authors: readonly string[];
	readonly licence: Licence;
	readonly blocks: readonly ReportBlock[];
	/** Every dataset version that an output came from. */
	readonly sources: readonly LineageSource[];
	/** What readers run to move its controls, where its author opened it to them. It is not part of the page. */
	readonly explore?: Explorable;
}

/** The part of a frozen notebook that a report's readers may run (`core/governance/explore.ts`). */
export interface Explorable {
	/** In the order of the page. */
	readonly cells: readonly CellSource[];
	/** Cells whose blocks are made again as a control moves, those of the controls included. */
	readonly live: readonly string[];
	/** `slug@version.arrow`: what these cells read. */
	readonly files: readonly string[];
	/** Every file that the notebook names: the terms of each are asked. */
	readonly everyFile: readonly string[];
	/** Results of these cells that the author left out. */
	readonly leftOut: readonly LeftOut[];
}

export interface ReportBlock {
	/** The cell it comes from; also the block's anchor in the page. */
	readonly cell: string;
	readonly kind: CellKind;
	/** The cell's source, where the author chose to show it. */
	readonly source: string | null;
	readonly outputs: readonly ReportOutput[];
}

/** `groups` goes to the server with what is to be published, and is not kept. */
export type ReportOutput =
	| { kind: 'text'; markdown: string; groups?: readonly GroupSizes[] }
	| {
			kind: 'picture';
			tree: PictureNode;
			title: string;
			caption: string;
			/** The chart in words: required, it is all that some readers get. */
			alt: string;
			data: readonly PictureTable[];
			lineage: Lineage | null;
			groups?: readonly GroupSizes[];
	  }
	| {
			kind: 'table';
			/** What the table shows, above it; '' when its author gave none. */
			caption: string;
			columns: readonly ColumnInfo[];
			rows: readonly (readonly Scalar[])[];
			/** Rows of the whole table, of which at most `REPORT_TABLE_ROWS` are published. */
			total: number;
			/** Columns of the whole table, where only the first `REPORT_LIMITS.columns` are published. */
			columnsTotal?: number;
			lineage: Lineage;
			groups?: readonly GroupSizes[];
	  }
	| {
			kind: 'value';
			caption: string;
			text: string;
			lineage: Lineage | null;
			groups?: readonly GroupSizes[];
	  }
	/** A control shows its author's setting, and never the options that were not chosen. */
	| { kind: 'control'; label: string; setting: ControlSetting };

/** A result that the author left out: the place of the output among those of its cell, and what it was. */
export interface LeftOut {
	readonly cell: string;
	readonly index: number;
	readonly kind: ReportOutput['kind'];
}

export const OUTPUT_KINDS = [
	'text',
	'picture',
	'table',
	'value',
	'control'
] as const satisfies readonly ReportOutput['kind'][];

/** Where a control stood when the report was frozen. Dates are `YYYY-MM-DD`. */
export type ControlSetting =
	| { type: 'number'; value: number | null }
	| { type: 'text'; text: string }
	| { type: 'choices'; labels: readonly string[] }
	| { type: 'toggle'; on: boolean }
	| { type: 'date'; date: string | null }
	| { type: 'dates'; from: string | null; to: string | null };

/** A table output publishes at most this many rows. */
export const REPORT_TABLE_ROWS = 100;

/** What a report may weigh: it is read on a phone. Text lengths are in UTF-16 units. */
export const REPORT_LIMITS = {
	/** Of the whole content as JSON text. */
	jsonChars: 8_000_000,
	titleChars: 200,
	summaryChars: 2_000,
	authors: 40,
	authorChars: 120,
	altChars: 2_000,
	captionChars: 500,
	/** Why a report was withdrawn. */
	reasonChars: 500,
	blocks: 500,
	outputsPerBlock: 50,
	columns: 200,
	cellChars: 2_000,
	choices: 200,
	/** Of all its texts, once they are a page (`textWeight`). */
	textWeight: 3_000_000
} as const;

/** The anchor of a cell's block, in a report as in a notebook: what a text cites. */
export const cellAnchor = (cell: string): string => `cellule-${cell}`;
