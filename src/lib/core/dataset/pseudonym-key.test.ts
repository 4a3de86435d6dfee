import { expect, it } from 'vitest';
import { printPseudonymKey, readPseudonymKey } from './pseudonym-key.ts';

const keys = Array.from({ length: 50 }, (_, n) =>
	Uint8Array.from(
		{ length: 32 },
		(_, i) => (Math.imul(i + 1, 2654435761 + n * 40503) >>> 13) & 0xff
	)
);

it('a key comes back as it was printed, however it was copied', () => {
	for (const key of [...keys, new Uint8Array(32), new Uint8Array(32).fill(255)]) {
		const text = printPseudonymKey(key);
		expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
		expect(readPseudonymKey(text)).toEqual(key);
		expect(readPseudonymKey(` ${text.toLowerCase().replaceAll('-', ' ')}\n`)).toEqual(key);
		expect(readPseudonymKey(`Clé des pseudonymes : gardez-la.\r\n\r\n${text}\r\n`)).toEqual(key);
	}
});
it('one sign mistyped, two exchanged, or some lost: told', () => {
	const text = printPseudonymKey(keys[3] as Uint8Array);
	const wrong: string[] = ['', 'bonjour', text.slice(0, -1), text.slice(5)];
	for (let at = 0; at < text.length; at++) {
		if (text.charAt(at) === '-') continue;
		wrong.push(text.slice(0, at) + (text.charAt(at) === '7' ? '8' : '7') + text.slice(at + 1));
		const next = text.charAt(at + 1);
		if (next && next !== '-' && next !== text.charAt(at))
			wrong.push(text.slice(0, at) + next + text.charAt(at) + text.slice(at + 2));
	}
	for (const mistyped of wrong)
		expect(() => readPseudonymKey(mistyped), mistyped).toThrow('pseudonym_key_unreadable');
});
