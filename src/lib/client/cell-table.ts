/**
 * A table that a cell shows, as one grid looks at it: sorted, filtered and searched in the cell's worker. It is only a
 * view: the cell's value and the notebook stay as they are. What the worker answers is held to what it said of the
 * table: no more rows, no other columns.
 */
import { AppError, GoneError } from '../core/errors.ts';
import { TABLE_REPLIES } from '../core/protocol/table-guard.ts';
import { LIMITS, type ColumnInfo, type TableSummary } from '../core/protocol/messages.ts';
import type { RowKeys, RowPlace, RowWanted } from '../core/protocol/row-anchors.ts';
import type {
	Arranged,
	ArrangedWindow,
	TableExplorer,
	TableQuery
} from '../core/protocol/table-query.ts';
import type { SandboxHost } from './sandbox-host.ts';

/** A table as an output tells it. */
export interface ShownTable {
	/** The worker's handle. */
	readonly table: string;
	readonly rows: number;
	readonly columns: readonly ColumnInfo[];
}

export class CellTable {
	readonly #host: SandboxHost;
	readonly #shown: ShownTable;
	readonly #view: number;
	readonly #generation: number;
	#query: TableQuery | null = null;
	/** What the grid shows; null: the table as it stands. */
	#arranged: Arranged | null = null;
	#asked = false;
	#closed = false;

	/** @param view a number that no other view of this host has */
	constructor(host: SandboxHost, shown: ShownTable, view: number) {
		this.#host = host;
		this.#shown = shown;
		this.#view = view;
		this.#generation = host.generation;
	}

	window = async (
		offset: number,
		count: number,
		columns: string[] | null
	): Promise<ArrangedWindow> => {
		this.#require();
		const { table, rows } = this.#shown;
		const arranged = this.#arranged && { view: this.#view, rows };
		return this.#host.window(table, offset, count, columns, arranged ?? undefined);
	};

	summary = async (): Promise<TableSummary> => {
		this.#require();
		return this.#host.summary(this.#shown.table);
	};

	readonly explorer: TableExplorer = {
		arrange: async (query, progress) => {
			const { rows } = this.#shown;
			const arranged = await this.#ask(
				{ ask: 'arrange', query },
				(value) => TABLE_REPLIES.arranged(value, query, rows),
				progress
			);
			if (arranged) {
				this.#query = query;
				this.#arranged = arranges(query) ? arranged : null;
			}
			return arranged;
		},
		profile: (name) => {
			const column = this.#column(name);
			return this.#ask({ ask: 'profile', column: name }, (value) =>
				TABLE_REPLIES.profile(value, column, this.#shown.rows)
			);
		},
		values: (name, text) => {
			const column = this.#column(name);
			return this.#ask({ ask: 'values', column: name, text }, (value) =>
				TABLE_REPLIES.values(value, column, this.#shown.rows)
			);
		},
		find: async ({ row, column }, back) => {
			const rows = this.#arranged?.rows ?? 0;
			const names = this.#query?.search?.columns ?? [];
			if (rows === 0 || names.length === 0) return null;
			return this.#ask({ ask: 'find', row, column, back }, (value) =>
				TABLE_REPLIES.match(value, names, rows)
			);
		}
	};

	/** What tells a row from the others, and its value of a column; `row` as the table stands, from 0. */
	rowKeys = async (row: number, column: string | null): Promise<RowKeys> => {
		this.#require();
		return this.#host.rowKeys(this.#shown.table, row, column);
	};

	/** Where rows that are known by their keys stand, in the table itself. */
	locate = async (wanted: readonly RowWanted[]): Promise<readonly RowPlace[]> => {
		this.#require();
		return this.#host.locate(this.#shown, wanted.slice(0, LIMITS.locatedRows));
	};

	/** What tells its values from others. */
	digest = async (): Promise<string> => {
		this.#require();
		return this.#host.digest(this.#shown.table);
	};

	/** The grid is gone, or shows another table. */
	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		if (this.#asked && this.#generation === this.#host.generation)
			this.#host.closeView(this.#shown.table, this.#view);
	}

	async #ask<T>(
		ask: Parameters<SandboxHost['ask']>[2],
		read: (value: unknown) => T,
		progress?: (done: number) => void
	): Promise<T> {
		this.#require();
		this.#asked = true;
		return this.#host.ask(this.#shown.table, this.#view, ask, read, progress);
	}

	/** A handle of an earlier worker may name another table in this one. */
	#require(): void {
		if (this.#closed || this.#generation !== this.#host.generation) throw new GoneError('gone');
	}

	#column(name: string): ColumnInfo {
		const column = this.#shown.columns.find((each) => each.name === name);
		if (!column) throw new AppError('unexpected');
		return column;
	}
}

/** Whether a query asks for anything but the table as it stands. */
const arranges = ({ sort, filters, search }: TableQuery): boolean =>
	sort.length > 0 || filters.length > 0 || (search?.text.trim() ?? '') !== '';
