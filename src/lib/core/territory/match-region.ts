/**
 * Which region of Québec a text names, however it is spelt: accents, case, dashes, articles, abbreviations, older and
 * English names, a code beside the name, a slip of one or two letters, letters broken by a wrong encoding.
 *
 * What was decided where usage is not of one mind:
 * - « Québec » alone is the province as often as the region: no answer. « Région de Québec » and « Québec (03) » are.
 * - « Quebec City », « Saguenay », « Gatineau » are municipalities: no answer. « Montréal » and « Laval » are both
 *   regions and municipalities: they answer.
 * - « Gaspésie » or « Îles-de-la-Madeleine » alone stand for the region that holds both.
 * - « Mauricie–Bois-Francs » was the name of region 04 until 1997: it answers 04, though a part of it is now 17.
 *   « Mauricie et Centre-du-Québec », of the health network, is two regions: no answer.
 * - « North Shore » alone is also that of Montréal or Vancouver, « National Capital » also that of Canada: they answer
 *   only beside a name that agrees.
 * - Names of two regions, or a name and the code of another, give no answer.
 */
import { slips } from '../analysis/near.ts';
import { plainWords, repairMojibake } from './plain-words.ts';
import { QUEBEC_REGIONS, regionOfCode, type Region } from './quebec-regions.ts';

export interface MatchOptions {
	/** Whether `3` or `03` alone names a region: only where the column is known to hold codes. */
	readonly codes?: boolean;
}

/** Longer texts are sentences, not names. */
const LONGEST = 100;

/** Words that carry no name. */
const ARTICLES = new Set([
	'de',
	'du',
	'des',
	'd',
	'la',
	'le',
	'les',
	'l',
	'et',
	'of',
	'the',
	'and'
]);
/** Words that say that what follows is a region. */
const REGION_WORDS = new Set(['region', 'reg', 'administrative', 'adm', 'admin', 'ra', 'area']);
const NUMBER_WORDS = new Set(['r', 'no', 'n', 'code', 'num', 'numero']);
/** Where the region lies: said after it, or not at all. */
const COUNTRY_WORDS = new Set(['quebec', 'qc', 'canada', 'ca', 'can', 'province']);

/** Names besides the official ones, that may be misspelt as those may. Written without articles or accents. */
const OTHER_NAMES: Record<string, readonly string[]> = {
	'01': ['bas fleuve', 'lower saint lawrence'],
	'02': ['saguenay lake saint john', 'saguenay lac saint john'],
	'04': ['mauricie bois francs'],
	'05': ['cantons est', 'eastern townships'],
	'06': ['ile montreal', 'island montreal', 'montreal island'],
	'10': ['nouveau quebec', 'northern quebec'],
	'11': [
		...['gaspesie', 'iles madeleine', 'magdalen islands', 'gaspe peninsula', 'gaspesie iles'],
		...['gaspesie magdalen islands', 'gaspe peninsula magdalen islands', 'gaspe iles madeleine']
	],
	'15': ['laurentians'],
	'17': ['central quebec', 'bois francs']
};

/** Short forms, taken to the letter. */
const SHORT_FORMS: Record<string, readonly string[]> = {
	'01': ['bsl', 'bas saint'],
	'02': ['slsj', 'sag lac', 'saglac', 'saguenay lsj', 'sag lsj', 'saguenay lac'],
	'06': ['mtl', 'mtrl'],
	'08': ['abitibi t'],
	'11': ['gim', 'gidm', 'gaspesie idm', 'gaspesie im'],
	'13': ['ville laval', 'ile jesus'],
	'17': ['cdq']
};

/** Names that answer only beside another one, or a code, that agrees. */
const WEAK_NAMES: Record<string, readonly string[]> = {
	'03': ['quebec', 'quebec city', 'national capital', 'ville quebec'],
	'09': ['north shore', 'north coast']
};

/** What a letter or two make of a region's name, and is none: places elsewhere, and people of the region. */
const NEVER = new Set([
	...['maurice', 'mauricio', 'mauricien', 'mauricienne', 'cotesnord', 'laurentian', 'laurentien'],
	...['laurentienne', 'gaspesien', 'gaspesienne', 'estrien', 'estrienne', 'estree', 'estrees']
]);

interface KnownName {
	readonly region: Region;
	/** Its words written together. */
	readonly key: string;
	readonly words: readonly string[];
	/** The same with its articles, which may be misspelt as well. */
	readonly fullKey: string;
	/** Slips that still tell it from everything else. */
	readonly slips: number;
}

const together = (words: readonly string[]): string => words.join('');

/** Words of a name as they are compared: saints in full, nothing that carries no name. */
const nameWords = (words: readonly string[]): string[] =>
	words
		.filter((word) => !ARTICLES.has(word))
		.map((word) => (word === 'st' || word === 'ste' || word === 'sainte' ? 'saint' : word));

const listed = (names: Record<string, readonly string[]>): Map<string, Region> => {
	const map = new Map<string, Region>();
	for (const region of QUEBEC_REGIONS)
		for (const name of names[region.code] ?? []) map.set(name.replaceAll(' ', ''), region);
	return map;
};

const OFFICIAL: readonly KnownName[] = QUEBEC_REGIONS.map((region) =>
	knownName(region, nameWords(plainWords(region.name)), plainWords(region.name))
);
const NAMES: readonly KnownName[] = [
	...OFFICIAL,
	...QUEBEC_REGIONS.flatMap((region) =>
		(OTHER_NAMES[region.code] ?? []).map((name) => knownName(region, name.split(' ')))
	)
];
const BY_KEY = new Map([
	...NAMES.map(({ key, region }) => [key, region] as const),
	...listed(SHORT_FORMS)
]);
const BY_WEAK_KEY = listed(WEAK_NAMES);

function knownName(
	region: Region,
	words: readonly string[],
	allWords: readonly string[] = words
): KnownName {
	const key = together(words);
	// « Laval » is a letter away from a level, a naval or a lava: five letters bear no slip.
	const bound = key.length < 6 ? 0 : key.length < 10 ? 1 : 2;
	return { region, words, key, fullKey: together(allWords), slips: bound };
}

/** The region that a text names, or null: see the head of this file for what is decided. */
export function matchRegion(text: string, options: MatchOptions = {}): Region | null {
	const name = text.trim();
	if (name.length === 0 || name.length > LONGEST) return null;
	const clear = repairMojibake(name);
	const whole = readName(clear, options);
	if (whole.region) return whole.weak ? null : whole.region;
	// « Estrie (Cantons-de-l'Est) », « Côte-Nord / North Shore »: every part names the same region.
	const parts = clear.split(/[()[\],;:/|]/).filter((part) => part.trim());
	if (parts.length < 2 || parts.length > 4) return null;
	let found: Region | null = null;
	let sure = false;
	for (const part of parts) {
		const read = readName(part, { codes: true });
		const bare = !/[a-z]/i.test(part);
		if (!read.region) {
			if (read.empty) continue;
			return null;
		}
		if (found && found !== read.region) return null;
		found = read.region;
		sure ||= !read.weak && !bare;
	}
	return sure ? found : null;
}

interface Reading {
	readonly region: Region | null;
	/** The name says it only beside another. */
	readonly weak: boolean;
	/** Nothing but words that carry no name. */
	readonly empty: boolean;
}
const NOTHING: Reading = { region: null, weak: false, empty: false };

function readName(text: string, { codes }: MatchOptions): Reading {
	let words = plainWords(text);
	const numbers = words.filter((word) => /^\d/.test(word));
	if (numbers.length > 1) return NOTHING;
	const [number] = numbers;
	words = words.filter((word) => word !== number);
	const isRegion = words.some((word) => REGION_WORDS.has(word));
	const name = nameWords(words.filter((word) => !REGION_WORDS.has(word)));
	let coded: Region | null = null;
	if (number !== undefined) {
		coded = regionOfCode(number.padStart(2, '0'));
		if (!coded || number.length > 2) return NOTHING;
		const rest = name.filter((word) => !NUMBER_WORDS.has(word));
		if (rest.every((word) => COUNTRY_WORDS.has(word) && word !== 'quebec')) {
			// « RA 03 », « R03 » and « 03 » are also those of seats, rows and rooms.
			const short = words.every((word) => NUMBER_WORDS.has(word) || REGION_WORDS.has(word));
			const asked = words.includes('region') || (codes === true && short);
			return asked ? { ...NOTHING, region: coded } : NOTHING;
		}
		// A name with a single digit is more often the second of several than a region.
		if (number.length < 2) return NOTHING;
	}
	let found =
		named(name, text) ??
		misspelt(
			words.filter((word) => !REGION_WORDS.has(word)),
			'fullKey'
		);
	let weak = false;
	if (!found) {
		found = BY_WEAK_KEY.get(together(name)) ?? null;
		// « Région de Québec »: it is no province then, but Canada has a capital region too.
		weak = !(isRegion && name[0] === 'quebec');
	}
	if (!found) return { ...NOTHING, empty: name.every((word) => COUNTRY_WORDS.has(word)) };
	if (!coded) return { ...NOTHING, region: found, weak };
	return coded === found ? { ...NOTHING, region: found } : NOTHING;
}

function named(words: readonly string[], text: string): Region | null {
	const exact = BY_KEY.get(together(words));
	if (exact) return exact;
	const quebec = words.map((word) =>
		word === 'qc' || word === 'que' || word === 'pq' ? 'quebec' : word
	);
	const inFull = BY_KEY.get(together(quebec));
	if (inFull) return inFull;
	let end = words.length;
	while (end > 1 && COUNTRY_WORDS.has(words[end - 1] ?? '')) {
		const place = BY_KEY.get(together(words.slice(0, --end)));
		if (place) return place;
	}
	return (
		abbreviated(quebec, text) ??
		misspelt(quebec, 'key') ??
		(end < words.length ? misspelt(words.slice(0, end), 'key') : null)
	);
}

/** « Abitibi-Tém. », « Sag-Lac-St-Jean »: each word is a word of the name, or its beginning. */
function abbreviated(words: readonly string[], text: string): Region | null {
	let found: Region | null = null;
	const { length } = together(words);
	for (const { region, words: full } of OFFICIAL) {
		if (full.length !== words.length) continue;
		// One word alone must say that it is cut, and be long enough to be no other.
		if (full.length === 1 ? length < 5 || !text.trimEnd().endsWith('.') : length < 6) continue;
		const fits = full.every((word, i) => {
			const short = words[i] ?? '';
			return word === short || (short.length >= 3 && word.startsWith(short));
		});
		if (!fits) continue;
		if (found) return null;
		found = region;
	}
	return found;
}

function misspelt(words: readonly string[], by: 'key' | 'fullKey'): Region | null {
	const key = together(words);
	if (key.length < 5 || NEVER.has(key)) return null;
	let found: Region | null = null;
	let least = Infinity;
	for (const name of NAMES) {
		const { region, slips: bound, [by]: known } = name;
		if (bound === 0 || key[0] !== known[0]) continue;
		const distance = slips(key, known, bound);
		// No text is as near to the names of two regions: these are more than twice the slips apart.
		if (distance > bound || distance >= least) continue;
		found = region;
		least = distance;
	}
	return found;
}
