/**
 * A file dropped on one page and read on another: neither an address nor a page's state can hold one. The root layout
 * has the place, so that it is this page's alone, and nobody's on the server.
 */
import { createContext } from 'svelte';

export class HandedFile {
	#file: File | null = null;

	give(file: File): void {
		this.#file = file;
	}

	/** Once: a page that is come back to does not read it again. */
	take(): File | null {
		const file = this.#file;
		this.#file = null;
		return file;
	}
}

export const [getHandedFile, setHandedFile] = createContext<HandedFile>();
