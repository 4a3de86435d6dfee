/** The daily e-mail, handed over real sockets to a real mail server. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { mailServer, type MailServer } from '../../../../tests/support/mail-server.ts';
import {
	codeOf,
	sharedNotebook,
	type SharedNotebook
} from '../../../../tests/support/shared-notebook.ts';
import { cellText } from '../../collab/document.ts';
import { mentionOf } from '../../core/annotation/mentions.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { hashSecret } from '../auth/secret.ts';
import { roomsOf } from '../collab/rooms.ts';
import { digests, mailTokens, notebooks, people } from '../db/schema.ts';
import { markNotificationsRead } from '../notifications/read.ts';
import { forkNotebook } from '../notebooks/create.ts';
import { discussProposal } from '../proposals/list.ts';
import { propose } from '../proposals/propose.ts';
import { revokeShare } from '../sharing/grant.ts';
import { openThread } from '../threads/thread.ts';
import { sendDue, startPost } from './post.ts';
import { smtpSender, type Sender } from './smtp.ts';
import {
	answerOneClick,
	describeUnsubscribe,
	forgetMailTokens,
	hasDailyMail,
	setDailyMail,
	unsubscribe
} from './unsubscribe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let shared: SharedNotebook;
let t: TestApp;
let app: App;
let owner: Actor;
let viewer: Actor;
let server: MailServer;
let sender: Sender;
let notebookId: string;

beforeEach(async () => {
	shared = await sharedNotebook(
		toNotebook({ title: 'Billets', cells: [{ id: 'a', source: '1' }] })
	);
	({ t, owner, viewer, notebookId } = shared);
	server = await mailServer();
	const mail = { url: server.url, from: 'carnet@exemple.org', hour: 7 };
	app = { ...t.app, config: { ...t.app.config, origin: 'https://carnet.exemple.org', mail } };
	sender = smtpSender(mail);
});
afterEach(async () => {
	sender.close();
	await server.close();
	await shared.close();
});

const open = (actor: Actor, body: string) =>
	openThread(t.app, actor, notebookId, {
		anchor: { kind: 'cell', cell: 'a' },
		excerpt: 'un',
		body
	});
const send = () => sendDue(app, sender.send);
/** The e-mail as a reader sees its source: its lines joined, its two parts decoded. */
function read(index = server.received.length - 1) {
	const raw = server.received[index]?.raw ?? '';
	const [head = '', ...rest] = raw.split('\r\n\r\n');
	const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
	const parts = rest
		.join('\r\n\r\n')
		.split(/\r\n--[^\r\n]+/)
		.map((part) => {
			const bytes = /encoding: base64/i.test(part)
				? Buffer.from(part.split('\r\n\r\n').slice(1).join(''), 'base64')
				: Buffer.from(
						part
							.replace(/=\r\n/g, '')
							.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
								String.fromCharCode(parseInt(hex, 16))
							),
						'latin1'
					);
			return bytes.toString('utf8');
		});
	const of = (name: string) =>
		headers.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
	return {
		headers,
		of,
		text: parts.find((part) => part.includes('--\n') || /--\r\n/.test(part)) ?? parts[0] ?? '',
		body: parts.join('\n')
	};
}
const stateOf = (actor: Actor) =>
	t.app.db.select().from(digests).where(eq(digests.personId, actor.personId)).get();

describe('the daily e-mail', () => {
	it('looks at nobody to whom nothing came since the last one', async () => {
		let looked = 0;
		const db = new Proxy(app.db, {
			get(store, name) {
				if (name === 'transaction') looked++;
				const value: unknown = Reflect.get(store, name, store);
				return typeof value === 'function' ? (value.bind(store) as unknown) : value;
			}
		});
		const round = () => sendDue({ ...app, db }, sender.send);
		open(viewer, 'Un');
		expect(await round()).toBe(1);
		expect(looked).toBe(1);
		t.advance(DAY);
		expect(await round()).toBe(0);
		expect(looked).toBe(1);
		open(viewer, 'Deux');
		expect(await round()).toBe(1);
		expect(looked).toBe(2);
	});

	it('tells in the person’s language what they have not read, with links of the installation', async () => {
		t.app.db.update(people).set({ lang: 'en' }).where(eq(people.id, shared.editor.personId)).run();
		const id = open(
			viewer,
			`${mentionOf({ personId: shared.editor.personId, name: 'x' })} **voyez** <b>`
		);
		expect(await send()).toBe(2);
		expect(server.received.map(({ to, from }) => [from, ...to]).sort()).toEqual([
			['carnet@exemple.org', 'edgar@exemple.org'],
			['carnet@exemple.org', 'line@exemple.org']
		]);
		for (const [i, { to }] of server.received.entries()) {
			const { body, of } = read(i);
			const french = to[0] === 'line@exemple.org';
			expect(body).toContain(
				french
					? 'Vera a ouvert une discussion dans votre carnet'
					: 'Vera mentioned you in a discussion'
			);
			expect(body).toContain(
				`https://carnet.exemple.org/${french ? 'carnets' : 'en/notebooks'}/${notebookId}?fil=${id}`
			);
			expect(body).toContain('Billets');
			expect(body).toContain('@Edgar voyez');
			expect(body).toContain('&lt;b&gt;');
			expect(of('to')).toBe(to[0]);
			expect(of('from')).toBe('carnet@exemple.org');
			expect(of('auto-submitted')).toBe('auto-generated');
			expect(of('content-type')).toContain('multipart/alternative');
			expect(of('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
			expect(of('list-unsubscribe')).toMatch(
				/^<https:\/\/carnet\.exemple\.org\/courriels\/un-clic\/[0-9a-z]{40}>$/
			);
			expect(body).toMatch(
				french ? /exemple\.org\/courriels\/[0-9a-z]{40}/ : /exemple\.org\/en\/mail\/[0-9a-z]{40}/
			);
		}
	});

	it('tells of what is written about a proposal, with its link; not to who may not read it any more', async () => {
		const fork = forkNotebook(t.app, viewer, notebookId);
		roomsOf(t.app).change(fork, (doc) => cellText(doc, 'a')?.insert(0, '2 + '));
		const id = propose(t.app, viewer, fork, { chosen: ['changed:a'], message: '' });
		const { editor } = shared;
		discussProposal(
			...([t.app, viewer, id] as const),
			`${mentionOf({ personId: editor.personId, name: 'x' })} voyez`
		);
		discussProposal(t.app, owner, id, 'Bonne idée');
		revokeShare(t.app, owner, notebookId, shared.shares.editor);
		expect(await send()).toBe(2);
		const bodies = new Map(server.received.map(({ to }, i) => [to[0], read(i).body]));
		const mine = bodies.get('line@exemple.org') ?? '';
		expect(mine).toContain('Vera a écrit à propos d’une proposition qui vous concerne');
		expect(mine).toContain('@Edgar voyez');
		expect(mine).toContain(`/carnets/${notebookId}/propositions/${id}`);
		const theirs = bodies.get('vera@exemple.org') ?? '';
		expect(theirs).toContain('Line a écrit à propos d’une proposition qui vous concerne');
		expect(theirs).toContain(`/carnets/${fork}/propositions/${id}`);
	});

	it('comes once a day at most, from its hour in Québec, when there is news', async () => {
		t.advance(-HOUR);
		open(viewer, 'Un');
		expect(await send()).toBe(0);
		t.advance(HOUR);
		expect(await send()).toBe(1);
		t.advance(1);
		open(viewer, 'Deux');
		t.advance(12 * HOUR);
		expect(await send()).toBe(0);
		t.advance(12 * HOUR);
		expect(await send()).toBe(1);
		// What was told yesterday is not told again.
		expect(read().body).toContain('Deux');
		expect(read().body).not.toMatch(/«.Un.»/);
		t.advance(DAY);
		expect(await send()).toBe(0);
		expect(server.received).toHaveLength(2);
	});

	it('tells nothing that was read, and comes to accounts that want it alone', async () => {
		open(viewer, 'Un');
		markNotificationsRead(t.app, owner);
		expect(await send()).toBe(0);
		open(viewer, 'Deux');
		setDailyMail(t.app, owner, false);
		expect(hasDailyMail(t.app, owner)).toBe(false);
		expect(await send()).toBe(0);
		setDailyMail(t.app, owner, true);
		const guest = testPerson(t.app, 'Gil', 'guest');
		t.app.db.update(notebooks).set({ ownerId: guest.personId }).run();
		expect(await send()).toBe(0);
		t.app.db.update(notebooks).set({ ownerId: owner.personId }).run();
		expect(await send()).toBe(1);
	});

	it('is wanted or not at a pace', () => {
		const codes = Array.from({ length: 130 }, (_, i) =>
			codeOf(() => setDailyMail(t.app, owner, i % 2 === 0))
		);
		expect(codes.indexOf('throttled')).toBe(120);
	});

	it('tells only of notebooks that they may read when it is sent', async () => {
		open(owner, `${mentionOf({ personId: viewer.personId, name: 'x' })} secret`);
		revokeShare(t.app, owner, notebookId, shared.shares.viewer);
		expect(await send()).toBe(0);
		expect(server.received).toEqual([]);
		expect(t.app.db.select().from(mailTokens).all()).toEqual([]);
	});

	it('is not sent where no mail server is set', async () => {
		open(viewer, 'Un');
		expect(await sendDue(t.app, sender.send)).toBe(0);
		const post = startPost(t.app);
		await post.stop();
		expect(server.received).toEqual([]);
	});

	it('lets nobody write its headers', async () => {
		const evil = 'X\r\nBcc: victime@exemple.org\r\n\r\nfaux';
		t.app.db.update(people).set({ displayName: evil }).where(eq(people.id, viewer.personId)).run();
		t.app.db.update(notebooks).set({ title: evil }).run();
		open(viewer, evil);
		expect(await send()).toBe(1);
		expect(server.received[0]?.to).toEqual(['line@exemple.org']);
		expect(read().headers.some((line) => /^bcc/i.test(line))).toBe(false);
		// An address that was stored some other way.
		t.advance(DAY);
		open(viewer, 'Encore');
		t.app.db
			.update(people)
			.set({ email: 'line@exemple.org\r\nBcc: victime@exemple.org' })
			.where(eq(people.id, owner.personId))
			.run();
		expect(await send()).toBe(0);
		expect(stateOf(owner)?.state).toBe('sent');
		for (const { to } of server.received) expect(to).not.toContain('victime@exemple.org');
		for (let i = 0; i < server.received.length; i++)
			expect(read(i).headers.some((line) => /^bcc/i.test(line))).toBe(false);
	});

	it('tells so many things, and how many more there are', async () => {
		for (let i = 0; i < 35; i++) open(viewer, `n° ${i}`);
		expect(await send()).toBe(1);
		expect(read().of('subject')).toMatch(/^=\?UTF-8\?/);
		expect(read().body).toContain('Et 5 autres.');
	});
});

describe('what goes wrong', () => {
	it('an e-mail that is refused is tried again later, and later; then the next day, with all of it', async () => {
		open(viewer, 'Un');
		server.refuse(451);
		for (const wait of [10, 40, 160]) {
			expect(await send()).toBe(0);
			expect(stateOf(owner)?.state).toBe('failed');
			t.advance(wait * 60_000 - 1);
			const { attempts } = stateOf(owner) ?? { attempts: -1 };
			expect(await send()).toBe(0);
			expect(stateOf(owner)?.attempts).toBe(attempts);
			t.advance(1);
		}
		expect(await send()).toBe(0);
		expect(stateOf(owner)).toMatchObject({ attempts: 4, retryAt: null });
		server.refuse(null);
		t.advance(4 * HOUR);
		expect(await send()).toBe(0);
		t.advance(DAY - 8 * HOUR + HOUR);
		expect(await send()).toBe(1);
		expect(read().body).toContain('Un');
		expect(server.received).toHaveLength(1);
	});

	it('an address that is refused keeps nobody else from theirs', async () => {
		open(viewer, `${mentionOf({ personId: shared.editor.personId, name: 'x' })} voyez`);
		server.refuse(550, 'line@exemple.org');
		expect(await send()).toBe(1);
		expect(server.received[0]?.to).toEqual(['edgar@exemple.org']);
		server.refuse(null);
		t.advance(10 * 60_000);
		expect(await send()).toBe(1);
		expect(server.received).toHaveLength(2);
	});

	it('a mail server that is not there is asked once a round', async () => {
		open(viewer, `${mentionOf({ personId: shared.editor.personId, name: 'x' })} voyez`);
		await server.close();
		expect(await send()).toBe(0);
		expect(t.app.db.select().from(digests).all()).toHaveLength(1);
	});

	it('a server that stops while an e-mail leaves does not send it twice', async () => {
		open(viewer, 'Un');
		let claimed: string | undefined;
		server.whenHanded(() => (claimed = stateOf(owner)?.state));
		const stopped = new Promise<void>((resolve) => {
			// Never answers: the process ended there.
			void sendDue(app, async (mail) => {
				await sender.send(mail);
				resolve();
				await new Promise(() => {});
			});
		});
		await stopped;
		expect(claimed).toBe('claimed');
		expect(stateOf(owner)?.state).toBe('claimed');
		for (let i = 0; i < 3; i++) {
			t.advance(HOUR);
			expect(await send()).toBe(0);
		}
		t.advance(DAY);
		expect(await send()).toBe(0);
		open(viewer, 'Deux');
		expect(await send()).toBe(1);
		expect(server.received).toHaveLength(2);
	});

	it('a store that cannot say that an e-mail went does not send it twice', async () => {
		open(viewer, 'Un');
		const { $client } = t.app.db;
		$client.exec(
			`create trigger unsaid before update on digests when new.state = 'sent'
				begin select raise(abort, 'unsaid'); end`
		);
		const said: string[] = [];
		const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
			said.push(String(text));
			return true;
		});
		try {
			const sent = [await send()];
			$client.exec('drop trigger unsaid');
			t.advance(10 * 60_000);
			sent.push(await send());
			expect(server.received).toHaveLength(1);
			expect(sent).toEqual([1, 0]);
		} finally {
			stderr.mockRestore();
		}
		expect(said).toHaveLength(1);
		expect(said[0]).toMatch(/^A daily e-mail was sent/);
		t.advance(DAY);
		expect(await send()).toBe(0);
		open(viewer, 'Deux');
		expect(await send()).toBe(1);
		expect(server.received).toHaveLength(2);
	});

	it('two rounds at once send one', async () => {
		open(viewer, 'Un');
		expect(await Promise.all([send(), send()])).toEqual([1, 0]);
		expect(server.received).toHaveLength(1);
	});

	it('the post works by itself, and stops in order', async () => {
		open(viewer, 'Un');
		const handed = new Promise<void>((resolve) => server.whenHanded(resolve));
		const post = startPost(app);
		await handed;
		await post.stop();
		expect(stateOf(owner)?.state).toBe('sent');
	});
});

describe('stopping it', () => {
	let web: Server;
	let origin: string;
	beforeEach(async () => {
		web = createServer((request, response) => {
			if (!answerOneClick(app, request, response)) response.writeHead(418).end();
		});
		await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
		origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
		open(viewer, 'Un');
		await send();
	});
	afterEach(() => new Promise<void>((done) => void web.close(() => done())));
	const oneClick = () => /<([^>]+)>/.exec(read().of('list-unsubscribe') ?? '')?.[1] ?? '';
	const tokenOf = (address: string) => address.split('/').at(-1) ?? '';
	const press = (path: string, init: RequestInit = {}) =>
		fetch(`${origin}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: 'List-Unsubscribe=One-Click',
			redirect: 'manual',
			...init
		});

	it('by a mail program’s own button, without a session or a page', async () => {
		const { pathname } = new URL(oneClick());
		expect((await press(pathname)).status).toBe(200);
		expect(hasDailyMail(t.app, owner)).toBe(false);
		expect((await press(pathname)).status).toBe(200);
		t.advance(DAY);
		open(viewer, 'Deux');
		expect(await send()).toBe(0);
	});

	it('by a press on its page, never by opening an address', async () => {
		const { pathname } = new URL(oneClick());
		const token = tokenOf(pathname);
		for (const method of ['GET', 'HEAD']) {
			const answer = await press(pathname, { method, body: null });
			expect(answer.status).toBe(303);
			expect(answer.headers.get('location')).toBe(`/courriels/${token}`);
		}
		expect(describeUnsubscribe(t.app, token)).toEqual({ displayName: 'Line', daily: true });
		expect(hasDailyMail(t.app, owner)).toBe(true);
		unsubscribe(t.app, token);
		expect(describeUnsubscribe(t.app, token)?.daily).toBe(false);
		expect(hasDailyMail(t.app, owner)).toBe(false);
		expect(hasDailyMail(t.app, viewer)).toBe(true);
	});

	it('not while the store fails, and the server goes on', async () => {
		const { pathname } = new URL(oneClick());
		t.app.db.$client.exec('alter table mail_tokens rename to away');
		expect((await press(pathname)).status).toBe(500);
		t.app.db.$client.exec('alter table away rename to mail_tokens');
		expect((await press(pathname)).status).toBe(200);
	});

	it('by no token that was not sent, nor one that is too old', async () => {
		const token = tokenOf(oneClick());
		for (const bad of ['', 'x', hashSecret(token), `${token}0`, '%2e%2e%2f'])
			expect((await press(`/courriels/un-clic/${bad}`)).status).toBe(404);
		expect((await press(`/courriels/${token}`)).status).toBe(418);
		expect(hasDailyMail(t.app, owner)).toBe(true);
		expect(t.app.db.select().from(mailTokens).all()).toMatchObject([
			{ tokenHash: hashSecret(token), personId: owner.personId }
		]);
		t.advance(179 * DAY);
		forgetMailTokens(t.app);
		expect(describeUnsubscribe(t.app, token)).not.toBeNull();
		t.advance(2 * DAY);
		forgetMailTokens(t.app);
		expect(describeUnsubscribe(t.app, token)).toBeNull();
		expect(codeOf(() => unsubscribe(t.app, token))).toBe('mail_link_not_found');
	});
});
