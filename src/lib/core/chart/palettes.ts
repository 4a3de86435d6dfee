/**
 * Lists of colours that people with any colour vision can tell apart, and that stand out from the page in both themes
 * (3:1 at least for categories): the test beside this file measures both.
 */

export interface Palette {
	readonly name: string;
	/** Colours for categories, amounts from little to much, or amounts on both sides of zero. */
	readonly use: 'categories' | 'amounts' | 'sides';
	/** For categories, in their order; for the others, samples from first to last. */
	readonly colours: readonly string[];
	/** The scheme of Plot that it is, where it is one. */
	readonly scheme: string | null;
	/** Whose work it is. */
	readonly from: string;
}

export const PALETTES: readonly Palette[] = [
	{
		name: 'carnet',
		use: 'categories',
		colours: ['#23869a', '#d1602f', '#7a5fc7', '#bf2a5a', '#a772de'],
		scheme: null,
		from: 'Carnet commun'
	},
	{
		name: 'vif',
		use: 'categories',
		colours: ['#0077bb', '#cc3311', '#009988', '#ee3377'],
		scheme: null,
		from: 'Paul Tol, “vibrant”'
	},
	{
		name: 'dix',
		use: 'categories',
		colours: [
			'#486890',
			'#d1602f',
			'#806000',
			'#f848b8',
			'#23869a',
			'#7a5fc7',
			'#bf2a5a',
			'#a000e8',
			'#a772de',
			'#c040f8'
		],
		scheme: null,
		from: 'Carnet commun'
	},
	{
		name: 'cividis',
		use: 'amounts',
		colours: ['#00224e', '#575d6d', '#a59c74', '#fee838'],
		scheme: 'cividis',
		from: 'Nuñez, Anderton and Renslow, 2018'
	},
	{
		name: 'viridis',
		use: 'amounts',
		colours: ['#440154', '#31688e', '#35b779', '#fde725'],
		scheme: 'viridis',
		from: 'Smith and van der Walt, matplotlib'
	},
	{
		name: 'bleus',
		use: 'amounts',
		colours: ['#deebf7', '#9ecae1', '#4292c6', '#08519c'],
		scheme: 'blues',
		from: 'Cynthia Brewer, ColorBrewer'
	},
	{
		name: 'orange-violet',
		use: 'sides',
		colours: ['#b35806', '#fdb863', '#f7f7f7', '#b2abd2', '#542788'],
		scheme: 'puor',
		from: 'Cynthia Brewer, ColorBrewer'
	},
	{
		name: 'rouge-bleu',
		use: 'sides',
		colours: ['#b2182b', '#f4a582', '#f7f7f7', '#92c5de', '#2166ac'],
		scheme: 'rdbu',
		from: 'Cynthia Brewer, ColorBrewer'
	}
];

/** What highlights turn the others into. */
export const GREY = '#8a8f8c';

/** The house's palettes, by how many colours they have. */
const OURS = PALETTES.filter(({ from, use }) => from === 'Carnet commun' && use === 'categories');

/** A palette of the house with so many colours; null where none has: Plot's own has no more, and some are pale. */
export const paletteOfSize = (categories: number): string | null =>
	OURS.find(({ colours }) => colours.length >= categories)?.name ?? null;

export const paletteOf = (name: string | null): Palette | null =>
	PALETTES.find((palette) => palette.name === name) ?? null;
