import { describe, expect, it } from 'vitest';
import { PERSONAL_KINDS, type PersonalKind } from '../../core/protocol/import.ts';
import { inRange, measure, written } from '../../../../tests/corpus/personal/measure.ts';

const CHECKED: readonly PersonalKind[] = ['health_number', 'sin', 'card'];

describe.each([
	['first', '1-50', 33],
	['second', '51-80', 18],
	['third', '81-98', 18]
])('the %s set of tables with personal information hidden in them', async (_, range, tables) => {
	const result = await measure('tests/corpus/personal/open', (file) => inRange(range, file));

	it('is measured whole', () => {
		expect(result.tables).toBe(tables);
	});

	it.each(PERSONAL_KINDS)('finds columns of %s, and reports few that are not', (kind) => {
		const found = result.kinds.get(kind);
		if (!found) throw new Error(written(result, true));
		const reported = found.found + found.wrong;
		if (reported > 0) expect(found.found / reported).toBeGreaterThanOrEqual(0.8);
		if (found.columns === 0) return;
		expect(found.found / found.columns).toBeGreaterThanOrEqual(CHECKED.includes(kind) ? 0.99 : 0.9);
		expect(found.rowsFound / found.rows).toBeGreaterThanOrEqual(0.9);
	});
});
