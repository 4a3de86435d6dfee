/**
 * E-mail addresses, telephones and postal codes in a plain text. Every repetition in these patterns is
 * bounded, so that a hostile text is read in a time that grows with its length.
 */
import { around, NUMBER_BEFORE, owned } from './near-words.ts';
import { scanAddresses } from './scan-addresses.ts';
import type { Grade, Span } from './span.ts';
import { FEATURE } from './text-features.ts';

// ---------------------------------------------------------------- e-mail

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const TOP = 'com|ca|org|net|qc|fr|edu|gouv|gov|info|biz|tv|co|uk|us|be|ch|io|coop|quebec|example';
/** After the sign: labels and dots; or with what hurried fingers do, spaces around the dots, a comma for a dot. */
const DOMAIN = new RegExp(
	String.raw` {0,2}\.?${LABEL}(?:(?: {0,2}\.{1,3}|[,;]|\. | \. )(?=[\p{L}]|\p{N}+\.) ?${LABEL}){1,5}`,
	'yiu'
);
/** The dot forgotten before a well-known ending or after a provider. */
const DOTLESS = new RegExp(
	String.raw`(?:gmail|hotmail|outlook|yahoo|videotron|bell|sympatico|icloud|live|msn|[\p{L}\p{N}-]{3,61}(?:com|org|net|ca|example))(?![\p{L}\p{N}.@-])`,
	'yiu'
);
const BARE = /[\p{L}][\p{L}\p{N}-]{3,61}$/uy;
const SIGN = /@{1,3}|%40|&#64;|&commat;/g;
/** The sign in words or in brackets, then dots written or said. */
const SPOKEN = new RegExp(
	String.raw`(?<![\p{L}\p{N}_])[\p{L}\p{N}](?:[\p{L}\p{N}._+'-]{0,62}[\p{L}\p{N}_+-])? {0,2}(?:[[({<*_-]{1,2} {0,2}(?:at|a|à|chez|arobase?|@) {0,2}[\])}>*_-]{1,2}|(?<=[ ])(?:at|chez|arobase?s?|a commercial)(?=[ ])) {0,2}${LABEL}(?: {0,2}(?:\.|,|[[({<*_-]? {0,2}(?:dot|point|pt) {0,2}[\])}>*_-]?) {0,2}${LABEL}){0,4} {0,2}(?:\.|,|[[({<*_-]? {0,2}(?:dot|point|pt) {0,2}[\])}>*_-]?) {0,2}(?:${TOP})(?![\p{L}\p{N}])`,
	'giu'
);
const SPOKEN_SIGN =
	/arobas|a commercial| at | chez |[[({<*_-] {0,2}(?:at|a|à|chez|@) {0,2}[\])}>*_-]/i;

/** Addresses of a desk, read by whoever sits there. */
const DESK =
	/^(?:info(?:s|rmations?)?|contact|nous-?joindre|billet(?:terie|s)?|box-?office|tickets?|guichet|presse?|medias?|relations?(?:publiques|media)?|commandes?|orders?|reserv(?:ations?|e)?|admin(?:istration)?|communications?|comm|reception|accueil|secretariat|bonjour|allo|salut|hello|hi|courrier|mail|courriel|support|aide|help|services?(?:client(?:ele)?)?|clientele|ventes?|sales|office|bureau|bookings?|webmaster|postmaster|no-?reply|ne-?pas-?repondre|marketing|promo(?:tion)?|dons?|donate|abonnements?|adhesions?|membership|compta(?:bilite)?|accounting|accounts?|factur(?:es?|ation)|billing|finances?|payroll|paie|rh|hr|emplois?|jobs?|careers?|direction|programmation|technique|production|regie|location|rental|rentals|bibliotheque|library|musee|museum|theatre|salle|scolaire|education|groupes?|boutique|shop|store|editions?|droits|rights|legal|privacy|vieprivee|newsletter|infolettre|stage|archives?|lieu|venue)(?:[._-]?(?:qc|ca|mtl|montreal|quebec|\d{1,3}))?$/i;

const isLocal = (code: number): boolean =>
	(code >= 0x30 && code <= 0x39) ||
	((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
	code >= 0xc0 ||
	code === 0x2e ||
	code === 0x2b ||
	code === 0x5f ||
	code === 0x27 ||
	code === 0x2d;

/** Where the name before the sign at `at` begins, or -1. */
function localBefore(text: string, at: number): number {
	let end = at;
	while (end > 0 && at - end < 2 && text.charCodeAt(end - 1) === 0x20) end--;
	let start = end;
	while (start > 0 && end - start < 64 && isLocal(text.charCodeAt(start - 1))) start--;
	while (start < end && /[.+'-]/.test(text.charAt(start))) start++;
	return start < end && !/[.']/.test(text.charAt(end - 1)) ? start : -1;
}

function emails(text: string, spans: Span[]): void {
	SIGN.lastIndex = 0;
	for (let sign = SIGN.exec(text); sign; sign = SIGN.exec(text)) {
		const start = localBefore(text, sign.index);
		if (start < 0) continue;
		const after = sign.index + sign[0].length;
		DOMAIN.lastIndex = after;
		DOTLESS.lastIndex = after;
		BARE.lastIndex = after;
		const domain =
			DOMAIN.exec(text) ??
			DOTLESS.exec(text) ??
			// All that is in its cell.
			(start === 0 && sign.index >= 3 && sign[0] === '@' ? BARE.exec(text) : null);
		// A sign that joins amounts (`2 @ 12.50`) has figures after it.
		if (!domain || /^[\d\s.,]*$/.test(domain[0])) continue;
		const local = text.slice(start, sign.index).trim();
		spans.push({
			kind: 'email',
			start,
			end: after + domain[0].length,
			grade: DESK.test(local) ? 'public' : 'sure'
		});
	}
	if (!SPOKEN_SIGN.test(text)) return;
	SPOKEN.lastIndex = 0;
	for (let match = SPOKEN.exec(text); match; match = SPOKEN.exec(text)) {
		const local = /^[^@[({<* ]+/u.exec(match[0])?.[0] ?? '';
		spans.push({
			kind: 'email',
			start: match.index,
			end: match.index + match[0].length,
			grade: DESK.test(local) ? 'public' : 'sure'
		});
	}
}

// ---------------------------------------------------------------- telephone

const CANADA = new Set(
	'204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 514 519 537 548 568 579 581 584 587 600 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942'.split(
		' '
	)
);
const TOLL_FREE = new Set(['800', '833', '844', '855', '866', '877', '888', '900']);

// Figures, and the letters that look like them.
const D = '[0-9OoIl]';
const BEFORE = String.raw`(?<![\p{L}\p{N}_@#$]|[\p{L}\p{N}][./-])`;
const WORD_BEFORE = String.raw`(?:${BEFORE}|(?<=(?<!\p{L})(?:t[ée]l|cel|cell|cells?|phone|ph|mob|fax|au|t|c|h|m)\.?:?))`;
const AFTER = String.raw`(?![\p{L}\p{N}_@]|[.-]\p{N}|,\p{N}{3})`;
const EXTENSION = String.raw`(?: {0,2}[,;]? {0,2}(?:#|x|ext\.?|poste|p\.|post|ext) {0,2}[:.]? {0,2}\d{1,6})?`;
const PHONES: readonly RegExp[] = [
	new RegExp(
		String.raw`${WORD_BEFORE}(?:\+? ?1[ .-]{0,3})?[([]?(${D}{3})[)\]]?([ ._/\\|·•*~-]{0,3})(${D}{3})([ ._/\\|·•*~-]{0,3})(${D}{4})(?:${EXTENSION}${AFTER}|(?=h\b|[a-z]{4}))`,
		'yu'
	),
	/\(?[2-9]\d{2}\)?[ ./-]{1,2}[2-9]\d{2}[ ./-]{1,2}\d{2}[ .-]\d{2}(?![\p{L}\p{N}_]|[.,-]\p{N})/uy,
	// Figures by pairs, or one by one.
	/(?<![\p{L}\p{N}_.,-])(?:\d{2}[ .-]){4}\d{2}(?![\p{L}\p{N}_]|[.,-]\p{N})/uy,
	/(?<![\p{L}\p{N}_.,-])\(?(?:\d\)?[ .-]{1,2}){9}\d(?![\p{L}\p{N}_]|[ .,-]{1,2}\p{N})/uy,
	// From elsewhere.
	/(?<![\p{L}\p{N}_.,-])(?:011|00)[ -]?[1-9]\d{0,2}(?:[ .-]{1,2}\d{1,4}){3,5}(?![\p{L}\p{N}_])/uy,
	/(?<![\p{L}\p{N}_])\+[2-9]\d{0,2}(?:[ .()-]{0,2}\d{1,4}){2,5}(?![\p{L}\p{N}_])/uy
];
/** Under a header of telephones: any ten figures of North America, and seven without their area. */
export const isPhoneLike = (text: string): boolean => {
	const match =
		/^\D{0,12}?([\d(+][\d\s().+/oOlI-]{5,22}[\doOlI])(?:\s{0,2},?\s{0,2}(?:#|x|ext|p|poste)\D{0,3}\d{1,6}|\D{0,14})$/i.exec(
			text.trim()
		);
	const digits = figures(match?.[1] ?? '')
		.replace(/\D/g, '')
		.replace(/^1(?=\d{10}$)/, '');
	return /^(?:[2-9]\d{2})?[2-9]\d{6}$/.test(digits) && !/^(\d)\1*$/.test(digits);
};

function phones(text: string, starts: readonly number[], spans: Span[]): void {
	let free = 0;
	for (const at of starts) {
		if (at < free) continue;
		for (const [which, pattern] of PHONES.entries()) {
			pattern.lastIndex = at;
			const match = pattern.exec(text);
			if (!match) continue;
			const end = at + match[0].length;
			const grade =
				which === 0
					? gradeNorthAmerican(text, match)
					: which >= PHONES.length - 2
						? 'sure'
						: gradeSpread(match[0].replace(/\D/g, ''));
			if (!grade) continue;
			spans.push({ kind: 'phone', start: at, end, grade: owned(text, at, end, grade) });
			free = end;
			break;
		}
	}
}

const figures = (text: string): string => text.replace(/[Oo]/g, '0').replace(/[Il]/g, '1');

function gradeNorthAmerican(text: string, match: RegExpExecArray): Grade | null {
	const [, a = '', first = '', b = '', second = '', c = ''] = match;
	if (!/\d{2}/.test(a + b + c)) return null;
	const area = figures(a);
	const number = area + figures(b) + figures(c);
	if (!/^[2-9]\d{2}[2-9]\d{6}$/.test(number) || area.endsWith('11')) return null;
	if (/^(\d)\1*$/.test(number)) return null;
	if (TOLL_FREE.has(area)) return 'public';
	const apart = first !== '' && second !== '';
	const written =
		apart || ((first !== '' || second !== '' || /^[+(]/.test(match[0])) && CANADA.has(area));
	if (written)
		return NUMBER_BEFORE.test(around(text, match.index)) && !CANADA.has(area) ? 'weak' : 'sure';
	if (!CANADA.has(area)) return null;
	if (NUMBER_BEFORE.test(around(text, match.index))) return null;
	// Ten figures alone in their cell may number anything: their column tells. In a sentence, a local area code does.
	return match[0].length >= text.trim().length - 1 ? 'weak' : 'sure';
}

function gradeSpread(digits: string): Grade | null {
	if (/^0[1-9]\d{8}$/.test(digits)) return 'sure';
	return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits) && CANADA.has(digits.slice(0, 3)) ? 'sure' : null;
}

// ---------------------------------------------------------------- postal code

const POSTAL =
	/(?<![A-Za-z0-9_])([ABCEGHJ-NPRSTVXY])[ ._/-]?([0-9OoIl])[ ._/-]?([ABCEGHJ-NPRSTV-Z])[ ._/,-]{0,5}([0-9OoIl])[ ._/-]?([ABCEGHJ-NPRSTV-Z])[ ._/-]?([0-9OoIl])(?![A-Za-z0-9_])/gi;
/** Together, in two parts, or sign by sign; seats and sections may be written in the other ways. */
const PLAIN_POSTAL =
	/^(?:\w{3}[ ._/-]{0,5}\w{3}|\w[ ._/-]\w[ ._/-]\w[ ._/-]{1,3}\w[ ._/-]\w[ ._/-]\w)$/;

function postalCodes(text: string, spans: Span[]): void {
	{
		const pattern = POSTAL;
		pattern.lastIndex = 0;
		for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
			const written = `${match[2] ?? ''}${match[4] ?? ''}${match[6] ?? ''}`;
			// A letter in the place of each figure is a word.
			const typed = written.replace(/\D/g, '').length;
			if (typed === 0) continue;
			const start = match.index;
			const end = start + match[0].length;
			// The dashes of an identifier go on: `AB-J9A-764`.
			if (
				(/[A-Za-z0-9]-$/.test(text.slice(Math.max(0, start - 2), start)) &&
					!/(?<![A-Za-z0-9])(?:CA|QC|ON|NB)-$/i.test(text.slice(Math.max(0, start - 4), start))) ||
				/^-[A-Za-z0-9]/.test(text.slice(end))
			)
				continue;
			spans.push({
				kind: 'postal_code',
				start,
				end,
				grade:
					// One figure only, and it may be a word: a column of the others tells.
					!PLAIN_POSTAL.test(match[0]) || typed < 2
						? 'weak'
						: NUMBER_BEFORE.test(around(text, start)) &&
							  !/code {0,2}[:.=]? {0,2}$/iu.test(around(text, start))
							? 'weak'
							: owned(text, start, end, 'sure')
			});
		}
	}
}

/** `h2x - 1y4` → `H2X`; the three first signs, whatever the way of writing. */
export const areaOf = (code: string): string => {
	const signs = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
	return `${signs.charAt(0)}${figures(signs.charAt(1)).replace('L', '1')}${signs.charAt(2)}`;
};

/**
 * @param features what `featuresOf` says of the text
 * @param starts what `figureStarts` says of it, if it has figures
 */
export function scanContacts(
	text: string,
	features: number,
	starts: readonly number[],
	spans: Span[]
): void {
	if (features & FEATURE.at) emails(text, spans);
	if (features & FEATURE.ten) phones(text, starts, spans);
	if (features & FEATURE.postal) postalCodes(text, spans);
	if (features & FEATURE.digit && features & FEATURE.letter) scanAddresses(text, starts, spans);
}

/** Six signs by turns as a postal code's, of which a letter is none of those: a shelf, a lot or a room. */
export const isOtherCode = (text: string): boolean =>
	/^ ?[A-Z]\d[A-Z][ ._-]?\d[A-Z]\d ?$/i.test(text) &&
	(/[DFIOQU]/i.test(text) || /^ ?[WZ]/i.test(text));
