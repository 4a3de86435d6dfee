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
 * The panel of a cell that reads so. One whose steps are all switched off is a table under another name, and no longer
 * a transformation: its steps are still there to be switched on. The panel itself reads the source with a parser, which
 * is loaded with it; a mark in the text is enough to know that it is worth opening.
 */
export function panelKind(kind: CellKind, source: string): PanelKind | null {
	if (kind === 'transform' || kind === 'chart' || kind === 'control') return kind;
	return (kind === 'code' || kind === 'data') && /\/\*off\s+\./.test(source) ? 'transform' : null;
}

export const panelName = (kind: PanelKind): string => NAMES[kind]();
