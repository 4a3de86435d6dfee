import { expect, it } from 'vitest';
import { KeptVersions, type VersionShelf } from './kept-versions.svelte.ts';

function shelf(): VersionShelf & { readonly held: Map<string, string> } {
	const held = new Map<string, string>();
	return {
		held,
		getItem: (place) => held.get(place) ?? null,
		setItem: (place, text) => void held.set(place, text)
	};
}

it('keeps what was chosen, for that notebook and that newer version alone', () => {
	const one = shelf();
	new KeptVersions('n1', one).keep('b@3.arrow', 'b@4.arrow');
	const again = new KeptVersions('n1', one);
	expect(again.has('b@3.arrow', 'b@4.arrow')).toBe(true);
	expect(again.has('b@3.arrow', 'b@5.arrow')).toBe(false);
	expect(new KeptVersions('n2', one).has('b@3.arrow', 'b@4.arrow')).toBe(false);
});

it('holds for the page where the browser keeps nothing, or holds something else', () => {
	const refusing: VersionShelf = {
		getItem: () => {
			throw new Error('denied');
		},
		setItem: () => {
			throw new Error('full');
		}
	};
	for (const where of [null, refusing, { ...shelf(), getItem: () => '{"a":1}' }]) {
		const kept = new KeptVersions('n1', where);
		kept.keep('b@3.arrow', 'b@4.arrow');
		expect(kept.has('b@3.arrow', 'b@4.arrow')).toBe(true);
	}
});

it('forgets the oldest first', () => {
	const one = shelf();
	const kept = new KeptVersions('n1', one);
	for (let i = 1; i <= 101; i++) kept.keep('b@1.arrow', `b@${i + 1}.arrow`);
	expect(kept.has('b@1.arrow', 'b@2.arrow')).toBe(false);
	expect(new KeptVersions('n1', one).has('b@1.arrow', 'b@102.arrow')).toBe(true);
});
