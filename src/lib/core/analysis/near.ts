/**
 * « Vouliez-vous dire … ? »: the known name nearest to a misspelt one. Damerau's distance (a swap of neighbours is
 * one slip), with case and accents counting for less than a letter.
 */

const bare = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, "'").toLowerCase();

/** Insertions, deletions, substitutions and swaps of neighbours between two texts; stops above `limit`. */
export function slips(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let before: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				best = Math.min(best, (before[j - 2] ?? 0) + 1);
			}
			row.push(best);
		}
		before = last;
		last = row;
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
