/** Makes small workbooks for tests, part by part, so that each may be odd in one way. */
import { zipFile, type ZipPart } from './zip-file.ts';

export interface SheetXml {
	readonly name: string;
	/** What `<sheetData>` holds. */
	readonly rows: string;
	/** What follows it: `<mergeCells>`… */
	readonly after?: string;
	readonly state?: 'hidden' | 'veryHidden';
}
export interface WorkbookXml {
	readonly sheets: readonly SheetXml[];
	/** What `<sst>` holds. */
	readonly shared?: string;
	/** Number formats, by style: a code, or the number of one that needs no code. */
	readonly formats?: readonly (string | number)[];
	readonly date1904?: boolean;
	/** Before each element's name: `x:`. */
	readonly prefix?: string;
	readonly strict?: boolean;
	/** Where parts lie: what other programs than Excel write. */
	readonly folder?: string;
	/** Parts are called as Excel calls them, for readers that look for no others. */
	readonly names?: 'excel';
	/** Written in place of the part of that name, or left out where null. */
	readonly replace?: Readonly<Record<string, string | Uint8Array | null>>;
}

const escape = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The parts of the workbook, by name. */
export function workbookParts(book: WorkbookXml): ZipPart[] {
	const folder = book.folder ?? 'xl/';
	const p = book.prefix ?? '';
	const main = book.strict
		? 'http://purl.oclc.org/ooxml/spreadsheetml/main'
		: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const relations = book.strict
		? 'http://purl.oclc.org/ooxml/officeDocument/relationships'
		: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const root = (name: string, inside: string): string =>
		`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${p}${name} xmlns${p ? `:${p.slice(0, -1)}` : ''}="${main}" xmlns:r="${relations}">${inside}</${p}${name}>`;
	const list = (
		entries: readonly (readonly [id: string, type: string, target: string])[]
	): string =>
		`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
			.map(
				([id, type, target]) =>
					`<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`
			)
			.join('')}</Relationships>`;
	const sheet = book.names ? 'sheet' : 'feuille';
	const first = book.names ? 1 : 0;
	const texts = book.names ? 'sharedStrings' : 'textes';
	const formats = book.formats ?? [];
	const parts: Record<string, string | Uint8Array> = {
		'[Content_Types].xml':
			'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
		'_rels/.rels': list([['rId1', 'officeDocument', `${folder}workbook.xml`]]),
		[`${folder}_rels/workbook.xml.rels`]: list([
			...book.sheets.map(
				(_, i) => [`s${i}`, 'worksheet', `worksheets/${sheet}${i + first}.xml`] as const
			),
			['shared', 'sharedStrings', `/${folder}${texts}.xml`],
			['styles', 'styles', book.names ? 'styles.xml' : './x/../styles.xml']
		]),
		[`${folder}workbook.xml`]: root(
			'workbook',
			`<${p}workbookPr${book.date1904 ? ' date1904="1"' : ''}/><${p}sheets>${book.sheets
				.map(
					({ name, state }, i) =>
						`<${p}sheet name="${escape(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="s${i}"/>`
				)
				.join('')}</${p}sheets>`
		),
		[`${folder}styles.xml`]: root(
			'styleSheet',
			`<${p}numFmts>${formats
				.map((code, i) =>
					typeof code === 'string'
						? `<${p}numFmt numFmtId="${200 + i}" formatCode="${escape(code)}"/>`
						: ''
				)
				.join(
					''
				)}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs><${p}cellXfs>${formats
				.map((code, i) => `<${p}xf numFmtId="${typeof code === 'string' ? 200 + i : code}"/>`)
				.join('')}</${p}cellXfs>`
		),
		[`${folder}${texts}.xml`]: root('sst', book.shared ?? '')
	};
	book.sheets.forEach(({ rows, after }, i) => {
		parts[`${folder}worksheets/${sheet}${i + first}.xml`] = root(
			'worksheet',
			`<${p}dimension ref="A1:XFD1048576"/><${p}sheetData>${rows}</${p}sheetData>${after ?? ''}`
		);
	});
	return Object.entries({ ...parts, ...book.replace }).flatMap(([name, content]) =>
		content === null ? [] : [{ name, content }]
	);
}

export const workbookFile = (book: WorkbookXml): Uint8Array<ArrayBuffer> =>
	zipFile(workbookParts(book));
