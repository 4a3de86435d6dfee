/** The difference between two texts, drawn by CodeMirror; read only. Loaded when a changed cell is shown. */
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars } from '@codemirror/view';
import type { CellMode } from '$lib/core/notebook/notebook';
import { grammarOf } from '../../cell/editor/grammar.ts';

export interface DiffSide {
	readonly source: string;
	readonly mode: CellMode;
	/** Accessible name. */
	readonly label: string;
}

export interface DiffParts {
	readonly parent: HTMLElement;
	readonly before: DiffSide;
	readonly after: DiffSide;
	/** One beside the other, or lines one under the other. */
	readonly beside: boolean;
	/** CodeMirror's own words, in the reader's language. */
	readonly phrases: Record<string, string>;
}

/** Unchanged lines that stay around a change, and how many fold. */
const COLLAPSE = { margin: 2, minSize: 5 };
/** A long text is compared in a time that has an end: what is found by then. */
const CONFIG = { scanLimit: 2_000, timeout: 500 };

/** Answers what takes it away. */
export async function drawDiff(parts: DiffParts): Promise<() => void> {
	const { parent, before, after, beside, phrases } = parts;
	const [readsBefore, readsAfter] = await Promise.all([
		grammarOf(before.mode),
		grammarOf(after.mode)
	]);
	const shown = (label: string, grammar: Extension): Extension => [
		EditorState.readOnly.of(true),
		EditorView.editable.of(false),
		EditorState.tabSize.of(2),
		EditorState.phrases.of(phrases),
		EditorView.lineWrapping,
		// It takes the keyboard, to be scrolled and read.
		EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
		highlightSpecialChars(),
		grammar
	];
	if (beside) {
		const view = new MergeView({
			a: { doc: before.source, extensions: shown(before.label, readsBefore) },
			b: { doc: after.source, extensions: shown(after.label, readsAfter) },
			parent,
			collapseUnchanged: COLLAPSE,
			diffConfig: CONFIG
		});
		return () => view.destroy();
	}
	const view = new EditorView({
		parent,
		doc: after.source,
		extensions: [
			shown(`${before.label}, ${after.label}`, readsAfter),
			unifiedMergeView({
				original: before.source,
				mergeControls: false,
				collapseUnchanged: COLLAPSE,
				diffConfig: CONFIG
			})
		]
	});
	return () => view.destroy();
}
