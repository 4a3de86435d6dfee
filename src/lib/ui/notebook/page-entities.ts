/**
 * Named characters of HTML (« &eacute; ») as the browser knows them: takes the place, in pages, of the list that
 * markdown-it brings, which weighs as much as the rest of its inline rules (see vite.config.ts). The server keeps
 * that list.
 */

/** @param text one reference, from `&` to `;`. @returns what it stands for; the same text where it has no such name */
export function decodeHTMLStrict(text: string): string {
	// Nothing in it is an element: this one holds text alone, and is in no page.
	const element = document.createElement('textarea');
	element.innerHTML = text;
	const found = element.textContent;
	// Browsers read the beginning of some names without their end: « &notit; » as « ¬it; ».
	return found.endsWith(';') && found !== ';' ? text : found;
}
