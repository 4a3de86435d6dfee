/**
 * For tests only: one person of each role around the same things, in the store of a running demo. The server sees
 * them at once; each request of theirs carries a session of its own.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { cellText } from '../../src/lib/collab/document.ts';
import { newId } from '../../src/lib/core/ids.ts';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor } from '../../src/lib/server/app.ts';
import { createSession, sessionCookieName } from '../../src/lib/server/auth/session.ts';
import { roomsOf } from '../../src/lib/server/collab/rooms.ts';
import {
	datasetGrants,
	datasets,
	datasetVersions,
	memberships,
	notebookGrants,
	notebooks,
	people,
	poolInvitations,
	poolMembers,
	poolParts,
	reports,
	workshopPeople
} from '../../src/lib/server/db/schema.ts';
import { createNotebook, forkNotebook } from '../../src/lib/server/notebooks/create.ts';
import { keepDeleted } from '../../src/lib/server/notebooks/history-deleted.ts';
import { nameVersion } from '../../src/lib/server/notebooks/history.ts';
import { deleteNotebook } from '../../src/lib/server/notebooks/manage.ts';
import { createOrganisation } from '../../src/lib/server/organisations/organisation.ts';
import { createPool } from '../../src/lib/server/pools/create.ts';
import { lastPartNumber } from '../../src/lib/server/pools/stored-pool.ts';
import { propose } from '../../src/lib/server/proposals/propose.ts';
import { listThreads } from '../../src/lib/server/threads/list.ts';
import { openThread } from '../../src/lib/server/threads/thread.ts';
import { prepareWorkshop } from '../../src/lib/server/workshops/prepare.ts';
import { createTable } from '../../src/lib/server/workshops/table.ts';
import { testApp, testPerson } from './app.ts';
import type { RunningServer } from './server.ts';

export const CAST = [
	'administrator',
	'facilitator',
	'steward',
	'seated-steward',
	'editor',
	'participant',
	'viewer',
	'guest',
	'stranger',
	'anonymous'
] as const;
/**
 * `facilitator` owns the notebook too; `seated-steward` is a steward of the organisation who takes part in the workshop;
 * `stranger` has an account and nothing to do with any of it.
 */
export type Part = (typeof CAST)[number];

/** What is asked of the parts of the cast's pool. */
export const POOL_CONTRACT = {
	title: { fr: 'Bassin des droits', en: 'Pool of rights' },
	columns: [
		{
			name: 'billets',
			label: { fr: 'Billets', en: 'Tickets' },
			type: 'integer',
			required: true
		}
	],
	terms: { licence: 'CC-BY-4.0', publication: 'nothing' }
};

export class Cast {
	readonly #open: ReturnType<typeof testApp>;
	readonly #people = new Map<Part, Actor>();
	readonly workshop: string;
	readonly organisation: string;
	readonly dataset: string;
	/** Another organisation of the steward's. */
	readonly otherOrganisation: string;
	readonly slug: string;

	constructor(server: RunningServer) {
		this.#open = testApp(server.data, server.port);
		const { app } = this.#open;
		// The clock of the test's store is not the server's: sessions are made by the server's.
		// Each cast is of its own: two may play on one server.
		const play = newId(app.random).slice(0, 8);
		for (const part of CAST)
			if (part !== 'anonymous')
				this.#people.set(
					part,
					testPerson(app, `${part}-${play}`, part === 'guest' ? 'guest' : 'account')
				);
		app.db
			.update(people)
			.set({ administrator: true })
			.where(eq(people.id, this.actor('administrator').personId))
			.run();

		this.workshop = prepareWorkshop(app, this.actor('facilitator'), {
			title: 'Atelier des droits',
			questions: [1],
			lang: 'fr',
			seriesId: null,
			seriesTitle: 'Démarche des droits',
			tables: []
		});
		for (const part of ['participant', 'guest', 'seated-steward'] as const)
			this.seat(this.actor(part).personId);

		this.organisation = createOrganisation(app, this.actor('steward'), {
			name: 'Organisme des droits',
			region: '',
			discipline: ''
		});
		this.otherOrganisation = createOrganisation(app, this.actor('steward'), {
			name: 'Autre organisme',
			region: '',
			discipline: ''
		});
		this.slug = `essai-des-droits-${play}`;
		this.dataset = newId(app.random);
		const model = app.db.select().from(datasetVersions).get();
		if (!model) throw new Error('the demo has no dataset');
		const createdBy = this.actor('steward').personId;
		app.db
			.insert(datasets)
			.values({
				id: this.dataset,
				slug: this.slug,
				organisationId: this.organisation,
				title: 'Jeu des droits',
				licence: 'CC-BY-4.0',
				createdBy,
				createdAt: app.now()
			})
			.run();
		app.db
			.insert(datasetVersions)
			.values({ ...model, id: newId(app.random), datasetId: this.dataset, createdBy })
			.run();
		this.governed();
		this.granted();
	}

	/** The organisation, with both its stewards (again, where one had left); answers its id. */
	governed(): string {
		const { app } = this.#open;
		for (const part of ['steward', 'seated-steward'] as const)
			app.db
				.insert(memberships)
				.values({
					organisationId: this.organisation,
					personId: this.actor(part).personId,
					role: 'steward',
					createdAt: app.now()
				})
				.onConflictDoNothing()
				.run();
		return this.organisation;
	}

	/** The dataset, granted to the workshop and readable (again, where it was no longer); answers its id. */
	granted(): string {
		const { app } = this.#open;
		app.db
			.update(datasets)
			.set({ withdrawnAt: null, purgeAt: null })
			.where(eq(datasets.id, this.dataset))
			.run();
		app.db
			.insert(datasetGrants)
			.values({
				datasetId: this.dataset,
				granteeKind: 'workshop',
				granteeId: this.workshop,
				createdBy: this.actor('steward').personId,
				createdAt: app.now()
			})
			.onConflictDoNothing()
			.run();
		return this.dataset;
	}

	#pool: string | null = null;
	/**
	 * A pool that the steward's other organisation runs and the organisation takes part in, with a part of it that
	 * stands; the seated steward is invited (all again, where they no longer were). Answers its id.
	 */
	pool(): string {
		const { app } = this.#open;
		const steward = this.actor('steward');
		const organisationId = this.governed();
		this.#pool ??= createPool(app, steward, {
			organisationId: this.otherOrganisation,
			contract: POOL_CONTRACT
		}).id;
		const poolId = this.#pool;
		const now = app.now();
		app.db
			.insert(poolMembers)
			.values({ poolId, organisationId, joinedBy: steward.personId, joinedAt: now })
			.onConflictDoNothing()
			.run();
		app.db
			.insert(poolInvitations)
			.values({
				poolId,
				personId: this.actor('seated-steward').personId,
				invitedBy: steward.personId,
				invitedAt: now
			})
			.onConflictDoNothing()
			.run();
		app.db
			.update(poolParts)
			.set({ supersededAt: now })
			.where(and(eq(poolParts.poolId, poolId), isNull(poolParts.supersededAt)))
			.run();
		app.db
			.insert(poolParts)
			.values({
				id: newId(app.random),
				...{ poolId, organisationId, period: '', contractVersion: 1 },
				number: lastPartNumber(app, { poolId, organisationId, period: '' }) + 1,
				...{ hash: '0'.repeat(64), byteLength: 1, rows: 1, columns: [] },
				contributedBy: steward.personId,
				contributedAt: now
			})
			.run();
		return poolId;
	}

	actor(part: Exclude<Part, 'anonymous'>): Actor {
		const actor = this.#people.get(part);
		if (!actor) throw new Error(`nobody plays ${part}`);
		return actor;
	}

	/** A new person seated in the workshop; answers their id. */
	seated(): string {
		const { personId } = testPerson(this.#open.app, `assis-${newId(this.#open.app.random)}`);
		this.seat(personId);
		return personId;
	}

	/** A new member of the organisation; answers their id. */
	member(): string {
		const { app } = this.#open;
		const { personId } = testPerson(app, `membre-${newId(app.random)}`);
		app.db
			.insert(memberships)
			.values({
				organisationId: this.organisation,
				personId,
				role: 'member',
				createdAt: app.now()
			})
			.run();
		return personId;
	}

	/** A new table of the workshop; answers its id. */
	table(): string {
		const { app } = this.#open;
		return createTable(app, this.actor('facilitator'), this.workshop, 'Table');
	}

	/** Notebooks are made at a pace. */
	#pace(): void {
		this.#open.advance(30_000);
	}

	/** A new notebook of the facilitator's, who deleted it; answers its id. */
	deletedNotebook(): string {
		const { app } = this.#open;
		const { id } = this.notebook();
		deleteNotebook(app, this.actor('facilitator'), id);
		// By the server's clock it has its day before it.
		app.db
			.update(notebooks)
			.set({ purgeAt: Date.now() + 86_400_000 })
			.where(eq(notebooks.id, id))
			.run();
		return id;
	}

	/** A new starter of the workshop; answers its id. */
	starter(): string {
		this.#pace();
		return createNotebook(this.#open.app, this.actor('facilitator'), {
			notebook: toNotebook({ title: 'Départ des droits', lang: 'fr', cells: [] }),
			workshopId: this.workshop,
			question: 1,
			starter: true
		});
	}

	/** A new notebook as `notebook` makes it, to which the viewer proposes a change of a version of their own. */
	proposal(): { id: string; fork: string; proposal: string } {
		const { app } = this.#open;
		const { id } = this.notebook();
		const viewer = this.actor('viewer');
		const fork = forkNotebook(app, viewer, id);
		roomsOf(app).change(fork, (doc) => void cellText(doc, 'un')?.insert(1, ' + 1'));
		const proposal = propose(app, viewer, fork, { chosen: ['changed:un'], message: 'Voyez' });
		return { id, fork, proposal };
	}

	/** A new notebook of the facilitator's, that the editor edits and the viewer reads. */
	notebook(): {
		id: string;
		grant: string;
		thread: string;
		comment: string;
		/** Kept by the editor. */
		version: string;
		/** Deleted by the editor. */
		deleted: string;
	} {
		const { app } = this.#open;
		const owner = this.actor('facilitator');
		this.#pace();
		const id = createNotebook(app, owner, {
			notebook: toNotebook({
				title: 'Carnet des droits',
				lang: 'fr',
				cells: [{ id: 'un', source: '1' }]
			})
		});
		const grant = (part: 'editor' | 'viewer'): string => {
			const grantId = newId(app.random);
			app.db
				.insert(notebookGrants)
				.values({
					id: grantId,
					notebookId: id,
					granteeKind: 'person',
					granteeId: this.actor(part).personId,
					level: part,
					createdBy: owner.personId,
					createdAt: app.now()
				})
				.run();
			return grantId;
		};
		grant('viewer');
		const thread = openThread(app, owner, id, {
			anchor: { kind: 'cell', cell: 'un' },
			excerpt: '1',
			body: 'Une question'
		});
		const [first] = listThreads(app, owner, id);
		const editing = grant('editor');
		const editor = this.actor('editor');
		// Versions are named at a pace.
		this.#open.advance(1_000);
		keepDeleted(app, id, editor.personId, [
			{ cell: { id: 'deux', mode: 'js', source: '2', pinned: true }, after: 'un' }
		]);
		return {
			id,
			grant: editing,
			thread,
			comment: first?.comments[0]?.id ?? '',
			version: nameVersion(app, editor, id, 'Version des droits'),
			deleted: 'deux'
		};
	}

	/** A new report of the facilitator's, on a new notebook; answers both ids. */
	report(): { notebook: string; report: string } {
		const { app } = this.#open;
		const { id: notebookId } = this.notebook();
		const report = newId(app.random);
		app.db
			.insert(reports)
			.values({
				id: report,
				slug: `rapport-${report}`,
				notebookId,
				ownerId: this.actor('facilitator').personId,
				createdAt: app.now()
			})
			.run();
		return { notebook: notebookId, report };
	}

	/** The `cookie` header of a new session of theirs. */
	async cookie(part: Part): Promise<string> {
		if (part === 'anonymous') return '';
		const { app } = this.#open;
		// By the machine's clock, which the server reads.
		const now = { ...app, now: Date.now };
		const session = await createSession(now, this.actor(part).personId);
		return `${sessionCookieName(app)}=${session.value}`;
	}

	seat(personId: string): void {
		const { app } = this.#open;
		app.db
			.insert(workshopPeople)
			.values({ workshopId: this.workshop, personId, role: 'participant', joinedAt: app.now() })
			.run();
	}

	close(): void {
		this.#open.close();
	}
}
