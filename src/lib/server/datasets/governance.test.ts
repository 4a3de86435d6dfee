/** What a steward says of a dataset and under what terms it is read; the recipe of a version. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { NOTHING_SAID } from '../../core/dataset/about.ts';
import { DEFAULT_TERMS } from '../../core/governance/dataset-terms.ts';
import { AppError, GoneError, statusOf } from '../../core/errors.ts';
import type { ImportNotes } from '../../core/protocol/import.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn, textColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { workshopPeople } from '../db/schema.ts';
import { addMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { knownSources } from '../reports/sources.ts';
import { createSeries } from '../workshops/series.ts';
import { createWorkshop } from '../workshops/workshop.ts';
import { addVersion, createDataset } from './create.ts';
import { fieldsOf, sentFields, type DatasetFields } from './dataset-fields.ts';
import { describeDataset, listUsableDatasets } from './describe.ts';
import { describeColumns, grantDataset, updateDataset, withdrawDataset } from './govern.ts';
import { listWorkshopDatasets } from './of-workshop.ts';
import { packageOf } from './package.ts';
import { newerVersions } from './pinned.ts';
import { openDatasetFile } from './read.ts';

const table = encodeTable([
	textColumn('ville', ['Montréal', 'Québec', null]),
	integerColumn('billets', [3, 4, 5])
]);
const DAY = 86_400_000;

let t: TestApp;
let steward: Actor;
let member: Actor;
let stranger: Actor;
let administrator: Actor;
let organisationId: string;
beforeEach(() => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	member = testPerson(t.app, 'Marc');
	stranger = testPerson(t.app, 'Zoe');
	administrator = { ...testPerson(t.app, 'Admin'), administrator: true };
	organisationId = createOrganisation(t.app, steward, { name: 'Salle de test' });
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'member');
});
afterEach(() => t.close());

const FIELDS: DatasetFields = {
	title: 'Billetterie',
	description: 'Ventes',
	licence: 'CC-BY-4.0',
	publication: 'aggregates',
	synthetic: false
};
const create = (more: Partial<DatasetFields> & { recipe?: unknown; notes?: ImportNotes } = {}) =>
	createDataset(t.app, steward, { ...FIELDS, ...more, organisationId }, table);
const update = (id: string, more: Partial<DatasetFields>, actor: Actor | null = steward) =>
	updateDataset(t.app, actor, id, { ...FIELDS, ...more });
const refusalOf = async (work: () => unknown): Promise<string> => {
	try {
		await work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
const FILE = 'billetterie@1.arrow';
const open = (actor: Actor | null) => refusalOf(() => openDatasetFile(t.app, actor, FILE));

describe('what is said of a dataset', () => {
	it('is nothing, with the narrowest terms, unless its steward says more', async () => {
		const { id } = await create();
		expect(describeDataset(t.app, member, id)).toMatchObject({
			about: NOTHING_SAID,
			terms: DEFAULT_TERMS,
			columnsAbout: [],
			recipe: null,
			expired: false,
			purgeAt: null,
			accessDays: 730
		});
	});
	it('is said when it is brought in, and changed; what is not sent stays', async () => {
		const columns = [{ name: 'ville', label: 'Ville', description: { fr: 'Du lieu' }, unit: '' }];
		const { id } = await create({
			about: { titleOther: 'Ticketing', keywords: 'salle, billets', regions: ['06'], from: '2024' },
			terms: { purpose: 'Étude', minimumGroup: 15 },
			columns
		});
		update(id, {
			title: 'Autre',
			about: { place: 'Montréal' },
			terms: { validUntil: '2026-12-31' }
		});
		expect(describeDataset(t.app, member, id)).toMatchObject({
			title: 'Autre',
			about: {
				titleOther: 'Ticketing',
				keywords: ['salle', 'billets'],
				regions: ['06'],
				from: '2024',
				place: 'Montréal'
			},
			terms: { purpose: 'Étude', minimumGroup: 15, validUntil: '2026-12-31' },
			columnsAbout: [
				{ name: 'ville', label: 'Ville', description: { fr: 'Du lieu', en: '' }, unit: '' }
			]
		});
	});
	it('is refused with the field to mend, and nothing changes', async () => {
		const { id } = await create();
		for (const [more, code] of [
			[{ about: { sourceUrl: 'x' } }, 'url_invalid'],
			[{ terms: { minimumGroup: 1 } }, 'minimum_group_range'],
			[{ columns: 'x' }, 'request_malformed']
		] as const) {
			expect(await refusalOf(() => update(id, { title: 'Changé', ...more }))).toBe(code);
			expect(await refusalOf(() => create(more))).toBe(code);
		}
		expect(describeDataset(t.app, steward, id).title).toBe('Billetterie');
		expect(listUsableDatasets(t.app, steward, 'fr')).toHaveLength(1);
	});
	it('is for its stewards to say', async () => {
		const { id } = await create();
		const columns = [{ name: 'billets', unit: 'billets' }];
		for (const [actor, code] of [
			[member, 'forbidden'],
			[stranger, 'not_found'],
			[administrator, 'not_found'],
			[null, 'not_found'],
			[steward, 'done']
		] as const) {
			expect(await refusalOf(() => update(id, {}, actor))).toBe(code);
			expect(await refusalOf(() => describeColumns(t.app, actor, id, columns))).toBe(code);
		}
		expect(describeDataset(t.app, member, id).columnsAbout).toMatchObject(columns);
		withdrawDataset(t.app, steward, id);
		expect(await refusalOf(() => describeColumns(t.app, steward, id, []))).toBe(
			'dataset_withdrawn'
		);
	});
	it('comes from a form by the names of its fields', async () => {
		const form = new FormData();
		for (const [name, value] of [
			['title', 'Billetterie'],
			['licence', 'ODbL-1.0'],
			['publication', 'rows'],
			['regions', ''],
			['regions', '06'],
			['regions', '03'],
			['place', 'Québec'],
			['audience', 'everyone'],
			['columnName', 'ville'],
			['columnLabel', 'Ville'],
			['columnFr', 'Du lieu'],
			['columnEn', 'Of the venue'],
			['columnUnit', ''],
			['columnName', 'billets'],
			['columnLabel', ''],
			['columnFr', ''],
			['columnEn', ''],
			['columnUnit', 'billets']
		] as const)
			form.append(name, value);
		const { id } = await create(fieldsOf(sentFields(form)));
		expect(describeDataset(t.app, steward, id)).toMatchObject({
			licence: 'ODbL-1.0',
			about: { regions: ['03', '06'], place: 'Québec' },
			terms: { audience: 'everyone' },
			columnsAbout: [
				{ name: 'ville', label: 'Ville', description: { fr: 'Du lieu', en: 'Of the venue' } },
				{ name: 'billets', unit: 'billets' }
			]
		});
		// A form that has none of these leaves them.
		const short = new FormData();
		for (const [name, value] of Object.entries({ title: 'T', licence: 'reserved' }))
			short.set(name, value);
		updateDataset(t.app, steward, id, fieldsOf(sentFields(short)));
		expect(describeDataset(t.app, steward, id)).toMatchObject({
			title: 'T',
			about: { regions: ['03', '06'] },
			terms: { audience: 'everyone' },
			columnsAbout: [{ name: 'ville' }, { name: 'billets' }]
		});
	});
});

describe('a file taken out', () => {
	it('says what it is, whose, and under what licence', async () => {
		const { id } = await create({
			about: {
				source: 'Système',
				sourceUrl: 'https://exemple.org/',
				stewardName: 'Responsable',
				stewardEmail: 'donnees@exemple.org'
			},
			columns: [{ name: 'billets', description: { en: 'Tickets' }, unit: 'billets' }]
		});
		expect(packageOf(t.app, member, id, 1)).toMatchObject({
			file: FILE,
			rows: 3,
			title: 'Billetterie',
			licence: { name: 'CC-BY-4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
			sources: [{ title: 'Système', path: 'https://exemple.org/' }],
			contributors: [
				{ title: 'Salle de test', role: 'publisher', email: null },
				{ title: 'Responsable', role: 'contact', email: 'donnees@exemple.org' }
			],
			columns: [
				{ name: 'ville', type: 'text', missing: 1, unit: '' },
				{ name: 'billets', type: 'integer', missing: 0, unit: 'billets' }
			]
		});
		expect(await refusalOf(() => packageOf(t.app, member, id, 2))).toBe('not_found');
		expect(await refusalOf(() => packageOf(t.app, stranger, id, 1))).toBe('not_found');
		withdrawDataset(t.app, steward, id);
		expect(await refusalOf(() => packageOf(t.app, member, id, 1))).toBe('dataset_withdrawn');
	});
});

describe('who reads it', () => {
	it('everyone who is signed in, where its terms say so; and no more once they do not', async () => {
		const guest = testPerson(t.app, 'Invitee', 'guest');
		const { id } = await create();
		expect(await open(stranger)).toBe('not_found');
		expect(listUsableDatasets(t.app, guest, 'fr')).toEqual([]);
		update(id, { terms: { audience: 'everyone' } });
		for (const person of [stranger, guest, administrator, member]) {
			expect(await open(person)).toBe('done');
			expect(listUsableDatasets(t.app, person, 'fr')).toMatchObject([{ id, audience: 'everyone' }]);
			expect(await refusalOf(() => withdrawDataset(t.app, person, id))).toBe('forbidden');
		}
		expect(await open(null)).toBe('not_found');
		expect(listUsableDatasets(t.app, null, 'fr')).toEqual([]);
		// A workshop's own list is what it was granted.
		expect(listUsableDatasets(t.app, guest, 'fr', { workshopId: 'aucun' })).toEqual([]);
		update(id, { terms: { audience: 'granted' } });
		expect(await open(stranger)).toBe('not_found');
	});
	it('its stewards alone, past the last day of its terms', async () => {
		const { id } = await create({ terms: { validUntil: '2026-01-15' } });
		const workshopId = createWorkshop(t.app, steward, {
			seriesId: createSeries(t.app, steward, 'Démarche'),
			title: 'Atelier',
			description: '',
			questions: [1],
			lang: 'fr'
		});
		const guest = testPerson(t.app, 'Invitee', 'guest');
		t.app.db
			.insert(workshopPeople)
			.values({ workshopId, personId: guest.personId, role: 'participant', joinedAt: 0 })
			.run();
		grantDataset(t.app, steward, id, 'workshop', workshopId);
		// The 15th lasts until midnight in Québec.
		t.advance(16 * 3_600_000);
		for (const person of [steward, member, guest]) expect(await open(person)).toBe('done');
		expect(listWorkshopDatasets(t.app, steward, workshopId, 'fr')).toMatchObject([
			{ expired: false }
		]);
		t.advance(DAY / 24);
		expect(await open(steward)).toBe('done');
		expect(describeDataset(t.app, steward, id).expired).toBe(true);
		expect(listUsableDatasets(t.app, steward, 'fr')).toMatchObject([{ id, expired: true }]);
		expect(listWorkshopDatasets(t.app, steward, workshopId, 'fr')).toMatchObject([
			{ expired: true }
		]);
		for (const person of [member, guest]) {
			expect(await open(person)).toBe('dataset_expired');
			expect(await refusalOf(() => describeDataset(t.app, person, id))).toBe('dataset_expired');
			expect(listUsableDatasets(t.app, person, 'fr')).toEqual([]);
		}
		expect(listUsableDatasets(t.app, guest, 'fr', { workshopId })).toEqual([]);
		expect(await open(stranger)).toBe('not_found');
		// Its steward lengthens it, and it is read again.
		update(id, { terms: { validUntil: '' } });
		for (const person of [member, guest]) expect(await open(person)).toBe('done');
	});
	it('is told why not, if they could: the title and the organisation, and no more', async () => {
		const { id } = await create({ terms: { validUntil: '2026-01-01', purpose: 'secret' } });
		const thrown = (actor: Actor) => {
			try {
				openDatasetFile(t.app, actor, FILE);
			} catch (error) {
				return error;
			}
		};
		const expired = thrown(member) as GoneError;
		expect(expired).toBeInstanceOf(GoneError);
		expect(statusOf(expired).http).toBe(410);
		expect(expired.details).toEqual({
			title: 'Billetterie',
			organisation: 'Salle de test',
			day: '2026-01-01'
		});
		withdrawDataset(t.app, steward, id);
		expect((thrown(member) as GoneError).details).toEqual({
			title: 'Billetterie',
			organisation: 'Salle de test'
		});
	});
});

describe('terms travel', () => {
	it('with what a report prints, as they are at each reading', async () => {
		const { id } = await create({
			terms: {
				minimumGroup: 12,
				validUntil: '2026-12-31',
				purpose: 'Étude',
				acknowledgement: 'Merci',
				remuneration: 'À convenir'
			}
		});
		const carried = {
			minimumGroup: 12,
			validUntil: '2026-12-31',
			purpose: 'Étude',
			acknowledgement: 'Merci'
		};
		const { source } = openDatasetFile(t.app, member, FILE);
		expect(source).toMatchObject(carried);
		expect(source).not.toHaveProperty('remuneration');
		expect(knownSources(t.app, member, 'fr')(FILE)).toEqual(source);
		update(id, { publication: 'rows', terms: { acknowledgement: '', purpose: 'Autre' } });
		const now = openDatasetFile(t.app, member, FILE).source;
		expect(now).toMatchObject({ publication: 'rows', purpose: 'Autre' });
		expect(now).not.toHaveProperty('acknowledgement');
		expect(now).not.toHaveProperty('minimumGroup');
	});
	it('fit in a header at their longest', async () => {
		await create({
			title: '’'.repeat(200),
			terms: { purpose: '’'.repeat(300), acknowledgement: '’'.repeat(300) }
		});
		const [line] = listUsableDatasets(t.app, steward, 'fr');
		const { source } = openDatasetFile(t.app, steward, `${line?.slug ?? ''}@1.arrow`);
		expect(encodeURIComponent(JSON.stringify(source)).length).toBeLessThan(10_000);
	});
	it('are known past their last day to who could read it, so that the refusal says why', async () => {
		await create({ terms: { validUntil: '2026-01-01' } });
		expect(knownSources(t.app, member, 'fr')(FILE)).toMatchObject({ validUntil: '2026-01-01' });
		expect(knownSources(t.app, stranger, 'fr')(FILE)).toBeNull();
	});
	it('are known no more once it is withdrawn, to its stewards either', async () => {
		const { id } = await create();
		expect(knownSources(t.app, steward, 'fr')(FILE)).not.toBeNull();
		withdrawDataset(t.app, steward, id);
		expect(knownSources(t.app, steward, 'fr')(FILE)).toBeNull();
		expect(knownSources(t.app, member, 'fr')(FILE)).toBeNull();
	});
});

describe('a recipe', () => {
	const recipe = {
		format: 1,
		choices: { columns: [{ groups: [{ to: 'Montréal', from: ['MTL'] }] }] },
		columns: [{ header: 'Ville', name: 'ville', type: 'category' }],
		key: ['ville'],
		mode: 'merge'
	};
	const notes = (kinds: readonly 'email'[]): ImportNotes => ({
		encoding: 'utf-8',
		separator: ';',
		decimal: ',',
		header: true,
		counts: {},
		columns: [
			{
				name: 'ville',
				type: 'category',
				kept: true,
				misfits: 0,
				personal: kinds.map((kind) => ({ kind, action: 'keep', reason: 'r' }))
			}
		]
	});
	it('is kept with the version that it made; the latest is the dataset’s, for its stewards', async () => {
		const { id } = await create({ recipe });
		expect(describeDataset(t.app, steward, id).recipe).toEqual(recipe);
		expect(describeDataset(t.app, member, id).recipe).toBeNull();
		await addVersion(t.app, steward, id, table);
		expect(describeDataset(t.app, steward, id).recipe).toEqual(recipe);
		const next = { ...recipe, mode: 'add' };
		await addVersion(t.app, steward, id, table, { recipe: next });
		expect(describeDataset(t.app, steward, id).recipe).toEqual(next);
	});
	it('a version made from another than the latest is refused: it would lose what came meanwhile', async () => {
		const { id } = await create({ recipe });
		await addVersion(t.app, steward, id, table, { after: 1 });
		const late = () => addVersion(t.app, steward, id, table, { after: 1 });
		expect(await refusalOf(late)).toBe('version_outdated');
		expect(describeDataset(t.app, steward, id).versions).toHaveLength(2);
		expect((await addVersion(t.app, steward, id, table, { after: 2 })).version).toBe(3);
	});
	it('is refused whole when it is another thing, or holds what it may not', async () => {
		const { id } = await create();
		for (const [sent, code] of [
			[{ notes: notes([]), recipe }, 'done'],
			[{ notes: notes([]), recipe: { ...recipe, rows: [['Montréal']] } }, 'recipe_malformed'],
			[{ notes: notes(['email']), recipe }, 'recipe_personal']
		] as const) {
			expect(await refusalOf(() => create(sent))).toBe(code);
			expect(await refusalOf(() => addVersion(t.app, steward, id, table, sent))).toBe(code);
		}
		expect(describeDataset(t.app, steward, id).versions).toHaveLength(2);
	});
});

describe('the versions that a notebook names', () => {
	const wider = encodeTable([
		textColumn('ville', ['Montréal']),
		textColumn('billets', ['3']),
		integerColumn('prix', [12])
	]);
	it('have a newer one, with what changed', async () => {
		const { id } = await create();
		expect(newerVersions(t.app, member, [FILE])).toEqual([
			{
				file: FILE,
				title: 'Billetterie',
				organisation: 'Salle de test',
				closed: null,
				withdrawnAt: null,
				readable: true,
				validUntil: null,
				newer: null
			}
		]);
		t.advance(DAY);
		await addVersion(t.app, steward, id, wider);
		const [first, second] = newerVersions(t.app, member, [FILE, 'billetterie@2.arrow', FILE]);
		expect(first?.newer).toEqual({
			file: 'billetterie@2.arrow',
			number: 2,
			createdAt: t.app.now(),
			changes: {
				rows: { before: 3, after: 1 },
				added: ['prix'],
				removed: [],
				retyped: [{ name: 'billets', before: 'integer', after: 'text' }],
				categories: [],
				overlap: null,
				sameShape: false
			}
		});
		expect(second).toMatchObject({ file: 'billetterie@2.arrow', newer: null });
	});
	it('are told closed to who could read them, and nothing to others', async () => {
		const { id } = await create({ terms: { validUntil: '2026-01-15' } });
		await addVersion(t.app, steward, id, wider);
		t.advance(DAY);
		const told = (actor: Actor | null) => newerVersions(t.app, actor, [FILE, 'autre@1.arrow', '?']);
		expect(told(member)).toMatchObject([{ closed: 'expired', readable: false, newer: null }]);
		expect(told(steward)).toMatchObject([
			{ closed: 'expired', readable: true, newer: { number: 2 } }
		]);
		expect(told(stranger)).toEqual([]);
		expect(told(administrator)).toEqual([]);
		expect(told(null)).toEqual([]);
		withdrawDataset(t.app, steward, id);
		const gone = { closed: 'withdrawn', withdrawnAt: t.app.now(), readable: false, newer: null };
		expect(told(member)).toMatchObject([gone]);
		expect(told(steward)).toMatchObject([gone]);
		expect(told(stranger)).toEqual([]);
	});
	it('are looked up to a number', async () => {
		await create();
		const many = Array.from({ length: 50 }, (_, i) => `autre-${i}@1.arrow`);
		expect(newerVersions(t.app, member, [...many.slice(1), FILE])).toHaveLength(1);
		expect(newerVersions(t.app, member, [...many, FILE])).toEqual([]);
	});
});
