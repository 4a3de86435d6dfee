/** What a stretch of XML says: entities are put in their characters' place, on bytes or as a string. */
import { damagedXml } from './xml-tokens.ts';

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const HASH = 0x23;

const NAMED = new Map([
	['amp', 0x26],
	['lt', 0x3c],
	['gt', 0x3e],
	['quot', 0x22],
	['apos', 0x27]
]);
/** `&#x0010FFFF;` and some zeros more. */
const MAX_ENTITY_BYTES = 16;

/** UTF-8 of a character, at `at`; answers where it ends. */
export function putCharacter(bytes: Uint8Array, at: number, code: number): number {
	let to = at;
	if (code < 0x80) bytes[to++] = code;
	else if (code < 0x800) {
		bytes[to++] = 0xc0 | (code >> 6);
		bytes[to++] = 0x80 | (code & 0x3f);
	} else if (code < 0x10000) {
		bytes[to++] = 0xe0 | (code >> 12);
		bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
		bytes[to++] = 0x80 | (code & 0x3f);
	} else {
		bytes[to++] = 0xf0 | (code >> 18);
		bytes[to++] = 0x80 | ((code >> 12) & 0x3f);
		bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
		bytes[to++] = 0x80 | (code & 0x3f);
	}
	return to;
}

/**
 * Copies a text, its entities resolved, to `target` from `to`; it never grows by that. Line ends become LF.
 * @returns where it ends in `target`
 * @throws InvalidError `file_damaged` for an entity that is none
 */
export function copyText(
	source: Uint8Array,
	start: number,
	end: number,
	target: Uint8Array,
	to: number
): number {
	let out = to;
	for (let i = start; i < end; i++) {
		const byte = source[i] as number;
		if (byte === AMPERSAND) {
			const stop = source.indexOf(SEMICOLON, i);
			if (stop < 0 || stop >= end || stop - i > MAX_ENTITY_BYTES) throw damagedXml('entity');
			out = putCharacter(target, out, entity(source, i + 1, stop));
			i = stop;
		} else if (byte === 0x0d) {
			if (source[i + 1] !== 0x0a || i + 1 === end) target[out++] = 0x0a;
		} else target[out++] = byte;
	}
	return out;
}

function entity(source: Uint8Array, start: number, end: number): number {
	const name = String.fromCharCode(...source.subarray(start, end));
	if (source[start] !== HASH) {
		const code = NAMED.get(name);
		if (code === undefined) throw damagedXml('entity');
		return code;
	}
	const digits = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name);
	if (!digits) throw damagedXml('entity');
	const code = digits[1] ? parseInt(digits[1], 16) : Number(digits[2]);
	// Halves of a pair are no characters, in XML either.
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw damagedXml('entity');
	return code;
}

/** A text or an attribute's value as a string: for the parts of a workbook that are small. */
export function textOf(source: Uint8Array, start: number, end: number): string {
	const target = new Uint8Array(end - start);
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
		target.subarray(0, copyText(source, start, end, target, 0))
	);
}
