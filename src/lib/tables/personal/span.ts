import type { PersonalKind } from '../../core/protocol/import.ts';

/**
 * How much a place in a text says by itself: `sure` alone, `weak` where its column speaks for it as well (a header, or
 * most other values), `public` where the sentence says that it is an organisation's, a venue's or an artist's.
 */
export type Grade = 'sure' | 'weak' | 'public';

/** A place in a plain text (see `plainText`) that holds one. */
export interface Span {
	readonly kind: PersonalKind;
	readonly start: number;
	readonly end: number;
	readonly grade: Grade;
	/** Of a name: whether a word before it says that it is of somebody that one deals with. */
	readonly told?: boolean;
}
