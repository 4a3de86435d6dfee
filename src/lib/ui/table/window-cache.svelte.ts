/**
 * The cells that a grid shows, asked for in blocks of rows and columns as they come into view. What was asked for
 * and scrolled past is not asked again before what is in view; old blocks are forgotten.
 */
import type { ColumnInfo, Scalar, TableWindow } from '$lib/core/protocol/messages';

export type FetchWindow = (
	offset: number,
	count: number,
	columns: string[] | null
) => Promise<TableWindow>;

const ROWS = 100;
const COLUMNS = 16;
const KEPT = 240;
const UNDER_WAY = 3;

export interface View {
	readonly firstRow: number;
	readonly lastRow: number;
	readonly firstColumn: number;
	readonly lastColumn: number;
}

export class WindowCache {
	/** Grows with each block that came, so that what reads cells reads them anew. */
	arrived = $state(0);
	failed = $state(false);
	// Plain on purpose: what came is told by `arrived`, not by each of ten thousand cells.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #blocks = new Map<string, TableWindow>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #waiting = new Set<string>();
	#wanted: View | null = null;
	#closed = false;
	readonly #fetch: FetchWindow;
	readonly #columns: readonly ColumnInfo[];

	constructor(fetch: FetchWindow, columns: readonly ColumnInfo[]) {
		this.#fetch = fetch;
		this.#columns = columns;
	}

	/** undefined: not here yet. */
	cell(row: number, column: number): Scalar | undefined {
		const block = this.#blocks.get(keyOf(Math.floor(row / ROWS), Math.floor(column / COLUMNS)));
		return block?.columns[column % COLUMNS]?.[row % ROWS];
	}

	/** Asks for what is in view and not here. */
	want(view: View): void {
		this.#wanted = view;
		this.#ask();
	}

	/** A rectangle of cells, whether in view or not: for copying. */
	async take(view: View): Promise<Scalar[][]> {
		const names = this.#columns
			.slice(view.firstColumn, view.lastColumn + 1)
			.map((column) => column.name);
		const rows: Scalar[][] = [];
		for (let row = view.firstRow; row <= view.lastRow; row += 500) {
			const count = Math.min(500, view.lastRow + 1 - row);
			const { columns } = await this.#fetch(row, count, names);
			for (let r = 0; r < count; r++) rows.push(columns.map((cells) => cells[r] ?? null));
		}
		return rows;
	}

	close(): void {
		this.#closed = true;
	}

	#ask(): void {
		const view = this.#wanted;
		if (!view || this.#closed) return;
		for (let rows = Math.floor(view.firstRow / ROWS); rows * ROWS <= view.lastRow; rows++)
			for (let c = Math.floor(view.firstColumn / COLUMNS); c * COLUMNS <= view.lastColumn; c++) {
				const key = keyOf(rows, c);
				if (this.#blocks.has(key) || this.#waiting.has(key)) continue;
				if (this.#waiting.size >= UNDER_WAY) return;
				void this.#load(key, rows, c);
			}
	}

	async #load(key: string, rows: number, columns: number): Promise<void> {
		const names = this.#columns
			.slice(columns * COLUMNS, (columns + 1) * COLUMNS)
			.map((column) => column.name);
		if (names.length === 0) return;
		this.#waiting.add(key);
		try {
			const window = await this.#fetch(rows * ROWS, ROWS, names);
			if (this.#closed) return;
			this.#blocks.set(key, window);
			for (const old of this.#blocks.keys()) {
				if (this.#blocks.size <= KEPT) break;
				this.#blocks.delete(old);
			}
			this.failed = false;
			this.arrived++;
		} catch {
			// Asked again at the next scroll, not at once: what failed now would fail now.
			if (!this.#closed) this.failed = true;
			return;
		} finally {
			this.#waiting.delete(key);
		}
		this.#ask();
	}
}

const keyOf = (rows: number, columns: number): string => `${rows}:${columns}`;
