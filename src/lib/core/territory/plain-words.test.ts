import { describe, expect, it } from 'vitest';
import { plainWords, repairMojibake } from './plain-words.ts';

const wronglyRead = (text: string): string =>
	new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

describe('letters that a wrong encoding broke', () => {
	const texts = [
		'Montréal',
		'ÉTÉ',
		'Îles',
		'Dès l’été – à Noël',
		'Œuvre',
		'cœur',
		'« Çà et là »',
		'Où'
	];
	it('are put back, once or twice over', () => {
		for (const text of texts) {
			expect(repairMojibake(wronglyRead(text))).toBe(text);
			expect(repairMojibake(wronglyRead(wronglyRead(text)))).toBe(text);
		}
		expect(repairMojibake('rãªve')).toBe('rêve');
		expect(repairMojibake('Voilà Ã  voir')).toBe('Voilà à voir');
	});
	it('are put back where a library wrote the accent before the letter', () => {
		expect(repairMojibake('Hâeláene Labarriáere, franðcaise, naèive, rãeve')).toBe(
			'Hélène Labarrière, française, naïve, rêve'
		);
	});
	it('are left alone where nothing is broken', () => {
		for (const text of [
			...texts,
			'São Paulo',
			'Ângela',
			'château',
			'mãe',
			'Guimarães',
			'Ã',
			'â',
			'Århus',
			''
		])
			expect(repairMojibake(text)).toBe(text);
	});
});

it('gives the words of a name without accents, case or dashes', () => {
	expect(plainWords(' Îles-de-la–Madeleine (11), ŒUVRE ﬁn ')).toEqual([
		...['iles', 'de', 'la', 'madeleine', '11', 'oeuvre', 'fin']
	]);
	expect(plainWords('')).toEqual([]);
});
