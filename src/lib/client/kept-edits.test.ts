import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { sortKept, type KeptEdit } from './kept-edits.ts';

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
