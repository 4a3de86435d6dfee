/**
 * One change of another's state, put into a notebook that went its own way since: what accepting it does. The changes of
 * one comparison give the same whatever the order in which they are accepted, and each accepted twice changes nothing.
 */
import { AppError } from '../errors.ts';
import type { NotebookChange } from './change.ts';
import { sameCell, unmoved } from './changes-between.ts';
import type { Decision, MergeConflict } from './conflict.ts';
import { mergeCell } from './merge-cell.ts';
import type { MergeWork } from './merge-work.ts';
import type { Cell, Notebook } from './notebook.ts';
import type { Seen } from './proposal.ts';

export interface MergedChange {
	/** As it was where there is a conflict, and where the change is there already. */
	readonly notebook: Notebook;
	/** What a person has to decide. */
	readonly conflict: MergeConflict | null;
}

/**
 * @param base the state that the change starts from
 * @param among all the changes of its comparison, so that what comes beside it finds its place before or after it
 * @param work for many at once
 */
export function mergeChange(
	base: Notebook,
	ours: Notebook,
	change: NotebookChange,
	among: readonly NotebookChange[] = [change],
	work?: MergeWork
): MergedChange {
	const done = (notebook: Notebook): MergedChange => ({ notebook, conflict: null });
	const disputed = (conflict: MergeConflict): MergedChange => ({ notebook: ours, conflict });
	const { id } = change;
	if (change.kind === 'title') {
		if (ours.title === change.to) return done(ours);
		return ours.title === change.from
			? done({ ...ours, title: change.to })
			: disputed({ kind: 'title', id, base: change.from, ours: ours.title, theirs: change.to });
	}
	if (change.kind === 'lang')
		return done(ours.lang === change.to ? ours : { ...ours, lang: change.to });
	const theirs = change.kind === 'changed' ? change.to : change.cell;
	const mine = ours.cells.find((cell) => cell.id === theirs.id);
	switch (change.kind) {
		case 'added':
			if (!mine) return done(placed(frameOf(base, ours, among), ours, theirs));
			return sameCell(mine, theirs)
				? done(ours)
				: disputed({ kind: 'added-both', id, ours: mine, theirs });
		case 'removed':
			if (!mine) return done(ours);
			return sameCell(mine, theirs)
				? done(without(ours, theirs.id))
				: disputed({ kind: 'edited-deleted', id, base: theirs, ours: mine });
		case 'moved': {
			// What is there no more has no place.
			if (!mine) return done(ours);
			const frame = frameOf(base, ours, among);
			const order = idsOf(ours);
			const places = fixedAboves(frame, order);
			if (settled(frame, places, mine.id)) return done(ours);
			const movedHere =
				places.get(mine.id) !== fixedAboves(frame, idsOf(base)).get(mine.id) &&
				!unmoved(idsOf(base), order).has(mine.id);
			return movedHere
				? disputed({
						kind: 'moved-both',
						id,
						ours: mine,
						oursAfter: above(ours, mine.id),
						theirsAfter: change.after
					})
				: done(placed(frame, ours, mine));
		}
		case 'changed': {
			if (!mine) return disputed({ kind: 'deleted-edited', id, base: change.from, theirs });
			const { cell, pieces } = mergeCell(change.from, mine, theirs, work);
			if (!cell)
				return disputed({
					kind: 'edited-both',
					id,
					base: change.from,
					ours: mine,
					theirs,
					pieces
				});
			return done(sameCell(cell, mine) ? ours : withCell(ours, cell));
		}
	}
}

/** The cell that a cell stands below; null for the first. */
export function above({ cells }: Notebook, id: string): string | null {
	const at = cells.findIndex((cell) => cell.id === id);
	return cells[at - 1]?.id ?? null;
}

/** What a decision about a change is about, as it is here. */
export function seenOf(ours: Notebook, change: NotebookChange): Seen {
	if (change.kind === 'title') return ours.title;
	if (change.kind === 'lang') return ours.lang;
	const { id } = change.kind === 'changed' ? change.to : change.cell;
	return change.kind === 'moved'
		? above(ours, id)
		: (ours.cells.find((cell) => cell.id === id) ?? null);
}

const sameSeen = (a: Seen, b: Seen): boolean =>
	a === b ||
	(typeof a === 'object' &&
		typeof b === 'object' &&
		a !== null &&
		b !== null &&
		a.id === b.id &&
		sameCell(a, b));

/** A decision, with what its maker had before their eyes. */
export interface Asked {
	readonly decision: Decision;
	readonly seen: Seen;
}

/**
 * A change as it merges by itself, or as a person decided it: a decision on what reads otherwise now is none.
 * @throws AppError `proposal_changed_since` where there is nothing left to decide
 */
export function resolveChange(
	base: Notebook,
	ours: Notebook,
	change: NotebookChange,
	among: readonly NotebookChange[],
	asked: Asked | null,
	work?: MergeWork
): MergedChange & { readonly again: boolean } {
	if (asked && sameSeen(asked.seen, seenOf(ours, change)))
		return {
			notebook: decideChange(base, ours, change, asked.decision, among),
			conflict: null,
			again: false
		};
	const merged = mergeChange(base, ours, change, among, work);
	if (asked && !merged.conflict) throw new AppError('proposal_changed_since');
	return { ...merged, again: asked !== null };
}

/**
 * Of the changes of one comparison, those that a notebook has not already, by whatever way: putting them in would change
 * it, or ask a person.
 * @param work past what is left of it, a cell that all three have otherwise is among them
 */
export function lackedChanges(
	base: Notebook,
	ours: Notebook,
	among: readonly NotebookChange[],
	work?: MergeWork
): NotebookChange[] {
	const frame = frameOf(base, ours, among);
	const here = new Map(ours.cells.map((cell) => [cell.id, cell]));
	const places = fixedAboves(frame, idsOf(ours));
	return among.filter((change) => {
		switch (change.kind) {
			case 'title':
				return ours.title !== change.to;
			case 'lang':
				return ours.lang !== change.to;
			case 'removed':
				return here.has(change.cell.id);
			case 'added': {
				const mine = here.get(change.cell.id);
				return !mine || !sameCell(mine, change.cell);
			}
			case 'moved':
				return here.has(change.cell.id) && !settled(frame, places, change.cell.id);
			case 'changed': {
				const mine = here.get(change.to.id);
				if (!mine) return true;
				const { cell } = mergeCell(change.from, mine, change.to, work);
				return !cell || !sameCell(cell, mine);
			}
		}
	});
}

/** Each in turn; those that a person has to decide are left out of the notebook. */
export function mergeChanges(
	base: Notebook,
	ours: Notebook,
	changes: readonly NotebookChange[]
): { readonly notebook: Notebook; readonly conflicts: readonly MergeConflict[] } {
	let notebook = ours;
	const conflicts: MergeConflict[] = [];
	for (const change of changes) {
		const merged = mergeChange(base, notebook, change, changes);
		notebook = merged.notebook;
		if (merged.conflict) conflicts.push(merged.conflict);
	}
	return { notebook, conflicts };
}

/** The state that changes make of the one that they start from. */
export const applyChanges = (notebook: Notebook, changes: readonly NotebookChange[]): Notebook =>
	mergeChanges(notebook, notebook, changes).notebook;

/** A change as a person decided, whatever stands in its way. */
export function decideChange(
	base: Notebook,
	ours: Notebook,
	change: NotebookChange,
	decision: Decision,
	among: readonly NotebookChange[] = [change]
): Notebook {
	if (decision.take === 'ours') return ours;
	const text = decision.take === 'text' ? decision.text : null;
	if (change.kind === 'title') return { ...ours, title: text ?? change.to };
	if (change.kind === 'lang') return { ...ours, lang: change.to };
	const theirs = change.kind === 'changed' ? change.to : change.cell;
	const mine = ours.cells.find((cell) => cell.id === theirs.id);
	if (text !== null) {
		const cell = { ...theirs, source: text };
		return mine ? withCell(ours, cell) : placed(frameOf(base, ours, among), ours, cell);
	}
	switch (change.kind) {
		case 'removed':
			return without(ours, theirs.id);
		case 'moved':
			return mine ? placed(frameOf(base, ours, among), ours, mine) : ours;
		default:
			return mine ? withCell(ours, theirs) : placed(frameOf(base, ours, among), ours, theirs);
	}
}

const idsOf = ({ cells }: Notebook): string[] => cells.map(({ id }) => id);
const withCell = (notebook: Notebook, cell: Cell): Notebook => ({
	...notebook,
	cells: notebook.cells.map((one) => (one.id === cell.id ? cell : one))
});
const without = (notebook: Notebook, id: string): Notebook => ({
	...notebook,
	cells: notebook.cells.filter((cell) => cell.id !== id)
});
/** The order that changes make of the base: cells that they leave in place, each with what they put below it. */
function laterOrder(base: Notebook, among: readonly NotebookChange[]): string[] {
	const gone = new Set<string>();
	const below = new Map<string | null, string[]>();
	for (const change of among) {
		if (change.kind === 'removed' || change.kind === 'moved') gone.add(change.cell.id);
		if (change.kind === 'added' || change.kind === 'moved')
			below.set(change.after, [...(below.get(change.after) ?? []), change.cell.id]);
	}
	const order: string[] = [];
	const put = (after: string | null): void => {
		const waiting = [...(below.get(after) ?? [])].reverse();
		below.delete(after);
		for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
			order.push(id);
			waiting.push(...[...(below.get(id) ?? [])].reverse());
			below.delete(id);
		}
	};
	put(null);
	for (const { id } of base.cells) {
		if (gone.has(id)) continue;
		order.push(id);
		put(id);
	}
	return [...order, ...[...below.values()].flat()];
}

/** Where changes put cells. */
interface Frame {
	readonly later: readonly string[];
	readonly moving: ReadonlyMap<string, 'added' | 'moved'>;
	readonly inBase: ReadonlySet<string>;
	/** Cells that the changes leave in place, and that are here. */
	readonly fixed: ReadonlySet<string>;
	/** Of each of `later`, the nearest of those above it. */
	readonly laterPlaces: Places;
}

/** Of each cell of an order, the nearest above it that the changes leave in place; null for none. */
type Places = ReadonlyMap<string, string | null>;

function frameOf(base: Notebook, ours: Notebook, among: readonly NotebookChange[]): Frame {
	const later = laterOrder(base, among);
	const moving = new Map<string, 'added' | 'moved'>();
	for (const change of among)
		if (change.kind === 'added' || change.kind === 'moved') moving.set(change.cell.id, change.kind);
	const inBase = new Set(idsOf(base));
	const here = new Set(idsOf(ours));
	const fixed = new Set(later.filter((id) => inBase.has(id) && here.has(id) && !moving.has(id)));
	return { later, moving, inBase, fixed, laterPlaces: fixedAboves({ fixed }, later) };
}

function fixedAboves({ fixed }: Pick<Frame, 'fixed'>, order: readonly string[]): Places {
	const places = new Map<string, string | null>();
	let found: string | null = null;
	for (const id of order) {
		places.set(id, found);
		if (fixed.has(id)) found = id;
	}
	return places;
}

/** Whether a cell stands below the one left in place that the changes put it below. */
const settled = ({ moving, laterPlaces }: Frame, places: Places, id: string): boolean =>
	moving.get(id) !== 'moved' || places.get(id) === laterPlaces.get(id);

/** Puts a cell where the changes have it: below the nearest cell above it there that stands in its own place here. */
function placed(frame: Frame, ours: Notebook, cell: Cell): Notebook {
	const { later, fixed } = frame;
	const rest = ours.cells.filter(({ id }) => id !== cell.id);
	const order = rest.map(({ id }) => id);
	const at = later.indexOf(cell.id);
	const over = later.slice(0, at < 0 ? later.length : at).reverse();
	const places = fixedAboves(frame, order);
	const anchor = over.find((id) => places.has(id) && settled(frame, places, id)) ?? null;
	let place = anchor === null ? 0 : order.indexOf(anchor) + 1;
	if (anchor === null || fixed.has(anchor)) place = behindOwn(frame, order, place, anchor);
	return { ...ours, cells: [...rest.slice(0, place), cell, ...rest.slice(place)] };
}

/** What was put in the same place here stays together, before or after what comes, by what each begins with. */
function behindOwn(
	{ later, inBase, moving }: Frame,
	order: readonly string[],
	from: number,
	anchor: string | null
): number {
	const own = (id: string | undefined): boolean =>
		id !== undefined && !inBase.has(id) && !moving.has(id);
	let end = from;
	while (own(order[end])) end++;
	const first = later[anchor === null ? 0 : later.indexOf(anchor) + 1] ?? '';
	return end > from && (order[from] ?? '') < first ? end : from;
}
