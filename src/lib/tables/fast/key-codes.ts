/**
 * What rows are grouped, joined or counted by, as small whole numbers: a dictionary's codes as they are, whole numbers
 * by their distance to the least, anything else numbered by first appearance. Equal codes are equal keys, in Arquero's
 * sense: -0 and 0 are one key, null and undefined are two, a date is its time.
 */
import type { ColumnTable } from 'arquero';
import { key } from 'arquero/src/util/key-function.js';
import { Scope } from './compiled.ts';
import { daysOf } from './days.ts';
import { fewValuesOf, Writer, type FewValues, type Written } from './expression.ts';
import { insidesOf, type Codes, type Timed } from './fast-column.ts';
import { NumberIds } from './number-ids.ts';
import type { Node } from './parsed.ts';
import { eachRow, type Rows } from './rows.ts';

export interface KeyCodes {
	/** Codes are below. */
	readonly size: number;
	/** Those that stand for null, undefined or NaN. */
	readonly missing: readonly number[];
	/** The text of `row`'s code. */
	readonly write: (scope: Scope) => string;
}

/** How large a table of codes may be beside the rows that it is for. */
export const mostCodes = ({ count }: Rows): number =>
	Math.min(1 << 24, Math.max(1 << 16, count * 4));

const ofArray = (codes: Codes, size: number, missing: readonly number[]): KeyCodes => ({
	size,
	missing,
	write: (scope) => `${scope.array(codes)}[row]`
});

const isMissing = (value: unknown): boolean =>
	value === null || value === undefined || value !== value;

const missingOf = (values: readonly unknown[]): number[] =>
	values.flatMap((value, code) => (isMissing(value) ? [code] : []));

/** Codes of what the expression gives for these rows. */
export function keyCodes(table: ColumnTable, node: Node, rows: Rows): KeyCodes {
	if (node.type === 'Column') {
		const column: unknown = table.data()[String(node.name) as never];
		const made = insidesOf(column);
		if (made?.kind === 'coded')
			return ofArray(made.codes, made.values.length, missingOf(made.values));
		const days = made?.kind === 'timed' ? daysOf(made) : null;
		if (made?.kind === 'timed' && days && days.count < mostCodes(rows))
			return {
				size: days.count + (made.valid ? 1 : 0),
				missing: made.valid ? [days.count] : [],
				write: days.write
			};
		if (made?.kind === 'timed') return numberCodes(timeOf(made), rows);
	}
	const few = fewValuesOf(table, node);
	if (few) {
		const { length } = few.values;
		const every: Rows = { total: length, count: length, index: null, words: null };
		const found = valueCodes(table, node, every, few);
		return {
			size: found.size,
			missing: found.missing,
			write: (made) => `${made.array(found.codes)}[${few.write(made)}]`
		};
	}
	const scope = new Scope();
	const { gives } = new Writer(table, scope, rows).write(node);
	if (gives === 'number' || gives === 'gapped') {
		if (node.type === 'Column')
			return numberCodes((made) => new Writer(table, made, rows).write(node), rows);
		return numberCodes(evaluated(table, node, rows), rows);
	}
	if (gives === 'boolean')
		return {
			size: 2,
			missing: [],
			write: (made) => `(${new Writer(table, made, rows).write(node).code}?1:0)`
		};
	const { codes, size, missing } = valueCodes(table, node, rows, null);
	return ofArray(codes, size, missing);
}

type Write = (scope: Scope) => Written;

/** Days are counted in days: whole numbers that are near each other. */
const timeOf =
	({ values, valid }: Timed): Write =>
	(scope) => {
		const value = `${scope.array(values)}[row]`;
		return valid
			? { code: `(${scope.array(valid)}[row]===1?${value}:null)`, gives: 'gapped' }
			: { code: value, gives: 'number' };
	};

/** An expression's numbers, found once for the several loops that read them. */
function evaluated(table: ColumnTable, node: Node, rows: Rows): Write {
	const scope = new Scope();
	const { code, gives } = new Writer(table, scope, rows).write(node);
	const values = new Float64Array(rows.total);
	const out = scope.bind(values, 'out');
	if (gives === 'number') {
		scope.run(eachRow(rows, scope, `${out}[row]=${code};`));
		return (made) => ({ code: `${made.array(values)}[row]`, gives });
	}
	const valid = new Uint8Array(rows.total);
	const ok = scope.bind(valid, 'ok');
	scope.run(eachRow(rows, scope, `const v=${code};if(v!==null){${out}[row]=v;${ok}[row]=1;}`));
	return (made) => ({
		code: `(${made.array(valid)}[row]===1?${made.array(values)}[row]:null)`,
		gives
	});
}

function numberCodes(write: Write, rows: Rows): KeyCodes {
	const scope = new Scope();
	const { code, gives } = write(scope);
	const range = new Float64Array(2);
	const out = scope.bind(range, 'range');
	const skip = gives === 'gapped' ? 'if(v===null)continue;' : '';
	// Arrays of whole numbers need not be looked through for others.
	const sure = /^_[iu]\d+_\d+\[row\]$/.test(code);
	const start = sure ? 'min=4294967295,max=-2147483648' : 'min=Infinity,max=-Infinity';
	const broken = sure ? '' : 'if((v|0)!==v)return false;';
	const whole = scope.run(
		`let ${start};${eachRow(rows, scope, `const v=${code};${skip}${broken}if(v<min)min=v;if(v>max)max=v;`)}${out}[0]=min;${out}[1]=max;return min<=max;`
	);
	const [least, most] = range as unknown as [number, number];
	const span = most - least + 1;
	if (whole === true && span <= mostCodes(rows)) {
		const coded = (made: Scope): string => `-(${made.bind(least, 'least')})|0`;
		return {
			size: gives === 'gapped' ? span + 1 : span,
			missing: gives === 'gapped' ? [span] : [],
			write: (made) => {
				const { code } = write(made);
				if (gives !== 'gapped') return `(${code}${coded(made)})`;
				const at = /^\((.*)===1\?(.*):null\)$/s.exec(code);
				return at
					? `(${at[1]}===1?${at[2]}${coded(made)}:${span})`
					: `((v)=>v===null?${span}:v${coded(made)})(${code})`;
			}
		};
	}
	return numbered(write, rows);
}

/** Numbers of any size, by first appearance. */
export function numbered(write: Write, rows: Rows): KeyCodes {
	const scope = new Scope();
	const { code, gives } = write(scope);
	const ids = new NumberIds();
	const codes = new Int32Array(rows.total);
	const out = scope.bind(codes, 'out');
	// NaN, then null, after all numbers: their codes are known once these are.
	const odd = `if(v!==v){${out}[row]=-1;continue;}${gives === 'gapped' ? `if(v===null){${out}[row]=-2;continue;}` : ''}`;
	scope.run(
		`${eachRow(rows, scope, `const v=${code};${odd}${out}[row]=${scope.bind(ids, 'ids')}.id(v);`)}`
	);
	const { size } = ids;
	for (let row = 0; row < codes.length; row++)
		if ((codes[row] as number) < 0) codes[row] = size - 1 - (codes[row] as number);
	return ofArray(codes, size + 2, [size, size + 1]);
}

/** Values of any kind, by first appearance. */
function valueCodes(
	table: ColumnTable,
	node: Node,
	rows: Rows,
	few: FewValues | null
): { codes: Int32Array; size: number; missing: number[] } {
	const scope = new Scope();
	const writer = new Writer(table, scope, rows);
	if (few) writer.byCode(few);
	const { code } = writer.write(node);
	const codes = new Int32Array(rows.total);
	const ids = new ValueIds();
	const out = scope.bind(codes, 'out');
	scope.run(eachRow(rows, scope, `${out}[row]=${scope.bind(ids, 'ids')}.id(${code});`));
	return { codes, size: ids.size, missing: ids.missing };
}

/** Values numbered by first appearance. */
export class ValueIds {
	size = 0;
	readonly missing: number[] = [];
	readonly #texts = new Map<string, number>();
	readonly #others = new Map<string, number>();

	/** @param make whether to number a value that has no number: -1 otherwise */
	id(value: unknown, make = true): number {
		if (typeof value === 'string') return this.#in(this.#texts, value, value, make);
		// A big integer is one group with the number that it equals, but another value; so is an invalid date, of NaN.
		if (typeof value === 'bigint' || (value instanceof Date && Number.isNaN(+value)))
			throw new RangeError('a key for Arquero alone');
		return this.#in(this.#others, String(key(value)), value, make);
	}

	#in(map: Map<string, number>, text: string, value: unknown, make: boolean): number {
		let id = map.get(text);
		if (id === undefined) {
			if (!make) return -1;
			id = this.size++;
			map.set(text, id);
			if (isMissing(value)) this.missing.push(id);
		}
		return id;
	}
}

/** Several keys as one. */
export function combined(parts: readonly KeyCodes[], rows: Rows): KeyCodes {
	const [first, ...more] = parts;
	if (!first) throw new RangeError('no key');
	let made = first;
	for (const part of more) {
		if (made.size * part.size > mostCodes(rows)) made = compact(made, rows);
		const before = made;
		const joined: KeyCodes = {
			size: before.size * part.size,
			missing: [],
			write: (scope) => `(${before.write(scope)}*${part.size}+${part.write(scope)})`
		};
		made =
			joined.size <= mostCodes(rows)
				? joined
				: numbered((scope) => ({ code: joined.write(scope), gives: 'number' }), rows);
	}
	return made;
}

/** The codes that rows have, with none between them that no row has. */
function compact(codes: KeyCodes, rows: Rows): KeyCodes {
	const scope = new Scope();
	const made = new Int32Array(rows.total);
	const slots = scope.bind(new Int32Array(codes.size), 'slots');
	const size = scope.run(
		`let size=0;${eachRow(rows, scope, `const c=${codes.write(scope)};let s=${slots}[c];if(s===0){s=++size;${slots}[c]=s;}${scope.bind(made, 'out')}[row]=s-1;`)}return size;`
	) as number;
	return ofArray(made, size, []);
}
