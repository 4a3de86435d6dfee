/** What an example shows, put into the notebook: behind the steps of the cell at hand, or in new cells below it. */
import { tick } from 'svelte';
import type { CellFocus } from '$lib/client/cell-focus.svelte';
import type { CellView } from '$lib/client/cell-view.svelte';
import type { Workspace } from '$lib/client/workspace.svelte';
import { applyEdits, insertStep } from '$lib/core/pipeline/edit-pipeline';
import { parsePipeline } from '$lib/core/pipeline/parse-pipeline';
import { cellAnchor } from '$lib/core/report/report';
import { m } from '$lib/paraglide/messages';
import { turnInto } from '../chart/panel/turn-into';
import { freeName } from '../notebook/free-name';
import type { KnownTable } from '../notebook/new-cell';
import { measurable, wordedChart } from '../notebook/new-chart';
import type { Example } from './example';
import type { Intention } from './intentions';

/** The transformation at hand, if the example is about its table: a step of it goes behind its own. */
export function cellForSteps(
	example: Example,
	workspace: Workspace,
	focus: CellFocus
): CellView | null {
	const cell = focus.cell === null ? null : workspace.cell(focus.cell);
	const { table, step, control } = example;
	if (cell?.kind !== 'transform' || !table || !step || control !== null) return null;
	const own = cell.facts?.defines.includes(table.name) === true;
	return own && parsePipeline(cell.source) ? cell : null;
}

/**
 * @param tables of the notebook: where the example is on none of them, its form is opened on the last
 */
export async function addExample(
	intention: Intention,
	example: Example,
	{ workspace, focus }: { workspace: Workspace; focus: CellFocus },
	tables: readonly KnownTable[]
): Promise<void> {
	const table = example.table ?? tables.at(-1);
	if (!table) return;
	const here = focus.cell === null ? -1 : workspace.indexOf(focus.cell);
	let at = here < 0 ? workspace.cells.length : here + 1;
	const put = (source: string): CellView | null =>
		workspace.cell(workspace.insert(at++, 'js', source));

	if (intention.kind === 'chart') {
		const profile = { rows: table.rows ?? 0, columns: measurable(table) };
		const source =
			example.table && example.chart !== null
				? example.chart
				: wordedChart(turnInto(intention.chart, null, table.name, profile));
		const cell = put(source);
		if (!cell) return;
		cell.panel = 'chart';
		await tick();
		return focus.command(cell.id);
	}

	const step = example.table ? example.step : null;
	const own = cellForSteps(example, workspace, focus);
	if (example.table && example.control !== null) put(example.control);
	const names = workspace.cells.flatMap(({ facts }) => facts?.defines ?? []);
	const bare = `const ${freeName(m.notebook_name_result(), names)} = ${table.name};`;
	const source = own?.source ?? bare;
	const last = parsePipeline(source)?.steps.length ?? 0;
	const edits = step ? insertStep(source, last, step) : [];
	if (own) workspace.rewrite(own.id, edits);
	// Written before its panel is there: that opens on a step that stands.
	const cell = own ?? put(applyEdits(bare, edits));
	if (!cell) return;
	const intent = intention.kind === 'step' ? intention.intent.id : 'filter';
	cell.wanted = step ? { edit: last } : { intent, column: table.columns[0]?.name ?? '' };
	cell.panel = 'transform';
	await tick();
	document.getElementById(cellAnchor(cell.id))?.scrollIntoView({ block: 'nearest' });
}
