import { expect, it } from 'vitest';
import { loadParquetEngine } from './parquet-engine.ts';

it('asks for the library again after it did not come', async () => {
	// In Node there is no address to load it from.
	const failure = () => loadParquetEngine().catch((error: unknown) => error);
	const first = await failure();
	expect(first).toBeInstanceOf(Error);
	expect(await failure()).not.toBe(first);
});
