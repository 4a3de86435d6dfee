/** What a cell says of itself in words: its kind and its state. What went wrong in it: cell-error-words.ts. */
import type { CellKind } from '$lib/core/notebook/kind';
import type { ShownState } from '$lib/client/cell-view.svelte';
import { m } from '$lib/paraglide/messages';

const KINDS: Record<CellKind, () => string> = {
	text: m.cell_kind_text,
	data: m.cell_kind_data,
	transform: m.cell_kind_transform,
	chart: m.cell_kind_chart,
	control: m.cell_kind_control,
	code: m.cell_kind_code
};
export const kindName = (kind: CellKind): string => KINDS[kind]();

const STATES: Record<ShownState, () => string> = {
	new: m.cell_state_new,
	stale: m.cell_state_stale,
	queued: m.cell_state_queued,
	running: m.cell_state_running,
	done: m.cell_state_done,
	blocked: m.cell_state_blocked,
	error: m.cell_state_error,
	stopped: m.cell_state_stopped
};
export const stateName = (state: ShownState): string => STATES[state]();
