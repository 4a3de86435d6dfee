/** `npm run kill`: 200 kills under 50 people who make 20 edits a second each. `--kills N`, `--seed N`, `--fault early|double`, `--fsync`. */
import { parseArgs } from 'node:util';
import { freePort } from '../support/port.ts';
import { play } from './harness.ts';

const { values } = parseArgs({
	options: {
		kills: { type: 'string', default: '200' },
		people: { type: 'string', default: '50' },
		documents: { type: 'string', default: '10' },
		rate: { type: 'string', default: '20' },
		seed: { type: 'string', default: '1' },
		fault: { type: 'string' },
		fsync: { type: 'boolean', default: false }
	}
});
const fault = values.fault === 'early' || values.fault === 'double' ? values.fault : undefined;
const port = await freePort();

if (values.fsync) {
	const { watchDisk } = await import('./watch-disk.ts');
	const seen = await watchDisk({ people: 8, edits: 100, port, ...(fault && { fault }) });
	console.log(seen);
	process.exitCode = seen.unfounded === 0 && seen.acknowledgements >= 800 ? 0 : 1;
} else {
	const { delays, starts, ...rest } = await play({
		kills: Number(values.kills),
		people: Number(values.people),
		documents: Number(values.documents),
		rate: Number(values.rate),
		seed: Number(values.seed),
		port,
		lives: [100, 1500],
		tell: console.log,
		...(fault && { fault })
	});
	const at = (part: number) => Math.round(delays[Math.floor(delays.length * part)] ?? 0);
	const slowest = Math.round(Math.max(...starts));
	console.log({
		...rest,
		slowestStart: slowest,
		acknowledgedAfter: { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
	});
	const { lost, doubled, returned, foreign, damage } = rest;
	const wrong = [lost, doubled, returned, foreign, damage].some(({ length }) => length > 0);
	process.exitCode = wrong || slowest > 3000 ? 1 : 0;
}
