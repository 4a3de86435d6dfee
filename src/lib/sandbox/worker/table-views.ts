/**
 * The views of cells' tables: how a grid has a table sorted, filtered and searched. A view is beside its table: no
 * cell sees it, and it ends with the output that showed the table.
 */
import type { ColumnTable } from 'arquero';
import { AppError, GoneError } from '../../core/errors.ts';
import { LIMITS, type ColumnInfo } from '../../core/protocol/messages.ts';
import type {
	ArrangedWindow,
	TableAsk,
	TableQuery,
	TableReply
} from '../../core/protocol/table-query.ts';
import type { Column } from '../../tables/column.ts';
import { TableExploration } from '../../tables/view/table-exploration.ts';
import type { Steps } from '../../tables/view/steps.ts';
import type { ViewedTable } from '../../tables/view/viewed-table.ts';
import { madeColumn, type SourceColumn } from './made-column.ts';
import { rowsOf, windowOf } from './table-view.ts';

/** What can be looked at, and the cell that showed it. */
export interface ShownTable {
	readonly table: ColumnTable;
	readonly columns: readonly ColumnInfo[];
	readonly cell: string;
}

/** What the views need from where they run. */
export interface ViewsPlatform {
	/** Milliseconds, monotonic. */
	now(): number;
	/** Runs the task in a later turn of the event loop, soon. */
	soon(task: () => void): void;
}

type ViewLimits = Readonly<Record<'viewsPerCell' | 'viewBytes', number>>;

/** Milliseconds of work between two looks at what the host says. */
const WORK_MS = 12;
/** Bytes a row: of an arrangement that is kept, and of one that is being made. */
const KEPT = 4 + 1;
const MAKING = 4 * 5 + 2;

interface View {
	readonly exploration: TableExploration;
	closed: boolean;
}
interface Viewed {
	readonly cell: string;
	readonly made: MadeTable;
	readonly views: Map<number, View>;
}

export class TableViews {
	readonly #platform: ViewsPlatform;
	/** By handle. */
	readonly #tables = new Map<string, Viewed>();
	readonly #limits: ViewLimits;

	/** @param limits for tests: the protocol's otherwise */
	constructor(platform: ViewsPlatform, limits: ViewLimits = LIMITS) {
		this.#platform = platform;
		this.#limits = limits;
	}

	/** Views held, for tests of what is dropped. */
	get held(): number {
		let count = 0;
		for (const { views } of this.#tables.values()) count += views.size;
		return count;
	}

	/**
	 * Answers what a grid asks; its view is made when it first asks, and dropped when nothing is arranged any more.
	 * @param id of the view, which the host gives
	 * @returns null where a later ask took the place of this one
	 * @throws GoneError when the table is dropped meanwhile, AppError `table_views_full`, and what the view throws
	 */
	async answer(
		handle: string,
		shown: ShownTable,
		id: number,
		ask: TableAsk,
		progress: (done: number) => void
	): Promise<TableReply> {
		if (ask.ask === 'arrange' && isPlain(ask.query)) {
			// What is under way for this view ends; a later ask makes it anew.
			this.close(handle, id);
			return { rows: shown.table.numRows(), found: null };
		}
		const fresh = !this.#tables.get(handle)?.views.has(id);
		const view = this.#view(handle, shown, id);
		try {
			this.#require(shown.table.numRows() * MAKING);
			const reply = await view.exploration.answer(ask, progress);
			if (view.closed) throw new GoneError('gone');
			return reply;
		} catch (error) {
			// One that shows something goes on showing it.
			if (fresh && !view.closed) this.close(handle, id);
			throw error;
		}
	}

	/** @throws GoneError where nothing is arranged under that number */
	window(
		handle: string,
		id: number,
		offset: number,
		count: number,
		columns: readonly string[] | null
	): ArrangedWindow {
		const view = this.#tables.get(handle)?.views.get(id);
		if (!view) throw new GoneError('gone');
		return view.exploration.window(offset, count, columns);
	}

	close(handle: string, id: number): void {
		const viewed = this.#tables.get(handle);
		const view = viewed?.views.get(id);
		if (!viewed || !view) return;
		view.closed = true;
		viewed.views.delete(id);
		if (viewed.views.size === 0) this.#tables.delete(handle);
	}

	/** The output that showed the table is gone. */
	release(handle: string): void {
		for (const view of this.#tables.get(handle)?.views.values() ?? []) view.closed = true;
		this.#tables.delete(handle);
	}

	#view(handle: string, shown: ShownTable, id: number): View {
		const found = this.#tables.get(handle)?.views.get(id);
		if (found) return found;
		let ofCell = 0;
		for (const { cell, views } of this.#tables.values())
			if (cell === shown.cell) ofCell += views.size;
		if (ofCell >= this.#limits.viewsPerCell) throw new AppError('table_views_full');
		let viewed = this.#tables.get(handle);
		if (!viewed) {
			const made = new MadeTable(shown, () => this.#require(0));
			this.#tables.set(handle, (viewed = { cell: shown.cell, made, views: new Map() }));
		}
		let last = this.#platform.now();
		const pause = (): Promise<void> | undefined => {
			if (view.closed) throw new GoneError('gone');
			if (this.#platform.now() - last < WORK_MS) return undefined;
			return new Promise<void>((done) => {
				this.#platform.soon(() => {
					last = this.#platform.now();
					done();
				});
			}).then(() => {
				if (view.closed) throw new GoneError('gone');
			});
		};
		const view: View = { exploration: new TableExploration(viewed.made, pause), closed: false };
		viewed.views.set(id, view);
		return view;
	}

	/** @throws AppError `table_views_full` where that many bytes more would be too many */
	#require(bytes: number): void {
		let held = bytes;
		for (const { made, views } of this.#tables.values())
			held += made.bytes + views.size * made.rows * KEPT;
		if (held > this.#limits.viewBytes) throw new AppError('table_views_full');
	}
}

const isPlain = ({ sort, filters, search }: TableQuery): boolean =>
	sort.length === 0 && filters.length === 0 && (search?.text.trim() ?? '') === '';

/** A cell's table, whose columns are made when a view first needs them. */
class MadeTable implements ViewedTable {
	readonly names: readonly string[];
	readonly rows: number;
	/** Taken by the columns made until now. */
	bytes = 0;
	readonly #shown: ShownTable;
	readonly #require: () => void;
	readonly #made = new Map<string, Column>();

	/** @param require throws where `bytes` is too much */
	constructor(shown: ShownTable, require: () => void) {
		this.#shown = shown;
		this.#require = require;
		this.names = shown.columns.map(({ name }) => name);
		this.rows = shown.table.numRows();
	}

	*column(name: string): Steps<Column> {
		const before = this.#made.get(name);
		if (before) return before;
		const { table, columns } = this.#shown;
		const info = columns.find((column) => column.name === name);
		const source = table.column(name) as SourceColumn | undefined;
		if (!info || !source) throw new AppError('unexpected');
		let spent = 0;
		let asked = 0;
		const spend = (bytes: number): void => {
			spent += bytes;
			this.bytes += bytes;
			// Not text by text: a mebibyte at a time.
			if (spent - asked < 1 << 20) return;
			asked = spent;
			this.#require();
		};
		let kept = false;
		try {
			const rows = { count: this.rows, of: rowsOf(table) };
			const column = yield* madeColumn(info, source, rows, spend);
			// Another ask may have made it meanwhile.
			const other = this.#made.get(name);
			if (other) return other;
			this.#made.set(name, column);
			kept = true;
			return column;
		} finally {
			if (!kept) this.bytes -= spent;
		}
	}

	window(
		offset: number,
		count: number,
		names: readonly string[] | null,
		order: Uint32Array | null
	): ArrangedWindow {
		return windowOf(this.#shown.table, offset, count, names, order);
	}
}
