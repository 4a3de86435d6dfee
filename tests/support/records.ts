/** The records of a rewritten text, with marks that show: `#` a number, `@` a date, `?` a truth value. */
import type { OpenedFile } from '../../src/lib/tables/read/opened-file.ts';

export function recordsOf({ table }: OpenedFile): string[][] {
	if (table.kind !== 'text' || !table.rewritten) throw new Error('no rewritten text');
	const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(table.bytes);
	if (text === '') return [];
	if (!text.endsWith('\u001e')) throw new Error('the last record is not closed');
	return text
		.slice(0, -1)
		.replaceAll('\u0011', '#')
		.replaceAll('\u0012', '@')
		.replaceAll('\u0013', '?')
		.split('\u001e')
		.map((record) => record.split('\u001f'));
}
