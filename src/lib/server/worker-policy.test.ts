import { expect, it } from 'vitest';
import { WORKER_POLICY, workerPolicyOf } from './worker-policy.ts';

it.each([
	'/_app/immutable/workers/import-worker-a1.js',
	'/_app/immutable/workers/import-worker-a1.js?x=1',
	'/_app/immutable/%77orkers/assets/x.js'
])('is that of %s', (url) => {
	expect(workerPolicyOf(url)).toBe(WORKER_POLICY);
});

it.each(['/', '/_app/immutable/chunks/a.js', '/x?/_app/immutable/workers/a.js', '/%', '*', ''])(
	'is not that of %j',
	(url) => {
		expect(workerPolicyOf(url)).toBeNull();
	}
);
