/** What a notebook's page loads before the first keystroke, in the build: bytes, not times. */
import { expect, test } from '../support/fixtures.ts';
import { firstScripts } from '../support/first-scripts.ts';

const CEILING_KIB = 250;
/** Libraries and rooms of which nothing may have come along in a script that several share. */
const LATER =
	/node_modules\/(?:acorn|markdown-it|linkify-it|bits-ui|@lezer|@codemirror\/(?:commands|language|autocomplete)|apache-arrow|arquero|@observablehq)\/|src\/lib\/(?:core\/(?:pipeline|control|analysis|pool|territory)|ui\/(?:pipeline|control|data|pool|workshop|error-text|vocabulary))\b/;

test('a notebook’s page is light until the first keystroke, and brings nothing that waits to be wanted', async ({
	asFacilitator: page
}) => {
	await page.goto('/carnets');
	// The starter, and no version of it that another test made.
	const link = page
		.getByRole('main')
		.getByRole('listitem')
		.filter({ hasText: 'Carnet de départ' })
		.getByRole('link', { name: /Nos salles/ });
	const address = await link.first().getAttribute('href');
	const cold = await page.context().newPage();
	const scripts = await firstScripts(cold, address ?? '');
	expect(
		scripts.flatMap(({ path, modules }) =>
			modules.filter((module) => LATER.test(module)).map((module) => `${path} holds ${module}`)
		)
	).toEqual([]);
	const weight = scripts.reduce((sum, script) => sum + script.weight, 0) / 1024;
	expect(weight).toBeLessThanOrEqual(CEILING_KIB);
	// Dozens of tiny scripts are no better than one that is too heavy.
	expect(scripts.length).toBeLessThanOrEqual(45);
});
