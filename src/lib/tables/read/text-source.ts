/** A text of records, with how it is cut and what its bytes are: what the scanner and the parsers need to know. */
import type { Encoding, Evidence } from '../../core/protocol/import.ts';
import { Unquoted } from './unquoted.ts';
import { readEncoding } from './csv-encoding.ts';
import { guessLayout, type Layout } from './csv-dialect.ts';
import { CsvScanner, lineCounter, lineEnd, type ScanOptions } from './csv-scanner.ts';
import { CELL_END, RECORD_END, type TableText } from './opened-file.ts';
import type { ImportChoices } from '../../core/protocol/import.ts';

export interface TextSource {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly latin: boolean;
	readonly encoding: { readonly value: Encoding; readonly evidence: Evidence };
	/** Bytes that are no character in a chosen encoding. */
	readonly replaced: number;
	/** See `EncodedText`. */
	readonly presumed: boolean;
	readonly layout: Layout;
	readonly recordEnd: number;
	readonly quotes: boolean;
	/** A sheet or a JSON document written anew: cells may begin with a mark, and a line is a row of the source. */
	readonly rewritten: boolean;
	/** The first record is certainly the header, and all below are rows. */
	readonly headed: boolean;
	readonly decoder: TextDecoder;
}

/** @param whole see `readEncoding` */
export function textSource(table: TableText, choices: ImportChoices, whole = false): TextSource {
	if (table.rewritten) {
		const evidence: Evidence = { code: 'file_format', details: {} };
		const cut = { separator: CELL_END, recordEnd: RECORD_END, quotes: false };
		const layout = guessLayout(table.bytes, cut, table.rewritten.header === 'first');
		return {
			bytes: table.bytes,
			latin: table.latin,
			encoding: { value: 'utf-8', evidence },
			replaced: 0,
			presumed: false,
			layout: { ...layout, separator: { value: ',', evidence } },
			recordEnd: RECORD_END,
			quotes: false,
			rewritten: true,
			headed: table.rewritten.header === 'first',
			decoder: new TextDecoder(table.latin ? 'windows-1252' : 'utf-8', { ignoreBOM: true })
		};
	}
	const text = readEncoding(table.bytes, choices.encoding, whole);
	return {
		bytes: text.bytes,
		latin: text.latin,
		encoding: { value: text.encoding, evidence: text.evidence },
		replaced: text.replaced,
		presumed: text.presumed,
		layout: guessLayout(text.bytes, choices.separator ?? null),
		recordEnd: lineEnd(text.bytes),
		quotes: true,
		rewritten: false,
		headed: false,
		decoder: new TextDecoder(text.latin ? 'windows-1252' : 'utf-8', { ignoreBOM: true })
	};
}

export const separatorOf = ({ rewritten, layout }: TextSource): number =>
	rewritten ? CELL_END : layout.separator.value.charCodeAt(0);

/** A scanner of the text, as wide as said. */
export const scan = (
	source: TextSource,
	width: number,
	options: Omit<ScanOptions, 'recordEnd' | 'quotes'>
): CsvScanner =>
	new CsvScanner(source.bytes, separatorOf(source), width, {
		...options,
		quotes: source.quotes,
		...(source.rewritten ? { recordEnd: source.recordEnd } : {})
	});

export const linesOf = ({ bytes, recordEnd }: TextSource): ((at: number) => number) =>
	lineCounter(bytes, recordEnd);

/** The text of a cell; `end` as the scanner gives it. */
export function cellText(source: TextSource, start: number, end: number): string {
	const plain = end < 0 ? new Unquoted().of(source.bytes, start, ~end) : null;
	const bytes = plain ? plain.bytes.subarray(0, plain.end) : source.bytes.subarray(start, end);
	return source.decoder.decode(
		source.rewritten ? bytes.subarray(markAt(bytes, 0, bytes.length)) : bytes
	);
}

/** 1 where a cell of a rewritten text begins with a mark, else 0. */
export function markAt(bytes: Uint8Array, start: number, end: number): 0 | 1 {
	const byte = start < end ? (bytes[start] as number) : 0;
	return byte >= 0x11 && byte <= 0x13 ? 1 : 0;
}

/** Of a text that was left out, what a page shows. */
export const shorten = (text: string): string =>
	text.length > 100 ? `${text.slice(0, 99)}…` : text;

/** A stretch of the text as a page shows it: marks and separators of a rewritten text are made visible ones. */
export function stretch(source: TextSource, start: number, end: number): string {
	const text = source.decoder.decode(source.bytes.subarray(start, Math.min(end, start + 400)));
	const seen = source.rewritten ? visible(text) : text;
	return shorten(seen.replace(/[\r\n]+$/, ''));
}

const MARKS = /[\p{Cc}]/gu;

/** A rewritten text for people: its separators are made visible ones, its marks are left out. */
export const visible = (text: string): string =>
	text.replace(MARKS, (mark) => {
		const code = mark.charCodeAt(0);
		if (code === CELL_END) return ' | ';
		return code === RECORD_END || (code >= 0x11 && code <= 0x13) ? '' : mark;
	});
