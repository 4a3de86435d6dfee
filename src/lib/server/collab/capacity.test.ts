import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { cellText, deleteCell, insertCell, writeNotebook } from '../../collab/document.ts';
import { MAX_CELLS, MAX_SOURCE } from '../../core/notebook/limits.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { Capacity, MAX_PIECES, piecesOf } from './capacity.ts';
import { inspectUpdate, MAX_CLIENTS } from './inspect-update.ts';

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

test('cells that were are counted too: each deletion looks at all of them', () => {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ cells: [{ id: 'a', source: '' }] }));
	const takes = (id: string): boolean => {
		const page = new Y.Doc();
		Y.applyUpdate(page, Y.encodeStateAsUpdate(doc));
		const before = Y.encodeStateVector(page);
		insertCell(page, 0, cell(id));
		return new Capacity().takes(doc, inspectUpdate(Y.encodeStateAsUpdate(page, before), doc));
	};
	const cells = doc.getMap('cells');
	doc.transact(() => {
		for (let i = 0; i < 19_998; i++) cells.set(`c${i}`, new Y.Map());
		for (let i = 0; i < 19_998; i++) cells.delete(`c${i}`);
	});
	expect(takes('dernier')).toBe(true);
	insertCell(doc, 0, cell('dernier'));
	expect(takes('trop')).toBe(false);
	expect(takes('dernier')).toBe(false);
});

test('no more pages ever wrote in a notebook than a page that opens can tell of', () => {
	const doc = new Y.Doc();
	const writers = (from: number, count: number): Uint8Array => {
		const e = encoding.createEncoder();
		encoding.writeVarUint(e, count);
		for (let i = 0; i < count; i++) {
			for (const n of [1, from + i, 0]) encoding.writeVarUint(e, n);
			encoding.writeUint8(e, 0);
			encoding.writeVarUint(e, 1);
		}
		encoding.writeVarUint(e, 0);
		return encoding.toUint8Array(e);
	};
	Y.applyUpdate(doc, writers(1, MAX_CLIENTS - 1));
	expect(inspectUpdate(writers(1_000_000, 1), doc).writers).toEqual([1_000_000]);
	expect(() => inspectUpdate(writers(1_000_000, 2), doc)).toThrow(
		expect.objectContaining({ reason: 'full' }) as Error
	);
	expect(Y.encodeStateVector(doc).length).toBeLessThan(128 * 1024);
});

test('words long deleted are counted too: nothing else bounds what each reading takes up', () => {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ cells: [{ id: 'a', source: '' }] }));
	const text = cellText(doc, 'a')?._item?.id ?? Y.createID(0, 0);
	const capacity = new Capacity();
	let clock = 0;
	const takes = (update: Uint8Array): boolean => {
		const taken = capacity.takes(doc, inspectUpdate(update, doc));
		if (taken) Y.applyUpdate(doc, update);
		return taken;
	};
	/** Letters, each put before the last, and deleted again: structs that Yjs never puts together. */
	const letters = (count: number, deleted: number): boolean => {
		const taken = takes(
			written((e, uint) => {
				uint(1, count, 1, clock);
				for (let i = clock; i < clock + count; i++) {
					encoding.writeUint8(e, i === 0 ? 4 : 4 | 64);
					if (i === 0) uint(0, text.client, text.clock);
					else uint(1, i - 1);
					encoding.writeVarString(e, 'x');
				}
				if (deleted > 0) uint(1, 1, 1, clock, deleted);
				else uint(0);
			})
		);
		if (taken) clock += count;
		return taken;
	};
	while (clock < 10 * MAX_PIECES && letters(19_000, 19_000));
	const grown = piecesOf(doc);
	expect(grown).toBeGreaterThan(MAX_PIECES - 3 * 19_000);
	// Up to there, people go on writing.
	while (clock < 10 * MAX_PIECES && letters(1, 0));
	expect(piecesOf(doc)).toBeGreaterThan(MAX_PIECES - 5);
	expect(piecesOf(doc)).toBeLessThanOrEqual(MAX_PIECES);
	// What is there can still be taken away.
	const taken = written((_e, uint) => uint(0, 1, 1, 1, clock - 1, 1));
	expect(takes(taken)).toBe(true);
});

test('a text is not cut into pieces without end either', () => {
	const doc = new Y.Doc();
	doc.clientID = 1;
	writeNotebook(doc, toNotebook({ cells: [{ id: 'a', source: 'x'.repeat(400_000) }] }));
	const start = (cellText(doc, 'a')?._start?.id.clock ?? 0) + 1;
	const capacity = new Capacity();
	const holes = (from: number): boolean => {
		const update = written((_e, uint) => {
			uint(0, 1, 1, 19_000);
			for (let i = 0; i < 19_000; i++) uint(start + 2 * (from + i), 1);
		});
		const taken = capacity.takes(doc, inspectUpdate(update, doc));
		if (taken) Y.applyUpdate(doc, update);
		return taken;
	};
	let from = 0;
	while (from < 190_000 && holes(from)) from += 19_000;
	expect(from).toBeGreaterThan(0);
	expect(piecesOf(doc)).toBeLessThan(1.2 * MAX_PIECES);
	expect(from).toBeLessThan(190_000);
});

function written(
	write: (e: encoding.Encoder, uint: (...numbers: number[]) => void) => void
): Uint8Array {
	const e = encoding.createEncoder();
	write(e, (...numbers) => {
		for (const n of numbers) encoding.writeVarUint(e, n);
	});
	return encoding.toUint8Array(e);
}
