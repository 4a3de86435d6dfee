/**
 * What must run again after a change, and why. Pure: the graph before and after, what was and is held, in; the
 * cells to run in order, those that can't, and the reasons, out.
 */
import type { CellError } from '../protocol/messages.ts';
import type { Graph, GraphCell } from './graph.ts';

export type Reason =
	| { readonly why: 'new' | 'edited' | 'asked' | 'released' | 'mended' }
	/** One of its names now comes from another cell, or from nowhere. */
	| { readonly why: 'rewired'; readonly name: string }
	/** The cell `because`, from which it takes a name, runs again. */
	| { readonly why: 'upstream'; readonly because: string };

export interface Plan {
	/** Cells to run, each after those it takes from. */
	readonly run: readonly string[];
	/** Cells that can't run as they are written. */
	readonly failed: ReadonlyMap<string, CellError>;
	/** Cells that wait for another: the nearest that can't run. */
	readonly blocked: ReadonlyMap<string, string>;
	readonly removed: readonly string[];
	/** For every cell that the change reaches. */
	readonly reasons: ReadonlyMap<string, Reason>;
}

export interface Change {
	readonly before: Graph;
	readonly after: Graph;
	/** Cells that wait for the person: neither they nor what needs them run. */
	readonly heldBefore: ReadonlySet<string>;
	readonly held: ReadonlySet<string>;
	/** Cells that the person asked to run, changed or not. */
	readonly asked?: readonly string[];
}

function reasonFor(cell: GraphCell, { before, heldBefore, held, asked }: Change): Reason | null {
	const { id } = cell;
	if (asked?.includes(id)) return { why: 'asked' };
	const old = before.cells.get(id);
	if (!old) return { why: 'new' };
	if (old.analysis !== cell.analysis) return { why: 'edited' };
	if (heldBefore.has(id) !== held.has(id)) return { why: 'released' };
	for (const name of cell.analysis.inputs) {
		if (old.sources.get(name) !== cell.sources.get(name)) return { why: 'rewired', name };
	}
	const waits = (at: GraphCell): string => JSON.stringify([at.error, at.blockedBy]);
	return waits(old) === waits(cell) ? null : { why: 'mended' };
}

export function planChange(change: Change): Plan {
	const { before, after, held } = change;
	const reasons = new Map<string, Reason>();
	const stuck = new Map<string, string>();
	const run: string[] = [];
	const failed = new Map<string, CellError>();
	const blocked = new Map<string, string>();
	for (const id of after.order) {
		const cell = after.cells.get(id);
		if (!cell) continue;
		const upstream = cell.from.find((from) => reasons.has(from));
		const reason =
			reasonFor(cell, change) ??
			(upstream === undefined ? null : { why: 'upstream' as const, because: upstream });
		if (reason) reasons.set(id, reason);
		const blocker = blockerOf(cell, after, held, stuck);
		if (blocker !== null) stuck.set(id, blocker);
		if (!reason) continue;
		if (cell.error) failed.set(id, cell.error);
		else if (held.has(id)) continue;
		else if (blocker !== null) blocked.set(id, blocker);
		else run.push(id);
	}
	const removed = [...before.cells.keys()].filter((id) => !after.cells.has(id));
	return { run, failed, blocked, removed, reasons };
}

/**
 * The cell that keeps this one from running: itself when it is in error or held, a cell that it takes from, or
 * what that one waits for. Circles come last in the order, so a cell that waits for one looks at its error.
 */
function blockerOf(
	cell: GraphCell,
	graph: Graph,
	held: ReadonlySet<string>,
	stuck: ReadonlyMap<string, string>
): string | null {
	if (cell.error || held.has(cell.id)) return cell.id;
	if (cell.blockedBy !== null) return cell.blockedBy;
	for (const from of cell.from) {
		const known = stuck.get(from);
		if (known !== undefined) return known;
		if (graph.cells.get(from)?.error || held.has(from)) return from;
	}
	return null;
}
