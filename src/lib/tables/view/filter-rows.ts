/** Filters: each takes out of a mask (1 = kept) the rows that it does not let through. */
import type { ColumnFilter } from '../../core/protocol/table-query.ts';
import { hasValue, type Column } from '../column.ts';
import { readNumbers, unitOf } from './column-numbers.ts';
import type { ColumnTexts } from './column-texts.ts';
import { needleOf } from './fold.ts';
import { CHUNK, type Steps } from './steps.ts';

export type RowMask = Uint8Array<ArrayBuffer>;

/** @param texts of a text column */
export function* filterRows(
	mask: RowMask,
	column: Column,
	texts: ColumnTexts | null,
	filter: ColumnFilter
): Steps<void> {
	if (filter.kind === 'missing' || filter.kind === 'present') {
		const wanted = filter.kind === 'present';
		for (let from = 0; from < column.length; from += CHUNK) {
			const to = Math.min(column.length, from + CHUNK);
			for (let row = from; row < to; row++) if (hasValue(column, row) !== wanted) mask[row] = 0;
			yield to - from;
		}
		return;
	}
	if (filter.kind === 'values') {
		const values: ReadonlySet<unknown> = new Set(filter.values);
		const missing = values.has(null) !== filter.except;
		if (column.type === 'text' && texts) {
			const among = yield* texts.among(values);
			return yield* byCode(mask, column, among, filter.except, missing);
		}
		if (column.type === 'boolean') {
			const [yes, no] = [true, false].map((value) => values.has(value) !== filter.except);
			for (let from = 0; from < column.length; from += CHUNK) {
				const to = Math.min(column.length, from + CHUNK);
				for (let row = from; row < to; row++) {
					const there = hasValue(column, row);
					const value = ((column.values[row >> 3] as number) >> (row & 7)) & 1;
					if (!(there ? (value === 1 ? yes : no) : missing)) mask[row] = 0;
				}
				yield to - from;
			}
			return;
		}
		if (column.type === 'text') return;
		const unit = unitOf(column);
		const wanted = new Set([...values].flatMap((v) => (typeof v === 'number' ? [v / unit] : [])));
		const keeps = (value: number): boolean => wanted.has(value) !== filter.except;
		return yield* byNumber(mask, column, keeps, missing);
	}
	if (filter.kind === 'contains') {
		const needle = needleOf(filter.text, column.valueType);
		if (column.type !== 'text' || !texts || needle === '') return;
		return yield* byCode(mask, column, yield* texts.holding(needle), false, false);
	}
	if (column.type === 'text' || column.type === 'boolean') return;
	const unit = unitOf(column);
	const min = filter.min === null ? -Infinity : filter.min / unit;
	const max = filter.max === null ? Infinity : filter.max / unit;
	yield* byNumber(mask, column, (value) => value >= min && value <= max, false);
}

function* byCode(
	mask: RowMask,
	column: Extract<Column, { type: 'text' }>,
	listed: Uint8Array,
	except: boolean,
	missing: boolean
): Steps<void> {
	const kept = except ? 0 : 1;
	const { codes, valid } = column;
	for (let from = 0; from < column.length; from += CHUNK) {
		const to = Math.min(column.length, from + CHUNK);
		for (let row = from; row < to; row++)
			if (valid && (((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) {
				if (!missing) mask[row] = 0;
			} else if (listed[codes[row] as number] !== kept) mask[row] = 0;
		yield to - from;
	}
}

function* byNumber(
	mask: RowMask,
	column: Exclude<Column, { type: 'text' | 'boolean' }>,
	keeps: (value: number) => boolean,
	missing: boolean
): Steps<void> {
	const numbers = new Float64Array(CHUNK);
	for (let from = 0; from < column.length; from += CHUNK) {
		const to = Math.min(column.length, from + CHUNK);
		readNumbers(column, null, from, to, numbers);
		for (let row = from; row < to; row++) {
			const value = numbers[row - from] as number;
			if (!(hasValue(column, row) ? keeps(value) : missing)) mask[row] = 0;
		}
		yield to - from;
	}
}
