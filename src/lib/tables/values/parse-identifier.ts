/**
 * What names something though it may look like a number: codes, registry numbers, hashes. One value seldom tells; a
 * column whose values share one shape does (`shapeOf`, `looseShapeOf`).
 */

export type IdentifierKind =
	| 'uuid'
	/** Hexadecimal, of 16 figures or more, as hashes are. */
	| 'hash'
	/** A recording. */
	| 'isrc'
	/** A person or an organisation: its check figure holds. */
	| 'isni'
	/** A Québec enterprise: ten figures, the first two 11, 22, 33 or 88. */
	| 'neq'
	| 'leading_zeros'
	/** Eleven figures or more. */
	| 'long_number'
	/** Letters and at least two figures, without spaces: `A000123`, `R-2024-001`. */
	| 'code';

/** Longer texts are not codes. */
const LONGEST = 64;

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const HASH = /^(0x)?[0-9a-f]{16,64}$/i;
const ISRC = /^[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}$/i;
const ISNI = /^(\d{4} ?){3}\d{3}[\dX]$/i;
const NEQ = /^(11|22|33|88)\d{8}$/;
const ZEROS = /^0\d+$/;
const LONG = /^\d{11,}$/;
const CODE = /^(?=\D*\d\D*\d)(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._/#:-]*$/;

/** The bytes of a cell as text, without the spaces around them; '' where it has other signs than ASCII or is long. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string {
	let from = start;
	let stop = end;
	while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
	while (from < stop && (bytes[from] as number) <= 0x20) from++;
	if (stop - from > LONGEST) return '';
	let text = '';
	for (let i = from; i < stop; i++) {
		const byte = bytes[i] as number;
		if (byte >= 0x80) return '';
		text += String.fromCharCode(byte);
	}
	return text;
}

/**
 * What kind of identifier a cell may be, or null. Dates, hours and postal areas may pass for codes: they are to be
 * tried first, and a code is believed where its column shares a shape.
 */
export function identifierKind(
	bytes: Uint8Array,
	start: number,
	end: number
): IdentifierKind | null {
	const text = asciiOf(bytes, start, end);
	if (text.length < 2) return null;
	if (UUID.test(text)) return 'uuid';
	if (NEQ.test(text)) return 'neq';
	if (ISNI.test(text) && hasIsniCheck(text)) return 'isni';
	if (ZEROS.test(text)) return 'leading_zeros';
	if (LONG.test(text)) return 'long_number';
	if (ISRC.test(text)) return 'isrc';
	if (HASH.test(text) && /[a-f]/i.test(text) && /\d/.test(text)) return 'hash';
	return CODE.test(text) ? 'code' : null;
}

/** ISO 7064, mod 11-2. */
function hasIsniCheck(text: string): boolean {
	const signs = text.replaceAll(' ', '').toUpperCase();
	let sum = 0;
	for (let i = 0; i < 15; i++) sum = ((sum + Number(signs[i])) * 2) % 11;
	const check = (12 - sum) % 11;
	return signs[15] === (check === 10 ? 'X' : String(check));
}

/**
 * The shape of a cell: `A` for each capital, `a` for each small letter, `9` for each figure, other signs as they
 * stand. `A000123` is `A999999`. Empty for a cell that is blank, too long, or has letters that are not of ASCII.
 */
export const shapeOf = (bytes: Uint8Array, start: number, end: number): string =>
	asciiOf(bytes, start, end).replace(/[A-Z]/g, 'A').replace(/[a-z]/g, 'a').replace(/\d/g, '9');

/** The same with each run of letters or figures once: `A1` and `A1500` are both `A9`. */
export const looseShapeOf = (bytes: Uint8Array, start: number, end: number): string =>
	shapeOf(bytes, start, end).replace(/(A+|a+|9+)/g, (run) => run.charAt(0));
