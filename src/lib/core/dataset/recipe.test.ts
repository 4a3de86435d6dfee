import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import type { ColumnChoice, ImportNotes, ImportType, PersonalKind } from '../protocol/import.ts';
import {
	choicesFor,
	makeRecipe,
	matchRecipe,
	readRecipe,
	RECIPE_LIMITS,
	type ImportRecipe
} from './recipe.ts';

const recipe: ImportRecipe = {
	format: 1,
	choices: {
		encoding: 'windows-1252',
		separator: ';',
		decimal: ',',
		dateOrder: 'dmy',
		header: true,
		headerRecords: 2,
		totals: 'keep',
		sheet: 'Feuille 1',
		member: 'ventes.csv',
		depth: 2,
		missing: ['n/d', '-'],
		columns: [
			{ name: 'date', type: 'date' },
			{ groups: [{ to: 'Montréal', from: ['MTL', 'Mtl.'] }] },
			{ keep: false, personal: { action: 'drop' } },
			null
		]
	},
	columns: [
		{ header: 'Date de vente', name: 'date', type: 'date' },
		{ header: 'Ville', name: 'Ville', type: 'category' },
		{ header: 'Courriel', name: 'Courriel', type: 'text' },
		{ header: 'No commande', name: 'No commande', type: 'identifier' }
	],
	key: ['No commande', 'date'],
	mode: 'merge'
};
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const refusalOf = (value: unknown, notes: ImportNotes | null = null): string => {
	try {
		readRecipe(value, notes);
	} catch (error) {
		if (error instanceof AppError)
			return `${error.code} ${error.details.where ?? error.details.column ?? ''}`.trim();
		throw error;
	}
	return 'taken';
};
const withChoices = (choices: object) => ({ ...recipe, choices });
const withColumn = (choice: unknown, at = 1) => ({
	...recipe,
	choices: { columns: Array.from({ length: at + 1 }, (_, i) => (i === at ? choice : null)) }
});
const notesWith = (name: string, personal: PersonalKind[]): ImportNotes => ({
	encoding: 'utf-8',
	separator: ';',
	decimal: ',',
	header: true,
	counts: {},
	columns: [
		{
			name,
			type: 'category',
			kept: true,
			misfits: 0,
			personal: personal.map((kind) => ({ kind, action: 'keep', reason: 'r' }))
		}
	]
});

describe('a recipe', () => {
	it('comes back as it was written', () => {
		expect(readRecipe(sent(recipe))).toEqual(recipe);
		const least = { format: 1, choices: {}, columns: [], key: null, mode: 'add' };
		expect(readRecipe(sent(least))).toEqual(least);
	});
	it.each<[string, unknown, string]>([
		['nothing', null, '/'],
		['a list', [], '/'],
		['another format', { ...recipe, format: 2 }, '/format'],
		['a member too many', { ...recipe, rows: [] }, '/rows'],
		['a member named __proto__', JSON.parse('{"__proto__": 1}'), '/__proto__'],
		['another mode', { ...recipe, mode: 'upsert' }, '/mode'],
		['no columns', { ...recipe, columns: null }, '/columns'],
		[
			'a column of no type',
			{ ...recipe, columns: [{ header: '', name: '', type: 'blob' }] },
			'/columns/0/type'
		],
		[
			'a column with a value',
			{ ...recipe, columns: [{ ...recipe.columns[0], value: 'x' }] },
			'/columns/0/value'
		],
		[
			'a long header',
			{ ...recipe, columns: [{ header: 'x'.repeat(301), name: '', type: 'text' }] },
			'/columns/0/header'
		],
		['too many columns', { ...recipe, columns: Array(2_001).fill(recipe.columns[0]) }, '/columns'],
		['a choice that there is not', withChoices({ rows: 3 }), '/choices/rows'],
		['an encoding that there is not', withChoices({ encoding: 'ebcdic' }), '/choices/encoding'],
		['a separator that there is not', withChoices({ separator: 'x' }), '/choices/separator'],
		['a decimal mark that there is not', withChoices({ decimal: '·' }), '/choices/decimal'],
		[
			'an order of dates that there is not',
			withChoices({ dateOrder: 'ymd' }),
			'/choices/dateOrder'
		],
		['a header that is a text', withChoices({ header: 'yes' }), '/choices/header'],
		['too many markers', withChoices({ missing: Array(51).fill('-') }), '/choices/missing'],
		['a long marker', withChoices({ missing: ['x'.repeat(101)] }), '/choices/missing/0'],
		['choices for more columns than there are', withColumn({}, 4), '/choices/columns'],
		[
			'a choice of a column that there is not',
			withColumn({ sample: ['x'] }),
			'/choices/columns/1/sample'
		],
		['a type that there is not', withColumn({ type: 'x' }), '/choices/columns/1/type'],
		['a keep that is a text', withColumn({ keep: 'x' }), '/choices/columns/1/keep'],
		[
			'an action that there is not',
			withColumn({ personal: { action: 'show' } }),
			'/choices/columns/1/personal/action'
		],
		[
			'a drop with a reason',
			withColumn({ personal: { action: 'drop', reason: 'x' } }),
			'/choices/columns/1/personal/reason'
		],
		[
			'a keep without a reason',
			withColumn({ personal: { action: 'keep' } }),
			'/choices/columns/1/personal/reason'
		],
		[
			'a long reason',
			withColumn({ personal: { action: 'keep', reason: 'x'.repeat(501) } }),
			'/choices/columns/1/personal/reason'
		],
		['groups of what is no text', withColumn({ groups: [] }, 0), '/choices/columns'],
		[
			'a group with more in it',
			withColumn({ groups: [{ to: 'a', from: [], rows: 3 }] }),
			'/choices/columns/1/groups/0/rows'
		],
		[
			'a long spelling',
			withColumn({ groups: [{ to: 'x'.repeat(301), from: [] }] }),
			'/choices/columns/1/groups/0/to'
		],
		[
			'too many groups',
			withColumn({ groups: Array(1_001).fill({ to: '', from: [] }) }),
			'/choices/columns/1/groups'
		],
		[
			'too many spellings',
			withColumn({ groups: [{ to: '', from: Array(1_001).fill('') }] }),
			'/choices/columns/1/groups/0/from'
		],
		['a key of no column', { ...recipe, key: ['Autre'] }, '/key/0'],
		['a key that is left out', { ...recipe, key: ['Courriel'] }, '/key/0'],
		['a key of nothing', { ...recipe, key: [] }, '/key'],
		['a key twice', { ...recipe, key: ['date', 'date'] }, '/key'],
		['a long key', { ...recipe, key: Array(21).fill('date') }, '/key'],
		['a merge without a key', { ...recipe, key: null }, '/key']
	])('is not %s', (_, value, where) => {
		expect(refusalOf(value)).toBe(`recipe_malformed ${where}`);
	});
	it('has a size, in bytes', () => {
		const from = (count: number, text: string) =>
			withColumn({ groups: [{ to: 'a', from: Array(count).fill(text) }] });
		expect(refusalOf(from(600, 'x'.repeat(300)))).toBe('taken');
		expect(refusalOf(from(600, 'é'.repeat(300)))).toBe('recipe_too_large');
		expect(RECIPE_LIMITS.bytes).toBe(200_000);
	});
	it('holds no value of a column where personal information was found', () => {
		const groups = [{ to: 'a', from: ['b'] }];
		expect(refusalOf(withColumn({ groups }), notesWith('Ville', []))).toBe('taken');
		expect(refusalOf(withColumn({ groups }), notesWith('Ville', ['email']))).toBe(
			'recipe_personal Ville'
		);
		expect(refusalOf(withColumn({ groups }), notesWith('Autre', ['email']))).toBe('taken');
		const personal: ColumnChoice = { groups, personal: { action: 'keep', reason: 'r' } };
		expect(refusalOf(withColumn(personal))).toBe('recipe_personal Ville');
	});
});

describe('the recipe of an import', () => {
	const column = (type: ImportType, personal: PersonalKind[] = []) => ({
		header: `En-tête ${type}`,
		name: type,
		type,
		personal: personal.map((kind) => ({
			...{ kind, rows: 1, of: 2, actions: [], examples: [] },
			...{ within: 'cells' as const, confidence: 'sure' as const },
			why: { code: 'email_shape' as const, details: { values: 1 } }
		}))
	});
	it('is one that may be kept: groups that it may not hold are left out', () => {
		const groups = [{ to: 'a', from: ['b'] }];
		const made = makeRecipe(
			{
				separator: ';',
				columns: [
					{ groups },
					{ groups, name: 'nom' },
					{ groups },
					{ groups, personal: { action: 'keep', reason: 'r' } },
					null,
					{ type: 'text' }
				]
			},
			[
				column('category'),
				column('integer'),
				column('category', ['email']),
				column('category'),
				column('date')
			],
			['date'],
			'merge'
		);
		expect(made).toEqual({
			format: 1,
			choices: {
				separator: ';',
				columns: [
					{ groups },
					{ name: 'nom' },
					{},
					{ personal: { action: 'keep', reason: 'r' } },
					null
				]
			},
			columns: ['category', 'integer', 'category', 'category', 'date'].map((type) => ({
				header: `En-tête ${type}`,
				name: type,
				type
			})),
			key: ['date'],
			mode: 'merge'
		});
		expect(readRecipe(sent(made))).toEqual(made);
		expect(makeRecipe({}, [column('date')], null, 'add').choices).toEqual({});
	});
});

describe('another export', () => {
	const match = (...headers: string[]) => matchRecipe(recipe, headers);
	it('has the same columns, in whatever order', () => {
		expect(match('Ville', 'Date de vente', 'No commande', 'Courriel')).toEqual({
			same: true,
			from: [1, 0, 3, 2],
			added: [],
			gone: [],
			renamed: []
		});
	});
	it('has new ones, and some no more', () => {
		expect(match('Date de vente', 'Prix', 'Ville', 'Courriel')).toEqual({
			same: false,
			from: [0, null, 1, 2],
			added: [1],
			gone: [3],
			renamed: []
		});
	});
	it('spells some otherwise', () => {
		expect(match('DATE_DE_VENTE', 'Ville', 'Couriel', 'N° commande')).toEqual({
			same: false,
			from: [0, 1, 2, 3],
			added: [],
			gone: [],
			renamed: [
				{ recipe: 0, file: 0 },
				{ recipe: 2, file: 2 },
				{ recipe: 3, file: 3 }
			]
		});
	});
	it('pairs none that could be two, nor what differs by a number', () => {
		const of = (...headers: string[]) => ({
			columns: headers.map((header) => ({ header, name: header, type: 'text' as const }))
		});
		expect(matchRecipe(of('tarif'), ['Tarif', 'TARIF']).renamed).toEqual([]);
		expect(matchRecipe(of('Tarif', 'TARIF'), ['tarif']).renamed).toEqual([]);
		expect(matchRecipe(of('Prix 2023'), ['Prix 2024'])).toMatchObject({ added: [0], gone: [0] });
		expect(matchRecipe(of('a', 'b'), ['c', 'd'])).toMatchObject({ added: [0, 1], gone: [0, 1] });
		expect(matchRecipe(of('', '!'), ['?', ''])).toMatchObject({ from: [null, 0], renamed: [] });
	});
	it('looks for slips in a hundred letters, and in a hundred thousand pairs, no more', () => {
		const pairs = (count: number, length: number) => {
			const headers = Array.from(
				{ length: count },
				(_, i) => `${'a'.repeat(length - 4)}${i + 1_000}`
			);
			const columns = headers.map((header) => ({ header, name: 'a', type: 'text' as const }));
			// One letter more in each: a slip.
			return matchRecipe(
				{ columns },
				headers.map((header) => `b${header}`)
			).renamed.length;
		};
		expect(pairs(2, 99)).toBe(2);
		expect(pairs(2, 100)).toBe(0);
		expect(pairs(316, 20)).toBe(316);
		expect(pairs(317, 20)).toBe(0);
	});
	it('pairs headers that are there twice in their order', () => {
		const twice = { columns: [recipe.columns[0], recipe.columns[1], recipe.columns[0]] };
		expect(
			matchRecipe(twice as Pick<ImportRecipe, 'columns'>, ['Date de vente', 'Date de vente'])
		).toMatchObject({ from: [0, 2], gone: [1] });
	});
	it('is read as the one before', () => {
		const found = match('Ville', 'Prix', 'Date de vente');
		expect(choicesFor(recipe, found)).toEqual({
			...recipe.choices,
			columns: [
				{ name: 'Ville', type: 'category', groups: [{ to: 'Montréal', from: ['MTL', 'Mtl.'] }] },
				null,
				{ name: 'date', type: 'date' }
			]
		});
	});
});
