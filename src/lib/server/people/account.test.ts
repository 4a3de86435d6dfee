import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import type { Actor } from '../app.ts';
import { becomeAccount, changePassword, createAccount } from './account.ts';
import { readActor } from './actor.ts';

const RIGHT = 'une phrase de passe';
const NEXT = 'une autre phrase';
const HERE = '192.0.2.7';

let host: TestApp;
beforeEach(() => (host = testApp()));
afterEach(() => host.close());

const codeOf = async (work: Promise<void>): Promise<string> => {
	try {
		await work;
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};

async function account(email = 'ana@exemple.org'): Promise<Actor> {
	const id = await createAccount(host.app, {
		displayName: 'Ana',
		email,
		password: RIGHT,
		lang: 'fr'
	});
	const actor = readActor(host.app, id);
	if (!actor) throw new Error('no actor');
	return actor;
}

describe('changing a password', () => {
	it('takes the right one, as often as one likes (positive control)', async () => {
		const ana = await account();
		for (const [from, to] of [
			[RIGHT, NEXT],
			[NEXT, RIGHT],
			[RIGHT, NEXT]
		] as const)
			expect(await codeOf(changePassword(host.app, ana, from, to, HERE))).toBe('done');
	});
	it('makes whoever guesses wait, then lets the right one in', async () => {
		const ana = await account();
		const answers: string[] = [];
		for (let i = 0; i < 8; i++)
			answers.push(await codeOf(changePassword(host.app, ana, `essai ${i}`, NEXT, HERE)));
		expect(answers.filter((code) => code === 'password_wrong')).toHaveLength(5);
		expect(answers.slice(5)).toEqual(['throttled', 'throttled', 'throttled']);
		// From elsewhere too: it is the person that is guessed at.
		expect(await codeOf(changePassword(host.app, ana, RIGHT, NEXT, '198.51.100.1'))).toBe(
			'throttled'
		);
		host.advance(60_000);
		expect(await codeOf(changePassword(host.app, ana, RIGHT, NEXT, HERE))).toBe('done');
	});
});

describe('a guest who makes an account', () => {
	it('is told at once of an address that is taken, then takes another (positive control)', async () => {
		await account('prise@exemple.org');
		const guest = testPerson(host.app, 'Zoé', 'guest');
		const ask = (email: string) =>
			codeOf(becomeAccount(host.app, guest, { email, password: RIGHT }, HERE));
		expect(await ask('prise@exemple.org')).toBe('email_taken');
		expect(await ask('zoe@exemple.org')).toBe('done');
		expect(readActor(host.app, guest.personId)?.kind).toBe('account');
	});
	it('cannot ask of one address after another who has an account', async () => {
		await account('prise@exemple.org');
		const guest = testPerson(host.app, 'Zoé', 'guest');
		const ask = (who: Actor) =>
			codeOf(becomeAccount(host.app, who, { email: 'prise@exemple.org', password: RIGHT }, HERE));
		const answers: string[] = [];
		for (let i = 0; i < 7; i++) answers.push(await ask(guest));
		expect(answers).toEqual([...Array<string>(5).fill('email_taken'), 'throttled', 'throttled']);
		// A new guest each time: the address that they come from weighs too.
		const others: string[] = [];
		for (let i = 0; i < 70; i++) others.push(await ask(testPerson(host.app, `Z${i}`, 'guest')));
		expect(others.at(-1)).toBe('throttled');
		expect(others.filter((code) => code === 'email_taken').length).toBeLessThan(60);
	});
});
