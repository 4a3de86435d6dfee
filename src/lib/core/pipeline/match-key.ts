/** What two tables are matched by: columns as they are, folded, or with single values read as the other table writes them. */
import type { Expression } from './expression.ts';
import { call, column, literal, pairs } from './make-expression.ts';
import type { MatchedColumns, Step } from './step.ts';

/** A value of this table that is taken for one of the other. */
export type ReadAs = readonly [from: string, to: string];

/** A column in which single values are others; the rest stay. */
const recoded = (name: string, values: readonly ReadAs[]): Expression =>
	call('recode', column(name), pairs(values.map(([from, to]) => [from, literal(to)])));

/** Whether a pair is compared by more than the values of its columns: both columns stay as they are. */
export const isComputed = ({ folded, readAs }: MatchedColumns): boolean =>
	folded || (readAs?.length ?? 0) > 0;

/** What one side of a pair is compared by. */
export function matchKey(match: MatchedColumns, side: 'left' | 'right'): Expression {
	const { readAs = [], folded } = match;
	const of = side === 'left' && readAs.length ? recoded(match.left, readAs) : column(match[side]);
	return folded ? call('fold_key', of) : of;
}

/** The side of a pair that an expression is; null for what no join of the panel compares by. */
export function matchSideOf(
	key: Expression
): { name: string; folded: boolean; readAs: readonly ReadAs[] } | null {
	const folded = key.kind === 'call' && key.fn === 'fold_key';
	const of = folded ? key.args[0] : key;
	if (of?.kind === 'column') return { name: of.name, folded, readAs: [] };
	if (of?.kind !== 'call' || of.fn !== 'recode' || of.args.length !== 2) return null;
	const [read, values] = of.args;
	if (read?.kind !== 'column' || values?.kind !== 'pairs' || !values.entries.length) return null;
	const readAs: ReadAs[] = [];
	for (const [from, to] of values.entries) {
		if (to.kind !== 'literal' || typeof to.value !== 'string') return null;
		readAs.push([from, to.value]);
	}
	return { name: read.name, folded, readAs };
}

/** The step that writes values of a column as the other table has them, in the column itself. */
export const reconcileStep = (
	name: string,
	values: readonly ReadAs[]
): Exclude<Step, { kind: 'code' }> => ({
	kind: 'derive',
	columns: [{ name, value: recoded(name, values) }]
});
