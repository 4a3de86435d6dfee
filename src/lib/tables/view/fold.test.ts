import { expect, it } from 'vitest';
import { fold, holding, needleOf } from './fold.ts';

const finds = (typed: string, text: string): boolean => holding(fold(typed))(fold(text));

it('finds words however they are joined, accented and spelt', () => {
	for (const typed of ['belles soeurs', 'Belles-Sœurs', 'BELLES–SOEURS', 'belles-', '-soeurs'])
		expect(finds(typed, 'Les Belles-sœurs'), typed).toBe(true);
	expect(finds('belles-soeurs', 'Les belles sœurs')).toBe(true);
	expect(finds('l ile', 'Théâtre de l’Île')).toBe(true);
	expect(finds("l'île", 'Theatre de l ile')).toBe(true);
	expect(finds('saint jean', 'Saguenay–Lac-Saint-Jean')).toBe(true);
	expect(finds('belles soeurs', 'Les bellessoeurs')).toBe(false);
	expect(finds('belles soeurs', 'Les belles et leurs soeurs')).toBe(false);
});

it('finds numbers, dates and codes as they are typed', () => {
	for (const [typed, text] of [
		['-5', 'Écart −5'],
		['−5', '-5'],
		['12-04', 'dossier 12-04'],
		['2025-03-14', 'le 2025-03-14, 20 h'],
		['A-12', 'Siège A-12'],
		['-12', 'Siège A-12'],
		['a-1', 'Siège A-12'],
		['(418) 555', '(418) 555-0199'],
		['r.a+b c', 'R.A+B C'],
		['19 h 30', '19\u00a0h\u00a030']
	] as const)
		expect(finds(typed, text), typed).toBe(true);
	expect(finds('-5', 'salle 5')).toBe(false);
	expect(finds('12-04', '12 04')).toBe(false);
	expect(finds('r.a b', 'rxa b')).toBe(false);
});

it('finds a time as it is read where times are stored', () => {
	for (const typed of ['19 h 30', '19h30', '19\u00a0h\u00a030', '19:30', '19 h'])
		expect(holding(needleOf(typed, 'time'))('19:30'), typed).toBe(true);
	expect(holding(needleOf('19 h 30', undefined))('19:30')).toBe(false);
});
