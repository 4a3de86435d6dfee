/**
 * Two people's states of one notebook, put together whole over the state that they come from, neither before the other:
 * what the tests hold the product's change-by-change merge to (core/notebook/merge-change).
 */
import { sameCell } from '../../src/lib/core/notebook/changes-between.ts';
import type { MergeConflict } from '../../src/lib/core/notebook/conflict.ts';
import { mergeCell, oneOf } from '../../src/lib/core/notebook/merge-cell.ts';
import { above } from '../../src/lib/core/notebook/merge-change.ts';
import type { Cell, Notebook } from '../../src/lib/core/notebook/notebook.ts';
import { mergeOrder } from './merge-order.ts';

export interface MergedNotebook {
	/** Where something is in conflict, ours, and every cell that either side edited. */
	readonly notebook: Notebook;
	readonly conflicts: readonly MergeConflict[];
}

const byId = ({ cells }: Notebook): Map<string, Cell> =>
	new Map(cells.map((cell) => [cell.id, cell]));
const idsOf = ({ cells }: Notebook): string[] => cells.map(({ id }) => id);

export function mergeNotebooks(base: Notebook, ours: Notebook, theirs: Notebook): MergedNotebook {
	const conflicts: MergeConflict[] = [];
	const [b, o, t] = [byId(base), byId(ours), byId(theirs)];
	const kept = new Map<string, Cell>();
	for (const id of new Set([...idsOf(ours), ...idsOf(theirs)])) {
		const cell = mergedCell(b.get(id), o.get(id), t.get(id), conflicts);
		if (cell) kept.set(id, cell);
	}
	const { order, disputed } = mergeOrder(
		idsOf(base),
		idsOf(ours),
		idsOf(theirs),
		new Set(kept.keys())
	);
	for (const id of disputed) {
		const cell = kept.get(id);
		if (cell)
			conflicts.push({
				kind: 'moved-both',
				id: `moved:${id}`,
				ours: cell,
				oursAfter: above(ours, id),
				theirsAfter: above(theirs, id)
			});
	}
	if (ours.title !== theirs.title && base.title !== ours.title && base.title !== theirs.title)
		conflicts.push({
			kind: 'title',
			id: 'title',
			base: base.title,
			ours: ours.title,
			theirs: theirs.title
		});
	const notebook = {
		title: oneOf(base.title, ours.title, theirs.title),
		lang: oneOf(base.lang, ours.lang, theirs.lang),
		cells: order.flatMap((id) => kept.get(id) ?? [])
	};
	return { notebook, conflicts };
}

function mergedCell(
	base: Cell | undefined,
	ours: Cell | undefined,
	theirs: Cell | undefined,
	conflicts: MergeConflict[]
): Cell | null {
	if (!base) {
		if (ours && theirs && !sameCell(ours, theirs))
			conflicts.push({ kind: 'added-both', id: `added:${ours.id}`, ours, theirs });
		return ours ?? theirs ?? null;
	}
	if (ours && theirs) {
		const { cell, pieces } = mergeCell(base, ours, theirs);
		if (!cell)
			conflicts.push({ kind: 'edited-both', id: `changed:${base.id}`, base, ours, theirs, pieces });
		return cell ?? ours;
	}
	const left = ours ?? theirs;
	if (!left || sameCell(base, left)) return null;
	conflicts.push(
		ours
			? { kind: 'edited-deleted', id: `removed:${base.id}`, base, ours }
			: { kind: 'deleted-edited', id: `changed:${base.id}`, base, theirs: left }
	);
	return left;
}
