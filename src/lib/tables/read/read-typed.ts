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
import { isoText } from '../../core/date-text.ts';
import { ARROW_LIMITS } from '../check-arrow.ts';
import { cellReader, hasValue, type Column } from '../column.ts';
import { findPersonal } from '../personal/personal.ts';
import { CellLog } from './cell-log.ts';
import type { BuiltColumn } from './column-builder.ts';
import { finishColumn, type FinishedColumn } from './finish-column.ts';
import { companionNames, headerNames } from './header.ts';
import { MISSING_TEXTS, MissingTexts } from './missing-texts.ts';
import { CELL_END, RECORD_END, type OpenedFile, type TypedTable } from './opened-file.ts';
import { readRows } from './read-rows.ts';
import type { ReadOptions, ReadTable } from './read-table.ts';
import { planTable, type ColumnPlan } from './table-plan.ts';
import { counter, fileOf } from './text-report.ts';
import { cellText, linesOf, shorten, textSource } from './text-source.ts';

const ofFile: Evidence = { code: 'file_type', details: {} };
const ofFormat: Evidence = { code: 'file_format', details: {} };
const chosen: Evidence = { code: 'chosen', details: {} };

/** @throws InvalidError `table_too_wide` (max), `table_too_long` (max), `csv_empty` for a table without columns */
export async function readTyped(
	opened: OpenedFile,
	{ columns: given }: TypedTable,
	choices: ImportChoices,
	options: ReadOptions
): Promise<ReadTable> {
	const rows = given[0]?.length ?? 0;
	if (given.length === 0) throw new InvalidError('csv_empty');
	if (given.length > ARROW_LIMITS.columns)
		throw new InvalidError('table_too_wide', { max: ARROW_LIMITS.columns });
	if (rows > ARROW_LIMITS.rows)
		throw new InvalidError('table_too_long', { max: ARROW_LIMITS.rows });
	const thorough = options.rows === undefined;
	const names = headerNames(
		given.map(({ name }) => name),
		given.length
	);
	const plans: ColumnPlan[] = [];
	const finished: (FinishedColumn | null)[] = [];
	const builts: (BuiltColumn | null)[] = [];
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
			codes: null,
			evidence: choice.type ? chosen : ofFile
		};
		plans.push(plan);
		const change = plan.kept && storedAs(plan.type) !== column.type;
		const read = change ? await convert(column, choice, choices, options, warnings, index) : null;
		const built = plan.kept ? (read ?? asBuilt(column, choice)) : null;
		builts.push(built);
		finished.push(built ? finishColumn(plan, built, thorough) : null);
		options.progress?.(index + 1, given.length, rows);
		await options.pause?.();
	}
	const columns = plans.map((plan, index): Column | null => {
		const found = finished[index];
		return found ? { ...found.column, name: plan.name } : null;
	});
	const companions = companionNames(
		columns.map((column) => column?.name ?? null),
		finished.map((found) => !!found?.companion)
	);
	const personal = findPersonal(
		columns.map((column, index) =>
			column
				? {
						name: plans[index]?.header.trim() || column.name,
						column,
						counts: finished[index]?.counts ?? null
					}
				: null
		),
		choices.today === undefined ? {} : { today: choices.today }
	);
	const reports = plans.map((plan, index) => {
		const found = finished[index];
		const misfits = (builts[index]?.misfits.total ?? 0) + (found?.lost ?? 0);
		add('misfit', misfits);
		add('unmatched_region', found?.unmatchedRows ?? 0);
		return {
			index,
			name: plan.name,
			header: plan.header,
			type: plan.type,
			kept: plan.kept && !plan.dropped,
			evidence: plan.evidence,
			missing: found?.column.missing ?? 0,
			markers: [],
			misfits,
			decimal: null,
			dateOrder: null,
			spaced: 0,
			distinct: found?.counts?.length ?? null,
			personal: personal[index] ?? [],
			codes: found?.said.codes ?? [],
			zeros: found?.said.zeros ?? 0,
			mojibake: found?.said.mojibake ?? null,
			unmatched: found?.said.unmatched ?? [],
			renamed: found?.said.renamed ?? 0,
			spellings: found?.said.spellings ?? [],
			grouped: found?.said.grouped ?? 0,
			companion: companions[index] ?? null
		};
	});
	return {
		columns: columns.map((column, index) => (plans[index]?.dropped ? null : column)),
		companions: finished.map((found, index) => {
			const name = companions[index];
			return found?.companion && name && !plans[index]?.dropped
				? { ...found.companion, name }
				: null;
		}),
		counts: finished.map((found) => found?.counts ?? null),
		report: {
			file: fileOf(opened),
			rows,
			bytes: 0,
			encoding: { value: 'utf-8', evidence: ofFormat },
			separator: { value: ',', evidence: ofFormat },
			decimal: { value: choices.decimal ?? '.', evidence: ofFormat },
			header: { value: true, records: 1, evidence: ofFormat },
			missing: [],
			columns: reports,
			warnings,
			counts,
			complete: true
		},
		repairs: { kind: 'typed' }
	};
}

/** A column of the file as if the builders had made it; a text one with the rows of each of its texts. */
function asBuilt(column: Column, choice: ColumnChoice): BuiltColumn {
	let counts: Int32Array | null = null;
	let zeros = 0;
	let kept = column;
	if (column.type === 'text') {
		counts = new Int32Array(column.dictionary.offsets.length - 1);
		for (let row = 0; row < column.length; row++) {
			const code = column.codes[row] ?? 0;
			if (hasValue(column, row)) counts[code] = (counts[code] ?? 0) + 1;
		}
	} else if (column.type === 'number' || column.type === 'integer') {
		for (let row = 0; row < column.length; row++)
			if (column.values[row] === 0 && hasValue(column, row)) zeros++;
		if (zeros && choice.zeroMissing) kept = withoutZeros(column, zeros);
	}
	return {
		column: kept,
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

function withoutZeros(
	column: Extract<Column, { type: 'number' | 'integer' }>,
	zeros: number
): Column {
	const valid = new Uint8Array((column.length + 7) >> 3);
	for (let row = 0; row < column.length; row++)
		if (column.values[row] !== 0 && hasValue(column, row))
			valid[row >> 3] = (valid[row >> 3] ?? 0) | (1 << (row & 7));
	return { ...column, valid, missing: column.missing + zeros };
}

async function convert(
	column: Column,
	choice: ColumnChoice,
	choices: ImportChoices,
	options: ReadOptions,
	warnings: ImportWarning[],
	index: number
): Promise<BuiltColumn | null> {
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
	const read = await readRows(
		{ source, missing, plan: planTable(source, own, missing) },
		{ ...(options.pause ? { pause: options.pause } : {}) }
	);
	const built = read.built[0] ?? null;
	const log = built?.misfits.log;
	const line = linesOf(source);
	for (let i = 0; log && i < Math.min(log.count, LISTED); i++)
		warnings.push({
			code: 'misfit',
			line: line(log.start(i)),
			row: log.row(i) + 1,
			column: index,
			text: shorten(cellText(source, log.start(i), log.end(i)))
		});
	return built;
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
			return `\x12${isoText(Number(value)).slice(0, 10)}`;
		case 'datetime':
			return `\x12${isoText(Number(value)).replace('Z', '')}`;
		case 'boolean':
			return `\x13${String(value)}`;
		case 'text':
			return String(value).replace(/\p{Cc}/gu, ' ');
	}
}
