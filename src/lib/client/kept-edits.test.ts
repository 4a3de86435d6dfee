import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { buriedEdits, sortKept, type KeptEdit } from './kept-edits.ts';

/** What each of these did, one edit each, on a document that says « 0 ». */
function kept(): { state: Uint8Array; of: (client: number, words: string) => KeptEdit[] } {
	const doc = new Y.Doc();
	doc.clientID = 1;
	doc.getText('t').insert(0, '0');
	const state = Y.encodeStateAsUpdate(doc);
	return {
		state,
		of: (client, words) => {
			const page = new Y.Doc();
			page.clientID = client;
			Y.applyUpdate(page, state);
			const edits: KeptEdit[] = [];
			page.on('update', (update: Uint8Array) =>
				edits.push({ id: `s${client}-${edits.length}-${client}`, update })
			);
			for (const letter of words) page.getText('t').insert(page.getText('t').length, letter);
			return edits;
		}
	};
}

it('keeps all that fits', () => {
	const { state, of } = kept();
	const edits = [...of(2, 'ab'), ...of(3, 'cd')];
	expect(sortKept(state, edits)).toEqual({ fits: edits, left: [] });
	expect(sortKept(state, [])).toEqual({ fits: [], left: [] });
});

it('leaves what rests on an edit that is missing, with what follows it, and no one else’s', () => {
	const { state, of } = kept();
	const [a1, , a3, a4] = of(2, 'abcd');
	const others = of(3, 'ef');
	if (!a1 || !a3 || !a4) throw new Error('too few');
	expect(sortKept(state, [a1, a3, a4, ...others])).toEqual({
		fits: [a1, ...others],
		left: [a3, a4]
	});
});

it('leaves a deletion of what is not there', () => {
	const { state } = kept();
	const other = new Y.Doc();
	other.getText('t').insert(0, 'abc');
	const edits: KeptEdit[] = [];
	other.on('update', (update: Uint8Array) => edits.push({ id: 's-0-9', update }));
	other.getText('t').delete(0, 2);
	expect(sortKept(state, edits)).toEqual({ fits: [], left: edits });
});

it('leaves bytes that are damaged, and keeps the rest', () => {
	const { state, of } = kept();
	const edits = of(2, 'ab');
	const damaged = { id: 's-0-8', update: Uint8Array.of(9, 9, 9) };
	expect(sortKept(state, [damaged, ...edits])).toEqual({ fits: edits, left: [damaged] });
});

it('finds what was written in what is deleted, with its blanks, whichever edits are asked about', () => {
	const doc = new Y.Doc();
	const map = doc.getMap<Y.Text>('cells');
	map.set('a', new Y.Text('0'));
	map.set('b', new Y.Text('1'));
	const page = new Y.Doc();
	Y.applyUpdate(page, Y.encodeStateAsUpdate(doc));
	const cells = page.getMap<Y.Text>('cells');
	const edits: KeptEdit[] = [];
	page.on('update', (update: Uint8Array) =>
		edits.push({ id: `s-${edits.length}-${page.clientID}`, update })
	);
	for (const letter of ' été') cells.get('a')?.insert(cells.get('a')?.length ?? 0, letter);
	cells.get('b')?.insert(1, 'x');
	map.delete('a');
	for (const { update } of edits) Y.applyUpdate(doc, update);
	const [blank, e, t, e2, elsewhere] = edits;
	if (!blank || !elsewhere) throw new Error('too few');
	expect(buriedEdits(doc, edits)).toEqual([blank, e, t, e2]);
	expect(buriedEdits(doc, [blank], edits)).toEqual([blank]);
	expect(buriedEdits(doc, [elsewhere], edits)).toEqual([]);
	// Blanks alone are not told.
	expect(buriedEdits(doc, [blank])).toEqual([]);
	// Nor what its author deleted.
	cells.delete('b');
	for (const { update } of edits) Y.applyUpdate(doc, update);
	expect(buriedEdits(doc, edits.slice(4))).toEqual([]);
	expect(buriedEdits(doc, [...edits, { id: 's-9-9', update: Uint8Array.of(9) }])).toEqual(edits);
});
