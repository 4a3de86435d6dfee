/** Withdrawals: undone until the delay has passed, then without bytes; and what is left of the dataset. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor, App } from '../app.ts';
import { datasets, datasetVersions } from '../db/schema.ts';
import { addMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { keepUp, startUpkeep } from '../upkeep.ts';
import { listAccess, recordAccess } from './access-log.ts';
import { addVersion, createDataset } from './create.ts';
import { describeDataset } from './describe.ts';
import { restoreDataset, withdrawDataset } from './govern.ts';
import { purgeWithdrawn } from './purge.ts';
import { openDatasetFile } from './read.ts';

const DAY = 86_400_000;
const table = (...values: number[]) => encodeTable([integerColumn('billets', values)]);

let t: TestApp;
let steward: Actor;
let member: Actor;
let stranger: Actor;
let organisationId: string;
beforeEach(() => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	member = testPerson(t.app, 'Marc');
	stranger = testPerson(t.app, 'Zoe');
	organisationId = createOrganisation(t.app, steward, { name: 'Salle' });
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'member');
});
afterEach(() => t.close());

const create = (title: string, ...values: number[]) =>
	createDataset(
		t.app,
		steward,
		{
			organisationId,
			title,
			description: '',
			licence: 'reserved',
			publication: 'nothing',
			synthetic: false
		},
		table(...values)
	);
const codeOf = async (work: () => unknown): Promise<string> => {
	try {
		await work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
const hashOf = (slug: string, app: App = t.app): string | undefined =>
	app.db
		.select()
		.from(datasetVersions)
		.all()
		.find(({ datasetId }) => datasetId === idOf(slug, app))?.hash;
const idOf = (slug: string, app: App = t.app): string | undefined =>
	app.db
		.select()
		.from(datasets)
		.all()
		.find((one) => one.slug === slug)?.id;
const hasBytes = (hash: string | undefined): Promise<boolean> =>
	t.app.blobs.get(hash ?? '').then(
		() => true,
		() => false
	);

describe('a withdrawal', () => {
	it('says until when it can be undone, and is undone', async () => {
		const { id, slug } = await create('A', 1);
		expect(await codeOf(() => restoreDataset(t.app, steward, id))).toBe('dataset_not_withdrawn');
		withdrawDataset(t.app, steward, id);
		const { purgeAt } = describeDataset(t.app, steward, id);
		expect(purgeAt).toBe(t.app.now() + 30 * DAY);
		t.advance(30 * DAY - 1);
		expect(await purgeWithdrawn(t.app)).toEqual([]);
		for (const [actor, code] of [
			[member, 'dataset_withdrawn'],
			[stranger, 'not_found'],
			[{ ...stranger, administrator: true }, 'not_found'],
			[null, 'not_found'],
			[steward, 'done']
		] as const)
			expect(await codeOf(() => restoreDataset(t.app, actor, id))).toBe(code);
		const file = openDatasetFile(t.app, member, `${slug}@1.arrow`);
		expect(await file.bytes()).toEqual(table(1));
		expect(describeDataset(t.app, steward, id)).toMatchObject({ withdrawnAt: null, purgeAt: null });
		t.advance(DAY);
		expect(await purgeWithdrawn(t.app)).toEqual([]);
	});
	it('is not undone once its delay has passed, whether the bytes have gone or not', async () => {
		const { id } = await create('A', 1);
		withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		expect(await codeOf(() => restoreDataset(t.app, steward, id))).toBe('dataset_purged');
		await purgeWithdrawn(t.app);
		// Nor if the clock were put back.
		t.advance(-DAY);
		expect(await codeOf(() => restoreDataset(t.app, steward, id))).toBe('dataset_purged');
	});
	it('keeps the day that was told, whatever the setting becomes', async () => {
		const { id } = await create('A', 1);
		withdrawDataset(t.app, steward, id);
		t.advance(2 * DAY);
		const hasty = { ...t.app, config: { ...t.app.config, withdrawnDays: 1 } };
		expect(await purgeWithdrawn(hasty)).toEqual([]);
	});
});

describe('the purge', () => {
	it('removes the bytes of every version, and leaves the record', async () => {
		const { id, slug } = await create('A', 1);
		await addVersion(t.app, steward, id, table(2));
		const hashes = t.app.db.select().from(datasetVersions).all();
		withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		expect(await purgeWithdrawn(t.app)).toEqual([
			{ datasetId: id, slug, removed: hashes.map(({ hash }) => hash), shared: [] }
		]);
		for (const { hash } of hashes) expect(await hasBytes(hash)).toBe(false);
		expect(t.app.db.select().from(datasetVersions).all()).toEqual(hashes);
		expect(describeDataset(t.app, steward, id)).toMatchObject({
			title: 'A',
			purgedAt: t.app.now(),
			versions: [{ number: 2 }, { number: 1 }]
		});
		expect(await codeOf(() => openDatasetFile(t.app, member, `${slug}@1.arrow`))).toBe(
			'dataset_withdrawn'
		);
		// Again: nothing is left to do.
		expect(await purgeWithdrawn(t.app)).toEqual([]);
	});
	it('leaves what stands, and what another dataset has too', async () => {
		const [a, b, c] = [await create('A', 1), await create('B', 1), await create('C', 3)];
		const hash = hashOf(a.slug);
		withdrawDataset(t.app, steward, a.id);
		t.advance(30 * DAY);
		expect(await purgeWithdrawn(t.app)).toMatchObject([{ removed: [], shared: [hash] }]);
		expect(await openDatasetFile(t.app, member, `${b.slug}@1.arrow`).bytes()).toEqual(table(1));
		expect(await hasBytes(hashOf(c.slug))).toBe(true);
		// One whose withdrawal can still be undone counts; once it cannot, the bytes go with the last of them.
		withdrawDataset(t.app, steward, b.id);
		t.advance(29 * DAY);
		await purgeWithdrawn(t.app);
		expect(await hasBytes(hash)).toBe(true);
		t.advance(DAY);
		expect(await purgeWithdrawn(t.app)).toMatchObject([{ datasetId: b.id, removed: [hash] }]);
		expect(await hasBytes(hash)).toBe(false);
	});
	it('removes bytes that two withdrawn datasets have, once both are due', async () => {
		const [a, b] = [await create('A', 1), await create('B', 1)];
		for (const { id } of [a, b]) withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		expect((await purgeWithdrawn(t.app)).flatMap(({ removed }) => removed)).toHaveLength(1);
		expect(await hasBytes(hashOf(a.slug))).toBe(false);
	});
	it('waits for somebody who is sending the same bytes', async () => {
		const { id, slug } = await create('A', 1);
		withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		let done: () => void = () => undefined;
		const sending = new Promise<void>((resolve) => (done = resolve));
		const blobs = {
			...t.app.blobs,
			// The upload has its bytes on disk, and nothing names them yet.
			remove: async (hash: string, inUse: () => boolean) => {
				await sending;
				return t.app.blobs.remove(hash, inUse);
			}
		};
		const purge = purgeWithdrawn({ ...t.app, blobs });
		const uploaded = create('B', 1);
		done();
		expect(await purge).toEqual([]);
		const b = await uploaded;
		expect(await openDatasetFile(t.app, member, `${b.slug}@1.arrow`).bytes()).toEqual(table(1));
		expect(await purgeWithdrawn(t.app)).toMatchObject([{ shared: [hashOf(slug)] }]);
	});
	it('is taken up where it stopped', async () => {
		const { id } = await create('A', 1);
		await addVersion(t.app, steward, id, table(2));
		withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		let calls = 0;
		const blobs = {
			...t.app.blobs,
			remove: (hash: string, inUse: () => boolean) =>
				++calls === 2 ? Promise.reject(new Error('power')) : t.app.blobs.remove(hash, inUse)
		};
		await expect(purgeWithdrawn({ ...t.app, blobs })).rejects.toThrow('power');
		expect(describeDataset(t.app, steward, id).purgedAt).toBeNull();
		expect(await purgeWithdrawn(t.app)).toMatchObject([{ datasetId: id }]);
		for (const { hash } of t.app.db.select().from(datasetVersions).all())
			expect(await hasBytes(hash)).toBe(false);
	});
	it('gives what was withdrawn before there was a delay the whole of it', async () => {
		const { id } = await create('A', 1);
		t.app.db.update(datasets).set({ withdrawnAt: 1 }).run();
		expect(await purgeWithdrawn(t.app)).toEqual([]);
		expect(describeDataset(t.app, steward, id).purgeAt).toBe(t.app.now() + 30 * DAY);
		t.advance(30 * DAY);
		expect(await purgeWithdrawn(t.app)).toHaveLength(1);
	});
});

describe('an upload of bytes that were withdrawn', () => {
	it('answers as any other, and has them', async () => {
		const a = await create('A', 1);
		withdrawDataset(t.app, steward, a.id);
		const b = await create('B', 1);
		t.advance(30 * DAY);
		await purgeWithdrawn(t.app);
		const c = await create('C', 1);
		for (const one of [b, c]) {
			expect(Object.keys(one)).toEqual(Object.keys(a));
			const file = openDatasetFile(t.app, member, `${one.slug}@1.arrow`);
			expect(await file.bytes()).toEqual(table(1));
		}
	});
});

describe('the upkeep', () => {
	it('goes on with the rest when something fails, and writes it down', async () => {
		const { id } = await create('A', 1);
		withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		const blobs = { ...t.app.blobs, remove: () => Promise.reject(new Error('disk')) };
		const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		recordAccess(t.app, member, { datasetId: id, version: 1 }, 'page');
		t.advance(800 * DAY);
		await keepUp({ ...t.app, blobs });
		expect(written).toHaveBeenCalledTimes(1);
		written.mockRestore();
		expect(describeDataset(t.app, steward, id).purgedAt).toBeNull();
		expect(listAccess(t.app, steward, id).lines).toEqual([]);
	});
	it('begins at once, and is over before the store closes', async () => {
		const { id } = await create('A', 1);
		withdrawDataset(t.app, steward, id);
		t.advance(30 * DAY);
		const upkeep = startUpkeep(t.app);
		await upkeep.stop();
		expect(describeDataset(t.app, steward, id).purgedAt).toBe(t.app.now());
	});
});
