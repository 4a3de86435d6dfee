/** Puts another's changes into a notebook, by the server's own edit: what was there is kept first, in the same transaction. */
import { rewriteNotebook } from '../../collab/rewrite.ts';
import { readNotebook } from '../../collab/document.ts';
import { InvalidError } from '../../core/errors.ts';
import { MAX_CELLS, MAX_SOURCE, MAX_TITLE } from '../../core/notebook/limits.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { cleanLine } from '../../core/people/profile.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { addContribution, contributionsSince } from '../notebooks/contributions.ts';
import { deletedBetween, keepDeleted } from '../notebooks/history-deleted.ts';
import { keepVersion } from '../notebooks/keep-version.ts';

/**
 * @param make what the notebook becomes of what it is now; itself where it stays
 * @param also kept in the same transaction, whether the notebook changes or not: what it throws leaves all as it was
 * @throws InvalidError `notebook_too_many_cells`, `notebook_too_large`; AppError `history_full`
 */
export function mergeInto(
	app: App,
	actor: Actor,
	notebookId: string,
	make: (now: Notebook) => Notebook,
	also: () => void
): void {
	const rooms = roomsOf(app);
	rooms.journal.flush();
	// Whose edits the kept version holds, without this one.
	const since = contributionsSince(app, notebookId);
	let next: Notebook | null = null;
	const change = rooms.change(
		notebookId,
		(doc) => {
			const now = readNotebook(doc);
			next = make(now);
			if (next !== now) rewriteNotebook(doc, checked(next));
		},
		(before) => {
			const by = actor.personId;
			keepVersion(app, notebookId, before, { kind: 'before-merge', name: null, by, since });
			addContribution(app, notebookId, by);
			keepDeleted(app, notebookId, by, deletedBetween(before, next ?? before));
			also();
		}
	);
	if (change) rooms.keptVersion(notebookId);
	else app.db.transaction(also, { behavior: 'immediate' });
}

function checked(notebook: Notebook): Notebook {
	const { cells } = notebook;
	if (cells.length > MAX_CELLS)
		throw new InvalidError('notebook_too_many_cells', { max: MAX_CELLS });
	if (cells.reduce((all, { source }) => all + source.length, 0) > MAX_SOURCE)
		throw new InvalidError('notebook_too_large', { millions: MAX_SOURCE / 1e6 });
	return { ...notebook, title: cleanLine(notebook.title, 'title', 'title_required', MAX_TITLE) };
}
