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
		.replace(/^(?:nee? )?(?:le )?(?=\d|premier )/, '')
		.replace(/^premier /, '1 ');
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
		const day = dayOf(Number(plain.slice(0, 4)), Number(plain.slice(4, 6)), Number(plain.slice(6)));
		return Number.isNaN(day)
			? dayOf(Number(plain.slice(4)), Number(plain.slice(2, 4)), Number(plain.slice(0, 2)))
			: day;
	}
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
	String.raw`(?<!\p{L})(?:n[ée]{1,2}(?:\(?e?\)?)(?: {1,2}[àa] {1,2}\p{Lu}[\p{L}' -]{1,30}?,?)?(?: {1,2}le| {1,2}:| {1,2}(?=\d))|\(n\. ?|ddn|d\.d\.n\.?|dob|d\.o\.b\.?|date {1,2}(?:de {1,2}naissance|of birth)|naissance|naiss\.?|born|birth ?da(?:te|y)|b-?day|anniversaire)(?: {1,2}(?:le|on|est le|est|is))?[ :=,-]{0,4}(${DATE})(?!\p{N})`,
	'giu'
);

const BORN_WORD =
	/n[eé]e? |n[eé]\(|n[eé]e?:|ddn|d\.d\.n|dob|d\.o\.b|naiss|\(n\.|born|birth|b-?day|anniv/i;

/** Dates that a sentence says are of birth. */
export function scanBirthDates(text: string, spans: Span[]): void {
	if (!BORN_WORD.test(text)) return;
	BORN.lastIndex = 0;
	for (let match = BORN.exec(text); match; match = BORN.exec(text)) {
		const end = match.index + match[0].length;
		spans.push({ kind: 'birth_date', start: end - (match[1] ?? '').length, end, grade: 'sure' });
	}
}
