/**
 * A filter's expression as rules that a form shows: « tous » or « au moins un » of tests on columns, nested one level.
 * What is no such thing has no condition: it stays a formula.
 */
import { expandExpression, recogniseExpression } from './compositions.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import {
	binary,
	call,
	column,
	list,
	literal,
	not,
	param,
	sameExpression
} from './make-expression.ts';

export const RULE_TESTS = [
	...(['is', 'isNot', 'oneOf', 'noneOf'] as const),
	...(['contains', 'notContains', 'starts', 'ends'] as const),
	...(['atLeast', 'atMost', 'more', 'less', 'between'] as const),
	...(['missing', 'present'] as const)
];
export type RuleTest = (typeof RULE_TESTS)[number];

export type RuleValue =
	| { readonly kind: 'constant'; readonly value: string | number | boolean }
	/** `YYYY-MM-DD`, or a moment in ISO's form: UTC. */
	| { readonly kind: 'date'; readonly value: string }
	| { readonly kind: 'column'; readonly name: string }
	/** A name of the notebook: a control's. */
	| { readonly kind: 'param'; readonly name: string };

export interface Rule {
	readonly column: string;
	readonly test: RuleTest;
	/**
	 * None for `missing` and `present`, two for `between`, one for all others; for `oneOf` and `noneOf` any number of
	 * constants, or the one control whose choices they are: where nothing is chosen, every row passes.
	 */
	readonly values: readonly RuleValue[];
	/** Accents and case do not count. */
	readonly folded: boolean;
	/**
	 * It was written without asking whether there is a value: Arquero then takes null for 0 (`less` keeps it), and a
	 * test for missing values does not see NaN. What a form makes is not loose.
	 */
	readonly loose: boolean;
}

export interface Condition {
	readonly join: 'all' | 'any';
	/** A condition among them has rules only. */
	readonly rules: readonly (Rule | Condition)[];
}

export const isRule = (one: Rule | Condition): one is Rule => 'test' in one;

const COMPARED: ReadonlyMap<BinaryOperator, RuleTest> = new Map([
	['===', 'is'],
	['!==', 'isNot'],
	['>=', 'atLeast'],
	['<=', 'atMost'],
	['>', 'more'],
	['<', 'less']
] as const);
const FLIPPED: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
	['===', '==='],
	['!==', '!=='],
	['==', '=='],
	['!=', '!='],
	['>=', '<='],
	['<=', '>='],
	['>', '<'],
	['<', '>']
] as const);

// ---------------------------------------------------------------- an expression's rules

/** A column, folded or not. */
function subjectOf(expression: Expression): { column: string; folded: boolean } | null {
	if (expression.kind === 'column') return { column: expression.name, folded: false };
	if (expression.kind !== 'call' || expression.fn !== 'fold_text') return null;
	const [of] = expression.args;
	return of?.kind === 'column' ? { column: of.name, folded: true } : null;
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/;

function valueOf(expression: Expression, folded: boolean): RuleValue | null {
	if (expression.kind === 'call' && expression.fn === 'parse_date') {
		const [text] = expression.args;
		return text?.kind === 'literal' && typeof text.value === 'string' && DATE.test(text.value)
			? { kind: 'date', value: text.value }
			: null;
	}
	if (folded && expression.kind === 'call' && expression.fn === 'fold_text') {
		const [of] = expression.args;
		return of && of.kind !== 'literal' ? valueOf(of, false) : null;
	}
	switch (expression.kind) {
		case 'literal':
			if (expression.value === null) return null;
			// A form has no field for it, and a text that is not folded would never be found.
			if (typeof expression.value === 'number' && !Number.isFinite(expression.value)) return null;
			if (
				folded &&
				(typeof expression.value !== 'string' || foldedText(expression.value) !== expression.value)
			)
				return null;
			return { kind: 'constant', value: expression.value };
		case 'column':
		case 'param':
			return folded ? null : { kind: expression.kind, name: expression.name };
		default:
			return null;
	}
}

/** What `fold_text` makes of a text. */
export const foldedText = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const rule = (
	subject: { column: string; folded: boolean },
	test: RuleTest,
	values: readonly RuleValue[],
	loose = false
): Rule => ({ ...subject, test, values, loose });

/** Whether null, as the 0 that Arquero takes it for, could pass. */
function needsValue(test: RuleTest, values: readonly RuleValue[]): boolean {
	const mayPass = (value: RuleValue | undefined, upper: boolean, edge: boolean): boolean => {
		if (value?.kind === 'constant') {
			if (typeof value.value !== 'number') return false;
			if (value.value === 0) return edge;
			return upper ? value.value > 0 : value.value < 0;
		}
		// No date of a box office is before 1970; what a control or a column says is not known.
		return value?.kind === 'date' ? upper : true;
	};
	const [first, second] = values;
	switch (test) {
		case 'less':
			return mayPass(first, true, false);
		case 'atMost':
			return mayPass(first, true, true);
		case 'more':
			return mayPass(first, false, false);
		case 'atLeast':
			return mayPass(first, false, true);
		case 'between':
			return mayPass(first, false, true) && mayPass(second, true, true);
		default:
			return false;
	}
}

/** A test that is one comparison. */
function comparisonOf(expression: Expression): Rule | null {
	if (expression.kind === 'call') return calledOf(expression.fn, expression.args);
	if (expression.kind === 'unary' && expression.operator === '!') {
		const chosen = chosenOf(expression.of);
		if (chosen) return { ...chosen, test: 'noneOf' };
		const inner = comparisonOf(expression.of);
		const opposite: Partial<Record<RuleTest, RuleTest>> = {
			missing: 'present',
			contains: 'notContains',
			oneOf: 'noneOf'
		};
		// `equal` of two dates: there is no other way to say that they differ.
		if (inner?.test === 'is' && expression.of.kind === 'call') return { ...inner, test: 'isNot' };
		// « None, or one of them » has no opposite that a form would say.
		if (inner?.test === 'oneOf' && isChoice(inner)) return null;
		const test = inner ? opposite[inner.test] : undefined;
		return inner && test ? { ...inner, test } : null;
	}
	if (expression.kind !== 'binary') return null;
	const { operator, left, right } = expression;
	if (operator === '||') return choiceOf(left, right);
	const straight = comparedOf(left, operator, right);
	const flipped = FLIPPED.get(operator);
	return straight ?? (flipped ? comparedOf(right, flipped, left) : null);
}

/** Whether a rule's values are those that a person chose with a control. */
export const isChoice = ({ test, values: [first] }: Rule): boolean =>
	(test === 'oneOf' || test === 'noneOf') && first?.kind === 'param';

/** `op.includes($.choices, d.region)`. */
function chosenOf(expression: Expression): Rule | null {
	const [of, second, more] =
		expression.kind === 'call' && expression.fn === 'includes' ? expression.args : [];
	if (of?.kind !== 'param' || !second || more) return null;
	const subject = subjectOf(second);
	return subject && !subject.folded
		? rule(subject, 'oneOf', [{ kind: 'param', name: of.name }])
		: null;
}

/** `op.length($.choices) === 0 || op.includes($.choices, d.region)`. */
function choiceOf(none: Expression, some: Expression): Rule | null {
	const chosen = chosenOf(some);
	const [value] = chosen?.values ?? [];
	return chosen && value?.kind === 'param' && sameExpression(none, noneChosen(param(value.name)))
		? chosen
		: null;
}

const noneChosen = (choices: Expression): Expression =>
	binary(call('length', choices), '===', literal(0));

/** A value is among the choices of a control; where there is none, every value is. */
export const choiceExpression = (choices: Expression, value: Expression): Expression =>
	binary(noneChosen(choices), '||', call('includes', choices, value));

function comparedOf(left: Expression, operator: BinaryOperator, right: Expression): Rule | null {
	const subject = subjectOf(left);
	if (!subject) return null;
	if ((operator === '==' || operator === '!=') && right.kind === 'literal' && right.value === null)
		return rule(subject, operator === '==' ? 'missing' : 'present', [], true);
	const test = COMPARED.get(operator);
	const value = valueOf(right, subject.folded);
	if (!test || !value || (subject.folded && test !== 'is' && test !== 'isNot')) return null;
	// Two dates are never the same object.
	if (value.kind === 'date' && (test === 'is' || test === 'isNot')) return null;
	return rule(subject, test, [value], needsValue(test, [value]));
}

function calledOf(fn: string, args: readonly Expression[]): Rule | null {
	const [first, second, more] = args;
	if (!first || more) return null;
	if (fn === 'missing') {
		const subject = subjectOf(first);
		return subject && !subject.folded ? rule(subject, 'missing', []) : null;
	}
	if (!second) return null;
	if (fn === 'includes' && first.kind === 'list') {
		const subject = subjectOf(second);
		if (!subject) return null;
		const values = first.items.map((item) => valueOf(item, subject.folded));
		if (values.some((value) => value?.kind !== 'constant')) return null;
		return rule(
			subject,
			'oneOf',
			values.filter((value) => value !== null)
		);
	}
	const subject = subjectOf(first);
	const value = subject ? valueOf(second, subject.folded) : null;
	if (!subject || !value) return null;
	if (fn === 'equal') return value.kind === 'date' ? rule(subject, 'is', [value]) : null;
	const test: RuleTest | undefined = (
		{ includes: 'contains', startswith: 'starts', endswith: 'ends' } as const
	)[fn];
	if (!test || (value.kind === 'constant' && typeof value.value !== 'string')) return null;
	return value.kind === 'date' ? null : rule(subject, test, [value]);
}

function flat(expression: Expression, operator: '&&' | '||'): Expression[] {
	const found: Expression[] = [];
	const waiting = [expression];
	for (let one = waiting.pop(); one; one = waiting.pop()) {
		if (one.kind === 'binary' && one.operator === operator) waiting.push(one.right, one.left);
		else found.push(one);
	}
	return found;
}

/** Whether a part asks that a column have a value, before it is compared. */
const asksFor = (part: Expression | undefined, column: string): boolean =>
	part?.kind === 'binary' &&
	part.operator === '!=' &&
	part.left.kind === 'column' &&
	part.left.name === column &&
	part.right.kind === 'literal' &&
	part.right.value === null;

/** Rules that stand in a row; null where one of the parts is none. */
function rulesOf(parts: readonly Expression[], inside: boolean): (Rule | Condition)[] | null {
	const rules: (Rule | Condition)[] = [];
	for (let at = 0; at < parts.length; at++) {
		const part = parts[at];
		if (!part) break;
		const asked = parts[at + 1];
		const next = asked ? comparisonOf(asked) : null;
		const guard = next?.loose === true && next.values.length === 1 && asksFor(part, next.column);
		const low = guard ? next : comparisonOf(part);
		if (low) {
			if (guard) at++;
			const upper = parts[at + 1];
			const high = low.test === 'atLeast' && upper ? comparisonOf(upper) : null;
			if (high?.test === 'atMost' && high.column === low.column && high.folded === low.folded) {
				at++;
				const values = [...low.values, ...high.values];
				const loose = !guard && needsValue('between', values);
				rules.push({ ...low, test: 'between', values, loose });
			} else rules.push(guard ? { ...low, loose: false } : low);
			continue;
		}
		const group = inside ? null : readCondition(part, true);
		if (!group) return null;
		rules.push(group);
	}
	return rules;
}

/** Parts of an « or », where the two of « none chosen, or one of the choices » are one. */
function choicesTogether(parts: readonly Expression[]): Expression[] {
	const found: Expression[] = [];
	for (const part of parts) {
		const before = found.at(-1);
		if (before && choiceOf(before, part)) found.splice(-1, 1, binary(before, '||', part));
		else found.push(part);
	}
	return found;
}

function readCondition(expression: Expression, inside: boolean): Condition | null {
	const either =
		expression.kind === 'binary' && expression.operator === '||' && !comparisonOf(expression);
	if (!either) {
		const rules = rulesOf(flat(expression, '&&'), inside);
		return rules?.length ? { join: 'all', rules } : null;
	}
	const rules: (Rule | Condition)[] = [];
	for (const part of choicesTogether(flat(expression, '||'))) {
		const simple = rulesOf(flat(part, '&&'), true);
		const [only, more] = simple ?? [];
		if (!only || (more && inside)) return null;
		rules.push(simple && more ? { join: 'all', rules: simple } : only);
	}
	return { join: 'any', rules };
}

/** The rules that an expression is; null where it is no such thing. */
export const conditionOf = (expression: Expression): Condition | null => {
	const condition = readCondition(expression, false);
	// It says the same when it is written again: else a form would change what it only shows.
	return condition && sameMeaning(conditionExpression(condition), expression) ? condition : null;
};

/** Written the same, but for brackets around what is joined alike and the side that a value stands on. */
function sameMeaning(a: Expression, b: Expression): boolean {
	return sameExpression(sorted(a), sorted(b));
}

function sorted(expression: Expression): Expression {
	if (expression.kind !== 'binary') {
		if (expression.kind !== 'unary') return expression;
		return { ...expression, of: sorted(expression.of) };
	}
	const { operator, left, right } = expression;
	if (operator === '&&' || operator === '||')
		return call(operator, ...flat(expression, operator).map(sorted));
	const flipped = FLIPPED.get(operator);
	return flipped && !subjectOf(left) && subjectOf(right)
		? binary(right, flipped, left)
		: expression;
}

// ---------------------------------------------------------------- rules as an expression

function expressionOf(value: RuleValue, folded: boolean): Expression {
	switch (value.kind) {
		case 'constant':
			return literal(
				folded && typeof value.value === 'string' ? foldedText(value.value) : value.value
			);
		case 'date':
			return call('parse_date', literal(value.value));
		case 'column':
		case 'param': {
			const named = value.kind === 'column' ? column(value.name) : param(value.name);
			return folded ? call('fold_text', named) : named;
		}
	}
}

/** A rule as an expression; null where a value that it needs is not there. */
export function ruleExpression(rule: Rule): Expression | null {
	const { test, folded, loose } = rule;
	const bare = column(rule.column);
	const subject = folded ? call('fold_text', bare) : bare;
	const values = rule.values.map((value) => expressionOf(value, folded));
	const [first, second] = values;
	const compared = (operator: BinaryOperator, value: Expression): Expression =>
		binary(subject, operator, value);
	const asked = (comparison: Expression): Expression =>
		!loose && needsValue(test, rule.values)
			? binary(binary(bare, '!=', literal(null)), '&&', comparison)
			: comparison;
	switch (test) {
		case 'missing':
			return loose ? binary(bare, '==', literal(null)) : call('missing', bare);
		case 'present':
			return loose ? binary(bare, '!=', literal(null)) : not(call('missing', bare));
		case 'oneOf':
			return first && isChoice(rule)
				? choiceExpression(first, subject)
				: call('includes', list(values), subject);
		case 'noneOf':
			return not(call('includes', first && isChoice(rule) ? first : list(values), subject));
		case 'between':
			return first && second
				? asked(binary(compared('>=', first), '&&', compared('<=', second)))
				: null;
	}
	if (!first) return null;
	switch (test) {
		case 'is':
			return isDate(rule) ? call('equal', subject, first) : compared('===', first);
		case 'isNot':
			return isDate(rule) ? not(call('equal', subject, first)) : compared('!==', first);
		case 'contains':
			return call('includes', subject, first);
		case 'notContains':
			return not(call('includes', subject, first));
		case 'starts':
			return call('startswith', subject, first);
		case 'ends':
			return call('endswith', subject, first);
		case 'atLeast':
			return asked(compared('>=', first));
		case 'atMost':
			return asked(compared('<=', first));
		case 'more':
			return asked(compared('>', first));
		case 'less':
			return asked(compared('<', first));
	}
}

const isDate = ({ values: [first] }: Rule): boolean => first?.kind === 'date';

/** A condition as an expression. Rules without their value are left out; without any, every row passes. */
export function conditionExpression({ join, rules }: Condition): Expression {
	const parts = rules
		.map((one) =>
			isRule(one) ? ruleExpression(one) : one.rules.length ? conditionExpression(one) : null
		)
		.filter((part) => part !== null);
	const [first, ...rest] = parts;
	if (!first) return literal(true);
	const operator = join === 'all' ? '&&' : '||';
	const whole = rest.reduce((left, right) => binary(left, operator, right), first);
	// A form can put together what the catalogue has a name for.
	return recogniseExpression(expandExpression(whole));
}
