/**
 * Takes a file into memory, and refuses what its first megabytes already give away, or a cell that does not end: a file
 * of a gigabyte that is no table is told so at once, and never held.
 */
import { InvalidError } from '../../core/errors.ts';
import { lineCounter, MAX_CELL_BYTES } from './csv-scanner.ts';
import { refuseOtherFormats } from './not-csv.ts';
import { isOtherFormat, looksLikeJson } from './open-file.ts';

/** A file that a browser's memory could not hold together with its table. */
const MAX_FILE_BYTES = 1_500_000_000;
/** What is looked at before memory is taken for the whole file. */
const HEAD_BYTES = 4_000_000;
/** A longest cell as UTF-16 has it, and no mark that could end one of whatever kind. */
const LONGEST_STRETCH = 2 * MAX_CELL_BYTES + 2;

export interface FileSource {
	readonly size: number;
	readonly name: string;
	stream(): ReadableStream<Uint8Array>;
}

/**
 * @param progress told each piece: bytes so far; throw in it to stop
 * @throws InvalidError `table_too_large` (megabytes), `csv_binary`, `csv_other_format` (format), `csv_cell_too_long`
 *   (line, megabytes)
 */
export async function loadFile(
	source: FileSource,
	progress: (done: number) => void = () => undefined
): Promise<Uint8Array<ArrayBuffer>> {
	const { size, name } = source;
	if (size > MAX_FILE_BYTES)
		throw new InvalidError('table_too_large', { megabytes: MAX_FILE_BYTES / 1e6 });
	let bytes = new Uint8Array(Math.min(size, HEAD_BYTES));
	let length = 0;
	let delimited = false;
	/** Nothing ends a cell from here on, as far as is known. */
	let open = 0;
	const reader = source.stream().getReader();
	let ended = false;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			ended = done;
			progress(length);
			if (done) return bytes.subarray(0, length);
			for (let from = 0; from < value.length;) {
				const piece = value.subarray(from, from + bytes.length - length);
				if (piece.length === 0 && bytes.length === size) break;
				bytes.set(piece, length);
				length += piece.length;
				from += piece.length;
				if (length === bytes.length && length < size) {
					delimited = isDelimited(bytes, name);
					if (delimited) open = endOfStretch(bytes, open, length);
					const whole = new Uint8Array(size);
					whole.set(bytes);
					bytes = whole;
				}
			}
			if (delimited && length - open > LONGEST_STRETCH) open = endOfStretch(bytes, open, length);
		}
	} finally {
		if (!ended) await reader.cancel().catch(() => undefined);
	}
}

/** Whether the file is read as a delimited text. */
function isDelimited(head: Uint8Array<ArrayBuffer>, name: string): boolean {
	if (isOtherFormat(head)) return false;
	refuseOtherFormats(head);
	return !looksLikeJson(head, name);
}

/** Line ends and separators. */
const ENDS = new Uint8Array(256);
for (const sign of '\n\r;,\t|') ENDS[sign.charCodeAt(0)] = 1;

/** Where the last of them is. */
function endOfStretch(bytes: Uint8Array, from: number, to: number): number {
	let at = to - 1;
	while (at > from && ENDS[bytes[at] as number] === 0) at--;
	if (to - at > LONGEST_STRETCH)
		throw new InvalidError('csv_cell_too_long', {
			line: lineCounter(bytes.subarray(0, at + 1))(at + 1),
			megabytes: MAX_CELL_BYTES / 1e6
		});
	return at;
}
