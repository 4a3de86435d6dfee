import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
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

it('writes again what is there already: who sends it cannot tell', async () => {
	const inode = () => statSync(join(folder, HASH.slice(0, 2), HASH)).ino;
	await blobs.put(BYTES);
	const first = inode();
	await blobs.put(BYTES);
	expect(inode()).not.toBe(first);
});

it('removes bytes that nothing uses, as often as it is asked', async () => {
	await blobs.put(BYTES);
	expect(await blobs.remove(HASH, () => true)).toBe(false);
	expect(names()).toEqual([HASH]);
	expect(await blobs.remove(HASH, () => false)).toBe(true);
	expect(names()).toEqual([]);
	expect(await blobs.remove(HASH, () => false)).toBe(true);
	await expect(blobs.get(HASH)).rejects.toThrow();
	await expect(blobs.remove('../../etc/passwd', () => false)).rejects.toThrow('not a blob hash');
});

it('removes no bytes between their keeping and the writing down of their hash', async () => {
	let recorded = false;
	const kept = blobs.keep(BYTES, (hash) => {
		recorded = true;
		return hash;
	});
	// Asked while they are being written: nothing names them yet.
	expect(await blobs.remove(HASH, () => recorded)).toBe(false);
	expect(await kept).toBe(HASH);
	expect(names()).toEqual([HASH]);
});

it('lets them go again once they are kept no longer, though the record failed', async () => {
	await expect(
		blobs.keep(BYTES, () => {
			throw new Error('refused');
		})
	).rejects.toThrow('refused');
	expect(await blobs.remove(HASH, () => false)).toBe(true);
});

it('keeps bytes that come back while they are being removed', async () => {
	for (let round = 0; round < 50; round++) {
		await blobs.put(BYTES);
		const removed = blobs.remove(HASH, () => false);
		const kept = blobs.put(BYTES);
		await Promise.all([removed, kept]);
		expect(names()).toEqual([HASH]);
	}
});

it('reads a part at a time, no faster than it is asked, and lets go of the file', async () => {
	const bytes = Uint8Array.from({ length: 2 ** 20 + 3 }, (_, i) => i % 251);
	const hash = await blobs.put(bytes);
	const { byteLength, stream } = await blobs.open(hash);
	expect(byteLength).toBe(bytes.length);
	const reader = stream.getReader();
	const first = await reader.read();
	expect(first.value?.length).toBeLessThan(bytes.length / 2);
	// Removed meanwhile: what was begun ends whole.
	await blobs.remove(hash, () => false);
	const parts = [first.value ?? new Uint8Array()];
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		parts.push(value);
	}
	expect(Buffer.concat(parts).equals(bytes)).toBe(true);
	await expect(blobs.open(hash)).rejects.toThrow('ENOENT');
});

it('holds no file open for who asks and goes, or never reads', async () => {
	const openFiles = (): number =>
		readdirSync('/proc/self/fd').filter((fd) => {
			try {
				return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
			} catch {
				return false;
			}
		}).length;
	const hash = await blobs.put(BYTES);
	await vi.waitFor(() => expect(openFiles()).toBe(0));
	const { stream: unread } = await blobs.open(hash);
	const { stream } = await blobs.open(hash);
	const reader = stream.getReader();
	await reader.read();
	expect(openFiles()).toBe(1);
	await reader.cancel();
	expect(openFiles()).toBe(0);
	expect(unread.locked).toBe(false);
});
