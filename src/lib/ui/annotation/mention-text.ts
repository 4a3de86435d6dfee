/**
 * People named in a comment. It is kept as Markdown (`[@Nom](personne:ID)`); who writes one reads and types `@Nom`
 * alone, and which names are people is kept beside the words.
 */
import { MENTION, mentionOf } from '$lib/core/annotation/mentions';
import type { Mentionable } from '$lib/core/annotation/thread';

/** A name as it stands in what is typed, `@` included, with whom it names. */
export interface TypedMention {
	readonly shown: string;
	readonly person: Mentionable;
}

/** Wherever it stands, in code too: there it names nobody, and is kept again as it was. */
const KEPT = new RegExp(MENTION, 'g');

const unescaped = (name: string): string => name.replace(/\\([^\n])/g, '$1');

/** A comment as it is kept, in the words that are typed. */
export function typedOf(body: string): { text: string; mentions: readonly TypedMention[] } {
	const mentions: TypedMention[] = [];
	const text = body.replace(KEPT, (_whole, written: string, personId: string) => {
		const { shown, more } = mention({ personId, name: unescaped(written) }, mentions);
		mentions.push(...more);
		return shown;
	});
	return { text, mentions };
}

/** How a person is written among those named already: two of one name are told apart. */
export function mention(
	person: Mentionable,
	among: readonly TypedMention[]
): { shown: string; more: readonly TypedMention[] } {
	const known = among.find((other) => other.person.personId === person.personId);
	if (known) return { shown: known.shown, more: [] };
	let shown = `@${person.name}`;
	for (let n = 2; among.some((other) => other.shown === shown); n++)
		shown = `@${person.name} (${n})`;
	return { shown, more: [{ shown, person }] };
}

/** What is typed, as it is kept: each name that is still there, whole, names its person. */
export function keptOf(text: string, mentions: readonly TypedMention[]): string {
	// The longest first: « @Ana » is the beginning of « @Ana Roy ».
	const list = [...mentions].sort((a, b) => b.shown.length - a.shown.length);
	let kept = '';
	for (let at = 0; at < text.length;) {
		const found = text[at] === '@' && list.find(({ shown }) => standsAt(text, at, shown));
		if (found) {
			kept += mentionOf(found.person);
			at += found.shown.length;
		} else kept += text[at++];
	}
	return kept;
}

/** Who is still named in what is typed. */
export function namedIn(text: string, mentions: readonly TypedMention[]): readonly Mentionable[] {
	const kept = keptOf(text, mentions);
	return mentions
		.map(({ person }) => person)
		.filter(({ personId }) => kept.includes(`](personne:${personId})`));
}

function standsAt(text: string, at: number, shown: string): boolean {
	return (
		text.startsWith(shown, at) &&
		!/[\p{L}\p{N}_]/u.test(text[at - 1] ?? ' ') &&
		!/[\p{L}\p{N}_]/u.test(text[at + shown.length] ?? ' ')
	);
}

/** No longer a name is looked for: what follows an `@` is a sentence. */
const LONGEST_QUERY = 40;

/** The name that is being typed at the caret: where its `@` stands, and what follows; null where none is. */
export function queryAt(text: string, caret: number): { from: number; query: string } | null {
	const from = text.lastIndexOf('@', caret - 1);
	if (from < 0 || caret - from > LONGEST_QUERY) return null;
	if (/[\p{L}\p{N}_@]/u.test(text[from - 1] ?? ' ')) return null;
	const query = text.slice(from + 1, caret);
	return /[\n@]|^\s|\s{2}/.test(query) ? null : { from, query };
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those whose name, or a word of it, begins so; accents and capitals aside. */
export function peopleLike(
	people: readonly Mentionable[],
	query: string,
	most = 8
): readonly Mentionable[] {
	const wanted = plain(query);
	const rank = (name: string): number => {
		const read = plain(name);
		if (read.startsWith(wanted)) return 0;
		return ` ${read.replace(/[-'’.]/g, ' ')}`.includes(` ${wanted}`) ? 1 : 2;
	};
	return people
		.map((person) => ({ person, rank: rank(person.name) }))
		.filter((found) => found.rank < 2)
		.sort((a, b) => a.rank - b.rank)
		.slice(0, most)
		.map(({ person }) => person);
}
