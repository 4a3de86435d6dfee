/** A notebook file (Observable Notebooks 2.0) that a person brings becomes a notebook of theirs. */
import { InvalidError } from '../../core/errors.ts';
import { MAX_NOTEBOOK_FILE } from '../../core/notebook/notebook-file.ts';
import {
	parseNotebookFile,
	type FileWarning,
	type ReadNotebook
} from '../../core/notebook/parse-notebook-file.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { createNotebook } from './create.ts';

export interface ImportedNotebook {
	readonly id: string;
	readonly warnings: readonly FileWarning[];
}

/**
 * Nothing of the file is run here.
 * @throws InvalidError for what is no notebook file, or is beyond a notebook's limits
 */
export async function importNotebook(
	app: App,
	actor: Actor,
	file: Blob,
	untitled: string
): Promise<ImportedNotebook> {
	if (file.size === 0) throw new InvalidError('notebook_file_missing', {}, 'file');
	const { notebook, warnings } = await read(file, actor.lang, untitled);
	return { id: createNotebook(app, actor, { notebook }), warnings };
}

/** What is wrong with the file is said at the field that brought it. */
async function read(file: Blob, lang: Lang, untitled: string): Promise<ReadNotebook> {
	try {
		// In UTF-8 a character takes up to four bytes.
		if (file.size > 4 * MAX_NOTEBOOK_FILE)
			throw new InvalidError('notebook_file_too_large', { megabytes: MAX_NOTEBOOK_FILE / 1e6 });
		return parseNotebookFile(await file.text(), { lang, untitled });
	} catch (cause) {
		if (!(cause instanceof InvalidError)) throw cause;
		throw new InvalidError(cause.code, cause.details, 'file');
	}
}
