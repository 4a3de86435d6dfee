/** What a step is made of: the expressions in it, and the names that they read. */
import type { Expression } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import { eachExpression, namesIn } from './make-expression.ts';
import type { MadeColumn, SortBy, Step } from './step.ts';

const made = (columns: readonly MadeColumn[]): Expression[] => columns.map(({ value }) => value);
const sorted = (by: readonly SortBy[]): Expression[] => by.map(({ value }) => value);

/** The expressions of a step, in the order of its source. */
export function expressionsOf(step: Step): readonly Expression[] {
	switch (step.kind) {
		case 'filter':
			return [step.where];
		case 'derive':
		case 'fill':
			return made(step.columns);
		case 'summarise':
			return [...made(step.by), ...made(step.values)];
		case 'group':
			return made(step.by);
		case 'sort':
			return sorted(step.by);
		case 'top':
			return [...made(step.within), ...sorted(step.by)];
		case 'pivot':
			return [...made(step.by), ...made(step.columns), ...made(step.values)];
		case 'window':
			return [...made(step.within), ...sorted(step.order), ...made(step.columns)];
		default:
			return [];
	}
}

/** Names of the notebook that a step is handed. */
export const paramsOf = (step: Step): ReadonlySet<string> =>
	new Set(expressionsOf(step).flatMap((expression) => [...namesIn(expression).params]));

/** Whether columns are computed over other rows than their own. */
export const looksAround = (columns: readonly MadeColumn[]): boolean =>
	columns.some(({ value }) => {
		let found = false;
		eachExpression(value, (part) => {
			found ||=
				part.kind === 'rolling' ||
				(part.kind === 'call' && (FUNCTIONS.get(part.fn)?.kind ?? 'plain') !== 'plain');
		});
		return found;
	});
