/** Runs a notebook as a page would, on the demo's data: the worker's own session, at the other end of real ports. */
import { createHash } from 'node:crypto';
import type { LineageSource } from '../../src/lib/core/governance/terms.ts';
import { kindOf } from '../../src/lib/core/analysis/kind-of.ts';
import type { Notebook } from '../../src/lib/core/notebook/notebook.ts';
import type { TableWindow } from '../../src/lib/core/protocol/messages.ts';
import { displayed, type ReportParts, type RunCell } from '../../src/lib/core/report/freeze.ts';
import { REPORT_TABLE_ROWS } from '../../src/lib/core/report/report.ts';
import { makePlot, toPicture } from '../../src/lib/sandbox/worker/plot.ts';
import { TestHost } from '../../src/lib/sandbox/worker/test-host.ts';
import { makeDemoDatasets, type DemoDataset } from '../../src/lib/server/demo/datasets.ts';

export interface RunNotebook {
	readonly host: TestHost;
	readonly cells: readonly RunCell[];
	readonly parts: ReportParts;
	/** Rows of the table that a name stands for (500 at most), as objects, and how many there are. */
	tableOf(name: string): Promise<{ rows: Record<string, unknown>[]; total: number }>;
}

let made: readonly DemoDataset[] | undefined;

/** Runs until nothing is left to run. Close `host` when done. */
export async function runNotebook(notebook: Notebook): Promise<RunNotebook> {
	made ??= Object.values(makeDemoDatasets());
	const host = new TestHost({ make: makePlot, picture: toPicture });
	for (const dataset of made) host.files.set(`${dataset.slug}@1.arrow`, fileOf(dataset));
	host.send({ type: 'init', lang: notebook.lang, dark: false, inputs: [] });
	const sources = notebook.cells.map(({ id, mode, source }) => ({ id, mode, source }));
	host.send({ type: 'cells', cells: sources, held: [] });
	await host.settled();

	const cells = notebook.cells.map(({ id, mode, source }) => ({
		id,
		kind: kindOf(source, mode),
		source,
		outputs: displayed(host.outputs.get(id) ?? [])
	}));
	const window = async (table: string, count: number): Promise<TableWindow> =>
		(await host.ask({ type: 'window', table, offset: 0, count, columns: null })) as TableWindow;
	const windows = new Map<string, TableWindow>();
	for (const { outputs } of cells)
		for (const output of outputs)
			if (output.kind === 'table')
				windows.set(output.table, await window(output.table, REPORT_TABLE_ROWS));
	return {
		host,
		cells,
		parts: { windows, controls: new Map() },
		async tableOf(name) {
			// A cell that only names the table shows it.
			host.send({
				type: 'cells',
				cells: [...sources, { id: 'look', mode: 'js', source: name }],
				held: []
			});
			await host.settled();
			const output = host.outputs.get('look')?.[0];
			if (output?.kind !== 'table') throw new Error(`${name} is no table`);
			const { columns } = await window(output.table, Math.min(output.rows, 500));
			const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
				Object.fromEntries(output.columns.map(({ name: column }, i) => [column, columns[i]?.[row]]))
			);
			return { rows, total: output.rows };
		}
	};
}

function fileOf(dataset: DemoDataset): { bytes: ArrayBuffer; source: LineageSource } {
	const { slug, title, licence, publication, columns, bytes } = dataset;
	return {
		bytes: bytes.slice().buffer,
		source: {
			datasetId: slug,
			slug,
			version: 1,
			hash: createHash('sha256').update(bytes).digest('hex'),
			title,
			organisation: '',
			licence,
			publication,
			synthetic: true,
			rows: columns[0]?.length ?? 0
		}
	};
}
