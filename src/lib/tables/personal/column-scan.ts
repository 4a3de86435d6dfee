/** Reads each distinct text of a column once, and keeps what was found in it as bits. */
import { PERSONAL_KINDS, type PersonalKind } from '../../core/protocol/import.ts';
import { dictionarySize, hasValue, type Column } from '../column.ts';
import { scanBirthDates } from './birth-date.ts';
import { plainText } from './plain-text.ts';
import { isPhoneLike, scanContacts } from './scan-contacts.ts';
import { nameForm, scanNames } from './scan-names.ts';
import { scanNumbers } from './scan-numbers.ts';
import type { Grade, Span } from './span.ts';

/** Beyond it a text is no cell that people fill in: only its beginning is read. */
const MAX_TEXT = 1_000_000;

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
}

/** Every place in a plain text that may hold personal information, in order, each kind at most once at a place. */
export function scanText(text: string, isPublic: (name: string) => boolean): Span[] {
	const spans: Span[] = [];
	let digits = 0;
	let capitals = 0;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code >= 0x30 && code <= 0x39) digits++;
		else if ((code >= 0x41 && code <= 0x5a) || code >= 0xc0) capitals++;
	}
	scanContacts(text, digits, spans);
	if (digits >= 6) scanNumbers(text, digits, spans);
	if (digits >= 3) scanBirthDates(text, spans);
	if (capitals > 0) scanNames(text, isPublic, spans);
	if (spans.length < 2) return spans;
	spans.sort((a, b) => a.start - b.start || b.end - a.end);
	const ends = new Map<PersonalKind, number>();
	return spans.filter((span) => {
		if (span.start < (ends.get(span.kind) ?? 0)) return false;
		ends.set(span.kind, span.end);
		return true;
	});
}

const FIGURES = /^[ ]?\d[\d .\-/]{6,24}\d ?$/;

/** @param isPublic whether a name is an artist's, a venue's or a work's of the same table */
export function scanColumn(
	column: Column,
	counts: Int32Array | null,
	isPublic: (name: string) => boolean
): ColumnScan {
	const source = column.type === 'text' ? ofTexts(column, counts) : ofNumbers(column);
	const { size } = source;
	const marks = new Uint32Array(size);
	const wholes = new Uint16Array(size);
	const forms = new Uint8Array(size);
	const figures = new Uint8Array(size);
	const phones = new Uint8Array(size);
	for (let i = 0; i < size; i++) {
		if (source.rows(i) === 0) continue;
		const text = source.text(i);
		const spans = scanText(text, isPublic);
		for (const span of spans) {
			marks[i] = (marks[i] ?? 0) | bitOf(span.kind, span.grade);
			if ((span.end - span.start) * 10 >= text.trim().length * 7)
				wholes[i] = (wholes[i] ?? 0) | (1 << PERSONAL_KINDS.indexOf(span.kind));
		}
		if (text.length <= 26 && FIGURES.test(text)) figures[i] = text.replace(/\D/g, '').length;
		if (text.length <= 40 && isPhoneLike(text)) phones[i] = 1;
		const form = text.length <= 60 ? nameForm(text) : null;
		if (form)
			forms[i] =
				(form.full ? FORM.full : 0) |
				(form.single ? FORM.single : 0) |
				(form.given ? FORM.given : 0) |
				(form.family ? FORM.family : 0) |
				(form.both ? FORM.both : 0) |
				(form.telling ? FORM.telling : 0);
	}
	return {
		size,
		values: column.length - column.missing,
		rows: source.rows,
		text: source.text,
		has: (index, kind, grade) => ((marks[index] ?? 0) & bitOf(kind, grade)) !== 0,
		whole: (index, kind) => ((wholes[index] ?? 0) & (1 << PERSONAL_KINDS.indexOf(kind))) !== 0,
		form: (index) => forms[index] ?? 0,
		figures: (index) => figures[index] ?? 0,
		phoneLike: (index) => phones[index] === 1
	};
}

type Source = Pick<ColumnScan, 'size' | 'rows' | 'text'>;

function ofTexts(column: Column & { readonly type: 'text' }, counts: Int32Array | null): Source {
	const { offsets, bytes } = column.dictionary;
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	return {
		size: dictionarySize(column.dictionary),
		rows: (index) => counts?.[index] ?? 0,
		text: (index) => {
			const start = offsets[index] ?? 0;
			const end = Math.min(offsets[index + 1] ?? 0, start + MAX_TEXT);
			return plainText(decoder.decode(bytes.subarray(start, end)));
		}
	};
}

/** Numbers of nine figures and more: shorter ones name nobody by themselves. */
function ofNumbers(column: Column): Source {
	const seen = new Map<number, number>();
	if (column.type === 'integer' || column.type === 'number')
		for (let row = 0; row < column.length; row++) {
			const value = column.values[row] ?? 0;
			if (value >= 1e8 && value < 1e16 && Number.isInteger(value) && hasValue(column, row))
				seen.set(value, (seen.get(value) ?? 0) + 1);
		}
	const values = [...seen.keys()];
	return {
		size: values.length,
		rows: (index) => seen.get(values[index] ?? 0) ?? 0,
		text: (index) => String(values[index] ?? '')
	};
}
