/**
 * Stopping the daily e-mail from the e-mail itself, without signing in. Each e-mail has a token of its own, kept as a
 * hash. Opening its page stops nothing, since mail scanners open what they meet: a press does, or the post that mail
 * programs make for their own button (RFC 8058).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { eq, lt } from 'drizzle-orm';
import { ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnSite } from '../access/site.ts';
import type { Actor, App } from '../app.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import { mailTokens, people } from '../db/schema.ts';
import { logError } from '../log.ts';

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
	if (!allows(rolesOnSite(actor), 'account.manage-own')) throw new ForbiddenError();
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
	const token = path.slice(ONE_CLICK.length);
	const answer = (status: number, headers: Readonly<Record<string, string>> = {}): void =>
		void response.writeHead(status, { connection: 'close', ...headers }).end();
	// A person who follows it: to the page.
	if (request.method !== 'POST')
		answer(303, { location: `/courriels/${encodeURIComponent(token)}` });
	else
		try {
			unsubscribe(app, token);
			answer(200);
		} catch (cause) {
			if (!(cause instanceof NotFoundError)) logError('An e-mail could not be stopped:', cause);
			answer(cause instanceof NotFoundError ? 404 : 500);
		}
	return true;
}
