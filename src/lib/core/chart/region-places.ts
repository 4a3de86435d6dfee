/** Where the tile of each region lies, by its official name. */
import { QUEBEC_REGIONS } from '../territory/quebec-regions.ts';
import { REGION_TILES, type RegionTile } from '../territory/region-tiles.ts';

/** In the order of their codes. */
export const REGION_NAMES: readonly string[] = QUEBEC_REGIONS.map(({ name }) => name);

const tiles = new Map(REGION_TILES.map((tile) => [tile.code, tile]));

export const TILE_PLACES: ReadonlyMap<string, RegionTile> = new Map(
	QUEBEC_REGIONS.flatMap(({ code, name }) => {
		const tile = tiles.get(code);
		return tile ? [[name, tile]] : [];
	})
);
