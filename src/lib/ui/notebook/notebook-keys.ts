/** The keys of command mode: when a cell as a whole has the keyboard, and not a field inside it. */
import type { AfterRun } from '../cell/editor/create-editor.ts';

export interface NotebookCommands {
	run(then: AfterRun): void;
	edit(): void;
	/** Goes to the cell above or below. */
	go(by: -1 | 1): void;
	insert(where: 'above' | 'below'): void;
	move(by: -1 | 1): void;
	delete(): void;
	help(): void;
}

/** Twice D within that many milliseconds deletes. */
const TWICE_MS = 1_000;

/**
 * Ctrl+Z or ⌘Z, and Ctrl+Shift+Z or Ctrl+Y, where no field, editor or grid has the keyboard: those undo what is theirs.
 */
export function undoesOnPage(event: KeyboardEvent): 'undo' | 'redo' | null {
	const { ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
	if (defaultPrevented || !(ctrlKey || metaKey) || altKey) return null;
	const key = event.key.toLowerCase();
	const way = key === 'z' ? (shiftKey ? 'redo' : 'undo') : key === 'y' && !shiftKey ? 'redo' : null;
	if (!way) return null;
	const target = event.target as Partial<Element> | null;
	const itsOwn =
		'input, textarea, select, [contenteditable="true"], [role="grid"], dialog, [role="menu"]';
	return target?.closest?.(itsOwn) ? null : way;
}

/** Makes the listener of `keydown`; it takes the keys it knows and leaves the others to the page. */
export function notebookKeys(commands: NotebookCommands, writable: () => boolean) {
	let lastD = -Infinity;
	return (event: KeyboardEvent): void => {
		const taken = (): boolean => {
			const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
			const mod = ctrlKey || metaKey;
			if (key === 'Enter' && shiftKey) return (commands.run('next'), true);
			if (key === 'Enter' && mod) return (commands.run('stay'), true);
			if (key === 'Enter' && altKey) return writable() && (commands.run('insert'), true);
			if (mod) return false;
			if (altKey) {
				if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
				return writable() && (commands.move(key === 'ArrowUp' ? -1 : 1), true);
			}
			if (key === 'ArrowUp' || key === 'k') return (commands.go(-1), true);
			if (key === 'ArrowDown' || key === 'j') return (commands.go(1), true);
			if (key === '?') return (commands.help(), true);
			if (!writable()) return false;
			if (key === 'Enter') return (commands.edit(), true);
			if (key === 'a') return (commands.insert('above'), true);
			if (key === 'b') return (commands.insert('below'), true);
			if (key === 'd') {
				const twice = event.timeStamp - lastD < TWICE_MS;
				lastD = twice ? -Infinity : event.timeStamp;
				if (twice) commands.delete();
				return true;
			}
			return false;
		};
		if (taken()) event.preventDefault();
	};
}
