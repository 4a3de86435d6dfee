/** What lies between a notebook and a copy of it, said shortly: how many changes of each kind, and the main ones. */
import type { Words } from '../pipeline/words.ts';
import { cellLabel, type CellLabel } from './cell-label.ts';
import { changesBetween } from './changes-between.ts';
import { describeCellChange } from './describe-change.ts';
import { kindOfDraft, type CellKind } from './kind.ts';
import type { Cell, Lang, Notebook } from './notebook.ts';

export interface MainChange {
	readonly kind: 'added' | 'removed' | 'changed';
	/** Of the cell as it is, or was. */
	readonly label: CellLabel;
	readonly cellKind: CellKind;
	/** What was done to it, part by part (a step, a setting): sentences without their subject. */
	readonly parts: readonly Words[];
	/** Further ones. */
	readonly moreParts: number;
}

export interface ForkSummary {
	readonly total: number;
	readonly added: number;
	readonly removed: number;
	readonly moved: number;
	readonly changed: number;
	/** It is called otherwise. */
	readonly retitled: boolean;
	/** Of those that say the most. */
	readonly main: readonly MainChange[];
}

const MOST_CHANGES = 4;
const MOST_PARTS = 3;
/** Characters: a longer source is not read for its parts. */
const LONGEST = 20_000;

/** Pure, in a time that follows the size of the two. @param lang of the words */
export function summariseFork(before: Notebook, after: Notebook, lang: Lang): ForkSummary {
	const changes = changesBetween(before, after);
	const count = (kind: string): number => changes.filter((change) => change.kind === kind).length;
	const main: MainChange[] = [];
	for (const kind of ['changed', 'added', 'removed'] as const)
		for (const change of changes) {
			if (change.kind !== kind || main.length >= MOST_CHANGES) continue;
			if (change.kind === 'changed') main.push(changedCell(change.from, change.to, lang));
			else if (change.cell.source.trim() !== '')
				main.push({ kind, ...calledBy(change.cell), parts: [], moreParts: 0 });
		}
	return {
		total: changes.length,
		...{ added: count('added'), removed: count('removed'), moved: count('moved') },
		...{ changed: count('changed'), retitled: count('title') > 0, main }
	};
}

/** As much of it as uses no word of the notebook that was copied: of what changed, the names of cells that are in the copy. */
export const withoutBefore = (summary: ForkSummary): ForkSummary => ({
	...summary,
	main: summary.main
		.filter(({ kind }) => kind !== 'removed')
		.map((change) => ({ ...change, parts: [], moreParts: 0 }))
});

const calledBy = (cell: Cell): Pick<MainChange, 'label' | 'cellKind'> => ({
	label: cellLabel(cell),
	cellKind: cell.mode === 'md' ? 'text' : kindOfDraft(cell.source)
});

function changedCell(from: Cell, to: Cell, lang: Lang): MainChange {
	const read = from.source.length + to.source.length <= LONGEST;
	const parts = read ? describeCellChange(from, to, lang) : [];
	return {
		kind: 'changed',
		...calledBy(to),
		parts: parts.slice(0, MOST_PARTS),
		moreParts: Math.max(0, parts.length - MOST_PARTS)
	};
}
