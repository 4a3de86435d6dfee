/**
 * Makes a document read as a value, by ordinary edits of what differs alone: cells are matched by their ids, a text is
 * changed where its lines differ, so that who is writing in another line keeps their place. Knows no transport.
 */
import type * as Y from 'yjs';
import type { Cell, Notebook } from '../core/notebook/notebook.ts';
import { textEdits, type DiffWork } from '../core/notebook/line-diff.ts';
import { longestRise } from '../core/notebook/longest-rise.ts';
import {
	cellOrder,
	cellText,
	deleteCell,
	insertCell,
	moveCell,
	readCell,
	readLang,
	readTitle,
	setCellMode,
	setCellPinned,
	setLang,
	setTitle
} from './document.ts';

/** Pairs of lines of all its texts that are compared: half a second, with what is then written. Of a text past that, what changed is put in one piece. */
const MOST = 5_000_000;

export function rewriteNotebook(doc: Y.Doc, { title, lang, cells }: Notebook): void {
	doc.transact(() => {
		if (readTitle(doc) !== title) setTitle(doc, title);
		if (readLang(doc) !== lang) setLang(doc, lang);
		const wanted = new Set(cells.map(({ id }) => id));
		for (const id of cellOrder(doc)) if (!wanted.has(id)) deleteCell(doc, id);
		place(doc, cells);
		const work = { left: MOST };
		for (const cell of cells) rewriteCell(doc, cell, work);
	});
}

function rewriteCell(doc: Y.Doc, { id, mode, source, pinned }: Cell, work: DiffWork): void {
	const now = readCell(doc, id);
	const text = cellText(doc, id);
	if (!now || !text) return;
	if (now.mode !== mode) setCellMode(doc, id, mode);
	if (now.pinned !== pinned) setCellPinned(doc, id, pinned);
	for (const { at, length, insert } of textEdits(now.source, source, work)) {
		if (length > 0) text.delete(at, length);
		if (insert !== '') text.insert(at, insert);
	}
}

/** Inserts what lacks and moves as few of the others as it takes. */
function place(doc: Y.Doc, cells: readonly Cell[]): void {
	const index = new Map(cells.map(({ id }, i) => [id, i]));
	// A cell whose text is no text was broken by a program: it is written anew.
	for (const id of cellOrder(doc)) if (!cellText(doc, id)) deleteCell(doc, id);
	const places = cellOrder(doc).map((id) => index.get(id) ?? -1);
	const still = new Set(longestRise(places).map((i) => places[i]));
	cells.forEach((cell, i) => {
		if (still.has(i)) return;
		const order = cellOrder(doc).filter((id) => id !== cell.id);
		const above = cells[i - 1];
		const at = above ? order.indexOf(above.id) + 1 : 0;
		if (readCell(doc, cell.id)) moveCell(doc, cell.id, at);
		else insertCell(doc, at, cell);
	});
}
