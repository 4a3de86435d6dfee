/** An inspected value as a line of text for a report: figures and dates in the manner of its language. */
import { dayWords } from '../date-text.ts';
import type { Lang } from '../notebook/notebook.ts';
import type { InspectEntry, InspectNode } from '../protocol/messages.ts';

/** Below this depth only the kind of value is said. */
const DEPTH = 3;

/** '' for a value that says nothing to a reader (undefined, a function, a promise). */
export function valueText(node: InspectNode, lang: Lang): string {
	if (['undefined', 'function', 'promise', 'generator', 'symbol'].includes(node.type)) return '';
	return write(node, lang === 'en' ? 'en-CA' : 'fr-CA', 0);
}

function write(node: InspectNode, locale: string, depth: number): string {
	switch (node.type) {
		case 'number':
			return node.number === null
				? node.text
				: new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(node.number);
		case 'date':
			return node.number === null
				? node.text
				: dayWords(node.number, locale === 'en-CA' ? 'en' : 'fr', node.text);
		case 'array':
		case 'set':
		case 'typed-array':
			return list(node, locale, depth, (_entry, text) => text);
		case 'object':
		case 'map': {
			const colon = locale === 'fr-CA' ? '\u00a0: ' : ': ';
			return list(node, locale, depth, (entry, text) => `${entry.key}${colon}${text}`);
		}
		default:
			return node.text;
	}
}

function list(
	node: InspectNode,
	locale: string,
	depth: number,
	line: (entry: InspectEntry, text: string) => string
): string {
	if (depth >= DEPTH || (node.entries.length === 0 && (node.size ?? 0) > 0)) return node.text;
	const parts = node.entries.map((entry) => line(entry, write(entry.value, locale, depth + 1)));
	if ((node.size ?? 0) > node.entries.length) parts.push('…');
	const text = parts.join('; ');
	return depth === 0 ? text : `(${text})`;
}
