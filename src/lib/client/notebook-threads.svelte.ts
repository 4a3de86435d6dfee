/**
 * The discussions of the open notebook. What others write comes by itself: the live connection says when
 * something changed, and coming back to the window asks again, for what was missed.
 */
import { THREADS_CHANGED, type Thread } from '../core/annotation/thread.ts';
import { AppError } from '../core/errors.ts';
import { askJson } from './ask-json.ts';

export interface ThreadsParts {
	/** Calls back at each notice of the live connection; answers how to stop (`NotebookConnection.onNotice`). */
	readonly listen?: (heard: (notice: string | null) => void) => () => void;
}

export class NotebookThreads {
	#threads = $state.raw<readonly Thread[]>([]);
	#loaded = $state(false);
	/** Code of what kept them from being read, until they are. */
	#error = $state<string | null>(null);
	/** Number of the last request made, and of the last whose answer is shown: answers may cross. */
	#asked = 0;
	#shown = 0;
	/** What was typed and not sent, by thread or by cell: a list that moves under it loses nothing. */
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- read when a form opens
	readonly #drafts = new Map<string, string>();
	readonly #path: string;
	readonly #listen: ThreadsParts['listen'];

	constructor(notebookId: string, { listen }: ThreadsParts = {}) {
		this.#path = `/api/notebooks/${encodeURIComponent(notebookId)}/threads`;
		this.#listen = listen;
	}

	/** In the order in which they were opened. */
	get threads(): readonly Thread[] {
		return this.#threads;
	}
	get loaded(): boolean {
		return this.#loaded;
	}
	get error(): string | null {
		return this.#error;
	}

	ofCell(cellId: string): readonly Thread[] {
		return this.#threads.filter((thread) => thread.anchor.cell === cellId);
	}

	/** @param of the id of a thread that is answered, of a comment that is changed, or of a cell to open one about */
	draft(of: string): string {
		return this.#drafts.get(of) ?? '';
	}

	keepDraft(of: string, body: string): void {
		if (body.trim() === '') this.#drafts.delete(of);
		else this.#drafts.set(of, body);
	}

	/** Reads them; what goes wrong is said in `error`, and what was read before stays. */
	async load(): Promise<void> {
		try {
			await this.#ask(this.#path, 'GET');
		} catch (error) {
			this.#error = error instanceof AppError ? error.code : 'unexpected';
		}
	}

	/** Reads them and keeps them fresh; answers how to stop. */
	watch(): () => void {
		const again = (): void => {
			if (document.visibilityState === 'visible') void this.load();
		};
		window.addEventListener('focus', again);
		window.addEventListener('online', again);
		document.addEventListener('visibilitychange', again);
		const deafen = this.#listen?.((notice) => {
			if (notice === null || notice === THREADS_CHANGED) void this.load();
		});
		void this.load();
		return () => {
			window.removeEventListener('focus', again);
			window.removeEventListener('online', again);
			document.removeEventListener('visibilitychange', again);
			deafen?.();
		};
	}

	/** @throws AppError */
	open(cellId: string, excerpt: string, body: string): Promise<void> {
		return this.#ask(this.#path, 'POST', { cellId, excerpt, body });
	}

	/** @throws AppError */
	reply(threadId: string, body: string): Promise<void> {
		return this.#ask(this.#of(threadId), 'POST', { body });
	}

	/** @throws AppError */
	setResolved(threadId: string, resolved: boolean): Promise<void> {
		return this.#ask(this.#of(threadId), 'PATCH', { resolved });
	}

	/** @throws AppError */
	edit(threadId: string, commentId: string, body: string): Promise<void> {
		return this.#ask(this.#comment(threadId, commentId), 'PATCH', { body });
	}

	/** @throws AppError */
	remove(threadId: string, commentId: string): Promise<void> {
		return this.#ask(this.#comment(threadId, commentId), 'DELETE');
	}

	#of(threadId: string): string {
		return `${this.#path}/${encodeURIComponent(threadId)}`;
	}

	#comment(threadId: string, commentId: string): string {
		return `${this.#of(threadId)}/comments/${encodeURIComponent(commentId)}`;
	}

	async #ask(
		path: string,
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		body?: unknown
	): Promise<void> {
		const number = ++this.#asked;
		const threads = await askJson<readonly Thread[]>(path, method, body);
		if (number < this.#shown) return;
		this.#shown = number;
		this.#threads = threads;
		this.#loaded = true;
		this.#error = null;
	}
}
