/**
 * Who has a notebook open, and where: what each screen tells the others while it is there. Nothing of it is stored. The
 * name and the colour are the server's word, whatever a screen says; the rest says where the person is and nothing about
 * them.
 */

/** Colours that carets, selections and avatars are drawn in: an index of the palette. */
export const PRESENCE_COLOURS = 10;

export interface Presence {
	/** The name shown to all; set by the server. */
	readonly name: string;
	/** 0 to PRESENCE_COLOURS - 1; set by the server: one person's screens share it. */
	readonly colour: number;
	/** The cell that the person is on; null for none. */
	readonly cell: string | null;
	/** Their selection in that cell's text; null where they are in no text. */
	readonly selection: {
		/** Yjs relative positions, encoded and in base64url. */
		readonly anchor: string;
		readonly head: string;
	} | null;
}
