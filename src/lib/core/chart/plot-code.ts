/**
 * The part of a chart's source that the panel writes, as data: literals, lists, objects, calls of `Plot`, and a few
 * small functions. It is printed as source and run without eval by the same module, so that both say the same.
 */

export type Code =
	| string
	| number
	| boolean
	| null
	| readonly Code[]
	| CodeObject
	| Call
	| Name
	| Constant
	| Bands
	| Gathered
	| Listed
	| RunningStart
	| Rounded
	| RegionPlace
	| Identity
	| Unknown;

/** Without a prototype: keys may come from a source. */
export interface CodeObject {
	readonly [key: string]: Code;
}

/** `Plot.fn(…)`. */
export class Call {
	readonly fn: string;
	readonly args: readonly Code[];
	constructor(fn: string, args: readonly Code[]) {
		this.fn = fn;
		this.args = args;
	}
}

/** A name of the notebook: the table. */
export class Name {
	readonly name: string;
	constructor(name: string) {
		this.name = name;
	}
}

/** `() => "text"`: a category that every row has. */
export class Constant {
	readonly text: string;
	constructor(text: string) {
		this.text = text;
	}
}

/** Which band a number falls in: `labels[0]` up to the first threshold, and so on; the last above all of them. */
export class Bands {
	readonly column: string;
	readonly thresholds: readonly number[];
	/** One more than thresholds. */
	readonly labels: readonly string[];
	constructor(column: string, thresholds: readonly number[], labels: readonly string[]) {
		this.column = column;
		this.thresholds = thresholds;
		this.labels = labels;
	}
}

/** The category of a row, where it is one of those kept; else the name of all others. None stays none. */
export class Gathered {
	readonly column: string;
	readonly keep: readonly (string | number)[];
	readonly rest: string;
	constructor(column: string, keep: readonly (string | number)[], rest: string) {
		this.column = column;
		this.keep = keep;
		this.rest = rest;
	}
}

/** Whether a row's category is in a list (`includes`), or where (`indexOf`). */
export class Listed {
	readonly how: 'includes' | 'indexOf';
	readonly column: string;
	readonly list: readonly (string | number)[];
	constructor(how: 'includes' | 'indexOf', column: string, list: readonly (string | number)[]) {
		this.how = how;
		this.column = column;
		this.list = list;
	}
}

/** What was there before each value, the sum of those before it. */
export class RunningStart {
	readonly kind = 'running-start';
}

/** Numbers with one decimal at most. */
export class Rounded {
	readonly kind = 'rounded';
}

/** Where a region's tile lies, by its official name. */
export class RegionPlace {
	readonly places: readonly (readonly [region: string, place: number])[];
	constructor(places: readonly (readonly [region: string, place: number])[]) {
		this.places = places;
	}
}

/** `d => d`: what is drawn is the value itself. */
export class Identity {
	readonly kind = 'identity';
}

/** What only code can say. */
export class Unknown {
	readonly kind = 'unknown';
}

export const UNKNOWN = new Unknown();
export const IDENTITY = new Identity();
export const ROUNDED = new Rounded();
export const RUNNING_START = new RunningStart();

/** The entries that are there, in their order. */
export function objectOf(entries: Readonly<Record<string, Code | undefined>>): CodeObject {
	const out = Object.create(null) as Record<string, Code>;
	for (const [key, value] of Object.entries(entries)) if (value !== undefined) out[key] = value;
	return out;
}

export const isList = (code: Code | undefined): code is readonly Code[] => Array.isArray(code);

export const isObject = (code: Code | undefined): code is CodeObject =>
	typeof code === 'object' &&
	code !== null &&
	!isList(code) &&
	[null, Object.prototype].includes(Object.getPrototypeOf(code) as object | null);

export function sameCode(a: Code | undefined, b: Code | undefined): boolean {
	if (a === b) return !(a instanceof Unknown);
	if (a === undefined || b === undefined) return false;
	if (isList(a)) return isList(b) && a.length === b.length && a.every((x, i) => sameCode(x, b[i]));
	if (a instanceof Call) return b instanceof Call && a.fn === b.fn && sameCode(a.args, b.args);
	if (isObject(a)) {
		if (!isObject(b)) return false;
		const [keys, others] = [Object.keys(a), Object.keys(b)];
		return (
			keys.length === others.length && keys.every((key) => key in b && sameCode(a[key], b[key]))
		);
	}
	if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return false;
	if (a instanceof Unknown || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	return printCode(a) === printCode(b);
}

// ---------------------------------------------------------------- as source

const LINE = 100;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** As JSON, with what would end a line in older readers escaped. */
export const quoted = (text: string): string =>
	JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) =>
		sign === '\u2028' ? '\\u2028' : '\\u2029'
	);

const printKey = (key: string): string =>
	IDENTIFIER.test(key) && key !== '__proto__'
		? key
		: key === '__proto__'
			? '["__proto__"]'
			: quoted(key);

const member = (column: string): string =>
	IDENTIFIER.test(column) ? `d.${column}` : `d[${quoted(column)}]`;

function inline(code: Code): string {
	if (typeof code === 'string') return quoted(code);
	if (typeof code === 'number') return Object.is(code, -0) ? '0' : String(code);
	if (typeof code === 'boolean' || code === null) return String(code);
	if (isList(code)) return `[${code.map(inline).join(', ')}]`;
	if (code instanceof Call) return `Plot.${code.fn}(${code.args.map(inline).join(', ')})`;
	if (code instanceof Name) return code.name;
	if (code instanceof Constant) return `() => ${quoted(code.text)}`;
	if (code instanceof Identity) return 'd => d';
	if (code instanceof RunningStart)
		return 'values => values.map((_, i) => values.slice(0, i).reduce((sum, value) => sum + value, 0))';
	if (code instanceof Rounded)
		return 'values => values.map(value => value == null ? value : Math.round(value * 10) / 10)';
	if (code instanceof RegionPlace)
		return `region => ({${code.places.map(([name, place]) => `${printKey(name)}: ${place}`).join(', ')}})[region]`;
	if (code instanceof Bands) {
		const of = member(code.column);
		const tests = code.thresholds.map(
			(limit, at) => `${of} <= ${inline(limit)} ? ${quoted(code.labels[at] ?? '')} : `
		);
		return `d => ${of} == null ? null : ${tests.join('')}${quoted(code.labels.at(-1) ?? '')}`;
	}
	if (code instanceof Gathered) {
		const of = member(code.column);
		return `d => ${of} == null || ${inline(code.keep)}.includes(${of}) ? ${of} : ${quoted(code.rest)}`;
	}
	if (code instanceof Listed)
		return `d => ${inline(code.list)}.${code.how}(${member(code.column)})`;
	if (code instanceof Unknown) return 'undefined';
	return `{${Object.entries(code)
		.map(([key, value]) => `${printKey(key)}: ${inline(value)}`)
		.join(', ')}}`;
}

/** Readable source: on one line where it fits, else a line an entry. `depth`: how far in its first line stands. */
export function printCode(code: Code, depth = 0): string {
	const flat = inline(code);
	if (flat.length + depth * 2 <= LINE) return flat;
	const pad = '  '.repeat(depth + 1);
	const end = '  '.repeat(depth);
	const block = (open: string, parts: readonly string[], close: string) =>
		parts.length
			? `${open}\n${parts.map((part) => pad + part).join(',\n')}\n${end}${close}`
			: open + close;
	if (isList(code)) {
		const simple = code.every((item) => typeof item !== 'object' || item === null);
		if (simple) return flat;
		return block(
			'[',
			code.map((item) => printCode(item, depth + 1)),
			']'
		);
	}
	if (code instanceof Call) {
		const last = code.args.at(-1);
		const head = code.args.slice(0, -1).map(inline).join(', ');
		// The last argument is what is long: its own lines follow the call's.
		if (last !== undefined && head.length + depth * 2 < LINE - 20)
			return `Plot.${code.fn}(${head ? `${head}, ` : ''}${printCode(last, depth)})`;
		return block(
			`Plot.${code.fn}(`,
			code.args.map((arg) => printCode(arg, depth + 1)),
			')'
		);
	}
	if (isObject(code))
		return block(
			'{',
			Object.entries(code).map(
				([key, value]) => `${printKey(key)}: ${printCode(value, depth + 1)}`
			),
			'}'
		);
	return flat;
}

export const printEntry = (key: string, value: Code, depth: number): string =>
	`${printKey(key)}: ${printCode(value, depth)}`;

// ---------------------------------------------------------------- run

/** The members of Observable Plot that a chart calls. */
export type PlotNamespace = Readonly<Record<string, unknown>>;

/** The value of the code, its table given. Throws what Plot throws. */
export function runCode(code: Code, plot: PlotNamespace, table: unknown): unknown {
	if (typeof code !== 'object' || code === null) return code;
	if (isList(code)) return code.map((item) => runCode(item, plot, table));
	if (code instanceof Name) return table;
	if (code instanceof Identity) return (value: unknown) => value;
	if (code instanceof Constant) return () => code.text;
	if (code instanceof Unknown) return undefined;
	if (code instanceof RunningStart)
		return (values: number[]) =>
			values.map((_, i) => values.slice(0, i).reduce((sum, value) => sum + value, 0));
	if (code instanceof Rounded)
		return (values: readonly (number | null | undefined)[]) =>
			values.map((value) => (value == null ? value : Math.round(value * 10) / 10));
	if (code instanceof RegionPlace) {
		const places = new Map(code.places);
		return (region: string) => places.get(region);
	}
	if (code instanceof Bands) {
		const { column, thresholds, labels } = code;
		return (row: Readonly<Record<string, number | null | undefined>>) => {
			const value = row[column];
			if (value == null) return null;
			const at = thresholds.findIndex((limit) => value <= limit);
			return at < 0 ? labels.at(-1) : labels[at];
		};
	}
	if (code instanceof Gathered) {
		const { column, keep, rest } = code;
		const kept = new Set<unknown>(keep);
		return (row: Readonly<Record<string, unknown>>) => {
			const value = row[column];
			return value == null || kept.has(value) ? value : rest;
		};
	}
	if (code instanceof Listed) {
		const { how, column, list } = code;
		const values: readonly unknown[] = list;
		return (row: Readonly<Record<string, unknown>>) => values[how](row[column]);
	}
	if (code instanceof Call) {
		const call = plot[code.fn];
		if (typeof call !== 'function') throw new TypeError(`Plot.${code.fn} is not a function`);
		return (call as (...args: unknown[]) => unknown)(
			...code.args.map((arg) => runCode(arg, plot, table))
		);
	}
	return Object.fromEntries(
		Object.entries(code).map(([key, value]) => [key, runCode(value, plot, table)])
	);
}
