/** Columns of numbers that name things (a code, a number on a list): neither added up nor written with thousands apart. */
import { foldedText } from './folded-text.ts';

const NAMES = /(?:^|[ _.-])(?:id|no|n°|num|numero|code|cle|telephone|phone|postal)(?:$|[ _.-])/;
const YEARS = /(?:^|[ _.-])(?:annee|year)(?:$|[ _.-])/;

/** Whether the numbers of a column of this name are read figure by figure: « N° du musée », `code_postal`. */
export const namesThings = (name: string): boolean => NAMES.test(foldedText(name));

/** The same, and years: whatever is not to be added up. */
export const isName = (name: string): boolean => namesThings(name) || YEARS.test(foldedText(name));
