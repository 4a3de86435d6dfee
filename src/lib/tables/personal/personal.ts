/**
 * Looks for personal information in the distinct texts of a column, as bytes, before anything is sent: e-mails
 * and full Canadian postal codes. A new kind is one more entry of `DETECTORS`.
 */
import type { PersonalAction, PersonalFinding, PersonalKind } from '../../core/protocol/import.ts';
import { dictionarySize, type Column, type TextDictionary } from '../column.ts';
import { TextInterner } from '../text-interner.ts';

interface Detector {
	readonly kind: PersonalKind;
	/** What may be done, the safest first. */
	readonly actions: readonly PersonalAction[];
	/** Whether `bytes[start .. end)` holds one. */
	readonly found: (bytes: Uint8Array, start: number, end: number) => boolean;
	/** The text without what identifies, as UTF-8; absent where nothing useful would be left. */
	readonly generalise?: (text: string) => string;
}

const DETECTORS: readonly Detector[] = [
	{ kind: 'email', actions: ['drop', 'keep'], found: holdsEmail },
	{
		kind: 'postal_code',
		actions: ['generalise', 'drop', 'keep'],
		found: (bytes, start, end) => postalCodeAt(bytes, start, end) >= 0,
		generalise: (text) => text.replace(POSTAL_CODE, (_, area: string) => area.toUpperCase())
	}
];

/** @param counts rows of each dictionary entry */
export function findPersonal(column: Column, counts: Int32Array): PersonalFinding[] {
	if (column.type !== 'text') return [];
	const { offsets, bytes } = column.dictionary;
	const of = column.length - column.missing;
	const findings: PersonalFinding[] = [];
	for (const { kind, actions, found } of DETECTORS) {
		let rows = 0;
		for (let code = 0; code < dictionarySize(column.dictionary); code++)
			if (found(bytes, offsets[code] as number, offsets[code + 1] as number))
				rows += counts[code] as number;
		if (rows) findings.push({ kind, rows, of, actions });
	}
	return findings;
}

/** The column with what these kinds find made general; texts that become the same become one. */
export function generalise(column: Column, kinds: readonly PersonalKind[]): Column {
	if (column.type !== 'text') return column;
	const rules = DETECTORS.flatMap((d) =>
		kinds.includes(d.kind) && d.generalise ? [d.generalise] : []
	);
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const encoder = new TextEncoder();
	const interner = new TextInterner();
	const { offsets, bytes } = column.dictionary;
	const moved = new Int32Array(dictionarySize(column.dictionary));
	for (let code = 0; code < moved.length; code++) {
		const text = decoder.decode(bytes.subarray(offsets[code], offsets[code + 1]));
		const plain = encoder.encode(rules.reduce((kept, rule) => rule(kept), text));
		moved[code] = interner.intern(
			plain,
			new DataView(plain.buffer, plain.byteOffset),
			0,
			plain.length
		);
	}
	const codes = new Int32Array(column.length);
	for (let row = 0; row < codes.length; row++) codes[row] = moved[column.codes[row] as number] ?? 0;
	const dictionary: TextDictionary = interner.dictionary();
	return { ...column, codes, dictionary };
}

const isWord = (byte: number | undefined): boolean =>
	byte !== undefined &&
	((byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a));

/** Something before an @, then a name with a dot and at least two letters after it. */
function holdsEmail(bytes: Uint8Array, start: number, end: number): boolean {
	for (let at = start + 1; at < end - 3; at++) {
		if (bytes[at] !== 0x40 || !isWord(bytes[at - 1])) continue;
		let dot = -1;
		let i = at + 1;
		for (; i < end; i++) {
			const byte = bytes[i] as number;
			if (byte === 0x2e) {
				if (i === at + 1 || dot === i - 1) break;
				dot = i;
			} else if (!isWord(byte) && byte !== 0x2d && byte < 0x80) break;
		}
		// A full stop that ends the sentence is none of the address.
		const stop = dot === i - 1 ? lastDot(bytes, at, dot) : dot;
		if (stop > 0 && (dot === i - 1 ? dot : i) - stop > 2) return true;
	}
	return false;
}

function lastDot(bytes: Uint8Array, from: number, before: number): number {
	for (let i = before - 1; i > from; i--) if (bytes[i] === 0x2e) return i;
	return -1;
}

/** Letters that a postal code may begin with, and that its other letters may be. */
const FIRST = new Set([...'ABCEGHJKLMNPRSTVXY'].map((c) => c.charCodeAt(0)));
const OTHER = new Set([...'ABCEGHJKLMNPRSTVWXYZ'].map((c) => c.charCodeAt(0)));
const POSTAL_CODE =
	/(?<![A-Za-z0-9])([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])[ \u00a0-]?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9])/gi;

/** Where a full postal code begins, or -1: `H2X 1Y4`, `h2x1y4`, `H2X-1Y4`, alone or in a text. */
function postalCodeAt(bytes: Uint8Array, start: number, end: number): number {
	const upper = (at: number): number => {
		const byte = bytes[at] as number;
		return byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte;
	};
	const digit = (at: number): boolean => {
		const byte = bytes[at] as number;
		return byte >= 0x30 && byte <= 0x39;
	};
	for (let i = start; i + 6 <= end; i++) {
		if (!digit(i + 1) || !FIRST.has(upper(i)) || !OTHER.has(upper(i + 2))) continue;
		if (i > start && isWord(bytes[i - 1])) continue;
		let at = i + 3;
		if (bytes[at] === 0x20 || bytes[at] === 0x2d) at++;
		else if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) at += 2;
		if (at + 3 > end || !digit(at) || !OTHER.has(upper(at + 1)) || !digit(at + 2)) continue;
		if (at + 3 < end && isWord(bytes[at + 3])) continue;
		return i;
	}
	return -1;
}
