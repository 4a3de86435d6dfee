/** Whom the rows of a pool are shown to is what its members accepted: who runs it does not add readers alone. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import { datasetGrants } from '../db/schema.ts';
import { grantDataset } from '../datasets/govern.ts';
import { openDatasetFile } from '../datasets/read.ts';
import { addMember } from '../organisations/membership.ts';
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
	terms: { licence: 'reserved', publication: 'nothing' }
};

let t: TestApp;
beforeEach(() => (t = testApp()));
afterEach(() => t.close());

it('an organisation that takes no part does not read the others’ rows', async () => {
	const { app } = t;
	const runner = testPerson(app, 'Sophie');
	const running = createOrganisation(app, runner, { name: 'Réseau' });
	const { id, datasetId } = createPool(app, runner, {
		organisationId: running,
		contract: CONTRACT
	});
	const honest = testPerson(app, 'Marc');
	const theatre = createOrganisation(app, honest, { name: 'Théâtre' });
	inviteToPool(app, runner, id, honest.email ?? '');
	joinPool(app, honest, id, theatre);
	const { slug, version } = await contributePart(
		app,
		honest,
		id,
		{ organisationId: theatre, period: '', contractVersion: 1, accepted: true },
		encodeTable([integerColumn('billets', [100])])
	);
	// After the contribution, and without a word to who made it.
	const buyer = testPerson(app, 'Zoe');
	const outside = createOrganisation(app, runner, { name: 'Courtier' });
	addMember(app, runner, outside, buyer.email ?? '', 'member');
	const file = `${slug}@${version}.arrow`;
	expect(() => openDatasetFile(app, buyer, file)).toThrow();
	expect(() => grantDataset(app, runner, datasetId, 'organisation', outside)).toThrow(
		'pool_organisation_grant'
	);
	expect(() => openDatasetFile(app, buyer, file)).toThrow();
	// As one that was made before it was refused.
	app.db
		.insert(datasetGrants)
		.values({
			...{ datasetId, granteeKind: 'organisation' as const, granteeId: outside },
			...{ createdBy: runner.personId, createdAt: app.now() }
		})
		.run();
	expect(() => openDatasetFile(app, buyer, file)).toThrow('not_found');
});
