/**
 * The engine beside Observable's own runtime: what it costs to compute again 100 cells after the first changed, in a
 * chain and in a fan; and what cells cost beside the same Arquero calls written by hand. Ours is the worker's whole
 * session (messages, states, outputs, lineage) without the port to a page, which the runtime has none of.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { cell, chainCells, Host, sales, sourceOf } from './engine-host.ts';
import { memory } from './engine-memory.ts';
import { beside, type BenchOptions, type Figure, type Side } from './figure.ts';
import { peer, peerName } from './peers.ts';

export const figures = [
	'engine.100-cells-chain',
	'engine.100-cells-fan',
	'engine.overhead',
	'engine.memory'
];

export async function measure({ quick }: BenchOptions): Promise<Figure[]> {
	const often = { runs: quick ? 7 : 15, times: quick ? 20 : 200, warmUp: quick ? 2 : 10 };
	return [
		await beside(
			'engine.100-cells-chain',
			peerName(RUNTIME),
			2,
			ourGraph(chain),
			await theirGraph(chain),
			often
		),
		await beside(
			'engine.100-cells-fan',
			peerName(RUNTIME),
			2,
			ourGraph(fan),
			await theirGraph(fan),
			often
		),
		await overhead(quick),
		await memory(quick)
	];
}

// ---------------------------------------------------------------- 100 cells

const RUNTIME = '@observablehq/runtime';
const CELLS = 100;

/** A cell as a name, what it uses, and an expression of that. */
type Definition = readonly [name: string, inputs: readonly string[], expression: string];

/** `x0` changes; the last cell's value is the result. */
const chain: readonly Definition[] = Array.from({ length: CELLS - 1 }, (_, i) => [
	`x${i + 1}`,
	[`x${i}`],
	`x${i} + ${i}`
]);
const spokes = Array.from({ length: CELLS - 2 }, (_, i) => `x${i + 1}`);
const fan: readonly Definition[] = [
	...spokes.map((name, i): Definition => [name, ['x0'], `x0 * ${i + 1}`]),
	[`x${CELLS - 1}`, spokes, spokes.join(' + ')]
];
const LAST = `x${CELLS - 1}`;

/** The session, driven as a page drives it; `x0` is a control. */
function ourGraph(definitions: readonly Definition[]): Side {
	const host = new Host();
	host.receive({
		type: 'cells',
		cells: [
			cell('x0', 'const x0 = view(Inputs.range([0, 1e9], {value: 0, step: 1}))'),
			...definitions.map(([name, , expression]) => cell(name, `const ${name} = ${expression}`)),
			cell('shown', LAST)
		],
		held: []
	});
	return {
		run: async (turn) => {
			const control = await host.control('x0');
			host.receive({ type: 'input', control, value: turn });
			return Number((await host.value('shown')).replace(/[^\d-]/g, ''));
		}
	};
}

interface Runtime {
	module(): {
		variable(observer?: { fulfilled(value: unknown): void; rejected(error: unknown): void }): {
			define(name: string, inputs: readonly string[], definition: unknown): void;
		};
		redefine(name: string, inputs: readonly string[], definition: unknown): void;
	};
}

/** The same cells as variables; a frame is the next turn of the event loop, the least that Node can wait. */
async function theirGraph(definitions: readonly Definition[]): Promise<Side> {
	globalThis.requestAnimationFrame = (task) => {
		setImmediate(task, 0);
		return 0;
	};
	const { Runtime } = await peer<{ Runtime: new () => Runtime }>(RUNTIME);
	const module = new Runtime().module();
	let settle: { resolve: (value: unknown) => void; reject: (error: unknown) => void } | null = null;
	module.variable().define('x0', [], () => 0);
	for (const [name, inputs, expression] of definitions) {
		const observer =
			name === LAST
				? {
						fulfilled: (value: unknown) => settle?.resolve(value),
						rejected: (error: unknown) => settle?.reject(error)
					}
				: undefined;
		module.variable(observer).define(name, inputs, made(inputs, expression));
	}
	return {
		run: (turn) => {
			const { promise, resolve, reject } = Promise.withResolvers<unknown>();
			settle = { resolve, reject };
			module.redefine('x0', [], () => turn);
			return promise;
		}
	};
}

/** A function of the benchmark's own text. */
function made(inputs: readonly string[], expression: string): unknown {
	// eslint-disable-next-line no-new-func -- the peer is given what its compiler would make
	return new Function(...inputs, `return ${expression};`);
}

// ---------------------------------------------------------------- a chain of tables

async function overhead(quick: boolean): Promise<Figure> {
	const rows = quick ? 200_000 : 1_000_000;
	const bytes = sales(rows);
	const host = new Host({ bytes, source: sourceOf(rows) });
	host.receive({ type: 'cells', cells: chainCells(), held: [] });
	await host.control('seuil');
	// A thread of its own: the engine follows tables by Arquero's prototypes, which by hand nobody does.
	const thread = new Worker(new URL('by-hand.ts', import.meta.url), { workerData: bytes });
	try {
		const ours: Side = {
			run: async (turn) => {
				const control = await host.control('seuil');
				host.receive({ type: 'input', control, value: 20 + (turn % 100) });
				return host.table('shown');
			}
		};
		const theirs: Side = {
			run: async (turn) => {
				thread.postMessage(20 + (turn % 100));
				const [answer] = (await once(thread, 'message')) as unknown[];
				return answer;
			}
		};
		const { version } = JSON.parse(readFileSync('node_modules/arquero/package.json', 'utf8')) as {
			version: string;
		};
		return await beside(
			'engine.overhead',
			`arquero ${version} by hand, ${rows / 1000} k rows`,
			1.1,
			ours,
			theirs,
			{ runs: quick ? 7 : 11 }
		);
	} finally {
		await thread.terminate();
	}
}
