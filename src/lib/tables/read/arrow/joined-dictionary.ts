/** A dictionary and what a later message adds to its end. */
import { isValid, type ArrowArray } from './arrow-array.ts';
import { unreadable, type ArrowField } from './arrow-type.ts';
import { textReader } from './code-reader.ts';
import type { DecodingBudget } from './decoding-budget.ts';

/** @throws InvalidError `arrow_file` when its values are of no kind that can be put together */
export function joined(before: ArrowArray, more: ArrowArray, budget: DecodingBudget): ArrowArray {
	const { type } = before.field;
	const length = before.length + more.length;
	const valid = new Uint8Array((length + 7) >> 3);
	for (let i = 0; i < length; i++)
		if (i < before.length ? isValid(before.valid, i) : isValid(more.valid, i - before.length))
			valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
	const both = { length, valid, children: [], dictionary: null };
	if (type.kind === 'text' || type.kind === 'binary') {
		const texts = [before, more].flatMap((array) => {
			const read = textReader(array);
			return Array.from({ length: array.length }, (_, i) =>
				isValid(array.valid, i) ? read(i) : new Uint8Array(0)
			);
		});
		const offsets = new Int32Array(length + 1);
		let total = 0;
		texts.forEach((text, i) => (offsets[i + 1] = total += text.length));
		// Each delta writes the whole anew.
		budget.read(total + length * 8);
		if (total > 2 ** 31 - 1) throw unreadable('dictionary');
		budget.hold(total);
		const data = new Uint8Array(total);
		texts.forEach((text, i) => data.set(text, offsets[i]));
		const field: ArrowField = { ...before.field, type: { kind: type.kind, offsets: 4 } };
		return { ...both, field, buffers: [new Uint8Array(offsets.buffer), data] };
	}
	const width = 'bytes' in type ? type.bytes : 0;
	if (width === 0) throw unreadable('dictionary');
	budget.read(length * width);
	budget.hold(length * width);
	const data = new Uint8Array(length * width);
	data.set((before.buffers[0] as Uint8Array).subarray(0, before.length * width));
	data.set((more.buffers[0] as Uint8Array).subarray(0, more.length * width), before.length * width);
	return { ...both, field: before.field, buffers: [data] };
}
