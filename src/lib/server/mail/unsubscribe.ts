/**
 * Stopping the daily e-mail from the e-mail itself, without signing in. Each e-mail has a token of its own, kept as a
 * hash. Opening its page stops nothing, since mail scanners open what they meet: a press does, or the post that mail
 * programs make for their own button (RFC 8058).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { eq, lt } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { Actor, App } from '../app.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import { mailTokens, people } from '../db/schema.ts';

/** Days that the link of an e-mail stops them. */
const DAYS = 180;
const DAY = 86_400_000;

/** Where mail programs post; the page for people is beside it, at `/courriels/TOKEN`. */
const ONE_CLICK = '/courriels/un-clic/';

/** The two addresses of a new token, for an e-mail to the person; in the transaction under way where there is one. */
export function newUnsubscribe(app: App, personId: string): { page: string; oneClick: string } {
	const token = newSecret(app);
	app.db
		.insert(mailTokens)
		.values({ tokenHash: hashSecret(token), personId, createdAt: app.now() })
		.run();
	const { origin } = app.config;
	return { page: `${origin}/courriels/${token}`, oneClick: `${origin}${ONE_CLICK}${token}` };
}

/** Whose e-mails a token stops, and whether they still come; null for one that is unknown or too old. */
export function describeUnsubscribe(
	app: App,
	token: string
): { readonly displayName: string; readonly daily: boolean } | null {
	const row = app.db
		.select({ displayName: people.displayName, daily: people.dailyMail })
		.from(mailTokens)
		.innerJoin(people, eq(people.id, mailTokens.personId))
		.where(eq(mailTokens.tokenHash, hashSecret(token)))
		.get();
	return row ?? null;
}

/** Twice is once. @throws NotFoundError `mail_link_not_found` */
export function unsubscribe(app: App, token: string): void {
	const row = app.db
		.select({ personId: mailTokens.personId })
		.from(mailTokens)
		.where(eq(mailTokens.tokenHash, hashSecret(token)))
		.get();
	if (!row) throw new NotFoundError('mail_link_not_found');
	app.db.update(people).set({ dailyMail: false }).where(eq(people.id, row.personId)).run();
}

/** What a person chose for their own account. */
export function setDailyMail(app: App, actor: Actor, daily: boolean): void {
	app.db.update(people).set({ dailyMail: daily }).where(eq(people.id, actor.personId)).run();
}

export function hasDailyMail(app: App, actor: Actor): boolean {
	const row = app.db
		.select({ daily: people.dailyMail })
		.from(people)
		.where(eq(people.id, actor.personId))
		.get();
	return row?.daily ?? false;
}

export function forgetMailTokens(app: App): void {
	app.db
		.delete(mailTokens)
		.where(lt(mailTokens.createdAt, app.now() - DAYS * DAY))
		.run();
}

/**
 * Answers the post that a mail program makes; false where it is something else. Before Kit, which refuses any form that
 * does not come from a page of ours: this one comes from no page, and its token alone says whose it is.
 */
export function answerOneClick(
	app: App,
	request: IncomingMessage,
	response: ServerResponse
): boolean {
	const path = request.url?.split('?')[0] ?? '';
	if (!path.startsWith(ONE_CLICK)) return false;
	// Nothing of the body is read: what it must say is known.
	request.resume();
	if (request.method !== 'POST') {
		// A person who follows it: to the page.
		const token = encodeURIComponent(path.slice(ONE_CLICK.length));
		response.writeHead(303, { location: `/courriels/${token}` }).end();
		return true;
	}
	try {
		unsubscribe(app, path.slice(ONE_CLICK.length));
		response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('OK\n');
	} catch (cause) {
		if (!(cause instanceof NotFoundError)) throw cause;
		response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404\n');
	}
	return true;
}
