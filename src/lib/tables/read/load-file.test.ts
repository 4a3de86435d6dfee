import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { loadFile } from './load-file.ts';

/** A file made of parts, and how many bytes of it were asked for. */
function fileOf(name: string, parts: readonly Uint8Array[]) {
	let asked = 0;
	let cancelled = false;
	return {
		name,
		size: parts.reduce((sum, part) => sum + part.length, 0),
		get asked() {
			return asked;
		},
		get cancelled() {
			return cancelled;
		},
		stream() {
			let next = 0;
			return new ReadableStream<Uint8Array>(
				{
					pull(controller) {
						const part = parts[next++];
						if (!part) return controller.close();
						asked += part.length;
						controller.enqueue(part);
					},
					cancel() {
						cancelled = true;
					}
				},
				{ highWaterMark: 0 }
			);
		}
	};
}
type Made = ReturnType<typeof fileOf>;
const MEGABYTE = 1_000_000;
const times = (count: number, part: Uint8Array): Uint8Array[] =>
	Array.from({ length: count }, () => part);
const filled = (text: string): Uint8Array => Uint8Array.from(Buffer.alloc(MEGABYTE, text));

async function outcome(file: Made): Promise<string> {
	try {
		return `${(await loadFile(file)).length}`;
	} catch (error) {
		if (error instanceof AppError) return `${error.code} ${JSON.stringify(error.details)}`;
		throw error;
	}
}

describe('a file that is loaded', () => {
	it('is what it was, however it comes in pieces', async () => {
		const bytes = Uint8Array.from({ length: 9 * MEGABYTE }, (_, i) =>
			i % 7 === 6 ? 0x0a : 0x61 + (i % 5)
		);
		for (const step of [MEGABYTE, 3_999_999, 65_537, 9 * MEGABYTE]) {
			const parts: Uint8Array[] = [];
			for (let at = 0; at < bytes.length; at += step) parts.push(bytes.subarray(at, at + step));
			expect(Buffer.compare(await loadFile(fileOf('a.csv', parts)), bytes), `${step}`).toBe(0);
		}
		expect(await outcome(fileOf('a.csv', []))).toBe('0');
		expect(await outcome(fileOf('a.csv', [Uint8Array.of(0x61)]))).toBe('1');
	});

	it('is refused when it has a gigabyte and is one cell, after some megabytes', async () => {
		const file = fileOf('a.csv', times(1000, filled('abcdefghij')));
		expect(await outcome(file)).toBe('csv_cell_too_long {"line":1,"megabytes":1}');
		expect(file.asked).toBe(4 * MEGABYTE);
		expect(file.cancelled).toBe(true);
	});

	it('is refused where a cell does not end, however far that is', async () => {
		const rows = filled('1;2;34567\n');
		const file = fileOf('a.csv', [...times(20, rows), ...times(1000, filled('a'))]);
		expect(await outcome(file)).toBe('csv_cell_too_long {"line":2000001,"megabytes":1}');
		expect(file.asked).toBeLessThan(26 * MEGABYTE);
	});

	it('is refused when it is no text, after some megabytes', async () => {
		const zeros = fileOf('a.csv', times(1000, new Uint8Array(MEGABYTE)));
		expect(await outcome(zeros)).toBe('csv_binary {}');
		expect(zeros.asked).toBe(4 * MEGABYTE);
		const pdf = fileOf('a.csv', times(9, filled('%PDF-1.7\n')));
		expect(await outcome(pdf)).toBe('csv_other_format {"format":"pdf"}');
	});

	it('is not held against the rules of a delimited text when it is something else', async () => {
		for (const [name, begin] of [
			['a.xlsx', 'PK\x03\x04'],
			['a.parquet', 'PAR1'],
			['a.arrow', 'ARROW1\0\0'],
			['a.json', '[{"a":"']
		] as const) {
			const parts = [new TextEncoder().encode(begin), ...times(6, filled('a'))];
			expect(await outcome(fileOf(name, parts)), name).toBe(`${6 * MEGABYTE + begin.length}`);
		}
	});

	it('is refused before anything is asked of it when it is too large', async () => {
		const file = { ...fileOf('a.csv', []), size: 1_500_000_001 };
		await expect(loadFile(file)).rejects.toThrow('table_too_large');
	});

	it('is let go of when the one who waits for it gives up', async () => {
		const file = fileOf('a.csv', times(9, filled('1;2\n')));
		const stop = new Error('stop');
		await expect(
			loadFile(file, (done) => {
				if (done > 0) throw stop;
			})
		).rejects.toBe(stop);
		expect(file.cancelled).toBe(true);
	});
});
