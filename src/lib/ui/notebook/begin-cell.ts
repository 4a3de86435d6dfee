/** A new cell, whatever has to be loaded to write it. */
import type { CellKind } from '$lib/core/notebook/kind';
import type { CellMode } from '$lib/core/notebook/notebook';
import { newCell, type NotebookTables } from './new-cell.ts';

/**
 * What a cell begins with, over the tables of the notebook. A chart is chosen by code that is loaded when it is wanted.
 * @throws where that code could not be loaded
 */
export async function beginCell(
	kind: CellKind,
	notebook: NotebookTables
): Promise<{ mode: CellMode; source: string }> {
	const table = notebook.tables.at(-1);
	if (kind !== 'chart' || !table) return newCell(kind, notebook);
	const { chartSource } = await import('./new-chart.ts');
	return { mode: 'js', source: chartSource(table) };
}
