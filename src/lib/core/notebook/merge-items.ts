/** Two people's changes to one list (the lines of a text, the steps of a transformation), put together where they can be. */
import { itemDiff } from './line-diff.ts';

export type MergedPiece =
	| { readonly kind: 'clean'; readonly items: readonly string[] }
	| {
			readonly kind: 'conflict';
			readonly base: readonly string[];
			readonly ours: readonly string[];
			readonly theirs: readonly string[];
	  };

export interface MergeRules {
	/** Changes of neighbours, with nothing between them, are put together; else they are a conflict. */
	readonly neighbours: boolean;
	/** What both sides put in one place, as one list; null where their order is for a person to say. */
	readonly both: (ours: readonly string[], theirs: readonly string[]) => readonly string[] | null;
	/** Whether an item that each state holds once at most has to be there as often as each side's change says. */
	readonly counted: (item: string, inBase: boolean) => boolean;
}

/** `from` to before `to` of the base become `items`. */
interface Hunk {
	readonly from: number;
	readonly to: number;
	readonly items: readonly string[];
}

function hunksOf(base: readonly string[], side: readonly string[]): Hunk[] {
	const hunks: Hunk[] = [];
	let at = 0;
	let open: { from: number; items: string[] } | null = null;
	const close = (): void => {
		if (open) hunks.push({ from: open.from, to: at, items: open.items });
		open = null;
	};
	for (const { kind, lines } of itemDiff(base, side)) {
		if (kind === 'same') close();
		else open ??= { from: at, items: [] };
		// Not `push(...lines)`: a list can be longer than a call may have arguments.
		if (kind === 'added') open = open && { ...open, items: open.items.concat(lines) };
		else at += lines.length;
	}
	close();
	return hunks;
}

/**
 * By three: what one side alone changed is taken, what both changed alike is taken once, anything else is a conflict
 * that holds all three. Putting the sides the other way round gives the same but for which of them is ours.
 */
export function mergeItems(
	base: readonly string[],
	ours: readonly string[],
	theirs: readonly string[],
	rules: MergeRules
): MergedPiece[] {
	const sides = [hunksOf(base, ours), hunksOf(base, theirs)] as const;
	const next = [0, 0];
	const pieces: MergedPiece[] = [];
	const clean = (items: readonly string[]): void => {
		const last = pieces.at(-1);
		if (items.length === 0) return;
		if (last?.kind === 'clean')
			pieces[pieces.length - 1] = { kind: 'clean', items: [...last.items, ...items] };
		else pieces.push({ kind: 'clean', items });
	};
	let at = 0;
	for (;;) {
		const [a, b] = [sides[0][next[0] ?? 0], sides[1][next[1] ?? 0]];
		const first = !a || (b && before(b, a)) ? b : a;
		if (!first) break;
		let region = { from: first.from, to: first.to };
		const taken: [Hunk[], Hunk[]] = [[], []];
		const take = (side: 0 | 1): boolean => {
			const hunk = sides[side][next[side] ?? 0];
			if (!hunk || !(hunk === first || clashes(hunk, region, rules.neighbours))) return false;
			region = { from: Math.min(region.from, hunk.from), to: Math.max(region.to, hunk.to) };
			taken[side].push(hunk);
			next[side] = (next[side] ?? 0) + 1;
			return true;
		};
		take(first === a ? 0 : 1);
		while (take(0) || take(1));
		clean(base.slice(at, region.from));
		at = region.to;
		const was = base.slice(region.from, region.to);
		const [o, t] = taken.map((hunks) => applied(base, region, hunks));
		if (!o || !t) continue;
		if (taken[1].length === 0) clean(o);
		else if (taken[0].length === 0 || sameItems(o, t)) clean(t);
		else {
			const both = was.length === 0 ? rules.both(o, t) : null;
			if (both) clean(both);
			else pieces.push({ kind: 'conflict', base: was, ours: o, theirs: t });
		}
	}
	clean(base.slice(at));
	const whole = pieces.flatMap((piece) => (piece.kind === 'clean' ? piece.items : []));
	return pieces.some(({ kind }) => kind === 'conflict') ||
		countsHold(base, ours, theirs, whole, rules.counted)
		? pieces
		: [{ kind: 'conflict', base, ours, theirs }];
}

const before = (a: Hunk, b: Hunk): boolean => (a.from !== b.from ? a.from < b.from : a.to < b.to);

function clashes(
	{ from, to }: Hunk,
	region: { readonly from: number; readonly to: number },
	neighbours: boolean
): boolean {
	if (!neighbours) return from <= region.to && to >= region.from;
	const point = from === to && region.from === region.to && from === region.from;
	return point || (from < region.to && to > region.from);
}

function applied(
	base: readonly string[],
	{ from, to }: { readonly from: number; readonly to: number },
	hunks: readonly Hunk[]
): string[] {
	const items: (readonly string[])[] = [];
	let at = from;
	for (const hunk of hunks) {
		items.push(base.slice(at, hunk.from), hunk.items);
		at = hunk.to;
	}
	return [...items, base.slice(at, to)].flat();
}

const sameItems = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === b.length && a.every((item, i) => item === b[i]);

/** An item moved by both sides to two places would be there twice; one moved by one and deleted by the other would stay. */
export function countsHold(
	base: readonly string[],
	ours: readonly string[],
	theirs: readonly string[],
	merged: readonly string[],
	counted: MergeRules['counted']
): boolean {
	const [b, o, t, m] = [base, ours, theirs, merged].map(countsOf);
	if (!b || !o || !t || !m) return true;
	for (const item of new Set([...base, ...ours, ...theirs])) {
		const [inBase, inOurs, inTheirs] = [b, o, t].map((counts) => counts.get(item) ?? 0);
		if (inBase === undefined || inOurs === undefined || inTheirs === undefined) continue;
		if (Math.max(inBase, inOurs, inTheirs) > 1 || !counted(item, inBase === 1)) continue;
		const expected = inOurs === inTheirs ? inOurs : inOurs + inTheirs - inBase;
		if ((m.get(item) ?? 0) !== expected) return false;
	}
	return true;
}

function countsOf(items: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
	return counts;
}
