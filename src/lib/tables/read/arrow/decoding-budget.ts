/** What a file may make of itself: bytes held, and bytes gone through, whatever it claims. */
import { InvalidError } from '../../../core/errors.ts';

/** Bytes that the columns of one table, and what was decompressed for them, may take. */
const MAX_HELD = 1_500_000_000;
/** Bytes of texts read, however often the same ones. */
const MAX_READ = 6_000_000_000;

export class DecodingBudget {
	#held = 0;
	#read = 0;

	/** Before so many bytes are allocated. @throws InvalidError `table_too_large` (megabytes) */
	hold(bytes: number): void {
		this.#held += bytes;
		if (this.#held > MAX_HELD)
			throw new InvalidError('table_too_large', { megabytes: MAX_HELD / 1e6 });
	}

	release(bytes: number): void {
		this.#held -= bytes;
	}

	read(bytes: number): void {
		this.#read += bytes;
		if (this.#read > MAX_READ)
			throw new InvalidError('table_too_large', { megabytes: MAX_HELD / 1e6 });
	}
}
