/**
 * How one person reads a notebook on this device: what is folded, whether code shows, whether the outline is open. It is
 * theirs alone: never in the document, never sent.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- each set is replaced whole, never changed */
import { createContext } from 'svelte';

/** Where a browser remembers it: `localStorage`, or none. */
export type ReadingShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** This browser's shelf; null where reading it is refused, and on the server. */
export function readingShelf(): ReadingShelf | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}

const PLACE = 'carnet-commun.reading.';
/** Cells remembered as folded, at most: a notebook has as many. */
const MOST = 500;

export class NotebookReading {
	#folded = $state.raw<ReadonlySet<string>>(new Set());
	#hidesCode = $state(false);
	#outline = $state(false);
	readonly #place: string;
	readonly #shelf: ReadingShelf | null;

	/**
	 * @param key of the person and the notebook
	 * @param shelf null where the browser keeps nothing: then it holds as long as the page
	 */
	constructor(key: string, shelf: ReadingShelf | null) {
		this.#place = PLACE + key;
		this.#shelf = shelf;
		try {
			const kept: unknown = JSON.parse(shelf?.getItem(this.#place) ?? 'null');
			if (typeof kept !== 'object' || kept === null) return;
			const { folded, hidesCode, outline } = kept as Record<string, unknown>;
			if (Array.isArray(folded))
				this.#folded = new Set(folded.filter((id) => typeof id === 'string').slice(0, MOST));
			this.#hidesCode = hidesCode === true;
			this.#outline = outline === true;
		} catch {
			// A shelf that cannot be read, or holds something else, is an empty one.
		}
	}

	/** Whether the code of every cell is out of sight, but for the one that is edited. */
	get hidesCode(): boolean {
		return this.#hidesCode;
	}
	/** Whether the outline stands beside the notebook, where there is room for it. */
	get outline(): boolean {
		return this.#outline;
	}
	/** Folded cells; where the cell is a heading, the section under it is. */
	isFolded(id: string): boolean {
		return this.#folded.has(id);
	}
	get anyFolded(): boolean {
		return this.#folded.size > 0;
	}

	setHidesCode(hides: boolean): void {
		this.#hidesCode = hides;
		this.#keep();
	}
	setOutline(open: boolean): void {
		this.#outline = open;
		this.#keep();
	}
	fold(ids: Iterable<string>): void {
		this.#folded = new Set([...this.#folded, ...ids].slice(-MOST));
		this.#keep();
	}
	unfold(ids: Iterable<string>): void {
		const open = new Set(ids);
		this.#folded = new Set([...this.#folded].filter((id) => !open.has(id)));
		this.#keep();
	}
	unfoldAll(): void {
		this.#folded = new Set();
		this.#keep();
	}

	#keep(): void {
		const plain = this.#folded.size === 0 && !this.#hidesCode && !this.#outline;
		try {
			if (plain) this.#shelf?.removeItem(this.#place);
			else
				this.#shelf?.setItem(
					this.#place,
					JSON.stringify({
						folded: [...this.#folded],
						hidesCode: this.#hidesCode,
						outline: this.#outline
					})
				);
		} catch {
			// A private window, or a full shelf: the page itself still knows.
		}
	}
}

export const [getReading, setReading] = createContext<NotebookReading>();
