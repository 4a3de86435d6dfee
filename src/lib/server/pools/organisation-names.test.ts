/** Whose a row is must not change because somebody else took the same name. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { ticketsPool } from '../../../../tests/support/tickets-pool.ts';
import { checkArrow } from '../../tables/check-arrow.ts';
import { cellReader } from '../../tables/column.ts';
import { openDatasetFile } from '../datasets/read.ts';
import { createOrganisation } from '../organisations/organisation.ts';

let t: TestApp;
beforeEach(() => (t = testApp()));
afterEach(() => t.close());

it('an organisation that takes another’s name does not get its label', async () => {
	const { app } = t;
	const { runner, bring, give } = ticketsPool(app, { licence: 'CC-BY-4.0', publication: 'rows' });
	const honest = testPerson(app, 'Marc');
	const theatre = createOrganisation(app, honest, { name: 'Théâtre du Nord' });
	bring(honest, theatre);
	await give(honest, theatre, 100);

	const rival = testPerson(app, 'Zoe');
	// Ids are made by chance, and organisations cost nothing: one whose id comes before the other's is soon made.
	let twin = '';
	for (let i = 0; i < 1000 && !(twin !== '' && twin < theatre); i++)
		twin = createOrganisation(app, rival, { name: 'Théâtre du Nord' });
	bring(rival, twin);

	const file = openDatasetFile(app, runner, await give(rival, twin, 999_999));
	const [whose, billets] = checkArrow(await file.bytes());
	if (!whose || !billets) throw new Error('no columns');
	const rows = Array.from({ length: whose.length }, (_, i) => [
		cellReader(whose)(i),
		cellReader(billets)(i)
	]);
	expect(rows).toContainEqual(['Théâtre du Nord', 100]);
});
