/** What the person is told, while a page is open: asked when they come back to it, and now and then while it is seen. */
import type { Notification, Notifications } from '../core/annotation/notification.ts';
import { AppError } from '../core/errors.ts';
import { askJson } from './ask-json.ts';

const EVERY_MS = 120_000;
const PATH = '/api/notifications';

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
		const again = (): void => {
			clearTimeout(timer);
			if (document.hidden || signal.aborted) return;
			timer = setTimeout(again, EVERY_MS);
			void this.load();
		};
		window.addEventListener('focus', again, { signal });
		window.addEventListener('online', again, { signal });
		document.addEventListener('visibilitychange', again, { signal });
		again();
		return () => {
			ending.abort();
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
