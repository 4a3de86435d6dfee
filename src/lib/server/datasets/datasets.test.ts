import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { UPLOAD_MEDIA_TYPE } from '../../core/protocol/import.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn, textColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { addMember, removeMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { createSeries } from '../workshops/series.ts';
import { createWorkshop } from '../workshops/workshop.ts';
import { workshopPeople } from '../db/schema.ts';
import { textIn } from '../form.ts';
import { addVersion, createDataset, type NewDataset } from './create.ts';
import { cleanNotes } from './dataset-fields.ts';
import { describeDataset, listUsableDatasets } from './describe.ts';
import { grantDataset, revokeDatasetGrant, updateDataset, withdrawDataset } from './govern.ts';
import { openDatasetFile } from './read.ts';
import { readUpload } from './upload.ts';

const table = encodeTable([
	textColumn('ville', ['Montréal', 'Québec', null]),
	integerColumn('billets', [3, 4, 5])
]);

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
	organisationId = createOrganisation(t.app, steward, { name: 'Salle de test' });
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'member');
});
afterEach(() => t.close());

const fields = (more: Partial<NewDataset> = {}): NewDataset => ({
	organisationId,
	title: 'Billetterie d’été 2024',
	description: 'Ventes',
	licence: 'CC-BY-4.0',
	publication: 'nothing',
	synthetic: false,
	...more
});
const create = (more: Partial<NewDataset> = {}, actor: Actor | null = steward, bytes = table) =>
	createDataset(t.app, actor, fields(more), bytes);
const codeOf = async (work: () => unknown): Promise<string> => {
	try {
		await work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
const workshop = (facilitator: Actor): string =>
	createWorkshop(t.app, facilitator, {
		seriesId: createSeries(t.app, facilitator, 'Démarche'),
		title: 'Atelier',
		description: '',
		questions: [1],
		lang: 'fr'
	});
const seat = (workshopId: string, person: Actor) =>
	t.app.db
		.insert(workshopPeople)
		.values({ workshopId, personId: person.personId, role: 'participant', joinedAt: t.app.now() })
		.run();

describe('creating', () => {
	it('keeps the table under its hash, and describes it', async () => {
		const made = await create();
		expect(made).toMatchObject({ slug: 'billetterie-d-ete-2024', version: 1 });
		const described = describeDataset(t.app, steward, made.id);
		expect(described).toMatchObject({
			title: 'Billetterie d’été 2024',
			organisation: 'Salle de test',
			publication: 'nothing',
			mayGovern: true
		});
		expect(described.versions[0]).toMatchObject({
			number: 1,
			rows: 3,
			columns: [
				{ name: 'ville', type: 'text', missing: 1 },
				{ name: 'billets', type: 'integer', missing: 0 }
			]
		});
		const file = openDatasetFile(t.app, steward, 'billetterie-d-ete-2024@1.arrow');
		expect(file.source).toMatchObject({
			datasetId: made.id,
			rows: 3,
			organisation: 'Salle de test'
		});
		expect(await file.bytes()).toEqual(table);
	});

	it('gives each dataset a name of its own, also after a withdrawal', async () => {
		const first = await create();
		withdrawDataset(t.app, steward, first.id);
		expect((await create()).slug).toBe('billetterie-d-ete-2024-2');
	});

	it('answers alike whether the bytes were there already or not', async () => {
		const one = await create();
		const other = testPerson(t.app, 'Lea');
		const theirs = createOrganisation(t.app, other, { name: 'Autre' });
		const two = await create({ organisationId: theirs, title: 'Autre chose' }, other);
		expect(Object.keys(two)).toEqual(Object.keys(one));
		// The same bytes, and yet neither reads the other's.
		expect(await codeOf(() => openDatasetFile(t.app, other, `${one.slug}@1.arrow`))).toBe(
			'not_found'
		);
		expect(await codeOf(() => openDatasetFile(t.app, steward, `${two.slug}@1.arrow`))).toBe(
			'not_found'
		);
	});

	it('is for stewards of the organisation', async () => {
		expect(await codeOf(() => create())).toBe('done');
		expect(await codeOf(() => create({}, member))).toBe('steward_required');
		expect(await codeOf(() => create({}, stranger))).toBe('not_found');
		expect(await codeOf(() => create({ organisationId: 'none' }))).toBe('not_found');
		expect(await codeOf(() => create({}, null))).toBe('sign_in_required');
	});

	it.each([
		[{ title: '  ' }, 'title_required'],
		[{ title: 'x'.repeat(201) }, 'too_long'],
		[{ description: 'x'.repeat(5001) }, 'too_long'],
		[{ licence: 'MIT' as 'CC-BY-4.0' }, 'unknown_choice'],
		[{ publication: 'all' as 'rows' }, 'unknown_choice']
	])('refuses %j', async (more, code) => {
		expect(await codeOf(() => create(more))).toBe(code);
	});

	it('refuses bytes that are no table, and keeps nothing of them', async () => {
		const code = await codeOf(() => create({}, steward, new Uint8Array(100)));
		expect(code).toBe('arrow_unreadable');
		expect(listUsableDatasets(t.app, steward, 'fr')).toEqual([]);
	});

	it('adds versions, and leaves the earlier ones as they were', async () => {
		const made = await create();
		const more = encodeTable([integerColumn('billets', [1])]);
		expect(await addVersion(t.app, steward, made.id, more)).toMatchObject({ version: 2 });
		expect(openDatasetFile(t.app, steward, `${made.slug}@1.arrow`).source.rows).toBe(3);
		expect(openDatasetFile(t.app, steward, `${made.slug}@2.arrow`).source.rows).toBe(1);
		expect(await codeOf(() => addVersion(t.app, member, made.id, more))).toBe('forbidden');
		expect(await codeOf(() => addVersion(t.app, stranger, made.id, more))).toBe('not_found');
		expect(await codeOf(() => addVersion(t.app, null, made.id, more))).toBe('sign_in_required');
	});
});

describe('who may use it', () => {
	it('is private to its organisation by default', async () => {
		const { id, slug } = await create();
		for (const [person, seen] of [
			[steward, true],
			[member, true],
			[stranger, false],
			[null, false]
		] as const) {
			expect(await codeOf(() => openDatasetFile(t.app, person, `${slug}@1.arrow`))).toBe(
				seen ? 'done' : 'not_found'
			);
			expect(await codeOf(() => describeDataset(t.app, person, id))).toBe(
				seen ? 'done' : 'not_found'
			);
			expect(listUsableDatasets(t.app, person, 'fr').map((d) => d.id)).toEqual(seen ? [id] : []);
		}
	});

	it('is shared with a workshop, seen there, and taken back', async () => {
		const { id, slug } = await create();
		const workshopId = workshop(steward);
		const guest = testPerson(t.app, 'Invitee', 'guest');
		seat(workshopId, guest);
		const open = () => codeOf(() => openDatasetFile(t.app, guest, `${slug}@1.arrow`));
		expect(await open()).toBe('not_found');
		grantDataset(t.app, steward, id, 'workshop', workshopId);
		expect(await open()).toBe('done');
		expect(listUsableDatasets(t.app, guest, 'fr', { workshopId }).map((d) => d.slug)).toEqual([
			slug
		]);
		expect(listUsableDatasets(t.app, stranger, 'fr', { workshopId })).toEqual([]);
		expect(describeDataset(t.app, steward, id).grantees).toEqual([
			{ kind: 'workshop', id: workshopId, name: 'Atelier' }
		]);
		expect(describeDataset(t.app, guest, id)).toMatchObject({ grantees: [], mayGovern: false });
		revokeDatasetGrant(t.app, steward, id, 'workshop', workshopId);
		expect(await open()).toBe('not_found');
	});

	it('ends with the membership', async () => {
		const { slug } = await create();
		removeMember(t.app, steward, organisationId, member.personId);
		expect(await codeOf(() => openDatasetFile(t.app, member, `${slug}@1.arrow`))).toBe('not_found');
	});

	it('is granted by stewards alone, to what they know', async () => {
		const { id } = await create();
		const theirs = workshop(stranger);
		expect(await codeOf(() => grantDataset(t.app, steward, id, 'workshop', theirs))).toBe(
			'not_found'
		);
		expect(await codeOf(() => grantDataset(t.app, member, id, 'workshop', workshop(member)))).toBe(
			'forbidden'
		);
		expect(await codeOf(() => grantDataset(t.app, stranger, id, 'workshop', theirs))).toBe(
			'not_found'
		);
		expect(await codeOf(() => grantDataset(t.app, null, id, 'workshop', theirs))).toBe('not_found');
	});

	it.each([
		'',
		'../../etc/passwd',
		'slug',
		'slug@0.arrow',
		'slug@1.csv',
		'SLUG@1.arrow',
		'a@1.arrow/../b'
	])('knows no file %j', async (name) => {
		expect(await codeOf(() => openDatasetFile(t.app, steward, name))).toBe('not_found');
	});
});

describe('governing', () => {
	it('changes the terms that later readings come under', async () => {
		const { id, slug } = await create();
		updateDataset(t.app, steward, id, fields({ title: 'Autre titre', publication: 'aggregates' }));
		expect(openDatasetFile(t.app, steward, `${slug}@1.arrow`).source).toMatchObject({
			title: 'Autre titre',
			publication: 'aggregates'
		});
		expect(await codeOf(() => updateDataset(t.app, member, id, fields()))).toBe('forbidden');
	});

	it('withdraws for everyone', async () => {
		const { id, slug } = await create();
		expect(await codeOf(() => withdrawDataset(t.app, member, id))).toBe('forbidden');
		withdrawDataset(t.app, steward, id);
		for (const [person, code] of [
			[steward, 'dataset_withdrawn'],
			[member, 'dataset_withdrawn'],
			[stranger, 'not_found'],
			[null, 'not_found']
		] as const)
			expect(await codeOf(() => openDatasetFile(t.app, person, `${slug}@1.arrow`))).toBe(code);
		expect(describeDataset(t.app, steward, id).withdrawnAt).toBe(t.app.now());
		expect(await codeOf(() => describeDataset(t.app, member, id))).toBe('dataset_withdrawn');
		expect(await codeOf(() => describeDataset(t.app, stranger, id))).toBe('not_found');
		expect(await codeOf(() => addVersion(t.app, steward, id, table))).toBe('dataset_withdrawn');
	});
});

describe('uploads', () => {
	const body = (description: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
		const json = new TextEncoder().encode(description);
		const out = new Uint8Array(4 + json.length + bytes.length);
		new DataView(out.buffer).setUint32(0, json.length, true);
		out.set(json, 4);
		out.set(bytes, 4 + json.length);
		return out;
	};
	const request = (content: BodyInit, type = UPLOAD_MEDIA_TYPE) =>
		new Request('http://127.0.0.1/api/datasets', {
			method: 'POST',
			body: content,
			headers: { 'content-type': type },
			duplex: 'half'
		} as RequestInit);

	it('reads the description and the bytes', async () => {
		const read = await readUpload(request(body('{"title":"é"}', table)));
		expect([read.description, new Uint8Array(read.bytes)]).toEqual([{ title: 'é' }, table]);
	});

	it.each([
		['nothing', new Uint8Array(0)],
		['a description longer than the body', Uint8Array.of(255, 0, 0, 0, 123, 125)],
		['no JSON', body('{title', new Uint8Array(0))],
		['a list', body('[]', new Uint8Array(0))]
	])('refuses %s', async (_, bytes) => {
		expect(await codeOf(() => readUpload(request(bytes)))).toBe('upload_malformed');
	});

	it('takes what is no text for an empty one, whatever it would read as', () => {
		const evil: unknown = JSON.parse('{"toString":1,"valueOf":1}');
		expect(textIn({ organisationId: evil }, 'organisationId')).toBe('');
		expect(textIn({}, 'toString')).toBe('');
		const columns = [
			{ name: evil, type: evil, personal: [{ kind: 'person_name', action: evil, reason: evil }] }
		];
		expect(cleanNotes({ encoding: evil, separator: evil, decimal: evil, columns })).toMatchObject({
			encoding: '',
			columns: [{ name: '', type: '', personal: [{ kind: 'person_name', action: '', reason: '' }] }]
		});
	});

	it('refuses another media type, which a form of another site could send', async () => {
		expect(await codeOf(() => readUpload(request(body('{}', table), 'text/plain')))).toBe(
			'upload_malformed'
		);
	});

	it('stops reading a body that is too long, announced or not', async () => {
		expect(
			await codeOf(() => readUpload(request(body('{}', new Uint8Array(2000))), { most: 1000 }))
		).toBe('table_too_large');
		let sent = 0;
		const endless = new ReadableStream<Uint8Array>({
			start(controller) {
				controller.enqueue(body('{}', new Uint8Array(100)));
			},
			pull(controller) {
				sent += 500;
				controller.enqueue(new Uint8Array(500));
			}
		});
		expect(await codeOf(() => readUpload(request(endless), { most: 1000 }))).toBe(
			'table_too_large'
		);
		expect(sent).toBeLessThan(10_000);
	});
});
