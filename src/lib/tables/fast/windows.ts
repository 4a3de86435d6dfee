/** Window functions and running aggregates. */
import type { ColumnTable } from 'arquero';
import type { Node, Op } from './parsed.ts';

export function windowed(
	_table: ColumnTable,
	_nodes: readonly Node[],
	_ops: readonly Op[]
): unknown[][] | null {
	return null;
}
