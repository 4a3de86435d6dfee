import { expect, test } from 'vitest';
import { withSecurityHeaders } from './security-headers.ts';

const url = new URL('http://127.0.0.1/carnets');
const answer = (type: string, headers: Record<string, string> = {}) =>
	new Response('x', { headers: { 'content-type': type, ...headers } });
const cacheOf = (response: Response, to: { readonly signedIn: boolean }) =>
	withSecurityHeaders(response, url, to).headers.get('cache-control');

test('a page made for someone is kept by no cache, whatever it said', () => {
	expect(cacheOf(answer('text/html'), { signedIn: true })).toBe('private, no-store');
	expect(cacheOf(answer('application/json'), { signedIn: true })).toBe('private, no-store');
	expect(cacheOf(answer('text/html', { 'cache-control': 'max-age=60' }), { signedIn: true })).toBe(
		'private, no-store'
	);
});

test('what is public, and what says how it may be kept, stay so (positive control)', () => {
	expect(cacheOf(answer('text/html'), { signedIn: false })).toBeNull();
	expect(
		cacheOf(answer('application/vnd.apache.arrow', { 'cache-control': 'private, no-cache' }), {
			signedIn: true
		})
	).toBe('private, no-cache');
	expect(cacheOf(answer('text/css'), { signedIn: true })).toBeNull();
});

test('an answer that cannot be changed is copied', () => {
	const redirected = Response.redirect('http://127.0.0.1/');
	const headers = withSecurityHeaders(redirected, url, { signedIn: true }).headers;
	expect(headers.get('x-content-type-options')).toBe('nosniff');
});
