/** What a grid asks of a table, answered in steps, so that windows are never kept waiting. */
import type {
	Arranged,
	ArrangedWindow,
	TableAsk,
	TableReply
} from '../../core/protocol/table-query.ts';
import { columnValues, profileColumn } from './column-profile.ts';
import { runSteps, type Steps } from './steps.ts';
import { TableView, type Arrangement } from './table-view.ts';
import type { ViewedTable } from './viewed-table.ts';

/** A later ask of the same kind took this one's place. */
class Replaced extends Error {}

export class TableExploration {
	readonly #view: TableView;
	readonly #pause: () => Promise<void> | undefined;
	readonly #turns = new Map<TableAsk['ask'], number>();
	#arrangement: Arrangement;

	/**
	 * @param pause lets the worker hear messages, when it is time to: nothing to wait for otherwise; what it throws ends
	 * the ask under way
	 */
	constructor(table: ViewedTable, pause: () => Promise<void> | undefined) {
		this.#view = new TableView(table);
		this.#arrangement = this.#view.plain();
		this.#pause = pause;
	}

	/** Rows of the table as it was last arranged. */
	window(offset: number, count: number, names: readonly string[] | null): ArrangedWindow {
		return this.#view.window(this.#arrangement, offset, count, names);
	}

	/** Rows of the table in the order last arranged; null: all of them, in their own. */
	get order(): Uint32Array<ArrayBuffer> | null {
		return this.#arrangement.order;
	}

	/**
	 * @param progress told the share done of an arrangement, from 0 to 1
	 * @returns null when a later ask of the same kind came meanwhile
	 * @throws AppError `unexpected` for a name that no column has
	 */
	async answer(ask: TableAsk, progress?: (done: number) => void): Promise<TableReply> {
		try {
			switch (ask.ask) {
				case 'arrange':
					return await this.#arrange(ask, progress);
				case 'profile':
					return await this.#run(ask, this.#profile(ask.column));
				case 'values':
					return await this.#run(ask, this.#values(ask.column, ask.text));
				case 'find':
					return await this.#run(ask, this.#view.find(this.#arrangement, ask, ask.back));
			}
		} catch (error) {
			if (error instanceof Replaced) return null;
			throw error;
		}
	}

	async #arrange(
		ask: Extract<TableAsk, { ask: 'arrange' }>,
		progress?: (done: number) => void
	): Promise<Arranged> {
		const work = Math.max(1, this.#view.work(ask.query));
		this.#arrangement = await this.#run(ask, this.#view.arrange(ask.query), (rows) =>
			progress?.(Math.min(0.99, rows / work))
		);
		const { rows, found, foundRows } = this.#arrangement;
		return { rows, found: found ? foundRows : null };
	}

	*#profile(name: string): ReturnType<typeof profileColumn> {
		const { order } = this.#arrangement;
		const column = yield* this.#view.column(name);
		return yield* profileColumn(column, this.#view.texts(column), order);
	}

	/** Counted among the rows that the other columns' filters let through. */
	*#values(name: string, text: string): ReturnType<typeof columnValues> {
		const { filters, search, writing } = this.#arrangement.query;
		const found = search?.only ? this.#arrangement.found : null;
		const others = filters.filter(({ column }) => column !== name);
		const column = yield* this.#view.column(name);
		const rows = yield* this.#view.rowsThrough(others, found);
		return yield* columnValues(column, this.#view.texts(column), rows, text, writing);
	}

	#run<T>(ask: TableAsk, steps: Steps<T>, progress?: (rows: number) => void): Promise<T> {
		const mine = (this.#turns.get(ask.ask) ?? 0) + 1;
		this.#turns.set(ask.ask, mine);
		const pause = (): Promise<void> | undefined =>
			this.#pause()?.then(() => {
				if (this.#turns.get(ask.ask) !== mine) throw new Replaced();
			});
		return runSteps(steps, pause, progress);
	}
}
