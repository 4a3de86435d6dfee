import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import type { Scalar } from '../../core/protocol/messages.ts';
import type { ColumnFilter, SortKey, TableQuery } from '../../core/protocol/table-query.ts';
import {
	booleanColumn,
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import { MS_PER_DAY, cellReader, type Column } from '../column.ts';
import { columnValues, profileColumn } from './column-profile.ts';
import { frenchOrder } from './column-texts.ts';
import { fold } from './fold.ts';
import { finish } from './steps.ts';
import { TableView } from './table-view.ts';
import { wholeTable } from './viewed-table.ts';

const WRITING = { yes: 'Oui', no: 'Non', decimal: ',' } as const;
const query = (part: Partial<TableQuery>): TableQuery => ({
	sort: [],
	filters: [],
	search: null,
	writing: WRITING,
	...part
});
const WORDS = [
	'Été',
	'ete',
	'étage',
	'Zoé',
	'œuvre',
	'Salle 2',
	'Salle 10',
	'l’île',
	'',
	'côte',
	'cote',
	'coté'
];

/** Columns of each type, at random: few and many values, with and without missing ones. */
function someTable(seed: number): Column[] {
	const next = seeded(seed);
	const rows = Math.floor(next() * 300) + 1;
	const holes = next() < 0.3 ? 0 : next();
	const some = <T>(make: () => T): (T | null)[] =>
		Array.from({ length: rows }, () => (next() < holes ? null : make()));
	const few = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
	const spread = 10 ** Math.floor(next() * 9);
	return [
		textColumn(
			'mots',
			some(() => few(WORDS))
		),
		textColumn(
			'codes',
			some(() => `n° ${Math.floor(next() * spread)}`)
		),
		integerColumn(
			'entiers',
			some(() => Math.floor((next() - 0.5) * 2 * spread) | 0)
		),
		numberColumn(
			'montants',
			some(() => Math.round((next() - 0.5) * spread * 100) / 100)
		),
		numberColumn(
			'mesures',
			some(() => few([(next() - 0.5) * spread, 0, -0, 1 / 3, Infinity, -Infinity, 1e300]))
		),
		dateColumn(
			'jours',
			some(() => Math.floor((next() - 0.5) * 20_000) * MS_PER_DAY)
		),
		dateTimeColumn(
			'heures',
			some(() => Math.floor(next() * 1e6) * few([60_000, 60_000, spread > 100 ? 1 : 60_000]) - 1e9)
		),
		booleanColumn(
			'oui',
			some(() => next() < 0.5)
		)
	];
}

/** The same question, answered row by row with plain comparisons. */
function naive(
	columns: readonly Column[],
	{ sort, filters, search }: TableQuery
): { order: number[]; found: number[] } {
	const read = new Map(columns.map((column) => [column.name, cellReader(column)]));
	const cell = (name: string, row: number): Scalar =>
		(read.get(name) as (row: number) => Scalar)(row);
	// What joins words does not count, between words.
	const spaced = (text: string): string => fold(text).replace(/[ '-]+/g, ' ');
	const holds = (row: number): boolean =>
		search !== null &&
		search.columns.some((name) => {
			const value = cell(name, row);
			return typeof value === 'string' && spaced(value).includes(spaced(search.text));
		});
	const passes = (row: number, filter: ColumnFilter): boolean => {
		const value = cell(filter.column, row);
		switch (filter.kind) {
			case 'missing':
				return value === null;
			case 'present':
				return value !== null;
			case 'contains':
				return typeof value === 'string' && spaced(value).includes(spaced(filter.text));
			case 'range':
				return (
					typeof value === 'number' &&
					value >= (filter.min ?? -Infinity) &&
					value <= (filter.max ?? Infinity)
				);
			case 'values':
				return filter.values.some((wanted) => wanted === value) !== filter.except;
		}
	};
	const collator = frenchOrder();
	const compare =
		({ column, direction }: SortKey) =>
		(a: number, b: number): number => {
			const [x, y] = [cell(column, a), cell(column, b)];
			if (x === null || y === null) return Number(x === null) - Number(y === null);
			const order =
				typeof x === 'string' ? collator.compare(x, String(y)) : x === y ? 0 : x < y ? -1 : 1;
			return direction === 'ascending' ? order : -order;
		};
	const order = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => row)
		.filter((row) => filters.every((filter) => passes(row, filter)))
		.filter((row) => !search?.only || holds(row))
		.sort((a, b) => sort.reduce((order, key) => order || compare(key)(a, b), 0) || a - b);
	return { order, found: order.filter(holds) };
}

function someQuery(columns: readonly Column[], seed: number): TableQuery {
	const next = seeded(seed);
	const few = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
	const sort = Array.from({ length: Math.floor(next() * 4) }, (): SortKey => ({
		column: few(columns).name,
		direction: few(['ascending', 'descending'])
	}));
	const filters = Array.from({ length: Math.floor(next() * 3) }, (): ColumnFilter => {
		const column = few(columns);
		const read = cellReader(column);
		const value = (): Scalar => read(Math.floor(next() * column.length));
		const bound = (): number | null => {
			const some = value();
			return typeof some === 'number' ? some : null;
		};
		const kinds = ['missing', 'present', 'values'] as const;
		const kind = few(
			column.type === 'text'
				? [...kinds, 'contains' as const]
				: column.type === 'boolean'
					? kinds
					: [...kinds, 'range' as const]
		);
		if (kind === 'contains')
			return { column: column.name, kind, text: few(['e', 'É', 'salle', 'oeu', '1', "L'I"]) };
		if (kind === 'range') return { column: column.name, kind, min: bound(), max: bound() };
		if (kind === 'values')
			return {
				column: column.name,
				kind,
				values: [value(), value(), value()],
				except: next() < 0.5
			};
		return { column: column.name, kind };
	});
	const search =
		next() < 0.5
			? null
			: {
					text: few(['ete', 'SALLE', 'cote', 'n° 1', 'introuvable']),
					columns: ['codes', 'mots'],
					only: next() < 0.5
				};
	return query({ sort, filters, search });
}

const viewOf = (columns: readonly Column[]): TableView => new TableView(wholeTable(columns));

const arrangedOrder = (view: TableView, wanted: TableQuery) => {
	const arranged = finish(view.arrange(wanted));
	return {
		arranged,
		order: [...(arranged.order ?? Array.from({ length: view.rows }, (_, i) => i))]
	};
};

describe('TableView', () => {
	it('sorts, filters and searches as a plain comparison of each row does', () => {
		for (let seed = 1; seed <= 400; seed++) {
			const columns = someTable(seed);
			const view = viewOf(columns);
			for (let n = 0; n < 3; n++) {
				const wanted = someQuery(columns, seed * 10 + n);
				const { arranged, order } = arrangedOrder(view, wanted);
				const expected = naive(columns, wanted);
				const said = `seed ${seed * 10 + n}: ${JSON.stringify(wanted)}`;
				expect(order, said).toEqual(expected.order);
				expect(arranged.rows, said).toBe(expected.order.length);
				if (wanted.search) expect(arranged.foundRows, said).toBe(expected.found.length);
			}
		}
	});

	it('sorts beyond one stretch of rows, on whole keys and on all the bits of numbers', () => {
		const next = seeded(7);
		const rows = 140_000;
		const columns = [
			numberColumn(
				'montants',
				Array.from({ length: rows }, () => (next() < 0.1 ? null : Math.round(next() * 1e6) / 100))
			),
			numberColumn(
				'mesures',
				Array.from({ length: rows }, () => (next() - 0.5) * 1e6)
			),
			textColumn(
				'codes',
				Array.from({ length: rows }, () => `c${Math.floor(next() * 20_000)}`)
			)
		];
		const view = viewOf(columns);
		for (const column of columns)
			for (const direction of ['ascending', 'descending'] as const) {
				const wanted = query({ sort: [{ column: column.name, direction }] });
				// Compared as a whole: element by element, the test would last a minute.
				expect(
					arrangedOrder(view, wanted).order.join() === naive(columns, wanted).order.join(),
					column.name
				).toBe(true);
			}
	});

	it('puts missing values last, whatever the direction, and leaves equal rows as they stand', () => {
		const view = viewOf([integerColumn('n', [2, null, 1, 2, null, 1])]);
		const by = (direction: SortKey['direction']) =>
			arrangedOrder(view, query({ sort: [{ column: 'n', direction }] })).order;
		expect(by('ascending')).toEqual([2, 5, 0, 3, 1, 4]);
		expect(by('descending')).toEqual([0, 3, 2, 5, 1, 4]);
	});

	it('orders texts as French does, numbers in them by their value', () => {
		const texts = ['Salle 10', 'Zoé', 'Salle 2', 'été', 'Élan', 'ete', 'Âme'];
		const view = viewOf([textColumn('t', texts)]);
		const { order } = arrangedOrder(
			view,
			query({ sort: [{ column: 't', direction: 'ascending' }] })
		);
		expect(order.map((row) => texts[row])).toEqual([
			'Âme',
			'Élan',
			'ete',
			'été',
			'Salle 2',
			'Salle 10',
			'Zoé'
		]);
	});

	it('finds numbers, dates, times and words as the page writes them', () => {
		const view = viewOf([
			numberColumn('prix', [12.5, 112.51, 1250, null]),
			dateColumn('jour', ['2025-03-09', '2024-12-31', null, '2025-03-10']),
			dateTimeColumn('heure', ['2025-03-09T19:30:00', null, '2025-03-09T09:05:00', null]),
			booleanColumn('web', [true, false, null, true])
		]);
		const found = (text: string, ...columns: string[]) =>
			arrangedOrder(view, query({ search: { text, columns, only: true } })).order;
		expect(found('12,5', 'prix')).toEqual([0, 1]);
		expect(found('12,50 $', 'prix')).toEqual([0]);
		expect(found('1 250', 'prix')).toEqual([2]);
		expect(found('douze', 'prix')).toEqual([]);
		expect(found('2025-03', 'jour')).toEqual([0, 3]);
		expect(found('19 h 30', 'heure')).toEqual([0]);
		expect(found('OUI', 'web', 'prix')).toEqual([0, 3]);
	});

	it('goes from one cell that is found to the next, round the end, forwards and backwards', () => {
		const view = viewOf([
			textColumn('a', ['x', 'oui', 'x', 'oui']),
			textColumn('b', ['x', 'oui', 'x', 'x'])
		]);
		const arranged = finish(
			view.arrange(
				query({
					sort: [{ column: 'a', direction: 'descending' }],
					search: { text: 'OUI', columns: ['a', 'b'], only: false }
				})
			)
		);
		expect(arranged.foundRows).toBe(2);
		const walk = (back: boolean) => {
			let at: { row: number; column: string } = { row: 0, column: '' };
			return Array.from({ length: 4 }, () => {
				at = finish(view.find(arranged, at, back)) ?? { row: -1, column: '' };
				return `${at.row}${at.column}`;
			});
		};
		expect(walk(false)).toEqual(['2a', '2b', '3a', '2a']);
		expect(walk(true)).toEqual(['3a', '2b', '2a', '3a']);
		const window = view.window(arranged, 1, 3, ['b', 'a']);
		expect(window.hits).toEqual([[1], [1, 2]]);
		expect(window.rows).toEqual([2, 1, 3]);
		const none = finish(
			view.arrange(query({ search: { text: 'rien', columns: ['a'], only: false } }))
		);
		expect(finish(view.find(none, { row: 0, column: '' }, false))).toBeNull();
	});

	it('refuses a column that is not there', () => {
		const view = viewOf([integerColumn('n', [1])]);
		const asked = view.arrange(query({ sort: [{ column: '__proto__', direction: 'ascending' }] }));
		expect(() => finish(asked)).toThrow('unexpected');
	});
});

describe('profileColumn', () => {
	it('counts as a plain count does', () => {
		for (let seed = 1; seed <= 100; seed++) {
			const columns = someTable(seed);
			const view = viewOf(columns);
			const { order } = finish(view.arrange(someQuery(columns, seed)));
			for (const column of columns) {
				const read = cellReader(column);
				const rows = order ? [...order] : Array.from({ length: column.length }, (_, i) => i);
				const values = rows.map(read).filter((value) => value !== null);
				const profile = finish(profileColumn(column, view.texts(column), order));
				const counts = new Map<Scalar, number>();
				for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
				const said = `seed ${seed} ${column.name}`;
				expect([profile.rows, profile.missing, profile.distinct], said).toEqual([
					rows.length,
					rows.length - values.length,
					counts.size
				]);
				expect(
					profile.top.map(({ count }) => count),
					said
				).toEqual([...counts.values()].sort((a, b) => b - a).slice(0, 10));
				for (const { value, count } of profile.top) expect(counts.get(value), said).toBe(count);
				if (column.type === 'text' || column.type === 'boolean' || values.length === 0) {
					expect(profile.spread).toBeNull();
					continue;
				}
				const sorted = (values as number[]).sort((a, b) => a - b);
				const at = (share: number) =>
					(sorted[Math.floor((sorted.length - 1) * share)] as number) + 0;
				const { min, firstQuartile, median, thirdQuartile, max, bins } =
					profile.spread as NonNullable<typeof profile.spread>;
				expect(
					[min, firstQuartile, median, thirdQuartile, max].map((n) => n + 0),
					said
				).toEqual([0, 0.25, 0.5, 0.75, 1].map(at));
				expect(
					bins.reduce((a, b) => a + b, 0),
					said
				).toBe(sorted.length);
			}
		}
	});

	it('lists the values that hold a text, the most frequent first', () => {
		const list = (column: Column, text: string) =>
			finish(columnValues(column, viewOf([column]).texts(column), null, text, WRITING));
		const towns = textColumn('ville', ['Gaspé', 'Alma', 'gaspé', 'Gaspé', null]);
		expect(list(towns, 'GASPE')).toEqual({
			values: [
				{ value: 'Gaspé', count: 2 },
				{ value: 'gaspé', count: 1 }
			],
			matching: 2,
			missing: 1
		});
		const days = dateColumn('jour', ['2025-03-09', '2025-03-09', '2024-01-01']);
		expect(list(days, '2025').values).toEqual([{ value: Date.UTC(2025, 2, 9), count: 2 }]);
		expect(
			list(dateTimeColumn('heure', ['2025-03-09T19:30', '2025-03-09T20:00']), '19 h').values
		).toHaveLength(1);
		const many = integerColumn(
			'n',
			Array.from({ length: 500 }, (_, i) => i)
		);
		expect([list(many, '').values.length, list(many, '').matching]).toEqual([200, 500]);
	});
});
