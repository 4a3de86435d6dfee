/** Gives each row at most one column so that the sum of the scores is the highest: one to one, the same each time. */

/** Beyond this many on either side the pairs are taken from the best down: good enough, and quick. */
const EXACT = 60;

/**
 * @param scores one array a row, all of one length; pairs of 0 are never made
 * @returns for each row its column, or null
 */
export function assign(scores: readonly (readonly number[])[]): (number | null)[] {
	const rows = scores.length;
	const columns = scores[0]?.length ?? 0;
	if (rows === 0 || columns === 0) return scores.map(() => null);
	const found = rows <= EXACT && columns <= EXACT ? exact(scores, rows, columns) : greedy(scores);
	return found.map((column, row) =>
		column !== null && (scores[row]?.[column] ?? 0) > 0 ? column : null
	);
}

function greedy(scores: readonly (readonly number[])[]): (number | null)[] {
	const pairs = scores.flatMap((line, row) =>
		line.flatMap((score, column) => (score > 0 ? [{ row, column, score }] : []))
	);
	pairs.sort((a, b) => b.score - a.score || a.row - b.row || a.column - b.column);
	const found: (number | null)[] = scores.map(() => null);
	const taken = new Set<number>();
	for (const { row, column } of pairs)
		if (found[row] === null && !taken.has(column)) {
			found[row] = column;
			taken.add(column);
		}
	return found;
}

/** The Hungarian method with potentials, on a square of costs padded with zeros; indices from 1 as it is told. */
function exact(scores: readonly (readonly number[])[], rows: number, columns: number) {
	const size = Math.max(rows, columns);
	const cost = (i: number, j: number): number => -(scores[i - 1]?.[j - 1] ?? 0);
	const u = new Float64Array(size + 1);
	const v = new Float64Array(size + 1);
	const rowOf = new Int32Array(size + 1);
	const way = new Int32Array(size + 1);
	for (let i = 1; i <= size; i++) {
		rowOf[0] = i;
		let j0 = 0;
		const least = new Float64Array(size + 1).fill(Infinity);
		const used = new Uint8Array(size + 1);
		do {
			used[j0] = 1;
			const i0 = rowOf[j0] as number;
			let delta = Infinity;
			let j1 = 0;
			for (let j = 1; j <= size; j++) {
				if (used[j]) continue;
				const reduced = cost(i0, j) - (u[i0] as number) - (v[j] as number);
				if (reduced < (least[j] as number)) {
					least[j] = reduced;
					way[j] = j0;
				}
				if ((least[j] as number) < delta) {
					delta = least[j] as number;
					j1 = j;
				}
			}
			for (let j = 0; j <= size; j++)
				if (used[j]) {
					const row = rowOf[j] as number;
					u[row] = (u[row] as number) + delta;
					v[j] = (v[j] as number) - delta;
				} else least[j] = (least[j] as number) - delta;
			j0 = j1;
		} while (rowOf[j0] !== 0);
		do {
			const j1 = way[j0] as number;
			rowOf[j0] = rowOf[j1] as number;
			j0 = j1;
		} while (j0);
	}
	const found: (number | null)[] = scores.map(() => null);
	for (let j = 1; j <= columns; j++) {
		const row = (rowOf[j] as number) - 1;
		if (row < rows) found[row] = j - 1;
	}
	return found;
}
