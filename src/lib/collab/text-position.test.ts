import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { readPosition, writePosition } from './text-position.ts';

function texts(): { doc: Y.Doc; a: Y.Text; b: Y.Text } {
	const doc = new Y.Doc();
	const cells = doc.getMap<Y.Text>('cells');
	const a = new Y.Text('un deux trois');
	const b = new Y.Text('autre');
	cells.set('a', a);
	cells.set('b', b);
	return { doc, a, b };
}

it('follows the letter that it stood before, in its own document and in another', () => {
	const { doc, a } = texts();
	const before = writePosition(a, 3);
	const end = writePosition(a, a.length);
	expect(before).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
	a.insert(0, 'zéro ');
	expect(readPosition(a, before)).toBe(8);
	expect(readPosition(a, end)).toBe(a.length);
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	const there = other.getMap<Y.Text>('cells').get('a');
	expect(there && readPosition(there, before)).toBe(8);
	a.delete(0, a.length);
	expect(readPosition(a, before)).toBe(0);
});

it('says of an empty text that it is at its beginning', () => {
	const { a } = texts();
	a.delete(0, a.length);
	expect(readPosition(a, writePosition(a, 0))).toBe(0);
});

it('says nothing of another text, of a document that has not all, nor of what is no place', () => {
	const { a, b } = texts();
	expect(readPosition(a, writePosition(b, 2))).toBeNull();
	const elsewhere = texts();
	expect(readPosition(elsewhere.a, writePosition(a, 2))).toBeNull();
	for (const wrong of ['', '%', 'A', 'AAAA', '_____', 'AP____8P', 'B'.repeat(64), 'zzzzzzzzzzzzzz'])
		expect(readPosition(a, wrong)).toBeNull();
	expect(readPosition(new Y.Text('seul'), 'AAAA')).toBeNull();
});

it('puts nothing into the document, though it be said by the name of a type at the top', () => {
	const { doc, a } = texts();
	const named = Y.encodeRelativePosition(
		Y.createRelativePositionFromJSON({ tname: 'intrus', assoc: 0 })
	);
	const position = btoa(String.fromCharCode(...named)).replace(/=+$/, '');
	expect(readPosition(a, position)).toBeNull();
	expect([...doc.share.keys()]).toEqual(['cells']);
});
