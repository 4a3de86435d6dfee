/**
 * What the process holds after a control was moved a thousand times over the ten-cell chain, beside what it held after
 * ten: the tables of runs that are over are let go. Collected before each look.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chainCells, Host, sales, sourceOf } from './engine-host.ts';
import type { Figure } from './figure.ts';

const FEW = 10;
const BAR = 1.1;

export async function memory(quick: boolean): Promise<Figure> {
	const rows = quick ? 20_000 : 100_000;
	const many = quick ? 100 : 1_000;
	const collect = collector();
	const host = new Host({ bytes: sales(rows), source: sourceOf(rows) });
	host.receive({ type: 'cells', cells: chainCells(), held: [] });
	const control = await host.control('seuil');
	const held = new Map<number, number>();
	for (let run = 1; run <= many; run++) {
		host.receive({ type: 'input', control, value: 20 + (run % 100) });
		await host.table('shown');
		if (run !== FEW && run !== many) continue;
		// Twice, with a turn between: what a finalizer lets go is gone at the second.
		await collect();
		await collect();
		held.set(run, heldNow());
	}
	const [after, before] = [held.get(many) ?? NaN, held.get(FEW) ?? NaN];
	return {
		figure: 'engine.memory',
		ours: after,
		beside: `after ${FEW} runs of ${many}, ${rows / 1000} k rows`,
		theirs: before,
		unit: 'MB',
		ratio: after / before,
		bar: `<=${BAR}`,
		holds: after / before <= BAR,
		spread: [after, after, before, before]
	};
}

/** Objects and the bytes of arrays, in MB. */
function heldNow(): number {
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1e6;
}

function collector(): () => Promise<void> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	return async () => {
		await new Promise((turn) => setImmediate(turn));
		collect();
	};
}
