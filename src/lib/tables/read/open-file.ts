/**
 * Opens a file by what it holds, whatever it is called: the reader of its format is loaded when a file needs it.
 * What is none of the known formats is a delimited text.
 */
import { InvalidError } from '../../core/errors.ts';
import { refuseOtherFormats } from './not-csv.ts';
import { openDelimited } from './open-delimited.ts';
import type { OpenedFile, OpenOptions } from './opened-file.ts';

/**
 * @param name the file's; a hint at most
 * @throws InvalidError `csv_empty`, `csv_binary`, `csv_other_format` (format), and what the format's reader throws
 */
export async function openFile(
	bytes: Uint8Array<ArrayBuffer>,
	_name: string,
	_options: OpenOptions = {}
): Promise<OpenedFile> {
	if (bytes.length === 0) throw new InvalidError('csv_empty');
	refuseOtherFormats(bytes);
	return openDelimited(bytes);
}
