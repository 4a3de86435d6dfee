import { expect, it } from 'vitest';
import { TABLE_VERBS } from '$lib/core/notebook/kind';
import { verbWords } from './lineage-words';
import { markCaption } from './mark-words';
import { toldSteps } from './told-steps';

const told = (verb: string): boolean => toldSteps([{ cell: 'a', verb, rows: 1 }]).length > 0;

it('tells each step in plain words, in both languages', () => {
	expect(verbWords('load', 'fr')).toBe('lit le jeu de données');
	expect(verbWords('load', 'en')).toBe('reads the dataset');
	const neutral = verbWords('unheard', 'fr');
	const unsaid = [...TABLE_VERBS].filter((verb) => told(verb) && verbWords(verb, 'fr') === neutral);
	expect(unsaid).toEqual([]);
	expect(verbWords('constructor', 'fr')).toBe(neutral);
});

it('says nothing of what changes neither rows nor values', () => {
	expect(told('params')).toBe(false);
	expect(told('filter')).toBe(true);
});

it('names marks in words', () => {
	expect(markCaption('bar', 'fr')).toBe('Données du graphique\u00a0: barres');
	expect(markCaption('bar', 'en')).toBe('Data of the chart: bars');
	expect(markCaption('unheard', 'fr')).toBe('Données du graphique');
});
