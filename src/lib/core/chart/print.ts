/** A cleared picture as HTML text: for reports made on the server, and for the page. */
import type { ClearedPicture, PictureNode } from './picture.ts';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

export function printPicture(picture: ClearedPicture): string {
	const out: string[] = [];
	print(picture, out);
	return out.join('');
}

function print(node: PictureNode, out: string[]): void {
	if (typeof node === 'string') {
		out.push(escape(node));
		return;
	}
	const [tag, attributes, ...children] = node;
	out.push('<', tag);
	for (const [name, value] of Object.entries(attributes))
		out.push(' ', name, '="', escape(value), '"');
	out.push('>');
	for (const child of children) print(child, out);
	out.push('</', tag, '>');
}
