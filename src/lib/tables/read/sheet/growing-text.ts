/** UTF-8 that grows up to a limit. */
import { InvalidError } from '../../../core/errors.ts';

/** Writers ask for some bytes more than they write. */
const SLACK = 65_536;
/** Bytes that are taken at first, at most. */
const MOST_LIKELY = 64_000_000;

export class GrowingText {
	/** A writer calls `room` first, then writes and moves `length`. */
	bytes: Uint8Array<ArrayBuffer> = new Uint8Array(65_536);
	/** Of the same bytes. */
	view: DataView<ArrayBuffer>;
	length = 0;
	/** Control characters that were replaced by spaces. */
	controls = 0;
	readonly #limit: number;

	/** @param likely bytes that it will most likely have: growing moves all there are */
	constructor(limit: number, likely = 0) {
		this.#limit = limit;
		if (likely > this.bytes.length)
			this.bytes = new Uint8Array(Math.min(likely, MOST_LIKELY, limit) + SLACK);
		this.view = new DataView(this.bytes.buffer);
	}

	/**
	 * Makes room for that many bytes more; `bytes` may be another array after it.
	 * @throws InvalidError `table_too_large` (megabytes)
	 */
	room(more: number): void {
		const wanted = this.length + more;
		if (wanted <= this.bytes.length) return;
		if (this.length > this.#limit)
			throw new InvalidError('table_too_large', { megabytes: this.#limit / 1e6 });
		const grown = Math.min(Math.ceil(this.bytes.length * 1.6), this.#limit + SLACK);
		const wider = new Uint8Array(Math.max(wanted, grown));
		wider.set(this.bytes.subarray(0, this.length));
		this.bytes = wider;
		this.view = new DataView(wider.buffer);
	}
}
