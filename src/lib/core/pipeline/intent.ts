/**
 * What a step that computes columns is for, with the settings that its form shows: bins, parts of dates, grouped values,
 * running totals. Each goes back to a step.
 */
import type { Expression } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import { call, column, literal, pairs, pattern } from './make-expression.ts';
import { looksAround } from './step-parts.ts';
import type { MadeColumn, SortBy, Step } from './step.ts';

/** Functions that take one part of a date. */
export const DATE_PARTS = [
	...(['year_start', 'quarter_start', 'month_start', 'week_start', 'day_start'] as const),
	...(['year_of', 'quarter_of', 'month_of', 'day_of', 'weekday_of', 'hour_of'] as const),
	...(['year_month', 'year_quarter', 'fiscal_year', 'arts_season'] as const),
	...(['month_name', 'weekday_name', 'meteorological_season'] as const)
];
export type DatePart = (typeof DATE_PARTS)[number];

/** Functions that read a value as another type. */
export const TYPE_WAYS = [
	...(['read_number', 'parse_float', 'parse_int'] as const),
	...(['parse_date', 'read_day_first', 'as_text'] as const)
];
export type TypeWay = (typeof TYPE_WAYS)[number];

/** Where the rows around each one come from. */
export interface Around {
	readonly within: readonly MadeColumn[];
	readonly order: readonly SortBy[];
}

export type RankKind = 'rank' | 'dense_rank' | 'avg_rank' | 'row_number';

export type Intent =
	| {
			readonly purpose: 'bin';
			readonly name: string;
			readonly column: string;
			readonly step: number;
	  }
	/** `setting`: the first day of the week, the first month of the year, or the language, where the part takes one. */
	| {
			readonly purpose: 'date';
			readonly name: string;
			readonly column: string;
			readonly part: DatePart;
			readonly setting: string | number | null;
	  }
	/** Values become others. `otherwise`: what all others become; undefined, they stay. */
	| {
			readonly purpose: 'recode';
			readonly name: string;
			readonly column: string;
			readonly groups: readonly (readonly [from: string, to: string | number | boolean | null])[];
			readonly otherwise: string | number | boolean | undefined;
	  }
	/** `part`: 1 is the first. */
	| {
			readonly purpose: 'split';
			readonly name: string;
			readonly column: string;
			readonly separator: string;
			readonly part: number;
			readonly trimmed: boolean;
	  }
	/** `group`: the bracket of the pattern that is kept; 0 is all that it finds. */
	| {
			readonly purpose: 'extract';
			readonly name: string;
			readonly column: string;
			readonly source: string;
			readonly flags: string;
			readonly group: number;
	  }
	| ({
			readonly purpose: 'running_total' | 'share' | 'difference' | 'percent_change';
			readonly name: string;
			readonly column: string;
	  } & Around)
	| ({ readonly purpose: 'rank'; readonly name: string; readonly rank: RankKind } & Around)
	| { readonly purpose: 'flag_missing'; readonly name: string; readonly column: string }
	/** A column read as another type. `mark`: the decimal mark of a number that is written. */
	| {
			readonly purpose: 'type';
			readonly name: string;
			readonly column: string;
			readonly way: TypeWay;
			readonly mark: string | null;
	  }
	| { readonly purpose: 'fill'; readonly column: string; readonly value: Expression }
	| { readonly purpose: 'formula'; readonly name: string; readonly value: Expression }
	| ({
			readonly purpose: 'window_formula';
			readonly name: string;
			readonly value: Expression;
	  } & Around);

const isDatePart = (fn: string): fn is DatePart => (DATE_PARTS as readonly string[]).includes(fn);
const isTypeWay = (fn: string): fn is TypeWay => (TYPE_WAYS as readonly string[]).includes(fn);
const isRank = (fn: string): fn is RankKind =>
	['rank', 'dense_rank', 'avg_rank', 'row_number'].includes(fn);

const constant = (
	expression: Expression | undefined
): string | number | boolean | null | undefined =>
	expression?.kind === 'literal' ? expression.value : undefined;

/** What a column computed from its own row is for. */
function ownIntent(name: string, value: Expression): Intent {
	const formula: Intent = { purpose: 'formula', name, value };
	if (value.kind === 'item' || (value.kind === 'call' && value.fn === 'trim'))
		return splitIntent(name, value) ?? formula;
	if (value.kind !== 'call') return formula;
	const [of, second, third] = value.args;
	if (of?.kind !== 'column') return formula;
	const from = of.name;
	const setting = constant(second);
	if (isDatePart(value.fn)) {
		if (typeof setting === 'boolean') return formula;
		return { purpose: 'date', name, column: from, part: value.fn, setting: setting ?? null };
	}
	if (isTypeWay(value.fn) && (second === undefined) === (value.fn !== 'read_number')) {
		const mark = typeof setting === 'string' ? setting : null;
		return { purpose: 'type', name, column: from, way: value.fn, mark };
	}
	switch (value.fn) {
		case 'bin_step':
			return typeof setting === 'number' && setting > 0
				? { purpose: 'bin', name, column: from, step: setting }
				: formula;
		case 'missing':
			return { purpose: 'flag_missing', name, column: from };
		case 'recode': {
			if (second?.kind !== 'pairs') return formula;
			const groups: (readonly [string, string | number | boolean | null])[] = [];
			for (const [key, entry] of second.entries) {
				const to = constant(entry);
				if (to === undefined) return formula;
				groups.push([key, to]);
			}
			const otherwise = constant(third);
			if (third && (otherwise === undefined || otherwise === null)) return formula;
			return { purpose: 'recode', name, column: from, groups, otherwise: otherwise ?? undefined };
		}
		case 'match': {
			const group = third ? constant(third) : undefined;
			return second?.kind === 'pattern' && typeof group === 'number' && !second.flags.includes('g')
				? {
						purpose: 'extract',
						name,
						column: from,
						source: second.source,
						flags: second.flags,
						group
					}
				: formula;
		}
		default:
			return formula;
	}
}

function splitIntent(name: string, value: Expression): Intent | null {
	const trimmed = value.kind === 'call';
	const item = value.kind === 'call' ? value.args[0] : value;
	if (item?.kind !== 'item' || item.of.kind !== 'call') return null;
	const [of, separator, more] = item.of.args;
	const sign = constant(separator);
	return of?.kind === 'column' && typeof sign === 'string' && !more
		? {
				purpose: 'split',
				name,
				column: of.name,
				separator: sign,
				part: item.at + 1,
				trimmed
			}
		: null;
}

const AROUND: ReadonlyMap<string, 'share' | 'difference' | 'percent_change'> = new Map([
	['share_of_total', 'share'],
	['difference', 'difference'],
	['percent_change', 'percent_change']
] as const);

/** What a column computed from the rows around each is for. */
function aroundIntent(name: string, value: Expression, around: Around): Intent {
	if (value.kind === 'rolling' && value.from === null && value.to === 0 && !value.peers) {
		const [of] = value.of.kind === 'call' && value.of.fn === 'sum' ? value.of.args : [];
		if (of?.kind === 'column')
			return { purpose: 'running_total', name, column: of.name, ...around };
	}
	if (value.kind === 'call') {
		const [of] = value.args;
		if (isRank(value.fn)) return { purpose: 'rank', name, rank: value.fn, ...around };
		const purpose = AROUND.get(value.fn);
		if (purpose && of?.kind === 'column') return { purpose, name, column: of.name, ...around };
	}
	return { purpose: 'window_formula', name, value, ...around };
}

/** What a step is for; null for a step that makes no column, or several at once. */
export function intentOf(step: Step): Intent | null {
	if (step.kind !== 'derive' && step.kind !== 'fill' && step.kind !== 'window') return null;
	const [only, more] = step.columns;
	if (!only || more) return null;
	switch (step.kind) {
		case 'derive':
			return ownIntent(only.name, only.value);
		case 'fill':
			return { purpose: 'fill', column: only.name, value: only.value };
		case 'window':
			return aroundIntent(only.name, only.value, { within: step.within, order: step.order });
	}
}

const derive = (name: string, value: Expression): Step => ({
	kind: 'derive',
	columns: [{ name, value }]
});
const around = (name: string, value: Expression, { within, order }: Around): Step => ({
	kind: 'window',
	within,
	order,
	columns: [{ name, value }]
});

/** The step that an intent is. */
export function stepOfIntent(intent: Intent): Step {
	switch (intent.purpose) {
		case 'bin':
			return derive(intent.name, call('bin_step', column(intent.column), literal(intent.step)));
		case 'date': {
			const takes = (FUNCTIONS.get(intent.part)?.args.length ?? 1) > 1;
			const setting = takes ? [literal(intent.setting ?? usualSetting(intent.part))] : [];
			return derive(intent.name, call(intent.part, column(intent.column), ...setting));
		}
		case 'recode':
			return derive(
				intent.name,
				call(
					'recode',
					column(intent.column),
					pairs(intent.groups.map(([from, to]) => [from, literal(to)])),
					...(intent.otherwise === undefined ? [] : [literal(intent.otherwise)])
				)
			);
		case 'split': {
			const item: Expression = {
				kind: 'item',
				of: call('split', column(intent.column), literal(intent.separator)),
				at: Math.max(0, intent.part - 1)
			};
			return derive(intent.name, intent.trimmed ? call('trim', item) : item);
		}
		case 'extract':
			return derive(
				intent.name,
				call(
					'match',
					column(intent.column),
					pattern(intent.source, intent.flags),
					literal(intent.group)
				)
			);
		case 'type': {
			const mark = intent.mark === null ? [] : [literal(intent.mark)];
			return derive(intent.name, call(intent.way, column(intent.column), ...mark));
		}
		case 'flag_missing':
			return derive(intent.name, call('missing', column(intent.column)));
		case 'running_total':
			return around(
				intent.name,
				{
					kind: 'rolling',
					of: call('sum', column(intent.column)),
					from: null,
					to: 0,
					peers: false
				},
				intent
			);
		case 'share':
			return around(intent.name, call('share_of_total', column(intent.column)), intent);
		case 'difference':
		case 'percent_change':
			return around(intent.name, call(intent.purpose, column(intent.column)), intent);
		case 'rank':
			return around(intent.name, call(intent.rank), intent);
		case 'fill':
			return { kind: 'fill', columns: [{ name: intent.column, value: intent.value }] };
		case 'formula': {
			const columns = [{ name: intent.name, value: intent.value }];
			return looksAround(columns)
				? { kind: 'window', within: [], order: [], columns }
				: { kind: 'derive', columns };
		}
		case 'window_formula':
			return around(intent.name, intent.value, intent);
	}
}

/** Weeks begin on Monday, the year of most public bodies in April. */
const usualSetting = (part: DatePart): string | number =>
	part === 'week_start' ? 1 : part === 'fiscal_year' ? 4 : 'fr';
