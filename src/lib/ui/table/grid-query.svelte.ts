/** How a grid's rows are arranged: what the person asked for, and what the table made of it. */
import type {
	Arranged,
	ColumnFilter,
	Match,
	SortDirection,
	SortKey,
	TableExplorer,
	TableQuery
} from '$lib/core/protocol/table-query';
import { AppError } from '$lib/core/errors';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

export class GridQuery {
	sort: readonly SortKey[] = $state.raw([]);
	/** One a column, at most. */
	filters: readonly ColumnFilter[] = $state.raw([]);
	search = $state('');
	/** Only rows where the search finds something are shown. */
	only = $state(false);
	/** Null while the table is shown as it stands. */
	arranged: Arranged | null = $state.raw(null);
	/** Grows with each arrangement that is shown: rows are read anew. */
	version = $state(0);
	busy = $state(false);
	/** Share done of what is under way, from 0 to 1. */
	done = $state(0);
	/** Why the last arrangement asked for was not made: a code; null once one is. */
	failed: string | null = $state(null);

	readonly explorer: TableExplorer;
	readonly #columns: () => readonly string[];
	#turn = 0;

	/** @param columns the columns shown, which a search looks in */
	constructor(explorer: TableExplorer, columns: () => readonly string[]) {
		this.explorer = explorer;
		this.#columns = columns;
	}

	get active(): boolean {
		return this.sort.length > 0 || this.filters.length > 0 || this.search.trim() !== '';
	}

	direction(column: string): SortDirection | null {
		return this.sort.find((key) => key.column === column)?.direction ?? null;
	}

	filter(column: string): ColumnFilter | undefined {
		return this.filters.find((filter) => filter.column === column);
	}

	/** None, ascending, descending, none. @param add keeps the keys of other columns, before this one */
	async cycle(column: string, add: boolean): Promise<void> {
		const now = this.direction(column);
		const next = now === null ? 'ascending' : now === 'ascending' ? 'descending' : null;
		await this.sortBy(column, next, add);
	}

	async sortBy(column: string, direction: SortDirection | null, add = false): Promise<void> {
		const at = this.sort.findIndex((key) => key.column === column);
		const key = direction ? [{ column, direction }] : [];
		if (!add) this.sort = key;
		else if (at < 0) this.sort = [...this.sort, ...key];
		else this.sort = this.sort.toSpliced(at, 1, ...key);
		await this.apply();
	}

	/** @param filter null takes the column's filter away */
	async filterBy(column: string, filter: ColumnFilter | null): Promise<void> {
		const others = this.filters.filter((other) => other.column !== column);
		this.filters = filter ? [...others, filter] : others;
		await this.apply();
	}

	async reset(): Promise<void> {
		this.sort = [];
		this.filters = [];
		this.search = '';
		this.only = false;
		await this.apply();
	}

	/** The next cell that the search finds; null without any. */
	find(start: Match, back: boolean): Promise<Match | null> {
		return this.explorer.find(start, back);
	}

	/** Has the table arranged as it is asked for now; what is shown stays until then. */
	async apply(): Promise<void> {
		const mine = ++this.#turn;
		this.busy = true;
		this.done = 0;
		try {
			const arranged = await this.explorer.arrange(this.#query(), (done) => {
				if (mine === this.#turn) this.done = done;
			});
			if (mine !== this.#turn || !arranged) return;
			this.failed = null;
			this.arranged = this.active ? arranged : null;
			this.version++;
		} catch (cause) {
			if (mine === this.#turn) this.failed = cause instanceof AppError ? cause.code : 'unexpected';
		} finally {
			if (mine === this.#turn) this.busy = false;
		}
	}

	#query(): TableQuery {
		const text = this.search.trim();
		return {
			sort: this.sort,
			filters: this.filters,
			search: text === '' ? null : { text, columns: this.#columns(), only: this.only },
			writing: {
				yes: m.data_yes(),
				no: m.data_no(),
				decimal: getLocale() === 'en' ? '.' : ','
			}
		};
	}
}
