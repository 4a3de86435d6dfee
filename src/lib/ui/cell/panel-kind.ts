/** The kinds of cells that have a panel, and what the button that opens it says. */
import type { PanelKind } from '$lib/client/cell-view.svelte';
import type { CellKind } from '$lib/core/notebook/kind';
import { m } from '$lib/paraglide/messages';

const NAMES: Record<PanelKind, () => string> = {
	transform: m.steps_button,
	chart: m.steps_button_chart,
	control: m.steps_button_control
};

/**
 * The panel of a cell that reads so. One whose steps are all switched off or removed is a table under another name, and
 * no longer a transformation: its steps are still there to be switched on, or others to be made. The panel itself reads the source with a parser, which
 * is loaded with it; a mark in the text is enough to know that it is worth opening.
 */
export function panelKind(kind: CellKind, source: string): PanelKind | null {
	if (kind === 'transform' || kind === 'chart' || kind === 'control') return kind;
	if (kind !== 'code' && kind !== 'data') return null;
	return /\/\*off\s+\./.test(source) || (kind === 'code' && RENAMED.test(source))
		? 'transform'
		: null;
}

/** A transformation whose steps were all removed. */
const RENAMED =
	/^\s*(?:const|let|var)\s+[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=\s*[\p{ID_Start}$_][\p{ID_Continue}$]*\s*;?\s*$/u;

/** What a person meets there: a transformation without steps, or with all of them switched off, is one still. */
export const shownKind = (kind: CellKind, source: string): CellKind =>
	kind === 'code' ? (panelKind(kind, source) ?? kind) : kind;

export const panelName = (kind: PanelKind): string => NAMES[kind]();
