/** Whoever loses the right to read, or to edit, hears it on the socket that is open: every way to lose it is here. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
import { setTitle } from '../../collab/document.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor } from '../app.ts';
import { sessions, workshopPeople } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { deleteNotebook } from '../notebooks/manage.ts';
import { withdrawStarter } from '../notebooks/starter.ts';
import { addMember, removeMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { changeShare, revokeShare, shareNotebook } from '../sharing/grant.ts';
import { openShareLink } from '../sharing/share-link.ts';
import { removeFromWorkshop } from '../workshops/seat.ts';
import { createSeries } from '../workshops/series.ts';
import { createWorkshop } from '../workshops/workshop.ts';

/** Each socket is asked again after a minute whatever happens: well before, it is what is tested here. */
const SOON = 25_000;

let folder: string;
let test: TestApp;
let server: TestServer;
let actors: Map<string, Actor>;
let owner: Actor;
let other: Actor;
let session: string;
let notebookId: string;
let clients: Client[];

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'carnet-access-'));
	test = testApp(folder);
	owner = testPerson(test.app, 'Line');
	other = testPerson(test.app, 'Omar');
	session = testSession(test.app, other, 40 * 86_400_000);
	actors = new Map([[session, other]]);
	server = await testServer(test.app, actors);
	notebookId = createNotebook(test.app, owner, { notebook: toNotebook({ title: 'Premier' }) });
	clients = [];
});
afterEach(async () => {
	for (const client of clients) client.destroy();
	await server.stop();
	test.close();
	rmSync(folder, { recursive: true });
});

/** Opens the notebook as the other person, editing. */
async function inside(id = notebookId, as = session) {
	const client = connect(server, id, as);
	clients.push(client);
	await client.saved();
	const scopes: string[] = [];
	client.provider.on('authenticated', ({ scope }: { scope: string }) => scopes.push(scope));
	const closed = new Promise<number>((resolve) =>
		client.provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
	);
	return { client, closed, scopes };
}
/** Someone else's session in the same notebook, that ends by the clock: its end tells that the clock was looked at. */
async function insideFor(days: number) {
	const witness = testPerson(test.app, 'Rose');
	const as = testSession(test.app, witness, days * 86_400_000);
	actors.set(as, witness);
	share('person', witness.email ?? '');
	return inside(notebookId, as);
}
/** Whether a socket that was not closed when it was looked at is still heard on. */
async function isHeard({ client, closed }: Awaited<ReturnType<typeof inside>>): Promise<boolean> {
	let left = false;
	void closed.then(() => (left = true));
	setTitle(client.doc, 'Deuxième');
	await client.saved();
	return !left;
}
const share = (
	kind: 'person' | 'workshop' | 'organisation' | 'link',
	to: string,
	days: 0 | 7 = 0
) => shareNotebook(test.app, owner, notebookId, { kind, to, level: 'editor', days });

it('a share taken back', async () => {
	const { shareId } = share('person', other.email ?? '');
	const { client, closed } = await inside();
	revokeShare(test.app, owner, notebookId, shareId);
	expect(await closed).toBe(4403);
	expect(await client.denied).toBe('not_found');
});

it('a share that lets read only, from now on', async () => {
	const { shareId } = share('person', other.email ?? '');
	const { client, closed, scopes } = await inside();
	expect(client.provider.authorizedScope).toBe('read-write');
	changeShare(test.app, owner, notebookId, shareId, 'viewer');
	expect(await closed).toBe(4403);
	await vi.waitFor(() => expect(scopes).toEqual(['readonly']), SOON);
});

it(
	'a share that ends by the clock, and one that was prolonged does not',
	async () => {
		share('person', other.email ?? '', 7);
		const witness = await insideFor(7);
		const person = await inside();
		test.advance(6 * 86_400_000);
		share('person', other.email ?? '', 7);
		test.advance(2 * 86_400_000);
		expect(await witness.closed).toBe(4401);
		expect(await isHeard(person)).toBe(true);
		test.advance(5 * 86_400_000);
		expect(await person.closed).toBe(4403);
		expect(await person.client.denied).toBe('not_found');
	},
	SOON
);

it(
	'a link that ends by the clock leaves the share that lets read',
	async () => {
		const { token } = share('link', '', 7);
		openShareLink(test.app, other, token ?? '', { displayName: '', lang: 'fr' }, '::1');
		shareNotebook(test.app, owner, notebookId, {
			...{ kind: 'person', to: other.email ?? '', level: 'viewer', days: 0 }
		});
		const { client, closed, scopes } = await inside();
		expect(client.provider.authorizedScope).toBe('read-write');
		test.advance(8 * 86_400_000);
		expect(await closed).toBe(4403);
		await vi.waitFor(() => expect(scopes).toEqual(['readonly']), SOON);
	},
	SOON
);

it('a link taken back', async () => {
	const { shareId, token } = share('link', '');
	openShareLink(test.app, other, token ?? '', { displayName: '', lang: 'fr' }, '::1');
	const { closed } = await inside();
	revokeShare(test.app, owner, notebookId, shareId);
	expect(await closed).toBe(4403);
});

it('a place in an organisation', async () => {
	const organisationId = createOrganisation(test.app, owner, { name: 'Salle de test' });
	addMember(test.app, owner, organisationId, other.email ?? '', 'member');
	share('organisation', organisationId);
	const { closed } = await inside();
	removeMember(test.app, owner, organisationId, other.personId);
	expect(await closed).toBe(4403);
});

describe('a workshop', () => {
	let workshopId: string;
	beforeEach(() => {
		workshopId = createWorkshop(test.app, owner, {
			seriesId: createSeries(test.app, owner, 'Série'),
			title: 'Atelier du nord',
			questions: [1],
			lang: 'fr'
		});
		test.app.db
			.insert(workshopPeople)
			.values({ workshopId, personId: other.personId, role: 'participant', joinedAt: 0 })
			.run();
	});

	it('a place in it', async () => {
		share('workshop', workshopId);
		const { closed } = await inside();
		removeFromWorkshop(test.app, owner, workshopId, other.personId);
		expect(await closed).toBe(4403);
	});

	it('its starter, offered no more', async () => {
		const starter = createNotebook(test.app, owner, {
			...{ notebook: toNotebook({ title: 'Départ' }), workshopId, question: 1, starter: true }
		});
		const { closed } = await inside(starter);
		withdrawStarter(test.app, owner, workshopId, starter);
		expect(await closed).toBe(4403);
	});
});

it('the notebook', async () => {
	share('person', other.email ?? '');
	const { client, closed } = await inside();
	deleteNotebook(test.app, owner, notebookId);
	expect(await closed).toBe(4403);
	expect(await client.denied).toBe('not_found');
});

it(
	'a session that ends by the clock, and one that was renewed meanwhile does not',
	async () => {
		share('person', other.email ?? '');
		const witness = await insideFor(40);
		const person = await inside();
		test.advance(39 * 86_400_000);
		test.app.db
			.update(sessions)
			.set({ expiresAt: test.app.now() + 30 * 86_400_000 })
			.where(eq(sessions.idHash, session))
			.run();
		test.advance(2 * 86_400_000);
		expect(await witness.closed).toBe(4401);
		expect(await isHeard(person)).toBe(true);
		test.advance(29 * 86_400_000);
		expect(await person.closed).toBe(4401);
	},
	SOON
);

it(
	'what another process changes in the database',
	async () => {
		share('person', other.email ?? '');
		const { closed } = await inside();
		const script = `
			const Sqlite = require('better-sqlite3');
			new Sqlite(process.argv[1]).prepare('delete from sessions').run();`;
		const { status } = spawnSync(process.execPath, ['-e', script, join(folder, 'carnet.sqlite')]);
		expect(status).toBe(0);
		expect(await closed).toBe(4401);
	},
	SOON
);
