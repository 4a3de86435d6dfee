/** Columns of days, whose range is found once: they are whole numbers, most often near each other. */
import { Scope } from './compiled.ts';
import type { Timed } from './fast-column.ts';
import { eachRow } from './rows.ts';

export interface Days {
	readonly first: number;
	/** From the first to the last, both in. */
	readonly count: number;
	/** The text of `row`'s distance to the first day; `count` where it is missing. */
	readonly write: (scope: Scope) => string;
}

/** Nothing changes what a column is made of. */
const known = new WeakMap<Timed, Days>();

/** null where the column holds other than whole days, or none. */
export function daysOf(column: Timed): Days | null {
	const { values, valid } = column;
	if (!(values instanceof Int32Array) || values.length === 0) return null;
	let days = known.get(column);
	if (!days) {
		const scope = new Scope();
		const range = new Float64Array(2);
		const every = { total: values.length, count: values.length, index: null, words: null };
		const skip = valid ? `if(${scope.array(valid)}[row]!==1)continue;` : '';
		const look = `${skip}const v=${scope.array(values)}[row];if(v<min)min=v;if(v>max)max=v;`;
		const out = scope.bind(range, 'range');
		scope.run(
			`let min=2147483647,max=-2147483648;${eachRow(every, scope, look)}${out}[0]=min;${out}[1]=max;`
		);
		const [first, last] = range as unknown as [number, number];
		if (last < first) return null;
		const count = last - first + 1;
		days = {
			first,
			count,
			write: (made) => {
				const day = `${made.array(values)}[row]-(${made.bind(first, 'first')})|0`;
				return valid ? `(${made.array(valid)}[row]===1?${day}:${count})` : `(${day})`;
			}
		};
		known.set(column, days);
	}
	return days;
}
