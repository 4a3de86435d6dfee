/** Gathers bytes into a Blob as they come: once handed to one, a browser may keep them on its disk. */

/** Bytes that wait until they are handed over. */
const WAITING = 8_000_000;

export class BlobSpool {
	readonly #type: string;
	readonly #kept: Blob[] = [];
	#waiting: Uint8Array<ArrayBuffer>[] = [];
	#bytes = 0;

	/** @param type the media type of the whole */
	constructor(type: string) {
		this.#type = type;
	}

	add(piece: Uint8Array<ArrayBuffer>): void {
		this.#waiting.push(piece);
		this.#bytes += piece.length;
		if (this.#bytes >= WAITING) this.#hand();
	}

	blob(): Blob {
		this.#hand();
		return new Blob(this.#kept, { type: this.#type });
	}

	#hand(): void {
		this.#kept.push(new Blob(this.#waiting));
		this.#waiting = [];
		this.#bytes = 0;
	}
}
