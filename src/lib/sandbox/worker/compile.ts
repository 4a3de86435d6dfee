/** From a cell's compiled text to its function. The sandbox's policy allows this here, and only here. */
import type { CellNode } from './cell-node.ts';
import { CellFailure } from './failure.ts';

/** Indirect, so that cells see the worker's global scope and nothing of this module. Taken before any cell runs. */
const evaluate = globalThis.eval;

/** The name under which a cell's code appears in stack traces. */
export const scriptName = (cell: string): string => `cellule-${encodeURIComponent(cell)}.js`;

/** Throws the engine's SyntaxError for what acorn lets through and this browser does not. */
export function compileCell({
	id,
	analysis
}: Pick<CellNode, 'id' | 'analysis'>): (...args: unknown[]) => unknown {
	const { compiled } = analysis;
	if (!compiled) return () => [];
	try {
		return evaluate(`${compiled.text}\n//# sourceURL=${scriptName(id)}`) as (
			...args: unknown[]
		) => unknown;
	} catch {
		throw new CellFailure('syntax', { reason: 'other' });
	}
}
