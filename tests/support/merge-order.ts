/** The order of cells that two people changed apart, put together. */
import { unmoved } from '../../src/lib/core/notebook/changes-between.ts';

type Ids = readonly string[];

/** For each cell, the last one above it that neither side moved; null for the beginning. */
function gapsOf(order: Ids, fixed: ReadonlySet<string>): Map<string, string | null> {
	const gaps = new Map<string, string | null>();
	let above: string | null = null;
	for (const id of order) {
		gaps.set(id, above);
		if (fixed.has(id)) above = id;
	}
	return gaps;
}

export interface MergedOrder {
	readonly order: Ids;
	/** Moved by both sides, to different places: they stand where ours has them. */
	readonly disputed: ReadonlySet<string>;
}

/**
 * Cells that nobody moved keep their order. Between two of them stand what either side put there; what both put in one
 * place stays together, one side's before the other's by the ids that they begin with, so that whose side is asked
 * first does not matter.
 * @param kept the cells of the result: each is in ours or in theirs
 */
export function mergeOrder(
	base: Ids,
	ours: Ids,
	theirs: Ids,
	kept: ReadonlySet<string>
): MergedOrder {
	const [inBase, inOurs, inTheirs] = [base, ours, theirs].map((ids) => new Set(ids));
	const [stayO, stayT] = [unmoved(base, ours), unmoved(base, theirs)];
	const still = (id: string): boolean =>
		(stayO.has(id) || !inOurs?.has(id)) && (stayT.has(id) || !inTheirs?.has(id));
	const fixed = new Set(base.filter((id) => kept.has(id) && still(id)));
	const common = new Set([...fixed].filter((id) => inOurs?.has(id) && inTheirs?.has(id)));
	const [wideO, wideT] = [gapsOf(ours, common), gapsOf(theirs, common)];
	const [gapO, gapT] = [gapsOf(ours, fixed), gapsOf(theirs, fixed)];
	const disputed = new Set<string>();
	const runs = new Map<string | null, { ours: string[]; theirs: string[] }>();
	const runOf = (gap: string | null): { ours: string[]; theirs: string[] } => {
		const run = runs.get(gap) ?? { ours: [], theirs: [] };
		runs.set(gap, run);
		return run;
	};
	const moves = (id: string): { byOurs: boolean; byTheirs: boolean } => {
		if (!inOurs?.has(id) || !inTheirs?.has(id))
			return { byOurs: inOurs?.has(id) ?? false, byTheirs: inTheirs?.has(id) ?? false };
		if (!inBase?.has(id)) return { byOurs: true, byTheirs: true };
		return { byOurs: !stayO.has(id), byTheirs: !stayT.has(id) };
	};
	for (const id of ours) {
		if (!kept.has(id) || fixed.has(id)) continue;
		const { byOurs, byTheirs } = moves(id);
		if (!byOurs) continue;
		if (byTheirs && inBase?.has(id) && wideO.get(id) !== wideT.get(id)) disputed.add(id);
		runOf(gapO.get(id) ?? null).ours.push(id);
	}
	for (const id of theirs) {
		if (!kept.has(id) || fixed.has(id)) continue;
		const { byOurs, byTheirs } = moves(id);
		if (!byTheirs || (byOurs && gapO.get(id) !== gapT.get(id))) continue;
		runOf(gapT.get(id) ?? null).theirs.push(id);
	}
	const order: string[] = [];
	for (const gap of [null, ...base.filter((id) => fixed.has(id))]) {
		if (gap !== null) order.push(gap);
		const run = runs.get(gap);
		if (run) order.push(...together(run.ours, run.theirs));
	}
	return { order, disputed };
}

/** Two runs that may share cells, each shared one once. */
function together(ours: Ids, theirs: Ids): string[] {
	const shared = unmoved(ours, theirs);
	const twice = new Set(ours);
	const parts = (ids: Ids, keep: (id: string) => boolean): string[][] => {
		const list: string[][] = [[]];
		for (const id of ids) {
			if (shared.has(id)) list.push([id]);
			else if (keep(id)) list.at(-1)?.push(id);
		}
		return list;
	};
	const [a, b] = [parts(ours, () => true), parts(theirs, (id) => !twice.has(id))];
	return a.flatMap((part, i) => {
		// A part begins with the cell that both share, but for the first.
		const common = i === 0 ? 0 : 1;
		const [mine, yours] = [part.slice(common), (b[i] ?? []).slice(common)];
		const minesFirst = yours.length === 0 || (mine[0] ?? '') < (yours[0] ?? '');
		return [...part.slice(0, common), ...(minesFirst ? [...mine, ...yours] : [...yours, ...mine])];
	});
}
