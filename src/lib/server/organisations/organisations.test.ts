/** Organisations and their people: one steward always, and who may do what. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { textColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { createDataset } from '../datasets/create.ts';
import { withdrawDataset } from '../datasets/govern.ts';
import { listOrganisationDatasets } from '../datasets/of-organisation.ts';
import { addMember, removeMember, setMemberRole } from './membership.ts';
import {
	createOrganisation,
	describeOrganisation,
	listOrganisations,
	updateOrganisation
} from './organisation.ts';

const MISSING = '0'.repeat(26);

let t: TestApp;
let steward: Actor;
let member: Actor;
let stranger: Actor;
let administrator: Actor;
let id: string;
beforeEach(() => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	member = testPerson(t.app, 'Marc');
	stranger = testPerson(t.app, 'Zoe');
	administrator = { ...testPerson(t.app, 'Admin'), administrator: true };
	id = createOrganisation(t.app, steward, { name: 'Salle', region: '06', discipline: 'danse' });
	addMember(t.app, steward, id, 'marc@exemple.org', 'member');
});
afterEach(() => t.close());

const see = (actor: Actor | null = steward) => describeOrganisation(t.app, actor, id);
const refusal = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
const roles = () =>
	Object.fromEntries(see().members.map(({ displayName, role }) => [displayName, role]));

describe('an organisation', () => {
	it('is created by an account, who becomes its steward', () => {
		expect(roles()).toEqual({ Sophie: 'steward', Marc: 'member' });
		expect(refusal(() => createOrganisation(t.app, null, { name: 'X' }))).toBe('sign_in_required');
		const visitor = testPerson(t.app, 'Invitée', 'guest');
		expect(refusal(() => createOrganisation(t.app, visitor, { name: 'X' }))).toBe(
			'account_required'
		);
	});
	it('keeps checked fields', () => {
		for (const [fields, why] of [
			[{ name: '  ' }, 'name_required'],
			[{ name: 'x'.repeat(121) }, 'too_long'],
			[{ name: 'X', region: '99' }, 'region_unknown'],
			[{ name: 'X', discipline: 'opera' }, 'discipline_unknown']
		] as const)
			expect(refusal(() => updateOrganisation(t.app, steward, id, fields))).toBe(why);
		updateOrganisation(t.app, steward, id, { name: 'Salle neuve', region: '', discipline: null });
		expect(see()).toMatchObject({ name: 'Salle neuve', region: null, discipline: null });
	});
	it('lists for its people alone, with their role', () => {
		expect(listOrganisations(t.app, member)).toMatchObject([{ id, role: 'member' }]);
		expect(listOrganisations(t.app, stranger)).toEqual([]);
	});
});

describe('its people', () => {
	it('always hold one steward: neither demoted, removed, re-added nor leaving', () => {
		for (const work of [
			() => setMemberRole(t.app, steward, id, steward.personId, 'member'),
			() => removeMember(t.app, steward, id, steward.personId),
			() => addMember(t.app, steward, id, 'sophie@exemple.org', 'member')
		])
			expect(refusal(work)).toBe('last_steward');
		expect(roles()).toEqual({ Sophie: 'steward', Marc: 'member' });
		setMemberRole(t.app, steward, id, member.personId, 'steward');
		removeMember(t.app, steward, id, steward.personId);
		expect(refusal(() => see(steward))).toBe('not_found');
		expect(refusal(() => removeMember(t.app, member, id, member.personId))).toBe('last_steward');
	});
	it('are added by the address of an account, and not by that of nobody', () => {
		addMember(t.app, steward, id, ' ZOE@exemple.org ', 'steward');
		expect(roles()).toMatchObject({ Zoe: 'steward' });
		expect(refusal(() => addMember(t.app, steward, id, 'personne@exemple.org', 'member'))).toBe(
			'person_unknown'
		);
		expect(refusal(() => addMember(t.app, steward, id, 'pas une adresse', 'member'))).toBe(
			'email_invalid'
		);
	});
	it('cannot be looked for address after address', () => {
		const answers: string[] = [];
		for (let i = 0; i < 40; i++)
			answers.push(refusal(() => addMember(t.app, steward, id, `p${i}@exemple.org`, 'member')));
		expect(answers.at(-1)).toBe('throttled');
		expect(new Set(answers)).toEqual(new Set(['person_unknown', 'throttled']));
		// An address that exists answers no otherwise, once held back.
		expect(refusal(() => addMember(t.app, steward, id, 'zoe@exemple.org', 'member'))).toBe(
			'throttled'
		);
	});
	it('leave by themselves', () => {
		removeMember(t.app, member, id, member.personId);
		expect(roles()).toEqual({ Sophie: 'steward' });
		expect(refusal(() => removeMember(t.app, member, id, member.personId))).toBe('not_found');
	});
	it('see one another’s names; addresses are for stewards', () => {
		expect(see(member).members.map((m) => m.email)).toEqual([null, null]);
		expect(see(steward).members.map((m) => m.email)).toContain('marc@exemple.org');
	});
});

describe('permissions', () => {
	const manages: Record<string, (actor: Actor) => unknown> = {
		update: (a) => updateOrganisation(t.app, a, id, { name: 'Autre' }),
		add: (a) => addMember(t.app, a, id, 'zoe@exemple.org', 'member'),
		role: (a) => setMemberRole(t.app, a, id, member.personId, 'steward'),
		remove: (a) => {
			addMember(t.app, steward, id, 'admin@exemple.org', 'member');
			removeMember(t.app, a, id, administrator.personId);
		}
	};
	it.each(Object.keys(manages))('%s is for stewards', (name) => {
		const work = manages[name];
		if (!work) throw new Error(name);
		expect(refusal(() => work(member))).toBe('forbidden');
		expect(refusal(() => work(stranger))).toBe('not_found');
		expect(refusal(() => work(steward))).toBe('done');
	});
	it('who runs the installation sees an organisation, and changes nothing of it', () => {
		expect(see(administrator).mayManage).toBe(false);
		expect(refusal(() => updateOrganisation(t.app, administrator, id, { name: 'X' }))).toBe(
			'forbidden'
		);
	});
	it('a foreign one answers as a missing one', () => {
		for (const which of [id, MISSING])
			for (const work of [
				() => describeOrganisation(t.app, stranger, which),
				() => describeOrganisation(t.app, null, which),
				() => updateOrganisation(t.app, stranger, which, { name: 'X' }),
				() => removeMember(t.app, stranger, which, stranger.personId),
				() => listOrganisationDatasets(t.app, stranger, which, 'fr')
			])
				expect(refusal(work)).toBe('not_found');
	});
	it('its datasets: for its people; withdrawn ones for stewards; none for who only administers', async () => {
		const made = await createDataset(
			t.app,
			steward,
			{
				organisationId: id,
				title: 'Billets',
				description: '',
				licence: 'CC-BY-4.0',
				publication: 'nothing',
				synthetic: false
			},
			encodeTable([textColumn('ville', ['Laval'])])
		);
		const titles = (actor: Actor) =>
			listOrganisationDatasets(t.app, actor, id, 'fr').map(({ title, withdrawn }) => [
				title,
				withdrawn
			]);
		expect(titles(member)).toEqual([['Billets', false]]);
		expect(titles(administrator)).toEqual([]);
		withdrawDataset(t.app, steward, made.id);
		expect(titles(member)).toEqual([]);
		expect(titles(steward)).toEqual([['Billets', true]]);
	});
});
