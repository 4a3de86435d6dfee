import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seeded } from '../../../tests/support/seeded.ts';
import type { SourceRange } from '../core/annotation/anchor.ts';
import { toCell, toNotebook } from '../core/notebook/notebook.ts';
import {
	cellText,
	deleteCell,
	insertCell,
	moveCell,
	readNotebook,
	writeNotebook
} from './document.ts';
import { anchorRange, standingOfRange, verifiedRange } from './range-anchor.ts';
import { rewriteNotebook } from './rewrite.ts';

const TEXT = 'Les ventes montent depuis mars, et les abonnements avec elles.';
const WORDS = 'montent depuis mars';

function documentOf(source = TEXT): Y.Doc {
	const doc = new Y.Doc();
	const cells = [
		{ id: 'a', mode: 'md' as const, source },
		{ id: 'b', source: '1' }
	];
	writeNotebook(doc, toNotebook({ title: 'T', cells }));
	return doc;
}
function textOf(doc: Y.Doc, cell = 'a'): Y.Text {
	const text = cellText(doc, cell);
	if (!text) throw new Error('no cell');
	return text;
}
function anchored(doc: Y.Doc, words = WORDS): SourceRange & { cell: string } {
	const from = textOf(doc).toString().indexOf(words);
	const range = anchorRange(doc, 'a', from, from + words.length);
	if (!range) throw new Error('no range');
	return { cell: 'a', ...range };
}
/** What the range reads now, and how it stands. */
function reads(doc: Y.Doc, anchor: SourceRange & { cell: string }) {
	const { from, to, standing } = standingOfRange(doc, anchor);
	return [cellText(doc, 'a')?.toString().slice(from, to) ?? '', standing];
}
const put = (doc: Y.Doc, at: number, words: string) => textOf(doc).insert(at, words);

describe('a range of a text', () => {
	it('says what it reads and what stands around it', () => {
		expect(anchored(documentOf())).toMatchObject({
			quote: WORDS,
			before: 'Les ventes ',
			after: ', et les abonnements avec elles.'
		});
	});

	it('is none where it is empty, outside of the text, or of no cell', () => {
		const doc = documentOf();
		for (const [cell, from, to] of [
			['a', 3, 3],
			['a', 4, 3],
			['a', -1, 3],
			['a', 0, TEXT.length + 1],
			['a', NaN, 3],
			['z', 0, 1],
			['__proto__', 0, 1]
		] as const)
			expect(anchorRange(doc, cell, from, to)).toBeNull();
	});

	it('follows what is typed before, after and within it, and what is taken away', () => {
		const doc = documentOf();
		const anchor = anchored(doc);
		put(doc, 0, 'Oui: ');
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
		const start = textOf(doc).toString().indexOf(WORDS);
		put(doc, start, '[');
		put(doc, start + 1 + WORDS.length, ']');
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
		put(doc, start + 8, ' bien');
		expect(reads(doc, anchor)).toEqual(['montent bien depuis mars', 'changed']);
		textOf(doc).delete(start + 8, 5);
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
		textOf(doc).delete(start + 1, 8);
		expect(reads(doc, anchor)).toEqual(['depuis mars', 'changed']);
	});

	it('is gone with its words, and back with an undoing or a pasting elsewhere', () => {
		const doc = documentOf();
		const anchor = anchored(doc);
		const undo = new Y.UndoManager(textOf(doc));
		const start = TEXT.indexOf(WORDS);
		textOf(doc).delete(start, WORDS.length);
		expect(standingOfRange(doc, anchor)).toEqual({ from: 0, to: 0, standing: 'gone' });
		undo.undo();
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
		textOf(doc).delete(start, WORDS.length);
		put(doc, 0, `${WORDS}. `);
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
	});

	it('follows its cell where that is moved, deleted and brought back, and restored', () => {
		const doc = documentOf();
		const anchor = anchored(doc);
		const before = readNotebook(doc);
		moveCell(doc, 'a', 1);
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
		deleteCell(doc, 'a');
		expect(standingOfRange(doc, anchor).standing).toBe('gone');
		insertCell(doc, 0, toCell({ id: 'a', mode: 'md', source: `Note. ${TEXT}` }));
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
		textOf(doc).delete(0, textOf(doc).length);
		put(doc, 0, 'Autre chose');
		expect(standingOfRange(doc, anchor).standing).toBe('gone');
		rewriteNotebook(doc, before);
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
	});

	it('is found in a copy of the notebook, changed there or not', () => {
		const doc = documentOf();
		const anchor = anchored(doc);
		const copy = new Y.Doc();
		writeNotebook(copy, readNotebook(doc));
		expect(reads(copy, anchor)).toEqual([WORDS, 'here']);
		const start = TEXT.indexOf(WORDS);
		textOf(copy).delete(start, 7);
		put(copy, start, 'grimpent');
		expect(reads(copy, anchor)).toEqual(['grimpent depuis mars', 'changed']);
		// The original never heard of it.
		expect(reads(doc, anchor)).toEqual([WORDS, 'here']);
	});

	it('is told apart from the same words elsewhere', () => {
		const doc = documentOf('un deux trois deux quatre deux');
		const from = 'un deux trois '.length;
		const range = anchorRange(doc, 'a', from, from + 4);
		if (!range) throw new Error('no range');
		const copy = new Y.Doc();
		writeNotebook(copy, readNotebook(doc));
		expect(standingOfRange(copy, { cell: 'a', ...range })).toEqual({
			from,
			to: from + 4,
			standing: 'here'
		});
	});

	it('stays on its words through any edits around them', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const random = seeded(seed);
			const below = (n: number): number => Math.floor(random() * n);
			const doc = documentOf();
			const anchor = anchored(doc);
			for (let i = 0; i < 30; i++) {
				const text = textOf(doc);
				const from = text.toString().indexOf(WORDS);
				const to = from + WORDS.length;
				const left = random() < 0.5;
				if (random() < 0.6) {
					const at = left ? below(from + 1) : to + below(text.length - to + 1);
					text.insert(at, 'xyz '.slice(0, 1 + below(4)));
				} else {
					const [start, end] = left ? [0, from] : [to, text.length];
					const at = start + below(end - start);
					if (end > start) text.delete(at, 1 + below(Math.min(5, end - at)));
				}
				expect(reads(doc, anchor), `seed ${seed}`).toEqual([WORDS, 'here']);
			}
			const peer = new Y.Doc();
			Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc));
			expect(reads(peer, anchor), `seed ${seed}`).toEqual([WORDS, 'here']);
		}
	});

	it('is whatever is left of its words through any edits of all the text, never outside of it', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const random = seeded(seed);
			const below = (n: number): number => Math.floor(random() * n);
			const doc = documentOf();
			const anchor = anchored(doc);
			for (let i = 0; i < 40; i++) {
				const text = textOf(doc);
				const at = below(text.length + 1);
				if (random() < 0.5) text.insert(at, 'xyz '.slice(0, 1 + below(4)));
				else if (at < text.length) text.delete(at, 1 + below(Math.min(8, text.length - at)));
				const { from, to, standing } = standingOfRange(doc, anchor);
				expect(from >= 0 && from <= to && to <= text.length, `seed ${seed}`).toBe(true);
				expect(from === to, `seed ${seed}`).toBe(standing === 'gone');
				const words = text.toString().slice(from, to);
				expect(words === WORDS, `seed ${seed}`).toBe(standing === 'here');
			}
		}
	});
});

describe('a range that was sent', () => {
	it('is verified against the text, and what stands around it read from there', () => {
		const doc = documentOf();
		const { cell, ...range } = anchored(doc);
		expect(verifiedRange(doc, cell, { ...range, before: 'faux', after: '' })).toEqual(range);
		expect(verifiedRange(doc, cell, { ...range, quote: 'descendent' })).toBeNull();
		expect(verifiedRange(doc, 'b', range)).toBeNull();
		expect(verifiedRange(doc, 'z', range)).toBeNull();
		expect(verifiedRange(doc, cell, { ...range, from: range.to, to: range.from })).toBeNull();
		put(doc, TEXT.indexOf(WORDS) + 2, '!');
		expect(verifiedRange(doc, cell, range)).toBeNull();
	});

	it('that is no position is none, and leaves the document as it was', () => {
		const doc = documentOf();
		const { cell, ...range } = anchored(doc);
		const named = Y.createRelativePositionFromJSON({
			type: null,
			tname: 'piège',
			item: null,
			assoc: 0
		});
		const encoded = Buffer.from(Y.encodeRelativePosition(named)).toString('base64url');
		for (const from of ['', 'A', '____', 'AQ', '!!', 'x'.repeat(300), 'AP___________', encoded]) {
			expect(verifiedRange(doc, cell, { ...range, from })).toBeNull();
			expect(reads(doc, { cell, ...range, from })).toEqual([WORDS, 'here']);
		}
		expect([...doc.share.keys()].sort()).toEqual(['cells', 'meta']);
	});
});
