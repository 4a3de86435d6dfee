/** A contributor's column as a column of the contract: each cell converted, or said not to be of the type. */
import { storedAs, type ValueType } from '../../core/dataset/value-type.ts';
import type { ContractColumn } from '../../core/pool/contract.ts';
import { foldValue } from '../../core/pool/fold.ts';
import { UNIT_FACTORS, type ColumnMapping } from '../../core/pool/mapping.ts';
import { spellingsOf } from '../../core/pool/suggest-values.ts';
import type { ProblemCode } from '../../core/protocol/pool.ts';
import {
	cellReader,
	dictionaryReader,
	dictionarySize,
	hasValue,
	MS_PER_DAY,
	type Column
} from '../column.ts';
import { textColumn } from '../column-of.ts';
import { cellAsText } from '../merge/cell-text.ts';
import { MISSING_TEXTS } from '../read/missing-texts.ts';
import { TextInterner } from '../text-interner.ts';
import { parseBoolean } from '../values/parse-boolean.ts';
import { DateParser } from '../values/parse-date.ts';
import { NumberParser } from '../values/parse-number.ts';
import { shapeOf } from './shapes.ts';

/** A cell on its way: what it becomes, null for a missing one, or what is wrong with it. */
type Cell = { readonly value: string | number | boolean | null } | { readonly wrong: ProblemCode };
const MISSING: Cell = { value: null };
const WRONG: Cell = { wrong: 'wrong_type' };

const ABSENT: ReadonlySet<string> = new Set(MISSING_TEXTS);
const encoder = new TextEncoder();

/** @param fault told of each cell that is not of the type, by its row; such a cell is missing in the result */
export function convertColumn(
	source: Column,
	target: ContractColumn,
	mapping: ColumnMapping,
	fault: (row: number, code: ProblemCode) => void
): Column {
	const convert =
		source.type === 'text'
			? textConverter(source, target, mapping)
			: valueConverter(source, target, mapping);
	const writer = new CellWriter(target, source.length);
	for (let row = 0; row < source.length; row++) {
		if (!hasValue(source, row)) continue;
		const cell = convert(row);
		if ('wrong' in cell) fault(row, cell.wrong);
		else if (cell.value !== null && !writer.set(row, cell.value)) fault(row, 'wrong_type');
	}
	return writer.finish();
}

/** A column that holds the same text in each row, as a person typed it. */
export const constantColumn = (text: string, rows: number): Column =>
	textColumn('', new Array<string>(rows).fill(text));

/** Texts are converted once each, however many rows hold them. */
function textConverter(
	source: Column & { readonly type: 'text' },
	target: ContractColumn,
	mapping: ColumnMapping
): (row: number) => Cell {
	const read = dictionaryReader(source.dictionary);
	const parse = textParser(source, target, mapping);
	const seen = new Array<Cell | undefined>(dictionarySize(source.dictionary));
	return (row) => {
		const code = source.codes[row] as number;
		return (seen[code] ??= parse(read(code)));
	};
}

function textParser(
	source: Column & { readonly type: 'text' },
	target: ContractColumn,
	mapping: ColumnMapping
): (text: string) => Cell {
	const given = new Map(mapping.values.map(([from, to]) => [from, to]));
	const known = target.allowed ? spellingsOf(target.allowed) : null;
	const inner = typedParser(source, target.type, mapping);
	const factor = UNIT_FACTORS[mapping.unit];
	return (raw) => {
		const decided = given.get(raw);
		if (decided !== undefined) return { value: decided };
		const text = raw.trim();
		if (text === '' || ABSENT.has(text)) return MISSING;
		// What is no spelling of an allowed value passes, and is then refused as such.
		if (known) return { value: known.get(foldValue(text)) ?? text };
		const cell = inner(text);
		return 'value' in cell && typeof cell.value === 'number' && factor !== 1
			? { value: scaled(cell.value, factor) }
			: cell;
	};
}

/** Free of the dust that a product of decimals leaves: 0.726 × 100 is 72.6. */
const scaled = (value: number, factor: number): number => Number((value * factor).toPrecision(15));

function typedParser(
	source: Column & { readonly type: 'text' },
	type: ValueType,
	mapping: ColumnMapping
): (text: string) => Cell {
	switch (type) {
		case 'text':
		case 'category':
		case 'identifier':
			return (text) => ({ value: text });
		case 'url':
		case 'region':
		case 'postal_area':
		case 'time': {
			const shape = shapeOf(type);
			return (text) => {
				// A date-time holds a time.
				const plain = type === 'time' ? text.replace(/^\d{4}-\d\d-\d\d[T ]/, '') : text;
				const value = shape ? shape(plain) : plain;
				return value === null ? WRONG : { value };
			};
		}
		case 'boolean':
			return (text) => {
				if (text === '1' || text === '0') return { value: text === '1' };
				const bytes = encoder.encode(text);
				const found = parseBoolean(bytes, 0, bytes.length);
				return found < 0 ? WRONG : { value: found === 1 };
			};
		case 'date':
		case 'datetime': {
			const parser = new DateParser(mapping.dateOrder ?? guessOrder(source));
			return (text) => {
				const bytes = encoder.encode(text);
				const ms = parser.parse(bytes, 0, bytes.length);
				return Number.isNaN(ms) ? WRONG : { value: ms };
			};
		}
		case 'integer':
		case 'number':
		case 'money':
		case 'percent': {
			const parser = new NumberParser(mapping.decimal ?? guessDecimal(source), false);
			return (text) => {
				const bytes = encoder.encode(text);
				const value = parser.parse(bytes, 0, bytes.length);
				return Number.isNaN(value) ? WRONG : { value };
			};
		}
	}
}

/** Distinct texts that a guess looks at. */
const GUESSED = 2_000;

/** Which of two ways of reading more of the texts understand; the first where they are even. */
function better<T>(
	source: Column & { readonly type: 'text' },
	ways: readonly [T, T],
	reads: (way: T) => (bytes: Uint8Array, start: number, end: number) => number
): T {
	const { bytes, offsets } = source.dictionary;
	const [first, second] = ways.map((way) => {
		const read = reads(way);
		let understood = 0;
		for (let i = 0; i < Math.min(GUESSED, offsets.length - 1); i++)
			if (!Number.isNaN(read(bytes, offsets[i] as number, offsets[i + 1] as number))) understood++;
		return understood;
	});
	return (second ?? 0) > (first ?? 0) ? ways[1] : ways[0];
}
const guessDecimal = (source: Column & { readonly type: 'text' }): ',' | '.' =>
	better(source, [',', '.'], (mark) => {
		const parser = new NumberParser(mark, false);
		return (bytes, start, end) => parser.parse(bytes, start, end);
	});
const guessOrder = (source: Column & { readonly type: 'text' }): 'dmy' | 'mdy' =>
	better(source, ['dmy', 'mdy'], (order) => {
		const parser = new DateParser(order);
		return (bytes, start, end) => parser.parse(bytes, start, end);
	});

/** Cells that have a type already: numbers to other numbers, dates to date-times and back, anything to text. */
function valueConverter(
	source: Column,
	target: ContractColumn,
	mapping: ColumnMapping
): (row: number) => Cell {
	const read = cellReader(source);
	const stored = storedAs(target.type);
	const numeric = source.type === 'number' || source.type === 'integer';
	const dated = source.type === 'date' || source.type === 'datetime';
	const factor = UNIT_FACTORS[mapping.unit];
	// As a text would be: `6` is a region's code, 1 and 0 are yes and no, `2025-03-09T19:30:00` holds a time.
	const asText = textParser(textColumn('', []) as Column & { readonly type: 'text' }, target, {
		...mapping,
		unit: 'none',
		decimal: '.'
	});
	return (row) => {
		const value = read(row);
		if (value === null) return MISSING;
		if (stored === 'number' || stored === 'integer')
			return numeric
				? { value: factor === 1 ? value : scaled(value as number, factor) }
				: typeof value === 'boolean'
					? { value: value ? 1 : 0 }
					: WRONG;
		if (stored === 'date' || stored === 'datetime') return dated ? { value } : WRONG;
		if (stored === 'boolean' && typeof value === 'boolean') return { value };
		if (target.type === 'time' && source.type !== 'datetime') return WRONG;
		return asText(cellAsText(source.type, value));
	};
}

/** Cells of the contract's type, written as Arrow lays them out. */
class CellWriter {
	readonly #target: ContractColumn;
	readonly #stored: Column['type'];
	readonly #rows: number;
	readonly #bits: Uint8Array<ArrayBuffer>;
	#present = 0;
	readonly #ints: Int32Array<ArrayBuffer>;
	readonly #floats: Float64Array<ArrayBuffer>;
	readonly #times: BigInt64Array<ArrayBuffer>;
	readonly #flags: Uint8Array<ArrayBuffer>;
	readonly #interner = new TextInterner();
	readonly #codes = new Map<string, number>();

	constructor(target: ContractColumn, rows: number) {
		this.#target = target;
		this.#stored = storedAs(target.type);
		this.#rows = rows;
		this.#bits = new Uint8Array((rows + 7) >> 3);
		const of = (...types: Column['type'][]): number => (types.includes(this.#stored) ? rows : 0);
		this.#ints = new Int32Array(of('integer', 'date', 'text'));
		this.#floats = new Float64Array(of('number'));
		this.#times = new BigInt64Array(of('datetime'));
		this.#flags = new Uint8Array((of('boolean') + 7) >> 3);
	}

	/** Answers whether the value can be one of the type's: a whole number for an integer, a day for a date. */
	set(row: number, value: string | number | boolean): boolean {
		if (!this.#write(row, value)) return false;
		this.#bits[row >> 3] = (this.#bits[row >> 3] ?? 0) | (1 << (row & 7));
		this.#present++;
		return true;
	}

	#write(row: number, value: string | number | boolean): boolean {
		switch (this.#stored) {
			case 'text': {
				const text = String(value);
				let code = this.#codes.get(text);
				if (code === undefined) {
					const bytes = encoder.encode(text);
					const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
					code = this.#interner.intern(bytes, view, 0, bytes.length);
					this.#codes.set(text, code);
				}
				this.#ints[row] = code;
				return true;
			}
			case 'integer':
				if (typeof value !== 'number' || value !== (value | 0)) return false;
				this.#ints[row] = value;
				return true;
			case 'number':
				if (typeof value !== 'number' || !Number.isFinite(value)) return false;
				this.#floats[row] = value;
				return true;
			case 'date': {
				const day = typeof value === 'number' ? Math.floor(value / MS_PER_DAY) : NaN;
				if (!(Math.abs(day) <= 1e8)) return false;
				this.#ints[row] = day;
				return true;
			}
			case 'datetime':
				if (typeof value !== 'number' || !(Math.abs(value) <= 8.64e15)) return false;
				this.#times[row] = BigInt(Math.trunc(value));
				return true;
			case 'boolean':
				if (value === true) this.#flags[row >> 3] = (this.#flags[row >> 3] ?? 0) | (1 << (row & 7));
				return typeof value === 'boolean';
		}
	}

	finish(): Column {
		const missing = this.#rows - this.#present;
		const base = {
			name: this.#target.name,
			valueType: this.#target.type,
			length: this.#rows,
			missing,
			valid: missing ? this.#bits : null
		};
		switch (this.#stored) {
			case 'text':
				return {
					...base,
					type: 'text',
					codes: this.#ints,
					dictionary: this.#interner.dictionary()
				};
			case 'number':
				return { ...base, type: 'number', values: this.#floats };
			case 'datetime':
				return { ...base, type: 'datetime', values: this.#times };
			case 'boolean':
				return { ...base, type: 'boolean', values: this.#flags };
			case 'integer':
			case 'date':
				return { ...base, type: this.#stored, values: this.#ints };
		}
	}
}
