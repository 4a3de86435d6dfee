/** An example computed in the notebook's worker, beside its cells: a few rows before and after, or a picture. */
import type { Workspace } from '$lib/client/workspace.svelte';
import type { Step } from '$lib/core/pipeline/step';
import type { CellError, ColumnInfo, Picture, Scalar } from '$lib/core/protocol/messages';
import { BESIDE, type PreviewStage } from '$lib/core/protocol/preview';
import { bare, ONE_EACH } from '../notebook/new-cell';
import type { Example } from './example';

/** Rows and columns that are shown. */
const ROWS = 5;
const COLUMNS = 4;
const COLUMNS_AFTER = 6;
/** Steps after which the columns are others, or elsewhere. */
const ORDERED: ReadonlySet<Step['kind']> = new Set([
	...(['select', 'drop', 'rename', 'relocate', 'summarise', 'pivot', 'unpivot', 'join'] as const)
]);

export interface FirstRows {
	/** Of the whole table. */
	readonly rows: number;
	readonly columns: readonly (ColumnInfo & { readonly isNew: boolean })[];
	/** One array a column. */
	readonly values: readonly (readonly Scalar[])[];
}
export interface Shown {
	readonly before: FirstRows;
	/** Null for a chart. */
	readonly after: FirstRows | null;
	readonly picture: Picture | null;
}
/** Why there is nothing to see: an error of the text, or cells that have yet to run. */
export class NothingShown extends Error {
	readonly error: CellError | null;
	constructor(error: CellError | null) {
		super('nothing shown');
		this.error = error;
	}
}

/**
 * @throws NothingShown, and what the host throws
 */
export async function showExample(example: Example, host: Workspace['host']): Promise<Shown> {
	const preview = host.preview(BESIDE);
	try {
		const made = await preview.show(example.head, example.steps);
		const [first, last] = [made?.stages[0], made?.stages.at(-1)];
		if (made?.end !== 'whole' || !first || !last) throw new NothingShown(made?.error ?? null);
		const names = first.columns.map(({ name }) => name);
		const about = example.about.filter((name) => names.includes(name)).slice(0, COLUMNS);
		// Names of rows say little of what is done to them.
		const telling = names.filter((name) => !ONE_EACH.test(bare(name)));
		const kept = new Set([...new Set([...about, ...telling, ...names])].slice(0, COLUMNS));
		const rowsOf = (stage: PreviewStage, columns: FirstRows['columns']) =>
			firstRows(stage, columns, host);
		// What it is about comes first, but where the order of the columns is the matter.
		const ordered = example.step !== null && ORDERED.has(example.step.kind);
		const place = ({ name, isNew }: FirstRows['columns'][number]): number => {
			const at = about.indexOf(name);
			return ordered ? 0 : at >= 0 ? at : isNew ? COLUMNS : COLUMNS + 1;
		};
		const before = await rowsOf(
			first,
			first.columns
				.flatMap((column) => (kept.has(column.name) ? { ...column, isNew: false } : []))
				.sort((a, b) => place(a) - place(b))
		);
		if (example.chart !== null) {
			const drawn = await preview.show(example.chart, []);
			if (!drawn?.picture) throw new NothingShown(drawn?.error ?? null);
			return { before, after: null, picture: drawn.picture };
		}
		const old = new Set(names);
		const all = last.columns
			.map((column) => ({ ...column, isNew: !old.has(column.name) }))
			.filter(({ name, isNew }) => isNew || kept.has(name));
		// What is new is what is to be seen.
		const fresh = all.filter(({ isNew }) => isNew).slice(0, COLUMNS_AFTER - 1);
		let room = COLUMNS_AFTER - fresh.length;
		const columns = all
			.filter((one) => (one.isNew ? fresh.includes(one) : room-- > 0))
			.sort((a, b) => place(a) - place(b));
		return { before, after: await rowsOf(last, columns), picture: null };
	} finally {
		preview.close();
	}
}

async function firstRows(
	{ table, rows }: PreviewStage,
	columns: FirstRows['columns'],
	host: Workspace['host']
): Promise<FirstRows> {
	const count = Math.min(ROWS, rows);
	const names = columns.map(({ name }) => name);
	const { columns: values } = await host.window(table, 0, count, names);
	return { rows, columns, values };
}
