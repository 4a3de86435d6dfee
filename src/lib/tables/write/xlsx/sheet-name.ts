/** The longest that Excel opens. */
const MAX_LENGTH = 31;

/** A title as Excel lets a sheet be named: at most 31 characters, none of `[ ] : * ? / \`, no apostrophe at an end. */
export function sheetName(title: string): string {
	const cut = title
		// eslint-disable-next-line no-control-regex -- names have none
		.replace(/[[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, MAX_LENGTH)
		// Half a pair, where it was cut.
		.replace(/[\ud800-\udbff]$/, '')
		.replace(/^'+|'+$/g, '')
		.trim();
	// Excel keeps this name to itself.
	return cut === '' || /^history$/i.test(cut) ? 'Données' : cut;
}
