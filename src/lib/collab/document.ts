/**
 * The notebook as a Yjs document. Top level: map `meta` (title, lang) and map `cells` from a cell's id to a
 * map { mode, source: Y.Text, order, pinned }. `order` is a fractional index, so that a move is one
 * last-writer-wins assignment and can never double a cell. Knows no transport.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import {
	defaultPinned,
	type Cell,
	type CellMode,
	type Lang,
	type Notebook
} from '../core/notebook/notebook.ts';
import { visibleLine } from '../core/people/profile.ts';
import { isOrderKey, keyBetween } from './order-key.ts';

/** Cells whose key is no key come last. */
const byOrder = (
	a: readonly [string, string | null],
	b: readonly [string, string | null]
): number => {
	if (a[1] !== b[1]) return a[1] === null ? 1 : b[1] === null ? -1 : a[1] < b[1] ? -1 : 1;
	return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
};

/** Anyone who edits can put any value anywhere: each is looked at before it is taken for what it should be. */
const cellsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cells');
const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('meta');

function cellOf(doc: Y.Doc, id: string): Y.Map<unknown> | null {
	const cell = cellsOf(doc).get(id);
	return cell instanceof Y.Map ? (cell as Y.Map<unknown>) : null;
}

function orderOf(doc: Y.Doc, id: string): string | null {
	const order = cellOf(doc, id)?.get('order');
	return isOrderKey(order) ? order : null;
}

/** The cells' ids in page order. Ties (two people inserting at one place) are broken by id. */
export function cellOrder(doc: Y.Doc): string[] {
	const entries: [string, string | null][] = [];
	for (const [id, cell] of cellsOf(doc))
		if (cell instanceof Y.Map) entries.push([id, orderOf(doc, id)]);
	return entries.sort(byOrder).map(([id]) => id);
}

/** A cell's shared text, for the editor's binding; null when the cell is gone. */
export function cellText(doc: Y.Doc, id: string): Y.Text | null {
	const source = cellOf(doc, id)?.get('source');
	return source instanceof Y.Text ? source : null;
}

export function readCell(doc: Y.Doc, id: string): Cell | null {
	const cell = cellOf(doc, id);
	if (!cell) return null;
	const mode: CellMode = cell.get('mode') === 'md' ? 'md' : 'js';
	const pinned = cell.get('pinned');
	return {
		id,
		mode,
		source: cellText(doc, id)?.toString() ?? '',
		pinned: typeof pinned === 'boolean' ? pinned : defaultPinned(mode)
	};
}

/** The title as it may be shown: any editor's program can write what it likes there. */
export function readTitle(doc: Y.Doc): string {
	const title = metaOf(doc).get('title');
	return typeof title === 'string' ? visibleLine(title) : '';
}

export function readLang(doc: Y.Doc): Lang {
	return metaOf(doc).get('lang') === 'en' ? 'en' : 'fr';
}

/** The document as a value. */
export function readNotebook(doc: Y.Doc): Notebook {
	const cells: Cell[] = [];
	for (const id of cellOrder(doc)) {
		const cell = readCell(doc, id);
		if (cell) cells.push(cell);
	}
	return { title: readTitle(doc), lang: readLang(doc), cells };
}

/** Fills an empty document from a value: for a new notebook, a fork and an import. */
export function writeNotebook(doc: Y.Doc, notebook: Notebook): void {
	doc.transact(() => {
		metaOf(doc).set('title', notebook.title);
		metaOf(doc).set('lang', notebook.lang);
		let last: string | null = null;
		for (const cell of notebook.cells) {
			last = generateKeyBetween(last, null);
			setCell(doc, cell, last);
		}
	});
}

function setCell(doc: Y.Doc, cell: Cell, order: string): void {
	const map = new Y.Map<unknown>();
	map.set('mode', cell.mode);
	map.set('order', order);
	map.set('pinned', cell.pinned);
	map.set('source', new Y.Text(cell.source));
	cellsOf(doc).set(cell.id, map);
}

/**
 * The key of a place: before the cell at `index` of the present order, leaving `moving` out. Where none can be
 * made (a neighbour has no key, or no room is left beside it), every cell is given a new key, in the same order.
 */
function keyAt(doc: Y.Doc, index: number, moving?: string): string {
	const ids = cellOrder(doc).filter((id) => id !== moving);
	const at = Math.max(0, Math.min(index, ids.length));
	const keyOf = (id: string | undefined): string | null =>
		id === undefined ? null : orderOf(doc, id);
	const before = keyOf(ids[at - 1]);
	let after = keyOf(ids[at]);
	// Two people can have made the same key at once: look past the ties for the next greater one.
	for (let i = at; before !== null && after !== null && after <= before;) after = keyOf(ids[++i]);
	const placed = at === 0 || before !== null;
	return (placed ? keyBetween(before, after) : null) ?? renewKeys(doc, ids, at);
}

/** Answers the key left free before the cell at `index`. */
function renewKeys(doc: Y.Doc, ids: readonly string[], index: number): string {
	const keys = generateNKeysBetween(null, null, ids.length + 1);
	ids.forEach((id, i) => cellOf(doc, id)?.set('order', keys[i < index ? i : i + 1]));
	return keys[index] ?? generateKeyBetween(null, null);
}

export function insertCell(doc: Y.Doc, index: number, cell: Cell): void {
	doc.transact(() => setCell(doc, cell, keyAt(doc, index)));
}

/** Moves a cell to `index`, counted without it. */
export function moveCell(doc: Y.Doc, id: string, index: number): void {
	doc.transact(() => cellOf(doc, id)?.set('order', keyAt(doc, index, id)));
}

export function deleteCell(doc: Y.Doc, id: string): void {
	doc.transact(() => cellsOf(doc).delete(id));
}

export function setCellMode(doc: Y.Doc, id: string, mode: CellMode): void {
	doc.transact(() => cellOf(doc, id)?.set('mode', mode));
}

export function setCellPinned(doc: Y.Doc, id: string, pinned: boolean): void {
	doc.transact(() => cellOf(doc, id)?.set('pinned', pinned));
}

export function setTitle(doc: Y.Doc, title: string): void {
	doc.transact(() => metaOf(doc).set('title', title));
}

export function setLang(doc: Y.Doc, lang: Lang): void {
	doc.transact(() => metaOf(doc).set('lang', lang));
}

/** What a cell has beside its text: its kind, its place, whether its code shows. */
export type CellFields = ReadonlyMap<string, unknown>;

export function readFields(doc: Y.Doc, id: string): CellFields {
	const fields = new Map<string, unknown>();
	for (const [key, value] of cellOf(doc, id) ?? [])
		if (!(value instanceof Y.AbstractType)) fields.set(key, value);
	return fields;
}

/** Gives a cell those of the fields that it has not, if it is there, and a place: the last, where none is among them. */
export function fillFields(doc: Y.Doc, id: string, fields: CellFields): void {
	const cell = cellOf(doc, id);
	if (!cell) return;
	for (const [key, value] of fields) if (!cell.has(key)) cell.set(key, value);
	if (!cell.has('order')) cell.set('order', keyAt(doc, Infinity, id));
}

export interface NotebookWatch {
	/** Cells came, went or moved. @param here by this screen */
	order: (here: boolean) => void;
	/** A cell's text, mode or pin changed. */
	cell: (id: string) => void;
	/** The title or the language changed. */
	meta: () => void;
}

/** Tells what changed after each transaction, whoever made it. Returns what ends the watch. */
export function watchNotebook(doc: Y.Doc, on: NotebookWatch): () => void {
	const cells = cellsOf(doc);
	const meta = metaOf(doc);
	const seen = (
		events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
		{ local }: Y.Transaction
	): void => {
		let order = false;
		const changed = new Set<string>();
		for (const event of events) {
			const id = event.path[0];
			if (id === undefined) order = true;
			else {
				if (event.path.length === 1 && event.keys.has('order')) order = true;
				changed.add(String(id));
			}
		}
		if (order) on.order(local);
		for (const id of changed) on.cell(id);
	};
	const described = (): void => on.meta();
	cells.observeDeep(seen);
	meta.observe(described);
	return () => {
		cells.unobserveDeep(seen);
		meta.unobserve(described);
	};
}
