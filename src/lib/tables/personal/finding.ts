/** What is told of a column in which something was found. */
import type {
	PersonalAction,
	PersonalFinding,
	PersonalKind,
	PersonalWhy
} from '../../core/protocol/import.ts';
import { cellReader, type Column } from '../column.ts';
import { scanText, type ColumnScan } from './column-scan.ts';

export interface Scanned {
	readonly column: Column;
	readonly scan: ColumnScan;
}

/** Birth dates of a column of dates or numbers: each of its `of` values is one, or none is. */
export function typedFinding(
	column: Column,
	rows: number,
	of: number,
	code: PersonalWhy,
	confidence: PersonalFinding['confidence']
): PersonalFinding {
	const kind = 'birth_date';
	return {
		kind,
		rows,
		of,
		within: 'cells',
		confidence,
		actions: actionsFor(kind, false, column.type),
		examples: typedExamples(column),
		why: { code, details: { values: rows } }
	};
}

/** The finding of the values that `counted` says; null where no row holds one. */
export function scannedFinding(
	{ scan, column }: Scanned,
	kind: PersonalKind,
	counted: (index: number) => boolean,
	code: PersonalWhy,
	confidence: PersonalFinding['confidence'],
	/** Whether it may count a text in which nothing was found. */
	anywhere = false
): PersonalFinding | null {
	let rows = 0;
	let whole = 0;
	const examples: string[] = [];
	let tried = 0;
	const most = anywhere ? scan.size : scan.notable.length;
	for (let n = 0; n < most; n++) {
		const i = anywhere ? n : (scan.notable[n] as number);
		const count = scan.rows(i);
		if (count === 0 || !counted(i)) continue;
		rows += count;
		const alone =
			kind === 'person_name' ? scan.form(i) !== 0 : scan.whole(i, kind) || scan.phoneLike(i);
		if (alone || code === 'birth_header' || code === 'birth_ages') whole += count;
		if (examples.length < 3 && tried++ < 12) {
			const example = exampleOf(scan.text(i), kind);
			if (!examples.includes(example)) examples.push(example);
		}
	}
	if (rows === 0) return null;
	const within = whole * 2 >= rows && rows * 2 >= scan.values ? 'cells' : 'text';
	return {
		kind,
		rows,
		of: scan.values,
		within,
		confidence,
		actions: actionsFor(kind, within === 'text', column.type),
		examples,
		why: { code, details: { values: rows } }
	};
}

/** Three dates or numbers of a column, hidden. */
function typedExamples(column: Column): string[] {
	const read = cellReader(column);
	const dated = column.type === 'date' || column.type === 'datetime';
	const examples = new Set<string>();
	for (let row = 0; row < Math.min(column.length, 200) && examples.size < 3; row++) {
		const value = read(row);
		if (value === null) continue;
		examples.add(
			hidden(dated ? new Date(Number(value)).toISOString().slice(0, 10) : String(value))
		);
	}
	return [...examples];
}

const hidden = (text: string): string =>
	Array.from(text, (sign, i) => (i > 0 && /[\p{L}\p{N}]/u.test(sign) ? '•' : sign)).join('');

/** What may be done about a kind, the safest first. */
export function actionsFor(
	kind: PersonalKind,
	inText: boolean,
	type: Column['type']
): PersonalAction[] {
	if (inText) return ['drop', 'mask', 'keep'];
	if (kind === 'postal_code' || kind === 'birth_date') return ['generalise', 'drop', 'keep'];
	if (kind === 'card') return ['drop', 'keep'];
	return type === 'text' || type === 'integer' || type === 'number'
		? ['drop', 'pseudonymise', 'keep']
		: ['drop', 'keep'];
}

/** The first sign, and the shape of the rest: who looks over a shoulder reads nothing. */
function exampleOf(text: string, kind: PersonalKind): string {
	const span = scanText(text, () => false).find((found) => found.kind === kind);
	const part = (span ? text.slice(span.start, span.end) : text).trim().slice(0, 40);
	return hidden(part);
}
