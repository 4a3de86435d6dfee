import { expect, test } from 'vitest';
import { MAX_BODY_BYTES, refuseLargeBody } from './body-limit.ts';

const status = (path: string, headers: Record<string, string>): number | undefined =>
	refuseLargeBody(new Request(`http://x${path}`, { method: 'POST', headers }), path)?.status;
const announcing = (bytes: number) => ({ 'content-length': String(bytes) });

test('a table may be large; a form may not', () => {
	for (const path of ['/api/datasets', '/api/datasets/abc/versions', '/api/pools/abc/parts']) {
		expect(status(path, announcing(150_000_000))).toBeUndefined();
		expect(status(path, announcing(MAX_BODY_BYTES + 1))).toBe(413);
		expect(status(path, { 'transfer-encoding': 'chunked' })).toBeUndefined();
	}
	for (const path of ['/donnees/abc', '/api/datasets/abc', '/api/notebooks/abc/threads']) {
		expect(status(path, announcing(500_000))).toBeUndefined();
		expect(status(path, announcing(1_000_000))).toBe(413);
		expect(status(path, { 'transfer-encoding': 'chunked' })).toBe(411);
	}
	expect(status('/api/notebooks/abc/report', announcing(20_000_000))).toBeUndefined();
});

test('a request without a body goes on', () => {
	expect(status('/donnees', {})).toBeUndefined();
});
