/**
 * Spellings of one value, offered for grouping: « Théâtre », « THEATRE », « Théatre  » and « Thaétre ». What is offered
 * is asked of a person, one group at a time; so a group too few costs a look, a group too many costs trust.
 */
import { slips } from '../../core/analysis/near.ts';
import { dropsAccents, fingerprint, hasAccents, type Fingerprint } from './fingerprint.ts';

export interface SpelledText {
	readonly text: string;
	/** Rows that hold it. */
	readonly rows: number;
}
export interface SpellingGroup {
	/** How the value would be written: the most frequent spelling that stands clean. */
	readonly to: string;
	/** Spellings that would become it, the most frequent first. A text is in one group at most. */
	readonly from: readonly SpelledText[];
	/** What they differ by: case, accents and spaces; punctuation; a slip or two. */
	readonly why: 'case_accents_spaces' | 'punctuation' | 'near';
}

/** A column of more distinct texts holds names or sentences, not values among which spellings stray. */
export const MOST_SPELLINGS = 5000;
/** Longer texts are sentences. */
const LONGEST = 200;
/** Pairs of letters compared, at most: it bounds the time that a hostile column takes. */
const MOST_COMPARED = 30_000_000;

interface Spelling extends SpelledText {
	readonly print: Fingerprint;
}
/** Spellings of one fingerprint. */
interface Value {
	readonly to: string;
	readonly print: Fingerprint;
	readonly rows: number;
	readonly spellings: readonly Spelling[];
}

/**
 * @param texts the distinct texts of a column with their rows, missing ones left out; each text once
 * @param patience pairs of letters compared before slips are sought no further: what was found until then is offered
 */
export function spellingGroups(
	texts: readonly SpelledText[],
	patience = MOST_COMPARED
): SpellingGroup[] {
	if (texts.length > MOST_SPELLINGS) return [];
	const values = valuesOf(texts);
	const slipped = slippedFrom(values, patience);
	const groups: SpellingGroup[] = [];
	const near = new Map<Value, Spelling[]>();
	for (const value of values) {
		const target = slipped.get(value);
		if (target) {
			const from = near.get(target);
			if (from) from.push(...value.spellings);
			else near.set(target, [...value.spellings]);
			continue;
		}
		const others = value.spellings.filter(({ text }) => text !== value.to);
		const alike = others.filter(({ print }) => print.plain === value.print.plain);
		const apart = others.filter(({ print }) => print.plain !== value.print.plain);
		if (alike.length) groups.push(group(value.to, alike, 'case_accents_spaces'));
		if (apart.length) groups.push(group(value.to, apart, 'punctuation'));
	}
	for (const [value, from] of near) groups.push(group(value.to, from, 'near'));
	const weight = ({ from }: SpellingGroup): number => from.reduce((sum, { rows }) => sum + rows, 0);
	return groups.sort((a, b) => weight(b) - weight(a) || compare(a.to, b.to));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const group = (
	to: string,
	from: readonly Spelling[],
	why: SpellingGroup['why']
): SpellingGroup => ({
	to,
	from: from
		.map(({ text, rows }) => ({ text, rows }))
		.sort((a, b) => b.rows - a.rows || compare(a.text, b.text)),
	why
});

/** Texts of one fingerprint put together, but for those whose accents make other words of them. */
function valuesOf(texts: readonly SpelledText[]): Value[] {
	const byLetters = new Map<string, Spelling[]>();
	for (const { text, rows } of texts) {
		if (text.length > LONGEST) continue;
		const print = fingerprint(text);
		// Signs alone, or figures, are not spelt.
		if (!/\p{L}/u.test(print.words)) continue;
		const same = byLetters.get(print.letters);
		if (same) same.push({ text, rows, print });
		else byLetters.set(print.letters, [{ text, rows, print }]);
	}
	return [...byLetters.values()].flatMap((spellings) => byAccents(spellings).map(value));
}

/** « côte », « coté » and « cote » are three values; « Théâtre », « Théatre » and « THEATRE » are one. */
function byAccents(spellings: readonly Spelling[]): (readonly Spelling[])[] {
	const kinds = new Map<string, Spelling[]>();
	for (const spelling of spellings) {
		const same = kinds.get(spelling.print.accents);
		if (same) same.push(spelling);
		else kinds.set(spelling.print.accents, [spelling]);
	}
	// One of them is written in full, and the others drop accents of it; else they are words of their own.
	const full = [...kinds.keys()].reduce((a, b) => (dropsAccents(a, b) ? b : a));
	const agree = [...kinds.keys()].every((accents) => dropsAccents(accents, full));
	return agree ? [spellings] : [...kinds.values()];
}

function value(spellings: readonly Spelling[]): Value {
	const best = spellings.reduce((a, b) => (isBetter(b, a) ? b : a));
	const rows = spellings.reduce((sum, spelling) => sum + spelling.rows, 0);
	// A spelling alone stays as it is: nothing tells that it is wrong.
	const to = spellings.length > 1 ? best.print.clean : best.text;
	return { to, print: best.print, rows, spellings };
}

/** Clean before frequent, then with its accents, then with a capital that not all its letters are. */
function isBetter(a: Spelling, b: Spelling): boolean {
	const clean = Number(a.print.clean === a.text) - Number(b.print.clean === b.text);
	if (clean) return clean > 0;
	if (a.rows !== b.rows) return a.rows > b.rows;
	const accents = Number(hasAccents(a.print.accents)) - Number(hasAccents(b.print.accents));
	if (accents) return accents > 0;
	const proper = Number(isProper(a.text)) - Number(isProper(b.text));
	return proper ? proper > 0 : a.text < b.text;
}

const isProper = (text: string): boolean => /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);

interface Candidate {
	readonly value: Value;
	readonly words: readonly string[];
	readonly length: number;
	/** Whether each letter stands an odd number of times: a slip changes two of these at most. */
	readonly parity: number;
}

/** Values that are another one with a slip or two, by the value they are taken for. */
function slippedFrom(values: readonly Value[], patience: number): Map<Value, Value> {
	const blocks = new Map<string, Candidate[]>();
	const frequent = [...values].sort((a, b) => b.rows - a.rows || compare(a.to, b.to));
	for (const value of frequent) {
		const { words } = value.print;
		if (words.length < 6 || words.length > 80) continue;
		let parity = 0;
		for (let i = 0; i < words.length; i++) parity ^= 1 << (words.charCodeAt(i) & 31);
		const split = words.split(' ');
		// The first letter holds, and the number of words.
		const key = `${String(split.length)}${words.charAt(0)}`;
		const candidate = { value, words: split, length: words.length, parity };
		const block = blocks.get(key);
		if (block) block.push(candidate);
		else blocks.set(key, [candidate]);
	}
	const slipped = new Map<Value, Value>();
	const budget = { left: patience };
	for (const block of blocks.values()) {
		for (let j = 1; j < block.length && budget.left > 0; j++) {
			const rare = block[j] as Candidate;
			const target = targetOf(rare, block, j, slipped, budget);
			if (target) slipped.set(rare.value, target);
		}
	}
	return slipped;
}

/** The frequent value that a rare one is a slip away from; null where there is none, or more than one. */
function targetOf(
	rare: Candidate,
	block: readonly Candidate[],
	before: number,
	slipped: ReadonlyMap<Value, Value>,
	budget: { left: number }
): Value | null {
	let target: Value | null = null;
	let least = 3;
	for (let i = 0; i < before; i++) {
		const known = block[i] as Candidate;
		// The block begins with what is frequent: from here on nothing is frequent enough beside this one.
		if (known.value.rows < 3 * rare.value.rows) break;
		const limit = Math.min(known.length, rare.length) < 12 ? 1 : 2;
		if (Math.abs(known.length - rare.length) > limit) continue;
		if (bits(known.parity ^ rare.parity) > 2 * limit) continue;
		if (slipped.has(known.value)) continue;
		const distance = distanceOf(known, rare, Math.min(limit, least), budget);
		if (distance === 0 || distance > limit || distance > least) continue;
		if (distance < least) target = known.value;
		else target = null;
		least = distance;
	}
	return target;
}

/** Slips between two texts of as many words, or 3 where what differs may be meant. */
function distanceOf(
	known: Candidate,
	rare: Candidate,
	limit: number,
	budget: { left: number }
): number {
	let distance = 0;
	for (let i = 0; i < known.words.length; i++) {
		const a = known.words[i] as string;
		const b = rare.words[i] as string;
		if (a === b) continue;
		if (!mayBeSlip(a, b, known, rare)) return 3;
		budget.left -= a.length * b.length;
		if (budget.left < 0) return 3;
		const found = slips(a, b, limit);
		// Two slips in one word need a long one.
		if (found > 1 && Math.min(a.length, b.length) < 8) return 3;
		distance += found;
		if (distance > limit) return 3;
	}
	return distance;
}

/**
 * Whether two words may be one, misspelt. Short words, and words with figures, mean what they say: « Salle A » and
 * « Salle B ». The first letter makes another word (« interne », « externe »), and so do the last ones: plural,
 * feminine, participle (« étudiant », « étudiante »; « annuel », « annulé »). Words of six or seven letters have
 * neighbours (« poison », « poisson »): only a slip that is rare beside the other is taken for one.
 */
function mayBeSlip(a: string, b: string, known: Candidate, rare: Candidate): boolean {
	const short = Math.min(a.length, b.length);
	if (short < (Math.min(known.length, rare.length) < 12 ? 6 : 5) || a[0] !== b[0]) return false;
	if (!/^\p{L}+$/u.test(a) || !/^\p{L}+$/u.test(b)) return false;
	let same = 0;
	while (same < short && a[same] === b[same]) same++;
	if (same >= short - (short < 8 ? 2 : 1)) return false;
	return short >= 8 || known.value.rows >= 10 * rare.value.rows;
}

function bits(word: number): number {
	let count = word - ((word >>> 1) & 0x55555555);
	count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
	return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
