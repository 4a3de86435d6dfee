/** Makes one of our columns from the batches of an Arrow field. */
import type { Column } from '../../column.ts';
import { torontoWall } from '../../values/toronto-time.ts';
import { CellLog } from '../cell-log.ts';
import { isValid, viewOf, type ArrowArray } from './arrow-array.ts';
import { unreadable, type ArrowField, type ArrowType } from './arrow-type.ts';
import { codeReader } from './code-reader.ts';
import { decimalReader } from './decimal.ts';
import type { DecodingBudget } from './decoding-budget.ts';
import { MAX_MS, timeText, toMilliseconds, wordsToNumber } from './epoch.ts';
import { float16 } from './float16.ts';
import { cut, grown, Validity } from './growing-values.ts';
import { JsonText, jsonWriter } from './nested-text.ts';
import { TextAppender } from './text-appender.ts';

export interface ColumnAppender {
	append(array: ArrowArray): void;
	/** null: nothing that a column could hold, found out at the end. */
	finish(name: string): Column | null;
	/** Values kept as texts since no number of 64 bits is the same, and nested values made JSON texts. */
	readonly asText: number;
	readonly nested: number;
	/** Rows whose value was no number (NaN), and is missing; null where there is none. */
	readonly blanks: CellLog | null;
}

/** @param rows likely to come; null for a kind that no column can hold */
export function columnAppender(
	field: ArrowField,
	budget: DecodingBudget,
	rows: number
): ColumnAppender | null {
	const { type } = field;
	if (field.dictionary) {
		const plain = { ...field, dictionary: null };
		const inner = columnAppender(plain, budget, rows);
		if (!inner) return null;
		if (type.kind === 'text') return inner;
		const width = 'bytes' in type ? type.bytes : 0;
		return width > 0 ? new ThroughDictionary(inner, plain, width) : null;
	}
	switch (type.kind) {
		case 'null':
		case 'text':
		case 'binary':
			return new TextAppender(type.kind, budget, rows);
		case 'bool':
			return new BooleanAppender(budget);
		case 'int':
			return new WholeAppender(type, budget, rows);
		case 'float':
		case 'decimal':
		case 'duration':
			return new NumberAppender(budget, rows);
		case 'date':
			return new DateAppender(budget, rows);
		case 'timestamp':
			return new DateTimeAppender(budget, rows);
		case 'time':
			return new FormattedAppender(budget, rows, 'time');
		case 'list':
		case 'map':
		case 'struct':
			return new FormattedAppender(budget, rows, 'nested');
		case 'opaque':
		case 'other':
			return null;
	}
}

abstract class Base implements ColumnAppender {
	asText = 0;
	nested = 0;
	blanks: CellLog | null = null;
	protected readonly validity = new Validity();
	protected readonly budget: DecodingBudget;
	constructor(budget: DecodingBudget) {
		this.budget = budget;
	}
	abstract append(array: ArrowArray): void;
	abstract finish(name: string): Column | null;
}

class BooleanAppender extends Base {
	#bits = new Uint8Array(1024);

	append(array: ArrowArray): void {
		const from = this.validity.rows;
		const needed = (from + array.length + 7) >> 3;
		if (needed > this.#bits.length) {
			this.budget.hold(needed * 2 - this.#bits.length);
			const wider = new Uint8Array(needed * 2);
			wider.set(this.#bits);
			this.#bits = wider;
		}
		const data = array.buffers[0] ?? null;
		for (let i = 0; i < array.length; i++)
			if (isValid(data, i) && isValid(array.valid, i))
				this.#bits[(from + i) >> 3] =
					(this.#bits[(from + i) >> 3] as number) | (1 << ((from + i) & 7));
		this.validity.append(array.valid, array.length);
	}

	finish(name: string): Column {
		const base = this.validity.finish();
		return { name, ...base, type: 'boolean', values: this.#bits.slice(0, (base.length + 7) >> 3) };
	}
}

/** Whole numbers: of 32 bits as long as all are, then numbers, then the digits that they are written with. */
class WholeAppender extends Base {
	#integers: Int32Array<ArrayBuffer> | null;
	#numbers: Float64Array<ArrayBuffer> | null = null;
	#texts: TextAppender | null = null;
	readonly #type: Extract<ArrowType, { kind: 'int' }>;

	constructor(type: Extract<ArrowType, { kind: 'int' }>, budget: DecodingBudget, rows: number) {
		super(budget);
		this.#type = type;
		budget.hold(rows * 4);
		this.#integers = new Int32Array(rows);
	}

	append(array: ArrowArray): void {
		const from = this.validity.rows;
		this.validity.append(array.valid, array.length);
		let done = 0;
		if (this.#integers) done = this.#asIntegers(array, from);
		if (done < array.length && !this.#integers && !this.#texts)
			done = this.#asNumbers(array, from, done);
		if (done < array.length) this.#asTexts(array, done);
	}

	/** @returns how many were taken: all, or those before the first that is none of 32 bits */
	#asIntegers(array: ArrowArray, from: number): number {
		const values = grown(
			this.#integers as Int32Array<ArrayBuffer>,
			from + array.length,
			this.budget
		);
		this.#integers = values;
		const { length, valid } = array;
		const [data] = array.buffers;
		const { bytes, signed } = this.#type;
		let i = 0;
		if (bytes === 4 && signed) {
			values.set(viewOf(Int32Array, data, length), from);
			i = length;
		} else if (bytes === 8) {
			const words = viewOf(Int32Array, data, 2 * length);
			for (; i < length; i++) {
				const low = words[2 * i] as number;
				const high = words[2 * i + 1] as number;
				if (high !== low >> 31 || (high < 0 && !signed)) {
					if (isValid(valid, i)) break;
					values[from + i] = 0;
				} else values[from + i] = low;
			}
		} else {
			const read = codeReader(array);
			for (; i < length; i++) {
				const value = read(i);
				if (value > 0x7fffffff && isValid(valid, i)) break;
				values[from + i] = value;
			}
		}
		if (i < length) {
			this.budget.hold(values.length * 8);
			this.#numbers = Float64Array.from(values);
			this.budget.release(values.length * 4);
			this.#integers = null;
		}
		return i;
	}

	#asNumbers(array: ArrowArray, from: number, done: number): number {
		const values = grown(
			this.#numbers as Float64Array<ArrayBuffer>,
			from + array.length,
			this.budget
		);
		this.#numbers = values;
		const read = codeReader(array);
		for (let i = done; i < array.length; i++) {
			const value = read(i);
			if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
				if (isValid(array.valid, i)) {
					this.#startTexts(from + i);
					return i;
				}
				values[from + i] = 0;
			} else values[from + i] = value;
		}
		return array.length;
	}

	#startTexts(rows: number): void {
		const numbers = this.#numbers as Float64Array;
		this.#texts = new TextAppender('text', this.budget, numbers.length);
		for (let row = 0; row < rows; row++)
			this.#texts.push(this.validity.isValid(row) ? String(numbers[row]) : null);
		this.budget.release(numbers.length * 8);
		this.#numbers = null;
	}

	#asTexts(array: ArrowArray, done: number): void {
		const { signed } = this.#type;
		const values = signed
			? viewOf(BigInt64Array, array.buffers[0], array.length)
			: viewOf(BigUint64Array, array.buffers[0], array.length);
		for (let i = done; i < array.length; i++) {
			const value = values[i] as bigint;
			const there = isValid(array.valid, i);
			if (there && (value > MAX_SAFE || value < -MAX_SAFE)) this.asText++;
			this.#texts?.push(there ? String(value) : null);
		}
	}

	finish(name: string): Column | null {
		const base = this.validity.finish();
		if (this.#texts) return this.#texts.finish(name);
		if (this.#numbers)
			return { name, ...base, type: 'number', values: cut(this.#numbers, base.length) };
		return {
			name,
			...base,
			type: 'integer',
			values: cut(this.#integers ?? new Int32Array(0), base.length)
		};
	}
}
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

class NumberAppender extends Base {
	#values: Float64Array<ArrayBuffer>;

	constructor(budget: DecodingBudget, rows: number) {
		super(budget);
		budget.hold(rows * 8);
		this.#values = new Float64Array(rows);
	}

	append(array: ArrowArray): void {
		const from = this.validity.rows;
		const { length, valid } = array;
		const { type } = array.field;
		const values = grown(this.#values, from + length, this.budget);
		this.#values = values;
		this.validity.append(valid, length);
		if (type.kind === 'float' && type.bytes > 2) {
			const [data] = array.buffers;
			values.set(
				type.bytes === 8 ? viewOf(Float64Array, data, length) : viewOf(Float32Array, data, length),
				from
			);
		} else {
			const read = numberReader(array);
			for (let i = 0; i < length; i++) values[from + i] = read(i);
		}
		for (let i = from; i < from + length; i++)
			// What many programs write where there is no value.
			if (Number.isNaN(values[i])) {
				values[i] = 0;
				if (!this.validity.isValid(i)) continue;
				this.validity.miss(i);
				this.blanks ??= new CellLog();
				this.blanks.add(i, i, i);
			}
	}

	finish(name: string): Column {
		const base = this.validity.finish();
		return { name, ...base, type: 'number', values: cut(this.#values, base.length) };
	}
}

function numberReader(array: ArrowArray): (i: number) => number {
	const { type } = array.field;
	const [data] = array.buffers;
	if (type.kind === 'decimal') return decimalReader(array);
	if (type.kind === 'float') {
		const halves = viewOf(Uint16Array, data, array.length);
		return (i) => float16(halves[i] as number);
	}
	if (type.kind !== 'duration') throw new TypeError(type.kind);
	// In seconds.
	const words = viewOf(Int32Array, data, 2 * array.length);
	return (i) => wordsToNumber(words[2 * i] as number, words[2 * i + 1] as number) / type.perSecond;
}

class DateAppender extends Base {
	#values: Int32Array<ArrayBuffer>;

	constructor(budget: DecodingBudget, rows: number) {
		super(budget);
		budget.hold(rows * 4);
		this.#values = new Int32Array(rows);
	}

	append(array: ArrowArray): void {
		const from = this.validity.rows;
		const { length, valid } = array;
		const values = grown(this.#values, from + length, this.budget);
		this.#values = values;
		this.validity.append(valid, length);
		const { type } = array.field;
		const wide = type.kind === 'date' && type.bytes === 8;
		const words = viewOf(Int32Array, array.buffers[0], wide ? 2 * length : length);
		for (let i = 0; i < length; i++) {
			if (!isValid(valid, i)) continue;
			const day = wide
				? Math.floor(
						toMilliseconds(words[2 * i] as number, words[2 * i + 1] as number, 1e3) / 864e5
					)
				: (words[i] as number);
			if (Math.abs(day) > MAX_MS / 864e5) throw unreadable('date');
			values[from + i] = day;
		}
	}

	finish(name: string): Column {
		const base = this.validity.finish();
		return { name, ...base, type: 'date', values: cut(this.#values, base.length) };
	}
}

class DateTimeAppender extends Base {
	/** Two words a value. */
	#words: Int32Array<ArrayBuffer>;

	constructor(budget: DecodingBudget, rows: number) {
		super(budget);
		budget.hold(rows * 8);
		this.#words = new Int32Array(2 * rows);
	}

	append(array: ArrowArray): void {
		const { type } = array.field;
		if (type.kind !== 'timestamp') throw new TypeError(type.kind);
		const from = this.validity.rows;
		const { length, valid } = array;
		const out = grown(this.#words, 2 * (from + length), this.budget);
		this.#words = out;
		this.validity.append(valid, length);
		const words = viewOf(Int32Array, array.buffers[0], 2 * length);
		for (let i = 0; i < length; i++) {
			if (!isValid(valid, i)) continue;
			let ms = toMilliseconds(words[2 * i] as number, words[2 * i + 1] as number, type.perSecond);
			// An instant; what people read is a clock.
			if (type.zoned) ms = torontoWall(ms);
			const high = Math.floor(ms / 4294967296);
			out[2 * (from + i)] = ms - high * 4294967296;
			out[2 * (from + i) + 1] = high;
		}
	}

	finish(name: string): Column {
		const base = this.validity.finish();
		const words = cut(this.#words, 2 * base.length);
		return { name, ...base, type: 'datetime', values: new BigInt64Array(words.buffer) };
	}
}

/** Times of day and nested values: texts that are made here. */
class FormattedAppender extends Base {
	readonly #texts: TextAppender;
	readonly #kind: 'time' | 'nested';

	constructor(budget: DecodingBudget, rows: number, kind: 'time' | 'nested') {
		super(budget);
		this.#texts = new TextAppender('text', budget, rows);
		this.#kind = kind;
	}

	append(array: ArrowArray): void {
		const { type } = array.field;
		if (type.kind === 'time') {
			const words = viewOf(Int32Array, array.buffers[0], (array.length * type.bytes) / 4);
			for (let i = 0; i < array.length; i++)
				this.#texts.push(
					isValid(array.valid, i)
						? timeText(
								type.bytes === 4
									? (words[i] as number)
									: wordsToNumber(words[2 * i] as number, words[2 * i + 1] as number),
								type.perSecond
							)
						: null
				);
			return;
		}
		const write = jsonWriter(array, this.budget);
		for (let i = 0; i < array.length; i++) {
			if (!isValid(array.valid, i)) {
				this.#texts.push(null);
				continue;
			}
			const out = new JsonText();
			write(i, out);
			this.nested++;
			this.#texts.push(out.text);
		}
	}

	finish(name: string): Column | null {
		const column = this.#texts.finish(name);
		return column && this.#kind === 'time' ? { ...column, valueType: 'time' } : column;
	}
}

/** Codes of a dictionary whose values are no texts: each is put in its place, as if it had been written there. */
class ThroughDictionary implements ColumnAppender {
	readonly #inner: ColumnAppender;
	readonly #field: ArrowField;
	readonly #width: number;

	constructor(inner: ColumnAppender, field: ArrowField, width: number) {
		this.#inner = inner;
		this.#field = field;
		this.#width = width;
	}

	get asText(): number {
		return this.#inner.asText;
	}
	get nested(): number {
		return this.#inner.nested;
	}
	get blanks(): CellLog | null {
		return this.#inner.blanks;
	}

	append(array: ArrowArray): void {
		const { length, dictionary } = array;
		if (!dictionary) throw unreadable('no dictionary');
		const width = this.#width;
		const from = dictionary.buffers[0];
		const valid = new Uint8Array((length + 7) >> 3);
		const out = new Uint8Array(length * width);
		const codeOf = codeReader(array);
		for (let i = 0; i < length; i++) {
			if (!isValid(array.valid, i)) continue;
			const code = codeOf(i);
			if (!(code >= 0 && code < dictionary.length)) throw unreadable('code');
			if (!from || !isValid(dictionary.valid, code)) continue;
			valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
			for (let k = 0; k < width; k++) out[i * width + k] = from[code * width + k] as number;
		}
		const field = this.#field;
		this.#inner.append({ field, length, valid, buffers: [out], children: [], dictionary: null });
	}

	finish(name: string): Column | null {
		return this.#inner.finish(name);
	}
}
