/** Accounts: opened, changed, and made out of a guest who keeps all they did. */
import { and, eq } from 'drizzle-orm';
import { AppError, ForbiddenError, InvalidError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { checkPassword, cleanEmail, cleanLine, PASSWORD_MAX } from '../../core/people/profile.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnSite } from '../access/site.ts';
import type { Actor, App } from '../app.ts';
import { hashPassword, verifyPassword } from '../auth/password.ts';
import { addressKey, throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { IMMEDIATE } from '../db/database.ts';
import { people } from '../db/schema.ts';

export interface NewAccount {
	readonly displayName: string;
	readonly email: string;
	readonly password: string;
	readonly lang: Lang;
	/** For the seed and the first access only: no route takes it from a form. */
	readonly administrator?: boolean;
}

interface PreparedAccount {
	readonly displayName: string;
	readonly email: string;
	/** null: whoever comes in by a link chooses one. */
	readonly passwordHash: string | null;
	readonly lang: Lang;
	readonly administrator: boolean;
}

/**
 * Opens an account and answers its person's id.
 * @throws InvalidError for what the form must mend (`email_taken` among them)
 */
export async function createAccount(app: App, account: NewAccount): Promise<string> {
	const prepared = await prepareAccount(account);
	return insertAccount(app, prepared);
}

/** Checks and hashes: what takes time, and must stay out of a transaction. */
export async function prepareAccount(account: NewAccount): Promise<PreparedAccount> {
	const displayName = cleanLine(account.displayName, 'displayName', 'name_required');
	const email = cleanEmail(account.email);
	checkPassword(account.password, email);
	return {
		displayName,
		email,
		passwordHash: await hashPassword(account.password),
		lang: account.lang,
		administrator: account.administrator ?? false
	};
}

export function insertAccount(app: App, account: PreparedAccount): string {
	const id = newId(app.random);
	const done = app.db
		.insert(people)
		.values({ id, kind: 'account', ...account, createdAt: app.now() })
		.onConflictDoNothing({ target: people.email })
		.run();
	if (done.changes === 0) throw new InvalidError('email_taken', {}, 'email');
	return id;
}

/**
 * Makes a guest an account: the same person, so that notebooks, threads and tables stay theirs.
 * @param address where the attempt comes from (`event.getClientAddress()`)
 * @throws InvalidError for what the form must mend (`email_taken` among them), ThrottledError
 */
export async function becomeAccount(
	app: App,
	actor: Actor,
	account: { readonly email: string; readonly password: string },
	address: string
): Promise<void> {
	manageOwn(actor);
	if (actor.kind !== 'guest') throw new AppError('already_account');
	// What the form must mend is no try: it tells nothing of anyone else.
	checkPassword(account.password, cleanEmail(account.email));
	const attempt = tryOwn(app, actor, address);
	const prepared = await prepareAccount({
		...account,
		displayName: actor.displayName,
		lang: actor.lang
	});
	app.db.transaction(() => {
		const taken = app.db.select().from(people).where(eq(people.email, prepared.email)).get();
		if (taken) throw new InvalidError('email_taken', {}, 'email');
		app.db
			.update(people)
			.set({ kind: 'account', email: prepared.email, passwordHash: prepared.passwordHash })
			.where(and(eq(people.id, actor.personId), eq(people.kind, 'guest')))
			.run();
	}, IMMEDIATE);
	attempt();
}

export function updateProfile(
	app: App,
	actor: Actor,
	profile: { readonly displayName: string; readonly lang: Lang }
): void {
	manageOwn(actor);
	const displayName = cleanLine(profile.displayName, 'displayName', 'name_required');
	app.db
		.update(people)
		.set({ displayName, lang: profile.lang })
		.where(eq(people.id, actor.personId))
		.run();
	if (displayName !== actor.displayName) roomsOf(app).renamed(actor.personId);
}

/** An account made by the seed or a link may have none yet. */
export function hasPassword(app: App, actor: Actor): boolean {
	const row = app.db
		.select({ hash: people.passwordHash })
		.from(people)
		.where(eq(people.id, actor.personId))
		.get();
	return Boolean(row?.hash);
}

/**
 * @param address where the attempt comes from (`event.getClientAddress()`)
 * @throws InvalidError `password_wrong` on the field `current`, ThrottledError
 */
export async function changePassword(
	app: App,
	actor: Actor,
	current: string,
	next: string,
	address: string
): Promise<void> {
	manageOwn(actor);
	const row = app.db.select().from(people).where(eq(people.id, actor.personId)).get();
	if (!row?.email) throw new ForbiddenError();
	// An account made by the seed or a link may have no password yet: then there is none to ask for.
	if (row.passwordHash !== null) {
		const attempt = tryOwn(app, actor, address);
		if (!(await verifyPassword(row.passwordHash, current.slice(0, PASSWORD_MAX * 2))))
			throw new InvalidError('password_wrong', {}, 'current');
		attempt();
	}
	checkPassword(next, row.email);
	const passwordHash = await hashPassword(next);
	app.db.update(people).set({ passwordHash }).where(eq(people.id, actor.personId)).run();
}

/**
 * Takes a try of the person and one of where they come from; the answer hands both back when it was right.
 * @throws ThrottledError
 */
function tryOwn(app: App, actor: Actor, address: string): () => void {
	const { own, ownAddress } = throttlesOf(app);
	// The address first: one that must wait must not weigh on the person.
	const byAddress = ownAddress.attempt([{ key: addressKey(address) }]);
	const byPerson = own.attempt([{ key: actor.personId }]);
	return () => {
		byAddress.succeeded();
		byPerson.succeeded([actor.personId]);
	};
}

function manageOwn(actor: Actor): void {
	if (!allows(rolesOnSite(actor), 'account.manage-own')) throw new ForbiddenError();
}
