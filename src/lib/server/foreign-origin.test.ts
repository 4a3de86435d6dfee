import { expect, test } from 'vitest';
import { refuseForeignOrigin } from './foreign-origin.ts';

const url = new URL('https://carnet.exemple.org/api/notebooks/abc/versions/def/restore');
const status = (method: string, origin?: string): number | undefined =>
	refuseForeignOrigin(new Request(url, { method, headers: origin ? { origin } : {} }), url)?.status;

test('a page of another origin changes nothing, even by a request without a body', () => {
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
		for (const origin of [
			'https://autre.exemple.org',
			'https://exemple.org',
			'http://carnet.exemple.org',
			'https://carnet.exemple.org:8443',
			'null'
		])
			expect(status(method, origin), `${method} ${origin}`).toBe(403);
});

test('our own pages do, and programs that are no page; anyone may ask to read', () => {
	expect(status('POST', 'https://carnet.exemple.org')).toBeUndefined();
	expect(status('DELETE')).toBeUndefined();
	expect(status('GET', 'https://autre.exemple.org')).toBeUndefined();
});
