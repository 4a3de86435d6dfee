/**
 * What the person is told, while a page is open: asked when they come back to it, when a notebook that is open hears of
 * something, and now and then while it is seen.
 */
import type { Notification, Notifications } from '../core/annotation/notification.ts';
import { THREADS_CHANGED } from '../core/annotation/thread.ts';
import { AppError } from '../core/errors.ts';
import { PROPOSALS_CHANGED } from '../core/notebook/proposal.ts';
import { askJson } from './ask-json.ts';

const EVERY_MS = 120_000;
/** From a notice to the question, and the least between two questions that notices led to: they come many at once. */
const SOON_MS = 1_000;
const PACE_MS = 10_000;
const PATH = '/api/notifications';

/** Of each that is watched, what has it asked soon. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- never read by a template
const watched = new Set<() => void>();

/**
 * Takes a notice of an open notebook (`NotebookConnection.onNotice`): where it may be of what the person is told, that
 * is asked again soon, once for many notices.
 */
export function heardNotice(notice: string | null): void {
	if (notice === null || notice === THREADS_CHANGED || notice === PROPOSALS_CHANGED)
		for (const soon of watched) soon();
}

export class PersonNotifications {
	#unread = $state(0);
	#latest = $state.raw<readonly Notification[]>([]);
	#loaded = $state(false);
	/** Code of what kept them from being read. */
	#error = $state<string | null>(null);
	/** Number of the last request made, and of the last whose answer is shown: answers may cross. */
	#asked = 0;
	#shown = 0;

	/** How many are unread. */
	get unread(): number {
		return this.#unread;
	}
	/** The newest first. */
	get latest(): readonly Notification[] {
		return this.#latest;
	}
	get loaded(): boolean {
		return this.#loaded;
	}
	get error(): string | null {
		return this.#error;
	}

	/** Reads them; what goes wrong is said in `error`, and what was read before stays. */
	load(): Promise<void> {
		return this.#ask(() => askJson<Notifications>(PATH));
	}

	/** They are read; all, where none is named. */
	markRead(ids: readonly string[] = []): Promise<void> {
		return this.#ask(() => askJson<Notifications>(`${PATH}/read`, 'POST', { ids }));
	}

	/** Reads them and keeps them fresh; answers how to stop. */
	watch(): () => void {
		const ending = new AbortController();
		const { signal } = ending;
		let timer: ReturnType<typeof setTimeout> | undefined;
		/** When it is asked next, and when it was last asked for a notice. */
		let due = Infinity;
		let heard = -Infinity;
		const later = (rest: number, ask: () => void): void => {
			clearTimeout(timer);
			due = performance.now() + rest;
			timer = setTimeout(ask, rest);
		};
		const again = (): void => {
			clearTimeout(timer);
			due = Infinity;
			if (document.hidden || signal.aborted) return;
			later(EVERY_MS, again);
			void this.load();
		};
		const soon = (): void => {
			const now = performance.now();
			const rest = Math.max(SOON_MS, heard + PACE_MS - now);
			if (document.hidden || now + rest >= due) return;
			later(rest, () => {
				heard = performance.now();
				again();
			});
		};
		watched.add(soon);
		window.addEventListener('focus', again, { signal });
		window.addEventListener('online', again, { signal });
		document.addEventListener('visibilitychange', again, { signal });
		again();
		return () => {
			ending.abort();
			watched.delete(soon);
			clearTimeout(timer);
		};
	}

	async #ask(ask: () => Promise<Notifications>): Promise<void> {
		const number = ++this.#asked;
		try {
			const { unread, latest } = await ask();
			if (number < this.#shown) return;
			this.#shown = number;
			this.#unread = unread;
			this.#latest = latest;
			this.#loaded = true;
			this.#error = null;
		} catch (error) {
			this.#error = error instanceof AppError ? error.code : 'unexpected';
		}
	}
}
