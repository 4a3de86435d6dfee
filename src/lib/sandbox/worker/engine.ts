/**
 * Runs cells. What must run is decided by `core/analysis` (pure); here it happens: values travel from cell to cell,
 * promises are awaited, generators pulled, superseded runs dropped. Cells that need no waiting run one after the
 * other in one go, with no turn of the event loop between them, but never for longer than a slice.
 */
import type { CellAnalysis } from '../../core/analysis/cell.ts';
import type { Analyses, Graph } from '../../core/analysis/graph.ts';
import { buildGraph, EMPTY_GRAPH, readCells } from '../../core/analysis/graph.ts';
import type { Plan } from '../../core/analysis/plan.ts';
import { planChange } from '../../core/analysis/plan.ts';
import { GoneError } from '../../core/errors.ts';
import type { CellError, CellSource } from '../../core/protocol/messages.ts';
import { BESIDE } from '../../core/protocol/preview.ts';
import { inputValues, taintInputs } from './cell-lineage.ts';
import type { Slot } from './cell-node.ts';
import { CellNode, newSlot } from './cell-node.ts';
import { RunHandle } from './cell-run.ts';
import { compileCell } from './compile.ts';
import { cellErrorOf } from './failure.ts';
import { LaterValues } from './later-values.ts';
import { setRunning } from './lineage.ts';
import { isThenable } from './live.ts';
import { Reports } from './reports.ts';
import type { EnginePlatform, Surroundings } from './surroundings.ts';

/** Longest stretch of cells, in ms, before messages are looked at: what supersedes a run is then noticed. */
const SLICE_MS = 24;
const FLUSH_MS = 40;
/** A cell that took this long, or was never timed, may take long again. */
const SLOW_MS = 8;

export class Engine {
	readonly #platform: EnginePlatform;
	readonly #around: Surroundings;
	readonly #reports: Reports;
	readonly #later: LaterValues;
	#analyses: Analyses = new Map();
	#graph: Graph = EMPTY_GRAPH;
	#held: ReadonlySet<string> = new Set();
	readonly #nodes = new Map<string, CellNode>();
	#ready: CellNode[] = [];
	#draining = false;
	/** Runs have ended since the last drain. */
	#ended = false;

	constructor(platform: EnginePlatform, around: Surroundings) {
		this.#platform = platform;
		this.#around = around;
		this.#reports = new Reports(platform, around, {
			nodes: this.#nodes,
			graph: () => this.#graph,
			held: () => this.#held,
			draining: () => this.#draining,
			idle: () => this.#ready.length === 0,
			busy: () => this.busy
		});
		this.#later = new LaterValues(platform, this.#reports, {
			set: (slot, value) => this.#set(slot, value),
			arrived: (node, run) => this.#arrived(node, run),
			failed: (node, run, error) => this.#failed(node, run, error),
			drain: () => this.#drain(),
			draining: () => this.#draining
		});
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
		this.#reports.sendGraph();
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
				this.#reports.markOutputs(node);
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
		this.#reports.heard();
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
			this.#reports.mark(node);
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
		this.#reports.lastFlush = start;
		while (at < this.#ready.length) {
			if (clock - start > SLICE_MS) {
				this.#ready = this.#ready.slice(at);
				this.#draining = false;
				this.#reports.flush();
				this.#platform.soon(() => this.#drain());
				return;
			}
			const node = this.#ready[at++];
			if (!node?.queued || node.waiting > 0) continue;
			// Before what may take long, people see what is in line and what is done.
			if (!told && (node.ms ?? SLOW_MS) >= SLOW_MS) {
				told = true;
				this.#reports.flush();
			} else if (clock - this.#reports.lastFlush > FLUSH_MS) this.#reports.flush();
			clock = this.#execute(node, clock);
		}
		this.#ready = [];
		this.#draining = false;
		this.#reports.flush();
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
		this.#reports.mark(node);
		this.#platform.send({ type: 'running', cell: node.id, run });
		const handle = new RunHandle(this.#reports, node, run);
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
			if (objects) taintInputs(node, handle);
			if (isThenable(value))
				this.#later.await(node, run, value, (result) => this.#given(node, run, result));
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
		} else if (node.analysis.autodisplay) this.#later.follow(node, run, value, null);
		this.#arrived(node, run);
	}

	/** Gives a name its value, now or when it comes. */
	#fill(node: CellNode, run: number, slot: Slot, value: unknown): void {
		if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
			this.#set(slot, value);
		} else this.#later.follow(node, run, value, slot);
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

	/** One of the things that the run waited for has come. */
	#arrived(node: CellNode, run: number): void {
		if (node.run !== run || node.state !== 'running') return;
		node.pending -= 1;
		if (node.pending > 0) return;
		// An async cell may have read files since its first look.
		if (node.tainting && node.files.length > 0)
			taintInputs(node, new RunHandle(this.#reports, node, run));
		node.state = 'done';
		node.ms = this.#platform.now() - node.startedAt;
		if (node.outputs.length > 0 || node.shown) this.#reports.markOutputs(node);
		this.#reports.mark(node);
	}

	#failed(node: CellNode, run: number, error: unknown): void {
		if (node.run !== run) return;
		const inputs = inputValues(node);
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
		this.#reports.empty(node);
		this.#reports.mark(node);
		this.#failSlots(node, node.id);
	}

	#block(node: CellNode, blocker: string): void {
		node.queued = false;
		node.state = 'blocked';
		node.blockedBy = blocker;
		node.error = null;
		node.ms = null;
		this.#reports.empty(node);
		this.#reports.mark(node);
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
}

const { apply } = Reflect;
