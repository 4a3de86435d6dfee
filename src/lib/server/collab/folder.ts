/**
 * Folds logs into snapshots in a thread of its own: a large document takes it most of a second, in which everybody else
 * goes on. The thread is started at the first ask, and ends when it has had nothing to do for a while.
 */
import { Worker } from 'node:worker_threads';
import type { FoldAsked, FoldDone } from './fold-thread.ts';
import { fold, type StoredDocument } from './stored-document.ts';

/** A document that takes longer than this is given up; its log stays. Milliseconds. */
const PATIENCE = 60_000;
const IDLE = 30_000;

interface Asked {
	readonly resolve: (snapshot: Uint8Array) => void;
	readonly reject: (cause: unknown) => void;
	readonly here: () => Uint8Array;
}

export class Folder {
	readonly #asked = new Map<number, Asked>();
	#thread: Worker | null = null;
	#idle: NodeJS.Timeout | null = null;
	#jobs = 0;
	/** No thread can be started here (the file is not beside this one): it is done where we are. */
	#alone = false;

	/** The snapshot that stands for all of `stored`. Rejects if the document cannot be read. */
	fold(notebookId: string, stored: StoredDocument): Promise<Uint8Array> {
		if (this.#alone) return new Promise((resolve) => resolve(fold(notebookId, stored)));
		const job = ++this.#jobs;
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => this.#lose(new Error('it takes too long')), PATIENCE).unref();
			const settle = () => {
				clearTimeout(late);
				this.#asked.delete(job);
				this.#rest();
			};
			this.#asked.set(job, {
				resolve: (snapshot) => (settle(), resolve(snapshot)),
				reject: (cause: unknown) => (
					settle(),
					reject(cause instanceof Error ? cause : new Error())
				),
				here: () => fold(notebookId, stored)
			});
			const { snapshot, updates } = stored;
			this.#started().postMessage({ job, notebookId, snapshot, updates } satisfies FoldAsked);
		});
	}

	async close(): Promise<void> {
		const thread = this.#thread;
		this.#lose(new Error('the server ends'));
		await thread?.terminate();
	}

	#started(): Worker {
		if (this.#idle) clearTimeout(this.#idle);
		this.#idle = null;
		if (this.#thread) return this.#thread;
		// Named apart from its use: a bundler would take the file for one of a page's.
		const entry = new URL('./fold-thread.ts', import.meta.url);
		const thread = new Worker(entry);
		thread.unref();
		let heard = false;
		thread.on('message', (done: FoldDone) => {
			heard = true;
			const asked = this.#asked.get(done.job);
			if ('snapshot' in done) asked?.resolve(done.snapshot);
			else asked?.reject(new Error(done.fault));
		});
		thread.on('error', (cause: unknown) => {
			if (this.#thread !== thread) return;
			if (heard) return this.#lose(cause);
			this.#thread = null;
			this.#alone = true;
			for (const { resolve, reject, here } of [...this.#asked.values()])
				try {
					resolve(here());
				} catch (fault) {
					reject(fault);
				}
		});
		return (this.#thread = thread);
	}

	#rest(): void {
		if (this.#asked.size > 0 || !this.#thread) return;
		this.#idle ??= setTimeout(() => this.#lose(null), IDLE).unref();
	}

	#lose(cause: unknown): void {
		if (this.#idle) clearTimeout(this.#idle);
		this.#idle = null;
		void this.#thread?.terminate();
		this.#thread = null;
		for (const { reject } of [...this.#asked.values()]) reject(cause);
	}
}
