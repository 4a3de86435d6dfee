import { expect, it } from 'vitest';
import type { ColumnInfo } from '$lib/core/protocol/messages';
import { WindowCache, type FetchWindow } from './window-cache.svelte.ts';

const columns = Array.from({ length: 40 }, (_, i): ColumnInfo => ({
	name: `c${i}`,
	type: 'integer'
}));
/** Answers with each cell's row, and keeps what was asked. */
function source(): { asked: string[]; fetch: FetchWindow } {
	const asked: string[] = [];
	return {
		asked,
		fetch: (offset, count, names) => {
			asked.push(`${offset} ${names?.[0]}`);
			const cells = Array.from({ length: count }, (_, i) => offset + i);
			return Promise.resolve({
				offset,
				columns: (names ?? []).map(() => cells),
				rows: cells.map((cell) => cell * 2),
				hits: (names ?? []).map(() => [3])
			});
		}
	};
}
const settled = async (): Promise<void> => {
	for (let i = 0; i < 50; i++) await Promise.resolve();
};
const at = (firstRow: number, firstColumn = 0, frozen = 0) => ({
	...{ firstRow, lastRow: firstRow + 20, firstColumn, lastColumn: firstColumn + 5, frozen }
});

it('asks for what is in view, then ahead in the direction of scrolling, never past the ends', async () => {
	const { asked, fetch } = source();
	const cache = new WindowCache(fetch, columns, 1_000);
	cache.want(at(500));
	await settled();
	expect(asked).toEqual(['500 c0', '600 c0', '700 c0']);
	cache.want(at(450));
	await settled();
	expect(asked.slice(3)).toEqual(['400 c0', '300 c0', '200 c0']);
	cache.want(at(970));
	await settled();
	expect(asked.slice(6)).toEqual(['900 c0']);
	expect(cache.cell(975, 2)).toBe(975);
	expect([cache.source(975, 2), cache.isHit(903, 2), cache.isHit(904, 2)]).toEqual([
		1950,
		true,
		false
	]);
	expect(cache.cell(100, 0)).toBeUndefined();
});

it('asks for frozen columns beside those that are scrolled to', async () => {
	const { asked, fetch } = source();
	const cache = new WindowCache(fetch, columns, 1_000);
	cache.want(at(90, 30, 2));
	await settled();
	expect(asked.slice(0, 6)).toEqual(['0 c16', '0 c32', '0 c0', '100 c16', '100 c32', '100 c0']);
	expect(cache.cell(95, 1)).toBe(95);
});

it('copies no rows of two arrangements together', async () => {
	const { fetch } = source();
	const cache = new WindowCache(fetch, columns, 1_000);
	const taken = cache.take({ ...at(0), lastRow: 999 });
	cache.close();
	await expect(taken).rejects.toThrow();
});
