/** What the page asked of a cell worker and was not told yet. */
import { AppError } from '../core/errors.ts';
import { Malformed, type Heard } from '../core/protocol/guards.ts';
import type { HostMessage } from '../core/protocol/messages.ts';

interface Pending {
	readonly read: (value: unknown) => unknown;
	readonly resolve: (value: never) => void;
	readonly reject: (error: AppError) => void;
	readonly progress?: (done: number) => void;
}

export class SandboxQuestions {
	readonly #worker: { readonly connected: () => boolean; post(message: HostMessage): void };
	#request = 0;
	#pending = new Map<number, Pending>();

	constructor(worker: { connected: () => boolean; post: (message: HostMessage) => void }) {
		this.#worker = worker;
	}

	/** @param read makes of the answer what was asked, or throws `Malformed` */
	ask<T>(
		message: (request: number) => HostMessage,
		read: (value: unknown) => T,
		progress?: (done: number) => void
	): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			if (!this.#worker.connected()) return reject(new AppError('sandbox_restarted'));
			const request = ++this.#request;
			this.#pending.set(request, { read, resolve, reject, progress });
			this.#worker.post(message(request));
		});
	}

	has(request: number): boolean {
		return this.#pending.has(request);
	}

	progress(request: number, done: number): void {
		this.#pending.get(request)?.progress?.(done);
	}

	/** @returns whether what the worker said is an answer; what nobody waits for is let go */
	answer(message: Extract<Heard, { type: 'reply' }>): boolean {
		const pending = this.#pending.get(message.request);
		if (!pending) return true;
		this.#pending.delete(message.request);
		if (!message.ok) {
			pending.reject(new AppError(message.code));
			return true;
		}
		try {
			pending.resolve(pending.read(message.value) as never);
			return true;
		} catch (cause) {
			if (!(cause instanceof Malformed)) throw cause;
			pending.reject(new AppError('sandbox_malformed'));
			return false;
		}
	}

	/** The answer took too long. */
	giveUp(request: number): void {
		this.#pending.get(request)?.reject(new AppError('sandbox_unresponsive'));
		this.#pending.delete(request);
	}

	/** The worker is gone, and what it was asked with it. */
	end(): void {
		for (const { reject } of this.#pending.values()) reject(new AppError('sandbox_restarted'));
		this.#pending.clear();
	}
}
