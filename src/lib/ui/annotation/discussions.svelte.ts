/** The discussions of an open notebook as the page shows them: the pane, the one that is shown, the one that is begun. */
/* eslint-disable svelte/prefer-svelte-reactivity -- each map is replaced whole, never changed */
import type { RangesOfThreads } from '$lib/client/annotated-ranges';
import type { NotebookThreads } from '$lib/client/notebook-threads.svelte';
import type { Anchor, AnchorStanding } from '$lib/core/annotation/anchor';
import { THREAD_LIMITS, type Thread } from '$lib/core/annotation/thread';
import type { Annotation } from './annotate-context.ts';
import type { ThreadFilter } from './thread-list.ts';

/** A discussion that is begun and not sent. */
export interface Begun {
	readonly anchor: Anchor;
	readonly excerpt: string;
}

export class Discussions implements Annotation {
	/** Null until the page is awake. */
	threads = $state.raw<NotebookThreads | null>(null);
	/** Whether the pane is open. */
	shown = $state(false);
	/** Null: those that are open. */
	filter = $state.raw<ThreadFilter | null>(null);
	/** Of words and steps; read anew a moment after an edit. */
	ranges = $state.raw<RangesOfThreads>(new Map());
	#current = $state<string | null>(null);
	#begun = $state.raw<Begun | null>(null);
	/** Counts the times that a discussion was asked for: asked for again, it is shown again. */
	#asked = $state(0);
	#from: Element | null = null;
	#standings = $state.raw<ReadonlyMap<string, AnchorStanding>>(new Map());

	get current(): string | null {
		return this.#current;
	}
	get begun(): Begun | null {
		return this.#begun;
	}
	get asked(): number {
		return this.#asked;
	}
	/** What had the keyboard when one was begun: there it goes back to, if it still stands. */
	get from(): Element | null {
		return this.#from;
	}

	annotate(anchor: Anchor, excerpt: string): void {
		// Never half of a character.
		const letters = [...excerpt.slice(0, 2 * THREAD_LIMITS.excerpt)];
		this.#begun = { anchor, excerpt: letters.slice(0, THREAD_LIMITS.excerpt).join('') };
		this.#current = null;
		this.#from = document.activeElement;
		this.shown = true;
		this.#asked++;
	}
	/** It was sent, or given up. */
	ended(): void {
		this.#begun = null;
	}

	threadsOn(cellId: string): readonly Thread[] {
		return this.threads?.ofCell(cellId) ?? [];
	}

	rangeOf(threadId: string): { from: number; to: number } | null {
		const range = this.ranges.get(threadId);
		return range && range.standing !== 'gone' ? { from: range.from, to: range.to } : null;
	}

	open(threadId: string): void {
		this.#begun = null;
		this.#current = threadId;
		this.shown = true;
		this.#asked++;
	}
	/** None is shown any more. */
	leave(): void {
		this.#current = null;
	}
	close(): void {
		this.shown = false;
		this.#current = null;
		this.#begun = null;
		this.#from = null;
	}

	setStanding(threadId: string, standing: AnchorStanding): void {
		if (this.#standings.get(threadId) === standing) return;
		this.#standings = new Map(this.#standings).set(threadId, standing);
	}

	/** @param stands whether a cell is in the notebook */
	standing({ id, anchor }: Thread, stands: (cellId: string) => boolean): AnchorStanding {
		if (!stands(anchor.cell)) return 'gone';
		if (anchor.kind === 'cell') return 'here';
		if (anchor.kind === 'text' || anchor.kind === 'step')
			return this.ranges.get(id)?.standing ?? 'here';
		return this.#standings.get(id) ?? 'unknown';
	}
}
