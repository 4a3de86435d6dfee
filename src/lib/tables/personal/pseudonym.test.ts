import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cellReader } from '../column.ts';
import { textColumn } from '../column-of.ts';
import { keyFingerprint, pseudonymise, pseudonymiser } from './pseudonym.ts';

const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const other = Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 1);

describe('pseudonyms', () => {
	const make = pseudonymiser(key);
	it('are the first 80 bits of the HMAC-SHA-256, as another implementation computes it', () => {
		for (const text of ['ana@exemple.com', 'gagnon, élise', '']) {
			const bits = [...createHmac('sha256', key).update(text).digest()]
				.map((byte) => byte.toString(2).padStart(8, '0'))
				.join('');
			const signs = Array.from({ length: 16 }, (_, i) =>
				'0123456789abcdefghjkmnpqrstvwxyz'.charAt(parseInt(bits.slice(i * 5, i * 5 + 5), 2))
			).join('');
			expect(make(text)).toBe(`p_${signs}`);
		}
	});
	it('are one for all ways of writing the same', () => {
		const same = ['Ana@Exemple.com', ' ana@exemple.com ', 'ANA@EXEMPLE.COM\u00a0'];
		expect(new Set(same.map(make)).size).toBe(1);
		expect(make('Élise')).toBe(make('E\u0301lise'));
	});
	it('are others for other people, and with another key', () => {
		expect(make('ana')).not.toBe(make('anna'));
		expect(pseudonymiser(other)('ana')).not.toBe(make('ana'));
	});
	it('a fingerprint tells keys apart', () => {
		expect(keyFingerprint(key)).toMatch(/^[0-9a-z]{8}$/);
		expect(keyFingerprint(key)).toBe(keyFingerprint(Uint8Array.from(key)));
		expect(keyFingerprint(other)).not.toBe(keyFingerprint(key));
	});
});

it('a column keeps who is who, and what is missing', () => {
	const made = pseudonymise(textColumn('client', ['Ana', null, 'Luc', 'ANA ', 'Luc']), key);
	const read = cellReader(made);
	const cells = [0, 1, 2, 3, 4].map(read);
	expect(cells[0]).toMatch(/^p_/);
	expect(cells[1]).toBeNull();
	expect(cells[3]).toBe(cells[0]);
	expect(cells[4]).toBe(cells[2]);
	expect(cells[2]).not.toBe(cells[0]);
	expect(made.type === 'text' && made.dictionary.offsets.length - 1).toBe(2);
	expect(JSON.stringify(cells)).not.toMatch(/ana|luc/i);
});
