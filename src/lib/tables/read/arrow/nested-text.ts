/** Lists, maps and objects within a column, as compact JSON texts. */
import { InvalidError } from '../../../core/errors.ts';
import { isValid, Offsets, viewOf, type ArrowArray } from './arrow-array.ts';
import { unreadable } from './arrow-type.ts';
import { codeReader, textReader } from './code-reader.ts';
import { decimalReader } from './decimal.ts';
import type { DecodingBudget } from './decoding-budget.ts';
import { timeText, toMilliseconds, wordsToNumber } from './epoch.ts';
import { float16 } from './float16.ts';

type Write = (i: number, out: JsonText) => void;

/** UTF-16 units of a cell: what says more is no value that anyone reads. */
const MAX_CELL = 1_000_000;
/** What writing a value takes beside its bytes, in bytes read: the least, and what decoding a text adds. */
const VALUE = 32;
const TEXT = 64;

/** The text of one value, while its parts come. */
export class JsonText {
	text = '';

	/** @throws InvalidError `nested_value_too_long` (megabytes) */
	push(part: string): void {
		this.text += part;
		if (this.text.length > MAX_CELL)
			throw new InvalidError('nested_value_too_long', { megabytes: MAX_CELL / 1e6 });
	}
}

/** Writes the parts of the JSON text of a value, `null` where there is none or where it is of no kind that JSON has. */
export function jsonWriter(array: ArrowArray, budget: DecodingBudget): Write {
	const write = array.dictionary
		? throughDictionary(array, array.dictionary, budget)
		: valueWriter(array, budget);
	const { valid } = array;
	return (i, out) => {
		// A value, however little it says, takes its time.
		budget.read(VALUE);
		if (isValid(valid, i)) write(i, out);
		else out.push('null');
	};
}

function throughDictionary(
	array: ArrowArray,
	dictionary: ArrowArray,
	budget: DecodingBudget
): Write {
	const codeOf = codeReader(array);
	const write = jsonWriter(dictionary, budget);
	return (i, out) => {
		const code = codeOf(i);
		if (!(code >= 0 && code < dictionary.length)) throw unreadable('code');
		write(code, out);
	};
}

function valueWriter(array: ArrowArray, budget: DecodingBudget): Write {
	const { type } = array.field;
	const { length } = array;
	const [data] = array.buffers;
	switch (type.kind) {
		case 'bool':
			return (i, out) => out.push(isValid(data ?? null, i) ? 'true' : 'false');
		case 'int': {
			if (type.bytes < 8) {
				const read = codeReader(array);
				return (i, out) => out.push(String(read(i)));
			}
			const signed = type.signed ? viewOf(BigInt64Array, data, length) : null;
			const values = signed ?? viewOf(BigUint64Array, data, length);
			return (i, out) => out.push(String(values[i]));
		}
		case 'float': {
			const halves = type.bytes === 2 ? viewOf(Uint16Array, data, length) : null;
			const values =
				type.bytes === 8
					? viewOf(Float64Array, data, length)
					: type.bytes === 4
						? viewOf(Float32Array, data, length)
						: null;
			return (i, out) =>
				out.push(JSON.stringify(halves ? float16(halves[i] as number) : (values?.[i] ?? null)));
		}
		case 'decimal': {
			const read = decimalReader(array);
			return (i, out) => out.push(JSON.stringify(read(i)));
		}
		case 'date':
		case 'timestamp': {
			const words = viewOf(Int32Array, data, (length * type.bytes) / 4);
			if (type.kind === 'date' && type.bytes === 4)
				return (i, out) => out.push(JSON.stringify(dayText((words[i] as number) * 86_400_000)));
			const perSecond = type.kind === 'date' ? 1e3 : type.perSecond;
			const end = type.kind === 'date' ? 10 : type.zoned ? undefined : 19;
			return (i, out) => {
				const ms = toMilliseconds(words[2 * i] as number, words[2 * i + 1] as number, perSecond);
				out.push(JSON.stringify(new Date(ms).toISOString().slice(0, end)));
			};
		}
		case 'time':
		case 'duration': {
			const { bytes, perSecond, kind } = type;
			const words = viewOf(Int32Array, data, (length * bytes) / 4);
			return (i, out) => {
				const value =
					bytes === 4
						? (words[i] as number)
						: wordsToNumber(words[2 * i] as number, words[2 * i + 1] as number);
				out.push(
					kind === 'time' ? JSON.stringify(timeText(value, perSecond)) : String(value / perSecond)
				);
			};
		}
		case 'text': {
			const read = textReader(array);
			const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
			return (i, out) => {
				const bytes = read(i);
				budget.read(TEXT + bytes.length);
				out.push(JSON.stringify(decoder.decode(bytes)));
			};
		}
		case 'list':
		case 'map':
			return listWriter(array, budget);
		case 'struct': {
			const fields = array.children.map((child) => ({
				key: `${JSON.stringify(child.field.name)}:`,
				write: jsonWriter(child, budget)
			}));
			return (i, out) => {
				fields.forEach(({ key, write }, k) => {
					out.push(k === 0 ? '{' : ',');
					out.push(key);
					write(i, out);
				});
				out.push(fields.length ? '}' : '{}');
			};
		}
		default:
			return (_, out) => out.push('null');
	}
}

const dayText = (ms: number): string => {
	if (!(Math.abs(ms) <= 8.64e15)) throw unreadable('date');
	return new Date(ms).toISOString().slice(0, 10);
};

function listWriter(array: ArrowArray, budget: DecodingBudget): Write {
	const { type, children } = array.field;
	const [elements] = array.children;
	if (!elements || !children[0] || (type.kind !== 'list' && type.kind !== 'map'))
		throw unreadable('list');
	const offsets =
		type.offsets > 0
			? new Offsets(array.buffers[0], type.offsets as 4 | 8, array.length, elements.length)
			: null;
	const write = jsonWriter(elements, budget);
	return (i, out) => {
		offsets?.seek(i);
		const start = offsets ? offsets.start : i * type.size;
		const end = offsets ? offsets.end : start + type.size;
		out.push('[');
		for (let k = start; k < end; k++) {
			if (k > start) out.push(',');
			write(k, out);
		}
		out.push(']');
	};
}
