/** The words of formulas that are not functions of the catalogue. Each is read whatever the formula's language. */
import type { Lang } from '../../notebook/notebook.ts';
import { foldedText } from '../../folded-text.ts';

export type FormulaWord = 'and' | 'or' | 'not' | 'true' | 'false' | 'null';

/** The first of each list is printed. */
export const FORMULA_WORDS: Readonly<
	Record<FormulaWord, Readonly<Record<Lang, readonly string[]>>>
> = {
	and: { fr: ['et'], en: ['and'] },
	or: { fr: ['ou'], en: ['or'] },
	not: { fr: ['non'], en: ['not'] },
	true: { fr: ['vrai'], en: ['true'] },
	false: { fr: ['faux'], en: ['false'] },
	null: { fr: ['vide', 'nul'], en: ['null', 'blank'] }
};

/** What is written as a function and is a shape of its own among expressions. */
export type FormulaForm =
	'if' | 'ifs' | 'and' | 'or' | 'not' | 'mod' | 'power' | 'join' | 'item' | 'rolling';

interface Form {
	readonly names: Readonly<Record<Lang, readonly string[]>>;
	readonly least: number;
	readonly most: number | null;
}
export const FORMULA_FORMS: Readonly<Record<FormulaForm, Form>> = {
	if: { names: { fr: ['si'], en: ['if', 'iff'] }, least: 2, most: 3 },
	ifs: { names: { fr: ['si.conditions'], en: ['ifs'] }, least: 2, most: null },
	and: { names: { fr: ['et'], en: ['and'] }, least: 1, most: null },
	or: { names: { fr: ['ou'], en: ['or'] }, least: 1, most: null },
	not: { names: { fr: ['non'], en: ['not'] }, least: 1, most: 1 },
	mod: { names: { fr: ['mod'], en: ['mod'] }, least: 2, most: 2 },
	power: { names: { fr: ['puissance'], en: ['power'] }, least: 2, most: 2 },
	join: {
		names: { fr: ['concat', 'concatener'], en: ['concat', 'concatenate'] },
		least: 1,
		most: null
	},
	item: { names: { fr: ['partie'], en: ['part'] }, least: 2, most: 2 },
	rolling: { names: { fr: ['glissant'], en: ['rolling'] }, least: 3, most: 4 }
};

/** A name as functions are compared: accents, case and underscores do not count. */
export const foldedName = (name: string): string => foldedText(name).replace(/_/g, '');

const WORD_OF: ReadonlyMap<string, FormulaWord> = new Map(
	(Object.keys(FORMULA_WORDS) as FormulaWord[]).flatMap((word) =>
		[...FORMULA_WORDS[word].fr, ...FORMULA_WORDS[word].en].map((name) => [name, word] as const)
	)
);
/** The word that a name is, in either language. Accents count: « où » is a place, « ou » a choice. */
export const wordOf = (name: string): FormulaWord | null => WORD_OF.get(name.toLowerCase()) ?? null;

const FORM_OF: ReadonlyMap<string, FormulaForm> = new Map(
	(Object.keys(FORMULA_FORMS) as FormulaForm[]).flatMap((form) =>
		[...FORMULA_FORMS[form].names.fr, ...FORMULA_FORMS[form].names.en].map(
			(name) => [foldedName(name), form] as const
		)
	)
);
export const formOf = (name: string): FormulaForm | null => FORM_OF.get(foldedName(name)) ?? null;

const BARE = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;
/** A column's name as a formula writes it: in brackets where it would not be read as one name. */
export const writtenColumn = (name: string): string =>
	BARE.test(name) && wordOf(name) === null ? name : `[${name.replaceAll(']', ']]')}]`;
