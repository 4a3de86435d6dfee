/**
 * Window functions and running aggregates: one loop over the rows of each group, in the table's order, all functions
 * and expressions in it. What is not written here makes Arquero do the whole verb.
 */
import type { ColumnTable } from 'arquero';
import { aggregates, groupingOf } from './aggregates.ts';
import { Scope } from './compiled.ts';
import { Writer, type Written } from './expression.ts';
import { isSortable } from './ordering.ts';
import { isWindowed, type Node, type Op } from './parsed.ts';
import { holdsNumbers } from './reading.ts';
import { orderedRowsOf, rowsOf, type Rows } from './rows.ts';

/** Text of a function's steps: before the first row of a group, at each row, and where its result is. */
interface Step {
	readonly before: string;
	readonly at: string;
	readonly result: Written;
}

export function windowed(
	table: ColumnTable,
	nodes: readonly Node[],
	ops: readonly Op[]
): unknown[][] | null {
	const grouping = groupingOf(table);
	if (grouping?.size === 0 || (grouping && !isSortable(table))) return null;
	const rows = rowsOf(table);
	const { order, starts } = parted(table, rows);
	const scope = new Scope();
	const results = new Map<number, Written>();
	const steps: Step[] = [];
	const whole = ops.filter((op) => !isWindowed(op));
	const wholes = whole.length ? aggregates(table, whole) : [];
	for (const [i, op] of whole.entries())
		results.set(op.id, ofGroup(wholes[i] as unknown[], scope, grouping?.size ?? 1));
	const writer = new Writer(table, scope, rows, (id) => results.get(id) as Written);
	const index = scope.bind(order, 'order');
	// Only where some function asks: which rows the order leaves equal.
	const context: Context = { scope, writer, index, tied: () => ties(table, order, starts, scope) };
	for (const op of ops) {
		if (!isWindowed(op)) continue;
		const step = stepOf(op, context);
		if (!step) return null;
		steps.push(step);
		results.set(op.id, step.result);
	}
	const columns = nodes.map(() => new Array<unknown>(rows.total));
	const write = nodes
		.map((node, i) => `${scope.bind(columns[i], 'out')}[row]=${writer.write(node).code};`)
		.join('');
	const bounds = scope.bind(starts, 'starts');
	const before = steps.map((step) => step.before).join('');
	const at = steps.map((step) => step.at).join('');
	scope.run(
		`for(let p=0;p<${starts.length - 1};p++){const from=${bounds}[p],to=${bounds}[p+1];${before}for(let i=from;i<to;i++){const row=${index}[i];${at}${write}}}`
	);
	return columns;
}

function ofGroup(values: unknown[], scope: Scope, size: number): Written {
	const numbers = holdsNumbers(values, { total: size, count: size, index: null, words: null });
	return {
		code: `${scope.bind(values, numbers ? 'rd' : 'r')}[p]`,
		gives: numbers ? 'number' : 'any'
	};
}

/** Rows group after group, each in the table's order, and where each group begins. */
function parted(table: ColumnTable, rows: Rows): { order: Uint32Array; starts: Int32Array } {
	const { index } = orderedRowsOf(table);
	const sorted = index ?? (table.indices(false) as Uint32Array);
	const grouping = groupingOf(table);
	if (!grouping) return { order: sorted, starts: Int32Array.of(0, rows.count) };
	const { keys, size } = grouping;
	const starts = new Int32Array(size + 1);
	for (let i = 0; i < sorted.length; i++) {
		const next = (keys[sorted[i] as number] as number) + 1;
		starts[next] = (starts[next] as number) + 1;
	}
	for (let group = 0; group < size; group++)
		starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
	const next = starts.slice(0, size);
	const order = new Uint32Array(sorted.length);
	for (let i = 0; i < sorted.length; i++) {
		const row = sorted[i] as number;
		const group = keys[row] as number;
		const at = next[group] as number;
		order[at] = row;
		next[group] = at + 1;
	}
	return { order, starts };
}

/** The name of an array that has a 1 at each place whose row is equal to the one before, in its group. */
function ties(table: ColumnTable, order: Uint32Array, starts: Int32Array, scope: Scope): string {
	const tied = new Uint8Array(order.length);
	const compare = table.comparator() as unknown as ((a: number, b: number) => number) | null;
	if (compare) {
		for (let i = 1; i < order.length; i++)
			// What Arquero takes for a difference: NaN is none.
			if (!compare(order[i - 1] as number, order[i] as number)) tied[i] = 1;
		for (const start of starts) if (start < tied.length) tied[start] = 0;
	}
	return scope.bind(tied, 'tied');
}

interface Context {
	readonly scope: Scope;
	readonly writer: Writer;
	readonly index: string;
	readonly tied: () => string;
}

const NUMBER = (code: string): Written => ({ code, gives: 'number' });

function stepOf(op: Op, context: Context): Step | null {
	const { id, name } = op;
	const [field] = op.fields;
	const { scope, writer, index } = context;
	const simple = (result: Written): Step => ({ before: '', at: '', result });
	/** The field's value at another place of the group; `other` where there is none. */
	const elsewhere = (place: string, inside: string, other: string): Step | null => {
		if (!field) return null;
		const { code } = writer.write(field);
		const value = `((row)=>${code})(${index}[${place}])`;
		return simple({ code: inside ? `(${inside}?${value}:${other})` : value, gives: 'any' });
	};
	const framed = op.frame !== undefined;
	switch (name) {
		case 'row_number':
			return simple(NUMBER('(i-from+1)'));
		case 'rank':
			return {
				before: `let k${id}=1;`,
				at: `if(i>from&&${context.tied()}[i]===0)k${id}=i-from+1;`,
				result: NUMBER(`k${id}`)
			};
		case 'dense_rank':
			return {
				before: `let k${id}=1;`,
				at: `if(i>from&&${context.tied()}[i]===0)k${id}++;`,
				result: NUMBER(`k${id}`)
			};
		case 'percent_rank':
			return {
				before: `let k${id}=1;`,
				at: `if(i>from&&${context.tied()}[i]===0)k${id}=i-from+1;`,
				result: NUMBER(`((k${id}-1)/(to-from-1))`)
			};
		case 'lag':
		case 'lead': {
			const by = Number(op.params[0]) || 1;
			if (!Number.isInteger(by) || by < 0) return null;
			const other = scope.bind({ value: op.params[1] }, 'other');
			return name === 'lag'
				? elsewhere(`i-(${by})`, `i-(${by})>=from`, `${other}.value`)
				: elsewhere(`i+(${by})`, `i+(${by})<to`, `${other}.value`);
		}
		case 'first_value':
			return framed ? null : elsewhere('from', '', '');
		case 'last_value':
			return framed ? null : elsewhere('to-1', '', '');
		case 'fill_down': {
			if (!field) return null;
			const { code } = writer.write(field);
			const start = scope.bind({ value: op.params[0] }, 'other');
			return {
				before: `let k${id}=${start}.value;`,
				at: `{const v=${code};if(v!=null&&v===v)k${id}=v;}`,
				result: { code: `k${id}`, gives: 'any' }
			};
		}
		default:
			return running(op, context);
	}
}

/** Aggregates of a frame of rows; of all before and the row itself, or so many before and after. */
function running(op: Op, { writer, index }: Context): Step | null {
	const { id, name, frame, peers } = op;
	if (!frame || peers) return null;
	const [low, high] = [frame[0], frame[1]].map((end) =>
		Number.isFinite(end) ? Math.abs(Number(end)) : null
	) as [number | null, number | null];
	const [field] = op.fields;
	const written = field ? writer.write(field) : null;
	// A field that may give other than numbers would need Arquero's own steps.
	if (written && written.gives !== 'number' && written.gives !== 'gapped') return null;
	const there = written?.gives === 'number' ? 'v===v' : 'v!=null&&v===v';
	const each = (steps: string): string =>
		written ? `const v=${written.code};if(${there}){${steps}}` : steps;
	const at = (place: string, steps: string): string =>
		`{const row=${index}[${place}];${each(steps)}}`;
	const n = `n${id}`;
	const s = `s${id}`;
	// Taking rows away again is written for those that Arquero takes away by one step.
	const slides = low !== null;
	const steps: Record<string, { add: string; take?: string; result: string }> = {
		count: { add: `${n}++;`, take: `${n}--;`, result: n },
		valid: { add: `${n}++;`, take: `${n}--;`, result: n },
		sum: { add: `${n}++;${s}+=v;`, take: `${n}--;${s}-=v;`, result: `(${n}?${s}:void 0)` },
		mean: {
			add: `${n}++;${s}+=(v-${s})/${n};`,
			take: `${n}--;const d=v-${s};${s}-=${n}?d/${n}:${s};`,
			result: `(${n}?${s}:void 0)`
		},
		min: { add: `if(${n}++===0||v<${s})${s}=v;`, result: `(${n}?${s}:void 0)` },
		max: { add: `if(${n}++===0||v>${s})${s}=v;`, result: `(${n}?${s}:void 0)` }
	};
	const made = steps[name === 'average' ? 'mean' : name];
	if (!made || (slides && made.take === undefined) || (name !== 'count' && !field)) return null;
	// [low, high) of the frame, as it was and as it is: rows leave, then rows come, as in Arquero's windows.
	const lowNow = low === null ? 'from' : `Math.max(from,i-${low})`;
	const highNow = high === null ? 'to' : `Math.min(to,i+${high + 1})`;
	const leave = made.take ? `for(let j=a${id};j<l;j++)${at('j', made.take)}` : '';
	return {
		before: `let ${n}=0,${s}=0,a${id}=from,b${id}=from;`,
		at: `{const l=${lowNow},h=${highNow};${slides ? leave : ''}for(let j=b${id};j<h;j++)${at('j', made.add)}a${id}=l;b${id}=h;}`,
		result: { code: made.result, gives: name === 'count' || name === 'valid' ? 'number' : 'any' }
	};
}
