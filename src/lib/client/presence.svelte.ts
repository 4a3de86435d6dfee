/**
 * Who has the notebook open, person by person, and where each is. It is there before the connection is, and without one
 * nobody is: what shows it asks no more.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- these maps and sets are replaced, never changed */
import { createContext } from 'svelte';
import type * as Y from 'yjs';
import { readPosition, writePosition } from '../collab/text-position.ts';
import { NOWHERE, type PresenceSelection } from '../core/protocol/presence.ts';
import type { ConnectionStatus } from './notebook-connection.svelte.ts';
import type { ScreenAwareness } from './screen-awareness.ts';

/** A person who is here, on one screen or several. */
export interface PersonHere {
	/** The same for as long as they are here. */
	readonly key: string;
	readonly name: string;
	/** 0 to PRESENCE_COLOURS - 1. */
	readonly colour: number;
	readonly screens: number;
	/** The cell that they write in or look at; null where they are on none. */
	readonly cell: string | null;
	/** They are in its text, not only on it. */
	readonly writes: boolean;
}

/** Where another person writes or selects in a text, in characters from its beginning. */
export interface Caret {
	/** The screen. */
	readonly client: number;
	readonly name: string;
	readonly colour: number;
	readonly anchor: number;
	readonly head: number;
}

/** What presence asks of an open connection. */
export interface PresenceSource {
	readonly awareness: ScreenAwareness;
	readonly status: ConnectionStatus;
	onNotice?(heard: (notice: string | null) => void): () => void;
}

const NOBODY: readonly PersonHere[] = [];

export class NotebookPresence {
	#source = $state.raw<PresenceSource | null>(null);
	#all = $state.raw<readonly PersonHere[]>(NOBODY);
	#self = $state.raw<PersonHere | null>(null);
	#byCell = $state.raw<ReadonlyMap<string, readonly PersonHere[]>>(new Map());
	#followed = $state.raw<PersonHere | null>(null);
	#cell: string | null = null;
	#selection: { readonly cell: string; readonly at: PresenceSelection } | null = null;
	#stop: (() => void) | null = null;

	/** Follows an open connection; answers how to stop. */
	attach(source: PresenceSource): () => void {
		this.#source = source;
		this.#stop = source.awareness.onChange(() => this.#read());
		this.#read();
		this.#tell();
		return () => {
			this.#stop?.();
			this.#stop = null;
			this.#source = null;
			this.#read();
		};
	}

	/** What the server says to those who have the notebook open; answers how to stop. */
	onNotice(heard: (notice: string | null) => void): (() => void) | undefined {
		return this.#source?.onNotice?.(heard);
	}
	/** The server is heard, and has told who is here. */
	get known(): boolean {
		return this.#self !== null && this.#source?.status === 'online';
	}
	/** This person, as the others see them; null before the server has said so. */
	get self(): PersonHere | null {
		return this.known ? this.#self : null;
	}
	/** Everyone else, in the order of their names. */
	get others(): readonly PersonHere[] {
		return this.known ? this.#all : NOBODY;
	}
	/** Who else is on a cell. */
	on(cell: string): readonly PersonHere[] {
		return this.known ? (this.#byCell.get(cell) ?? NOBODY) : NOBODY;
	}

	/** Who wrote: the person of a screen, if it is shown and is not this person's. */
	personOf(client: number): PersonHere | null {
		const screen = this.#source?.awareness.screens.get(client);
		return screen ? (this.#all.find(({ key }) => key === keyOf(screen)) ?? null) : null;
	}

	// ---------------------------------------------------------------- this person's place

	/** This person is on a cell, or on none. */
	at(cell: string | null): void {
		this.#cell = cell;
		this.#tell();
	}
	/** What this person has selected in a cell's text; null when they leave it. */
	select(cell: string, text: Y.Text, range: { anchor: number; head: number } | null): void {
		if (range) {
			const anchor = writePosition(text, range.anchor);
			const head = range.head === range.anchor ? anchor : writePosition(text, range.head);
			this.#selection = { cell, at: { anchor, head } };
		} else if (this.#selection?.cell === cell) this.#selection = null;
		this.#tell();
	}

	#tell(): void {
		const cell = this.#cell;
		const selection = this.#selection?.cell === cell ? this.#selection.at : null;
		this.#source?.awareness.place(cell === null ? NOWHERE : { cell, selection });
	}

	// ---------------------------------------------------------------- in a text

	/** Where the others are in a cell's text, this person's other screens too. */
	carets(cell: string, text: Y.Text): Caret[] {
		const { awareness } = this.#source ?? {};
		const found: Caret[] = [];
		for (const [client, screen] of awareness?.screens ?? []) {
			if (client === awareness?.own || screen.cell !== cell || !screen.selection) continue;
			const anchor = readPosition(text, screen.selection.anchor);
			const head = readPosition(text, screen.selection.head);
			if (anchor === null || head === null) continue;
			found.push({ client, name: screen.name, colour: screen.colour, anchor, head });
		}
		return found;
	}
	/** Calls back whenever someone comes, moves or leaves; answers how to stop. */
	onMove(heard: () => void): () => void {
		return this.#source?.awareness.onChange(heard) ?? (() => {});
	}

	// ---------------------------------------------------------------- following

	/** Whom this page goes along with; as they last were, where a cut hides them. */
	get followed(): PersonHere | null {
		const followed = this.#followed;
		return followed && (this.#all.find(({ key }) => key === followed.key) ?? followed);
	}
	follow(person: PersonHere): void {
		this.#followed = person;
	}
	unfollow(): void {
		this.#followed = null;
	}

	#read(): void {
		const awareness = this.#source?.awareness;
		const own = awareness?.screens.get(awareness.own);
		const self = own ? keyOf(own) : null;
		const people = new Map<string, PersonHere>();
		for (const screen of awareness?.screens.values() ?? []) {
			const key = keyOf(screen);
			const known = people.get(key);
			people.set(key, {
				key,
				name: screen.name,
				colour: screen.colour,
				screens: (known?.screens ?? 0) + 1,
				// Screens come in the order in which they last moved.
				cell: screen.cell ?? known?.cell ?? null,
				writes: screen.cell === null ? (known?.writes ?? false) : screen.selection !== null
			});
		}
		const before = new Map(this.#all.map((person) => [person.key, person]));
		const all: PersonHere[] = [];
		const byCell = new Map<string, PersonHere[]>();
		for (const person of people.values()) {
			if (person.key === self) continue;
			const last = before.get(person.key);
			all.push(last && same(last, person) ? last : person);
		}
		all.sort((a, b) => a.name.localeCompare(b.name) || a.colour - b.colour);
		for (const person of all)
			if (person.cell !== null) {
				const there = byCell.get(person.cell);
				if (there) there.push(person);
				else byCell.set(person.cell, [person]);
			}
		// What is the same stays the same object: of 200 people, only the cells that someone came to are drawn again.
		this.#all = alike(this.#all, all) ? this.#all : all;
		this.#byCell = new Map(
			[...byCell].map(([cell, there]) => {
				const last = this.#byCell.get(cell);
				return [cell, last && alike(last, there) ? last : there];
			})
		);
		this.#self = (self === null ? null : people.get(self)) ?? null;
	}
}

/** A person's screens share a name and a colour, and no one else has both. */
const keyOf = ({ name, colour }: { name: string; colour: number }): string => `${colour} ${name}`;

const same = (a: PersonHere, b: PersonHere): boolean =>
	a.key === b.key && a.screens === b.screens && a.cell === b.cell && a.writes === b.writes;

const alike = (a: readonly PersonHere[], b: readonly PersonHere[]): boolean =>
	a.length === b.length && a.every((person, i) => person === b[i]);

/** The page's own: it is there before its notebook is open. */
export const [getPresence, setPresence, hasPresence] = createContext<NotebookPresence>();
