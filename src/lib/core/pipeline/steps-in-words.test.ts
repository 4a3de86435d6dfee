import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from '../protocol/messages.ts';
import { columnsAfter, type KnownColumn } from './columns-after.ts';
import { expandExpression, recogniseExpression } from './compositions.ts';
import { conditionExpression, conditionOf, type Condition, type Rule } from './condition.ts';
import { describeExpression, describeStep, stepTitle } from './describe-step.ts';
import { FUNCTIONS } from './functions.ts';
import { DATE_PARTS, intentOf, stepOfIntent, type Intent } from './intent.ts';
import { call, column, literal } from './make-expression.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { printValue } from './print-expression.ts';
import type { Expression } from './expression.ts';
import type { Step } from './step.ts';
import { stepProblems } from './step-problems.ts';
import { binStep, suggestForColumn, suggestForTable } from './suggest.ts';
import { plainWords } from './words.ts';

const stepOf = (call: string): Step => {
	const [placed, more] = parsePipeline(`t${call}`)?.steps ?? [];
	if (!placed || more) throw new Error(`not one step: ${call}`);
	return placed.step;
};
const whereOf = (body: string): Expression => {
	const named = [...new Set(Array.from(body.matchAll(/\$\.(\w+)/g), ([, name]) => name))];
	const step = stepOf(
		named.length
			? `.params({${named.join(', ')}}).filter((d, $) => ${body})`
			: `.filter(d => ${body})`
	);
	if (step.kind !== 'filter') throw new Error(body);
	return step.where;
};

/** What an expression gives for each row, in Arquero as it is. */
function valuesOf(expression: Expression, rows: readonly object[]): unknown[] {
	// eslint-disable-next-line no-new-func -- what is tried is that Arquero runs the text
	const value = new Function('aq', `return ${printValue(expression)}`) as (it: typeof aq) => never;
	const made = aq.from([...rows]).derive({ made: value(aq) });
	return Array.from(made.array('made') as ArrayLike<unknown>, (one) =>
		one instanceof Date ? one.toISOString().slice(0, 10) : one
	);
}

describe('compositions', () => {
	const dates = [
		'2024-01-01',
		'2024-02-29',
		'2024-06-30',
		'2024-07-01',
		'2023-12-31',
		'2024-09-15'
	];
	const rows = [
		...dates.map((day) => ({ d: new Date(`${day}T00:00:00Z`) })),
		{ d: null },
		{ d: undefined }
	];
	const cases: readonly (readonly [string, readonly (string | number)[], readonly unknown[]])[] = [
		[
			'year_start',
			[],
			['2024-01-01', '2024-01-01', '2024-01-01', '2024-01-01', '2023-01-01', '2024-01-01']
		],
		[
			'quarter_start',
			[],
			['2024-01-01', '2024-01-01', '2024-04-01', '2024-07-01', '2023-10-01', '2024-07-01']
		],
		[
			'month_start',
			[],
			['2024-01-01', '2024-02-01', '2024-06-01', '2024-07-01', '2023-12-01', '2024-09-01']
		],
		[
			'week_start',
			[1],
			['2024-01-01', '2024-02-26', '2024-06-24', '2024-07-01', '2023-12-25', '2024-09-09']
		],
		[
			'week_start',
			[0],
			['2023-12-31', '2024-02-25', '2024-06-30', '2024-06-30', '2023-12-31', '2024-09-15']
		],
		['day_start', [], dates],
		['year_of', [], [2024, 2024, 2024, 2024, 2023, 2024]],
		['quarter_of', [], [1, 1, 2, 3, 4, 3]],
		['month_of', [], [1, 2, 6, 7, 12, 9]],
		['day_of', [], [1, 29, 30, 1, 31, 15]],
		['weekday_of', [], [1, 4, 7, 1, 7, 7]],
		['hour_of', [], [0, 0, 0, 0, 0, 0]],
		['year_month', [], ['2024-01', '2024-02', '2024-06', '2024-07', '2023-12', '2024-09']],
		['year_quarter', ['fr'], ['2024-T1', '2024-T1', '2024-T2', '2024-T3', '2023-T4', '2024-T3']],
		[
			'arts_season',
			[],
			['2023-2024', '2023-2024', '2023-2024', '2024-2025', '2023-2024', '2024-2025']
		],
		[
			'fiscal_year',
			[4],
			['2023-2024', '2023-2024', '2024-2025', '2024-2025', '2023-2024', '2024-2025']
		],
		['month_name', ['fr'], ['janvier', 'février', 'juin', 'juillet', 'décembre', 'septembre']],
		['weekday_name', ['en'], ['Monday', 'Thursday', 'Sunday', 'Monday', 'Sunday', 'Sunday']],
		['meteorological_season', ['fr'], ['hiver', 'hiver', 'été', 'été', 'hiver', 'automne']]
	];
	for (const [fn, args, wanted] of cases)
		it(`${fn}(${args.join()}) is what it says, and a missing date stays missing`, () => {
			const expression = call(fn, column('d'), ...args.map(literal));
			expect(valuesOf(expression, rows)).toEqual([...wanted, null, null]);
			expect(recogniseExpression(expandExpression(expression))).toEqual(expression);
		});
	it('are all here', () => {
		expect(new Set(cases.map(([fn]) => fn))).toEqual(new Set(DATE_PARTS));
		const composed = [...FUNCTIONS.values()].filter((fn) => fn.composed);
		for (const { name, args } of composed) {
			const given = args.map(({ constant, type }, i) =>
				constant
					? literal(type === 'text' ? (name === 'read_number' ? ',' : 'fr') : 2)
					: column(`c${i}`)
			);
			const expanded = expandExpression(call(name, ...given));
			expect(JSON.stringify(expanded), name).not.toContain(`"${name}"`);
			expect(recogniseExpression(expanded)).toEqual(call(name, ...given));
		}
	});
	it('read numbers and days as people write them', () => {
		const rows = ['1 234,50 $', '10.5', '12\u202f000', '', 'abc', null].map((x) => ({ x }));
		const of = column('x');
		expect(valuesOf(call('read_number', of, literal(',')), rows)).toEqual([
			...[1234.5, 10.5, 12_000, NaN, NaN, null]
		]);
		const english = ['$1,234.50', '10', '5%', null].map((x) => ({ x }));
		expect(valuesOf(call('read_number', of, literal('.')), english)).toEqual([1234.5, 10, 5, null]);
		const days = ['31/12/2024', ' 1/2/2024', '5-11-2023 ', '2024-03-09', null].map((x) => ({ x }));
		expect(valuesOf(call('read_day_first', of), days)).toEqual([
			...['2024-12-31', '2024-02-01', '2023-11-05', '2024-03-09', null]
		]);
		expect(valuesOf(call('as_text', of), [{ x: 10.5 }, { x: null }, { x: true }])).toEqual([
			...['10.5', null, 'true']
		]);
	});
	it('of texts and numbers keep what is missing', () => {
		const x = (values: readonly unknown[]): { x: unknown }[] =>
			values.map((value) => ({ x: value }));
		const of = column('x');
		expect(valuesOf(call('fold_text', of), x(['Élan Noël', null]))).toEqual(['elan noel', null]);
		expect(valuesOf(call('fold_key', of), x(['L’Île-d’Orléans ', null]))).toEqual([
			'liledorleans',
			null
		]);
		expect(valuesOf(call('bin_step', of, literal(10)), x([0, 9.9, 10, -1, null]))).toEqual([
			0,
			0,
			10,
			-10,
			null
		]);
		expect(valuesOf(call('round_to', of, literal(2)), x([1.239, null]))).toEqual([1.24, null]);
		expect(valuesOf(call('missing', of), x([0, null, undefined, NaN, '']))).toEqual([
			false,
			true,
			true,
			true,
			false
		]);
		expect(valuesOf(call('share_of_total', of), x([1, 3, null]))).toEqual([25, 75, null]);
		expect(valuesOf(call('difference', of), x([1, 3, null, 4]))).toEqual([null, 2, null, null]);
		expect(valuesOf(call('percent_change', of), x([2, 3, 0, 4]))).toEqual([null, 50, -100, null]);
	});
});

describe('conditions', () => {
	const rule = (test: Rule['test'], values: Rule['values'], more: Partial<Rule> = {}): Rule => ({
		column: 'x',
		test,
		values,
		folded: false,
		loose: false,
		...more
	});
	const five = { kind: 'constant', value: 5 } as const;
	const text = { kind: 'constant', value: 'été' } as const;
	const date = { kind: 'date', value: '2024-03-01' } as const;
	const param = { kind: 'param', name: 'p' } as const;
	const rules: readonly Rule[] = [
		...(['is', 'isNot', 'atLeast', 'atMost', 'more', 'less'] as const).flatMap((test) => [
			rule(test, [five]),
			rule(test, [date]),
			rule(test, [param]),
			rule(test, [{ kind: 'column', name: 'y' }])
		]),
		rule('is', [text]),
		rule('is', [{ kind: 'constant', value: 'ete' }], { folded: true }),
		rule('is', [param], { folded: true }),
		rule('oneOf', [text, five]),
		rule('noneOf', [text]),
		rule('oneOf', [], {}),
		rule('oneOf', [param]),
		rule('noneOf', [param]),
		...(['contains', 'notContains', 'starts', 'ends'] as const).map((test) => rule(test, [text])),
		rule('contains', [{ kind: 'constant', value: 'ete' }], { folded: true }),
		rule('between', [five, { kind: 'constant', value: 9 }]),
		rule('between', [{ kind: 'constant', value: -5 }, five]),
		rule('between', [date, { kind: 'date', value: '2024-05-01' }]),
		rule('missing', []),
		rule('present', []),
		rule('missing', [], { loose: true }),
		rule('less', [five], { loose: true })
	];
	for (const one of rules)
		it(`${one.test} ${JSON.stringify(one.values)}${one.folded ? ' folded' : ''}${one.loose ? ' loose' : ''}`, () => {
			for (const condition of [
				{ join: 'all', rules: [one] },
				{ join: 'all', rules: [one, rule('is', [text], { column: 'z' })] },
				{
					join: 'any',
					rules: [
						one,
						rule('is', [text], { column: 'z' }),
						{ join: 'all', rules: [one, rule('present', [])] }
					]
				},
				{
					join: 'all',
					rules: [
						rule('is', [text]),
						{ join: 'any', rules: [rule('present', []), rule('is', [five])] }
					]
				}
			] as const satisfies readonly Condition[]) {
				const expression = conditionExpression(condition);
				const printed = whereOfPrinted(expression);
				// A rule of several parts, inside another, is shown as a formula where a form could not give it back.
				const read = conditionOf(printed);
				if (read === null) expect(condition.join).toBe('any');
				else expect(read).toEqual(condition);
			}
		});
	const whereOfPrinted = (expression: Expression): Expression => {
		const names = JSON.stringify(expression).includes('"param"') ? '.params({p})' : '';
		const step = stepOf(`${names}.filter(${printValue(expression)})`);
		return step.kind === 'filter' ? step.where : literal(false);
	};
	for (const body of [
		'd.x + 1',
		'd.x === null',
		'd.x > d.y + 1',
		'd.x == 5',
		'op.utcyear(d.x) === 2024',
		'd.x',
		'(d.a > 1 || (d.b > 2 && (d.c > 3 || d.d > 4)))',
		'op.includes(op.lower(d.x), "a")',
		'!(op.length($.p) === 0 || op.includes($.p, d.x))',
		'op.length($.q) === 0 || op.includes($.p, d.x)',
		'op.length($.p) === 1 || op.includes($.p, d.x)'
	])
		it(`is none: ${body}`, () => expect(conditionOf(whereOf(body))).toBeNull());
	it('leaves rows without a value out, where they would count as 0', () => {
		const where = conditionExpression({ join: 'all', rules: [rule('less', [five])] });
		expect(valuesOf(where, [{ x: 1 }, { x: null }, { x: undefined }, { x: 7 }])).toEqual([
			true,
			false,
			false,
			false
		]);
		expect(conditionOf(whereOf('d.x < 5'))).toMatchObject({
			rules: [{ test: 'less', loose: true }]
		});
		expect(conditionOf(whereOf('d.x > 5'))).toMatchObject({
			rules: [{ test: 'more', loose: false }]
		});
		expect(conditionOf(whereOf('5 > d.x'))).toMatchObject({
			rules: [{ test: 'less', loose: true }]
		});
	});
});

describe('words', () => {
	const cases: readonly (readonly [string, string, string])[] = [
		[
			'.params({mot}).filter((d, $) => $.mot === "" || op.includes(d.titre, $.mot))',
			'garde les lignes où «\u00a0titre\u00a0» contient la valeur de mot (ou toutes, si mot est vide)',
			'keeps the rows where “titre” contains the value of mot (or all rows, if mot is empty)'
		],
		[
			'.params({fin}).filter((d, $) => !$.fin || d.jour <= $.fin)',
			'garde les lignes où «\u00a0jour\u00a0» est d’au plus la valeur de fin (ou toutes, si fin est vide)',
			'keeps the rows where “jour” is at most the value of fin (or all rows, if fin is empty)'
		],
		[
			'.params({p}).filter((d, $) => (!$.p[0] || d.jour >= $.p[0]) && (!$.p[1] || d.jour <= $.p[1]))',
			'garde les lignes où «\u00a0jour\u00a0» est entre les deux dates de p (une date vide ne limite rien)',
			'keeps the rows where “jour” is between the two dates of p (an empty date sets no limit)'
		],
		[
			'.params({choix}).filter((d, $) => op.length($.choix) === 0 || op.includes($.choix, d.canal))',
			'garde les lignes où «\u00a0canal\u00a0» est parmi choix (ou toutes, si rien n’est choisi)',
			'keeps the rows where “canal” is among choix (or all rows, if nothing is chosen)'
		],
		[
			'.params({choix}).filter((d, $) => d.n > 2 && !op.includes($.choix, d.canal))',
			'garde les lignes où «\u00a0n\u00a0» est de plus de 2 et «\u00a0canal\u00a0» n’est pas parmi choix',
			'keeps the rows where “n” is more than 2 and “canal” is not among choix'
		],
		[
			'.filter(d => d["région"] === "Montréal")',
			'garde les lignes où «\u00a0région\u00a0» est Montréal',
			'keeps the rows where “région” is Montréal'
		],
		[
			'.filter(d => d.prix != null && d.prix < 1234.5)',
			'garde les lignes où «\u00a0prix\u00a0» est de moins de 1\u00a0234,5',
			'keeps the rows where “prix” is less than 1,234.5'
		],
		[
			'.filter(d => op.includes(["a","b","c","d","e","f","g"], d.x))',
			'garde les lignes où «\u00a0x\u00a0» est a, b, c, d … ou 3 autres',
			'keeps the rows where “x” is a, b, c, d … or 3 others'
		],
		[
			'.filter(d => d.date >= op.parse_date("2024-03-01"))',
			'garde les lignes où «\u00a0date\u00a0» est le 1er mars 2024 ou après',
			'keeps the rows where “date” is on or after March 1, 2024'
		],
		[
			'.filter(d => d.x === null)',
			'garde les lignes où «\u00a0x\u00a0» est manquant',
			'keeps the rows where “x” is missing'
		],
		[
			'.groupby("région").count()',
			'compte les lignes par «\u00a0région\u00a0»',
			'counts the rows by “région”'
		],
		[
			'.groupby("a").rollup({t: d => op.sum(d.x)})',
			'regroupe par «\u00a0a\u00a0» et calcule «\u00a0t\u00a0»\u00a0: la somme de «\u00a0x\u00a0»',
			'groups by “a” and computes “t”: the sum of “x”'
		],
		[
			'.orderby("a", aq.desc("b"))',
			'trie par «\u00a0a\u00a0» (croissant) et «\u00a0b\u00a0» (décroissant)',
			'sorts by “a” (ascending) and “b” (descending)'
		],
		['.slice(0, 10)', 'garde les 10 premières lignes', 'keeps the first 10 rows'],
		['.slice(0, 1)', 'garde la première ligne', 'keeps the first row'],
		['.slice(-3)', 'garde les 3 dernières lignes', 'keeps the last 3 rows'],
		[
			'.derive({a: d => (d.x + 1) * 2})',
			'calcule «\u00a0a\u00a0»\u00a0: («\u00a0x\u00a0» + 1) × 2',
			'computes “a”: (“x” + 1) × 2'
		],
		['.unroll("a")', 'exécute du code', 'runs code'],
		// A name that says what the summary is, is not said.
		[
			'.groupby("v").rollup({"somme de x": d => op.sum(d.x)})',
			'additionne «\u00a0x\u00a0» par «\u00a0v\u00a0»',
			'adds up “x” by “v”'
		],
		[
			'.groupby("v").rollup({"somme d’âge": d => op.sum(d.âge), "total y": d => op.sum(d.y), nombre: () => op.count(), "mean of z": d => op.mean(d.z)})',
			'regroupe par «\u00a0v\u00a0», additionne «\u00a0âge\u00a0» et «\u00a0y\u00a0», compte les lignes et fait la moyenne de «\u00a0z\u00a0»',
			'groups by “v”, adds up “âge” and “y”, counts the rows and averages “z”'
		],
		[
			'.rollup({x: d => op.median(d.x)})',
			'résume tout le tableau\u00a0: trouve la médiane de «\u00a0x\u00a0»',
			'summarises the whole table: finds the median of “x”'
		],
		[
			'.groupby({mois: d => d.d == null ? null : op.utcmonth(d.d) + 1}).count()',
			'compte les lignes par mois de «\u00a0d\u00a0»',
			'counts the rows by month of “d”'
		],
		[
			'.orderby(aq.desc("x")).derive({rang: op.rank()})',
			'par ordre décroissant de «\u00a0x\u00a0», calcule le rang',
			'in descending order of “x”, computes “rang”: the rank'
		],
		[
			'.derive({cumul: aq.rolling(d => op.sum(d.x))})',
			'calcule le cumul de «\u00a0x\u00a0»',
			'computes “cumul”: the running total of “x”'
		],
		// As few brackets as meaning allows.
		[
			'.derive({m: d => op.round(d.x / 1000)})',
			'calcule «\u00a0m\u00a0»\u00a0: «\u00a0x\u00a0» ÷ 1000, arrondi',
			'computes “m”: “x” ÷ 1000, rounded'
		],
		[
			'.derive({m: d => op.round(d.x / 1000) * 2})',
			'calcule «\u00a0m\u00a0»\u00a0: («\u00a0x\u00a0» ÷ 1000, arrondi) × 2',
			'computes “m”: (“x” ÷ 1000, rounded) × 2'
		],
		[
			'.derive({m: d => d.x - (d.y - d.z) - d.a / (d.b * d.c)})',
			'calcule «\u00a0m\u00a0»\u00a0: «\u00a0x\u00a0» − («\u00a0y\u00a0» − «\u00a0z\u00a0») − «\u00a0a\u00a0» ÷ («\u00a0b\u00a0» × «\u00a0c\u00a0»)',
			'computes “m”: “x” − (“y” − “z”) − “a” ÷ (“b” × “c”)'
		],
		[
			'.groupby("v").rollup({t: d => op.sum(d.x * d.y), u: d => op.sum(d.x > 3)})',
			'regroupe par «\u00a0v\u00a0» et calcule «\u00a0t\u00a0»\u00a0: la somme de «\u00a0x\u00a0» × «\u00a0y\u00a0»; «\u00a0u\u00a0»\u00a0: le nombre de lignes où «\u00a0x\u00a0» est de plus de 3',
			'groups by “v” and computes “t”: the sum of “x” × “y”; “u”: the number of rows where “x” is more than 3'
		],
		[
			'.filter(d => d.x > op.mean(d.x))',
			'garde les lignes où «\u00a0x\u00a0» est plus grand que la moyenne de «\u00a0x\u00a0»',
			'keeps the rows where “x” is more than the mean of “x”'
		],
		// What is done to a column that stays.
		[
			'.derive({l: d => op.recode(d.l, {FR: "Français"}, "Autre")})',
			'dans «\u00a0l\u00a0», FR devient Français et le reste devient Autre',
			'in “l”, FR becomes Français and the rest becomes Autre'
		],
		[
			'.derive({r: d => op.recode(d.c, {"01": "Estrie"}, d.c)})',
			'calcule «\u00a0r\u00a0» à partir de «\u00a0c\u00a0»\u00a0: 01 devient Estrie',
			'computes “r” from “c”: 01 becomes Estrie'
		],
		[
			'.derive({n: d => op.upper(d.n)})',
			'met «\u00a0n\u00a0» en majuscules',
			'puts “n” in upper case'
		],
		[
			'.derive({n: d => op.parse_float(d.n)})',
			'lit «\u00a0n\u00a0» comme un nombre',
			'reads “n” as a number'
		],
		[
			'.derive({n: d => op.match(d.m, /\\S+/u, 0)})',
			'calcule «\u00a0n\u00a0»\u00a0: le premier mot de «\u00a0m\u00a0»',
			'computes “n”: the first word of “m”'
		],
		[
			'.derive({p: d => op.split(d.c, " - ")[0]})',
			'calcule «\u00a0p\u00a0»\u00a0: la partie 1 de «\u00a0c\u00a0», découpé à «\u00a0 - \u00a0»',
			'computes “p”: part 1 of “c”, split at “ - ”'
		],
		[
			'.impute({x: d => op.mean(d.x), y: () => "?"})',
			'remplit les valeurs manquantes de «\u00a0x\u00a0» par leur moyenne et «\u00a0y\u00a0» par «\u00a0?\u00a0»',
			'fills the missing values of “x” with their mean and “y” with “?”'
		],
		[
			'.params({m}).filter((d, $) => d.x >= $.m)',
			'garde les lignes où «\u00a0x\u00a0» est d’au moins la valeur de m',
			'keeps the rows where “x” is at least the value of m'
		]
	];
	for (const [source, fr, en] of cases)
		it(source, () => {
			expect(plainWords(describeStep(stepOf(source), 'fr'), 'fr')).toBe(fr);
			expect(plainWords(describeStep(stepOf(source), 'en'), 'en')).toBe(en);
		});
	it('mark names and values', () => {
		expect(describeExpression(whereOf('d.a === "b"'), 'fr')).toEqual([
			{ kind: 'column', text: 'a' },
			{ kind: 'text', text: ' est ' },
			{ kind: 'value', text: 'b' }
		]);
	});
	it('say what a step is for in its title', () => {
		expect(stepTitle(stepOf('.groupby("a").count()'), 'fr')).toBe('Regrouper et résumer');
		expect(stepTitle(stepOf('.derive({c: aq.rolling(d => op.sum(d.x))})'), 'fr')).toBe('Cumul');
	});
	it('end, however deep an expression is', () => {
		let deep: Expression = column('x');
		for (let i = 0; i < 50; i++) deep = call('abs', deep);
		expect(plainWords(describeExpression(deep, 'fr'))).toContain('…');
	});
});

describe('intents', () => {
	const around = {
		within: [{ name: 'a', value: column('a') }],
		order: [{ value: column('d'), descending: false }]
	};
	const intents: readonly Intent[] = [
		{ purpose: 'type', name: 'n', column: 'x', way: 'read_number', mark: ',' },
		{ purpose: 'type', name: 'n', column: 'x', way: 'as_text', mark: null },
		{ purpose: 'bin', name: 'n', column: 'x', step: 10 },
		...DATE_PARTS.map((part): Intent => ({
			purpose: 'date',
			name: 'n',
			column: 'd',
			part,
			setting:
				part === 'week_start'
					? 1
					: part === 'fiscal_year'
						? 4
						: /name|quarter$|meteo/.test(part) && part !== 'quarter_start'
							? 'en'
							: null
		})),
		{
			purpose: 'recode',
			name: 'n',
			column: 'x',
			groups: [
				['a', 'b'],
				['c', null]
			],
			otherwise: undefined
		},
		{ purpose: 'recode', name: 'n', column: 'x', groups: [['a', 1]], otherwise: 'autre' },
		{ purpose: 'split', name: 'n', column: 'x', separator: '-', part: 2, trimmed: true },
		{ purpose: 'split', name: 'n', column: 'x', separator: '-', part: 1, trimmed: false },
		{ purpose: 'extract', name: 'n', column: 'x', source: '(\\d+)', flags: 'u', group: 1 },
		...(['running_total', 'share', 'difference', 'percent_change'] as const).map(
			(purpose): Intent => ({ purpose, name: 'n', column: 'x', ...around })
		),
		{ purpose: 'rank', name: 'n', rank: 'dense_rank', ...around },
		{ purpose: 'flag_missing', name: 'n', column: 'x' },
		{ purpose: 'fill', column: 'x', value: literal(0) },
		{ purpose: 'formula', name: 'n', value: column('x') },
		{ purpose: 'window_formula', name: 'n', value: call('lag', column('x'), literal(2)), ...around }
	];
	for (const intent of intents)
		it(JSON.stringify(intent).slice(0, 70), () => {
			expect(intentOf(stepOfIntent(intent))).toEqual(intent);
		});
	it('are none of steps that make several columns, or none', () => {
		expect(intentOf(stepOf('.derive({a: () => 1, b: () => 2})'))).toBeNull();
		expect(intentOf(stepOf('.filter(d => d.a)'))).toBeNull();
	});
});

const COLUMNS: readonly KnownColumn[] = [
	{ name: 'région', type: 'text' },
	{ name: 'date', type: 'date' },
	{ name: 'prix', type: 'number' },
	{ name: 'salle', type: 'text' }
];

describe('problems of a step', () => {
	const problemsOf = (source: string): readonly string[] =>
		stepProblems(stepOf(source), COLUMNS, (name) =>
			name === 'lieux' ? [{ name: 'salle', type: 'text' }] : null
		).map(({ code, name, nearest }) => `${code} ${name}${nearest ? ` ${nearest}` : ''}`);
	for (const [source, ...wanted] of [
		['.filter(d => d.prix > 3)'],
		['.filter(d => d.prx > 3)', 'unknown_column prx prix'],
		['.select("région", "Salle")', 'unknown_column Salle salle'],
		['.filter(d => d.zzzzzz > 3)', 'unknown_column zzzzzz'],
		['.rename({prix: "date"})', 'name_taken date'],
		['.rename({prix: "date", date: "prix"})'],
		['.derive({prix: d => d.prix * 2})'],
		['.derive({["__proto__"]: d => d.prix})', 'bad_name __proto__'],
		['.derive({" ": d => d.prix})', 'bad_name  '],
		['.rollup({t: d => op.sum(d.région)})', 'wrong_type région'],
		['.derive({m: d => op.utcmonth(d.prix)})', 'wrong_type prix'],
		['.derive({m: d => d.région * 2})', 'wrong_type région'],
		['.filter(d => d.prix === "20")', 'wrong_type prix'],
		['.filter(d => "2024" < d.date)', 'wrong_type date'],
		['.rollup({t: d => d.prix})', 'not_summed prix'],
		['.groupby("région").rollup({t: d => op.sum(d.prix) / d.prix})', 'not_summed prix'],
		['.orderby(d => op.lower(d.région))', 'sorts_by_function lower'],
		['.groupby({r: d => op.rank()}).count()', 'rows_alone rank'],
		['.join_left(lieux, "salle")'],
		['.join_left(lieu, "salle")', 'unknown_table lieu'],
		['.join_left(lieux, ["salle", "sale"])', 'unknown_column sale salle'],
		['.lookup(lieux, "salle", "capacité")', 'unknown_column capacité'],
		['.unroll("x")']
	] as const)
		it(source, () => expect(problemsOf(source)).toEqual(wanted));
	it('say what there is', () => {
		const [problem] = stepProblems(stepOf('.select("prx")'), COLUMNS);
		expect(plainWords(problem?.words.fr ?? [], 'fr')).toBe(
			'La colonne «\u00a0prx\u00a0» n’existe pas ici. Vouliez-vous dire «\u00a0prix\u00a0»? Il y a\u00a0: «\u00a0région\u00a0», «\u00a0date\u00a0», «\u00a0prix\u00a0» et «\u00a0salle\u00a0».'
		);
	});
	it('see a frame of rows inside of a formula', () => {
		const rolling: Expression = {
			kind: 'rolling',
			of: call('sum', column('prix')),
			from: null,
			to: 0,
			peers: false
		};
		const step: Step = {
			kind: 'window',
			within: [],
			order: [],
			columns: [{ name: 'a', value: call('abs', rolling) }]
		};
		expect(stepProblems(step, COLUMNS)).toMatchObject([{ code: 'rolling_inside' }]);
	});
	it('know no columns after a pivot or code', () => {
		expect(columnsAfter(stepOf('.pivot("région", "prix")'), COLUMNS)).toBeNull();
		expect(columnsAfter(stepOf('.unroll("région")'), COLUMNS)).toBeNull();
		expect(columnsAfter(stepOf('.join(lieux, "salle")'), COLUMNS)).toBeNull();
	});
});

describe('suggestions', () => {
	const summary = (
		name: string,
		type: ColumnSummary['type'],
		more: Partial<ColumnSummary> = {}
	): ColumnSummary => ({
		...{
			name,
			type,
			missing: 0,
			distinct: null,
			min: null,
			max: null,
			mean: null,
			bins: [],
			top: []
		},
		...more
	});
	const ids = (one: ColumnSummary): readonly string[] =>
		suggestForColumn(one, { rows: 100, columns: COLUMNS, lang: 'fr' }).map(({ id }) => id);
	it('follow what a column holds', () => {
		expect(ids(summary('date', 'date'))).toEqual(['by_month', 'by_season', 'total_by_month']);
		expect(ids(summary('région', 'text', { valueType: 'region', distinct: 17 }))).toEqual([
			'by_region',
			'total_by'
		]);
		expect(ids(summary('salle', 'text', { distinct: 4, top: ['A'] }))).toEqual([
			'count_by',
			'total_by',
			'only_top'
		]);
		expect(ids(summary('nom', 'text', { distinct: 100 }))).toEqual([]);
		// 99 values, and one that is missing: a group for each row.
		expect(ids(summary('nom', 'text', { distinct: 99, missing: 1 }))).not.toContain('count_by');
		expect(ids(summary('prix', 'number', { min: 0, max: 100, missing: 3 }))).toEqual([
			'histogram',
			'sum_by',
			'drop_missing',
			'flag_missing',
			'fill_median'
		]);
		expect(ids(summary('no client', 'integer', { min: 0, max: 100 }))).toEqual([]);
		expect(ids(summary('salle', 'text', { distinct: 100, missing: 3 }))).toEqual([
			'drop_missing',
			'flag_missing',
			'fill_text'
		]);
	});
	it('are steps that have no problem', () => {
		for (const one of [
			summary('date', 'date', { missing: 1 }),
			summary('région', 'text', { distinct: 3, top: ['a'], missing: 1 }),
			summary('prix', 'number', { min: 1, max: 9, missing: 1 })
		])
			for (const { steps, words } of suggestForColumn(one, {
				rows: 100,
				columns: COLUMNS,
				lang: 'en'
			})) {
				let columns: readonly KnownColumn[] = COLUMNS;
				for (const step of steps) {
					expect(stepProblems(step, columns)).toEqual([]);
					columns = columnsAfter(step, columns) ?? [];
				}
				expect(plainWords(words.fr)).not.toBe(plainWords(words.en, 'en'));
			}
	});
	it('match tables that share a column', () => {
		const found = suggestForTable(COLUMNS, 4, [
			{
				name: 'lieux',
				columns: [
					{ name: 'Salle', type: 'text' },
					{ name: 'prix', type: 'number' }
				]
			},
			{ name: 'loin', columns: [{ name: 'x', type: 'text' }] },
			{ name: 'autres', columns: COLUMNS }
		]);
		expect(found.map(({ id }) => id)).toEqual([
			'dedupe',
			'join:lieux',
			'join:autres',
			'stack:autres'
		]);
		expect(found[1]?.steps).toMatchObject([
			{ kind: 'join', on: [{ left: 'salle', right: 'Salle' }] }
		]);
	});
	it('match tables whose columns are known by name alone', () => {
		const named = [
			{ name: 'Salle', type: 'other' },
			{ name: 'prix', type: 'other' }
		] as const;
		expect(
			suggestForTable(COLUMNS, null, [{ name: 'lieux', columns: named }]).map(({ id }) => id)
		).toEqual(['join:lieux']);
	});
	it('make some twelve bins of round numbers', () => {
		expect([
			binStep(0, 100),
			binStep(0, 12),
			binStep(0, 0),
			binStep(0, 1),
			binStep(-50, 950)
		]).toEqual([10, 1, 1, 0.1, 100]);
	});
});
