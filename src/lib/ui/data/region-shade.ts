/** How dark the tile of a region is: where its rows stand between the region with least and the one with most. */

/** Shades of a region that has rows. */
export const SHADES = 4;

export interface RegionScale {
	readonly least: number;
	readonly most: number;
	/** 0 for no rows, else 1 (fewest) to `SHADES`. */
	readonly shade: (rows: number) => number;
}

/**
 * By ratios rather than by differences, so that Montréal does not hide the others; among the regions that there are,
 * so that two of them never look alike unless they nearly are.
 */
export function regionScale(rows: readonly number[]): RegionScale {
	const some = rows.filter((count) => count > 0);
	const least = Math.min(...some, Infinity);
	const most = Math.max(...some, 0);
	const span = Math.log(most) - Math.log(least);
	const shade = (count: number): number => {
		if (count <= 0) return 0;
		if (!(span > 0)) return SHADES;
		const share = (Math.log(count) - Math.log(least)) / span;
		return Math.min(SHADES, 1 + Math.floor(share * SHADES));
	};
	return { least: some.length ? least : 0, most, shade };
}
