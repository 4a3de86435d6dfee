import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/fuzz/random.ts';
import { BLOCK, CsvScanner } from './csv-scanner.ts';
import { Unquoted } from './unquoted.ts';

/** The cells that the scanner finds in the text, which goes on after its end. */
function scanned(text: string, width: number, most: number): string[][] {
	const bytes = new TextEncoder().encode(`${text}"zz";zz\r\nzz`);
	const end = new TextEncoder().encode(text).length;
	const scanner = new CsvScanner(bytes, 0x3b, width, { end, recordEnd: 0x0a });
	const records: string[][] = [];
	for (let count = scanner.next(most); count > 0; count = scanner.next(most))
		for (let record = 0; record < count; record++)
			records.push(
				Array.from({ length: width }, (_, column) => {
					const from = scanner.starts[column * BLOCK + record] ?? 0;
					const to = scanner.ends[column * BLOCK + record] ?? 0;
					const plain = to < 0 ? new Unquoted().of(bytes, from, ~to) : null;
					return new TextDecoder().decode(
						plain ? plain.bytes.subarray(0, plain.end) : bytes.subarray(from, to)
					);
				})
			);
	return records;
}

describe('a scanner', () => {
	it('finds the cells that splitting finds', () => {
		const next = seeded(3);
		const parts = ['a', 'bb', 'été', '12,5', ' ', ';', ';', ';', '\n', '\r\n', '\r', ':', 'un mot'];
		for (let turn = 0; turn < 4000; turn++) {
			const text = Array.from({ length: next(60) }, () => parts[next(parts.length)] ?? '').join('');
			const width = 1 + next(5);
			const lines = text.split('\n');
			const last = lines.pop() ?? '';
			const records = lines.filter((line) => line !== '' && line !== '\r');
			if (last !== '') records.push(last);
			const cells = records.map((line) => {
				const found = line.replace(/\r$/, '').split(';');
				return Array.from({ length: width }, (_, column) => found[column] ?? '');
			});
			expect([text, scanned(text, width, 1 + next(4))]).toEqual([text, cells]);
		}
	});

	it('finds the cells that were written', () => {
		const next = seeded(9);
		const values = [
			'',
			'a',
			'12,5',
			'a;b',
			'dit "oui"',
			'"',
			'l\nf',
			' x',
			'un plus long; "texte"'
		];
		for (let turn = 0; turn < 2000; turn++) {
			const width = 2 + next(4);
			const table = Array.from({ length: next(12) }, () =>
				Array.from({ length: width }, () => values[next(values.length)] ?? '')
			);
			const text = table
				.map((row) =>
					row
						.map((value) =>
							/[;"\n]/.test(value) || next(4) === 0 ? `"${value.replaceAll('"', '""')}"` : value
						)
						.join(';')
				)
				.join(next(2) ? '\r\n' : '\n');
			expect([text, scanned(text, width, BLOCK)]).toEqual([text, table]);
		}
	});
});
