/** What a notebook's page starts from, so that it need not wait for its socket or its cells to ask. */
import * as Y from 'yjs';
import { GoneError, NotFoundError } from '../../core/errors.ts';
import { filesNamed } from '../../core/governance/provenance.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { newerVersions, type PinnedVersion } from '../datasets/pinned.ts';
import { openDatasetFile } from '../datasets/read.ts';

export interface NotebookOpening {
	/** The document as it is on disk now, as one Yjs update. */
	readonly document: Uint8Array;
	/** The files (`slug@version.arrow`) that its cells name and that the actor may read: at most `MAX_FILES`. */
	readonly files: readonly string[];
	/** What became of the versions that its cells name: newer ones, withdrawals. */
	readonly pinned: readonly PinnedVersion[];
	/** The first of its text cells, as they are written. */
	readonly texts: readonly { readonly cell: string; readonly source: string }[];
}

/** A page asks for that many files before its cells do. */
const MAX_FILES = 6;
/** Names that are looked up for it: a notebook names few, and anyone who edits it may write any number. */
const MAX_NAMES = 50;
/** Characters of texts that a page brings read: what comes after them is read in the browser. */
const MAX_TEXT = 60_000;

/** Throws NotFoundError if the actor may not read the notebook. */
export function openingOf(app: App, actor: Actor | null, notebookId: string): NotebookOpening {
	requireOnNotebook(app, actor, notebookId, 'notebook.read');
	const { doc, notebook } = roomsOf(app).read(notebookId);
	const named = new Set(notebook.cells.flatMap(({ source }) => [...filesNamed(source).files]));
	return {
		document: Y.encodeStateAsUpdate(doc),
		files: readableOf(app, actor, [...named].slice(0, MAX_NAMES)),
		pinned: newerVersions(app, actor, named),
		texts: firstTexts(notebook)
	};
}

function firstTexts({ cells }: Notebook): { cell: string; source: string }[] {
	const texts: { cell: string; source: string }[] = [];
	let characters = 0;
	for (const { id, mode, source } of cells) {
		if (mode !== 'md') continue;
		characters += source.length;
		if (characters > MAX_TEXT) break;
		texts.push({ cell: id, source });
	}
	return texts;
}

/** The first that the actor may read. */
function readableOf(app: App, actor: Actor | null, names: readonly string[]): string[] {
	const found: string[] = [];
	for (const name of names) {
		if (found.length === MAX_FILES) break;
		if (readable(app, actor, name)) found.push(name);
	}
	return found;
}

function readable(app: App, actor: Actor | null, name: string): boolean {
	try {
		openDatasetFile(app, actor, name);
		return true;
	} catch (error) {
		if (error instanceof NotFoundError || error instanceof GoneError) return false;
		throw error;
	}
}
