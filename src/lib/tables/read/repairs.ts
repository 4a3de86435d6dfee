/**
 * The whole list of what was repaired or dropped, as a CSV file: line of the file, row of the result, column, what was
 * there, what became of it, why. It is made when it is asked for, by going through the cells once more: what is kept
 * meanwhile are places, not texts.
 */
import type { ImportType, RepairCode, RepairWords } from '../../core/protocol/import.ts';
import { hasValue } from '../column.ts';
import { withoutFormulas } from '../formula.ts';
import type { ReadColumn } from './column-report.ts';
import { becameOf } from './locate-cells.ts';
import type { CellPlace, RepairedCells } from './repaired-cells.ts';

/** Lines of the list, at most. */
export const MOST_REPAIRS = 1_000_000;

export interface RepairSource {
	readonly cells: RepairedCells;
	/** By position in the file. */
	readonly columns: readonly ReadColumn[];
}

interface Repair extends CellPlace {
	readonly code: RepairCode;
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
	const { cells } = source;
	const { repairs, total } = await collect(source, pause, most);
	repairs.sort((a, b) => a.start - b.start || a.column - b.column);
	const parts = [`\ufeff${words.head.map((word) => csvCell(word)).join(';')}\r\n`];
	const line = cells.lines();
	let part = '';
	for (const [i, repair] of repairs.entries()) {
		const was = cells.text(repair).replace(/[\r\n]+$/, '');
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
	return { parts, entries: repairs.length, cut: total > repairs.length };
}

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
	{ cells, columns }: RepairSource,
	pause: () => Promise<void>,
	most: number
): Promise<{ repairs: Repair[]; total: number }> {
	const repairs: Repair[] = [];
	let total = 0;
	const add = (repair: Repair): void => {
		total++;
		if (repairs.length < most) repairs.push(repair);
	};
	columns.forEach(({ built, blanks }, column) => {
		for (const [code, log] of [
			['misfit', built?.misfits.log],
			['code', built?.codes?.log],
			['zero', built?.zeroLog],
			['marker', blanks]
		] as const) {
			if (!log) continue;
			total += log.total - log.count;
			for (let i = 0; i < log.count; i++)
				add({ code, ...cells.place(log, i), row: log.row(i), column });
		}
	});
	const fates = columns.map(fateOf);
	const wanted = fates.flatMap((fate, column) => (fate ? [column] : []));
	const lines = await cells.walk(
		wanted,
		(place) => {
			const fate = fates[place.column]?.(place.row, () => cells.value(place));
			if (fate) add({ ...place, ...fate });
		},
		pause,
		MOST_REPAIRS
	);
	for (const line of lines) add({ ...line, column: -1 });
	return { repairs, total };
}

/** Of these, each value is written one way: nothing was wrong with it. */
const REWRITTEN: ReadonlySet<ImportType> = new Set(['time', 'postal_area', 'url']);

type Fate = Pick<Repair, 'code' | 'became'>;

/** Tells what became of a cell that is in no log; null for a column where nothing did. */
function fateOf({
	plan,
	built,
	finished,
	missing
}: ReadColumn): ((row: number, text: () => string) => Fate | null) | null {
	if (!built || !finished) return null;
	const given = built.column;
	const kept = finished.column;
	// What was a value of its type and is none now: a zero, or a number or a date that stands for no value.
	const blanked = given.type !== 'text' && kept.missing > given.missing ? given : null;
	const texts =
		built.markers.some((rows) => rows > 0) || finished.markers.some((rows) => rows > 0)
			? new Set(missing?.texts)
			: null;
	const changes = finished.changes.length > 0;
	if (!blanked && !texts && !changes) return null;
	/** Before it was read as what it is. */
	const mended = (text: string): boolean =>
		finished.changes.slice(0, -1).some((step) => step.has(text));
	const known = new Map<string, Fate | null>();
	const ofText = (text: string): Fate | null => {
		if (texts?.has(trimmed(text))) return { code: 'marker' };
		const became = changes ? becameOf(finished, text) : undefined;
		if (became === undefined) return null;
		if (!REWRITTEN.has(plan.type) || mended(text)) return { code: 'changed', became: became ?? '' };
		return { code: became === null ? 'misfit' : 'format', became: became ?? '' };
	};
	return (row, text) => {
		if (blanked && hasValue(blanked, row) && !hasValue(kept, row))
			return { code: Number(blanked.values[row]) === 0 && !texts?.has('0') ? 'zero' : 'marker' };
		if (given.type !== 'text' && (!texts || hasValue(kept, row))) return null;
		const written = text();
		let fate = known.get(written);
		if (fate === undefined) {
			fate = ofText(written);
			if (known.size < 100_000) known.set(written, fate);
		}
		return fate;
	};
}

/** Without the spaces that a text for no value may stand among. */
const trimmed = (text: string): string => {
	let start = 0;
	let end = text.length;
	while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
	while (start < end && text.charCodeAt(start) <= 0x20) start++;
	return text.slice(start, end);
};

/** A number as people write it: a formula cannot be one. */
const NUMBER = /^[-+]?[\d\u00a0\u202f .,']*\d[\d\u00a0\u202f .,']*[ \u00a0]?[%$]?$/;

/** A cell of a CSV file: quoted where it has to be, and never the beginning of a formula. */
export function csvCell(text: string): string {
	const safe = NUMBER.test(text) ? text : withoutFormulas(text);
	return /[";\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
