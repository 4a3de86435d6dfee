/**
 * Sessions. The only module that knows lucia, which is feature-complete and no longer developed: were it to go,
 * this file would be all there is to replace. The adapter is ours, because the store keeps the SHA-256 of a
 * session id and never the id, and because time is `app.now` while lucia reads the machine's clock: a lifetime is
 * translated from one clock to the other, so that what lucia decides is decided by ours.
 */
import { eq, lte } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import type { Actor, App } from '../app.ts';
import { storeFails } from '../db/database.ts';
import { people, sessions } from '../db/schema.ts';
import { readActor } from '../people/actor.ts';
import { hashSecret, newSecret } from './secret.ts';

/** A session lives 30 days; used in its second half, it is renewed for 30 more. */
const LIFETIME = new TimeSpan(30, 'd');
const SECRET = /^[0-9a-z]{40}$/;

/** In the form that Kit's `cookies.set(name, value, attributes)` takes; `serialize()` gives the header's. */
export interface SessionCookie {
	readonly name: string;
	readonly value: string;
	readonly attributes: {
		readonly path: string;
		readonly httpOnly: boolean;
		readonly sameSite: 'lax';
		readonly secure: boolean;
		/** Seconds. */
		readonly maxAge: number;
	};
	serialize(): string;
}

/** Under https the name's prefix makes browsers refuse a cookie set by a neighbouring subdomain or without Secure. */
export const sessionCookieName = (app: App): string =>
	isSecure(app) ? '__Host-carnet_session' : 'carnet_session';

const isSecure = (app: App): boolean => app.config.origin.startsWith('https:');

/** Reading goes on when nothing can be written: a session is then renewed at a later page. */
function ifWritable(write: () => unknown): void {
	try {
		write();
	} catch (cause) {
		if (!storeFails(cause)) throw cause;
	}
}

function luciaOf(app: App): Lucia {
	return new Lucia(adapterOf(app), {
		sessionExpiresIn: LIFETIME,
		sessionCookie: {
			name: sessionCookieName(app),
			attributes: { sameSite: 'lax', secure: isSecure(app), path: '/' }
		}
	});
}

function adapterOf(app: App): Adapter {
	const { db } = app;
	const toOurs = (theirs: Date): number => app.now() + (theirs.getTime() - Date.now());
	const toTheirs = (ours: number): Date => new Date(Date.now() + (ours - app.now()));
	const shown = (id: string, row: typeof sessions.$inferSelect): DatabaseSession => ({
		id,
		userId: row.personId,
		expiresAt: toTheirs(row.expiresAt),
		attributes: {}
	});
	return {
		async getSessionAndUser(id) {
			const row = db
				.select()
				.from(sessions)
				.where(eq(sessions.idHash, hashSecret(id)))
				.get();
			if (!row) return [null, null];
			return [shown(id, row), { id: row.personId, attributes: {} }];
		},
		async getUserSessions(userId) {
			const rows = db.select().from(sessions).where(eq(sessions.personId, userId)).all();
			return rows.map((row) => shown(row.idHash, row));
		},
		async setSession(session) {
			db.insert(sessions)
				.values({
					idHash: hashSecret(session.id),
					personId: session.userId,
					expiresAt: toOurs(session.expiresAt),
					createdAt: app.now()
				})
				.run();
		},
		async updateSessionExpiration(id, expiresAt) {
			ifWritable(() =>
				db
					.update(sessions)
					.set({ expiresAt: toOurs(expiresAt) })
					.where(eq(sessions.idHash, hashSecret(id)))
					.run()
			);
		},
		/** Of one that has expired: it opens nothing, gone or not. */
		async deleteSession(id) {
			ifWritable(() =>
				db
					.delete(sessions)
					.where(eq(sessions.idHash, hashSecret(id)))
					.run()
			);
		},
		async deleteUserSessions(userId) {
			db.delete(sessions).where(eq(sessions.personId, userId)).run();
		},
		async deleteExpiredSessions() {
			db.delete(sessions).where(lte(sessions.expiresAt, app.now())).run();
		}
	};
}

function cookieOf(lucia: Lucia, id: string): SessionCookie {
	const cookie = id === '' ? lucia.createBlankSessionCookie() : lucia.createSessionCookie(id);
	const { path, httpOnly, secure, maxAge } = cookie.attributes;
	return {
		name: cookie.name,
		value: cookie.value,
		attributes: {
			path: path ?? '/',
			httpOnly: httpOnly ?? true,
			sameSite: 'lax',
			secure: secure ?? true,
			maxAge: maxAge ?? 0
		},
		serialize: () => cookie.serialize()
	};
}

/**
 * Opens a session under a new id; the one that the browser held before (`replacing`, its hash) ends, so that an
 * id known to somebody before a sign-in is worth nothing after it.
 */
export async function createSession(
	app: App,
	personId: string,
	replacing: string | null = null
): Promise<SessionCookie> {
	const lucia = luciaOf(app);
	await lucia.deleteExpiredSessions();
	if (replacing !== null) endSession(app, replacing);
	const session = await lucia.createSession(personId, {}, { sessionId: newSecret(app) });
	return cookieOf(lucia, session.id);
}

export interface Identified {
	readonly actor: Actor;
	readonly sessionHash: string;
	/** To be set again, where the session was renewed. */
	readonly renewed: SessionCookie | null;
}

/** Who holds the session that a `Cookie` header names; null for none, an unknown or an expired one. */
export async function actorOfCookies(
	app: App,
	cookieHeader: string | null | undefined
): Promise<Identified | null> {
	const id = sessionIdOf(sessionCookieName(app), cookieHeader ?? '');
	if (id === null) return null;
	const lucia = luciaOf(app);
	const { session } = await lucia.validateSession(id);
	if (!session) return null;
	const actor = readActor(app, session.userId);
	if (!actor) return null;
	return {
		actor,
		sessionHash: hashSecret(id),
		renewed: session.fresh ? cookieOf(lucia, id) : null
	};
}

/** Not lucia's reader: that one throws on any other cookie that is not well-formed. */
function sessionIdOf(name: string, header: string): string | null {
	for (const part of header.split(';')) {
		const [key, value] = part.trim().split('=', 2);
		if (key === name && value !== undefined && SECRET.test(value)) return value;
	}
	return null;
}

/** Whether a session, known by its hash, still holds: what a socket asks for as long as it is open. */
export function sessionHolds(app: App, sessionHash: string): boolean {
	return (sessionEnd(app, sessionHash) ?? -Infinity) > app.now();
}

/** When a session, known by its hash, ends by the clock if it is not renewed; null for one that is gone. */
export function sessionEnd(app: App, sessionHash: string): number | null {
	const row = app.db
		.select({ expiresAt: sessions.expiresAt })
		.from(sessions)
		.innerJoin(people, eq(people.id, sessions.personId))
		.where(eq(sessions.idHash, sessionHash))
		.get();
	return row?.expiresAt ?? null;
}

/** Ends one session, known by its hash. */
export function endSession(app: App, sessionHash: string): void {
	app.db.delete(sessions).where(eq(sessions.idHash, sessionHash)).run();
}

/** Ends every session of a person. */
export async function endAllSessions(app: App, personId: string): Promise<void> {
	await luciaOf(app).invalidateUserSessions(personId);
}

/** The cookie that takes the session's away. */
export const blankSessionCookie = (app: App): SessionCookie => cookieOf(luciaOf(app), '');
