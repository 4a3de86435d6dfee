/** What is left of a withdrawn part on a real store: nothing of its rows, once the delay of withdrawals has passed. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { NotFoundError } from '../../core/errors.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { createDataset } from '../datasets/create.ts';
import { describeDataset } from '../datasets/describe.ts';
import { restoreDataset, withdrawDataset } from '../datasets/govern.ts';
import { purgeWithdrawn } from '../datasets/purge.ts';
import { openDatasetFile } from '../datasets/read.ts';
import { datasetVersions, poolMembers, poolParts } from '../db/schema.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { keepUp } from '../upkeep.ts';
import { contributePart, withdrawPart } from './contribute.ts';
import { createPool } from './create.ts';
import { inviteToPool, joinPool, leavePool } from './members.ts';
import { purgeWithdrawnParts } from './purge.ts';
import { renewVersion } from './snapshot.ts';

const DAY = 86_400_000;
const DELAY = 30 * DAY;
const CONTRACT = {
	title: { fr: 'Bassin', en: 'Pool' },
	columns: [
		{ name: 'billets', label: { fr: 'Billets', en: 'Tickets' }, type: 'integer', required: true }
	],
	terms: { licence: 'CC-BY-4.0', publication: 'nothing' }
};
const table = (...values: number[]) => encodeTable([integerColumn('billets', values)]);

let t: TestApp;
let runner: Actor;
let anne: Actor;
let bruno: Actor;
let a: string;
let b: string;
let pool: ReturnType<typeof createPool>;
beforeEach(() => {
	t = testApp();
	[runner, anne, bruno] = ['Rene', 'Anne', 'Bruno'].map((name) => testPerson(t.app, name)) as [
		Actor,
		Actor,
		Actor
	];
	const owner = createOrganisation(t.app, runner, { name: 'Regroupement' });
	a = createOrganisation(t.app, anne, { name: 'Salle A' });
	b = createOrganisation(t.app, bruno, { name: 'Salle B' });
	pool = createPool(t.app, runner, { organisationId: owner, contract: CONTRACT, slug: 'bassin' });
	for (const [actor, email, id] of [
		[anne, 'anne@exemple.org', a],
		[bruno, 'bruno@exemple.org', b]
	] as const) {
		inviteToPool(t.app, runner, pool.id, email);
		joinPool(t.app, actor, pool.id, id);
	}
});
afterEach(() => t.close());

const contribute = (actor: Actor, organisationId: string, ...values: number[]) =>
	contributePart(
		t.app,
		actor,
		pool.id,
		{ organisationId, period: '', contractVersion: 1, accepted: true },
		table(...values)
	);
const withdrawA = () => withdrawPart(t.app, anne, pool.id, a, '');
const versions = () => t.app.db.select().from(datasetVersions).all();
const parts = () => t.app.db.select().from(poolParts).all();
const hasBytes = (hash: string): Promise<boolean> =>
	t.app.blobs.get(hash).then(
		() => true,
		() => false
	);
/** Which of these are still in the store, in their order. */
const kept = (lines: readonly { readonly hash: string }[]) =>
	Promise.all(lines.map(({ hash }) => hasBytes(hash)));
const read = async (version: number) =>
	(await openDatasetFile(t.app, bruno, `bassin@${version}.arrow`).bytes()).length > 0;

describe('a withdrawn part', () => {
	it('leaves its bytes, its refreshes’ and those of the versions that held them until the day told', async () => {
		await contribute(bruno, b, 1); // 1
		await contribute(anne, a, 2); // 2
		await contribute(anne, a, 3); // 3
		await withdrawA(); // 4: of the first's bytes
		const told = t.app.now() + DELAY;
		expect(parts().map(({ purgeAt }) => purgeAt)).toEqual([null, told, told]);
		expect(versions().map(({ purgeAt }) => purgeAt)).toEqual([null, told, told, null]);
		t.advance(DELAY - 1);
		expect(await purgeWithdrawnParts(t.app)).toEqual({ removed: [], shared: [] });
		expect(await kept(parts())).toEqual([true, true, true]);
		expect(await kept(versions())).toEqual([true, true, true, true]);
		t.advance(1);
		const { removed, shared } = await purgeWithdrawnParts(t.app);
		expect([new Set(removed).size, shared]).toEqual([4, []]);
		expect(await kept(parts())).toEqual([true, false, false]);
		expect(await kept(versions())).toEqual([true, false, false, true]);
		expect([await read(1), await read(4)]).toEqual([true, true]);
		// The record stays; again, there is nothing to do.
		expect(parts().map(({ purgedAt }) => purgedAt)).toEqual([null, t.app.now(), t.app.now()]);
		expect(parts().map(({ rows }) => rows)).toEqual([1, 1, 1]);
		expect(await purgeWithdrawnParts(t.app)).toEqual({ removed: [], shared: [] });
	});
	it('keeps the day that was told, whatever the setting becomes', async () => {
		await contribute(anne, a, 2);
		await withdrawA();
		t.advance(2 * DAY);
		const hasty = { ...t.app, config: { ...t.app.config, withdrawnDays: 1 } };
		expect((await purgeWithdrawnParts(hasty)).removed).toEqual([]);
	});
	it('keeps what was contributed again, with its version, though the bytes are the same', async () => {
		await contribute(anne, a, 2);
		await withdrawA();
		await contribute(anne, a, 2);
		const [first, again] = versions();
		expect(first?.hash).toBe(again?.hash);
		t.advance(DELAY);
		expect((await purgeWithdrawnParts(t.app)).removed).toEqual([]);
		expect(await read(2)).toBe(true);
		await contribute(bruno, b, 1);
		expect(await read(3)).toBe(true);
		// Once that is withdrawn and due too, they go.
		await withdrawA();
		t.advance(DELAY);
		await purgeWithdrawnParts(t.app);
		expect(await hasBytes(first?.hash ?? '')).toBe(false);
	});
	it('keeps what another organisation contributed alike, and a dataset of the same bytes', async () => {
		await contribute(anne, a, 2);
		await contribute(bruno, b, 2);
		const own = await createDataset(
			t.app,
			anne,
			{
				...{ organisationId: a, title: 'A', description: '', synthetic: false },
				...{ licence: 'reserved', publication: 'nothing' }
			},
			await t.app.blobs.get(parts()[0]?.hash ?? '')
		);
		await withdrawA();
		t.advance(DELAY);
		const [ours] = parts();
		expect((await purgeWithdrawnParts(t.app)).shared).toContain(ours?.hash);
		await contribute(bruno, b, 3);
		expect(await read(4)).toBe(true);
		await withdrawPart(t.app, bruno, pool.id, b, '');
		t.advance(DELAY);
		await purgeWithdrawnParts(t.app);
		expect((await openDatasetFile(t.app, anne, `${own.slug}@1.arrow`).bytes()).length).not.toBe(0);
	});
	it('goes with another organisation’s of the same bytes, once both are due', async () => {
		await contribute(anne, a, 2);
		await contribute(bruno, b, 2);
		await withdrawA();
		await withdrawPart(t.app, bruno, pool.id, b, '');
		t.advance(DELAY);
		await purgeWithdrawnParts(t.app);
		expect(await kept([...parts(), ...versions()])).not.toContain(true);
	});
	it('goes with an organisation that leaves, by the upkeep', async () => {
		await contribute(bruno, b, 1);
		await contribute(anne, a, 2);
		await leavePool(t.app, anne, pool.id, a);
		t.advance(DELAY);
		await keepUp(t.app);
		expect(await kept(parts())).toEqual([true, false]);
		expect(await kept(versions())).toEqual([true, false, true]);
	});
	it('is taken up where it stopped', async () => {
		await contribute(anne, a, 2);
		await withdrawA();
		t.advance(DELAY);
		let calls = 0;
		const blobs = {
			...t.app.blobs,
			remove: (hash: string, inUse: () => boolean) =>
				++calls === 2 ? Promise.reject(new Error('power')) : t.app.blobs.remove(hash, inUse)
		};
		await expect(purgeWithdrawnParts({ ...t.app, blobs })).rejects.toThrow('power');
		expect(parts()[0]?.purgedAt).toBeNull();
		await purgeWithdrawnParts(t.app);
		expect(parts()[0]?.purgedAt).toBe(t.app.now());
		expect(await kept([...parts(), ...versions()])).toEqual([false, false]);
	});
	it('waits for somebody who is sending the same bytes', async () => {
		await contribute(anne, a, 2);
		const bytes = await t.app.blobs.get(parts()[0]?.hash ?? '');
		await withdrawA();
		t.advance(DELAY);
		await t.app.blobs.keep(bytes, async (hash) => {
			await purgeWithdrawnParts(t.app);
			expect(await hasBytes(hash)).toBe(true);
		});
		expect(parts()[0]?.purgedAt).toBeNull();
		await purgeWithdrawnParts(t.app);
		expect(await kept(parts())).toEqual([false]);
	});
});

describe('a withdrawn pool', () => {
	it('leaves the parts too once its delay has passed, and none before', async () => {
		await contribute(bruno, b, 1);
		await contribute(anne, a, 2);
		withdrawDataset(t.app, runner, pool.datasetId);
		t.advance(DELAY - 1);
		await keepUp(t.app);
		restoreDataset(t.app, runner, pool.datasetId);
		t.advance(DELAY);
		await keepUp(t.app);
		expect(await kept([...parts(), ...versions()])).toEqual([true, true, true, true]);
		withdrawDataset(t.app, runner, pool.datasetId);
		t.advance(DELAY);
		const [purged] = await purgeWithdrawn(t.app);
		expect([purged?.removed.length, purged?.shared]).toEqual([4, []]);
		expect(await kept([...parts(), ...versions()])).toEqual([false, false, false, false]);
		expect(describeDataset(t.app, runner, pool.datasetId).purgedAt).toBe(t.app.now());
		// There is no version to make any more; the part is withdrawn all the same.
		expect(await withdrawA()).toBeNull();
		expect(await renewVersion(t.app, bruno, pool.id)).toBeNull();
	});
	it('leaves what a part of another pool has', async () => {
		await contribute(bruno, b, 1);
		const other = createPool(t.app, runner, {
			organisationId: createOrganisation(t.app, runner, { name: 'Autre' }),
			contract: CONTRACT
		});
		inviteToPool(t.app, runner, other.id, 'bruno@exemple.org');
		joinPool(t.app, bruno, other.id, b);
		const sent = { organisationId: b, period: '', contractVersion: 1, accepted: true };
		await contributePart(t.app, bruno, other.id, sent, table(1));
		withdrawDataset(t.app, runner, other.datasetId);
		t.advance(DELAY);
		expect(await purgeWithdrawn(t.app)).toMatchObject([{ removed: [] }]);
		expect(await read(1)).toBe(true);
		withdrawDataset(t.app, runner, pool.datasetId);
		t.advance(DELAY);
		await purgeWithdrawn(t.app);
		expect(await kept([...parts(), ...versions()])).toEqual([false, false, false, false]);
	});
});

describe('bytes that come to nothing', () => {
	/** Anne contributes; once the second bytes are on disk and before they are written down, something happens. */
	const meanwhile = async (happens: () => void, ...values: number[]): Promise<string[]> => {
		const met: string[] = [];
		const { keep } = t.app.blobs;
		const blobs = {
			...t.app.blobs,
			keep: <T>(bytes: Uint8Array, record: (hash: string) => T | Promise<T>) =>
				keep(bytes, (hash) => {
					if (met.push(hash) === 2) happens();
					return record(hash);
				})
		};
		await contributePart(
			{ ...t.app, blobs },
			anne,
			pool.id,
			{ organisationId: a, period: '', contractVersion: 1, accepted: true },
			table(...values)
		).catch((error: unknown) => expect(error).toBeInstanceOf(NotFoundError));
		return met;
	};
	const expel = () => t.app.db.delete(poolMembers).where(eq(poolMembers.organisationId, a)).run();

	it('do not stay: those of a version which another one came before', async () => {
		await contribute(bruno, b, 1);
		const [part, lost, won, ...more] = await meanwhile(
			() => t.app.db.update(poolParts).set({ withdrawnAt: 1 }).run(),
			2
		);
		expect(more).toEqual([]);
		expect(await Promise.all([part, lost, won].map((hash) => hasBytes(hash ?? '')))).toEqual([
			true,
			false,
			true
		]);
	});
	it('do not stay: those of a contribution that is refused at the last moment', async () => {
		const met = await meanwhile(expel, 2);
		expect(met).toHaveLength(2);
		expect(parts()).toEqual([]);
		expect(await Promise.all(met.map(hasBytes))).toEqual([false, false]);
	});
	it('stay where something else has them', async () => {
		await contribute(anne, a, 2);
		const met = await meanwhile(expel, 2);
		expect(met).toEqual([parts()[0]?.hash, versions()[0]?.hash]);
		expect(parts()).toHaveLength(1);
		expect(await Promise.all(met.map(hasBytes))).toEqual([true, true]);
	});
});
