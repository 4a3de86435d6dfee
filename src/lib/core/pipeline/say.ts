/** Putting words together: sentences with places for columns, values and other words. */
import { dayWords } from '../date-text.ts';
import { markedText } from '../misleading.ts';
import type { Lang } from '../notebook/notebook.ts';
import { quotedName, type WordPart, type Words } from './words.ts';

/** What others wrote: in a sentence that says what a change does, it may reorder nothing and hide nothing. */
const given = (kind: 'column' | 'table' | 'value', text: string): Words => [
	{ kind, text: markedText(text) }
];
export const columnWords = (name: string): Words => given('column', name);
export const tableWords = (name: string): Words => given('table', name);
export const valueWords = (text: string): Words => given('value', text);
export const textWords = (text: string): Words => [{ kind: 'text', text }];

/** Neighbours of plain text as one. */
function joined(parts: readonly WordPart[]): Words {
	const words: WordPart[] = [];
	for (const part of parts) {
		const last = words.at(-1);
		if (part.text === '') continue;
		if (part.kind === 'text' && last?.kind === 'text')
			words[words.length - 1] = { kind: 'text', text: last.text + part.text };
		else words.push(part);
	}
	return words;
}

/** `{0}` and the like in a sentence become words; `{*}` all of them, in a list. */
export function say(sentence: string, ...given: readonly Words[]): Words {
	const parts: WordPart[] = [];
	for (const piece of sentence.split(/(\{[\d*]\})/)) {
		const place = /^\{([\d*])\}$/.exec(piece)?.[1];
		if (place === undefined) parts.push({ kind: 'text', text: piece });
		else if (place === '*')
			parts.push(...given.flatMap((words, i) => (i ? [...textWords(', '), ...words] : words)));
		else parts.push(...(given[Number(place)] ?? []));
	}
	return joined(parts);
}

/** A sentence in the language asked for. */
export const choose = <Text>(lang: Lang, fr: Text, en: Text): Text => (lang === 'fr' ? fr : en);

/** Longer lists end with how many more there are. */
const SHOWN = 4;

/** « A, B et C »; « A, B, C … et 3 autres » where there are many. @param last what stands before the last one */
export function sayList(
	items: readonly Words[],
	lang: Lang,
	last: 'and' | 'or' = 'and',
	/** What stands between two; clauses that have commas of their own are told apart by `; `. */
	between?: string
): Words {
	const word = choose(lang, { and: 'et', or: 'ou' }, { and: 'and', or: 'or' })[last];
	const hidden = items.length > SHOWN + 1 ? items.length - SHOWN : 0;
	const shown = hidden ? items.slice(0, SHOWN) : items;
	const parts = shown.flatMap((item, i): Words => {
		const first = i === 0;
		const final = !hidden && i === shown.length - 1;
		return [...textWords(first ? '' : (between ?? (final ? ` ${word} ` : ', '))), ...item];
	});
	const more = choose(lang, ` … ${word} ${hidden} autres`, ` … ${word} ${hidden} others`);
	return joined([...parts, ...textWords(hidden ? more : '')]);
}

const NUMBERS = {
	fr: new Intl.NumberFormat('fr-CA', { maximumFractionDigits: 15 }),
	en: new Intl.NumberFormat('en-CA', { maximumFractionDigits: 15 })
};
/** Four digits of a whole number stay together, as in tables, so that a year reads as one. */
const WHOLE = {
	fr: new Intl.NumberFormat('fr-CA', { useGrouping: 'min2' }),
	en: new Intl.NumberFormat('en-CA', { useGrouping: 'min2' })
};
export const numberText = (value: number, lang: Lang): string =>
	(Number.isInteger(value) ? WHOLE : NUMBERS)[lang].format(value);

/** `2024-03-01` as a day in words; anything else as it is. */
export function dateText(text: string, lang: Lang): string {
	const time = Date.parse(text);
	if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time)) return text;
	const clock = /T(\d{2}):(\d{2})/.exec(text);
	const day = dayWords(time, lang, text);
	return !clock || /T00:00(:00(\.0+)?)?Z?$/.test(text)
		? day
		: choose(
				lang,
				`${day} à ${clock[1] ?? ''}\u00a0h\u00a0${clock[2] ?? ''}`,
				`${day} at ${clock[1] ?? ''}:${clock[2] ?? ''}`
			);
}

/** A constant as a person reads it. */
export function constantText(value: string | number | boolean | null, lang: Lang): string {
	if (value === null) return choose(lang, 'rien', 'nothing');
	if (value === '') return choose(lang, '(vide)', '(empty)');
	if (typeof value === 'number') return numberText(value, lang);
	if (typeof value === 'boolean')
		return value ? choose(lang, 'vrai', 'true') : choose(lang, 'faux', 'false');
	// Spaces at an edge, and signs alone, are read as part of the sentence otherwise.
	if (value === ' ') return choose(lang, 'l’espace', 'the space');
	if (value.trim() !== value || !/[\p{L}\p{N}]/u.test(value)) return quotedName(value, lang);
	return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}
