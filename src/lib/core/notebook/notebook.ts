/**
 * The notebook as a value: what a fork copies, a version keeps and a report is made from.
 * Source text is the whole truth of a cell; its semantics are those of Observable Notebooks 2.0.
 * A loose `NotebookSpec` comes in, a total `Notebook` goes out.
 */
import type { CellKind } from './kind.ts';

export type Lang = 'fr' | 'en';

/** How a cell's source is read: a Markdown template, or JavaScript. */
export type CellMode = 'md' | 'js';

export interface Cell {
	/** Unique in the notebook; survives moves, edits and forks. */
	readonly id: string;
	readonly mode: CellMode;
	/** Markdown or vanilla JavaScript. */
	readonly source: string;
	/** Whether the source is shown beside the result when the cell is not being edited. */
	readonly pinned: boolean;
}

export interface Notebook {
	readonly title: string;
	readonly lang: Lang;
	readonly cells: readonly Cell[];
}

export interface CellSpec {
	id: string;
	mode?: CellMode;
	source?: string;
	pinned?: boolean;
}

export interface NotebookSpec {
	title?: string;
	lang?: Lang;
	cells?: readonly CellSpec[];
}

/** Code cells show their source unless told otherwise; a text's source is shown only while it is edited. */
export const defaultPinned = (mode: CellMode): boolean => mode === 'js';

export function toCell({
	id,
	mode = 'js',
	source = '',
	pinned = defaultPinned(mode)
}: CellSpec): Cell {
	return { id, mode, source, pinned };
}

export function toNotebook({ title = '', lang = 'fr', cells = [] }: NotebookSpec): Notebook {
	return { title, lang, cells: cells.map(toCell) };
}

/** The kinds of cell a person chooses from; a cell's kind is recognised from its source (`kind.ts`). */
export type { CellKind };
