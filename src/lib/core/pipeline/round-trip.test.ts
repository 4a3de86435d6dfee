import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { conductOf } from '../analysis/conduct.ts';
import { columnsAfter, type KnownColumn } from './columns-after.ts';
import { describeStep, stepTitle } from './describe-step.ts';
import {
	applyEdits,
	duplicateStep,
	insertStep,
	moveStep,
	removeStep,
	replaceStep,
	setHead,
	setName,
	setStepOff,
	type NewStep
} from './edit-pipeline.ts';
import { intentOf, stepOfIntent } from './intent.ts';
import { orderExpression } from './chosen-order.ts';
import { conditionExpression, conditionOf } from './condition.ts';
import type { Expression } from './expression.ts';
import {
	binary,
	call,
	choice,
	column,
	list,
	literal,
	not,
	pairs,
	param,
	pattern
} from './make-expression.ts';
import { parsePipeline, printPipeline } from './parse-pipeline.ts';
import { CHAINS, OTHERS } from './pipeline-samples.ts';
import type { Pipeline, PlacedStep, SortBy, Step } from './step.ts';
import { stepProblems } from './step-problems.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const ventes = aq.table({
	région: ['Montréal', 'Laval', 'Montréal', null, 'Côte-Nord', 'Laval', 'Montréal', 'Montréal'],
	salle: ['A', 'B', 'A', 'C', 'D', 'B', 'C', 'A'],
	date: [
		...[day('2024-03-05'), day('2024-01-31'), day('2023-12-25'), null],
		...[day('2024-07-01'), day('2024-06-30'), day('2024-03-05'), day('2023-12-25')]
	],
	prix: [25, 10.5, 40, null, 0, 30, NaN, 40],
	billets: [2, 4, 1, 3, 5, 2, 2, 1],
	'Prix du billet': [12.5, 2.6, 40, 1, 0, 15, 12.5, 40],
	nom: ['L’Étoile', 'Les Amis', 'Été', null, '', 'Soleils', 'a*b/c', 'Été'],
	code: ['A-12-x', 'B', null, 'C-3', 'D-4-z', 'B-9', 'A-12-y', 'A-1'],
	gratuit: [false, false, false, true, true, false, null, false]
});
const lieux = aq.table({
	salle: ['A', 'B', 'Z', 'B'],
	capacité: [100, 200, 300, 250],
	nom: ['Grande', 'Petite', 'Zoé', 'Petite 2']
});
const autres = ventes.slice(2, 5);

/** What a chain makes, in Arquero as it is. */
function run(source: string): ColumnTable {
	const pipeline = parsePipeline(source);
	const text = pipeline?.name
		? `${source};\nreturn ${pipeline.name}`
		: `return (${source.replace(/;\s*$/, '')}\n)`;
	// eslint-disable-next-line no-new-func -- what is tried is that Arquero runs the text
	const made = new Function(
		'aq',
		'op',
		'ventes',
		'lieux',
		'autres',
		'minimum',
		'plusGrand',
		text
	) as (...given: unknown[]) => ColumnTable;
	// A copy each time: `params` stays with the table that it was called on.
	return made(aq, aq.op, ventes.select(aq.all()), lieux, autres, 20, (x: number) => x > 20);
}

const rowsOf = (table: ColumnTable): unknown =>
	table
		.columnNames()
		.map((name) => [
			name,
			Array.from(table.array(name) as ArrayLike<unknown>, (value) =>
				value instanceof Date ? value.getTime() : value
			)
		]);

/** What a source makes, or the error that it ends with. */
function outcome(source: string): unknown {
	try {
		return rowsOf(run(source));
	} catch (error) {
		return `failed: ${(error as Error).constructor.name}`;
	}
}

const stepsOf = (source: string): readonly PlacedStep[] => {
	const pipeline = parsePipeline(source);
	expect(pipeline, source).not.toBeNull();
	return pipeline?.steps ?? [];
};
/** What is the same in two forms of a source. */
const meant = (steps: readonly PlacedStep[]): unknown =>
	steps.map(({ step, off, text }) => ({ step, off, code: step.kind === 'code' ? text : '' }));

describe('chains as people write them', () => {
	it('are more than 120', () => expect(CHAINS.length).toBeGreaterThanOrEqual(120));
	for (const source of CHAINS) {
		it(JSON.stringify(source), () => {
			const pipeline = parsePipeline(source);
			expect(pipeline).not.toBeNull();
			if (!pipeline) return;
			expect(source.slice(pipeline.headFrom, pipeline.headTo)).toBe(pipeline.headText);
			for (const { text, from, to, off } of pipeline.steps)
				if (!off) expect(source.slice(from, to)).toBe(text);
			// Said again, a step changes nothing.
			for (const [i, { step }] of pipeline.steps.entries()) {
				if (step.kind !== 'code') expect(replaceStep(source, i, step)).toEqual([]);
				for (const lang of ['fr', 'en'] as const) {
					expect(describeStep(step, lang).length).toBeGreaterThan(0);
					expect(stepTitle(step, lang)).not.toBe('');
				}
				const intent = intentOf(step);
				if (intent) expect(stepOfIntent(intent)).toEqual(step);
				const condition = step.kind === 'filter' ? conditionOf(step.where) : null;
				if (condition) expect(conditionOf(conditionExpression(condition))).toEqual(condition);
			}
			const printed = printPipeline(pipeline);
			expect(meant(stepsOf(printed))).toEqual(meant(pipeline.steps));
			if (!source.includes('plusGrand(')) expect(outcome(printed)).toEqual(outcome(source));
		});
	}
	it('leave few of them as code', () => {
		const code = CHAINS.filter((source) =>
			stepsOf(source).some(({ step }) => step.kind === 'code')
		);
		expect(code.length).toBeLessThan(34);
	});
	for (const source of OTHERS)
		it(`are no steps: ${JSON.stringify(source)}`, () => expect(parsePipeline(source)).toBeNull());
});

describe('hostile sources', () => {
	const deep = (n: number): string => `ventes.filter(d => ${'('.repeat(n)}d.x${')'.repeat(n)})`;
	for (const [what, source] of [
		['brackets', deep(30_000)],
		['a long chain', `ventes${'.filter(d => d.x)'.repeat(5000)}`],
		['a long sum', `ventes.filter(d => d.x${' + d.x'.repeat(20_000)})`],
		['nots', `ventes.filter(d => ${'!'.repeat(20_000)}d.x)`],
		['too long', `ventes.filter(d => d.x === "${'a'.repeat(300_000)}")`]
	] as const)
		it(`end, and throw nothing: ${what}`, () => {
			const pipeline = parsePipeline(source);
			expect(pipeline?.steps.every(({ step }) => step.kind === 'code') ?? true).toBe(true);
		});
	it('are code where an expression is larger than a form shows', () => {
		const sum = (terms: number): string => `ventes.filter(d => d.prix${' + d.prix'.repeat(terms)})`;
		const list = (items: number): string =>
			`ventes.filter(d => op.includes([${'1, '.repeat(items)}2], d.prix))`;
		const kinds = (source: string): unknown => stepsOf(source).map(({ step }) => step.kind);
		expect([kinds(sum(200)), kinds(sum(300)), kinds(list(1500)), kinds(list(2500))]).toEqual([
			['filter'],
			['code'],
			['filter'],
			['code']
		]);
	});
	it('are code where an aggregate stands in another, which Arquero refuses', () => {
		expect(stepsOf('ventes.derive({a: d => op.sum(d.prix / op.sum(d.prix))})')[0]?.step.kind).toBe(
			'code'
		);
	});
	it('put names that are whole numbers first, as the language does', () => {
		const [placed] = stepsOf(
			'ventes.derive({b: () => 1, 2024: () => 2, a: () => 3, 2023: () => 4})'
		);
		expect(placed?.step).toMatchObject({
			columns: [{ name: '2023' }, { name: '2024' }, { name: 'b' }, { name: 'a' }]
		});
	});
	it('keep no object’s prototype', () => {
		expect(stepsOf('ventes.derive({__proto__: d => d.prix})')[0]?.step.kind).toBe('code');
		const [placed] = stepsOf('ventes.derive({["__proto__"]: d => d.prix})');
		expect(placed?.step).toMatchObject({ kind: 'derive', columns: [{ name: '__proto__' }] });
		expect(
			stepsOf(printPipeline({ name: null, headText: 'ventes', steps: placed ? [placed] : [] }))[0]
				?.step
		).toEqual(placed?.step);
	});
});

// ---------------------------------------------------------------- chains that are made up

const START: readonly KnownColumn[] = [
	{ name: 'région', type: 'text' },
	{ name: 'salle', type: 'text' },
	{ name: 'date', type: 'date' },
	{ name: 'prix', type: 'number' },
	{ name: 'billets', type: 'integer' },
	{ name: 'Prix du billet', type: 'number' },
	{ name: 'nom', type: 'text' },
	{ name: 'code', type: 'text' },
	{ name: 'gratuit', type: 'boolean' }
];
const LIEUX: readonly KnownColumn[] = [
	{ name: 'salle', type: 'text' },
	{ name: 'capacité', type: 'integer' },
	{ name: 'nom', type: 'text' }
];

class Maker {
	readonly #next: () => number;
	#made = 0;
	constructor(seed: number) {
		this.#next = seeded(seed);
	}
	below(n: number): number {
		return Math.floor(this.#next() * n);
	}
	pick<Value>(values: readonly Value[]): Value {
		return values[this.below(values.length)] as Value;
	}
	name(): string {
		return this.pick(['x', 'total net', 'été', 'n°', 'class', 'd', '2024-']) + String(this.#made++);
	}
	of(columns: readonly KnownColumn[], ...types: readonly string[]): Expression | null {
		const some = columns.filter(({ type }) => types.includes(type));
		return some.length ? column(this.pick(some).name) : null;
	}
	number(columns: readonly KnownColumn[], depth = 0): Expression {
		const x = this.of(columns, 'number', 'integer') ?? literal(this.pick([0, 1, -2, 0.5, 1e21]));
		const d = this.of(columns, 'date');
		if (depth > 2) return x;
		const other = (): Expression => this.number(columns, depth + 1);
		switch (this.below(12)) {
			case 0:
				return literal(this.pick([0, 1, -2.5, 100, 1e-7]));
			case 1:
				return binary(other(), this.pick(['+', '-', '*', '/', '%', '**'] as const), other());
			case 2:
				return { kind: 'unary', operator: '-', of: x };
			case 3:
				return call(this.pick(['abs', 'floor', 'ceil', 'sqrt']), other());
			case 4:
				return call('greatest', other(), other());
			case 5:
				return choice(this.test(columns, depth + 1), other(), other());
			case 6:
				return binary(x, '??', other());
			case 7:
				return d
					? call(
							this.pick(['year_of', 'quarter_of', 'month_of', 'weekday_of', 'day_of', 'utcmonth']),
							d
						)
					: x;
			case 8:
				return call('round_to', x, literal(1 + this.below(6)));
			case 9:
				return call('bin_step', x, literal(this.pick([5, 10, 0.5])));
			default:
				return x;
		}
	}
	text(columns: readonly KnownColumn[], depth = 0): Expression {
		const x =
			this.of(columns, 'text') ??
			literal(this.pick(['', 'É', 'a"b', "l'a", '\u2028', '\\', '</script>', '*/']));
		const d = this.of(columns, 'date');
		if (depth > 2) return x;
		switch (this.below(9)) {
			case 0:
				return call(
					this.pick(['lower', 'upper', 'trim', 'fold_text', 'fold_key']),
					this.text(columns, depth + 1)
				);
			case 1:
				return binary(x, '+', this.text(columns, depth + 1));
			case 2:
				return { kind: 'item', of: call('split', x, literal('-')), at: this.below(3) };
			case 3:
				return call(
					'recode',
					x,
					pairs([
						['2', literal(2)],
						['Montréal', literal('Mtl')],
						['a b', literal(null)]
					]),
					literal('autre')
				);
			case 4:
				return call(
					'replace',
					x,
					pattern(this.pick(['[a/]', '\\p{M}', '\\/', 'a*']), 'gu'),
					literal('_')
				);
			case 5:
				return d ? call(this.pick(['arts_season', 'year_month']), d) : x;
			case 6:
				return d
					? call(
							this.pick(['month_name', 'weekday_name', 'meteorological_season', 'year_quarter']),
							d,
							literal(this.pick(['fr', 'en']))
						)
					: x;
			case 7:
				return d ? call('fiscal_year', d, literal(2 + this.below(5))) : x;
			default:
				return x;
		}
	}
	date(columns: readonly KnownColumn[]): Expression {
		const d = this.of(columns, 'date') ?? call('parse_date', literal('2024-03-01'));
		const part = this.pick([
			'year_start',
			'quarter_start',
			'month_start',
			'week_start',
			'day_start',
			''
		]);
		if (part === '') return d;
		return part === 'week_start' ? call(part, d, literal(this.below(2))) : call(part, d);
	}
	test(columns: readonly KnownColumn[], depth = 0): Expression {
		const any = column(this.pick(columns).name);
		if (depth > 2) return binary(this.number(columns, 3), '>', literal(1));
		const other = (): Expression => this.test(columns, depth + 1);
		switch (this.below(10)) {
			case 0:
				return binary(other(), this.pick(['&&', '||'] as const), other());
			case 1:
				return not(other());
			case 2:
				return call('missing', any);
			case 3:
				return binary(any, this.pick(['==', '!=', '===', '!=='] as const), literal(null));
			case 4:
				return call(
					'includes',
					list([literal('Montréal'), literal('Laval')]),
					this.text(columns, depth + 1)
				);
			case 5:
				return call(
					this.pick(['includes', 'startswith', 'endswith']),
					this.text(columns, depth + 1),
					literal('é')
				);
			case 6:
				return binary(this.date(columns), '>=', call('parse_date', literal('2024-01-01')));
			case 7:
				return binary(this.number(columns, depth + 1), '>=', param('minimum'));
			default:
				return binary(
					this.number(columns, depth + 1),
					this.pick(['<', '<=', '>', '>='] as const),
					literal(this.pick([0, 10, 25]))
				);
		}
	}
	sort(columns: readonly KnownColumn[]): SortBy[] {
		const by = Array.from({ length: 1 + this.below(2) }, () => ({
			value: this.pick([
				column(this.pick(columns).name),
				this.sum(columns),
				orderExpression(this.pick(columns).name, ['Montréal', 'a"b', '2'])
			]),
			descending: this.below(2) === 0
		}));
		return by;
	}
	/** Arquero sorts by no expression that calls a function. */
	sum(columns: readonly KnownColumn[]): Expression {
		return binary(this.number(columns, 3), '+', this.number(columns, 3));
	}
	groups(columns: readonly KnownColumn[]): { name: string; value: Expression }[] {
		const { name } = this.pick(columns);
		const own = { name, value: column(name) };
		return this.below(3) === 0 ? [own, { name: this.name(), value: this.date(columns) }] : [own];
	}
	aggregate(columns: readonly KnownColumn[]): Expression {
		const x = this.number(columns, 1);
		const inner = JSON.stringify(x).includes('"param"') ? literal(1) : x;
		switch (this.below(6)) {
			case 0:
				return call('count');
			case 1:
				return call('quantile', inner, literal(0.25));
			case 2:
				return binary(call('sum', inner), '/', call('count'));
			default:
				return call(
					this.pick(['sum', 'mean', 'median', 'min', 'max', 'distinct', 'valid', 'invalid']),
					inner
				);
		}
	}
	around(columns: readonly KnownColumn[]): Expression {
		const x = this.of(columns, 'number', 'integer') ?? literal(1);
		switch (this.below(8)) {
			case 0:
				return { kind: 'rolling', of: call('sum', x), from: null, to: 0, peers: false };
			case 1:
				return {
					kind: 'rolling',
					of: call('mean', x),
					from: -2,
					to: this.below(3),
					peers: this.below(2) === 0
				};
			case 2:
				return call(this.pick(['rank', 'dense_rank', 'row_number', 'percent_rank']));
			case 3:
				return call('lag', x, literal(2), literal(0));
			default:
				return call(this.pick(['share_of_total', 'difference', 'percent_change']), x);
		}
	}
	step(columns: readonly KnownColumn[]): Step {
		const some = columns.filter(() => this.below(3) > 0).map(({ name }) => name);
		const names = some.length ? some : [this.pick(columns).name];
		const texts = columns.filter(({ type }) => type === 'text').map(({ name }) => name);
		switch (this.below(19)) {
			case 0:
			case 1:
				return { kind: 'filter', where: this.test(columns) };
			case 2:
			case 3: {
				const value = this.pick([
					() => this.number(columns),
					() => this.text(columns),
					() => this.date(columns),
					() => this.test(columns)
				])();
				return {
					kind: 'derive',
					columns: [
						{ name: this.name(), value },
						{ name: this.name(), value: this.text(columns) }
					].slice(0, 1 + this.below(2))
				};
			}
			case 4:
				return { kind: 'select', columns: names };
			case 5:
				return columns.length > 4
					? { kind: 'drop', columns: [this.pick(columns).name] }
					: { kind: 'dedupe', columns: [] };
			case 6:
				return { kind: 'rename', names: [{ from: this.pick(columns).name, to: this.name() }] };
			case 7: {
				const [first, second] = columns;
				return first && second
					? {
							kind: 'relocate',
							columns: [second.name],
							place: this.pick([{ before: first.name }, { after: first.name }])
						}
					: { kind: 'dedupe', columns: [] };
			}
			case 8:
				return {
					kind: 'summarise',
					by: this.below(4) ? this.groups(columns) : [],
					values: [
						{ name: this.name(), value: this.aggregate(columns) },
						{ name: this.name(), value: call('count') }
					].slice(0, 1 + this.below(2))
				};
			case 9:
				return { kind: 'slice', from: this.below(3), to: this.pick([null, 5, 6, -1]) };
			case 10:
				return {
					kind: 'top',
					count: 1 + this.below(3),
					by: this.sort(columns),
					within: this.below(2) ? this.groups(columns) : []
				};
			case 11:
				return texts.includes('salle') && !columns.some(({ name }) => name === 'capacité')
					? {
							kind: 'join',
							join: this.pick(['left', 'inner', 'right', 'full', 'semi', 'anti'] as const),
							table: 'lieux',
							on: [
								{
									left: 'salle',
									right: 'salle',
									folded: this.below(2) === 0,
									...(this.below(2)
										? {
												readAs: [
													['C', 'Z'],
													['É"', 'B']
												]
											}
										: {})
								}
							]
						}
					: { kind: 'dedupe', columns: names };
			case 12:
				return texts.includes('salle')
					? {
							kind: 'lookup',
							table: 'lieux',
							on: [{ left: 'salle', right: 'salle', folded: this.below(2) === 0 }],
							columns: ['capacité']
						}
					: { kind: 'sort', by: this.sort(columns) };
			case 13:
				return {
					kind: 'stack',
					tables: this.pick([['autres'], ['autres', 'lieux']]),
					distinct: this.below(2) === 0
				};
			case 14:
				return {
					kind: 'unpivot',
					columns: names.slice(0, 2),
					names: this.name(),
					values: this.name()
				};
			case 15:
				return { kind: 'dedupe', columns: names };
			case 16: {
				const x = this.of(columns, 'number', 'integer');
				return x?.kind === 'column'
					? {
							kind: 'fill',
							columns: [{ name: x.name, value: this.pick([literal(0), call('mean', x)]) }]
						}
					: { kind: 'dedupe', columns: [] };
			}
			case 17:
				return {
					kind: 'window',
					within: this.below(2) ? this.groups(columns) : [],
					order: this.below(3) ? this.sort(columns) : [],
					columns: [{ name: this.name(), value: this.around(columns) }]
				};
			default:
				return { kind: 'sort', by: this.sort(columns) };
		}
	}
	/** Steps that none joins with the next: those would be read as one. */
	steps(count: number): { steps: Step[]; columns: (readonly KnownColumn[])[] } {
		const steps: Step[] = [];
		let columns = START;
		const known: (readonly KnownColumn[])[] = [columns];
		while (steps.length < count) {
			const step = this.step(columns);
			const after = columnsAfter(step, columns, (name) => (name === 'lieux' ? LIEUX : START));
			const joins = steps.at(-1)?.kind === 'sort' && ['slice', 'top', 'window'].includes(step.kind);
			if (joins || !after?.length) continue;
			steps.push(step);
			columns = after;
			known.push(columns);
		}
		return { steps, columns: known };
	}
}

const placed = (step: Step, off = false): PlacedStep => ({ step, text: '', from: 0, to: 0, off });
const printed = (steps: readonly Step[]): string =>
	printPipeline({ name: 'r', headText: 'ventes', steps: steps.map((step) => placed(step)) });

describe('chains that are made up', () => {
	for (let seed = 1; seed <= 300; seed++) {
		const { steps, columns } = new Maker(seed).steps(1 + (seed % 5));
		const source = printed(steps);
		it(`number ${seed}: are read as they were printed, and run`, () => {
			expect(
				stepsOf(source).map(({ step }) => step),
				source
			).toEqual(steps);
			expect(conductOf(source, 'js'), source).toMatchObject({ leaks: false, readable: true });
			const table = run(source);
			expect(table.columnNames(), source).toEqual(columns.at(-1)?.map(({ name }) => name));
			steps.forEach((step, i) => {
				const known = columns[i] ?? [];
				const problems = stepProblems(step, known, (name) => (name === 'lieux' ? LIEUX : START));
				expect(
					problems.filter(({ code }) => code !== 'wrong_type'),
					source
				).toEqual([]);
			});
		});
	}

	/** Blanks and comments put between the calls of a printed chain. */
	const messy = (maker: Maker, source: string): string =>
		source.replaceAll('\n  .', () =>
			maker.pick([
				'\n  .',
				'.',
				'\n\t.',
				' // note\n  .',
				'\n  // avant\n  .',
				' /* c */ .',
				'\n\n    .',
				'\n/*off .dedupe() */ .'
			])
		);
	const EDITS = [
		'replace',
		'insert',
		'remove',
		'move',
		'duplicate',
		'off',
		'head',
		'name'
	] as const;
	for (let seed = 1; seed <= 300; seed++) {
		it(`number ${seed + 1000}: are edited as asked`, () => {
			const maker = new Maker(seed + 1000);
			const { steps } = maker.steps(1 + maker.below(5));
			const source = messy(maker, printed(steps)) + maker.pick(['', ' // fin', '\n// fin']);
			const pipeline = parsePipeline(source);
			expect(pipeline, source).not.toBeNull();
			if (!pipeline) return;
			const list = [...pipeline.steps];
			const at = maker.below(list.length);
			const to = maker.below(list.length);
			const fresh = maker.step(START);
			const one = list[at];
			if (!one) return;
			let wanted: Pick<Pipeline, 'name' | 'headText' | 'steps'>;
			let edits;
			switch (EDITS[seed % EDITS.length]) {
				case 'replace':
					edits = replaceStep(source, at, fresh as NewStep);
					wanted = { ...pipeline, steps: list.with(at, { ...one, step: fresh }) };
					break;
				case 'insert':
					edits = insertStep(source, at, fresh as NewStep);
					wanted = { ...pipeline, steps: list.toSpliced(at, 0, placed(fresh)) };
					break;
				case 'remove':
					edits = removeStep(source, at);
					wanted = { ...pipeline, steps: list.toSpliced(at, 1) };
					break;
				case 'move':
					edits = moveStep(source, at, to);
					wanted = { ...pipeline, steps: list.toSpliced(at, 1).toSpliced(to, 0, one) };
					break;
				case 'duplicate':
					edits = duplicateStep(source, at);
					wanted = { ...pipeline, steps: list.toSpliced(at, 0, one) };
					break;
				case 'off':
					edits = setStepOff(source, at, !one.off);
					wanted = { ...pipeline, steps: list.with(at, { ...one, off: !one.off }) };
					break;
				case 'head':
					edits = setHead(source, { kind: 'table', name: 'autre' });
					wanted = { ...pipeline, headText: 'autre' };
					break;
				default:
					edits = setName(source, maker.pick([null, 'nouveau']));
					wanted = {
						...pipeline,
						name: edits.some(({ insert }) => insert === 'nouveau') ? 'nouveau' : null
					};
			}
			expect(outcome(source), source).toEqual(outcome(printPipeline(pipeline)));
			const edited = applyEdits(source, edits);
			const after = parsePipeline(edited);
			const form = `${source}\n=>\n${edited}`;
			// Neighbours that are one step together are read as one, in whatever form they are.
			const expected = parsePipeline(printPipeline(wanted));
			expect(meant(after?.steps ?? []), form).toEqual(meant(expected?.steps ?? []));
			expect(after?.name, form).toBe(wanted.name);
			expect(after?.headText, form).toBe(wanted.headText);
			// The comments of other steps are there still.
			const notes = (text: string): number =>
				text.split(/ \/\/ note|\/\/ avant|\/\* c \*\\?\//).length;
			if (
				EDITS[seed % EDITS.length] !== 'remove' &&
				EDITS[seed % EDITS.length] !== 'replace' &&
				EDITS[seed % EDITS.length] !== 'duplicate'
			)
				expect(notes(edited), form).toBe(notes(source));
		});
	}
});
