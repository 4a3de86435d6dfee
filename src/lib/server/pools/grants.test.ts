/** Whom the rows of a pool are shown to is what its members accepted: who runs it does not add readers alone. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { ticketsPool } from '../../../../tests/support/tickets-pool.ts';
import { datasetGrants } from '../db/schema.ts';
import { grantDataset } from '../datasets/govern.ts';
import { openDatasetFile } from '../datasets/read.ts';
import { addMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';

let t: TestApp;
beforeEach(() => (t = testApp()));
afterEach(() => t.close());

it('an organisation that takes no part does not read the others’ rows', async () => {
	const { app } = t;
	const { runner, datasetId, bring, give } = ticketsPool(app, {
		licence: 'reserved',
		publication: 'nothing'
	});
	const honest = testPerson(app, 'Marc');
	const theatre = createOrganisation(app, honest, { name: 'Théâtre' });
	bring(honest, theatre);
	const file = await give(honest, theatre, 100);
	// After the contribution, and without a word to who made it.
	const buyer = testPerson(app, 'Zoe');
	const outside = createOrganisation(app, runner, { name: 'Courtier' });
	addMember(app, runner, outside, buyer.email ?? '', 'member');
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
