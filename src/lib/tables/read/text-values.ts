/**
 * What the texts of a column are, told from its distinct ones: a category, a region, a postal area, an address, an
 * identifier; and these texts as they are stored: a region by its official name, a time as `19:30`.
 */
import type { Evidence, ImportType } from '../../core/protocol/import.ts';
import { matchRegion } from '../../core/territory/match-region.ts';
import { repairMojibake } from '../../core/territory/plain-words.ts';
import { identifierKind } from '../values/parse-identifier.ts';
import { printTime, TimeParser } from '../values/parse-time.ts';
import { isUrl } from '../values/parse-url.ts';
import { parsePostalArea, postalAreaOf } from '../values/postal-area.ts';
import { dictionaryReader, dictionarySize, hasValue, type Column } from '../column.ts';
import { TextInterner } from '../text-interner.ts';

export type TextColumn = Extract<Column, { type: 'text' }>;

/** Distinct texts that a guess looks at. */
const LOOKED_AT = 2_000;
/** More distinct texts than these are no few: a category, regions. */
const MOST_CATEGORIES = 60;
const MOST_REGIONS = 500;

/** What a text becomes: another, or null for a value that is not of the type. */
export type TextRule = (text: string) => string | null;

const encoder = new TextEncoder();

/** Forward sortation area, that of a full postal code too: only where the column was said to hold them. */
const postalArea: TextRule = (text) => {
	const bytes = encoder.encode(text);
	return parsePostalArea(bytes, 0, bytes.length) ?? postalAreaOf(text);
};
const isArea = (text: string): boolean => {
	const bytes = encoder.encode(text);
	return parsePostalArea(bytes, 0, bytes.length) !== null;
};
const isAddress = (text: string): boolean => {
	const bytes = encoder.encode(text);
	return isUrl(bytes, 0, bytes.length);
};
const address: TextRule = (text) => (isAddress(text) ? text.trim() : null);
const isIdentifier = (text: string): boolean => {
	const bytes = encoder.encode(text);
	return identifierKind(bytes, 0, bytes.length) !== null;
};

/** How the values of a text type are written where they are not kept as they are. */
export function ruleOf(type: ImportType): TextRule | null {
	switch (type) {
		case 'region':
			// What names none stays as it is: it is listed, and a person decides.
			return (text) => matchRegion(text, { codes: true })?.name ?? text;
		case 'postal_area':
			return postalArea;
		case 'url':
			return address;
		case 'time': {
			const parser = new TimeParser();
			return (text) => {
				const bytes = encoder.encode(text);
				const seconds = parser.parse(bytes, 0, bytes.length);
				return seconds < 0 ? null : printTime(seconds);
			};
		}
		default:
			return null;
	}
}

/** Whether a text of a column of regions names one. */
export const isRegion = (text: string): boolean => matchRegion(text, { codes: true }) !== null;

export const regionCode = (name: string): string | null => matchRegion(name)?.code ?? null;

export interface MappedTexts {
	readonly column: TextColumn;
	readonly counts: Int32Array;
	/** Rows whose text became another. */
	readonly changed: number;
	/** Rows whose text became nothing. */
	readonly lost: number;
	/** By its text, what each distinct text that did not stay became. */
	readonly changes: ReadonlyMap<string, string | null>;
}

/** The column with each distinct text made another; texts that become the same become one. */
export function mapTexts(column: TextColumn, counts: Int32Array, rule: TextRule): MappedTexts {
	const read = dictionaryReader(column.dictionary);
	const size = dictionarySize(column.dictionary);
	const interner = new TextInterner();
	const moved = new Int32Array(size);
	const changes = new Map<string, string | null>();
	let changed = 0;
	let lost = 0;
	for (let code = 0; code < size; code++) {
		const text = read(code);
		const result = rule(text);
		if (result !== text) {
			changes.set(text, result);
			if (result === null || result === '') lost += counts[code] ?? 0;
			else changed += counts[code] ?? 0;
		}
		if (result === null || result === '') {
			moved[code] = -1;
			continue;
		}
		const bytes = encoder.encode(result);
		moved[code] = interner.intern(
			bytes,
			new DataView(bytes.buffer, bytes.byteOffset),
			0,
			bytes.length
		);
	}
	if (changes.size === 0) return { column, counts, changed, lost, changes };
	const codes = new Int32Array(column.length);
	const newCounts = new Int32Array(interner.size);
	let valid = column.valid;
	if (lost) {
		valid = column.valid
			? column.valid.slice()
			: new Uint8Array((column.length + 7) >> 3).fill(0xff);
		if (column.length & 7 && !column.valid)
			valid[valid.length - 1] = (1 << (column.length & 7)) - 1;
	}
	for (let row = 0; row < codes.length; row++) {
		if (!hasValue(column, row)) continue;
		const code = moved[column.codes[row] ?? 0] ?? 0;
		if (code < 0) {
			if (valid) valid[row >> 3] = (valid[row >> 3] ?? 0) & ~(1 << (row & 7));
			continue;
		}
		codes[row] = code;
		newCounts[code] = (newCounts[code] ?? 0) + 1;
	}
	return {
		column: {
			...column,
			missing: column.missing + lost,
			valid,
			codes,
			dictionary: interner.dictionary()
		},
		counts: newCounts,
		changed,
		lost,
		changes
	};
}

/** The texts that are no region, with how often, most often first. */
export function unmatchedRegions(
	column: TextColumn,
	counts: Int32Array
): { text: string; rows: number }[] {
	const read = dictionaryReader(column.dictionary);
	const found: { text: string; rows: number }[] = [];
	for (let code = 0; code < counts.length; code++) {
		const text = read(code);
		if (!isRegion(text)) found.push({ text, rows: counts[code] ?? 0 });
	}
	return found.sort((a, b) => b.rows - a.rows);
}

/** Rows whose letters a wrong encoding broke, and an example. */
export function findMojibake(column: TextColumn, counts: Int32Array) {
	const { bytes, offsets } = column.dictionary;
	if (!bytes.includes(BROKEN)) return null;
	const read = dictionaryReader(column.dictionary);
	let rows = 0;
	let distinct = 0;
	let from = '';
	let to = '';
	for (let code = 0; code < counts.length; code++) {
		if (!mayBeBroken(bytes, offsets[code] ?? 0, offsets[code + 1] ?? 0)) continue;
		const text = read(code);
		const mended = repairMojibake(text);
		if (mended === text) continue;
		if (distinct === 0) [from, to] = [text.slice(0, 100), mended.slice(0, 100)];
		distinct++;
		rows += counts[code] ?? 0;
	}
	return distinct ? { rows, distinct, from, to } : null;
}

/** First byte of the letters that broken texts have. */
const BROKEN = 0xc3;

/** Whether a text has one of the letters that broken ones begin with: Ã, Â, Å, ã, â. */
function mayBeBroken(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) {
		if (bytes[i] !== BROKEN) continue;
		const low = bytes[i + 1];
		if (low === 0x83 || low === 0x82 || low === 0x85 || low === 0xa3 || low === 0xa2) return true;
	}
	return false;
}

/** What the texts of a column are, if more than texts. @param identifying the column's type was guessed from codes */
export function guessTextType(
	column: TextColumn,
	counts: Int32Array,
	header: string
): { type: ImportType; evidence: Evidence } | null {
	const size = counts.length;
	if (size === 0) return null;
	const values = column.length - column.missing;
	const read = dictionaryReader(column.dictionary);
	const step = Math.max(1, Math.floor(size / LOOKED_AT));
	let seen = 0;
	let regions = 0;
	let areas = 0;
	let addresses = 0;
	let codes = 0;
	const names = new Set<string>();
	const few = size <= MOST_REGIONS;
	for (let code = 0; code < size; code += step) {
		const text = read(code);
		seen++;
		if (isArea(text)) areas++;
		else if (isAddress(text)) addresses++;
		else if (isIdentifier(text)) codes++;
		if (!few) continue;
		const region = matchRegion(text);
		if (region) {
			regions++;
			names.add(region.code);
		}
	}
	const said = (code: Evidence['code'], matched: number): Evidence => ({
		code,
		details: { matched, distinct: seen }
	});
	if (names.size >= 2 && regions * 2 > seen)
		return { type: 'region', evidence: said('regions', regions) };
	if (areas >= seen * 0.9) return { type: 'postal_area', evidence: said('postal_areas', areas) };
	if (addresses >= seen * 0.9) return { type: 'url', evidence: said('addresses', addresses) };
	const each: Evidence = { code: 'name_each', details: { distinct: size, values } };
	const namedSo =
		/(?:^|[^\p{L}])(?:id|code|no|n°|num[ée]ro|identifiant|isrc|iswc|isni|ref|r[ée]f[ée]rence)(?:$|[^\p{L}])/iu;
	if (codes >= seen * 0.95 && (size >= values * 0.9 || namedSo.test(header)) && values >= 3)
		return { type: 'identifier', evidence: each };
	if (size <= MOST_CATEGORIES && values >= 20 && size * 5 <= values)
		return {
			type: 'category',
			evidence: { code: 'few_texts', details: { distinct: size, values } }
		};
	return null;
}
