/**
 * « Rendre réglable »: a constant of a filter becomes a control above the cell, with limits from the column, and the
 * filter reads the control. As the control stands at first, the filter keeps the same rows as before; emptied, a
 * choice, a text or a date lets everything through.
 */
import { isoText } from '../date-text.ts';
import { foldedText } from '../folded-text.ts';
import { choiceExpression } from '../pipeline/condition.ts';
import type { Expression } from '../pipeline/expression.ts';
import { binary, call, literal, not, param, withParts } from '../pipeline/make-expression.ts';
import type { Step } from '../pipeline/step.ts';
import type { ControlSpec } from './control-spec.ts';
import { printControl } from './print-control.ts';

/** What is known of the column that a filter looks at. */
export interface AdjustableColumn {
	readonly name: string;
	/** `integer` counts in whole steps. */
	readonly type: 'number' | 'integer' | 'text' | 'date' | 'datetime' | 'boolean' | 'other';
	/** Of a number or a date (epoch ms). */
	readonly min: number | null;
	readonly max: number | null;
	/** What its values are taken from: a table's name; null for a column that the chain makes itself. */
	readonly table: string | null;
	/**
	 * Its values, to be written out in the control; none where they are to be taken from the table. Written out, what
	 * the control offers is a criterion that anyone can read, and the cells that it sets still show only summaries;
	 * taken from the table, it is a list of the table's rows, and no publication of summaries lets it through.
	 */
	readonly values: readonly string[];
}

export interface AdjustableNames {
	/** Names that the notebook has already. */
	readonly taken: ReadonlySet<string>;
	/** What the control is called and labelled, by what it sets; its name begins with the column's. */
	readonly words: Readonly<
		Record<AdjustableRole, { readonly name: string; readonly label: (column: string) => string }>
	>;
}

export const ADJUSTABLE_ROLES = [
	...(['minimum', 'maximum', 'number', 'choice', 'choices', 'period', 'day', 'text'] as const)
];
export type AdjustableRole = (typeof ADJUSTABLE_ROLES)[number];

export interface Adjusted {
	/** The source of the control's cell, which goes above. */
	readonly source: string;
	readonly name: string;
	readonly label: string;
	readonly step: Extract<Step, { kind: 'filter' }>;
}

/** A constant of a filter: the part of the expression that holds it, and what it becomes. */
interface Found {
	readonly part: Expression;
	readonly column: string;
	readonly role: AdjustableRole;
	readonly spec: Omit<ControlSpec, 'name' | 'label'>;
	/** The part with the control's value in the constant's place. */
	readonly replaced: (value: Expression) => Expression;
}

const BLANK = { source: null, min: null, max: null, step: null, value: null } as const;
type Constant = string | number | boolean | null;
const constantOf = (of: Expression | undefined): Constant | undefined =>
	of?.kind === 'literal' ? of.value : undefined;

/** The column that an expression is, as it is or folded. */
function subjectOf(of: Expression): { name: string; folded: boolean } | null {
	if (of.kind === 'column') return { name: of.name, folded: false };
	const [inner] = of.kind === 'call' && of.fn === 'fold_text' ? of.args : [];
	return inner?.kind === 'column' ? { name: inner.name, folded: true } : null;
}
const folded = (of: Expression, yes: boolean): Expression => (yes ? call('fold_text', of) : of);

/** `YYYY-MM-DD` of a constant date. */
function dayOf(of: Expression): string | null {
	const text = of.kind === 'call' && of.fn === 'parse_date' ? constantOf(of.args[0]) : undefined;
	return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}
/** Null too for what no field of a date holds: years that have more than four figures. */
function dayText(time: number | null): string | null {
	const day = time === null ? '' : isoText(time, '').slice(0, 10);
	return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

/** Decimals that a number is written with. */
const decimals = (value: number): number => {
	const [, fraction = '', exponent = '0'] =
		/^-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value)) ?? [];
	return Math.max(0, fraction.length - Number(exponent));
};

/** A step is no smaller than ten to that power: with more decimals than 100, the language writes no number. */
const LEAST_POWER = -100;

/** Limits and step of a slider: round numbers around the column's, in some hundred steps, that the constant is one of. */
export function rangeOf(
	value: number,
	{ type, min, max }: Pick<AdjustableColumn, 'type' | 'min' | 'max'>
): { min: number; max: number; step: number } {
	const low = Math.min(value, min ?? Math.min(0, value));
	const high = Math.max(value, max ?? Math.max(2 * value, 100));
	const span = Math.min(high - low, Number.MAX_VALUE) || 1;
	let power = Math.max(LEAST_POWER, Math.floor(Math.log10(span / 100)));
	if (type === 'integer') power = Math.max(0, power);
	// A slider only stops at steps: the constant must be one of them.
	const whole = (at: number): boolean => {
		const steps = Number((value / 10 ** at).toPrecision(12));
		return Number.isInteger(steps);
	};
	while (!whole(power) && power > -Math.min(10, Math.max(1, decimals(value)))) power--;
	const digits = Math.max(0, -power);
	const step = Number((10 ** power).toFixed(digits));
	const snapped = (n: number, round: (x: number) => number): number =>
		Number((round(Number((n / step).toPrecision(12))) * step).toFixed(digits));
	return { min: snapped(low, Math.floor), max: snapped(high, Math.ceil), step };
}

const MIRRORED: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };

/** `column >= 10`, whichever side the column is on. */
function comparison(
	part: Expression
): { name: string; operator: string; of: Expression; left: boolean } | null {
	if (part.kind !== 'binary') return null;
	const { operator, left, right } = part;
	if (left.kind === 'column') return { name: left.name, operator, of: right, left: true };
	if (right.kind !== 'column') return null;
	return { name: right.name, operator: MIRRORED[operator] ?? operator, of: left, left: false };
}

function foundIn(
	part: Expression,
	columnOf: (name: string) => AdjustableColumn | null
): Found | null {
	const compared = comparison(part);
	if (compared && part.kind === 'binary') {
		const known = columnOf(compared.name);
		const value = constantOf(compared.of);
		const { left } = compared;
		const replaced = (of: Expression): Expression =>
			left ? { ...part, right: of } : { ...part, left: of };
		const role = /^>/.test(compared.operator)
			? 'minimum'
			: /^</.test(compared.operator)
				? 'maximum'
				: null;
		if (known && typeof value === 'number' && Number.isFinite(value))
			return {
				part,
				column: known.name,
				role: role ?? 'number',
				spec: { ...BLANK, kind: 'range', ...rangeOf(value, known), value },
				replaced
			};
		if (known && typeof value === 'string' && /^[!=]==?$/.test(compared.operator))
			return {
				...{ part, column: known.name, role: 'choice' as const, replaced },
				spec: { ...BLANK, kind: 'select', source: sourceOf(known, [value]), value }
			};
		const day = dayOf(compared.of);
		if (known && day !== null && role)
			return {
				...{ part, column: known.name, role: 'day' as const },
				spec: { ...BLANK, kind: 'date', ...daysOf(known, [day]), value: day },
				replaced: (of) => binary(not(of), '||', replaced(of))
			};
	}
	return foundInCall(part, columnOf) ?? betweenIn(part, columnOf);
}

/** As many choices stand side by side as boxes to check; more are a list. */
const MAX_BOXES = 12;

/** Those that are known and those that were chosen; where none are known, the values that the table has. */
const sourceOf = (known: AdjustableColumn, chosen: readonly string[]): ControlSpec['source'] =>
	known.table !== null && known.values.length === 0
		? { kind: 'column', table: known.table, column: known.name }
		: { kind: 'values', values: [...new Set([...known.values, ...chosen])].sort() };

const daysOf = (
	known: AdjustableColumn,
	days: readonly string[]
): { min: string | null; max: string | null } => {
	const [min, max] = [dayText(known.min), dayText(known.max)];
	// The constants stay among the days that can be chosen.
	return {
		min: min === null ? null : days.reduce((a, b) => (b < a ? b : a), min),
		max: max === null ? null : days.reduce((a, b) => (b > a ? b : a), max)
	};
};

/** A test that is a call, or its opposite: emptied, either lets everything through. */
function foundInCall(
	part: Expression,
	columnOf: (name: string) => AdjustableColumn | null
): Found | null {
	const opposite = part.kind === 'unary' && part.operator === '!';
	const test = opposite ? part.of : part;
	if (test.kind !== 'call') return null;
	const [first, second] = test.args;
	if (!first || !second || test.args.length > 2) return null;
	const said = (of: Expression): Expression => (opposite ? not(of) : of);
	// One of: `op.includes(["a", "b"], d.region)`.
	if (test.fn === 'includes' && first.kind === 'list') {
		const subject = subjectOf(second);
		const values = first.items.map(constantOf);
		const known = subject && !subject.folded ? columnOf(subject.name) : null;
		if (!known || values.length === 0) return null;
		const texts = values.filter((value): value is string => typeof value === 'string');
		if (texts.length !== values.length) return null;
		const source = sourceOf(known, texts);
		const few = source?.kind === 'values' && source.values.length <= MAX_BOXES;
		return {
			...{ part, column: known.name, role: 'choices' as const },
			spec: { ...BLANK, kind: few ? 'checkbox' : 'multiselect', source, value: texts },
			replaced: (of) =>
				opposite ? not(call('includes', of, second)) : choiceExpression(of, second)
		};
	}
	const subject = ['includes', 'startswith', 'endswith'].includes(test.fn)
		? subjectOf(first)
		: null;
	const value = constantOf(second);
	const known = subject ? columnOf(subject.name) : null;
	if (!subject || !known || typeof value !== 'string') return null;
	return {
		...{ part, column: known.name, role: 'text' as const },
		spec: { ...BLANK, kind: 'text', value },
		// An absent value holds no text, the empty one neither.
		replaced: (of) =>
			binary(
				binary(of, '===', literal('')),
				'||',
				said(call(test.fn, first, folded(of, subject.folded)))
			)
	};
}

/** `from <= column && column <= to`, of two constant days. */
function betweenIn(
	part: Expression,
	columnOf: (name: string) => AdjustableColumn | null
): Found | null {
	if (part.kind !== 'binary' || part.operator !== '&&') return null;
	const [low, high] = [comparison(part.left), comparison(part.right)];
	if (!low || !high || low.name !== high.name) return null;
	if (!/^>/.test(low.operator) || !/^</.test(high.operator)) return null;
	const [from, to] = [dayOf(low.of), dayOf(high.of)];
	const known = columnOf(low.name);
	if (!known || from === null || to === null) return null;
	const edge = (of: Expression, at: number, side: Expression): Expression => {
		const day: Expression = { kind: 'item', of, at };
		const compared = comparison(side);
		const replaced =
			side.kind !== 'binary'
				? side
				: compared?.left
					? { ...side, right: day }
					: { ...side, left: day };
		return binary(not(day), '||', replaced);
	};
	return {
		...{ part, column: known.name, role: 'period' as const },
		spec: { ...BLANK, kind: 'date-range', ...daysOf(known, [from, to]), value: [from, to] },
		replaced: (of) => binary(edge(of, 0, part.left), '&&', edge(of, 1, part.right))
	};
}

/** The first constant of a filter that a control can set, outermost first. */
function firstFound(
	part: Expression,
	columnOf: (name: string) => AdjustableColumn | null
): Found | null {
	const found = foundIn(part, columnOf);
	if (found) return found;
	const inner =
		part.kind === 'binary'
			? [part.left, part.right]
			: part.kind === 'unary'
				? [part.of]
				: part.kind === 'choice'
					? [part.test, part.then, part.otherwise]
					: [];
	for (const one of inner) {
		const deeper = firstFound(one, columnOf);
		if (deeper) return deeper;
	}
	return null;
}

const replaceIn = (of: Expression, part: Expression, next: Expression): Expression =>
	of === part ? next : withParts(of, (inner) => replaceIn(inner, part, next));

/** Of a column's name, no more letters than that stand in a control's. */
const NAME_LENGTH = 30;

/** « entrées payantes » and « minimum » as `entreesPayantesMinimum`; the role alone where no letter is left. */
function nameOf(column: string, role: string): string {
	const words = foldedText(column)
		.replace(/[’']/g, ' ')
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	const camel = words
		.map((word, i) => (i ? word.charAt(0).toUpperCase() + word.slice(1) : word))
		.join('')
		.slice(0, NAME_LENGTH);
	if (camel === '') return role;
	return /^\d/.test(camel)
		? `${role}${camel}`
		: `${camel}${role.charAt(0).toUpperCase()}${role.slice(1)}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	if (!taken.has(name)) return name;
	let number = 2;
	while (taken.has(`${name}${number}`)) number++;
	return `${name}${number}`;
}

/**
 * The control for the first constant of a filter that can have one, and the filter that reads it; null where none can.
 * Pressed again, the next constant gets its own.
 */
export function makeAdjustable(
	step: Step,
	columnOf: (name: string) => AdjustableColumn | null,
	{ taken, words }: AdjustableNames
): Adjusted | null {
	if (step.kind !== 'filter') return null;
	const found = firstFound(step.where, columnOf);
	if (!found) return null;
	const { name: role, label: labelled } = words[found.role];
	const name = freeName(nameOf(found.column, role), taken);
	const label = labelled(found.column);
	const spec: ControlSpec = { ...found.spec, name, label };
	const where = replaceIn(step.where, found.part, found.replaced(param(name)));
	return { source: printControl(spec), name, label, step: { kind: 'filter', where } };
}

/** Whether `makeAdjustable` has something to do. */
export const adjustable = (
	step: Step,
	columnOf: (name: string) => AdjustableColumn | null
): boolean => step.kind === 'filter' && firstFound(step.where, columnOf) !== null;
