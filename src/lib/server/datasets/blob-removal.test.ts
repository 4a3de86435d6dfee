/** A removal that the disk is slow to make, while the same bytes are sent again. */
import type * as Files from 'node:fs/promises';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

const disk = vi.hoisted(() => ({ slow: Promise.resolve() }));
vi.mock('node:fs/promises', async (original) => {
	const real = await original<typeof Files>();
	return {
		...real,
		rm: async (...[path, options]: Parameters<typeof real.rm>) => {
			await disk.slow;
			return real.rm(path, options);
		}
	};
});
const { folderBlobStore } = await import('./blob-store.ts');

it('is over before they come back', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'carnet-blobs-'));
	const bytes = Uint8Array.of(1, 2, 3);
	const blobs = folderBlobStore(folder);
	const hash = await blobs.put(bytes);
	let resolve: () => void = () => undefined;
	disk.slow = new Promise((done) => (resolve = done));
	const removed = blobs.remove(hash, () => false);
	const turn = () => new Promise((next) => setImmediate(next));
	await turn();
	let done = false;
	const kept = blobs.put(bytes).then(() => (done = true));
	// Long enough for the bytes to be written, were they not to wait; never longer than this.
	for (let turns = 0; turns < 2_000 && !done; turns++) await turn();
	resolve();
	expect(await removed).toBe(true);
	await kept;
	expect(readdirSync(join(folder, hash.slice(0, 2)))).toEqual([hash]);
	expect(new Uint8Array(await blobs.get(hash))).toEqual(bytes);
	rmSync(folder, { recursive: true });
});
