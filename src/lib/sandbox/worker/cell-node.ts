/** What the engine keeps of a cell between its runs: its place in the graph, its values, its state. */
import type { CellAnalysis } from '../../core/analysis/cell.ts';
import type { Lineage, LineageSource } from '../../core/governance/terms.ts';
import type { CellError, Output, RunState } from '../../core/protocol/messages.ts';

/** A name's value, once its cell has given it. `failed`: it will not come until `blocker` is mended. */
export interface Slot {
	readonly name: string;
	/** null: a built-in that changes by itself. */
	readonly cell: CellNode | null;
	status: 'pending' | 'ready' | 'failed';
	value: unknown;
	blocker: string;
	/** The cells that take this name. */
	users: CellNode[];
	/** Everything that must run when the value changes, in order; null when the graph has changed since. */
	downstream: CellNode[] | null;
}

export function newSlot(name: string, cell: CellNode | null): Slot {
	return {
		name,
		cell,
		status: 'pending',
		value: undefined,
		blocker: '',
		users: [],
		downstream: null
	};
}

export class CellNode {
	readonly id: string;
	analysis: CellAnalysis;
	/** Place in the graph's order. */
	index = 0;
	/** The compiled function; null until the first run of this source. */
	call: ((...args: unknown[]) => unknown) | null = null;
	/** One for each of the analysis's inputs: another cell's name, or a built-in (by its name). */
	inputs: (Slot | string)[] = [];
	slots: Slot[] = [];

	/** Goes up each time the cell is queued: what an older run still gives is dropped. */
	run = 0;
	/** The run that messages speak of. */
	sentRun = 0;
	state: RunState | 'idle' = 'idle';
	/** In line to run. */
	queued = false;
	/** Inputs still to come. */
	waiting = 0;
	/** Promises and first values of generators still to come in this run. */
	pending = 0;
	startedAt = 0;
	ms: number | null = null;
	error: CellError | null = null;
	blockedBy: string | null = null;
	/** Its state has to be sent. */
	dirty = false;

	/** Ends what the run started: resolves `invalidation`, returns generators, stops listening. */
	cleanups: (() => void)[] | null = null;

	outputs: Output[] = [];
	/** The host shows outputs of this cell. */
	shown = false;
	outputsDirty = false;
	/** Handles (tables, opened values) that the outputs being made, and those that the host shows, refer to. */
	handles: string[] = [];
	shownHandles: string[] = [];
	/** Controls shown in this run. */
	controls = 0;

	/** Sources of the files that this run read. */
	files: LineageSource[] = [];
	/** What cells that were given this one's objects may have put in them. */
	taints: Lineage[] | null = null;
	/** The run was given objects of other cells. */
	tainting = false;
	lineageMemo: Lineage | null = null;

	constructor(id: string, analysis: CellAnalysis) {
		this.id = id;
		this.analysis = analysis;
	}
}

/** The value of a name that other cells give this one; undefined for any other. */
export function inputNamed({ inputs }: CellNode, name: string): unknown {
	const slot = inputs.find((input) => typeof input !== 'string' && input.name === name);
	return typeof slot === 'object' ? slot.value : undefined;
}
