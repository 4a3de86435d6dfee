/** Pools on a real store: who may what, parts that touch only their own, and rows that are gone once withdrawn. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { readContract } from '../../core/pool/contract.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { ARROW_LIMITS, checkArrow } from '../../tables/check-arrow.ts';
import { cellReader, type Column } from '../../tables/column.ts';
import { dateColumn, integerColumn, textColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { addVersion, createDataset } from '../datasets/create.ts';
import { describeDataset, listUsableDatasets } from '../datasets/describe.ts';
import { grantDataset, updateDataset, withdrawDataset } from '../datasets/govern.ts';
import { packageOf } from '../datasets/package.ts';
import { newerVersions } from '../datasets/pinned.ts';
import { openDatasetFile } from '../datasets/read.ts';
import { openingOf } from '../notebooks/opening.ts';
import { createNotebook } from '../notebooks/create.ts';
import { poolParts, workshopPeople } from '../db/schema.ts';
import { addMember, setMemberRole } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { knownSources } from '../reports/sources.ts';
import { createSeries } from '../workshops/series.ts';
import { createWorkshop } from '../workshops/workshop.ts';
import { contributePart, withdrawPart, type Contribution } from './contribute.ts';
import { createPool, editContract } from './create.ts';
import { draftContract, MODEL } from './draft.ts';
import { columnUse, describePool, listPools } from './describe.ts';
import { dropInvitation, inviteToPool, joinPool, leavePool } from './members.ts';
import { makeSnapshot, renewVersion } from './snapshot.ts';
import { standingParts, storedPool, type StoredPart } from './stored-pool.ts';

const words = (text: string) => ({ fr: text, en: text });
const CONTRACT = {
	title: { fr: 'Ventes mises en commun', en: 'Pooled sales' },
	description: words(''),
	columns: [
		{ name: 'id', label: words('Id'), type: 'identifier', required: true },
		{ name: 'jour', label: words('Jour'), type: 'date', required: true },
		{
			name: 'canal',
			label: words('Canal'),
			type: 'category',
			required: true,
			allowed: [
				{ value: 'Web', synonyms: ['Internet'] },
				{ value: 'Guichet', synonyms: [] }
			]
		},
		{ name: 'billets', label: words('Billets'), type: 'integer', required: false, min: 0 }
	],
	key: ['id'],
	period: { column: 'jour', grain: 'year' },
	terms: { licence: 'CC-BY-4.0', publication: 'aggregates' }
};
type Row = readonly [id: string, jour: string, canal: string, billets: number | null];
const part = (...rows: Row[]): Uint8Array =>
	encodeTable([
		textColumn(
			'id',
			rows.map(([id]) => id)
		),
		dateColumn(
			'jour',
			rows.map(([, jour]) => jour)
		),
		textColumn(
			'canal',
			rows.map(([, , canal]) => canal)
		),
		integerColumn(
			'billets',
			rows.map(([, , , billets]) => billets)
		)
	]);

let t: TestApp;
let runner: Actor;
let anne: Actor;
let bruno: Actor;
let stranger: Actor;
let owner: string;
let a: string;
let b: string;
let pool: { readonly id: string; readonly datasetId: string; readonly slug: string };

beforeEach(() => {
	t = testApp();
	[runner, anne, bruno, stranger] = ['Rene', 'Anne', 'Bruno', 'Zoe'].map((name) =>
		testPerson(t.app, name)
	) as [Actor, Actor, Actor, Actor];
	owner = createOrganisation(t.app, runner, { name: 'Regroupement' });
	a = createOrganisation(t.app, anne, { name: 'Salle A' });
	b = createOrganisation(t.app, bruno, { name: 'Salle B' });
	pool = createPool(t.app, runner, { organisationId: owner, contract: CONTRACT });
	inviteToPool(t.app, runner, pool.id, 'anne@exemple.org');
	inviteToPool(t.app, runner, pool.id, 'bruno@exemple.org');
	joinPool(t.app, anne, pool.id, a);
	joinPool(t.app, bruno, pool.id, b);
});
afterEach(() => t.close());

const codeOf = async (work: () => unknown): Promise<string> => {
	try {
		await work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
const detailsOf = async (work: () => unknown): Promise<unknown> => {
	try {
		await work();
	} catch (error) {
		if (error instanceof AppError) return error.details;
	}
	return null;
};
const contribute = (
	actor: Actor | null,
	organisationId: string,
	bytes: Uint8Array,
	more: Partial<Contribution> = {}
) =>
	contributePart(
		t.app,
		actor,
		pool.id,
		{ organisationId, period: '2025', contractVersion: 1, accepted: true, ...more },
		bytes
	);
const A = part(['1', '2025-03-01', 'Web', 4], ['2', '2025-04-01', 'Guichet', null]);
const B = part(['1', '2025-05-01', 'Web', 9]);
const file = (version: number): string => `${pool.slug}@${version}.arrow`;
const rowsOf = async (actor: Actor, version: number): Promise<unknown[][]> => {
	const columns = checkArrow(await openDatasetFile(t.app, actor, file(version)).bytes());
	const read = columns.map(cellReader);
	return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => read.map((cell) => cell(row)));
};
const latest = (actor: Actor) =>
	listUsableDatasets(t.app, actor, 'fr').find(({ slug }) => slug === pool.slug);

describe('taking part', () => {
	it('only a steward creates a pool, for an organisation of theirs', async () => {
		const made = { organisationId: a, contract: CONTRACT };
		expect(await codeOf(() => createPool(t.app, stranger, made))).toBe('not_found');
		addMember(t.app, anne, a, 'zoe@exemple.org', 'member');
		expect(await codeOf(() => createPool(t.app, stranger, made))).toBe('steward_required');
		expect(await codeOf(() => createPool(t.app, null, made))).toBe('sign_in_required');
		expect(
			await codeOf(() => createPool(t.app, anne, { organisationId: a, contract: { columns: [] } }))
		).toBe('contract_invalid');
	});

	it('someone invited sees the contract and nothing of the data, and may decline', async () => {
		await contribute(anne, a, A);
		expect(await codeOf(() => describePool(t.app, stranger, pool.id))).toBe('not_found');
		inviteToPool(t.app, runner, pool.id, 'zoe@exemple.org');
		const seen = describePool(t.app, stranger, pool.id);
		expect(seen.data).toBeNull();
		expect(seen.contract.columns).toHaveLength(4);
		expect(listPools(t.app, stranger)).toMatchObject([{ invited: true, rows: null }]);
		expect(await codeOf(() => openDatasetFile(t.app, stranger, file(1)))).toBe('not_found');
		dropInvitation(t.app, stranger, pool.id, stranger.personId);
		expect(await codeOf(() => describePool(t.app, stranger, pool.id))).toBe('not_found');
		expect(listPools(t.app, stranger)).toEqual([]);
	});

	it('nobody brings an organisation that is not theirs, nor comes uninvited', async () => {
		expect(await codeOf(() => joinPool(t.app, stranger, pool.id, a))).toBe('not_found');
		inviteToPool(t.app, runner, pool.id, 'zoe@exemple.org');
		expect(await codeOf(() => joinPool(t.app, stranger, pool.id, a))).toBe('not_found');
		const c = createOrganisation(t.app, anne, { name: 'Salle C' });
		// Anne takes part with another one: that lets her bring no third.
		expect(await codeOf(() => joinPool(t.app, anne, pool.id, c))).toBe('forbidden');
		expect(await codeOf(() => inviteToPool(t.app, anne, pool.id, 'zoe@exemple.org'))).toBe(
			'forbidden'
		);
		expect(await codeOf(() => inviteToPool(t.app, runner, pool.id, 'personne@exemple.org'))).toBe(
			'person_unknown'
		);
	});

	it('who runs it brings their own organisation without an invitation', async () => {
		expect(describePool(t.app, runner, pool.id).mayBring.map(({ id }) => id)).toEqual([owner]);
		joinPool(t.app, runner, pool.id, owner);
		expect(await contribute(runner, owner, B)).toMatchObject({ version: 1 });
	});
});

describe('contributing', () => {
	it('the parts make one table, with whose each row is', async () => {
		expect(await contribute(bruno, b, B)).toMatchObject({ version: 1, number: 1, rows: 1 });
		expect(await contribute(anne, a, A)).toMatchObject({ version: 2, number: 1, rows: 2 });
		expect(await rowsOf(runner, 2)).toEqual([
			['Salle A', '1', Date.UTC(2025, 2, 1), 'Web', 4],
			['Salle A', '2', Date.UTC(2025, 3, 1), 'Guichet', null],
			['Salle B', '1', Date.UTC(2025, 4, 1), 'Web', 9]
		]);
		expect(describePool(t.app, anne, pool.id).data).toMatchObject({
			dataset: { version: 2, rows: 3 },
			parts: [
				{ organisation: 'Salle A', period: '2025', rows: 2, completeness: 7 / 8, own: true },
				{ organisation: 'Salle B', period: '2025', rows: 1, completeness: 1, own: false }
			]
		});
		expect(latest(anne)).toMatchObject({ version: 2, rows: 3, publication: 'aggregates' });
		expect(latest(stranger)).toBeUndefined();
	});

	it.each([
		['another shape', () => encodeTable([textColumn('id', ['1'])]), 'pool_part_shape'],
		['no row', () => part(), 'pool_part_empty'],
		[
			'a value that is not allowed',
			() => part(['1', '2025-01-01', 'Troc', 1]),
			'pool_part_problems'
		],
		['a spelling', () => part(['1', '2025-01-01', 'Internet', 1]), 'pool_part_problems'],
		['a number out of range', () => part(['1', '2025-01-01', 'Web', -1]), 'pool_part_problems'],
		['another period', () => part(['1', '2024-12-31', 'Web', 1]), 'pool_part_problems'],
		[
			'a key twice',
			() => part(['1', '2025-01-01', 'Web', 1], ['1', '2025-02-01', 'Web', 1]),
			'pool_part_problems'
		],
		['bytes that are no table', () => new Uint8Array(40), 'arrow_unreadable']
	])('the server refuses %s, whatever the page said', async (_name, bytes, code) => {
		expect(await codeOf(() => contribute(anne, a, bytes()))).toBe(code);
		expect(describePool(t.app, anne, pool.id).data?.parts).toEqual([]);
	});

	it.each([
		['terms that were not accepted', { accepted: false }, 'pool_terms_to_accept'],
		['a period of another shape', { period: '2025-01' }, 'pool_period'],
		['a contract that is no longer in force', { contractVersion: 7 }, 'pool_contract_changed']
	])('refuses %s', async (_name, more, code) => {
		expect(await codeOf(() => contribute(anne, a, A, more))).toBe(code);
	});

	it('only stewards of an organisation contribute for it', async () => {
		expect(await codeOf(() => contribute(null, a, A))).toBe('sign_in_required');
		expect(await codeOf(() => contribute(stranger, a, A))).toBe('not_found');
		expect(await codeOf(() => contribute(bruno, a, A))).toBe('pool_not_own_part');
		expect(await codeOf(() => contribute(runner, a, A))).toBe('forbidden');
		addMember(t.app, anne, a, 'zoe@exemple.org', 'member');
		expect(await codeOf(() => contribute(stranger, a, A))).toBe('forbidden');
		setMemberRole(t.app, anne, a, stranger.personId, 'steward');
		expect(await codeOf(() => contribute(stranger, a, A))).toBe('done');
		// Theirs, and yet it does not take part.
		const c = createOrganisation(t.app, anne, { name: 'Salle C' });
		expect(await codeOf(() => contribute(anne, c, A))).toBe('pool_not_member');
	});

	it('a refresh replaces one part and touches no other', async () => {
		await contribute(anne, a, A);
		await contribute(bruno, b, B);
		t.advance(1000);
		const fresh = part(['7', '2025-06-01', 'Guichet', 1]);
		expect(await contribute(anne, a, fresh)).toMatchObject({ version: 3, number: 2 });
		expect((await rowsOf(runner, 3)).map(([who, id]) => [who, id])).toEqual([
			['Salle A', '7'],
			['Salle B', '1']
		]);
		// Another period of the same organisation stands beside it.
		const before = part(['1', '2024-02-01', 'Web', 3]);
		await contribute(anne, a, before, { period: '2024' });
		expect((await rowsOf(runner, 4)).map(([who, id]) => [who, id])).toEqual([
			['Salle A', '1'],
			['Salle A', '7'],
			['Salle B', '1']
		]);
		expect(await rowsOf(runner, 2)).toHaveLength(3);
	});

	it('two at once both stand, in the last version', async () => {
		const made = await Promise.all([contribute(anne, a, A), contribute(bruno, b, B)]);
		expect(made.map(({ version }) => version).sort()).toEqual([1, 2]);
		expect(await rowsOf(runner, 2)).toHaveLength(3);
		// The same organisation twice at once: one replaces the other.
		await Promise.all([contribute(anne, a, A), contribute(anne, a, B)]);
		expect(describePool(t.app, anne, pool.id).data?.parts.map(({ number }) => number)).toEqual([
			3, 1
		]);
	});

	it('gives up when others come in between each time, and leaves nothing behind', async () => {
		await contribute(bruno, b, B);
		const { keep } = t.app.blobs;
		let away = false;
		(t.app.blobs as { keep: typeof keep }).keep = (bytes, record) => {
			away = !away;
			t.app.db
				.update(poolParts)
				.set({ withdrawnAt: away ? 1 : null })
				.where(eq(poolParts.organisationId, b))
				.run();
			return keep(bytes, record);
		};
		expect(await codeOf(() => contribute(anne, a, A))).toBe('pool_busy');
		(t.app.blobs as { keep: typeof keep }).keep = keep;
		expect(describePool(t.app, anne, pool.id).data?.parts.filter(({ own }) => own)).toEqual([]);
	});

	it('has limits: rows of a part, bytes of the whole', async () => {
		const sent = { organisationId: a, period: '2025', contractVersion: 1, accepted: true };
		expect(await codeOf(() => contributePart(t.app, anne, pool.id, sent, A, 1))).toBe(
			'table_too_long'
		);
		await contribute(anne, a, A);
		const [first] = standingParts(t.app, pool.id);
		const half = { ...first, byteLength: ARROW_LIMITS.bytes / 2 + 1 } as StoredPart;
		const stored = storedPool(t.app, pool.id);
		expect(await codeOf(() => makeSnapshot(t.app, stored, [half]))).toBe('done');
		expect(await codeOf(() => makeSnapshot(t.app, stored, [half, half]))).toBe('table_too_large');
	});

	it('two organisations of one name are told apart', async () => {
		const other = testPerson(t.app, 'Carl');
		const same = createOrganisation(t.app, other, { name: 'Salle A' });
		inviteToPool(t.app, runner, pool.id, 'carl@exemple.org');
		joinPool(t.app, other, pool.id, same);
		await contribute(anne, a, A);
		await contribute(other, same, B);
		expect(new Set((await rowsOf(runner, 2)).map(([who]) => who))).toEqual(
			new Set(['Salle A', 'Salle A (2)'])
		);
	});
});

describe('withdrawing', () => {
	beforeEach(async () => {
		await contribute(bruno, b, B); // 1
		await contribute(anne, a, A); // 2
		t.advance(1000);
		await contribute(anne, a, part(['7', '2025-06-01', 'Web', 1])); // 3
	});

	it('no version that ever held the rows is read by anyone any more, and the others’ stand', async () => {
		expect(await withdrawPart(t.app, anne, pool.id, a, '2025')).toBe(4);
		for (const version of [2, 3])
			for (const actor of [runner, anne, bruno]) {
				expect(await codeOf(() => openDatasetFile(t.app, actor, file(version)))).toBe(
					'dataset_withdrawn'
				);
				expect(knownSources(t.app, actor, 'fr')(file(version))).toBeNull();
				expect(await codeOf(() => packageOf(t.app, actor, pool.datasetId, version))).toBe(
					'dataset_withdrawn'
				);
			}
		for (const version of [1, 2, 3])
			expect(await codeOf(() => openDatasetFile(t.app, stranger, file(version)))).toBe('not_found');
		expect(await rowsOf(bruno, 4)).toEqual([['Salle B', '1', Date.UTC(2025, 4, 1), 'Web', 9]]);
		// Made before she contributed: none of her rows is in it.
		expect(await rowsOf(bruno, 1)).toHaveLength(1);
		expect(latest(bruno)).toMatchObject({ version: 4, rows: 1 });
		expect(
			describeDataset(t.app, bruno, pool.datasetId).versions.map(({ number }) => number)
		).toEqual([4, 1]);
		expect(describePool(t.app, bruno, pool.id).data?.parts).toMatchObject([
			{ organisation: 'Salle B' }
		]);
	});

	it('is told to a notebook that names a version which held it, with the one without it', async () => {
		const told = (actor: Actor | null, ...versions: number[]) =>
			newerVersions(t.app, actor, versions.map(file)).map(({ closed, newer }) => [
				closed,
				newer?.number ?? null
			]);
		expect(told(bruno, 2, 3)).toEqual([
			[null, 3],
			[null, null]
		]);
		const id = createNotebook(t.app, bruno, {
			notebook: toNotebook({
				title: 'Essai',
				cells: [{ id: 'a', source: `t = file("${file(3)}")` }]
			})
		});
		expect(openingOf(t.app, bruno, id)).toMatchObject({ files: [file(3)] });
		await withdrawPart(t.app, anne, pool.id, a, '2025');
		for (const actor of [bruno, anne, runner])
			expect(told(actor, 1, 2, 3, 4)).toEqual([
				[null, 4],
				['withdrawn', 4],
				['withdrawn', 4],
				[null, null]
			]);
		for (const actor of [stranger, { ...stranger, administrator: true }, null])
			expect(told(actor, 1, 2, 3, 4)).toEqual([]);
		expect(openingOf(t.app, bruno, id)).toMatchObject({
			files: [],
			pinned: [{ file: file(3), closed: 'withdrawn', newer: { file: file(4) } }]
		});
		// Without another, there is none to offer.
		await withdrawPart(t.app, bruno, pool.id, b, '2025');
		expect(told(bruno, 3, 4)).toEqual([
			['withdrawn', null],
			['withdrawn', null]
		]);
		expect(await detailsOf(() => openDatasetFile(t.app, bruno, file(3)))).toEqual({
			title: 'Ventes mises en commun',
			organisation: 'Regroupement',
			version: 3
		});
		// Once the whole is withdrawn it is no matter of one version.
		withdrawDataset(t.app, runner, pool.datasetId);
		expect(await detailsOf(() => openDatasetFile(t.app, bruno, file(3)))).not.toHaveProperty(
			'version'
		);
	});

	it('is gone at once, before a version without it is made', async () => {
		const withdrawn = withdrawPart(t.app, anne, pool.id, a, '2025');
		expect(await codeOf(() => openDatasetFile(t.app, bruno, file(3)))).toBe('dataset_withdrawn');
		await withdrawn;
	});

	it('a process that ended between the two makes the version later', async () => {
		const { keep } = t.app.blobs;
		(t.app.blobs as { keep: typeof keep }).keep = () => Promise.reject(new Error('disk full'));
		await expect(withdrawPart(t.app, anne, pool.id, a, '2025')).rejects.toThrow('disk full');
		(t.app.blobs as { keep: typeof keep }).keep = keep;
		expect(latest(bruno)).toMatchObject({ version: 1 });
		expect(await renewVersion(t.app, bruno, pool.id)).toBe(4);
		expect(await renewVersion(t.app, bruno, pool.id)).toBeNull();
	});

	it('is for its own stewards alone', async () => {
		const of = (actor: Actor | null) =>
			codeOf(() => withdrawPart(t.app, actor, pool.id, a, '2025'));
		expect(await of(null)).toBe('sign_in_required');
		expect(await of(stranger)).toBe('not_found');
		expect(await of(bruno)).toBe('pool_not_own_part');
		expect(await of(runner)).toBe('pool_not_own_part');
		expect(await codeOf(() => withdrawPart(t.app, anne, pool.id, a, '2024'))).toBe('not_found');
		expect(await rowsOf(bruno, 3)).toHaveLength(2);
	});

	it('the last one leaves a pool without a version; another may come later', async () => {
		await withdrawPart(t.app, anne, pool.id, a, '2025');
		expect(await withdrawPart(t.app, bruno, pool.id, b, '2025')).toBeNull();
		for (const version of [1, 2, 3, 4])
			expect(await codeOf(() => openDatasetFile(t.app, runner, file(version)))).toBe(
				'dataset_withdrawn'
			);
		expect(latest(runner)).toBeUndefined();
		expect(describePool(t.app, runner, pool.id).data?.dataset.version).toBeNull();
		expect(await contribute(anne, a, A)).toMatchObject({ version: 5, number: 3 });
	});

	it('an organisation that leaves takes all its parts with it, and reads no more', async () => {
		await contribute(anne, a, part(['1', '2024-02-01', 'Web', 3]), { period: '2024' });
		expect(await codeOf(() => leavePool(t.app, bruno, pool.id, a))).toBe('not_found');
		await leavePool(t.app, anne, pool.id, a);
		expect(await rowsOf(bruno, 5)).toHaveLength(1);
		expect(await codeOf(() => describePool(t.app, anne, pool.id))).toBe('not_found');
		expect(await codeOf(() => openDatasetFile(t.app, anne, file(5)))).toBe('not_found');
		// Whoever runs the pool may end the part of another too.
		await leavePool(t.app, runner, pool.id, b);
		expect(latest(runner)).toBeUndefined();
		expect(await codeOf(() => leavePool(t.app, runner, pool.id, b))).toBe('not_found');
	});
});

describe('the pool as a dataset', () => {
	it('people of a workshop read it once it is granted, its members do without', async () => {
		await contribute(anne, a, A);
		const workshopId = createWorkshop(t.app, runner, {
			seriesId: createSeries(t.app, runner, 'Démarche'),
			title: 'Atelier',
			description: '',
			questions: [1],
			lang: 'fr'
		});
		t.app.db
			.insert(workshopPeople)
			.values({
				workshopId,
				personId: stranger.personId,
				role: 'participant',
				joinedAt: t.app.now()
			})
			.run();
		expect(await codeOf(() => openDatasetFile(t.app, stranger, file(1)))).toBe('not_found');
		expect(
			await codeOf(() => grantDataset(t.app, anne, pool.datasetId, 'workshop', workshopId))
		).toBe('forbidden');
		grantDataset(t.app, runner, pool.datasetId, 'workshop', workshopId);
		expect(await rowsOf(stranger, 1)).toHaveLength(2);
		expect(await codeOf(() => contribute(stranger, a, A))).toBe('forbidden');
	});

	it('its rows come from parts alone, its terms from its contract', async () => {
		await contribute(anne, a, A);
		expect(await codeOf(() => addVersion(t.app, runner, pool.datasetId, B))).toBe(
			'pool_versions_from_parts'
		);
		const fields = {
			title: 'Autre titre',
			description: '',
			licence: 'CC-BY-4.0',
			synthetic: false
		} as const;
		const update = (publication: 'aggregates' | 'rows') =>
			codeOf(() => updateDataset(t.app, runner, pool.datasetId, { ...fields, publication }));
		expect(await update('rows')).toBe('pool_terms_in_contract');
		expect(await update('aggregates')).toBe('done');
		const terms = (sent: Record<string, unknown>) =>
			codeOf(() =>
				updateDataset(t.app, runner, pool.datasetId, {
					...fields,
					publication: 'aggregates',
					terms: sent
				})
			);
		expect(await terms({ audience: 'everyone' })).toBe('pool_terms_in_contract');
		expect(await terms({ minimumGroup: 3 })).toBe('pool_terms_in_contract');
		expect(await terms({ audience: 'granted', purpose: 'Étude' })).toBe('done');
		expect(describeDataset(t.app, runner, pool.datasetId).terms).toMatchObject({
			audience: 'granted',
			purpose: 'Étude'
		});
	});

	it('once its dataset is withdrawn nothing comes in, and parts may still be taken back', async () => {
		await contribute(anne, a, A);
		withdrawDataset(t.app, runner, pool.datasetId);
		expect(await codeOf(() => contribute(bruno, b, B))).toBe('dataset_withdrawn');
		expect(await codeOf(() => openDatasetFile(t.app, anne, file(1)))).toBe('dataset_withdrawn');
		expect(await codeOf(() => withdrawPart(t.app, anne, pool.id, a, '2025'))).toBe('done');
		expect(listPools(t.app, anne)).toEqual([]);
	});
});

describe('the contract', () => {
	const edit = (
		actor: Actor | null,
		change: Record<string, unknown>,
		from = 1,
		aside: readonly string[] = []
	) => editContract(t.app, actor, pool.id, { from, aside, contract: { ...CONTRACT, ...change } });
	const more = { name: 'salle', label: words('Salle'), type: 'text', required: false };
	const [id, jour, canal, billets] = CONTRACT.columns;
	const idOf = (organisationId: string): string =>
		standingParts(t.app, pool.id).find((part) => part.organisationId === organisationId)?.id ?? '';
	const outdated = () =>
		describePool(t.app, runner, pool.id).data?.parts.map((part) => [
			part.organisation,
			part.outdated
		]);

	it('gains a column without breaking the parts there are', async () => {
		await contribute(anne, a, A);
		expect(await edit(runner, { columns: [...CONTRACT.columns, more] })).toMatchObject({
			contractVersion: 2,
			parts: [{ organisation: 'Salle A', outcome: 'stays', reasons: [] }]
		});
		expect(await codeOf(() => contribute(bruno, b, B))).toBe('pool_contract_changed');
		const wider: Column[] = [...checkArrow(B), textColumn('salle', ['Petite'])];
		await contribute(bruno, b, encodeTable(wider), { contractVersion: 2 });
		expect((await rowsOf(runner, 2)).map((row) => row.at(-1))).toEqual([null, null, 'Petite']);
	});

	it('that leaves parts out is stored only once it was said which', async () => {
		await contribute(anne, a, A);
		await contribute(bruno, b, B);
		const columns = [...CONTRACT.columns, { ...more, required: true }];
		const reasons = [{ code: 'column_required', column: 'salle', cells: 0 }];
		const told = await edit(runner, { columns });
		expect(told).toMatchObject({
			contractVersion: null,
			parts: [
				{ organisation: 'Salle A', period: '2025', rows: 2, outcome: 'aside', reasons },
				{ organisation: 'Salle B', period: '2025', rows: 1, outcome: 'aside', reasons }
			]
		});
		// One of two is not enough.
		expect(await edit(runner, { columns }, 1, [idOf(a)])).toMatchObject({ contractVersion: null });
		expect(storedPool(t.app, pool.id).contractVersion).toBe(1);
		expect(outdated()).toEqual([
			['Salle A', false],
			['Salle B', false]
		]);
		expect(await edit(runner, { columns }, 1, [idOf(a), idOf(b)])).toMatchObject({
			contractVersion: 2
		});
		expect(outdated()).toEqual([
			['Salle A', true],
			['Salle B', true]
		]);
		const wider: Column[] = [...checkArrow(B), textColumn('salle', ['Petite'])];
		await contribute(bruno, b, encodeTable(wider), { contractVersion: 2 });
		expect(await rowsOf(runner, 3)).toHaveLength(1);
		expect(await rowsOf(runner, 2)).toHaveLength(3);
	});

	it('leaves out the parts whose rows do not meet it, and no other', async () => {
		await contribute(anne, a, A);
		await contribute(bruno, b, B);
		const columns = [id, jour, { ...canal, allowed: [{ value: 'Web', synonyms: [] }] }, billets];
		expect((await edit(runner, { columns })).parts).toMatchObject([
			{
				organisation: 'Salle A',
				outcome: 'aside',
				reasons: [{ code: 'rows', column: 'canal', cells: 1 }]
			},
			{ organisation: 'Salle B', outcome: 'stays', reasons: [] }
		]);
		await edit(runner, { columns }, 1, [idOf(a)]);
		expect(outdated()).toEqual([
			['Salle A', true],
			['Salle B', false]
		]);
		// What no longer meets the contract is not pooled, from that very moment.
		expect(latest(runner)).toMatchObject({ version: 3, rows: 1 });
		expect((await rowsOf(runner, 3)).map(([whose]) => whose)).toEqual(['Salle B']);
	});

	it('takes parts back once it is changed back', async () => {
		await contribute(anne, a, A);
		await contribute(bruno, b, B);
		const columns = [id, jour, canal, { ...billets, required: true }];
		await edit(runner, { columns }, 1, [idOf(a)]);
		expect(latest(runner)).toMatchObject({ version: 3, rows: 1 });
		expect((await edit(runner, {}, 2)).parts.map(({ outcome }) => outcome)).toEqual([
			'back',
			'stays'
		]);
		expect(latest(runner)).toMatchObject({ version: 4, rows: 3 });
	});

	it('a column less leaves the parts where they are, without it', async () => {
		await contribute(anne, a, A);
		const without = { columns: [id, jour, canal] };
		expect(await edit(runner, without)).toMatchObject({
			contractVersion: 2,
			parts: [{ outcome: 'stays' }]
		});
		expect(latest(runner)).toMatchObject({ version: 2, rows: 2 });
		expect((await rowsOf(runner, 2))[0]).toEqual(['Salle A', '1', Date.UTC(2025, 2, 1), 'Web']);
		// Another thing under the name that it had is not taken for it.
		const again = { columns: [id, jour, canal, { ...billets, unit: 'milliers' }] };
		expect((await edit(runner, again, 2)).parts).toMatchObject([{ outcome: 'stays' }]);
		await contribute(bruno, b, B, { contractVersion: 3 });
		expect((await rowsOf(runner, 3)).map((row) => row[4])).toEqual([null, null, 9]);
	});

	it.each([
		['another unit', [id, jour, canal, { ...billets, unit: '$' }], {}, 'unit_changed'],
		[
			'numbers of another kind',
			[id, jour, canal, { ...billets, type: 'money' }],
			{},
			'type_changed'
		],
		[
			'other periods',
			CONTRACT.columns,
			{ period: { column: 'jour', grain: 'month' } },
			'period_changed'
		]
	])('%s leaves every part out', async (_name, columns, change, code) => {
		await contribute(anne, a, A);
		const { parts } = await edit(runner, { columns, ...change });
		expect(parts.map(({ outcome, reasons }) => [outcome, reasons[0]?.code])).toEqual([
			['aside', code]
		]);
	});

	it('texts are judged by what they hold', async () => {
		await contribute(anne, a, A);
		const as = (type: string) => ({
			columns: [id, jour, { ...canal, type, allowed: null }, billets]
		});
		expect((await edit(runner, as('region'))).parts[0]).toMatchObject({
			outcome: 'aside',
			reasons: [{ code: 'rows', column: 'canal', cells: 2 }]
		});
		expect((await edit(runner, as('text'))).parts[0]).toMatchObject({ outcome: 'stays' });
		expect(latest(runner)?.columns.find(({ name }) => name === 'canal')?.valueType).toBe('text');
	});

	it('a key that no longer tells rows apart', async () => {
		await contribute(anne, a, part(['1', '2025-03-01', 'Web', 4], ['2', '2025-04-01', 'Web', 1]));
		expect((await edit(runner, { key: ['canal'] })).parts[0]).toMatchObject({
			outcome: 'aside',
			reasons: [{ code: 'rows', column: 'canal', cells: 1 }]
		});
		expect((await edit(runner, { key: ['canal', 'id'] })).parts[0]).toMatchObject({
			outcome: 'stays'
		});
	});

	it('is asked again where another part came in meanwhile', async () => {
		await contribute(anne, a, A);
		const columns = [...CONTRACT.columns, { ...more, required: true }];
		const known = [idOf(a)];
		await contribute(bruno, b, B);
		expect(await edit(runner, { columns }, 1, known)).toMatchObject({ contractVersion: null });
	});

	it('is edited by whoever runs the pool, one at a time', async () => {
		expect(await codeOf(() => edit(null, { key: [] }))).toBe('sign_in_required');
		expect(await codeOf(() => edit(anne, { key: [] }))).toBe('forbidden');
		expect(await codeOf(() => edit(stranger, { key: [] }))).toBe('not_found');
		await edit(runner, { key: [] });
		expect(await codeOf(() => edit(runner, {}))).toBe('pool_contract_changed');
		expect(await edit(runner, { key: [] }, 2)).toEqual({ contractVersion: 2, parts: [] });
	});

	it('its terms never loosen while there are parts that were contributed under them', async () => {
		const terms = (publication: string) => ({ terms: { licence: 'CC-BY-4.0', publication } });
		await edit(runner, terms('rows'));
		await contribute(anne, a, A, { contractVersion: 2 });
		await edit(runner, terms('aggregates'), 2);
		expect(latest(anne)).toMatchObject({ publication: 'aggregates' });
		expect(await codeOf(() => edit(runner, terms('rows'), 3))).toBe('pool_terms_fixed');
		const reserved = { terms: { licence: 'reserved', publication: 'aggregates' } };
		expect(await codeOf(() => edit(runner, reserved, 3))).toBe('pool_terms_fixed');
		await withdrawPart(t.app, anne, pool.id, a, '2025');
		expect(await codeOf(() => edit(runner, terms('rows'), 3))).toBe('done');
	});

	it('says which parts fill a column', async () => {
		await contribute(anne, a, A);
		await contribute(bruno, b, part(['1', '2025-05-01', 'Web', null]));
		const used = columnUse(t.app, runner, pool.id);
		expect(used.find(({ column }) => column === 'billets')?.parts).toEqual([
			{ organisation: 'Salle A', period: '2025', filled: 1 }
		]);
		expect(used.find(({ column }) => column === 'canal')?.parts).toHaveLength(2);
		expect(await codeOf(() => columnUse(t.app, anne, pool.id))).toBe('forbidden');
	});
});

describe('a contract to begin with', () => {
	const draft = (from: string, grain: string) =>
		draftContract(t.app, anne, {
			...{ from, grain, titleFr: 'Ventes', titleEn: 'Sales' },
			...{ licence: 'reserved', publication: 'nothing' }
		});
	it('has the columns of a dataset of one’s own', async () => {
		const own = await createDataset(
			t.app,
			anne,
			{
				...{ organisationId: a, title: 'Export', description: '', synthetic: false },
				...{ licence: 'reserved', publication: 'nothing' }
			},
			A
		);
		const made = readContract(draft(own.id, 'month'));
		expect(made.columns.map(({ name, type, required }) => [name, type, required])).toEqual([
			['id', 'text', true],
			['jour', 'date', true],
			['canal', 'text', true],
			['billets', 'integer', false]
		]);
		expect(made.period).toEqual({ column: 'jour', grain: 'month' });
		expect(readContract(draft(own.id, '')).period).toBeNull();
		const undated = await createDataset(
			t.app,
			anne,
			{
				...{ organisationId: a, title: 'Sans dates', description: '', synthetic: false },
				...{ licence: 'reserved', publication: 'nothing' }
			},
			encodeTable([integerColumn('n', [1])])
		);
		expect(await codeOf(() => draft(undated.id, 'year'))).toBe('pool_no_date');
		expect(made.columns.map(({ label }) => label.fr)).toEqual(['Id', 'Jour', 'Canal', 'Billets']);
		// The pool's is not of her organisation.
		expect(await codeOf(() => draft(pool.datasetId, ''))).toBe('unknown_choice');
	});
});

it('the demo’s contract is one to begin with', () => {
	const made = readContract(
		draftContract(t.app, anne, {
			...{ from: MODEL, grain: 'year', titleFr: 'Ventes', titleEn: 'Sales' },
			...{ licence: 'reserved', publication: 'nothing' }
		})
	);
	expect(made.columns).toHaveLength(13);
	expect(made.key).toEqual(['id_representation', 'canal_vente', 'type_tarif']);
	expect(made.period).toEqual({ column: 'date_representation', grain: 'year' });
});

it('the contract of these tests is one', () => {
	expect(readContract(CONTRACT).columns.map(({ name }) => name)).toEqual([
		'id',
		'jour',
		'canal',
		'billets'
	]);
});
