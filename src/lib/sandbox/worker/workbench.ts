/**
 * What cells find around them (built-ins) and what becomes of what they show: tables and opened values are kept here
 * under handles, the host gets descriptions. Handles live as long as the output that showed them.
 */
import * as arquero from 'arquero';
import { ColumnTable } from 'arquero';
import { GoneError } from '../../core/errors.ts';
import type { GroupSizes } from '../../core/governance/group-sizes.ts';
import type { Lineage } from '../../core/governance/terms.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type {
	ControlValue,
	InspectEntry,
	Output,
	Picture,
	TableSummary
} from '../../core/protocol/messages.ts';
import type { RowKeys, RowPlace, RowWanted } from '../../core/protocol/row-anchors.ts';
import type { ArrangedWindow, TableAsk, TableReply } from '../../core/protocol/table-query.ts';
import { seedByCode } from '../../tables/steps/seeded-sample.ts';
import type { Slot } from './cell-node.ts';
import { newSlot } from './cell-node.ts';
import type { CellRun } from './cell-run.ts';
import { chartWords } from './chart-words.ts';
import { Control } from './control.ts';
import { CellFailure } from './failure.ts';
import type { Files } from './files.ts';
import { fileAttachment } from './files.ts';
import { chartClaims, codeClaims, tableClaims } from './group-claims.ts';
import { INPUTS } from './inputs.ts';
import { entriesOf, inspect, OPENED_ENTRIES } from './inspect.ts';
import { tableLineage } from './lineage.ts';
import { Mutable, observe, PROMISES, queue } from './live.ts';
import { MarkdownText, md } from './markdown.ts';
import { RowAnchors } from './row-anchors.ts';
import type { Surroundings } from './surroundings.ts';
import { columnsOf, summaryOf, windowOf } from './table-view.ts';
import { TableViews, type ShownTable, type ViewsPlatform } from './table-views.ts';

/** Charts, drawn in the worker on a document that is only written. */
export interface Charts {
	/** The `Plot` namespace, for a language. */
	make(lang: Lang): unknown;
	/** A drawn chart as data; null for anything else. Throws what `tooLarge` recognises. */
	picture(value: unknown): Picture | null;
}

interface KeptTable extends ShownTable {
	readonly lineage: Lineage;
	/** Worked out for a table that is displayed, when it is sent. */
	readonly groups: () => readonly GroupSizes[] | undefined;
	summary: TableSummary | null;
}

/** Opened values that one worker remembers; the oldest go first. */
const MAX_OPENED = 20_000;
/** What `width` says: charts are drawn for this width, in CSS pixels, and scaled by the host. */
export const WIDTH = 640;

const noNetwork = (name: string) => (): never => {
	throw new CellFailure('absent_builtin', { name: `aq.${name}`, advice: 'data' });
};

export class Workbench implements Surroundings {
	readonly #files: Files;
	readonly #charts: Charts;
	#lang: Lang = 'fr';
	readonly #constants: Map<string, unknown>;
	readonly #lives = new Map<string, Slot>();
	readonly #controls = new Map<string, Control>();
	readonly #controlIds = new WeakMap<Control, string>();
	/** What people chose, by control, kept when the cell runs again. */
	readonly #memories = new Map<string, { identity: string; state: unknown }>();
	/** What people chose in an earlier worker, of controls that are not shown here yet. */
	readonly #inputs = new Map<string, ControlValue>();
	readonly #tables = new Map<string, KeptTable>();
	readonly #views: TableViews;
	readonly #rows: RowAnchors;
	readonly #opened = new Map<number, object>();
	#next = 1;

	constructor(files: Files, charts: Charts, platform: ViewsPlatform) {
		this.#views = new TableViews(platform);
		this.#rows = new RowAnchors(platform);
		this.#files = files;
		this.#charts = charts;
		const loaders = ['load', 'loadArrow', 'loadCSV', 'loadFixed', 'loadJSON'];
		const aq = Object.freeze({
			...arquero,
			seed: seedByCode,
			...Object.fromEntries(loaders.map((name) => [name, noNetwork(name)]))
		});
		this.#constants = new Map<string, unknown>([
			['aq', aq],
			['op', arquero.op],
			['Inputs', INPUTS],
			['Promises', Object.freeze(PROMISES)],
			['Mutable', Mutable],
			['md', md],
			[
				'Generators',
				Object.freeze({
					observe,
					queue,
					input: (control: unknown) => {
						if (control instanceof Control) return Control.follow(control);
						throw new CellFailure('absent_builtin', {
							name: 'Generators.input',
							advice: 'control'
						});
					},
					now: async function* () {
						for (;;) yield Date.now();
					},
					width: () => observe((notify) => void notify(WIDTH)),
					dark: () => observe((notify) => void notify(this.#lives.get('dark')?.value === true))
				})
			]
		]);
		for (const name of ['now', 'dark', 'width']) this.#lives.set(name, newSlot(name, null));
		this.setLive('width', WIDTH);
		this.setLive('dark', false);
		this.setLive('now', 0);
	}

	/** The slot of `now`, `dark` or `width`. */
	liveBuiltin(name: string): Slot | null {
		return this.#lives.get(name) ?? null;
	}

	setLive(name: string, value: unknown): void {
		const slot = this.#lives.get(name);
		if (!slot) return;
		slot.value = value;
		slot.status = 'ready';
	}

	setLang(lang: Lang): void {
		this.#lang = lang;
	}

	builtin(name: string, run: CellRun): unknown {
		switch (name) {
			case 'display':
				return (value: unknown) => {
					if (run.live) run.show(this.describe(value, run));
					return value;
				};
			case 'view':
				return (value: unknown) => {
					if (!(value instanceof Control)) {
						throw new CellFailure('absent_builtin', { name: 'view', advice: 'control' });
					}
					if (run.live) run.show(this.describe(value, run));
					return Control.follow(value);
				};
			case 'invalidation':
				return new Promise<void>((resolve) => run.onDispose(resolve));
			case 'FileAttachment':
				return fileAttachment(this.#files, run);
			case 'Plot':
				return this.#charts.make(this.#lang);
			default:
				return this.#constants.has(name)
					? this.#constants.get(name)
					: (globalThis as unknown as Record<string, unknown>)[name];
		}
	}

	// ------------------------------------------------------------ what is shown

	describe(value: unknown, run: CellRun): Output {
		if (value instanceof Control) return this.#describeControl(value, run);
		if (value instanceof ColumnTable) return this.#describeTable(value, run);
		if (value instanceof MarkdownText)
			return { kind: 'text', markdown: value.markdown, ...withGroups(codeClaims(run)) };
		const picture = this.picture(value, run);
		const lineage = lineageOrNull(run);
		if (picture)
			return {
				kind: 'picture',
				picture,
				lineage,
				...withGroups(chartClaims(value, run, run.source))
			};
		const node = inspect(value, (part) => this.#remember(part, run));
		return { kind: 'value', value: node, lineage, ...withGroups(codeClaims(run)) };
	}

	/** Null for what is no picture. @throws CellFailure `output_too_large` */
	picture(value: unknown, run: CellRun): Picture | null {
		try {
			const picture = this.#charts.picture(value);
			if (!picture || picture.description !== '') return picture;
			return { ...picture, description: chartWords(picture, run, this.#lang) };
		} catch (error) {
			const { what, limit } = error as { what?: unknown; limit?: unknown };
			if (typeof what !== 'string' || typeof limit !== 'number') throw error;
			throw new CellFailure('output_too_large', { what, limit });
		}
	}

	#describeControl(control: Control, run: CellRun): Output {
		let id = this.#controlIds.get(control);
		if (id === undefined) {
			id = `${run.id}.${run.nextControl()}`;
			this.#controlIds.set(control, id);
			const memory = this.#memories.get(id);
			if (memory) Control.recall(control, memory);
			this.#controls.set(id, control);
			const chosen = this.#inputs.get(id);
			if (chosen !== undefined) {
				this.#inputs.delete(id);
				this.input(id, chosen);
			}
			const kept = id;
			run.onDispose(() => {
				if (this.#controls.get(kept) === control) this.#controls.delete(kept);
			});
		}
		return { kind: 'control', control: id, description: Control.describe(control) };
	}

	/**
	 * An output as it stands: a control that was moved since it was shown says where it is, and a table that is displayed
	 * how large the groups are that it shows.
	 */
	present(output: Output): Output {
		if (output.kind === 'table' && output.named === null)
			return { ...output, ...withGroups(this.#tables.get(output.table)?.groups()) };
		const control = output.kind === 'control' ? this.#controls.get(output.control) : undefined;
		return control && output.kind === 'control'
			? { ...output, description: Control.describe(control) }
			: output;
	}

	#describeTable(table: ColumnTable, run: CellRun): Output {
		const id = `t${this.#next++}`;
		const lineage = tableLineage(table, run);
		const columns = columnsOf(table);
		let claims: { readonly made: readonly GroupSizes[] | undefined } | null = null;
		const groups = () => (claims ??= { made: tableClaims(table, run) }).made;
		this.#tables.set(id, { table, columns, cell: run.id, lineage, groups, summary: null });
		run.keep(id);
		return {
			kind: 'table',
			table: id,
			named: null,
			rows: table.numRows(),
			columns,
			lineage
		};
	}

	#remember(value: object, run: CellRun | null): number {
		const handle = this.#next++;
		this.#opened.set(handle, value);
		run?.keep(String(handle));
		if (this.#opened.size > MAX_OPENED) {
			const [oldest] = this.#opened.keys();
			if (oldest !== undefined) this.#opened.delete(oldest);
		}
		return handle;
	}

	release(handles: readonly string[]): void {
		for (const handle of handles) {
			if (handle.startsWith('t')) {
				this.#tables.delete(handle);
				this.#views.release(handle);
			} else this.#opened.delete(Number(handle));
		}
	}

	forget(cell: string): void {
		for (const id of this.#memories.keys())
			if (id.startsWith(`${cell}.`)) this.#memories.delete(id);
	}

	/** Handles held, for tests of what is released. */
	get held(): { tables: number; views: number; opened: number } {
		return { tables: this.#tables.size, views: this.#views.held, opened: this.#opened.size };
	}

	// ------------------------------------------------------------ what the host asks

	/** Choices made in an earlier worker, for the controls to come. */
	remember(inputs: Iterable<readonly [control: string, value: ControlValue]>): void {
		for (const [control, value] of inputs) this.#inputs.set(control, value);
	}

	/** A control that is gone, or a value that it does not offer, changes nothing. */
	input(id: string, value: ControlValue): void {
		const control = this.#controls.get(id);
		if (!control) return;
		try {
			Control.move(control, value);
		} catch (error) {
			if (error instanceof RangeError) return;
			throw error;
		} finally {
			this.#memories.set(id, Control.memory(control));
		}
	}

	#table(id: string): KeptTable {
		const kept = this.#tables.get(id);
		if (!kept) throw new GoneError('gone');
		return kept;
	}

	/** The table of a handle. @throws GoneError */
	table(id: string): ColumnTable {
		return this.#table(id).table;
	}

	/** @param view what the rows are arranged by; none: the table as it stands */
	window(
		id: string,
		view: number | undefined,
		offset: number,
		count: number,
		columns: readonly string[] | null
	): ArrangedWindow {
		const { table } = this.#table(id);
		return view === undefined
			? windowOf(table, offset, count, columns)
			: this.#views.window(id, view, offset, count, columns);
	}
	/** @param progress told the share done of an arrangement, from 0 to 1 */
	async explore(
		id: string,
		view: number,
		ask: TableAsk,
		progress: (done: number) => void
	): Promise<TableReply> {
		return this.#views.answer(id, this.#table(id), view, ask, progress);
	}
	closeView(id: string, view: number): void {
		this.#views.close(id, view);
	}
	summary(id: string): TableSummary {
		const kept = this.#table(id);
		return (kept.summary ??= summaryOf(kept.table));
	}
	/** What tells a row from the others, and its value of a column. @param row as the table stands, from 0 */
	async rowKeys(id: string, row: number, column: string | null): Promise<RowKeys> {
		const kept = this.#table(id);
		return this.#rows.keys(kept, row, column, () => this.#tables.get(id) === kept);
	}
	/** Where rows that are known by their keys stand. */
	async locate(id: string, wanted: readonly RowWanted[]): Promise<RowPlace[]> {
		const kept = this.#table(id);
		return this.#rows.locate(kept, wanted, () => this.#tables.get(id) === kept);
	}
	/** What tells a table's values from others. */
	async digest(id: string): Promise<string> {
		const kept = this.#table(id);
		return this.#rows.digest(kept, () => this.#tables.get(id) === kept);
	}
	lineage(id: string): Lineage {
		return this.#table(id).lineage;
	}
	expand(handle: number): InspectEntry[] {
		const value = this.#opened.get(handle);
		if (value === undefined) throw new GoneError('gone');
		return entriesOf(value, (part) => this.#remember(part, null), OPENED_ENTRIES, 1);
	}
}

const withGroups = (
	groups: readonly GroupSizes[] | undefined
): { groups?: readonly GroupSizes[] } => (groups ? { groups } : {});

function lineageOrNull(run: CellRun): Lineage | null {
	const lineage = run.lineage();
	return lineage.sources.length > 0 ? lineage : null;
}
