/** Whose a row is must not change because somebody else took the same name. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { checkArrow } from '../../tables/check-arrow.ts';
import { cellReader } from '../../tables/column.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { openDatasetFile } from '../datasets/read.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { contributePart } from './contribute.ts';
import { createPool } from './create.ts';
import { inviteToPool, joinPool } from './members.ts';

const words = (text: string) => ({ fr: text, en: text });
const CONTRACT = {
	title: words('Bassin'),
	description: words(''),
	columns: [{ name: 'billets', label: words('Billets'), type: 'integer', required: true }],
	key: [],
	terms: { licence: 'CC-BY-4.0', publication: 'rows' }
};

let t: TestApp;
beforeEach(() => (t = testApp()));
afterEach(() => t.close());

it('an organisation that takes another’s name does not get its label', async () => {
	const { app } = t;
	const runner = testPerson(app, 'Sophie');
	const running = createOrganisation(app, runner, { name: 'Réseau' });
	const { id } = createPool(app, runner, { organisationId: running, contract: CONTRACT });
	const bring = (person: Actor, organisationId: string): void => {
		inviteToPool(app, runner, id, person.email ?? '');
		joinPool(app, person, id, organisationId);
	};
	const give = (person: Actor, organisationId: string, billets: number) =>
		contributePart(
			app,
			person,
			id,
			{ organisationId, period: '', contractVersion: 1, accepted: true },
			encodeTable([integerColumn('billets', [billets])])
		);
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
	const { slug, version } = await give(rival, twin, 999_999);

	const file = openDatasetFile(app, runner, `${slug}@${version}.arrow`);
	const [whose, billets] = checkArrow(await file.bytes());
	if (!whose || !billets) throw new Error('no columns');
	const rows = Array.from({ length: whose.length }, (_, i) => [
		cellReader(whose)(i),
		cellReader(billets)(i)
	]);
	expect(rows).toContainEqual(['Théâtre du Nord', 100]);
});
