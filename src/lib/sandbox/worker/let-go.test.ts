/**
 * What runs leave behind: with a collector at hand, the tables of runs that are over are gone, and a hundred runs hold
 * what ten did.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ControlValue } from '../../core/protocol/messages.ts';
import { TestHost } from './test-host.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const ROWS = 20_000;
let host: TestHost;
/** Every table that a cell handed to `watched`, as long as something else holds it. */
let made: WeakRef<object>[];

beforeEach(() => {
	host = new TestHost();
	made = [];
	// A name that cells know.
	Object.assign(Math, {
		watched: (table: object) => {
			made.push(new WeakRef(table));
			return table;
		}
	});
	host.addFile('ventes@1.arrow', { prix: Array.from({ length: ROWS }, (_, i) => i % 200) });
});
afterEach(() => {
	host.close();
	Reflect.deleteProperty(Math, 'watched');
});

/** Collected twice, with turns between: what a finalizer lets go is gone at the second. */
async function settle(): Promise<void> {
	await host.settled();
	host.heard.length = 0;
	for (let i = 0; i < 2; i++) {
		await new Promise((turn) => setImmediate(turn));
		collect();
	}
}
const alive = (): number => made.filter((table) => table.deref() !== undefined).length;
const bytes = (): number => {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
};
function control(cell: string): string {
	const output = host.outputs.get(cell)?.find(({ kind }) => kind === 'control');
	if (output?.kind !== 'control') throw new Error('no control');
	return output.control;
}
const move = (id: string, value: ControlValue): void =>
	host.send({ type: 'input', control: id, value });

const CHAIN = {
	seuil: 'const seuil = view(Inputs.range([0, 200], {value: 10, step: 1}))',
	ventes: 'const ventes = FileAttachment("ventes@1.arrow").arquero()',
	t1: 'const t1 = Math.watched(ventes.params({seuil}).filter((d, $) => d.prix > $.seuil))',
	t2: 'const t2 = Math.watched(t1.derive({double: d => d.prix * 2}))',
	t3: 'const t3 = Math.watched(t2.orderby("double").reify())',
	t4: 'const t4 = Math.watched(t3.groupby("prix").count())',
	montre: 'display(t4); display({rows: t4.numRows(), table: t4}); t4'
};

it('holds after a hundred runs what it held after ten', async () => {
	await host.cells(CHAIN);
	const id = control('seuil');
	const runs = async (from: number, to: number): Promise<void> => {
		for (let run = from; run <= to; run++) {
			move(id, run % 150);
			await host.settled();
		}
		await settle();
	};
	await runs(1, 10);
	const [tables, held, before] = [alive(), host.session.workbench.held, bytes()];
	await runs(11, 110);
	expect(made).toHaveLength(4 * 111);
	expect(alive()).toBe(tables);
	expect(host.session.workbench.held).toEqual(held);
	expect(bytes() / before).toBeLessThan(1.1);
});

it('lets go what superseded runs made, though they were still waiting', async () => {
	await host.cells({
		...CHAIN,
		t1: 'const t1 = await Promises.delay(40, Math.watched(ventes.params({seuil}).filter((d, $) => d.prix > $.seuil)))',
		dernier: '(t4, seuil)'
	});
	await settle();
	const tables = alive();
	const id = control('seuil');
	// Each is superseded by the next, but for the last.
	for (let value = 1; value <= 100; value++) {
		move(id, value);
		await host.ask({ type: 'ping' });
	}
	await host.until(() => host.shown('dernier').includes('100'));
	await settle();
	expect(made.length).toBeGreaterThan(100);
	expect(alive()).toBe(tables);
});

it('lets go what a removed cell made', async () => {
	await host.cells(CHAIN);
	expect(alive()).toBe(4);
	await host.cells({ ventes: CHAIN.ventes });
	await settle();
	expect(alive()).toBe(0);
	expect(host.session.workbench.held).toMatchObject({ tables: 1, opened: 0 });
});
