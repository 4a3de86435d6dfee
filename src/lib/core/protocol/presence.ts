/**
 * Who has a notebook open, and where: what each screen tells the others while it is there. Nothing of it is stored. The
 * name and the colour are the server's word, whatever a screen says; the rest says where the person is and nothing about
 * them.
 */

/** Colours that carets, selections and avatars are drawn in: an index of the palette. */
export const PRESENCE_COLOURS = 10;
/** The longest name shown, in characters. */
export const MAX_PRESENCE_NAME = 120;
/** The largest state that one screen may tell, in bytes of JSON. */
export const MAX_PRESENCE = 1024;

export interface PresenceSelection {
	/** Yjs relative positions, encoded and in base64url. */
	readonly anchor: string;
	readonly head: string;
}

/** What a screen says of itself. */
export interface PresencePlace {
	/** The cell that the person is on; null for none. */
	readonly cell: string | null;
	/** Their selection in that cell's text; null where they are in no text. */
	readonly selection: PresenceSelection | null;
}

export interface Presence extends PresencePlace {
	/** The name shown to all; set by the server. */
	readonly name: string;
	/** 0 to PRESENCE_COLOURS - 1; set by the server: one person's screens share it. */
	readonly colour: number;
}

export const NOWHERE: PresencePlace = { cell: null, selection: null };

const CELL_ID = /^[a-z0-9-]{1,40}$/;
/** A relative position in a text takes some 20 bytes; 27 characters of base64. */
const POSITION = /^[A-Za-z0-9_-]{1,64}$/;

/** The place that a value says, and nothing else of it; null where it says none of the right kinds. */
export function placeFrom(value: unknown): PresencePlace | null {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
	const { cell = null, selection = null } = value as Record<string, unknown>;
	if (cell === null) return NOWHERE;
	if (typeof cell !== 'string' || !CELL_ID.test(cell)) return null;
	if (selection === null) return { cell, selection: null };
	const { anchor, head } = selection as Record<string, unknown>;
	if (typeof anchor !== 'string' || !POSITION.test(anchor)) return null;
	if (typeof head !== 'string' || !POSITION.test(head)) return null;
	return { cell, selection: { anchor, head } };
}

/** As the server tells it; null where a value is none. */
export function presenceFrom(value: unknown): Presence | null {
	const place = placeFrom(value);
	if (!place) return null;
	const { name, colour } = value as Record<string, unknown>;
	if (typeof name !== 'string' || name.length > MAX_PRESENCE_NAME) return null;
	if (typeof colour !== 'number' || !Number.isInteger(colour)) return null;
	if (colour < 0 || colour >= PRESENCE_COLOURS) return null;
	return { name, colour, ...place };
}

export function samePlace(a: PresencePlace, b: PresencePlace): boolean {
	return (
		a.cell === b.cell &&
		a.selection?.anchor === b.selection?.anchor &&
		a.selection?.head === b.selection?.head
	);
}
