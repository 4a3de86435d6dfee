/** What is open by a session ends with it, and by a password with the one before it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
	connect,
	testApp,
	testPerson,
	testServer,
	testSession,
	type Client,
	type TestApp,
	type TestServer
} from '../../../tests/support/live-notebook.ts';
import { toNotebook } from '$lib/core/notebook/notebook';
import type { Actor } from '$lib/server/app';
import { createNotebook } from '$lib/server/notebooks/create';
import { actions } from './+page.server.ts';

let t: TestApp;
let server: TestServer;
let owner: Actor;
let sessions: string[];
let clients: Client[];
beforeEach(async () => {
	t = testApp();
	owner = testPerson(t.app, 'Line');
	sessions = [testSession(t.app, owner), testSession(t.app, owner)];
	server = await testServer(t.app, new Map(sessions.map((session) => [session, owner])));
	const id = createNotebook(t.app, owner, { notebook: toNotebook({ title: 'Premier' }) });
	clients = sessions.map((session) => connect(server, id, session));
	await Promise.all(clients.map((client) => client.saved()));
});
afterEach(async () => {
	for (const client of clients) client.destroy();
	await server.stop();
	t.close();
});

const closed = (client: Client | undefined) =>
	new Promise<number>((resolve) =>
		client?.provider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))
	);
/** An event of Kit's, as far as these actions look at it. */
function event(fields: Record<string, string>) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return {
		locals: { app: t.app, actor: owner, sessionHash: sessions[0] },
		request: { formData: async () => form },
		cookies: { set: () => {} },
		setHeaders: () => {},
		getClientAddress: () => '::1'
	};
}
const act = (name: 'sign-out' | 'password' | 'profile', fields: Record<string, string> = {}) =>
	(actions[name] as unknown as (asked: ReturnType<typeof event>) => unknown)(event(fields));

it('signing out closes what this browser has open, and nothing else', async () => {
	const left = closed(clients[0]);
	let otherLeft = false;
	void closed(clients[1]).then(() => (otherLeft = true));
	expect(() => act('sign-out')).toThrow(expect.objectContaining({ status: 303 }) as Error);
	expect(await left).toBe(4401);
	expect(otherLeft).toBe(false);
});

it('a new password closes what every browser has open', async () => {
	const left = clients.map(closed);
	expect(await act('password', { password: 'une phrase assez longue' })).toEqual({
		done: 'first-password'
	});
	expect(await Promise.all(left)).toEqual([4401, 4401]);
});

it('says that the server cannot save, where nothing can be written', async () => {
	t.app.db.$client.pragma('query_only = 1');
	expect(await act('profile', { displayName: 'Line B.', lang: 'fr' })).toMatchObject({
		status: 507,
		data: { action: 'profile', refusal: { code: 'store_full' } }
	});
	t.app.db.$client.pragma('query_only = 0');
	expect(await act('profile', { displayName: 'Line B.', lang: 'fr' })).toEqual({ done: 'profile' });
});
