import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { folderBlobStore, type BlobStore } from './blob-store.ts';

let folder: string;
let blobs: BlobStore;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'carnet-blobs-'));
	blobs = folderBlobStore(folder);
});
afterEach(() => {
	vi.useRealTimers();
	rmSync(folder, { recursive: true });
});

const BYTES = new Uint8Array(2 ** 20).fill(7);
const HASH = createHash('sha256').update(BYTES).digest('hex');
/** The names in the blob's own folder. */
const names = () => readdirSync(join(folder, HASH.slice(0, 2)));

it('keeps the same bytes sent several times at one instant, once', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	const hashes = await Promise.all(Array.from({ length: 8 }, () => blobs.put(BYTES)));
	expect(new Set(hashes)).toEqual(new Set([HASH]));
	expect(Buffer.from(await blobs.get(HASH)).equals(BYTES)).toBe(true);
	expect(names()).toEqual([HASH]);
});

it('leaves nothing beside when bytes cannot be kept', async () => {
	// What stands at the blob's address cannot be replaced by a file.
	mkdirSync(join(folder, HASH.slice(0, 2), HASH, 'occupé'), { recursive: true });
	await expect(blobs.put(BYTES)).rejects.toThrow();
	expect(names()).toEqual([HASH]);
});
