/** A dictionary that grows says what its parts said, whatever they are made of. */
import { expect, it } from 'vitest';
import { isValid, type ArrowArray } from './arrow-array.ts';
import type { ArrowType } from './arrow-type.ts';
import { codeReader, textReader } from './code-reader.ts';
import { DecodingBudget } from './decoding-budget.ts';
import { JoinedDictionary } from './joined-dictionary.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const bits = (there: readonly boolean[]): Uint8Array =>
	there.reduce(
		(bytes, yes, i) => {
			if (yes) bytes[i >> 3] = (bytes[i >> 3] as number) | (1 << (i & 7));
			return bytes;
		},
		new Uint8Array((there.length + 7) >> 3)
	);

function arrayOf(type: ArrowType, length: number, rest: Partial<ArrowArray>): ArrowArray {
	const field = { name: 'd', type, children: [], dictionary: null, valueType: null };
	return { field, length, valid: null, buffers: [], children: [], dictionary: null, ...rest };
}

/** Texts with offsets of 4 bytes; what is null has bytes of its own all the same, which nobody reads. */
function texts(values: readonly (string | null)[]): ArrowArray {
	const parts = values.map((value) => encode(value ?? 'nothing'));
	const offsets = new Int32Array(values.length + 1);
	parts.forEach((part, i) => (offsets[i + 1] = (offsets[i] as number) + part.length));
	return arrayOf({ kind: 'text', offsets: 4 }, values.length, {
		valid: bits(values.map((value) => value !== null)),
		buffers: [new Uint8Array(offsets.buffer), Uint8Array.from(parts.flatMap((p) => [...p]))]
	});
}
function textViews(values: readonly string[]): ArrowArray {
	const views = new Uint8Array(16 * values.length);
	const view = new DataView(views.buffer);
	const data = encode(values.join(''));
	let at = 0;
	values.forEach((value, i) => {
		const bytes = encode(value);
		view.setInt32(16 * i, bytes.length, true);
		if (bytes.length <= 12) views.set(bytes, 16 * i + 4);
		else view.setInt32(16 * i + 12, at, true);
		at += bytes.length;
	});
	return arrayOf({ kind: 'text', offsets: 0 }, values.length, { buffers: [views, data] });
}
const read = (array: ArrowArray): (string | null)[] => {
	const textOf = textReader(array);
	return Array.from({ length: array.length }, (_, i) =>
		isValid(array.valid, i) ? new TextDecoder().decode(textOf(i)) : null
	);
};
const budget = () => new DecodingBudget(1_000_000);

it('texts, some missing, with offsets or views, short and long', () => {
	const long = 'Orchestre symphonique de Québec, '.repeat(4);
	const joined = new JoinedDictionary(texts(['é', null, long]), budget());
	const before = joined.array();
	joined.append(textViews(['court', long, '']));
	joined.append(texts([null, 'fin']));
	expect(read(joined.array())).toEqual(['é', null, long, 'court', long, '', null, 'fin']);
	// What was handed out before says what it said.
	expect(read(before)).toEqual(['é', null, long]);
});

it('many small additions', () => {
	const joined = new JoinedDictionary(texts(['0']), budget());
	for (let i = 1; i < 1000; i++) joined.append(texts([i % 7 ? String(i) : null]));
	expect(read(joined.array())).toEqual(
		Array.from({ length: 1000 }, (_, i) => (i % 7 || i === 0 ? String(i) : null))
	);
});

it('values of a width', () => {
	const ints = (...values: number[]): ArrowArray =>
		arrayOf({ kind: 'int', bytes: 4, signed: true }, values.length, {
			buffers: [new Uint8Array(Int32Array.from(values).buffer)]
		});
	const joined = new JoinedDictionary(ints(1, -2), budget());
	joined.append(ints(3));
	const array = joined.array();
	const valueOf = codeReader(array);
	expect([0, 1, 2].map(valueOf)).toEqual([1, -2, 3]);
});

it('refuses values of no width, and texts that lie over one another', () => {
	expect(() => new JoinedDictionary(arrayOf({ kind: 'struct' }, 0, {}), budget())).toThrow(
		'arrow_file'
	);
	const joined = new JoinedDictionary(texts(['a']), budget());
	// Two thousand views of the same two thousand bytes.
	const views = new Int32Array(4 * 2000);
	for (let i = 0; i < 2000; i++) views[4 * i] = 2000;
	const overlaid = arrayOf({ kind: 'text', offsets: 0 }, 2000, {
		buffers: [new Uint8Array(views.buffer), new Uint8Array(2000)]
	});
	expect(() => joined.append(overlaid)).toThrow('arrow_file');
});
