/** What a server that was ended in the middle of an upload left on the disk goes at the next start. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testApp, testPerson } from '../../../../tests/support/app.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { keepUp } from '../upkeep.ts';
import { createDataset } from './create.ts';

it('not what is being kept, however old, nor what is recent, needed, or no file of the store', async () => {
	const t = testApp();
	const steward = testPerson(t.app, 'Sophie');
	const organisationId = createOrganisation(t.app, steward, { name: 'Salle' });
	await createDataset(
		t.app,
		steward,
		{
			...{ organisationId, title: 'Billets', description: '', licence: 'reserved' },
			...{ publication: 'nothing', synthetic: false }
		},
		encodeTable([integerColumn('n', [1])])
	);
	const files = (): number =>
		readdirSync(join(t.app.config.data, 'blobs'), { recursive: true, withFileTypes: true }).filter(
			(entry) => entry.isFile()
		).length;
	await t.app.blobs.put(Uint8Array.of(1));
	writeFileSync(join(t.app.config.data, 'blobs', 'LISEZMOI'), 'of the person who runs it');
	expect(files()).toBe(3);
	// By a clock that stands before the files were written: nothing is old.
	await keepUp(t.app);
	expect(files()).toBe(3);
	t.advance(365 * 86_400_000);
	await t.app.blobs.keep(Uint8Array.of(2), async () => {
		expect(files()).toBe(4);
		await keepUp(t.app);
		// The one that was put and never recorded went.
		expect(files()).toBe(3);
	});
	await keepUp(t.app);
	expect(files()).toBe(2);
	t.close();
});

it('half a file, and bytes that were written and never recorded', async () => {
	const t = testApp();
	testPerson(t.app, 'Sophie');
	const hash = 'ab'.repeat(32);
	const folder = join(t.app.config.data, 'blobs', 'ab');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${hash}.0f5b4e0a-0000-4000-8000-000000000000.tmp`), 'half');
	writeFileSync(join(folder, hash), 'whole');
	t.advance(365 * 86_400_000);
	await keepUp(t.app);
	const left = readdirSync(folder);
	t.close();
	expect(left).toEqual([]);
});
