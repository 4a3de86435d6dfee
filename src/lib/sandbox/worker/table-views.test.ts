import * as aq from 'arquero';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { AppError } from '../../core/errors.ts';
import { LIMITS, type Output, type Scalar } from '../../core/protocol/messages.ts';
import type {
	Arranged,
	ArrangedWindow,
	ColumnProfile,
	ColumnValues,
	TableAsk,
	TableQuery
} from '../../core/protocol/table-query.ts';
import { columnsOf, windowOf } from './table-view.ts';
import { TableViews, type ShownTable } from './table-views.ts';
import { TestHost } from './test-host.ts';

const WRITING = { yes: 'Oui', no: 'Non', decimal: ',' } as const;
const query = (part: Partial<TableQuery>): TableQuery => ({
	...{ sort: [], filters: [], search: null, writing: WRITING },
	...part
});
const sortBy = (column: string, direction: 'ascending' | 'descending' = 'ascending'): TableAsk => ({
	ask: 'arrange',
	query: query({ sort: [{ column, direction }] })
});
const NOTHING: TableAsk = { ask: 'arrange', query: query({}) };

const DAY = 86_400_000;
const WORDS = ['Étang', 'école', 'Zoé', 'alma', 'Œuvre', 'île', '', 'Île-aux-Coudres'];
const platform = { now: () => 0, soon: (task: () => void) => void setImmediate(task) };

/** Columns as cells make them: plain arrays, typed arrays, dates, what is of no one type. */
function someTable(seed: number): aq.ColumnTable {
	const next = seeded(seed);
	const length = 1 + Math.floor(next() * 60);
	const list = <T>(make: () => T): T[] => Array.from({ length }, make);
	const some = <T>(value: T): T | null | undefined =>
		next() < 0.1 ? null : next() < 0.1 ? undefined : value;
	return aq.table({
		whole: list(() => some(Math.floor(next() * 9) - 4)),
		typed: Float64Array.from(list(() => Math.round(next() * 40) / 4)),
		holed: Float64Array.from(list(() => (next() < 0.2 ? NaN : next()))),
		small: Uint8Array.from(list(() => Math.floor(next() * 9))),
		large: BigInt64Array.from(list(() => BigInt(Math.floor(next() * 9)))),
		word: list(() => some(WORDS[Math.floor(next() * WORDS.length)])),
		day: list(() => some(new Date((19_000 + Math.floor(next() * 9)) * DAY))),
		time: list(() => some(new Date(19_000 * DAY - Math.floor(next() * 9e8)))),
		flag: list(() => some(next() < 0.5)),
		mixed: list(() => (next() < 0.5 ? next() : { n: Math.floor(next() * 3) }))
	} as never);
}
const shownOf = (table: aq.ColumnTable, cell = 'c1'): ShownTable => ({
	...{ table, cell, columns: columnsOf(table) }
});

const missing = (value: Scalar | undefined): boolean =>
	value === null || value === undefined || Number.isNaN(value);

test('a view sorts what the grid shows of any table, missing values last', async () => {
	for (let seed = 1; seed <= 150; seed++) {
		const next = seeded(seed * 7);
		let table = someTable(seed);
		if (next() < 0.4) table = table.filter((d: { small: number }) => d.small > 3);
		if (next() < 0.4) table = table.orderby('word');
		const shown = shownOf(table);
		const views = new TableViews(platform);
		const count = table.numRows();
		for (const { name, type } of shown.columns)
			for (const direction of ['ascending', 'descending'] as const) {
				await views.answer('t1', shown, 1, sortBy(name, direction), () => {});
				const window = views.window('t1', 1, 0, 500, [name]);
				const before = windowOf(table, 0, 500, [name]);
				expect(window.rows).toHaveLength(count);
				expect(new Set(window.rows).size).toBe(count);
				const cells = window.columns[0] ?? [];
				// The same cells as where they stood.
				expect(cells).toEqual((window.rows ?? []).map((row) => before.columns[0]?.[row]));
				const from = cells.findIndex(missing);
				if (from >= 0) expect(cells.slice(from).every(missing)).toBe(true);
				const there = from < 0 ? cells : cells.slice(0, from);
				for (let i = 1; i < there.length; i++) {
					const [a, b] = [there[i - 1], there[i]] as [Scalar, Scalar];
					const apart =
						type === 'text' || type === 'other'
							? new Intl.Collator('fr-CA', { numeric: true }).compare(String(a), String(b))
							: Number(a) - Number(b);
					expect(direction === 'ascending' ? apart : -apart).toBeLessThanOrEqual(0);
					// Equals stay as they were.
					if (apart === 0) expect(window.rows?.[i - 1]).toBeLessThan(window.rows?.[i] as number);
				}
			}
	}
});

test('filters, searches and portraits count what the grid shows', async () => {
	const table = aq.table({
		ville: ['Gaspé', 'Alma', null, 'Québec', 'gaspe', 'Montréal'],
		prix: [12.5, NaN, 3, 25, 12.5, 100],
		jour: [0, 1, 2, 3, 4, 5].map((n) => new Date((19_000 + n) * DAY)),
		libre: [{ a: 1 }, 2, 'Gaspésie', null, [3], true]
	} as never);
	const shown = shownOf(table);
	const views = new TableViews(platform);
	const ask = (asked: TableAsk) => views.answer('t1', shown, 1, asked, () => {});
	const search = { text: 'GASPE', columns: ['ville', 'libre'], only: true };
	expect(await ask({ ask: 'arrange', query: query({ search }) })).toEqual({ rows: 3, found: 3 });
	expect(views.window('t1', 1, 0, 10, ['ville', 'libre'])).toEqual({
		offset: 0,
		columns: [
			['Gaspé', null, 'gaspe'],
			['{"a":1}', 'Gaspésie', '[3]']
		],
		rows: [0, 2, 4],
		hits: [[0, 2], [1]]
	});
	expect(await ask({ ask: 'find', row: 0, column: 'ville', back: false })).toEqual({
		row: 1,
		column: 'libre'
	});
	const filters = [{ column: 'prix', kind: 'range', min: 10, max: null }] as const;
	expect(await ask({ ask: 'arrange', query: query({ filters }) })).toEqual({
		rows: 4,
		found: null
	});
	expect(await ask({ ask: 'profile', column: 'prix' })).toMatchObject({
		...{ rows: 4, missing: 0, distinct: 3 },
		spread: { min: 12.5, median: 12.5, max: 100, mean: 37.5 }
	} satisfies Partial<Record<keyof ColumnProfile, unknown>>);
	// Of all rows: the filter of a column does not count for its own values.
	expect(await ask({ ask: 'values', column: 'prix', text: '' })).toEqual({
		values: [
			{ value: 12.5, count: 2 },
			{ value: 3, count: 1 },
			{ value: 25, count: 1 },
			{ value: 100, count: 1 }
		],
		...{ matching: 4, missing: 1 }
	} satisfies ColumnValues);
	const day = [{ column: 'jour', kind: 'values', values: [19_002 * DAY], except: false }] as const;
	await ask({ ask: 'arrange', query: query({ filters: day }) });
	expect(views.window('t1', 1, 0, 10, ['ville']).rows).toEqual([2]);
	await expect(ask(sortBy('__proto__'))).rejects.toThrow(AppError);
});

test('texts are looked at as they are shown: cut where they are long', async () => {
	const long = 'x'.repeat(LIMITS.textChars);
	const shown = shownOf(aq.table({ t: [`${long}a`, 'b', `${long}c`] }));
	const views = new TableViews(platform);
	expect(await views.answer('t1', shown, 1, { ask: 'profile', column: 't' }, () => {})).toEqual({
		...{ name: 't', type: 'text', rows: 3, missing: 0, distinct: 2, spread: null },
		top: [
			{ value: long, count: 2 },
			{ value: 'b', count: 1 }
		]
	});
});

test('a cell has so many views, and all of them so much memory', async () => {
	const shown = shownOf(aq.table({ n: Int32Array.from({ length: 1_000 }, (_, i) => -i) } as never));
	const views = new TableViews(platform, { ...LIMITS, viewsPerCell: 2 });
	const ask = (handle: string, of: ShownTable, view: number, asked: TableAsk = sortBy('n')) =>
		views.answer(handle, of, view, asked, () => {});
	await ask('t1', shown, 1);
	await ask('t2', shown, 2);
	await expect(ask('t2', shown, 3)).rejects.toThrow('table_views_full');
	// Another cell has its own.
	await ask('t3', { ...shown, cell: 'c2' }, 4);
	expect(views.held).toBe(3);
	// What is arranged no more takes nothing.
	expect(await ask('t1', shown, 1, NOTHING)).toEqual({ rows: 1_000, found: null });
	expect(views.held).toBe(2);
	await ask('t2', shown, 3);

	const small = new TableViews(platform, { ...LIMITS, viewBytes: 28_000 });
	await expect(small.answer('t1', shown, 1, sortBy('n'), () => {})).resolves.toEqual({
		rows: 1_000,
		found: null
	});
	// One such table is held, and a second is too much.
	await expect(small.answer('t2', shown, 2, sortBy('n'), () => {})).rejects.toThrow(
		'table_views_full'
	);
	expect(small.held).toBe(1);
	// Arranged no more, it takes nothing, its columns neither.
	await small.answer('t1', shown, 1, NOTHING, () => {});
	await small.answer('t2', shown, 2, sortBy('n'), () => {});

	// Texts are counted as they are read, before they are all there.
	const texts = Array.from({ length: 4_000 }, (_, i) => `${i}`.repeat(200));
	const heavy = new TableViews(platform, { ...LIMITS, viewBytes: 2_000_000 });
	await expect(
		heavy.answer('t1', shownOf(aq.table({ texts })), 1, sortBy('texts'), () => {})
	).rejects.toThrow('table_views_full');
});

test('work that is given up lets go of what it held', async () => {
	// Each look at the clock is a millisecond later: pauses come.
	let now = 0;
	const limits = { ...LIMITS, viewBytes: 3_000_000 };
	const views = new TableViews({ ...platform, now: () => now++ }, limits);
	const values = Array.from({ length: 60_000 }, (_, i) => i % 7);
	const names = Array.from({ length: 10 }, (_, i) => `n${i}`);
	const shown = shownOf(aq.table(Object.fromEntries(names.map((name) => [name, values]))));
	const ask = (asked: TableAsk) => views.answer('t1', shown, 1, asked, () => {});
	await ask(sortBy('n0'));
	for (const name of names.slice(1)) {
		const first = ask(sortBy(name));
		expect(await ask(sortBy('n0', 'descending'))).toEqual({ rows: 60_000, found: null });
		expect(await first).toBeNull();
	}
	const ended = ask(sortBy('n1'));
	views.release('t1');
	await expect(ended).rejects.toThrow('gone');
	expect(views.held).toBe(0);
});

// ---------------------------------------------------------------- through the session

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

const tableIn = (cell: string): Extract<Output, { kind: 'table' }> => {
	const output = host.outputs.get(cell)?.[0];
	if (output?.kind !== 'table') throw new Error('no table');
	return output;
};

test('a view is beside the table: the cell’s value stays, and a new run ends it', async () => {
	const cells = {
		a: 'const t = aq.table({ n: [3, 1, 2] })',
		b: 'display(t)',
		c: 'display(t.get("n", 0))'
	};
	await host.cells(cells);
	const { table } = tableIn('b');
	const asked = await host.ask({ type: 'ask', table, view: 1, ask: sortBy('n') });
	expect(asked).toEqual({ rows: 3, found: null } satisfies Arranged);
	const window = { type: 'window', table, offset: 0, count: 5, columns: ['n'] } as const;
	expect(await host.ask({ ...window, view: 1 })).toEqual({
		...{ offset: 0, columns: [[1, 2, 3]], rows: [1, 2, 0] }
	} satisfies ArrangedWindow);
	expect(await host.ask(window)).toEqual({ offset: 0, columns: [[3, 1, 2]] });
	expect(host.session.workbench.held.views).toBe(1);

	host.send({ type: 'run', cells: ['b'] });
	await host.until(() => tableIn('b').table !== table);
	await expect(host.ask({ ...window, view: 1 })).rejects.toThrow('gone');
	await expect(host.ask({ type: 'ask', table, view: 1, ask: sortBy('n') })).rejects.toThrow('gone');
	expect(host.session.workbench.held.views).toBe(0);
	await host.settled();
	expect(host.shown('c')).toEqual(['3']);
});

test('a view that is closed is dropped, whatever was asked of it', async () => {
	await host.cells({ b: 'display(aq.table({ n: [3, 1, 2] }))' });
	const { table } = tableIn('b');
	await host.ask({ type: 'ask', table, view: 1, ask: { ask: 'profile', column: 'n' } });
	host.send({ type: 'close-view', table, view: 1 });
	host.send({ type: 'close-view', table, view: 9 });
	await host.ask({ type: 'ping' });
	expect(host.session.workbench.held.views).toBe(0);
	await host.cells({});
	await expect(host.ask({ type: 'ask', table, view: 2, ask: sortBy('n') })).rejects.toThrow('gone');
});
