import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/support/seeded.ts';
import type { Lang } from '../../notebook/notebook.ts';
import { writtenParts } from '../compositions.ts';
import type { BinaryOperator, Expression } from '../expression.ts';
import { binary, call, choice, column, literal } from '../make-expression.ts';
import { printValue } from '../print-expression.ts';
import { FORMULA_FUNCTIONS } from './formula-catalogue.ts';
import type { FormulaContext } from './formula-function.ts';
import { FORMULA_CHARS, parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';

const context: FormulaContext = {
	columns: [
		{ name: 'prix', type: 'number' },
		{ name: 'Prix du billet', type: 'number' },
		{ name: 'région', type: 'text' },
		{ name: 'où', type: 'text' },
		{ name: 'et', type: 'number' },
		{ name: 'jour', type: 'date' },
		{ name: 'a]b', type: 'any' },
		{ name: '__proto__', type: 'number' },
		{ name: '2024', type: 'number' }
	],
	params: [
		{ name: 'minimum', type: 'number' },
		{ name: 'prix', type: 'number' },
		{ name: 'mot', type: 'text' }
	],
	functions: FORMULA_FUNCTIONS
};

const made = (operator: BinaryOperator, left: Expression, right: Expression): Expression =>
	binary(left, operator, right);
const prix = column('prix');

function read(text: string, lang: Lang = 'fr'): Expression {
	const parsed = parseFormula(text, lang, context);
	expect(parsed.ok ? [] : parsed.problems).toEqual([]);
	return parsed.ok ? parsed.expression : literal(null);
}
/** The first problem: its code, what of the text it stands on, what would mend it. */
function problem(text: string, lang: Lang = 'fr') {
	const parsed = parseFormula(text, lang, context);
	if (parsed.ok) return null;
	const [first] = parsed.problems;
	if (!first) throw new Error('a refusal without a problem');
	return { ...first, on: text.slice(first.at, first.at + first.length) };
}

it('a number that is written is read by the decimal mark of the language', () => {
	expect(read('nombre(région)')).toEqual(call('read_number', column('région'), literal(',')));
	expect(read('value(région)', 'en')).toEqual(call('read_number', column('région'), literal('.')));
	expect(read('nombre(région; ".")')).toEqual(call('read_number', column('région'), literal('.')));
});

describe('what a formula says', () => {
	it.each<[string, Expression]>([
		['prix * 1,15', made('*', prix, literal(1.15))],
		['prix * 1.15', made('*', prix, literal(1.15))],
		['= prix', prix],
		['[Prix du billet] + prix', made('+', column('Prix du billet'), prix)],
		['[a]]b]', column('a]b')],
		['[2024]', column('2024')],
		['[et]', column('et')],
		['__proto__', column('__proto__')],
		['PRIX', prix],
		['Region', column('région')],
		['où = "Gaspé"', made('===', column('où'), literal('Gaspé'))],
		['1 000', literal(1000)],
		['1 000', literal(1000)],
		['prix ≥ 1 234,5', made('>=', prix, literal(1234.5))],
		['prix <> 2', made('!==', prix, literal(2))],
		['prix != 2', made('!=', prix, literal(2))],
		['prix = vide', made('==', prix, literal(null))],
		['prix <> vide', made('!=', prix, literal(null))],
		['prix === vide', made('===', prix, literal(null))],
		['partie(région; 2)', { kind: 'item', of: column('région'), at: 1 }],
		['prix ≠ 2', made('!==', prix, literal(2))],
		['prix == 2', made('==', prix, literal(2))],
		['prix − 2', made('-', prix, literal(2))],
		['prix × 2 ÷ 3', made('/', made('*', prix, literal(2)), literal(3))],
		['1 - 2 - 3', made('-', made('-', literal(1), literal(2)), literal(3))],
		['2 ^ 3 ^ 2', made('**', made('**', literal(2), literal(3)), literal(2))],
		['-2 ^ 2', made('**', literal(-2), literal(2))],
		['-prix', { kind: 'unary', operator: '-', of: prix }],
		['prix * 15 %', made('*', prix, literal(0.15))],
		['12,3 %', literal(0.123)],
		['prix % 2', made('%', prix, literal(2))],
		['15 % prix', made('%', literal(15), prix)],
		['mod(prix; 2)', made('%', prix, literal(2))],
		['puissance(prix; 2)', made('**', prix, literal(2))],
		['moyenne(prix)', call('mean', prix)],
		['Max(prix)', call('max', prix)],
		['max(prix; 2)', call('greatest', prix, literal(2))],
		['arrondir(prix)', call('round', prix)],
		['sans_accents(région)', call('fold_text', column('région'))],
		['sansaccents(région)', call('fold_text', column('région'))],
		['nom_mois(jour)', call('month_name', column('jour'), literal('fr'))],
		['nom_mois(jour; "en")', call('month_name', column('jour'), literal('en'))],
		['exercice(jour)', call('fiscal_year', column('jour'), literal(4))],
		['GAUCHE(région; 2)', call('substring', column('région'), literal(0), literal(2))],
		['droite(région; 2)', call('slice', column('région'), literal(-2))],
		['stxt(région; 2; 3)', call('substring', column('région'), literal(1), literal(4))],
		['date(2024; 3; 1)', call('utcdatetime', literal(2024), literal(2), literal(1))],
		[
			'jour >= "2024-03-01"',
			binary(column('jour'), '>=', call('parse_date', literal('2024-03-01')))
		],
		[
			'jour = date(2024; 1; 1)',
			call('equal', column('jour'), call('utcdatetime', literal(2024), literal(0), literal(1)))
		],
		[
			'jour <> "2024-03-01"',
			{
				kind: 'unary',
				operator: '!',
				of: call('equal', column('jour'), call('parse_date', literal('2024-03-01')))
			}
		],
		['jour = vide', binary(column('jour'), '==', literal(null))],
		['MEAN(prix)', call('mean', prix)],
		['ANNEE(jour)', call('year_of', column('jour'))],
		['arrondir(prix; 2)', call('round_to', prix, literal(2))],
		['minimum + 1', made('+', { kind: 'param', name: 'minimum' }, literal(1))],
		['$prix + prix', made('+', { kind: 'param', name: 'prix' }, prix)],
		['vide', literal(null)],
		['Vrai', literal(true)],
		['« Bas-Saint-Laurent »', literal('Bas-Saint-Laurent')],
		['“dit « oui »”', literal('dit « oui »')],
		['“a””b”', literal('a”b')],
		['"dit ""oui"""', literal('dit "oui"')],
		[
			'prix > 1 ou prix < 2 et non prix = 3',
			made(
				'||',
				made('>', prix, literal(1)),
				made('&&', made('<', prix, literal(2)), {
					kind: 'unary',
					operator: '!',
					of: made('===', prix, literal(3))
				})
			)
		],
		[
			'ET(prix > 1; prix < 2; NON(prix = 3))',
			made('&&', made('&&', made('>', prix, literal(1)), made('<', prix, literal(2))), {
				kind: 'unary',
				operator: '!',
				of: made('===', prix, literal(3))
			})
		],
		[
			'si(prix > 1; "cher"; vide)',
			{
				kind: 'choice',
				test: made('>', prix, literal(1)),
				then: literal('cher'),
				otherwise: literal(null)
			}
		],
		[
			'SI.CONDITIONS(prix > 2; 1; prix > 1; 2; 3)',
			{
				kind: 'choice',
				test: made('>', prix, literal(2)),
				then: literal(1),
				otherwise: {
					kind: 'choice',
					test: made('>', prix, literal(1)),
					then: literal(2),
					otherwise: literal(3)
				}
			}
		],
		[
			'région & " : " & prix',
			call('join', { kind: 'list', items: [column('région'), literal(' : '), prix] }, literal(''))
		],
		['région + " (" + prix', made('+', made('+', column('région'), literal(' (')), prix)],
		[
			'glissant(moyenne(prix); -2; vide)',
			{ kind: 'rolling', of: call('mean', prix), from: -2, to: null, peers: false }
		],
		[
			'extraire(région; /^[/a-z]+$/i)',
			call('match', column('région'), { kind: 'pattern', source: '^[/a-z]+$', flags: 'i' })
		],
		['{1; 2}', { kind: 'list', items: [literal(1), literal(2)] }],
		[
			'{"a": 1; "__proto__": 2}',
			{
				kind: 'pairs',
				entries: [
					['a', literal(1)],
					['__proto__', literal(2)]
				]
			}
		]
	])('%s', (text, expression) => {
		expect(read(text)).toEqual(expression);
	});

	it('takes commas between arguments in English, and semicolons too', () => {
		expect(read('round(prix, 2)', 'en')).toEqual(call('round_to', prix, literal(2)));
		expect(read('round(prix; 2)', 'en')).toEqual(call('round_to', prix, literal(2)));
		expect(read('max(1,2)', 'en')).toEqual(call('greatest', literal(1), literal(2)));
		expect(read('arrondir(prix; 1,5)')).toEqual(call('round_to', prix, literal(1.5)));
	});
});

describe('what is wrong with a formula, and where', () => {
	it.each<[string, Lang, string, string, string | null]>([
		['', 'fr', 'empty', '', null],
		['prx * 2', 'fr', 'unknown_column', 'prx', 'prix'],
		['[Prix du bilet]', 'fr', 'unknown_column', '[Prix du bilet]', '[Prix du billet]'],
		['zzzzzzz', 'fr', 'unknown_column', 'zzzzzzz', null],
		['Prix du billet * 2', 'fr', 'spaced_column', 'Prix du billet', '[Prix du billet]'],
		['$minimun', 'fr', 'unknown_param', '$minimun', '$minimum'],
		['moyene(prix)', 'fr', 'unknown_function', 'moyene', 'moyenne'],
		['averige(prix)', 'fr', 'unknown_function', 'averige', 'average'],
		['zzzzzz(prix)', 'fr', 'unknown_function', 'zzzzzz', null],
		['moyenne', 'fr', 'not_called', 'moyenne', 'moyenne('],
		['moyenne(prix; 2)', 'fr', 'argument_count', 'moyenne(prix; 2)', null],
		['si(prix)', 'fr', 'argument_count', 'si(prix)', null],
		['mod(7,2)', 'fr', 'comma_separator', '7,2', '7; 2'],
		['arrondir(prix, 2)', 'fr', 'comma_separator', ',', ';'],
		['prix * 1,5', 'en', 'decimal_comma', '1,5', '1.5'],
		['(prix', 'fr', 'unclosed_paren', '(', null],
		['moyenne(prix', 'fr', 'unclosed_paren', '(', null],
		['{1; 2', 'fr', 'unclosed_paren', '{', null],
		['prix)', 'fr', 'extra_paren', ')', ''],
		['"Gaspé', 'fr', 'unclosed_text', '"Gaspé', '"Gaspé"'],
		['[prix', 'fr', 'unclosed_name', '[prix', '[prix]'],
		['prix +', 'fr', 'missing_value', '', null],
		['prix + * 2', 'fr', 'missing_value', '*', null],
		['prix et', 'fr', 'missing_value', '', null],
		['et prix', 'fr', 'missing_value', 'et', null],
		['prix minimum', 'fr', 'missing_operator', 'minimum', null],
		['prix 2', 'fr', 'missing_operator', '2', null],
		['1.2.3', 'fr', 'number', '1.2.3', null],
		['2prix', 'fr', 'number', '2prix', null],
		['prix @ 2', 'fr', 'character', '@', ''],
		['1 < prix < 5', 'fr', 'chained', '<', null],
		['région - prix', 'fr', 'text_arithmetic', 'région', null],
		['-région', 'fr', 'text_arithmetic', 'région', null],
		['région * 2', 'fr', 'text_arithmetic', 'région', null],
		['mod(région; 2)', 'fr', 'text_arithmetic', 'région', null],
		['région + prix', 'fr', 'text_added', '+', '&'],
		['moyenne(région)', 'fr', 'argument_type', 'région', null],
		['année(prix)', 'fr', 'argument_type', 'prix', null],
		['droite(région; prix)', 'fr', 'constant_argument', 'prix', null],
		['jour > "hier"', 'fr', 'date_and_text', '"hier"', null],
		['jour - jour', 'fr', 'date_difference', 'jour - jour', 'jours(jour; jour)'],
		['jour + 1', 'fr', 'date_arithmetic', '+', null],
		['jour * 2', 'fr', 'date_arithmetic', '*', null],
		['région = 5', 'fr', 'text_and_number', '5', '"5"'],
		['prix > "12,5"', 'fr', 'text_and_number', '"12,5"', '12,5'],
		['prix > "12,5"', 'en', 'text_and_number', '"12,5"', '12.5'],
		['prix = région', 'fr', 'text_and_number', 'région', null],
		['extraire(région; /(/)', 'fr', 'pattern', '/(/', null],
		['glissant(prix; prix; 0)', 'fr', 'constant_argument', 'prix', null],
		['partie(région; 0)', 'fr', 'constant_argument', '0', null],
		['{"a": 1; 2}', 'fr', 'missing_value', '2', null]
	])('%s (%s): %s', (text, lang, code, on, mend) => {
		expect(problem(text, lang)).toMatchObject({ code, on, mend });
	});

	it('names the nearest', () => {
		expect(problem('moyene(prix)')?.details).toEqual({ name: 'moyene', suggestion: 'moyenne' });
		expect(problem('prx')?.details).toEqual({ name: 'prx', suggestion: 'prix' });
		expect(problem('arrondir()')?.details).toEqual({
			...{ name: 'arrondir', given: 0, least: 1, most: 2 }
		});
	});

	it('tells all that is wrong with names at once, in order', () => {
		const parsed = parseFormula('prx + moyene(prix) + régon', 'fr', context);
		expect(!parsed.ok && parsed.problems.map(({ at }) => at)).toEqual([0, 6, 21]);
	});

	it('ends: a formula has a length and a depth', () => {
		expect(problem('1'.repeat(FORMULA_CHARS + 1))?.code).toBe('too_long');
		expect(problem('('.repeat(5_000))?.code).toBe('too_deep');
		expect(problem('-'.repeat(5_000))?.code).toBe('too_deep');
		expect(problem(`1${'+1'.repeat(4_000)}`)?.code).toBe('too_deep');
		expect(problem(`max(1${';1'.repeat(4_000)})`)?.code).toBe('too_deep');
		expect(problem(`{"a":1${';"a":1'.repeat(1_200)}}`)?.code).toBe('too_deep');
	});

	it('ends where functions are written out into each other: each may double what it is given', () => {
		const nested = (fn: string, times: number, more = ''): string =>
			`${`${fn}(`.repeat(times)}jour${`${more})`.repeat(times)}`;
		for (const [fn, more] of [
			['début_mois', ''],
			['tranche', '; 10'],
			['part_du_total', '']
		] as const) {
			const dated = { ...context, columns: [{ name: 'jour', type: 'any' as const }] };
			const parsed = parseFormula(nested(fn, 50, more), 'fr', dated);
			expect([fn, parsed.ok]).toEqual([fn, false]);
		}
		const twice = read('début_mois(début_mois(jour))');
		expect(writtenParts(twice)).toBeGreaterThan(writtenParts(column('jour')) * 10);
		expect(printValue(twice)).toContain('op.utcdatetime(');
	});
});

// ---------------------------------------------------------------- there and back

/** Types that nothing is known of: what is generated need not make sense. */
const loose: FormulaContext = {
	columns: context.columns.map(({ name }) => ({ name, type: 'any' })),
	params: context.params.map(({ name }) => ({ name, type: 'any' })),
	functions: context.functions.map((one) => ({ ...one, gives: 'any', takes: ['any'] }))
};

/** Inside of a choice, so that its type is not known to whatever takes it. */
const hidden = (of: Expression): Expression => choice(literal(true), of, literal(null));

function randomExpression(random: () => number, depth: number): Expression {
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const next = (): Expression => randomExpression(random, depth - 1);
	const leaf = (): Expression => {
		switch (pick(['number', 'other', 'column', 'param'])) {
			case 'number':
				return literal(pick([0, 1, -3, 2.5, 1e21, 1.5e-7, -1e-9, 1234567.89]));
			case 'other':
				return literal(pick([null, true, false]));
			case 'param':
				return { kind: 'param', name: pick(loose.params).name };
			default:
				return column(pick(loose.columns).name);
		}
	};
	if (depth <= 0) return leaf();
	switch (pick(['leaf', 'binary', 'binary', 'binary', 'unary', 'call', 'choice', 'rare'])) {
		case 'binary':
			return made(
				pick([
					'+',
					'-',
					'*',
					'/',
					'%',
					'**',
					'===',
					'!==',
					'==',
					'!=',
					'<',
					'>=',
					'&&',
					'||',
					'??'
				]),
				next(),
				next()
			);
		case 'unary': {
			const of = next();
			const operator = pick(['!', '-'] as const);
			// A negative number has one form.
			return operator === '-' && of.kind === 'literal' ? of : { kind: 'unary', operator, of };
		}
		case 'call': {
			const { fn: name, least, most } = pick(loose.functions);
			return call(name, ...Array.from({ length: most ?? least }, next));
		}
		case 'choice':
			return { kind: 'choice', test: next(), then: next(), otherwise: next() };
		case 'rare':
			return pick<Expression>([
				{ kind: 'list', items: [next(), next()] },
				{ kind: 'list', items: [] },
				hidden(call('substring', next(), literal(pick([0, 2])), literal(5))),
				hidden(call('slice', next(), literal(pick([-3, 3])))),
				hidden(call('utcdatetime', next(), binary(next(), '-', literal(1)), next())),
				hidden(call('utcdatetime', literal(2024), literal(pick([0, 2])), literal(1))),
				binary(
					binary(call('timestamp', next()), '-', call('timestamp', leaf())),
					'/',
					literal(pick([86_400_000, 2]))
				),
				{ kind: 'pairs', entries: [[pick(['a"b', '__proto__', '']), next()]] },
				{ kind: 'pairs', entries: [] },
				call('match', next(), { kind: 'pattern', source: '^a\\/[/]$', flags: 'i' }),
				hidden({ kind: 'item', of: next(), at: 2 }),
				{ kind: 'rolling', of: next(), from: -3, to: null, peers: random() < 0.5 },
				hidden(call('join', { kind: 'list', items: [leaf(), next()] }, literal(''))),
				call('join', next(), literal(pick(['a"b', '« »', ', ', '[x]', "l'été", 'a\nb'])))
			]);
		default:
			return leaf();
	}
}

describe('printing', () => {
	it.each<Lang>(['fr', 'en'])('is read back as the same expression (%s)', (lang) => {
		const random = seeded(20_261_126);
		for (let turn = 0; turn < 4_000; turn++) {
			const expression = randomExpression(random, turn % 5);
			const text = printFormula(
				expression,
				lang,
				turn % 2 ? loose : { functions: loose.functions }
			);
			const back = parseFormula(text, lang, loose);
			expect([text, back]).toMatchObject([text, { ok: true, expression }]);
		}
	});

	it('writes as each language does', () => {
		const expression = read(
			'si(prix >= 1,5 et non région = "a"; arrondir([Prix du billet]; 2); vide)'
		);
		expect(printFormula(expression, 'fr', context)).toBe(
			'si(prix >= 1,5 et non région = "a"; arrondir([Prix du billet]; 2); vide)'
		);
		expect(printFormula(expression, 'en', context)).toBe(
			'if(prix >= 1.5 and not région = "a", round([Prix du billet], 2), null)'
		);
	});

	it('compares a column of days with the two ends of a chosen period', () => {
		const end = (at: number): Expression => ({
			kind: 'item',
			of: { kind: 'param', name: 'mot' },
			at
		});
		const period = made(
			'&&',
			made('>=', column('jour'), end(0)),
			made('<=', column('jour'), end(1))
		);
		const text = printFormula(period, 'fr', context);
		expect(text).toBe('jour >= partie(mot; 1) et jour <= partie(mot; 2)');
		expect(read(text)).toEqual(period);
	});

	it('marks a name of the notebook where a column has the same', () => {
		expect(printFormula({ kind: 'param', name: 'prix' }, 'fr', context)).toBe('$prix');
		expect(printFormula({ kind: 'param', name: 'minimum' }, 'fr', context)).toBe('minimum');
		expect(printFormula({ kind: 'param', name: 'minimum' }, 'fr', { functions: [] })).toBe(
			'$minimum'
		);
	});

	it('keeps parentheses where they count, and no others', () => {
		for (const text of ['(prix + 1) * 2', 'prix + 1 * 2', 'prix - (1 - 2)', '(prix = 1) = vrai'])
			expect(printFormula(read(text), 'fr', context)).toBe(text);
	});
});
