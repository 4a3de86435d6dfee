/** What kind of message a frame begins, read before anything else of it is. */
import * as decoding from 'lib0/decoding';

/** Hocuspocus's message types and y-protocols' sync steps. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_REPLY = 4;
const CLOSE = 7;
const STEP_1 = 0;
const UPDATE = 2;
const TOKEN = 0;

/** A notebook's id (core/ids). */
const NAME = 26;

export type FrameKind = 'question' | 'edit' | 'presence' | 'other';

/**
 * The frames that pages send: a sync step, presence, a token, a goodbye, each about a notebook. Null for any other:
 * Hocuspocus has more types, between servers or of use to nobody here, and writes a line to the log for what it does not
 * know.
 */
export function frameKind(bytes: Uint8Array): FrameKind | null {
	if (bytes.length < NAME + 2 || bytes[0] !== NAME) return null;
	for (let i = 1; i <= NAME; i++) {
		const byte = bytes[i] ?? 0;
		if (!((byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122))) return null;
	}
	const within = bytes[NAME + 2] ?? 255;
	switch (bytes[NAME + 1]) {
		case SYNC:
		case SYNC_REPLY:
			return within === STEP_1 ? 'question' : within <= UPDATE ? 'edit' : null;
		case AWARENESS:
		case QUERY_AWARENESS:
			return 'presence';
		case AUTH:
			return within === TOKEN && readsAsToken(bytes) ? 'other' : null;
		case CLOSE:
			return 'other';
		default:
			return null;
	}
}

/** Whether the names in a token's frame can be read: Hocuspocus reads them before anything of ours hears of it. */
function readsAsToken(bytes: Uint8Array): boolean {
	const decoder = decoding.createDecoder(bytes.subarray(NAME + 3));
	try {
		decoding.readVarString(decoder);
		if (decoding.hasContent(decoder)) decoding.readVarString(decoder);
		return true;
	} catch {
		return false;
	}
}

/** Whether two frames that pages send are about one notebook. */
export function sameNotebook(a: Uint8Array, b: Uint8Array): boolean {
	for (let i = 0; i <= NAME; i++) if (a[i] !== b[i]) return false;
	return true;
}
