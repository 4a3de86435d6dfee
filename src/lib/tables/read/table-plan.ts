/** What a text will be read as, guessed from its beginning where it was not chosen: rows, header, names, types. */
import { InvalidError } from '../../core/errors.ts';
import type {
	ColumnChoice,
	DateOrder,
	DecimalMark,
	Evidence,
	ImportChoices,
	ImportType,
	ImportWarning
} from '../../core/protocol/import.ts';
import { ARROW_LIMITS } from '../check-arrow.ts';
import { KNOWN_CODES } from './code-cells.ts';
import { BLOCK, type CsvScanner } from './csv-scanner.ts';
import { findHeader, joinHeaders, type FoundHeader } from './find-header.ts';
import { findFooter, type FooterLine } from './footer-lines.ts';
import { headerNames } from './header.ts';
import {
	guessDecimal,
	guessOrder,
	guessType,
	mayHaveCodes,
	MISFIT_SHARE,
	Sampler,
	type ColumnSample
} from './infer-type.ts';
import type { MissingTexts } from './missing-texts.ts';
import { cellText, linesOf, scan, shorten, stretch, type TextSource } from './text-source.ts';
import { RowFilter, type RowFilterOptions } from './total-rows.ts';

/** Rows that guesses look at. */
const SAMPLE_ROWS = 5_000;

export interface ColumnPlan {
	readonly index: number;
	/** As the header has it. */
	readonly header: string;
	readonly name: string;
	readonly choice: ColumnChoice;
	kept: boolean;
	/** Dropped for the personal information in it: read all the same, so that what was found stays known. */
	readonly dropped: boolean;
	type: ImportType;
	/** The type was guessed: the rest of the file may widen it. */
	readonly guessed: boolean;
	readonly decimal: DecimalMark;
	readonly dateOrder: DateOrder;
	/** A person chose that order. */
	readonly ordered: boolean;
	/** Codes that may stand beside its numbers, or in their place: those that the first rows have. */
	codes: ReadonlySet<string> | null;
	/** With those that are known by name, for when one of them comes later; null once they are looked for. */
	laterCodes: ReadonlySet<string> | null;
	evidence: Evidence;
}

export interface TablePlan {
	readonly columns: readonly ColumnPlan[];
	readonly header: FoundHeader;
	readonly decimal: { readonly value: DecimalMark; readonly evidence: Evidence };
	/** Where the first row lies, and where the rows end. */
	readonly start: number;
	readonly end: number;
	readonly footer: readonly FooterLine[];
	readonly filter: Omit<RowFilterOptions, 'listed'>;
	readonly warnings: readonly ImportWarning[];
	/** About how many rows the whole text has, by the length of the first ones. */
	readonly rows: number;
}

const chosen: Evidence = { code: 'chosen', details: {} };

/** @throws InvalidError `csv_empty`, `csv_cell_too_long`, `table_too_wide` (max) */
export function planTable(
	source: TextSource,
	choices: ImportChoices,
	missing: MissingTexts
): TablePlan {
	const { layout, bytes } = source;
	if (layout.width > ARROW_LIMITS.columns)
		throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
	const { records, ends, slices, width } = firstRecords(source);
	const footer = source.headed ? [] : findFooter(source, width, layout.start);
	const end = footer[0]?.start ?? bytes.length;

	const firsts = [0, 1].map(() => samplersOf(width, missing, source));
	let samplers = samplersOf(width, missing, source);
	let scanner = scan(source, width, { start: layout.start, end, listed: 0 });
	sampleRows(scanner, bytes, (record, column) =>
		record === 0
			? [firsts[0]?.[column]]
			: record === 1
				? [firsts[1]?.[column], samplers[column]]
				: [samplers[column]]
	);
	const header: FoundHeader =
		source.headed && choices.header !== false
			? { value: true, records: 1, evidence: { code: 'file_format', details: {} } }
			: findHeader(records, firsts, samplers, choices);
	const start = header.records === 0 ? layout.start : (ends[header.records - 1] ?? bytes.length);
	const filterOf = (): TablePlan['filter'] => ({
		width,
		totals: choices.totals !== 'keep',
		identifying: samplers.map(
			({ sample }) => Math.max(sample.comma, sample.point) * 2 <= sample.values
		),
		header: header.value ? (slices[header.records - 1] ?? null) : null,
		decoder: source.decoder
	});
	let filter = filterOf();
	// Without a header the first record is a row like the others; so is, in small tables, what is no row at all.
	const trial = new RowFilter({ ...filter, listed: 0 });
	scanner = scan(source, width, { start, end, listed: 0 });
	for (let seen = 0; seen < SAMPLE_ROWS;) {
		const count = scanner.next();
		if (count === 0) break;
		trial.apply(scanner, bytes, count);
		seen += count;
	}
	if (header.records !== 1 || trial.total > 0) {
		samplers = samplersOf(width, missing, source);
		const again = scan(source, width, { start, end, listed: 0 });
		sampleRows(
			again,
			bytes,
			(_, column) => [samplers[column]],
			new RowFilter({ ...filter, listed: 0 })
		);
		filter = filterOf();
	}

	const decimal = tableDecimal(samplers, layout.separator.value, choices.decimal);
	const cells =
		header.records === 2
			? joinHeaders(records[0] ?? [], records[1] ?? [], width)
			: header.value
				? (records[0] ?? [])
				: [];
	const names = headerNames(cells, width);
	const columns = samplers.map(({ sample }, index): ColumnPlan => {
		const choice = choices.columns?.[index] ?? {};
		const mark = choices.decimal ?? guessDecimal(sample, decimal.value);
		const dateOrder = choices.dateOrder ?? guessOrder(sample);
		const guess = choice.type
			? { type: choice.type, evidence: chosen }
			: guessType(sample, mark, dateOrder, cells[index]);
		return {
			index,
			header: cells[index] ?? records[0]?.[index] ?? '',
			name: choice.name?.trim() || (names[index]?.name ?? ''),
			choice,
			kept: choice.keep ?? true,
			dropped: choice.personal?.action === 'drop',
			guessed: !choice.type,
			decimal: mark,
			dateOrder,
			ordered: choices.dateOrder !== undefined,
			...codesOf(sample, mark, missing),
			...guess
		};
	});
	const length = (scanner.position - start) / Math.max(1, scanner.records);
	return {
		columns,
		header,
		decimal,
		start,
		end,
		footer,
		filter,
		warnings: warningsOf(source, header, footer, names),
		rows: Math.ceil(((end - start) / Math.max(1, length)) * 1.02) + 16
	};
}

function codesOf(
	sample: ColumnSample,
	mark: DecimalMark,
	missing: MissingTexts
): Pick<ColumnPlan, 'codes' | 'laterCodes'> {
	if (!mayHaveCodes(sample, mark === ',' ? sample.comma : sample.point))
		return { codes: null, laterCodes: null };
	const known = KNOWN_CODES.filter((code) => !missing.texts.includes(code));
	return {
		codes: sample.codes.size ? sample.codes : null,
		laterCodes: new Set([...known, ...sample.codes])
	};
}

const samplersOf = (width: number, missing: MissingTexts, source: TextSource): Sampler[] =>
	Array.from({ length: width }, () => new Sampler(missing, source.latin, source.rewritten));

function sampleRows(
	scanner: CsvScanner,
	bytes: Uint8Array,
	into: (record: number, column: number) => readonly (Sampler | undefined)[],
	filter: RowFilter | null = null
): void {
	const width = scanner.starts.length / BLOCK;
	for (let seen = 0; seen < SAMPLE_ROWS;) {
		const count = scanner.next();
		if (count === 0) break;
		const kept = filter ? filter.apply(scanner, bytes, count) : count;
		for (let c = 0; c < width; c++)
			for (let i = 0; i < kept; i++)
				for (const sampler of into(seen + i, c))
					sampler?.add(
						bytes,
						scanner.starts[c * BLOCK + i] as number,
						scanner.ends[c * BLOCK + i] as number
					);
		seen += count;
	}
}

/** Whether the first record has something beyond that many cells. */
function firstFits(source: TextSource, width: number): boolean {
	const scanner = scan(source, width, { start: source.layout.start, listed: 0 });
	scanner.next(1);
	return !scanner.eventCounts.has('long_row');
}

/** The first two records, which may be wider than the rows below them; where each ends, and its cells as bytes. */
function firstRecords(source: TextSource): {
	records: string[][];
	ends: number[];
	slices: Uint8Array[][];
	width: number;
} {
	const { layout, bytes } = source;
	const max = ARROW_LIMITS.columns;
	let most = Math.min(max, layout.width + 200);
	// Rows that are too long are told; a header is not cut.
	if (!firstFits(source, most)) {
		if (!firstFits(source, max)) throw new InvalidError('table_too_wide', { max });
		most = max;
	}
	const wide = scan(source, most, { start: layout.start, listed: 0 });
	const records: string[][] = [];
	const ends: number[] = [];
	const slices: Uint8Array[][] = [];
	for (let record = 0; record < 2 && wide.next(1) === 1; record++) {
		const texts: string[] = [];
		const cells: Uint8Array[] = [];
		for (let c = 0; c < most; c++) {
			const start = wide.starts[c * BLOCK] as number;
			const end = wide.ends[c * BLOCK] as number;
			texts.push(cellText(source, start, end));
			cells.push(bytes.subarray(start, end < 0 ? ~end : end));
		}
		while (texts.length > layout.width && texts.at(-1)?.trim() === '') texts.pop();
		records.push(texts);
		slices.push(cells);
		ends.push(wide.position);
	}
	if (records.length === 0) throw new InvalidError('csv_empty');
	return { records, ends, slices, width: Math.max(layout.width, records[0]?.length ?? 0) };
}

/** The decimal mark of most numbers; of columns that say nothing, what the separator suggests. */
function tableDecimal(
	samplers: readonly Sampler[],
	separator: string,
	choice: DecimalMark | undefined
): TablePlan['decimal'] {
	if (choice) return { value: choice, evidence: chosen };
	let commas = 0;
	let points = 0;
	for (const { sample } of samplers) {
		// A shelf mark such as 099.2 among texts says nothing of how numbers are written.
		if (Math.max(sample.comma, sample.point) < sample.values * (1 - MISFIT_SHARE)) continue;
		commas += sample.commaOnly;
		points += sample.pointOnly;
	}
	const value = commas === points ? (separator === ',' ? '.' : ',') : commas > points ? ',' : '.';
	return {
		value,
		evidence:
			commas || points
				? { code: 'decimals_seen', details: { values: Math.max(commas, points) } }
				: { code: 'no_decimals', details: {} }
	};
}

function warningsOf(
	source: TextSource,
	header: FoundHeader,
	footer: readonly FooterLine[],
	names: ReturnType<typeof headerNames>
): ImportWarning[] {
	const { layout } = source;
	const line = linesOf(source);
	const outside =
		(code: 'title_lines' | 'footer_lines') =>
		(part: FooterLine): ImportWarning => ({
			code,
			line: line(part.start),
			row: null,
			column: null,
			text: stretch(source, part.start, part.end)
		});
	const titles = layout.titles.map(outside('title_lines'));
	const headerLine = line(layout.start);
	return [
		...titles,
		...(header.records === 2
			? [{ code: 'two_headers' as const, line: headerLine, row: null, column: null, text: '' }]
			: []),
		...names.flatMap(({ warning, header: original }, column) =>
			warning && header.value
				? [{ code: warning, line: headerLine, row: null, column, text: shorten(original) }]
				: []
		),
		...footer.map(outside('footer_lines'))
	];
}
