/**
 * A cell's editor, bound to its shared text. Loaded when a person first goes into a cell; one at a time is open.
 */
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { javascriptLanguage } from '@codemirror/lang-javascript';
import {
	bracketMatching,
	defineLanguageFacet,
	Language,
	indentOnInput,
	indentUnit,
	syntaxHighlighting
} from '@codemirror/language';
import { Compartment, EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import {
	Decoration,
	drawSelection,
	EditorView,
	highlightSpecialChars,
	keymap,
	lineNumbers,
	type DecorationSet
} from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import type * as Y from 'yjs';
import type { CellMode } from '$lib/core/notebook/notebook';
import type { NotebookNames } from './completion.ts';
import { highlighter } from './syntax.ts';

export type AfterRun = 'next' | 'stay' | 'insert';

export interface EditorParts {
	parent: HTMLElement;
	text: Y.Text;
	undo: Y.UndoManager;
	mode: CellMode;
	/** Accessible name. */
	label: string;
	/** CodeMirror's own words, in the reader's language. */
	phrases: Record<string, string>;
	names: () => NotebookNames;
	/** Offset of the caret at the start. */
	caret: number;
	run: (then: AfterRun) => void;
	leave: () => void;
	blur: () => void;
}

export interface CellEditor {
	focus: (line?: number | null) => void;
	/** Marks the line (1-based) that an error is about; null for none. */
	setErrorLine: (line: number | null) => void;
	destroy: () => void;
}

const errorLine = StateEffect.define<number | null>();
const errorMark = Decoration.line({ class: 'cm-error-line' });
const errorLines = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(marks, transaction) {
		let now = marks.map(transaction.changes);
		for (const effect of transaction.effects) {
			if (!effect.is(errorLine)) continue;
			const { doc } = transaction.state;
			const line = effect.value;
			now =
				line === null || line < 1 || line > doc.lines
					? Decoration.none
					: Decoration.set([errorMark.range(doc.line(line).from)]);
		}
		return now;
	},
	provide: (field) => EditorView.decorations.from(field)
});

/** Markdown's own is loaded with the first text that is edited. */
async function languageOf(mode: CellMode): Promise<Language> {
	if (mode === 'js') return javascriptLanguage;
	const { markdownParser } = await import('./markdown.ts');
	return new Language(defineLanguageFacet(), markdownParser, [], 'markdown');
}

export async function createEditor(parts: EditorParts): Promise<CellEditor> {
	const { run, leave, mode, text } = parts;
	const does = (then: AfterRun) => () => {
		run(then);
		return true;
	};
	const language = await languageOf(mode);
	const doc = text.toString();
	const assisted = new Compartment();
	let gone = false;
	const view = new EditorView({
		parent: parts.parent,
		state: EditorState.create({
			doc,
			selection: { anchor: Math.min(parts.caret, doc.length) },
			extensions: [
				// Before the defaults, after an open completion list (which takes Esc and Enter for itself).
				Prec.high(
					keymap.of([
						{ key: 'Shift-Enter', run: does('next') },
						{ key: 'Mod-Enter', run: does('stay') },
						{ key: 'Alt-Enter', run: does('insert') },
						{
							key: 'Escape',
							run: () => {
								leave();
								return true;
							}
						}
					])
				),
				yCollab(text, null, { undoManager: parts.undo }),
				keymap.of(yUndoManagerKeymap),
				assisted.of([]),
				keymap.of([...defaultKeymap, indentWithTab]),
				language,
				syntaxHighlighting(highlighter),
				mode === 'js' ? [bracketMatching(), indentOnInput(), lineNumbers()] : [],
				indentUnit.of('  '),
				EditorState.tabSize.of(2),
				EditorState.phrases.of(parts.phrases),
				EditorView.lineWrapping,
				EditorView.contentAttributes.of({ 'aria-label': parts.label }),
				EditorView.domEventHandlers({
					blur: (event) => {
						// A click in the completion list is still in the editor.
						if (event.relatedTarget instanceof Node && view.dom.contains(event.relatedTarget))
							return;
						parts.blur();
					}
				}),
				highlightSpecialChars(),
				drawSelection(),
				errorLines
			]
		})
	});
	// The editor is there without it, and stays so where it cannot be loaded.
	if (mode === 'js')
		import('./assistance.ts').then(
			({ assistance }) => {
				if (!gone) view.dispatch({ effects: assisted.reconfigure(assistance(parts.names)) });
			},
			() => undefined
		);
	return {
		focus(line = null) {
			if (line !== null && line >= 1 && line <= view.state.doc.lines)
				view.dispatch({
					selection: { anchor: view.state.doc.line(line).from },
					scrollIntoView: true
				});
			view.focus();
		},
		setErrorLine: (line) => view.dispatch({ effects: errorLine.of(line) }),
		destroy() {
			gone = true;
			view.destroy();
		}
	};
}
