import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { awarenessFrame, readEntries, writeFrame } from '../../collab/awareness-frame.ts';
import { setTitle } from '../../collab/document.ts';
import { newId } from '../../core/ids.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import {
	MAX_PRESENCE,
	PRESENCE_COLOURS,
	presenceFrom,
	type Presence
} from '../../core/protocol/presence.ts';
import type { Actor } from '../app.ts';
import { notebookGrants, people, sessions } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { updateProfile } from '../people/account.ts';
import { BURST, MAX_PRESENCE_FRAME } from './awareness.ts';
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

let test: TestApp;
let server: TestServer;
let actors: Map<string, Actor>;
let owner: Actor;
let other: Actor;
let ownerSession: string;
let otherSession: string;
let otherGrant: string;
let notebookId: string;
let screens: Screen[];
let clients: Client[];

beforeEach(async () => {
	test = testApp();
	actors = new Map();
	({ actor: owner, session: ownerSession } = someone('Line'));
	({ actor: other, session: otherSession } = someone('Omar'));
	server = await testServer(test.app, actors);
	notebookId = createNotebook(test.app, owner, {
		notebook: toNotebook({ title: 'Premier', cells: [{ id: 'a', source: '1 + 1' }] })
	});
	otherGrant = share(other, 'editor');
	screens = [];
	clients = [];
});

afterEach(async () => {
	for (const { socket } of screens) socket.terminate();
	for (const client of clients) client.destroy();
	await server.stop();
	test.close();
});

function someone(name: string, kind: 'account' | 'guest' = 'account') {
	const actor = testPerson(test.app, name, kind);
	const session = testSession(test.app, actor);
	actors.set(session, actor);
	return { actor, session };
}

function share(person: Actor, level: 'viewer' | 'editor'): string {
	const id = newId(test.app.random);
	test.app.db
		.insert(notebookGrants)
		.values({
			...{ id, notebookId, granteeKind: 'person', granteeId: person.personId, level },
			...{ createdBy: owner.personId, createdAt: test.app.now() }
		})
		.run();
	return id;
}

interface Screen {
	readonly socket: WebSocket;
	/** What it was told of each id. */
	readonly others: Map<number, Presence>;
	/** Messages of presence that it was sent. */
	told: number;
	/** Ids that it was told of, one after the other. */
	readonly news: number[];
	/** Ids that it was told are gone. */
	readonly gone: number[];
	readonly ended: Promise<number>;
	say(client: number, state: unknown, clock?: number): void;
	frame(bytes: Uint8Array): void;
	/** Resolves once the server has read what it sent so far. */
	heard(): Promise<void>;
	/** Resolves once what it was told is as wanted. */
	sees(want: (others: ReadonlyMap<number, Presence>) => boolean): Promise<void>;
}

/** A screen that was let in, and then sends what it is told to. */
async function screen(session: string): Promise<Screen> {
	const socket = new WebSocket(server.url, {
		headers: { origin: server.origin, cookie: `carnet=${session}` }
	});
	socket.on('error', () => {});
	const others = new Map<number, Presence>();
	const gone: number[] = [];
	const news: number[] = [];
	const one: Screen = {
		...{ socket, others, news, gone, told: 0 },
		ended: new Promise((resolve) => socket.once('close', (code) => resolve(code))),
		frame: (bytes) => socket.send(bytes),
		heard: () =>
			new Promise((resolve) => {
				const look = (data: Buffer) => {
					if (data[27] !== 0) return;
					socket.off('message', look);
					resolve();
				};
				socket.on('message', look);
				socket.send(
					message(0, (e) => {
						encoding.writeVarUint(e, 0);
						encoding.writeVarUint8Array(e, Y.encodeStateVector(new Y.Doc()));
					})
				);
			}),
		say: (client, state, clock = 1) =>
			socket.send(
				writeFrame(notebookId, [
					{ client, clock, state: new TextEncoder().encode(JSON.stringify(state)) }
				])
			),
		sees: (want) =>
			new Promise((resolve) => {
				const look = () => {
					if (!want(others)) return;
					socket.off('message', look);
					resolve();
				};
				socket.on('message', look);
				look();
			})
	};
	socket.on('message', (data: Buffer) => {
		if (data.length === 1) return; // a heartbeat
		const frame = awarenessFrame(data);
		if (frame.kind !== 'update') return;
		one.told++;
		for (const { client, state } of readEntries(frame.decoder)) {
			const presence = presenceFrom(JSON.parse(new TextDecoder().decode(state)));
			news.push(client);
			if (presence) others.set(client, presence);
			else {
				others.delete(client);
				gone.push(client);
			}
		}
	});
	await new Promise((resolve) => socket.once('open', resolve));
	const entered = new Promise((resolve) => socket.once('message', resolve));
	socket.send(
		message(2, (e) => {
			encoding.writeVarUint(e, 0);
			encoding.writeVarString(e, '');
		})
	);
	await entered;
	await one.heard();
	screens.push(one);
	return one;
}

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
	const e = encoding.createEncoder();
	encoding.writeVarString(e, notebookId);
	encoding.writeVarUint(e, type);
	write(e);
	return encoding.toUint8Array(e);
}

const at = (cell: string) => ({ cell, selection: null });
const here = (id: number, cell: string) => (others: ReadonlyMap<number, Presence>) =>
	others.get(id)?.cell === cell;

describe('who is here', () => {
	it('tells where each person is, with the name and the colour that the server gives', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		one.say(1, { cell: 'a', selection: { anchor: 'AAEC', head: 'AAED' } });
		two.say(2, at('b'));
		await one.sees(here(2, 'b'));
		await two.sees(here(1, 'a'));
		expect(two.others.get(1)).toEqual({
			...{ name: 'Line', colour: two.others.get(1)?.colour, cell: 'a' },
			selection: { anchor: 'AAEC', head: 'AAED' }
		});
		expect(two.others.get(1)?.colour).not.toBe(two.others.get(2)?.colour);
		// Who comes later is told at once.
		const three = await screen(otherSession);
		await three.sees((others) => others.size === 2);
		expect(three.others).toEqual(two.others);
	});

	it('takes neither a name, a colour nor anything else from a screen', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		two.say(2, {
			...{ name: 'Line', colour: 99, cell: 'a', selection: null },
			...{ user: { name: 'Line' }, email: 'x@exemple.org' }
		});
		await one.sees(here(2, 'a'));
		const { colour } = one.others.get(2) ?? { colour: -1 };
		expect(one.others.get(2)).toEqual({ name: 'Omar', colour, cell: 'a', selection: null });
	});

	it('gives one person’s screens one colour, and people different ones while there are enough', async () => {
		const first = await screen(ownerSession);
		first.say(1, at('a'));
		const again = await screen(ownerSession);
		again.say(2, at('a'));
		for (let i = 0; i < PRESENCE_COLOURS - 1; i++) {
			const { actor, session } = someone(`Personne${i}`, 'guest');
			share(actor, 'viewer');
			(await screen(session)).say(100 + i, at('a'));
		}
		await first.sees((others) => others.size === PRESENCE_COLOURS + 1);
		const colours = [...first.others.values()].map(({ colour }) => colour);
		expect(first.others.get(1)?.colour).toBe(first.others.get(2)?.colour);
		expect(new Set(colours).size).toBe(PRESENCE_COLOURS);
		// One more than there are colours.
		const { actor, session } = someone('De trop');
		share(actor, 'viewer');
		(await screen(session)).say(500, at('a'));
		await first.sees((others) => others.get(500)?.name === 'De trop');
	});

	it('shows a reader and a guest by the names of their accounts', async () => {
		const one = await screen(ownerSession);
		const { actor, session } = someone('Inès', 'guest');
		share(actor, 'viewer');
		const guest = await screen(session);
		test.app.db
			.update(people)
			.set({ displayName: 'Omar B.' })
			.where(eq(people.id, other.personId))
			.run();
		const renamed = await screen(otherSession);
		guest.say(7, {});
		renamed.say(8, {});
		await one.sees((others) => others.has(7) && others.has(8));
		expect(one.others.get(7)).toMatchObject({ name: 'Inès', cell: null, selection: null });
		expect(one.others.get(8)?.name).toBe('Omar B.');
	});

	it('sends what many say in one moment as one message, and nothing where nothing changed', async () => {
		const one = await screen(ownerSession);
		const many = await Promise.all(Array.from({ length: 12 }, () => screen(otherSession)));
		many.forEach((each, i) => each.say(100 + i, at('a')));
		await one.sees((others) => others.size === 12);
		// The first is told at once; what comes within the window goes together.
		expect(one.told).toBeLessThan(6);
		const { told } = one;
		for (let i = 0; i < 40; i++) {
			many[0]?.say(100, at(`c${i}`));
			await many[0]?.heard();
		}
		await one.sees(here(100, 'c39'));
		expect(one.told - told).toBeLessThan(20);
		const after = one.told;
		many.forEach((each, i) => each.say(100 + i, i === 0 ? at('c39') : at('a'), 2));
		await Promise.all(many.map((each) => each.heard()));
		many[0]?.say(100, at('d'), 3);
		await one.sees(here(100, 'd'));
		expect(one.told).toBe(after + 1);
		one.news.length = 0;
		many[1]?.say(101, at('a'), 4);
		await many[1]?.heard();
		many[0]?.say(100, at('e'), 4);
		await one.sees(here(100, 'e'));
		expect(one.news).toEqual([100]);
	});
});

describe('who is gone', () => {
	const left = async (watcher: Screen, id: number, end: () => void): Promise<void> => {
		await watcher.sees((others) => others.has(id));
		const since = performance.now();
		end();
		await watcher.sees((others) => !others.has(id));
		expect(performance.now() - since).toBeLessThan(2000);
	};

	it('is no longer shown when the socket ends, says so, or breaks', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		two.say(2, at('a'));
		await left(one, 2, () => two.socket.close());
		const three = await screen(otherSession);
		three.say(3, at('a'));
		await left(one, 3, () => three.socket.terminate());
		const four = await screen(otherSession);
		four.say(4, at('a'));
		await left(one, 4, () => four.say(4, null, 2));
		// And is again when it says where it is.
		four.say(4, at('b'), 3);
		await one.sees(here(4, 'b'));
	});

	it('vanishes within two seconds of a revoked share, a session that ended, and a demotion, until it is back', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		two.say(2, at('a'));
		await left(one, 2, () => {
			test.app.db
				.update(notebookGrants)
				.set({ level: 'viewer' })
				.where(eq(notebookGrants.id, otherGrant))
				.run();
			server.rooms.recheck({ personId: other.personId });
		});
		const reader = await screen(otherSession);
		reader.say(2, at('a'));
		await left(one, 2, () => {
			test.app.db
				.update(notebookGrants)
				.set({ revokedAt: test.app.now() })
				.where(eq(notebookGrants.id, otherGrant))
				.run();
			server.rooms.recheck({ notebookId });
		});
		// What it still says from a socket that is cut is not heard, nor is it told anything.
		reader.say(2, at('b'));
		one.say(1, at('c'));
		await one.sees(here(1, 'c'));
		expect(one.others.has(2)).toBe(false);
		expect(reader.others.has(1)).toBe(false);

		otherGrant = share(other, 'editor');
		const back = await screen(otherSession);
		back.say(2, at('a'));
		await one.sees(here(2, 'a'));
		// Nor does it stay by never answering that it is told to go.
		back.socket.pause();
		await left(one, 2, () => {
			test.app.db.delete(sessions).where(eq(sessions.idHash, otherSession)).run();
			server.rooms.recheck({ sessionHash: otherSession });
		});
	});

	it('is not told to, nor speaks in, another notebook', async () => {
		const elsewhere = createNotebook(test.app, owner, { notebook: toNotebook({ title: 'Autre' }) });
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		two.frame(
			writeFrame(elsewhere, [
				{ client: 2, clock: 1, state: new TextEncoder().encode(JSON.stringify(at('a'))) }
			])
		);
		two.say(3, at('b'));
		await one.sees(here(3, 'b'));
		expect([...one.others.keys()]).toEqual([3]);
	});
});

describe('an id of somebody else', () => {
	it('is not spoken for, nor taken away, while their screen is there', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		one.say(1, at('a'));
		await two.sees(here(1, 'a'));
		two.say(1, at('b'), 1000);
		two.say(1, null, 2000);
		two.say(2, at('c'));
		await one.sees(here(2, 'c'));
		expect(one.others.get(1)).toMatchObject({ name: 'Line', cell: 'a' });
		expect(two.gone).not.toContain(1);
		// The one that it belongs to goes on with it.
		one.say(1, at('d'), 2);
		await two.sees(here(1, 'd'));
		expect(two.socket.readyState).toBe(WebSocket.OPEN);
	});

	it('is not spoken for beside one’s own', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		two.say(2, at('a'));
		await one.sees(here(2, 'a'));
		two.say(3, at('b'));
		two.say(2, at('c'), 2);
		await one.sees(here(2, 'c'));
		expect(one.others.has(3)).toBe(false);
	});

	it('is not spoken for once its edits are kept, nor when its screen has only looked', async () => {
		const watcher = await screen(ownerSession);
		const writer = connect(server, notebookId, ownerSession);
		clients.push(writer);
		await writer.saved();
		setTitle(writer.doc, 'Écrit');
		await writer.saved();
		const { clientID } = writer.doc;
		const thief = await screen(otherSession);
		thief.say(clientID, at('a'));
		const looked = await screen(ownerSession);
		looked.say(55, at('a'));
		await watcher.sees(here(55, 'a'));
		looked.socket.close();
		await watcher.sees((others) => !others.has(55));
		thief.say(55, at('b'), 9);
		thief.say(66, at('c'));
		await watcher.sees(here(66, 'c'));
		expect([...watcher.others.keys()]).toEqual([66]);
		// The positive control: its own person takes it up again.
		const again = await screen(ownerSession);
		again.say(55, at('d'));
		await watcher.sees(here(55, 'd'));
		const own = await screen(ownerSession);
		own.say(clientID, at('a'));
		await watcher.sees(here(clientID, 'a'));
	});

	it('is taken over by the browser that comes back before its last socket is known to have ended', async () => {
		const watcher = await screen(ownerSession);
		const before = await screen(otherSession);
		before.say(2, at('a'));
		await watcher.sees(here(2, 'a'));
		const after = await screen(otherSession);
		after.say(2, at('b'));
		await watcher.sees(here(2, 'b'));
		before.say(2, at('c'), 5);
		before.socket.terminate();
		await before.ended;
		after.say(2, at('d'), 2);
		await watcher.sees(here(2, 'd'));
		expect(watcher.gone).toEqual([]);
		// Another browser of the same person is another screen.
		const elsewhere = testSession(test.app, other);
		actors.set(elsewhere, other);
		const stranger = await screen(elsewhere);
		stranger.say(2, at('e'), 9);
		stranger.say(3, at('f'));
		await watcher.sees(here(3, 'f'));
		expect(watcher.others.get(2)?.cell).toBe('d');
	});
});

describe('a name that is changed', () => {
	const rename = (actor: Actor, displayName: string) =>
		updateProfile(test.app, actor, { displayName, lang: 'fr' });

	it('is shown at once on all screens of the person, where they are, and kept when they move', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		const three = await screen(otherSession);
		one.say(1, at('a'));
		two.say(2, at('b'));
		three.say(3, at('c'));
		await one.sees((others) => others.size === 3);
		const colour = one.others.get(2)?.colour;
		const told = one.told;
		rename(other, 'Omar El Khoury');
		await one.sees((others) => [2, 3].every((id) => others.get(id)?.name === 'Omar El Khoury'));
		expect(one.told).toBe(told + 1);
		expect(one.others.get(2)).toEqual({ ...{ name: 'Omar El Khoury', colour }, ...at('b') });
		expect(one.others.get(1)?.name).toBe('Line');
		two.say(2, at('d'), 2);
		await one.sees(here(2, 'd'));
		expect(one.others.get(2)).toMatchObject({ name: 'Omar El Khoury', colour });
	});

	it('that is another’s who has the same colour is given another colour', async () => {
		const one = await screen(ownerSession);
		one.say(1, at('a'));
		await one.sees(here(1, 'a'));
		const crowd = [];
		for (let i = 0; i < PRESENCE_COLOURS; i++) {
			const { actor, session } = someone(`P${i}`);
			share(actor, 'editor');
			const screen_ = await screen(session);
			screen_.say(10 + i, at('a'));
			await one.sees(here(10 + i, 'a'));
			crowd.push(actor);
		}
		// Eleven people, ten colours: two have one.
		const all = [...one.others].sort(([x], [y]) => x - y);
		const twins = all.flatMap(([id, { name, colour }]) => {
			const later = all.find(([other, presence]) => other > id && presence.colour === colour);
			return later ? [{ id, name, colour, other: later[0] }] : [];
		})[0];
		const actor = crowd[(twins?.other ?? NaN) - 10];
		if (!twins || !actor) throw new Error('no two have one colour');
		const { id, name, colour, other: renamed } = twins;
		rename(actor, name);
		await one.sees((others) => others.get(renamed)?.name === name);
		expect(one.others.get(renamed)?.colour).not.toBe(colour);
		expect(one.others.get(id)).toMatchObject({ name, colour });
	});

	it('is that of no one else, and of a screen that has said nothing yet too', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		rename(other, 'Omar K');
		two.say(2, at('b'));
		await one.sees(here(2, 'b'));
		expect(one.others.get(2)?.name).toBe('Omar K');
	});
});

describe('hostile messages of presence', () => {
	const wrong: Record<string, unknown> = {
		'a place that is no cell': { cell: '<script>', selection: null },
		'a place that is a number': { cell: 5 },
		'a cell of a strange id': { cell: '__proto__' },
		'a list': [],
		'a text': 'a',
		'a selection that is a text': { cell: 'a', selection: 'x' },
		'a position that is a list': { cell: 'a', selection: { anchor: [1], head: 'AA' } },
		'a position without end': { cell: 'a', selection: { anchor: 'A'.repeat(65), head: 'AA' } },
		'a position of other letters': { cell: 'a', selection: { anchor: 'é', head: 'AA' } }
	};
	for (const [name, state] of Object.entries(wrong))
		it(`${name} leaves the state as it was`, async () => {
			const one = await screen(ownerSession);
			const two = await screen(otherSession);
			two.say(2, at('a'));
			await one.sees(here(2, 'a'));
			const before = one.others.get(2);
			two.say(2, state, 2);
			one.say(1, at('z'));
			await two.sees(here(1, 'z'));
			await two.heard();
			one.say(1, at('y'));
			await two.sees(here(1, 'y'));
			expect(one.others.get(2)).toEqual(before);
			two.say(2, at('b'), 3);
			await one.sees(here(2, 'b'));
		});

	const bytes = (state: Uint8Array) => writeFrame(notebookId, [{ client: 2, clock: 1, state }]);
	const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
	const hostile: Record<string, () => Uint8Array> = {
		'a state over its limit': () => bytes(json({ cell: 'a', x: 'x'.repeat(MAX_PRESENCE) })),
		'a frame over its limit': () =>
			writeFrame(
				notebookId,
				Array.from({ length: MAX_PRESENCE_FRAME / 4 }, (_, i) => ({
					...{ client: 2_000_000 + i, clock: 1, state: json(null) }
				}))
			),
		'a state that is no JSON': () => bytes(new TextEncoder().encode('{"cell":')),
		'a state that is no text': () => bytes(Uint8Array.of(34, 255, 34)),
		'an update cut short': () =>
			message(1, (e) => encoding.writeVarUint8Array(e, Uint8Array.of(1, 2, 1, 50, 1))),
		'an update that claims more than it holds': () =>
			message(1, (e) => encoding.writeVarUint8Array(e, Uint8Array.of(255, 255, 255, 127))),
		'an update with a tail': () => Uint8Array.of(...bytes(json({ cell: 'a' })), 1, 2, 3)
	};
	for (const [name, make] of Object.entries(hostile))
		it(`${name} ends that socket alone`, async () => {
			const one = await screen(ownerSession);
			const two = await screen(otherSession);
			one.say(1, at('a'));
			await two.sees(here(1, 'a'));
			two.frame(make());
			expect(await two.ended).toBe(4400);
			const three = await screen(otherSession);
			three.say(3, at('b'));
			await one.sees(here(3, 'b'));
			expect([...one.others.keys()].sort()).toEqual([1, 3]);
			expect(one.socket.readyState).toBe(WebSocket.OPEN);
		});

	it('reads no more from a socket than it may say, and hears it again later', async () => {
		const one = await screen(ownerSession);
		const two = await screen(otherSession);
		for (let i = 0; i < BURST + 40; i++) two.say(2, at(`c${i}`), i);
		await one.sees(here(2, `c${BURST - 1}`));
		one.say(1, at('a'));
		await two.sees(here(1, 'a'));
		expect(one.others.get(2)?.cell).toBe(`c${BURST - 1}`);
		test.advance(1000);
		two.say(2, at('later'), 500);
		await one.sees(here(2, 'later'));
	});

	it('says nothing to a socket that is let into no notebook, and keeps nothing of it', async () => {
		const { session } = someone('Étrangère');
		const one = await screen(ownerSession);
		one.say(1, at('a'));
		await one.sees(here(1, 'a'));
		const stranger = new WebSocket(server.url, {
			headers: { origin: server.origin, cookie: `carnet=${session}` }
		});
		let heard = 0;
		stranger.on('message', (data: Buffer) => {
			if (data[27] === 1) heard++;
		});
		const ended = new Promise((resolve) => stranger.once('close', resolve));
		await new Promise((resolve) => stranger.once('open', resolve));
		stranger.send(bytes(json(at('a'))));
		stranger.send(message(3, () => {}));
		stranger.send(
			message(2, (e) => {
				encoding.writeVarUint(e, 0);
				encoding.writeVarString(e, '');
			})
		);
		await ended;
		expect(heard).toBe(0);
		expect([...one.others.keys()]).toEqual([1]);
	});
});
