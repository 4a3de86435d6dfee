import { describe, expect, it } from 'vitest';
import { seeded } from '../../../tests/fuzz/random.ts';
import { TextInterner } from './text-interner.ts';

/** The codes of texts that stand one after the other, and the dictionary's texts. */
function interned(texts: readonly string[]): { codes: number[]; kept: string[] } {
	const bytes = new TextEncoder().encode(texts.join(''));
	const view = new DataView(bytes.buffer);
	const starts = new Int32Array(texts.length);
	const ends = new Int32Array(texts.length);
	let at = 0;
	for (const [i, text] of texts.entries()) {
		starts[i] = at;
		ends[i] = at += new TextEncoder().encode(text).length;
	}
	const interner = new TextInterner();
	const codes = new Int32Array(texts.length);
	interner.internAll(bytes, view, { starts, ends, base: 0, count: texts.length }, codes, 0);
	const { offsets, bytes: dictionary } = interner.dictionary();
	const kept = Array.from({ length: interner.size }, (_, i) =>
		new TextDecoder().decode(dictionary.subarray(offsets[i], offsets[i + 1]))
	);
	return { codes: [...codes], kept };
}

describe('an interner', () => {
	it('gives each distinct text the code of its first place', () => {
		const next = seeded(5);
		// Of every length around those that are read otherwise, many that differ by one byte.
		const texts = Array.from({ length: 40_000 }, () => {
			const signs = Array.from({ length: next(36) }, () => 'x');
			if (signs.length) signs[next(signs.length)] = 'ab\0é'.charAt(next(4));
			return next(3) ? signs.join('') : `${signs.join('')}${String(next(5000))}`;
		});
		const first = new Map<string, number>();
		const codes = texts.map((text) => {
			const code = first.get(text) ?? first.size;
			first.set(text, code);
			return code;
		});
		const found = interned(texts);
		expect(found.codes).toEqual(codes);
		expect(found.kept).toEqual([...first.keys()]);
		expect(first.size).toBeGreaterThan(5000);
	});

	it('tells a text from the same with a zero byte after it', () => {
		expect(interned(['a', 'a\0', 'a\0\0', 'a', '', '\0']).codes).toEqual([0, 1, 2, 0, 3, 4]);
	});

	it('tells long texts apart by any of their bytes', () => {
		const long = 'un texte dont les seize premiers octets sont les mêmes';
		const texts = [...long].map((_, i) => `${long.slice(0, i)}#${long.slice(i + 1)}`);
		const { codes } = interned([...texts, ...texts]);
		expect(new Set(codes).size).toBe(texts.length);
		expect(codes.slice(texts.length)).toEqual(codes.slice(0, texts.length));
	});

	it('leaves alone those whose end is negative', () => {
		const bytes = new TextEncoder().encode('abab');
		const codes = Int32Array.of(7, 7);
		const slices = { starts: Int32Array.of(0, 2), ends: Int32Array.of(~2, 4), base: 0, count: 2 };
		new TextInterner().internAll(bytes, new DataView(bytes.buffer), slices, codes, 0);
		expect([...codes]).toEqual([7, 0]);
	});
});
