/**
 * `npm run fuzz -- convergence [--seeds 10000] [--from 0]`: five people's edits of one notebook over a bad network and a
 * server that dies, a hundred times as often as in `npm test`. A failure names its seed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** A process holds what it measured of each seed until its end, and its notebooks are one person's: they may have no more. */
const AT_ONCE = 500;

const { values } = parseArgs({
	allowPositionals: true,
	options: {
		seeds: { type: 'string', default: '10000' },
		from: { type: 'string', default: '0' }
	}
});
const seeds = Number(values.seeds);
const from = Number(values.from);
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from) || from < 0) {
	console.error('--seeds is a whole number, 1 or more; --from is one, 0 or more');
	process.exit(2);
}
for (let first = from; first < from + seeds; first += AT_ONCE) {
	const { status } = spawnSync(
		process.execPath,
		[
			join('node_modules', 'vitest', 'vitest.mjs'),
			'run',
			'--testTimeout=0',
			join('tests', 'fuzz', 'convergence.test.ts')
		],
		{
			stdio: 'inherit',
			env: {
				...process.env,
				CARNET_FUZZ_FROM: String(first),
				CARNET_FUZZ_SEEDS: String(Math.min(AT_ONCE, from + seeds - first))
			}
		}
	);
	if (status !== 0) process.exit(status ?? 1);
}
