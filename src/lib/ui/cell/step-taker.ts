/**
 * Where a step goes that a person makes of a cell's table: behind the steps of a transformation; for any other cell that
 * gives the table a name, into a new transformation below.
 */
import type { CellView, WantedStep } from '$lib/client/cell-view.svelte';
import type { Workspace } from '$lib/client/workspace.svelte';
import type { Output } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import { freeName } from '../notebook/free-name';

export function stepTaker(
	cell: CellView,
	output: Extract<Output, { kind: 'table' }>,
	workspace: Workspace
): ((wanted: WantedStep) => void) | undefined {
	if (cell.kind === 'transform')
		return (wanted) => {
			cell.wanted = wanted;
			cell.panel = 'transform';
		};
	const { named } = output;
	if (named === null) return undefined;
	return (wanted) => {
		const names = workspace.cells.flatMap(({ facts }) => facts?.defines ?? []);
		const name = freeName(m.notebook_name_result(), names);
		const id = workspace.insert(workspace.indexOf(cell.id) + 1, 'js', `const ${name} = ${named};`);
		const made = workspace.cell(id);
		if (!made) return;
		made.wanted = wanted;
		made.panel = 'transform';
	};
}
