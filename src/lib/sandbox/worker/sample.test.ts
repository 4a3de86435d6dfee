import { table } from 'arquero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runSteps } from '../../tables/steps/run-steps.ts';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

const values = Array.from({ length: 100 }, (_, i) => i);
const T = 'const t = aq.table({n: Array.from({length: 100}, (_, i) => i)})';
const drawn = (before = ''): string => `{ ${before} display(t.sample(4).array("n").join(" ")); }`;

it('draws the same rows each time, those that the step draws', async () => {
	await host.cells({ t: T, a: drawn(), b: drawn() });
	const [rows] = runSteps(table({ n: values }), [{ kind: 'sample', count: 4 }], {
		tables: new Map(),
		params: new Map()
	}).stages;
	const expected = [...(rows?.array('n') ?? [])].join(' ');
	expect([...host.shown('a'), ...host.shown('b')].map(String)).toEqual([
		expect.stringContaining(expected),
		expect.stringContaining(expected)
	]);
});

it('draws by the seed that code gives, until it is taken away', async () => {
	await host.cells({
		t: T,
		a: drawn(),
		b: drawn('aq.seed(1);'),
		c: drawn('aq.seed(2);'),
		d: drawn('aq.seed(null);')
	});
	const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((cell) => host.shown(cell)[0]);
	expect(new Set([a, b, c]).size).toBe(3);
	expect(d).toBe(a);
});

it('keeps the keys of rows that only the other table has', async () => {
	host.addFile('gauche@1.arrow', { ville: ['Gaspé', 'Laval'], n: [1, 2] });
	host.addFile('droite@1.arrow', { ville: ['Laval', 'Alma'], m: [3, 4] });
	await host.cells({
		g: 'const g = await FileAttachment("gauche@1.arrow").arquero()',
		d: 'const d = await FileAttachment("droite@1.arrow").arquero()',
		j: 'g.join_full(d, "ville").array("ville").join(" ")'
	});
	expect(String(host.shown('j')[0])).toContain('Laval Gaspé Alma');
});
