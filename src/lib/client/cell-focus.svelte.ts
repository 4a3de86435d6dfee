/**
 * Which cell the keyboard is on, and whether in its text (edit) or on the whole of it (command). A request to
 * focus is taken once by the component that shows the cell.
 */
export type FocusPlace = 'cell' | 'editor';

export class CellFocus {
	#cell = $state<string | null>(null);
	#editing = $state<string | null>(null);
	#wanted = $state.raw<{ cell: string; place: FocusPlace; line: number | null } | null>(null);

	/** The current cell: the one that Tab comes back to. */
	get cell(): string | null {
		return this.#cell;
	}
	/** The cell whose editor is open. */
	get editing(): string | null {
		return this.#editing;
	}
	/** Whether cells are changing places: the browser takes the focus from what it moves, and nobody left. */
	held = false;

	/** Where the page's focus should go next; the component concerned calls `taken`. */
	get wanted(): { cell: string; place: FocusPlace; line: number | null } | null {
		return this.#wanted;
	}

	/** Goes to a cell, as a whole: command mode. */
	command(cell: string): void {
		this.#cell = cell;
		this.#editing = null;
		this.#wanted = { cell, place: 'cell', line: null };
	}
	/** Goes into a cell's text, at a line (1-based) if one is given. */
	edit(cell: string, line: number | null = null): void {
		this.#cell = cell;
		this.#editing = cell;
		this.#wanted = { cell, place: 'editor', line };
	}
	/** The browser moved the focus by itself: remember where. */
	entered(cell: string): void {
		this.#cell = cell;
		if (this.#editing !== null && this.#editing !== cell) this.#editing = null;
	}
	/** The editor lost the focus to something else. */
	left(cell: string): void {
		if (this.#editing === cell && !this.held) this.#editing = null;
	}
	taken(): void {
		this.#wanted = null;
	}
}
