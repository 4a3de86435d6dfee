/** A step that reads another column in the place of one. */
import type { Step } from '$lib/core/pipeline/step';

/** Fields that hold names of the step's own making, and never a column that it reads. */
const MADE: ReadonlySet<string> = new Set(['to', 'names', 'values', 'table', 'tables', 'right']);

export function swapColumn(step: Step, from: string, to: string): Step {
	const swap = (value: unknown, key: string): unknown => {
		if (typeof value === 'string') {
			const reads = ['column', 'from', 'left', 'before', 'after', 'columns'].includes(key);
			return reads && value === from ? to : value;
		}
		if (Array.isArray(value)) return value.map((item) => swap(item, key));
		if (typeof value !== 'object' || value === null) return value;
		const own = Object.entries(value as Record<string, unknown>);
		const column = own.some(([name, kind]) => name === 'kind' && kind === 'column');
		return Object.fromEntries(
			own.map(([name, part]) => {
				if (column && name === 'name') return [name, part === from ? to : part];
				// What a step makes keeps its name; lists of names that it makes are not looked into.
				if (MADE.has(name) && typeof part === 'string') return [name, part];
				return [name, swap(part, name)];
			})
		);
	};
	const swapped = swap(step, '') as Step;
	// The columns of the other table are not this table's.
	return step.kind === 'lookup' && swapped.kind === 'lookup'
		? { ...swapped, columns: step.columns }
		: swapped;
}
