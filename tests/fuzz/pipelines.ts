/**
 * `npm run fuzz -- pipelines [--times 4]`: random pipelines of Arquero's verbs and of steps, so many times as many as
 * `npm test` takes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
	allowPositionals: true,
	options: { times: { type: 'string', default: '4' } }
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
	console.error('--times is a whole number, 1 or more');
	process.exit(2);
}
const { status } = spawnSync(
	process.execPath,
	[
		join('node_modules', 'vitest', 'vitest.mjs'),
		'run',
		// As long as it takes: the tests' own ceiling is for the few of `npm test`.
		'--testTimeout=0',
		join('src', 'lib', 'tables', 'fast', 'fast-verbs.test.ts'),
		join('src', 'lib', 'tables', 'steps', 'steps-as-printed.test.ts')
	],
	{ stdio: 'inherit', env: { ...process.env, CARNET_FUZZ: String(times) } }
);
process.exitCode = status ?? 1;
