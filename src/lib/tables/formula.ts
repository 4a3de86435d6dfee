/**
 * What makes a spreadsheet compute, and how a text of a separated file is kept from it. The file may be cut otherwise
 * than it was written: a French one opened in English is cut at commas, quotation marks within a cell mean nothing
 * then, and what follows a comma begins a cell. So a text is looked at where any separator could make it begin.
 */

/** At the beginning, after any blanks; some take the signs of full width as well. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const SEPARATORS = /[;,\t\r\n]/;
const SIGN = /[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** After a separator within a text, a dash before a blank or a number is one of prose or of a list. */
const NO_FORMULA = /^[+-](?:\s|\d[\d.\u00a0\u202f]*(?:$|[\s;,"]))/;
/** As far as a sign is looked past. */
const NUMBER_MAX = 40;

/** A text of which no part begins a formula: an apostrophe comes before each sign that could. */
export function withoutFormulas(text: string): string {
	const safe = SEPARATORS.test(text) ? guardedWithin(text) : text;
	return FORMULA.test(text) ? `'${safe}` : safe;
}

function guardedWithin(text: string): string {
	let safe = '';
	let from = 0;
	/** Nothing but blanks and marks since a separator. */
	let fresh = false;
	for (let at = 0; at < text.length; at++) {
		const sign = text.charAt(at);
		if (SEPARATORS.test(sign)) fresh = true;
		else if (fresh && sign !== '"' && sign.trim() !== '') {
			if (SIGN.test(sign) && !NO_FORMULA.test(text.slice(at, at + NUMBER_MAX))) {
				safe += `${text.slice(from, at)}'`;
				from = at;
			}
			fresh = false;
		}
	}
	return safe + text.slice(from);
}
