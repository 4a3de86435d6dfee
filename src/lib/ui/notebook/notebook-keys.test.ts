import { expect, it } from 'vitest';
import { undoesOnPage } from './notebook-keys';

/** A key pressed on an element that is inside these. */
const press = (parts: Partial<KeyboardEvent>, inside: string[] = []): KeyboardEvent =>
	({
		key: 'z',
		ctrlKey: true,
		metaKey: false,
		shiftKey: false,
		altKey: false,
		defaultPrevented: false,
		target: {
			closest: (selector: string) => (inside.some((part) => selector.includes(part)) ? {} : null)
		},
		...parts
	}) as unknown as KeyboardEvent;

it('undoes a deletion with Ctrl+Z or ⌘Z, outside of what has an undo of its own', () => {
	expect(undoesOnPage(press({}))).toBe(true);
	expect(undoesOnPage(press({ ctrlKey: false, metaKey: true }))).toBe(true);
	expect(undoesOnPage(press({ key: 'Z', shiftKey: true }))).toBe(false);
	expect(undoesOnPage(press({ ctrlKey: false }))).toBe(false);
	expect(undoesOnPage(press({ key: 'y' }))).toBe(false);
	expect(undoesOnPage(press({ defaultPrevented: true }))).toBe(false);
	for (const field of ['textarea', 'input', 'contenteditable', 'dialog'])
		expect(undoesOnPage(press({}, [field])), field).toBe(false);
});
