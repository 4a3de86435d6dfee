/**
 * A table in a few letters: two tables with the same digest hold, as far as anyone will see, the same values in the same
 * order. Nothing of the values can be read in it by who does not have them all.
 */
import type { ColumnTable } from 'arquero';
import { keyText, keyValueOf } from '../../core/annotation/key-value.ts';
import type { ColumnInfo } from '../../core/protocol/messages.ts';
import { TEXT_CHUNK, type Steps } from '../../tables/view/steps.ts';
import type { SourceColumn } from './made-column.ts';
import { rowsOf } from './table-view.ts';

/** Texts of a column whose part is remembered: those of a dictionary come again and again. */
const REMEMBERED = 10_000;
/** Figures of a number that count: the order of a sum is no news. */
const FIGURES = 12;

/** The columns' names, then the values row by row, each with its kind. Sixteen hexadecimal figures. */
export function* tableDigest(shown: {
	readonly table: ColumnTable;
	readonly columns: readonly ColumnInfo[];
}): Steps<string> {
	const { table, columns } = shown;
	const hash = new Hash();
	const count = table.numRows();
	const sources: { column: SourceColumn; known: Map<number, readonly [number, number]> }[] = [];
	for (const { name } of columns) {
		hash.text(name);
		const column = table.column(name) as SourceColumn | undefined;
		if (column) sources.push({ column, known: new Map() });
	}
	const rows = rowsOf(table);
	// A step is of so many values: a wide table is not a long step.
	const chunk = Math.max(1, Math.floor(TEXT_CHUNK / Math.max(1, sources.length)));
	for (let from = 0; from < count; from += chunk) {
		const to = Math.min(count, from + chunk);
		for (let row = from; row < to; row++) {
			const at = rows ? (rows[row] ?? 0) : row;
			for (const { column, known } of sources) {
				const key = column.key?.(at);
				const before = key === undefined ? undefined : known.get(key);
				if (before) hash.words(...before);
				else {
					const [a, b] = wordsOf(column.at(at));
					if (key !== undefined && known.size < REMEMBERED) known.set(key, [a, b]);
					hash.words(a, b);
				}
			}
		}
		yield to - from;
	}
	return hash.end();
}

const MISSING: readonly [number, number] = [1, 0];

/** A value in two words of 32 bits. */
function wordsOf(value: unknown): readonly [number, number] {
	switch (typeof value) {
		case 'number':
			return Number.isNaN(value) ? MISSING : numberWords(value);
		case 'string':
			return textWords(value, 2);
		case 'boolean':
			return [3, value ? 1 : 0];
		case 'bigint':
			return Number.isSafeInteger(Number(value))
				? numberWords(Number(value))
				: textWords(String(value), 4);
		case 'object': {
			if (value === null) return MISSING;
			if (value instanceof Date) return Number.isNaN(+value) ? MISSING : numberWords(+value, 5);
			return textWords(keyText(keyValueOf(value)), 6);
		}
		default:
			return MISSING;
	}
}

const DOUBLE = new Float64Array(1);
const HALVES = new Uint32Array(DOUBLE.buffer);

function numberWords(value: number, kind = 7): readonly [number, number] {
	// Minus zero is zero.
	DOUBLE[0] = (Number.isSafeInteger(value) ? value : Number(value.toPrecision(FIGURES))) + 0;
	return [mix(kind, HALVES[0] ?? 0), mix(kind + 8, HALVES[1] ?? 0)];
}

function textWords(text: string, kind: number): readonly [number, number] {
	let a = kind;
	let b = ~kind;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 2_654_435_761);
		b = Math.imul(b ^ code, 1_597_334_677);
	}
	return [mix(a, text.length), mix(b, text.length)];
}

/** Every bit of both reaches every bit of what comes out (MurmurHash3's last steps). */
function mix(a: number, b: number): number {
	let hash = Math.imul(a ^ Math.imul(b, 3_432_918_353), 461_845_907);
	hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
	hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
	return hash ^ (hash >>> 16);
}

class Hash {
	#a = 0x9747b28c;
	#b = 0x3c6ef372;

	words(a: number, b: number): void {
		this.#a = mix(this.#a, a);
		this.#b = mix(this.#b, b ^ this.#a);
	}
	text(value: string): void {
		this.words(...textWords(value, 2));
	}
	end(): string {
		return [this.#a, this.#b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
	}
}
