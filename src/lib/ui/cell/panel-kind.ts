/** The kinds of cells that have a panel, and what the button that opens it says. */
import type { PanelKind } from '$lib/client/cell-view.svelte';
import type { CellKind } from '$lib/core/notebook/kind';
import { m } from '$lib/paraglide/messages';

const NAMES: Record<PanelKind, () => string> = {
	transform: m.steps_button,
	chart: m.steps_button_chart,
	control: m.steps_button_control
};

export const panelKind = (kind: CellKind): PanelKind | null =>
	kind === 'transform' || kind === 'chart' || kind === 'control' ? kind : null;

export const panelName = (kind: PanelKind): string => NAMES[kind]();
