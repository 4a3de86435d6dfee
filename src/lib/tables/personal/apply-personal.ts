/** Does to a column what was decided about the personal information in it. */
import { InvalidError } from '../../core/errors.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { PersonalChoice, PersonalFinding, PersonalKind } from '../../core/protocol/import.ts';
import { cellReader, hasValue, type Column } from '../column.ts';
import { TextInterner } from '../text-interner.ts';
import { ageAt, ageBand, parseBirthDate } from './birth-date.ts';
import { scanText } from './column-scan.ts';
import { birthOfNumber, dayAt } from './births.ts';
import { plainText } from './plain-text.ts';
import { pseudonymise } from './pseudonym.ts';
import { areaOf } from './scan-contacts.ts';
import type { Span } from './span.ts';

export interface ApplyOptions {
	/** Key of the organisation's pseudonyms. */
	readonly key?: Uint8Array | undefined;
	/** Days since 1970-01-01 at which ages are reckoned. */
	readonly today?: number | undefined;
	/** Of the labels that mask; French where it is not said. */
	readonly masks?: Lang | undefined;
}

/** What stands in the place of each kind in a text; no label holds a word that a detector looks for. */
const LABELS: Record<Lang, Record<PersonalKind, string>> = {
	fr: {
		email: '[courriel]',
		phone: '[téléphone]',
		postal_code: '[code postal]',
		person_name: '[nom]',
		address: '[adresse]',
		health_number: '[assurance maladie]',
		sin: '[assurance sociale]',
		card: '[carte]',
		birth_date: '[date de naissance]'
	},
	en: {
		email: '[email]',
		phone: '[phone]',
		postal_code: '[postal code]',
		person_name: '[name]',
		address: '[address]',
		health_number: '[health insurance]',
		sin: '[social insurance]',
		card: '[card]',
		birth_date: '[birth date]'
	}
};

/**
 * The column with what was found in it dropped (null), made general, put under a pseudonym or masked.
 * @throws InvalidError `pseudonym_key_missing` (column), `personal_day_missing` (column): ages need a day
 */
export function applyPersonal(
	column: Column,
	choice: PersonalChoice | null,
	findings: readonly PersonalFinding[],
	{ key, today, masks }: ApplyOptions = {}
): Column | null {
	if (findings.length === 0 || !choice) return column;
	const kinds = findings.map((finding) => finding.kind);
	switch (choice.action) {
		case 'drop':
			return null;
		case 'keep':
			return column;
		case 'pseudonymise': {
			if (!key) throw new InvalidError('pseudonym_key_missing', { column: column.name });
			return pseudonymise(asText(column), key);
		}
		case 'mask':
			return withTexts(asText(column), (text) => maskText(text, kinds, masks));
		case 'generalise': {
			if (kinds.includes('birth_date')) {
				if (today === undefined || Number.isNaN(today))
					throw new InvalidError('personal_day_missing', { column: column.name });
				return ages(column, today);
			}
			return kinds.includes('postal_code') ? withTexts(column, areasIn) : column;
		}
	}
}

/** A text with each place that may hold one of the kinds replaced by what it is; the rest as the detectors read it. */
export function maskText(text: string, kinds: readonly PersonalKind[], lang: Lang = 'fr'): string {
	let masked = text;
	// What stood beside a mask may have a shape of its own once its neighbour is gone: each pass leaves fewer.
	for (let pass = 0; pass < 20; pass++) {
		const plain = plainText(masked);
		const spans = disjoint(scanText(plain, () => false).filter((span) => concerns(span, kinds)));
		if (spans.length === 0) return masked;
		masked = replaced(plain, spans, (span) => LABELS[lang][span.kind]);
	}
	return masked;
}

/** Public names are left readable in a sentence; whatever has a check digit, or reaches somebody, goes in any case. */
const concerns = (span: Span, kinds: readonly PersonalKind[]): boolean =>
	kinds.includes(span.kind) && !(span.kind === 'person_name' && span.grade === 'public');

/** In order, the longer of two that overlap, as one. */
function disjoint(spans: readonly Span[]): Span[] {
	const kept: Span[] = [];
	for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
		const last = kept.at(-1);
		if (!last || span.start >= last.end) kept.push(span);
		else if (span.end > last.end) kept[kept.length - 1] = { ...last, end: span.end };
	}
	return kept;
}

function replaced(text: string, spans: readonly Span[], by: (span: Span) => string): string {
	const parts: string[] = [];
	let at = 0;
	for (const span of spans) {
		parts.push(text.slice(at, span.start), by(span));
		at = span.end;
	}
	parts.push(text.slice(at));
	return parts.join('');
}

/** `H2X 1Y4` → `H2X`, wherever there is one. */
function areasIn(text: string): string {
	const plain = plainText(text);
	const spans = disjoint(scanText(plain, () => false).filter(({ kind }) => kind === 'postal_code'));
	return spans.length
		? replaced(plain, spans, (span) => areaOf(plain.slice(span.start, span.end)))
		: text;
}

// ---------------------------------------------------------------- columns

/** The texts made others; null makes a value missing. Texts that become the same become one. */
function withTexts(column: Column, change: (text: string) => string | null): Column {
	if (column.type !== 'text') return column;
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const { offsets, bytes } = column.dictionary;
	const made: (string | null)[] = [];
	for (let code = 0; code + 1 < offsets.length; code++)
		made.push(change(decoder.decode(bytes.subarray(offsets[code], offsets[code + 1]))));
	const seen = column.codes;
	return textColumn(column, (row) => made[seen[row] ?? 0] ?? null);
}

/** A number or a date as it reads: digits for a number, ISO for a date. */
function asText(column: Column): Column {
	if (column.type === 'text') return column;
	const read = cellReader(column);
	const dated = column.type === 'date' || column.type === 'datetime';
	return textColumn(column, (row) => {
		const value = read(row);
		if (value === null) return null;
		return dated ? new Date(Number(value)).toISOString().slice(0, 10) : String(value);
	});
}

/** Each birth date as the band of ages it falls in; what makes no age goes missing, since it may still tell a birth. */
function ages(column: Column, today: number): Column {
	const band = (born: number): string | null => ageBand(ageAt(born, today));
	if (column.type === 'text')
		return withTexts(column, (text) => band(parseBirthDate(plainText(text), today, true)));
	if (column.type === 'integer' || column.type === 'number')
		return textColumn(column, (row) =>
			band(birthOfNumber(String(column.values[row] ?? ''), today))
		);
	return textColumn(column, (row) => band(dayAt(column, row)));
}

function textColumn(column: Column, textOf: (row: number) => string | null): Column {
	const encoder = new TextEncoder();
	const interner = new TextInterner();
	const known = new Map<string, number>();
	const { length } = column;
	const codes = new Int32Array(length);
	const valid = new Uint8Array((length + 7) >> 3);
	let missing = 0;
	for (let row = 0; row < length; row++) {
		const text = hasValue(column, row) ? textOf(row) : null;
		if (text === null) {
			missing++;
			continue;
		}
		let code = known.get(text);
		if (code === undefined) {
			const made = encoder.encode(text);
			code = interner.intern(made, new DataView(made.buffer), 0, made.length);
			known.set(text, code);
		}
		codes[row] = code;
		valid[row >> 3] = (valid[row >> 3] ?? 0) | (1 << (row & 7));
	}
	return {
		name: column.name,
		length,
		missing,
		valid: missing ? valid : null,
		type: 'text',
		codes,
		dictionary: interner.dictionary()
	};
}
