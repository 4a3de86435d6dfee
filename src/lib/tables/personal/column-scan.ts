/** Reads each distinct text of a column once, and keeps what was found in it as bits. */
import { PERSONAL_KINDS, type PersonalKind } from '../../core/protocol/import.ts';
import { dictionarySize, hasValue, type Column } from '../column.ts';
import { scanBirthDates } from './birth-date.ts';
import { folded, plainText } from './plain-text.ts';
import { isOtherCode, isPhoneLike, scanContacts } from './scan-contacts.ts';
import { scanFields } from './scan-fields.ts';
import { nameForm, scanNames } from './scan-names.ts';
import { scanNumbers } from './scan-numbers.ts';
import type { Grade, Span } from './span.ts';
import { FEATURE, featuresOf, figureStarts } from './text-features.ts';

/** Beyond it a text is no cell that people fill in: only its beginning is read. */
const MAX_TEXT = 1_000_000;

/** Texts whose names are remembered: enough to know which names come again. */
const MOST_NAMED = 50_000;
/** Names remembered of one text: one with more of them is told as if a word made one of them somebody's. */
const MOST_NAMES = 1_000;

/** Bits of a text's name form. */
export const FORM = {
	full: 1,
	single: 2,
	given: 4,
	family: 8,
	both: 16,
	telling: 32
} as const;

const GRADES: readonly Grade[] = ['sure', 'weak', 'public'];
const bitOf = (kind: PersonalKind, grade: Grade): number =>
	1 << (PERSONAL_KINDS.indexOf(kind) * 3 + GRADES.indexOf(grade));

export interface ColumnScan {
	/** Distinct values read. */
	readonly size: number;
	/** Those that a row holds. */
	readonly used: number;
	/** Those in which there is anything of what follows, in order: of most columns, none. */
	readonly notable: readonly number[];
	/** Rows that hold a value. */
	readonly values: number;
	readonly rows: (index: number) => number;
	/** As the detectors read it. */
	readonly text: (index: number) => string;
	readonly has: (index: number, kind: PersonalKind, grade: Grade) => boolean;
	/** Whether what was found is nearly all of the text. */
	readonly whole: (index: number, kind: PersonalKind) => boolean;
	readonly form: (index: number) => number;
	/** Figures, where nothing but figures and their separators is in the text; 0 otherwise. */
	readonly figures: (index: number) => number;
	readonly phoneLike: (index: number) => boolean;
	/** Names that it holds and that no word before makes somebody's; null where it holds one that is told. */
	readonly names: (index: number) => readonly string[] | null;
	/** Whether a name is a work's, a prize's or an artist's elsewhere in the column. */
	readonly isPublic: (name: string) => boolean;
	/** Whether it has the form of a postal code, and is none. */
	readonly otherCode: (index: number) => boolean;
}

/** Every place in a plain text that may hold personal information, in order, each kind at most once at a place. */
export function scanText(text: string, isPublic: (name: string) => boolean): Span[] {
	return scanWith(text, featuresOf(text, 0, text.length), isPublic);
}

function scanWith(text: string, features: number, isPublic: (name: string) => boolean): Span[] {
	const spans: Span[] = [];
	const starts = features & FEATURE.digit ? figureStarts(text) : [];
	scanContacts(text, features, starts, spans);
	if (features & (FEATURE.six | FEATURE.nine)) scanNumbers(text, features, starts, spans);
	if (features & FEATURE.dated) scanBirthDates(text, spans);
	if (features & FEATURE.letter) scanNames(text, isPublic, spans);
	if (features & FEATURE.fields)
		scanFields(text, spans, (value) =>
			scanWith(value, featuresOf(value, 0, value.length) & ~FEATURE.fields, isPublic)
		);
	if (spans.length < 2) return spans;
	spans.sort((a, b) => a.start - b.start || b.end - a.end);
	const ends = new Map<PersonalKind, number>();
	let addressEnd = 0;
	return spans.filter((span) => {
		if (span.kind === 'address') addressEnd = Math.max(addressEnd, span.end);
		// Streets are named after people.
		else if (span.kind === 'person_name' && span.end <= addressEnd) return false;
		if (span.start < (ends.get(span.kind) ?? 0)) return false;
		ends.set(span.kind, span.end);
		return true;
	});
}

/** Without one of these, a text holds nothing that is looked for. */
const NEEDED = FEATURE.at | FEATURE.digit | FEATURE.letter | FEATURE.exotic;

/**
 * With one of these, which figures a text has may decide what it holds: an area code, a check digit, a year. Without,
 * detectors ask only where figures stand.
 */
const COUNTING = FEATURE.ten | FEATURE.nine | FEATURE.six | FEATURE.address | FEATURE.fields;

/** Ways of writing a code of a column that are remembered. */
const MOST_PLAIN = 4;

const FIGURES = /^[ ]?\d[\d .\-/]{6,24}\d ?$/;

/** @param isPublic whether a name is an artist's, a venue's or a work's of the same table; @param phoneHeader whether to look for what only a header makes a telephone */
export function scanColumn(
	column: Column,
	counts: Int32Array | null,
	isPublic: (name: string) => boolean,
	phoneHeader: boolean
): ColumnScan {
	const source = column.type === 'text' ? ofTexts(column, counts) : ofNumbers(column);
	const { size } = source;
	const marks = new Uint32Array(size);
	const wholes = new Uint16Array(size);
	const forms = new Uint8Array(size);
	const figures = new Uint8Array(size);
	const phones = new Uint8Array(size);
	const codes = new Uint8Array(size);
	const names = new Map<number, string[] | null>();
	const publicly = new Set<string>();
	const notable: number[] = [];
	let used = 0;
	/** Texts with figures that hold nothing: one that differs from them by its figures holds nothing either. */
	const plain: number[] = [];
	let oldest = 0;
	for (let i = 0; i < size; i++) {
		if (source.rows(i) === 0) continue;
		used++;
		if (plain.some((other) => source.alike(i, other))) continue;
		const walked = source.walk(i);
		let features = featuresOf(walked.text, walked.from, walked.to);
		if ((features & NEEDED) === 0) continue;
		let text = walked.text.slice(walked.from, walked.to);
		if (features & FEATURE.exotic) {
			text = plainText(text);
			features = featuresOf(text, 0, text.length);
		}
		const form =
			(features & (FEATURE.digit | FEATURE.at)) === 0 &&
			features & FEATURE.letter &&
			text.length <= 60
				? nameForm(text)
				: null;
		if (form)
			forms[i] =
				(form.full ? FORM.full : 0) |
				(form.single ? FORM.single : 0) |
				(form.given ? FORM.given : 0) |
				(form.family ? FORM.family : 0) |
				(form.both ? FORM.both : 0) |
				(form.telling ? FORM.telling : 0);
		// A cell that is a name is one as a sentence, too.
		if (form?.full && (form.both || (form.telling && (form.given || form.family)))) {
			marks[i] = bitOf('person_name', isPublic(text) ? 'public' : 'sure');
			wholes[i] = 1 << PERSONAL_KINDS.indexOf('person_name');
		}
		if (form) notable.push(i);
		if (marks[i] !== 0 || form?.single) continue;
		for (const span of scanWith(text, features, isPublic)) {
			marks[i] = (marks[i] ?? 0) | bitOf(span.kind, span.grade);
			if (span.kind === 'person_name' && names.size < MOST_NAMED) {
				const before = names.get(i);
				const name = folded(text.slice(span.start, span.end));
				if (span.grade === 'public') publicly.add(name);
				else if (span.told || before === null) names.set(i, null);
				else if (before === undefined) names.set(i, [name]);
				else if (before.length < MOST_NAMES) before.push(name);
				else names.set(i, null);
			}
			if ((span.end - span.start) * 10 >= text.trim().length * 7)
				wholes[i] = (wholes[i] ?? 0) | (1 << PERSONAL_KINDS.indexOf(span.kind));
		}
		if (features & FEATURE.figures && text.length <= 26 && FIGURES.test(text))
			figures[i] = text.replace(/\D/g, '').length;
		if (features & FEATURE.postal && text.length <= 9 && isOtherCode(text)) codes[i] = 1;
		if (phoneHeader && features & FEATURE.digit && text.length <= 40 && isPhoneLike(text))
			phones[i] = 1;
		if (form) continue;
		if (marks[i] || figures[i] || codes[i] || phones[i]) notable.push(i);
		else if ((features & COUNTING) === 0 && !phoneHeader) plain[oldest++ % MOST_PLAIN] = i;
	}
	return {
		size,
		used,
		notable,
		values: column.length - column.missing,
		rows: source.rows,
		text: source.text,
		has: (index, kind, grade) => ((marks[index] ?? 0) & bitOf(kind, grade)) !== 0,
		whole: (index, kind) => ((wholes[index] ?? 0) & (1 << PERSONAL_KINDS.indexOf(kind))) !== 0,
		form: (index) => forms[index] ?? 0,
		figures: (index) => figures[index] ?? 0,
		phoneLike: (index) => phones[index] === 1,
		isPublic: (name) => publicly.has(name),
		names: (index) => names.get(index) ?? (names.has(index) ? null : []),
		otherCode: (index) => codes[index] === 1
	};
}

interface Source extends Pick<ColumnScan, 'size' | 'rows' | 'text'> {
	/** The same text, unread by `plainText`, as a part of a longer one; to be asked for in order. */
	walk(index: number): Part;
	/** Whether two texts differ by their figures only. */
	alike(index: number, other: number): boolean;
}
interface Part {
	readonly text: string;
	readonly from: number;
	readonly to: number;
}

/** Bytes decoded at a time: one call for many texts. */
const CHUNK = 1 << 16;

function ofTexts(column: Column & { readonly type: 'text' }, counts: Int32Array | null): Source {
	const { offsets, bytes } = column.dictionary;
	const size = dictionarySize(column.dictionary);
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const bounded = (index: number): string => {
		const start = offsets[index] ?? 0;
		const end = Math.min(offsets[index + 1] ?? 0, start + MAX_TEXT);
		return decoder.decode(bytes.subarray(start, end));
	};
	let chunk = '';
	let first = 0;
	let after = 0;
	/** Where each text of the chunk begins, in its signs. */
	let places: number[] = [];
	const fill = (index: number): void => {
		first = index;
		const start = offsets[index] ?? 0;
		after = index + 1;
		while (after < size && (offsets[after + 1] ?? 0) - start <= CHUNK) after++;
		places = [0];
		let place = 0;
		for (let i = index; i < after; i++) {
			const end = offsets[i + 1] ?? 0;
			for (let at = offsets[i] ?? 0; at < end; at++) {
				const byte = bytes[at] ?? 0;
				// A byte that goes on is no sign of its own; four bytes make two.
				if ((byte & 0xc0) !== 0x80) place += byte >= 0xf0 ? 2 : 1;
			}
			places.push(place);
		}
		chunk = decoder.decode(bytes.subarray(start, offsets[after] ?? 0));
		// Bytes that are no UTF-8 are counted otherwise: such texts are decoded one by one.
		if (chunk.length !== place) after = first;
	};
	return {
		size,
		rows: (index) => counts?.[index] ?? 0,
		text: (index) => plainText(bounded(index)),
		walk(index) {
			if (
				(offsets[index + 1] ?? 0) - (offsets[index] ?? 0) <= CHUNK &&
				(index < first || index >= after)
			)
				fill(index);
			if (index >= first && index < after)
				return {
					text: chunk,
					from: places[index - first] ?? 0,
					to: places[index - first + 1] ?? 0
				};
			const text = bounded(index);
			return { text, from: 0, to: text.length };
		},
		alike(index, other) {
			let at = offsets[index] ?? 0;
			let to = offsets[other] ?? 0;
			const end = offsets[index + 1] ?? 0;
			if (end - at !== (offsets[other + 1] ?? 0) - to) return false;
			for (; at < end; at++, to++) {
				const byte = bytes[at] as number;
				const same = bytes[to] as number;
				if (byte !== same && !(isFigure(byte) && isFigure(same))) return false;
			}
			return true;
		}
	};
}

const isFigure = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Numbers of nine figures and more: shorter ones name nobody by themselves. */
function ofNumbers(column: Column): Source {
	const seen = new Map<number, number>();
	if (column.type === 'integer' || column.type === 'number') {
		const { values, length } = column;
		for (let row = 0; row < length; row++) {
			const value = values[row] as number;
			if (value >= 1e8 && value < 1e16 && Number.isInteger(value) && hasValue(column, row))
				seen.set(value, (seen.get(value) ?? 0) + 1);
		}
	}
	const values = [...seen.keys()];
	return {
		size: values.length,
		rows: (index) => seen.get(values[index] ?? 0) ?? 0,
		text: (index) => String(values[index] ?? ''),
		walk(index) {
			const text = String(values[index] ?? '');
			return { text, from: 0, to: text.length };
		},
		alike: () => false
	};
}
