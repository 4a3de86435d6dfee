/** Quantiles of each group: values gathered group by group in one array, then as much sorting as the quantile needs. */
import type { ColumnTable } from 'arquero';
import type { Grouping } from './aggregates.ts';
import { Scope } from './compiled.ts';
import { Writer } from './expression.ts';
import type { Node } from './parsed.ts';
import { eachRow, type Rows } from './rows.ts';

/**
 * @param share strictly between 0 and 1
 * @returns null where values may be other than numbers
 */
export function quantiles(
	table: ColumnTable,
	field: Node,
	share: number,
	grouping: Grouping | null,
	rows: Rows
): unknown[] | null {
	const groups = grouping ? grouping.size : 1;
	const scope = new Scope();
	const { code, gives } = new Writer(table, scope, rows).write(field);
	if (gives !== 'number' && gives !== 'gapped') return null;
	const there = gives === 'number' ? 'v===v' : 'v!=null&&v===v';
	const group = grouping
		? `const g=${grouping.write?.(scope) ?? `${scope.array(grouping.keys)}[row]`};${grouping.partial ? 'if(g<0)continue;' : ''}`
		: '';
	const values = new Float64Array(rows.count);
	const out = scope.bind(values, 'out');
	const ends = new Int32Array(groups + 1);
	if (!grouping) {
		ends[1] = scope.run(
			`let n=0;${eachRow(rows, scope, `const v=${code};if(${there})${out}[n++]=v;`)}return n;`
		) as number;
	} else {
		// Counted first, then put where its group begins.
		const ends_ = scope.bind(ends, 'ends');
		const next = scope.bind(new Int32Array(groups), 'next');
		const count = eachRow(rows, scope, `${group}const v=${code};if(${there})${ends_}[g+1]++;`);
		const put = eachRow(rows, scope, `${group}const v=${code};if(${there})${out}[${next}[g]++]=v;`);
		scope.run(
			`${count}for(let g=0;g<${groups};g++){${next}[g]=${ends_}[g];${ends_}[g+1]+=${ends_}[g];}${put}`
		);
	}
	return Array.from({ length: groups }, (_, at) =>
		quantile(values, ends[at] as number, ends[at + 1] as number, share)
	);
}

/** Arquero's interpolation, over values[from..to), which it reorders. */
function quantile(
	values: Float64Array,
	from: number,
	to: number,
	share: number
): number | undefined {
	const count = to - from;
	if (count === 0) return undefined;
	if (count === 1) return values[from];
	const place = (count - 1) * share;
	const below = Math.floor(place);
	const low = select(values, from, to - 1, from + below);
	let high = Infinity;
	for (let i = from + below + 1; i < to; i++)
		if ((values[i] as number) < high) high = values[i] as number;
	return low + (high - low) * (place - below);
}

/** The value that would be at `at` if values[left..right] were sorted; all smaller ones come before it. */
function select(values: Float64Array, left: number, right: number, at: number): number {
	while (right > left) {
		const middle = (left + right) >> 1;
		const pivot = medianOf(
			values[left] as number,
			values[middle] as number,
			values[right] as number
		);
		let i = left;
		let j = right;
		while (i <= j) {
			while ((values[i] as number) < pivot) i++;
			while ((values[j] as number) > pivot) j--;
			if (i <= j) {
				const moved = values[i] as number;
				values[i] = values[j] as number;
				values[j] = moved;
				i++;
				j--;
			}
		}
		if (at <= j) right = j;
		else if (at >= i) left = i;
		else break;
	}
	return values[at] as number;
}

const medianOf = (a: number, b: number, c: number): number =>
	a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
