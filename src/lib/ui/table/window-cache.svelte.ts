/**
 * The cells that a grid shows, asked for in blocks of rows and columns as they come into view, then a little ahead in
 * the direction of scrolling. What was asked for and scrolled past is not asked again before what is in view; old
 * blocks are forgotten.
 */
import type { ColumnInfo, Scalar } from '$lib/core/protocol/messages';
import type { ArrangedWindow } from '$lib/core/protocol/table-query';

export type FetchWindow = (
	offset: number,
	count: number,
	columns: string[] | null
) => Promise<ArrangedWindow>;

const ROWS = 100;
const COLUMNS = 16;
const KEPT = 240;
const UNDER_WAY = 3;
/** Blocks of rows asked for beyond what is in view. */
const AHEAD = 2;

export interface View {
	readonly firstRow: number;
	readonly lastRow: number;
	readonly firstColumn: number;
	readonly lastColumn: number;
	/** Columns at the left that are in view too, however far the others are scrolled. */
	readonly frozen?: number;
}

export class WindowCache {
	/** Grows with each block that came, so that what reads cells reads them anew. */
	arrived = $state(0);
	failed = $state(false);
	// Plain on purpose: what came is told by `arrived`, not by each of ten thousand cells.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #blocks = new Map<string, ArrangedWindow>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #waiting = new Set<string>();
	#wanted: View | null = null;
	/** Where the view last went: 1 down, -1 up. */
	#heading = 1;
	#closed = false;
	readonly #fetch: FetchWindow;
	readonly #columns: readonly ColumnInfo[];

	readonly #rows: number;

	constructor(fetch: FetchWindow, columns: readonly ColumnInfo[], rows: number) {
		this.#rows = rows;
		this.#fetch = fetch;
		this.#columns = columns;
	}

	/** undefined: not here yet. */
	cell(row: number, column: number): Scalar | undefined {
		return this.#block(row, column)?.columns[column % COLUMNS]?.[row % ROWS];
	}

	/** Whether a search finds this cell. */
	isHit(row: number, column: number): boolean {
		return this.#block(row, column)?.hits?.[column % COLUMNS]?.includes(row % ROWS) ?? false;
	}

	/** Where a row stands in the table itself, from 0; undefined: not here yet. */
	source(row: number, column: number): number | undefined {
		const block = this.#block(row, column);
		return block && (block.rows ? block.rows[row % ROWS] : row);
	}

	#block(row: number, column: number): ArrangedWindow | undefined {
		return this.#blocks.get(keyOf(Math.floor(row / ROWS), Math.floor(column / COLUMNS)));
	}

	/** Asks for what is in view and not here. */
	want(view: View): void {
		const before = this.#wanted?.firstRow ?? 0;
		if (view.firstRow !== before) this.#heading = view.firstRow > before ? 1 : -1;
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
			// Rows of two arrangements are not mixed.
			if (this.#closed) throw new Error('another arrangement');
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
		const first = Math.floor(view.firstRow / ROWS);
		const last = Math.floor(view.lastRow / ROWS);
		const blocks = Array.from({ length: last - first + 1 }, (_, i) => first + i);
		for (let n = 1; n <= AHEAD; n++) blocks.push(this.#heading > 0 ? last + n : first - n);
		const firstColumns = Math.floor(view.firstColumn / COLUMNS);
		const frozen = Math.min(firstColumns, Math.ceil((view.frozen ?? 0) / COLUMNS));
		const across = Math.max(0, Math.floor(view.lastColumn / COLUMNS) - firstColumns + 1);
		const columns = [
			...Array.from({ length: across }, (_, i) => firstColumns + i),
			...Array.from({ length: frozen }, (_, i) => i)
		];
		for (const rows of blocks) {
			if (rows < 0 || rows * ROWS >= this.#rows) continue;
			for (const c of columns) {
				const key = keyOf(rows, c);
				if (this.#blocks.has(key) || this.#waiting.has(key)) continue;
				if (this.#waiting.size >= UNDER_WAY) return;
				void this.#load(key, rows, c);
			}
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
