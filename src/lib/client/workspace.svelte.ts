/**
 * An open notebook in this browser: the shared document's cells in page order, bound to this person's own
 * worker. Editing goes to the document; running stays here. Text that a person is typing does not run by
 * itself: a changed cell is stale until it is run (a text cell is: its author sees it as they type).
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- these maps and sets are never read by a template */
import type * as Y from 'yjs';
import { OwnChanges, type TakenBack } from '../collab/own-changes.ts';
import { OwnUndo } from '../collab/own-undo.ts';
import {
	cellOrder,
	cellText,
	deleteCell,
	insertCell,
	moveCell,
	readCell,
	readNotebook,
	setCellMode,
	setCellPinned,
	setTitle,
	watchNotebook
} from '../collab/document.ts';
import { repinEdits } from '../core/dataset/repin.ts';
import type { JoinMatches } from '../core/protocol/preview.ts';
import type { MatchedColumns, TextEdit } from '../core/pipeline/step.ts';
import { newCellId, type RandomBytes } from '../core/ids.ts';
import {
	toCell,
	type Cell,
	type CellMode,
	type Lang,
	type Notebook
} from '../core/notebook/notebook.ts';
import type {
	CellSource,
	ControlValue,
	InspectEntry,
	TableSummary,
	TableWindow,
	WorkerMessage
} from '../core/protocol/messages.ts';
import type { Lineage } from '../core/governance/terms.ts';
import type { CellPreview } from './cell-preview.ts';
import type { CellTable, ShownTable } from './cell-table.ts';
import { CellView } from './cell-view.svelte.ts';

/** What the workspace asks of the sandbox; `SandboxHost` is the one there is. */
export interface CellHost {
	start(): void | Promise<void>;
	setCells(cells: readonly CellSource[]): void;
	/** Runs cells again, each once, with what depends on them. */
	run(cells: readonly string[]): void;
	stop(cell?: string): void;
	input(control: string, value: ControlValue): void;
	window(
		table: string,
		offset: number,
		count: number,
		columns: readonly string[] | null
	): Promise<TableWindow>;
	summary(table: string): Promise<TableSummary>;
	/** A view of its own of a table that a cell shows: only what a grid shows follows it. */
	look(shown: ShownTable): CellTable;
	/** A preview of its own of what a cell's chain gives at each step. */
	preview(cell: string): CellPreview;
	match(
		shown: Pick<ShownTable, 'table' | 'rows'>,
		other: string,
		on: readonly MatchedColumns[]
	): Promise<JoinMatches>;
	/** Which worker this is: the handles of one say nothing to the next. */
	readonly generation: number;
	lineage(table: string): Promise<Lineage>;
	expand(handle: number): Promise<readonly InspectEntry[]>;
	setLocale(lang: Lang, dark: boolean): void;
	destroy(): void;
}

/** What the host reports. */
export interface HostReports {
	message: (message: WorkerMessage) => void;
	/** The worker is being replaced; `code` is an error code if the person must be told why. */
	replaced: (code: string | null) => void;
	/** Nothing can run here, or no longer: an error code. */
	failed: (code: string) => void;
}
export type MakeHost = (on: HostReports) => CellHost;

export interface WorkspaceParts {
	readonly connection: { readonly doc: Y.Doc; readonly opened: Promise<void> };
	readonly host: MakeHost;
	/** Runs `work` some time after the last keystroke in a text; returns what cancels it. */
	readonly later?: (work: () => void) => () => void;
	readonly random?: RandomBytes;
}

/** A deleted cell, with its place, so that it can come back as it was. */
export interface DeletedCell {
	readonly cell: Cell;
	readonly index: number;
	/** The cell it stood after; null for the first. */
	readonly after: string | null;
}

const afterTyping = (work: () => void): (() => void) => {
	const timer = setTimeout(work, 350);
	return () => clearTimeout(timer);
};

export class Workspace {
	readonly doc: Y.Doc;
	readonly #host: CellHost;
	readonly #random: RandomBytes;
	readonly #later: (work: () => void) => () => void;
	readonly #views = new Map<string, CellView>();
	#cells = $state.raw<readonly CellView[]>([]);
	#title = $state('');
	#lang = $state<Lang>('fr');
	#ready = $state(false);
	#lost = $state<string | null>(null);
	#warning = $state<string | null>(null);
	#settled = $state(false);
	/** Whether the last change of the cells' order was made on this screen. */
	#movedHere = true;
	#sending = false;
	/** The worker has said that it is at rest, since it was last told anything. */
	#rest = false;
	#waiting: (() => void)[] = [];
	readonly #own: OwnChanges;
	/** By cell: what was typed in it, also while it is gone, for it may come back. */
	readonly #undos = new Map<string, OwnUndo>();
	#undoable = $state(false);
	#redoable = $state(false);
	/** Of changes in several cells at once. */
	readonly #together: { readonly undo: OwnUndo; readonly cells: readonly string[] }[] = [];
	readonly #typing = new Map<string, () => void>();
	#unwatch: (() => void) | null = null;
	#destroyed = false;

	constructor({ connection, host, later = afterTyping, random }: WorkspaceParts) {
		this.doc = connection.doc;
		this.#own = new OwnChanges(connection.doc);
		this.#own.onChange(() => {
			this.#undoable = this.#own.canUndo;
			this.#redoable = this.#own.canRedo;
		});
		this.#later = later;
		this.#random = random ?? ((bytes) => crypto.getRandomValues(bytes));
		this.#host = host({
			message: (message) => this.#take(message),
			replaced: (code) => {
				// The next worker is given the list, and says when it is done with it.
				this.#rest = false;
				this.#settled = false;
				this.#warning = code;
			},
			failed: (code) => {
				this.#lost = code;
				this.#wake();
			}
		});
		void connection.opened.then(() => this.#open());
	}

	get cells(): readonly CellView[] {
		return this.#cells;
	}
	get title(): string {
		return this.#title;
	}
	get lang(): Lang {
		return this.#lang;
	}
	/** The document is here; before that the page shows its skeleton. */
	get ready(): boolean {
		return this.#ready;
	}
	/** Why nothing can run in this browser, as an error code; null while all is well. */
	get lost(): string | null {
		return this.#lost;
	}
	/** Why the worker was last replaced, as an error code, where its cells do not say it themselves. */
	get warning(): string | null {
		return this.#warning;
	}
	/** Nothing is queued or running. */
	get idle(): boolean {
		return this.#settled;
	}
	get host(): CellHost {
		return this.#host;
	}

	/** Whether cells last came, went or moved by this person's own hand. */
	get movedHere(): boolean {
		return this.#movedHere;
	}

	cell(id: string): CellView | null {
		return this.#views.get(id) ?? null;
	}
	indexOf(id: string): number {
		return this.#cells.findIndex((cell) => cell.id === id);
	}
	/** The document as a value. */
	notebook(): Notebook {
		return readNotebook(this.doc);
	}

	/** Once every cell has come to rest: done, failed, blocked, stopped or lost. */
	settled(): Promise<void> {
		if (this.#atRest()) return Promise.resolve();
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	// ---------------------------------------------------------------- running

	/** Runs a cell as it now reads, and what depends on it. */
	run(id: string): void {
		const cell = this.#views.get(id);
		if (!cell) return;
		this.#stopTyping(id);
		const before = cell.state?.state;
		if (!cell.send()) return this.#ask([id]);
		this.#flush();
		// A cell that was stopped is held back until it is asked for by name.
		if (before === 'stopped') this.#ask([id]);
	}

	/** Runs every cell: those that changed with their new text, the rest again. */
	runAll(): void {
		const again: string[] = [];
		for (const cell of this.#cells) {
			this.#stopTyping(cell.id);
			const before = cell.state?.state;
			if (!cell.send() || before === 'stopped') again.push(cell.id);
		}
		this.#flush();
		if (again.length > 0) this.#ask(again);
	}

	/** Stops what runs: the worker is replaced, and other cells come back by themselves. */
	stop(id?: string): void {
		this.#host.stop(id);
	}

	input(control: string, value: ControlValue): void {
		this.#rest = false;
		this.#host.input(control, value);
	}

	// ---------------------------------------------------------------- editing

	/** Inserts a cell and returns its id; it runs at once. */
	insert(index: number, mode: CellMode, source: string): string {
		const id = newCellId(this.#random);
		const at = Math.max(0, Math.min(index, this.#cells.length));
		this.#own.make(this.doc, [id], () => insertCell(this.doc, at, toCell({ id, mode, source })));
		return id;
	}

	/** Inserts cells one below the other, as one change, and returns their ids; they run at once. */
	insertAll(
		index: number,
		made: readonly { readonly mode: CellMode; readonly source: string }[]
	): string[] {
		const at = Math.max(0, Math.min(index, this.#cells.length));
		const cells = made.map((cell) => toCell({ ...cell, id: newCellId(this.#random) }));
		const ids = cells.map(({ id }) => id);
		this.#own.make(this.doc, ids, () =>
			cells.forEach((cell, i) => insertCell(this.doc, at + i, cell))
		);
		return ids;
	}

	/** Deletes a cell and returns what `restore` needs; null when it was gone already. */
	delete(id: string): DeletedCell | null {
		const cell = readCell(this.doc, id);
		if (!cell) return null;
		const index = this.indexOf(id);
		const after = this.#cells[index - 1]?.id ?? null;
		this.#own.make(this.doc, [id], () => deleteCell(this.doc, id));
		return { cell, index, after };
	}

	/** Brings a deleted cell back with its text and its id, so that links and threads find it again. */
	restore({ cell, index, after }: DeletedCell): void {
		if (this.#views.has(cell.id)) return;
		const neighbour = after === null ? -1 : this.indexOf(after);
		const at = after !== null && neighbour >= 0 ? neighbour + 1 : index;
		insertCell(this.doc, Math.min(at, this.#cells.length), cell);
	}

	/** Moves a cell to `index`, counted without it. */
	moveTo(id: string, index: number): void {
		if (this.#views.has(id)) this.#own.make(this.doc, [id], () => moveCell(this.doc, id, index));
	}

	/** Moves a cell one place; false at the end of the page. */
	move(id: string, by: -1 | 1): boolean {
		const index = this.indexOf(id) + by;
		if (index < 0 || index >= this.#cells.length) return false;
		this.moveTo(id, index);
		return true;
	}

	/** Copies a cell below itself; returns the copy's id. */
	duplicate(id: string): string | null {
		const cell = readCell(this.doc, id);
		if (!cell) return null;
		const copy = newCellId(this.#random);
		this.#own.make(this.doc, [copy], () =>
			insertCell(this.doc, this.indexOf(id) + 1, { ...cell, id: copy })
		);
		return copy;
	}

	setMode(id: string, mode: CellMode): void {
		this.#own.make(this.doc, [id], () => setCellMode(this.doc, id, mode));
	}
	setPinned(id: string, pinned: boolean): void {
		this.#own.make(this.doc, [id], () => setCellPinned(this.doc, id, pinned));
	}
	setTitle(title: string): void {
		if (title !== this.#title) this.#own.make(this.doc, [], () => setTitle(this.doc, title));
	}

	// ---------------------------------------------------------------- what this person did, taken back

	/** Whether there is something of this person's own to take back, or to do again. */
	get undoable(): boolean {
		return this.#undoable;
	}
	get redoable(): boolean {
		return this.#redoable;
	}

	/** Takes back the latest that this person changed, wherever it was, and nothing of anyone else's. */
	undo(): TakenBack | null {
		return this.#ranAfter(this.#own.undo());
	}

	/** Does again the latest that was taken back. */
	redo(): TakenBack | null {
		return this.#ranAfter(this.#own.redo());
	}

	/**
	 * Counts what the server changed at this person's asking among their changes; answers what lets it go.
	 * @param takeBack rejects where it could not be done: it stays among them
	 */
	countBeside(takeBack: () => Promise<void>): () => void {
		return this.#own.beside(takeBack);
	}

	#ranAfter(taken: TakenBack | null): TakenBack | null {
		if (taken) this.#runChanged(taken.cells);
		return taken;
	}

	/** Replaces `length` characters at `at` by `insert`, as one edit that the cell's undo takes back. */
	edit(id: string, at: number, length: number, insert: string): void {
		const cell = this.#views.get(id);
		if (!cell) return;
		cell.undo.addTrackedOrigin(this);
		cell.undo.stopCapturing();
		this.doc.transact(() => {
			cell.text.delete(at, length);
			cell.text.insert(at, insert);
		}, this);
	}

	/** As `edit`, for several places of one text at once; the cell then runs. */
	rewrite(id: string, edits: readonly TextEdit[]): void {
		const cell = this.#views.get(id);
		if (!cell || edits.length === 0) return;
		cell.undo.addTrackedOrigin(this);
		cell.undo.stopCapturing();
		this.doc.transact(() => {
			let shift = 0;
			let done = 0;
			const ordered = edits.map((edit, i) => ({ edit, i }));
			for (const { edit } of ordered.sort((a, b) => a.edit.at - b.edit.at || a.i - b.i)) {
				const from = Math.max(edit.at, done);
				done = Math.max(from, edit.at + edit.length);
				cell.text.delete(from + shift, done - from);
				cell.text.insert(from + shift, edit.insert);
				shift += edit.insert.length - (done - from);
			}
		}, this);
		cell.undo.stopCapturing();
		this.run(id);
	}

	/**
	 * Has every cell that names the file `from` name `to`, and runs those cells. One change: what is answered takes all
	 * of it back at once (a cell's own undo takes back its part). Null where no cell names it.
	 */
	repin(from: string, to: string): (() => void) | null {
		return this.rewriteAll(
			new Map(this.#cells.map(({ id, source }) => [id, repinEdits(source, from, to)]))
		);
	}

	/**
	 * As `rewrite`, in several cells at once: one change, that what is answered takes back (a cell's own undo takes back
	 * its part). Null where there is no edit. @param edits by cell; of one text, none reaches into another
	 */
	rewriteAll(edits: ReadonlyMap<string, readonly TextEdit[]>): (() => void) | null {
		const changed = this.#cells.flatMap((cell) => {
			const own = edits.get(cell.id) ?? [];
			return own.length > 0 ? [{ cell, own: own.toSorted((a, b) => b.at - a.at) }] : [];
		});
		if (changed.length === 0) return null;
		const origin = {};
		const all = new OwnUndo(
			changed.map(({ cell }) => cell.text),
			{ trackedOrigins: new Set([origin]) }
		);
		const ids = changed.map(({ cell }) => cell.id);
		this.#together.push({ undo: all, cells: ids });
		for (const { cell } of changed) {
			cell.undo.addTrackedOrigin(origin);
			cell.undo.stopCapturing();
		}
		this.#own.together(all, ids, () =>
			this.doc.transact(() => {
				// From the end, so that what is before keeps its place.
				for (const { cell, own } of changed)
					for (const { at, length, insert } of own) {
						cell.text.delete(at, length);
						cell.text.insert(at, insert);
					}
			}, origin)
		);
		for (const { cell } of changed) cell.undo.stopCapturing();
		this.#runChanged(ids);
		return () => {
			if (this.#destroyed) return;
			all.undo();
			this.#runChanged(ids);
		};
	}

	/** Runs the cells that read otherwise than when they last ran. */
	runStale(): void {
		this.#runChanged(this.#cells.flatMap((cell) => (cell.stale ? [cell.id] : [])));
	}

	/** Runs those of the cells that are there and were written anew. */
	#runChanged(ids: readonly string[]): void {
		const sent = ids.filter((id) => {
			this.#stopTyping(id);
			return this.#views.get(id)?.send() ?? false;
		});
		if (sent.length > 0) this.#flush();
	}

	destroy(): void {
		this.#destroyed = true;
		this.#own.destroy();
		for (const { undo } of this.#together) undo.destroy();
		for (const undo of this.#undos.values()) undo.destroy();
		this.#unwatch?.();
		for (const id of [...this.#typing.keys()]) this.#stopTyping(id);
		this.#host.destroy();
		this.#wake();
	}

	// ---------------------------------------------------------------- the document

	#open(): void {
		if (this.#destroyed) return;
		this.#unwatch = watchNotebook(this.doc, {
			order: (here) => {
				this.#movedHere = here;
				this.#reorder();
			},
			cell: (id) => this.#reread(id),
			meta: () => this.#describe()
		});
		this.#describe();
		this.#reorder();
		this.#ready = true;
		this.#flush();
		this.#start();
	}

	/** Tries again after `lost`. */
	restart(): void {
		this.#lost = null;
		this.#warning = null;
		this.#start();
	}

	#start(): void {
		// A refusal is told through `failed`.
		Promise.resolve(this.#host.start()).catch(() => {});
	}

	#describe(): void {
		const { title, lang } = readNotebook(this.doc);
		this.#title = title;
		this.#lang = lang;
	}

	#reorder(): void {
		const cells: CellView[] = [];
		const kept = new Set<string>();
		for (const id of cellOrder(this.doc)) {
			const view = this.#view(id);
			if (!view) continue;
			cells.push(view);
			kept.add(id);
		}
		for (const id of this.#views.keys()) {
			if (kept.has(id)) continue;
			this.#stopTyping(id);
			this.#views.delete(id);
		}
		// What this person takes away is a change of theirs, which brings it back.
		if (!this.#movedHere) this.#own.othersMoved();
		this.#cells = cells;
		this.#sendSoon();
	}

	#view(id: string): CellView | null {
		const cell = readCell(this.doc, id);
		const text = cellText(this.doc, id);
		if (!cell || !text) return null;
		const known = this.#views.get(id);
		// A cell that was deleted and restored in one go has the same id and a new text.
		if (known?.text === text) return known;
		// What was typed in it before it went, by itself or in several cells at once, is taken back in its new text.
		this.#undos.get(id)?.follow(text);
		for (const { undo, cells } of this.#together) if (cells.includes(id)) undo.follow(text);
		const view = new CellView(cell, text, () => this.#typedIn(id, text));
		// What was already written when the cell came into view runs; what is typed later waits.
		view.send();
		this.#views.set(id, view);
		return view;
	}

	#typedIn(id: string, text: Y.Text): OwnUndo {
		const known = this.#undos.get(id);
		if (known) return known;
		const undo = new OwnUndo(text, { trackedOrigins: new Set(), captureTimeout: 400 });
		this.#undos.set(id, undo);
		this.#own.track(undo, [id]);
		return undo;
	}

	#reread(id: string): void {
		const view = this.#views.get(id);
		const cell = readCell(this.doc, id);
		if (!view || !cell) return;
		const mode = view.mode;
		view.read(cell);
		if (!view.stale) return this.#stopTyping(id);
		if (mode !== cell.mode) {
			view.send();
			this.#sendSoon();
		} else if (cell.mode === 'md') this.#typed(id);
	}

	#typed(id: string): void {
		this.#typing.get(id)?.();
		this.#typing.set(
			id,
			this.#later(() => {
				this.#typing.delete(id);
				if (this.#views.get(id)?.send()) this.#sendSoon();
			})
		);
	}

	#stopTyping(id: string): void {
		this.#typing.get(id)?.();
		this.#typing.delete(id);
	}

	// ---------------------------------------------------------------- the worker

	/** One list for all the changes of a moment. */
	#sendSoon(): void {
		if (this.#sending || !this.#ready) return;
		this.#sending = true;
		queueMicrotask(() => {
			if (this.#sending && !this.#destroyed) this.#flush();
		});
	}

	#ask(ids: readonly string[]): void {
		this.#rest = false;
		this.#settled = false;
		this.#host.run(ids);
	}

	#flush(): void {
		this.#sending = false;
		this.#rest = false;
		this.#settled = false;
		this.#host.setCells(
			this.#cells.map((cell) => ({
				id: cell.id,
				mode: cell.sent?.mode ?? cell.mode,
				source: cell.sent?.source ?? cell.source
			}))
		);
	}

	#take(message: WorkerMessage): void {
		switch (message.type) {
			case 'ready':
				this.#rest = false;
				this.#lost = null;
				for (const cell of this.#cells) cell.forgetWorker();
				break;
			case 'graph':
				for (const facts of message.cells) this.#views.get(facts.id)?.takeFacts(facts);
				break;
			case 'running':
				this.#views.get(message.cell)?.takeRunning(message.run);
				break;
			case 'states':
				for (const state of message.states) this.#views.get(state.id)?.takeState(state);
				break;
			case 'outputs':
				this.#views.get(message.cell)?.takeOutputs(message.run, message.outputs);
				break;
			case 'rest':
				this.#rest = true;
				break;
			case 'need-file':
			case 'reply':
				break;
		}
		this.#wake();
	}

	#atRest(): boolean {
		if (this.#destroyed || this.#lost !== null) return true;
		return this.#ready && !this.#sending && this.#rest && this.#cells.every((cell) => !cell.busy);
	}

	#wake(): void {
		const rest = this.#atRest();
		this.#settled = rest;
		if (!rest) return;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const resolve of waiting) resolve();
	}
}
