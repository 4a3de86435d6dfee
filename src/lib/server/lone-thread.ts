/**
 * Work that would hold everybody up, done in one thread, one ask after the other. The thread is started at the first ask,
 * and ends when it has had nothing to do for a while.
 */
import { Worker, type MessagePort } from 'node:worker_threads';

/** An ask that takes longer than this is given up, and with it those that wait behind it. Milliseconds. */
const PATIENCE = 60_000;
const IDLE = 30_000;

interface Job<Asked> {
	readonly job: number;
	readonly asked: Asked;
}
type Answer<Done> =
	{ readonly job: number; readonly done: Done } | { readonly job: number; readonly fault: string };

interface Waiting<Done> {
	readonly resolve: (done: Done) => void;
	readonly reject: (cause: unknown) => void;
	readonly here: () => Done;
}

/** In the thread: answers what it is asked by `work`, whose errors go back to who asked. */
export function answerAsks<Asked, Done>(
	port: MessagePort | null,
	work: (asked: Asked) => Done
): void {
	port?.on('message', ({ job, asked }: Job<Asked>) => {
		let answer: Answer<Done>;
		try {
			answer = { job, done: work(asked) };
		} catch (cause) {
			answer = {
				job,
				fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
			};
		}
		port.postMessage(answer);
	});
}

export class LoneThread<Asked, Done> {
	readonly #waiting = new Map<number, Waiting<Done>>();
	#thread: Worker | null = null;
	#idle: NodeJS.Timeout | null = null;
	#jobs = 0;
	/** No thread can be started here (the file is not beside this one): it is done where we are. */
	#alone = false;
	readonly #entry: URL;
	readonly #here: (asked: Asked) => Done;

	/**
	 * @param entry of the thread, which calls `answerAsks`
	 * @param here the same work, for where no thread can be started
	 */
	constructor(entry: URL, here: (asked: Asked) => Done) {
		this.#entry = entry;
		this.#here = here;
	}

	/** Rejects with what the work throws, if it takes too long, and when the thread ends. */
	ask(asked: Asked): Promise<Done> {
		if (this.#alone) return new Promise((resolve) => resolve(this.#here(asked)));
		const job = ++this.#jobs;
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => this.#lose(new Error('it takes too long')), PATIENCE).unref();
			const settle = () => {
				clearTimeout(late);
				this.#waiting.delete(job);
				this.#rest();
			};
			this.#waiting.set(job, {
				resolve: (done) => (settle(), resolve(done)),
				reject: (cause: unknown) => (
					settle(),
					reject(cause instanceof Error ? cause : new Error())
				),
				here: () => this.#here(asked)
			});
			this.#started().postMessage({ job, asked } satisfies Job<Asked>);
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
		const thread = new Worker(this.#entry);
		thread.unref();
		let heard = false;
		thread.on('message', (answer: Answer<Done>) => {
			heard = true;
			const waiting = this.#waiting.get(answer.job);
			if ('done' in answer) waiting?.resolve(answer.done);
			else waiting?.reject(new Error(answer.fault));
		});
		thread.on('error', (cause: unknown) => {
			if (this.#thread !== thread) return;
			const { code } = cause as { code?: unknown };
			if (heard || code === 'ERR_WORKER_OUT_OF_MEMORY') return this.#lose(cause);
			this.#thread = null;
			this.#alone = true;
			for (const { resolve, reject, here } of [...this.#waiting.values()])
				try {
					resolve(here());
				} catch (fault) {
					reject(fault);
				}
		});
		return (this.#thread = thread);
	}

	#rest(): void {
		if (this.#waiting.size > 0 || !this.#thread) return;
		this.#idle ??= setTimeout(() => this.#lose(null), IDLE).unref();
	}

	#lose(cause: unknown): void {
		if (this.#idle) clearTimeout(this.#idle);
		this.#idle = null;
		void this.#thread?.terminate();
		this.#thread = null;
		for (const { reject } of [...this.#waiting.values()]) reject(cause);
	}
}
