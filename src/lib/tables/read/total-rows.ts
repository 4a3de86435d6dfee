/**
 * Rows that are no rows: totals, which would count twice, and the header once more, as reports of several pages have
 * it. They are taken out of a block of records before its cells are read.
 */
import { BLOCK, type CsvScanner } from './csv-scanner.ts';

/** Cells at the beginning of a record that may hold the word. */
const FIRST_CELLS = 4;
const LONGEST = 60;
/** A text that says « total » and nothing else. */
const EXACT =
	/^(?:sous[- ]?totaux|sous[- ]?total|grand[- ]total|sub[- ]?totals?|totaux|totals?)(?: (?:g[ée]n[ée]ral|global|partiel|cumulatif|annuel|mensuel|overall))?(?: \d{4}(?:[-–]\d{2,4})?)?$/;
/** One that begins with it: « Total Montréal », « Sous-total – Danse ». */
const BEGINNING =
	/^(?:sous[- ]?tota(?:l|ux)|grand[- ]total|sub[- ]?totals?|totaux|totals?)(?![a-zà-ÿ])/;

/** How a cell speaks of a total. */
export type TotalWord = 'exact' | 'beginning' | null;

export function totalWord(text: string): TotalWord {
	const plain = text.replace(/\s+/g, ' ').trim().replace(/ ?:$/, '').toLowerCase();
	return EXACT.test(plain) ? 'exact' : BEGINNING.test(plain) ? 'beginning' : null;
}

/** First bytes of such a cell: a space, or t, s, g. */
const BEGINS = Uint8Array.from({ length: 256 }, (_, byte) =>
	byte <= 0x20 || [0x74, 0x73, 0x67].includes(byte | 0x20) ? 1 : 0
);

/** Whether a cell may begin with one of the words: t, s or g, then o, u or r. */
function mayBegin(bytes: Uint8Array, from: number, stop: number): boolean {
	let start = from;
	while (start < stop && (bytes[start] as number) <= 0x20) start++;
	if (stop - start < 5 || stop - from > LONGEST) return false;
	const first = (bytes[start] as number) | 0x20;
	const second = (bytes[start + 1] as number) | 0x20;
	return (
		(first === 0x74 && second === 0x6f && ((bytes[start + 2] as number) | 0x20) === 0x74) ||
		(first === 0x73 && (second === 0x6f || second === 0x75)) ||
		(first === 0x67 && second === 0x72)
	);
}

export type DropCode = 'total_row' | 'repeated_header';

/** A record that was taken out. */
export interface DroppedRecord {
	readonly code: DropCode;
	/** Counted from where the reading began. */
	readonly record: number;
	readonly start: number;
	readonly end: number;
}

export interface RowFilterOptions {
	readonly width: number;
	/** Whether totals are left out. */
	readonly totals: boolean;
	/** Columns whose cells say what a row is about; those of numbers don't. */
	readonly identifying: readonly boolean[];
	/** The header's cells, to know it again; null where there is none. */
	readonly header: readonly Uint8Array[] | null;
	readonly decoder: TextDecoder;
	/** Dropped records listed. */
	readonly listed: number;
}

export class RowFilter {
	readonly counts = { total_row: 0, repeated_header: 0 };
	readonly dropped: DroppedRecord[] = [];
	readonly #options: RowFilterOptions;
	readonly #first: Uint8Array | null;
	readonly #marks = new Uint8Array(BLOCK);

	constructor(options: RowFilterOptions) {
		this.#options = options;
		// A header of one cell, or whose first is empty, is too little to know it by.
		const first = options.header?.[0];
		this.#first = first && first.length > 0 && options.width > 1 ? first : null;
	}

	get total(): number {
		return this.counts.total_row + this.counts.repeated_header;
	}

	/** Takes records out of the block that the scanner gave; answers how many are left. */
	apply(scanner: CsvScanner, bytes: Uint8Array, count: number): number {
		if (!this.#mark(scanner, bytes, count)) return count;
		let kept = 0;
		const before = scanner.records - count;
		for (let record = 0; record < count; record++) {
			const code = this.#marks[record] ? this.#codeOf(scanner, bytes, record) : null;
			if (code) {
				this.counts[code]++;
				if (this.dropped.length < this.#options.listed)
					this.dropped.push({
						code,
						record: before + record,
						start: scanner.begins[record] as number,
						end: record + 1 < count ? (scanner.begins[record + 1] as number) : scanner.position
					});
				continue;
			}
			if (kept < record) this.#move(scanner, record, kept);
			kept++;
		}
		return kept;
	}

	/** Marks the records to look at, a column after the other; answers whether there are any: most blocks have none. */
	#mark({ starts, ends }: CsvScanner, bytes: Uint8Array, count: number): boolean {
		const marks = this.#marks;
		const { width, totals } = this.#options;
		marks.fill(0, 0, count);
		let any = false;
		const first = this.#first;
		if (first) {
			const { length, 0: byte } = first;
			for (let i = 0; i < count; i++) {
				const start = starts[i] as number;
				const end = ends[i] as number;
				if (bytes[start] === byte && (end < 0 ? ~end : end) - start === length) {
					marks[i] = 1;
					any = true;
				}
			}
		}
		if (!totals) return any;
		const cells = Math.min(FIRST_CELLS, width);
		for (let column = 0; column < cells; column++) {
			const base = column * BLOCK;
			for (let i = 0; i < count; i++) {
				const start = starts[base + i] as number;
				if (
					BEGINS[bytes[start] as number] === 1 &&
					mayBegin(bytes, start, ends[base + i] as number)
				) {
					marks[i] = 1;
					any = true;
				}
			}
		}
		return any;
	}

	#move({ starts, ends }: CsvScanner, from: number, to: number): void {
		for (let at = 0; at < this.#options.width * BLOCK; at += BLOCK) {
			starts[at + to] = starts[at + from] as number;
			ends[at + to] = ends[at + from] as number;
		}
	}

	#codeOf({ starts, ends }: CsvScanner, bytes: Uint8Array, record: number): DropCode | null {
		const first = this.#first;
		if (first) {
			const start = starts[record] as number;
			const end = ends[record] as number;
			if (
				(end < 0 ? ~end : end) - start === first.length &&
				bytes[start] === first[0] &&
				this.#isHeader(starts, ends, bytes, record)
			)
				return 'repeated_header';
		}
		if (!this.#options.totals) return null;
		const cells = Math.min(FIRST_CELLS, this.#options.width);
		for (let column = 0; column < cells; column++) {
			const at = column * BLOCK + record;
			const start = starts[at] as number;
			const end = ends[at] as number;
			if (
				end >= 0 &&
				mayBegin(bytes, start, end) &&
				this.#isTotal(starts, ends, bytes, record, column)
			)
				return 'total_row';
		}
		return null;
	}

	#isHeader(starts: Int32Array, ends: Int32Array, bytes: Uint8Array, record: number): boolean {
		const header = this.#options.header ?? [];
		for (let column = 0; column < this.#options.width; column++) {
			const start = starts[column * BLOCK + record] as number;
			const end = ends[column * BLOCK + record] as number;
			const stop = end < 0 ? ~end : end;
			const name = header[column];
			if (stop - start !== (name?.length ?? 0)) return false;
			for (let i = start; i < stop; i++) if (bytes[i] !== name?.[i - start]) return false;
		}
		return true;
	}

	/**
	 * A row about something has that something in another cell too. Where the text is the only one that could say
	 * it, it has to say « total » and nothing else.
	 */
	#isTotal(
		starts: Int32Array,
		ends: Int32Array,
		bytes: Uint8Array,
		record: number,
		column: number
	): boolean {
		const { width, identifying, decoder } = this.#options;
		const at = column * BLOCK + record;
		const word = totalWord(decoder.decode(bytes.subarray(starts[at], ends[at])));
		if (!word) return false;
		let others = 0;
		let filled = 0;
		for (let c = 0; c < width; c++) {
			if (c === column) continue;
			const full = holds(
				bytes,
				starts[c * BLOCK + record] as number,
				ends[c * BLOCK + record] as number
			);
			if (full) filled++;
			if (!identifying[c]) continue;
			others++;
			if (full) return false;
		}
		if (filled === 0) return false;
		if (others > 0) return true;
		return word === 'exact' && (column === 0 || filled < width - 1);
	}
}

function holds(bytes: Uint8Array, start: number, end: number): boolean {
	const stop = end < 0 ? ~end : end;
	for (let i = start; i < stop; i++) if ((bytes[i] as number) > 0x20) return true;
	return false;
}
