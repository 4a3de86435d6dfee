import { expect, it } from 'vitest';
import { lookedAt, type CardBox } from './looked-at.ts';

/** Cards one below the other, 300 pixels each, with 20 between, of a page scrolled by so much. */
const cards = (scrolled: number): CardBox[] =>
	['a', 'b', 'c', 'd', 'e'].map((id, i) => ({
		...{ id, top: i * 320 - scrolled, bottom: i * 320 + 300 - scrolled }
	}));

it('is the one in the middle of the window, or the nearest to it', () => {
	expect(lookedAt(cards(0), 800, null)).toBe('b');
	expect(lookedAt(cards(300), 800, null)).toBe('c');
	// The middle is between two.
	expect(lookedAt(cards(225), 800, null)).toBe('b');
	expect(lookedAt(cards(235), 800, null)).toBe('c');
	// Past the last cell, the page has other things.
	expect(lookedAt(cards(1_500), 800, null)).toBe('e');
});

it('is the one that they went to, while any of it shows', () => {
	expect(lookedAt(cards(0), 800, 'a')).toBe('a');
	expect(lookedAt(cards(299), 800, 'a')).toBe('a');
	expect(lookedAt(cards(300), 800, 'a')).toBe('c');
	expect(lookedAt(cards(0), 800, 'd')).toBe('b');
});

it('is none where none shows, and never one that is folded away', () => {
	expect(lookedAt([], 800, 'a')).toBeNull();
	expect(lookedAt(cards(2_000), 800, 'a')).toBeNull();
	expect(lookedAt([{ id: 'a', top: 0, bottom: 0 }], 800, 'a')).toBeNull();
	const folded = cards(0).map((card) =>
		card.id === 'b' ? { ...card, top: 400, bottom: 400 } : card
	);
	expect(lookedAt(folded, 800, 'b')).toBe('a');
});
