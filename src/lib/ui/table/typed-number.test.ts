import { expect, it } from 'vitest';
import { fieldText, typedNumber, typedValue } from './typed-number.ts';

it('reads numbers as people type them', () => {
	expect(['12,5', '1 234,50 $', '−3.5', ' 72,6 % ', '.5'].map(typedNumber)).toEqual([
		12.5, 1234.5, -3.5, 72.6, 0.5
	]);
	expect(typedNumber(' ')).toBeNull();
	expect(['douze', '1,2,3', '-', '1e5'].map(typedNumber)).toEqual([
		undefined,
		undefined,
		undefined,
		undefined
	]);
});

it('reads days and times as they are stored, in no zone', () => {
	expect(typedValue('2025-03-09', 'date')).toBe(Date.UTC(2025, 2, 9));
	expect(typedValue('2025-03-09T19:30', 'datetime')).toBe(Date.UTC(2025, 2, 9, 19, 30));
	expect(typedValue('', 'date')).toBeNull();
	expect(typedValue('hier', 'date')).toBeUndefined();
});

it('writes in a field what it reads from it', () => {
	for (const [value, type] of [
		[12.5, 'number'],
		[Date.UTC(2025, 2, 9), 'date'],
		[Date.UTC(2025, 2, 9, 19, 30), 'datetime']
	] as const)
		expect(typedValue(fieldText(value, type, ','), type)).toBe(value);
	expect(fieldText(null, 'number', ',')).toBe('');
	expect(fieldText(12.5, 'number', ',')).toBe('12,5');
});
