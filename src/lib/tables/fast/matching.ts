/**
 * Which rows of two tables have equal keys. The rows of one side are listed by their keys' codes; those of the other are
 * turned into the same codes: a dictionary's values once each, numbers by a table of codes.
 */
import type { ColumnTable } from 'arquero';
import { Scope } from './compiled.ts';
import { Writer } from './expression.ts';
import { insidesOf } from './fast-column.ts';
import { ValueIds } from './key-codes.ts';
import { NumberIds } from './number-ids.ts';
import type { Node } from './parsed.ts';
import { eachRow, type Rows } from './rows.ts';

/** Rows of a table, and the expressions that are its keys. */
export interface Side {
	readonly table: ColumnTable;
	readonly nodes: readonly Node[];
	readonly rows: Rows;
}

/** Rows listed by the codes of their keys. */
export interface Listed {
	/** Keys' codes are below. */
	readonly size: number;
	/** Code of each backing row of the listed side; -1: it matches nothing. */
	readonly listed: Int32Array;
	/** The text of the code of a row of the other side; -1: it matches nothing. */
	readonly write: (scope: Scope) => string;
}

/** @param least the side whose keys are listed: the smaller one */
export function matched(least: Side, other: Side): Listed {
	let made: Listed | null = null;
	for (const [i, node] of least.nodes.entries()) {
		const one = matchedKey(least, node, other, other.nodes[i] as Node);
		made = made ? both(made, one, least.rows) : one;
	}
	if (!made) throw new RangeError('no key');
	return made;
}

/** Values of one side numbered, and what becomes of the other's. */
function matchedKey(least: Side, node: Node, other: Side, otherNode: Node): Listed {
	const scope = new Scope();
	const written = new Writer(least.table, scope, least.rows).write(node);
	const listed = new Int32Array(least.rows.total).fill(-1);
	const out = scope.bind(listed, 'out');
	const numeric = ({ table, rows }: Side, key: Node): string | null => {
		const asked = new Writer(table, new Scope(), rows);
		const { gives } = asked.write(key);
		return gives === 'number' || gives === 'gapped' ? gives : asked.timeOf(key) ? 'time' : null;
	};
	const [mine, theirs] = [numeric(least, node), numeric(other, otherNode)];
	if (mine && theirs) return numbers(least, node, other, otherNode, listed);
	const coded = codesOf(other, otherNode);
	const ids = new ValueIds();
	const id = scope.bind(ids, 'ids');
	scope.run(
		eachRow(least.rows, scope, `const v=${written.code};if(v!=null&&v===v)${out}[row]=${id}.id(v);`)
	);
	if (coded) {
		// Each distinct value is looked up once.
		const codes = Int32Array.from(coded.values, (value) =>
			value === null || value === undefined ? -1 : ids.id(value, false)
		);
		return {
			size: ids.size,
			listed,
			write: (made) => `${made.array(codes, 'codes')}[${made.array(coded.codes)}[row]]`
		};
	}
	return {
		size: ids.size,
		listed,
		write: (made) => {
			const { code } = new Writer(other.table, made, other.rows).write(otherNode);
			return `((v)=>v==null||v!==v?-1:${made.bind(ids, 'ids')}.id(v,false))(${code})`;
		}
	};
}

function codesOf(
	{ table }: Side,
	node: Node
): Extract<ReturnType<typeof insidesOf>, { kind: 'coded' }> | null {
	if (node.type !== 'Column') return null;
	const made = insidesOf(table.data()[String(node.name) as never]);
	return made?.kind === 'coded' ? made : null;
}

/** Numbers, or dates as their times: a table by value where they are whole and near each other. */
function numbers(
	least: Side,
	node: Node,
	other: Side,
	otherNode: Node,
	listed: Int32Array
): Listed {
	const scope = new Scope();
	const code = timed(least, node, scope);
	const ids = new NumberIds();
	const range = new Float64Array(2);
	const whole = scope.run(
		`let min=Infinity,max=-Infinity,whole=true;${eachRow(least.rows, scope, `const v=${code};if(v===null||v!==v)continue;if((v|0)!==v)whole=false;if(v<min)min=v;if(v>max)max=v;${scope.bind(listed, 'out')}[row]=${scope.bind(ids, 'ids')}.id(v);`)}${scope.bind(range, 'range')}[0]=min;${scope.bind(range, 'range')}[1]=max;return whole;`
	);
	const [min, max] = range as unknown as [number, number];
	const span = max - min + 1;
	if (whole === true && span > 0 && span <= Math.max(1 << 20, least.rows.count * 4)) {
		const codes = new Int32Array(span + 1).fill(-1);
		const back = new Scope();
		const value = timed(least, node, back);
		back.run(
			eachRow(
				least.rows,
				back,
				`const v=${value};if(v===null||v!==v)continue;${back.bind(codes, 'codes')}[v-${back.bind(min, 'min')}]=${back.bind(listed, 'listed')}[row];`
			)
		);
		return {
			size: ids.size,
			listed,
			write: (made) =>
				// Out of the table, or between whole numbers, there is nothing: the place before its end.
				`((v)=>{const at=v-(${made.bind(min, 'min')});return at>=0&&at<${span}&&(at|0)===at?${made.bind(codes, 'codes')}[at]:-1;})(${nullAsNaN(other, otherNode, made)})`
		};
	}
	return {
		size: ids.size,
		listed,
		write: (made) =>
			`((v)=>v!==v?-1:${made.bind(ids, 'ids')}.id(v,false))(${nullAsNaN(other, otherNode, made)})`
	};
}

function timed({ table, rows }: Side, node: Node, scope: Scope): string {
	const writer = new Writer(table, scope, rows);
	return writer.timeOf(node) ?? writer.write(node).code;
}

function nullAsNaN({ table, rows }: Side, node: Node, scope: Scope): string {
	const writer = new Writer(table, scope, rows);
	const time = writer.timeOf(node);
	const { code, gives } = time === null ? writer.write(node) : { code: time, gives: 'gapped' };
	if (gives === 'number') return code;
	// A column's own text says where it is missing.
	return /^\([^()]*:null\)$/.test(code)
		? code.replace(/:null\)$/, ':NaN)')
		: `((v)=>v===null?NaN:v)(${code})`;
}

/** Two keys as one: numbered again by the rows that are listed. */
function both(one: Listed, two: Listed, rows: Rows): Listed {
	const size = one.size * two.size;
	const listed = new Int32Array(rows.total).fill(-1);
	const ids = new NumberIds();
	const small = size <= Math.max(1 << 22, rows.count * 4);
	const table = small ? new Int32Array(Math.max(1, size)).fill(-1) : null;
	for (let row = 0; row < rows.total; row++) {
		const [a, b] = [one.listed[row] as number, two.listed[row] as number];
		if (a < 0 || b < 0) continue;
		const id = ids.id(a * two.size + b);
		listed[row] = id;
		if (table) table[a * two.size + b] = id;
	}
	return {
		size: ids.size,
		listed,
		write: (scope) => {
			const find = table
				? `${scope.bind(table, 'pairs')}[a*${two.size}+b]`
				: `${scope.bind(ids, 'ids')}.id(a*${two.size}+b,false)`;
			return `((a,b)=>a<0||b<0?-1:${find})(${one.write(scope)},${two.write(scope)})`;
		}
	};
}
