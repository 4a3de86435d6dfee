import { expect, it } from 'vitest';
import { PseudonymKeys, type KeyShelf } from './pseudonym-keys.svelte.ts';

function shelf(): KeyShelf & { kept: Map<string, string> } {
	const kept = new Map<string, string>();
	return {
		kept,
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key)
	};
}
const counting = (from: number) => (bytes: Uint8Array) =>
	bytes.forEach((_, i) => (bytes[i] = from + i));

it('a key that is made is remembered only when that is asked, for its own organisation', () => {
	const place = shelf();
	const keys = new PseudonymKeys('a', place, counting(1));
	expect(keys.key).toBeNull();
	keys.make();
	expect(keys.unsaved).toBe(true);
	expect(place.kept.size).toBe(0);
	expect(new PseudonymKeys('a', place).key).toBeNull();
	expect(keys.remember(true)).toBe(true);
	expect(new PseudonymKeys('a', place).key).toEqual(keys.key);
	expect(new PseudonymKeys('b', place).key).toBeNull();
	keys.remember(false);
	expect(place.kept.size).toBe(0);
});
it('the same key is brought back by its text, and takes the place of the one remembered', () => {
	const place = shelf();
	const made = new PseudonymKeys('a', place, counting(40));
	made.make();
	const other = new PseudonymKeys('a', place, counting(99));
	other.make();
	other.remember(true);
	other.bring(`Clé de l’organisme\n${made.text()}\n`);
	expect(other.key).toEqual(made.key);
	expect(other.unsaved).toBe(false);
	expect(new PseudonymKeys('a', place).key).toEqual(made.key);
	expect(() => other.bring('rien')).toThrow('pseudonym_key_unreadable');
	expect(other.key).toEqual(made.key);
});
it('a browser that keeps nothing, or refuses, is no obstacle', () => {
	const none = new PseudonymKeys('a', null, counting(1));
	none.make();
	expect(none.remember(true)).toBe(false);
	const closed: KeyShelf = {
		getItem: () => {
			throw new Error('SecurityError');
		},
		setItem: () => {
			throw new Error('QuotaExceededError');
		},
		removeItem: () => undefined
	};
	const keys = new PseudonymKeys('a', closed, counting(1));
	keys.make();
	expect(keys.remember(true)).toBe(false);
	expect(keys.remembered).toBe(false);
});
it('what is remembered and is no key is none', () => {
	const place = shelf();
	place.setItem('carnet-commun.pseudonym-key.a', 'abîmée');
	expect(new PseudonymKeys('a', place).key).toBeNull();
});
