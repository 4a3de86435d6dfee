/** How many distinct values each group has; one more where some are missing, as Arquero counts. */
import type { ColumnTable } from 'arquero';
import type { Grouping } from './aggregates.ts';
import { Scope } from './compiled.ts';
import { keyCodes } from './key-codes.ts';
import type { Node } from './parsed.ts';
import { eachRow, type Rows } from './rows.ts';

/** Bytes of the map of what was seen; above, pairs are numbered first. */
const MOST_SEEN = 1 << 26;

export function countDistinct(
	table: ColumnTable,
	field: Node,
	grouping: Grouping | null,
	rows: Rows
): unknown[] {
	const groups = grouping ? grouping.size : 1;
	const codes = keyCodes(table, field, rows);
	if (groups * codes.size > MOST_SEEN) throw new RangeError('too many values in too many groups');
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
