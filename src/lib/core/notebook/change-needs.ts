/** Which changes of a comparison read what others of it bring: one without the other may give an error. */
import { analyseCell } from '../analysis/cell.ts';
import type { ChangeId, NotebookChange } from './change.ts';
import type { Cell } from './notebook.ts';

export interface ChangeNeed {
	/** What brings the names. */
	readonly change: NotebookChange;
	/** Names that its cell defines, and that the other's cell uses; at least one, in the order in which they are used. */
	readonly names: readonly string[];
}

/**
 * Of each change that writes a source, those that write a cell which defines names that it uses, in the order in which it
 * uses them; of two that define one name, the first. Directly alone: what is read through a cell that did not change is
 * not found. Each source is parsed; the rest takes a time that follows their lengths.
 */
export function changeNeeds(
	changes: readonly NotebookChange[]
): ReadonlyMap<ChangeId, readonly ChangeNeed[]> {
	const written = changes.flatMap((change) => {
		const cell = writtenCell(change);
		return cell ? [{ change, ...analyseCell(cell.source, cell.mode) }] : [];
	});
	const bringing = new Map<string, NotebookChange>();
	for (const { change, defines } of written)
		for (const name of defines) if (!bringing.has(name)) bringing.set(name, change);
	return new Map(
		written.map(({ change, inputs }) => {
			const names = new Map<NotebookChange, string[]>();
			for (const name of inputs) {
				const other = bringing.get(name);
				if (!other || other === change) continue;
				const found = names.get(other);
				if (found) found.push(name);
				else names.set(other, [name]);
			}
			return [change.id, [...names].map(([other, found]) => ({ change: other, names: found }))];
		})
	);
}

/** The cell as a change writes it; null where its source stays, or goes. */
function writtenCell(change: NotebookChange): Cell | null {
	if (change.kind === 'added') return change.cell;
	if (change.kind !== 'changed') return null;
	const { from, to } = change;
	return from.source === to.source && from.mode === to.mode ? null : to;
}
