/** `filter`: one loop that writes the bits of the rows to keep, a word at a time. */
import type { ColumnTable } from 'arquero';
import type { BitSet } from 'arquero/src/table/BitSet.js';
import { CountedBits } from './counted-bits.ts';
import { Scope } from './compiled.ts';
import { resultsOf } from './derive.ts';
import { fewValuesOf, Writer, type FewValues } from './expression.ts';
import { parsed, type Node } from './parsed.ts';
import { regrouped } from './regroup.ts';
import { eachRow, rowsOf, type Rows } from './rows.ts';

export function filter(table: ColumnTable, criteria: unknown): ColumnTable | null {
	const read = parsed({ p: criteria }, { table });
	const [node] = read?.nodes ?? [];
	const rows = rowsOf(table);
	if (!read || !node || rows.count === 0) return null;
	const scope = new Scope();
	const readOp = resultsOf(table, read.ops, scope);
	if (!readOp) return null;
	const few = read.ops.length ? null : fewValuesOf(table, node);
	const written = few ? null : new Writer(table, scope, rows, readOp).write(node);
	// 0 or 1 where that is known: the loop then has no branch to guess.
	const pass = few ? byCode(table, node, few, scope) : `(${written?.code}|0)`;
	const sure = few !== null || written?.gives === 'boolean';
	const bits = new CountedBits(rows.total);
	const loop =
		sure && !rows.words
			? keepingAll(pass, rows.total, scope, bits._bits)
			: keeping(sure ? `b|=bit&-${pass};` : `if(${written?.code})b|=bit;`, rows, scope, bits._bits);
	scope.run(loop);
	return filtered(table, bits);
}

/** The table with only these of its rows. */
export function filtered(table: ColumnTable, bits: BitSet): ColumnTable {
	const groups = table.groups();
	return table.create({
		filter: bits,
		...(groups ? { groups: regrouped(groups as never, bits._bits) } : {})
	} as never);
}

/** Whether each value of a column passes (0 or 1), then a look-up for each row. */
function byCode(table: ColumnTable, node: Node, few: FewValues, scope: Scope): string {
	const { length } = few.values;
	const every: Rows = { total: length, count: length, index: null, words: null };
	const passes = new Uint8Array(length);
	const values = new Scope();
	const { code } = new Writer(table, values, every).byCode(few).write(node);
	values.run(eachRow(every, values, `${values.bind(passes, 'out')}[row]=${code}?1:0;`));
	return `${scope.bind(passes, 'passes')}[${few.write(scope)}]`;
}

function keeping(step: string, { total, words }: Rows, scope: Scope, out: Uint32Array): string {
	const kept = scope.bind(out, 'out');
	if (!words) {
		const n = scope.bind(total, 'n');
		return `for(let w=0,row=0;w<${kept}.length;w++){let b=0;const end=Math.min(row+32,${n});for(let bit=-2147483648;row<end;row++,bit>>>=1)${step}${kept}[w]=b;}`;
	}
	const list = scope.bind(words, 'words');
	return `for(let w=0;w<${kept}.length;w++){let m=${list}[w],b=0;while(m!==0){const z=${scope.clz}(m);const bit=0x80000000>>>z;m&=~bit;const row=(w<<5)+z;${step}}${kept}[w]=b;}`;
}

/** Of every row, whose test is a 0 or a 1: a bit pushed in for each, four in a row. */
function keepingAll(pass: string, total: number, scope: Scope, out: Uint32Array): string {
	const kept = scope.bind(out, 'out');
	const n = scope.bind(total, 'n');
	const push = `{const row=at++;b=b<<1|${pass};}`;
	// Reckoned first: what the optimiser has never seen run after a loop, it leaves the loop's fast code for.
	return `const full=${n}>>>5,left=${n}&31,shift=32-left;let at=0;for(let w=0;w<full;w++){let b=0;for(const end=at+32;at<end;)${`{${push.repeat(4)}}`}${kept}[w]=b;}if(left){let b=0;while(at<${n})${push}${kept}[full]=b<<shift;}`;
}
