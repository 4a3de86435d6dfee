/**
 * What a thread is about. An anchor names things as the notebook's people know them: a cell by its id, words by their
 * place in the shared text and by themselves, data by the values of its keys; never a pixel, never a row's number. What
 * it points at may change or go: `AnchorStanding` says so.
 */

/** A value of a column, as it is compared: a date by its ISO 8601 text. Missing is null. */
export type KeyValue = string | number | boolean | null | { readonly date: string };

export interface KeyPart {
	readonly column: string;
	readonly value: KeyValue;
}

/** A range of a cell's source. */
export interface SourceRange {
	/** Yjs relative positions of both ends, each encoded and in base64url: they follow edits of the text. */
	readonly from: string;
	readonly to: string;
	/** What the range read when it was anchored, and what stood around it: they find it in a copy of the notebook. */
	readonly quote: string;
	readonly before: string;
	readonly after: string;
}

export type Anchor =
	| { readonly kind: 'cell'; readonly cell: string }
	| ({ readonly kind: 'text'; readonly cell: string } & SourceRange)
	/** A step of a transformation: the range of its source. */
	| ({ readonly kind: 'step'; readonly cell: string } & SourceRange)
	/** A point, bar or other shape of the chart that a cell draws. */
	| {
			readonly kind: 'mark';
			readonly cell: string;
			/** Plot's name of the mark (`barY`, `dot`); '' where it is not known. */
			readonly mark: string;
			readonly keys: readonly KeyPart[];
	  }
	/** A row of the table that a cell shows, by the values that tell it from the others. */
	| { readonly kind: 'row'; readonly cell: string; readonly keys: readonly KeyPart[] }
	/** A value of such a row. */
	| {
			readonly kind: 'value';
			readonly cell: string;
			readonly keys: readonly KeyPart[];
			readonly column: string;
			/** As it was. */
			readonly value: KeyValue;
	  }
	/** What a cell gave as a whole: its result rather than its words. */
	| {
			readonly kind: 'outcome';
			readonly cell: string;
			/** How it read (a value's text, a chart's description, an error). */
			readonly reading: string;
			/** What tells the values of its tables from others; none where it has no table, or was anchored before this. */
			readonly digest?: string;
	  };

/** What became of what an anchor points at. */
export type AnchorStanding =
	| 'here'
	/** It is there and reads otherwise. */
	| 'changed'
	/** It is in the notebook, or in what the cell gives, no more. */
	| 'gone'
	/** It cannot be told yet: the cell has not run here, or failed. */
	| 'unknown';

export const ANCHOR_LIMITS = {
	/** Characters of a quote, of what stands around it, of an outcome's reading and digest. */
	quote: 500,
	around: 60,
	reading: 500,
	digest: 80,
	/** Parts of a key; characters of a column's name and of a text value. */
	keys: 12,
	column: 200,
	value: 500,
	/** Characters of an encoded relative position. */
	position: 200
} as const;
