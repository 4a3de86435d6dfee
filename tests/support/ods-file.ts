/** Makes small OpenDocument spreadsheets for tests, as LibreOffice writes them. */
import { zipFile, type ZipPart } from './zip-file.ts';

export interface OdsTable {
	readonly name: string;
	/** What `<table:table>` holds. */
	readonly rows: string;
	readonly hidden?: boolean;
}

const NAMESPACES =
	'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"';

export function odsParts(
	tables: readonly OdsTable[],
	replace: Readonly<Record<string, string | null>> = {}
): ZipPart[] {
	const parts: Record<string, string | null> = {
		mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
		'META-INF/manifest.xml':
			'<?xml version="1.0"?><!DOCTYPE manifest:manifest PUBLIC "x" "Manifest.dtd"><manifest:manifest/>',
		'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES}><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:calculation-settings/>${tables
			.map(
				({ name, rows, hidden }) =>
					`<table:table table:name="${name.replaceAll('&', '&amp;')}" table:style-name="${hidden ? 'ta2' : 'ta1'}"><table:table-column table:number-columns-repeated="16384"/>${rows}</table:table>`
			)
			.join('')}</office:spreadsheet></office:body></office:document-content>`,
		...replace
	};
	return Object.entries(parts).flatMap(([name, content]) =>
		content === null ? [] : [{ name, content, method: name === 'mimetype' ? 0 : 8 }]
	);
}

export const odsFile = (
	tables: readonly OdsTable[],
	replace: Readonly<Record<string, string | null>> = {}
): Uint8Array<ArrayBuffer> => zipFile(odsParts(tables, replace));
