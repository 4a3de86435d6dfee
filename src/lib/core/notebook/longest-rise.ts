/** Which of a list stay where they are when it is put in order: all others are moved, and they are as few as can be. */

/** The places of a longest strictly increasing subsequence, in order. The same list always gives the same one. */
export function longestRise(values: readonly number[]): number[] {
	/** For each length, the place of the smallest value that ends a rise of it. */
	const ends: number[] = [];
	const before: number[] = [];
	values.forEach((value, i) => {
		let [low, high] = [0, ends.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		before[i] = ends[low - 1] ?? -1;
		ends[low] = i;
	});
	const rise: number[] = [];
	for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) rise.push(i);
	return rise.reverse();
}
