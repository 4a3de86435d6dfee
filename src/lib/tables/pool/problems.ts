/** What does not meet a contract, cell by cell: kept small, since every cell of a large table may be at fault. */
import {
	PROBLEM_CODES,
	type PoolProblem,
	type ProblemCode,
	type ProblemWords
} from '../../core/protocol/pool.ts';
import { cellReader, type Column } from '../column.ts';
import { withoutFormulas } from '../formula.ts';
import { cellAsText } from '../merge/cell-text.ts';

/** Problems that a page lists; more of them are in the file to download. */
export const LISTED_PROBLEMS = 500;
/** Those that are kept, the first in order of rows; the others are counted. */
export const KEPT_PROBLEMS = 100_000;
const TEXT_MAX = 100;

export class ProblemList {
	#rows: number[] = [];
	#columns: number[] = [];
	#codes: number[] = [];
	readonly #kept: number;
	/** The last that can still be kept, once some were let go. */
	#last: { readonly row: number; readonly column: number } | null = null;
	/** How many there are, kept or not. */
	size = 0;
	readonly #ofCode = PROBLEM_CODES.map(() => 0);
	/** By the position of the column in the contract. */
	readonly #ofColumn: number[] = [];
	/** One bit a row, least significant first; 1 = it has a problem. */
	readonly flagged: Uint8Array<ArrayBuffer>;
	flaggedRows = 0;
	/** One bit a row; 1 = nothing is told of it: it is of another period. */
	readonly #ignored: Uint8Array | null;

	/** @param kept how many are kept to be listed: every cell of a large table may be at fault */
	constructor(rows: number, ignored: Uint8Array | null = null, kept = KEPT_PROBLEMS) {
		this.flagged = new Uint8Array((rows + 7) >> 3);
		this.#ignored = ignored;
		this.#kept = kept;
	}

	ignores(row: number): boolean {
		return this.#ignored !== null && (((this.#ignored[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
	}

	/** Rows that have a problem or are of another period: one bit each. */
	leftOut(): Uint8Array<ArrayBuffer> {
		return this.flagged.map((byte, i) => byte | (this.#ignored?.[i] ?? 0));
	}

	/** @param row 0-based; @param column position in the contract */
	add(row: number, column: number, code: ProblemCode): void {
		if (this.ignores(row)) return;
		const known = PROBLEM_CODES.indexOf(code);
		this.size++;
		this.#ofCode[known] = (this.#ofCode[known] ?? 0) + 1;
		this.#ofColumn[column] = (this.#ofColumn[column] ?? 0) + 1;
		const byte = this.flagged[row >> 3] ?? 0;
		const bit = 1 << (row & 7);
		if ((byte & bit) === 0) {
			this.flaggedRows++;
			this.flagged[row >> 3] = byte | bit;
		}
		const last = this.#last;
		if (last && (row > last.row || (row === last.row && column > last.column))) return;
		if (this.#kept === 0) return;
		this.#rows.push(row);
		this.#columns.push(column);
		this.#codes.push(known);
		// Seldom: a sort of twice as many lets go of half of them.
		if (this.#rows.length >= 2 * this.#kept) this.#letGo();
	}

	/** Keeps the first of what is kept: problems come column by column, and are told row by row. */
	#letGo(): void {
		const first = this.#order().slice(0, this.#kept);
		const those = (values: readonly number[]): number[] => first.map((i) => values[i] ?? 0);
		this.#rows = those(this.#rows);
		this.#columns = those(this.#columns);
		this.#codes = those(this.#codes);
		this.#last = { row: this.#rows.at(-1) ?? 0, column: this.#columns.at(-1) ?? 0 };
	}

	/** Places of those kept, in order of rows, then of the contract's columns. */
	#order(): number[] {
		return Array.from({ length: this.#rows.length }, (_, i) => i).sort(
			(a, b) =>
				(this.#rows[a] as number) - (this.#rows[b] as number) ||
				(this.#columns[a] as number) - (this.#columns[b] as number)
		);
	}

	/** How many there are of each code that there is, and in each column of the contract; kept or not. */
	counts(columns: number): {
		readonly codes: readonly (readonly [ProblemCode, number])[];
		readonly columns: readonly number[];
	} {
		return {
			codes: PROBLEM_CODES.map((code, i) => [code, this.#ofCode[i] ?? 0] as const).filter(
				([, n]) => n > 0
			),
			columns: Array.from({ length: columns }, (_, i) => this.#ofColumn[i] ?? 0)
		};
	}

	/**
	 * Those kept, in order of rows, then of the contract's columns.
	 * @param names of the contract's columns
	 * @param shown the column of the contributor's table that fills each, where one does
	 */
	list(
		names: readonly string[],
		shown: readonly (Column | null)[],
		most = Infinity
	): PoolProblem[] {
		const readers = shown.map((column) => (column ? cellReader(column) : null));
		return this.#order()
			.slice(0, most)
			.map((i) => {
				const row = this.#rows[i] as number;
				const column = this.#columns[i] as number;
				const source = shown[column];
				const cell = readers[column]?.(row) ?? null;
				return {
					row: row + 1,
					column: names[column] ?? '',
					code: PROBLEM_CODES[this.#codes[i] as number] ?? 'wrong_type',
					text: source && cell !== null ? cellAsText(source.type, cell).slice(0, TEXT_MAX) : ''
				};
			});
	}
}

/** Comma-separated, quoted where it must be, UTF-8 with its mark so that a spreadsheet reads its accents. */
export function problemsCsv(problems: readonly PoolProblem[], words: ProblemWords): string {
	const lines = [
		words.header,
		...problems.map(({ row, column, code, text }) => [String(row), column, words.codes[code], text])
	];
	return `\ufeff${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula is one more text. */
function quoted(text: string): string {
	const safe = /^-?[\d.,\s]+$/.test(text) ? text : withoutFormulas(text);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
