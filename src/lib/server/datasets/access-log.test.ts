import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { integerColumn } from '../../tables/column-of.ts';
import type { Actor } from '../app.ts';
import { datasetAccess } from '../db/schema.ts';
import { addMember } from '../organisations/membership.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { ACCESS_PAGE, accessWayOf, forgetAccess, listAccess, recordAccess } from './access-log.ts';
import { addVersion, createDataset } from './create.ts';
import { withdrawDataset } from './govern.ts';
import { openDatasetFile, readDatasetFile } from './read.ts';

const DAY = 86_400_000;
const table = encodeTable([integerColumn('billets', [1])]);

let t: TestApp;
let steward: Actor;
let member: Actor;
let id: string;
beforeEach(async () => {
	t = testApp();
	steward = testPerson(t.app, 'Sophie');
	member = testPerson(t.app, 'Marc');
	const organisationId = createOrganisation(t.app, steward, { name: 'Salle' });
	addMember(t.app, steward, organisationId, 'marc@exemple.org', 'member');
	({ id } = await createDataset(
		t.app,
		steward,
		{
			organisationId,
			title: 'Billets',
			description: '',
			licence: 'reserved',
			publication: 'nothing',
			synthetic: false
		},
		table
	));
});
afterEach(() => t.close());

const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};
const read = (actor: Actor | null, way: 'page' | 'notebook' | 'export' = 'notebook', version = 1) =>
	readDatasetFile(t.app, actor, `billets@${version}.arrow`, way);
const lines = () => listAccess(t.app, steward, id).lines;

describe('what is written of a reading', () => {
	it('is who, which version, which way and when: a line a day', async () => {
		const start = t.app.now();
		read(member);
		t.advance(1000);
		read(member);
		await addVersion(t.app, steward, id, table);
		read(member, 'page');
		read(member, 'notebook', 2);
		t.advance(DAY);
		read({ ...member, displayName: 'Marc Roy' });
		expect(lines()).toEqual([
			expect.objectContaining({ person: 'Marc Roy', day: '2026-01-16', readings: 1 }),
			expect.objectContaining({ person: 'Marc', version: 2, way: 'notebook' }),
			expect.objectContaining({ person: 'Marc', version: 1, way: 'page' }),
			{
				person: 'Marc',
				version: 1,
				way: 'notebook',
				day: '2026-01-15',
				readings: 2,
				firstAt: start,
				lastAt: start + 1000
			}
		]);
	});
	it('is nothing where it was refused, or only asked whether it may be', () => {
		const stranger = testPerson(t.app, 'Zoe');
		expect(codeOf(() => read(stranger))).toBe('not_found');
		expect(codeOf(() => read(null))).toBe('not_found');
		expect(codeOf(() => read(member, 'page', 9))).toBe('not_found');
		openDatasetFile(t.app, member, 'billets@1.arrow');
		withdrawDataset(t.app, steward, id);
		expect(codeOf(() => read(member))).toBe('dataset_withdrawn');
		expect(lines()).toEqual([]);
	});
	it('is for what the reading said, if it may say it', () => {
		expect([null, 'page', 'export', 'report', 'x'].map(accessWayOf)).toEqual([
			'notebook',
			'page',
			'export',
			'notebook',
			'notebook'
		]);
	});
});

describe('who reads the log', () => {
	it('is a steward of the dataset, and nobody else', () => {
		read(member);
		const stranger = testPerson(t.app, 'Zoe');
		for (const [actor, code] of [
			[steward, 'done'],
			[member, 'forbidden'],
			[stranger, 'not_found'],
			[{ ...stranger, administrator: true }, 'not_found'],
			[{ ...member, administrator: true }, 'forbidden'],
			[null, 'not_found']
		] as const)
			expect(codeOf(() => listAccess(t.app, actor, id))).toBe(code);
		withdrawDataset(t.app, steward, id);
		expect(lines()).toHaveLength(1);
	});
	it('reads it page after page', () => {
		const people = Array.from({ length: 7 }, (_, i) => ({
			...member,
			personId: `p${i}`,
			displayName: `P${i}`
		}));
		// Several at the same instant.
		people.forEach((person, i) => {
			if (i % 3 === 0) t.advance(1);
			recordAccess(t.app, person, { datasetId: id, version: 1 }, 'notebook');
		});
		const seen: string[] = [];
		let before: string | null = null;
		do {
			const page = listAccess(t.app, steward, id, { before, limit: 2 });
			seen.push(...page.lines.map(({ person }) => person));
			before = page.next;
		} while (before !== null);
		expect(seen).toEqual(['P6', 'P5', 'P4', 'P3', 'P2', 'P1', 'P0']);
	});
	it('lets read where it cannot write, and writes down what waited with the next', () => {
		const read = (person: Actor) =>
			recordAccess(t.app, person, { datasetId: id, version: 1 }, 'notebook');
		const people = ['Un', 'Deux', 'Trois'].map((name) => testPerson(t.app, name));
		const [one, two, three] = people;
		if (!one || !two || !three) throw new Error('nobody');
		const names = () => listAccess(t.app, steward, id).lines.map(({ person }) => person);
		t.app.db.$client.pragma('query_only = 1');
		read(one);
		t.advance(1000);
		read(two);
		expect(names()).toEqual([]);
		t.app.db.$client.pragma('query_only = 0');
		const before = t.app.now();
		t.advance(1000);
		read(three);
		expect(names()).toEqual(['Trois', 'Deux', 'Un']);
		expect(listAccess(t.app, steward, id).lines[1]?.lastAt).toBe(before);
		read(three);
		expect(names()).toHaveLength(3);
		// Within what is written anyway, it is written too, or nothing is.
		t.app.db.$client.pragma('query_only = 1');
		expect(() => t.app.db.transaction(() => read(one))).toThrow('readonly');
		t.app.db.$client.pragma('query_only = 0');
		read(two);
		expect(listAccess(t.app, steward, id).lines.find((l) => l.person === 'Un')?.readings).toBe(1);
	});
	it.each([
		{ before: 'x' },
		{ before: '1' },
		{ before: '1-2-3' },
		{ limit: 0 },
		{ limit: 1.5 },
		{ limit: ACCESS_PAGE + 1 }
	])('asks for pages that there are: %j', (asked) => {
		expect(codeOf(() => listAccess(t.app, steward, id, asked))).toBe('request_malformed');
	});
});

describe('how long it is kept', () => {
	it('is as the installation says: two years', () => {
		read(member);
		t.advance(730 * DAY);
		expect(forgetAccess(t.app)).toBe(0);
		read(member);
		t.advance(DAY);
		expect(forgetAccess(t.app)).toBe(1);
		expect(lines().map(({ day }) => day)).toEqual(['2028-01-15']);
		const brief = { ...t.app, config: { ...t.app.config, accessDays: 1 } };
		t.advance(DAY);
		expect(forgetAccess(brief)).toBe(1);
		expect(t.app.db.select().from(datasetAccess).all()).toEqual([]);
	});
});
