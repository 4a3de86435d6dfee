/**
 * Which of a contributor's columns fills each column of a contract, with what speaks for it. Only suggests: a person
 * looks at each before anything is contributed. The same columns and contract always give the same suggestions.
 */
import { storedAs, type ValueType } from '../dataset/value-type.ts';
import { openWords } from './abbreviations.ts';
import { assign } from './assignment.ts';
import type { Contract, ContractColumn } from './contract.ts';
import { foldText, foldWords } from './fold.ts';
import { unmapped, type ColumnMapping, type UnitChange } from './mapping.ts';
import { suggestValues, type ValueSuggestion } from './suggest-values.ts';

/** A contributor's column, as far as a suggestion looks. */
export interface SourceColumn {
	readonly name: string;
	readonly type: ValueType;
	/** At most `SAMPLES` distinct values, as texts; numbers as machines write them, dates as `2025-03-09`. */
	readonly samples: readonly string[];
	/** Distinct values; null where nobody counted. */
	readonly distinct: number | null;
}
export const SAMPLES = 50;

/** Each is a message `pool_why_<code>`. */
export type MappingReason =
	| 'same_name'
	| 'synonym'
	| 'abbreviation'
	| 'words'
	| 'values'
	| 'regions'
	| 'areas'
	| 'times'
	| 'dates'
	| 'addresses'
	| 'unit'
	| 'thousands'
	| 'shares';

export interface MappingSuggestion {
	readonly mapping: ColumnMapping;
	/** 0 to 1; 0 where nothing is suggested. */
	readonly score: number;
	readonly reasons: readonly MappingReason[];
	readonly values: readonly ValueSuggestion[];
}

/** Below it a column is left to the person. */
export const THRESHOLD = 0.5;

interface Candidate {
	readonly score: number;
	readonly reasons: readonly MappingReason[];
	readonly unit: UnitChange;
}
const NONE: Candidate = { score: 0, reasons: [], unit: 'none' };

/** Whether a text reads as a value of a type that has a shape: a region, an area, a time, an address. */
export type ReadsAs = (type: ValueType, text: string) => boolean;

/** One suggestion a column of the contract, in its order. */
export function suggestMapping(
	columns: readonly SourceColumn[],
	contract: Contract,
	readsAs: ReadsAs
): MappingSuggestion[] {
	const sources = columns.map((column) => ({ column, ...namesOf([column.name])[0] }));
	const candidates = contract.columns.map((target) => {
		const names = namesOf([target.name, target.label.fr, target.label.en]);
		const synonyms = namesOf(target.synonyms);
		return sources.map((source) => weigh(source, target, names, synonyms, readsAs));
	});
	const chosen = assign(
		candidates.map((line) => line.map(({ score }) => (score >= THRESHOLD ? score : 0)))
	);
	return contract.columns.map((target, i) => {
		const source = chosen[i] ?? null;
		const column = source === null ? undefined : columns[source];
		const { score, reasons, unit } = (source === null ? null : candidates[i]?.[source]) ?? NONE;
		const values = column && target.allowed ? suggestValues(column.samples, target.allowed) : [];
		return {
			mapping: { ...unmapped(target.name), source, unit, values: decided(values) },
			score,
			reasons,
			values
		};
	});
}

/** The suggestions that a mapping needs to say: what is a spelling of the contract's goes without. */
export const decided = (
	values: readonly ValueSuggestion[]
): (readonly [from: string, to: string | null])[] =>
	values
		.filter(({ reason }) => reason === 'value_beginning' || reason === 'value_near')
		.map(({ from, to }) => [from, to] as const);

interface Name {
	readonly words: readonly string[];
	readonly opened: readonly string[];
}
const namesOf = (names: readonly string[]): Name[] =>
	names.map((name) => {
		const words = foldWords(name);
		return { words, opened: openWords(words) };
	});

function weigh(
	source: {
		readonly column: SourceColumn;
		readonly words?: readonly string[];
		readonly opened?: readonly string[];
	},
	target: ContractColumn,
	names: readonly Name[],
	synonyms: readonly Name[],
	readsAs: ReadsAs
): Candidate {
	const { column, words = [], opened = [] } = source;
	const content = judge(column, target, readsAs);
	if (content === null) return NONE;
	const reasons: MappingReason[] = [];
	let name = 0;
	const is = (score: number, reason: MappingReason): void => {
		if (score > name) {
			name = score;
			reasons[0] = reason;
		}
	};
	for (const other of names) {
		if (sameWords(words, other.words)) is(1, 'same_name');
		else if (sameWords(opened, other.opened)) is(0.9, 'abbreviation');
		else is(0.8 * overlap(opened, other.opened), 'words');
	}
	for (const other of synonyms) {
		if (sameWords(words, other.words)) is(0.97, 'synonym');
		else if (sameWords(opened, other.opened)) is(0.88, 'abbreviation');
		else is(0.78 * overlap(opened, other.opened), 'words');
	}
	// A name that shares a small part of its words says nothing that could be told.
	if (name < 0.3) reasons.length = 0;
	return {
		score: 1 - (1 - 0.92 * name) * (1 - content.weight),
		reasons: [...reasons, ...content.reasons],
		unit: content.unit
	};
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
	a.length > 0 &&
	(a.join('') === b.join('') || [...a].sort().join(' ') === [...b].sort().join(' '));

/** Words that many columns share: they tell less. */
const WEAK = new Set(
	'code libelle nom name type numero number identifiant nombre total'.split(' ')
);
const weightOf = (word: string): number => (WEAK.has(word) ? 0.4 : 1);
const weightOfAll = (words: readonly string[]): number =>
	words.reduce((sum, word) => sum + weightOf(word), 0);

/** Shared words, of all; a word that begins another counts for most of one. */
function overlap(a: readonly string[], b: readonly string[]): number {
	let shared = 0;
	const left = [...b];
	for (const word of a) {
		const same = left.indexOf(word);
		const near =
			same >= 0
				? same
				: left.findIndex(
						(other) => stem(word, other) || (word.length > 3 && stem(word.slice(0, -1), other))
					);
		if (near < 0) continue;
		shared += weightOf(word) * (same >= 0 ? 1 : 0.85);
		left.splice(near, 1);
	}
	return (2 * shared) / (weightOfAll(a) + weightOfAll(b) || 1);
}
const stem = (a: string, b: string): boolean =>
	Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));

interface Content {
	/** What the values alone say for the pair, 0 to 1. */
	readonly weight: number;
	readonly reasons: readonly MappingReason[];
	readonly unit: UnitChange;
}
const plain = (weight = 0, reasons: readonly MappingReason[] = []): Content => ({
	weight,
	reasons,
	unit: 'none'
});

/** Of the distinct values, how many must fit before they speak for a pair: a stray header or total is among few. */
const MOST = 0.7;

/** What the column's values say; null where they cannot be the target's. */
function judge(column: SourceColumn, target: ContractColumn, readsAs: ReadsAs): Content | null {
	const { samples } = column;
	if (samples.length === 0) return plain();
	const share = (fits: (text: string) => boolean): number =>
		samples.filter(fits).length / samples.length;
	const most = (fits: (text: string) => boolean, weight: number, reason: MappingReason) => {
		const part = share(fits);
		return part < 0.5 ? null : part < MOST ? plain() : plain(weight * part, [reason]);
	};
	const shaped = (text: string): boolean => readsAs(target.type, text);
	if (target.allowed) {
		if (storedAs(column.type) !== 'text') return null;
		const found = suggestValues(samples, target.allowed);
		const part = found.filter(({ to }) => to !== null).length / samples.length;
		// A few of many: the name decides alone.
		return part >= MOST ? plain(0.6 * part, ['values']) : part >= 0.3 ? plain() : null;
	}
	switch (target.type) {
		case 'region':
			return most(shaped, 0.6, 'regions');
		case 'postal_area':
			return most(shaped, 0.6, 'areas');
		case 'time':
			return column.type === 'datetime' ? plain() : most(shaped, 0.55, 'times');
		case 'url':
			return most(shaped, 0.6, 'addresses');
		case 'date':
		case 'datetime':
			if (column.type === 'date' || column.type === 'datetime') return plain(0.3, ['dates']);
			return most(looksLikeDate, 0.3, 'dates');
		case 'boolean':
			return column.type === 'boolean' ? plain(0.1) : samples.length <= 2 ? plain() : null;
		case 'integer':
		case 'number':
		case 'money':
		case 'percent':
			return judgeNumbers(column, target, share);
		case 'identifier':
			return column.type === 'date' || column.type === 'datetime' ? null : plain();
		case 'text':
		case 'category':
			// A text may hold anything; it is not where dates and amounts belong.
			return storedAs(column.type) === 'text' ? plain() : null;
	}
}

function judgeNumbers(
	column: SourceColumn,
	target: ContractColumn,
	share: (fits: (text: string) => boolean) => number
): Content | null {
	const stored = storedAs(column.type);
	if (stored !== 'number' && stored !== 'integer' && stored !== 'text') return null;
	if (stored === 'text' && share(looksLikeNumber) < 0.5) return null;
	const reasons: MappingReason[] = [];
	const name = foldText(column.name);
	let weight = 0;
	let unit: UnitChange = 'none';
	const dollars = /\$|\bcad\b|dollar/.test(name) || share((text) => text.includes('$')) >= 0.5;
	if (target.type === 'money' && (column.type === 'money' || dollars)) {
		weight = 0.15;
		reasons.push('unit');
	}
	const percents =
		/%|pourc|percent|\bpct\b/.test(name) || share((text) => text.includes('%')) >= 0.5;
	if (target.type === 'percent' && (column.type === 'percent' || percents)) {
		weight = 0.15;
		reasons.push('unit');
	}
	if (target.type === 'percent' && !percents && column.type !== 'percent' && areShares(column)) {
		unit = 'from_share';
		reasons.push('shares');
	}
	const thousands = /k\s*\$|\$\s*k\b|milliers|thousand|\(000\)|'000/.test(name);
	const inThousands = foldText(target.unit).includes('k');
	if (thousands && !inThousands) unit = 'from_thousands';
	if (unit === 'from_thousands') reasons.push('thousands');
	// Money is no count, and a count no money.
	if (target.type === 'integer' && (dollars || column.type === 'money')) return null;
	return { weight, reasons, unit };
}

/** All between 0 and 1, and some between. */
function areShares({ samples }: SourceColumn): boolean {
	const numbers = samples.map((text) => Number(text.replace(',', '.'))).filter(Number.isFinite);
	return (
		numbers.length > 0 &&
		numbers.every((value) => value >= 0 && value <= 1.5) &&
		numbers.some((value) => value > 0 && value < 1)
	);
}

const looksLikeNumber = (text: string): boolean =>
	/^[-+−]?[\d\s.,\u00a0\u202f]*\d[\d\s.,\u00a0\u202f]*[$%]?$/.test(text.trim());
const looksLikeDate = (text: string): boolean =>
	/^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})/.test(text);
