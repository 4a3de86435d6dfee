/** Which cell a person looks at, of those that show. */

/** A cell's card in the window, in pixels from the window's top. */
export interface CardBox {
	readonly id: string;
	readonly top: number;
	readonly bottom: number;
}

/**
 * The cell that they went to, while any of it shows; else the one in the middle of the window, or the nearest to it.
 * null where none shows.
 */
export function lookedAt(
	cards: Iterable<CardBox>,
	windowHeight: number,
	own: string | null
): string | null {
	const middle = windowHeight / 2;
	let nearest: string | null = null;
	let least = Infinity;
	for (const { id, top, bottom } of cards) {
		if (bottom <= 0 || top >= windowHeight || bottom <= top) continue;
		if (id === own) return own;
		const away = Math.max(0, top - middle, middle - bottom);
		if (away >= least) continue;
		nearest = id;
		least = away;
	}
	return nearest;
}
