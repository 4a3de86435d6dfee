import { expect, it } from 'vitest';
import { latinBytes } from '../read/missing-texts.ts';
import { spaceAt, wordKey, WordReader } from './byte-words.ts';

const read = (text: string): [key: number, rest: string] => {
	const bytes = new TextEncoder().encode(`${text}`);
	const reader = new WordReader(false);
	const key = reader.read(bytes, 0, bytes.length);
	return [key, new TextDecoder().decode(bytes.subarray(reader.end))];
};

it('reads a word as its plain letters, whatever its case and accents', () => {
	for (const word of ['fevrier', 'FÉVRIER', 'Février', 'fëvrièr'])
		expect(read(`${word} 2024`)).toEqual([wordKey('fevrier'), ' 2024']);
	expect(read('à 19 h')).toEqual([wordKey('a'), ' 19 h']);
	expect(read('août\u00a02024')).toEqual([wordKey('aout'), '\u00a02024']);
	expect(read('14 mars')).toEqual([0, '14 mars']);
	const latin = latinBytes('DÉC.');
	expect(new WordReader(true).read(latin, 0, latin.length)).toBe(wordKey('dec'));
});
it('reads no word of more letters than a number holds, or of another alphabet', () => {
	expect(read('abcdefghij')[0]).toBe(wordKey('abcdefghij'));
	expect(read('abcdefghijk')[0]).toBe(-1);
	for (const text of ['œuvre', 'жук', 'a×b', 'straße']) expect(read(text)[0], text).toBe(-1);
});
it('knows the spaces between words', () => {
	for (const [space, width] of [
		[' ', 1],
		['\t', 1],
		['\u00a0', 2],
		['\u2009', 3],
		['\u202f', 3]
	] as const)
		expect(spaceAt(new TextEncoder().encode(`${space}x`), 0, 4)).toBe(width);
	for (const text of ['x', '–', 'é', '\u200b'])
		expect(spaceAt(new TextEncoder().encode(text), 0, 3)).toBe(0);
	expect(spaceAt(new Uint8Array([0x20]), 1, 1)).toBe(0);
});
