/** Brings what a discussion is about into view, where the notebook shows it. */
import { tick } from 'svelte';
import type { CellFocus } from '$lib/client/cell-focus.svelte';
import type { Workspace } from '$lib/client/workspace.svelte';
import type { Thread } from '$lib/core/annotation/thread';
import { cellAnchor } from '$lib/core/report/report';
import type { Discussions } from './discussions.svelte.ts';
import { shownRange } from './still-ranges.ts';

interface Places {
	readonly discussions: Discussions;
	readonly workspace: Workspace;
	readonly focus: CellFocus;
}

/** What stands at the top of the window: the page's bar and the notebook's. */
const TOP = 120;
const BOTTOM = 40;

export async function showAnchor(thread: Thread, places: Places): Promise<void> {
	const { anchor, id } = thread;
	const { discussions, workspace, focus } = places;
	const cell = workspace.cell(anchor.cell);
	if (!cell) return;
	const find = (): HTMLElement | null => document.getElementById(cellAnchor(anchor.cell));
	if (!find() || find()?.dataset.folded !== undefined) {
		// Folded away: what leads to a cell unfolds it.
		focus.command(anchor.cell);
		await tick();
		await tick();
	}
	const element = find();
	if (!element) return;
	const range = discussions.ranges.get(id);
	const within = range && range.standing !== 'gone' ? shownRange(element, cell, range) : null;
	const marked = element.querySelector('[data-annotated="current"], .cm-annotated-current');
	bringIntoView(
		within ?? marked ?? element,
		within?.startContainer.parentElement ?? marked ?? element
	);
}

function bringIntoView(shape: Range | Element, element: Element): void {
	const { top, bottom, height } = shape.getBoundingClientRect();
	const low = window.innerHeight - BOTTOM;
	if (top >= TOP && bottom <= low) return;
	// Of something higher than the window, a part in sight is enough.
	if (height > low - TOP && top < low && bottom > TOP) return;
	element.scrollIntoView({
		block: height > low - TOP ? 'start' : 'center',
		behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
	});
}
