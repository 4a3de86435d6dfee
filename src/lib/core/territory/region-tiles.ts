/**
 * Québec's 17 administrative regions as equal tiles, each about where it lies: a region of few people is then as
 * easy to see, and to click, as the largest. Columns grow eastward, rows southward, both from 0.
 */

export interface RegionTile {
	/** `01` to `17`. */
	readonly code: string;
	readonly column: number;
	readonly row: number;
}

export const REGION_TILES: readonly RegionTile[] = [
	{ code: '10', column: 2, row: 0 },
	{ code: '09', column: 4, row: 0 },
	{ code: '08', column: 1, row: 1 },
	{ code: '02', column: 3, row: 1 },
	{ code: '11', column: 5, row: 1 },
	{ code: '07', column: 0, row: 2 },
	{ code: '15', column: 1, row: 2 },
	{ code: '14', column: 2, row: 2 },
	{ code: '04', column: 3, row: 2 },
	{ code: '03', column: 4, row: 2 },
	{ code: '01', column: 5, row: 2 },
	{ code: '13', column: 1, row: 3 },
	{ code: '06', column: 2, row: 3 },
	{ code: '17', column: 3, row: 3 },
	{ code: '12', column: 4, row: 3 },
	{ code: '16', column: 2, row: 4 },
	{ code: '05', column: 3, row: 4 }
];
/** Tiles across and down. */
export const TILE_COLUMNS = 6;
export const TILE_ROWS = 5;
