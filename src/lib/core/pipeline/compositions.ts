/**
 * Functions of the catalogue that Arquero does not have: each is a text of several of its operations, which runs in
 * Observable as it is, and is recognised when it is read again. Dates are UTC midnights, and missing stays missing:
 * Arquero's own date functions take null for the first day of 1970.
 */
import type { Expression } from './expression.ts';
import {
	binary,
	call,
	choice,
	list,
	literal,
	pairs,
	param,
	partsOf,
	pattern,
	sameExpression,
	withParts
} from './make-expression.ts';

interface Composition {
	readonly name: string;
	readonly expand: (args: readonly Expression[]) => Expression | null;
	/** How often it is looked for: once for each list of arguments, null being whatever stands there. */
	readonly forms: readonly (readonly (Expression | 'any' | 'constant')[])[];
}

const isNull = (x: Expression): Expression => binary(x, '==', literal(null));
const guarded = (x: Expression, value: Expression): Expression =>
	choice(isNull(x), literal(null), value);
const number = (value: number): Expression => literal(value);

/** In the order of their numbers: January and Sunday are 0; a season for each month. */
export const CALENDAR_WORDS = {
	month_name: {
		fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
		en: 'January February March April May June July August September October November December'
	},
	weekday_name: {
		fr: 'dimanche lundi mardi mercredi jeudi vendredi samedi',
		en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'
	},
	meteorological_season: {
		fr: 'hiver hiver printemps printemps printemps été été été automne automne automne hiver',
		en: 'winter winter spring spring spring summer summer summer fall fall fall winter'
	}
} as const;
const LANGS = [literal('fr'), literal('en')];
const langOf = (expression: Expression | undefined): 'fr' | 'en' | null =>
	expression?.kind === 'literal' && (expression.value === 'fr' || expression.value === 'en')
		? expression.value
		: null;

const named = (
	name: keyof typeof CALENDAR_WORDS,
	of: (x: Expression) => Expression
): Composition => ({
	name,
	forms: LANGS.map((lang) => ['any', lang]),
	expand: ([x, lang]) => {
		const words = langOf(lang);
		return x && words
			? guarded(
					x,
					call(
						'recode',
						of(x),
						pairs(
							CALENDAR_WORDS[name][words].split(' ').map((word, i) => [String(i), literal(word)])
						)
					)
				)
			: null;
	}
});

/** Of one argument. */
const simple = (name: string, of: (x: Expression) => Expression): Composition => ({
	name,
	forms: [['any']],
	expand: ([x]) => (x ? of(x) : null)
});
const onDate = (name: string, of: (x: Expression) => Expression): Composition =>
	simple(name, (x) => guarded(x, of(x)));

const folded = (x: Expression, signs: string): Expression =>
	call(
		'lower',
		call('replace', call('normalize', x, literal('NFD')), pattern(signs, 'gu'), literal(''))
	);

const year = (x: Expression): Expression => call('utcyear', x);
const month = (x: Expression): Expression => call('utcmonth', x);
const day = (x: Expression): Expression => call('utcdate', x);
const joined = (first: Expression, ...rest: readonly Expression[]): Expression =>
	rest.reduce((left, right) => binary(left, '+', right), first);

/** « 2023-2024 » for a year that begins with the month `first`. */
const yearPair = (x: Expression, first: Expression): Expression =>
	guarded(
		x,
		choice(
			binary(binary(month(x), '+', number(1)), '<', first),
			joined(binary(year(x), '-', number(1)), literal('-'), year(x)),
			joined(year(x), literal('-'), binary(year(x), '+', number(1)))
		)
	);

const previous = (x: Expression): Expression => call('lag', x, number(1));

/** The first that fits is the one that is recognised. */
const COMPOSITIONS: readonly Composition[] = [
	simple('fold_text', (x) => folded(x, '\\p{M}')),
	simple('fold_key', (x) => folded(x, '[\\p{M}\\p{P}\\p{Z}\\s]')),
	// A number as people write it: « 1 234,50 $ », “1,234.50”.
	{
		name: 'read_number',
		forms: [
			['any', literal(',')],
			['any', literal('.')]
		],
		expand: ([x, mark]) => {
			if (!x || mark?.kind !== 'literal') return null;
			if (mark.value === '.')
				return call('parse_float', call('replace', x, pattern('[\\s,$€%]', 'gu'), literal('')));
			const bare = call('replace', x, pattern('[\\s$€%]', 'gu'), literal(''));
			return mark.value === ','
				? call('parse_float', call('replace', bare, literal(','), literal('.')))
				: null;
		}
	},
	// The day first, as in « 31/12/2024 »; what is written the other way round is left to `parse_date`.
	simple('read_day_first', (x) =>
		call(
			'parse_date',
			call(
				'replace',
				call('replace', x, pattern('(?<!\\d)(\\d)(?!\\d)', 'gu'), literal('0$1')),
				pattern('^\\s*(\\d\\d)\\D(\\d\\d)\\D(\\d{4})\\s*$', 'u'),
				literal('$3-$2-$1')
			)
		)
	),
	simple('as_text', (x) => guarded(x, binary(literal(''), '+', x))),
	simple('missing', (x) => binary(isNull(x), '||', call('is_nan', x))),
	onDate('year_of', year),
	onDate('quarter_of', (x) => binary(call('utcquarter', x), '+', number(1))),
	onDate('month_of', (x) => binary(month(x), '+', number(1))),
	onDate('day_of', day),
	onDate('weekday_of', (x) =>
		binary(binary(binary(call('utcdayofweek', x), '+', number(6)), '%', number(7)), '+', number(1))
	),
	onDate('hour_of', (x) => call('utchours', x)),
	onDate('year_start', (x) => call('utcdatetime', year(x))),
	onDate('quarter_start', (x) =>
		call('utcdatetime', year(x), binary(number(3), '*', call('utcquarter', x)))
	),
	onDate('month_start', (x) => call('utcdatetime', year(x), month(x))),
	{
		name: 'week_start',
		forms: [['any', 'constant']],
		expand: ([x, first]) =>
			x && first
				? guarded(
						x,
						call(
							'utcdatetime',
							year(x),
							month(x),
							binary(
								day(x),
								'-',
								binary(
									binary(binary(call('utcdayofweek', x), '+', number(7)), '-', first),
									'%',
									number(7)
								)
							)
						)
					)
				: null
	},
	onDate('day_start', (x) => call('utcdatetime', year(x), month(x), day(x))),
	onDate('year_month', (x) =>
		joined(
			year(x),
			literal('-'),
			call('padstart', binary(month(x), '+', number(1)), number(2), literal('0'))
		)
	),
	{
		name: 'year_quarter',
		forms: LANGS.map((lang) => ['any', lang]),
		expand: ([x, lang]) => {
			const words = langOf(lang);
			return x && words
				? guarded(
						x,
						joined(
							year(x),
							literal(words === 'fr' ? '-T' : '-Q'),
							binary(call('utcquarter', x), '+', number(1))
						)
					)
				: null;
		}
	},
	onDate('arts_season', (x) => {
		const whole = yearPair(x, number(7));
		return whole.kind === 'choice' ? whole.otherwise : whole;
	}),
	{
		name: 'fiscal_year',
		forms: [['any', 'constant']],
		expand: ([x, first]) => (x && first ? yearPair(x, first) : null)
	},
	named('month_name', month),
	named('weekday_name', (x) => call('utcdayofweek', x)),
	named('meteorological_season', month),
	{
		name: 'bin_step',
		forms: [['any', 'any']],
		expand: ([x, step]) =>
			x && step ? guarded(x, binary(call('floor', binary(x, '/', step)), '*', step)) : null
	},
	{
		name: 'round_to',
		forms: [1, 2, 3, 4, 5, 6].map((digits) => ['any', number(digits)]),
		expand: ([x, digits]) => {
			if (!x || digits?.kind !== 'literal' || typeof digits.value !== 'number') return null;
			const power = number(10 ** Math.max(0, Math.min(6, Math.trunc(digits.value))));
			return guarded(x, binary(call('round', binary(x, '*', power)), '/', power));
		}
	},
	onDate('share_of_total', (x) => binary(binary(number(100), '*', x), '/', call('sum', x))),
	simple('difference', (x) =>
		choice(binary(isNull(x), '||', isNull(previous(x))), literal(null), binary(x, '-', previous(x)))
	),
	simple('percent_change', (x) =>
		choice(
			binary(isNull(x), '||', { kind: 'unary', operator: '!', of: previous(x) }),
			literal(null),
			binary(number(100), '*', binary(binary(x, '/', previous(x)), '-', number(1)))
		)
	)
];

const BY_NAME: ReadonlyMap<string, Composition> = new Map(
	COMPOSITIONS.map((one) => [one.name, one])
);

/** A composition's call as operations of Arquero, one level down; null for what Arquero has itself. */
export const expandCall = (fn: string, args: readonly Expression[]): Expression | null =>
	BY_NAME.get(fn)?.expand(args) ?? null;

/** An expression of Arquero's own operations only. What stands in it several times is one object, expanded once. */
export function expandExpression(expression: Expression): Expression {
	const met = new Map<Expression, Expression>();
	const expanded = (one: Expression): Expression => {
		const before = met.get(one);
		if (before) return before;
		const inner = withParts(one, expanded);
		const made = inner.kind === 'call' ? (expandCall(inner.fn, inner.args) ?? inner) : inner;
		met.set(one, made);
		return made;
	};
	return expanded(expression);
}

/**
 * How many parts an expression has where it is written out. A composition may write its argument several times, and one
 * in another as often again: asked before anything walks through all of it.
 */
export function writtenParts(expression: Expression): number {
	const met = new Map<Expression, number>();
	const count = (one: Expression): number => {
		const before = met.get(one);
		if (before !== undefined) return before;
		const parts = partsOf(one).reduce((sum, part) => sum + count(part), 1);
		met.set(one, parts);
		return parts;
	};
	return count(expandExpression(expression));
}

/** No name of a notebook begins so. */
const HOLE = '\u0000';

interface Form {
	readonly name: string;
	readonly shape: Expression;
	readonly args: readonly (Expression | 'any' | 'constant')[];
}

/** The ways to write compositions, by the kind of their outermost part. */
let forms: ReadonlyMap<Expression['kind'], readonly Form[]> | null = null;
function formsOf(kind: Expression['kind']): readonly Form[] {
	if (!forms) {
		const found = new Map<Expression['kind'], Form[]>();
		for (const { name, expand, forms: ways } of COMPOSITIONS)
			for (const args of ways) {
				const shape = expand(
					args.map((arg, i) => (typeof arg === 'string' ? param(HOLE + i) : arg))
				);
				if (!shape) continue;
				const same = found.get(shape.kind);
				if (same) same.push({ name, shape, args });
				else found.set(shape.kind, [{ name, shape, args }]);
			}
		forms = found;
	}
	return forms.get(kind) ?? [];
}

function fits(
	shape: Expression,
	expression: Expression,
	args: Form['args'],
	held: (Expression | undefined)[]
): boolean {
	if (shape.kind === 'param' && shape.name.startsWith(HOLE)) {
		const place = Number(shape.name.slice(1));
		const before = held[place];
		if (before) return sameExpression(before, expression);
		if (args[place] === 'constant' && expression.kind !== 'literal') return false;
		held[place] = expression;
		return true;
	}
	if (shape.kind !== expression.kind) return false;
	const [inner, other] = [partsOf(shape), partsOf(expression)];
	if (inner.length !== other.length) return false;
	// Its own fields, apart from what it is made of: both are given the same parts.
	if (!sameExpression(withParts(shape, blank), withParts(expression, blank))) return false;
	return inner.every((part, i) => {
		const one = other[i];
		return one !== undefined && fits(part, one, args, held);
	});
}
const BLANK = list([]);
const blank = (): Expression => BLANK;

/** Operations of Arquero, with the compositions that they are put in their place: the outermost first. */
export function recogniseExpression(expression: Expression): Expression {
	for (const { name, shape, args } of formsOf(expression.kind)) {
		const held: (Expression | undefined)[] = [];
		if (!fits(shape, expression, args, held)) continue;
		const found = args.map((arg, i) => (typeof arg === 'string' ? held[i] : arg));
		return call(
			name,
			...found.filter((arg) => arg !== undefined).map((arg) => recogniseExpression(arg))
		);
	}
	return withParts(expression, recogniseExpression);
}
