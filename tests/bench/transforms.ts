/**
 * Verbs on a million rows beside DuckDB-WASM: both in one worker of Chromium, on the same Arrow bytes, in turn. The
 * tables are the sandbox's, built as for production; results are compared by value before any time is taken. DuckDB's
 * large results stay in its memory as tables where that takes it less time than handing them out.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { openBuiltPage } from './built-page.ts';
import {
	BenchError,
	beside,
	Measured,
	type BenchOptions,
	type Figure,
	type Side
} from './figure.ts';
import { peerName } from './peers.ts';

const PEER = '@duckdb/duckdb-wasm';
const DIST = resolve('tests', 'bench', 'node_modules', '@duckdb', 'duckdb-wasm', 'dist');
const WASM = 'duckdb-eh.wasm';

const BARS: readonly (readonly [name: string, bar: number])[] = [
	['q1', 0.4],
	['q2', 0.25],
	['group', 0.3],
	['distinct', 0.2],
	['median', 0.6],
	['lookup', 0.4],
	['join-sparse', 1],
	['join-full', 0.5],
	['top100', 0.5],
	['groups', 0.9],
	['sum', 0.6],
	['derive', 0.5],
	['windows', 1.5],
	['pivot', 1.5],
	['dedupe', 1.5],
	['join-keys', 1.5],
	['expression-keys', 1.5],
	['dates', 1.5]
];

export const figures = [...BARS.map(([name]) => `transforms.${name}`), 'transforms.derive-loop'];

export async function measure({ quick }: BenchOptions): Promise<Figure[]> {
	const rows = quick ? 200_000 : 1_000_000;
	const often = quick ? { runs: 3, warmUp: 1 } : { runs: 9, warmUp: 3 };
	const page = await openPage();
	try {
		await page.ask({ side: 'open', rows, wasm: `${page.origin}/${WASM}` });
		const side = (of: 'ours' | 'theirs' | 'hand', name: string): Side => ({
			run: async () => {
				const { ms, result } = (await page.ask({ side: of, name })) as Measured;
				return new Measured(ms, result);
			}
		});
		const made: Figure[] = [];
		for (const [name, bar] of BARS) {
			const figure = await beside(
				`transforms.${name}`,
				peerName(PEER),
				bar,
				side('ours', name),
				side('theirs', name),
				often
			);
			const kept = await page.ask({ side: 'kept', name });
			made.push({ ...figure, beside: `${peerName(PEER)}${kept ? ', into a table' : ''}` });
		}
		made.push(
			await beside(
				'transforms.derive-loop',
				'a loop by hand',
				2.5,
				side('ours', 'derive'),
				side('hand', 'derive'),
				often
			)
		);
		if (page.abroad.length > 0)
			throw new BenchError(`asked off loopback: ${page.abroad.join(', ')}`);
		return made;
	} finally {
		await page.close();
	}
}

interface BenchPage {
	readonly origin: string;
	/** What was asked of anything but this machine. */
	readonly abroad: readonly string[];
	readonly ask: (question: object) => Promise<unknown>;
	readonly close: () => Promise<void>;
}

const SCRIPT = `const worker = new Worker(new URL('/tests/bench/transforms-worker.ts', import.meta.url), { type: 'module' });
let heard = () => {};
worker.onmessage = ({ data }) => heard(data);
worker.onerror = (event) => heard({ error: event.message });
window.ask = (question) => new Promise((done, fail) => {
	heard = (answer) => ('error' in answer ? fail(new Error(answer.error)) : done(answer.value));
	worker.postMessage(question);
});
window.ready = true;
`;

async function openPage(): Promise<BenchPage> {
	const { page, abroad, close } = await openBuiltPage({
		name: 'bench-transforms',
		script: SCRIPT,
		alias: {
			[`${PEER}/blocking`]: join(DIST, 'duckdb-browser-blocking.mjs'),
			// The product's own, not the copies that peers have.
			arquero: resolve('node_modules', 'arquero'),
			'@uwdata/flechette': resolve('node_modules', '@uwdata', 'flechette')
		},
		served: new Map([[`/${WASM}`, readFileSync(join(DIST, WASM))]])
	});
	return {
		origin: new URL(page.url()).origin,
		abroad,
		ask: (question) => asked(page, question),
		close
	};
}

async function asked(page: Page, question: object): Promise<unknown> {
	try {
		return await page.evaluate(
			(message) => (window as unknown as { ask(message: object): Promise<unknown> }).ask(message),
			question
		);
	} catch (error) {
		throw new BenchError(`${JSON.stringify(question)}: ${String(error)}`);
	}
}
