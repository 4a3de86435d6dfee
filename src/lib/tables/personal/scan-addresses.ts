/**
 * Civic addresses in a plain text, with a street's word or without. Every repetition in these patterns is bounded, so
 * that a hostile text is read in a time that grows with its length.
 */
import { around, owned } from './near-words.ts';
import { folded } from './plain-text.ts';
import type { Span } from './span.ts';
import { figureStarts } from './text-features.ts';

/** Alternatives in small letters, with a capital, in capitals: the `i` flag would make every letter a capital too. */
const cased = (list: string): string =>
	list
		.split('|')
		.flatMap((word) => [
			word,
			word.replace(/^\p{L}/u, (letter) => letter.toUpperCase()),
			word.toUpperCase()
		])
		.map((word) => word.replace(/ /g, ' {1,2}').replace(/\./g, '\\.?'))
		.join('|');
const FRENCH_LIST =
	'rue|avenue|av.|ave.|boulevard|boul.|blvd.|bd.|chemin|ch.|chem.|rang|rg|route|rte.|place|pl.|côte|cote|montée|montee|terrasse|tsse|croissant|crois.|allée|allee|impasse|ruelle|promenade|prom.|cours|carré|carre|sentier|quai|esplanade|passage|voie|square|domaine|grande allée|grande-allée|chaussée|autoroute|faubourg|parc|imp.|mtée|mtee|rle|all.|carrefour|desserte|rond-point|cul-de-sac';
const FRENCH_STREET = cased(FRENCH_LIST);
const ENGLISH_LIST =
	'street|st.|avenue|ave.|av.|road|rd.|drive|dr.|lane|ln.|crescent|cres.|court|crt.|ct.|boulevard|blvd.|highway|hwy.|terrace|terr.|way|circle|cir.|place|pl.|parkway|pkwy.|trail|row|close|gardens|heights|square|sq.|concession|side road|sideroad|loop|hill|walk|mews|gate|grove|path|ridge';
const ENGLISH_STREET = cased(ENGLISH_LIST);
const START = String.raw`(?<![\p{L}\p{N}_.$-]|\p{N}[ /,])`;
const CIVIC = String.raw`${START}(?:\d{1,4} {0,2}- {0,2})?\d{1,6}(?: ?-?[A-Fa-f](?![\p{L}'.-])| (?:bis|ter)| ?1[\/⁄]2)?`;
const UNIT = String.raw`(?:,? {0,2}(?:#|${cased('app.|appt.|apt.|appartement|suite|unité|unite|unit|porte')}) {0,2}#? {0,2}[\p{L}\p{N}-]{1,6}(?![\p{L}\p{N}]))?`;
const NAME = String.raw`[\p{L}\p{N}][\p{L}\p{N}'.-]{0,29}`;
const CAPITAL_NAME = String.raw`\p{Lu}[\p{L}'.-]{0,29}`;
const OF = String.raw`(?:(?:[Dd]e [Ll]a|[Dd]es|[Dd]u|[Dd]e|[Ll]a|[Ll]es?|DES|DU|DE LA|DE|LA|LE|LES) {1,2}|[DdLl]'|[Dd]e [Ll]')?`;
const SIDE = String.raw`(?:,? {1,2}(?:${cased('est|ouest|nord|sud|east|west|north|south|e.|o.|w.|n.|s.')})(?![\p{L}\p{N}]))?`;
const ADDRESSES: readonly RegExp[] = [
	// 123, rue des Érables Est, app. 4
	new RegExp(
		String.raw`${CIVIC}(?:, {0,2}| {1,2})(?:${FRENCH_STREET}) {1,2}${OF}${NAME}(?: {1,2}${OF}${CAPITAL_NAME}){0,3}${SIDE}${UNIT}`,
		'yu'
	),
	// 7184 5e Avenue
	new RegExp(
		String.raw`${CIVIC}(?:, {0,2}| {1,2})\d{1,3}(?: ?(?:${cased('re|er|ère|ere|ème|eme|ième|e|st|nd|rd|th')})) {1,2}(?:${cased('rue|avenue|av.|ave.|rang|boulevard|boul.|street|st.|concession|line|road')})(?!\p{L})${SIDE}${UNIT}`,
		'yu'
	),
	// 22 Highway 148
	new RegExp(
		String.raw`${CIVIC},? {1,2}(?:${cased('highway|hwy.|county road|concession|sideroad')}) {1,2}\d{1,4}(?![\p{L}\p{N}])`,
		'yu'
	),
	// 12 Main Street
	new RegExp(
		String.raw`${CIVIC},? {1,2}(?:${CAPITAL_NAME} {1,2}){1,4}(?:${ENGLISH_STREET})(?![\p{L}\p{N}])${SIDE}${UNIT}`,
		'yu'
	),
	new RegExp(
		String.raw`${CIVIC},? {1,2}(?:\p{L}[\p{L}'.-]{0,29} {1,2}){1,3}(?:street|avenue|road|drive|lane|crescent|boulevard|blvd|highway|rd|ave|cres)(?![\p{L}\p{N}])${SIDE}${UNIT}`,
		'yu'
	)
];
const BOX =
	/(?<!\p{L})(?:(?:c\.? ?p\.?|case postale|p\.? ?o\.? box|bo[iî]te postale|b\.p\.) {0,2}#?|r\. ?r\. {0,2}#?|rr {0,2}#|rr ?(?=\d{1,2}(?!\p{N}))|rural route|route rurale|fire (?:no\.?|number|#)) {0,2}\d{1,6}(?!\p{N})(?:,? {1,2}(?:succ|stn|station|succursale)\.? {1,2}[\p{L}-]{1,20}| {1,2}(?:site|comp|box) {1,2}\d{1,4}){0,2}/giu;
/** Words of streets, as people and programs write them: with and without accents, full stops, capitals. */
const STREET_WORDS: ReadonlySet<string> = new Set(
	`${FRENCH_LIST}|${ENGLISH_LIST}`.split('|').flatMap((words) => {
		const word = words.split(' ').at(-1)?.replace('.', '') ?? '';
		return [word, folded(word)].flatMap((one) => [
			one,
			one.charAt(0).toUpperCase() + one.slice(1),
			one.toUpperCase()
		]);
	})
);
const STREET_LETTERS = new Uint8Array(128);
for (const word of STREET_WORDS)
	if (word.charCodeAt(0) < 128) STREET_LETTERS[word.charCodeAt(0)] = 1;

/** Whether a street's word is among the next ones: most figures number something else. */
function streetAhead(text: string, at: number): boolean {
	let i = at;
	for (let words = 0; words < 6 && i < text.length; words++) {
		let end = i;
		let code = text.charCodeAt(end);
		while (code > 0x2f || code === 0x27 || code === 0x2d || code === 0x2e) {
			if (++end >= text.length || end - i > 31) break;
			code = text.charCodeAt(end);
		}
		if (end === i) return false;
		const length = end - i;
		if (words > 0 && length <= 11 && STREET_LETTERS[text.charCodeAt(i) & 127] === 1) {
			const dotted = text.charCodeAt(end - 1) === 0x2e;
			if (STREET_WORDS.has(text.slice(i, dotted ? end - 1 : end))) return true;
		}
		i = end;
		while (
			i < text.length &&
			i - end < 3 &&
			(text.charCodeAt(i) === 0x20 || text.charCodeAt(i) === 0x2c)
		)
			i++;
		if (i === end) return false;
	}
	return false;
}

/** `place`, `cours`, `route`… after a figure count things unless a name follows. */
const COUNTED =
	/^\d{1,6} {1,2}(?:places?|cours|passages?|routes?|c[ôo]t[ée]s?|voies?|all[ée]es?|domaines?|rangs?|square|parcs?|ch|pl|av) /iu;

/** What a figure counts, or the date that it begins, where a street could stand. */
const COUNTS =
	/^(?:ans?|ann[ée]es?|years?|billets?|tickets?|places?|si[èe]ges?|seats?|adultes?|adults?|enfants?|child(?:ren)?|kids?|[ée]tudiants?|students?|a[îi]n[ée]s?|seniors?|personnes?|people|persons?|pers|min(?:utes?)?|sec|heures?|hours?|hrs?|h|km|kg|cm|mm|m|ml|jours?|days?|semaines?|weeks?|mois|months?|fois|times|am|pm|a\.m\.?|p\.m\.?|x|et|and|ou|or|[àa]|to|sur|of|cad|usd|eur|lots?|pages?|copies|copy|exemplaires?|unit[ée]s?|units?|votes?|points?|pts|chaises?|chairs?|tables?|spectacles?|shows?|films?|concerts?|repr[ée]sentations?|pi[èe]ces?|items?|articles?|vip|premium|bi[èe]res?|verres?|repas|boîtes?|boxes|cartes?|cards?|abonnements?|forfaits?|s[ée]ances?|sessions?|cours|classes?|groupes?|groups?|membres?|members?|janv\p{L}*|f[ée]v\p{L}*|mar[cs]\p{L}*|avr\p{L}*|mai|juin|juil\p{L}*|ao[ûu]t|sep\p{L}*|oct\p{L}*|nov\p{L}*|d[ée]c\p{L}*|jan\p{L}*|feb\p{L}*|apr\p{L}*|may|june?|july?|aug\p{L}*|i{1,3}|iv|vi{0,3}|ix|xi{0,2}|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|%)$/iu;
const LOOSE_CIVIC = String.raw`(?:\d{1,4} {0,2}- {0,2})?\d{1,6}(?: ?-? ?[A-Fa-f](?![\p{L}'.-])| (?:bis|ter)| ?1[\/⁄]2)?`;
const UNIT_WORD = String.raw`(?:app|appt|apt|appart|appartement|apartment|unit[ée]?|suite|bureau|porte|#)`;
const LOOSE_UNIT = String.raw`(?:,? {1,2}${UNIT_WORD}\.? {0,2}#? {0,2}[\p{L}\p{N}-]{1,6}(?![\p{L}\p{N}]))`;
const LOOSE_SIDE = String.raw`(?:,? {1,2}(?:est|ouest|nord|sud|east|west|north|south|[eownsEOWNS])(?![\p{L}\p{N}'-])\.?)`;
const LOOSE_OF = String.raw`(?:(?:de la|des|du|de|la|le|les|the|old|saint|st|ste) {1,2}|[dl]')?`;
/** All of a cell: its column has to speak for it. */
const LOOSE_CELL = new RegExp(
	String.raw`^ ?(?:${UNIT_WORD}\.? {0,2}#? {0,2}[\p{L}\p{N}]{1,5}(?: ?- ?|, {0,2}| {1,2}))?(?:#? ?)${LOOSE_CIVIC}(?:, {0,2}| {1,2})(${LOOSE_OF}\p{L}[\p{L}'.-]{1,29})(?: {1,2}\p{L}[\p{L}'.-]{0,29}){0,3}${LOOSE_SIDE}?${LOOSE_UNIT}?(?:,? {0,2}\(?\p{L}[\p{L}'. -]{1,30}\)?){0,2} ?$`,
	'iu'
);
/** A number and a street's name without its word, in a sentence: what stands before or after has to speak for it. */
const LOOSE = new RegExp(
	String.raw`${START}(${LOOSE_CIVIC})(?:, {0,2}| {1,2})(${LOOSE_OF}\p{L}[\p{L}'-]{1,29}(?: {1,2}\p{Lu}[\p{L}'-]{1,29}(?![\p{L}.]))??)(${LOOSE_SIDE})?(${LOOSE_UNIT})?(?![\p{L}\p{N}])`,
	'yu'
);
const LOOSE_SMALL = new RegExp(
	LOOSE.source.replace(String.raw`\p{Lu}[\p{L}'-]{1,29}(?!`, String.raw`\p{L}[\p{L}'-]{1,29}(?!`),
	'yiu'
);
/** Somebody lives there, or something is brought there. */
const LIVES_BEFORE =
	/(?<!\p{L})(?:habit\p{L}*|demeur\p{L}*|r[ée]sid\p{L}*|adr(?:esses?)?|address|livr\p{L}*|deliver\p{L}*|ramass\p{L}*|pick(?:ed|ing)?[ -]?up|chercher|domicil\p{L}*|d[ée]m[ée]nag\p{L}*|moved?|lives?|living|post(?:er|[ée]e?)|envoy\p{L}*|renvoy\p{L}*|exp[ée]di\p{L}*|mail(?:ed)?|ship(?:ped)?|send|sent|forward|factur\p{L}* [àa]|bill(?:ed)? to|chez|d[ée]croch\p{L}*|retrouv\p{L}*|rend(?:ez|re)|rdv|drop(?:ped)?(?: off)?|vit|vivant|staying|house|maison|rester?)\b[^.;!?\d]{0,30}$/iu;
const AT_BEFORE = /(?<!\p{L})(?:au|at) {1,2}$/iu;
/** `Ana Roy, 607 Bélanger` */
const NAMED_BEFORE = /\p{Lu}[\p{L}'-]{1,30} (?:\p{L}{1,3} ){0,2}\p{Lu}[\p{L}'-]{1,30}, {0,2}$/u;
const POSTAL_AFTER =
	/^,? {0,2}(?:\p{L}[\p{L} .'-]{1,30}?,? {0,2})?(?:\(?(?:qc|qu[ée]bec|on|ont|ontario|nb|n\.-b\.)\)?,? {0,2})?[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ ._-]{0,3}\d[ABCEGHJ-NPRSTV-Z]\d(?![\p{L}\p{N}])/iu;

function loose(text: string, at: number): RegExpExecArray | null {
	// Of a number, not of a code: and a word after it.
	const prior = at > 0 ? text.charCodeAt(at - 1) : 0x20;
	if (prior !== 0x20 && prior !== 0x28 && prior !== 0x3a && prior !== 0x2c && prior !== 0x22)
		return null;
	let i = at;
	for (; i < text.length && i - at < 14; i++) {
		const code = text.charCodeAt(i);
		if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) break;
		if (code >= 0xc0) break;
	}
	if (i === at || i >= text.length || i - at >= 14) return null;
	const before = around(text, at);
	const lives = LIVES_BEFORE.test(before);
	const ahead = text.slice(at, at + 90);
	const pattern = lives || SIDE_WORD.test(ahead) || POSTAL_SOON.test(ahead) ? LOOSE_SMALL : LOOSE;
	pattern.lastIndex = at;
	const match = pattern.exec(text);
	if (!match) return null;
	const [all, civic = '', name = '', side = '', unit = ''] = match;
	const first = name.split(/[ ,]/)[0] ?? '';
	if (COUNTS.test(first) || name.length < 3) return null;
	if (lives) return match;
	const capital = /^(?:(?:de la|des|du|de|la|le|les) |[dl]')?\p{Lu}/u.test(name);
	const after = text.slice(at + all.length, at + all.length + 60);
	if (POSTAL_AFTER.test(after)) return match;
	const digits = civic.replace(/\D/g, '');
	const isYear = /^(?:1[89]|20)\d\d$/.test(digits);
	if (isYear || digits.length < 2) return null;
	if (unit || (side.trim().length > 3 && (capital || digits.length > 2))) return match;
	if (!capital) return null;
	if (/^(?:st|ste|saint|sainte)-/i.test(name) && digits.length > 2) return match;
	if (AT_BEFORE.test(before) && digits.length > 2) return match;
	return NAMED_BEFORE.test(before) ? match : null;
}
const SIDE_WORD = / (?:est|ouest|nord|sud|east|west|north|south)\b/i;
const POSTAL_SOON = /[a-z]\d[a-z][ -]?\d[a-z]\d/i;

/** Civic addresses, boxes and rural routes. @param starts what `figureStarts` says of the text */
export function scanAddresses(text: string, starts: readonly number[], spans: Span[]): void {
	const known = spans.length;
	let free = 0;
	for (const at of starts) {
		if (at < free) continue;
		const end = streetAhead(text, at) ? streetEnd(text, at) : -1;
		if (end >= 0) {
			spans.push({ kind: 'address', start: at, end, grade: owned(text, at, end, 'sure') });
			free = end;
			continue;
		}
		const match = loose(text, at);
		if (!match) continue;
		free = at + match[0].length;
		spans.push({ kind: 'address', start: at, end: free, grade: owned(text, at, free, 'sure') });
	}
	BOX.lastIndex = 0;
	for (let match = BOX.exec(text); match; match = BOX.exec(text)) {
		const end = match.index + match[0].length;
		spans.push({
			kind: 'address',
			start: match.index,
			end,
			grade: owned(text, match.index, end, 'sure')
		});
	}
	if (spans.length > known || text.length > 70 || (starts[0] ?? 99) > 16) return;
	const cell = LOOSE_CELL.exec(text);
	if (cell && !COUNTS.test((cell[1] ?? '').split(' ')[0] ?? ''))
		spans.push({ kind: 'address', start: 0, end: text.length, grade: 'weak' });
}

/** Where the address that begins at `at` ends; -1 where there is none. */
function streetEnd(text: string, at: number): number {
	for (const pattern of ADDRESSES) {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (!match) continue;
		if (
			COUNTED.test(match[0]) &&
			!/ (?:(?:de la|de l'|de|des|du|d'|la|le|l') ?)?\p{Lu}/u.test(match[0])
		)
			continue;
		return at + match[0].length;
	}
	return -1;
}

/** Under a header or a field of addresses: with a street's word or without. */
export function looksLikeAddress(text: string): boolean {
	const cell = LOOSE_CELL.exec(text);
	if (cell && !COUNTS.test((cell[1] ?? '').split(' ')[0] ?? '')) return true;
	const spans: Span[] = [];
	scanAddresses(text, figureStarts(text), spans);
	return spans.length > 0;
}
