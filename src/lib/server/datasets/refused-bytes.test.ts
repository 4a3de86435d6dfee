/** Bytes that were refused after they were written are nobody's: they must not stay on the disk. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { addMember, setMemberRole } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { keepUp } from '../upkeep.ts';
import { addVersion, createDataset } from './create.ts';
import { withdrawDataset } from './govern.ts';

const FIELDS = {
	title: 'Billets',
	description: '',
	licence: 'CC-BY-4.0',
	publication: 'rows',
	synthetic: false
} as const;
const table = (...values: number[]) => encodeTable([integerColumn('billets', values)]);
const codeOf = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'done',
		(error: unknown) => (error instanceof AppError ? error.code : String(error))
	);

let t: TestApp;
let steward: Actor;
let organisationId: string;
let id: string;
beforeEach(async () => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	organisationId = createOrganisation(t.app, steward, { name: 'Salle' });
	({ id } = await createDataset(t.app, steward, { ...FIELDS, organisationId }, table(1)));
});
afterEach(() => t.close());

/** Files in the store of bytes. */
const kept = (): string[] =>
	readdirSync(join(t.app.config.data, 'blobs'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => name);

it('a refresh that came second leaves nothing behind', async () => {
	const [first, second] = await Promise.all([
		codeOf(addVersion(t.app, steward, id, table(1, 2), { after: 1 })),
		codeOf(addVersion(t.app, steward, id, table(1, 3), { after: 1 }))
	]);
	expect([first, second].sort()).toEqual(['done', 'version_outdated']);
	expect(kept()).toHaveLength(2);
});

it('a version that came while the dataset was withdrawn leaves nothing behind, and none once it is purged', async () => {
	const adding = codeOf(addVersion(t.app, steward, id, table(7, 8, 9)));
	withdrawDataset(t.app, steward, id);
	expect(await adding).toBe('dataset_withdrawn');
	t.advance(31 * 86_400_000);
	await keepUp(t.app);
	expect(kept()).toHaveLength(0);
});

it('a dataset by somebody who lost the role meanwhile leaves nothing behind', async () => {
	const other = testPerson(t.app, 'Marc');
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'steward');
	const making = codeOf(createDataset(t.app, other, { ...FIELDS, organisationId }, table(4, 5)));
	setMemberRole(t.app, steward, organisationId, other.personId, 'member');
	expect(await making).toBe('steward_required');
	expect(kept()).toHaveLength(1);
});
