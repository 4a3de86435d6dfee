import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { toCell, toNotebook } from '../core/notebook/notebook.ts';
import {
	cellOrder,
	insertCell,
	moveCell,
	readCell,
	readNotebook,
	setCellMode,
	writeNotebook
} from './document.ts';

function notebook(): Y.Doc {
	const doc = new Y.Doc();
	writeNotebook(
		doc,
		toNotebook({ title: 'Titre', cells: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] })
	);
	return doc;
}
const cells = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('cells');

describe('a document with values of other types', () => {
	const unreadable = { toString: 1, valueOf: 1 };

	it('reads a title that is no text as none', () => {
		const doc = notebook();
		doc.getMap('meta').set('title', unreadable);
		doc.getMap('meta').set('lang', unreadable);
		expect(readNotebook(doc)).toMatchObject({ title: '', lang: 'fr' });
	});

	it('ignores a cell that is no map', () => {
		const doc = notebook();
		doc.getMap('cells').set('x', 'boom');
		doc.getMap('cells').set('y', unreadable);
		expect(cellOrder(doc)).toEqual(['a', 'b', 'c']);
		expect(readCell(doc, 'x')).toBeNull();
		expect(() => setCellMode(doc, 'x', 'md')).not.toThrow();
		expect(readNotebook(doc).cells).toHaveLength(3);
	});

	for (const bad of ['zzz!!', '', 'a', 'a00', 'z', unreadable, 7, 'a0'.padEnd(100_000, 'z')])
		it(`puts a cell of order ${JSON.stringify(bad).slice(0, 30)} last, and lets others come beside it`, () => {
			const doc = notebook();
			cells(doc).get('a')?.set('order', bad);
			expect(cellOrder(doc)).toEqual(['b', 'c', 'a']);
			insertCell(doc, 3, toCell({ id: 'd' }));
			expect(cellOrder(doc)).toEqual(['b', 'c', 'a', 'd']);
			insertCell(doc, 2, toCell({ id: 'e' }));
			expect(cellOrder(doc)).toEqual(['b', 'c', 'e', 'a', 'd']);
			moveCell(doc, 'a', 0);
			expect(cellOrder(doc)).toEqual(['a', 'b', 'c', 'e', 'd']);
		});

	it('finds room where keys leave none', () => {
		const doc = notebook();
		for (const [id, order] of [
			['a', `z${'z'.repeat(26)}`],
			['b', `z${'z'.repeat(26)}`],
			['c', `z${'z'.repeat(900)}`]
		] as const)
			cells(doc).get(id)?.set('order', order);
		for (let i = 0; i < 20; i++) insertCell(doc, 3, toCell({ id: `d${i}` }));
		for (let i = 0; i < 20; i++) moveCell(doc, 'a', 1);
		expect(cellOrder(doc).slice(0, 4)).toEqual(['b', 'a', 'c', 'd19']);
	});
});
