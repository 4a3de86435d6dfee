/**
 * How much is put together in one go. Two cells that both sides rewrote take a time that grows with the square of their
 * lines, and a notebook holds hundreds: past what is left, a cell is for a person to decide, who may have it put
 * together alone, where it is not too long for that either.
 */

/** Counted down: lines compared with lines. */
export interface MergeWork {
	left: number;
}

/** A page's: some 300 ms. A number's, on each opening: less, then it counts what it did not look at. */
const PAGE = 20_000_000;
const NUMBER = 4_000_000;
/** Of a cell alone: half a second, for some 100 000 characters. */
const CELL = 40_000_000;
/** Reading a character, in lines compared. */
const CHARACTER = 130;
/** Past it, lines are not compared one by one (`line-diff.ts`). */
const MOST_PAIRS = 1_000_000;

export const mergeWork = (): MergeWork => ({ left: PAGE });
export const cellWork = (): MergeWork => ({ left: CELL });
export const countWork = (): MergeWork => ({ left: NUMBER });

/** Takes what three texts cost at most; false, and takes nothing, where that is more than is left. */
export function spend(work: MergeWork, base: string, ours: string, theirs: string): boolean {
	const [b, o, t] = [linesIn(base), linesIn(ours), linesIn(theirs)];
	const cost =
		Math.min(MOST_PAIRS, b * o) +
		Math.min(MOST_PAIRS, b * t) +
		CHARACTER * (base.length + ours.length + theirs.length);
	if (cost > work.left) return false;
	work.left -= cost;
	return true;
}

function linesIn(text: string): number {
	let lines = 1;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
	return lines;
}
