/** The newer versions that a person chose not to be told of again, in one notebook, on this device. */

/** Where a browser remembers it: `localStorage`, or none. */
export type VersionShelf = Pick<Storage, 'getItem' | 'setItem'>;

const PLACE = 'carnet-commun.kept-versions.';
/** The oldest are forgotten first. */
const MOST = 100;

export class KeptVersions {
	#kept = $state.raw<readonly string[]>([]);
	readonly #place: string;
	readonly #shelf: VersionShelf | null;

	/** @param shelf null where the browser keeps nothing: then it holds as long as the page */
	constructor(notebookId: string, shelf: VersionShelf | null) {
		this.#place = PLACE + notebookId;
		this.#shelf = shelf;
		try {
			const kept: unknown = JSON.parse(shelf?.getItem(this.#place) ?? '[]');
			if (Array.isArray(kept)) this.#kept = kept.filter((one) => typeof one === 'string');
		} catch {
			// A shelf that cannot be read, or holds something else, is an empty one.
		}
	}

	/** Whether the person keeps `file` though `newer` exists; a still newer one is another question. */
	has(file: string, newer: string): boolean {
		return this.#kept.includes(key(file, newer));
	}

	keep(file: string, newer: string): void {
		this.#kept = [...this.#kept.filter((one) => one !== key(file, newer)), key(file, newer)].slice(
			-MOST
		);
		try {
			this.#shelf?.setItem(this.#place, JSON.stringify(this.#kept));
		} catch {
			// A private window, or a full shelf: the page itself still knows.
		}
	}
}

const key = (file: string, newer: string): string => `${file} ${newer}`;

/** This browser's shelf; null where reading it is refused. */
export function versionShelf(): VersionShelf | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}
