/** The outline of a notebook: the headings of its texts, and its tables, charts and controls by their names. */
import type { CellView, ShownState } from '$lib/client/cell-view.svelte';
import type { CellKind } from '$lib/core/notebook/kind';
import { kindName } from '../cell/cell-words.ts';
import { shownKind } from '../cell/panel-kind.ts';
import { lineHeadings } from './sections.ts';

export interface OutlineEntry {
	/** Unique in the outline. */
	readonly key: string;
	readonly cell: string;
	readonly kind: CellKind;
	/** 1 to 6 for a heading; null for what a cell makes. */
	readonly level: number | null;
	/** A heading: which of its cell's, from 0. */
	readonly heading: number | null;
	readonly name: string;
	readonly state: ShownState;
	/** How far in it stands: what a cell makes is one step in from the heading that it is under. */
	readonly depth: number;
}

type OutlinedCell = Pick<
	CellView,
	'id' | 'kind' | 'mode' | 'source' | 'shown' | 'outputs' | 'facts'
>;

/** Its title where it has one, else the names that the cell defines; '' where there is nothing to go to it by. */
function nameOf(cell: OutlinedCell, of: CellKind): string {
	for (const output of cell.outputs) {
		if (output.kind === 'picture' && output.picture.title) return output.picture.title;
		if (output.kind === 'control' && output.description.label) return output.description.label;
	}
	const defined = cell.facts?.defines.join(', ') ?? '';
	// What fails shows nothing, and is what one looks for.
	return defined || (FAILED.has(cell.shown) ? (writtenTitle(cell.source) ?? kindName(of)) : '');
}
const FAILED: ReadonlySet<ShownState> = new Set(['error', 'blocked', 'stopped']);

function writtenTitle(source: string): string | null {
	const written = /\btitle:\s*("(?:[^"\\\n]|\\.){1,200}")/.exec(source)?.[1];
	if (written === undefined) return null;
	try {
		return JSON.parse(written) as string;
	} catch {
		return null;
	}
}

export function outlineOf(cells: readonly OutlinedCell[]): OutlineEntry[] {
	let under = 0;
	return cells.flatMap((cell): OutlineEntry[] => {
		const { id, kind, shown: state } = cell;
		if (kind === 'text')
			return lineHeadings(cell).map(({ level, text }, i) => {
				under = level;
				return {
					...{ key: `${id}-${i}`, cell: id, kind, level, heading: i, name: text, state },
					depth: level - 1
				};
			});
		const made = shownKind(kind, cell.source);
		const name = nameOf(cell, made);
		if (name === '') return [];
		return [
			{
				key: id,
				cell: id,
				kind: made,
				level: null,
				heading: null,
				name,
				state,
				depth: under
			}
		];
	});
}
