import { describe, expect, it } from 'vitest';
import { PERSONAL_KINDS, type PersonalKind } from '../../core/protocol/import.ts';
import { measure, written } from '../../../../tests/corpus/personal/measure.ts';

const CHECKED: readonly PersonalKind[] = ['health_number', 'sin', 'card'];

describe('the corpus of personal information hidden in tables', async () => {
	const result = await measure('tests/corpus/personal/open');

	it('is measured whole', () => {
		expect(result.tables).toBe(33);
	});

	it.each(PERSONAL_KINDS)('finds columns of %s, and reports few that are not', (kind) => {
		const found = result.kinds.get(kind);
		if (!found) throw new Error(written(result, true));
		expect(found.columns).toBeGreaterThan(0);
		expect(found.found / found.columns).toBeGreaterThanOrEqual(CHECKED.includes(kind) ? 0.99 : 0.9);
		expect(found.found / (found.found + found.wrong)).toBeGreaterThanOrEqual(0.8);
		expect(found.rowsFound / found.rows).toBeGreaterThanOrEqual(0.9);
	});
});
