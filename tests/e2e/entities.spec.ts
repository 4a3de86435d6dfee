/** Named characters in a text read the same in a page, where the browser decodes them, as on the server. */
import { expect, test } from '@playwright/test';
import { decodeHTMLStrict, encodeHTML } from 'entities';
import { decodeHTMLStrict as decodeInPage } from '../../src/lib/ui/notebook/page-entities.ts';

test('named characters are decoded as the server decodes them', async ({ page }) => {
	const references = new Set<string>();
	// Each character that has a name, by the name that it has.
	for (let code = 0x20; code < 0x1d800; code++) {
		const encoded = encodeHTML(String.fromCodePoint(code));
		if (/^&[a-z]\w*;$/i.test(encoded)) references.add(encoded);
	}
	expect(references.size).toBeGreaterThan(1_000);
	for (const more of [
		'eacute',
		'NewLine',
		'Tab',
		'semi',
		'nbsp',
		'notit',
		'ampli',
		'inconnu',
		'lt'
	])
		references.add(`&${more};`);
	const asked = [...references];
	const decoded = await page.evaluate<string[]>(
		`${JSON.stringify(asked)}.map(${decodeInPage.toString()})`
	);
	expect(decoded).toEqual(asked.map((reference) => decodeHTMLStrict(reference)));
});
