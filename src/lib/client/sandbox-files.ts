/** The files that a cell worker is handed: those that a cell's own source names, each so often at most. */
import { parseFileName } from '../core/dataset/file-name.ts';
import { AppError } from '../core/errors.ts';
import type { LineageSource } from '../core/governance/terms.ts';
import type { FileName, HostMessage } from '../core/protocol/messages.ts';

/** How often a worker is given the same file: it keeps what it has. */
const LOADS_OF_A_FILE = 50;

export interface SandboxFilesOptions {
	readonly loadFile: (name: FileName) => Promise<{ bytes: ArrayBuffer; source: LineageSource }>;
	/** Whether a cell's source names it. */
	readonly isNamed: (name: FileName) => boolean;
	readonly post: (message: HostMessage, transfer?: Transferable[]) => void;
	/** A file was handed over or could not be, and counts among those on their way for the last time. */
	readonly came: () => void;
}

export class SandboxFiles {
	readonly #options: SandboxFilesOptions;
	/** Grows with each worker: what comes for an older one is let go. */
	#worker = 0;
	#loading = new Set<FileName>();
	/** How often each was loaded for this worker. */
	#loads = new Map<FileName, number>();

	constructor(options: SandboxFilesOptions) {
		this.#options = options;
	}

	/** Those on their way. */
	get loading(): ReadonlySet<FileName> {
		return this.#loading;
	}

	/** A file is loaded only if a cell's own source names it, so that what a notebook reads can be seen in it. */
	async load(name: FileName): Promise<void> {
		const { loadFile, isNamed, post, came } = this.#options;
		if (this.#loading.has(name)) return;
		if (!parseFileName(name) || !isNamed(name))
			return post({ type: 'file-failed', name, code: 'unknown_file' });
		const loads = (this.#loads.get(name) ?? 0) + 1;
		// Asked for without end, it would have the page ask the server without end.
		if (loads > LOADS_OF_A_FILE) return post({ type: 'file-failed', name, code: 'unexpected' });
		this.#loads.set(name, loads);
		const worker = this.#worker;
		this.#loading.add(name);
		try {
			const { bytes, source } = await loadFile(name);
			if (worker === this.#worker) post({ type: 'file', name, bytes, source }, [bytes]);
		} catch (cause) {
			const { code, details } = cause instanceof AppError ? cause : new AppError('unexpected');
			if (worker === this.#worker) post({ type: 'file-failed', name, code, details });
		} finally {
			if (worker === this.#worker) {
				came();
				this.#loading.delete(name);
			}
		}
	}

	/** The worker is gone: the next has loaded nothing. */
	end(): void {
		this.#worker++;
		this.#loading.clear();
		this.#loads.clear();
	}
}
