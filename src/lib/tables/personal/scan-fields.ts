/**
 * Fields inside a text: JSON, XML and HTML, contact cards, addresses of pages, `clé=valeur` and `Clé : valeur`. The name
 * of a field says what its value is, as a header does of its column.
 */
import { parseBirthDate } from './birth-date.ts';
import { headerSays, type HeaderSays } from './header-words.ts';
import { looksLikeAddress } from './scan-addresses.ts';
import { isPhoneLike } from './scan-contacts.ts';
import { nameForm } from './scan-names.ts';
import type { Grade, Span } from './span.ts';

export interface Field {
	readonly key: string;
	/** Where its value stands in the text, as it is written there. */
	readonly start: number;
	readonly end: number;
	/** `:` in a sentence: anything may stand before it. */
	readonly spoken: boolean;
}

const MOST_FIELDS = 400;
/** What a text holds at most of what is decoded. */
const MOST_DECODED = 2000;

const JSON_STRING =
	/(["'])([\p{L}_][\p{L}\p{N}_ .-]{0,40})\1 {0,2}(?::|=>) {0,2}(?:"((?:[^"\\]|\\.){1,300})"|'([^'\\]{1,300})'|(-?\d{4,16}(?:\.\d{1,4})?)|([{[]))|([}\]])/gu;
const TAG = /<([\p{L}][\p{L}\p{N}_:.-]{0,40})((?: [^<>]{0,300})?)>([^<>]{0,300})(?=<)/gu;
const ATTRIBUTE = /([\p{L}][\p{L}\p{N}_:-]{0,40})=(?:"([^"<>]{1,300})"|'([^'<>]{1,300})')/gu;
const LABEL =
	/<(?:dt|th|td|b|strong|label|span)[^<>]{0,100}>([^<>]{2,30}?) {0,2}:? {0,2}<\/[a-z]{1,8}> {0,2}:? {0,2}(?:<[^<>]{1,60}>){0,3} {0,2}([^<>]{2,200})/giu;
const CARD =
	/(?:^|[\n\r]|\\n|MECARD:|;)(?:item\d\.)?(N|FN|TEL|EMAIL|ADR|BDAY|ORG|TITLE|NOTE)((?:;[^:\n]{0,60})?):([^\n\r\\]{1,300})/gu;
const PAIR =
	/(?<![\p{L}\p{N}])(\p{L}[\p{L}\p{N}_.'-]{0,29}(?: [\p{L}\p{N}_.'-]{1,15}){0,2}?)(?: {0,2}=(?!=) {0,2}| {0,2}:(?![/\\:]) {0,2})("[^"]{1,200}"|[^;|&\n\r"<>{}[\]#]{1,200})/gu;

const CARD_KEYS: ReadonlyMap<string, string> = new Map([
	['N', 'nom complet'],
	['FN', 'nom complet'],
	['TEL', 'tel'],
	['EMAIL', 'email'],
	['ADR', 'adresse'],
	['BDAY', 'naissance'],
	['ORG', 'organisation'],
	['TITLE', 'titre'],
	['NOTE', 'note']
]);

const said = new Map<string, HeaderSays>();
function saysOf(key: string): HeaderSays {
	let says = said.get(key);
	if (!says) {
		says = headerSays(key);
		if (said.size > 2000) said.clear();
		said.set(key, says);
	}
	return says;
}

/** What people look for, and what campaigns are called, names artists. */
const SOUGHT =
	/^(?:q|s|k|kw|query|search|recherche|mots?|motcle|keywords?|terms?|utm_\w+|tags?|titre|title)$/i;

/** Forgets the names of fields: they may be a file's. */
export const forgetFields = (): void => said.clear();

function fieldsOf(text: string): Field[] {
	const fields: Field[] = [];
	const add = (key: string, start: number, length: number, spoken = false): void => {
		if (fields.length < MOST_FIELDS && length > 0)
			fields.push({ key, start, end: start + length, spoken });
	};
	if (text.includes('"') || text.includes("'")) json(text, add);
	if (text.includes('<')) markup(text, add);
	if (/BEGIN:VCARD|MECARD:/i.test(text)) {
		for (const match of text.matchAll(CARD)) {
			const value = match[3] ?? '';
			add(
				CARD_KEYS.get(match[1] ?? '') ?? '',
				match.index + match[0].length - value.length,
				value.length
			);
		}
		return fields;
	}
	for (const match of text.matchAll(PAIR)) {
		const value = match[2] ?? '';
		const spoken = !match[0].slice((match[1] ?? '').length, -value.length).includes('=');
		add(match[1] ?? '', match.index + match[0].length - value.length, value.length, spoken);
	}
	return fields;
}

type Add = (key: string, start: number, length: number) => void;

/** Names of fields with those of the objects around them: `salle.nom` is no client's. */
function json(text: string, add: Add): void {
	const around: string[] = [];
	for (const match of text.matchAll(JSON_STRING)) {
		if (match[7]) {
			around.pop();
			continue;
		}
		const key = match[2] ?? '';
		if (match[6]) {
			if (around.length < 20) around.push(key);
			continue;
		}
		const value = match[3] ?? match[4] ?? match[5] ?? '';
		const quoted = match[5] === undefined ? 1 : 0;
		add(
			[...around.slice(-1), key].join(' '),
			match.index + match[0].length - value.length - quoted,
			value.length
		);
	}
}

function markup(text: string, add: Add): void {
	for (const match of text.matchAll(TAG)) {
		const value = match[3] ?? '';
		if (value.trim())
			add(match[1] ?? '', match.index + match[0].length - value.length, value.length);
		const within = match.index + 1 + (match[1] ?? '').length;
		for (const one of (match[2] ?? '').matchAll(ATTRIBUTE)) {
			const held = one[2] ?? one[3] ?? '';
			add(
				`${match[1] ?? ''} ${one[1] ?? ''}`,
				within + one.index + one[0].length - held.length - 1,
				held.length
			);
		}
	}
	for (const match of text.matchAll(LABEL)) {
		const value = match[2] ?? '';
		add(match[1] ?? '', match.index + match[0].length - value.length, value.length);
	}
}

/** A value as it reads: `%20`, `\u00e9`, `&eacute;` and the like are signs. */
function decoded(value: string): string {
	let text = value;
	if (/%[0-9a-f]{2}|\+/i.test(text)) {
		text = text.replace(/\+/g, ' ');
		try {
			text = decodeURIComponent(text);
		} catch {
			// Not all of it is encoded.
			text = text.replace(/%20/g, ' ');
		}
	}
	if (text.includes('\\'))
		text = text
			.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
			.replace(/\\[nrt]/g, ' ')
			.replace(/\\(.)/g, '$1');
	if (text.includes('&'))
		text = text
			.replace(/&#(\d{2,5});/g, (_, code: string) => String.fromCharCode(Number(code)))
			.replace(/&#x([0-9a-f]{2,4});/gi, (_, code: string) =>
				String.fromCharCode(parseInt(code, 16))
			)
			.replace(/&(?:nbsp|amp|quot|apos);/g, ' ')
			.replace(/&([a-z])(?:acute|grave|circ|cedil|uml|tilde);/gi, '$1');
	return text;
}

/**
 * @param scan what finds the rest in a value that was decoded
 */
export function scanFields(text: string, spans: Span[], scan: (text: string) => Span[]): void {
	if (text.length > 20_000) return;
	const fields = fieldsOf(text);
	if (fields.length === 0) return;
	const known = fields.map((field) => ({ ...field, says: saysOf(field.key) }));
	// Beside what reaches somebody, a name is somebody's.
	const reaches = known.some(
		({ says, spoken }) =>
			!spoken &&
			!says.place &&
			(says.email || says.phone || says.address || says.birth || says.postal)
	);
	let budget = MOST_DECODED;
	for (const { key, says, start, end, spoken } of known) {
		const raw = text.slice(start, end);
		const value = decoded(raw).replace(/^["' ]+|["' ]+$/g, '');
		// A place's own field: what it holds is the place's.
		if (says.place && !says.person && !spoken) {
			publish(spans, start, end);
			continue;
		}
		for (const found of readField(says, value, spoken, reaches)) {
			const at = raw.indexOf(found.text);
			const from = at < 0 ? start : start + at;
			spans.push({
				kind: found.kind,
				start: from,
				end: at < 0 ? end : from + found.text.length,
				grade: found.grade
			});
		}
		if (value !== raw && raw.length > 5 && budget > 0 && !spoken && /[%\\&+]/.test(raw)) {
			budget -= value.length;
			for (const { kind, grade } of scan(value.slice(0, MOST_DECODED)))
				if (
					!(kind === 'person_name' && SOUGHT.test(key)) &&
					!spans.some((span) => span.kind === kind && span.start >= start && span.end <= end)
				)
					spans.push({ kind, start, end, grade });
		}
	}
}

function publish(spans: Span[], start: number, end: number): void {
	for (const [i, span] of spans.entries())
		if (span.start >= start && span.end <= end && span.kind !== 'email')
			spans[i] = { ...span, grade: 'public' };
}

interface Read {
	readonly kind: Span['kind'];
	readonly text: string;
	readonly grade: Grade;
}

function readField(says: HeaderSays, value: string, spoken: boolean, reaches: boolean): Read[] {
	const found: Read[] = [];
	if (says.credit && !says.person) return found;
	if (
		(says.person || says.givenName || says.familyName || says.name) &&
		!says.reach &&
		!says.code
	) {
		// A card writes `Nom;Prénom;;;`; a sentence goes on after a name.
		const whole = value.replace(/;+ *$/, '').replace(/;+/g, ', ').trim();
		const written = [whole, value.split(/[,(/\d\n]| - /)[0]?.trim() ?? ''].find((one) =>
			one ? nameForm(one) : false
		);
		const form = written ? nameForm(written) : null;
		if (written && form) {
			const known = form.given || form.family;
			const named = says.person || says.givenName || says.familyName;
			const sure = spoken
				? form.full && known && (named || form.both)
				: named || reaches
					? form.full || known
					: form.both;
			if (sure || (!spoken && form.full && known))
				found.push({
					kind: 'person_name',
					text: written === whole ? value : written,
					grade: sure ? 'sure' : 'weak'
				});
		}
	}
	if (
		says.address &&
		!says.email &&
		looksLikeAddress(value.split(';').find((part) => /\d/.test(part)) ?? '')
	)
		found.push({ kind: 'address', text: value, grade: 'sure' });
	if (says.phone && isPhoneLike(value)) found.push({ kind: 'phone', text: value, grade: 'sure' });
	if (says.birth && !says.event) {
		const written = /^[^,;|(]{4,40}/.exec(value)?.[0].trim() ?? '';
		if (!Number.isNaN(parseBirthDate(written, 20_500, !spoken)))
			found.push({ kind: 'birth_date', text: written, grade: 'sure' });
	}
	return found;
}
