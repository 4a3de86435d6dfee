/**
 * One cell as the page shows it: its text as the document has it, and what this browser's worker made of it.
 */
import type * as Y from 'yjs';
import type { Cell, CellMode } from '../core/notebook/notebook.ts';
import { kindOfDraft, type CellKind } from '../core/notebook/kind.ts';
import type { Step } from '../core/pipeline/step.ts';
import type { CellFacts, CellState, Output } from '../core/protocol/messages.ts';

/** What a person reads on a cell: the worker's states, and two that only the page knows. */
export type ShownState =
	'new' | 'stale' | 'queued' | 'running' | 'done' | 'blocked' | 'error' | 'stopped';

/** The kinds of cells that can be changed by clicks. */
export type PanelKind = Extract<CellKind, 'transform' | 'chart' | 'control'>;

/**
 * Steps to be put behind those that there are; or a form to be opened: for a new one (`ui/pipeline/intents`), on a
 * column, or for the one at a place.
 */
export type WantedStep =
	| { readonly steps: readonly Exclude<Step, { kind: 'code' }>[] }
	| { readonly intent: string; readonly column: string }
	| { readonly edit: number };

export class CellView {
	readonly id: string;
	/** The shared text, for the editor's binding. */
	readonly text: Y.Text;
	/** A step that was asked for elsewhere than in the panel: it takes it once it is there. */
	wanted = $state.raw<WantedStep | null>(null);
	/** The panel that is open under the cell's name, for as long as the page is. */
	panel = $state<PanelKind | null>(null);
	#mode = $state<CellMode>('js');
	#source = $state('');
	#pinned = $state(true);
	#sent = $state.raw<{ source: string; mode: CellMode } | null>(null);
	#state = $state.raw<CellState | null>(null);
	#facts = $state.raw<CellFacts | null>(null);
	#renamed = $state.raw<{ from: string; to: string } | null>(null);
	#edited = $state(false);
	#outputs = $state.raw<readonly Output[]>([]);
	/** The run whose outputs are shown. */
	#outputRun = -1;
	readonly #undoOf: () => Y.UndoManager;
	/** What it defined when it last defined anything. */
	#names: readonly string[] = [];
	/** As the worker read it; before that, and while a person types, what the text looks like. */
	#kind: CellKind = $derived.by(() => {
		if (this.#mode === 'md') return 'text';
		const known = this.#facts?.kind;
		return known === undefined || known === 'text' ? kindOfDraft(this.#source) : known;
	});

	/** @param undoOf what keeps this person's typing, made when it is first asked for; it outlives this view */
	constructor(cell: Cell, text: Y.Text, undoOf: () => Y.UndoManager) {
		this.id = cell.id;
		this.text = text;
		this.#undoOf = undoOf;
		this.read(cell);
	}

	get mode(): CellMode {
		return this.#mode;
	}
	get source(): string {
		return this.#source;
	}
	/** Whether the source is shown when nobody edits it. */
	get pinned(): boolean {
		return this.#pinned;
	}
	get kind(): CellKind {
		return this.#kind;
	}
	get outputs(): readonly Output[] {
		return this.#outputs;
	}
	get facts(): CellFacts | null {
		return this.#facts;
	}
	/** A name that was written in another's place since the page is open: cells may still read the old one. */
	get renamed(): { readonly from: string; readonly to: string } | null {
		return this.#renamed;
	}
	/** The text that runs is not the one that the page opened with. */
	get edited(): boolean {
		return this.#edited;
	}
	/** The worker's last word on this cell; null before its first. */
	get state(): CellState | null {
		return this.#state;
	}
	/** The text changed since the worker was given it. */
	get stale(): boolean {
		return (
			this.#sent !== null && (this.#sent.source !== this.#source || this.#sent.mode !== this.#mode)
		);
	}
	get busy(): boolean {
		return this.#state?.state === 'queued' || this.#state?.state === 'running';
	}
	get shown(): ShownState {
		if (this.#state?.state === 'running') return 'running';
		if (this.stale) return 'stale';
		return this.#state?.state ?? 'new';
	}
	/** What the worker was given: stays behind `source` while a person types. */
	get sent(): { readonly source: string; readonly mode: CellMode } | null {
		return this.#sent;
	}

	/** Undoes what this person typed in this cell, and nothing else; lives as long as the page. */
	get undo(): Y.UndoManager {
		return this.#undoOf();
	}

	/** Takes the document's present words. */
	read(cell: Cell): void {
		this.#mode = cell.mode;
		this.#source = cell.source;
		this.#pinned = cell.pinned;
	}

	/** The present text goes to the worker: until it answers, the cell waits. Returns whether anything changed. */
	send(): boolean {
		if (this.#sent && !this.stale) return false;
		this.#edited ||= this.#sent !== null;
		this.#sent = { source: this.#source, mode: this.#mode };
		this.#state = {
			id: this.id,
			run: this.#state?.run ?? -1,
			state: 'queued',
			ms: null,
			error: null,
			blockedBy: null
		};
		return true;
	}

	takeState(state: CellState): void {
		this.#state = state;
		// A cell that failed or waits shows why, not what an older text gave.
		if (state.state === 'error' || state.state === 'blocked') this.#outputs = [];
	}

	takeRunning(run: number): void {
		this.#state = { id: this.id, run, state: 'running', ms: null, error: null, blockedBy: null };
	}

	takeOutputs(run: number, outputs: readonly Output[]): void {
		if (run < this.#outputRun) return;
		this.#outputRun = run;
		this.#outputs = outputs;
	}

	takeFacts(facts: CellFacts): void {
		this.#noteName(facts.defines);
		this.#facts = facts;
	}

	/** One name for one other; a text that is being written, and defines nothing for a while, says nothing. */
	#noteName(defines: readonly string[]): void {
		if (defines.length === 0) return;
		const [gone, ...more] = this.#names.filter((name) => !defines.includes(name));
		const [come, ...others] = defines.filter((name) => !this.#names.includes(name));
		this.#names = defines;
		if (gone === undefined || come === undefined || more.length > 0 || others.length > 0) return;
		const from = this.#renamed?.to === gone ? this.#renamed.from : gone;
		this.#renamed = from === come ? null : { from, to: come };
	}

	/** A new worker counts its runs from the start, and its predecessor's handles are gone. */
	forgetWorker(): void {
		this.#outputRun = -1;
	}
}
