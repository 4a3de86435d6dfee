import { describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '../../column.ts';
import { putDate, serialToDay, serialToMs } from './serial-date.ts';

describe('dates as workbooks number them', () => {
	it.each([false, true])(
		'a whole one is the day that it is as any other (since 1904: %s)',
		(since1904) => {
			const last = since1904 ? 2_957_003 : 2_958_465;
			const serials = Array.from({ length: 3000 }, (_, i) =>
				i < 100 ? i : i < 120 ? last - 110 + i : i * 980
			);
			for (const serial of serials) {
				const day = serialToDay(serial, since1904);
				expect(Number.isNaN(day), String(serial)).toBe(serial < 61 || serial > last);
				if (!Number.isNaN(day)) expect(serialToMs(serial, since1904, true)).toBe(day * MS_PER_DAY);
			}
		}
	);
	it('a day is written as an ISO date has it, of every year', () => {
		const bytes = new Uint8Array(10);
		const first = Date.UTC(1900, 0, 1) / MS_PER_DAY;
		for (let day = first - 200; day <= 2_932_896; day += day < 40_000 ? 1 : 31) {
			expect(putDate(bytes, 0, day)).toBe(10);
			expect(String.fromCharCode(...bytes)).toBe(
				new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
			);
		}
	});
});
