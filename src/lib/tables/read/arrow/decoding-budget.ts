/** What a file may make of itself: bytes held, and bytes gone through, whatever it claims. */
import { InvalidError } from '../../../core/errors.ts';

/** Bytes that the columns of one table, and what was decompressed for them, may take. */
const MAX_HELD = 1_500_000_000;
/** Bytes of texts read, however often the same ones. */
const MAX_READ = 6_000_000_000;
/** What any file may take, however small, and how many bytes each of its own may become: compressed tables become ten or twenty. */
const HELD = { any: 384_000_000, each: 40 };
const READ = { any: 1_000_000_000, each: 64 };

const within = ({ any, each }: typeof HELD, fileBytes: number, most: number): number =>
	Math.min(most, Math.max(any, each * fileBytes));

export class DecodingBudget {
	readonly #mostHeld: number;
	readonly #mostRead: number;
	#held = 0;
	#read = 0;

	/** @param fileBytes of the file that is decoded: what a small one may become is less */
	constructor(fileBytes: number) {
		this.#mostHeld = within(HELD, fileBytes, MAX_HELD);
		this.#mostRead = within(READ, fileBytes, MAX_READ);
	}

	/** Before so many bytes are allocated. @throws InvalidError `table_too_large` (megabytes) */
	hold(bytes: number): void {
		this.#held += bytes;
		if (this.#held > this.#mostHeld) throw this.#refusal();
	}

	release(bytes: number): void {
		this.#held -= bytes;
	}

	/** @throws InvalidError `table_too_large` (megabytes) */
	read(bytes: number): void {
		this.#read += bytes;
		if (this.#read > this.#mostRead) throw this.#refusal();
	}

	#refusal(): InvalidError {
		return new InvalidError('table_too_large', { megabytes: Math.round(this.#mostHeld / 1e6) });
	}
}
