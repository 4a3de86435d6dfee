/**
 * One-time links, printed at start or handed over: they sign in as a person, or create the first administrator.
 * Kept as a hash; spent by a confirmation on the page and never by opening it, since mail scanners and link
 * previews open what they meet.
 */
import { and, eq, gt, isNull } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import type { App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { people, signInLinks } from '../db/schema.ts';
import { insertAccount, prepareAccount, type NewAccount } from '../people/account.ts';
import { hashSecret, newSecret } from './secret.ts';

/**
 * The token of a new link, good for `ttlMs` milliseconds, to be put after `/lien/` (for a person) or
 * `/premier-acces/` (for null: it creates the first administrator).
 */
export function createSignInLink(app: App, personId: string | null, ttlMs: number): string {
	const token = newSecret(app);
	app.db
		.insert(signInLinks)
		.values({ tokenHash: hashSecret(token), personId, expiresAt: app.now() + ttlMs })
		.run();
	return token;
}

/** Whom a link that still holds is for; null where there is none. Spends nothing. */
export function describeSignInLink(
	app: App,
	token: string
): { kind: 'person'; displayName: string } | { kind: 'first-administrator' } | null {
	const link = holding(app, token);
	if (!link) return null;
	if (link.personId === null) return hasAdministrator(app) ? null : { kind: 'first-administrator' };
	const person = app.db.select().from(people).where(eq(people.id, link.personId)).get();
	return person ? { kind: 'person', displayName: person.displayName } : null;
}

/** Spends a person's link and answers whose it was. @throws NotFoundError `link_not_found` */
export function spendSignInLink(app: App, token: string): string {
	return app.db.transaction(() => {
		const link = holding(app, token);
		if (!link || link.personId === null) throw new NotFoundError('link_not_found');
		spend(app, link.tokenHash);
		return link.personId;
	}, IMMEDIATE);
}

/**
 * Spends a first-access link and creates the administrator; answers the person's id. A form to mend leaves the
 * link as it was. @throws NotFoundError `link_not_found` (also once there is an administrator)
 */
export async function spendFirstAccessLink(
	app: App,
	token: string,
	account: NewAccount
): Promise<string> {
	if (describeSignInLink(app, token)?.kind !== 'first-administrator')
		throw new NotFoundError('link_not_found');
	const prepared = await prepareAccount(account);
	return app.db.transaction(() => {
		const link = holding(app, token);
		if (!link || link.personId !== null || hasAdministrator(app))
			throw new NotFoundError('link_not_found');
		const personId = insertAccount(app, { ...prepared, administrator: true });
		spend(app, link.tokenHash);
		return personId;
	}, IMMEDIATE);
}

export const hasAdministrator = (app: App): boolean =>
	app.db.select({ id: people.id }).from(people).where(eq(people.administrator, true)).get() !==
	undefined;

const holding = (app: App, token: string) =>
	app.db
		.select()
		.from(signInLinks)
		.where(
			and(
				eq(signInLinks.tokenHash, hashSecret(token)),
				isNull(signInLinks.usedAt),
				gt(signInLinks.expiresAt, app.now())
			)
		)
		.get();

function spend(app: App, tokenHash: string): void {
	app.db
		.update(signInLinks)
		.set({ usedAt: app.now() })
		.where(eq(signInLinks.tokenHash, tokenHash))
		.run();
}
