/**
 * Aggregates of each group, all of them in one loop over the rows. The sums, running means and first values are those
 * of Arquero's reducers, step by step in the same order, so that their last bits are the same; what is not written here
 * is Arquero's own reducer, beside.
 */
import type { ColumnTable } from 'arquero';
import { compile } from 'arquero/src/expression/compile.js';
import { aggregate } from 'arquero/src/verbs/reduce/util.js';
import { Scope } from './compiled.ts';
import { countDistinct } from './distinct.ts';
import { Writer, type Written } from './expression.ts';
import { laterGroupsOf, type LaterGroups } from './later-groups.ts';
import { codeOf, type Node, type Op } from './parsed.ts';
import { quantiles } from './quantiles.ts';
import { eachRow, orderedRowsOf, type Rows } from './rows.ts';

/** Which group each backing row is in; -1: in none. */
export interface Grouping {
	readonly keys: Uint32Array | Int32Array;
	readonly size: number;
	/** Some rows are in no group. */
	readonly partial?: boolean;
	/** The text of `row`'s group, where that needs no `keys`. */
	readonly write?: (scope: Scope) => string;
	/** Groups that were told apart by none yet. */
	readonly later?: LaterGroups;
}

/** Numbers kept for a group, in places that follow one another. */
interface Kept {
	readonly place: number;
	readonly start: number;
}

const MOMENTS = new Set(
	'sum mean average variance variancep stdev stdevp min max any valid invalid'.split(' ')
);
const APART = new Set(['distinct', 'median', 'quantile']);
const isLooped = ({ name, fields }: Op): boolean =>
	name === 'count' || (fields.length > 0 && MOMENTS.has(name));
/** Codes that a loop meets itself, though they be more than its rows. */
const MOST_APART = 1024;

export function groupingOf(table: ColumnTable): Grouping | null {
	const groups = table.groups() as unknown as Grouping | null;
	const later = groups && laterGroupsOf(groups);
	if (!groups || !later) return groups;
	// `keys` and `size` are found when they are read.
	return {
		get keys() {
			return groups.keys;
		},
		get size() {
			return groups.size;
		},
		write: (scope) => later.write(scope),
		later
	};
}

/** Results of each aggregate (by its place in `ops`) for each group; one where there are no groups. */
export function aggregates(
	table: ColumnTable,
	ops: readonly Op[],
	grouping: Grouping | null = groupingOf(table),
	rows: Rows = orderedRowsOf(table)
): unknown[][] {
	const sum = grouping ? null : sumAlone(table, ops, rows);
	return sum === null ? manyAggregates(table, ops, grouping, rows) : [[sum]];
}

/** A sum of numbers that are all there takes no counting; null where that is not what is asked. */
function sumAlone(table: ColumnTable, ops: readonly Op[], rows: Rows): number | null {
	const [op, ...more] = ops;
	const [field] = op?.fields ?? [];
	if (op?.name !== 'sum' || !field || more.length || rows.count === 0) return null;
	const scope = new Scope();
	const { code, gives } = new Writer(table, scope, rows).write(field);
	if (gives !== 'number') return null;
	const sum = scope.run(`let s=0;${eachRow(rows, scope, `s+=${code};`)}return s;`) as number;
	// NaN: some may be missing, or infinities met.
	return Number.isNaN(sum) ? null : sum;
}

function manyAggregates(
	table: ColumnTable,
	ops: readonly Op[],
	grouping: Grouping | null,
	rows: Rows
): unknown[][] {
	const results: unknown[][] = [];
	const later = grouping?.later;
	const meets =
		later?.awaits(rows) === true &&
		later.codes.size <= Math.max(MOST_APART, rows.count) &&
		ops.every((op) => isLooped(op));
	const loop = new Aggregation(table, grouping, rows, meets ? later : null);
	for (const [i, op] of ops.entries()) {
		const [field] = op.fields;
		if (isLooped(op)) loop.add(op, (made) => (results[i] = made));
		else if (field && APART.has(op.name)) results[i] = apart(table, op, field, grouping, rows);
		else if (grouping?.partial) throw new RangeError(`${op.name} of some of the rows`);
		else results[i] = byArquero(table, op);
	}
	loop.run();
	return results;
}

function apart(
	table: ColumnTable,
	op: Op,
	field: Node,
	grouping: Grouping | null,
	rows: Rows
): unknown[] {
	if (op.name === 'distinct') return countDistinct(table, field, grouping, rows);
	const share = op.name === 'median' ? 0.5 : Number(op.params[0]);
	const made = share > 0 && share < 1 ? quantiles(table, field, share, grouping, rows) : null;
	if (!made && grouping?.partial) throw new RangeError(`${op.name} of some of the rows`);
	return made ?? byArquero(table, op);
}

function byArquero(table: ColumnTable, op: Op): unknown[] {
	const params = table.params() ?? {};
	const fields = op.fields.map((field) => compile.expr(codeOf(field), params));
	const [result] = aggregate(table, [{ ...op, id: 0, fields }]);
	return result as unknown[];
}

class Aggregation {
	readonly #scope = new Scope();
	readonly #writer: Writer;
	readonly #grouping: Grouping | null;
	readonly #rows: Rows;
	/** Groups that this loop tells apart itself; its places are then those of their codes. */
	readonly #later: LaterGroups | null;
	readonly #places: number;
	/** Of the groups met, the first rows and the codes. */
	readonly #first: number[] = [];
	readonly #codes: number[] = [];
	readonly #kept: Kept[] = [];
	readonly #texts: string[] = [];
	readonly #finish: ((numbers: Float64Array, stride: number) => void)[] = [];
	/** Steps of each field, by its text. */
	readonly #fields = new Map<string, Field>();
	#count: Kept | null = null;

	constructor(
		table: ColumnTable,
		grouping: Grouping | null,
		rows: Rows,
		later: LaterGroups | null
	) {
		this.#grouping = grouping;
		this.#rows = rows;
		this.#later = later;
		this.#places = later ? later.codes.size : grouping ? grouping.size : 1;
		this.#writer = new Writer(table, this.#scope, rows);
		if (later) this.#counted();
	}

	keep(start = 0): Kept {
		const kept = { place: this.#kept.length, start };
		this.#kept.push(kept);
		return kept;
	}
	/** The text of a kept number: of the row's group, or a local where there is one group. */
	text({ place }: Kept): string {
		return this.#grouping ? `S[o+${place}]` : `s${place}`;
	}
	/** A list of one value a group, for what may not be a number. */
	list(): { values: unknown[]; text: string } {
		const values = new Array<unknown>(this.#places);
		return { values, text: `${this.#scope.bind(values, 'list')}[${this.#grouping ? 'g' : 0}]` };
	}

	#counted(): Kept {
		if (!this.#count) {
			this.#count = this.keep();
			const count = `${this.text(this.#count)}++`;
			const met = (list: number[], what: string): string =>
				`${this.#scope.bind(list, what)}.push(${what});`;
			this.#texts.push(
				this.#later
					? `if(${count}===0){${met(this.#first, 'row')}${met(this.#codes, 'g')}}`
					: `${count};`
			);
		}
		return this.#count;
	}

	add(op: Op, take: (results: unknown[]) => void): void {
		const [node] = op.fields;
		const each = (value: (numbers: Float64Array, at: number, place: number) => unknown): void => {
			this.#finish.push((numbers, stride) => {
				const codes = this.#later ? this.#codes : null;
				const results = new Array<unknown>(codes ? codes.length : this.#places);
				for (let group = 0; group < results.length; group++) {
					const place = codes ? (codes[group] as number) : group;
					results[group] = value(numbers, place * stride, place);
				}
				take(results);
			});
		};
		if (!node) {
			const { place } = this.#counted();
			each((numbers, at) => numbers[at + place]);
			return;
		}
		const code = codeOf(node);
		let field = this.#fields.get(code);
		if (!field) {
			field = new Field(this, this.#writer.write(node), this.#fields.size);
			this.#fields.set(code, field);
		}
		const valid = field.valid.place;
		const some =
			(value: (numbers: Float64Array, at: number, place: number) => unknown, least = 1) =>
			(numbers: Float64Array, at: number, place: number): unknown =>
				(numbers[at + valid] as number) < least ? undefined : value(numbers, at, place);
		switch (op.name) {
			case 'valid':
				return each((numbers, at) => numbers[at + valid]);
			case 'invalid': {
				const { place } = this.#counted();
				return each(
					(numbers, at) => (numbers[at + place] as number) - (numbers[at + valid] as number)
				);
			}
			case 'sum': {
				const { place } = field.sum();
				return each(some((numbers, at) => numbers[at + place]));
			}
			case 'mean':
			case 'average': {
				const { place } = field.mean();
				return each(some((numbers, at) => numbers[at + place]));
			}
			case 'min':
			case 'max':
			case 'any': {
				const read = field.one(op.name);
				return each(some(read));
			}
			default: {
				const { place } = field.deviation();
				const less = op.name.endsWith('p') ? 0 : 1;
				const root = op.name.startsWith('stdev') ? Math.sqrt : (square: number): number => square;
				each(
					some(
						(numbers, at) =>
							root((numbers[at + place] as number) / ((numbers[at + valid] as number) - less)),
						2
					)
				);
			}
		}
	}

	run(): void {
		if (this.#finish.length === 0) return;
		const stride = this.#kept.length;
		const numbers = new Float64Array(stride * this.#places);
		const body = `${this.#texts.join('')}${[...this.#fields.values()].map((field) => field.body).join('')}`;
		const scope = this.#scope;
		const grouping = this.#grouping;
		const kept = scope.bind(numbers, 'S');
		if (grouping) {
			const code =
				this.#later?.codes.write(scope) ??
				grouping.write?.(scope) ??
				`${scope.array(grouping.keys)}[row]`;
			const group = `const g=${code};${grouping.partial ? 'if(g<0)continue;' : ''}const o=g*${stride};`;
			scope.run(`const S=${kept};${eachRow(this.#rows, scope, group + body)}`);
		} else {
			const locals = this.#kept.map(({ place }) => `let s${place}=0;`).join('');
			const out = this.#kept.map(({ place }) => `${kept}[${place}]=s${place};`).join('');
			scope.run(`${locals}${eachRow(this.#rows, scope, body)}${out}`);
		}
		this.#later?.meet(this.#first, this.#codes);
		for (const finish of this.#finish) finish(numbers, stride);
	}
}

/** What is kept of the values of one field. */
class Field {
	readonly valid: Kept;
	readonly #loop: Aggregation;
	readonly #written: Written;
	readonly #value: string;
	readonly #steps: string[] = [];
	#sum: Kept | null = null;
	#mean: Kept | null = null;
	#deviation: Kept | null = null;
	readonly #ones = new Map<string, (numbers: Float64Array, at: number, place: number) => unknown>();

	constructor(loop: Aggregation, written: Written, number: number) {
		this.#loop = loop;
		this.#written = written;
		this.#value = `v${number}`;
		this.valid = loop.keep();
	}

	get #isNumber(): boolean {
		return this.#written.gives === 'number' || this.#written.gives === 'gapped';
	}

	/** The steps of a row whose value is there, in the order that Arquero takes them. */
	get body(): string {
		const v = this.#value;
		const there = this.#written.gives === 'number' ? `${v}===${v}` : `${v}!=null&&${v}===${v}`;
		const count = `const n=++${this.#loop.text(this.valid)};`;
		return `{const ${v}=${this.#written.code};if(${there}){${count}${this.#steps.join('')}}}`;
	}

	sum(): Kept {
		if (!this.#sum) {
			this.#sum = this.#loop.keep();
			this.#steps.push(`${this.#loop.text(this.#sum)}+=+${this.#value};`);
		}
		return this.#sum;
	}
	mean(): Kept {
		if (!this.#mean) {
			this.#mean = this.#loop.keep();
			const mean = this.#loop.text(this.#mean);
			this.#steps.push(`const d=${this.#value}-${mean};${mean}+=d/n;`);
		}
		return this.#mean;
	}
	deviation(): Kept {
		if (!this.#deviation) {
			const mean = this.#loop.text(this.mean());
			this.#deviation = this.#loop.keep();
			this.#steps.push(`${this.#loop.text(this.#deviation)}+=d*(${this.#value}-${mean});`);
		}
		return this.#deviation;
	}
	/** The least, the greatest, or the first. */
	one(name: 'min' | 'max' | 'any'): (numbers: Float64Array, at: number, place: number) => unknown {
		const found = this.#ones.get(name);
		if (found) return found;
		const v = this.#value;
		const beats = (kept: string): string =>
			name === 'any' ? '' : `||${v}${name === 'min' ? '<' : '>'}${kept}`;
		let read;
		if (this.#isNumber) {
			const kept = this.#loop.keep();
			const text = this.#loop.text(kept);
			this.#steps.push(`if(n===1${beats(text)})${text}=${v};`);
			read = (numbers: Float64Array, at: number): unknown => numbers[at + kept.place];
		} else {
			const { values, text } = this.#loop.list();
			this.#steps.push(`if(n===1${beats(text)})${text}=${v};`);
			read = (_numbers: Float64Array, _at: number, place: number): unknown => values[place];
		}
		this.#ones.set(name, read);
		return read;
	}
}
