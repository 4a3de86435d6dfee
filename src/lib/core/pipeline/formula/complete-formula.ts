/** What may be written at the caret of a formula, and which function's arguments it stands in. */
import { foldedText } from '../../folded-text.ts';
import type { Lang } from '../../notebook/notebook.ts';
import { OFFERED_FUNCTIONS } from './formula-catalogue.ts';
import type { FormulaContext } from './formula-function.ts';
import { FORMULA_MACROS } from './formula-macro.ts';
import { FormulaNames, ofCount } from './formula-names.ts';
import { formulaTokens } from './formula-token.ts';
import { FORMULA_FORMS, foldedName, writtenColumn } from './formula-words.ts';
import type { FormulaForm } from './formula-words.ts';

export interface FormulaOption {
	readonly kind: 'column' | 'param' | 'function';
	/** As it is shown: `Prix du billet`, `moyenne`. */
	readonly label: string;
	/** As it is written; of a function, with its open parenthesis. */
	readonly insert: string;
}

/** Options for the `length` characters at `at`, that stand before the caret. */
export interface FormulaCompletion {
	readonly at: number;
	readonly length: number;
	readonly options: readonly FormulaOption[];
}

/** The argument that the caret stands in. */
export interface FormulaSignature {
	readonly name: string;
	readonly params: readonly string[];
	readonly place: number;
}

const MAX_OPTIONS = 12;
const FORM_PARAMS: Readonly<Record<FormulaForm, Readonly<Record<Lang, readonly string[]>>>> = {
	if: { fr: ['condition', 'alors', 'sinon'], en: ['condition', 'then', 'otherwise'] },
	ifs: {
		fr: ['condition', 'alors', 'condition2', 'alors2'],
		en: ['condition', 'then', 'condition2', 'then2']
	},
	and: { fr: ['condition', 'condition2'], en: ['condition', 'condition2'] },
	or: { fr: ['condition', 'condition2'], en: ['condition', 'condition2'] },
	not: { fr: ['condition'], en: ['condition'] },
	mod: { fr: ['nombre', 'diviseur'], en: ['number', 'divisor'] },
	power: { fr: ['nombre', 'exposant'], en: ['number', 'exponent'] },
	join: { fr: ['texte', 'texte2'], en: ['text', 'text2'] },
	item: { fr: ['parties', 'place'], en: ['parts', 'place'] },
	rolling: { fr: ['calcul', 'de', 'à'], en: ['calculation', 'from', 'to'] }
};

/** How well a name answers what is typed: 0 begins with it, 1 has a word that does, 2 holds it, -1 does not. */
function rank(name: string, typed: string): number {
	if (typed === '' || name.startsWith(typed)) return 0;
	const at = name.indexOf(typed);
	if (at < 0) return -1;
	return /[\p{L}\p{N}]/u.test(name.charAt(at - 1)) ? 2 : 1;
}

function functionNames(lang: Lang): string[] {
	const names = [
		...Object.values(FORMULA_FORMS).map((form) => form.names[lang][0] ?? ''),
		...FORMULA_MACROS.map((macro) => macro.names[lang][0] ?? ''),
		...OFFERED_FUNCTIONS.map((fn) => fn.names[lang][0] ?? '')
	];
	return [...new Set(names)];
}

/** What completes the name that ends at the caret; null where none does. With nothing typed yet, columns only. */
export function completeFormula(
	text: string,
	caret: number,
	lang: Lang,
	{ columns, params }: Pick<FormulaContext, 'columns' | 'params'>
): FormulaCompletion | null {
	const tokens = formulaTokens(text.slice(0, caret), lang);
	const last = tokens.at(-2);
	const touching = last?.end === caret ? last : undefined;
	const inBrackets = touching?.kind === 'column' && !touching.closed;
	if (touching && touching.kind !== 'name' && touching.kind !== 'param' && !inBrackets) {
		// After a value nothing begins; after a sign a value does.
		const begins = touching.kind === 'sign' && !/^[)}%]$/.test(touching.sign);
		if (!begins) return null;
	}
	if (last?.kind === 'text' && !last.closed) return null;
	const named =
		touching && (touching.kind === 'name' || touching.kind === 'param' || inBrackets)
			? touching
			: null;
	const typed =
		named?.kind === 'name' || named?.kind === 'param' || named?.kind === 'column' ? named.name : '';
	const at = named?.at ?? caret;
	const options: { option: FormulaOption; rank: number }[] = [];
	const offer = (
		kind: FormulaOption['kind'],
		label: string,
		insert: string,
		found: number
	): void => {
		if (found >= 0) options.push({ option: { kind, label, insert }, rank: found });
	};
	const folded = foldedText(typed);
	if (named?.kind !== 'param')
		for (const { name } of columns)
			offer('column', name, writtenColumn(name), rank(foldedText(name), folded));
	if (!inBrackets && typed !== '')
		for (const { name } of params) {
			const shared = columns.some((column) => foldedText(column.name) === foldedText(name));
			offer(
				'param',
				name,
				shared || named?.kind === 'param' ? `$${name}` : name,
				rank(foldedText(name), folded)
			);
		}
	if (named?.kind === 'name')
		for (const name of functionNames(lang))
			offer('function', name, `${name}(`, rank(foldedName(name), foldedName(typed)));
	options.sort((a, b) => a.rank - b.rank);
	if (options.length === 0) return null;
	const [only] = options;
	// What is whole already needs no list.
	if (options.length === 1 && only?.option.insert === text.slice(at, caret)) return null;
	return {
		at,
		length: caret - at,
		options: options.slice(0, MAX_OPTIONS).map(({ option }) => option)
	};
}

/** The innermost call that is open at the caret. */
export function signatureAt(
	text: string,
	caret: number,
	lang: Lang,
	context: FormulaContext
): FormulaSignature | null {
	const open: { name: string | null; place: number }[] = [];
	const tokens = formulaTokens(text.slice(0, caret), lang);
	tokens.forEach((token, i) => {
		if (token.kind !== 'sign') return;
		const inner = open.at(-1);
		const before = tokens[i - 1];
		if (token.sign === '(')
			open.push({ name: before?.kind === 'name' ? before.name : null, place: 0 });
		else if (token.sign === '{') open.push({ name: null, place: 0 });
		else if (token.sign === ')' || token.sign === '}') open.pop();
		else if (inner && (token.sign === ';' || (token.sign === ',' && lang === 'en'))) inner.place++;
	});
	const call = open.findLast(({ name }) => name !== null);
	if (!call || call.name === null) return null;
	const named = new FormulaNames(context).function(call.name);
	if (!named) return null;
	if (named.kind === 'form')
		return { name: call.name, params: FORM_PARAMS[named.form][lang], place: call.place };
	if (named.kind === 'macro')
		return { name: call.name, params: named.macro.params[lang], place: call.place };
	// Of functions that share a name, the one that takes an argument here.
	const fit = ofCount(named.found, call.place + 1) ?? named.found[0];
	const longest = named.found.reduce((a, b) => ((b.most ?? 9) > (a.most ?? 9) ? b : a));
	const shown =
		named.found.length > 1 && named.found.every(({ most }) => most !== null) ? longest : fit;
	const offered = OFFERED_FUNCTIONS.find(({ fn }) => fn === shown?.fn);
	return offered ? { name: call.name, params: offered.params[lang], place: call.place } : null;
}

/** Functions of a browser, by what they are for. */
export interface ListedFunction {
	readonly name: string;
	readonly category: 'logic' | 'text' | 'number' | 'date' | 'summary' | 'order';
	readonly help: string;
	readonly params: readonly string[];
	readonly example: string;
}

const FORM_HELP: readonly (readonly [
	form: FormulaForm,
	category: 'logic' | 'number' | 'text' | 'order',
	help: Readonly<Record<Lang, string>>
])[] = [
	[
		'if',
		'logic',
		{
			fr: 'Une valeur si la condition est vraie, une autre sinon',
			en: 'One value if the condition is true, another if not'
		}
	],
	[
		'ifs',
		'logic',
		{
			fr: 'La valeur de la première condition qui est vraie',
			en: 'The value of the first condition that is true'
		}
	],
	['and', 'logic', { fr: 'Vrai quand tout est vrai', en: 'True when all are true' }],
	['or', 'logic', { fr: 'Vrai quand une condition l’est', en: 'True when one of them is' }],
	['not', 'logic', { fr: 'Le contraire', en: 'The opposite' }],
	['mod', 'number', { fr: 'Le reste d’une division', en: 'What is left of a division' }],
	['power', 'number', { fr: 'Un nombre à une puissance', en: 'A number to a power' }],
	['join', 'text', { fr: 'Des textes mis bout à bout', en: 'Texts put end to end' }],
	[
		'item',
		'text',
		{ fr: 'Une des parties d’un texte découpé', en: 'One part of a text that was split' }
	],
	[
		'rolling',
		'order',
		{
			fr: 'Un calcul sur les lignes autour de chacune',
			en: 'A calculation over the rows around each'
		}
	]
];
const FORM_SAMPLES: Readonly<Record<FormulaForm, readonly string[]>> = {
	if: ['number > 10', '"a"', '"b"'],
	ifs: ['number > 10', '"a"', 'number > 5', '"b"'],
	and: ['number > 1', 'number < 9'],
	or: ['number < 1', 'number > 9'],
	not: ['number > 1'],
	mod: ['number', '2'],
	power: ['number', '2'],
	join: ['text', '" "', 'number'],
	item: ['split', '1'],
	rolling: ['mean', '-2', '0']
};

/** Every function that is offered, with an example made of the table's own columns. */
export function listedFunctions(
	lang: Lang,
	columns: FormulaContext['columns']
): readonly ListedFunction[] {
	const separator = lang === 'fr' ? '; ' : ', ';
	const columnOf = (wanted: string): string => {
		const fallback = {
			number: '12',
			date: lang === 'fr' ? 'date(2026; 3; 1)' : 'date(2026, 3, 1)'
		};
		const found =
			columns.find(({ type }) => type === wanted) ?? (wanted === 'any' ? columns[0] : undefined);
		return found
			? writtenColumn(found.name)
			: wanted === 'number' || wanted === 'date'
				? fallback[wanted]
				: '"abc"';
	};
	const number = (text: string): string =>
		lang === 'fr' ? text.replace(/^(\d+)\.(\d+)$/, '$1,$2') : text;
	const call = (name: string, args: readonly string[]): string =>
		`${name}(${args.join(separator)})`;
	const named = (fn: string): string =>
		OFFERED_FUNCTIONS.find((one) => one.fn === fn)?.names[lang][0] ?? fn;
	const sampleOf = (sample: string): string =>
		sample === 'split'
			? call(named('split'), [columnOf('text'), '" "'])
			: sample === 'mean'
				? call(named('mean'), [columnOf('number')])
				: sample.replace(/^(?:number|text)/, (type) => columnOf(type));
	return [
		...FORM_HELP.map(([form, category, help]) => {
			const name = FORMULA_FORMS[form].names[lang][0] ?? form;
			const example = call(name, FORM_SAMPLES[form].map(sampleOf));
			return { name, category, help: help[lang], params: FORM_PARAMS[form][lang], example };
		}),
		...FORMULA_MACROS.map(({ names, params, help, category, sample }) => {
			const name = names[lang][0] ?? '';
			const args = sample.map((one) => (one === '_' ? columnOf(category) : one));
			return { name, category, help: help[lang], params: params[lang], example: call(name, args) };
		}),
		...OFFERED_FUNCTIONS.map(({ fn, names, params, help, category, sample, takes }) => {
			const name = names[lang][0] ?? fn;
			const args = sample.map((one, i) =>
				one === '_' ? columnOf(takes[i] ?? 'any') : number(one)
			);
			return { name, category, help: help[lang], params: params[lang], example: call(name, args) };
		})
	];
}
