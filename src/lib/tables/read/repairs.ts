/**
 * The whole list of what was repaired or dropped, as a CSV file: line of the file, row of the result, column, what was
 * there, what became of it, why. It is made when it is asked for, by going through the text once more: what is kept
 * meanwhile are places, not texts.
 */
import type { RepairCode, RepairWords } from '../../core/protocol/import.ts';
import { BLOCK } from './csv-scanner.ts';
import type { FinishedColumn } from './finish-column.ts';
import { becameOf } from './locate-cells.ts';
import { openRows, type RowsRead, type RowsSource } from './read-rows.ts';
import { cellText, linesOf, visible } from './text-source.ts';

/** Lines of the list, at most. */
export const MOST_REPAIRS = 1_000_000;
/** Of what was there, what is written. */
const LONGEST = 1000;
/** Bytes between two pauses. */
const PAUSE_BYTES = 4_000_000;

export type RepairSource =
	| {
			readonly kind: 'text';
			readonly from: RowsSource;
			readonly read: RowsRead;
			readonly finished: readonly (FinishedColumn | null)[];
	  }
	/** Typed columns: nothing of a text was repaired. */
	| { readonly kind: 'typed' };

interface Repair {
	readonly code: RepairCode;
	readonly start: number;
	/** As the scanner gives it. */
	readonly end: number;
	/** 0-based; -1 for what is no row of the result. */
	readonly row: number;
	readonly column: number;
	/** What became of it, where that is no word. */
	readonly became?: string;
}

export interface RepairList {
	/** A CSV file, in parts: UTF-8 with a byte-order mark. */
	readonly parts: readonly string[];
	readonly entries: number;
	readonly cut: boolean;
}

/**
 * @param names of the columns, by position in the file
 * @param most lines; the list says when there were more
 */
export async function listRepairs(
	source: RepairSource,
	names: readonly string[],
	words: RepairWords,
	pause: () => Promise<void> = () => Promise.resolve(),
	most = MOST_REPAIRS
): Promise<RepairList> {
	const { repairs, total } =
		source.kind === 'text' ? await collect(source, pause, most) : { repairs: [], total: 0 };
	repairs.sort((a, b) => a.start - b.start || a.column - b.column);
	const parts = [`\ufeff${words.head.map((word) => csvCell(word)).join(';')}\r\n`];
	if (source.kind === 'text') {
		const text = source.from.source;
		const line = linesOf(text);
		let part = '';
		for (const [i, repair] of repairs.entries()) {
			const was = visible(cellText(text, repair.start, clipped(repair.start, repair.end))).replace(
				/[\r\n]+$/,
				''
			);
			part += `${[
				String(line(repair.start)),
				repair.row < 0 ? '' : String(repair.row + 1),
				repair.column < 0 ? '' : csvCell(names[repair.column] ?? ''),
				csvCell(was),
				csvCell(becomes(repair, was, words)),
				csvCell(words.codes[repair.code])
			].join(';')}\r\n`;
			if (part.length > 1_000_000) {
				parts.push(part);
				part = '';
			}
			if (i % 50_000 === 49_999) await pause();
		}
		parts.push(part);
	}
	return { parts, entries: repairs.length, cut: total > repairs.length };
}

const clipped = (start: number, end: number): number =>
	end < 0 ? ~Math.min(~end, start + LONGEST) : Math.min(end, start + LONGEST);

function becomes({ code, became }: Repair, was: string, words: RepairWords): string {
	if (became !== undefined) return became || words.missing;
	switch (code) {
		case 'title_lines':
		case 'footer_lines':
		case 'repeated_header':
		case 'total_row':
		case 'long_row':
			return words.leftOut;
		case 'unclosed_quote':
		case 'stray_quote':
			return words.kept;
		case 'code':
			// A number that a code stood beside stays.
			return /^(.*\d)\s*\D+$/.exec(was)?.[1] ?? words.missing;
		default:
			return words.missing;
	}
}

async function collect(
	{ from, read, finished }: Extract<RepairSource, { kind: 'text' }>,
	pause: () => Promise<void>,
	most: number
): Promise<{ repairs: Repair[]; total: number }> {
	const { source, plan } = from;
	const repairs: Repair[] = [];
	let total = 0;
	const add = (repair: Repair): void => {
		total++;
		if (repairs.length < most) repairs.push(repair);
	};
	const line = (code: RepairCode, start: number, end: number): void =>
		add({ code, start, end, row: -1, column: -1 });
	for (const { start, end } of source.layout.titles) line('title_lines', start, end);
	for (const { start, end } of plan.footer) line('footer_lines', start, end);
	read.built.forEach((built, column) => {
		if (!built) return;
		for (const [code, log] of [
			['misfit', built.misfits.log],
			['code', built.codes?.log],
			['zero', built.zeroLog]
		] as const) {
			if (!log) continue;
			total += log.total - log.count;
			for (let i = 0; i < log.count; i++)
				add({ code, start: log.start(i), end: log.end(i), row: log.row(i), column });
		}
	});

	const changed = finished.flatMap((found, column) =>
		found && found.changes.length > 0
			? [{ found, column, known: new Map<string, string | null | undefined>() }]
			: []
	);
	const { scanner, filter } = openRows(from, MOST_REPAIRS);
	let row = 0;
	let paused = 0;
	for (;;) {
		const count = scanner.next();
		if (count === 0) break;
		const kept = filter.apply(scanner, source.bytes, count);
		for (const { found, column, known } of changed)
			for (let i = 0; i < kept; i++) {
				const start = scanner.starts[column * BLOCK + i] as number;
				const end = scanner.ends[column * BLOCK + i] as number;
				if (start === end) continue;
				const text = cellText(source, start, end);
				if (!known.has(text) && known.size < 100_000) known.set(text, becameOf(found, text));
				const became = known.has(text) ? known.get(text) : becameOf(found, text);
				if (became !== undefined)
					add({ code: 'changed', start, end, row: row + i, column, became: became ?? '' });
			}
		row += kept;
		if (scanner.position - paused > PAUSE_BYTES) {
			paused = scanner.position;
			await pause();
		}
	}
	for (const { code, start, end } of filter.dropped) line(code, start, end);
	let before = 0;
	for (const { code, row: record, start, end } of scanner.events) {
		while ((filter.dropped[before]?.record ?? Infinity) < record) before++;
		add({ code, start, end, row: record - before, column: -1 });
	}
	return { repairs, total };
}

/** A number as people write it: a formula cannot be one. */
const NUMBER = /^[-+]?[\d\u00a0\u202f .,']*\d[\d\u00a0\u202f .,']*[ \u00a0]?[%$]?$/;

/** A cell of a CSV file: quoted where it has to be, and never the beginning of a formula. */
export function csvCell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
	return /[";\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
