/** Columns of numbers that name things (a code, a number on a list): neither added up nor written with thousands apart. */
const NAMES = /(?:^|[ _.-])(?:id|no|n°|num|numero|code|cle|telephone|phone|postal)(?:$|[ _.-])/;
const YEARS = /(?:^|[ _.-])(?:annee|year)(?:$|[ _.-])/;

/** Without what searches know besides: a report's first scripts bring this along. */
const plain = (name: string): string =>
	name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[‐‑‒–—−]/g, '-')
		.replace(/\s+/gu, ' ')
		.trim();

/** Whether the numbers of a column of this name are read figure by figure: « N° du musée », `code_postal`. */
export const namesThings = (name: string): boolean => NAMES.test(plain(name));

/** The same, and years: whatever is not to be added up. */
export const isName = (name: string): boolean => namesThings(name) || YEARS.test(plain(name));
