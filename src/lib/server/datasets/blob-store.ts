/**
 * Dataset bytes by content hash. A hash is an address here and never a permission: only `datasets` rules,
 * asked first, lead to it. The embedded store is a folder; an object store would implement the same verbs.
 *
 * Between the moment when bytes are kept and the one when their hash is written down, nothing names them: they must not
 * be taken for bytes of no use. `keep` holds them meanwhile, within this process, the only one that writes here.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface BlobStore {
	/** Keeps the bytes, on disk when it resolves; answers their hex SHA-256. */
	put(bytes: Uint8Array): Promise<string>;
	/** The same, and lets `record` write down the hash: until it has answered, nothing removes the bytes. */
	keep<T>(bytes: Uint8Array, record: (hash: string) => T | Promise<T>): Promise<T>;
	get(hash: string): Promise<Uint8Array<ArrayBuffer>>;
	/** The same bytes, read a part at a time as they are asked for; once begun, whole though they be removed meanwhile. */
	open(hash: string): Promise<OpenBlob>;
	/**
	 * Forgets the bytes, unless they are being kept or `inUse` (asked at the last moment) says no. Answers whether they
	 * are gone; they may have been already.
	 */
	remove(hash: string, inUse: () => boolean): Promise<boolean>;
	/**
	 * Removes what was last written before a moment (milliseconds since the epoch) and is of no use: halves of files, and
	 * bytes that `inUse` says no of. What is being written or kept stays, however old.
	 */
	sweep(before: number, inUse: (hash: string) => boolean): Promise<void>;
}

export interface OpenBlob {
	readonly byteLength: number;
	/** Read to its end or cancelled, it lets go of the file. */
	readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}
/** Bytes of a part. */
const PART = 256 * 1024;

const HASH = /^[0-9a-f]{64}$/;
/** Milliseconds: long after the answer to who sent the bytes. */
const LET_GO_AFTER = 500;
const letGo = (file: FileHandle): void => void file.close().catch(() => undefined);
/** A file not yet whole, beside where it will be. */
const ASIDE = /^[0-9a-f]{64}\.[0-9a-f-]{36}\.tmp$/;

export function folderBlobStore(folder: string): BlobStore {
	const pathOf = (hash: string): string => {
		if (!HASH.test(hash)) throw new Error('not a blob hash');
		return join(folder, hash.slice(0, 2), hash);
	};
	/** Hashes being kept, by how many at once. */
	const held = new Map<string, number>();
	/** Paths of files that are being written. */
	const asides = new Set<string>();
	/** Removals under way. */
	const removals = new Map<string, Promise<void>>();

	async function write(bytes: Uint8Array, hash: string): Promise<void> {
		const path = pathOf(hash);
		const beside = dirname(path);
		await mkdir(beside, { recursive: true });
		// Written aside, synced, then renamed: a reader never sees half a file, nor does a crash leave one.
		const aside = `${path}.${randomUUID()}.tmp`;
		asides.add(aside);
		let standing: FileHandle | null = null;
		try {
			const file = await open(aside, 'wx');
			try {
				await file.writeFile(bytes);
				await file.sync();
			} finally {
				await file.close();
			}
			// A removal that was under way is over before the bytes come back.
			await removals.get(hash);
			// Bytes that are there already are let go of once all is answered: to free them takes a time that would tell.
			standing = await open(path, 'r').catch(() => null);
			await rename(aside, path);
		} catch (cause) {
			await rm(aside, { force: true });
			throw cause;
		} finally {
			asides.delete(aside);
			if (standing) setTimeout(letGo, LET_GO_AFTER, standing);
		}
		await syncFolder(beside);
		await syncFolder(folder);
	}

	async function keep<T>(bytes: Uint8Array, record: (hash: string) => T | Promise<T>): Promise<T> {
		const hash = createHash('sha256').update(bytes).digest('hex');
		held.set(hash, (held.get(hash) ?? 0) + 1);
		try {
			// Also where they are there already: who sends them must not be able to tell.
			await write(bytes, hash);
			return await record(hash);
		} finally {
			const others = (held.get(hash) ?? 1) - 1;
			if (others) held.set(hash, others);
			else held.delete(hash);
		}
	}

	async function remove(hash: string, inUse: () => boolean): Promise<boolean> {
		const path = pathOf(hash);
		await removals.get(hash);
		if (held.has(hash) || inUse()) return false;
		const removal = rm(path, { force: true });
		removals.set(hash, removal);
		try {
			await removal;
		} finally {
			removals.delete(hash);
		}
		return true;
	}

	return {
		put: (bytes) => keep(bytes, (hash) => hash),
		keep,
		async get(hash) {
			const buffer = await readFile(pathOf(hash));
			return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
		},
		async open(hash) {
			const path = pathOf(hash);
			const { size } = await stat(path);
			// Opened once something is asked for: a stream that nobody reads would never let go of its file.
			let file: FileHandle | null = null;
			let at = 0;
			const close = async (): Promise<void> => {
				const opened = file;
				file = null;
				await opened?.close();
			};
			const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
				{
					async pull(controller) {
						try {
							file ??= await open(path, 'r');
							const part = new Uint8Array(Math.min(PART, size - at));
							const { bytesRead } = await file.read(part, 0, part.length, at);
							at += bytesRead;
							if (bytesRead > 0) controller.enqueue(part.subarray(0, bytesRead));
							if (bytesRead > 0 && at < size) return;
							await close();
							controller.close();
						} catch (cause) {
							await close();
							throw cause;
						}
					},
					cancel: close
				},
				{ highWaterMark: 0 }
			);
			return { byteLength: size, stream };
		},
		remove,
		async sweep(before, inUse) {
			for (const name of await namesIn(folder)) {
				if (!/^[0-9a-f]{2}$/.test(name)) continue;
				const beside = join(folder, name);
				for (const file of await namesIn(beside)) {
					const path = join(beside, file);
					const whole = HASH.test(file);
					if (whole ? held.has(file) || inUse(file) : !ASIDE.test(file) || asides.has(path))
						continue;
					if (!(await isOlder(path, before))) continue;
					if (whole) await remove(file, () => inUse(file));
					else await rm(path, { force: true });
				}
			}
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

/** None where there is no such folder. */
async function namesIn(path: string): Promise<string[]> {
	try {
		return await readdir(path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw cause;
	}
}

/** Whether a file was last written before a moment; one that went meanwhile was not. */
async function isOlder(path: string, before: number): Promise<boolean> {
	try {
		return (await stat(path)).mtimeMs < before;
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
		throw cause;
	}
}
