/** What two spellings of one value share: letters and figures, without what hands and programs vary. */
import { repairMojibake } from '../../core/territory/plain-words.ts';

export interface Fingerprint {
	/** Without case, accents, and what spaces vary: the same for « Théâtre  Denise » and « THEATRE DENISE ». */
	readonly plain: string;
	/** Without punctuation too, words apart: the same for « Val-d'Or » and « Val d’Or ». */
	readonly words: string;
	/** Words written together, where no figure stands among them: the same for « coproduction » and « co-production ». */
	readonly letters: string;
	/** Accents of the letters, one sign a letter: `.` where there is none. */
	readonly accents: string;
	/** As one would write it: no space too many, no letter broken by a wrong encoding or parted from its accent. */
	readonly clean: string;
}

const SPACES = /[\s\u200b\ufeff]+/g;
/** A no-break space alone is good typography. */
const WIDE = /[\s\u200b\ufeff]{2,}|[\t\r\n\u200b\ufeff]/g;
const DASHES = /[\u2010-\u2015\u2212]|--+/g;
/** `O.S.M.`: points of an acronym part no words. */
const ACRONYM = /(?<![\p{L}\d])(?:\p{L}\.){2,}/gu;
/**
 * Punctuation that means no more than a space. Before a figure it means something (`1.5`, `-3`, `2-3`), and so do a
 * question mark (a doubt), and signs such as `+`, `&` and `#` anywhere.
 */
const PUNCTUATION = /[-'"’‘“”«».,;:!()[\]_/·•]+(?! ?\d)/gu;

export function fingerprint(text: string): Fingerprint {
	const repaired = repairMojibake(text);
	const spaced = repaired.replace(SPACES, ' ').trim();
	const marked = spaced.normalize('NFD').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');
	const plain = marked.replace(/\p{M}/gu, '');
	const words = plain
		.replace(/[’‘ʼ]/g, "'")
		.replace(DASHES, '-')
		.replace(ACRONYM, (found) => found.replaceAll('.', ''))
		.replace(PUNCTUATION, ' ')
		.replace(/ +/g, ' ')
		.trim();
	const together = words.replaceAll(' ', '');
	return {
		plain,
		words,
		// Two names of a few letters each are seldom one.
		letters: together.length >= 6 && /^\p{L}+$/u.test(together) ? together : words,
		accents: accentsOf(marked),
		clean: (repaired === text ? text.trim().replace(WIDE, ' ') : spaced).normalize('NFC')
	};
}

/** One sign a letter: its accents, or `.`. */
function accentsOf(marked: string): string {
	let accents = '';
	for (const [, marks = ''] of marked.matchAll(/\p{L}(\p{M}*)/gu))
		accents += marks.charAt(0) || '.';
	return accents;
}

/** Whether `less` may be `full` with accents dropped: `cote` of `côté`, but not `côte` of `coté`. */
export function dropsAccents(less: string, full: string): boolean {
	if (less.length !== full.length) return !hasAccents(less);
	for (let i = 0; i < less.length; i++) if (less[i] !== full[i] && less[i] !== '.') return false;
	return true;
}

export const hasAccents = (accents: string): boolean => /[^.]/.test(accents);
