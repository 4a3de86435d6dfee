/** Cells that something happened to: their rows, and where they lie in the text. Bounded; what is beyond is counted. */

/** Cells that are kept of one column. */
export const MOST_LOGGED = 1_000_000;

export class CellLog {
	/** All there were. */
	total = 0;
	#rows = new Int32Array(0);
	#places = new Int32Array(0);
	#count = 0;

	/** @param end as the scanner gives it */
	add(row: number, start: number, end: number): void {
		this.total++;
		if (this.#count >= MOST_LOGGED) return;
		if (this.#count === this.#rows.length) {
			const size = Math.max(64, this.#rows.length * 2);
			const rows = new Int32Array(size);
			rows.set(this.#rows);
			this.#rows = rows;
			const places = new Int32Array(2 * size);
			places.set(this.#places);
			this.#places = places;
		}
		this.#rows[this.#count] = row;
		this.#places[2 * this.#count] = start;
		this.#places[2 * this.#count + 1] = end;
		this.#count++;
	}

	/** Cells that are kept. */
	get count(): number {
		return this.#count;
	}
	row(index: number): number {
		return this.#rows[index] ?? 0;
	}
	start(index: number): number {
		return this.#places[2 * index] ?? 0;
	}
	/** `~end` where doubled quotation marks are still to be made single. */
	end(index: number): number {
		return this.#places[2 * index + 1] ?? 0;
	}
}
