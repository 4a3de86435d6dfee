import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../core/protocol/messages.ts';
import { finish } from '../../tables/view/steps.ts';
import { seeded } from '../../../../tests/support/seeded.ts';
import { columnsOf } from './table-view.ts';
import { tableDigest } from './table-digest.ts';
import { TestHost } from './test-host.ts';

const digest = (table: aq.ColumnTable) => finish(tableDigest({ table, columns: columnsOf(table) }));
const of = (columns: Record<string, readonly unknown[]>) =>
	digest(aq.table(columns as Record<string, unknown[]>));

describe('the digest of a table', () => {
	const table = { ville: ['Gaspé', 'Alma', null], n: [1, 2.5, null], d: [new Date(0), null, null] };

	it('is the same for the same values, however they are held', () => {
		expect(of(table)).toMatch(/^[0-9a-f]{16}$/);
		expect(of(structuredClone(table))).toBe(of(table));
		const filtered = aq.table({ a: [1, 9, 2], b: ['x', 'z', 'y'] }).filter('d => d.a < 9');
		expect(digest(filtered)).toBe(of({ a: [1, 2], b: ['x', 'y'] }));
		const ordered = aq.table({ a: [2, 1] }).orderby('a');
		expect(digest(ordered)).toBe(of({ a: [1, 2] }));
		expect(of({ a: [1n, 2n] })).toBe(of({ a: [1, 2] }));
		expect(of({ a: [-0] })).toBe(of({ a: [0] }));
		expect(of({ a: [NaN, undefined] })).toBe(of({ a: [null, null] }));
		// The order of a sum is no news.
		expect(of({ a: [0.1 + 0.2] })).toBe(of({ a: [0.3] }));
	});

	it('is another for another value, order, name, size or kind', () => {
		const changed: Record<string, readonly unknown[]>[] = [
			{ ...table, ville: ['Gaspé', 'Alma', 'Alma'] },
			{ ...table, ville: ['Gaspe', 'Alma', null] },
			{ ...table, ville: ['Alma', 'Gaspé', null] },
			{ ...table, n: [1, 2.6, null] },
			{ ...table, n: [1, 2.5, 0] },
			{ ...table, d: [new Date(1), null, null] },
			{ town: table.ville, n: table.n, d: table.d },
			{ n: table.n, ville: table.ville, d: table.d },
			{ ville: table.ville, n: table.n },
			{ ...table, n: ['1', '2.5', null] }
		];
		const others = changed.map(of);
		expect(new Set([of(table), ...others]).size).toBe(others.length + 1);
		expect(of({ a: [], b: [] })).not.toBe(of({ a: [] }));
		expect(of({ a: [null, 'x'] })).not.toBe(of({ a: ['x', null] }));
		expect(of({ a: [''] })).not.toBe(of({ a: [null] }));
		expect(of({ a: [true] })).not.toBe(of({ a: [1] }));
		// What follows each other in columns is told from what follows each other in rows.
		expect(of({ a: ['x', 'y'], b: ['y', 'x'] })).not.toBe(of({ a: ['x', 'x'], b: ['y', 'y'] }));
		expect(of({ a: ['ab', 'c'] })).not.toBe(of({ a: ['a', 'bc'] }));
	});

	it('tells any one value that changes, in a thousand tables', () => {
		for (let seed = 0; seed < 1_000; seed++) {
			const next = seeded(seed);
			const size = 1 + Math.floor(next() * 30);
			const make = () => Array.from({ length: size }, () => Math.floor(next() * 10));
			const [n, m] = [make(), make()];
			const texts = m.map((each) => 'abcdefghij'[each] ?? '');
			const at = Math.floor(next() * size);
			const was = of({ n, texts });
			const numbers = n.with(at, (n[at] ?? 0) + 1);
			expect(of({ n: numbers, texts }), `${seed} number`).not.toBe(was);
			expect(of({ n, texts: texts.with(at, 'z') }), `${seed} text`).not.toBe(was);
		}
	});

	it('goes in steps over a large table, and no step is of many rows of a wide one', () => {
		const column = Array.from({ length: 10_000 }, (_, i) => `t${String(i % 50)}`);
		const wide = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, column]));
		const table = aq.table(wide);
		const steps = tableDigest({ table, columns: columnsOf(table) });
		const sizes: number[] = [];
		for (let step = steps.next(); !step.done; step = steps.next()) sizes.push(step.value);
		expect(sizes.reduce((a, b) => a + b, 0)).toBe(10_000);
		expect(Math.max(...sizes) * 40).toBeLessThanOrEqual(4_096);
	});

	it('is answered by the worker, of dictionaries as files have them too, with a code for a table that is gone', async () => {
		const host = new TestHost();
		try {
			const cities = ['B', 'A', 'B', 'C'];
			host.addFile('billets@1.arrow', { salle: cities, n: [1, 2, 3, 4] });
			await host.cells({
				a: 'FileAttachment("billets@1.arrow").arquero()',
				b: `aq.table({ salle: ${JSON.stringify(cities)}, n: [1, 2, 3, 4] })`
			});
			const ask = (cell: string) => {
				const [output] = host.outputs.get(cell) as [Extract<Output, { kind: 'table' }>];
				return host.ask({ type: 'digest', table: output.table });
			};
			const expected = of({ salle: cities, n: [1, 2, 3, 4] });
			expect(await ask('a')).toBe(expected);
			expect(await ask('b')).toBe(expected);
			await expect(host.ask({ type: 'digest', table: 't999' })).rejects.toThrow('gone');
		} finally {
			host.close();
		}
	});
});
