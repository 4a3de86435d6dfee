/**
 * People named in a comment: `[@Nom](personne:ID)`, a link in its Markdown. Who is named is the id; the name between
 * the brackets is only how it was typed, and is replaced by the person's own when the comment is shown. What stands in
 * code names nobody.
 */
import { THREAD_LIMITS } from './thread.ts';

/** One, from where the search stands. Escaped characters within the brackets are a name's own. */
export const MENTION = /\[@((?:\\.|[^\\[\]\n]){1,200})\]\(personne:([0-9a-z]{26})\)/y;

interface Found {
	readonly personId: string;
	readonly from: number;
	readonly to: number;
	/** As it was typed. */
	readonly name: string;
}

/** Ids, each once, in the order in which they are named; those past THREAD_LIMITS.mentions are not counted. */
export function mentionsIn(body: string): string[] {
	const ids = new Set<string>();
	for (const { personId } of find(body)) {
		if (ids.size >= THREAD_LIMITS.mentions) break;
		ids.add(personId);
	}
	return [...ids];
}

/**
 * The comment with each person by their present name.
 * @param nameOf of those who are named in it; a link to anyone else becomes the words that were typed, and no link
 */
export function withNames(body: string, nameOf: (personId: string) => string | undefined): string {
	let out = '';
	let at = 0;
	for (const { personId, from, to, name } of find(body)) {
		const own = nameOf(personId);
		out += body.slice(at, from);
		out += own === undefined ? `@${name}` : mentionOf({ personId, name: own });
		at = to;
	}
	return out + body.slice(at);
}

/**
 * Who is named in a comment as it is listed, with the words that show them: the server wrote these names, and no other
 * link to a person is one of its.
 */
export const namesWritten = (body: string): ReadonlyMap<string, string> =>
	new Map(
		[...find(body)].map(({ personId, name }) => [
			personId,
			`@${name.replace(/\\([!-/:-@[-`{-~])/g, '$1')}`
		])
	);

/** What names a person in a comment. */
export const mentionOf = ({ personId, name }: { personId: string; name: string }): string =>
	`[@${name.replace(/[\\`*_{}[\]()<>#+.!|~&:@-]/g, '\\$&')}](personne:${personId})`;

/** The comment's words alone, on one line: for where nothing is set in Markdown. */
export function plainExcerpt(body: string, max: number): string {
	const words = body
		.replace(/^\s{0,3}(`{3,}|~{3,}).*$/gm, ' ')
		.replace(/!?\[((?:\\.|[^\\[\]])*)\]\([^()\s]*\)/g, '$1')
		.replace(/^\s{0,3}(#{1,6}|>|[-*+]|\d{1,9}[.)])\s+/gm, '')
		.replace(/(\*\*|__|~~|`+)/g, '')
		.replace(/(?<![\\\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])/g, '$1')
		.replace(/(?<![\\\w])_(?=\S)([^_\n]+)(?<=\S)_(?!\w)/g, '$1')
		.replace(/\\([!-/:-@[-`{-~])/g, '$1')
		.replace(/\s+/g, ' ')
		.trim();
	const letters = [...words.slice(0, 2 * max)];
	return letters.length <= max && words.length <= 2 * max
		? words
		: `${letters
				.slice(0, max - 1)
				.join('')
				.trimEnd()}…`;
}

/** In order. Reads as Markdown does, as far as code goes: fences, indented code, and spans between backticks. */
function* find(body: string): Generator<Found> {
	for (const { from, to } of paragraphs(body)) {
		let at = from;
		while (at < to) {
			const char = body[at];
			if (char === '\\') at += 2;
			else if (char === '`') at = afterSpan(body, at, to);
			else if (char === '[') {
				MENTION.lastIndex = at;
				const match = MENTION.exec(body);
				const [whole = '', name = '', personId = ''] = match ?? [];
				// An image of a person is none.
				if (match && at + whole.length <= to && body[at - 1] !== '!') {
					yield { personId, from: at, to: at + whole.length, name };
					at += whole.length;
				} else at++;
			} else at++;
		}
	}
}

/** After the code span that opens here; after its backticks where nothing closes it. */
function afterSpan(body: string, at: number, to: number): number {
	let end = at;
	while (end < to && body[end] === '`') end++;
	const ticks = end - at;
	for (let i = end; i < to;) {
		if (body[i] !== '`') {
			i++;
			continue;
		}
		let close = i;
		while (close < to && body[close] === '`') close++;
		if (close - i === ticks) return close;
		i = close;
	}
	return end;
}

interface Stretch {
	readonly from: number;
	readonly to: number;
}

/** Stretches of lines that are no code; a code span ends with its stretch. */
function paragraphs(body: string): Stretch[] {
	const found: Stretch[] = [];
	let open: number | null = null;
	let fence: string | null = null;
	/** Whether an indented line would be code: after an empty line, outside of a list. */
	let mayIndent = true;
	let inList = false;
	let at = 0;
	const close = (end: number): void => {
		if (open !== null) found.push({ from: open, to: end });
		open = null;
	};
	for (const line of body.split('\n')) {
		const next = at + line.length + 1;
		// A quotation's lines are read as the others, without their marks.
		const text = line.replace(/^( {0,3}> ?)+/, '');
		const mark = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})(.*)$/.exec(text);
		const ticks = mark?.[1] ?? '';
		if (fence !== null) {
			const closes =
				ticks[0] === fence[0] && ticks.length >= fence.length && mark?.[2]?.trim() === '';
			if (closes) fence = null;
		} else if (ticks !== '' && !(ticks[0] === '`' && mark?.[2]?.includes('`'))) {
			close(at);
			fence = ticks;
		} else if (text.trim() === '') {
			close(at);
			mayIndent = !inList;
		} else if (mayIndent && open === null && /^(?: {4}| {0,3}\t)/.test(text)) {
			// Indented code goes on until a line that is not.
		} else {
			if (/^\s{0,3}(?:[-*+]|\d{1,9}[.)])\s/.test(text)) inList = true;
			else if (open === null && !/^\s/.test(text)) inList = false;
			open ??= at;
			mayIndent = false;
		}
		at = next;
	}
	close(body.length);
	return found;
}
