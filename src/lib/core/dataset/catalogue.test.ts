import { describe, expect, it } from 'vitest';
import { ANY, nearestWords, searchCatalogue, type CatalogueEntry } from './catalogue.ts';

const entry = (id: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
	id,
	title: id,
	description: '',
	otherWords: '',
	organisation: 'Théâtre du Fleuve',
	keywords: [],
	columns: [],
	regions: [],
	licence: 'CC-BY-4.0',
	publication: 'aggregates',
	own: false,
	synthetic: false,
	updatedAt: 0,
	...more
});
const entries = [
	entry('billets', {
		title: 'Billetterie 2024-2025',
		columns: ['date_achat', 'prix'],
		updatedAt: 2
	}),
	entry('musees', {
		title: 'Fréquentation des musées',
		description: 'Entrées gratuites et payantes, prix moyen',
		otherWords: 'Museum attendance',
		organisation: 'Société des musées',
		keywords: ['Muséologie'],
		regions: ['06', '03'],
		publication: 'rows',
		updatedAt: 5
	}),
	entry('oeuvres', { title: 'Œuvres et ayants droit', updatedAt: 3 })
];
const found = (query: Partial<typeof ANY>): string[] =>
	searchCatalogue(entries, { ...ANY, ...query }).map(({ id }) => id);

describe('the catalogue', () => {
	it('finds by what is said in the other language', () => {
		expect(found({ words: 'attendance' })).toEqual(['musees']);
	});

	it('shows all, the latest changed first, when nothing is asked', () => {
		expect(found({})).toEqual(['musees', 'oeuvres', 'billets']);
	});
	it('ignores case, accents, ligatures and kinds of spaces', () => {
		expect(found({ words: 'FREQUENTATION' })).toEqual(['musees']);
		expect(found({ words: 'œuvres\u00a0 AYANTS' })).toEqual(['oeuvres']);
		expect(found({ words: 'oeuvre' })).toEqual(['oeuvres']);
		expect(found({ words: 'muse' })).toEqual(['musees']);
	});
	it('asks for every word, wherever it is, from its beginning', () => {
		expect(found({ words: 'musees prix' })).toEqual(['musees']);
		expect(found({ words: 'musees concert' })).toEqual([]);
		expect(found({ words: 'lletterie' })).toEqual([]);
		expect(found({ words: 'achat' })).toEqual(['billets']);
	});
	it('puts a title before a description', () => {
		expect(found({ words: 'prix' })).toEqual(['billets', 'musees']);
	});
	it('keeps to an organisation, a region, what may be published', () => {
		expect(found({ organisation: 'Société des musées' })).toEqual(['musees']);
		expect(found({ region: '03' })).toEqual(['musees']);
		expect(found({ region: '11' })).toEqual([]);
		expect(found({ publication: 'aggregates', words: 'theatre' })).toEqual(['oeuvres', 'billets']);
	});

	it('does not look at what joins words', () => {
		expect(found({ words: '2024 2025' })).toEqual(['billets']);
		expect(found({ words: 'billetterie-2024–2025' })).toEqual(['billets']);
	});

	it('offers the nearest word where one is nowhere', () => {
		const near = (words: string, more: Partial<typeof ANY> = {}) =>
			nearestWords(entries, { ...ANY, words, ...more });
		expect(near('billeterie')).toBe('billetterie');
		expect(near('Frequantation museés')).toBe('fréquentation museés');
		expect(near('BILETTERIE 2024')).toBe('billetterie 2024');
		// No word is near; each is there but never together; what is near is not of that region.
		expect(near('trapèze')).toBe('');
		expect(near('billetterie museum')).toBe('');
		expect(near('billeterie museum')).toBe('');
		expect(near('billeterie', { region: '06' })).toBe('');
		expect(near('art')).toBe('');
		expect(near('')).toBe('');
	});
});
