/**
 * The tokenizer of notebook files: a small part of HTML's, strict where HTML mends. Script text ends at the first
 * `</script`, which every writer of the format escapes: HTML's older rule about `<!--` inside scripts is left out, so
 * that a cell cannot swallow the next ones. One pass, in time proportional to the text.
 */
import { InvalidError } from '../errors.ts';

export interface FileElement {
	/** Lower case. */
	readonly name: string;
	/** The first value of each attribute; names in lower case. */
	readonly attributes: ReadonlyMap<string, string>;
	/** Of elements whose content is text (`script`, `title`…); else ''. */
	readonly text: string;
	/** It stands between `<notebook>` and `</notebook>`. */
	readonly inNotebook: boolean;
	/** 1-based. */
	readonly line: number;
}

/** Elements whose content is text up to their end tag; in those that are `true`, character references are read. */
const TEXT_ELEMENTS: ReadonlyMap<string, boolean> = new Map([
	['script', false],
	['title', true],
	['textarea', true],
	['style', false],
	['xmp', false],
	['iframe', false],
	['noembed', false],
	['noframes', false]
]);

/** Calls `visit` on each element in order. Throws an `InvalidError` where something that opens does not close. */
export function eachElement(html: string, visit: (element: FileElement) => void): void {
	const lineAt = lineCounter(html);
	const unclosed = (what: string, at: number): InvalidError =>
		new InvalidError('notebook_file_unclosed', { what, line: lineAt(at) });
	let depth = 0;
	let openedAt = 0;
	let at = 0;
	for (;;) {
		const open = html.indexOf('<', at);
		if (open < 0) break;
		const after = html.slice(open + 1, open + 4);
		if (after === '!--') {
			const close = html.indexOf('-->', open + 2);
			if (close < 0) throw unclosed('<!--', open);
			at = close + 3;
		} else if (/^[a-z]/i.test(after)) {
			const tag = readTag(html, open + 1);
			if (!tag) throw unclosed(nameAt(html, open), open);
			const { name, attributes } = tag;
			const line = lineAt(open);
			const references = TEXT_ELEMENTS.get(name);
			let text = '';
			at = tag.end;
			if (references !== undefined) {
				const end = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi');
				end.lastIndex = at;
				const found = end.exec(html);
				const close = found ? html.indexOf('>', found.index) : -1;
				if (!found || close < 0) throw unclosed(`<${name}>`, open);
				text = html.slice(at, found.index);
				if (references) text = readReferences(text);
				at = close + 1;
			}
			if (name === 'notebook' && depth++ === 0) openedAt = line;
			visit({ name, attributes, text, inNotebook: depth > 0, line });
		} else if (/^[/!?]/.test(after)) {
			// An end tag, a doctype, or what HTML reads as a comment.
			const close = html.indexOf('>', open);
			if (close < 0) throw unclosed(nameAt(html, open), open);
			if (/^\/notebook[\t\n\f\r />]/i.test(html.slice(open + 1, open + 11)))
				depth = Math.max(0, depth - 1);
			at = close + 1;
		} else at = open + 1;
	}
	if (depth > 0)
		throw new InvalidError('notebook_file_unclosed', { what: '<notebook>', line: openedAt });
}

const nameAt = (html: string, open: number): string =>
	/^<[/!?]?[^\s/>]{0,30}/.exec(html.slice(open, open + 34))?.[0] ?? '<';

/** Lines are asked in order of place. */
function lineCounter(html: string): (at: number) => number {
	let line = 1;
	let next = html.indexOf('\n');
	return (at) => {
		for (; next >= 0 && next < at; next = html.indexOf('\n', next + 1)) line += 1;
		return line;
	};
}

const NAME = /[^\s/>]+/y;
const ATTRIBUTE =
	/[\s/]*(?:([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?)?/y;

/** The tag whose name begins at `from`; null when the text ends before it, or a quotation mark is missing. */
function readTag(
	html: string,
	from: number
): { name: string; attributes: Map<string, string>; end: number } | null {
	NAME.lastIndex = from;
	const name = NAME.exec(html)?.[0].toLowerCase() ?? '';
	const attributes = new Map<string, string>();
	let at = from + name.length;
	for (;;) {
		ATTRIBUTE.lastIndex = at;
		const match = ATTRIBUTE.exec(html);
		const [all = '', key, double, single, bare] = match ?? [];
		at += all.length;
		if (key === undefined) return html[at] === '>' ? { name, attributes, end: at + 1 } : null;
		const value = readReferences(double ?? single ?? bare ?? '');
		if (!attributes.has(key.toLowerCase())) attributes.set(key.toLowerCase(), value);
	}
}

const REFERENCES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0'
};

/** The references that HTML writes, and numbers; any other stays as it is written. */
function readReferences(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (all, decimal, hex, name) => {
		if (name !== undefined) return REFERENCES[String(name)] ?? String(all);
		const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
		const whole = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
		return whole ? String.fromCodePoint(code) : '\ufffd';
	});
}
