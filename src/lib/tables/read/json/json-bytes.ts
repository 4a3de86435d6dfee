/** The bytes of a JSON document as UTF-8 without a byte-order mark, whatever they came as. */
import { InvalidError } from '../../../core/errors.ts';
import { invalidUtf8At } from '../../utf8.ts';

/** What is decoded at a time: no text as long as the document is ever made. */
const CHUNK = 1 << 20;
/** Bytes that a document may become. */
const MAX_BYTES = 1_500_000_000;

/**
 * UTF-16 is told by its byte-order mark or by the zeros of its first signs (JSON begins with ASCII); what is not
 * UTF-8 is taken for windows-1252, as other texts are.
 *
 * @throws InvalidError `table_too_large` (megabytes)
 */
export function jsonBytes(raw: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	const [a, b] = raw;
	if (a === 0xff && b === 0xfe) return transcoded(raw, 'utf-16le');
	if (a === 0xfe && b === 0xff) return transcoded(raw, 'utf-16be');
	if (raw.length > 3 && a === 0 && b !== 0) return transcoded(raw, 'utf-16be');
	if (raw.length > 3 && a !== 0 && b === 0) return transcoded(raw, 'utf-16le');
	let at = 0;
	while (raw[at] === 0xef && raw[at + 1] === 0xbb && raw[at + 2] === 0xbf) at += 3;
	const bytes = at ? raw.subarray(at) : raw;
	return invalidUtf8At(bytes) < 0 ? bytes : transcoded(bytes, 'windows-1252');
}

function transcoded(raw: Uint8Array<ArrayBuffer>, encoding: string): Uint8Array<ArrayBuffer> {
	const decoder = new TextDecoder(encoding);
	const encoder = new TextEncoder();
	let out = new Uint8Array(Math.ceil(raw.length * 1.1) + 16);
	let to = 0;
	for (let at = 0; at < raw.length; at += CHUNK) {
		const end = Math.min(at + CHUNK, raw.length);
		const part = encoder.encode(
			decoder.decode(raw.subarray(at, end), { stream: end < raw.length })
		);
		if (to + part.length > MAX_BYTES)
			throw new InvalidError('table_too_large', { megabytes: MAX_BYTES / 1e6 });
		if (to + part.length > out.length) {
			const wider = new Uint8Array(Math.ceil((to + part.length) * 1.3));
			wider.set(out.subarray(0, to));
			out = wider;
		}
		out.set(part, to);
		to += part.length;
	}
	return out.subarray(0, to);
}
