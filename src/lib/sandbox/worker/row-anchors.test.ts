import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import type { KeyPart, KeyValue } from '../../core/annotation/anchor.ts';
import { GoneError } from '../../core/errors.ts';
import type { ColumnInfo, Output } from '../../core/protocol/messages.ts';
import { finish } from '../../tables/view/steps.ts';
import { RowAnchors } from './row-anchors.ts';
import { keyColumnsOf, keysOfRow, locateRows } from './row-keys.ts';
import { columnsOf } from './table-view.ts';
import type { ShownTable } from './table-views.ts';
import { TestHost } from './test-host.ts';

const never = () => false;
const show = (
	table: aq.ColumnTable,
	told: Record<string, Partial<ColumnInfo>> = {}
): ShownTable => ({
	table,
	cell: 'a',
	columns: columnsOf(table).map((info) => ({ ...info, ...told[info.name] }))
});
const chosen = (shown: ShownTable) => finish(keyColumnsOf(shown, never));
const locate = (shown: ShownTable, keys: readonly KeyPart[], column: string | null = null) =>
	finish(locateRows(shown, [{ keys, column }]))[0];
const key = (column: string, value: KeyValue): KeyPart => ({ column, value });

describe('the columns that tell rows apart', () => {
	it('are those of the groups of a summary, and never its measures', () => {
		const sales = aq.table({
			région: ['A', 'A', 'B', 'B'],
			année: [2023, 2024, 2023, 2023],
			ventes: [1, 2, 3, 4]
		});
		const summed = sales.groupby('région', 'année').rollup({ total: aq.op.sum('ventes') as never });
		expect(chosen(show(summed))).toEqual(['région', 'année']);
		expect(chosen(show(sales.groupby('région').rollup({ n: aq.op.count() as never })))).toEqual([
			'région'
		]);
	});

	it('are the fewest: an identifier before a name, one before two', () => {
		const table = aq.table({
			nom: ['A', 'B', 'C'],
			jour: ['x', 'x', 'y'],
			'N° du musée': [1, 2, 3],
			ventes: [9, 8, 7]
		});
		expect(chosen(show(table))).toEqual(['N° du musée']);
		expect(chosen(show(table.select('nom', 'jour', 'ventes')))).toEqual(['nom']);
		expect(chosen(show(table, { ventes: { valueType: 'identifier' } }))).toEqual(['N° du musée']);
		const three = aq.table({
			a: ['1', '1', '1', '2'],
			b: ['1', '1', '2', '1'],
			c: ['1', '2', '1', '1'],
			d: ['1', '1', '1', '1']
		});
		expect(chosen(show(three))).toEqual(['a', 'b', 'c']);
	});

	it('are all that name where rows are the same, and all columns where nothing names', () => {
		const twice = aq.table({ a: ['x', 'x'], b: ['y', 'y'], n: [1, 2] });
		expect(chosen(show(twice))).toEqual(['a', 'b']);
		const numbers = aq.table({ n: [1, 2], k: [1.5, 2.5] });
		expect(chosen(show(numbers))).toEqual(['n', 'k']);
	});

	it('are all that name where it takes too long', () => {
		const table = aq.table({ a: ['x', 'y'], b: ['y', 'y'] });
		expect(finish(keyColumnsOf(show(table), () => true))).toEqual(['a', 'b']);
	});

	it('are told of the rows that are shown, filtered and sorted', () => {
		const table = aq
			.table({ a: ['z', 'x', 'x'], n: [1, 2, 3] })
			.filter((d: { n: number }) => d.n < 3)
			.orderby('a');
		const shown = show(table);
		expect(chosen(shown)).toEqual(['a']);
		expect(keysOfRow(shown, ['a'], 0)).toEqual([key('a', 'x')]);
		expect(locate(shown, [key('a', 'z')], 'n')).toEqual({ row: 1, several: false, value: 1 });
	});

	it('are no name that the table has not, whatever it is called', () => {
		const shown = show(aq.table({ a: ['x'] }));
		expect(keysOfRow(shown, ['__proto__', 'b'], 0)).toEqual([]);
		expect(locate(shown, [key('__proto__', 'x')])?.row).toBeNull();
		expect(locate(shown, [key('a', 'x')], '__proto__')).toEqual({
			...{ row: 0, several: false, value: null }
		});
	});
});

describe('where a row is', () => {
	const DAY = 86_400_000;
	const columns = (seed: number) => {
		const next = seeded(seed);
		const length = 1 + Math.floor(next() * 200);
		const list = <T>(make: () => T): T[] => Array.from({ length }, make);
		const some = <T>(value: T): T | null | undefined =>
			next() < 0.1 ? null : next() < 0.1 ? undefined : value;
		const words = ['Étang', '', 'Zoé', '2024', 'true', '__proto__', 'x'.repeat(600)];
		return {
			whole: list(() => some(Math.floor(next() * 9) - 4)),
			typed: Float64Array.from(list(() => Math.round(next() * 40) / 4)),
			holed: Float64Array.from(list(() => (next() < 0.2 ? NaN : Math.round(next() * 9)))),
			small: Uint8Array.from(list(() => Math.floor(next() * 9))),
			large: BigInt64Array.from(list(() => BigInt(Math.floor(next() * 9)) * 2n ** 58n)),
			word: list(() => some(words[Math.floor(next() * words.length)])),
			day: list(() => some(new Date((19_000 + Math.floor(next() * 9)) * DAY))),
			time: list(() => some(new Date(19_000 * DAY - Math.floor(next() * 9) * 1_234_567))),
			flag: list(() => some(next() < 0.5)),
			mixed: list(() => (next() < 0.5 ? Math.floor(next() * 3) : { n: Math.floor(next() * 3) }))
		};
	};

	it('is the first row with the same values, in columns of any type, and whether there are others', () => {
		for (let seed = 0; seed < 60; seed++) {
			const shown = show(aq.table(columns(seed) as never));
			const next = seeded(seed + 1_000);
			const names = shown.columns.map(({ name }) => name).filter(() => next() < 0.35);
			if (names.length === 0) continue;
			const rows = Array.from({ length: shown.table.numRows() }, (_, row) =>
				JSON.stringify(keysOfRow(shown, names, row))
			);
			const wanted = rows.map((_, row) => ({
				keys: keysOfRow(shown, names, row),
				column: 'whole'
			}));
			const sent = JSON.parse(JSON.stringify(wanted)) as typeof wanted;
			const places = finish(locateRows(shown, sent));
			for (const [row, place] of places.entries()) {
				const first = rows.indexOf(rows[row] ?? '');
				expect(place, `${seed} ${names} ${row}`).toEqual({
					row: first,
					several: rows.lastIndexOf(rows[row] ?? '') !== first,
					value: keysOfRow(shown, ['whole'], first)[0]?.value
				});
			}
		}
	});

	it('is none for what no row has, for a missing column, and for no key at all', () => {
		const shown = show(aq.table({ a: ['x', 'y'], d: [new Date(0), new Date(DAY)] }));
		expect(locate(shown, [key('a', 'z')])).toEqual({ row: null, several: false, value: null });
		expect(locate(shown, [key('a', null)])?.row).toBeNull();
		expect(locate(shown, [key('b', 'x')])?.row).toBeNull();
		expect(locate(shown, [key('d', 'x')])?.row).toBeNull();
		expect(locate(shown, [])?.row).toBeNull();
	});

	it('is the same where a column is of another type than it was', () => {
		const was = [key('année', 2024), key('jour', { date: '1970-01-02' })];
		const texts = show(aq.table({ année: ['2023', '2024'], jour: ['1970-01-01', '1970-01-02'] }));
		expect(locate(texts, was)?.row).toBe(1);
		const typed = show(aq.table({ année: [2023, 2024], jour: [new Date(0), new Date(DAY)] }));
		expect(locate(typed, [key('année', '2024'), key('jour', '1970-01-02')])?.row).toBe(1);
	});

	it('is found in dictionaries, as files have them', async () => {
		const host = new TestHost();
		try {
			host.addFile('billets@1.arrow', { salle: ['B', 'A', 'B', 'C'], n: [1, 2, 3, 4] });
			await host.cells({ a: 'FileAttachment("billets@1.arrow").arquero()' });
			const [output] = host.outputs.get('a') ?? [];
			if (output?.kind !== 'table') throw new Error('no table');
			const asked = await host.ask({
				...{ type: 'locate', table: output.table },
				wanted: [
					{ keys: [key('salle', 'C')], column: 'n' },
					{ keys: [key('salle', 'B')], column: 'n' }
				]
			});
			expect(asked).toEqual([
				{ row: 3, several: false, value: 4 },
				{ row: 0, several: true, value: 1 }
			]);
		} finally {
			host.close();
		}
	});
});

describe('what the host asks of rows', () => {
	const shown = show(aq.table({ a: ['x', 'y', 'y'], n: [1, 2, 3] }));
	const platform = { now: () => 0, soon: (task: () => void) => void setImmediate(task) };
	const there = () => true;

	it('says whether a row is alone with its keys', async () => {
		const rows = new RowAnchors(platform);
		expect(await rows.keys(shown, 0, 'n', there)).toEqual({
			...{ keys: [key('a', 'x')], alone: true, value: 1 }
		});
		expect(await rows.keys(shown, 2, 'n', there)).toEqual({
			...{ keys: [key('a', 'y')], alone: false, value: 3 }
		});
	});

	it('is refused for a row that is not there, and for too many', async () => {
		const rows = new RowAnchors(platform);
		for (const row of [-1, 3, 0.5, NaN])
			await expect(rows.keys(shown, row, null, there)).rejects.toThrow(RangeError);
		const many = Array.from({ length: 501 }, () => ({ keys: [], column: null }));
		expect(() => rows.locate(shown, many, there)).toThrow(RangeError);
	});

	it('ends when it takes too long, or when the table goes', async () => {
		let time = 0;
		const slow = { ...platform, now: () => (time += 3_000) };
		const large = show(aq.table({ a: Array.from({ length: 20_000 }, (_, i) => `${i}`) }));
		const wanted = [{ keys: [key('a', '7')], column: null }];
		await expect(new RowAnchors(slow).locate(large, wanted, there)).rejects.toMatchObject({
			code: 'unexpected'
		});
		time = 0;
		const paced = { ...platform, now: () => (time += 20) };
		await expect(new RowAnchors(paced).locate(large, wanted, never)).rejects.toThrow(GoneError);
		time = 0;
		expect(await new RowAnchors(paced).locate(large, wanted, there)).toEqual([
			{ row: 7, several: false, value: null }
		]);
	});

	it('is answered by the worker, with a code for a table that is gone', async () => {
		const host = new TestHost();
		try {
			await host.cells({ a: "aq.table({ nom: ['A', 'B'], n: [1, 2] })" });
			const [output] = host.outputs.get('a') as [Extract<Output, { kind: 'table' }>];
			expect(
				await host.ask({ type: 'row-keys', table: output.table, row: 1, column: null })
			).toEqual({
				...{ keys: [key('nom', 'B')], alone: true, value: null }
			});
			await expect(
				host.ask({ type: 'row-keys', table: 't999', row: 0, column: null })
			).rejects.toThrow('gone');
			await expect(
				host.ask({ type: 'row-keys', table: output.table, row: 9, column: null })
			).rejects.toThrow('unexpected');
		} finally {
			host.close();
		}
	});
});
