/** Expressions and conditions in plain words, in French and in English. */
import type { Lang } from '../notebook/notebook.ts';
import {
	conditionOf,
	isChoice,
	isRule,
	type Condition,
	type Rule,
	type RuleValue
} from './condition.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import { extractNamed, type Extract as TextExtract } from './extracts.ts';
import { FUNCTIONS } from './functions.ts';
import { call, namesIn } from './make-expression.ts';
import {
	choose,
	columnWords,
	constantText,
	dateText,
	numberText,
	say,
	sayList,
	textWords,
	valueWords
} from './say.ts';
import type { Words } from './words.ts';

/** Deeper than that, a sentence is no help. */
const MAX_DEPTH = 12;

/** What a control is set to. */
const paramWords = (name: string, lang: Lang): Words =>
	say(choose(lang, 'la valeur de {0}', 'the value of {0}'), valueWords(name));

function ruleValue(value: RuleValue, lang: Lang): Words {
	switch (value.kind) {
		case 'constant':
			return valueWords(constantText(value.value, lang));
		case 'date':
			return valueWords(dateText(value.value, lang));
		case 'column':
			return columnWords(value.name);
		case 'param':
			return paramWords(value.name, lang);
	}
}

/** `{0}` is the column, `{1}` and `{2}` its values. Dates and numbers are not said alike. */
const TESTS: Readonly<
	Record<Rule['test'], { fr: string; en: string; dateFr?: string; dateEn?: string }>
> = {
	is: { fr: '{0} est {1}', en: '{0} is {1}', dateFr: '{0} est le {1}' },
	isNot: { fr: '{0} n’est pas {1}', en: '{0} is not {1}', dateFr: '{0} n’est pas le {1}' },
	oneOf: { fr: '{0} est {1}', en: '{0} is {1}' },
	noneOf: { fr: '{0} n’est pas {1}', en: '{0} is not {1}' },
	contains: { fr: '{0} contient {1}', en: '{0} contains {1}' },
	notContains: { fr: '{0} ne contient pas {1}', en: '{0} does not contain {1}' },
	starts: { fr: '{0} commence par {1}', en: '{0} starts with {1}' },
	ends: { fr: '{0} finit par {1}', en: '{0} ends with {1}' },
	atLeast: {
		fr: '{0} est d’au moins {1}',
		en: '{0} is at least {1}',
		dateFr: '{0} est le {1} ou après',
		dateEn: '{0} is on or after {1}'
	},
	atMost: {
		fr: '{0} est d’au plus {1}',
		en: '{0} is at most {1}',
		dateFr: '{0} est le {1} ou avant',
		dateEn: '{0} is on or before {1}'
	},
	more: {
		fr: '{0} est de plus de {1}',
		en: '{0} is more than {1}',
		dateFr: '{0} est après le {1}',
		dateEn: '{0} is after {1}'
	},
	less: {
		fr: '{0} est de moins de {1}',
		en: '{0} is less than {1}',
		dateFr: '{0} est avant le {1}',
		dateEn: '{0} is before {1}'
	},
	between: {
		fr: '{0} est entre {1} et {2}',
		en: '{0} is between {1} and {2}',
		dateFr: '{0} est du {1} au {2}',
		dateEn: '{0} is from {1} to {2}'
	},
	missing: { fr: '{0} est manquant', en: '{0} is missing' },
	present: { fr: '{0} est présent', en: '{0} is present' }
};

const FOLDED = {
	fr: ' (sans tenir compte des accents ni des majuscules)',
	en: ' (accents and case ignored)'
};

/** Of the choices of a control. */
const CHOSEN = {
	oneOf: {
		fr: '{0} est parmi {1} (ou toutes, si rien n’est choisi)',
		en: '{0} is among {1} (or all rows, if nothing is chosen)'
	},
	noneOf: { fr: '{0} n’est pas parmi {1}', en: '{0} is not among {1}' }
} as const;

/** « *région* est Montréal ». */
export function describeRule(rule: Rule, lang: Lang): Words {
	const texts = TESTS[rule.test];
	const date = rule.values[0]?.kind === 'date';
	const sentence = choose(
		lang,
		(date ? texts.dateFr : undefined) ?? texts.fr,
		(date ? texts.dateEn : undefined) ?? texts.en
	);
	if (isChoice(rule))
		return say(
			CHOSEN[rule.test === 'noneOf' ? 'noneOf' : 'oneOf'][lang],
			columnWords(rule.column),
			...rule.values.map((value) => valueWords(value.kind === 'param' ? value.name : ''))
		);
	const values = rule.values.map((value) => ruleValue(value, lang));
	const listed = rule.test === 'oneOf' || rule.test === 'noneOf';
	const given = listed ? [sayList(values, lang, 'or')] : values;
	return say(sentence + (rule.folded ? FOLDED[lang] : ''), columnWords(rule.column), ...given);
}

export function describeCondition(condition: Condition, lang: Lang): Words {
	const word = choose(lang, { all: ' et ', any: ' ou ' }, { all: ' and ', any: ' or ' })[
		condition.join
	];
	return say(
		condition.rules.map((_, i) => `{${i}}`).join(word),
		...condition.rules.map((one) =>
			isRule(one)
				? describeRule(one, lang)
				: one.rules.length > 1
					? say('({0})', describeCondition(one, lang))
					: describeCondition(one, lang)
		)
	);
}

const OPERATORS: Readonly<Record<BinaryOperator, { fr: string; en: string }>> = {
	'+': { fr: '{0} + {1}', en: '{0} + {1}' },
	'-': { fr: '{0} − {1}', en: '{0} − {1}' },
	'*': { fr: '{0} × {1}', en: '{0} × {1}' },
	'/': { fr: '{0} ÷ {1}', en: '{0} ÷ {1}' },
	'%': { fr: 'le reste de {0} ÷ {1}', en: 'the remainder of {0} ÷ {1}' },
	'**': { fr: '{0} à la puissance {1}', en: '{0} to the power of {1}' },
	'===': { fr: '{0} est {1}', en: '{0} is {1}' },
	'==': { fr: '{0} est {1}', en: '{0} is {1}' },
	'!==': { fr: '{0} n’est pas {1}', en: '{0} is not {1}' },
	'!=': { fr: '{0} n’est pas {1}', en: '{0} is not {1}' },
	'<': { fr: '{0} est de moins de {1}', en: '{0} is less than {1}' },
	'<=': { fr: '{0} est d’au plus {1}', en: '{0} is at most {1}' },
	'>': { fr: '{0} est de plus de {1}', en: '{0} is more than {1}' },
	'>=': { fr: '{0} est d’au moins {1}', en: '{0} is at least {1}' },
	'&&': { fr: '{0} et {1}', en: '{0} and {1}' },
	'||': { fr: '{0} ou {1}', en: '{0} or {1}' },
	'??': { fr: '{0}, ou {1} s’il manque', en: '{0}, or {1} where it is missing' }
};

/** Beside another formula, where « de plus de la moyenne » is no French. */
const THAN: Partial<Record<BinaryOperator, { fr: string; en: string }>> = {
	'<': { fr: '{0} est plus petit que {1}', en: '{0} is less than {1}' },
	'<=': { fr: '{0} est au plus égal à {1}', en: '{0} is at most {1}' },
	'>': { fr: '{0} est plus grand que {1}', en: '{0} is more than {1}' },
	'>=': { fr: '{0} est au moins égal à {1}', en: '{0} is at least {1}' }
};

const isArithmetic = (of: Expression | undefined, ...operators: readonly string[]): boolean =>
	of?.kind === 'binary' && operators.includes(of.operator);
const PRODUCT = ['*', '/'];
const SIGNS = ['+', '-', ...PRODUCT];

/** « *a* ÷ 1000, arrondi »: what is said after a formula, which needs no brackets then. */
const isSaidAfter = (expression: Expression): boolean => {
	if (expression.kind !== 'call') return false;
	const [first] = expression.args;
	if (first?.kind !== 'item' && !isArithmetic(first, ...SIGNS)) return false;
	const entry = FUNCTIONS.get(expression.fn);
	return entry !== undefined && entry.result !== 'boolean' && entry.says.fr.startsWith('{0} ');
};

/** Whether brackets are needed around a part for its sentence to be read as it is meant. */
const isCompound = (expression: Expression): boolean =>
	expression.kind === 'choice' || expression.kind === 'binary' || isSaidAfter(expression);

function part(expression: Expression, lang: Lang, depth: number): Words {
	const words = describe(expression, lang, depth + 1);
	return isCompound(expression) ? say('({0})', words) : words;
}

const COMPARED = ['===', '!==', '==', '!=', '<', '<=', '>', '>='];
/** Operators that may stand without brackets on either side of another, and mean the same. */
const BARE: Readonly<Record<string, readonly [left: readonly string[], right: readonly string[]]>> =
	{
		'+': [SIGNS, SIGNS],
		'-': [SIGNS, PRODUCT],
		'*': [PRODUCT, PRODUCT],
		'/': [PRODUCT, []],
		'&&': [
			['&&', ...COMPARED],
			['&&', ...COMPARED]
		],
		'||': [
			['||', ...COMPARED],
			['||', ...COMPARED]
		],
		...Object.fromEntries(COMPARED.map((operator) => [operator, [SIGNS, SIGNS]]))
	};

function side(
	expression: Expression,
	operator: BinaryOperator,
	which: 0 | 1,
	lang: Lang,
	depth: number
): Words {
	return isArithmetic(expression, ...(BARE[operator]?.[which] ?? []))
		? describe(expression, lang, depth + 1)
		: part(expression, lang, depth);
}

const isTest = (of: Expression): boolean =>
	isArithmetic(of, '&&', '||', ...COMPARED) ||
	(of.kind === 'call' && FUNCTIONS.get(of.fn)?.result === 'boolean');

const EXTRACTED: Readonly<Record<TextExtract, { fr: string; en: string }>> = {
	number: { fr: 'le premier nombre de {0}', en: 'the first number of {0}' },
	word: { fr: 'le premier mot de {0}', en: 'the first word of {0}' },
	brackets: { fr: 'ce qui est entre parenthèses dans {0}', en: 'what is in brackets in {0}' },
	domain: { fr: 'le domaine du courriel {0}', en: 'the domain of the email {0}' }
};

function describeCall(fn: string, args: readonly Expression[], lang: Lang, depth: number): Words {
	const entry = FUNCTIONS.get(fn);
	if (!entry) return textWords(fn);
	const [first, second, third] = args;
	const given = args.map((arg) => part(arg, lang, depth));
	const condition = entry.result === 'boolean' && depth < 3 ? conditionOf(call(fn, ...args)) : null;
	if (condition) return describeCondition(condition, lang);
	if (fn === 'parse_date' && first?.kind === 'literal' && typeof first.value === 'string')
		return valueWords(dateText(first.value, lang));
	if (fn === 'includes' && first?.kind === 'list' && second)
		return say(
			choose(lang, '{0} est {1}', '{0} is {1}'),
			part(second, lang, depth),
			sayList(
				first.items.map((item) => describe(item, lang, depth + 1)),
				lang,
				'or'
			)
		);
	if (fn === 'match' && first && second?.kind === 'pattern' && third?.kind === 'literal') {
		const known = extractNamed(second.source, second.flags, Number(third.value));
		if (known) return say(EXTRACTED[known][lang], part(first, lang, depth));
	}
	// What is added up is 1 where it is true.
	if (fn === 'sum' && first && isTest(first))
		return say(
			choose(lang, 'le nombre de lignes où {0}', 'the number of rows where {0}'),
			describe(first, lang, depth + 1)
		);
	if (fn === 'week_start' && first)
		return say(
			isNumber(second, 0)
				? choose(lang, 'le dimanche de la semaine de {0}', 'the Sunday of the week of {0}')
				: isNumber(second, 1)
					? choose(lang, 'le lundi de la semaine de {0}', 'the Monday of the week of {0}')
					: entry.says[lang],
			...given
		);
	if (fn === 'fiscal_year' && second?.kind === 'literal' && typeof second.value === 'number') {
		const time = Date.UTC(2024, second.value - 1, 1);
		const month = Number.isNaN(time) ? '' : MONTHS[lang].format(time);
		return say(
			choose(
				lang,
				`l’exercice financier de {0} (à partir du 1er ${month})`,
				`the fiscal year of {0} (from ${month} 1)`
			),
			...given
		);
	}
	if (fn === 'recode' && first && second?.kind === 'pairs')
		return say(
			third
				? choose(lang, '{0} où {1}, sinon {2}', '{0} with {1}, otherwise {2}')
				: choose(lang, '{0} où {1}', '{0} with {1}'),
			part(first, lang, depth),
			describe(second, lang, depth + 1),
			third ? part(third, lang, depth) : []
		);
	const says = entry.says[lang];
	if (first && isSaidAfter(call(fn, ...args)))
		return say(says.replace('{0} ', '{0}, '), describe(first, lang, depth + 1), ...given.slice(1));
	// « la somme de *prix* × *billets* », where nothing follows that could be read with it.
	if (first && depth === 0 && isArithmetic(first, ...PRODUCT) && says.endsWith('{0}'))
		return say(says, describe(first, lang, depth + 1));
	return say(says, ...given);
}

const monthFormat = (lang: Lang): Intl.DateTimeFormat =>
	new Intl.DateTimeFormat(`${lang}-CA`, { month: 'long', timeZone: 'UTC' });
const MONTHS: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
	fr: monthFormat('fr'),
	en: monthFormat('en')
};

const isNumber = (expression: Expression | undefined, value: number): boolean =>
	expression?.kind === 'literal' && expression.value === value;

function describeRolling(
	{ of, from, to }: Extract<Expression, { kind: 'rolling' }>,
	lang: Lang,
	depth: number
): Words {
	const inner = describe(of, lang, depth + 1);
	if (from === null && to === null) return inner;
	if (from === null && to === 0)
		return of.kind === 'call' && of.fn === 'sum' && of.args[0]
			? say(
					choose(lang, 'le cumul de {0}', 'the running total of {0}'),
					part(of.args[0], lang, depth)
				)
			: say(choose(lang, '{0}, jusqu’à cette ligne', '{0}, up to this row'), inner);
	if (from !== null && to !== null && to === 0)
		return say(
			choose(lang, '{0}, sur {1} lignes jusqu’à celle-ci', '{0}, over {1} rows up to this one'),
			inner,
			valueWords(numberText(1 - from, lang))
		);
	const before = from === null ? null : valueWords(numberText(-from, lang));
	const after = to === null ? null : valueWords(numberText(to, lang));
	return say(
		choose(lang, '{0}, de {1} à {2}', '{0}, from {1} to {2}'),
		inner,
		before
			? say(choose(lang, '{0} lignes avant', '{0} rows before'), before)
			: textWords(choose(lang, 'la première ligne', 'the first row')),
		after
			? say(choose(lang, '{0} lignes après', '{0} rows after'), after)
			: textWords(choose(lang, 'la dernière ligne', 'the last row'))
	);
}

/** The control, or the part of its value, that `$.word === ""` and `!$.day` ask whether it is empty. */
function emptied(of: Expression): { readonly name: string; readonly at: number | null } | null {
	const asked =
		of.kind === 'unary' && of.operator === '!'
			? of.of
			: of.kind === 'binary' &&
				  of.operator === '===' &&
				  of.right.kind === 'literal' &&
				  of.right.value === ''
				? of.left
				: null;
	if (asked?.kind === 'param') return { name: asked.name, at: null };
	return asked?.kind === 'item' && asked.of.kind === 'param'
		? { name: asked.of.name, at: asked.at }
		: null;
}

/** `!$.period[0] || d.day >= $.period[0]`: the column, where it is on that side of that end. */
function endOf(expression: Expression, at: 0 | 1): { column: string; name: string } | null {
	if (expression.kind !== 'binary' || expression.operator !== '||') return null;
	const empty = emptied(expression.left);
	const { right } = expression;
	const column = right.kind === 'binary' && right.left.kind === 'column' ? right.left : null;
	const end = right.kind === 'binary' && right.right.kind === 'item' ? right.right : null;
	return empty?.at === at &&
		right.kind === 'binary' &&
		right.operator === (at === 0 ? '>=' : '<=') &&
		column &&
		end?.at === at &&
		end.of.kind === 'param' &&
		end.of.name === empty.name
		? { column: column.name, name: empty.name }
		: null;
}

/** A test on what a control holds, which lets everything through where the control is empty. */
function optionalWords(
	expression: Extract<Expression, { kind: 'binary' }>,
	lang: Lang,
	depth: number
): Words | null {
	const { operator, left, right } = expression;
	if (operator === '&&') {
		const [from, to] = [endOf(left, 0), endOf(right, 1)];
		return from && to && from.name === to.name && from.column === to.column
			? say(
					choose(
						lang,
						'{0} est entre les deux dates de {1} (une date vide ne limite rien)',
						'{0} is between the two dates of {1} (an empty date sets no limit)'
					),
					columnWords(from.column),
					valueWords(from.name)
				)
			: null;
	}
	const empty = operator === '||' ? emptied(left) : null;
	return empty?.at === null && namesIn(right).params.has(empty.name)
		? say(
				choose(lang, '{0} (ou toutes, si {1} est vide)', '{0} (or all rows, if {1} is empty)'),
				describe(right, lang, depth + 1),
				valueWords(empty.name)
			)
		: null;
}

function describe(expression: Expression, lang: Lang, depth: number): Words {
	if (depth > MAX_DEPTH) return textWords('…');
	switch (expression.kind) {
		case 'literal':
			return valueWords(constantText(expression.value, lang));
		case 'column':
			return columnWords(expression.name);
		case 'param':
			return paramWords(expression.name, lang);
		case 'call':
			return describeCall(expression.fn, expression.args, lang, depth);
		case 'unary': {
			const { operator, of } = expression;
			if (operator === '-') return say('−{0}', part(of, lang, depth));
			const condition = conditionOf(expression);
			return condition
				? describeCondition(condition, lang)
				: say(choose(lang, 'non ({0})', 'not ({0})'), describe(of, lang, depth + 1));
		}
		case 'binary': {
			const { operator, left, right } = expression;
			const condition = depth < 3 && !ARITHMETIC.has(operator) ? conditionOf(expression) : null;
			if (condition) return describeCondition(condition, lang);
			const optional = optionalWords(expression, lang, depth);
			if (optional) return optional;
			const nothing = right.kind === 'literal' && right.value === null;
			if (nothing && (operator === '===' || operator === '!=='))
				return say(
					TESTS[operator === '===' ? 'missing' : 'present'][lang],
					side(left, operator, 0, lang, depth)
				);
			return say(
				(right.kind === 'literal' || right.kind === 'param' ? undefined : THAN[operator]?.[lang]) ??
					OPERATORS[operator][lang],
				side(left, operator, 0, lang, depth),
				side(right, operator, 1, lang, depth)
			);
		}
		case 'choice':
			return say(
				choose(lang, '{1} si {0}, sinon {2}', '{1} if {0}, otherwise {2}'),
				describe(expression.test, lang, depth + 1),
				part(expression.then, lang, depth),
				expression.otherwise.kind === 'choice'
					? describe(expression.otherwise, lang, depth + 1)
					: part(expression.otherwise, lang, depth)
			);
		case 'item': {
			const { of, at } = expression;
			const [text, separator] = of.kind === 'call' ? of.args : [];
			return text && separator
				? say(
						choose(lang, 'la partie {0} de {1}, découpé à {2}', 'part {0} of {1}, split at {2}'),
						valueWords(numberText(at + 1, lang)),
						part(text, lang, depth),
						part(separator, lang, depth)
					)
				: say(
						choose(lang, 'la partie {0} de {1}', 'part {0} of {1}'),
						valueWords(numberText(at + 1, lang)),
						part(of, lang, depth)
					);
		}
		case 'list':
			return sayList(
				expression.items.map((item) => describe(item, lang, depth + 1)),
				lang
			);
		case 'pairs':
			return sayList(
				expression.entries.map(([key, value]) =>
					say(
						choose(lang, '{0} devient {1}', '{0} as {1}'),
						valueWords(constantText(key, lang)),
						describe(value, lang, depth + 1)
					)
				),
				lang
			);
		case 'pattern':
			return valueWords(`/${expression.source}/${expression.flags}`);
		case 'rolling':
			return describeRolling(expression, lang, depth);
	}
}
const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set(['+', '-', '*', '/', '%', '**', '??']);

/** What an expression computes, or asks, as a part of a sentence. */
export const describeExpression = (expression: Expression, lang: Lang): Words =>
	describe(expression, lang, 0);
