/**
 * Opens JSON in the shapes that programs write tables in: arrays of objects or of arrays, objects that hold such
 * arrays (`sheets` then names them by their paths), objects of columns, GeoJSON, and documents that follow one
 * another (JSON lines). What comes out is a rewritten text; no value of the file becomes an object on the way.
 */
import { InvalidError } from '../../../core/errors.ts';
import { ARROW_LIMITS } from '../../check-arrow.ts';
import type { OpenedFile, OpeningNote, OpenOptions } from '../opened-file.ts';
import { CellWriter } from './cell-writer.ts';
import { jsonBytes } from './json-bytes.ts';
import { JsonScanner, OPEN_ARRAY } from './json-scanner.ts';
import { likeliest, PAUSE_EVERY, surveyJson, type JsonTable } from './json-survey.ts';
import { RecordReader } from './record-reader.ts';
import { RowWriter } from './row-writer.ts';

/** Nested objects become columns down to this depth at most. */
const MAX_DEPTH = 8;

/**
 * @param options `sheet` is one of the paths told; `depth` 1 when absent
 * @throws InvalidError `json_truncated`, `json_malformed`, `json_trailing_comma`, `json_comment`, `json_nan`,
 *   `json_quotes`, `json_too_deep` (with `line` and `column`), `json_no_table`, `table_too_wide` (max),
 *   `table_too_long` (max), `table_too_large` (megabytes)
 */
export async function openJson(
	raw: Uint8Array<ArrayBuffer>,
	options: OpenOptions = {}
): Promise<OpenedFile> {
	const pause = options.pause ?? (() => Promise.resolve());
	const scanner = new JsonScanner(jsonBytes(raw));
	const survey = await surveyJson(scanner, pause);
	const { tables } = survey;
	const chosen =
		options.sheet === undefined
			? likeliest(tables)
			: (tables.find(({ path }) => path === options.sheet) ?? null);
	if (!chosen) throw new InvalidError('json_no_table');
	const reading = new Reading(scanner, chosen, options, pause);
	const { columns } = await reading.run();
	const { cells, nested } = reading;
	return {
		format: survey.roots > 1 ? 'ndjson' : 'json',
		members: [],
		member: null,
		sheets: tables.map((table) => ({
			name: table.path,
			rows: table.rows,
			columns: table === chosen ? columns : null,
			hidden: false
		})),
		sheet: chosen.path,
		nested,
		notes: notesOf(cells),
		table: {
			kind: 'text',
			bytes: reading.text(),
			latin: false,
			rewritten: { header: reading.header }
		}
	};
}

function notesOf(cells: CellWriter | null): OpeningNote[] {
	if (!cells) return [];
	const all: OpeningNote[] = [
		{ code: 'nested_values', count: cells.nested },
		{ code: 'values_as_text', count: cells.asText },
		{ code: 'control_bytes', count: cells.controls },
		{ code: 'duplicate_keys', count: cells.replaced }
	];
	return all.filter(({ count }) => count > 0);
}

/** One table of the document, written anew. */
class Reading {
	header: 'first' | 'unknown' = 'first';
	nested: readonly string[] = [];
	cells: CellWriter | null = null;
	#rows: RowWriter | null = null;
	readonly #scanner: JsonScanner;
	readonly #table: JsonTable;
	readonly #depth: number;
	readonly #pause: () => Promise<void>;
	readonly #progress: (done: number) => void;
	#paused = 0;

	constructor(
		scanner: JsonScanner,
		table: JsonTable,
		{ depth = 1, progress }: OpenOptions,
		pause: () => Promise<void>
	) {
		this.#scanner = scanner;
		this.#table = table;
		this.#depth = Math.min(Math.max(Math.trunc(depth), 0), MAX_DEPTH);
		this.#pause = pause;
		// Two passes over the table are told as one.
		const passes = table.shape === 'records' || table.shape === 'features' ? 2 : 1;
		const total = (table.end - table.start) * passes;
		this.#progress = (done) => progress?.(Math.min(done, total), total);
	}

	text(): Uint8Array<ArrayBuffer> {
		return this.#rows ? this.#rows.out.subarray(0, this.#rows.at) : new Uint8Array(0);
	}

	run(): Promise<{ columns: number }> {
		const { shape, arrays, objects } = this.#table;
		if (shape === 'columns') return this.#columns();
		if (shape === 'lists' || (shape === 'sequence' && arrays > objects)) return this.#lists();
		return this.#records(shape === 'features');
	}

	#writeTo(columns: number): { rows: RowWriter; cells: CellWriter } {
		const rows = new RowWriter(columns, (this.#table.end - this.#table.start) >> 1);
		const cells = new CellWriter(this.#scanner, rows);
		this.#rows = rows;
		this.cells = cells;
		return { rows, cells };
	}

	/** Calls back at each element of the table, which has to go past it. */
	async #each(before: number, element: () => void): Promise<void> {
		const scanner = this.#scanner;
		const { start, end, shape } = this.#table;
		scanner.at = start;
		this.#paused = start;
		const sequence = shape === 'sequence';
		if (!sequence) scanner.at++;
		for (
			let more = sequence || scanner.element(true);
			more;
			more = sequence ? scanner.peek() >= 0 && scanner.at < end : scanner.element(false)
		) {
			element();
			if (scanner.at - this.#paused < PAUSE_EVERY) continue;
			this.#paused = scanner.at;
			this.#progress(before + scanner.at - start);
			await this.#pause();
		}
	}

	async #records(features: boolean): Promise<{ columns: number }> {
		const reader = new RecordReader(this.#scanner, this.#depth, features);
		await this.#each(0, () => reader.element());
		reader.layOut();
		const columns = reader.names.length;
		if (columns === 0) throw new InvalidError('json_no_table');
		const { rows, cells } = this.#writeTo(columns);
		reader.names.forEach((name, column) => cells.text(column, name));
		rows.endRow();
		reader.write(cells, rows);
		await this.#each(this.#table.end - this.#table.start, () => reader.element());
		this.nested = reader.nested;
		return { columns };
	}

	async #lists(): Promise<{ columns: number }> {
		const scanner = this.#scanner;
		this.header = 'unknown';
		const { rows, cells } = this.#writeTo(ARROW_LIMITS.columns);
		let widest = 1;
		await this.#each(0, () => {
			if (scanner.peek() === OPEN_ARRAY) {
				scanner.at++;
				let column = 0;
				for (let more = scanner.element(true); more; more = scanner.element(false)) {
					if (column === ARROW_LIMITS.columns)
						throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
					cells.value(column++);
				}
				if (column > widest) widest = column;
			} else cells.value(0);
			rows.endRow();
		});
		return { columns: widest };
	}

	async #columns(): Promise<{ columns: number }> {
		const scanner = this.#scanner;
		const names = new Map<string, number>();
		scanner.at = this.#table.start + 1;
		for (let more = scanner.member(true); more; more = scanner.member(false)) {
			const name = scanner.text(scanner.keyStart, scanner.keyEnd, scanner.keyEscaped);
			scanner.peek();
			names.set(name, scanner.at);
			if (names.size > ARROW_LIMITS.columns)
				throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
			scanner.skipValue();
		}
		const { rows, cells } = this.#writeTo(names.size);
		[...names.keys()].forEach((name, column) => cells.text(column, name));
		rows.endRow();
		/** Where each column is read next; -1 once it ended. */
		const places = Float64Array.from(names.values(), (start) => start + 1);
		let begun = true;
		let done = 0;
		for (;;) {
			let any = false;
			for (let column = 0; column < places.length; column++) {
				const place = places[column] as number;
				if (place < 0) continue;
				scanner.at = place;
				if (!scanner.element(begun)) {
					places[column] = -1;
					continue;
				}
				any = true;
				cells.value(column);
				done += scanner.at - place;
				places[column] = scanner.at;
			}
			if (!any) break;
			begun = false;
			rows.endRow();
			if (done - this.#paused < PAUSE_EVERY) continue;
			this.#paused = done;
			this.#progress(done);
			await this.#pause();
		}
		return { columns: names.size };
	}
}
