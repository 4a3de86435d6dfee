import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { codeOf } from '../../../../tests/support/shared-notebook.ts';
import { cellText, deleteCell, setTitle } from '../../collab/document.ts';
import { AppError } from '../../core/errors.ts';
import { toNotebook } from '../../core/notebook/notebook.ts';
import { levelOnNotebook } from '../access/notebook.ts';
import type { Actor } from '../app.ts';
import { foldHere } from '../collab/journal.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebookGrants, notebooks, notebookSnapshots, workshopPeople } from '../db/schema.ts';
import { ownChanges } from '../proposals/propose.ts';
import { originChanges } from '../proposals/take-in.ts';
import { revokeShare, shareNotebook } from '../sharing/grant.ts';
import { describeSharing } from '../sharing/sharing.ts';
import { prepareWorkshop } from '../workshops/prepare.ts';
import { removeFromWorkshop, setFacilitator } from '../workshops/seat.ts';
import { chooseTable } from '../workshops/table.ts';
import { describeWorkshop } from '../workshops/workshop.ts';
import { describeWorkshopForks } from '../workshops/workshop-forks.ts';
import { listStates, readState } from './compare-states.ts';
import { createNotebook, forkNotebook } from './create.ts';
import { describeNotebook, listNotebooks } from './describe.ts';
import { summariesOf } from './fork-summaries.ts';
import { lookAtVersion, nameVersion, readHistory } from './history.ts';
import { lineageOf } from './lineage.ts';
import { deleteNotebook } from './manage.ts';
import { withdrawStarter } from './starter.ts';

let t: TestApp;
let facilitator: Actor;
let participant: Actor;
let other: Actor;
let stranger: Actor;
let workshop: string;
let starter: string;
const NOTEBOOK = toNotebook({ title: 'Départ', cells: [{ id: 'a', source: '1' }] });

beforeEach(() => {
	t = testApp();
	[facilitator, participant, other, stranger] = ['Anne', 'Pia', 'Otis', 'Zoe'].map((name) =>
		testPerson(t.app, name)
	) as [Actor, Actor, Actor, Actor];
	workshop = prepare();
	for (const { personId } of [participant, other]) seat(personId);
	starter = createNotebook(t.app, facilitator, {
		...{ notebook: NOTEBOOK, workshopId: workshop, starter: true }
	});
});
afterEach(async () => {
	await roomsOf(t.app).close();
	t.close();
});
const prepare = (actor: Actor = facilitator, seriesTitle = 'Démarche') =>
	prepareWorkshop(t.app, actor, {
		...{ seriesId: null, title: 'Atelier', questions: [3], lang: 'fr', tables: ['Estran'] },
		seriesTitle
	});
const seat = (personId: string, role: 'participant' | 'facilitator' = 'participant') =>
	t.app.db
		.insert(workshopPeople)
		.values({ workshopId: workshop, personId, role, joinedAt: t.app.now() })
		.run();
const fork = (actor: Actor, of = starter) => forkNotebook(t.app, actor, of);
const rename = (id: string, title: string) =>
	roomsOf(t.app).change(id, (doc) => setTitle(doc, title));
const level = (actor: Actor, id: string) => levelOnNotebook(t.app, actor, id);
const lineage = (actor: Actor, id: string) => lineageOf(t.app, actor, id, 'fr');
/** Once all is reckoned: what takes longer than a page waits for comes with a later look. */
const forks = async (actor: Actor = facilitator) => {
	for (;;) {
		const told = await describeWorkshopForks(t.app, actor, workshop, 'fr');
		if (!told.pending) return told;
	}
};
/** What is refused; `done` otherwise. */
const refused = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'done',
		(cause: unknown) => {
			if (cause instanceof AppError) return cause.code;
			throw cause;
		}
	);
const present = (notebook: string | null = null) => ({ notebook, kind: 'present' }) as const;

describe('a version that someone of a workshop makes of its starter', () => {
	it('is read by those who facilitate it, who made it is told, sees it and ends it', () => {
		expect(describeNotebook(t.app, participant, starter).forkShownTo).toBe('Atelier');
		const mine = fork(participant);
		expect(level(facilitator, mine)).toBe('viewer');
		expect(level(other, mine)).toBeNull();
		expect(level(stranger, mine)).toBeNull();
		const { shares } = describeSharing(t.app, participant, mine);
		expect(shares).toMatchObject([
			{ kind: 'facilitators', level: 'viewer', name: 'Atelier', people: 1 }
		]);
		revokeShare(t.app, participant, mine, shares[0]?.id ?? '');
		expect(level(facilitator, mine)).toBeNull();
		// They may show it again, and let it be changed.
		const request = { kind: 'facilitators', to: workshop, level: 'editor', days: 0 } as const;
		shareNotebook(t.app, participant, mine, request);
		expect(level(facilitator, mine)).toBe('editor');
		expect(codeOf(() => shareNotebook(t.app, stranger, mine, request))).toBe('not_found');
	});

	it('ends with who facilitates', () => {
		const mine = fork(participant);
		seat(stranger.personId, 'facilitator');
		expect(level(stranger, mine)).toBe('viewer');
		const recheck = vi.spyOn(roomsOf(t.app), 'recheck');
		setFacilitator(t.app, facilitator, workshop, stranger.personId, false);
		expect(level(stranger, mine)).toBeNull();
		expect(recheck).toHaveBeenCalledWith({ personId: stranger.personId });
		setFacilitator(t.app, facilitator, workshop, stranger.personId, true);
		removeFromWorkshop(t.app, facilitator, workshop, stranger.personId);
		expect(level(stranger, mine)).toBeNull();
		// Who made the series facilitates it without a seat.
		t.app.db.delete(workshopPeople).where(eq(workshopPeople.personId, facilitator.personId)).run();
		expect(level(facilitator, mine)).toBe('viewer');
	});

	it('is private where it is none of a starter, or not by someone of the workshop', () => {
		const plain = createNotebook(t.app, participant, { notebook: NOTEBOOK, workshopId: workshop });
		shareNotebook(t.app, participant, plain, {
			...{ kind: 'person', to: other.email ?? '', level: 'viewer', days: 0 }
		});
		expect(describeNotebook(t.app, other, plain).forkShownTo).toBeNull();
		expect(level(facilitator, fork(other, plain))).toBeNull();
		shareNotebook(t.app, facilitator, starter, {
			...{ kind: 'person', to: stranger.email ?? '', level: 'viewer', days: 0 }
		});
		expect(describeNotebook(t.app, stranger, starter).forkShownTo).toBeNull();
		expect(level(facilitator, fork(stranger))).toBeNull();
		// Another workshop's facilitator.
		prepare(other, 'Autre démarche');
		expect(level(other, fork(participant))).toBeNull();
	});

	it('does not fill the lists of those who facilitate', () => {
		const mine = fork(participant);
		expect(listNotebooks(t.app, facilitator).map(({ id }) => id)).toEqual([starter]);
		expect(listNotebooks(t.app, facilitator, { workshopId: workshop })).toHaveLength(1);
		expect(listNotebooks(t.app, participant).map(({ id }) => id)).toContain(mine);
	});
});

describe('the versions of a workshop', () => {
	it('are side by side with what each changed, for those who facilitate it', async () => {
		const mine = fork(participant);
		const theirs = fork(other);
		const table = describeWorkshop(t.app, facilitator, workshop).tables[0]?.id ?? '';
		chooseTable(t.app, participant, workshop, table);
		t.advance(1000);
		rename(mine, 'La mienne');
		expect(await forks()).toMatchObject({
			tables: [{ id: table, name: 'Estran' }],
			pending: false,
			starters: [
				{
					id: starter,
					others: 0,
					forks: [
						{
							...{ id: mine, title: 'La mienne', owner: 'Pia', tableId: table, owned: false },
							summary: { total: 1, retitled: true }
						},
						{ id: theirs, owner: 'Otis', tableId: null, summary: { total: 0 } }
					]
				}
			]
		});
		for (const actor of [participant, other]) expect(await refused(forks(actor))).toBe('forbidden');
		expect(await refused(forks(stranger))).toBe('not_found');
	});

	it('that are not shown are a number, and a starter that is offered no more stays', async () => {
		const mine = fork(participant);
		t.app.db
			.update(notebookGrants)
			.set({ revokedAt: 1 })
			.where(
				and(eq(notebookGrants.notebookId, mine), eq(notebookGrants.granteeKind, 'facilitators'))
			)
			.run();
		fork(other);
		withdrawStarter(t.app, facilitator, workshop, starter);
		const [first] = (await forks()).starters;
		expect([first?.others, first?.forks.map(({ owner }) => owner)]).toEqual([1, ['Otis']]);
		expect(JSON.stringify(await forks())).not.toContain(mine);
	});

	it('of a version in turn say whose that one is, a starter never', async () => {
		// They stand in the order in which they were made.
		t.advance(1);
		const mine = fork(participant);
		shareNotebook(t.app, participant, mine, {
			...{ kind: 'workshop', to: workshop, level: 'viewer', days: 0 }
		});
		fork(other, mine);
		const told = async () => (await forks()).starters.map(({ id, owner }) => [id, owner]);
		expect(await told()).toEqual([
			[starter, null],
			[mine, 'Pia']
		]);
		withdrawStarter(t.app, facilitator, workshop, starter);
		expect(await told()).toEqual([
			[starter, null],
			[mine, 'Pia']
		]);
	});

	it('a notebook of a participant that others copied is no starter', async () => {
		const plain = createNotebook(t.app, participant, { notebook: NOTEBOOK, workshopId: workshop });
		fork(participant, plain);
		expect((await forks()).starters.map(({ id }) => id)).toEqual([starter]);
	});
});

describe('what copies changed', () => {
	const rows = (...ids: string[]) =>
		ids.map((id) => {
			const row = t.app.db.select().from(notebooks).where(eq(notebooks.id, id)).get();
			return { id, parentVersionId: row?.parentVersionId ?? null };
		});
	const totals = async (...ids: string[]) =>
		[...(await summariesOf(t.app, rows(...ids), 'fr', 60_000))].map(
			([, summary]) => summary?.total ?? null
		);

	it('is reckoned once, and again when a copy was edited, folded or not', async () => {
		const mine = fork(participant);
		const reckon = vi.spyOn(roomsOf(t.app).reckoner, 'reckon');
		expect(await totals(mine)).toEqual([0]);
		expect(await totals(mine)).toEqual([0]);
		expect(reckon).toHaveBeenCalledTimes(1);
		rename(mine, 'Autre');
		expect(await totals(mine)).toEqual([1]);
		foldHere(t.app, mine);
		expect(await totals(mine)).toEqual([1]);
		rename(mine, 'Départ');
		expect(await totals(mine)).toEqual([0]);
	});

	it('is reckoned once for all who ask at the same time', async () => {
		const mine = fork(participant);
		const reckon = vi.spyOn(roomsOf(t.app).reckoner, 'reckon');
		expect(await Promise.all([totals(mine), totals(mine), totals(mine)])).toEqual([[0], [0], [0]]);
		expect(reckon).toHaveBeenCalledTimes(1);
	});

	it('takes a time that has an end, and goes on at the next call', async () => {
		const copies = rows(...[participant, other, facilitator].map((actor) => fork(actor)));
		expect((await summariesOf(t.app, copies, 'fr', -1)).size).toBe(1);
		expect((await summariesOf(t.app, copies, 'fr', -1)).size).toBe(2);
		expect((await summariesOf(t.app, copies, 'fr', -1)).size).toBe(3);
	});

	it('one that cannot be read hides no other', async () => {
		const [mine, theirs] = [fork(participant), fork(other)];
		t.app.db
			.insert(notebookSnapshots)
			.values({ notebookId: mine, throughSeq: 0, state: Buffer.from('faux'), at: 1 })
			.run();
		const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
		try {
			expect(await totals(mine, theirs)).toEqual([null, 0]);
			expect(await totals(mine, theirs)).toEqual([null, 0]);
			expect(stderr).toHaveBeenCalledTimes(1);
		} finally {
			stderr.mockRestore();
		}
	});
});

describe('the lineage of a notebook', () => {
	it('is its chain, its versions and the copies that the reader may read', async () => {
		const mine = fork(participant);
		nameVersion(t.app, participant, mine, 'Le bon');
		shareNotebook(t.app, participant, mine, {
			...{ kind: 'person', to: other.email ?? '', level: 'viewer', days: 0 }
		});
		t.advance(1000);
		const second = fork(other, mine);
		expect(await lineage(other, second)).toMatchObject({
			ancestors: [
				{ id: starter, title: 'Départ', owner: 'Anne', number: 1 },
				{ id: mine, owner: 'Pia', number: 1 }
			],
			owner: 'Otis',
			forks: [],
			others: 0
		});
		expect(await lineage(participant, mine)).toMatchObject({
			versions: [
				{ kind: 'frozen', number: 1, reason: 'fork' },
				{ kind: 'named', name: 'Le bon' }
			],
			forks: [],
			others: 1
		});
		// Who only reads it is not told how many there are.
		expect(await lineage(facilitator, mine)).toMatchObject({ forks: [], others: null });
		expect((await lineage(participant, starter)).forks).toMatchObject([{ id: mine, owned: true }]);
		expect(await refused(lineage(stranger, mine))).toBe('not_found');
		const asked = [facilitator, participant].map((actor) => lineage(actor, starter));
		const all = await Promise.all([...asked, lineage(facilitator, mine)]);
		expect(all.map((one) => one.workshop)).toEqual([workshop, null, null]);
	});

	it('says that more of what copies changed is to come, and no more of one that cannot be read', async () => {
		for (const actor of [participant, other]) fork(actor);
		// A second passes while the first is reckoned.
		let at = performance.now();
		const clock = vi.spyOn(performance, 'now').mockImplementation(() => (at += 2_000));
		const first = await lineage(facilitator, starter);
		clock.mockRestore();
		expect(first.pending).toBe(true);
		const [wait, ...more] = first.forks.filter(({ summary }) => summary === null);
		expect(more).toEqual([]);
		t.app.db
			.insert(notebookSnapshots)
			.values({ notebookId: wait?.id ?? '', throughSeq: 0, state: Buffer.from('faux'), at: 1 })
			.run();
		const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
		let told = first;
		while (told.pending) told = await lineage(facilitator, starter);
		stderr.mockRestore();
		for (const { id, summary } of told.forks)
			expect(summary?.total ?? null).toBe(id === wait?.id ? null : 0);
	});

	it('tells no title and no name of what the reader may not read', async () => {
		const mine = fork(participant);
		rename(mine, 'Secret de Pia');
		const second = (() => {
			shareNotebook(t.app, participant, mine, {
				...{ kind: 'person', to: other.email ?? '', level: 'viewer', days: 0 }
			});
			return fork(other, mine);
		})();
		expect(describeNotebook(t.app, other, second).lineage?.owner).toBe('Pia');
		shareNotebook(t.app, other, second, {
			...{ kind: 'person', to: stranger.email ?? '', level: 'viewer', days: 0 }
		});
		rename(second, 'Commune');
		const told = await lineage(stranger, second);
		expect(told.ancestors).toEqual([null]);
		expect(JSON.stringify([told, describeNotebook(t.app, stranger, second)])).not.toMatch(
			/Secret|Pia|Départ|Anne/
		);
		// Who made the copy knows what it was made of.
		const grants = eq(notebookGrants.notebookId, mine);
		t.app.db.update(notebookGrants).set({ revokedAt: 1 }).where(grants).run();
		expect(describeNotebook(t.app, other, second).lineage).toMatchObject({
			...{ title: 'Secret de Pia', href: null, owner: null }
		});
		expect((await lineage(other, second)).ancestors).toEqual([null]);
	});

	it('a list says whether a copy is called as its origin to who reads that one, and to nobody else', () => {
		const mine = fork(participant);
		const told = (actor: Actor, id: string) =>
			listNotebooks(t.app, actor).find((one) => one.id === id)?.namesake;
		expect(told(participant, mine)).toBe(true);
		rename(mine, 'Autre');
		expect(told(participant, mine)).toBe(false);
		const own = fork(facilitator);
		expect(told(facilitator, own)).toBe(true);
		withdrawStarter(t.app, facilitator, workshop, starter);
		rename(starter, 'Secret');
		rename(mine, 'Secret');
		expect(told(participant, mine)).toBe(false);
		rename(own, 'Secret');
		expect(told(facilitator, own)).toBe(true);
		deleteNotebook(t.app, facilitator, starter);
		expect(told(facilitator, own)).toBe(false);
	});

	it('a page of copies is asked for at a person’s pace', async () => {
		for (let i = 0; i < 60; i++) {
			await forks();
			await lineage(facilitator, starter);
		}
		expect(await refused(forks())).toBe('throttled');
		expect(await refused(lineage(facilitator, starter))).toBe('throttled');
		const mine = fork(participant);
		expect(await refused(lineage(participant, mine))).toBe('done');
		t.advance(1000);
		expect(await refused(forks())).toBe('done');
	});

	it('ends where a notebook is gone, and where it would go round', async () => {
		const mine = fork(participant);
		deleteNotebook(t.app, facilitator, starter);
		expect((await lineage(participant, mine)).ancestors).toEqual([null]);
		t.app.db.update(notebooks).set({ parentId: mine }).where(eq(notebooks.id, mine)).run();
		expect((await lineage(participant, mine)).ancestors).toEqual([]);
	});
});

describe('a state to be compared', () => {
	it('is read with its own rights', async () => {
		const mine = fork(participant);
		rename(mine, 'La mienne');
		const kept = nameVersion(t.app, participant, mine, 'Le bon');
		const read = (actor: Actor, ref: Parameters<typeof readState>[3]) =>
			codeOf(() => readState(t.app, actor, mine, ref));
		const states = [
			present(),
			{ notebook: null, kind: 'kept', id: kept },
			{ notebook: null, kind: 'origin' },
			present(starter),
			{ notebook: starter, kind: 'frozen', number: 1 }
		] as const;
		for (const ref of states) {
			expect(read(participant, ref), JSON.stringify(ref)).toBe('done');
			expect(read(facilitator, ref), JSON.stringify(ref)).toBe('done');
			expect(read(stranger, ref), JSON.stringify(ref)).toBe('not_found');
		}
		expect(read(other, present())).toBe('not_found');
		// What somebody else's copy froze is a draft: who merely reads the starter does not see what it was then.
		const draft = { notebook: starter, kind: 'frozen', number: 1 } as const;
		const listed = async (actor: Actor) => [
			...listStates(t.app, actor, starter).flatMap(({ ref }) =>
				ref.kind === 'frozen' ? [ref.number] : []
			),
			...(await lineage(actor, starter)).versions.map(({ kind }) => kind)
		];
		expect(codeOf(() => readState(t.app, other, starter, draft))).toBe('not_found');
		expect(await listed(other)).toEqual([]);
		for (const actor of [participant, facilitator])
			expect(await listed(actor)).toEqual([1, 'frozen']);
		fork(other);
		expect(codeOf(() => readState(t.app, other, starter, draft))).toBe('done');
		expect(await listed(other)).toEqual([1, 'frozen']);
		expect(read(other, present(starter))).toBe('done');
		for (const ref of [
			{ notebook: null, kind: 'frozen', number: 9 },
			{ notebook: null, kind: 'kept', id: mine },
			{ notebook: starter, kind: 'kept', id: kept },
			{ notebook: starter, kind: 'origin' }
		] as const)
			expect(read(participant, ref), JSON.stringify(ref)).toBe('not_found');
		expect(readState(t.app, participant, mine, { notebook: null, kind: 'origin' })).toMatchObject({
			...{ notebookId: starter, title: 'Départ', owner: 'Anne', number: 1, readable: true },
			notebook: NOTEBOOK
		});
	});

	it('of what a copy was made from: for who made it also once they may not read that any more', () => {
		const mine = fork(participant);
		shareNotebook(t.app, participant, mine, {
			...{ kind: 'person', to: stranger.email ?? '', level: 'editor', days: 0 }
		});
		withdrawStarter(t.app, facilitator, workshop, starter);
		const origin = { notebook: null, kind: 'origin' } as const;
		expect(readState(t.app, participant, mine, origin)).toMatchObject({
			...{ owner: '', readable: false, title: 'Départ' }
		});
		expect(codeOf(() => readState(t.app, stranger, mine, origin))).toBe('not_found');
		const kinds = (actor: Actor) => listStates(t.app, actor, mine).map(({ ref }) => ref.kind);
		expect(kinds(participant)).toEqual(['present', 'origin']);
		expect(kinds(stranger)).toEqual(['present']);
		expect(codeOf(() => listStates(t.app, other, mine))).toBe('not_found');
	});
});

describe('what a notebook was when it was copied, and both took out since', () => {
	const SECRET = 'Perdrix';
	const origin = { notebook: null, kind: 'origin' } as const;
	let source: string;
	let mine: string;
	const share = (id: string, by: Actor, actor: Actor, level: 'viewer' | 'editor') =>
		shareNotebook(t.app, by, id, { kind: 'person', to: actor.email ?? '', level, days: 0 });
	const tookOut = (id: string, title: string) =>
		roomsOf(t.app).change(id, (doc) => {
			setTitle(doc, title);
			deleteCell(doc, 'gone');
			cellText(doc, 'kept')?.delete(0, SECRET.length);
		});
	/** All that is told of it, on every page that draws from it. */
	const told = async (actor: Actor): Promise<string> => {
		const ways: unknown[] = [
			describeNotebook(t.app, actor, mine),
			listStates(t.app, actor, mine),
			readState(t.app, actor, mine, origin),
			await lineage(actor, mine),
			await lineage(actor, source)
		];
		for (const work of [
			() => readState(t.app, actor, source, { notebook: null, kind: 'frozen', number: 1 }),
			() => ownChanges(t.app, actor, mine),
			() => originChanges(t.app, actor, mine)
		])
			if (codeOf(work) === 'done') ways.push(work());
		return JSON.stringify(ways);
	};

	beforeEach(() => {
		source = createNotebook(t.app, facilitator, {
			...{ workshopId: workshop, starter: true },
			notebook: toNotebook({
				title: `Titre ${SECRET}`,
				cells: [
					{ id: 'kept', source: `${SECRET} et canard`, mode: 'md' },
					{ id: 'gone', source: `# ${SECRET}`, mode: 'md' }
				]
			})
		});
		mine = fork(participant, source);
		// Before the first edit of all, what it was is kept in its own history.
		t.advance(60_000);
		roomsOf(t.app).beginnings.edits(mine, participant.personId);
		for (const id of [source, mine]) tookOut(id, id === mine ? 'La mienne' : 'Départ');
	});

	it('is not read there by who merely reads both: the origin as it is now is what they compare with', async () => {
		share(mine, participant, other, 'viewer');
		expect(level(other, source)).toBe('viewer');
		expect(await told(other)).not.toContain(SECRET);
		expect(readState(t.app, other, mine, origin)).toMatchObject({
			ref: { notebook: source, kind: 'present' },
			...{ title: 'Départ', owner: 'Anne', number: null, readable: true }
		});
		expect(listStates(t.app, other, mine).map(({ ref }) => ref)).toEqual([
			present(),
			present(source)
		]);
		expect(describeNotebook(t.app, other, mine).lineage?.title).toBe('Départ');
		// How much changed is told, and in which cells of the copy.
		expect((await lineage(other, source)).forks).toMatchObject([
			{
				id: mine,
				summary: {
					...{ total: 3, changed: 1, removed: 1, retitled: true },
					main: [{ kind: 'changed', parts: [] }]
				}
			}
		]);
	});

	it('is for who facilitates the workshop of a starter, of the copies that they read', async () => {
		seat(stranger.personId, 'facilitator');
		expect([level(stranger, source), level(stranger, mine)]).toEqual(['viewer', 'viewer']);
		for (const actor of [stranger, facilitator]) {
			expect(readState(t.app, actor, mine, origin)).toMatchObject({ ref: origin, number: 1 });
			expect(JSON.stringify(await forks(actor))).toContain(SECRET);
		}
		// Not once its owner takes the copy back, nor where the notebook is no starter any more.
		const grants = describeSharing(t.app, participant, mine).shares;
		withdrawStarter(t.app, facilitator, workshop, source);
		share(source, facilitator, stranger, 'viewer');
		expect(await told(stranger)).not.toContain(SECRET);
		for (const { id } of grants) revokeShare(t.app, participant, mine, id);
		expect(
			codeOf(() =>
				readState(t.app, stranger, source, { notebook: source, kind: 'frozen', number: 1 })
			)
		).toBe('not_found');
	});

	it('nor by who was a participant at its side', async () => {
		seat(stranger.personId, 'participant');
		share(mine, participant, stranger, 'viewer');
		expect(await told(stranger)).not.toContain(SECRET);
	});

	it('is for who edits the origin, and for who made or edits the copy, whose own history begins with it', async () => {
		share(mine, participant, other, 'editor');
		const frozen = { notebook: source, kind: 'frozen', number: 1 } as const;
		for (const actor of [facilitator, participant, other]) {
			expect(readState(t.app, actor, mine, origin)).toMatchObject({ ref: origin, number: 1 });
			expect(codeOf(() => readState(t.app, actor, mine, frozen))).toBe('done');
			expect((await lineage(actor, source)).forks).toMatchObject([
				{ summary: { main: [{ kind: 'changed' }, { kind: 'removed' }] } }
			]);
		}
		const first = readHistory(t.app, other, mine).versions.at(-1)?.id ?? '';
		expect(lookAtVersion(t.app, other, mine, first).notebook).toEqual(
			readState(t.app, other, mine, origin).notebook
		);
		for (const actor of [participant, other]) {
			expect(ownChanges(t.app, actor, mine).base.title).toContain(SECRET);
			expect(codeOf(() => originChanges(t.app, actor, mine))).toBe('done');
		}
		// It ends with the share.
		const [given] = describeSharing(t.app, participant, mine).shares.filter(
			({ kind }) => kind === 'person'
		);
		revokeShare(t.app, participant, mine, given?.id ?? '');
		share(mine, participant, other, 'viewer');
		expect(await told(other)).not.toContain(SECRET);
	});
});
