/** Tables that are wider than their beginning tells, or far larger than their files. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { readCsv } from './read-csv.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`);
async function outcome(text: string): Promise<string> {
	try {
		const { report } = await readCsv(bytesOf(text));
		return `${report.columns.length} × ${report.rows}`;
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
}

describe('a wide table', () => {
	it('keeps all columns of a header that is much wider than its rows', async () => {
		expect(await outcome(`${names(900).join(';')}\n${'1;2\n'.repeat(20)}`)).toBe('900 × 20');
	});

	it('is refused when its header has more columns than can be stored', async () => {
		expect(await outcome(`${names(2001).join(';')}\n${'1;2\n'.repeat(20)}`)).toBe('table_too_wide');
		expect(await outcome(`${names(2000).join(';')}\n${'1;2\n'.repeat(20)}`)).toBe('2000 × 20');
	});

	it('is refused when no line ends in what guesses look at first', async () => {
		expect(await outcome(`${names(100_000).join(';')}\n1;2\n`)).toBe('table_too_wide');
	});

	it('is read when each of its lines is longer than what guesses look at first', async () => {
		const row = Array.from({ length: 300 }, () => 'mot '.repeat(300)).join(';');
		expect(await outcome(`${names(300).join(';')}\n${row}\n${row}\n`)).toBe('300 × 2');
	});
});

describe('a table that is larger than its file', () => {
	it('is refused before its columns take the memory', async () => {
		const header = `${names(2000).join(';')}\n`;
		// Integers: eight kilobytes a row, of 200 MB.
		expect(await outcome(`${header}${'1\n'.repeat(1_000)}`)).toBe('2000 × 1000');
		expect(await outcome(`${header}${'1\n'.repeat(40_000)}`)).toBe('table_too_large');
	});

	it('is refused as well when its first rows did not tell', async () => {
		const long = `${'mot'.repeat(2_000)}\n`.repeat(5_000);
		const text = `${names(1000).join(';')}\n${long}${'1\n'.repeat(60_000)}`;
		expect(await outcome(text)).toBe('table_too_large');
	});
});
