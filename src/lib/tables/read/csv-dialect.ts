/** Guesses how a text is cut into cells: its separator, the titles above its header, whether it has a header. */
import type { Evidence, Separator } from '../../core/protocol/import.ts';
import { SEPARATORS } from '../../core/protocol/import.ts';
import { lineEnd } from './csv-scanner.ts';

/** Of the beginning of the text, what guesses look at: more of it where no record ends in so little. */
const SAMPLE_BYTES = [256 * 1024, 4_000_000, 32_000_000];
const SAMPLE_RECORDS = 300;

export interface Layout {
	readonly separator: { readonly value: Separator; readonly evidence: Evidence };
	/** Cells of most records. */
	readonly width: number;
	/** Where the first record lies that is not a title above the table. */
	readonly start: number;
	/** The title lines: where each begins and ends. */
	readonly titles: readonly { readonly start: number; readonly end: number }[];
}

interface Counted {
	readonly cells: number;
	readonly filled: number;
	readonly start: number;
	readonly end: number;
}

/** How a text is cut where its format says so. */
export interface Cut {
	readonly separator: number;
	readonly recordEnd: number;
	readonly quotes: boolean;
}

/**
 * @param cut the separator that a person chose, how the format cuts, or null where the separator is to be guessed
 * @param headed the first record is certainly the header
 */
export function guessLayout(
	bytes: Uint8Array,
	cut: Separator | Cut | null = null,
	headed = false
): Layout {
	const given = cut !== null && typeof cut === 'object' ? cut : null;
	const chosen = typeof cut === 'string';
	const candidates: readonly Separator[] = given ? [','] : chosen ? [cut] : SEPARATORS;
	const cutBy = (value: Separator): Cut => given ?? { ...PLAIN, separator: value.charCodeAt(0) };
	const enough = SAMPLE_BYTES.find((size) =>
		candidates.some((value) => countCells(bytes, cutBy(value), size, 1).length > 0)
	);
	const tried = candidates.map((value) => {
		const records = enough ? countCells(bytes, cutBy(value), enough) : [];
		const { width, share } = modal(records, given !== null);
		// The header usually has the width of the rest: a decimal comma has no place in it.
		const first = records[0]?.cells === width ? 1.5 : 1;
		return {
			value,
			records,
			width,
			share,
			score: width < 2 ? 0 : share * first * Math.min(width, 12)
		};
	});
	const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
	const titles: { start: number; end: number }[] = [];
	let start = best.records[0]?.start ?? 0;
	if (!headed && best.width >= 2)
		for (const record of best.records.slice(0, 20)) {
			start = record.start;
			// Of two columns, a title is a line without a separator: `nom;` may be a header.
			const title = best.width > 2 ? record.filled <= 1 : record.cells < best.width;
			if (!title || titles.length === best.records.length - 1) break;
			titles.push({ start: record.start, end: record.end });
		}
	const evidence: Evidence = chosen
		? { code: 'chosen', details: {} }
		: best.score === 0
			? { code: 'only_one_column', details: {} }
			: {
					code: 'regular',
					details: {
						columns: best.width,
						share: Math.round(best.share * 100),
						records: best.records.length
					}
				};
	return { separator: { value: best.value, evidence }, width: best.width, start, titles };
}

/** Quotation marks, and lines that end as the text's do. */
const PLAIN = { recordEnd: -1, quotes: true };

/** @param blank blank cells at the end of a record are not written: the widest record says how many there are */
function modal(records: readonly Counted[], blank: boolean): { width: number; share: number } {
	if (blank) return { width: Math.max(1, ...records.map(({ cells }) => cells)), share: 1 };
	const tally = new Map<number, number>();
	for (const { cells } of records) tally.set(cells, (tally.get(cells) ?? 0) + 1);
	// The first record, most often the header, decides between widths that are as frequent.
	let width = records[0]?.cells ?? 1;
	let most = tally.get(width) ?? 0;
	for (const [cells, count] of tally)
		if (count > most) {
			width = cells;
			most = count;
		}
	return { width, share: records.length ? most / records.length : 0 };
}

/** Cells, and cells that hold something, of each record at the beginning of the text: of its first bytes. */
function countCells(
	bytes: Uint8Array,
	{ separator, recordEnd, quotes }: Cut,
	size: number,
	most = SAMPLE_RECORDS
): Counted[] {
	const end = Math.min(bytes.length, size);
	const eol = recordEnd < 0 ? lineEnd(bytes.subarray(0, end)) : recordEnd;
	const records: Counted[] = [];
	let i = 0;
	while (i < end && records.length < most) {
		const start = i;
		let cells = 1;
		let filled = 0;
		let full = false;
		let opening = true;
		let complete = false;
		for (; i < end; i++) {
			const byte = bytes[i] as number;
			if (byte === 0x22 && opening && quotes) {
				// To the closing mark; one that nothing closes is a plain character.
				let close = i + 1;
				while (close < end && !(bytes[close] === 0x22 && bytes[close + 1] !== 0x22))
					close += bytes[close] === 0x22 ? 2 : 1;
				if (close < end) i = close;
				full = true;
				opening = false;
			} else if (byte === separator) {
				cells++;
				if (full) filled++;
				full = false;
				opening = true;
			} else if (byte === eol) {
				complete = true;
				break;
			} else {
				if (byte > 0x20) full = true;
				if (byte !== 0x20) opening = false;
			}
		}
		if (full) filled++;
		const stop = i;
		i++;
		// A record that the sample cuts says nothing.
		if (!complete && end < bytes.length) break;
		if (cells === 1 && !full) continue;
		records.push({ cells, filled, start, end: stop });
	}
	return records;
}
