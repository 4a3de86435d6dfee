/** What a steward says of a dataset besides its title and description, checked. Nothing of it is required. */
import { InvalidError } from '../errors.ts';
import type { Lang } from '../notebook/notebook.ts';
import { cleanEmail, optionalLine, visibleText } from '../people/profile.ts';
import { REGION_CODES, type RegionCode } from '../workshop/vocabulary.ts';
import { cleanDate, isReversed } from './partial-date.ts';

export interface DatasetAbout {
	/** Of the title, the description and, as a rule, the data. */
	readonly lang: Lang;
	/** In the other language; '' for none. */
	readonly titleOther: string;
	readonly descriptionOther: string;
	/** As typed, each once whatever its case. */
	readonly keywords: readonly string[];
	/** Regions of Québec that it covers, in the order of their codes. */
	readonly regions: readonly RegionCode[];
	/** What it covers in words: a city, a hall, « tout le Québec ». */
	readonly place: string;
	/** First and last date that it covers, as `partial-date` writes them. */
	readonly from: string | null;
	readonly to: string | null;
	/** Where it was taken from: in words, and an address (http or https). */
	readonly source: string;
	readonly sourceUrl: string;
	/** The contact person of its organisation, by name or by role, and their address where it is given. */
	readonly stewardName: string;
	readonly stewardEmail: string;
}

export const NOTHING_SAID: DatasetAbout = {
	lang: 'fr',
	titleOther: '',
	descriptionOther: '',
	keywords: [],
	regions: [],
	place: '',
	from: null,
	to: null,
	source: '',
	sourceUrl: '',
	stewardName: '',
	stewardEmail: ''
};

/** A dataset's title and description as they are said in a language: in its own where they are not said in the other. */
export function wordsIn(
	dataset: { readonly title: string; readonly description: string },
	about: Pick<DatasetAbout, 'lang' | 'titleOther' | 'descriptionOther'>,
	lang: Lang
): { title: string; description: string } {
	const other = about.lang !== lang;
	return {
		title: (other && about.titleOther) || dataset.title,
		description: (other && about.descriptionOther) || dataset.description
	};
}

export const ABOUT_LIMITS = {
	title: 200,
	description: 5_000,
	keywords: 30,
	keyword: 60,
	place: 200,
	source: 500,
	url: 2_000,
	steward: 120
} as const;

/** As a form or a script names them. */
export type AboutField = keyof DatasetAbout;

/**
 * What was said before, with what is sent now; a field that is not sent stays.
 * @param sent texts; `keywords` and `regions`: a list, or one text (keywords apart by commas, semicolons or lines)
 * @throws InvalidError naming the field to mend: `too_long`, `too_many_keywords`, `region_unknown`, `date_invalid`,
 * `period_reversed`, `url_invalid`, `email_invalid`, `unknown_choice`
 */
export function cleanAbout(
	sent: Readonly<Partial<Record<AboutField, unknown>>>,
	before: DatasetAbout = NOTHING_SAID
): DatasetAbout {
	const clean = <F extends AboutField>(
		field: F,
		read: (value: unknown) => DatasetAbout[F]
	): DatasetAbout[F] => (sent[field] === undefined ? before[field] : read(sent[field]));
	const line = (field: AboutField, max: number) => (value: unknown) =>
		optionalLine(textOf(value), field, max) ?? '';
	const about: DatasetAbout = {
		lang: clean('lang', langOf),
		titleOther: clean('titleOther', line('titleOther', ABOUT_LIMITS.title)),
		descriptionOther: clean('descriptionOther', (value) => {
			const text = visibleText(textOf(value));
			if (text.length > ABOUT_LIMITS.description)
				throw new InvalidError('too_long', { max: ABOUT_LIMITS.description }, 'descriptionOther');
			return text;
		}),
		keywords: clean('keywords', keywordsOf),
		regions: clean('regions', regionsOf),
		place: clean('place', line('place', ABOUT_LIMITS.place)),
		from: clean('from', (value) => cleanDate(value, 'from')),
		to: clean('to', (value) => cleanDate(value, 'to')),
		source: clean('source', line('source', ABOUT_LIMITS.source)),
		sourceUrl: clean('sourceUrl', urlOf),
		stewardName: clean('stewardName', line('stewardName', ABOUT_LIMITS.steward)),
		stewardEmail: clean('stewardEmail', emailOf)
	};
	if (about.from !== null && about.to !== null && isReversed(about.from, about.to))
		throw new InvalidError('period_reversed', {}, 'to');
	return about;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function langOf(value: unknown): Lang {
	if (value === 'fr' || value === 'en') return value;
	throw new InvalidError('unknown_choice', {}, 'lang');
}

function keywordsOf(value: unknown): string[] {
	// Bounded before it is taken apart.
	const typed = Array.isArray(value)
		? value.slice(0, ABOUT_LIMITS.keywords + 1).map(textOf)
		: textOf(value)
				.slice(0, 10_000)
				.split(/[,;\r\n]+/);
	const words = new Map<string, string>();
	for (const text of typed) {
		const word = optionalLine(text, 'keywords', ABOUT_LIMITS.keyword);
		if (word !== null && !words.has(word.toLowerCase())) words.set(word.toLowerCase(), word);
	}
	if (words.size > ABOUT_LIMITS.keywords)
		throw new InvalidError('too_many_keywords', { max: ABOUT_LIMITS.keywords }, 'keywords');
	return [...words.values()];
}

/** An empty text among them says that a form had the field: it may be all that is left of it. */
function regionsOf(value: unknown): RegionCode[] {
	const sent = (Array.isArray(value) ? value : [value]).filter((code) => code !== '');
	if (!sent.every((code) => (REGION_CODES as readonly unknown[]).includes(code)))
		throw new InvalidError('region_unknown', {}, 'regions');
	return REGION_CODES.filter((code) => sent.includes(code));
}

function urlOf(value: unknown): string {
	const text = textOf(value).trim();
	if (text === '') return '';
	if (text.length > ABOUT_LIMITS.url)
		throw new InvalidError('too_long', { max: ABOUT_LIMITS.url }, 'sourceUrl');
	// Never an address that acts when it is followed, nor one that carries a password.
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
		throw new InvalidError('url_invalid', {}, 'sourceUrl');
	return url.href;
}

function emailOf(value: unknown): string {
	const text = textOf(value).trim();
	if (text === '') return '';
	try {
		return cleanEmail(text);
	} catch (error) {
		if (error instanceof InvalidError) throw new InvalidError(error.code, {}, 'stewardEmail');
		throw error;
	}
}
