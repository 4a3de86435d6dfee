import { afterEach, describe, expect, test, vi } from 'vitest';
import { askJson } from './ask-json.ts';
import { loadFile } from './dataset-files.ts';

afterEach(() => vi.unstubAllGlobals());

/** An answer whose head comes, and whose body is cut. */
const cut = (status: number, headers: Record<string, string> = {}): void => {
	vi.stubGlobal('fetch', () => {
		const body = new ReadableStream({
			start(controller) {
				controller.enqueue(new TextEncoder().encode('{"a":'));
				controller.error(new TypeError('network error'));
			}
		});
		return Promise.resolve(new Response(body, { status, headers }));
	});
};
const answers = (text: string, status = 200): void => {
	vi.stubGlobal('fetch', () => Promise.resolve(new Response(text, { status })));
};

describe('a connection cut while an answer comes', () => {
	test('is said to be cut: JSON', async () => {
		cut(200);
		await expect(askJson('/api/x')).rejects.toMatchObject({ code: 'offline' });
	});
	test('is said to be cut: a refusal', async () => {
		cut(403);
		await expect(askJson('/api/x')).rejects.toMatchObject({ code: 'offline' });
	});
	test('is said to be cut: the bytes of a dataset', async () => {
		cut(200, { 'x-carnet-source': encodeURIComponent('{}') });
		await expect(loadFile('ventes@1.arrow')).rejects.toMatchObject({ code: 'offline' });
	});
});

describe('an answer that comes whole', () => {
	test('is the value that it holds, or the refusal', async () => {
		answers('{"a":1}');
		expect(await askJson('/api/x')).toEqual({ a: 1 });
		answers('{"code":"not_found"}', 404);
		await expect(askJson('/api/x')).rejects.toMatchObject({ code: 'not_found' });
	});
	test('and that is no JSON is unexpected', async () => {
		answers('<html>', 502);
		await expect(askJson('/api/x')).rejects.toMatchObject({ code: 'unexpected' });
		answers('<html>');
		await expect(askJson('/api/x')).rejects.toMatchObject({ code: 'unexpected' });
	});
});

describe('a file that is there no more', () => {
	test('says why, and whose it was', async () => {
		const details = { title: 'Billets', organisation: 'Salle', day: '2026-01-15' };
		for (const code of ['dataset_withdrawn', 'dataset_expired']) {
			answers(JSON.stringify({ code, details }), 410);
			await expect(loadFile('billets@1.arrow')).rejects.toMatchObject({ code, details });
		}
	});
	test('is not found, where the answer says nothing that is known', async () => {
		for (const text of [
			'',
			'<html>',
			'{}',
			'{"code":"x","details":{}}',
			'{"code":"dataset_expired"}'
		]) {
			answers(text, 410);
			await expect(loadFile('billets@1.arrow')).rejects.toMatchObject({ code: 'not_found' });
		}
	});
	test('is asked for with what it is read for', async () => {
		const asked: string[] = [];
		vi.stubGlobal('fetch', (address: string) => {
			asked.push(address);
			return Promise.resolve(new Response('', { status: 404 }));
		});
		for (const use of [undefined, 'page', 'export'] as const)
			await expect(loadFile('billets@1.arrow', use)).rejects.toMatchObject({ code: 'not_found' });
		expect(asked).toEqual([
			'/api/files/billets%401.arrow',
			'/api/files/billets%401.arrow?for=page',
			'/api/files/billets%401.arrow?for=export'
		]);
	});
});
