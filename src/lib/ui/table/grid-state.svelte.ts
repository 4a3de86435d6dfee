/** A grid on the page: which columns it shows and how wide, what is in view, which cells are active and selected. */
import type { ColumnInfo, ColumnSummary, TableSummary } from '$lib/core/protocol/messages';
import type { TableExplorer } from '$lib/core/protocol/table-query';
import { m } from '$lib/paraglide/messages';
import { cellFormat, decimalsOf, isNumeric, rangeText } from './format';
import {
	bodyHeightOf,
	columnAt,
	contentWidth,
	defaultWidth,
	edgesOf,
	fitWidths,
	MAX_WIDTH,
	MIN_WIDTH,
	ROW_HEIGHT,
	type ColumnContent
} from './grid-cells';
import { GridQuery } from './grid-query.svelte';
import { ScrollMap } from './scroll-map';
import { WindowCache, type FetchWindow, type View } from './window-cache.svelte';

/** Where a grid's rows come from. */
export interface GridSource {
	readonly rows: number;
	readonly columns: readonly ColumnInfo[];
	readonly fetchWindow: FetchWindow;
	readonly fetchSummary?: () => Promise<TableSummary>;
	readonly explorer?: TableExplorer;
	/** In pixels. */
	readonly maxHeight: number;
}
/** A cell, among the columns shown; row -1 is the header. */
export interface CellPlace {
	readonly row: number;
	readonly column: number;
}
export interface CellText {
	readonly text: string;
	readonly missing: boolean;
}

/** Cells that widths are measured on. */
const MEASURED_ROWS = 100;
const MEASURED_COLUMNS = 64;
/** Share of the page that columns which stay in view may take: more, and nothing else could be read. */
const FROZEN_SHARE = 0.65;
/** Rows drawn above and below what is in view. */
const SPARE_ROWS = 2;

const range = (from: number, to: number): number[] =>
	Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

export class GridState {
	readonly #source: () => GridSource;
	viewport: HTMLDivElement | null = $state.raw(null);
	width = $state(0);
	/** With its scroll bar, if that takes any room. */
	outerHeight = $state(0);
	innerHeight = $state(0);
	left = $state(0);
	top = $state(0);
	summary: TableSummary | null = $state.raw(null);
	hidden: readonly string[] = $state.raw([]);
	/** The last of the columns that stay in view. */
	frozenTo: string | null = $state.raw(null);
	#resized: Readonly<Record<string, number>> = $state.raw({});
	active: CellPlace = $state.raw({ row: 0, column: 0 });
	anchor: CellPlace | null = $state.raw(null);
	/** The bar's position that this class set: a scroll event that says it back is no new wish. */
	#setBar = 0;

	/** @param source read anew each time: the props of a component */
	constructor(source: () => GridSource) {
		this.#source = source;
	}

	readonly columns = $derived.by(() =>
		this.#source().columns.filter(({ name }) => !this.hidden.includes(name))
	);
	readonly query = $derived.by(() => {
		const { explorer } = this.#source();
		return explorer ? new GridQuery(explorer, () => this.columns.map(({ name }) => name)) : null;
	});
	/** Of the table, whatever is filtered. */
	readonly allRows = $derived.by(() => this.#source().rows);
	readonly rows = $derived.by(() => this.query?.arranged?.rows ?? this.allRows);
	readonly summarised = $derived.by(() => this.#source().fetchSummary !== undefined);
	readonly headHeight = $derived(this.summarised ? 108 : 60);
	readonly cache = $derived.by(() => {
		void this.query?.version;
		return new WindowCache(this.#source().fetchWindow, this.columns, this.rows);
	});
	readonly numberWidth = $derived(Math.max(44, String(this.allRows).length * 9 + 20));

	/** The first cells of each column, once they came: what its width and its decimals are measured on. */
	readonly #sample = $derived.by(() => {
		void this.cache.arrived;
		const count = Math.min(this.rows, MEASURED_ROWS);
		const { columns, cache } = this;
		if (count === 0 || columns.length > MEASURED_COLUMNS || cache.cell(0, 0) === undefined)
			return null;
		return columns.map((_, column) =>
			Array.from({ length: count }, (_, row) => cache.cell(row, column))
		);
	});
	readonly #decimals = $derived.by(() =>
		this.columns.map(({ name, type }, i) => {
			const told = this.summaryOf(name);
			const ends = told ? [told.min, told.max] : [];
			return type === 'number' ? decimalsOf([...(this.#sample?.[i] ?? []), ...ends]) : 0;
		})
	);
	readonly formats = $derived.by(() =>
		this.columns.map(({ name, type, valueType }, i) =>
			cellFormat(type, this.#decimals[i], valueType, name)
		)
	);
	readonly #contents = $derived.by(() => {
		const cells = this.#sample;
		return (
			cells &&
			this.columns.map(({ name, type, valueType }, i): ColumnContent => {
				const told = this.summaryOf(name);
				const ends = told ? [told.min, told.max] : [];
				return {
					name,
					numeric: type !== 'text' && type !== 'other',
					texts: [...(cells[i] ?? []), ...ends].map((value) =>
						value === undefined || value === null
							? m.data_missing_cell()
							: (this.formats[i]?.(value) ?? '')
					),
					range: told ? rangeText({ ...told, valueType }) : '',
					sketched: this.summarised
				};
			})
		);
	});
	/** Widths found before stay while the next rows are on their way. */
	#fittedBefore: readonly number[] = [];
	readonly #fitted = $derived.by((): readonly number[] => {
		const contents = this.#contents;
		if (contents) this.#fittedBefore = fitWidths(contents, this.width - this.numberWidth - 2);
		else if (this.#fittedBefore.length !== this.columns.length)
			return this.columns.map(({ name, type }) => defaultWidth(name, type));
		return this.#fittedBefore;
	});
	readonly widths = $derived.by(() =>
		this.columns.map(({ name }, i) => this.#resized[`:${name}`] ?? this.#fitted[i] ?? MIN_WIDTH)
	);
	readonly edges = $derived(edgesOf(this.widths));
	readonly totalWidth = $derived(this.numberWidth + (this.edges.at(-1) ?? 0));
	readonly wide = $derived(this.totalWidth > this.width);
	/** Columns are out of sight at the right. */
	readonly more = $derived(this.wide && this.left + this.width < this.totalWidth - 2);
	/** The room that the bar at the bottom takes: none where it lies over the rows. */
	readonly barHeight = $derived(Math.max(0, this.outerHeight - this.innerHeight));

	/** How many columns stay in view, on a page this wide. */
	readonly frozen = $derived.by(() => {
		const to = this.columns.findIndex(({ name }) => name === this.frozenTo) + 1;
		const room = this.width * FROZEN_SHARE;
		return to > 0 && this.numberWidth + (this.edges[to] ?? 0) <= room ? to : 0;
	});
	readonly frozenWidth = $derived(this.edges[this.frozen] ?? 0);

	// A grid that is filtered keeps the height it had: nothing below it jumps.
	readonly bodyHeight = $derived.by(() =>
		bodyHeightOf(this.allRows, this.#source().maxHeight - this.headHeight)
	);
	readonly map = $derived(new ScrollMap(this.rows, ROW_HEIGHT, this.bodyHeight));
	readonly view = $derived.by((): View => {
		const first = Math.max(this.frozen, columnAt(this.edges, this.left + this.frozenWidth));
		return {
			frozen: this.frozen,
			firstRow: Math.max(0, Math.floor(this.top / ROW_HEIGHT) - SPARE_ROWS),
			lastRow: Math.min(
				this.rows - 1,
				Math.ceil((this.top + this.bodyHeight) / ROW_HEIGHT) + SPARE_ROWS
			),
			firstColumn: first,
			lastColumn: Math.min(
				this.columns.length - 1,
				columnAt(this.edges, this.left + Math.max(this.width, 320)) + 1
			)
		};
	});
	readonly #slots = $derived(Math.ceil(this.bodyHeight / ROW_HEIGHT) + 2 * SPARE_ROWS + 2);
	/**
	 * The rows drawn, each with the place that it takes among the elements on the page: a row that comes into view takes
	 * the elements of one that left.
	 */
	readonly shownRows = $derived.by(() =>
		range(this.view.firstRow, this.view.lastRow).map((row) => ({ row, slot: row % this.#slots }))
	);
	readonly frozenColumns = $derived(range(0, this.frozen - 1));
	readonly shownColumns = $derived.by(() => range(this.view.firstColumn, this.view.lastColumn));
	readonly selected = $derived.by((): View | null => {
		const { anchor, active } = this;
		return (
			anchor && {
				firstRow: Math.max(0, Math.min(anchor.row, active.row)),
				lastRow: Math.max(anchor.row, active.row),
				firstColumn: Math.min(anchor.column, active.column),
				lastColumn: Math.max(anchor.column, active.column)
			}
		);
	});

	/** Of a column, whether it is shown or hidden. */
	infoOf(name: string): ColumnInfo | undefined {
		return this.#source().columns.find((column) => column.name === name);
	}

	summaryOf(name: string): ColumnSummary | undefined {
		return this.summary?.columns.find((column) => column.name === name);
	}

	text(row: number, column: number): CellText {
		void this.cache.arrived;
		const value = this.cache.cell(row, column);
		if (value === undefined) return { text: '', missing: false };
		if (value === null) return { text: m.data_missing_cell(), missing: true };
		return { text: this.formats[column]?.(value) ?? '', missing: false };
	}

	isHit(row: number, column: number): boolean {
		void this.cache.arrived;
		return this.cache.isHit(row, column);
	}

	/** Which row of the table itself that is, from 0; undefined while it is not known. */
	tableRow(row: number): number | undefined {
		if (!this.query?.arranged) return row;
		void this.cache.arrived;
		return this.cache.source(row, this.view.firstColumn) ?? this.cache.source(row, 0);
	}

	/** The number of a row in the table itself, from 1; '' while it is not known. */
	rowNumber(row: number): string {
		const source = this.tableRow(row);
		return source === undefined ? '' : String(source + 1);
	}

	inSelection(row: number, column: number): boolean {
		const { selected } = this;
		return (
			selected !== null &&
			row >= selected.firstRow &&
			row <= selected.lastRow &&
			column >= selected.firstColumn &&
			column <= selected.lastColumn
		);
	}

	isRight(column: number): boolean {
		const info = this.columns[column];
		return info !== undefined && isNumeric(info.type);
	}

	// ------------------------------------------------------------ moving

	/** The bar was moved, by the person or by `moveTo`. */
	scrolled(): void {
		if (!this.viewport) return;
		this.left = this.viewport.scrollLeft;
		if (!this.map.capped || Math.abs(this.viewport.scrollTop - this.#setBar) > 1.5) {
			this.top = this.map.topOf(this.viewport.scrollTop);
			this.#setBar = this.viewport.scrollTop;
		}
	}

	/** @param next pixels of the table above the view */
	moveTo(next: number): void {
		this.top = this.map.clamp(next);
		if (!this.viewport) return;
		this.viewport.scrollTop = this.map.scrollTopOf(this.top);
		this.#setBar = this.viewport.scrollTop;
	}

	/** Fewer rows or columns than before: what is active and in view stays within them. */
	stayWithin(): void {
		const { row, column } = this.active;
		const within = {
			row: Math.min(row, this.rows - 1),
			column: Math.max(0, Math.min(column, this.columns.length - 1))
		};
		if (within.row !== row || within.column !== column) this.active = within;
		const top = this.map.clamp(this.top);
		if (top !== this.top) this.moveTo(top);
	}

	goTo(row: number, column: number, extend: boolean): void {
		this.anchor = extend ? (this.anchor ?? this.active) : null;
		this.active = {
			row: Math.min(this.rows - 1, Math.max(-1, row)),
			column: Math.min(this.columns.length - 1, Math.max(0, column))
		};
		this.#show(this.active);
	}

	select(from: CellPlace, to: CellPlace): void {
		this.anchor = from;
		this.active = to;
	}

	#show({ row, column }: CellPlace): void {
		const { viewport, top, bodyHeight } = this;
		if (row >= 0) {
			if (row * ROW_HEIGHT < top) this.moveTo(row * ROW_HEIGHT);
			else if ((row + 1) * ROW_HEIGHT > top + bodyHeight)
				this.moveTo((row + 1) * ROW_HEIGHT - bodyHeight);
		}
		if (!viewport || column < this.frozen) return;
		const from = this.edges[column] ?? 0;
		const to = this.edges[column + 1] ?? from;
		const room = viewport.clientWidth - this.numberWidth;
		if (from - this.frozenWidth < viewport.scrollLeft)
			viewport.scrollLeft = from - this.frozenWidth;
		else if (to > viewport.scrollLeft + room)
			viewport.scrollLeft = Math.min(from - this.frozenWidth, to - room);
		this.left = viewport.scrollLeft;
	}

	// ------------------------------------------------------------ columns

	resize(column: number, wished: number): void {
		const name = this.columns[column]?.name;
		if (name === undefined) return;
		const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, wished));
		// Prefixed: a column may be named like a property that every object has.
		this.#resized = { ...this.#resized, [`:${name}`]: width };
	}

	/** As wide as what it holds, of what is known of it. */
	fit(column: number): void {
		const content = this.#contents?.[column];
		if (!content) return;
		const inView = range(this.view.firstRow, this.view.lastRow).map(
			(row) => this.text(row, column).text
		);
		this.resize(column, contentWidth({ ...content, texts: [...content.texts, ...inView] }));
	}

	/** The last column shown cannot be hidden. */
	hide(name: string): void {
		if (this.columns.length <= 1) return;
		this.hidden = [...this.hidden, name];
		this.#columnsChanged();
	}

	/** @param name null shows all */
	unhide(name: string | null): void {
		this.hidden = name === null ? [] : this.hidden.filter((other) => other !== name);
		this.#columnsChanged();
	}

	#columnsChanged(): void {
		this.anchor = null;
		this.stayWithin();
		if (this.query?.search.trim()) void this.query.apply();
	}
}
