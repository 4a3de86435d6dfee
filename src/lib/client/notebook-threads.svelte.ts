/**
 * The discussions of the open notebook. What others write comes by itself: the live connection says when
 * something changed, and coming back to the window asks again, for what was missed.
 */
import type { Anchor } from '../core/annotation/anchor.ts';
import {
	THREADS_CHANGED,
	type Mentionable,
	type OriginThreads,
	type Reaction,
	type Thread
} from '../core/annotation/thread.ts';
import { AppError } from '../core/errors.ts';
import { askJson } from './ask-json.ts';
import type { CommentDrafts } from './comment-drafts.ts';
import { heardNotice } from './notifications.svelte.ts';

export interface ThreadsParts {
	/** Calls back at each notice of the live connection; answers how to stop (`NotebookConnection.onNotice`). */
	readonly listen?: (heard: (notice: string | null) => void) => () => void;
	/** Names what this person typed and did not send, on a shared device (`NotebookDescription.draftKey`). */
	readonly draftKey?: string;
}

export class NotebookThreads {
	#threads = $state.raw<readonly Thread[]>([]);
	#loaded = $state(false);
	/** Code of what kept them from being read, until they are. */
	#error = $state<string | null>(null);
	/** Number of the last request made, and of the last whose answer is shown: answers may cross. */
	#asked = 0;
	#shown = 0;
	/** What was typed and not sent, by thread or by cell; opened with the pane where it is typed. */
	drafts = $state.raw<CommentDrafts | null>(null);
	readonly draftKey: string | undefined;
	readonly #path: string;
	readonly #listen: ThreadsParts['listen'];

	constructor(notebookId: string, { listen, draftKey }: ThreadsParts = {}) {
		this.draftKey = draftKey;
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

	/** Threads that are not resolved in which others wrote since they were last read. */
	get unread(): number {
		return this.#threads.filter(
			(thread) => !thread.resolved && thread.comments.some((comment) => comment.unread)
		).length;
	}

	ofCell(cellId: string): readonly Thread[] {
		return this.#threads.filter((thread) => thread.anchor.cell === cellId);
	}

	/** @param of the id of a thread that is answered, of a comment that is changed, or of a cell to open one about */
	draft(of: string): string {
		return this.drafts?.draft(of) ?? '';
	}

	keepDraft(of: string, body: string): void {
		this.drafts?.keepDraft(of, body);
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

	/**
	 * @param excerpt how what it is about reads, as plain text
	 * @throws AppError
	 */
	open(anchor: Anchor, excerpt: string, body: string): Promise<void> {
		return this.#ask(this.#path, 'POST', { anchor, excerpt, body });
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

	/** @throws AppError */
	react(threadId: string, commentId: string, reaction: Reaction, on: boolean): Promise<void> {
		return this.#ask(`${this.#comment(threadId, commentId)}/reactions`, 'PUT', { reaction, on });
	}

	/**
	 * What was written in these threads so far is read; in all of them, where none is named.
	 * @throws AppError
	 */
	async markRead(threadIds: readonly string[] = []): Promise<void> {
		await this.#ask(`${this.#path}/read`, 'POST', { threads: threadIds });
		// So is what the person was told of them.
		heardNotice(THREADS_CHANGED);
	}

	/**
	 * Who can be named in a comment, by name.
	 * @throws AppError
	 */
	people(): Promise<readonly Mentionable[]> {
		return askJson<readonly Mentionable[]>(`${this.#path}/people`);
	}

	/**
	 * The discussions of the notebook that this one was copied from; null where there is none that the reader may read.
	 * @throws AppError
	 */
	ofOrigin(): Promise<OriginThreads | null> {
		return askJson<OriginThreads | null>(`${this.#path}?origin=1`);
	}

	#of(threadId: string): string {
		return `${this.#path}/${encodeURIComponent(threadId)}`;
	}

	#comment(threadId: string, commentId: string): string {
		return `${this.#of(threadId)}/comments/${encodeURIComponent(commentId)}`;
	}

	async #ask(
		path: string,
		method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
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
