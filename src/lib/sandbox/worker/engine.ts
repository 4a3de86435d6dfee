/**
 * Runs cells. What must run is decided by `core/analysis` (pure); here it happens: values travel from cell to cell,
 * promises are awaited, generators pulled, superseded runs dropped. Cells that need no waiting run one after the
 * other in one go, with no turn of the event loop between them, but never for longer than a slice.
 */
import { kindOf } from '../../core/analysis/kind-of.ts';
import type { Graph } from '../../core/analysis/graph.ts';
import { buildGraph, EMPTY_GRAPH, readCells } from '../../core/analysis/graph.ts';
import type { Analyses } from '../../core/analysis/graph.ts';
import type { CellAnalysis } from '../../core/analysis/cell.ts';
import type { Plan } from '../../core/analysis/plan.ts';
import { planChange } from '../../core/analysis/plan.ts';
import type { CellKind } from '../../core/notebook/kind.ts';
import type { Lineage, LineageSource } from '../../core/governance/terms.ts';
import type {
	CellError,
	CellSource,
	CellState,
	Output,
	WorkerMessage
} from '../../core/protocol/messages.ts';
import { GoneError } from '../../core/errors.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { BESIDE } from '../../core/protocol/preview.ts';
import { ColumnTable } from 'arquero';
import type { Slot } from './cell-node.ts';
import { CellNode, inputNamed, newSlot } from './cell-node.ts';
import { compileCell } from './compile.ts';
import { cellErrorOf, CellFailure } from './failure.ts';
import type { Given } from './group-floors.ts';
import type { LineageContext } from './lineage.ts';
import { knownLineage, NO_LINEAGE, setRunning, tableLineage, unionLineage } from './lineage.ts';
import { isGenerator, isThenable, liveSource } from './live.ts';

/** What the engine needs from where it runs. */
export interface EnginePlatform {
	send(message: WorkerMessage): void;
	/** Milliseconds, monotonic. */
	now(): number;
	/** Runs the task in a later turn of the event loop, soon. */
	soon(task: () => void): void;
	/** Runs the task at the pace of animation. */
	frame(task: () => void): void;
}

/** A cell seen by the built-ins and outputs that are made for its present run. */
export interface CellRun extends LineageContext {
	/** false once the run is superseded. */
	readonly live: boolean;
	show(output: Output): void;
	/** Something to do when the run is over. */
	onDispose(cleanup: () => void): void;
	/** Keeps a handle (table, opened value) as long as the run's outputs are shown. */
	keep(handle: string): void;
	addFile(source: Lineage['sources'][number]): void;
	/** The number, from 0, of the next control shown by this run. */
	nextControl(): number;
	/** What the cell's inputs are: for suggestions. */
	inputValues(): unknown[];
	/** The cell's own text. */
	readonly source: string;
	/** The value of a name that other cells give it; undefined for any other. */
	input(name: string): unknown;
}

export interface Surroundings {
	/** The value of a built-in for a run; a `Slot` when it changes by itself. */
	builtin(name: string, run: CellRun): unknown;
	/** The slot of a built-in that changes by itself, or null. */
	liveBuiltin(name: string): Slot | null;
	/** What is shown for a value. Throws a CellFailure when it is too large. */
	describe(value: unknown, run: CellRun): Output;
	/** An output to be sent, as it now stands. */
	present(output: Output): Output;
	release(handles: readonly string[]): void;
	/** The cell was removed: forget what is kept for it between runs. */
	forget(cell: string): void;
}

/** Longest stretch of cells, in ms, before messages are looked at: what supersedes a run is then noticed. */
const SLICE_MS = 24;
const FLUSH_MS = 40;
/** A cell that took this long, or was never timed, may take long again. */
const SLOW_MS = 8;

export class Engine {
	readonly #platform: EnginePlatform;
	readonly #around: Surroundings;
	#analyses: Analyses = new Map();
	#graph: Graph = EMPTY_GRAPH;
	#held: ReadonlySet<string> = new Set();
	readonly #nodes = new Map<string, CellNode>();
	#ready: CellNode[] = [];
	#dirty: CellNode[] = [];
	#withOutputs: CellNode[] = [];
	#draining = false;
	/** Runs have ended since the last drain. */
	#ended = false;
	#flushing = false;
	#lastFlush = 0;
	#columns = '';
	/** Changes that the host sent, and how many of them the last `rest` counted. */
	#heard = 0;
	#rested = 0;
	#resting = false;
	readonly #kinds = new WeakMap<CellAnalysis, CellKind>();

	constructor(platform: EnginePlatform, around: Surroundings) {
		this.#platform = platform;
		this.#around = around;
	}

	setCells(cells: readonly CellSource[], held: readonly string[]): void {
		const before = this.#graph;
		this.#analyses = readCells(this.#analyses, cells);
		this.#graph = buildGraph(this.#analyses);
		const heldBefore = this.#held;
		this.#held = new Set(held);
		const plan = planChange({ before, after: this.#graph, heldBefore, held: this.#held });
		for (const id of plan.removed) this.#remove(id);
		this.#wire();
		this.#sendGraph();
		this.#apply(plan);
	}

	/** Runs cells again, and what depends on them, each once; lets go those that were held. */
	run(ids: readonly string[]): void {
		const asked = ids.filter((id) => this.#nodes.has(id));
		if (asked.length === 0) return;
		const heldBefore = this.#held;
		this.#held = new Set([...heldBefore].filter((held) => !asked.includes(held)));
		this.#apply(
			planChange({
				before: this.#graph,
				after: this.#graph,
				heldBefore,
				held: this.#held,
				asked
			})
		);
	}

	/** A value that changes by itself has changed: what uses it runs again. */
	changed(slot: Slot, value: unknown): void {
		slot.value = value;
		slot.status = 'ready';
		this.#schedule(this.#downstream(slot));
		this.#drain();
	}

	/** A control is being moved: the cells that show it say again where it stands. */
	moved(control: string): void {
		for (const node of this.#nodes.values()) {
			if (node.outputs.some((output) => output.kind === 'control' && output.control === control))
				this.#markOutputs(node);
		}
	}

	/** Cells that use a built-in whose meaning changed (the language, for charts) run again. */
	runUsersOf(builtin: string): void {
		const users = [...this.#nodes.values()].filter((node) => node.inputs.includes(builtin));
		this.#schedule(this.#closure(users));
		this.#drain();
	}

	/** The host sends a change, about to be acted on: it is told when all has come to rest again. */
	heard(): void {
		this.#heard += 1;
		this.#restSoon();
	}

	/** Whether a cell is queued, running or waiting for a promise. */
	get busy(): boolean {
		for (const { state } of this.#nodes.values()) {
			if (state === 'queued' || state === 'running') return true;
		}
		return false;
	}

	#remove(id: string): void {
		const node = this.#nodes.get(id);
		if (!node) return;
		this.#supersede(node);
		this.#around.release([...node.handles, ...node.shownHandles]);
		this.#around.forget(id);
		this.#nodes.delete(id);
	}

	/** Makes nodes and their connections agree with the graph. */
	#wire(): void {
		for (const [id, { analysis }] of this.#graph.cells) {
			const node = this.#nodes.get(id);
			if (!node) {
				const made = new CellNode(id, analysis);
				made.slots = analysis.defines.map((name) => newSlot(name, made));
				this.#nodes.set(id, made);
			} else if (node.analysis !== analysis) {
				node.analysis = analysis;
				node.call = null;
				node.slots = analysis.defines.map((name) => newSlot(name, node));
			}
		}
		for (const { slots } of this.#nodes.values()) {
			for (const slot of slots) {
				slot.users = [];
				slot.downstream = null;
			}
		}
		const lives = new Set<Slot>();
		this.#graph.order.forEach((id, index) => {
			const node = this.#nodes.get(id);
			const place = this.#graph.cells.get(id);
			if (!node || !place) return;
			node.index = index;
			node.inputs = node.analysis.inputs.map((name) => {
				const definer = place.sources.get(name);
				const slot =
					definer === undefined
						? this.#around.liveBuiltin(name)
						: (this.#nodes.get(definer)?.slots.find((s) => s.name === name) ?? null);
				if (!slot) return name;
				if (slot.cell === null && !lives.has(slot)) {
					lives.add(slot);
					slot.users = [];
					slot.downstream = null;
				}
				slot.users.push(node);
				return slot;
			});
		});
	}

	#apply(plan: Plan): void {
		for (const [id, error] of plan.failed) {
			const node = this.#nodes.get(id);
			if (!node) continue;
			this.#supersede(node);
			this.#fail(node, error);
		}
		for (const id of this.#held) {
			const node = this.#nodes.get(id);
			if (!node || !plan.reasons.has(id)) continue;
			this.#supersede(node);
			node.state = 'stopped';
			this.#failSlots(node, id);
		}
		for (const [id, blocker] of plan.blocked) {
			const node = this.#nodes.get(id);
			if (!node) continue;
			this.#supersede(node);
			this.#block(node, blocker);
		}
		this.#schedule(plan.run.flatMap((id) => this.#nodes.get(id) ?? []));
		this.#drain();
	}

	/** Everything downstream of some cells, themselves included, in order. */
	#closure(nodes: readonly CellNode[]): CellNode[] {
		const found = new Set(nodes);
		for (const node of found) {
			for (const slot of node.slots) for (const user of slot.users) found.add(user);
		}
		const runnable = [...found].filter(({ id }) => {
			const cell = this.#graph.cells.get(id);
			return cell !== undefined && cell.error === null && !this.#held.has(id);
		});
		return runnable.sort((a, b) => a.index - b.index);
	}

	#downstream(slot: Slot): CellNode[] {
		return (slot.downstream ??= this.#closure(slot.users));
	}

	/** Queues cells (given in order, with all that depends on them). */
	#schedule(nodes: readonly CellNode[]): void {
		for (const node of nodes) {
			this.#supersede(node);
			node.queued = true;
			node.sentRun = node.run;
			node.state = 'queued';
			node.error = null;
			node.blockedBy = null;
			this.#mark(node);
			for (const slot of node.slots) slot.status = 'pending';
		}
		for (const node of nodes) {
			if (!node.queued) continue;
			let waiting = 0;
			let blocker: string | null = null;
			for (const input of node.inputs) {
				if (typeof input === 'string') continue;
				if (input.status === 'pending') waiting += 1;
				else if (input.status === 'failed') blocker ??= input.blocker;
			}
			const { blockedBy } = this.#graph.cells.get(node.id) ?? { blockedBy: null };
			if (blocker ?? blockedBy) this.#block(node, blocker ?? blockedBy ?? '');
			else {
				node.waiting = waiting;
				if (waiting === 0) this.#ready.push(node);
			}
		}
	}

	/** Ends what the cell's last run started; what it still gives will be dropped. */
	#supersede(node: CellNode): void {
		node.run += 1;
		node.queued = false;
		node.pending = 0;
		const { cleanups } = node;
		if (!cleanups) return;
		node.cleanups = null;
		this.#ended = true;
		for (const cleanup of cleanups) {
			try {
				cleanup();
			} catch {
				// A cell's own clean-up failed: its run is over all the same.
			}
		}
	}

	#drain(): void {
		if (this.#draining) return;
		if (this.#ended) {
			// What waited for `invalidation` is told before the next run begins.
			this.#ended = false;
			void Promise.resolve().then(() => this.#drain());
			return;
		}
		this.#draining = true;
		const start = this.#platform.now();
		let at = 0;
		let clock = start;
		let told = false;
		this.#lastFlush = start;
		while (at < this.#ready.length) {
			if (clock - start > SLICE_MS) {
				this.#ready = this.#ready.slice(at);
				this.#draining = false;
				this.#flush();
				this.#platform.soon(() => this.#drain());
				return;
			}
			const node = this.#ready[at++];
			if (!node?.queued || node.waiting > 0) continue;
			// Before what may take long, people see what is in line and what is done.
			if (!told && (node.ms ?? SLOW_MS) >= SLOW_MS) {
				told = true;
				this.#flush();
			} else if (clock - this.#lastFlush > FLUSH_MS) this.#flush();
			clock = this.#execute(node, clock);
		}
		this.#ready = [];
		this.#draining = false;
		this.#flush();
	}

	/** Runs one cell now; returns the time at its end. */
	#execute(node: CellNode, clock: number): number {
		const { run } = node;
		node.queued = false;
		node.state = 'running';
		node.startedAt = clock;
		node.pending = 1;
		node.outputs = [];
		if (node.handles.length > 0) {
			this.#around.release(node.handles);
			node.handles = [];
		}
		node.controls = 0;
		node.files = node.files.length > 0 ? [] : node.files;
		node.taints = null;
		node.lineageMemo = null;
		this.#mark(node);
		this.#platform.send({ type: 'running', cell: node.id, run });
		const handle = new RunHandle(this, node, run);
		const before = setRunning(handle);
		try {
			const call = (node.call ??= compileCell(node));
			const { inputs } = node;
			const args: unknown[] = node.analysis.compiled?.texts
				? [Object.assign([...node.analysis.compiled.texts], { raw: node.analysis.compiled.texts })]
				: [];
			let objects = false;
			for (let i = 0; i < inputs.length; i++) {
				const input = inputs[i];
				if (typeof input === 'string') args[args.length] = this.#around.builtin(input, handle);
				else {
					const value = input?.value;
					args[args.length] = value;
					objects ||= typeof value === 'object' || typeof value === 'function';
				}
			}
			const value = apply(call, undefined, args) as unknown;
			node.tainting = objects;
			if (objects) this.#taintInputs(node, handle);
			if (isThenable(value))
				this.#await(node, run, value, (result) => this.#given(node, run, result));
			else this.#given(node, run, value);
		} catch (error) {
			this.#failed(node, run, error);
		} finally {
			setRunning(before);
		}
		return this.#platform.now();
	}

	/** The function's value has come: an expression's value, or the values of the names that it defines. */
	#given(node: CellNode, run: number, value: unknown): void {
		if (node.run !== run) return;
		if (node.analysis.mode === 'js' && !node.analysis.expression) {
			const { slots } = node;
			const values = value as unknown[];
			for (let i = 0; i < slots.length; i++) {
				const slot = slots[i];
				if (slot) this.#fill(node, run, slot, values[i]);
			}
		} else if (node.analysis.autodisplay) this.#follow(node, run, value, null);
		this.#arrived(node, run);
	}

	/** Gives a name its value, now or when it comes. */
	#fill(node: CellNode, run: number, slot: Slot, value: unknown): void {
		if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
			this.#set(slot, value);
		} else this.#follow(node, run, value, slot);
	}

	#set(slot: Slot, value: unknown): void {
		const again = slot.status === 'ready';
		slot.value = value;
		if (again) {
			this.#schedule(this.#downstream(slot));
			return;
		}
		slot.status = 'ready';
		for (const user of slot.users) {
			if (user.queued && --user.waiting === 0) this.#ready.push(user);
		}
	}

	/** Takes a value into a slot, or onto the screen (slot null): awaited, pulled or listened to as it needs. */
	#follow(node: CellNode, run: number, value: unknown, slot: Slot | null): void {
		const take = (next: unknown): void => {
			// A table that plain code made takes its lineage from the cell that gives it a name.
			if (next instanceof ColumnTable) tableLineage(next, new RunHandle(this, node, run));
			if (slot) {
				this.#set(slot, next);
				if (next instanceof ColumnTable) this.#showNamed(node, run, slot.name, next);
			} else {
				this.#clearOutputs(node);
				this.#show(node, run, next);
			}
		};
		const live = liveSource(value);
		if (live) {
			let come = false;
			const changed = (): void => {
				if (node.run !== run) return;
				take(live.get());
				if (!come) {
					come = true;
					this.#arrived(node, run);
				}
			};
			let soon = false;
			node.pending += 1;
			(node.cleanups ??= []).push(
				live.listen(() => {
					// A change made inside a run is looked at after it; many changes in one turn count once.
					if (soon) return;
					soon = true;
					const later = (): void => {
						soon = false;
						try {
							changed();
						} catch (error) {
							this.#failed(node, run, error);
						}
						this.#drain();
					};
					if (this.#draining || !live.immediate) this.#platform.soon(later);
					else later();
				})
			);
			if (live.has()) changed();
		} else if (isThenable(value)) {
			node.pending += 1;
			this.#await(node, run, value, (result) => {
				this.#follow(node, run, result, slot);
				this.#arrived(node, run);
			});
		} else if (isGenerator(value)) {
			node.pending += 1;
			this.#pull(node, run, value, take);
		} else take(value);
	}

	#await(
		node: CellNode,
		run: number,
		promise: PromiseLike<unknown>,
		then: (v: unknown) => void
	): void {
		const settle = (step: () => void): void => {
			if (node.run !== run) return;
			try {
				step();
			} catch (error) {
				this.#failed(node, run, error);
			}
			this.#drain();
		};
		promise.then(
			(value) => settle(() => then(value)),
			(error: unknown) => settle(() => this.#failed(node, run, error))
		);
	}

	/** Pulls a generator: the first value now, the next ones at the pace of animation, until the run is over. */
	#pull(
		node: CellNode,
		run: number,
		generator: Iterator<unknown> | AsyncIterator<unknown>,
		take: (value: unknown) => void
	): void {
		let first = true;
		(node.cleanups ??= []).push(() => {
			const ended = generator.return?.();
			if (isThenable(ended)) ended.then(undefined, () => undefined);
		});
		const got = ({ done, value }: IteratorResult<unknown>): void => {
			if (node.run !== run) return;
			if (!done || first) take(done ? undefined : value);
			if (first) {
				first = false;
				this.#arrived(node, run);
			}
			if (!done) this.#platform.frame(step);
			this.#drain();
		};
		const step = (): void => {
			if (node.run !== run) return;
			const before = setRunning(new RunHandle(this, node, run));
			try {
				const result = generator.next();
				if (isThenable(result)) {
					this.#await(node, run, result as PromiseLike<IteratorResult<unknown>>, (r) => {
						const { done, value } = r as IteratorResult<unknown>;
						if (isThenable(value))
							this.#await(node, run, value, (v) =>
								got({ done, value: v } as IteratorResult<unknown>)
							);
						else got({ done, value } as IteratorResult<unknown>);
					});
				} else if (isThenable(result.value)) {
					this.#await(node, run, result.value, (value) =>
						got({ done: result.done ?? false, value })
					);
				} else got(result);
			} catch (error) {
				this.#failed(node, run, error);
				this.#drain();
			} finally {
				setRunning(before);
			}
		};
		step();
	}

	/** One of the things that the run waited for has come. */
	#arrived(node: CellNode, run: number): void {
		if (node.run !== run || node.state !== 'running') return;
		node.pending -= 1;
		if (node.pending > 0) return;
		// An async cell may have read files since its first look.
		if (node.tainting && node.files.length > 0)
			this.#taintInputs(node, new RunHandle(this, node, run));
		node.state = 'done';
		node.ms = this.#platform.now() - node.startedAt;
		if (node.outputs.length > 0 || node.shown) this.#markOutputs(node);
		this.#mark(node);
	}

	#failed(node: CellNode, run: number, error: unknown): void {
		if (node.run !== run) return;
		const inputs = this.#inputValues(node);
		this.#supersede(node);
		node.ms = this.#platform.now() - node.startedAt;
		const late = node.slots.filter(({ status }) => status === 'ready');
		this.#fail(node, cellErrorOf(error, node, inputs));
		// Values given before the failure were used: what used them waits now.
		for (const slot of late) this.#schedule(this.#downstream(slot));
	}

	/** Leaves the cell in error: it shows nothing, and what needs it waits. */
	#fail(node: CellNode, error: CellError): void {
		node.state = 'error';
		node.error = error;
		node.blockedBy = null;
		this.#emptyOutputs(node);
		this.#mark(node);
		this.#failSlots(node, node.id);
	}

	#block(node: CellNode, blocker: string): void {
		node.queued = false;
		node.state = 'blocked';
		node.blockedBy = blocker;
		node.error = null;
		node.ms = null;
		this.#emptyOutputs(node);
		this.#mark(node);
		this.#failSlots(node, blocker);
	}

	#failSlots(node: CellNode, blocker: string): void {
		for (const slot of node.slots) {
			slot.status = 'failed';
			slot.value = undefined;
			slot.blocker = blocker;
			for (const user of slot.users) if (user.queued) this.#block(user, blocker);
		}
	}

	// ------------------------------------------------------------ outputs

	#clearOutputs(node: CellNode): void {
		node.outputs = [];
		this.#around.release(node.handles);
		node.handles = [];
		node.controls = 0;
	}

	#emptyOutputs(node: CellNode): void {
		this.#clearOutputs(node);
		if (node.shown) this.#markOutputs(node);
	}

	#show(node: CellNode, run: number, value: unknown): void {
		this.show(node, run, this.#around.describe(value, new RunHandle(this, node, run)));
	}

	/** A table that a cell defines can be looked at, though the cell displays nothing: people look at their data. */
	#showNamed(node: CellNode, run: number, named: string, table: ColumnTable): void {
		const before = node.outputs.find((o) => o.kind === 'table' && o.named === named);
		if (before?.kind === 'table') {
			node.outputs = node.outputs.filter((o) => o !== before);
			this.#around.release([before.table]);
		}
		if (node.outputs.length >= LIMITS.outputsPerCell) return;
		const output = this.#around.describe(table, new RunHandle(this, node, run));
		if (output.kind === 'table') this.show(node, run, { ...output, named });
	}

	/** Adds an output to a run; dropped when the run is superseded. */
	show(node: CellNode, run: number, output: Output): void {
		if (node.run !== run) return;
		if (node.outputs.length >= LIMITS.outputsPerCell) {
			throw new CellFailure('output_too_large', {
				what: 'outputs',
				limit: LIMITS.outputsPerCell
			});
		}
		node.outputs.push(output);
		this.#markOutputs(node);
	}

	#markOutputs(node: CellNode): void {
		if (!node.outputsDirty) {
			node.outputsDirty = true;
			this.#withOutputs.push(node);
		}
		this.#flushSoon();
	}

	#mark(node: CellNode): void {
		if (!node.dirty) {
			node.dirty = true;
			this.#dirty.push(node);
		}
	}

	/** For what happens outside of a run of cells: a `display` in a callback, say. */
	#flushSoon(): void {
		if (this.#draining || this.#flushing) return;
		this.#flushing = true;
		this.#platform.soon(() => {
			this.#flushing = false;
			this.#flush();
		});
	}

	/** Sends outputs, then states, so that a cell that is done has shown all that it shows. */
	#flush(): void {
		this.#lastFlush = this.#platform.now();
		if (this.#withOutputs.length > 0) {
			const nodes = this.#withOutputs;
			this.#withOutputs = [];
			for (const node of nodes) {
				node.outputsDirty = false;
				if (!this.#nodes.has(node.id)) continue;
				// What the host showed until now can no longer be asked about.
				const old = node.shownHandles.filter((handle) => !node.handles.includes(handle));
				node.shownHandles = [...node.handles];
				node.shown = node.outputs.length > 0;
				this.#platform.send({
					type: 'outputs',
					cell: node.id,
					run: node.sentRun,
					outputs: node.outputs.map((output) => this.#around.present(output))
				});
				this.#around.release(old);
			}
		}
		this.#restSoon();
		if (this.#dirty.length === 0) return;
		const nodes = this.#dirty;
		this.#dirty = [];
		const states: CellState[] = [];
		let settled = false;
		for (const node of nodes) {
			node.dirty = false;
			const { state } = node;
			if (!this.#nodes.has(node.id) || state === 'idle' || this.#held.has(node.id)) continue;
			settled ||= state === 'done';
			states.push({
				id: node.id,
				run: node.sentRun,
				state,
				ms: state === 'done' || state === 'error' ? node.ms : null,
				error: node.error,
				blockedBy: node.blockedBy
			});
		}
		if (states.length > 0) this.#platform.send({ type: 'states', states });
		if (settled && this.#ready.length === 0 && this.#columnsNow() !== this.#columns)
			this.#sendGraph();
	}

	/** In a turn of its own: what a change set off for a later turn (a callback's `Mutable`, say) comes first. */
	#restSoon(): void {
		if (this.#heard === this.#rested || this.#resting) return;
		this.#resting = true;
		this.#platform.soon(() => {
			this.#resting = false;
			// Each of these ends in a flush, which asks again.
			if (this.#flushing || this.busy) return;
			this.#flush();
			if (this.#heard === this.#rested) return;
			this.#rested = this.#heard;
			this.#platform.send({ type: 'rest', heard: this.#heard });
		});
	}

	#columnsOf(node: CellNode): Record<string, string[]> {
		const columns: Record<string, string[]> = {};
		for (const { name, status, value } of node.slots) {
			if (status === 'ready' && value instanceof ColumnTable) columns[name] = value.columnNames();
		}
		return columns;
	}

	/** The columns of every table, as one text to compare; '' when no cell defines a table. */
	#columnsNow(): string {
		let text = '';
		for (const { slots } of this.#nodes.values()) {
			for (const { status, value } of slots) {
				if (status === 'ready' && value instanceof ColumnTable)
					text += JSON.stringify(value.columnNames());
			}
		}
		return text;
	}

	/** Read once for each source. */
	#kindOf(analysis: CellAnalysis): CellKind {
		let kind = this.#kinds.get(analysis);
		if (!kind) {
			kind = kindOf(analysis.source, analysis.mode);
			this.#kinds.set(analysis, kind);
		}
		return kind;
	}

	#sendGraph(): void {
		this.#columns = this.#columnsNow();
		this.#platform.send({
			type: 'graph',
			cells: [...this.#graph.cells.values()].map(({ id, analysis, from }) => {
				const node = this.#nodes.get(id);
				return {
					id,
					kind: this.#kindOf(analysis),
					defines: analysis.defines,
					uses: analysis.inputs,
					from,
					columns: node ? this.#columnsOf(node) : {}
				};
			})
		});
	}

	// ------------------------------------------------------------ lineage

	#inputValues(node: CellNode): unknown[] {
		return node.inputs.flatMap((input) => (typeof input === 'string' ? [] : [input.value]));
	}

	/** All that a cell's value can come from: its inputs, its files, and what others put in its objects. */
	lineageOf(node: CellNode): Lineage {
		if (node.lineageMemo) return node.lineageMemo;
		// Two cells may hold each other's objects: while one is being looked at, it adds nothing more.
		node.lineageMemo = NO_LINEAGE;
		const parts: Lineage[] = [];
		for (const input of node.inputs) {
			if (typeof input === 'string' || !input.cell) continue;
			const known = input.value instanceof ColumnTable ? knownLineage(input.value) : null;
			parts.push(known ?? this.lineageOf(input.cell));
		}
		if (node.files.length > 0) {
			const steps = node.files.map(({ rows }) => ({ cell: node.id, verb: 'load', rows }));
			parts.push({ sources: node.files, steps });
		}
		if (node.taints) parts.push(...node.taints);
		const { sources, steps } = unionLineage(parts);
		const own = { cell: node.id, verb: 'code', rows: null };
		return (node.lineageMemo =
			sources.length === 0 ? NO_LINEAGE : { sources, steps: [...steps, own] });
	}

	/** What code could read in a cell: where an input is no table, all that its own cell could. */
	givenTo(node: CellNode): Given {
		const tables = new Set<ColumnTable>();
		const files = new Set<LineageSource>();
		const cells = new Set([node]);
		for (const cell of cells) {
			for (const file of cell.files) files.add(file);
			for (const { sources } of cell.taints ?? []) for (const source of sources) files.add(source);
			for (const input of cell.inputs) {
				if (typeof input === 'string' || !input.cell) continue;
				if (input.value instanceof ColumnTable) tables.add(input.value);
				else cells.add(input.cell);
			}
		}
		return { tables, files: [...files] };
	}

	// ------------------------------------------------------------ beside the cells

	/** What a name of the notebook stands for; null where no cell, or more than one, defines it. */
	slotOf(name: string): Slot | null {
		const definer = this.#graph.definers.get(name);
		if (definer === undefined) return this.#around.liveBuiltin(name);
		return this.#nodes.get(definer)?.slots.find((slot) => slot.name === name) ?? null;
	}

	/**
	 * A text that stands in a cell, or would, read apart: what it would be given there. No cell takes anything from the
	 * node that stands for it, and nothing wakes it.
	 * @param cell `BESIDE` for a text that stands in none
	 * @param analysis of the text, without the names that it is given besides
	 * @throws GoneError when the cell is there no more
	 */
	aside(
		cell: string,
		analysis: CellAnalysis
	): { node: CellNode; error: CellError | null; waiting: boolean } {
		const own = this.#analyses.get(cell);
		if (!own && cell !== BESIDE) throw new GoneError('gone');
		const { defines, definitions } = own ?? { defines: [], definitions: [] };
		// In the cell's place: what takes from the cell is a circle here too.
		const graph = buildGraph(
			new Map(this.#analyses).set(cell, { ...analysis, defines, definitions })
		);
		const place = graph.cells.get(cell);
		const node = new CellNode(cell, analysis);
		node.inputs = analysis.inputs.map((name) => this.slotOf(name) ?? name);
		const waiting = node.inputs.some(
			(input) => typeof input !== 'string' && input.status !== 'ready'
		);
		return { node, error: place?.error ?? null, waiting };
	}

	/** What the node's text was given, it may have put into the objects of other cells. */
	taintFrom(node: CellNode, context: LineageContext): void {
		this.#taintInputs(node, context);
	}

	forgetLineage(node: CellNode): void {
		node.lineageMemo = null;
	}

	/**
	 * A cell may put what it was given into the objects that it was given: their cells then come from all that this
	 * one comes from. Tables and functions of cells that keep nothing are left out.
	 */
	#taintInputs(node: CellNode, handle: LineageContext): void {
		let mine: Lineage | null = null;
		for (const input of node.inputs) {
			if (typeof input === 'string' || !input.cell || input.cell.analysis.stateless) continue;
			const { value } = input;
			if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
			if (value instanceof ColumnTable || liveSource(value)) continue;
			mine ??= handle.lineage();
			if (mine.sources.length === 0) return;
			const { cell } = input;
			const known = new Set(this.lineageOf(cell).sources);
			if (mine.sources.every((source) => known.has(source))) continue;
			(cell.taints ??= []).push(mine);
			cell.lineageMemo = null;
		}
	}

	inputValues(node: CellNode): unknown[] {
		return this.#inputValues(node);
	}
}

const { apply } = Reflect;

/** One run of one cell, as its built-ins see it. Made per run, it says whether that run still counts. */
class RunHandle implements CellRun {
	readonly #engine: Engine;
	readonly #node: CellNode;
	readonly #run: number;

	constructor(engine: Engine, node: CellNode, run: number) {
		this.#engine = engine;
		this.#node = node;
		this.#run = run;
	}

	get id(): string {
		return this.#node.id;
	}
	get live(): boolean {
		return this.#node.run === this.#run;
	}
	lineage(): Lineage {
		return this.#engine.lineageOf(this.#node);
	}
	given(): Given {
		return this.#engine.givenTo(this.#node);
	}
	show(output: Output): void {
		this.#engine.show(this.#node, this.#run, output);
	}
	onDispose(cleanup: () => void): void {
		if (this.live) (this.#node.cleanups ??= []).push(cleanup);
		else cleanup();
	}
	keep(handle: string): void {
		this.#node.handles.push(handle);
	}
	addFile(source: Lineage['sources'][number]): void {
		if (!this.live || this.#node.files.includes(source)) return;
		this.#node.files = [...this.#node.files, source];
		this.#engine.forgetLineage(this.#node);
	}
	nextControl(): number {
		return this.#node.controls++;
	}
	inputValues(): unknown[] {
		return this.#engine.inputValues(this.#node);
	}
	get source(): string {
		return this.#node.analysis.source;
	}
	input(name: string): unknown {
		return inputNamed(this.#node, name);
	}
}
