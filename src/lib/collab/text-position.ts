/** A place in a shared text, said so that it stays where it was while others write around it. */
import * as Y from 'yjs';

/**
 * A place as base64url: some 27 characters.
 * @param index 0 to the text's length
 * @param side what it stays with where something is written at it: what comes after it, or what comes before
 */
export function writePosition(
	text: Y.Text,
	index: number,
	side: 'after' | 'before' = 'after'
): string {
	const assoc = side === 'after' ? 0 : -1;
	const position = Y.createRelativePositionFromTypeIndex(text, index, assoc);
	return btoa(String.fromCharCode(...Y.encodeRelativePosition(position)))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/=+$/, '');
}

/** Where a place is now; null where it says none of this text, whatever else it says. */
export function readPosition(text: Y.Text, position: string): number | null {
	const { doc } = text;
	if (!doc) return null;
	try {
		const letters = atob(position.replaceAll('-', '+').replaceAll('_', '/'));
		const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
		const relative = Y.decodeRelativePosition(bytes);
		// A place by the name of a type at the top would put one of that name into the document.
		if (relative.tname !== null) return null;
		const place = Y.createAbsolutePositionFromRelativePosition(relative, doc);
		return place?.type === text ? Math.min(place.index, text.length) : null;
	} catch {
		// Bytes that are no place, or of a document that this one is not.
		return null;
	}
}
