/**
 * Makes missing the values that a person said stand for none: `-999` among numbers, `1900-01-01` among dates. The
 * builders look for such texts only where nothing else was read; of a column that came typed, nobody has looked yet.
 */
import { storedAs } from '../../core/dataset/value-type.ts';
import { hasValue, MS_PER_DAY, type Column } from '../column.ts';
import { DateParser } from '../values/parse-date.ts';
import { NumberParser } from '../values/parse-number.ts';
import { without } from './column-builder.ts';
import type { MissingTexts } from './missing-texts.ts';
import type { ColumnPlan } from './table-plan.ts';

export interface Cleared {
	readonly column: Column;
	readonly counts: Int32Array | null;
	/** Rows for each of the missing texts. */
	readonly markers: readonly number[];
	/** Zeros that became missing. */
	readonly zeros: number;
}

const encoder = new TextEncoder();

/** What a text means in a column of numbers or dates; NaN for nothing. */
function valueOf(text: string, { type, decimal, dateOrder }: ColumnPlan): number {
	const bytes = encoder.encode(text);
	const parse = (parser: NumberParser | DateParser): number => parser.parse(bytes, 0, bytes.length);
	switch (storedAs(type)) {
		case 'integer':
		case 'number':
			return parse(new NumberParser(decimal, false));
		case 'date':
			return parse(new DateParser(dateOrder)) / MS_PER_DAY;
		case 'datetime':
			return parse(new DateParser(dateOrder));
		default:
			return NaN;
	}
}

/**
 * Numbers and dates by what the texts mean, texts as they are written. Nothing is copied where none is found.
 * @param zeros whether zero is one of them
 */
export function withoutMarked(
	column: Column,
	counts: Int32Array | null,
	plan: ColumnPlan,
	texts: MissingTexts | null,
	zeros: boolean
): Cleared {
	const markers = texts?.texts.map(() => 0) ?? [];
	const same = { column, counts, markers, zeros: 0 };
	if (column.type === 'boolean') return same;
	if (column.type === 'text')
		return texts && counts ? withoutTexts(column, counts, texts, markers) : same;
	const marked = new Map<number, number>();
	if (zeros) marked.set(0, -1);
	texts?.texts.forEach((text, i) => {
		const value = valueOf(text, plan);
		if (value === value && !marked.has(value)) marked.set(value, i);
	});
	if (marked.size === 0) return same;
	let valid: Uint8Array<ArrayBuffer> | null = null;
	let found = 0;
	let noughts = 0;
	for (let row = 0; row < column.length; row++) {
		const marker = marked.get(Number(column.values[row]));
		if (marker === undefined || !hasValue(column, row)) continue;
		valid ??= column.valid?.slice() ?? allThere(column.length);
		valid[row >> 3] = (valid[row >> 3] ?? 0) & ~(1 << (row & 7));
		found++;
		if (marker < 0) noughts++;
		else markers[marker] = (markers[marker] ?? 0) + 1;
	}
	return found
		? {
				column: { ...column, valid, missing: column.missing + found },
				counts,
				markers,
				zeros: noughts
			}
		: same;
}

function allThere(rows: number): Uint8Array<ArrayBuffer> {
	const valid = new Uint8Array((rows + 7) >> 3).fill(0xff);
	if (rows & 7) valid[valid.length - 1] = (1 << (rows & 7)) - 1;
	return valid;
}

function withoutTexts(
	column: Extract<Column, { type: 'text' }>,
	counts: Int32Array,
	texts: MissingTexts,
	markers: number[]
): Cleared {
	const { offsets, bytes } = column.dictionary;
	const absent = new Uint8Array(counts.length);
	let found = 0;
	for (let code = 0; code < counts.length; code++) {
		const marker = texts.match(bytes, offsets[code] ?? 0, offsets[code + 1] ?? 0);
		if (marker < 0) continue;
		absent[code] = 1;
		found += counts[code] ?? 0;
		markers[marker] = (markers[marker] ?? 0) + (counts[code] ?? 0);
	}
	if (found === 0) return { column, counts, markers, zeros: 0 };
	const kept = without(column.dictionary, absent, column.codes.slice(), counts);
	// A row that was missing has the code of the first text.
	for (let at = 0; column.valid && at < kept.valid.length; at++)
		kept.valid[at] = (kept.valid[at] ?? 0) & (column.valid[at] ?? 0);
	return {
		column: {
			...column,
			dictionary: kept.dictionary,
			codes: kept.codes,
			valid: kept.valid,
			missing: column.missing + found
		},
		counts: kept.counts,
		markers,
		zeros: 0
	};
}
