/** How many distinct values each group has; one more where some are missing, as Arquero counts. */
import type { ColumnTable } from 'arquero';
import type { Grouping } from './aggregates.ts';
import { Scope } from './compiled.ts';
import { keyCodes, type KeyCodes } from './key-codes.ts';
import type { Node } from './parsed.ts';
import { eachRow, type Rows } from './rows.ts';

/** Bytes of the map of what was seen; above, pairs are numbered first. */
const MOST_SEEN = 1 << 26;
/** The map beside the rows, up to which it is looked through afterwards. */
const FEW_SEEN = 2;

export function countDistinct(
	table: ColumnTable,
	field: Node,
	grouping: Grouping | null,
	rows: Rows
): unknown[] {
	const groups = grouping ? grouping.size : 1;
	const codes = keyCodes(table, field, rows);
	if (groups * codes.size > MOST_SEEN) throw new RangeError('too many values in too many groups');
	if (groups * codes.size <= FEW_SEEN * rows.count)
		return countMarks(marked(codes, grouping, rows, groups), codes, groups);
	const scope = new Scope();
	const counts = new Float64Array(groups);
	const missing = new Uint8Array(groups);
	const seen = new Uint8Array(groups * codes.size);
	const group = grouping
		? `const g=${grouping.write?.(scope) ?? `${scope.array(grouping.keys)}[row]`};${grouping.partial ? 'if(g<0)continue;' : ''}`
		: '';
	const at = grouping ? 'g' : '0';
	const invalid = codes.missing.length
		? `if(${codes.missing.map((code) => `c===${code}`).join('||')}){${scope.bind(missing, 'missing')}[${at}]=1;continue;}`
		: '';
	const place = grouping ? `g*${codes.size}+c` : 'c';
	const met = scope.bind(seen, 'seen');
	const count = grouping ? `${scope.bind(counts, 'counts')}[g]++;` : 'n++;';
	const loop = eachRow(
		rows,
		scope,
		`${group}const c=${codes.write(scope)};${invalid}const k=${place};if(${met}[k]===0){${met}[k]=1;${count}}`
	);
	scope.run(grouping ? loop : `let n=0;${loop}${scope.bind(counts, 'counts')}[0]=n;`);
	return Array.from(
		{ length: groups },
		(_, at) => (counts[at] as number) + (missing[at] as number)
	);
}

/** A 1 for each pair of a group and a code that some row has: no branch to guess, as most values are met again. */
function marked(
	codes: KeyCodes,
	grouping: Grouping | null,
	rows: Rows,
	groups: number
): Uint8Array {
	const scope = new Scope();
	// Whole words, for the count.
	const seen = new Uint8Array((groups * codes.size + 3) & ~3);
	const met = scope.bind(seen, 'seen');
	const code = codes.write(scope);
	if (!grouping) scope.run(eachRow(rows, scope, `${met}[${code}]=1;`));
	else {
		const group = grouping.write?.(scope) ?? `${scope.array(grouping.keys)}[row]`;
		const skip = grouping.partial ? 'if(g<0)continue;' : '';
		const mark = `const g=${group};${skip}${met}[g*${codes.size}+${code}]=1;`;
		scope.run(eachRow(rows, scope, mark));
	}
	return seen;
}

/** Marks of each group; those of missing values count for one. */
function countMarks(seen: Uint8Array, { size, missing }: KeyCodes, groups: number): number[] {
	return Array.from({ length: groups }, (_, group) => {
		const start = group * size;
		let lacks = 0;
		for (const code of missing) {
			lacks |= seen[start + code] as number;
			seen[start + code] = 0;
		}
		return sumOf(seen, start, start + size) + lacks;
	});
}

/** How many ones stand in a stretch of bytes that are 0 or 1; four at a time. */
function sumOf(bytes: Uint8Array, start: number, end: number): number {
	let sum = 0;
	let at = start;
	for (; at < end && (at & 3) !== 0; at++) sum += bytes[at] as number;
	const words = new Uint32Array(bytes.buffer, at, Math.max(0, end - at) >> 2);
	for (let i = 0; i < words.length; i++) sum += Math.imul(words[i] as number, 0x01010101) >>> 24;
	for (at += words.length * 4; at < end; at++) sum += bytes[at] as number;
	return sum;
}
