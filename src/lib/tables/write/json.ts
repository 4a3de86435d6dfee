/** Writes a table as JSON: an array of records, or a record a line. Numbers are numbers, dates ISO texts. */
import { dictionaryReader, dictionarySize, hasValue, type Column } from '../column.ts';
import { plainReader, PIECE_ROWS } from './cell-text.ts';

export interface JsonOptions {
	/** A record a line, and nothing around them (NDJSON). */
	readonly lines?: boolean;
}

/**
 * @returns chunks of bytes, in order; what is missing is null, and so is a number that JSON has not (infinity)
 * @throws RangeError if the columns differ in length
 */
export function* writeJson(
	columns: readonly Column[],
	{ lines = false }: JsonOptions = {}
): Generator<Uint8Array<ArrayBuffer>, void> {
	const rows = columns[0]?.length ?? 0;
	for (const column of columns)
		if (column.length !== rows)
			throw new RangeError(`column of ${column.length} rows, not ${rows}`);
	const encoder = new TextEncoder();
	const members = columns.map((column, i) => ({
		key: `${i > 0 ? ',' : ''}${JSON.stringify(column.name)}:`,
		read: valueReader(column)
	}));
	let text = lines ? '' : '[';
	for (let row = 0; row < rows; row++) {
		text += lines ? '{' : row > 0 ? ',\n{' : '\n{';
		for (const { key, read } of members) text += key + read(row);
		text += lines ? '}\n' : '}';
		if (row % PIECE_ROWS === PIECE_ROWS - 1) {
			yield encoder.encode(text);
			text = '';
		}
	}
	if (!lines) text += '\n]\n';
	if (text !== '') yield encoder.encode(text);
}

function valueReader(column: Column): (row: number) => string {
	if (column.type !== 'text') {
		const read = plainReader(column);
		return (row) => JSON.stringify(read(row));
	}
	const read = dictionaryReader(column.dictionary);
	const written: (string | undefined)[] = new Array(dictionarySize(column.dictionary));
	return (row) => {
		if (!hasValue(column, row)) return 'null';
		const code = column.codes[row] as number;
		return (written[code] ??= JSON.stringify(read(code)));
	};
}
