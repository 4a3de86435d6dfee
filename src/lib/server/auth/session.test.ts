import { readdirSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import type { App } from '../app.ts';
import { sessions } from '../db/schema.ts';
import {
	actorOfCookies,
	blankSessionCookie,
	createSession,
	endAllSessions,
	endSession,
	sessionCookieName,
	sessionHolds,
	type SessionCookie
} from './session.ts';

const DAY = 86_400_000;
const header = (cookie: SessionCookie): string => `${cookie.name}=${cookie.value}`;

describe('sessions', () => {
	let test: TestApp;
	let app: App;
	beforeEach(() => {
		test = testApp();
		app = test.app;
	});
	afterEach(() => test.close());

	it('recognises who holds one', async () => {
		const ana = testPerson(app, 'Ana');
		const cookie = await createSession(app, ana.personId);
		const found = await actorOfCookies(app, `theme=dark; ${header(cookie)}; x=%E0%A4%A`);
		expect(found?.actor).toEqual(ana);
		expect(sessionHolds(app, found?.sessionHash ?? '')).toBe(true);
	});

	it('knows nobody without one, or with one that was made up', async () => {
		const ana = testPerson(app, 'Ana');
		const cookie = await createSession(app, ana.personId);
		const [row] = app.db.select().from(sessions).all();
		const name = sessionCookieName(app);
		expect(await actorOfCookies(app, null)).toBeNull();
		expect(await actorOfCookies(app, '')).toBeNull();
		expect(await actorOfCookies(app, `${name}=`)).toBeNull();
		expect(await actorOfCookies(app, `${name}=${cookie.value.replace(/.$/, '_')}`)).toBeNull();
		expect(await actorOfCookies(app, `${name}=${'0'.repeat(40)}`)).toBeNull();
		// What is kept is no key: presenting it opens nothing.
		expect(await actorOfCookies(app, `${name}=${row?.idHash}`)).toBeNull();
	});

	it('keeps the hash of the id alone: the cookie’s value is nowhere in the database’s files', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'carnet-sessions-'));
		const onDisk = testApp(folder);
		try {
			const ana = testPerson(onDisk.app, 'Ana');
			const cookie = await createSession(onDisk.app, ana.personId);
			const found = await actorOfCookies(onDisk.app, header(cookie));
			const bytes = Buffer.concat(
				readdirSync(folder)
					.filter((name) => name.startsWith('carnet.sqlite'))
					.map((name) => readFileSync(join(folder, name)))
			);
			// The reading is real: the hash is found where it must be.
			expect(bytes.includes(found?.sessionHash ?? 'none')).toBe(true);
			expect(bytes.includes(cookie.value)).toBe(false);
		} finally {
			onDisk.close();
			rmSync(folder, { recursive: true });
		}
	});

	it('takes a new id at each sign-in, and ends the one before it', async () => {
		const ana = testPerson(app, 'Ana');
		const first = await createSession(app, ana.personId);
		const held = await actorOfCookies(app, header(first));
		const second = await createSession(app, ana.personId, held?.sessionHash ?? null);
		expect(second.value).not.toBe(first.value);
		expect(await actorOfCookies(app, header(first))).toBeNull();
		expect(await actorOfCookies(app, header(second))).not.toBeNull();
	});

	it('ends at its term by the App’s clock, and is renewed when used in its second half', async () => {
		const ana = testPerson(app, 'Ana');
		const cookie = await createSession(app, ana.personId);
		test.advance(14 * DAY);
		expect((await actorOfCookies(app, header(cookie)))?.renewed).toBeNull();
		test.advance(2 * DAY);
		const renewed = (await actorOfCookies(app, header(cookie)))?.renewed;
		expect(renewed?.value).toBe(cookie.value);
		test.advance(29 * DAY);
		const hash = (await actorOfCookies(app, header(cookie)))?.sessionHash ?? '';
		expect(hash).not.toBe('');
		// That use renewed it again.
		test.advance(31 * DAY);
		expect(sessionHolds(app, hash)).toBe(false);
		expect(await actorOfCookies(app, header(cookie))).toBeNull();
		expect(app.db.select().from(sessions).all()).toEqual([]);
	});

	it('holds where it cannot be renewed, and is gone where it cannot be taken away', async () => {
		const ana = testPerson(app, 'Ana');
		const cookie = await createSession(app, ana.personId);
		app.db.$client.pragma('query_only = 1');
		test.advance(20 * DAY);
		expect((await actorOfCookies(app, header(cookie)))?.actor).toEqual(ana);
		test.advance(11 * DAY);
		expect(await actorOfCookies(app, header(cookie))).toBeNull();
		app.db.$client.pragma('query_only = 0');
		expect(await actorOfCookies(app, header(cookie))).toBeNull();
	});

	it('ends at sign-out, alone or everywhere', async () => {
		const ana = testPerson(app, 'Ana');
		const bo = testPerson(app, 'Bo');
		const [phone, laptop, others] = [
			await createSession(app, ana.personId),
			await createSession(app, ana.personId),
			await createSession(app, bo.personId)
		];
		const hash = (await actorOfCookies(app, header(phone)))?.sessionHash ?? '';
		endSession(app, hash);
		expect(await actorOfCookies(app, header(phone))).toBeNull();
		expect(sessionHolds(app, hash)).toBe(false);
		expect(await actorOfCookies(app, header(laptop))).not.toBeNull();
		await endAllSessions(app, ana.personId);
		expect(await actorOfCookies(app, header(laptop))).toBeNull();
		expect(await actorOfCookies(app, header(others))).not.toBeNull();
	});

	it('sweeps out what has expired', async () => {
		const ana = testPerson(app, 'Ana');
		await createSession(app, ana.personId);
		test.advance(31 * DAY);
		await createSession(app, ana.personId);
		expect(app.db.select().from(sessions).all()).toHaveLength(1);
	});

	it('sets a cookie that scripts and other sites do not get, Secure under https', async () => {
		const ana = testPerson(app, 'Ana');
		const plain = (await createSession(app, ana.personId)).serialize();
		expect(plain).toMatch(/^carnet_session=[0-9a-z]{40}; /);
		expect(plain).toContain('HttpOnly');
		expect(plain).toContain('SameSite=Lax');
		expect(plain).toContain('Path=/');
		expect(plain).not.toContain('Secure');
		const https: App = { ...app, config: { ...app.config, origin: 'https://carnet.exemple.org' } };
		const secure = await createSession(https, ana.personId);
		expect(secure.serialize()).toMatch(/^__Host-carnet_session=.*; Secure$/);
		expect(secure.attributes).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true });
		// A cookie given over http is not taken over https.
		expect(await actorOfCookies(https, plain)).toBeNull();
		expect(blankSessionCookie(https).serialize()).toContain('Max-Age=0');
	});
});
