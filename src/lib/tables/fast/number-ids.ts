/** Numbers numbered by first appearance, in an open table of two arrays. -0 is 0; NaN is for the caller. */
const scratch = new Float64Array(1);
const halves = new Uint32Array(scratch.buffer);

export class NumberIds {
	size = 0;
	#mask = 1023;
	#keys = new Float64Array(1024);
	/** One more than the number's; 0: free. */
	#ids = new Int32Array(1024);

	/** @param make whether to number a number that has none: -1 otherwise */
	id(value: number, make = true): number {
		const number = value + 0;
		let at = hash(number) & this.#mask;
		for (;;) {
			const id = this.#ids[at] as number;
			if (id === 0) break;
			if (this.#keys[at] === number) return id - 1;
			at = (at + 1) & this.#mask;
		}
		if (!make) return -1;
		this.#keys[at] = number;
		this.#ids[at] = ++this.size;
		if (this.size * 2 > this.#mask) this.#grow();
		return this.size - 1;
	}

	#grow(): void {
		const [keys, ids] = [this.#keys, this.#ids];
		this.#mask = ids.length * 4 - 1;
		this.#keys = new Float64Array(ids.length * 4);
		this.#ids = new Int32Array(ids.length * 4);
		for (let i = 0; i < ids.length; i++) {
			const id = ids[i] as number;
			if (id === 0) continue;
			const key = keys[i] as number;
			let at = hash(key) & this.#mask;
			while (this.#ids[at] !== 0) at = (at + 1) & this.#mask;
			this.#keys[at] = key;
			this.#ids[at] = id;
		}
	}
}

function hash(number: number): number {
	scratch[0] = number;
	const mixed = Math.imul(
		(halves[0] as number) ^ Math.imul(halves[1] as number, 0x9e3779b1),
		0x85ebca6b
	);
	return mixed ^ (mixed >>> 15);
}
