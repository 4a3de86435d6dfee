/**
 * A cell's editor, bound to its shared text. Loaded when a person first goes into a cell; one at a time is open.
 */
import {
	Compartment,
	EditorSelection,
	EditorState,
	Prec,
	StateEffect,
	StateField,
	type Extension
} from '@codemirror/state';
import {
	Decoration,
	drawSelection,
	EditorView,
	highlightSpecialChars,
	keymap,
	lineNumbers,
	type DecorationSet,
	type KeyBinding
} from '@codemirror/view';
import type * as Y from 'yjs';
import type { CellMode } from '$lib/core/notebook/notebook';
import { annotated, setAnnotated, type AnnotatedParts, type AnnotatedRange } from './annotated.ts';
import type { CaretParts } from './carets.ts';
import type { NotebookNames } from './completion.ts';
import { sharedText } from './shared-text.ts';

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
	/** Null where nothing is discussed. */
	annotated?: AnnotatedParts | null;
	run: (then: AfterRun) => void;
	leave: () => void;
	blur: () => void;
	/** Who else is in the text, where that is known. */
	carets: CaretParts | null;
}

export interface CellEditor {
	focus: (line?: number | null) => void;
	/** Marks the line (1-based) that an error is about; null for none. */
	setErrorLine: (line: number | null) => void;
	/** Marks the words that discussions are about. */
	setAnnotated: (ranges: readonly AnnotatedRange[]) => void;
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

/** Until the other keys of an editor are there, a frame later: what the browser would not do as an editor does. */
const FIRST_KEYS: KeyBinding[] = [
	{
		key: 'Mod-a',
		run: ({ state, dispatch }) => {
			dispatch(state.update({ selection: { anchor: 0, head: state.doc.length } }));
			return true;
		}
	},
	{
		key: 'Enter',
		run: ({ state, dispatch }) => {
			const change = state.changeByRange(({ from, to }) => {
				const [margin = ''] = /^[ \t]*/.exec(state.doc.lineAt(from).text) ?? [];
				const insert = state.toText(`\n${margin}`);
				return {
					changes: { from, to, insert },
					range: EditorSelection.cursor(from + insert.length)
				};
			});
			dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input' }));
			return true;
		}
	},
	{
		key: 'Tab',
		run: ({ state, dispatch }) => {
			dispatch(state.update(state.replaceSelection('  '), { userEvent: 'input' }));
			return true;
		}
	}
];

export function createEditor(parts: EditorParts): CellEditor {
	const { run, leave, mode, text } = parts;
	const does = (then: AfterRun) => () => {
		run(then);
		return true;
	};
	const doc = text.toString();
	const hands = new Compartment();
	const read = new Compartment();
	const assisted = new Compartment();
	const shared = new Compartment();
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
				sharedText(text, parts.undo),
				assisted.of([]),
				shared.of([]),
				hands.of(keymap.of(FIRST_KEYS)),
				read.of([]),
				mode === 'js' ? lineNumbers() : [],
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
				parts.annotated ? annotated(parts.annotated) : [],
				errorLines
			]
		})
	});
	// The editor is there without them, and stays so where they cannot be loaded.
	const add = (place: Compartment, loading: Promise<Extension>): void => {
		loading.then(
			(extension) => {
				if (!gone) view.dispatch({ effects: place.reconfigure(extension) });
			},
			() => undefined
		);
	};
	requestAnimationFrame(() => {
		if (gone) return;
		add(
			hands,
			import('./commands.ts').then(({ commands }) => commands)
		);
		add(
			read,
			import('./grammar.ts').then(({ grammarOf }) => grammarOf(mode))
		);
		const { carets: others } = parts;
		if (others)
			add(
				shared,
				import('./carets.ts').then(({ carets }) => carets(others))
			);
		if (mode === 'js')
			add(
				assisted,
				import('./assistance.ts').then(({ assistance }) => assistance(parts.names))
			);
	});
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
		setAnnotated: (ranges) => view.dispatch({ effects: setAnnotated.of(ranges) }),
		destroy() {
			gone = true;
			view.destroy();
		}
	};
}
