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

/** A picture is drawn no narrower than that, in pixels: below, its words are too small to read. */
export const LEGIBLE_WIDTH = 520;

/** The width that a picture was drawn for, in pixels: that of its widest drawing. */
export function pictureWidth(node: PictureNode): number {
	if (typeof node === 'string') return 0;
	const [tag, attributes, ...children] = node;
	if (tag === 'svg') return Number(attributes.width) || 0;
	return Math.max(0, ...children.map(pictureWidth));
}

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
