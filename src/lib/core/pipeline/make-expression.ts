/** Short ways to make an expression, and to walk one. */
import type { BinaryOperator, Expression } from './expression.ts';

export const literal = (value: string | number | boolean | null): Expression => ({
	kind: 'literal',
	value
});
export const column = (name: string): Expression => ({ kind: 'column', name });
export const param = (name: string): Expression => ({ kind: 'param', name });
export const call = (fn: string, ...args: readonly Expression[]): Expression => ({
	kind: 'call',
	fn,
	args
});
export const not = (of: Expression): Expression => ({ kind: 'unary', operator: '!', of });
export const binary = (
	left: Expression,
	operator: BinaryOperator,
	right: Expression
): Expression => ({ kind: 'binary', operator, left, right });
export const choice = (test: Expression, then: Expression, otherwise: Expression): Expression => ({
	kind: 'choice',
	test,
	then,
	otherwise
});
export const list = (items: readonly Expression[]): Expression => ({ kind: 'list', items });
export const pairs = (entries: readonly (readonly [string, Expression])[]): Expression => ({
	kind: 'pairs',
	entries
});
export const pattern = (source: string, flags: string): Expression => ({
	kind: 'pattern',
	source,
	flags
});

/** What an expression is made of, one level down, in the order of its source. */
export function partsOf(expression: Expression): readonly Expression[] {
	switch (expression.kind) {
		case 'literal':
		case 'column':
		case 'param':
		case 'pattern':
			return [];
		case 'call':
			return expression.args;
		case 'unary':
		case 'item':
		case 'rolling':
			return [expression.of];
		case 'binary':
			return [expression.left, expression.right];
		case 'choice':
			return [expression.test, expression.then, expression.otherwise];
		case 'list':
			return expression.items;
		case 'pairs':
			return expression.entries.map(([, value]) => value);
	}
}

/** The same expression with each part one level down replaced. */
export function withParts(
	expression: Expression,
	replace: (part: Expression) => Expression
): Expression {
	switch (expression.kind) {
		case 'literal':
		case 'column':
		case 'param':
		case 'pattern':
			return expression;
		case 'call':
			return { ...expression, args: expression.args.map(replace) };
		case 'unary':
		case 'item':
		case 'rolling':
			return { ...expression, of: replace(expression.of) };
		case 'binary':
			return {
				...expression,
				left: replace(expression.left),
				right: replace(expression.right)
			};
		case 'choice':
			return {
				...expression,
				test: replace(expression.test),
				then: replace(expression.then),
				otherwise: replace(expression.otherwise)
			};
		case 'list':
			return { ...expression, items: expression.items.map(replace) };
		case 'pairs':
			return {
				...expression,
				entries: expression.entries.map(([key, value]) => [key, replace(value)] as const)
			};
	}
}

/** Whether two expressions are written the same. */
export function sameExpression(a: Expression, b: Expression): boolean {
	if (a === b) return true;
	if (a.kind !== b.kind) return false;
	if (a.kind === 'literal') return b.kind === 'literal' && Object.is(a.value, b.value);
	if (a.kind === 'column' || a.kind === 'param')
		return (b.kind === 'column' || b.kind === 'param') && a.name === b.name;
	if (a.kind === 'pattern')
		return b.kind === 'pattern' && a.source === b.source && a.flags === b.flags;
	if (a.kind === 'call' && (b.kind !== 'call' || a.fn !== b.fn)) return false;
	if ((a.kind === 'unary' || a.kind === 'binary') && a.kind === b.kind)
		if (a.operator !== b.operator) return false;
	if (a.kind === 'item' && (b.kind !== 'item' || a.at !== b.at)) return false;
	if (a.kind === 'rolling' && b.kind === 'rolling')
		if (a.from !== b.from || a.to !== b.to || a.peers !== b.peers) return false;
	if (a.kind === 'pairs' && b.kind === 'pairs')
		if (a.entries.some(([key], i) => b.entries[i]?.[0] !== key)) return false;
	const [left, right] = [partsOf(a), partsOf(b)];
	return (
		left.length === right.length &&
		left.every((part, i) => {
			const other = right[i];
			return other !== undefined && sameExpression(part, other);
		})
	);
}

/** Calls `visit` on an expression and on all that it is made of, outermost first. */
export function eachExpression(
	expression: Expression,
	visit: (expression: Expression) => void
): void {
	visit(expression);
	for (const part of partsOf(expression)) eachExpression(part, visit);
}

/** Names that an expression reads, in the order in which they stand. */
export function namesIn(expression: Expression): {
	columns: ReadonlySet<string>;
	params: ReadonlySet<string>;
} {
	const columns = new Set<string>();
	const params = new Set<string>();
	eachExpression(expression, (part) => {
		if (part.kind === 'column') columns.add(part.name);
		else if (part.kind === 'param') params.add(part.name);
	});
	return { columns, params };
}
