/**
 * Looks at the cells that did not fit once a whole column is read: guesses saw its beginning only. Dates written in
 * another manner that leaves no doubt are read; codes and dates of the other order are told from anything else, so that
 * a few of them do not make a text of the column. Nothing of it costs a cell that fits.
 */
import { storedAs } from '../../core/dataset/value-type.ts';
import { MS_PER_DAY, type Column } from '../column.ts';
import { DateParser } from '../values/parse-date.ts';
import { CellLog } from './cell-log.ts';
import { codeIn } from './code-cells.ts';
import type { BuiltColumn } from './column-builder.ts';
import { MOST_CODES } from './infer-type.ts';
import { Unquoted } from './unquoted.ts';
import type { ColumnPlan } from './table-plan.ts';
import type { TextSource } from './text-source.ts';

/** Calls back with the bytes of each cell of the log; those of a rewritten text without their mark. */
function eachCell(
	{ bytes, rewritten }: TextSource,
	log: CellLog,
	see: (bytes: Uint8Array, start: number, end: number, index: number) => void
): void {
	const unquoted = new Unquoted();
	for (let i = 0; i < log.count; i++) {
		const end = log.end(i);
		const plain = end < 0 ? unquoted.of(bytes, log.start(i), ~end) : null;
		const from = plain?.bytes ?? bytes;
		let start = plain ? 0 : log.start(i);
		const stop = plain?.end ?? end;
		if (rewritten && start < stop && (from[start] as number) < 0x20) start++;
		see(from, start, stop, i);
	}
}

/**
 * Lets known codes stand among the numbers of a column where one of them did not fit.
 * @returns whether the column is to be read again
 */
export function withLaterCodes(
	{ misfits }: BuiltColumn,
	plan: ColumnPlan,
	source: TextSource
): boolean {
	const stored = storedAs(plan.type);
	const codes = plan.laterCodes;
	if (!codes || (stored !== 'integer' && stored !== 'number')) return false;
	let found = false;
	eachCell(source, misfits.log, (bytes, start, end) => {
		found ||= codes.has(codeIn(bytes, start, end, source.latin)?.code ?? '');
	});
	if (!found) return false;
	plan.codes = codes;
	plan.laterCodes = null;
	return true;
}

/** Years of a date in eight figures: of others, they are a number of something. */
const FIRST_DAY = Date.UTC(1800, 0, 1);
const LAST_DAY = Date.UTC(2200, 0, 1);

/** A column of dates with those read that are written in eight figures (`20240314`) among others; as it is without. */
export function withCompactDates(
	built: BuiltColumn,
	{ type, dateOrder }: ColumnPlan,
	source: TextSource
): BuiltColumn {
	const { column, misfits } = built;
	if (misfits.log.count === 0 || (column.type !== 'date' && column.type !== 'datetime'))
		return built;
	const parser = new DateParser(dateOrder, { latin: source.latin, compact: true });
	const found = new Map<number, number>();
	eachCell(source, misfits.log, (bytes, start, end, index) => {
		const time = parser.parse(bytes, start, end);
		if (time >= FIRST_DAY && time < LAST_DAY && !(storedAs(type) === 'date' && parser.timed))
			found.set(index, time);
	});
	if (found.size === 0) return built;
	const log = new CellLog();
	const valid = column.valid?.slice() ?? null;
	for (let i = 0; i < misfits.log.count; i++) {
		const row = misfits.log.row(i);
		const time = found.get(i);
		if (time === undefined) {
			log.add(row, misfits.log.start(i), misfits.log.end(i));
			continue;
		}
		if (column.type === 'date') column.values[row] = time / MS_PER_DAY;
		else column.values[row] = BigInt(time);
		if (valid) valid[row >> 3] = (valid[row >> 3] ?? 0) | (1 << (row & 7));
	}
	log.total = misfits.total - found.size;
	const missing = column.missing - found.size;
	const read: Column = { ...column, missing, valid: missing ? valid : null };
	return { ...built, column: read, misfits: { ...misfits, total: log.total, log } };
}

/** Values of a column whose day comes after the 12th: they say which of two numbers is the day. */
export function tellingDays(column: Column): number {
	if (column.type !== 'date' && column.type !== 'datetime') return 0;
	let telling = 0;
	for (let row = 0; row < column.length; row++) {
		const value = Number(column.values[row]);
		const day = new Date(column.type === 'date' ? value * MS_PER_DAY : value).getUTCDate();
		if (day > 12) telling++;
	}
	return telling;
}

/** Cells that did not fit and are dates where day and month change places. */
export function otherOrder(
	{ misfits }: BuiltColumn,
	{ dateOrder }: ColumnPlan,
	source: TextSource
): number {
	const parser = new DateParser(dateOrder === 'dmy' ? 'mdy' : 'dmy', { latin: source.latin });
	let rows = 0;
	eachCell(source, misfits.log, (bytes, start, end) => {
		const time = parser.parse(bytes, start, end);
		if (time === time && !parser.yearFirst) rows++;
	});
	return rows;
}

/** Cells that did not fit and are one of a few short codes. */
export function unknownCodes({ misfits }: BuiltColumn, source: TextSource): number {
	const codes = new Set<string>();
	let rows = 0;
	eachCell(source, misfits.log, (bytes, start, end) => {
		if (codes.size > MOST_CODES) return;
		const found = codeIn(bytes, start, end, source.latin);
		if (found?.stop !== start) return;
		codes.add(found.code);
		rows++;
	});
	return codes.size > MOST_CODES ? 0 : rows;
}
