/**
 * What runs, and probably says something else than was meant: a decimal comma that JavaScript takes for two values, a
 * text that is compared with a number. Each with what would mend it, as edits of the text: nothing is changed by itself.
 */
import type { KnownColumn } from '../pipeline/columns-after.ts';
import { columnsAfter } from '../pipeline/columns-after.ts';
import { replaceStep } from '../pipeline/edit-pipeline.ts';
import type { Expression } from '../pipeline/expression.ts';
import { binary, call, eachExpression, literal, withParts } from '../pipeline/make-expression.ts';
import { parsePipeline } from '../pipeline/parse-pipeline.ts';
import { expressionsOf } from '../pipeline/step-parts.ts';
import type { MadeColumn, Step } from '../pipeline/step.ts';
import type { Fix } from './fixes.ts';
import { mayDoubt } from '../notebook/may-doubt.ts';
import { eachChild, parseSource, type Tree } from './syntax.ts';

/** Each is the message `cell_doubt_<kind>`. */
export type DoubtKind = 'comma' | 'text_number' | 'number_text' | 'order' | 'date';

export interface Doubt {
	readonly kind: DoubtKind;
	/** The column, or the number as it is written. */
	readonly name: string;
	/** What the column is compared with, as text. */
	readonly value: string;
	readonly mends: readonly Fix[];
}

const treeOf = (node: unknown): Tree => node as Tree;
const NUMBER = /^\s*-?(?:\d+(?:\.\d+)?|\.\d+)\s*$/;
const DAY = /^\d{4}-\d{2}(?:-\d{2})?/;

/** `0,5`: what stands before the comma ends in whole digits, what follows begins with some, and nothing is between. */
function commaBetween(source: string, before: Tree, after: Tree): Doubt | null {
	if (source.slice(before.end, after.start) !== ',') return null;
	const left = /(?:^|[^\w.$])(\d+)$/.exec(source.slice(0, before.end))?.[1];
	const right = /^\d+(?![\w.])/.exec(source.slice(after.start))?.[0];
	if (left === undefined || right === undefined) return null;
	const [name, text] = [`${left},${right}`, `${left}.${right}`];
	const edits = [{ at: before.end, length: 1, insert: '.' }];
	return { kind: 'comma', name, value: text, mends: [{ kind: 'replace', text, edits }] };
}

function commas(source: string): Doubt[] {
	const found: Doubt[] = [];
	const look = (nodes: readonly Tree[], suspicious: (before: Tree) => boolean): void => {
		nodes.forEach((after, i) => {
			const before = nodes[i - 1];
			const doubt = before && suspicious(before) ? commaBetween(source, before, after) : null;
			if (doubt) found.push(doubt);
		});
	};
	const walk = (node: Tree): void => {
		if (node.type === 'SequenceExpression') look(node.expressions as Tree[], () => true);
		// Two arguments are nothing strange, but for what a function that ends in a number is followed by.
		else if (node.type === 'CallExpression')
			look(
				node.arguments as Tree[],
				({ type, body }) =>
					type === 'ArrowFunctionExpression' && treeOf(body).type !== 'BlockStatement'
			);
		eachChild(node, walk);
	};
	walk(treeOf(parseSource(source).root));
	return found;
}

interface Comparison {
	readonly part: Extract<Expression, { kind: 'binary' }>;
	readonly column: Extract<Expression, { kind: 'column' }>;
	readonly value: string | number;
	/** The same, with these in the places of the column and the constant. */
	readonly made: (column: Expression, value: Expression) => Expression;
}

function comparisonOf(part: Expression): Comparison | null {
	if (part.kind !== 'binary' || !/^(?:[=!]==?|[<>]=?)$/.test(part.operator)) return null;
	const { left, right, operator } = part;
	const [column, constant] = left.kind === 'column' ? [left, right] : [right, left];
	if (column.kind !== 'column' || constant.kind !== 'literal') return null;
	const { value } = constant;
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	const turned = column === right;
	return {
		...{ part, column, value },
		made: (of, given) => (turned ? binary(given, operator, of) : binary(of, operator, given))
	};
}

type Mend = readonly [kind: Fix['kind'], expression: Expression];
function doubtOf(
	{ part, column, value, made }: Comparison,
	type: KnownColumn['type']
): { kind: DoubtKind; mends: readonly Mend[] } | null {
	const same = part.operator === '===' || part.operator === '!==';
	const order = /^[<>]/.test(part.operator);
	const asNumber = call('parse_float', column);
	if (type === 'text' && same && typeof value === 'number')
		return {
			kind: 'text_number',
			mends: [
				['as_text', made(column, literal(String(value)))],
				['as_number', made(asNumber, literal(value))]
			]
		};
	if (type === 'text' && order && typeof value === 'string' && NUMBER.test(value))
		return { kind: 'order', mends: [['as_number', made(asNumber, literal(Number(value)))]] };
	const number = type === 'number' || type === 'integer';
	if (number && same && typeof value === 'string' && NUMBER.test(value))
		return { kind: 'number_text', mends: [['as_number', made(column, literal(Number(value)))]] };
	const date = type === 'date' || type === 'datetime';
	if (date && order && typeof value === 'string' && DAY.test(value))
		return { kind: 'date', mends: [['as_date', made(column, call('parse_date', literal(value)))]] };
	return null;
}

const replaced = (of: Expression, part: Expression, next: Expression): Expression =>
	of === part ? next : withParts(of, (inner) => replaced(inner, part, next));

/** The step with a part of its expressions replaced; null where the step has them elsewhere than here. */
function stepWith(
	step: Step,
	part: Expression,
	next: Expression
): Exclude<Step, { kind: 'code' }> | null {
	const columns = (of: readonly MadeColumn[]): MadeColumn[] =>
		of.map(({ name, value }) => ({ name, value: replaced(value, part, next) }));
	switch (step.kind) {
		case 'filter':
			return { ...step, where: replaced(step.where, part, next) };
		case 'derive':
		case 'window':
			return { ...step, columns: columns(step.columns) };
		case 'summarise':
			return { ...step, values: columns(step.values) };
		default:
			return null;
	}
}

function comparisons(
	source: string,
	columnsOf: (table: string) => readonly KnownColumn[] | null
): Doubt[] {
	const pipeline = parsePipeline(source);
	if (pipeline?.head.kind !== 'table') return [];
	const found: Doubt[] = [];
	let columns = columnsOf(pipeline.head.name);
	for (const [index, { step, off }] of pipeline.steps.entries()) {
		if (!columns) break;
		if (off) continue;
		const known = columns;
		for (const expression of expressionsOf(step))
			eachExpression(expression, (part) => {
				const comparison = comparisonOf(part);
				const type = known.find(({ name }) => name === comparison?.column.name)?.type;
				const doubt = comparison && type ? doubtOf(comparison, type) : null;
				if (!comparison || !doubt) return;
				const mends = doubt.mends.flatMap(([kind, next]): Fix[] => {
					const made = stepWith(step, part, next);
					const edits = made ? replaceStep(source, index, made) : [];
					return edits.length > 0 ? [{ kind, text: '', edits }] : [];
				});
				const value = String(comparison.value);
				found.push({ kind: doubt.kind, name: comparison.column.name, value, mends });
			});
		columns = columnsAfter(step, columns, columnsOf);
	}
	return found;
}

/**
 * @param columnsOf the columns of a table of the notebook; null where they are not known
 * @returns none for a text that cannot be read: its error is told
 */
export function doubtsOf(
	source: string,
	columnsOf: (table: string) => readonly KnownColumn[] | null
): Doubt[] {
	if (!mayDoubt(source)) return [];
	try {
		return [...commas(source), ...comparisons(source, columnsOf)];
	} catch (error) {
		// Not to be read, or too deep to be walked: both are told by the cell's own error.
		if (error instanceof SyntaxError || error instanceof RangeError) return [];
		throw error;
	}
}
