/** What an uploaded table says of its columns is read in a time that follows its size: the server does nothing else meanwhile. */
import { afterEach, expect, it, vi } from 'vitest';
import { arrowStream, type FieldPlan } from '../../../tests/fuzz/arrow-file.ts';
import { checkArrow } from './check-arrow.ts';

afterEach(() => vi.restoreAllMocks());

it('a text that each column says of itself is not read again for each', () => {
	const fields = Array.from({ length: 200 }, (_, i): FieldPlan => ({
		name: `c${i}`,
		type: 'int32'
	}));
	const bytes = arrowStream(fields, [], 'a'.repeat(1_000_000));
	const decode = vi.spyOn(TextDecoder.prototype, 'decode');
	expect(() => checkArrow(bytes)).toThrow();
	const read = decode.mock.calls.reduce((sum, [part]) => sum + (part?.byteLength ?? 0), 0);
	expect(read).toBeLessThan(10 * bytes.length);
});
