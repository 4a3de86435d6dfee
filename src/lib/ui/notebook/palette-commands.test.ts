import { expect, it } from 'vitest';
import { findCommands, type Command } from './palette-commands';

const command = (id: string, label: string, more: Partial<Command> = {}): Command => ({
	id,
	group: 'Actions',
	label,
	run: () => {},
	...more
});
const ALL = [
	command('a', 'Tout exécuter'),
	command('b', 'Exporter le carnet', { hint: 'Fichier ouvert' }),
	command('c', 'Évolution dans le temps', { group: 'Modèles' }),
	command('d', 'L’état des salles', { group: 'Aller à' }),
	command('e', 'Historique', { words: 'versions rétablir' })
];
const found = (typed: string): string =>
	findCommands(ALL, typed)
		.map(({ id }) => id)
		.join('');

it('finds by words in any order, without accents or case', () => {
	expect(found('')).toBe('abcde');
	expect(found('  EXECUTER ')).toBe('a');
	expect(found('carnet exp')).toBe('b');
	expect(found('evol')).toBe('c');
	expect(found('etat')).toBe('d');
	expect(found('retablir')).toBe('e');
	expect(found('modeles')).toBe('c');
	expect(found('zzz')).toBe('');
});

it('puts first what begins so, then what has a word that does', () => {
	expect(found('ex')).toBe('ba');
	expect(found('e')[0]).toBe('b');
});

it('shows so many', () => {
	const many = Array.from({ length: 200 }, (_, i) => command(`x${i}`, 'Cellule'));
	expect(findCommands(many, 'cell')).toHaveLength(60);
});
