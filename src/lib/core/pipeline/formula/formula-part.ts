/** A part of a formula: what it says, where it stands, and what is told of it. */
import type { Expression } from '../expression.ts';
import type { FormulaType } from './formula-function.ts';
import type { FormulaProblem, FormulaProblemCode } from './formula-problem.ts';

export interface Place {
	readonly at: number;
	readonly end: number;
}

/** An expression where it stands. */
export interface Part extends Place {
	readonly expression: Expression;
	readonly type: FormulaType;
	/** A text written in the formula is one of its terms: `+` then joins on purpose. */
	readonly words: boolean;
}

export const partOf = (expression: Expression, type: FormulaType, { at, end }: Place): Part => ({
	expression,
	type,
	at,
	end,
	words: false
});

/** What is wrong, where, with what, and what would mend it. */
export type Told = [
	code: FormulaProblemCode,
	place: Place,
	details?: FormulaProblem['details'],
	mend?: string | null
];

/** What ends the reading. */
export class Stop extends Error {
	readonly problem: FormulaProblem;
	constructor(problem: FormulaProblem) {
		super(problem.code);
		this.problem = problem;
	}
}

/** The text of a formula, and what is wrong with it so far. */
export class FormulaNotes {
	readonly text: string;
	readonly problems: FormulaProblem[] = [];

	constructor(text: string) {
		this.text = text;
	}
	written({ at, end }: Place): string {
		return this.text.slice(at, end);
	}
	stop(...told: Told): Stop {
		return new Stop(problemOf(...told));
	}
	/** A problem that the reading goes on after. */
	tell(...told: Told): void {
		this.problems.push(problemOf(...told));
	}
}

const problemOf = (...[code, { at, end }, details = {}, mend = null]: Told): FormulaProblem => ({
	code,
	details,
	at,
	length: end - at,
	mend
});

export const both = (a: FormulaType, b: FormulaType): FormulaType => (a === b ? a : 'any');

/** What joins texts, absent values being empty: `op.join([…], '')`. */
export const JOIN = 'join';
export const joinOf = (items: readonly Expression[]): Expression => ({
	kind: 'call',
	fn: JOIN,
	args: [
		{ kind: 'list', items },
		{ kind: 'literal', value: '' }
	]
});
/** The texts that a join joins; of anything else, itself. */
export function joinedItems(expression: Expression): readonly Expression[] {
	if (expression.kind !== 'call' || expression.fn !== JOIN) return [expression];
	const [list, between, more] = expression.args;
	return list?.kind === 'list' && between?.kind === 'literal' && between.value === '' && !more
		? list.items
		: [expression];
}
