/**
 * How many rows of a dataset stand behind what an output shows, as the worker that made it traced them. It travels with
 * an output to the server, which holds it to the terms and does not keep it: readers of a report learn no more than
 * what it shows. It is the author's browser that says it, like the figures themselves.
 */
export interface GroupSizes {
	/** `slug@version.arrow`. */
	readonly file: string;
	/**
	 * Least number of rows behind each thing shown (a row of a table, a mark of a chart), ascending, of those under
	 * `GROUP_SIZES.below`; not in the order of the rows, and cut at `GROUP_SIZES.most`.
	 */
	readonly sizes: readonly number[];
	/** Sizes of groups that are not shown and follow from what is: a total less all of its parts that are shown. */
	readonly rests: readonly number[];
	/**
	 * Each group was followed from the dataset on. False: some of it went through plain code, and counts as the smallest
	 * group of all that its cell was given.
	 */
	readonly told: boolean;
}

export const GROUP_SIZES = {
	/** Above the largest minimum that terms can ask, sizes do not matter. */
	below: 1_000,
	most: 1_000,
	/** Datasets that one output can come from. */
	files: 100
} as const;

/** What is sent of these sizes: 0 (nothing of the dataset is behind it) is left out. */
export const sentSizes = (sizes: readonly number[]): number[] =>
	sizes
		.filter((size) => size > 0 && size < GROUP_SIZES.below)
		.sort((a, b) => a - b)
		.slice(0, GROUP_SIZES.most);
