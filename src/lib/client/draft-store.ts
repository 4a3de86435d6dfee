/**
 * Edits that the server has not acknowledged, kept on the device so that closing the tab or reloading loses
 * none. An entry lives from the edit to its acknowledgement: in ordinary use, some milliseconds. What is typed
 * for a report lives here too, until it is published (kept-reports).
 */
export interface DraftStore {
	/** The edits kept under a key, oldest first. */
	load(key: string): Promise<{ id: string; update: Uint8Array }[]>;
	put(key: string, id: string, update: Uint8Array): Promise<void>;
	remove(key: string, ids: readonly string[]): Promise<void>;
}

const TABLE = 'drafts';

interface Row {
	key: string;
	id: string;
	update: Uint8Array;
}

function open(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 1);
		request.onupgradeneeded = () => {
			// Rows come back in the order of their ids, which count up.
			request.result.createObjectStore(TABLE, { keyPath: ['key', 'id'] });
		};
		request.onsuccess = () => {
			// Where another page deletes it, it is let go.
			request.result.onversionchange = () => request.result.close();
			resolve(request.result);
		};
		request.onerror = () => reject(request.error);
	});
}

/**
 * In the browser's IndexedDB. Rejects where the browser refuses it (some private windows).
 * @param name of the database: what is taken off the device apart from the rest has its own
 */
export function browserDrafts(name = 'carnet-commun'): DraftStore {
	let opened: Promise<IDBDatabase> | undefined;
	async function within<T>(
		mode: IDBTransactionMode,
		work: (table: IDBObjectStore) => IDBRequest<T> | null
	): Promise<T | undefined> {
		const database = await (opened ??= open(name));
		return new Promise((resolve, reject) => {
			const transaction = database.transaction(TABLE, mode);
			const request = work(transaction.objectStore(TABLE));
			// Not left to end by itself: what was kept as its page goes would be taken back with it.
			transaction.commit();
			transaction.oncomplete = () => resolve(request?.result);
			transaction.onabort = () => reject(transaction.error);
		});
	}
	return {
		async load(key) {
			const range = IDBKeyRange.bound([key, ''], [key, '\uffff']);
			const rows = (await within<Row[]>('readonly', (table) => table.getAll(range))) ?? [];
			return rows.map(({ id, update }) => ({ id, update }));
		},
		async put(key, id, update) {
			await within('readwrite', (table) => table.put({ key, id, update } satisfies Row));
		},
		async remove(key, ids) {
			await within('readwrite', (table) => {
				for (const id of ids) table.delete([key, id]);
				return null;
			});
		}
	};
}

/** Keeps nothing beyond the page: where the browser has no store, and in tests. */
export function memoryDrafts(): DraftStore {
	const rows = new Map<string, Map<string, Uint8Array>>();
	return {
		load: async (key) =>
			[...(rows.get(key) ?? [])]
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([id, update]) => ({ id, update })),
		put: async (key, id, update) => {
			rows.set(key, (rows.get(key) ?? new Map()).set(id, update));
		},
		remove: async (key, ids) => {
			for (const id of ids) rows.get(key)?.delete(id);
		}
	};
}
