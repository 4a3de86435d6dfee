/** Opening an account, throttled by address: each costs a password's hash, and tells whether an e-mail is taken. */
import type { App } from '../app.ts';
import { createAccount, type NewAccount } from '../people/account.ts';
import { addressKey, throttlesOf } from './throttles.ts';

/**
 * Answers the new person's id.
 * @param address where the attempt comes from (`event.getClientAddress()`)
 * @throws InvalidError for what the form must mend, ThrottledError
 */
export async function signUp(
	app: App,
	{ displayName, email, password, lang }: Omit<NewAccount, 'administrator'>,
	address: string
): Promise<string> {
	throttlesOf(app).signUp.attempt([{ key: addressKey(address) }]);
	return createAccount(app, { displayName, email, password, lang });
}
