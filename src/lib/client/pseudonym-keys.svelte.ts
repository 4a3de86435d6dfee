/**
 * The key that an organisation makes pseudonyms with, on this page: made here or brought in by its steward, kept by
 * the organisation. It is given to the import worker and to nothing else; it is never sent.
 */
import {
	printPseudonymKey,
	PSEUDONYM_KEY_BYTES,
	readPseudonymKey
} from '../core/dataset/pseudonym-key.ts';

/** Where a browser may remember a key, if its owner asks: `localStorage`, or none. */
export type KeyShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PLACE = 'carnet-commun.pseudonym-key.';

export class PseudonymKeys {
	key = $state.raw<Uint8Array<ArrayBuffer> | null>(null);
	/** It was made on this page, and not yet saved as a file: without it, no later export gets the same pseudonyms. */
	unsaved = $state(false);
	/** This browser remembers it. */
	remembered = $state(false);
	readonly #organisationId: string;
	readonly #shelf: KeyShelf | null;
	readonly #random: (bytes: Uint8Array<ArrayBuffer>) => void;

	/**
	 * @param organisationId whose key it is
	 * @param shelf null where the browser keeps nothing
	 * @param random fills bytes with chance fit for secrets
	 */
	constructor(
		organisationId: string,
		shelf: KeyShelf | null,
		random: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => crypto.getRandomValues(bytes)
	) {
		this.#organisationId = organisationId;
		this.#shelf = shelf;
		this.#random = random;
		try {
			const kept = shelf?.getItem(PLACE + organisationId);
			if (kept) {
				this.key = readPseudonymKey(kept);
				this.remembered = true;
			}
		} catch {
			// A shelf that cannot be read, or holds something else, is an empty one.
		}
	}

	/** Makes a new key. Pseudonyms made with another one will not be the same. */
	make(): void {
		const key = new Uint8Array(PSEUDONYM_KEY_BYTES);
		this.#random(key);
		this.#take(key);
		this.unsaved = true;
	}

	/**
	 * Takes the key that a text holds: what a person pasted, or the file that they kept.
	 * @throws InvalidError `pseudonym_key_unreadable`
	 */
	bring(text: string): void {
		this.#take(readPseudonymKey(text));
		this.unsaved = false;
	}

	/** The key as the organisation keeps it. */
	text(): string {
		return this.key ? printPseudonymKey(this.key) : '';
	}

	/** Remembers the key in this browser, or forgets it there. Answers whether the browser did. */
	remember(wanted: boolean): boolean {
		try {
			if (wanted && this.key) this.#shelf?.setItem(PLACE + this.#organisationId, this.text());
			else this.#shelf?.removeItem(PLACE + this.#organisationId);
			this.remembered = wanted && this.#shelf !== null;
			return this.#shelf !== null;
		} catch {
			return false;
		}
	}

	#take(key: Uint8Array<ArrayBuffer>): void {
		const remembered = this.remembered;
		this.key = key;
		if (remembered) this.remember(true);
	}
}
