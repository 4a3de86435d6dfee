import { describe, expect, test } from 'vitest';
import { FieldValue } from './field-value.ts';

describe('what a field shows', () => {
	test('follows what its cell says', () => {
		const field = new FieldValue(1);
		expect(field.tell(1)).toBe(1);
		expect(field.tell(4)).toBe(4);
	});

	test('an answer to an earlier keystroke does not take back the later ones', () => {
		const field = new FieldValue('');
		field.give('n');
		field.give('nu');
		expect(field.tell('n')).toBe('nu');
		field.give('nui');
		expect(field.tell('nu')).toBe('nui');
		expect(field.tell('nui')).toBe('nui');
	});

	test('a description made before the person’s choice does not take it back', () => {
		const field = new FieldValue(1);
		field.give(8);
		expect(field.tell(1)).toBe(8);
		expect(field.tell(8)).toBe(8);
	});

	test('a newer value is taken: the control was written anew, or its worker is another', () => {
		const field = new FieldValue(1);
		field.give(8);
		field.tell(8);
		expect(field.tell(2)).toBe(2);
		field.give(5);
		expect(field.tell(3)).toBe(3);
	});

	test('lists are compared by what they hold', () => {
		const field = new FieldValue([]);
		field.give([0]);
		field.give([0, 2]);
		expect(field.tell([])).toEqual([0, 2]);
		expect(field.tell([0])).toEqual([0, 2]);
		expect(field.tell([0, 2])).toEqual([0, 2]);
		expect(field.tell([])).toEqual([]);
	});
});
