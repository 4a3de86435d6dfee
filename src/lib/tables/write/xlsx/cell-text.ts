/** Texts as a workbook's XML has them. */

/** What XML cannot hold is written `_x0001_`, and what reads like that is written so that it stays itself. */
// eslint-disable-next-line no-control-regex -- it is these that are looked for
const UNWRITABLE = /[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[\da-fA-F]{4}_)/g;
const MARKUP = /[&<>"]/g;
const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;'
};

const escapeCharacter = (character: string): string =>
	`_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** The text between tags, or in an attribute. */
export const xmlText = (text: string): string =>
	text
		.toWellFormed()
		.replace(UNWRITABLE, escapeCharacter)
		.replace(MARKUP, (sign) => ENTITIES[sign] ?? sign);

/** `<t>…</t>`; spaces at its ends count only if it says so. */
export const textElement = (text: string): string =>
	`<t${/^\s|\s$|[\n\t]/.test(text) ? ' xml:space="preserve"' : ''}>${xmlText(text)}</t>`;
