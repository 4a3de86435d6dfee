import { describe, expect, it } from 'vitest';
import { identifierKind, looseShapeOf, shapeOf } from './parse-identifier.ts';

const on = <T>(read: (bytes: Uint8Array, start: number, end: number) => T, text: string): T => {
	const bytes = new TextEncoder().encode(`7${text}7`);
	return read(bytes, 1, bytes.length - 1);
};

describe('an identifier', () => {
	it.each([
		['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'uuid'],
		['{3F2504E0-4F89-41D3-9A0C-0305E82C3301}', 'uuid'],
		['d41d8cd98f00b204e9800998ecf8427e', 'hash'],
		['0x1f2e3d4c5b6a7988', 'hash'],
		['CB-YZ9-25-00001', 'isrc'],
		['CAYZ92500001', 'isrc'],
		['0000 0001 2103 2683', 'isni'],
		['0000000121032683', 'isni'],
		['000000012146438X', 'isni'],
		['1140012345', 'neq'],
		['2240012345', 'neq'],
		['8831854938', 'neq'],
		['007', 'leading_zeros'],
		['0000000121032684', 'leading_zeros'],
		['12345678901', 'long_number'],
		['A000123', 'code'],
		[' R-2024-001 ', 'code'],
		['T-034.524.680-1', 'code'],
		['12AB34', 'code'],
		['BIL_00123', 'code']
	])('%s is a %s', (text, kind) => {
		expect(on(identifierKind, text)).toBe(kind);
	});
	it.each([
		...[
			'',
			'7',
			'123',
			'1234567890',
			'4440012345',
			'A',
			'Salle 12',
			'H2',
			'A1',
			'abcdef',
			'deadbeefdeadbeef',
			'12,50 $'
		],
		...[
			'Théâtre 12',
			'É00123',
			'-12',
			'1 234',
			'12.50',
			'A00 123',
			`A${'1'.repeat(80)}`,
			'__12',
			'2024-03'
		]
	])('%s is none', (text) => {
		expect(on(identifierKind, text)).toBeNull();
	});
	it('has a shape that its column shares', () => {
		expect(
			['A000123', ' B999999 ', 'ab-12', 'R 2024/001', ''].map((text) => on(shapeOf, text))
		).toEqual([...['A999999', 'A999999', 'aa-99', 'A 9999/999', '']]);
		expect(['A1', 'A1500', 'ABC-12-x', '9'].map((text) => on(looseShapeOf, text))).toEqual([
			...['A9', 'A9', 'A-9-a', '9']
		]);
		expect(on(shapeOf, 'Été 12')).toBe('');
		expect(on(shapeOf, 'x'.repeat(65))).toBe('');
	});
});
