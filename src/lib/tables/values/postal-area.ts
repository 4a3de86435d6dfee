/**
 * Forward sortation areas (RTA), the first three signs of a Canadian postal code: `H2X`. An area holds thousands of
 * people; a full code may be one street's side, and is personal: it is never read as an area unasked.
 */

/** First letters of areas: none is D, F, I, O, Q, U, W or Z. */
const FIRST = 'ABCEGHJKLMNPRSTVXY';
/** Third signs: W and Z too. */
const THIRD = 'ABCEGHJKLMNPRSTVWXYZ';

const among = (letters: string): Uint8Array => {
	const set = new Uint8Array(256);
	for (let i = 0; i < letters.length; i++) {
		set[letters.charCodeAt(i)] = 1;
		set[letters.charCodeAt(i) | 0x20] = 1;
	}
	return set;
};
const IS_FIRST = among(FIRST);
const IS_THIRD = among(THIRD);

/** The area that a cell is, in capitals; null for anything else, a full postal code included. */
export function parsePostalArea(bytes: Uint8Array, start: number, end: number): string | null {
	let from = start;
	let stop = end;
	while (stop > from && (bytes[stop - 1] as number) <= 0x20) stop--;
	while (from < stop && (bytes[from] as number) <= 0x20) from++;
	if (stop - from !== 3) return null;
	const a = bytes[from] as number;
	const b = bytes[from + 1] as number;
	const c = bytes[from + 2] as number;
	if (!IS_FIRST[a] || b < 48 || b > 57 || !IS_THIRD[c]) return null;
	return String.fromCharCode(a & 0xdf, b, c & 0xdf);
}

const FULL_CODE = new RegExp(`^([${FIRST}]\\d[${THIRD}])[ \\u00a0-]?\\d[${THIRD}]\\d$`);

/** The area of a full postal code (`H2X 1Y6`, `h2x1y6`), or null. */
export const postalAreaOf = (fullCode: string): string | null =>
	fullCode.length > 20 ? null : (FULL_CODE.exec(fullCode.trim().toUpperCase())?.[1] ?? null);

/** Whether an area is in Québec. @param area as `parsePostalArea` gives it */
export const isQuebecArea = (area: string): boolean => /^[GHJ]/.test(area);
