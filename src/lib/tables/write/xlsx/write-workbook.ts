/**
 * Writes a table as an Excel workbook of one sheet, as a stream. Cells keep their types: numbers are numbers, dates
 * are dates, and a text is a text whatever it begins with, never a formula. The same table gives the same bytes.
 */
import { InvalidError } from '../../../core/errors.ts';
import {
	MS_PER_DAY,
	dictionaryReader,
	dictionarySize,
	hasValue,
	type Column
} from '../../column.ts';
import { msToSerial, isoText } from '../../read/sheet/serial-date.ts';
import { zipStream } from '../zip.ts';
import { textElement, xmlText } from './cell-text.ts';
import { sheetName } from './sheet-name.ts';

/** Rows of a sheet, its header among them. */
export const MAX_SHEET_ROWS = 1_048_576;
const MAX_SHEET_COLUMNS = 16_384;
/** UTF-16 units that a cell of Excel can hold. */
const MAX_TEXT_LENGTH = 32_767;

export interface WorkbookOptions {
	/** The sheet's name, from which Excel's rules take what they do not allow. */
	readonly title?: string;
	/**
	 * Awaited now and then; throw in it to stop.
	 * @param done of `rowsGoneThrough`
	 */
	readonly pause?: (done: number) => Promise<void>;
}

/** Styles, by their place in the list below. */
const HEADING = 1;
const INTEGER = 2;
const MONEY = 3;
const POINTS = 4;
const DATE = 5;
const DATE_TIME = 6;
const MOMENT = 7;
/** Number formats by style; built-in ones by number. */
const FORMATS: readonly (number | string)[] = [
	0,
	0,
	1,
	'#,##0.00\\ "$"',
	'0.0##" %"',
	'yyyy\\-mm\\-dd',
	'yyyy\\-mm\\-dd\\ hh:mm:ss',
	'yyyy\\-mm\\-dd\\ hh:mm:ss.000'
];

/** The first day after the one that Excel counts and no calendar has; those before have no number. */
const FIRST_DAY = Date.UTC(1900, 2, 1);
const PAST_LAST_DAY = Date.UTC(10_000, 0, 1);

/** Rows between two pauses. */
const PAUSE_ROWS = 20_000;
/** Characters that are encoded at once. */
const PIECE = 65_536;

/**
 * @throws InvalidError `workbook_too_long` (max), `table_too_wide` (max), `workbook_text_too_long` (column, max)
 *   before anything is written, `table_too_large` (megabytes)
 */
export function writeWorkbook(
	columns: readonly Column[],
	options: WorkbookOptions = {}
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const rows = columns[0]?.length ?? 0;
	if (rows > MAX_SHEET_ROWS - 1)
		throw new InvalidError('workbook_too_long', { max: MAX_SHEET_ROWS - 1 });
	if (columns.length > MAX_SHEET_COLUMNS)
		throw new InvalidError('table_too_wide', { max: MAX_SHEET_COLUMNS });
	refuseLongTexts(columns);
	let done = 0;
	const { pause } = options;
	const paused = pause && (() => pause((done += PAUSE_ROWS)));
	return zipStream([
		{ path: '[Content_Types].xml', content: encoded([CONTENT_TYPES]) },
		{ path: '_rels/.rels', content: encoded([ROOT_RELATIONS]) },
		{ path: 'xl/workbook.xml', content: encoded([workbookXml(options.title ?? '')]) },
		{ path: 'xl/_rels/workbook.xml.rels', content: encoded([RELATIONS]) },
		{ path: 'xl/styles.xml', content: encoded([STYLES]) },
		{ path: 'xl/sharedStrings.xml', content: encoded(sharedStrings(columns), paused) },
		{ path: 'xl/worksheets/sheet1.xml', content: encoded(sheetXml(columns), paused) }
	]);
}

/** Rows and distinct texts that writing goes through: `pause` is told how many are done. */
export const rowsGoneThrough = (columns: readonly Column[]): number =>
	columns.reduce(
		(sum, column) => sum + (column.type === 'text' ? dictionarySize(column.dictionary) : 0),
		columns[0]?.length ?? 0
	);

function refuseLongTexts(columns: readonly Column[]): void {
	for (const column of columns) {
		if (column.type !== 'text') continue;
		const { offsets } = column.dictionary;
		const read = dictionaryReader(column.dictionary);
		for (let code = 0; code < dictionarySize(column.dictionary); code++) {
			// Never fewer bytes than units.
			const bytes = (offsets[code + 1] as number) - (offsets[code] as number);
			if (bytes > MAX_TEXT_LENGTH && read(code).length > MAX_TEXT_LENGTH)
				throw new InvalidError('workbook_text_too_long', {
					column: column.name,
					max: MAX_TEXT_LENGTH
				});
		}
	}
}

/** Gathers texts into pieces of UTF-8. */
async function* encoded(
	texts: Iterable<string>,
	pause?: () => Promise<void>
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const encoder = new TextEncoder();
	let piece = '';
	let count = 0;
	for (const text of texts) {
		piece += text;
		if (piece.length >= PIECE) {
			yield encoder.encode(piece);
			piece = '';
		}
		if (++count % PAUSE_ROWS === 0) await pause?.();
	}
	yield encoder.encode(piece);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/></Types>`;

const ROOT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`;

const workbookXml = (title: string): string =>
	`${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets><sheet name="${xmlText(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** Numbers of formats of one's own begin here. */
const CUSTOM = 164;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${FORMATS.filter((format) => typeof format === 'string').length}">${FORMATS.map(
	(format, i) =>
		typeof format === 'string'
			? `<numFmt numFmtId="${CUSTOM + i}" formatCode="${xmlText(format)}"/>`
			: ''
).join(
	''
)}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${FORMATS.length}">${FORMATS.map(
	(format, i) =>
		`<xf numFmtId="${typeof format === 'string' ? CUSTOM + i : format}" fontId="${i === HEADING ? 1 : 0}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${i === HEADING ? ' applyFont="1"' : ''}/>`
).join(
	''
)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** The dictionaries of the text columns, one after the other. */
function* sharedStrings(columns: readonly Column[]): Generator<string> {
	yield `${XML}<sst xmlns="${MAIN}">`;
	for (const column of columns) {
		if (column.type !== 'text') continue;
		const read = dictionaryReader(column.dictionary);
		for (let code = 0; code < dictionarySize(column.dictionary); code++)
			yield `<si>${textElement(read(code))}</si>`;
	}
	yield '</sst>';
}

function* sheetXml(columns: readonly Column[]): Generator<string> {
	const rows = columns[0]?.length ?? 0;
	const letters = columns.map((_, index) => lettersOf(index));
	yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
	if (columns.length > 0)
		yield `<cols>${columns.map((column, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column)}" customWidth="1"/>`).join('')}</cols>`;
	yield '<sheetData>';
	yield `<row r="1">${columns.map(({ name }, c) => `<c r="${letters[c]}1" s="${HEADING}" t="inlineStr"><is>${textElement(name)}</is></c>`).join('')}</row>`;
	const writers = cellWriters(columns);
	for (let row = 0; row < rows; row++) {
		const number = row + 2;
		let text = `<row r="${number}">`;
		for (let c = 0; c < columns.length; c++) {
			if (!hasValue(columns[c] as Column, row)) continue;
			text += `<c r="${letters[c]}${number}"${writers[c]?.(row)}</c>`;
		}
		yield `${text}</row>`;
	}
	yield '</sheetData></worksheet>';
}

const lettersOf = (index: number): string =>
	(index >= 26 ? lettersOf(Math.floor(index / 26) - 1) : '') +
	String.fromCharCode(65 + (index % 26));

/** In characters. */
const widthOf = ({ type, name }: Column): number =>
	Math.min(40, Math.max(type === 'text' ? 20 : type === 'datetime' ? 19 : 12, name.length + 2));

/** For each column, what comes of a row's value after the cell's place: attributes, and what it holds. */
function cellWriters(columns: readonly Column[]): ((row: number) => string)[] {
	let shared = 0;
	return columns.map((column) => {
		switch (column.type) {
			case 'text': {
				const first = shared;
				shared += dictionarySize(column.dictionary);
				return (row) => ` t="s"><v>${first + (column.codes[row] ?? 0)}</v>`;
			}
			case 'boolean':
				return (row) => ` t="b"><v>${((column.values[row >> 3] ?? 0) >> (row & 7)) & 1}</v>`;
			case 'date':
				return (row) => dated((column.values[row] ?? 0) * MS_PER_DAY, DATE);
			case 'datetime': {
				const style = column.values.some((ms) => ms % 1000n !== 0n) ? MOMENT : DATE_TIME;
				return (row) => dated(Number(column.values[row]), style);
			}
			default: {
				const style =
					column.valueType === 'money'
						? MONEY
						: column.valueType === 'percent'
							? POINTS
							: column.type === 'integer'
								? INTEGER
								: 0;
				return (row) => numbered(column.values[row] ?? 0, style);
			}
		}
	});
}

/** A number that is none has no place in a workbook but as an error. */
const numbered = (value: number, style: number): string =>
	Number.isFinite(value)
		? ` s="${style}"><v>${value === 0 ? 0 : value}</v>`
		: ' t="e"><v>#NUM!</v>';

const dated = (ms: number, style: number): string =>
	ms >= FIRST_DAY && ms < PAST_LAST_DAY
		? ` s="${style}"><v>${msToSerial(ms)}</v>`
		: ` t="inlineStr"><is><t>${isoText(ms, style !== DATE)}</t></is>`;
