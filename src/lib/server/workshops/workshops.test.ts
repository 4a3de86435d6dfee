/** Preparing, joining and running a workshop: codes, seats, tables, starters, and who may do what. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError } from '../../core/errors.ts';
import type { Actor } from '../app.ts';
import { listWorkshopDatasets } from '../datasets/of-workshop.ts';
import { series } from '../db/schema.ts';
import { levelOnNotebook } from '../access/notebook.ts';
import { createNotebook, forkNotebook } from '../notebooks/create.ts';
import { listNotebooks } from '../notebooks/describe.ts';
import { offerAsStarter, withdrawStarter } from '../notebooks/starter.ts';
import { shareNotebook } from '../sharing/grant.ts';
import { readActor } from '../people/actor.ts';
import { qrPicture } from './join-address.ts';
import { createJoinCode, readJoinCode, revokeJoinCode } from './join-code.ts';
import { joinWorkshop, readInvitation, type GuestFields } from './join.ts';
import { prepareWorkshop, type PreparedWorkshop } from './prepare.ts';
import { removeFromWorkshop, setFacilitator } from './seat.ts';
import { createSeries, listSeries } from './series.ts';
import { chooseTable, createTable, removeTable, renameTable, TABLES_MAX } from './table.ts';
import {
	createWorkshop,
	describeWorkshop,
	listWorkshops,
	setWorkshopEnded,
	updateWorkshop
} from './workshop.ts';

const HOUR = 3_600_000;
const MISSING = '0'.repeat(26);

let t: TestApp;
let facilitator: Actor;
let stranger: Actor;
let id: string;
beforeEach(() => {
	t = testApp();
	facilitator = testPerson(t.app, 'Anne');
	stranger = testPerson(t.app, 'Zoe');
	id = prepare();
});
afterEach(() => t.close());

const fields = (more: Partial<PreparedWorkshop> = {}): PreparedWorkshop => ({
	seriesId: null,
	title: 'Rejoindre de nouveaux publics',
	questions: [5, 3],
	lang: 'fr',
	tables: ['Estran', 'Bastion'],
	...more
});
const prepare = (more: Partial<PreparedWorkshop> = {}, actor: Actor | null = facilitator) =>
	prepareWorkshop(t.app, actor, fields(more));
const see = (actor: Actor | null = facilitator) => describeWorkshop(t.app, actor, id);
const code = (hours?: number) => createJoinCode(t.app, facilitator, id, hours).code;
const guestFields = (displayName: string): GuestFields => ({ displayName, lang: 'fr' });
function guest(displayName = 'Invitée'): Actor {
	const { personId } = joinWorkshop(
		t.app,
		null,
		readJoinCode(t.app, facilitator, id)?.code ?? code(),
		guestFields(displayName)
	);
	const actor = readActor(t.app, personId);
	if (!actor) throw new Error('no guest');
	return actor;
}
function participant(displayName = 'Paul'): Actor {
	const actor = testPerson(t.app, displayName);
	joinWorkshop(t.app, actor, code(), guestFields(''));
	return actor;
}
const refusal = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};

describe('preparing', () => {
	it('keeps what was said, questions in order, tables in theirs', () => {
		expect(see()).toMatchObject({
			title: 'Rejoindre de nouveaux publics',
			questions: [3, 5],
			tables: [{ name: 'Estran' }, { name: 'Bastion' }],
			series: { title: 'Rejoindre de nouveaux publics' },
			ended: false,
			mayManage: true
		});
	});
	it('makes a series of the title given, or goes into one of the actor’s', () => {
		const seriesId = createSeries(t.app, facilitator, 'Trois ateliers');
		id = prepare({ seriesId });
		expect(see().series).toEqual({ id: seriesId, title: 'Trois ateliers' });
		id = prepare({ seriesTitle: 'Une autre' });
		expect(see().series.title).toBe('Une autre');
	});
	it('refused, leaves no series behind', () => {
		const before = t.app.db.select().from(series).all().length;
		for (const [more, why] of [
			[{ questions: [] }, 'question_required'],
			[{ questions: [9] }, 'question_unknown'],
			[{ questions: [1.5] }, 'question_unknown'],
			[{ title: ' ' }, 'title_required'],
			[{ title: 'x'.repeat(161) }, 'too_long'],
			[{ description: 'x'.repeat(2001) }, 'too_long'],
			[{ tables: ['x'.repeat(61)] }, 'too_long'],
			[{ tables: Array<string>(TABLES_MAX + 1).fill('T') }, 'too_many_tables']
		] as const)
			expect(
				refusal(() => prepare(more)),
				JSON.stringify(more).slice(0, 60)
			).toBe(why);
		expect(t.app.db.select().from(series).all()).toHaveLength(before);
	});
	it('is for accounts, in series of their own', () => {
		expect(refusal(() => prepare({}, null))).toBe('sign_in_required');
		expect(refusal(() => prepare({}, guest()))).toBe('account_required');
		const [own] = listSeries(t.app, facilitator);
		expect(refusal(() => prepare({ seriesId: own?.id ?? '' }, stranger))).toBe('not_found');
		expect(refusal(() => prepare({ seriesId: MISSING }))).toBe('not_found');
	});
});

describe('the code', () => {
	it('opens, in any way of writing it, until it expires', () => {
		const kept = code(12);
		expect(readInvitation(t.app, `  ${kept.toUpperCase()} `, null)).toMatchObject({
			workshopId: id,
			questions: [3, 5]
		});
		t.advance(12 * HOUR - 1);
		expect(refusal(() => readInvitation(t.app, kept, null))).toBe('done');
		t.advance(1);
		expect(refusal(() => readInvitation(t.app, kept, null))).toBe('join_code_unknown');
		expect(readJoinCode(t.app, facilitator, id)).toBeNull();
	});
	it('is one at a time: a new one closes the one before', () => {
		const first = code();
		const second = code();
		expect(refusal(() => readInvitation(t.app, first, null))).toBe('join_code_unknown');
		expect(readInvitation(t.app, second, null).code).toBe(second);
		expect(readJoinCode(t.app, facilitator, id)?.code).toBe(second);
	});
	it('is closed by revoking it, and by ending the workshop until it opens again', () => {
		const kept = code();
		setWorkshopEnded(t.app, facilitator, id, true);
		expect(refusal(() => readInvitation(t.app, kept, null))).toBe('join_code_unknown');
		setWorkshopEnded(t.app, facilitator, id, false);
		expect(refusal(() => readInvitation(t.app, kept, null))).toBe('done');
		revokeJoinCode(t.app, facilitator, id);
		expect(refusal(() => readInvitation(t.app, kept, null))).toBe('join_code_unknown');
		expect(readJoinCode(t.app, facilitator, id)).toBeNull();
	});
	it('lasts one of the durations offered', () => {
		for (const hours of [0, -1, 1, 721, Number.NaN, Infinity])
			expect(
				refusal(() => createJoinCode(t.app, facilitator, id, hours)),
				String(hours)
			).toBe('join_code_duration');
	});
	it('unknown, is refused like an expired one; what cannot be a code is said so', () => {
		expect(refusal(() => readInvitation(t.app, '000000000', null))).toBe('join_code_unknown');
		expect(refusal(() => readInvitation(t.app, 'bonjour', null))).toBe('join_code_form');
	});
	it('cannot be guessed at will from one address', () => {
		const codes = new Set<string>();
		for (let i = 0; i < 80; i++)
			codes.add(refusal(() => readInvitation(t.app, '000000000', '203.0.113.7')));
		expect(codes).toEqual(new Set(['join_code_unknown', 'throttled']));
		// A right code from elsewhere is not held back.
		expect(refusal(() => readInvitation(t.app, code(), '203.0.113.8'))).toBe('done');
	});
	it('has a QR picture that is digits and path letters alone', () => {
		const { size, path } = qrPicture('https://exemple.org/rejoindre/K7M-4TQ-9XA"><script>');
		expect(size).toBeGreaterThan(28);
		expect(path).toMatch(/^(M\d+ \d+h\d+v1H\d+z)+$/);
		// The quiet zone: nothing is drawn in the first four rows and columns.
		const starts = [...path.matchAll(/M(\d+) (\d+)/g)];
		expect(Math.min(...starts.map(([, x]) => Number(x)))).toBe(4);
		expect(Math.min(...starts.map(([, , y]) => Number(y)))).toBe(4);
	});
});

describe('joining', () => {
	it('from one address, seats a large room at once and then a few a minute', () => {
		const read = code();
		const join = (address: string) =>
			refusal(() => joinWorkshop(t.app, null, read, guestFields('Invitée'), address));
		const codes: string[] = [];
		for (let i = 0; i < 200; i++) codes.push(join('203.0.113.7'));
		expect(new Set(codes)).toEqual(new Set(['done']));
		expect(join('203.0.113.7')).toBe('throttled');
		// Another room is not held back, nor who has an account already.
		expect(join('203.0.113.8')).toBe('done');
		const paul = testPerson(t.app, 'Paule');
		const seat = () => joinWorkshop(t.app, paul, read, guestFields(''), '203.0.113.7');
		expect(refusal(seat)).toBe('done');
		t.advance(60_000);
		expect(join('203.0.113.7')).toBe('done');
	});
	it('makes a guest of a newcomer, and a participant of who has an account', () => {
		const newcomer = guest();
		const paul = participant();
		expect(newcomer.kind).toBe('guest');
		expect(see().people.map(({ displayName, role, kind }) => [displayName, role, kind])).toEqual(
			expect.arrayContaining([
				['Anne', 'facilitator', 'account'],
				['Invitée', 'participant', 'guest'],
				['Paul', 'participant', 'account']
			])
		);
		expect(listWorkshops(t.app, paul)).toMatchObject([{ id, facilitates: false, people: 2 }]);
	});
	it('again keeps the seat and the role', () => {
		joinWorkshop(t.app, facilitator, code(), guestFields(''));
		const [table] = see().tables;
		const paul = participant();
		chooseTable(t.app, paul, id, table?.id ?? '');
		joinWorkshop(t.app, paul, code(), guestFields(''));
		expect(see(paul).mine).toEqual({ tableId: table?.id });
		expect(see().mayManage).toBe(true);
	});
	it('without a name is refused, and leaves nobody behind', () => {
		const before = see().people.length;
		expect(refusal(() => joinWorkshop(t.app, null, code(), guestFields(' \u200b ')))).toBe(
			'name_required'
		);
		expect(see().people).toHaveLength(before);
	});
	it('shows what people said of themselves to who facilitates alone', () => {
		joinWorkshop(t.app, null, code(), {
			...guestFields('Lise'),
			organisationName: 'Salle X',
			region: '06',
			discipline: 'danse'
		});
		const of = (actor: Actor) => see(actor).people.find((p) => p.displayName === 'Lise');
		expect(of(facilitator)).toMatchObject({ organisationName: 'Salle X', region: '06' });
		expect(of(participant())).toMatchObject({
			organisationName: null,
			region: null,
			discipline: null
		});
	});
});

describe('tables', () => {
	it('are added, renamed, removed; who sat there sits nowhere', () => {
		const paul = participant();
		const added = createTable(t.app, facilitator, id, '  Confluence ');
		expect(see().tables.map(({ name }) => name)).toEqual(['Estran', 'Bastion', 'Confluence']);
		renameTable(t.app, facilitator, id, added, 'Delta');
		chooseTable(t.app, paul, id, added);
		expect(see(paul).tables.at(-1)).toEqual({ id: added, name: 'Delta' });
		removeTable(t.app, facilitator, id, added);
		expect(see(paul).mine).toEqual({ tableId: null });
		expect(refusal(() => removeTable(t.app, facilitator, id, added))).toBe('not_found');
	});
	it('are chosen among the workshop’s own, and left', () => {
		const paul = participant();
		const [table] = see().tables;
		chooseTable(t.app, paul, id, table?.id ?? '');
		const other = describeWorkshop(t.app, facilitator, prepare()).tables[0];
		for (const tableId of [other?.id ?? '', MISSING])
			expect(refusal(() => chooseTable(t.app, paul, id, tableId))).toBe('not_found');
		expect(see(paul).mine).toEqual({ tableId: table?.id });
		chooseTable(t.app, paul, id, null);
		expect(see(paul).mine).toEqual({ tableId: null });
	});
	it('of another workshop are not touched through this one', () => {
		const elsewhere = prepare({ tables: ['Ailleurs'] }, stranger);
		const foreign = describeWorkshop(t.app, stranger, elsewhere).tables[0]?.id ?? '';
		expect(refusal(() => renameTable(t.app, facilitator, id, foreign, 'Prise'))).toBe('not_found');
		expect(refusal(() => removeTable(t.app, facilitator, id, foreign))).toBe('not_found');
		expect(describeWorkshop(t.app, stranger, elsewhere).tables[0]?.name).toBe('Ailleurs');
	});
	it('need a name, and are no more than the limit', () => {
		expect(refusal(() => createTable(t.app, facilitator, id, ' '))).toBe('table_name_required');
		for (let i = 2; i < TABLES_MAX; i++) createTable(t.app, facilitator, id, `T${i}`);
		expect(refusal(() => createTable(t.app, facilitator, id, 'De trop'))).toBe('too_many_tables');
	});
});

describe('seats', () => {
	it('are taken away: the workshop and what was shared with it are no longer seen', () => {
		const paul = participant();
		const notebookId = starter();
		expect(listNotebooks(t.app, paul).map((n) => n.id)).toEqual([notebookId]);
		removeFromWorkshop(t.app, facilitator, id, paul.personId);
		expect(refusal(() => see(paul))).toBe('not_found');
		expect(listNotebooks(t.app, paul)).toEqual([]);
		expect(refusal(() => removeFromWorkshop(t.app, facilitator, id, paul.personId))).toBe(
			'not_found'
		);
	});
	it('facilitate once they are asked to, if they have an account', () => {
		const paul = participant();
		const visitor = guest();
		setFacilitator(t.app, facilitator, id, paul.personId, true);
		expect(see(paul).mayManage).toBe(true);
		setFacilitator(t.app, paul, id, facilitator.personId, false);
		// Who made the series facilitates all the same.
		expect(see(facilitator).mayManage).toBe(true);
		expect(refusal(() => setFacilitator(t.app, facilitator, id, visitor.personId, true))).toBe(
			'facilitator_needs_account'
		);
		expect(refusal(() => setFacilitator(t.app, facilitator, id, stranger.personId, true))).toBe(
			'not_found'
		);
	});
	it('are never one’s own to demote or remove', () => {
		for (const work of [
			() => setFacilitator(t.app, facilitator, id, facilitator.personId, false),
			() => removeFromWorkshop(t.app, facilitator, id, facilitator.personId)
		])
			expect(refusal(work)).toBe('last_facilitator');
	});
});

const notebook = (title = 'Départ') => ({ title, lang: 'fr' as const, cells: [] });
const starter = (): string =>
	createNotebook(t.app, facilitator, {
		notebook: notebook(),
		workshopId: id,
		question: 3,
		starter: true
	});

describe('starters', () => {
	it('are read by the workshop’s people though an earlier share with them has lapsed or will', () => {
		const paul = participant();
		const make = () => createNotebook(t.app, facilitator, { notebook: notebook('À moi') });
		for (const wait of [8 * 24 * HOUR, 0]) {
			const own = make();
			shareNotebook(t.app, facilitator, own, {
				kind: 'workshop',
				to: id,
				level: 'viewer',
				days: 7
			});
			t.advance(wait);
			offerAsStarter(t.app, facilitator, id, own, null);
			expect(levelOnNotebook(t.app, paul, own)).toBe('viewer');
			t.advance(30 * 24 * HOUR);
			expect(levelOnNotebook(t.app, paul, own)).toBe('viewer');
			withdrawStarter(t.app, facilitator, id, own);
			expect(levelOnNotebook(t.app, paul, own)).toBeNull();
		}
	});
	it('are read and copied by the workshop’s people until withdrawn; their versions stay', () => {
		const own = createNotebook(t.app, facilitator, { notebook: notebook('Le mien') });
		const paul = participant();
		expect(listNotebooks(t.app, paul)).toEqual([]);
		offerAsStarter(t.app, facilitator, id, own, 5);
		offerAsStarter(t.app, facilitator, id, own, null);
		expect(listNotebooks(t.app, paul, { workshopId: id })).toMatchObject([
			{ id: own, starter: true, question: null, level: 'viewer' }
		]);
		const version = forkNotebook(t.app, paul, own);
		withdrawStarter(t.app, facilitator, id, own);
		expect(listNotebooks(t.app, paul).map((n) => n.id)).toEqual([version]);
		expect(refusal(() => withdrawStarter(t.app, facilitator, id, own))).toBe('not_found');
	});
	it('are the facilitator’s own notebooks, of this workshop alone', () => {
		const paul = participant();
		const theirs = createNotebook(t.app, paul, { notebook: notebook(), workshopId: id });
		const offer = (actor: Actor, notebookId: string, question: number | null = null) =>
			refusal(() => offerAsStarter(t.app, actor, id, notebookId, question));
		expect(offer(paul, theirs)).toBe('forbidden');
		expect(offer(facilitator, theirs)).toBe('not_found');
		expect(offer(facilitator, MISSING)).toBe('not_found');
		expect(offer(stranger, starter())).toBe('not_found');
		expect(offer(facilitator, starter(), 4)).toBe('question_unknown');
		const elsewhere = starter();
		id = prepare();
		expect(offer(facilitator, elsewhere)).toBe('starter_elsewhere');
	});
});

describe('permissions', () => {
	let other: Actor;
	beforeEach(() => (other = participant('Autre')));
	const manages: Record<string, (actor: Actor) => unknown> = {
		update: (a) => updateWorkshop(t.app, a, id, { title: 'T', questions: [1], lang: 'fr' }),
		end: (a) => setWorkshopEnded(t.app, a, id, true),
		createCode: (a) => createJoinCode(t.app, a, id),
		readCode: (a) => readJoinCode(t.app, a, id),
		revokeCode: (a) => revokeJoinCode(t.app, a, id),
		addTable: (a) => createTable(t.app, a, id, 'Table'),
		renameTable: (a) => renameTable(t.app, a, id, see().tables[0]?.id ?? '', 'Nom'),
		removeTable: (a) => removeTable(t.app, a, id, see().tables[0]?.id ?? ''),
		remove: (a) => removeFromWorkshop(t.app, a, id, other.personId),
		role: (a) => setFacilitator(t.app, a, id, other.personId, true),
		datasets: (a) => listWorkshopDatasets(t.app, a, id, 'fr')
	};
	it.each(Object.keys(manages))('%s is for who facilitates', (name) => {
		const work = manages[name];
		if (!work) throw new Error(name);
		const inside = [guest(), participant()];
		const administrator = { ...testPerson(t.app, 'Admin'), administrator: true };
		for (const actor of inside) expect(refusal(() => work(actor))).toBe('forbidden');
		for (const actor of [stranger, administrator])
			expect(refusal(() => work(actor))).toBe('not_found');
		expect(refusal(() => work(facilitator))).toBe('done');
	});
	it('reading and choosing a table are for its people; a foreign one answers as a missing one', () => {
		const outside = [stranger, { ...stranger, administrator: true }];
		for (const actor of outside)
			for (const which of [id, MISSING]) {
				expect(refusal(() => describeWorkshop(t.app, actor, which))).toBe('not_found');
				expect(refusal(() => chooseTable(t.app, actor, which, null))).toBe('not_found');
			}
		expect(refusal(() => describeWorkshop(t.app, null, id))).toBe('not_found');
		expect(refusal(() => see(guest()))).toBe('done');
		expect(listWorkshops(t.app, stranger)).toEqual([]);
	});
	it('who made the series facilitates its workshops without a seat', () => {
		const seriesId = createSeries(t.app, facilitator, 'S');
		const helper = createWorkshop(t.app, facilitator, { ...fields(), seriesId });
		id = helper;
		setFacilitator(t.app, facilitator, id, participant('Aide').personId, true);
		const aide = see().people.find((p) => p.displayName === 'Aide');
		const actor = readActor(t.app, aide?.personId ?? '');
		if (!actor) throw new Error('no helper');
		removeFromWorkshop(t.app, actor, id, facilitator.personId);
		expect(see()).toMatchObject({ mayManage: true, mine: null });
		const made = starter();
		expect(listNotebooks(t.app, facilitator, { workshopId: id })).toMatchObject([
			{ id: made, starter: true, workshop: { id } }
		]);
		// A seat without the series, or neither, does not make one.
		const make = (who: Actor) => () =>
			createNotebook(t.app, who, { notebook: notebook(), workshopId: id, starter: true });
		expect(refusal(make(participant()))).toBe('forbidden');
		expect(refusal(make(stranger))).toBe('not_found');
	});
});
