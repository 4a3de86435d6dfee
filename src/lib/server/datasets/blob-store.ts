/**
 * Dataset bytes by content hash. A hash is an address here and never a permission: only `datasets` rules,
 * asked first, lead to it. The embedded store is a folder; an object store would implement the same three verbs.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface BlobStore {
	/** Keeps the bytes, on disk when it resolves; answers their hex SHA-256. */
	put(bytes: Uint8Array): Promise<string>;
	get(hash: string): Promise<Uint8Array<ArrayBuffer>>;
	delete(hash: string): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;

export function folderBlobStore(folder: string): BlobStore {
	const pathOf = (hash: string): string => {
		if (!HASH.test(hash)) throw new Error('not a blob hash');
		return join(folder, hash.slice(0, 2), hash);
	};
	return {
		async put(bytes) {
			const hash = createHash('sha256').update(bytes).digest('hex');
			const path = pathOf(hash);
			await mkdir(dirname(path), { recursive: true });
			// Written aside, synced, then renamed: a reader never sees half a file, nor does a crash leave one.
			const aside = `${path}.${process.pid}.${Date.now()}.tmp`;
			const file = await open(aside, 'w');
			try {
				await file.writeFile(bytes);
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(aside, path);
			return hash;
		},
		async get(hash) {
			const buffer = await readFile(pathOf(hash));
			return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
		},
		delete: (hash) => rm(pathOf(hash), { force: true })
	};
}
