import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	connect,
	testApp,
	testPerson,
	testServer,
	testSession,
	type Client,
	type TestApp,
	type TestServer
} from '../../../../tests/support/live-notebook.ts';
import { AppError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { MAX_SHARES, type ShareRequest } from '../../core/sharing/share.ts';
import { levelOnNotebook } from '../access/notebook.ts';
import type { Actor } from '../app.ts';
import { notebookGrants, people, workshopPeople, workshopTables } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { listNotebooks } from '../notebooks/describe.ts';
import { deleteNotebook } from '../notebooks/manage.ts';
import { addMember, removeMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { createSeries } from '../workshops/series.ts';
import { createWorkshop } from '../workshops/workshop.ts';
import { changeShare, revokeShare, shareNotebook, shareRequestOf } from './grant.ts';
import { describeShareLink, openShareLink } from './share-link.ts';
import { describeSharing } from './sharing.ts';

const DAY = 86_400_000;
const ADDRESS = '192.0.2.1';
let t: TestApp;
let server: TestServer;
let owner: Actor;
let other: Actor;
let stranger: Actor;
let otherSession: string;
let strangerSession: string;
let notebookId: string;
let workshopId: string;
let organisationId: string;
let clients: Client[];

beforeEach(async () => {
	t = testApp();
	owner = testPerson(t.app, 'Line');
	other = testPerson(t.app, 'Omar');
	stranger = testPerson(t.app, 'Zoe');
	otherSession = testSession(t.app, other, 400 * DAY);
	strangerSession = testSession(t.app, stranger, 400 * DAY);
	server = await testServer(
		t.app,
		new Map([
			[otherSession, other],
			[strangerSession, stranger]
		])
	);
	notebookId = createNotebook(t.app, owner, {
		notebook: toNotebook({ title: 'Billets', cells: [{ id: 'a', source: '1' }] })
	});
	workshopId = createWorkshop(t.app, owner, {
		seriesId: createSeries(t.app, owner, 'Série'),
		title: 'Atelier du nord',
		questions: [1],
		lang: 'fr'
	});
	t.app.db
		.insert(workshopPeople)
		.values({
			workshopId,
			personId: other.personId,
			role: 'participant',
			joinedAt: t.app.now()
		})
		.run();
	organisationId = createOrganisation(t.app, owner, { name: 'Salle de test' });
	addMember(t.app, owner, organisationId, 'omar@exemple.org', 'member');
	clients = [];
});
afterEach(async () => {
	for (const client of clients) client.destroy();
	await server.stop();
	t.close();
});

const asked = (more: Partial<ShareRequest> = {}): ShareRequest => ({
	kind: 'person',
	to: 'omar@exemple.org',
	level: 'viewer',
	days: 0,
	...more
});
const share = (more: Partial<ShareRequest> = {}, actor: Actor | null = owner, id = notebookId) =>
	shareNotebook(t.app, actor, id, asked(more));
const level = (actor: Actor | null) => levelOnNotebook(t.app, actor, notebookId);
const shares = () => describeSharing(t.app, owner, notebookId).shares;
const press = (token: string, actor: Actor | null, displayName = '') =>
	openShareLink(t.app, actor, token, { displayName, lang: 'fr' }, ADDRESS);
const tokenOf = (more: Partial<ShareRequest> = {}) => {
	const { token, shareId } = share({ kind: 'link', to: '', ...more });
	if (token === null) throw new Error('no token');
	return { token, shareId };
};
const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};

function open(session: string): Client {
	const client = connect(server, notebookId, session);
	clients.push(client);
	return client;
}

/** Each kind of share, made so that it reaches Omar and not Zoé. */
const kinds: Record<string, () => string> = {
	person: () => share().shareId,
	workshop: () => share({ kind: 'workshop', to: workshopId }).shareId,
	organisation: () => share({ kind: 'organisation', to: organisationId }).shareId,
	link: () => {
		const { token, shareId } = tokenOf();
		press(token, other);
		return shareId;
	}
};

describe.each(Object.entries(kinds))('a share with a %s', (kind, make) => {
	it('gives access to those it names, and to nobody else', () => {
		expect(level(other)).toBeNull();
		make();
		expect(level(other)).toBe('viewer');
		expect(level(stranger)).toBeNull();
		expect(level(null)).toBeNull();
		expect(listNotebooks(t.app, other).map(({ id }) => id)).toEqual([notebookId]);
	});

	it('revoked, takes it away and cuts the socket', async () => {
		const id = make();
		const client = open(otherSession);
		await client.saved();
		expect(server.rooms.count(notebookId)).toBe(1);
		revokeShare(t.app, owner, notebookId, id);
		expect(await client.denied).toBe('not_found');
		expect(server.rooms.count(notebookId)).toBe(0);
		expect(level(other)).toBeNull();
		expect(shares()).toEqual([]);
		// For good: what is revoked is neither changed nor revoked again.
		expect(codeOf(() => changeShare(t.app, owner, notebookId, id, 'editor'))).toBe('not_found');
		expect(codeOf(() => revokeShare(t.app, owner, notebookId, id))).toBe('not_found');
	});

	it('lets edit once its level says so, in the socket too', async () => {
		const id = make();
		const client = open(otherSession);
		await client.saved();
		expect(client.provider.authorizedScope).toBe('readonly');
		const again = new Promise<string>((resolve) =>
			client.provider.on('authenticated', ({ scope }: { scope: string }) => resolve(scope))
		);
		changeShare(t.app, owner, notebookId, id, 'editor');
		expect(await again).toBe('read-write');
		expect(level(other)).toBe('editor');
	});

	it('is told to the owner in what words need', () => {
		make();
		expect(shares()).toMatchObject([
			{
				kind,
				level: 'viewer',
				expiresAt: null,
				name:
					{ person: 'Omar', workshop: 'Atelier du nord', organisation: 'Salle de test' }[
						kind as 'person'
					] ?? '',
				email: kind === 'person' ? 'omar@exemple.org' : null,
				people: kind === 'workshop' || kind === 'organisation' ? 2 : 1,
				openedBy: kind === 'link' ? ['Omar'] : []
			}
		]);
	});
});

describe('the time a share holds', () => {
	it('ends by the clock: access, socket, list, and the link', async () => {
		const { token } = tokenOf({ days: 7 });
		share({ days: 7 });
		press(token, stranger);
		expect(shares().map(({ expiresAt }) => expiresAt)).toEqual([
			t.app.now() + 7 * DAY,
			t.app.now() + 7 * DAY
		]);
		const client = open(otherSession);
		await client.saved();
		t.advance(7 * DAY - 1);
		expect([level(other), level(stranger)]).toEqual(['viewer', 'viewer']);
		expect(describeShareLink(t.app, null, token)?.title).toBe('Billets');
		t.advance(1);
		expect([level(other), level(stranger)]).toEqual([null, null]);
		expect(describeShareLink(t.app, null, token)).toBeNull();
		expect(codeOf(() => press(token, other))).toBe('share_link_unknown');
		expect(shares()).toEqual([]);
		// What each minute does by itself.
		server.rooms.recheck();
		expect(await client.denied).toBe('not_found');
	});

	it('is one of the choices', () => {
		expect(shareRequestOf({ ...asked(), days: 30 }).days).toBe(30);
		for (const wrong of [
			{ days: 31 },
			{ days: '30' },
			{ level: 'owner' },
			{ kind: 'public' },
			{ level: undefined }
		])
			expect(codeOf(() => shareRequestOf({ ...asked(), ...wrong }))).toBe('unknown_choice');
	});
});

describe('who shares', () => {
	it('is the owner alone; an editor is told so, a stranger sees nothing', () => {
		const { shareId } = share({ level: 'editor' });
		const all: ((actor: Actor, id: string) => unknown)[] = [
			(actor, id) => describeSharing(t.app, actor, id),
			(actor, id) => shareNotebook(t.app, actor, id, asked({ to: 'zoe@exemple.org' })),
			(actor, id) => changeShare(t.app, actor, id, shareId, 'editor'),
			(actor, id) => revokeShare(t.app, actor, id, shareId)
		];
		for (const work of all) {
			expect(codeOf(() => work(other, notebookId))).toBe('forbidden');
			expect(codeOf(() => work(stranger, notebookId))).toBe('not_found');
			expect(codeOf(() => work(stranger, newId(t.app.random)))).toBe('not_found');
		}
		expect(shares()).toHaveLength(1);
	});

	it('cannot reach a share of another notebook through their own', () => {
		const { shareId } = share();
		const mine = createNotebook(t.app, stranger, { notebook: toNotebook({ title: 'À moi' }) });
		for (const id of [shareId, newId(t.app.random)]) {
			expect(codeOf(() => revokeShare(t.app, stranger, mine, id))).toBe('not_found');
			expect(codeOf(() => changeShare(t.app, stranger, mine, id, 'editor'))).toBe('not_found');
		}
		expect(level(other)).toBe('viewer');
	});

	it('shares with a workshop or an organisation they are in; any other answers as missing', () => {
		expect(describeSharing(t.app, owner, notebookId)).toMatchObject({
			workshops: [{ id: workshopId, name: 'Atelier du nord' }],
			organisations: [{ id: organisationId, name: 'Salle de test' }]
		});
		const mine = createNotebook(t.app, stranger, { notebook: toNotebook({ title: 'À moi' }) });
		for (const [kind, id] of [
			['workshop', workshopId],
			['organisation', organisationId]
		] as const)
			for (const to of [id, newId(t.app.random)])
				expect(codeOf(() => share({ kind, to }, stranger, mine))).toBe('not_found');
	});
});

it('sharing again lets in, or out, those who have it open', async () => {
	share();
	const client = open(otherSession);
	await client.saved();
	for (const [asking, scope] of [
		['editor', 'read-write'],
		['viewer', 'readonly']
	] as const) {
		const again = new Promise<string>((resolve) =>
			client.provider.on('authenticated', (now: { scope: string }) => resolve(now.scope))
		);
		share({ level: asking });
		expect(await again).toBe(scope);
	}
});

describe('a person named by e-mail', () => {
	it('has one share, which asking again changes', () => {
		const first = share();
		const again = share({ to: ' OMAR@exemple.org ', level: 'editor', days: 1 });
		expect(again).toEqual({ shareId: first.shareId, token: null });
		expect(shares()).toMatchObject([{ level: 'editor', expiresAt: t.app.now() + DAY }]);
		t.advance(DAY);
		expect(share().shareId).not.toBe(first.shareId);
		expect(shares()).toHaveLength(1);
	});

	it('must hold an account, and be someone else', () => {
		expect(codeOf(() => share({ to: 'personne@exemple.org' }))).toBe('person_unknown');
		expect(codeOf(() => share({ to: 'omar' }))).toBe('email_invalid');
		expect(codeOf(() => share({ to: 'line@exemple.org' }))).toBe('share_self');
		expect(shares()).toEqual([]);
	});

	it('is not found by trying many addresses; right ones cost nothing', () => {
		for (let i = 0; i < 40; i++) share();
		for (let i = 0; i < 20; i++)
			expect(codeOf(() => share({ to: `p${i}@exemple.org` }))).toBe('person_unknown');
		expect(codeOf(() => share({ to: 'p21@exemple.org' }))).toBe('throttled');
		expect(codeOf(() => share({ to: 'zoe@exemple.org' }))).toBe('throttled');
		t.advance(3_600_000);
		expect(codeOf(() => share({ to: 'zoe@exemple.org' }))).toBe('done');
	});
});

describe('a person of the owner’s workshops', () => {
	const guest = (name: string): Actor => testPerson(t.app, name, 'guest');
	const seat = (actor: Actor, tableId: string | null = null, at = workshopId): void => {
		t.app.db
			.insert(workshopPeople)
			.values({
				...{ workshopId: at, personId: actor.personId, tableId },
				...{ role: 'participant', joinedAt: t.app.now() }
			})
			.run();
	};
	const table = (name: string): string => {
		const id = newId(t.app.random);
		t.app.db.insert(workshopTables).values({ id, workshopId, name, position: 1 }).run();
		return id;
	};
	const fellows = (actor: Actor, id: string) => describeSharing(t.app, actor, id).fellows;

	it('is offered by name, those at the same table first, without an address', () => {
		const estran = table('Estran');
		const [ada, bo, cam] = [guest('Ada'), guest('Bo'), guest('Cam')];
		seat(ada, estran);
		seat(bo);
		seat(cam, estran);
		const mine = createNotebook(t.app, ada, { notebook: toNotebook({ title: 'À moi' }) });
		expect(fellows(ada, mine).map(({ name, atTable }) => [name, atTable])).toEqual([
			['Cam', true],
			['Bo', false],
			['Line', false],
			['Omar', false]
		]);
		expect(JSON.stringify(fellows(ada, mine))).not.toContain('@');
		expect(fellows(owner, notebookId).map(({ name }) => name)).toEqual([
			'Ada',
			'Bo',
			'Cam',
			'Omar'
		]);
	});

	it('reads and edits what is shared with them, guest as they are', () => {
		const bo = guest('Bo');
		seat(bo);
		share({ to: bo.personId, level: 'editor' });
		expect(level(bo)).toBe('editor');
		expect(shares()).toMatchObject([{ kind: 'person', name: 'Bo', email: null, level: 'editor' }]);
	});

	it('is of a workshop that both are in: anyone else is no more found by an id than by a word', () => {
		const away = guest('Loin');
		const there = createWorkshop(t.app, stranger, {
			seriesId: createSeries(t.app, stranger, 'Ailleurs'),
			title: 'Atelier du sud',
			questions: [1],
			lang: 'fr'
		});
		seat(away, null, there);
		for (const to of [away.personId, stranger.personId, owner.personId, newId(t.app.random)])
			expect(codeOf(() => share({ to }))).toBe('email_invalid');
		expect(shares()).toEqual([]);
	});
});

describe('a link', () => {
	it('has a token of 200 bits, of which the store keeps the hash alone', () => {
		const { token, shareId } = tokenOf();
		expect(token).toMatch(/^[0-9a-z]{40}$/);
		const row = t.app.db.select().from(notebookGrants).where(eq(notebookGrants.id, shareId)).get();
		expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(row)).not.toContain(token);
		expect(JSON.stringify(shares())).not.toContain(row?.tokenHash);
		expect(tokenOf().token).not.toBe(token);
		expect(shares()).toHaveLength(2);
	});

	it('gives nothing by being looked at', () => {
		const { token } = tokenOf({ level: 'editor' });
		expect(describeShareLink(t.app, other, token)).toEqual({
			notebookId,
			title: 'Billets',
			lang: 'fr',
			ownerName: 'Line',
			level: 'editor',
			expiresAt: null,
			already: null
		});
		expect(level(other)).toBeNull();
		expect(press(token, other)).toEqual({
			notebookId,
			personId: other.personId,
			newcomer: false
		});
		expect(level(other)).toBe('editor');
		expect(describeShareLink(t.app, other, token)?.already).toBe('editor');
	});

	it('makes a guest of someone who gives a name', () => {
		const { token } = tokenOf();
		expect(codeOf(() => press(token, null, '  '))).toBe('name_required');
		expect(codeOf(() => press(token, null, 'x'.repeat(81)))).toBe('too_long');
		const { personId, newcomer } = press(token, null, ' Ève  L. ');
		expect(newcomer).toBe(true);
		const guest = t.app.db.select().from(people).where(eq(people.id, personId)).get();
		expect(guest).toMatchObject({ kind: 'guest', displayName: 'Ève L.', email: null });
		expect(level({ ...other, personId, kind: 'guest' })).toBe('viewer');
		expect(shares()[0]?.openedBy).toEqual(['Ève L.']);
	});

	it('lets one address make so many guests and no more', () => {
		const { token } = tokenOf();
		for (let i = 0; i < 60; i++) press(token, null, `Invité ${i}`);
		expect(codeOf(() => press(token, null, 'Invité 61'))).toBe('throttled');
		expect(press(token, other).newcomer).toBe(false);
	});

	it('revoked, opens nothing, like one that never was; another link stays', () => {
		const { token, shareId } = tokenOf();
		const kept = tokenOf();
		press(kept.token, stranger);
		revokeShare(t.app, owner, notebookId, shareId);
		for (const dead of [token, newId(t.app.random), '', shareId]) {
			expect(describeShareLink(t.app, other, dead)).toBeNull();
			expect(() => press(dead, other)).toThrow(NotFoundError);
			expect(codeOf(() => press(dead, null, 'Ève'))).toBe('share_link_unknown');
		}
		expect(level(other)).toBeNull();
		expect(level(stranger)).toBe('viewer');
		expect(t.app.db.select().from(people).all()).toHaveLength(3);
	});

	it('to a deleted notebook opens nothing; the owner’s own press records nothing', () => {
		const { token } = tokenOf();
		expect(press(token, owner).newcomer).toBe(false);
		expect(shares()[0]?.people).toBe(0);
		deleteNotebook(t.app, owner, notebookId);
		expect(describeShareLink(t.app, owner, token)).toBeNull();
		expect(codeOf(() => press(token, other))).toBe('share_link_unknown');
	});

	it('to edit raises a reader who has the notebook open', async () => {
		share();
		const client = open(otherSession);
		await client.saved();
		const again = new Promise<string>((resolve) =>
			client.provider.on('authenticated', ({ scope }: { scope: string }) => resolve(scope))
		);
		press(tokenOf({ level: 'editor' }).token, other);
		expect(await again).toBe('read-write');
	});
});

describe('those who leave', () => {
	it('lose what was shared with the workshop or the organisation', () => {
		share({ kind: 'workshop', to: workshopId });
		t.app.db.delete(workshopPeople).where(eq(workshopPeople.personId, other.personId)).run();
		expect(level(other)).toBeNull();
		share({ kind: 'organisation', to: organisationId });
		expect(level(other)).toBe('viewer');
		removeMember(t.app, owner, organisationId, other.personId);
		expect(level(other)).toBeNull();
	});

	it('keep what another share gives them', () => {
		const { shareId } = share({ level: 'editor' });
		share({ kind: 'workshop', to: workshopId });
		revokeShare(t.app, owner, notebookId, shareId);
		expect(level(other)).toBe('viewer');
	});
});

it('a notebook has so many shares and no more', () => {
	for (let i = 0; i < MAX_SHARES; i++) tokenOf();
	expect(codeOf(() => share())).toBe('too_many_shares');
	const [first] = shares();
	revokeShare(t.app, owner, notebookId, first?.id ?? '');
	expect(codeOf(() => share())).toBe('done');
});
