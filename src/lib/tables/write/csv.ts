/**
 * Writes a table as CSV that spreadsheets open rightly: RFC 4180, UTF-8 with a byte-order mark, the separator and the
 * decimal mark of the reader's language.
 *
 * A text that a spreadsheet would take for a formula, however it cuts the file, gets an apostrophe, and the readme says how many did: a
 * number below zero stays a number.
 */
import { dictionaryReader, dictionarySize, hasValue, type Column } from '../column.ts';
import { withoutFormulas } from '../formula.ts';
import { plainReader, PIECE_ROWS } from './cell-text.ts';

export interface CsvOptions {
	/** `fr`: semicolons and decimal commas; `en`: commas and points. */
	readonly language: 'fr' | 'en';
	/** The byte-order mark, without which Excel reads accents wrong; true when absent. */
	readonly mark?: boolean;
}
export interface CsvSummary {
	/** Cells, and names of columns, that were given an apostrophe. */
	readonly neutralised: number;
}

/**
 * @returns chunks of bytes, in order; then what was changed
 * @throws RangeError if the columns differ in length
 */
export function* writeCsv(
	columns: readonly Column[],
	{ language, mark = true }: CsvOptions
): Generator<Uint8Array<ArrayBuffer>, CsvSummary> {
	const rows = columns[0]?.length ?? 0;
	for (const column of columns)
		if (column.length !== rows)
			throw new RangeError(`column of ${column.length} rows, not ${rows}`);
	const separator = language === 'fr' ? ';' : ',';
	const encoder = new TextEncoder();
	const quote = quoter(separator);
	const alone = columns.length === 1;
	let neutralised = 0;
	const neutral = (text: string): string => {
		const safe = withoutFormulas(text);
		if (safe !== text) neutralised++;
		return quote(safe);
	};
	// A blank line would be no row: a lone cell that is missing is written as an empty text.
	const missing = alone ? '""' : '';
	const readers = columns.map((column): ((row: number) => string) => {
		if (column.type === 'text') return textCells(column, quote, missing, () => void neutralised++);
		const read = plainReader(column);
		return (row) => {
			const value = read(row);
			if (value === null) return missing;
			const text = String(value);
			return language === 'fr' && typeof value === 'number' ? text.replace('.', ',') : text;
		};
	});
	const names = columns.map(({ name }) => neutral(name)).join(separator);
	let lines = `${mark ? '\ufeff' : ''}${names}\r\n`;
	for (let row = 0; row < rows; row++) {
		for (let i = 0; i < readers.length; i++) {
			if (i > 0) lines += separator;
			lines += (readers[i] as (row: number) => string)(row);
		}
		lines += '\r\n';
		if (row % PIECE_ROWS === PIECE_ROWS - 1) {
			yield encoder.encode(lines);
			lines = '';
		}
	}
	if (lines !== '') yield encoder.encode(lines);
	return { neutralised };
}

/** An empty text is told apart from a missing one by its quotation marks. */
const quoter =
	(separator: string) =>
	(text: string): string =>
		text === '' || text.includes('"') || text.includes(separator) || /[\r\n]|^\s|\s$/.test(text)
			? `"${text.replaceAll('"', '""')}"`
			: text;

/** Texts as they are written, each distinct one made once. */
function textCells(
	column: Extract<Column, { type: 'text' }>,
	quote: (text: string) => string,
	missing: string,
	neutralised: () => void
): (row: number) => string {
	const read = dictionaryReader(column.dictionary);
	const written: (string | undefined)[] = new Array(dictionarySize(column.dictionary));
	const formula = new Uint8Array(written.length);
	return (row) => {
		if (!hasValue(column, row)) return missing;
		const code = column.codes[row] as number;
		let text = written[code];
		if (text === undefined) {
			const safe = withoutFormulas(read(code));
			formula[code] = safe === read(code) ? 0 : 1;
			text = quote(safe);
			written[code] = text;
		}
		if (formula[code]) neutralised();
		return text;
	};
}
