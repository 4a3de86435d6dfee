/**
 * « Vouliez-vous dire … ? »: the known name nearest to a misspelt one. Damerau's distance (a swap of neighbours is
 * one slip), with case and accents counting for less than a letter.
 */

const bare = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, "'").toLowerCase();

/**
 * Insertions, deletions, substitutions and swaps of neighbours between two texts, or any number above `limit`: only
 * what is that near the diagonal is reckoned, so long texts take no more than their length.
 */
export function slips(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	const over = limit + 1;
	let before = new Int32Array(b.length + 2).fill(over);
	let last = Int32Array.from(before, (_, j) => Math.min(j, over));
	let row = new Int32Array(b.length + 2).fill(over);
	let leastBefore = 0;
	for (let i = 1; i <= a.length; i++) {
		const from = Math.max(1, i - limit);
		const to = Math.min(b.length, i + limit);
		row[from - 1] = from === 1 ? Math.min(i, over) : over;
		let least = row[from - 1] ?? over;
		for (let j = from; j <= to; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let best = Math.min(
				(last[j] ?? over) + 1,
				(row[j - 1] ?? over) + 1,
				(last[j - 1] ?? over) + same
			);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, (before[j - 2] ?? over) + 1);
			row[j] = best;
			if (best < least) least = best;
		}
		row[to + 1] = over;
		// What two rows are above, no later row comes back from: a swap reaches over one.
		if (least > limit && leastBefore > limit) return over;
		leastBefore = least;
		[before, last, row] = [last, row, before];
	}
	return last[b.length] ?? 0;
}

/** The nearest of `known`, or '' when none is near: a slip or two, fewer for short names. */
export function nearest(name: string, known: Iterable<string>): string {
	const target = bare(name);
	const limit = target.length <= 2 ? 0 : target.length <= 4 ? 1 : target.length <= 8 ? 2 : 3;
	let best = '';
	let least = Infinity;
	for (const candidate of known) {
		if (candidate === name) continue;
		// Same letters but for case and accents: nearer than any slip.
		const distance = slips(target, bare(candidate), limit);
		if (distance <= limit && distance < least) {
			best = candidate;
			least = distance;
		}
	}
	return best;
}
