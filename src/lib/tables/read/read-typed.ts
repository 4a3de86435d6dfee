/**
 * A table whose columns have types already: these are the guesses. Another type that a person chooses is reached as
 * for any file: the column's values are written as a text of one column, and read again.
 */
import { InvalidError } from '../../core/errors.ts';
import { storedAs } from '../../core/dataset/value-type.ts';
import {
	LISTED,
	type ColumnChoice,
	type Evidence,
	type ImportChoices,
	type ImportWarning
} from '../../core/protocol/import.ts';
import { ARROW_LIMITS } from '../check-arrow.ts';
import { cellReader, hasValue, type Column } from '../column.ts';
import { CellLog } from './cell-log.ts';
import type { BuiltColumn } from './column-builder.ts';
import { tellColumns, type ReadColumn } from './column-report.ts';
import { finishColumn } from './finish-column.ts';
import { headerNames } from './header.ts';
import { becameOf } from './locate-cells.ts';
import { MISSING_TEXTS, MissingTexts } from './missing-texts.ts';
import { CELL_END, RECORD_END, type OpenedFile, type TypedTable } from './opened-file.ts';
import { readRows } from './read-rows.ts';
import type { ReadOptions, ReadTable } from './read-table.ts';
import { typedCells, typedText, type RepairedCells } from './repaired-cells.ts';
import { planTable, type ColumnPlan } from './table-plan.ts';
import { counter, fileOf } from './text-report.ts';
import { shorten, textSource } from './text-source.ts';

const ofFile: Evidence = { code: 'file_type', details: {} };
const ofFormat: Evidence = { code: 'file_format', details: {} };
const chosen: Evidence = { code: 'chosen', details: {} };

/** @throws InvalidError `table_too_wide` (max), `table_too_long` (max), `csv_empty` for a table without columns */
export async function readTyped(
	opened: OpenedFile,
	{ columns: given, blanks }: TypedTable,
	choices: ImportChoices,
	options: ReadOptions
): Promise<ReadTable> {
	const rows = given[0]?.length ?? 0;
	if (given.length === 0) throw new InvalidError('csv_empty');
	if (given.length > ARROW_LIMITS.columns)
		throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
	if (rows > ARROW_LIMITS.rows)
		throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
	const names = headerNames(
		given.map(({ name }) => name),
		given.length
	);
	const missing = choices.missing ? new MissingTexts(choices.missing, false) : null;
	const read: ReadColumn[] = [];
	const warnings: ImportWarning[] = [];
	const counts: ReadTable['report']['counts'] = {};
	const add = counter(counts);
	for (const { code, count } of opened.notes) add(code, count);
	if (rows === 0) add('no_rows', 1);
	for (const [index, column] of given.entries()) {
		const choice = choices.columns?.[index] ?? {};
		const { name = '', header = '', warning = null } = names[index] ?? {};
		if (warning) {
			warnings.push({ code: warning, line: null, row: null, column: index, text: shorten(header) });
			add(warning, 1);
		}
		const plan: ColumnPlan = {
			index,
			header,
			name: choice.name?.trim() || name,
			choice,
			kept: choice.keep ?? true,
			dropped: choice.personal?.action === 'drop',
			type: choice.type ?? column.valueType ?? column.type,
			guessed: !choice.type && !column.valueType,
			decimal: choices.decimal ?? '.',
			dateOrder: choices.dateOrder ?? 'dmy',
			ordered: choices.dateOrder !== undefined,
			codes: null,
			laterCodes: null,
			evidence: choice.type ? chosen : ofFile
		};
		read.push({
			...(await readColumn(plan, column, missing, choices, options)),
			blanks: blanks?.[index] ?? null
		});
		options.progress?.(index + 1, given.length, rows);
		await options.pause?.();
	}
	const cells = typedCells(given);
	const told = tellColumns(read, add, cells, true, choices.today);
	return {
		columns: told.columns,
		companions: told.companions,
		counts: told.counts,
		report: {
			file: fileOf(opened),
			rows,
			bytes: 0,
			encoding: { value: 'utf-8', evidence: ofFormat },
			separator: { value: ',', evidence: ofFormat },
			decimal: { value: choices.decimal ?? '.', evidence: ofFormat },
			header: { value: true, records: 1, evidence: ofFormat },
			// Of a column that is read as texts, those of any text were looked for.
			missing: choices.missing ?? read.find(({ missing: texts }) => texts)?.missing?.texts ?? [],
			columns: told.reports,
			warnings: [...warnings, ...misfitWarnings(read, cells), ...told.warnings],
			counts,
			complete: true
		},
		repairs: { cells, columns: read }
	};
}

/** Values that are not of the type that was chosen: at most as many of a column as are listed. */
function misfitWarnings(read: readonly ReadColumn[], cells: RepairedCells): ImportWarning[] {
	return read.flatMap(({ built, finished }, column) => {
		const log = built?.misfits.log;
		const rows: number[] = [];
		for (let i = 0; log && i < Math.min(log.count, LISTED); i++) rows.push(log.row(i));
		const lost = Math.min(finished?.lost ?? 0, LISTED);
		for (
			let row = 0;
			finished && lost && rows.length < lost && row < finished.column.length;
			row++
		) {
			if (hasValue(finished.column, row)) continue;
			const became = becameOf(finished, cells.value({ row, column, start: row, end: row }));
			if (became === null || became === '') rows.push(row);
		}
		return rows.map((row): ImportWarning => ({
			code: 'misfit',
			line: row + 1,
			row: row + 1,
			column,
			text: shorten(cells.text({ row, column, start: row, end: row }))
		}));
	});
}

/** A column as the file has it, or as the type that was chosen reads its values. */
async function readColumn(
	plan: ColumnPlan,
	column: Column,
	missing: MissingTexts | null,
	choices: ImportChoices,
	options: ReadOptions
): Promise<Omit<ReadColumn, 'blanks'>> {
	if (!plan.kept) return { plan, built: null, finished: null, parsed: false, missing };
	const thorough = options.rows === undefined;
	if (storedAs(plan.type) === column.type) {
		const built = asBuilt(column);
		const finished = finishColumn(plan, built, thorough, missing);
		return { plan, built, finished, parsed: false, missing };
	}
	const converted = await convert(column, plan.choice, choices, options);
	const { decimal, dateOrder } = converted.plan;
	const own = { ...plan, decimal, dateOrder };
	return {
		plan: own,
		built: converted.built,
		finished: converted.built && finishColumn(own, converted.built, thorough, converted.missing),
		parsed: column.type === 'text',
		missing: converted.missing
	};
}

/** A column of the file as if the builders had made it; a text one with the rows of each of its texts. */
function asBuilt(column: Column): BuiltColumn {
	let counts: Int32Array | null = null;
	let zeros = 0;
	if (column.type === 'text') {
		counts = new Int32Array(column.dictionary.offsets.length - 1);
		for (let row = 0; row < column.length; row++) {
			const code = column.codes[row] ?? 0;
			if (hasValue(column, row)) counts[code] = (counts[code] ?? 0) + 1;
		}
	} else if (column.type === 'number' || column.type === 'integer') {
		for (let row = 0; row < column.length; row++)
			if (column.values[row] === 0 && hasValue(column, row)) zeros++;
	}
	return {
		column,
		misfits: {
			total: 0,
			numbers: 0,
			timed: 0,
			leadingZeros: 0,
			tooLong: 0,
			log: new CellLog()
		},
		markers: [],
		spaced: 0,
		counts,
		malformed: false,
		codes: null,
		zeros,
		zeroLog: null
	};
}

async function convert(
	column: Column,
	choice: ColumnChoice,
	choices: ImportChoices,
	options: ReadOptions
): Promise<{ plan: ColumnPlan; built: BuiltColumn | null; missing: MissingTexts }> {
	const table = {
		kind: 'text' as const,
		bytes: rewritten(column),
		latin: false,
		rewritten: { header: 'first' as const }
	};
	// The rows are all there is: no header, no total, and a second column that nothing is in.
	const own: ImportChoices = {
		...choices,
		header: false,
		totals: 'keep',
		columns: [choice, { keep: false }]
	};
	const source = textSource(table, own);
	const missing = new MissingTexts(choices.missing ?? MISSING_TEXTS, false);
	const plan = planTable(source, own, missing);
	const read = await readRows(
		{ source, missing, plan },
		{ ...(options.pause ? { pause: options.pause } : {}) }
	);
	return { plan: plan.columns[0] as ColumnPlan, built: read.built[0] ?? null, missing };
}

/** The values as a text of records with marks; each ends with a separator, so that a missing one is no blank line. */
function rewritten(column: Column): Uint8Array<ArrayBuffer> {
	const read = cellReader(column);
	const encoder = new TextEncoder();
	let bytes = new Uint8Array(Math.max(64, column.length * 12));
	let at = 0;
	let text = '';
	const flush = (): void => {
		const part = encoder.encode(text);
		if (at + part.length > bytes.length) {
			const wider = new Uint8Array((at + part.length) * 2);
			wider.set(bytes.subarray(0, at));
			bytes = wider;
		}
		bytes.set(part, at);
		at += part.length;
		text = '';
	};
	const end = String.fromCharCode(CELL_END, RECORD_END);
	for (let row = 0; row < column.length; row++) {
		const value = read(row);
		text += `${value === null ? '' : written(column.type, value)}${end}`;
		if (text.length > 65_536) flush();
	}
	flush();
	return bytes.subarray(0, at);
}

function written(type: Column['type'], value: string | number | boolean): string {
	switch (type) {
		case 'number':
		case 'integer':
			return `\x11${String(value)}`;
		case 'date':
		case 'datetime':
			return `\x12${typedText(type, value)}`;
		case 'boolean':
			return `\x13${String(value)}`;
		case 'text':
			return String(value).replace(/\p{Cc}/gu, ' ');
	}
}
