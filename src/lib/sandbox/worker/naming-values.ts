/** Numbers of a chart that say which rather than how much, as it knows them: a channel's values and a label. */
import { isYear } from '../../core/chart/year-column.ts';
import { namesThings } from '../../core/naming-column.ts';

/** Whether they name things (codes, numbers on a list) or are years; values that are no numbers count for nothing. */
export function isNamed(name: string, values: ArrayLike<unknown>): boolean {
	if (namesThings(name)) return true;
	let [min, max] = [Infinity, -Infinity];
	for (let i = 0; i < values.length; i++) {
		const value = values[i];
		if (typeof value !== 'number') continue;
		min = Math.min(min, value);
		max = Math.max(max, value);
	}
	return min <= max && isYear({ name, type: 'integer', min, max });
}
