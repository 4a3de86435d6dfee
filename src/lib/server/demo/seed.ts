/**
 * Gives an empty installation the demo: an account that facilitates, five organisations and the one that pools
 * their data, three datasets, a pool with the five's parts, a workshop on questions 1 and 5 with its tables and starter notebooks, a published
 * report. All of it or nothing: it is written in one transaction.
 */
import { eq } from 'drizzle-orm';
import { printFileName } from '../../core/dataset/file-name.ts';
import type { Lang, Notebook } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { newId } from '../../core/ids.ts';
import { storedColumns } from '../datasets/stored-columns.ts';
import { datasetGrants, datasets, datasetVersions, people, workshops } from '../db/schema.ts';
import { createNotebook } from '../notebooks/create.ts';
import { setTwins } from '../notebooks/manage.ts';
import { createOrganisation } from '../organisations/organisation.ts';
import { insertAccount } from '../people/account.ts';
import { readActor } from '../people/actor.ts';
import { createJoinCode, readJoinCode } from '../workshops/join-code.ts';
import { createSeries } from '../workshops/series.ts';
import { createWorkshop } from '../workshops/workshop.ts';
import { makeDemoDatasets, type DemoDataset } from './datasets.ts';
import { galleryNotebook } from './notebooks/gallery/gallery.ts';
import { newcomersNotebook } from './notebooks/newcomers.ts';
import { seatsNotebook } from './notebooks/seats.ts';
import { fillDemoPool, prepareDemoPool, type PreparedPool } from './pool.ts';
import { publishDemoReport, type KeptNotebook } from './report/publish.ts';
import { VENUES } from './venues.ts';

/** The domain cannot exist: nothing can ever be sent there. */
export const DEMO_EMAIL = 'animation@demo.invalid';
/** Has no password: it is entered by the link printed at start, until whoever does chooses one. */
const FACILITATOR = {
	displayName: 'Animation (démo)',
	email: DEMO_EMAIL,
	passwordHash: null,
	lang: 'fr',
	administrator: false
} as const;
/** In hours: a month. */
const CODE_LASTS = 720;

/** Seeds the demo if nobody has used the installation yet; answers whether it did. */
export async function seedDemo(app: App): Promise<boolean> {
	if (app.db.select({ id: people.id }).from(people).limit(1).get()) return false;
	// What takes time comes first, so that the store is locked for milliseconds only.
	const made = makeDemoDatasets();
	const kept = await Promise.all(
		Object.values(made).map(
			async (dataset: DemoDataset) =>
				[dataset, await app.blobs.put(dataset.bytes)] satisfies [DemoDataset, string]
		)
	);
	const prepared = await prepareDemoPool(app);
	app.db.transaction(
		() => {
			const actor = readActor(app, insertAccount(app, FACILITATOR));
			if (!actor) throw new Error('the demo account was not kept');
			fill(app, actor, kept, prepared);
		},
		{ behavior: 'immediate' }
	);
	return true;
}

function fill(
	app: App,
	actor: Actor,
	kept: readonly (readonly [DemoDataset, string])[],
	prepared: PreparedPool
): void {
	const venues = new Map(
		VENUES.map((venue) => [
			venue.id,
			createOrganisation(app, actor, {
				name: `${venue.name} (démo)`,
				region: venue.region,
				discipline: venue.programme[0]?.[0] ?? null
			})
		])
	);
	const pool = createOrganisation(app, actor, {
		name: 'Regroupement des cinq salles (démo)',
		region: null,
		discipline: null
	});
	const seriesId = createSeries(app, actor, 'Des données mises en commun (démo)');
	const workshopId = createWorkshop(app, actor, {
		seriesId,
		title: 'Rejoindre de nouveaux publics',
		description:
			'Un atelier de démonstration, sur des données synthétiques. / A demo workshop, on synthetic data.',
		questions: [1, 5],
		lang: 'fr',
		tables: ['Estran', 'Bastion', 'Confluence']
	});
	createJoinCode(app, actor, workshopId, CODE_LASTS);
	for (const [dataset, hash] of kept) keep(app, actor, pool, workshopId, dataset, hash);
	fillDemoPool(app, actor, prepared, { owner: pool, venues, workshopId });

	const [tickets = '', performances = '', web = ''] = kept.map(([d]) =>
		printFileName({ slug: d.slug, version: 1 })
	);
	const starter = (question: number, notebook: Notebook): KeptNotebook => ({
		id: createNotebook(app, actor, { notebook, workshopId, question, starter: true }),
		notebook
	});
	const twins = (question: number, fr: Notebook, en: Notebook): Record<Lang, KeptNotebook> => {
		const pair = { fr: starter(question, fr), en: starter(question, en) };
		setTwins(app, actor, pair.fr.id, pair.en.id);
		return pair;
	};
	// Made a moment before the others: lists begin with the questions' notebooks.
	const earlier = { ...app, now: () => app.now() - 1_000 };
	const gallery = (lang: Lang): string =>
		createNotebook(earlier, actor, {
			...{ notebook: galleryNotebook(lang, { performances, web }), workshopId, starter: true }
		});
	setTwins(app, actor, gallery('fr'), gallery('en'));
	const seats = twins(1, seatsNotebook('fr', performances), seatsNotebook('en', performances));
	twins(5, newcomersNotebook('fr', { tickets, web }), newcomersNotebook('en', { tickets, web }));
	publishDemoReport(app, actor, seats);
}

function keep(
	app: App,
	actor: Actor,
	organisationId: string,
	workshopId: string,
	dataset: DemoDataset,
	hash: string
): void {
	const { columns, bytes, ...said } = dataset;
	const datasetId = newId(app.random);
	const by = { createdBy: actor.personId, createdAt: app.now() };
	app.db
		.insert(datasets)
		.values({
			id: datasetId,
			...said,
			organisationId,
			synthetic: true,
			...by
		})
		.run();
	app.db
		.insert(datasetVersions)
		.values({
			id: newId(app.random),
			datasetId,
			number: 1,
			hash,
			byteLength: bytes.length,
			rows: columns[0]?.length ?? 0,
			columns: storedColumns(columns),
			...by
		})
		.run();
	app.db
		.insert(datasetGrants)
		.values({ datasetId, granteeKind: 'workshop', granteeId: workshopId, ...by })
		.run();
}

/** How to enter the demo, where this installation holds it: its facilitator, and a join code that opens. */
export function demoDoor(app: App): { personId: string; joinCode: string } | null {
	const person = app.db.select().from(people).where(eq(people.email, DEMO_EMAIL)).get();
	const actor = person && readActor(app, person.id);
	if (!actor) return null;
	const workshop = app.db
		.select({ id: workshops.id })
		.from(workshops)
		.where(eq(workshops.createdBy, actor.personId))
		.orderBy(workshops.createdAt)
		.get();
	if (!workshop) return null;
	const code =
		readJoinCode(app, actor, workshop.id) ?? createJoinCode(app, actor, workshop.id, CODE_LASTS);
	return { personId: actor.personId, joinCode: code.code };
}
