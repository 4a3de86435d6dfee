/**
 * What the host is told: what each cell shows, how it stands, the graph with its tables' columns, and that all is at
 * rest. Things that change in one go are told once, outputs before states.
 */
import { ColumnTable } from 'arquero';
import type { CellAnalysis } from '../../core/analysis/cell.ts';
import type { Graph } from '../../core/analysis/graph.ts';
import { kindOf } from '../../core/analysis/kind-of.ts';
import type { CellKind } from '../../core/notebook/kind.ts';
import type { CellState, Output } from '../../core/protocol/messages.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import type { CellNode } from './cell-node.ts';
import { RunHandle } from './cell-run.ts';
import { CellFailure } from './failure.ts';
import type { EnginePlatform, Surroundings } from './surroundings.ts';

/** The cells that are told about, as they stand. */
export interface Reported {
	readonly nodes: ReadonlyMap<string, CellNode>;
	graph(): Graph;
	held(): ReadonlySet<string>;
	/** Cells run now: what they show is told after them. */
	draining(): boolean;
	/** No cell is about to run. */
	idle(): boolean;
	/** A cell is queued, running or waiting for a promise. */
	busy(): boolean;
}

export class Reports {
	readonly #platform: EnginePlatform;
	readonly #workbench: Surroundings;
	readonly #of: Reported;
	#dirty: CellNode[] = [];
	#withOutputs: CellNode[] = [];
	#flushing = false;
	/** When the host was last told something, in ms. */
	lastFlush = 0;
	#columns = '';
	/** Changes that the host sent, and how many of them the last `rest` counted. */
	#heard = 0;
	#rested = 0;
	#resting = false;
	readonly #kinds = new WeakMap<CellAnalysis, CellKind>();

	constructor(platform: EnginePlatform, workbench: Surroundings, of: Reported) {
		this.#platform = platform;
		this.#workbench = workbench;
		this.#of = of;
	}

	/** The host sends a change, about to be acted on: it is told when all has come to rest again. */
	heard(): void {
		this.#heard += 1;
		this.#restSoon();
	}

	/** The run shows nothing so far. */
	clear(node: CellNode): void {
		node.outputs = [];
		this.#workbench.release(node.handles);
		node.handles = [];
		node.controls = 0;
	}

	/** As `clear`; the host is told where it showed something. */
	empty(node: CellNode): void {
		this.clear(node);
		if (node.shown) this.markOutputs(node);
	}

	/** Shows a value. */
	value(node: CellNode, run: number, value: unknown): void {
		this.show(node, run, this.#workbench.describe(value, new RunHandle(this, node, run)));
	}

	/** A table that a cell defines can be looked at, though the cell displays nothing: people look at their data. */
	named(node: CellNode, run: number, named: string, table: ColumnTable): void {
		const before = node.outputs.find((o) => o.kind === 'table' && o.named === named);
		if (before?.kind === 'table') {
			node.outputs = node.outputs.filter((o) => o !== before);
			node.handles = node.handles.filter((handle) => handle !== before.table);
			this.#workbench.release([before.table]);
		}
		if (node.outputs.length >= LIMITS.outputsPerCell) return;
		const output = this.#workbench.describe(table, new RunHandle(this, node, run));
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
		this.markOutputs(node);
	}

	/** What the cell shows is to be told. */
	markOutputs(node: CellNode): void {
		if (!node.outputsDirty) {
			node.outputsDirty = true;
			this.#withOutputs.push(node);
		}
		this.#flushSoon();
	}

	/** How the cell stands is to be told. */
	mark(node: CellNode): void {
		if (!node.dirty) {
			node.dirty = true;
			this.#dirty.push(node);
		}
	}

	/** For what happens outside of a run of cells: a `display` in a callback, say. */
	#flushSoon(): void {
		if (this.#of.draining() || this.#flushing) return;
		this.#flushing = true;
		this.#platform.soon(() => {
			this.#flushing = false;
			this.flush();
		});
	}

	/** Sends outputs, then states, so that a cell that is done has shown all that it shows. */
	flush(): void {
		this.lastFlush = this.#platform.now();
		if (this.#withOutputs.length > 0) {
			const nodes = this.#withOutputs;
			this.#withOutputs = [];
			for (const node of nodes) {
				node.outputsDirty = false;
				if (!this.#of.nodes.has(node.id)) continue;
				// What the host showed until now can no longer be asked about.
				const old = node.shownHandles.filter((handle) => !node.handles.includes(handle));
				node.shownHandles = [...node.handles];
				node.shown = node.outputs.length > 0;
				this.#platform.send({
					type: 'outputs',
					cell: node.id,
					run: node.sentRun,
					outputs: node.outputs.map((output) => this.#workbench.present(output))
				});
				this.#workbench.release(old);
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
			if (!this.#of.nodes.has(node.id) || state === 'idle' || this.#of.held().has(node.id))
				continue;
			settled ||= state === 'done' || state === 'error';
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
		if (settled && this.#of.idle() && this.#columnsNow() !== this.#columns) this.sendGraph();
	}

	/** In a turn of its own: what a change set off for a later turn (a callback's `Mutable`, say) comes first. */
	#restSoon(): void {
		if (this.#heard === this.#rested || this.#resting) return;
		this.#resting = true;
		this.#platform.soon(() => {
			this.#resting = false;
			// Each of these ends in a flush, which asks again.
			if (this.#flushing || this.#of.busy()) return;
			this.flush();
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
		for (const { slots } of this.#of.nodes.values()) {
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

	/** Says what cells define and use, and which columns their tables have. */
	sendGraph(): void {
		this.#columns = this.#columnsNow();
		this.#platform.send({
			type: 'graph',
			cells: [...this.#of.graph().cells.values()].map(({ id, analysis, from }) => {
				const node = this.#of.nodes.get(id);
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
}
