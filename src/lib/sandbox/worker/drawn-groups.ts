/**
 * What the marks of a chart draw, as rows of tables: a mark a row, or the rows that one of Plot's own transforms
 * (group, bin) brought together. Asked only when a chart comes from a dataset whose terms name a smallest group.
 */
import type { Mark } from '@observablehq/plot';
import { rowBehind, tableBehind } from './plottable.ts';

type Index = ArrayLike<number>;
interface State {
	readonly data?: unknown;
	readonly facets?: unknown;
}
/** The members of Plot's marks that drawing goes through. */
interface Drawing {
	readonly ariaLabel?: unknown;
	readonly data?: unknown;
	readonly initializer?: (...args: unknown[]) => State;
	readonly initialize: (...args: unknown[]) => State;
	readonly render: (index: Index | null, ...rest: unknown[]) => unknown;
}

/** Marks that hold no data of their own. A tip's are its own. */
const DECORATION = /axis|grid|frame|sphere|graticule/;

interface Watched {
	/** Among the marks that the chart was given. */
	readonly place: number;
	data: unknown;
	/** An initializer moved marks about: which row each one draws is not known any more. */
	moved: boolean;
	readonly batches: Index[];
}

type WrittenData = ReadonlyMap<number, readonly unknown[]>;

/** Sets of rows of a table, by their places, each drawn by one mark; null: all rows, which mark draws which unknown. */
export interface DrawnRows {
	readonly table: object;
	readonly sets: readonly (readonly number[])[] | null;
}

export class DrawnGroups {
	readonly #watched: Watched[] = [];
	#loose = false;

	/**
	 * The same mark, whose data are noted here as they are drawn.
	 * @param place among the marks that the chart was given; those of one list stand in one place
	 */
	watch(mark: Mark, place: number): Mark {
		const drawing = mark as unknown as Drawing;
		if (DECORATION.test(String(drawing.ariaLabel ?? ''))) return mark;
		const watched: Watched = { place, data: undefined, moved: false, batches: [] };
		this.#watched.push(watched);
		const { initialize, initializer, render } = drawing;
		return Object.create(mark, {
			initialize: {
				value: function (this: unknown, ...args: unknown[]) {
					const state = initialize.apply(this, args);
					watched.data = state.data;
					return state;
				}
			},
			render: {
				value: function (this: unknown, index: Index | null, ...rest: unknown[]) {
					if (index) watched.batches.push(index);
					return render.call(this, index, ...rest);
				}
			},
			...(typeof initializer === 'function' && {
				initializer: {
					value: function (this: unknown, ...args: unknown[]) {
						const state = initializer.apply(this, args);
						const [data, facets] = args;
						if (state.data !== undefined && state.data !== data) watched.data = state.data;
						else if (state.facets !== undefined && state.facets !== facets) watched.moved = true;
						return state;
					}
				}
			})
		}) as Mark;
	}

	/** Something is drawn by code of the cell's own. */
	watchCode(): void {
		this.#loose = true;
	}

	/**
	 * What was drawn; `loose`: besides, things of which no table says what they are.
	 * @param written data that stand in the source, by the place of their mark: they are nobody's
	 */
	rows(written: WrittenData): { readonly drawn: readonly DrawnRows[]; readonly loose: boolean } {
		const drawn: DrawnRows[] = [];
		let loose = this.#loose;
		for (const watched of this.#watched) {
			const found = isWritten(watched, written) ? [] : rowsDrawn(watched);
			if (found) drawn.push(...found);
			else loose = true;
		}
		return { drawn, loose };
	}
}

/** Whether a mark draws what its source says at its place, each value of it. */
function isWritten({ place, data }: Watched, written: WrittenData): boolean {
	const said = written.get(place);
	return (
		said !== undefined &&
		Array.isArray(data) &&
		data.length === said.length &&
		said.every((value, at) => value === data[at])
	);
}

/** Null where a mark drew what is no row of a table. */
function rowsDrawn({ data, moved, batches }: Watched): DrawnRows[] | null {
	if (!batches.some(({ length }) => length > 0)) return [];
	const table = tableBehind(data);
	if (table && moved) return [{ table, sets: null }];
	const places = batches.flatMap((batch) => Array.from(batch));
	if (table) return [{ table, sets: places.map((place) => [place]) }];
	// A rule at zero.
	const list = Array.isArray(data) ? (data as unknown[]) : [];
	if (list.length && list.every((value) => value === 0)) return [];
	if (moved) return null;
	const byTable = new Map<object, number[][]>();
	for (const place of places) {
		const datum = list[place];
		const rows = (Array.isArray(datum) ? (datum as unknown[]) : [datum]).map(rowBehind);
		// An empty bin draws nothing of anybody.
		const [first] = rows;
		if (!rows.length) continue;
		if (!first || rows.some((row) => row?.table !== first.table)) return null;
		const sets = byTable.get(first.table) ?? [];
		byTable.set(first.table, sets);
		sets.push(rows.flatMap((row) => (row ? [row.row] : [])));
	}
	return [...byTable].map(([from, sets]) => ({ table: from, sets }));
}

const drawnBy = new WeakMap<object, DrawnGroups>();

/** Remembers what a drawn chart draws. */
export const noteDrawn = (figure: object, groups: DrawnGroups): void => {
	drawnBy.set(figure, groups);
};

/** What a drawn chart draws; null for what is no chart. */
export const drawnRows = (
	figure: object,
	written: WrittenData
): ReturnType<DrawnGroups['rows']> | null => drawnBy.get(figure)?.rows(written) ?? null;
