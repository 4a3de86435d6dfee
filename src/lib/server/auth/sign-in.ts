/** Signing in with an e-mail and a password. */
import { and, eq } from 'drizzle-orm';
import { InvalidError } from '../../core/errors.ts';
import { EMAIL_MAX, PASSWORD_MAX } from '../../core/people/profile.ts';
import type { App } from '../app.ts';
import { people } from '../db/schema.ts';
import { verifyPassword } from './password.ts';
import { addressKey, throttlesOf } from './throttles.ts';

/**
 * The id of the person whose e-mail and password these are. An unknown e-mail and a wrong password take the
 * same work and answer the same.
 * @param address where the attempt comes from (`event.getClientAddress()`)
 * @throws InvalidError `sign_in_refused`, ThrottledError
 */
export async function checkSignIn(
	app: App,
	email: string,
	password: string,
	address: string
): Promise<string> {
	const account = email.normalize('NFC').trim().toLowerCase().slice(0, EMAIL_MAX);
	const from = addressKey(address);
	const pairKey = `${from} ${account}`;
	const throttles = throttlesOf(app);
	// The address first: one that must wait must not weigh on the account.
	const byAddress = throttles.address.attempt([{ key: from }]);
	const crowded = throttles.account.isSpent(account);
	const byPair = throttles.pair.attempt([{ key: pairKey, cost: crowded ? 5 : 1 }]);
	const byAccount = throttles.account.attempt([{ key: account }]);

	const person = app.db
		.select({ id: people.id, passwordHash: people.passwordHash })
		.from(people)
		.where(and(eq(people.email, account), eq(people.kind, 'account')))
		.get();
	const right = await verifyPassword(
		person?.passwordHash ?? null,
		password.slice(0, PASSWORD_MAX * 2)
	);
	if (!person || !right) throw new InvalidError('sign_in_refused', {}, 'password');
	byAddress.succeeded();
	byPair.succeeded([pairKey]);
	byAccount.succeeded();
	return person.id;
}
