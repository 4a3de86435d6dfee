/**
 * Opens Arrow IPC files (Feather 2) and streams, with what their writers use that a table of ours does not: several
 * batches, dictionaries that change, compression, whole numbers of all sizes, decimals, zones, nested values.
 */
import { isValueType } from '../../../core/dataset/value-type.ts';
import { AppError, InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import type { Column } from '../../column.ts';
import type { CellLog } from '../cell-log.ts';
import type { OpenedFile, OpeningNote, OpenOptions } from '../opened-file.ts';
import { bothValid, type ArrowArray } from './arrow-array.ts';
import { readMessages, type BatchMessage } from './arrow-messages.ts';
import { unreadable, type ArrowField } from './arrow-type.ts';
import { BatchBody } from './batch-body.ts';
import { columnAppender, type ColumnAppender } from './column-appender.ts';
import { DecodingBudget } from './decoding-budget.ts';
import { JoinedDictionary } from './joined-dictionary.ts';

/** Nested objects become columns down to this depth at most. */
const MAX_DEPTH = 8;
/** Rows that a batch without any bytes of values may claim. */
const MAX_UNPROVEN = 100_000;

/**
 * @throws InvalidError `arrow_file`, `file_feather_v1`, `arrow_type` (column) when no column can be read,
 *   `table_too_wide` (max), `table_too_long` (max), `table_too_large` (megabytes)
 */
export async function openArrow(
	bytes: Uint8Array<ArrayBuffer>,
	options: OpenOptions = {}
): Promise<OpenedFile> {
	try {
		const { fields, batches } = readMessages(bytes);
		const claimed = batches.reduce(
			(sum, { dictionary, header }) => sum + (dictionary ? 0 : Number(header.length())),
			0
		);
		// No more than bytes that are there could hold: the least that a value takes is a bit.
		const likely = Math.min(claimed, Math.floor((8 * bytes.length) / fields.length));
		const table = new ArrowTable(fields, bytes.length, options.depth, likely);
		const dictionaries = new Dictionaries(fields, table.budget);
		let told = 0;
		for (const message of batches) {
			if (message.dictionary) dictionaries.take(message);
			else {
				const body = new BatchBody(message.header, message.body, table.budget);
				table.append(
					fields.map((field) => body.array(field, body.rows, dictionaries.current)),
					body.rows
				);
				body.release();
			}
			if (message.end - told > 4_000_000) {
				told = message.end;
				options.progress?.(told, bytes.length);
				await options.pause?.();
			}
		}
		return table.finish('arrow');
	} catch (error) {
		throw refusalOf(error, () => unreadable('malformed'));
	}
}

/** Whatever a forged byte makes an accessor throw, the bytes are at fault; what a pause throws is let through. */
function refusalOf(error: unknown, refusal: () => InvalidError): unknown {
	if (error instanceof AppError) return error;
	const forged =
		error instanceof RangeError ||
		error instanceof TypeError ||
		(error instanceof Error && 'code' in error && typeof error.code === 'number');
	return forged ? refusal() : error;
}

/** A column to be: where its values lie. */
interface Leaf {
	readonly name: string;
	/** Places of the fields that lead to it. */
	readonly path: readonly number[];
	readonly field: ArrowField;
	/** Absent when no column can hold its values. */
	readonly appender: ColumnAppender | null;
}

/** The columns of a table while its batches come. */
export class ArrowTable {
	readonly budget: DecodingBudget;
	readonly #leaves: Leaf[] = [];
	readonly #nested: string[] = [];
	#rows = 0;
	readonly #likely: number;

	/**
	 * @param fileBytes of the file that the table comes from
	 * @param depth nested objects become columns down to it
	 * @param likely rows that room is made for at first, so never what a file only claims
	 */
	constructor(fields: readonly ArrowField[], fileBytes: number, depth = 1, likely: number) {
		this.budget = new DecodingBudget(fileBytes);
		this.#likely = Math.max(0, Math.min(likely, ARROW_LIMITS.rows));
		const deepest = Math.min(Math.max(Math.trunc(depth), 0), MAX_DEPTH);
		fields.forEach((field, i) => this.#plan(field, field.name, [i], deepest));
	}

	#plan(field: ArrowField, name: string, path: readonly number[], depth: number): void {
		if (field.type.kind === 'struct' && !field.dictionary && field.children.length > 0) {
			for (const child of field.children) this.#nested.push(`${name}.${child.name}`);
			if (depth > 0) {
				field.children.forEach((child, i) =>
					this.#plan(child, `${name}.${child.name}`, [...path, i], depth - 1)
				);
				return;
			}
		}
		if (this.#leaves.length === ARROW_LIMITS.columns)
			throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
		const appender = columnAppender(field, this.budget, this.#likely);
		this.#leaves.push({ name, path, field, appender });
	}

	get rows(): number {
		return this.#rows;
	}

	/** @param arrays one a field of the schema, each of so many rows */
	append(arrays: readonly ArrowArray[], rows: number): void {
		this.#rows += rows;
		if (this.#rows > ARROW_LIMITS.rows)
			throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
		if (
			rows > MAX_UNPROVEN &&
			arrays.every(({ buffers, children }) => !buffers.length && !children.length)
		)
			throw unreadable('rows without values');
		for (const { path, appender } of this.#leaves) {
			if (!appender) continue;
			let array = arrays[path[0] as number] as ArrowArray;
			for (const step of path.slice(1)) {
				const child = array.children[step] as ArrowArray;
				array = { ...child, valid: bothValid(array.valid, child.valid, rows) };
			}
			appender.append(array);
		}
	}

	finish(format: 'arrow' | 'parquet'): OpenedFile {
		const columns: Column[] = [];
		const blanks: (CellLog | null)[] = [];
		let dropped = 0;
		let asText = 0;
		let nested = 0;
		for (const { name, field, appender } of this.#leaves) {
			const column = appender?.finish(name) ?? null;
			if (!column) dropped++;
			else {
				const { valueType } = field;
				blanks.push(appender?.blanks ?? null);
				columns.push(isValueType(valueType, column.type) ? { ...column, valueType } : column);
			}
			asText += appender?.asText ?? 0;
			nested += appender?.nested ?? 0;
		}
		if (columns.length === 0)
			throw new InvalidError('arrow_type', { column: this.#leaves[0]?.name ?? '' });
		const notes: OpeningNote[] = [
			{ code: 'dropped_columns', count: dropped },
			{ code: 'values_as_text', count: asText },
			{ code: 'nested_values', count: nested }
		];
		return {
			format,
			members: [],
			member: null,
			sheets: [],
			sheet: null,
			nested: this.#nested,
			notes: notes.filter(({ count }) => count > 0),
			table: { kind: 'typed', columns, blanks }
		};
	}
}

/** The dictionaries as they stand, by id. */
export class Dictionaries {
	readonly current = new Map<bigint, ArrowArray>();
	readonly #fields = new Map<bigint, ArrowField>();
	/** Those that were added to. */
	readonly #joined = new Map<bigint, JoinedDictionary>();
	readonly #budget: DecodingBudget;

	constructor(fields: readonly ArrowField[], budget: DecodingBudget) {
		this.#budget = budget;
		const find = (field: ArrowField): void => {
			if (field.dictionary) this.#fields.set(field.dictionary.id, { ...field, dictionary: null });
			field.children.forEach(find);
		};
		fields.forEach(find);
	}

	take({ header, body, dictionary }: BatchMessage): void {
		const field = dictionary && this.#fields.get(dictionary.id);
		if (!field) throw unreadable('stray dictionary');
		const batch = new BatchBody(header, body, this.#budget);
		const array = batch.array(field, batch.rows, this.current);
		const { id, delta } = dictionary;
		const before = delta ? this.current.get(id) : undefined;
		if (!before) {
			this.#joined.delete(id);
			this.current.set(id, aligned(array, this.#budget));
			return;
		}
		let whole = this.#joined.get(id);
		if (!whole) {
			whole = new JoinedDictionary(before, this.#budget);
			this.#joined.set(id, whole);
		}
		whole.append(array);
		this.current.set(id, whole.array());
	}
}

/** On multiples of 8: what reads it makes views over it, once for each batch, and would copy it for each. */
function aligned(array: ArrowArray, budget: DecodingBudget): ArrowArray {
	const move = (bytes: Uint8Array): Uint8Array => {
		if (bytes.byteOffset % 8 === 0) return bytes;
		budget.hold(bytes.length);
		return bytes.slice();
	};
	return {
		...array,
		buffers: array.buffers.map(move),
		children: array.children.map((child) => aligned(child, budget))
	};
}
