import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/fuzz/random.ts';
import { PERSONAL_KINDS } from '../../core/protocol/import.ts';
import { textColumn } from '../column-of.ts';
import { scanColumn, type ColumnScan } from './column-scan.ts';

function scanOf(texts: readonly string[]): ColumnScan {
	return scanColumn(
		textColumn('c', texts),
		new Int32Array(texts.length).fill(1),
		() => false,
		false
	);
}

/** All that is said of one text. */
const said = (scan: ColumnScan, i: number): unknown => [
	scan.form(i),
	scan.figures(i),
	scan.phoneLike(i),
	scan.otherCode(i),
	scan.names(i),
	PERSONAL_KINDS.map((kind) => [
		scan.whole(i, kind),
		...(['sure', 'weak', 'public'] as const).map((grade) => scan.has(i, kind, grade))
	])
];

/** What codes, addresses, telephones and dates are made of; `#` is a figure. */
const PARTS = [
	...['#', '##', '###', '####', '#####', '######', '##-##', '#/##', '(###)', '###-####', '%##'],
	...['BIL-', 'A', 'No ', 'né le ', 'rue ', ' rue Roy', 'H#X', ' app. #', 'Mme ', 'Roy ', 'Ana '],
	...[' ', '-', '/', '.', ', ', ':', '=', '@', 'b.co', 'é', 'O', 'I', 'l', 'C.P. ', 'rr ', 'x', '+']
];

describe('a text that differs from the one before by its figures', () => {
	it('holds what it holds by itself', () => {
		const next = seeded(11);
		let different = 0;
		for (let turn = 0; turn < 30_000; turn++) {
			let shape = '';
			for (let n = 1 + next(6); n > 0; n--) shape += PARTS[next(PARTS.length)] ?? '';
			const write = (): string => shape.replace(/#/g, () => String(next(10)));
			const [first, second] = [write(), write()];
			if (first === second) continue;
			different++;
			expect([second, said(scanOf([first, second]), 1)]).toEqual([
				second,
				said(scanOf([second]), 0)
			]);
		}
		expect(different).toBeGreaterThan(10_000);
	});

	it.each([
		['the country of a telephone', 'x +19 34 56 78', 'x +39 34 56 78', 'phone'],
		['a social insurance number', 'nas 924 112 262', 'nas 924 112 261', 'sin'],
		['a health insurance number', 'ABCD 9999 9999', 'TREM 8005 1234', 'health_number'],
		['an address', 'Ana Roy, 1905 Bélanger', 'Ana Roy, 4507 Bélanger', 'address'],
		['a telephone in a field', 'tel: 123-4567', 'tel: 555-1234', 'phone']
	] as const)('is read for %s', (_, without, holding, kind) => {
		const first = holding.replace(/\d/g, (figure, at: number) => without.charAt(at) || figure);
		const scan = scanOf([first, holding]);
		const found = (['sure', 'weak', 'public'] as const).map((grade) => scan.has(1, kind, grade));
		expect(found).toContain(true);
	});

	it('is read under a header of telephones', () => {
		const column = textColumn('c', ['Roy 123-4567', 'Roy 555-4567']);
		const scan = scanColumn(column, Int32Array.of(1, 1), () => false, true);
		expect([0, 1].map((i) => scan.phoneLike(i))).toEqual([false, true]);
	});
});

it('lists the texts in which there is something', () => {
	const scan = scanOf(['BIL-123456', 'BIL-123457', 'Ana Roy', '514 555-1234', '', '12345678']);
	expect(scan.notable).toEqual([2, 3, 5]);
	expect(scan.used).toBe(6);
});

describe('names of one text', () => {
	const names = (count: number) => scanOf(['Jean Tremblay. '.repeat(count)]).names(0);
	it('are remembered up to a thousand; with more it is as if one were told', () => {
		expect(names(1_000)).toHaveLength(1_000);
		expect(names(1_001)).toBeNull();
	});
});
