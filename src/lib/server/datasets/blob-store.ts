/**
 * Dataset bytes by content hash. A hash is an address here and never a permission: only `datasets` rules,
 * asked first, lead to it. The embedded store is a folder; an object store would implement the same two verbs.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface BlobStore {
	/** Keeps the bytes, on disk when it resolves; answers their hex SHA-256. */
	put(bytes: Uint8Array): Promise<string>;
	get(hash: string): Promise<Uint8Array<ArrayBuffer>>;
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
			const beside = dirname(path);
			await mkdir(beside, { recursive: true });
			// Written aside, synced, then renamed: a reader never sees half a file, nor does a crash leave one.
			const aside = `${path}.${randomUUID()}.tmp`;
			try {
				const file = await open(aside, 'wx');
				try {
					await file.writeFile(bytes);
					await file.sync();
				} finally {
					await file.close();
				}
				await rename(aside, path);
			} catch (cause) {
				await rm(aside, { force: true });
				throw cause;
			}
			await syncFolder(beside);
			await syncFolder(folder);
			return hash;
		},
		async get(hash) {
			const buffer = await readFile(pathOf(hash));
			return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
		}
	};
}

/** A new name is on disk once the folder that lists it is. */
async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, 'r');
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
