import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seeded } from '../../../tests/support/seeded.ts';
import { toNotebook, type CellSpec, type Notebook } from '../core/notebook/notebook.ts';
import { cellText, insertCell, readNotebook, writeNotebook } from './document.ts';
import { rewriteNotebook } from './rewrite.ts';

const notebook = (title: string, ...cells: CellSpec[]): Notebook => toNotebook({ title, cells });
function docOf(value: Notebook): Y.Doc {
	const doc = new Y.Doc();
	writeNotebook(doc, value);
	return doc;
}
/** Another screen with the same document, which hears each change. */
function twin(doc: Y.Doc): Y.Doc {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	doc.on('update', (update: Uint8Array) => Y.applyUpdate(other, update));
	return other;
}

describe('a document made to read as a value', () => {
	it('has its cells, their order, words, kinds and title', () => {
		const then = notebook(
			'Avant',
			{ id: 'a', source: '1' },
			{ id: 'b', mode: 'md', source: '# Deux' },
			{ id: 'c', source: '3', pinned: false }
		);
		const doc = docOf(
			notebook(
				'Après',
				{ id: 'c', source: '33' },
				{ id: 'x', source: '9' },
				{ id: 'b', source: '2' }
			)
		);
		const other = twin(doc);
		rewriteNotebook(doc, then);
		expect(readNotebook(doc)).toEqual(then);
		expect(readNotebook(other)).toEqual(then);
	});

	it('is compared line by line as far as that takes no long time, and reads so in any case', () => {
		const state = (odd: string): Notebook => {
			const lines = Array.from({ length: 990 }, (_, i) => (i % 2 ? odd : `ligne ${String(i)}`));
			const source = lines.join('\n');
			return notebook(
				'T',
				...Array.from({ length: 12 }, (_, n): CellSpec => ({
					id: `c${String(n)}`,
					mode: 'md',
					source
				}))
			);
		};
		const doc = docOf(state('avant'));
		const at = (id: string): { text: Y.Text; index: number } => {
			const text = cellText(doc, id);
			if (!text) throw new Error('no text');
			return { text, index: text.toString().indexOf('ligne 500') };
		};
		const places = ['c0', 'c11'].map((id) => {
			const { text, index } = at(id);
			return { id, place: Y.createRelativePositionFromTypeIndex(text, index) };
		});
		const then = state('ensuite');
		rewriteNotebook(doc, then);
		expect(readNotebook(doc)).toEqual(then);
		const kept = places.map(
			({ id, place }) =>
				Y.createAbsolutePositionFromRelativePosition(place, doc)?.index === at(id).index
		);
		expect(kept).toEqual([true, false]);
	});

	it('that reads so already is not touched', () => {
		const value = notebook('A', { id: 'a', source: '1' }, { id: 'b', source: '2' });
		const doc = docOf(value);
		let changed = false;
		doc.on('update', () => (changed = true));
		rewriteNotebook(doc, value);
		expect(changed).toBe(false);
	});

	it('keeps the place of who writes in another line, and what they wrote meanwhile', () => {
		const doc = docOf(notebook('A', { id: 'a', source: 'un\ndeux\ntrois' }));
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		const text = cellText(other, 'a');
		if (!text) throw new Error('no text');
		const caret = Y.createRelativePositionFromTypeIndex(text, 'un\ndeux'.length);
		// On the other screen a word is written that this one has not heard of.
		text.insert('un\ndeux'.length, ' et demi');
		rewriteNotebook(doc, notebook('A', { id: 'a', source: 'UN\ndeux\nTROIS' }));
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		expect(text.toString()).toBe('UN\ndeux et demi\nTROIS');
		expect(Y.createAbsolutePositionFromRelativePosition(caret, other)?.index).toBe(
			'UN\ndeux et demi'.length
		);
	});

	it('moves no more cells than it must', () => {
		const cell = (id: string): CellSpec => ({ id, source: id });
		const doc = docOf(notebook('A', ...['a', 'b', 'c', 'd'].map(cell)));
		const moved: string[] = [];
		doc.getMap('cells').observeDeep((events) => {
			for (const { path, keys } of events) if (keys.has('order')) moved.push(String(path[0]));
		});
		rewriteNotebook(doc, notebook('A', ...['b', 'c', 'd', 'a'].map(cell)));
		expect(moved).toEqual(['a']);
	});

	it('gives any value back, whatever the document was', () => {
		const random = seeded(11);
		const some = (): Notebook =>
			notebook(
				random() < 0.5 ? 'A' : 'B',
				...['a', 'b', 'c', 'd', 'e', 'f', 'g']
					.filter(() => random() < 0.6)
					.map((id): [number, CellSpec] => [
						random(),
						{
							id,
							mode: random() < 0.3 ? 'md' : 'js',
							pinned: random() < 0.5,
							source: Array.from({ length: Math.floor(random() * 6) }, () =>
								random() < 0.5 ? '🎭\n' : 'x'
							).join('')
						}
					])
					.sort(([a], [b]) => a - b)
					.map(([, made]) => made)
			);
		for (let round = 0; round < 150; round++) {
			const doc = docOf(some());
			const other = twin(doc);
			const then = some();
			rewriteNotebook(doc, then);
			expect(readNotebook(doc)).toEqual(then);
			expect(readNotebook(other)).toEqual(then);
		}
	});

	it('writes anew a cell whose text is none', () => {
		const doc = docOf(notebook('A', { id: 'a', source: '1' }));
		insertCell(doc, 1, { id: 'b', mode: 'js', source: '2', pinned: true });
		(doc.getMap('cells').get('b') as Y.Map<unknown>).set('source', 'no text');
		const then = notebook('A', { id: 'a', source: '1' }, { id: 'b', source: '2' });
		rewriteNotebook(doc, then);
		expect(readNotebook(doc)).toEqual(then);
	});
});
