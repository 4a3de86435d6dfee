import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { readsAs } from '../../tables/pool/source-columns.ts';
import type { ValueType } from '../dataset/value-type.ts';
import { assign } from './assignment.ts';
import { openWords } from './abbreviations.ts';
import { readContract } from './contract.ts';
import { foldWords } from './fold.ts';
import { isPeriod, periodOf } from './period.ts';
import { suggestMapping, type SourceColumn } from './suggest-mapping.ts';
import { suggestValues } from './suggest-values.ts';

describe('names', () => {
	it.each([
		['Date de la représentation', 'date representation'],
		['dateRepresentation', 'date representation'],
		['DATE_REPRESENTATION', 'date representation'],
		['N° de commande', 'no commande'],
		['L’Œuvre', 'oeuvre'],
		['de', 'de']
	])('%s', (name, words) => expect(foldWords(name).join(' ')).toBe(words));

	it.each([
		['DTREP', 'date representation'],
		['Nb billets', 'nombre billets'],
		['MNTREC', 'montant recettes'],
		['Qté', 'quantite'],
		['SALLE', 'salle'],
		['DTXYZ', 'dtxyz']
	])('%s opened', (name, words) => expect(openWords(foldWords(name)).join(' ')).toBe(words));
});

it('periods', () => {
	const day = Date.UTC(2025, 7, 31) / 86_400_000;
	expect(periodOf(day, 'year')).toBe('2025');
	expect(periodOf(day, 'quarter')).toBe('2025-Q3');
	expect(periodOf(day, 'month')).toBe('2025-08');
	expect(isPeriod('2025-Q5', 'quarter')).toBe(false);
	expect(isPeriod('2025-13', 'month')).toBe(false);
});

describe('values', () => {
	const allowed = [
		{ value: 'Web', synonyms: ['Internet', 'En ligne'] },
		{ value: 'Guichet', synonyms: ['Box office'] },
		{ value: 'Étudiant', synonyms: ['Student'] },
		{ value: 'Étranger', synonyms: [] },
		{ value: 'Abonnement', synonyms: [] }
	];
	it.each([
		['web', 'Web', 'same_value'],
		['EN-LIGNE', 'Web', 'value_synonym'],
		['student', 'Étudiant', 'value_synonym'],
		['ETU', 'Étudiant', 'value_beginning'],
		['GUI', 'Guichet', 'value_beginning'],
		['Abonnements', 'Abonnement', 'value_near'],
		['Guichte', 'Guichet', 'value_near'],
		// The beginning of two.
		['ET', null, null],
		['E', null, null],
		['Télécopie', null, null]
	])('%s', (from, to, reason) =>
		expect(suggestValues([from], allowed)).toEqual([{ from, to, reason }])
	);
});

it('a text equally near two values suggests neither', () => {
	const allowed = ['Salle no 1', 'Salle no 2'].map((value) => ({ value, synonyms: [] }));
	expect(suggestValues(['Salle no 7'], allowed)).toEqual([
		{ from: 'Salle no 7', to: null, reason: null }
	]);
});

describe('assignment', () => {
	const best = (scores: number[][], row = 0, taken = 0): number => {
		if (row === scores.length) return 0;
		let most = best(scores, row + 1, taken);
		(scores[row] ?? []).forEach((score, column) => {
			if ((taken & (1 << column)) === 0)
				most = Math.max(most, score + best(scores, row + 1, taken | (1 << column)));
		});
		return most;
	};
	it('finds the highest sum, one to one, whatever the shape', () => {
		const random = seeded(11);
		for (let round = 0; round < 300; round++) {
			const [rows, columns] = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 6)];
			const scores = Array.from({ length: rows }, () =>
				Array.from({ length: columns }, () => (random() < 0.4 ? 0 : random()))
			);
			const found = assign(scores);
			const used = found.filter((column) => column !== null);
			expect(new Set(used).size).toBe(used.length);
			const sum = found.reduce<number>(
				(total, column, row) => total + (column === null ? 0 : (scores[row]?.[column] ?? 0)),
				0
			);
			expect(sum).toBeCloseTo(best(scores), 9);
		}
	});
	it('makes no pair of nothing, and goes on past sixty columns', () => {
		expect(assign([[0, 0]])).toEqual([null]);
		expect(assign([])).toEqual([]);
		expect(assign([[], []])).toEqual([null, null]);
		const wide = Array.from({ length: 3 }, (_, row) =>
			Array.from({ length: 100 }, (_, column) => (column === 90 + row ? 1 : 0))
		);
		expect(assign(wide)).toEqual([90, 91, 92]);
	});
});

describe('mapping', () => {
	const words = (text: string) => ({ fr: text, en: text });
	const target = (name: string, type: ValueType, more: object = {}) => ({
		name,
		label: words(name),
		type,
		...more
	});
	const contract = (...columns: object[]) =>
		readContract({
			title: words('t'),
			columns,
			terms: { licence: 'CC-BY-4.0', publication: 'rows' }
		});
	const source = (name: string, type: ValueType, ...samples: string[]): SourceColumn => ({
		name,
		type,
		samples,
		distinct: samples.length
	});
	const of = (columns: SourceColumn[], ...targets: object[]) =>
		suggestMapping(columns, contract(...targets), readsAs).map(({ mapping }) => mapping.source);

	it('never suggests what nothing speaks for, nor a type that cannot be', () => {
		expect(of([source('Remarque', 'text', 'a')], target('billets', 'integer'))).toEqual([null]);
		expect(of([source('billets', 'text', 'beaucoup')], target('billets', 'integer'))).toEqual([
			null
		]);
		expect(of([source('Montant', 'money', '3')], target('montant', 'date'))).toEqual([null]);
		expect(of([], target('billets', 'integer'))).toEqual([null]);
	});
	it('tells two dates, and two amounts, by their names', () => {
		expect(
			of(
				[
					source('Date d’achat', 'date', '2025-01-01'),
					source('Date de représentation', 'date', '2025-02-01')
				],
				target('date_representation', 'date'),
				target('date_achat', 'date')
			)
		).toEqual([1, 0]);
	});
	it('knows a region, an area and a time by their values alone', () => {
		const columns = [
			source('Col1', 'text', '19 h 30', '20 h'),
			source('Col2', 'text', 'H2X', 'G1R'),
			source('Col3', 'text', 'Montreal', 'ESTRIE')
		];
		expect(
			of(columns, target('r', 'region'), target('rta', 'postal_area'), target('h', 'time'))
		).toEqual([2, 1, 0]);
	});
	it('says why, and how numbers are to be changed', () => {
		const [money, share] = suggestMapping(
			[source('Revenu (k$)', 'number', '1.2'), source('Taux', 'number', '0.5', '1')],
			contract(target('revenu', 'money', { unit: '$' }), target('taux', 'percent', { unit: '%' })),
			readsAs
		);
		expect(money?.mapping).toMatchObject({ source: 0, unit: 'from_thousands' });
		expect(money?.reasons).toContain('thousands');
		expect(share?.mapping).toMatchObject({ source: 1, unit: 'from_share' });
		expect(share?.reasons).toEqual(['same_name', 'shares']);
	});
	it('is not fooled by a column named like an object’s own', () =>
		expect(
			of(
				[source('__proto__', 'text', 'a'), source('constructor', 'text', 'b')],
				target('x', 'text')
			)
		).toEqual([null]));
});
