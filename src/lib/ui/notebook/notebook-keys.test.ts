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

it('undoes with Ctrl+Z or ⌘Z and does again with Ctrl+Shift+Z or Ctrl+Y, outside of what has an undo of its own', () => {
	expect(undoesOnPage(press({}))).toBe('undo');
	expect(undoesOnPage(press({ ctrlKey: false, metaKey: true }))).toBe('undo');
	expect(undoesOnPage(press({ key: 'Z', shiftKey: true }))).toBe('redo');
	expect(undoesOnPage(press({ ctrlKey: false }))).toBeNull();
	expect(undoesOnPage(press({ key: 'y' }))).toBe('redo');
	expect(undoesOnPage(press({ defaultPrevented: true }))).toBeNull();
	for (const field of ['textarea', 'input', 'contenteditable', 'dialog'])
		expect(undoesOnPage(press({}, [field])), field).toBeNull();
});
