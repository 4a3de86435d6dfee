/** Birth dates, in the ways people and programs write them, and the age they make. */
import { folded } from './plain-text.ts';
import type { Span } from './span.ts';

const MS_PER_DAY = 86_400_000;
const MONTHS: readonly (readonly [RegExp, number])[] = [
	[/^jan/, 1],
	[/^(?:fev|feb)/, 2],
	[/^mar/, 3],
	[/^(?:avr|apr)/, 4],
	[/^(?:mai|may)/, 5],
	[/^(?:juin|jun)/, 6],
	[/^(?:juil|jul)/, 7],
	[/^(?:aou|aug)/, 8],
	[/^sep/, 9],
	[/^oct/, 10],
	[/^nov/, 11],
	[/^dec/, 12]
];
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** Days since 1970-01-01 of a date that exists; NaN otherwise. */
function dayOf(year: number, month: number, day: number): number {
	const time = Date.UTC(year, month - 1, day);
	const date = new Date(time);
	return year >= 1880 &&
		year <= 2100 &&
		date.getUTCMonth() === month - 1 &&
		date.getUTCDate() === day
		? time / MS_PER_DAY
		: NaN;
}

/** Two figures of a year: the century that makes somebody born, and not yet a hundred. */
const fullYear = (text: string, today: number): number => {
	const year = Number(text);
	if (text.length !== 2) return year;
	const now = new Date(today * MS_PER_DAY).getUTCFullYear();
	return year + 2000 <= now ? year + 2000 : year + 1900;
};

const TIME = String.raw`(?:[T ,]{1,2}\d{1,2}[:h ]{1,3}\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:[Zz]|[+-]\d{2}:?\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)?`;
/** What people write before a date of birth, and after it: its label, the age that it makes. */
const LABEL =
	/^(?:(?:date (?:de )?)?nais(?:s(?:ance)?)?\.?|ddn|d\.d\.n\.|dob|birth ?da(?:te|y)|nee?s?(?:[-.·( ]{1,2}e?s?\)?)?|born)(?: (?:le|on))? ?[:=]? ?(?=\d|premier |[a-z]{3,9} \d)/;
const AGE = / ?[,;(-]{0,2} ?\d{1,3} ?(?:ans?|years?(?: old)?|yrs?|y\/?o|mois)\)?$| ?\(\d{1,3}\)$/;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/. ](\d{1,2})[-/. ]'?(\d{4}|\d{2})${TIME}$`);
const IN_WORDS =
	/^(?:[a-z]{3,9}\.?,? )?(\d{1,2})(?:er|st|nd|rd|th|e)?[-/. ]{1,2}(?:de |of )?([a-z]{1,9})\.?[-/., ]{1,2}'?(\d{4}|\d{2})$/;
const YEAR_WORD = /^(\d{4})[-/. ]{1,2}([a-z]{1,9})\.?[-/., ]{1,2}(\d{1,2})$/;
const MONTH_FIRST =
	/^([a-z]{3,9})\.?[-/. ]{1,2}(\d{1,2})(?:er|st|nd|rd|th|e)?[-/., ]{1,2}'?(\d{4}|\d{2})$/;

const monthOf = (word: string): number =>
	MONTHS.find(([start]) => start.test(word))?.[1] ?? ROMAN.indexOf(word) + 1;

/**
 * Days since 1970-01-01; NaN where the text is no date.
 * @param serials whether five figures are a spreadsheet's days since 1899-12-30, and six a date: only a header tells
 */
export function parseBirthDate(text: string, today: number, serials: boolean): number {
	if (text.length > 40) return NaN;
	const plain = folded(text)
		.trim()
		.replace(/\s+/g, ' ')
		.replace(LABEL, '')
		.replace(/^le (?=\d|premier )/, '')
		.replace(/^premier /, '1 ')
		.replace(AGE, '')
		.replace(/(?<=\w) ?([-/]) ?(?=\w)|(?<=\d) ?(\.) ?(?=\d)/g, '$1$2');
	let match = YEAR_FIRST.exec(plain.replace('t', 'T'));
	if (match) return dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
	match = YEAR_LAST.exec(plain.replace('t', 'T'));
	if (match) {
		const year = fullYear(match[3] ?? '', today);
		const day = dayOf(year, Number(match[2]), Number(match[1]));
		if (!Number.isNaN(day)) return day;
		const other = dayOf(year, Number(match[1]), Number(match[2]));
		// The year first, in two figures: no month has that many days.
		return Number.isNaN(other) && Number(match[1]) > 31
			? dayOf(fullYear(match[1] ?? '', today), Number(match[2]), Number(match[3]))
			: other;
	}
	match = IN_WORDS.exec(plain);
	if (match)
		return dayOf(fullYear(match[3] ?? '', today), monthOf(match[2] ?? ''), Number(match[1]));
	match = MONTH_FIRST.exec(plain);
	if (match)
		return dayOf(fullYear(match[3] ?? '', today), monthOf(match[1] ?? ''), Number(match[2]));
	match = YEAR_WORD.exec(plain);
	if (match) return dayOf(Number(match[1]), monthOf(match[2] ?? ''), Number(match[3]));
	// As airlines and old systems write it: 14MAR65.
	match = /^(\d{1,2})([a-z]{3,9})(\d{4}|\d{2})$/.exec(plain);
	if (match)
		return dayOf(fullYear(match[3] ?? '', today), monthOf(match[2] ?? ''), Number(match[1]));
	// A stamp of eight figures and a time.
	if (/^\d{14}$/.test(plain)) return parseBirthDate(plain.slice(0, 8), today, serials);
	if (/^\d{8}$/.test(plain)) {
		const [a, b, c] = [plain.slice(0, 2), plain.slice(2, 4), plain.slice(4)].map(Number);
		const day = dayOf(Number(plain.slice(0, 4)), Number(plain.slice(4, 6)), Number(plain.slice(6)));
		const last = dayOf(c ?? 0, b ?? 0, a ?? 0);
		return !Number.isNaN(day) ? day : !Number.isNaN(last) ? last : dayOf(c ?? 0, a ?? 0, b ?? 0);
	}
	// Eight figures that lost the zero at their beginning: `3051990`.
	if (serials && /^\d{7}$/.test(plain)) return parseBirthDate(`0${plain}`, today, serials);
	if (serials && /^\d{6}$/.test(plain)) {
		const day = dayOf(
			fullYear(plain.slice(0, 2), today),
			Number(plain.slice(2, 4)),
			Number(plain.slice(4))
		);
		return Number.isNaN(day)
			? dayOf(fullYear(plain.slice(4), today), Number(plain.slice(2, 4)), Number(plain.slice(0, 2)))
			: day;
	}
	// 1899-12-30 is 25 569 days before 1970.
	if (serials && /^\d{4,5}(?:[.,]\d{1,10})?$/.test(plain)) {
		const serial = parseInt(plain, 10);
		// Below, four figures are a year.
		return serial > 2200 ? serial - 25_569 : NaN;
	}
	return NaN;
}

/** Whole years between two days; NaN if either is. */
export function ageAt(born: number, at: number): number {
	if (Number.isNaN(born) || Number.isNaN(at)) return NaN;
	const a = new Date(born * MS_PER_DAY);
	const b = new Date(at * MS_PER_DAY);
	const before =
		b.getUTCMonth() < a.getUTCMonth() ||
		(b.getUTCMonth() === a.getUTCMonth() && b.getUTCDate() < a.getUTCDate());
	return b.getUTCFullYear() - a.getUTCFullYear() - (before ? 1 : 0);
}

/** First age of each band; those of children are the publics that the sector counts. */
const BANDS = [0, 4, 8, 13, 17, 25, 35, 45, 55, 65, 75];

/** `25–34`, `75+`; null for an age that nobody has. */
export function ageBand(age: number): string | null {
	if (!(age >= 0 && age <= 125)) return null;
	const index = BANDS.findLastIndex((first) => age >= first);
	const next = BANDS[index + 1];
	return next === undefined
		? `${String(BANDS[index])}+`
		: `${String(BANDS[index])}–${String(next - 1)}`;
}

const DATE = String.raw`(?:\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[IVX]{1,4})[-/. ]\d{2,4}|\d{1,2}(?:er|st|nd|rd|th)? {1,2}(?:de |of )?\p{L}{3,9}\.?,? {1,2}\d{4}|\p{L}{3,9}\.? {1,2}\d{1,2}(?:st|nd|rd|th)?,? {1,2}\d{4}|\d{1,2}\p{L}{3}\d{2,4}|\d{2}-\d{2}-\d{2}|\d{8}|\d{6})`;
const BORN = new RegExp(
	String.raw`(?<!\p{L})(?:n[ée]{1,2}(?:[(·.-]?e?\)?)s?(?:[·.-]s)?(?: {1,2}(?:[àa]|in) {1,2}\p{Lu}[\p{L}' -]{1,30}?,?)?(?: {1,2}(?:le|un)| {1,2}:| {1,2}(?=\d))|\(n\. ?|ddn|d\.d\.n\.?|dob|d\.o\.b\.?|date {1,2}(?:de {1,2}naissance|of birth)|naissance|naiss?\.?|born(?: {1,2}in {1,2}\p{Lu}[\p{L}' -]{1,30}?,?)?|(?:sa|ma) {1,2}f[êe]te|birth ?da(?:te|y)|b-?day|anniversaire)(?: {1,2}(?:le|on|est le|est|is))?(?: {1,2}(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?))?[ :=,-]{0,4}(${DATE})(?!\p{N})`,
	'giu'
);

const BORN_WORD =
	/n[eé]e?s? |n[eé][(·.-]|n[eé]e?:|ddn|d\.d\.n|dob|d\.o\.b|nais|f[êe]te|\(n\.|born|birth|b-?day|anniv/i;

/** A sentence that began with an organisation or a work, up to its birth. */
const FOUNDED =
	/(?:^|[.!?;:] ?)(?:(?:[Ll]a|[Ll]e|[Nn]otre|[Uu]ne?|[Tt]he|[Oo]ur) |[Ll]['’])?(?:[Cc]ompagnie|[Cc]ompany|[Tt]roupe|[Tt]h[ée][âa]tre|[Ff]estival|[Oo]rchestre|[Oo]rganisme|[Ss]oci[ée]t[ée]|[Mm]aison|[Mm]us[ée]e|[Pp]rojet|[Ss]pectacle|[Rr]evue|[Aa]ssociation|[Bb]and|[Cc]ollectif)(?: (?:\p{Lu}|d[eu'’]|la |les |est |was |a [ée]t[ée] )[\p{L}'’-]{0,20}){0,5},? {0,2}$/u;

/** Dates that a sentence says are of birth. */
export function scanBirthDates(text: string, spans: Span[]): void {
	if (!BORN_WORD.test(text)) return;
	BORN.lastIndex = 0;
	for (let match = BORN.exec(text); match; match = BORN.exec(text)) {
		const end = match.index + match[0].length;
		// A company is born, too.
		const before = text.slice(Math.max(0, match.index - 60), match.index);
		if (FOUNDED.test(match.index > 60 ? `-${before}` : before)) continue;
		spans.push({ kind: 'birth_date', start: end - (match[1] ?? '').length, end, grade: 'sure' });
	}
}
