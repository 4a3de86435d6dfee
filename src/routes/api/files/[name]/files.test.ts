import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../../tests/support/app.ts';
import type { Actor } from '$lib/server/app';
import { listAccess } from '$lib/server/datasets/access-log';
import { createDataset } from '$lib/server/datasets/create';
import { updateDataset, withdrawDataset } from '$lib/server/datasets/govern';
import { addMember } from '$lib/server/organisations/membership';
import { createOrganisation } from '$lib/server/organisations/organisation';
import { encodeTable } from '../../../../lib/tables/arrow.ts';
import { integerColumn } from '../../../../lib/tables/column-of.ts';
import { GET } from './+server.ts';

const table = encodeTable([integerColumn('billets', [1, 2])]);
const FIELDS = {
	title: 'Billets',
	description: '',
	licence: 'CC-BY-4.0',
	publication: 'rows',
	synthetic: false
} as const;

let t: TestApp;
let steward: Actor;
let member: Actor;
let stranger: Actor;
let id: string;
beforeEach(async () => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	member = testPerson(t.app, 'Marc');
	stranger = testPerson(t.app, 'Zoe');
	const organisationId = createOrganisation(t.app, steward, { name: 'Salle' });
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'member');
	({ id } = await createDataset(t.app, steward, { ...FIELDS, organisationId }, table));
});
afterEach(() => t.close());

function get(actor: Actor | null, query = '', headers: Record<string, string> = {}) {
	const url = new URL(`http://127.0.0.1/api/files/billets@1.arrow${query}`);
	const locals = { app: t.app, actor, sessionHash: null };
	const request = new Request(url, { headers });
	const event = { locals, params: { name: 'billets@1.arrow' }, request, url };
	return Promise.resolve(GET(event as unknown as Parameters<typeof GET>[0]));
}

it('answers the bytes, with the terms that they come under', async () => {
	updateDataset(t.app, steward, id, { ...FIELDS, terms: { acknowledgement: 'Merci à « Salle »' } });
	const answer = await get(member);
	expect(answer.status).toBe(200);
	expect(new Uint8Array(await answer.arrayBuffer())).toEqual(table);
	const source: unknown = JSON.parse(
		decodeURIComponent(answer.headers.get('x-carnet-source') ?? '')
	);
	expect(source).toMatchObject({ slug: 'billets', acknowledgement: 'Merci à « Salle »' });
});

it('writes down each reading, one answered from a copy included', async () => {
	const etag = (await get(member)).headers.get('etag') ?? '';
	expect((await get(member, '', { 'if-none-match': etag })).status).toBe(304);
	expect((await get(member, '?for=export', { 'if-none-match': etag })).status).toBe(304);
	await get(member, '?for=page');
	await get(stranger);
	await get(null);
	expect(
		listAccess(t.app, steward, id).lines.map(({ person, way, readings }) => [person, way, readings])
	).toEqual([
		['Marc', 'page', 1],
		['Marc', 'export', 1],
		['Marc', 'notebook', 2]
	]);
});

it('says that it was withdrawn to who could read it, and to no other', async () => {
	withdrawDataset(t.app, steward, id);
	const gone = await get(member);
	expect(gone.status).toBe(410);
	expect(await gone.json()).toEqual({
		code: 'dataset_withdrawn',
		details: { title: 'Billets', organisation: 'Salle' }
	});
	const answers = await Promise.all(
		[stranger, null].map(async (actor) => {
			const answer = await get(actor);
			return [answer.status, await answer.json()] as const;
		})
	);
	expect(answers).toEqual([
		[404, { code: 'not_found', details: {} }],
		[404, { code: 'not_found', details: {} }]
	]);
});
