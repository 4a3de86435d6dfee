/** A name reduced to its words: without accents, case, dashes or what a wrong encoding made of its letters. */
import { plainLetters } from '../plain-letters.ts';

/** What windows-1252 shows for the bytes 0x80 to 0x9f. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The byte that windows-1252 shows as a character, if it is one that continues a UTF-8 sequence; or -1. */
function continuation(char: string | undefined): number {
	if (!char) return -1;
	const code = char.charCodeAt(0);
	if (code >= 0x80 && code <= 0xbf) return code;
	const at = WINDOWS.indexOf(char);
	return at < 0 ? -1 : 0x80 + at;
}

/** Of a text whose case was changed after it was broken: the capitals that French has, not those that it hasn't. */
const LOWERED: Record<string, string> = { š: 'Ê', œ: 'Ì', ž: 'Î' };

function repairOnce(text: string): string {
	let out = '';
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		const next = text.charAt(i + 1);
		const low = continuation(next);
		if (char === 'Ã' || char === 'ã') {
			// A no-break space, that became a plain one, ends the letter à.
			const lowered = char === 'ã' ? LOWERED[next] : undefined;
			const letter =
				lowered ??
				(low >= 0 ? String.fromCharCode(low + 0x40) : char === 'Ã' && next === ' ' ? 'à' : '');
			out += letter || char;
			if (letter) i++;
		} else if ((char === 'Â' || char === 'â') && low >= 0) {
			const third = char === 'â' ? continuation(text[i + 2]) : -1;
			out += String.fromCharCode(third < 0 ? low : 0x2000 | ((low & 63) << 6) | (third & 63));
			i += third < 0 ? 1 : 2;
		} else if (char === 'Å' && low >= 0) {
			out += String.fromCharCode(low + 0xc0);
			i++;
		} else out += char;
	}
	return out;
}

/**
 * Libraries' old encoding writes an accent before its letter; read as windows-1252, `rêve` is `rãeve` and `Hélène`
 * `Hâeláene`. Only what no French word has: `ão` is Portuguese, and so are `mãe` and the names in `ães`.
 */
const ANSEL = /âe|á[aeu]|(?<![mM])ãe(?!s)|èi|ðc/g;
const ANSEL_LETTERS: Record<string, string> = {
	...{ âe: 'é', áa: 'à', áe: 'è', áu: 'ù', ãe: 'ê', èi: 'ï', ðc: 'ç' }
};

/**
 * `MontrÃ©al` → `Montréal`: what UTF-8 becomes when it is read as windows-1252, once or twice over; and `rãeve` →
 * `rêve`, from the records of libraries.
 */
export function repairMojibake(text: string): string {
	let repaired = text.replace(ANSEL, (found) => ANSEL_LETTERS[found] ?? found);
	for (let round = 0; round < 2 && /[ÃÂÅãâ]/.test(repaired); round++)
		repaired = repairOnce(repaired);
	return repaired;
}

/** `Îles-de-la-Madeleine` → `iles`, `de`, `la`, `madeleine`; digits make words of their own. */
export const plainWords = (text: string): string[] => plainLetters(text).match(/[a-z]+|\d+/g) ?? [];
