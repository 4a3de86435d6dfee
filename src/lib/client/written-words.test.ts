import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { writtenWords } from './written-words.ts';

function typed(edit: (text: Y.Text) => void, before = ''): Uint8Array[] {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, before);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	edit(doc.getText('t'));
	return updates;
}
const letters = (text: Y.Text, at: number, words: string): void =>
	[...words].forEach((letter, i) => text.insert(at + i, letter));

it('puts together what was typed at one place, letter by letter', () => {
	const updates = typed((text) => {
		letters(text, 5, 'Les ventes');
		letters(text, 0, 'Note');
	}, 'avant');
	expect(updates).toHaveLength(14);
	expect(writtenWords(updates)).toBe('Les ventes\nNote');
});

it('reads what was put right where it stands, also by a later page', () => {
	const updates = typed((text) => {
		letters(text, 0, 'ventes');
		letters(text, 0, 'Les ');
		text.insert(8, 'X');
		text.delete(8, 1);
		letters(text, 9, '!?');
	});
	const doc = new Y.Doc();
	doc.clientID = 1;
	for (const update of updates) Y.applyUpdate(doc, update);
	doc.on('update', (update: Uint8Array) => updates.push(update));
	letters(doc.getText('t'), 4, 'grosses ');
	const words = doc.getText('t').toString();
	expect(words).toBe('Les grosses vente!?s');
	expect(writtenWords(updates)).toBe(words);
	expect(writtenWords(updates.toReversed())).toBe(words);
	expect(writtenWords([...updates, Uint8Array.of(9, 9, 9)])).toBe(words);
});

it('leaves out what was taken away again, and says nothing where nothing is written', () => {
	expect(
		writtenWords(
			typed((text) => {
				letters(text, 0, 'ventes');
				text.delete(0, 3);
			})
		)
	).toBe('tes');
	expect(writtenWords(typed((text) => text.delete(0, 2), 'avant'))).toBe('');
	expect(writtenWords([])).toBe('');
});

it('reads edits of which the first are missing', () => {
	const updates = typed((text) => letters(text, 0, 'Les ventes'));
	expect(writtenWords(updates.slice(4))).toBe('ventes');
});

it('reads what a damaged one stands beside', () => {
	const updates = typed((text) => letters(text, 0, 'ab'));
	expect(writtenWords([...updates, Uint8Array.of(9, 9, 9)])).toBe('ab');
});
