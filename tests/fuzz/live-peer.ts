/**
 * A person's page without its socket and its editor: the product's workspace over the shared document, its count of
 * acknowledgements, and the edits that it keeps on the device until they are acknowledged (notebook-connection).
 */
import * as Y from 'yjs';
import { Acknowledgements } from '../../src/lib/client/acknowledgements.ts';
import { Workspace, type CellHost } from '../../src/lib/client/workspace.svelte.ts';
import { setLang } from '../../src/lib/collab/document.ts';
import type { Actor } from '../../src/lib/server/app.ts';
import { STEP_1, STEP_2, syncFrame, syncOf, UPDATE, type Link } from './live-link.ts';

/** Chinese characters: twenty thousand of them, four thousand for each of five people. */
export const FIRST_LETTER = 0x4e00;
const LETTERS = 4_000;

const NETWORK = Symbol('network');
const DRAFTS = Symbol('drafts');

/** Nothing runs here. */
const unused = () => Promise.reject(new Error('nothing runs in a simulation'));
const host: CellHost = {
	start: () => {},
	setCells: () => {},
	run: () => {},
	stop: () => {},
	input: () => {},
	window: unused,
	summary: unused,
	look: () => {
		throw new Error('nothing is shown in a simulation');
	},
	preview: () => {
		throw new Error('nothing is shown in a simulation');
	},
	match: unused,
	generation: 1,
	lineage: unused,
	expand: unused,
	setLocale: () => {},
	destroy: () => {}
};

/** What a person did. */
export interface Deed {
	/** Cells that came of it, and that went. */
	readonly made: readonly string[];
	readonly gone: readonly string[];
	/** Something was taken back, or done again, by the page's own undo. */
	readonly took: boolean;
}

export type Below = (bound: number) => number;

export class SimulatedPeer {
	readonly actor: Actor;
	doc!: Y.Doc;
	workspace!: Workspace;
	link: Link | null = null;
	/** How far this page's own writing had come with each edit, by its number. */
	readonly #clocks: number[] = [0];
	/**
	 * Letters that an undo brought back. Yjs writes them anew: two people who delete the same one, and both undo it before
	 * they have heard of each other's undo, have it twice.
	 */
	readonly broughtBack = new Set<string>();
	#acks = new Acknowledgements();
	#kept: { number: number; updates: readonly Uint8Array[] }[] = [];
	#drafts: readonly Uint8Array[] = [];
	#restored = false;
	/** The last edit that the page has shown as saved. */
	#saved = 0;
	#letters = 0;
	readonly #below: Below;
	readonly #place: number;

	/** @param place among the people of this notebook, from 0 to 4 */
	constructor(actor: Actor, place: number, below: Below) {
		this.actor = actor;
		this.#place = place;
		this.#below = below;
	}

	/** Opens the page. @param stored the document as the server last had it, if the page came with it */
	async open(stored: Uint8Array | null): Promise<void> {
		this.doc = new Y.Doc();
		this.doc.clientID = 1 + this.#below(2 ** 31 - 2);
		if (stored) Y.applyUpdate(this.doc, stored, NETWORK);
		this.#acks = new Acknowledgements();
		this.#clocks.length = 1;
		this.#saved = 0;
		this.#restored = false;
		this.doc.on('update', this.#onUpdate);
		this.workspace = new Workspace({
			connection: { doc: this.doc, opened: Promise.resolve() },
			host: () => host,
			later: () => () => {},
			random: (bytes) => {
				for (let i = 0; i < bytes.length; i++) bytes[i] = this.#below(256);
				return bytes;
			}
		});
		await Promise.resolve();
		await Promise.resolve();
	}

	/** Closes the page: what was not acknowledged stays on the device. */
	close(): void {
		this.#drafts = [...this.#drafts, ...this.#kept.flatMap(({ updates }) => updates)];
		this.#kept = [];
		this.destroy();
	}

	destroy(): void {
		this.workspace.destroy();
		this.doc.destroy();
	}

	/** A new link opens with the question of what the server has. */
	connect(link: Link): void {
		this.link = link;
		this.#acks.connected();
		this.#send(syncFrame(STEP_1, Y.encodeStateVector(this.doc)));
	}

	/** Edits that no server has said to have on its disk. */
	get pending(): number {
		return this.#acks.pending + this.#drafts.length;
	}
	/** What the page has shown as saved: the clock of its own writing. */
	get savedClock(): number {
		return this.#clocks[this.#saved] ?? 0;
	}

	take(frame: Uint8Array): void {
		const outcome = this.#acks.received(frame);
		if (outcome) {
			this.#saved = outcome.through;
			this.#kept = this.#kept.filter(({ number }) => number > outcome.through);
			return;
		}
		const { step, payload } = syncOf(frame);
		if (step === STEP_1)
			return this.#send(syncFrame(STEP_2, Y.encodeStateAsUpdate(this.doc, payload)));
		Y.applyUpdate(this.doc, payload, NETWORK);
		if (step === STEP_2 && !this.#restored) this.#restore();
	}

	#restore(): void {
		this.#restored = true;
		if (this.#drafts.length === 0) return;
		const update = Y.mergeUpdates([...this.#drafts]);
		const trial = new Y.Doc();
		Y.applyUpdate(trial, Y.encodeStateAsUpdate(this.doc));
		Y.applyUpdate(trial, update);
		if (trial.store.pendingStructs || trial.store.pendingDs) return;
		const number = this.#acks.edit();
		this.#clocks[number] = this.#clock();
		this.#kept.push({ number, updates: this.#drafts });
		this.#drafts = [];
		Y.applyUpdate(this.doc, update, DRAFTS);
		// Known to the server already: it is asked to say so.
		this.#send(syncFrame(STEP_1, Y.encodeStateVector(this.doc)));
	}

	readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
		if (origin === NETWORK) return;
		if (origin !== DRAFTS) {
			const number = this.#acks.edit();
			this.#clocks[number] = this.#clock();
			this.#kept.push({ number, updates: [update] });
		}
		this.#send(syncFrame(UPDATE, update));
	};

	#clock(): number {
		return Y.getState(this.doc.store, this.doc.clientID);
	}

	#send(frame: Uint8Array): void {
		if (this.link && this.#acks.sends(frame)) this.link.up.push(frame);
	}

	/** Never the same twice, whoever writes: what is written twice is seen, and no part of it looks like another. */
	#letter(): string {
		return String.fromCharCode(FIRST_LETTER + this.#place * LETTERS + (this.#letters++ % LETTERS));
	}

	#isOwn(letter: string): boolean {
		return Math.floor((letter.charCodeAt(0) - FIRST_LETTER) / LETTERS) === this.#place;
	}

	/** One thing that a person can do to a notebook. Answers the cells that it made and took away. */
	act(): Deed {
		const below = this.#below;
		const { workspace } = this;
		const cells = workspace.cells;
		const cell = cells[below(cells.length)];
		const made: string[] = [];
		const gone: string[] = [];
		const token = () => Array.from({ length: 1 + below(4) }, () => this.#letter()).join('');
		const index = () => below(cells.length + 1);
		const what = cell ? below(32) : 20 + 8 * below(2);
		// Undo gathers what comes within some milliseconds of a real clock; here each thing stands alone.
		cell?.undo.stopCapturing();
		if (what >= 26) return this.#takeBack(what < 30 ? 'undo' : 'redo');
		if (!cell || what === 20 || what === 21)
			made.push(workspace.insert(index(), below(3) ? 'js' : 'md', token()));
		else if (what < 9) {
			cell.undo.addTrackedOrigin(this);
			const at = below(4) ? below(cell.text.length + 1) : below(2) * cell.text.length;
			this.doc.transact(() => cell.text.insert(at, token()), this);
		} else if (what < 12) {
			cell.undo.addTrackedOrigin(this);
			const at = below(cell.text.length + 1);
			const length = Math.min(below(8), cell.text.length - at);
			this.doc.transact(() => cell.text.delete(at, length), this);
		} else if (what === 12 || what === 13) {
			this.#sparing(() => (what === 12 ? cell.undo.undo() : cell.undo.redo()));
		} else if (what === 14) {
			const at = below(cell.text.length + 1);
			workspace.edit(cell.id, at, Math.min(below(6), cell.text.length - at), token());
		} else if (what === 15) {
			const edits = cells.slice(0, 3).map(({ id }) => [id, [edit(0, 0, token())]] as const);
			const back = workspace.rewriteAll(new Map(edits));
			if (below(2)) back?.();
		} else if (what === 16) {
			const half = cell.text.length >> 1;
			workspace.rewrite(cell.id, [edit(0, half >> 1, token()), edit(half, 0, token())]);
		} else if (what === 17) workspace.setTitle(`Titre ${token()}`);
		else if (what === 18) workspace.setMode(cell.id, cell.mode === 'js' ? 'md' : 'js');
		else if (what === 19) workspace.setPinned(cell.id, !cell.pinned);
		else if (what === 22) workspace.moveTo(cell.id, below(cells.length));
		else if (what === 23) {
			const copy = workspace.duplicate(cell.id);
			if (copy) made.push(copy);
		} else if (what === 24) {
			const deleted = workspace.delete(cell.id);
			gone.push(cell.id);
			if (deleted && below(2)) workspace.restore(deleted);
		} else if (below(2)) workspace.move(cell.id, below(2) ? 1 : -1);
		else setLang(this.doc, below(2) ? 'fr' : 'en');
		return { made, gone, took: false };
	}

	/** The page's own undo and redo, of the whole notebook. */
	#takeBack(way: 'undo' | 'redo'): Deed {
		const { workspace } = this;
		const gone: string[] = [];
		let took = false;
		// Often the last alone, at times as far as it goes.
		for (let more = this.#below(4) ? 1 : 20; more > 0; more--) {
			const before = workspace.cells.map(({ id }) => id);
			const taken = this.#sparing(() => workspace[way]());
			for (const id of before) if (workspace.cell(id) === null) gone.push(id);
			took ||= taken !== null;
			if (taken) continue;
			if (way === 'undo' ? workspace.undoable : workspace.redoable)
				throw new Error(`the page offers to ${way}, and nothing comes of it`);
			break;
		}
		return { made: [], gone, took };
	}

	/** Takes something back, or does it again: no word that another wrote, and that stood, may go with it. */
	#sparing<T>(back: () => T): T {
		const { doc } = this;
		const words = () => new Map(this.workspace.cells.map(({ id, text }) => [id, text.toString()]));
		const before = words();
		const look = (transaction: Y.Transaction): void => {
			Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
				if (struct.id.client === doc.clientID || !(struct instanceof Y.Item)) return;
				if (!(struct.content instanceof Y.ContentString)) return;
				// What this person wrote and another brought back is still theirs to take back.
				if ([...struct.content.str].every((letter) => this.#isOwn(letter))) return;
				throw new Error(`what another wrote is taken back: “${struct.content.str}”`);
			});
		};
		doc.on('beforeObserverCalls', look);
		try {
			return back();
		} finally {
			doc.off('beforeObserverCalls', look);
			for (const [id, now] of words())
				for (const letter of now)
					if (!before.get(id)?.includes(letter)) this.broughtBack.add(letter);
		}
	}
}

const edit = (at: number, length: number, insert: string) => ({ at, length, insert });
