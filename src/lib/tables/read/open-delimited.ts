/** A delimited text, as a file that was opened: nothing of it is looked at yet. */
import type { OpenedFile } from './opened-file.ts';

export const openDelimited = (bytes: Uint8Array<ArrayBuffer>): OpenedFile => ({
	format: 'delimited',
	members: [],
	member: null,
	sheets: [],
	sheet: null,
	nested: [],
	notes: [],
	table: { kind: 'text', bytes, latin: false }
});
