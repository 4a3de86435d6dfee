/**
 * An example of each thing that a person may want to do to a table, on a table of theirs: the columns are chosen by
 * what they hold. By the names that the menu of steps has (`ui/pipeline/intents`).
 */
import type { Lang } from '../notebook/notebook.ts';
import type { KnownColumn } from './columns-after.ts';
import { byWorth, type ExampleColumn, type ExampleTable } from './example-table.ts';
import type { Expression } from './expression.ts';
import { binary, call, column, literal, pairs } from './make-expression.ts';
import { printCalls } from './print-step.ts';
import { choose } from './say.ts';
import type { MadeColumn, Step } from './step.ts';
import { binStep, freeColumn, isDate, isMeasure, sharedColumn } from './suggest.ts';

export interface StepExample {
	readonly step: Exclude<Step, { kind: 'code' }>;
	/** Columns of the table that it is about, the first of them the one that a form would be opened on. */
	readonly about: readonly string[];
}

/** Groups that are looked at one by one. */
const FEW = 30;
/** Values that become columns. */
const WIDE = 8;
const ROWS = 3;

type Typed = ExampleColumn & KnownColumn;
const typed = (one: ExampleColumn): one is Typed => one.type !== null;

/** What a table has for an example, the fittest first. */
class Choice {
	readonly table: ExampleTable;
	readonly lang: Lang;
	readonly measures: readonly Typed[];
	readonly dates: readonly Typed[];
	readonly texts: readonly Typed[];
	/** Texts that come several times. */
	readonly categories: readonly Typed[];

	constructor(table: ExampleTable, lang: Lang) {
		this.table = table;
		this.lang = lang;
		const columns = table.columns.filter(typed);
		this.measures = byWorth(columns.filter(isMeasure));
		this.dates = columns.filter(isDate);
		this.texts = columns.filter(({ type }) => type === 'text');
		this.categories = this.texts.filter(
			({ distinct }) =>
				distinct !== null &&
				distinct > 1 &&
				distinct <= FEW &&
				(table.rows === null || distinct < table.rows)
		);
	}

	get columns(): readonly ExampleColumn[] {
		return this.table.columns;
	}
	named(fr: string, en: string): string {
		const all = this.columns.map(({ name }) => ({ name, type: 'other' as const }));
		return freeColumn(choose(this.lang, fr, en), all);
	}
	/** In the order of the days, where there are any: rows add up in an order. */
	order(): Extract<Step, { kind: 'window' }>['order'] {
		const [day] = this.dates;
		return day ? [{ value: column(day.name), descending: false }] : [];
	}
}

const own = ({ name }: ExampleColumn): MadeColumn => ({ name, value: column(name) });
const derive = (name: string, value: Expression): StepExample['step'] => ({
	kind: 'derive',
	columns: [{ name, value }]
});
const about = (
	step: StepExample['step'],
	...columns: readonly (ExampleColumn | undefined)[]
): StepExample => ({ step, about: columns.flatMap((one) => (one ? [one.name] : [])) });

/** Half way, in few digits. */
function middle({ min, max, type }: Typed): number | null {
	if (min == null || max == null || !(max > min)) return null;
	const half = (min + max) / 2;
	return type === 'integer' ? Math.round(half) : Number(half.toPrecision(3));
}

type Make = (of: Choice, others: readonly ExampleTable[]) => StepExample | null;

const MAKERS: ReadonlyMap<string, Make> = new Map<string, Make>([
	[
		'filter',
		({ measures, categories }) => {
			for (const one of measures) {
				const half = middle(one);
				if (half !== null)
					return about(
						{ kind: 'filter', where: binary(column(one.name), '>=', literal(half)) },
						one
					);
			}
			const category = categories.find(({ top }) => top.length > 0);
			const [value] = category?.top ?? [];
			return category && value !== undefined
				? about(
						{ kind: 'filter', where: binary(column(category.name), '===', literal(value)) },
						category
					)
				: null;
		}
	],
	[
		'sort',
		({ measures, columns }) => {
			const by = measures[0] ?? columns[0];
			return by
				? about(
						{ kind: 'sort', by: [{ value: column(by.name), descending: measures.length > 0 }] },
						by
					)
				: null;
		}
	],
	[
		'first',
		({ columns: [one] }) => (one ? about({ kind: 'slice', from: 0, to: ROWS }, one) : null)
	],
	[
		'top',
		({ measures: [by], categories: [category] }) =>
			by
				? about(
						{
							kind: 'top',
							count: ROWS,
							by: [{ value: column(by.name), descending: true }],
							within: []
						},
						by,
						category
					)
				: null
	],
	[
		'dedupe',
		({ categories: [one] }) => (one ? about({ kind: 'dedupe', columns: [one.name] }, one) : null)
	],
	['sample', ({ columns: [one] }) => (one ? about({ kind: 'sample', count: ROWS }, one) : null)],
	[
		'derive',
		(of) => {
			const [one, two] = of.measures;
			if (!one) return null;
			return two
				? about(
						derive(
							of.named(`${two.name} par ${one.name}`, `${two.name} by ${one.name}`),
							binary(column(two.name), '/', column(one.name))
						),
						two,
						one
					)
				: about(
						derive(
							of.named(`${one.name} (double)`, `${one.name} (twice)`),
							binary(column(one.name), '*', literal(2))
						),
						one
					);
		}
	],
	[
		'select',
		({ columns }) => {
			const [one, two] = columns;
			return one && two && columns.length > 2
				? about({ kind: 'select', columns: [two.name, one.name] }, one, two)
				: null;
		}
	],
	[
		'drop',
		({ columns }) => {
			const [, two] = columns;
			return two ? about({ kind: 'drop', columns: [two.name] }, two) : null;
		}
	],
	[
		'rename',
		(of) => {
			const [one] = of.columns;
			return one
				? about(
						{
							kind: 'rename',
							names: [{ from: one.name, to: of.named('nouveau nom', 'new name') }]
						},
						one
					)
				: null;
		}
	],
	[
		'relocate',
		({ columns }) => {
			const [one, two, three] = columns;
			const moved = three ?? two;
			return one && moved
				? about(
						{ kind: 'relocate', columns: [moved.name], place: { before: one.name } },
						moved,
						one
					)
				: null;
		}
	],
	[
		'date',
		(of) => {
			const [day] = of.dates;
			return day
				? about(derive(of.named('mois', 'month'), call('month_start', column(day.name))), day)
				: null;
		}
	],
	[
		'bin',
		(of) => {
			const one = of.measures.find(({ min, max }) => min != null && max != null && max > min);
			if (one?.min == null || one.max == null) return null;
			const step = binStep(one.min, one.max);
			return about(
				derive(of.named('tranche', 'bin'), call('bin_step', column(one.name), literal(step))),
				one
			);
		}
	],
	[
		'text',
		(of) => {
			const one = of.texts.find(({ top: [value = ''] }) => value !== value.toUpperCase());
			return one
				? about(
						derive(
							of.named(`${one.name} en majuscules`, `${one.name} in capitals`),
							call('upper', column(one.name))
						),
						one
					)
				: null;
		}
	],
	[
		'summarise',
		(of) => {
			const [category] = of.categories;
			const [measure] = of.measures;
			if (!category) return null;
			const values = measure
				? [
						{
							name: of.named(`total ${measure.name}`, `total ${measure.name}`),
							value: call('sum', column(measure.name))
						}
					]
				: [{ name: of.named('nombre', 'count'), value: call('count') }];
			return about({ kind: 'summarise', by: [own(category)], values }, category, measure);
		}
	],
	[
		'running',
		(of) => {
			const [one] = of.measures;
			if (!one) return null;
			const value: Expression = {
				...{ kind: 'rolling', from: null, to: 0, peers: false },
				of: call('sum', column(one.name))
			};
			const columns = [{ name: of.named('cumul', 'running total'), value }];
			return about({ kind: 'window', within: [], order: of.order(), columns }, one, of.dates[0]);
		}
	],
	[
		'share',
		(of) => {
			const [one] = of.measures;
			if (!one) return null;
			const columns = [
				{ name: of.named('part', 'share'), value: call('share_of_total', column(one.name)) }
			];
			return about({ kind: 'window', within: [], order: [], columns }, one);
		}
	],
	[
		'rank',
		(of) => {
			const [one] = of.measures;
			if (!one) return null;
			const order = [{ value: column(one.name), descending: true }];
			const columns = [{ name: of.named('rang', 'rank'), value: call('rank') }];
			return about({ kind: 'window', within: [], order, columns }, one);
		}
	],
	[
		'difference',
		(of) => {
			const [one] = of.measures;
			if (!one) return null;
			const columns = [
				{ name: of.named('écart', 'difference'), value: call('difference', column(one.name)) }
			];
			return about({ kind: 'window', within: [], order: of.order(), columns }, one, of.dates[0]);
		}
	],
	[
		'join',
		(of, others) => {
			const found = sharing(of, others);
			return found
				? {
						step: {
							kind: 'join',
							join: 'left',
							table: found.other.name,
							on: [{ left: found.left, right: found.right, folded: false }]
						},
						about: [found.left]
					}
				: null;
		}
	],
	[
		'lookup',
		(of, others) => {
			const found = sharing(of, others);
			return found
				? {
						step: {
							kind: 'lookup',
							table: found.other.name,
							on: [{ left: found.left, right: found.right, folded: false }],
							columns: [found.brings]
						},
						about: [found.left]
					}
				: null;
		}
	],
	[
		'stack',
		(of, others) => {
			const same = others.find(
				({ columns }) =>
					columns.length === of.columns.length &&
					of.columns.every(({ name }) => columns.some((other) => other.name === name))
			);
			return same
				? about({ kind: 'stack', tables: [same.name], distinct: false }, of.columns[0])
				: null;
		}
	],
	[
		'pivot',
		(of) => {
			const [wide] = of.categories
				.filter(({ distinct }) => (distinct ?? Infinity) <= WIDE)
				.sort((a, b) => (a.distinct ?? 0) - (b.distinct ?? 0));
			const by = of.categories.find((one) => one !== wide);
			const [measure] = of.measures;
			if (!wide || !by) return null;
			const value = measure
				? { name: measure.name, value: call('sum', column(measure.name)) }
				: { name: of.named('nombre', 'count'), value: call('count') };
			return about(
				{ kind: 'pivot', by: [own(by)], columns: [own(wide)], values: [value] },
				by,
				wide,
				measure
			);
		}
	],
	[
		'unpivot',
		(of) => {
			const [one, two] = of.measures;
			return one && two
				? about(
						{
							kind: 'unpivot',
							columns: [one.name, two.name],
							names: of.named('mesure', 'measure'),
							values: of.named('valeur', 'value')
						},
						one,
						two
					)
				: null;
		}
	],
	[
		'fill',
		({ table: { rows }, measures, texts, lang }) => {
			const gap = (one: Typed): boolean =>
				(one.missing ?? 0) > 0 && (rows === null || (one.missing ?? 0) < rows);
			const number = measures.find(gap);
			if (number) {
				const value = call('median', column(number.name));
				return about({ kind: 'fill', columns: [{ name: number.name, value }] }, number);
			}
			const text = texts.find(gap);
			if (!text) return null;
			const value = literal(choose(lang, '(non précisé)', '(not given)'));
			return about({ kind: 'fill', columns: [{ name: text.name, value }] }, text);
		}
	],
	[
		'flag',
		(of) => {
			const one = of.columns.find(({ missing }) => (missing ?? 0) > 0);
			return one
				? about(
						derive(
							of.named(`${one.name} manquant`, `${one.name} missing`),
							call('missing', column(one.name))
						),
						one
					)
				: null;
		}
	],
	[
		'recode',
		(of) => {
			const one = of.categories.find(({ top }) => top.length > 1);
			const [first, second] = one?.top ?? [];
			if (!one || first === undefined || second === undefined) return null;
			const group = literal(choose(of.lang, 'Groupe A', 'Group A'));
			return about(
				derive(
					of.named(`${one.name} regroupé`, `${one.name} grouped`),
					call(
						'recode',
						column(one.name),
						pairs([
							[first, group],
							[second, group]
						])
					)
				),
				one
			);
		}
	],
	[
		'type',
		(of) => {
			const one = of.texts.find(
				({ top }) => top.length > 0 && top.every((text) => /^-?\d+(?:\.\d+)?$/.test(text.trim()))
			);
			return one
				? about(
						derive(
							of.named(`${one.name} (nombre)`, `${one.name} (number)`),
							call('parse_float', column(one.name))
						),
						one
					)
				: null;
		}
	]
]);

/**
 * The first of the other tables that has one row for each value of a column of both, and brings one that is not there:
 * where a value came several times, rows would come of rows.
 */
function sharing(
	of: Choice,
	others: readonly ExampleTable[]
): { other: ExampleTable; left: string; right: string; brings: string } | null {
	const ours = of.columns.filter(typed);
	for (const other of others) {
		const keys = other.columns
			.filter(typed)
			.filter(({ distinct }) => distinct !== null && distinct === other.rows);
		const shared = sharedColumn(ours, keys);
		const brings = other.columns.find(
			({ name }) => name !== shared?.right && !of.columns.some((one) => one.name === name)
		);
		if (shared && brings) return { other, ...shared, brings: brings.name };
	}
	return null;
}

/**
 * @param intent its name in the menu of steps
 * @returns null where nothing in the table fits
 */
export function exampleStep(
	intent: string,
	table: ExampleTable,
	others: readonly ExampleTable[],
	lang: Lang
): StepExample | null {
	if (table.rows === 0) return null;
	const beside = others.filter(({ name }) => name !== table.name);
	return MAKERS.get(intent)?.(new Choice(table, lang), beside) ?? null;
}

/** The verbs that a step is written with: `.orderby(…)\n.slice(…)` is `orderby`, `slice`. */
export const verbsOf = (step: Step): string[] =>
	printCalls(step).flatMap((text) => /^\.(\w+)/.exec(text)?.[1] ?? []);
