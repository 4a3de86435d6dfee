import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { OwnUndo } from './own-undo.ts';

/** Two people's copies of one text, whose words a third wrote, and each one's undo. */
function pair(words: string) {
	const docs = [new Y.Doc(), new Y.Doc()] as const;
	const first = new Y.Doc();
	first.getText('t').insert(0, words);
	docs.forEach((doc, i) => {
		doc.clientID = i + 1;
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
	});
	const [a, b] = docs.map((doc) => {
		const text = doc.getText('t');
		const undo = new OwnUndo(text, { captureTimeout: 0 });
		return { doc, text, undo, reads: () => text.toJSON() };
	});
	if (!a || !b) throw new RangeError('two');
	const meet = (): void => {
		Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc), 'network');
		Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc), 'network');
		expect(a.reads()).toBe(b.reads());
	};
	return { a, b, meet };
}

it('brings words back once, that two deleted at once and each bring back', () => {
	const { a, b, meet } = pair('un deux trois');
	a.text.delete(3, 5);
	b.text.delete(3, 5);
	meet();
	expect(a.reads()).toBe('un trois');
	a.undo.undo();
	meet();
	b.undo.undo();
	meet();
	expect(a.reads()).toBe('un deux trois');
	// What is back is the first's: only their redo takes it away again.
	expect(b.undo.redo()).toBeNull();
	a.undo.redo();
	meet();
	expect(a.reads()).toBe('un trois');
});

it('brings back the rest where they deleted different parts, and what stood around them', () => {
	const { a, b, meet } = pair('un deux trois quatre');
	a.text.delete(3, 11);
	b.text.delete(8, 12);
	meet();
	expect(a.reads()).toBe('un ');
	a.undo.undo();
	meet();
	expect(a.reads()).toBe('un deux trois ');
	b.text.insert(3, 'et ');
	b.undo.undo();
	b.undo.undo();
	meet();
	expect(a.reads()).toBe('un deux trois quatre');
	a.undo.redo();
	meet();
	expect(a.reads()).toBe('un quatre');
});

it('brings them back once where one of the two had written them, and takes them back with what was written', () => {
	for (const order of ['ab', 'ba']) {
		const { a, b, meet } = pair('un trois');
		a.text.insert(3, 'deux ');
		meet();
		a.text.delete(3, 5);
		b.text.delete(3, 5);
		meet();
		for (const who of order) {
			(who === 'a' ? a : b).undo.undo();
			meet();
		}
		expect(a.reads(), order).toBe('un deux trois');
		a.undo.undo();
		meet();
		expect(a.reads(), order).toBe('un trois');
	}
});

it('still brings back words that are back no more, and those that stand elsewhere by chance', () => {
	const { a, b, meet } = pair('deux, deux');
	a.text.delete(6, 4);
	b.text.delete(6, 4);
	meet();
	a.undo.undo();
	meet();
	a.undo.redo();
	meet();
	expect(b.reads()).toBe('deux, ');
	b.undo.undo();
	meet();
	expect(a.reads()).toBe('deux, deux');
});

it('cannot know of what is brought back at the same moment', () => {
	const { a, b, meet } = pair('un deux');
	a.text.delete(0, 3);
	b.text.delete(0, 3);
	meet();
	a.undo.undo();
	b.undo.undo();
	meet();
	expect(a.reads()).toBe('un un deux');
});
