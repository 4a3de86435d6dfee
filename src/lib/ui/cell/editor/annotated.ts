/** The words of an open editor that discussions are about, and commenting what is selected in it. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import {
	Decoration,
	EditorView,
	showTooltip,
	type DecorationSet,
	type Tooltip
} from '@codemirror/view';

export interface AnnotatedRange {
	readonly thread: string;
	readonly from: number;
	readonly to: number;
	/** It is the one that is read. */
	readonly current: boolean;
}

export interface AnnotatedParts {
	/** Begins a discussion about a stretch of the text; about all of it where both are the same. */
	comment(from: number, to: number): void;
	open(thread: string): void;
	/** Of the button near a selection. */
	label: string;
}

export const setAnnotated = StateEffect.define<readonly AnnotatedRange[]>();

const marks = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(now, transaction) {
		let next = now.map(transaction.changes);
		for (const effect of transaction.effects) {
			if (!effect.is(setAnnotated)) continue;
			const { length } = transaction.state.doc;
			next = Decoration.set(
				effect.value
					.filter(({ from, to }) => from < to && to <= length)
					.map(({ thread, from, to, current }) =>
						Decoration.mark({
							class: current ? 'cm-annotated cm-annotated-current' : 'cm-annotated',
							attributes: { 'data-annotation': thread }
						}).range(from, to)
					),
				true
			);
		}
		return next;
	},
	provide: (field) => EditorView.decorations.from(field)
});

export function annotated({ comment, open, label }: AnnotatedParts): Extension {
	const offer = (from: number, to: number): Tooltip => ({
		pos: to,
		above: false,
		create(view) {
			const dom = document.createElement('button');
			dom.type = 'button';
			dom.className = 'cm-comment';
			dom.textContent = label;
			dom.title = 'Ctrl+Alt+M';
			// The press must not take what is selected away.
			dom.addEventListener('mousedown', (event) => event.preventDefault());
			dom.addEventListener('click', () => {
				view.dispatch({ selection: { anchor: to } });
				comment(from, to);
			});
			return { dom };
		}
	});
	return [
		marks,
		StateField.define<Tooltip | null>({
			create: () => null,
			update(now, { state, selection, docChanged }) {
				if (!selection && !docChanged) return now;
				const { main } = state.selection;
				return state.sliceDoc(main.from, main.to).trim() === '' ? null : offer(main.from, main.to);
			},
			provide: (field) => showTooltip.from(field)
		}),
		EditorView.domEventHandlers({
			keydown(event, view) {
				const { code, altKey, ctrlKey, metaKey, shiftKey } = event;
				if (code !== 'KeyM' || !altKey || shiftKey || !(ctrlKey || metaKey)) return false;
				// AltGr, which writes a sign.
				if (event.getModifierState('AltGraph')) return false;
				const { from, to } = view.state.selection.main;
				event.preventDefault();
				comment(from, to);
				return true;
			},
			click(event, view) {
				if (!view.state.selection.main.empty || !(event.target instanceof Element)) return false;
				const thread = event.target.closest('[data-annotation]')?.getAttribute('data-annotation');
				if (thread) open(thread);
				return false;
			}
		})
	];
}
