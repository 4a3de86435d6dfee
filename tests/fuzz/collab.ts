/**
 * `npm run fuzz -- collab [--mutants 10000] [--no-mutants]`: what programs can send to a live notebook. First the tests
 * of `npm test` with more damaged frames; then each attack on a server in a process of its own, while six people write
 * in the same notebook from another: how soon the program is cut, and how long the others wait for « enregistré ».
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import { ATTACKS, Intruder } from '../support/live-load/attacks.ts';
import type { PagesAsk, PagesSaw } from '../support/live-load/pages.ts';
import type { ServerAsk, ServerReady } from '../support/live-load/server.ts';

/** Milliseconds: what the others may wait, and how soon a program is cut. */
const WAIT = 500;
const CUT = 2_000;
const COLLEAGUES = 6;

const { values } = parseArgs({
	allowPositionals: true,
	options: {
		mutants: { type: 'string', default: '10000' },
		'no-mutants': { type: 'boolean', default: false }
	}
});
const mutants = Number(values.mutants);
if (!Number.isInteger(mutants) || mutants < 1) {
	console.error('--mutants is a whole number, 1 or more');
	process.exit(2);
}
if (!values['no-mutants']) {
	const { status } = spawnSync(
		process.execPath,
		[
			join('node_modules', 'vitest', 'vitest.mjs'),
			'run',
			'--testTimeout=0',
			join('src', 'lib', 'server', 'collab', 'hostile.test.ts')
		],
		{ stdio: 'inherit', env: { ...process.env, CARNET_FUZZ_MUTANTS: String(mutants) } }
	);
	if (status !== 0) process.exit(status ?? 1);
}

const start = (file: string, ...args: string[]): ChildProcess =>
	fork(join('tests', 'support', 'live-load', file), args, { serialization: 'advanced' });
function ask<Answer>(child: ChildProcess, question: ServerAsk | PagesAsk): Promise<Answer> {
	const answer = new Promise<Answer>((resolve) =>
		child.once('message', (message) => resolve(message as Answer))
	);
	child.send(question);
	return answer;
}
const quantile = (all: readonly number[], at: number): number =>
	[...all].sort((a, b) => a - b)[Math.floor(all.length * at)] ?? NaN;

const server = start('server.ts', 'ours');
await new Promise((resolve) => server.once('message', resolve));
const pages = start('pages.ts');
let held = true;
try {
	const names = Object.keys(ATTACKS);
	const ready = await ask<ServerReady>(server, {
		make: 1,
		people: COLLEAGUES + names.length,
		notebook: toNotebook({
			title: 'Premier',
			cells: [
				{ id: 'a', source: 'x'.repeat(400_000) },
				{ id: 'b', source: '' }
			]
		})
	});
	const [document = ''] = ready.documents;
	const { url, origin } = ready;
	await ask<string>(pages, {
		open: ready.cookies
			.slice(0, COLLEAGUES)
			.map((cookie) => ({ kind: 'ours', url, origin, document, cookie, fill: null }))
	});
	// The first time, for the engine to warm up.
	await ask<string>(pages, { type: 'ours', rate: 10, seconds: 2 });
	await ask<PagesSaw>(pages, { read: 'ours' });
	for (const [i, name] of [null, ...names].entries()) {
		const typing = ask<string>(pages, { type: 'ours', rate: 10, seconds: 3 });
		let cut = 0;
		let code = 0;
		if (name !== null) {
			const cookie = ready.cookies[COLLEAGUES + i - 1] ?? '';
			const intruder = await Intruder.enter({ url: `${url}/collab`, origin, cookie, document });
			if (!intruder) throw new Error(`${name}: not let in`);
			await new Promise((resolve) => setTimeout(resolve, 500));
			const from = performance.now();
			const over = intruder.closed.then((why) => {
				code = why;
				cut = performance.now() - from;
			});
			await ATTACKS[name]?.(intruder);
			await over;
		}
		await typing;
		await new Promise((resolve) => setTimeout(resolve, 300));
		const saw = await ask<PagesSaw>(pages, { read: 'ours' });
		const p99 = quantile(saw.acknowledged, 0.99);
		const well = p99 <= WAIT && cut <= CUT && saw.dropped === 0;
		held &&= well;
		console.log(
			`${well ? 'held' : 'NOT HELD'}  ${name ?? 'nobody'}: ${name ? `cut after ${cut.toFixed(0)} ms (${code}), ` : ''}others’ « enregistré » p50 ${quantile(saw.acknowledged, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${quantile(saw.acknowledged, 0.9999).toFixed(0)} ms of ${saw.acknowledged.length}`
		);
	}
} finally {
	pages.kill();
	server.send('end' satisfies ServerAsk);
}
// Times on a shared machine are told, and fail nothing.
console.log(held ? 'Every bar held.' : 'Not every bar held.');
