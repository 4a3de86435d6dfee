/** Where others write in the text that is open here: a caret with their name, and what they have selected. */
import { StateEffect, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import {
	Decoration,
	ViewPlugin,
	WidgetType,
	type DecorationSet,
	type ViewUpdate
} from '@codemirror/view';
import type { Caret } from '$lib/client/presence.svelte';
import { initials } from '../../presence/initials.ts';

export interface CaretParts {
	/** Where the others are now. */
	readonly others: () => readonly Caret[];
	/** Calls back when that changes; answers how to stop. */
	readonly watch: (moved: () => void) => () => void;
	/** What is selected here; null when the editor closes. */
	readonly select: (range: { anchor: number; head: number } | null) => void;
}

/** Past these the first are shown: the text is what the editor is for. */
const MAX_SHOWN = 40;

const moved = StateEffect.define<null>();

class CaretMark extends WidgetType {
	readonly caret: Caret;
	/** On the first line, where there is no room above. */
	readonly below: boolean;

	constructor(caret: Caret, below: boolean) {
		super();
		this.caret = caret;
		this.below = below;
	}
	override eq({ caret, below }: CaretMark): boolean {
		return (
			below === this.below &&
			caret.client === this.caret.client &&
			caret.head === this.caret.head &&
			caret.name === this.caret.name &&
			caret.colour === this.caret.colour
		);
	}
	override toDOM(): HTMLElement {
		const { name, colour } = this.caret;
		const mark = document.createElement('span');
		mark.className = this.below ? 'cm-who-caret cm-who-below' : 'cm-who-caret';
		mark.dataset.who = String(colour);
		// The card says who is here; a name in the middle of a line would be read as part of it.
		mark.setAttribute('aria-hidden', 'true');
		const flag = mark.appendChild(document.createElement('span'));
		flag.className = 'cm-who-flag';
		// Drawn by the style sheet, so that no name is in the text that is read, found or copied.
		flag.dataset.name = name;
		flag.dataset.initials = initials(name);
		return mark;
	}
	override ignoreEvent(): boolean {
		return true;
	}
}

function marksOf(view: EditorView, carets: readonly Caret[]): DecorationSet {
	const { doc } = view.state;
	const within = (at: number): number => Math.min(at, doc.length);
	const ranges = carets.slice(0, MAX_SHOWN).flatMap((caret) => {
		const anchor = within(caret.anchor);
		const head = within(caret.head);
		const below = doc.lineAt(head).number === 1;
		const mark = Decoration.widget({ widget: new CaretMark(caret, below), side: 1 }).range(head);
		if (anchor === head) return [mark];
		const chosen = Decoration.mark({
			class: 'cm-who-selection',
			attributes: { 'data-who': String(caret.colour) }
		});
		return [chosen.range(Math.min(anchor, head), Math.max(anchor, head)), mark];
	});
	return Decoration.set(ranges, true);
}

export function carets(parts: CaretParts): Extension {
	return ViewPlugin.fromClass(
		class {
			marks: DecorationSet;
			readonly stop: () => void;

			constructor(view: EditorView) {
				this.marks = marksOf(view, parts.others());
				this.stop = parts.watch(() => view.dispatch({ effects: moved.of(null) }));
				if (view.hasFocus) tell(view);
			}
			update(update: ViewUpdate): void {
				const news = update.transactions.some(({ effects }) => effects.some((e) => e.is(moved)));
				if (news || update.docChanged) this.marks = marksOf(update.view, parts.others());
				if (update.selectionSet || update.docChanged || update.focusChanged) tell(update.view);
			}
			destroy(): void {
				this.stop();
				parts.select(null);
			}
		},
		{ decorations: ({ marks }) => marks }
	);

	function tell({ state, hasFocus }: EditorView): void {
		const { anchor, head } = state.selection.main;
		if (hasFocus) parts.select({ anchor, head });
	}
}
