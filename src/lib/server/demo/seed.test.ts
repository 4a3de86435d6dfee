import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { kindOf } from '../../core/analysis/kind-of.ts';
import type { App } from '../app.ts';
import {
	datasets,
	datasetVersions,
	notebooks,
	organisations,
	people,
	workshops
} from '../db/schema.ts';
import { describeSignInLink } from '../auth/sign-in-link.ts';
import { roomsOf } from '../collab/rooms.ts';
import { greeting } from '../greeting.ts';
import { listUsableDatasets } from '../datasets/describe.ts';
import { listNotebooks } from '../notebooks/describe.ts';
import { hasPassword } from '../people/account.ts';
import { readActor } from '../people/actor.ts';
import { describePool, listPools } from '../pools/describe.ts';
import { makeSnapshot, renewVersion } from '../pools/snapshot.ts';
import { standingParts, storedPool } from '../pools/stored-pool.ts';
import { listReports, readReport } from '../reports/read.ts';
import { workshopOfCode } from '../workshops/join-code.ts';
import { revokeJoinCode } from '../workshops/join-code.ts';
import { demoDoor, seedDemo } from './seed.ts';

const facing = (app: App, config: Partial<App['config']>): App => ({
	...app,
	config: { ...app.config, ...config }
});
const tokenIn = (text: string, path: string): string =>
	new RegExp(`/${path}/(\\S+)`).exec(text)?.[1] ?? '';

describe('an empty installation', () => {
	let demo: TestApp;
	beforeAll(async () => {
		demo = testApp();
		expect(await seedDemo(demo.app)).toBe(true);
	});
	afterAll(() => demo.close());

	test('gets organisations, datasets that say they are synthetic, and a workshop', () => {
		const { db } = demo.app;
		expect(db.select().from(organisations).all()).toHaveLength(6);
		const kept = db.select().from(datasets).all();
		expect(kept).toHaveLength(4);
		for (const { title, description, synthetic, about } of kept) {
			expect(synthetic).toBe(true);
			expect(description).toMatch(/synthétiques/);
			expect(about?.descriptionOther).toMatch(/Synthetic/);
			expect(about?.titleOther).not.toBe(title);
		}
		// What is said of columns is said of columns that are there.
		for (const { columnsAbout, id } of kept) {
			const version = db.select().from(datasetVersions).where(eq(datasetVersions.datasetId, id));
			const names = version.get()?.columns.map(({ name }) => name);
			for (const { name } of columnsAbout ?? []) expect(names).toContain(name);
		}
		expect(db.select().from(workshops).all()).toMatchObject([{ questions: [1, 5] }]);
	});

	test('says its datasets in the language of the reader', () => {
		const actor = readActor(demo.app, demoDoor(demo.app)?.personId ?? '');
		const titles = (lang: 'fr' | 'en') =>
			listUsableDatasets(demo.app, actor, lang).map(({ slug, title }) => [slug, title]);
		expect(titles('fr')).toContainEqual(['billetterie-demo', 'Billetterie']);
		expect(titles('en')).toContainEqual(['billetterie-demo', 'Ticket sales']);
		const [line] = listUsableDatasets(demo.app, actor, 'en').filter(
			({ slug }) => slug === 'billetterie-demo'
		);
		expect(line?.otherWords).toContain('Billetterie');
	});

	test('gets a pool of the five, whose version is what its parts make together', async () => {
		const actor = readActor(demo.app, demoDoor(demo.app)?.personId ?? '');
		const [line] = actor ? listPools(demo.app, actor) : [];
		const pool = describePool(demo.app, actor, line?.id ?? '');
		expect(pool.data?.members).toHaveLength(5);
		expect(pool.data?.parts).toHaveLength(9);
		expect(pool.synthetic).toBe(true);
		expect(pool.data?.dataset.rows).toBe(pool.data?.parts.reduce((sum, { rows }) => sum + rows, 0));
		// Read again from the parts in the store, it is the same table: nothing is to be made anew.
		expect(actor && (await renewVersion(demo.app, actor, pool.id))).toBeNull();
		const made = await makeSnapshot(
			demo.app,
			storedPool(demo.app, pool.id),
			standingParts(demo.app, pool.id)
		);
		const kept = demo.app.db
			.select({ hash: datasetVersions.hash })
			.from(datasetVersions)
			.where(eq(datasetVersions.datasetId, pool.data?.dataset.id ?? ''))
			.all();
		expect(kept).toEqual([{ hash: await demo.app.blobs.put(made.bytes) }]);
	});

	test('keeps the bytes of each dataset', async () => {
		const versions = demo.app.db.select().from(datasetVersions).all();
		expect(versions.map((version) => version.rows).sort((a, b) => b - a)[0]).toBe(200_000);
		for (const { hash, byteLength } of versions)
			expect((await demo.app.blobs.get(hash)).length).toBe(byteLength);
	});

	test('has, for each question, a starter notebook in each language: text, data, steps, control, charts', () => {
		const all = demo.app.db.select().from(notebooks).all();
		const rows = all.filter(({ question }) => question !== null);
		// The gallery is of no question, and is there in both languages too.
		expect(
			all
				.filter((row) => !rows.includes(row))
				.map(({ lang }) => lang)
				.sort()
		).toEqual(['en', 'fr']);
		expect(rows.map((row) => [row.question, row.lang]).sort()).toEqual([
			[1, 'en'],
			[1, 'fr'],
			[5, 'en'],
			[5, 'fr']
		]);
		const shapes = rows.map((row) => {
			expect(row.starter).toBe(true);
			expect(rows.find((other) => other.id === row.twinId)?.question).toBe(row.question);
			const { cells } = roomsOf(demo.app).read(row.id).notebook;
			const kinds = cells.map((cell) => kindOf(cell.source, cell.mode));
			const count = (kind: string) => kinds.filter((k) => k === kind).length;
			expect(count('data')).toBeGreaterThanOrEqual(1);
			expect(count('transform')).toBeGreaterThanOrEqual(3);
			expect(count('control')).toBe(1);
			expect(count('chart')).toBe(2);
			expect(count('code')).toBe(0);
			// Every cell that a text cites is there.
			for (const cell of cells)
				for (const [, id] of cell.source.matchAll(/#cellule-([\w-]+)/g))
					expect(cells.map((c) => c.id)).toContain(id);
			return `${row.question} ${cells.map((cell) => cell.id).join()}`;
		});
		// Twins have the same cells.
		expect(new Set(shapes).size).toBe(2);
	});

	test('names in notebooks the datasets that are there', () => {
		const names = demo.app.db
			.select()
			.from(datasets)
			.all()
			.map(({ slug }) => `${slug}@1.arrow`);
		for (const { id } of demo.app.db.select().from(notebooks).all())
			for (const { source } of roomsOf(demo.app).read(id).notebook.cells)
				for (const [, name] of source.matchAll(/FileAttachment\("([^"]+)"\)/g))
					expect(names).toContain(name);
	});

	test('has a facilitator who chooses a password, and is asked for none before', () => {
		const door = demoDoor(demo.app);
		const actor = door && readActor(demo.app, door.personId);
		expect(actor && hasPassword(demo.app, actor)).toBe(false);
	});

	test('lets its facilitator see the starters', () => {
		const actor = readActor(demo.app, demoDoor(demo.app)?.personId ?? '');
		if (!actor) throw new Error('no facilitator');
		expect(listNotebooks(demo.app, actor)).not.toEqual([]);
	});

	test('has a published report, the same in both languages, that says what it comes from', () => {
		const [listed, ...others] = listReports(demo.app, 'fr');
		expect(others).toEqual([]);
		const slug = listed?.slug ?? '';
		for (const lang of ['fr', 'en'] as const) {
			const report = readReport(demo.app, slug, lang, null);
			if (report.state !== 'published') throw new Error(report.state);
			expect(report.twin).toBe(true);
			expect(report.content.sources).toMatchObject([
				{ slug: 'representations-demo', synthetic: true, publication: 'rows' }
			]);
			const kept = demo.app.db.select().from(datasetVersions).all();
			expect(kept.map((version) => version.hash)).toContain(report.content.sources[0]?.hash);
			const outputs = report.content.blocks.flatMap((block) => block.outputs);
			const charts = outputs.filter((output) => output.kind === 'picture');
			expect(charts).toHaveLength(2);
			for (const { alt } of charts) expect(alt).not.toBe('');
		}
	});

	test('is seeded once', async () => {
		expect(await seedDemo(demo.app)).toBe(false);
		expect(demo.app.db.select().from(people).all()).toHaveLength(1);
	});

	test('a join code that closed is replaced by one that opens', () => {
		const door = demoDoor(demo.app);
		const actor = readActor(demo.app, door?.personId ?? '');
		const workshop = workshopOfCode(demo.app, door?.joinCode ?? '');
		expect(workshop).not.toBeNull();
		revokeJoinCode(demo.app, actor, workshop?.id ?? '');
		const next = demoDoor(demo.app)?.joinCode ?? '';
		expect(next).not.toBe(door?.joinCode);
		expect(workshopOfCode(demo.app, next)?.id).toBe(workshop?.id);
		expect(demoDoor(demo.app)?.joinCode).toBe(next);
	});

	test('greets on loopback with a link for the facilitator, new each time, 15 minutes long', () => {
		const app = facing(demo.app, { demo: true });
		const token = tokenIn(greeting(app), 'lien');
		expect(describeSignInLink(app, token)).toMatchObject({ kind: 'person' });
		expect(tokenIn(greeting(app), 'lien')).not.toBe(token);
		expect(greeting(app)).not.toContain('premier-acces');
		const before = app.now();
		const later = { ...app, now: () => before + 15 * 60_000 };
		expect(describeSignInLink(later, token)).toBeNull();
		expect(describeSignInLink({ ...app, now: () => before + 14 * 60_000 }, token)).not.toBeNull();
	});

	test('beyond loopback prints no link for the facilitator, but the first administrator’s', () => {
		const text = greeting(facing(demo.app, { demo: true, loopback: false, host: '0.0.0.0' }));
		expect(text).not.toContain('/lien/');
		expect(text).toContain('/premier-acces/');
		expect(text).toContain('/rejoindre/');
	});

	test('without the demo prints neither its link nor its code', () => {
		const text = greeting(facing(demo.app, { demo: false }));
		expect(text).not.toMatch(/\/lien\/|\/rejoindre\//);
	});
});

test('an installation that somebody uses is left alone', async () => {
	const used = testApp();
	testPerson(used.app, 'Ana');
	expect(await seedDemo(used.app)).toBe(false);
	expect(used.app.db.select().from(datasets).all()).toEqual([]);
	expect(demoDoor(used.app)).toBeNull();
	used.close();
});

test('the first administrator’s link is printed only while there is none', () => {
	const { app, close } = testApp();
	expect(describeSignInLink(app, tokenIn(greeting(app), 'premier-acces'))).toEqual({
		kind: 'first-administrator'
	});
	testPerson(app, 'Ana');
	app.db.update(people).set({ administrator: true }).run();
	expect(greeting(app)).not.toContain('premier-acces');
	close();
});
