/** The outline of a notebook: the headings of its texts, and its tables, charts and controls by their names. */
import type { CellView, ShownState } from '$lib/client/cell-view.svelte';
import type { CellKind } from '$lib/core/notebook/kind';
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

/** Its title where it has one, else the names that the cell defines. */
function nameOf(cell: OutlinedCell): string {
	for (const output of cell.outputs) {
		if (output.kind === 'picture' && output.picture.title) return output.picture.title;
		if (output.kind === 'control' && output.description.label) return output.description.label;
	}
	return cell.facts?.defines.join(', ') ?? '';
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
		const name = nameOf(cell);
		if (name === '') return [];
		return [
			{
				key: id,
				cell: id,
				kind: shownKind(kind, cell.source),
				level: null,
				heading: null,
				name,
				state,
				depth: under
			}
		];
	});
}
