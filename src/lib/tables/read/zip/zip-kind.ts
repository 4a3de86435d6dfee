/** What a zip file is, by what it holds: workbooks are zip files too. */
import { InvalidError } from '../../../core/errors.ts';
import { inflateWhole, InflateBudget } from './inflate.ts';
import { readZipEntries, type ZipEntry } from './zip-entries.ts';

export type ZipKind = 'xlsx' | 'xlsb' | 'ods' | 'archive';

const OPENDOCUMENT = 'application/vnd.oasis.opendocument.spreadsheet';

/**
 * @throws InvalidError as `readZipEntries` does
 */
export async function zipKind(
	bytes: Uint8Array<ArrayBuffer>,
	entries: readonly ZipEntry[] = readZipEntries(bytes)
): Promise<ZipKind> {
	const named = (name: string): ZipEntry | undefined =>
		entries.find((entry) => entry.name.toLowerCase() === name);
	// Parts may be called anything; these names are what every program writes, and the types list is asked for by all.
	if (named('[content_types].xml')) {
		if (named('xl/workbook.bin')) return 'xlsb';
		if (entries.some(({ name }) => /^\/?xl\//i.test(name))) return 'xlsx';
		if (named('_rels/.rels') && !entries.some(({ name }) => /^(word|ppt|visio)\//i.test(name)))
			return 'xlsx';
	}
	const mimetype = named('mimetype');
	if (mimetype && named('content.xml')) {
		try {
			const type = await inflateWhole(bytes, mimetype, new InflateBudget(), 1000);
			if (new TextDecoder().decode(type).trim().startsWith(OPENDOCUMENT)) return 'ods';
		} catch (error) {
			if (!(error instanceof InvalidError)) throw error;
		}
	}
	return 'archive';
}
