/**
 * How long each cell and preview of a cell worker has run, and which one keeps it busy when one is over its time. A cell
 * that waits for a file uses up none of its own.
 */
import type { CellErrorCode } from '../core/protocol/messages.ts';

/** A running cell that says nothing more is asked for a sign of life before it is stopped. */
const GRACE_MS = 1_000;
const TICK_MS = 250;
/** A tick counts for at most this much: a sleeping computer does not use up a cell's time. */
const TICK_MAX_MS = 5_000;
const HEARTBEAT_MS = 5_000;

interface Timed {
	/** Milliseconds used, since the last file that it waited for had come. */
	spent: number;
	asked: boolean;
}
interface Running extends Timed {
	readonly run: number;
}
interface Previewing extends Timed {
	readonly request: number;
	/** No cell started since: if the worker is busy, it is with this. */
	last: boolean;
}

export interface SandboxClockOptions {
	readonly limits: { readonly cellSeconds: number; readonly silentSeconds: number };
	/** Whether the worker answers within so many milliseconds; null: it was replaced meanwhile. */
	readonly answersWithin: (ms: number) => Promise<boolean | null>;
	/** Whether a cell may be waiting for a file. */
	readonly waits: (cell: string) => boolean;
	/** Whether any file is on its way. */
	readonly loads: () => boolean;
	/** A preview is waited for no more. */
	readonly giveUp: (request: number) => void;
	/** The worker has to be replaced; the cells to blame. */
	readonly replace: (
		reason: 'limit' | 'preview' | 'unresponsive',
		blamed: readonly string[],
		code: CellErrorCode
	) => void;
}

export class SandboxClock {
	readonly #options: SandboxClockOptions;
	/** In the order in which the cells started. */
	#running = new Map<string, Running>();
	/** The preview that the worker last said that it computes, and its time. */
	#previewing: Previewing | null = null;
	#ticking: ReturnType<typeof setInterval> | null = null;
	#ticked = 0;
	#beat = 0;

	constructor(options: SandboxClockOptions) {
		this.#options = options;
	}

	/** A worker begins. */
	start(): void {
		this.#beat = performance.now();
		this.#ticked = performance.now();
		this.#ticking ??= setInterval(() => this.#tick(), TICK_MS);
	}

	/** The worker is gone. */
	end(): void {
		this.#running.clear();
		this.#previewing = null;
		if (this.#ticking !== null) clearInterval(this.#ticking);
		this.#ticking = null;
	}

	/** Those that run, in the order in which they started. */
	get running(): readonly string[] {
		return [...this.#running.keys()];
	}

	/** The one that started last, which is the one that computes; none where none runs. */
	get computing(): readonly string[] {
		return this.running.slice(-1);
	}

	/** The runs of those that run. */
	get runs(): ReadonlyMap<string, number> {
		return new Map([...this.#running].map(([id, { run }]) => [id, run]));
	}

	started(cell: string, run: number): void {
		this.#running.delete(cell);
		this.#running.set(cell, { run, spent: 0, asked: false });
		if (this.#previewing) this.#previewing.last = false;
	}

	/** @param run of what ended: a later one goes on; by default, whatever ran */
	ended(cell: string, run = Infinity): void {
		const started = this.#running.get(cell);
		if (started && run >= started.run) this.#running.delete(cell);
	}

	previews(request: number): void {
		this.#previewing = { request, spent: 0, asked: false, last: true };
	}

	previewed(request: number): void {
		if (this.#previewing?.request === request) this.#previewing = null;
	}

	/** A file came: what went by was its time. */
	fileCame(): void {
		for (const [cell, running] of this.#running)
			if (this.#options.waits(cell)) this.#restart(running);
	}

	#tick(): void {
		const { limits, waits } = this.#options;
		const now = performance.now();
		const elapsed = Math.min(now - this.#ticked, TICK_MAX_MS);
		this.#ticked = now;
		const last = this.running.at(-1);
		for (const [cell, running] of this.#running) {
			running.spent += elapsed;
			if (running.spent < limits.cellSeconds * 1_000 || running.asked) continue;
			// One that waits is judged only where it may be the one that computes.
			if (cell !== last && waits(cell)) continue;
			running.asked = true;
			void this.#judge(cell, running);
			return;
		}
		const previewing = this.#previewing;
		if (previewing) {
			previewing.spent += elapsed;
			if (previewing.spent < limits.cellSeconds * 1_000 || previewing.asked) return;
			previewing.asked = true;
			return void this.#judgePreview(previewing);
		}
		if (this.#running.size === 0 && now - this.#beat > HEARTBEAT_MS) {
			this.#beat = now;
			void this.#listen();
		}
	}

	/** Gives a cell its whole time again: what went by was a file's. */
	#restart(running: Timed): void {
		running.spent = 0;
		running.asked = false;
	}

	/** A cell is over its time: is it the one that keeps the worker busy, or does it wait behind another? */
	async #judge(cell: string, running: Running): Promise<void> {
		const { answersWithin, waits, replace } = this.#options;
		const answered = await answersWithin(GRACE_MS);
		if (answered === null || this.#running.get(cell) !== running) return;
		if (answered && waits(cell)) {
			this.#restart(running);
			return;
		}
		if (!answered && this.#previewing?.last) return this.#giveUp(this.#previewing, true);
		const busy = answered ? cell : (this.running.at(-1) ?? cell);
		replace('limit', [busy], 'stopped_by_limit');
	}

	/** A preview is over its time: it keeps the worker busy, or waits for what does not come. */
	async #judgePreview(previewing: Previewing): Promise<void> {
		const { answersWithin, loads } = this.#options;
		const answered = await answersWithin(GRACE_MS);
		if (answered === null || this.#previewing !== previewing) return;
		if (answered && loads()) return this.#restart(previewing);
		// A cell that started since is judged as any is.
		if (!answered && !previewing.last) return;
		this.#giveUp(previewing, !answered);
	}

	/** @param busy the worker computes it still, and has to be replaced */
	#giveUp({ request }: Previewing, busy: boolean): void {
		const { giveUp, replace } = this.#options;
		this.#previewing = null;
		giveUp(request);
		if (busy) replace('preview', [], 'stopped_by_limit');
	}

	/** No cell runs, and yet the worker may be lost in a timer or a callback. */
	async #listen(): Promise<void> {
		const { answersWithin, limits, replace } = this.#options;
		if ((await answersWithin(limits.silentSeconds * 1_000)) !== false) return;
		replace('unresponsive', this.computing, 'stopped_by_limit');
	}
}
