/** Sheets, JSON and CSV that ask for time or memory out of proportion with themselves are read or refused within the limits. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CRAFTED_SHEETS, ENDS } from './crafted-sheets.ts';
import { MOST_MEGABYTES, Reader } from './run-reading.ts';

let reader: Reader;
beforeAll(() => {
	// By the clock, twice what they may take of the processor: on a slow machine too, what ends ends by then.
	reader = new Reader(10_000);
});
afterAll(() => reader.close());

for (const { name, file, make } of CRAFTED_SHEETS)
	it(name, { timeout: 60_000 }, async () => {
		await reader.restart();
		const { outcome, megabytes } = await reader.read(make(), file);
		expect(outcome).toBe(ENDS.get(name) ?? 'read');
		expect(megabytes).toBeLessThanOrEqual(MOST_MEGABYTES);
	});
