/**
 * The steps of a cell as its panel shows them: read from its source, with what each gives. The source is what is true;
 * a change of a step is a small edit of it, and the cell then runs. Loaded with the panel: it brings a parser.
 */
import type * as Y from 'yjs';
import { AppError } from '../core/errors.ts';
import { parsePipeline } from '../core/pipeline/parse-pipeline.ts';
import type { Pipeline, TextEdit } from '../core/pipeline/step.ts';
import type { CellError } from '../core/protocol/messages.ts';
import type { Preview, PreviewStage } from '../core/protocol/preview.ts';
import type { CellPreview } from './cell-preview.ts';
import type { CellView } from './cell-view.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** What came of a preview, or has yet to come. */
export interface Previewed {
	readonly preview: Preview | null;
	/** Why there is none, as an error code. */
	readonly failed: string | null;
	readonly busy: boolean;
	/** What the preview answers for: `textsKey` of its texts. */
	readonly of: string;
}
const NOTHING: Previewed = { preview: null, failed: null, busy: false, of: '' };
const textsKey = (head: string, steps: readonly string[]): string => JSON.stringify([head, steps]);

/** One preview, asked for anew whenever what it shows may have changed. */
export class LivePreview {
	readonly #preview: CellPreview;
	#shown = $state.raw<Previewed>(NOTHING);
	/** What never ended is not asked for again: it would end the worker again. */
	#endless = '';
	#turn = 0;

	constructor(preview: CellPreview) {
		this.#preview = preview;
	}

	get shown(): Previewed {
		return this.#shown;
	}

	async show(head: string, steps: readonly string[]): Promise<void> {
		const key = textsKey(head, steps);
		const turn = ++this.#turn;
		if (key === this.#endless) return;
		this.#shown = { ...this.#shown, busy: true };
		try {
			const preview = await this.#preview.show(head, steps);
			if (turn === this.#turn && preview)
				this.#shown = { preview, failed: null, busy: false, of: key };
		} catch (cause) {
			if (turn !== this.#turn) return;
			const code = cause instanceof AppError ? cause.code : 'unexpected';
			if (code === 'sandbox_unresponsive') this.#endless = key;
			this.#shown = { preview: null, failed: code, busy: false, of: '' };
		}
	}

	/** Nothing to be shown for now. */
	rest(): void {
		this.#turn++;
		this.#shown = NOTHING;
	}

	close(): void {
		this.#turn++;
		this.#preview.close();
	}
}

export class CellSteps {
	readonly cell: CellView;
	readonly #workspace: Workspace;
	readonly #applied: LivePreview;
	/** The step whose table is looked at: -1 is what the chain begins with; null looks at the result. */
	selected = $state<number | null>(null);
	#canUndo = $state(false);
	#canRedo = $state(false);
	readonly #counts: () => void;

	/** Null where the source is anything else than one chain over a table. */
	readonly pipeline: Pipeline | null = $derived.by(() => parsePipeline(this.cell.source));

	constructor(cell: CellView, workspace: Workspace) {
		this.cell = cell;
		this.#workspace = workspace;
		this.#applied = new LivePreview(workspace.host.preview(cell.id));
		this.#counts = () => {
			this.#canUndo = cell.undo.undoStack.length > 0;
			this.#canRedo = cell.undo.redoStack.length > 0;
		};
		cell.undo.on('stack-item-added', this.#counts);
		cell.undo.on('stack-item-popped', this.#counts);
		this.#counts();
	}

	get applied(): Previewed {
		return this.#applied.shown;
	}
	get canUndo(): boolean {
		return this.#canUndo;
	}
	get canRedo(): boolean {
		return this.#canRedo;
	}
	get text(): Y.Text {
		return this.cell.text;
	}

	/** The texts of the steps that run, before `index`: of all of them without it. */
	textsBefore(index = Infinity): string[] {
		return (this.pipeline?.steps ?? [])
			.slice(0, index)
			.flatMap(({ off, text }) => (off ? [] : [text]));
	}

	/** Asks again what each step gives. */
	refresh(): void {
		const { pipeline } = this;
		// A cell that was stopped is not run by the way.
		if (!pipeline || this.cell.shown === 'stopped') return this.#applied.rest();
		void this.#applied.show(pipeline.headText, this.textsBefore());
	}

	/** Whether what each step gives is that of the source as it reads now, and not as it read before. */
	get current(): boolean {
		const { pipeline } = this;
		return pipeline !== null && this.applied.of === textsKey(pipeline.headText, this.textsBefore());
	}

	/** What stands after a step (-1: at the head); one that is off gives what it was given. Null while not known. */
	stageAt(index: number): PreviewStage | null {
		return this.applied.preview?.stages[this.textsBefore(index + 1).length] ?? null;
	}

	/** Why a step gives nothing, where it is the first that does not. */
	problemAt(index: number): CellError | null {
		const { preview } = this.applied;
		if (preview?.error == null) return null;
		const step = this.pipeline?.steps[index];
		if (index >= 0 && (!step || step.off)) return null;
		return preview.stages.length === this.textsBefore(index + 1).length ? preview.error : null;
	}

	/** One step to undo; the cell then runs. */
	apply(edits: readonly TextEdit[]): boolean {
		if (edits.length === 0) return false;
		this.#workspace.rewrite(this.cell.id, edits);
		return true;
	}

	undo(): void {
		if (this.cell.undo.undo()) this.#workspace.run(this.cell.id);
	}
	redo(): void {
		if (this.cell.undo.redo()) this.#workspace.run(this.cell.id);
	}

	/** A preview of its own, for a step that is being written. */
	draft(): LivePreview {
		return new LivePreview(this.#workspace.host.preview(this.cell.id));
	}

	close(): void {
		this.cell.undo.off('stack-item-added', this.#counts);
		this.cell.undo.off('stack-item-popped', this.#counts);
		this.#applied.close();
	}
}
