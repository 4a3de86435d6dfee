import { expect, it } from 'vitest';
import { NotebookReading, type ReadingShelf } from './notebook-reading.svelte.ts';

function shelf(
	content: Record<string, string> = {}
): ReadingShelf & { content: Map<string, string> } {
	const map = new Map(Object.entries(content));
	return {
		content: map,
		getItem: (key) => map.get(key) ?? null,
		setItem: (key, value) => void map.set(key, value),
		removeItem: (key) => void map.delete(key)
	};
}

it('is remembered for one person and one notebook', () => {
	const kept = shelf();
	const reading = new NotebookReading('ana.n', kept);
	reading.fold(['a', 'b', 'c']);
	reading.unfold(['b']);
	reading.setHidesCode(true);
	const again = new NotebookReading('ana.n', kept);
	expect(['a', 'b', 'c'].map((id) => again.isFolded(id))).toEqual([true, false, true]);
	expect([again.hidesCode, again.outline]).toEqual([true, false]);
	expect(new NotebookReading('ben.n', kept).anyFolded).toBe(false);
});

it('leaves nothing behind once all is as it was', () => {
	const kept = shelf();
	const reading = new NotebookReading('ana.n', kept);
	reading.fold(['a']);
	reading.setOutline(true);
	expect(kept.content.size).toBe(1);
	reading.unfoldAll();
	reading.setOutline(false);
	expect(kept.content.size).toBe(0);
});

it('does with a shelf that is unreadable, refuses, or is not there', () => {
	const place = 'carnet-commun.reading.ana.n';
	for (const text of ['{', '7', 'null', '{"folded":7}', '{"folded":[1,null]}'])
		expect(new NotebookReading('ana.n', shelf({ [place]: text })).anyFolded).toBe(false);
	const refuses: ReadingShelf = {
		getItem: () => {
			throw new Error('no');
		},
		setItem: () => {
			throw new Error('full');
		},
		removeItem: () => {}
	};
	for (const none of [refuses, null]) {
		const reading = new NotebookReading('ana.n', none);
		reading.fold(['a']);
		expect(reading.isFolded('a')).toBe(true);
	}
});
