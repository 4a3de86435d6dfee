/** A place in a shared text, said so that it stays where it was while others write around it. */
import * as Y from 'yjs';

/** A place as base64url: some 27 characters. @param index 0 to the text's length */
export function writePosition(text: Y.Text, index: number): string {
	const bytes = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index));
	return btoa(String.fromCharCode(...bytes))
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
		const place = Y.createAbsolutePositionFromRelativePosition(
			Y.decodeRelativePosition(bytes),
			doc
		);
		return place?.type === text ? Math.min(place.index, text.length) : null;
	} catch {
		return null;
	}
}
