/**
 * Binds an editor to its shared text, and its undo to what this person typed there. Of y-codemirror.next only the text's
 * binding is taken: others' carets are drawn by `carets.ts`, by the server's names, and the library's would come along.
 */
import type { Extension } from '@codemirror/state';
import {
	EditorView,
	keymap,
	ViewPlugin,
	type PluginValue,
	type ViewUpdate
} from '@codemirror/view';
import { ySync, ySyncAnnotation, YSyncConfig, ySyncFacet, type YRange } from 'y-codemirror.next';
import type * as Y from 'yjs';

/** What the managers of Yjs keep with a change. */
interface StackEvent {
	readonly stackItem: { readonly meta: Map<unknown, unknown> };
	readonly changedParentTypes: ReadonlyMap<unknown, unknown>;
}

export function sharedText(text: Y.Text, undo: Y.UndoManager): Extension {
	const sync = new YSyncConfig(text, null);
	const back = (way: 'undo' | 'redo') => (): boolean => {
		undo[way]();
		return true;
	};
	/** Keeps where the selection was before each change, and gives it back with what is taken back. */
	class Selections implements PluginValue {
		readonly #view: EditorView;
		#before: YRange | null = null;
		constructor(view: EditorView) {
			this.#view = view;
			undo.on('stack-item-added', this.#added);
			undo.on('stack-item-popped', this.#popped);
			undo.addTrackedOrigin(sync);
		}
		readonly #added = ({ stackItem, changedParentTypes }: StackEvent): void => {
			if (this.#before && changedParentTypes.has(text) && !stackItem.meta.has(this))
				stackItem.meta.set(this, this.#before);
		};
		readonly #popped = ({ stackItem }: StackEvent): void => {
			const kept = stackItem.meta.get(this) as YRange | undefined;
			if (!kept) return;
			const selection = sync.fromYRange(kept);
			this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(selection) });
			this.#store();
		};
		#store(): void {
			this.#before = sync.toYRange(this.#view.state.selection.main);
		}
		update({ selectionSet, transactions }: ViewUpdate): void {
			if (selectionSet && transactions[0]?.annotation(ySyncAnnotation) !== sync) this.#store();
		}
		destroy(): void {
			undo.off('stack-item-added', this.#added);
			undo.off('stack-item-popped', this.#popped);
			undo.removeTrackedOrigin(sync);
		}
	}
	return [
		ySyncFacet.of(sync),
		// Before the text's binding: it hears of a selection before the change that moves it is made.
		ViewPlugin.define((view) => new Selections(view)),
		ySync,
		EditorView.domEventHandlers({
			beforeinput: ({ inputType }) =>
				inputType === 'historyUndo'
					? back('undo')()
					: inputType === 'historyRedo'
						? back('redo')()
						: false
		}),
		keymap.of([
			{ key: 'Mod-z', run: back('undo'), preventDefault: true },
			{ key: 'Mod-y', mac: 'Mod-Shift-z', run: back('redo'), preventDefault: true },
			{ key: 'Mod-Shift-z', run: back('redo'), preventDefault: true }
		])
	];
}
