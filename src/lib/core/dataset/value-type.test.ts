import { expect, it } from 'vitest';
import { isShownAs } from './value-type.ts';

it('takes a value type for a column that can be written as it, and says more than its own', () => {
	expect(isShownAs('money', 'number')).toBe(true);
	// Amounts that all happen to be whole.
	expect(isShownAs('money', 'integer')).toBe(true);
	expect(isShownAs('region', 'text')).toBe(true);
	for (const [type, column] of [
		['number', 'integer'],
		['number', 'number'],
		['money', 'text'],
		['money', 'other'],
		['identifier', 'integer'],
		['constructor', 'text'],
		[undefined, 'text'],
		[7, 'number']
	] as const)
		expect(isShownAs(type, column), `${String(type)} as ${column}`).toBe(false);
});
