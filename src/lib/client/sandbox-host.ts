/**
 * The page's side of the cell worker: starts it in its frame, hands it cells and files, checks all that it
 * says, and replaces it when a cell does not end, when it floods the page, or when it dies. The worker holds nothing
 * that can't be made again: a new one gets the cells once more and loads its tables again.
 */
import { AppError } from '../core/errors.ts';
import type { Lineage, LineageSource } from '../core/governance/terms.ts';
import type { Lang } from '../core/notebook/notebook.ts';
import { Malformed, readMessage, REPLIES, type Heard } from '../core/protocol/guards.ts';
import {
	changes,
	LIMITS,
	type CellErrorCode,
	type CellSource,
	type ControlValue,
	type FileName,
	type HostMessage,
	type InspectEntry,
	type TableSummary,
	type WorkerMessage
} from '../core/protocol/messages.ts';
import type { MatchedColumns } from '../core/pipeline/step.ts';
import type { JoinMatches, Preview } from '../core/protocol/preview.ts';
import type { RowKeys, RowPlace, RowWanted } from '../core/protocol/row-anchors.ts';
import type { ArrangedWindow, TableAsk } from '../core/protocol/table-query.ts';
import { CellPreview } from './cell-preview.ts';
import { CellTable, type ShownTable } from './cell-table.ts';
import { SandboxClock } from './sandbox-clock.ts';
import { SandboxFiles } from './sandbox-files.ts';
import { startFrame, type SandboxFrame } from './sandbox-frame.ts';
import { SandboxQuestions } from './sandbox-questions.ts';

/** Why the worker was replaced, and which cells now wait for the person. */
export interface SandboxLoss {
	readonly reason: 'limit' | 'person' | 'flood' | 'memory' | 'unresponsive' | 'preview';
	/** Cells held until someone runs them. */
	readonly held: readonly string[];
	/** An error code with a message, when the person must be told more than the cells' own states say. */
	readonly code: string | null;
}

export interface SandboxHostOptions {
	/** Where the hidden frame lives. */
	container: HTMLElement;
	lang: Lang;
	dark: boolean;
	/** Bytes are transferred to the worker: hand over a buffer that nobody else uses. */
	loadFile: (name: FileName) => Promise<{ bytes: ArrayBuffer; source: LineageSource }>;
	/**
	 * Every checked message but replies, file requests and a `rest` that was said before the worker had all that it
	 * was sent; also the states that the host itself gives.
	 */
	on: (message: WorkerMessage) => void;
	onLost?: (loss: SandboxLoss) => void;
	/** The sandbox cannot start, or stopped for good: nothing runs until `start()` is called again. */
	onFailed?: (error: AppError) => void;
	limits?: Partial<SandboxLimits>;
}

export interface SandboxLimits {
	cellSeconds: number;
	messagesPerSecond: number;
	charsPerSecond: number;
	/** A worker that runs no cell and answers nothing for that long is replaced. */
	silentSeconds: number;
	/** What a grid asks of its view of a table is given up after that long. */
	askSeconds: number;
	/** Replacements in a row, each soon after the last, after which every cell is held. */
	replacements: number;
}

/** Files that a worker asks for in a second. */
const ASKS_PER_SECOND = 500;
/** Replacements closer together than this are « in a row ». */
const SOON_MS = 30_000;

export class SandboxHost {
	readonly #options: SandboxHostOptions;
	readonly #limits: SandboxLimits;
	#lang: Lang;
	#dark: boolean;
	#frame: SandboxFrame | null = null;
	#starting: Promise<void> | null = null;
	/** Grows with each worker: what an older one left behind is ignored. */
	#generation = 0;
	#views = 0;
	#destroyed = false;

	#cells: readonly CellSource[] = [];
	#held = new Set<string>();
	/** Latest value given to each control, given again to the next worker. */
	#inputs = new Map<string, ControlValue>();

	readonly #questions = new SandboxQuestions({
		connected: () => this.#frame !== null,
		post: (message) => this.#post(message)
	});
	readonly #files: SandboxFiles;
	readonly #clock: SandboxClock;
	#runs = new Map<string, number>();
	/** The cells from which each takes names. */
	#from = new Map<string, readonly string[]>();
	#heard = 0;
	/** Changes that this worker was sent. */
	#changes = 0;
	#flood = { since: 0, messages: 0, chars: 0, asks: 0 };
	#losses: number[] = [];
	/** Messages dropped because they were malformed. */
	dropped = 0;

	constructor(options: SandboxHostOptions) {
		this.#options = options;
		this.#lang = options.lang;
		this.#dark = options.dark;
		this.#limits = {
			cellSeconds: LIMITS.cellSeconds,
			messagesPerSecond: LIMITS.messagesPerSecond,
			charsPerSecond: LIMITS.charsPerSecond,
			silentSeconds: 10,
			askSeconds: 60,
			replacements: 5,
			...options.limits
		};
		this.#files = new SandboxFiles({
			loadFile: options.loadFile,
			isNamed: (name) => this.#cells.some(({ source }) => source.includes(name)),
			post: (message, transfer) => this.#post(message, transfer),
			came: () => this.#clock.fileCame()
		});
		this.#clock = new SandboxClock({
			limits: this.#limits,
			answersWithin: (ms) => this.#answersWithin(ms),
			waits: (cell) => this.#waits(cell),
			loads: () => this.#files.loading.size > 0,
			giveUp: (request) => this.#questions.giveUp(request),
			replace: (reason, blamed, code) => this.#replace(reason, blamed, code)
		});
	}

	/** Resolves when the worker is ready; rejects (and calls `onFailed`) when it cannot be isolated or started. */
	start(): Promise<void> {
		if (this.#frame) return Promise.resolve();
		this.#starting ??= this.#boot().finally(() => {
			this.#starting = null;
		});
		return this.#starting;
	}

	/** The whole list of cells, in page order. */
	setCells(cells: readonly CellSource[]): void {
		const ids = new Set(cells.map(({ id }) => id));
		const written = new Map(cells.map(({ id, source }) => [id, source]));
		// What was chosen in a control that is written anew, or gone, is no choice of the next worker's.
		for (const { id, source } of this.#cells)
			if (written.get(id) !== source)
				for (const control of this.#inputs.keys())
					if (control.startsWith(`${id}.`)) this.#inputs.delete(control);
		this.#cells = cells.map(({ id, mode, source }) => ({ id, mode, source }));
		for (const id of this.#held) if (!ids.has(id)) this.#held.delete(id);
		this.#sendCells();
	}

	/** Runs cells again, each once, and releases those that were held. */
	run(cells: readonly string[]): void {
		for (const cell of cells) this.#held.delete(cell);
		this.#post({ type: 'run', cells });
	}

	/** Stops a cell (or all that run); it waits until someone runs it again. */
	stop(cell?: string): void {
		const { running } = this.#clock;
		const stopped = cell === undefined ? running : [cell];
		if (stopped.length === 0) return;
		if (stopped.some((id) => running.includes(id))) {
			this.#replace('person', stopped, 'stopped_by_person');
			return;
		}
		for (const id of stopped) this.#held.add(id);
		this.#sendCells();
	}

	/** A control was moved. */
	input(control: string, value: ControlValue): void {
		this.#inputs.set(control, value);
		this.#post({ type: 'input', control, value });
	}

	/** Rows of a table; with a view, as it is arranged there. */
	window(
		table: string,
		offset: number,
		count: number,
		columns: readonly string[] | null,
		arranged?: { readonly view: number; readonly rows: number }
	): Promise<ArrangedWindow> {
		const rows = Math.min(count, LIMITS.windowRows);
		const width = columns?.length ?? LIMITS.columns;
		const view = arranged && { view: arranged.view };
		return this.#ask(
			(request) => ({ type: 'window', request, table, ...view, offset, count: rows, columns }),
			(value) => REPLIES.window(value, width, rows, arranged?.rows)
		);
	}

	/** Which worker this is: the handles of one say nothing to the next. */
	get generation(): number {
		return this.#generation;
	}

	/** A view of its own of a table that a cell shows. */
	look(shown: ShownTable): CellTable {
		return new CellTable(this, shown, ++this.#views);
	}

	/**
	 * @param read makes of the answer what was asked, or throws `Malformed`
	 * @throws AppError `sandbox_unresponsive` when the answer takes too long
	 */
	async ask<T>(
		table: string,
		view: number,
		ask: TableAsk,
		read: (value: unknown) => T,
		progress?: (done: number) => void
	): Promise<T> {
		let late: ReturnType<typeof setTimeout> | undefined;
		const answered = this.#ask(
			(request) => {
				late = setTimeout(() => {
					this.#questions.giveUp(request);
					this.closeView(table, view);
				}, this.#limits.askSeconds * 1_000);
				return { type: 'ask', request, table, view, ask };
			},
			read,
			progress
		);
		try {
			return await answered;
		} finally {
			clearTimeout(late);
		}
	}

	closeView(table: string, view: number): void {
		this.#post({ type: 'close-view', table, view });
	}

	/** A preview of its own of a cell's chain. */
	preview(cell: string): CellPreview {
		return new CellPreview(this, cell, ++this.#views);
	}

	/**
	 * @returns null where a later request took the place of this one
	 * @throws AppError `sandbox_unresponsive` when it does not end: the worker is then replaced, and no cell is held
	 */
	askPreview(
		preview: number,
		{ cell, head, steps }: { cell: string; head: string; steps: readonly string[] }
	): Promise<Preview | null> {
		return this.#ask(
			(request) => ({ type: 'preview', request, preview, cell, head, steps }),
			(value) => REPLIES.preview(value, steps.length)
		);
	}

	/** How well a table that is looked at matches another of the notebook, by its name. */
	match(
		shown: Pick<ShownTable, 'table' | 'rows'>,
		other: string,
		on: readonly MatchedColumns[]
	): Promise<JoinMatches> {
		return this.#ask(
			(request) => ({ type: 'match', request, table: shown.table, other, on }),
			(value) => REPLIES.matches(value, on.length, shown.rows)
		);
	}

	closePreview(preview: number): void {
		this.#post({ type: 'close-preview', preview });
	}

	summary(table: string): Promise<TableSummary> {
		return this.#ask((request) => ({ type: 'summary', request, table }), REPLIES.summary);
	}

	lineage(table: string): Promise<Lineage> {
		return this.#ask((request) => ({ type: 'lineage', request, table }), REPLIES.lineage);
	}

	/** What tells a row from the others, and its value of a column; `row` as the table stands, from 0. */
	rowKeys(table: string, row: number, column: string | null): Promise<RowKeys> {
		return this.#ask(
			(request) => ({ type: 'row-keys', request, table, row, column }),
			REPLIES.rowKeys
		);
	}

	/** What tells a table's values from others. */
	digest(table: string): Promise<string> {
		return this.#ask((request) => ({ type: 'digest', request, table }), REPLIES.digest);
	}

	/** Where rows that are known by their keys stand; at most `LIMITS.locatedRows` of them. */
	locate(
		{ table, rows }: Pick<ShownTable, 'table' | 'rows'>,
		wanted: readonly RowWanted[]
	): Promise<readonly RowPlace[]> {
		return this.#ask(
			(request) => ({ type: 'locate', request, table, wanted }),
			(value) => REPLIES.places(value, wanted.length, rows)
		);
	}

	expand(handle: number): Promise<readonly InspectEntry[]> {
		return this.#ask((request) => ({ type: 'expand', request, handle }), REPLIES.expand);
	}

	setLocale(lang: Lang, dark: boolean): void {
		this.#lang = lang;
		this.#dark = dark;
		this.#post({ type: 'locale', lang, dark });
	}

	destroy(): void {
		this.#destroyed = true;
		this.#end();
	}

	// ---------------------------------------------------------------- a worker's life

	async #boot(): Promise<void> {
		const generation = ++this.#generation;
		try {
			const starting = startFrame(this.#options.container);
			const frame = starting instanceof Promise ? await starting : starting;
			if (this.#destroyed || generation !== this.#generation) return frame.destroy();
			frame.hear = (data) => {
				if (generation === this.#generation) this.#hear(data);
			};
			frame.lost = () => {
				if (generation === this.#generation)
					this.#replace('memory', this.#clock.computing, 'memory');
			};
			this.#frame = frame;
			this.#changes = 0;
			this.#heard = performance.now();
			this.#post({
				type: 'init',
				lang: this.#lang,
				dark: this.#dark,
				inputs: [...this.#inputs]
			});
			this.#options.on({ type: 'ready' });
			this.#sendCells();
			this.#clock.start();
		} catch (cause) {
			const error = cause instanceof AppError ? cause : new AppError('sandbox_failed');
			this.#options.onFailed?.(error);
			throw error;
		}
	}

	#end(): void {
		this.#generation++;
		this.#frame?.destroy();
		this.#frame = null;
		this.#clock.end();
		this.#files.end();
		this.#flood = { since: 0, messages: 0, chars: 0, asks: 0 };
		this.#questions.end();
	}

	/** Ends this worker and starts another; the cells to blame are held, the others come back by themselves. */
	#replace(reason: SandboxLoss['reason'], blamed: readonly string[], code: CellErrorCode): void {
		if (this.#destroyed) return;
		const { runs } = this.#clock;
		this.#end();
		for (const id of blamed) this.#held.add(id);

		const now = performance.now();
		const byPerson = reason === 'person';
		const byPreview = reason === 'preview';
		this.#losses = byPerson ? [] : [...this.#losses.filter((at) => now - at < SOON_MS), now];
		// Nobody to blame, or again and again: everything waits for the person rather than looping.
		const everything =
			(!byPerson && !byPreview && blamed.length === 0) ||
			this.#losses.length >= this.#limits.replacements;
		if (everything) for (const { id, mode } of this.#cells) if (mode === 'js') this.#held.add(id);

		// Before the states that follow from it: what waits for rest knows that there is none yet.
		this.#options.onLost?.({
			reason,
			held: [...this.#held],
			code: reason === 'limit' || byPerson || byPreview ? null : `sandbox_${reason}`
		});
		const details: Record<string, number> =
			code === 'stopped_by_limit' ? { seconds: this.#limits.cellSeconds } : {};
		if (blamed.length > 0)
			this.#options.on({
				type: 'states',
				states: blamed.map((id) => ({
					id,
					run: runs.get(id) ?? this.#runs.get(id) ?? 0,
					state: 'stopped',
					ms: null,
					error: {
						code,
						details,
						line: null,
						column: null,
						related: []
					},
					blockedBy: null
				}))
			});
		this.start().catch(() => {
			// Told through onFailed.
		});
	}

	// ---------------------------------------------------------------- host → worker

	#post(message: HostMessage, transfer: Transferable[] = []): void {
		if (!this.#frame) return;
		if (changes(message)) this.#changes++;
		this.#frame.port.postMessage(message, transfer);
	}

	#sendCells(): void {
		this.#post({ type: 'cells', cells: this.#cells, held: [...this.#held] });
	}

	#ask<T>(
		message: (request: number) => HostMessage,
		read: (value: unknown) => T,
		progress?: (done: number) => void
	): Promise<T> {
		return this.#questions.ask(message, read, progress);
	}

	#ping(): Promise<null> {
		return this.#ask((request) => ({ type: 'ping', request }), REPLIES.ping);
	}

	// ---------------------------------------------------------------- worker → host

	#hear(data: unknown): void {
		this.#heard = performance.now();
		let heard: { message: Heard; chars: number };
		try {
			heard = readMessage(data);
		} catch (cause) {
			if (!(cause instanceof Malformed)) throw cause;
			if (!this.#overflows(0)) this.#drop(data, cause);
			return;
		}
		if (this.#overflows(heard.chars)) return;
		const { message } = heard;
		switch (message.type) {
			case 'ready':
				return;
			case 'rest':
				if (message.heard !== this.#changes) return;
				break;
			case 'previewing':
				if (this.#questions.has(message.request)) this.#clock.previews(message.request);
				return;
			case 'arranging':
				return this.#questions.progress(message.request, message.done);
			case 'reply':
				if (this.#questions.has(message.request)) this.#clock.previewed(message.request);
				if (!this.#questions.answer(message)) this.dropped++;
				return;
			case 'need-file':
				if (++this.#flood.asks > ASKS_PER_SECOND) return this.#flooded();
				return void this.#files.load(message.name);
			case 'running':
				this.#clock.started(message.cell, message.run);
				this.#runs.set(message.cell, message.run);
				break;
			case 'states':
				for (const { id, run, state } of message.states)
					if (state !== 'running') this.#clock.ended(id, run);
				break;
			case 'graph':
				this.#from = new Map(message.cells.map(({ id, from }) => [id, from]));
				break;
			case 'outputs':
				break;
		}
		this.#options.on(message);
	}

	/** A malformed message is dropped and counted; a cell whose output it was says so. */
	#drop(data: unknown, why: Malformed): void {
		this.dropped++;
		const { type, cell, run } = (data ?? {}) as { type?: unknown; cell?: unknown; run?: unknown };
		if (type !== 'outputs' || typeof cell !== 'string') return;
		if (!this.#cells.some(({ id }) => id === cell)) return;
		this.#clock.ended(cell);
		this.#options.on({
			type: 'states',
			states: [
				{
					id: cell,
					run: typeof run === 'number' ? run : 0,
					state: 'error',
					ms: null,
					error: {
						code: 'output_too_large',
						details: { what: why.what, limit: '' },
						line: null,
						column: null,
						related: []
					},
					blockedBy: null
				}
			]
		});
	}

	/** Counts what comes in, second by second; a worker that says too much is replaced. */
	#overflows(chars: number): boolean {
		const flood = this.#flood;
		if (this.#heard - flood.since > 1_000) {
			flood.since = this.#heard;
			flood.messages = 0;
			flood.chars = 0;
			flood.asks = 0;
		}
		flood.messages++;
		flood.chars += chars;
		if (
			flood.messages <= this.#limits.messagesPerSecond &&
			flood.chars <= this.#limits.charsPerSecond
		)
			return false;
		this.#flooded();
		return true;
	}

	#flooded(): void {
		this.#replace('flood', this.#clock.computing, 'output_too_large');
	}

	/** Whether a cell may be waiting for a file: its source names one that is on its way, or one does that it uses. */
	#waits(cell: string, seen = new Set<string>()): boolean {
		const { loading } = this.#files;
		if (loading.size === 0 || seen.has(cell)) return false;
		seen.add(cell);
		const source = this.#cells.find(({ id }) => id === cell)?.source ?? '';
		return (
			[...loading].some((name) => source.includes(name)) ||
			(this.#from.get(cell) ?? []).some((from) => this.#waits(from, seen))
		);
	}

	/** null: the worker was replaced meanwhile. */
	async #answersWithin(ms: number): Promise<boolean | null> {
		const generation = this.#generation;
		const answered = await Promise.race([
			this.#ping().then(
				() => true,
				() => true
			),
			new Promise<false>((resolve) => setTimeout(() => resolve(false), ms))
		]);
		return generation === this.#generation ? answered : null;
	}
}
