/**
 * Numbers for the keys of two tables: rows have the same one when the values of all key columns are the same in both.
 * Texts are the same to the letter, numbers by their value; columns of other types are told apart as texts. A row that
 * lacks a value of its key has -1: it is the same as none.
 */
import { InvalidError } from '../../core/errors.ts';
import { dictionarySize, hasValue, type Column, type TextDictionary } from '../column.ts';
import { TextInterner } from '../text-interner.ts';
import { cellText } from './cell-text.ts';

export interface KeyCodes {
	readonly before: Int32Array;
	readonly after: Int32Array;
	/** Codes are below it. */
	readonly size: number;
}

/**
 * @param key names of columns of both; without any, no row is the same as another
 * @throws InvalidError `merge_key_unknown` (details: column)
 */
export function keyCodes(
	before: readonly Column[],
	after: readonly Column[],
	key: readonly string[]
): KeyCodes {
	const named = (columns: readonly Column[], name: string): Column => {
		const found = columns.find((column) => column.name === name);
		if (!found) throw new InvalidError('merge_key_unknown', { column: name });
		return found;
	};
	let all: KeyCodes | null = null;
	for (const name of key) {
		const codes = columnCodes(named(before, name), named(after, name));
		all = all ? paired(all, codes) : codes;
	}
	const none = (columns: readonly Column[]) => new Int32Array(columns[0]?.length ?? 0).fill(-1);
	return all ?? { before: none(before), after: none(after), size: 0 };
}

function columnCodes(before: Column, after: Column): KeyCodes {
	if (before.type === 'text' && after.type === 'text') {
		const interner = new TextInterner();
		const codes = [before, after].map((column) => {
			const own = internAll(interner, column.dictionary);
			return Int32Array.from(column.codes, (code, row) =>
				hasValue(column, row) ? (own[code] as number) : -1
			);
		});
		return sized(codes, interner.size);
	}
	const alike = before.type === after.type || (isNumeric(before.type) && isNumeric(after.type));
	const seen = new Map<unknown, number>();
	const codes = [before, after].map((column) => {
		const read = alike ? valueReader(column) : cellText(column);
		const own = new Int32Array(column.length);
		for (let row = 0; row < own.length; row++) {
			const value = read(row);
			let code = value === null ? -1 : seen.get(value);
			if (code === undefined) seen.set(value, (code = seen.size));
			own[row] = code;
		}
		return own;
	});
	return sized(codes, seen.size);
}

const isNumeric = (type: Column['type']): boolean => type === 'integer' || type === 'number';

const sized = ([before, after]: readonly Int32Array[], size: number): KeyCodes => ({
	before: before ?? new Int32Array(),
	after: after ?? new Int32Array(),
	size
});

function internAll(interner: TextInterner, { offsets, bytes }: TextDictionary): Int32Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Int32Array.from({ length: dictionarySize({ offsets, bytes }) }, (_, i) =>
		interner.intern(bytes, view, offsets[i] as number, offsets[i + 1] as number)
	);
}

/** Values by which cells of one type are told apart; milliseconds stay exact. */
function valueReader(column: Column): (row: number) => number | bigint | boolean | null {
	switch (column.type) {
		case 'boolean':
			return (row) =>
				hasValue(column, row)
					? (((column.values[row >> 3] as number) >> (row & 7)) & 1) === 1
					: null;
		case 'text':
			return (row) => (hasValue(column, row) ? (column.codes[row] as number) : null);
		default:
			return (row) => (hasValue(column, row) ? (column.values[row] as number | bigint) : null);
	}
}

/** Codes of pairs; both sizes are below 2^31, and so their product is exact for what tables hold (see ARROW_LIMITS). */
function paired(one: KeyCodes, other: KeyCodes): KeyCodes {
	const seen = new Map<number, number>();
	const combine = (a: Int32Array, b: Int32Array): Int32Array =>
		a.map((code, row) => {
			const next = b[row] as number;
			if (code < 0 || next < 0) return -1;
			const pair = code * other.size + next;
			let own = seen.get(pair);
			if (own === undefined) seen.set(pair, (own = seen.size));
			return own;
		});
	return {
		before: combine(one.before, other.before),
		after: combine(one.after, other.after),
		size: seen.size
	};
}
