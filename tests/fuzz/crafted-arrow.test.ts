/** Arrow and Parquet files that ask for time or memory out of proportion with themselves end as they should, within the limits. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CRAFTED_ARROW } from './crafted-arrow.ts';
import { MOST_MEGABYTES, Reader } from './run-reading.ts';

let reader: Reader;
beforeAll(() => {
	// A few times what they may take by the clock: on a slow machine too, what ends ends by then.
	reader = new Reader(20_000);
});
afterAll(() => reader.close());

for (const { name, file, make, ends } of CRAFTED_ARROW)
	it(name, { timeout: 60_000 }, async () => {
		await reader.restart();
		const { outcome, megabytes } = await reader.read(make(), file);
		expect(outcome).toBe(ends);
		expect(megabytes).toBeLessThanOrEqual(MOST_MEGABYTES);
	});
