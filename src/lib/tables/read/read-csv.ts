/**
 * Reads a delimited text into typed columns: guesses what was not chosen, reads, widens the guesses that the rest
 * of the file contradicts, and reports everything that was not taken as it stood. The same code runs in the
 * import worker and in Node.
 */
import { InvalidError } from '../../core/errors.ts';
import {
	LISTED,
	type ColumnReport,
	type DateOrder,
	type DecimalMark,
	type Evidence,
	type ImportChoices,
	type ImportReport,
	type ImportType,
	type ImportWarning,
	type WarningCode
} from '../../core/protocol/import.ts';
import { ARROW_LIMITS } from '../check-arrow.ts';
import type { Column } from '../column.ts';
import { columnBuilder, unquote, type BuiltColumn, type ColumnFormat } from './column-builder.ts';
import { readEncoding, type EncodedText } from './csv-encoding.ts';
import { guessLayout, type Layout } from './csv-dialect.ts';
import { BLOCK, CsvScanner, lineCounter } from './csv-scanner.ts';
import { guessDecimal, guessOrder, guessType, MISFIT_SHARE, Sampler } from './infer-type.ts';
import { MISSING_TEXTS, MissingTexts } from './missing-texts.ts';
import { headerNames } from './header.ts';
import { findPersonal } from '../personal/personal.ts';
import { refuseOtherFormats } from './not-csv.ts';

export interface ReadOptions {
	/** Reads at most this many rows: for a preview. */
	readonly rows?: number;
	/** Told now and then, in bytes. */
	readonly progress?: (done: number, total: number) => void;
	/** Awaited now and then, so that a worker hears what it is told; throw in it to stop. */
	readonly pause?: () => Promise<void>;
}

export interface ReadTable {
	/** Those kept, with their names; a column is null when it was left out. By position in the file. */
	readonly columns: readonly (Column | null)[];
	/** Text: rows of each distinct text. */
	readonly counts: readonly (Int32Array | null)[];
	readonly report: ImportReport;
}

/** Rows that guesses look at. */
const SAMPLE_ROWS = 10_000;
/** Bytes between two pauses. */
const PAUSE_BYTES = 4_000_000;

interface ColumnPlan {
	readonly index: number;
	readonly header: string;
	readonly name: string;
	kept: boolean;
	/** Dropped for the personal information in it: read all the same, so that what was found stays known. */
	readonly dropped: boolean;
	type: ImportType;
	/** The type was guessed: the rest of the file may widen it. */
	readonly guessed: boolean;
	readonly decimal: DecimalMark;
	readonly dateOrder: DateOrder;
	evidence: Evidence;
}

/**
 * @throws InvalidError `csv_empty`, `csv_binary`, `csv_other_format` (format), `csv_cell_too_long` (line,
 *   megabytes), `table_too_wide` (max), `table_too_long` (max)
 */
export async function readCsv(
	raw: Uint8Array<ArrayBuffer>,
	choices: ImportChoices = {},
	options: ReadOptions = {}
): Promise<ReadTable> {
	if (raw.length === 0) throw new InvalidError('csv_empty');
	refuseOtherFormats(raw);
	const text = readEncoding(raw, choices.encoding);
	const layout = guessLayout(text.bytes, choices.separator);
	const missing = new MissingTexts(choices.missing ?? MISSING_TEXTS, text.latin);
	const plan = planColumns(text, layout, choices, missing);
	const source: Source = { text, layout, missing, plan };
	const built = await readAll(source, options);
	return report(source, built, raw.length, options.rows === undefined, choices.today);
}

interface Source {
	readonly text: EncodedText;
	readonly layout: Layout;
	readonly missing: MissingTexts;
	readonly plan: Plan;
}
interface Plan {
	readonly columns: readonly ColumnPlan[];
	readonly header: { readonly value: boolean; readonly evidence: Evidence };
	readonly decimal: { readonly value: DecimalMark; readonly evidence: Evidence };
	/** Where the first row lies. */
	readonly start: number;
	readonly warnings: readonly ImportWarning[];
}

function planColumns(
	text: EncodedText,
	layout: Layout,
	choices: ImportChoices,
	missing: MissingTexts
): Plan {
	const { bytes, latin } = text;
	const separator = layout.separator.value.charCodeAt(0);
	const decoder = new TextDecoder(latin ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
	if (layout.width > ARROW_LIMITS.columns)
		throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });

	// The header may be wider than the rows below it: its own width is read first.
	const wide = new CsvScanner(
		bytes,
		separator,
		Math.min(ARROW_LIMITS.columns, layout.width + 200),
		{
			start: layout.start
		}
	);
	if (wide.next(1) === 0) throw new InvalidError('csv_empty');
	const firstRecord: string[] = [];
	const firstCells = wide.starts.length / BLOCK;
	for (let c = 0; c < firstCells; c++) {
		const start = wide.starts[c * BLOCK] as number;
		const end = wide.ends[c * BLOCK] as number;
		const cell = end < 0 ? unquote(bytes, start, ~end) : bytes.subarray(start, end);
		firstRecord.push(decoder.decode(cell));
	}
	while (firstRecord.length > layout.width && firstRecord.at(-1)?.trim() === '') firstRecord.pop();
	const width = Math.max(layout.width, firstRecord.length);

	const samplers = Array.from({ length: width }, () => new Sampler(missing, latin));
	const firsts = Array.from({ length: width }, () => new Sampler(missing, latin));
	const scanner = new CsvScanner(bytes, separator, width, { start: layout.start, listed: 0 });
	for (let seen = 0; seen < SAMPLE_ROWS;) {
		const count = scanner.next();
		if (count === 0) break;
		for (let c = 0; c < width; c++)
			for (let i = 0; i < count; i++)
				(seen + i === 0 ? firsts : samplers)[c]?.add(
					bytes,
					scanner.starts[c * BLOCK + i] as number,
					scanner.ends[c * BLOCK + i] as number
				);
		seen += count;
	}

	const header = guessHeader(firsts, firstRecord, scanner.records, choices.header);
	// Without a header, the first record is a row like the others; 1 of 10 000 changes no guess but may be all there is.
	if (!header.value)
		for (let c = 0; c < width; c++)
			samplers[c]?.add(
				new TextEncoder().encode(firstRecord[c] ?? ''),
				0,
				byteLengthOf(firstRecord[c])
			);

	let commas = 0;
	let points = 0;
	for (const { sample } of samplers) {
		// A shelf mark such as 099.2 among texts says nothing of how numbers are written.
		if (Math.max(sample.comma, sample.point) < sample.values * (1 - MISFIT_SHARE)) continue;
		commas += sample.commaOnly;
		points += sample.pointOnly;
	}
	const decimal: Plan['decimal'] = choices.decimal
		? { value: choices.decimal, evidence: { code: 'chosen', details: {} } }
		: {
				value:
					commas === points
						? layout.separator.value === ','
							? '.'
							: ','
						: commas > points
							? ','
							: '.',
				evidence:
					commas || points
						? { code: 'decimals_seen', details: { values: Math.max(commas, points) } }
						: { code: 'no_decimals', details: {} }
			};

	const names = headerNames(header.value ? firstRecord : [], width);
	const line = lineCounter(bytes)(layout.start);
	const columns = samplers.map(({ sample }, index): ColumnPlan => {
		const choice = choices.columns?.[index] ?? null;
		const mark = choices.decimal ?? guessDecimal(sample, decimal.value);
		const dateOrder = choices.dateOrder ?? guessOrder(sample);
		const guess = choice?.type
			? { type: choice.type, evidence: { code: 'chosen', details: {} } as Evidence }
			: guessType(sample, mark, dateOrder);
		return {
			index,
			header: firstRecord[index] ?? '',
			name: choice?.name?.trim() || (names[index]?.name ?? ''),
			kept: choice?.keep ?? true,
			dropped: choice?.personal?.action === 'drop',
			guessed: !choice?.type,
			decimal: mark,
			dateOrder,
			...guess
		};
	});
	const warnings: ImportWarning[] = [
		...layout.titles.map(({ start, end }) => ({
			code: 'title_lines' as const,
			line: lineCounter(bytes)(start),
			row: null,
			column: null,
			text: shorten(decoder.decode(bytes.subarray(start, Math.min(end, start + 400))))
		})),
		...names.flatMap(({ warning, header: original }, column) =>
			warning && header.value
				? [{ code: warning, line, row: null, column, text: shorten(original) }]
				: []
		)
	];
	return { columns, header, decimal, start: header.value ? wide.position : layout.start, warnings };
}

const byteLengthOf = (text: string | undefined): number =>
	new TextEncoder().encode(text ?? '').length;

/** A header is made of texts, all there, where the rows below hold other things. */
function guessHeader(
	firsts: readonly Sampler[],
	cells: readonly string[],
	records: number,
	chosen: boolean | undefined
): Plan['header'] {
	if (chosen !== undefined) return { value: chosen, evidence: { code: 'chosen', details: {} } };
	const values = firsts.filter(
		({ sample }) => sample.comma + sample.point + sample.dmy + sample.mdy + sample.leadingZeros > 0
	).length;
	// Years as column names are common; a first row in which most cells are values is a row.
	const value =
		values === 0 || records === 1 ? values === 0 : values * 2 <= cells.length && values < 2;
	return {
		value,
		evidence: value
			? { code: 'header_texts', details: { cells: cells.length } }
			: { code: 'header_values', details: { values } }
	};
}

async function readAll(source: Source, options: ReadOptions): Promise<Reading> {
	const { plan } = source;
	let pending = plan.columns.filter((column) => column.kept).map((column) => column.index);
	const built: (BuiltColumn | null)[] = plan.columns.map(() => null);
	let reading: Omit<Reading, 'built'> | null = null;
	// integer → number → text: no column is read more than three times.
	for (let pass = 0; pass < 3; pass++) {
		const result = await readColumns(source, pending, built, options);
		reading ??= result;
		pending = pending.filter((index) => {
			const column = plan.columns[index];
			const found = built[index];
			return column && found ? widen(column, found) : false;
		});
		if (pending.length === 0) break;
	}
	if (!reading) throw new InvalidError('csv_empty');
	return { built, ...reading };
}

interface Reading {
	readonly built: readonly (BuiltColumn | null)[];
	readonly rows: number;
	readonly scanner: CsvScanner;
}

async function readColumns(
	{ text, layout, missing, plan }: Source,
	wanted: readonly number[],
	into: (BuiltColumn | null)[],
	options: ReadOptions
): Promise<Omit<Reading, 'built'>> {
	const { bytes } = text;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const scanner = new CsvScanner(bytes, layout.separator.value.charCodeAt(0), plan.columns.length, {
		start: plan.start,
		listed: LISTED
	});
	const builders = wanted.map((index) => {
		const { type, decimal, dateOrder } = plan.columns[index] as ColumnPlan;
		const format: ColumnFormat = { type, decimal, dateOrder, latin: text.latin, missing };
		return { index, builder: columnBuilder(format) };
	});
	const most = options.rows ?? Infinity;
	let paused = 0;
	for (;;) {
		const row = scanner.records;
		const count = scanner.next(Math.min(BLOCK, most - row));
		if (count === 0) break;
		if (row + count > ARROW_LIMITS.rows)
			throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
		const { starts, ends } = scanner;
		for (const { index, builder } of builders)
			builder.append({ bytes, view, starts, ends, base: index * BLOCK, count, row });
		if (scanner.position - paused > PAUSE_BYTES) {
			paused = scanner.position;
			options.progress?.(scanner.position, bytes.length);
			await options.pause?.();
		}
	}
	for (const { index, builder } of builders) into[index] = builder.finish(scanner.records);
	return { rows: scanner.records, scanner };
}

/** Gives a guessed column a type that holds what did not fit, if what did not fit says so; answers whether. */
function widen(plan: ColumnPlan, { column, misfits }: BuiltColumn): boolean {
	if (!plan.guessed || misfits.total === 0) return false;
	const values = column.length - column.missing + misfits.total;
	const to = (type: ImportType, code: Evidence['code'], details: Evidence['details']): boolean => {
		plan.type = type;
		plan.evidence = { code, details };
		return true;
	};
	if (misfits.leadingZeros) return to('text', 'leading_zeros', { values: misfits.leadingZeros });
	if (misfits.tooLong) return to('text', 'long_numbers', { values: misfits.tooLong });
	const others = misfits.total - misfits.numbers - misfits.timed;
	const fits = values - others;
	if (others > values * MISFIT_SHARE || plan.type === 'boolean')
		return to('text', 'mixed', { fits, values });
	if (misfits.numbers) return to('number', others ? 'most_fit' : 'all_fit', { fits, values });
	if (misfits.timed) return to('datetime', others ? 'most_fit' : 'all_fit', { fits, values });
	plan.evidence = { code: 'most_fit', details: { fits, values } };
	return false;
}

function report(
	source: Source,
	reading: Reading,
	fileBytes: number,
	complete: boolean,
	today: number | undefined
): ReadTable {
	const { text, layout, missing, plan } = source;
	const { bytes } = text;
	const decoder = new TextDecoder(text.latin ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
	const warnings: ImportWarning[] = [...plan.warnings];
	const counts: Partial<Record<WarningCode, number>> = {};
	const add = (code: WarningCode, count: number): void => {
		if (count) counts[code] = (counts[code] ?? 0) + count;
	};
	for (const { code } of plan.warnings) add(code, 1);
	for (const [code, count] of reading.scanner.eventCounts) add(code, count);
	if (text.replaced) add('replaced_bytes', text.replaced);
	if (reading.rows === 0) add('no_rows', 1);
	// In the order of the file, so that lines are counted in one reading.
	const line = lineCounter(bytes);
	for (const event of reading.scanner.events)
		warnings.push({
			code: event.code,
			line: line(event.at),
			row: event.row + 1,
			column: null,
			text: shorten(
				decoder.decode(bytes.subarray(event.start, Math.min(event.end, event.start + 400)))
			)
		});

	const misfits = plan.columns.flatMap(({ index }) =>
		(reading.built[index]?.misfits.listed ?? []).map((misfit) => ({ ...misfit, index }))
	);
	misfits.sort((a, b) => a.start - b.start);
	const misfitLine = lineCounter(bytes);
	for (const { row, start, end, index } of misfits)
		warnings.push({
			code: 'misfit',
			line: misfitLine(start),
			row: row + 1,
			column: index,
			text: shorten(decoder.decode(bytes.subarray(start, Math.min(end, start + 400))))
		});

	const columns = plan.columns.map((column): Column | null => {
		const found = reading.built[column.index];
		if (!found || !column.kept) return null;
		// A column without a name and without a value is what a separator at the end of each line leaves.
		if (column.header.trim() === '' && plan.header.value && found.column.missing === reading.rows) {
			column.kept = false;
			return null;
		}
		return { ...found.column, name: column.name };
	});
	const personal = findPersonal(
		columns.map((column, index) => {
			const header = plan.header.value ? plan.columns[index]?.header : undefined;
			return column
				? {
						name: header?.trim() ? header : column.name,
						column,
						counts: reading.built[index]?.counts ?? null
					}
				: null;
		}),
		today === undefined ? {} : { today }
	);
	const columnReports = plan.columns.map((column): ColumnReport => {
		const found = reading.built[column.index];
		add('misfit', found?.misfits.total ?? 0);
		return {
			index: column.index,
			name: column.name,
			header: column.header,
			type: column.type,
			kept: column.kept && !column.dropped,
			evidence: column.evidence,
			missing: found?.column.missing ?? 0,
			markers: missing.texts.flatMap((marker, i) =>
				found?.markers[i] ? [{ text: marker, rows: found.markers[i] }] : []
			),
			misfits: found?.misfits.total ?? 0,
			decimal: column.type === 'number' || column.type === 'integer' ? column.decimal : null,
			dateOrder: column.type === 'date' || column.type === 'datetime' ? column.dateOrder : null,
			spaced: found?.spaced ?? 0,
			distinct: found?.counts?.length ?? null,
			personal: personal[column.index] ?? []
		};
	});
	return {
		columns: columns.map((column, index) => (plan.columns[index]?.dropped ? null : column)),
		counts: reading.built.map((found) => found?.counts ?? null),
		report: {
			rows: reading.rows,
			bytes: fileBytes,
			encoding: { value: text.encoding, evidence: text.evidence },
			separator: layout.separator,
			decimal: plan.decimal,
			header: plan.header,
			missing: missing.texts,
			columns: columnReports,
			warnings,
			counts,
			complete
		}
	};
}

const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);
