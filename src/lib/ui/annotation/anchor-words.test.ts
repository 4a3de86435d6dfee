import { describe, expect, it } from 'vitest';
import type { Anchor } from '$lib/core/annotation/anchor';
import {
	anchorWords,
	checkedExcerpt,
	isOnesWord,
	keyValueText,
	readThen,
	standingWords
} from './anchor-words.ts';

const range = { from: '', to: '', quote: 'la  salle\nest fermée', before: '', after: '' };
const keys = [
	{ column: 'ville', value: 'Montréal' },
	{ column: 'an', value: 2024 }
];
const plain = (text: string | null): string | null => text?.replaceAll('\u00a0', ' ') ?? null;
const words = (anchor: Anchor, excerpt = ''): string | null => plain(anchorWords(anchor, excerpt));

describe('what a discussion is about', () => {
	it('is said for each kind of anchor', () => {
		expect(words({ kind: 'cell', cell: 'a' })).toBe('sur la cellule');
		expect(words({ kind: 'text', cell: 'a', ...range })).toBe(
			'sur le passage « la salle est fermée »'
		);
		expect(words({ kind: 'step', cell: 'a', ...range }, 'Garder Laval')).toBe(
			'sur l’étape « Garder Laval »'
		);
		expect(words({ kind: 'mark', cell: 'a', mark: 'barY', keys })).toBe(
			'sur la barre : Montréal, 2024'
		);
		expect(words({ kind: 'mark', cell: 'a', mark: '', keys })).toBe(
			'sur la forme : Montréal, 2024'
		);
		expect(words({ kind: 'mark', cell: 'a', mark: 'dot', keys: [] })).toBe(
			'sur une forme du graphique'
		);
		expect(words({ kind: 'row', cell: 'a', keys })).toBe('sur la ligne : Montréal, 2024');
		expect(words({ kind: 'value', cell: 'a', keys, column: 'billets', value: null })).toBe(
			'sur la valeur vide de la colonne billets (Montréal, 2024)'
		);
		expect(words({ kind: 'outcome', cell: 'a', reading: '12' })).toBe('sur le résultat');
	});

	it('says values as they are read', () => {
		expect(keyValueText(2024)).toBe('2024');
		expect(plain(keyValueText(1234567.5))).toBe('1 234 567,5');
		expect(keyValueText({ date: '2024-03-01' })).toBe('1er mars 2024');
		expect(plain(keyValueText({ date: '2024-03-01T19:30:00Z' }))).toBe('1er mars 2024 à 19 h 30');
		expect(plain(keyValueText({ date: '2024-03-11T09:05:00Z' }))).toBe('11 mars 2024 à 9 h 05');
		expect(plain(keyValueText({ date: '2024-03-11T09:00:00Z' }))).toBe('11 mars 2024 à 9 h');
		expect(keyValueText({ date: '2024-03-01T00:00:00Z' })).toBe('1er mars 2024');
		expect(keyValueText({ date: 'mars' })).toBe('mars');
		expect(keyValueText(true)).toBe('vrai');
		expect(keyValueText('x'.repeat(200)).length).toBeLessThan(90);
	});

	it('says what became of it, and how it read', () => {
		const text: Anchor = { kind: 'text', cell: 'a', ...range };
		expect(standingWords(text, 'here', true)).toBeNull();
		expect(plain(standingWords(text, 'changed', true))).toBe(
			'Le passage a changé depuis. Il se lisait :'
		);
		expect(plain(standingWords(text, 'gone', true))).toBe(
			'Le passage n’est plus là. Il se lisait :'
		);
		expect(plain(standingWords(text, 'gone', false))).toBe('La cellule n’est plus là. C’était :');
		expect(readThen(text, 'autre', true)).toBe(range.quote);
		const outcome: Anchor = { kind: 'outcome', cell: 'a', reading: '12' };
		expect(standingWords(outcome, 'unknown', true)).toMatch(/pas encore/);
		expect(readThen(outcome, 'autre', false)).toBe('12');
	});

	it('is quoted where it was checked, and else said to be the word of one person', () => {
		const step: Anchor = { kind: 'step', cell: 'a', ...range };
		expect(readThen(step, 'Garder Laval', true)).toBe('Garder Laval');
		expect(readThen(step, 'Rien', false)).toBe(range.quote);
		const quoting = (anchor: Anchor, excerptChecked: boolean) => {
			const thread = { anchor, excerpt: 'mots', excerptChecked };
			return [checkedExcerpt(thread), isOnesWord(thread)];
		};
		expect(quoting(step, true)).toEqual(['mots', false]);
		expect(quoting(step, false)).toEqual(['', false]);
		expect(quoting({ kind: 'cell', cell: 'a' }, false)).toEqual(['', true]);
		expect(quoting({ kind: 'row', cell: 'a', keys }, false)).toEqual(['', true]);
		expect(quoting({ kind: 'cell', cell: 'a' }, true)).toEqual(['mots', false]);
	});
});
