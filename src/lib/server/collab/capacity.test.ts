import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { cellText, deleteCell, insertCell, writeNotebook } from '../../collab/document.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { Capacity } from './capacity.ts';
import { inspectUpdate } from './inspect-update.ts';

/** A document, and whether it takes a change that another page makes to it; it has the change if so. */
function room(cells: readonly { readonly id: string; readonly source: string }[]) {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ cells: [...cells] }));
	const capacity = new Capacity();
	return (change: (doc: Y.Doc) => void): boolean => {
		const page = new Y.Doc();
		Y.applyUpdate(page, Y.encodeStateAsUpdate(doc));
		const before = Y.encodeStateVector(page);
		change(page);
		const update = Y.encodeStateAsUpdate(page, before);
		const taken = capacity.takes(doc, inspectUpdate(update, doc));
		if (taken) Y.applyUpdate(doc, update);
		return taken;
	};
}
const write = (id: string, text: string) => (doc: Y.Doc) => cellText(doc, id)?.insert(0, text);
const cell = (id: string) => ({ id, mode: 'js' as const, source: '1', pinned: true });

test('a notebook takes what fits, to the last character, and nothing more', () => {
	const takes = room([{ id: 'a', source: '' }]);
	expect(takes(write('a', 'x'.repeat(MAX_SOURCE - 1)))).toBe(true);
	expect(takes(write('a', 'xx'))).toBe(false);
	expect(takes(write('a', 'x'))).toBe(true);
	expect(takes(write('a', 'x'))).toBe(false);
});

test('what is taken away makes room', () => {
	const takes = room([{ id: 'a', source: 'x'.repeat(MAX_SOURCE) }]);
	expect(takes(write('a', 'x'))).toBe(false);
	// A text rewritten whole, in one update.
	const rewrite = (doc: Y.Doc): void => {
		cellText(doc, 'a')?.delete(0, MAX_SOURCE);
		cellText(doc, 'a')?.insert(0, 'y'.repeat(MAX_SOURCE));
	};
	expect(takes(rewrite)).toBe(true);
	expect(takes((doc) => cellText(doc, 'a')?.delete(0, 10))).toBe(true);
	expect(takes(write('a', 'x'.repeat(10)))).toBe(true);
	expect(takes(write('a', 'x'))).toBe(false);
});

test('cells are counted too', () => {
	const takes = room(Array.from({ length: MAX_CELLS }, (_, i) => ({ id: `c${i}`, source: '1' })));
	expect(takes((doc) => insertCell(doc, 0, cell('trop')))).toBe(false);
	expect(takes((doc) => deleteCell(doc, 'c0'))).toBe(true);
	expect(takes((doc) => insertCell(doc, 0, cell('place')))).toBe(true);
});

test('one that is too large already can only shrink', () => {
	const takes = room([{ id: 'a', source: 'x'.repeat(MAX_SOURCE + 50) }]);
	expect(takes(write('a', 'x'))).toBe(false);
	expect(takes((doc) => cellText(doc, 'a')?.delete(0, 10))).toBe(true);
	expect(takes(write('a', 'x'))).toBe(false);
});
