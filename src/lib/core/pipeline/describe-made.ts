/** Columns that a step names, makes or sums up, in words: what they are called and what each is. */
import type { Lang } from '../notebook/notebook.ts';
import { describeExpression } from './describe-expression.ts';
import type { Expression } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import { column, sameExpression } from './make-expression.ts';
import { countName } from './read-step.ts';
import { choose, columnWords, constantText, say, sayList, textWords, valueWords } from './say.ts';
import type { MadeColumn } from './step.ts';
import type { Words } from './words.ts';

/** Columns by name. */
export const columns = (names: readonly string[], lang: Lang): Words =>
	sayList(names.map(columnWords), lang);

/** « le mois de *date* » as « par » and « chaque » are followed by it: « mois de *date* ». */
function bare(words: Words): Words {
	const [first, ...rest] = words;
	return first?.kind === 'text'
		? [{ kind: 'text', text: first.text.replace(/(^| et )(?:l’|les? |la |the )/g, '$1') }, ...rest]
		: words;
}

/** Groups: by name where they are columns, else by what they are. */
export const groups = (by: readonly MadeColumn[], lang: Lang): Words =>
	sayList(
		by.map(({ name, value }) =>
			sameExpression(value, column(name))
				? columnWords(name)
				: bare(describeExpression(value, lang))
		),
		lang
	);

/** « *total* : la somme de *prix* »; several are told apart by `; `. What a name says already is said once. */
export const made = (of: readonly MadeColumn[], lang: Lang): Words =>
	sayList(
		of.map(({ name, value }) => {
			const words = describeExpression(value, lang);
			return isSaid(name, words, lang)
				? words
				: say(choose(lang, '{0}\u00a0: {1}', '{0}: {1}'), columnWords(name), words);
		}),
		lang,
		'and',
		'; '
	);

/** Whether a column's name is the words, or what they say before the name of another column. */
function isSaid(name: string, words: Words, lang: Lang): boolean {
	const plain = (text: string): string => text.replace(/ d’/g, ' de ').toLowerCase();
	const all = plain(
		bare(words)
			.map(({ text }) => text)
			.join('')
	);
	const [first] = bare(words);
	const before =
		first?.kind === 'text' && words[1]?.kind === 'column'
			? plain(first.text).replace(lang === 'fr' ? / de $/ : / of $/, '')
			: null;
	return plain(name) === all || plain(name) === before;
}

/** What a summary of a column does, and of which name nothing needs to be said. */
const SUMMED: Readonly<Record<string, readonly [fr: string, en: string]>> = {
	count: ['compte les lignes', 'counts the rows'],
	sum: ['additionne {0}', 'adds up {0}'],
	mean: ['fait la moyenne de {0}', 'averages {0}'],
	average: ['fait la moyenne de {0}', 'averages {0}'],
	median: ['trouve la médiane de {0}', 'finds the median of {0}'],
	min: ['trouve le minimum de {0}', 'finds the minimum of {0}'],
	max: ['trouve le maximum de {0}', 'finds the maximum of {0}'],
	distinct: ['compte les valeurs distinctes de {0}', 'counts the distinct values of {0}'],
	valid: ['compte les valeurs présentes de {0}', 'counts the present values of {0}'],
	invalid: ['compte les valeurs manquantes de {0}', 'counts the missing values of {0}'],
	mode: ['trouve la valeur la plus fréquente de {0}', 'finds the most frequent value of {0}']
};
const COUNTED = new Set(['nombre', 'count', 'n']);

/** Whether the name says no more than the summary: the column's own, or one that the panel gives by default. */
function isUsualName(name: string, fn: string, of: string | null): boolean {
	const plain = name.replace(/ \d+$/, '');
	if (of === null) return COUNTED.has(plain);
	const label = FUNCTIONS.get(fn)?.label;
	const [fr, en] = [label?.fr.toLowerCase() ?? fn, label?.en.toLowerCase() ?? fn];
	return [
		...[of, `${fr} de ${of}`, `${fr} d’${of}`, `${en} of ${of}`],
		...(fn === 'sum' ? [`total ${of}`] : [])
	].some((usual) => usual === name || usual === plain);
}

/**
 * What is done to sum up, one phrase for each sort: « additionne *a* et *b* », « calcule *t* : la somme de *x* ».
 * `plain`: said by a verb alone, which « par … » can follow.
 */
export function summed(
	values: readonly MadeColumn[],
	lang: Lang
): readonly { readonly words: Words; readonly plain: boolean }[] {
	const alike = new Map<string, string[]>();
	const others: MadeColumn[] = [];
	const alone = countName(values) !== null;
	for (const one of values) {
		const { value } = one;
		const [of, more] = value.kind === 'call' ? value.args : [];
		const from = of?.kind === 'column' ? of.name : null;
		const fn = value.kind === 'call' && Object.hasOwn(SUMMED, value.fn) && !more ? value.fn : null;
		const usual =
			fn !== null &&
			(fn === 'count' ? !of : from !== null) &&
			(alone || isUsualName(one.name, fn, from));
		if (!usual || fn === null) others.push(one);
		else alike.set(fn, [...(alike.get(fn) ?? []), ...(from === null ? [] : [from])]);
	}
	const said = [...alike].map(([fn, names]) => {
		const [fr, en] = SUMMED[fn] ?? ['', ''];
		return { words: say(choose(lang, fr, en), columns(names, lang)), plain: true };
	});
	return others.length
		? [
				...said,
				{
					words: say(choose(lang, 'calcule {0}', 'computes {0}'), made(others, lang)),
					plain: false
				}
			]
		: said;
}

const FILLED: Readonly<Record<string, readonly [fr: string, en: string]>> = {
	mean: ['leur moyenne', 'their mean'],
	average: ['leur moyenne', 'their mean'],
	median: ['leur médiane', 'their median'],
	mode: ['la plus fréquente', 'the most frequent one'],
	min: ['la plus petite', 'the smallest one'],
	max: ['la plus grande', 'the largest one'],
	fill_down: ['celle de la ligne précédente', 'the one of the previous row'],
	fill_up: ['celle de la ligne suivante', 'the one of the next row']
};

/** What missing values of a column are filled with, in words that need not name it again. */
export function filling(name: string, value: Expression, lang: Lang): Words {
	const own =
		value.kind === 'call' &&
		value.args.length === 1 &&
		value.args.every((of) => sameExpression(of, column(name)));
	const known = own && Object.hasOwn(FILLED, value.fn) ? FILLED[value.fn] : undefined;
	return known ? textWords(choose(lang, known[0], known[1])) : describeExpression(value, lang);
}

/** What is said after a column's name, and what is done to it. */
const DONE: readonly (readonly [fr: string, en: string, doneFr: string, doneEn: string])[] = [
	[' lu comme ', ' read as ', 'lit {0} comme {1}', 'reads {0} as {1}'],
	[' en ', ' in ', 'met {0} en {1}', 'puts {0} in {1}'],
	[' par ', ' in ', 'met {0} par {1}', 'puts {0} in {1}'],
	[' arrondi ', ' rounded ', 'arrondit {0} {1}', 'rounds {0} {1}']
];

/** Columns made of their own row: what they are, or what is done to one that stays. */
export function describeDerive(of: readonly MadeColumn[], lang: Lang): Words {
	const pick = (fr: string, en: string, ...given: readonly Words[]): Words =>
		say(choose(lang, fr, en), ...given);
	const [only, more] = of;
	const { name = '', value } = only ?? {};
	const [first, changes, otherwise] = value?.kind === 'call' ? value.args : [];
	if (more || value?.kind !== 'call' || first?.kind !== 'column')
		return pick('calcule {0}', 'computes {0}', made(of, lang));
	const itself = first.name === name;
	if (value.fn === 'missing')
		return pick(
			'signale dans {0} où {1} manque',
			'flags in {0} where {1} is missing',
			columnWords(name),
			columnWords(first.name)
		);
	if (value.fn === 'recode' && changes?.kind === 'pairs') {
		const rest =
			otherwise && !sameExpression(otherwise, first) ? describeExpression(otherwise, lang) : null;
		const entries = [
			...changes.entries.map(([from, to]) =>
				pick(
					'{0} devient {1}',
					'{0} becomes {1}',
					valueWords(constantText(from, lang)),
					describeExpression(to, lang)
				)
			),
			...(rest ? [pick('le reste devient {0}', 'the rest becomes {0}', rest)] : [])
		];
		return pick(
			itself ? 'dans {0}, {2}' : 'calcule {0} à partir de {1}\u00a0: {2}',
			itself ? 'in {0}, {2}' : 'computes {0} from {1}: {2}',
			columnWords(name),
			columnWords(first.name),
			sayList(entries, lang)
		);
	}
	const words = describeExpression(value, lang);
	const [lead, ...tail] = words;
	// « *code* lu comme un nombre »: of the column itself, it is what is done to it.
	if (itself && lead?.kind === 'column' && lead.text === name && tail.length) {
		const [said, ...more] = tail;
		for (const [fr, en, doneFr, doneEn] of DONE)
			if (said?.text.startsWith(choose(lang, fr, en)))
				return say(choose(lang, doneFr, doneEn), columnWords(name), [
					{ ...said, text: said.text.slice(choose(lang, fr, en).length) },
					...more
				]);
		return pick('remplace {0} par {1}', 'replaces {0} with {1}', columnWords(name), words);
	}
	return pick('calcule {0}', 'computes {0}', made(of, lang));
}
