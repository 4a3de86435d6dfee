import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seeded } from '../../../../tests/support/seeded.ts';
import {
	cellText,
	deleteCell,
	insertCell,
	readNotebook,
	setTitle,
	writeNotebook
} from '../../collab/document.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import { assemble, fold, unpackState } from './stored-document.ts';
import { unweave, weave } from './woven-state.ts';

const bytes = (doc: Y.Doc): Buffer => Buffer.from(Y.encodeStateAsUpdateV2(doc));
function read(update: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc;
}
/** As it is read from the disk: what can be put together is. */
const stored = (doc: Y.Doc): Y.Doc => read(Y.encodeStateAsUpdate(doc));

/** Some people write in one notebook, away from each other for a while now and then. */
function history(seed: number, edits: number, people = 3): Y.Doc[] {
	const random = seeded(seed);
	const at = (below: number): number => Math.floor(random() * below);
	const first = new Y.Doc();
	writeNotebook(
		first,
		toNotebook({
			title: 'T',
			cells: Array.from({ length: 4 }, (_, i) => ({ id: `c${i}`, source: 'abc' }))
		})
	);
	const pages = Array.from({ length: people }, () => read(Y.encodeStateAsUpdate(first)));
	for (let edit = 0; edit < edits; edit++) {
		const page = pages[at(people)];
		if (!page) break;
		if (random() < 0.01) page.clientID = at(2 ** 32);
		const cells = readNotebook(page).cells;
		const id = cells[at(cells.length)]?.id ?? '';
		const text = cellText(page, id);
		const what = random();
		if (what < 0.3 && text?.length) text.delete(at(text.length), 1 + at(2));
		else if (what < 0.8)
			text?.insert(at(text.length + 1), ['mot ', 'é', '👩‍🎨', 'une ligne\n', 'x'][at(5)] ?? '');
		else if (what < 0.84)
			insertCell(page, at(cells.length + 1), toCell({ id: `n${edit}`, source: 'essai' }));
		else if (what < 0.88 && cells.length > 1) deleteCell(page, id);
		else if (what < 0.9) setTitle(page, `T${edit}`);
		else {
			const other = pages[at(people)];
			if (other) Y.applyUpdate(page, Y.encodeStateAsUpdate(other, Y.encodeStateVector(page)));
		}
	}
	return pages;
}
function joined(pages: readonly Y.Doc[]): Y.Doc {
	return stored(read(Y.mergeUpdates(pages.map((page) => Y.encodeStateAsUpdate(page)))));
}

it('gives back every piece, place and deletion of 200 histories, with what is simultaneous', () => {
	for (let seed = 0; seed < 200; seed++) {
		const doc = joined(history(seed, 20 + seed));
		expect(bytes(read(unweave(weave(doc)))).equals(bytes(doc)), `seed ${seed}`).toBe(true);
	}
});

it('takes what someone wrote away from the network before, where they wrote it', () => {
	for (let seed = 0; seed < 50; seed++) {
		const [one, two, away] = history(seed, 150);
		if (!one || !two || !away) throw new Error('too few');
		const before = joined([one, two]);
		const now = read(unweave(weave(before)));
		for (const doc of [before, now]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(away));
		expect(readNotebook(now), `seed ${seed}`).toEqual(readNotebook(before));
		expect(bytes(now).equals(bytes(before)), `seed ${seed}`).toBe(true);
	}
});

it('writes other kinds of contents, and an empty document, as well', () => {
	expect(bytes(read(unweave(weave(new Y.Doc())))).equals(bytes(new Y.Doc()))).toBe(true);
	const doc = new Y.Doc();
	const list = doc.getArray('list');
	list.insert(0, [1, null, { a: [true] }, Uint8Array.of(1, 2), new Y.Map([['k', 'v']])]);
	list.delete(1, 2);
	list.insert(0, ['x']);
	const rich = doc.getText('rich');
	rich.insert(0, 'gras', { bold: true });
	rich.insertEmbed(2, { image: 'a.png' });
	rich.delete(1, 1);
	doc.getXmlFragment('xml').insert(0, [new Y.XmlElement('p')]);
	const kept = stored(doc);
	expect(bytes(read(unweave(weave(kept)))).equals(bytes(kept))).toBe(true);
});

it('throws on what is cut short', () => {
	const woven = weave(joined(history(1, 200)));
	for (const length of [0, 1, 20, woven.length - 30])
		expect(() => unweave(woven.subarray(0, length))).toThrow();
});

describe('a snapshot', () => {
	/** One whose traces weigh more than its words. */
	function scattered(): Uint8Array {
		const random = seeded(7);
		const doc = new Y.Doc();
		writeNotebook(doc, toNotebook({ title: 'T', cells: [{ id: 'a', source: '' }] }));
		const text = cellText(doc, 'a');
		if (!text) throw new Error('no text');
		for (let i = 0; i < 20_000; i++) {
			const place = Math.floor(random() * text.length);
			if (i % 9 > 4) text.delete(place, Math.min(4, text.length - place));
			else text.insert(place, 'mot ');
		}
		return Y.encodeStateAsUpdate(doc);
	}
	const update = scattered();
	const log = { snapshot: null, updates: [update] };
	const [woven, plain] = [
		fold('n', log),
		fold('n', log, () => {
			throw new Error('not this time');
		})
	];

	it('is woven where its traces weigh more than its words, and then takes less than half', () => {
		expect([...woven.subarray(0, 2)]).toEqual([0, 3]);
		expect([...plain.subarray(0, 2)]).toEqual([0, 2]);
		expect(woven.length).toBeLessThan(plain.length / 2);
		expect(bytes(unpackState(woven)).equals(bytes(unpackState(plain)))).toBe(true);
	});

	it('is written as Yjs writes it where a place would be lost', () => {
		const wrong = (doc: Y.Doc): Uint8Array => {
			const other = new Y.Doc();
			Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
			cellText(other, 'a')?.insert(0, 'x');
			return weave(other);
		};
		expect(Buffer.from(fold('n', log, wrong)).equals(plain)).toBe(true);
	});

	it('is folded again with what came after', () => {
		const doc = new Y.Doc();
		assemble('n', { snapshot: woven, updates: [] }, doc);
		const before = Y.encodeStateVector(doc);
		cellText(doc, 'a')?.insert(3, 'après');
		const more = Y.encodeStateAsUpdate(doc, before);
		const again = fold('n', { snapshot: woven, updates: [more] });
		expect([...again.subarray(0, 2)]).toEqual([0, 3]);
		expect(readNotebook(unpackState(again))).toEqual(readNotebook(doc));
	});

	it('of a small notebook, or of one that says much, is as Yjs writes it', () => {
		const doc = new Y.Doc();
		const source = Array.from({ length: 3_000 }, (_, i) => `const x${i} = ${i * 7_919};`).join(
			'\n'
		);
		writeNotebook(doc, toNotebook({ title: 'T', cells: [{ id: 'a', source }] }));
		for (const some of [Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdate(joined(history(3, 50)))])
			expect([...fold('n', { snapshot: null, updates: [some] }).subarray(0, 2)]).toEqual([0, 2]);
	});
});
