/** The versions that the people of a workshop made of its starters, for those who facilitate it. */
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Fork } from '../../core/notebook/lineage.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { levelOnNotebook } from '../access/notebook.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { notebooks, people, workshopPeople, workshops, workshopTables } from '../db/schema.ts';
import { paceOfLooks, summariesFor } from '../notebooks/fork-summaries.ts';
import { readableForks } from '../notebooks/forks.ts';

export interface WorkshopFork extends Fork {
	/** Where who made it sits; null: at no table, or in the workshop no more. */
	readonly tableId: string | null;
}

export interface ForkedStarter {
	readonly id: string;
	readonly title: string;
	readonly lang: Lang;
	/** Of a version that was made of in turn, who made it; null for a starter. */
	readonly owner: string | null;
	/** The last edited first. */
	readonly forks: readonly WorkshopFork[];
	/** Versions whose owners do not show them. */
	readonly others: number;
}

export interface WorkshopForks {
	readonly workshop: { readonly id: string; readonly title: string };
	readonly tables: readonly { readonly id: string; readonly name: string }[];
	readonly starters: readonly ForkedStarter[];
	/** What some of them changed is not reckoned yet: ask again. */
	readonly pending: boolean;
}

/** Versions that are shown on one page: the last edited. */
const MOST = 400;

/**
 * @param lang of the words
 * @throws NotFoundError for who is not of the workshop, ForbiddenError for who does not facilitate it; ThrottledError
 */
export async function describeWorkshopForks(
	app: App,
	actor: Actor,
	workshopId: string,
	lang: Lang
): Promise<WorkshopForks> {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
	paceOfLooks(app, actor);
	const starters = startersOf(app, actor, workshopId);
	const { forks, others } = readableForks(
		app,
		actor,
		starters.map(({ id }) => id)
	);
	const told = forks.slice(0, MOST);
	const summaries = await summariesFor(app, actor, told, lang);
	const seats = new Map(
		app.db
			.select({ person: workshopPeople.personId, table: workshopPeople.tableId })
			.from(workshopPeople)
			.where(eq(workshopPeople.workshopId, workshopId))
			.all()
			.map(({ person, table }) => [person, table])
	);
	return {
		workshop: {
			id: workshopId,
			title:
				app.db
					.select({ title: workshops.title })
					.from(workshops)
					.where(eq(workshops.id, workshopId))
					.get()?.title ?? ''
		},
		tables: app.db
			.select({ id: workshopTables.id, name: workshopTables.name })
			.from(workshopTables)
			.where(eq(workshopTables.workshopId, workshopId))
			.orderBy(asc(workshopTables.position))
			.all(),
		starters: starters.map((starter) => ({
			...starter,
			forks: told
				.filter(({ parentId }) => parentId === starter.id)
				.map(({ id, title, owner, ownerId, createdAt, updatedAt }) => ({
					...{ id, title, owner, owned: ownerId === actor.personId, createdAt, updatedAt },
					...{ summary: summaries.get(id) ?? null, tableId: seats.get(ownerId) ?? null }
				})),
			others: others.get(starter.id) ?? 0
		})),
		pending: told.some(({ id }) => !summaries.has(id))
	};
}

/** Its starters, and those that are offered no more and have versions; of these, what the actor may read. */
function startersOf(app: App, actor: Actor, workshopId: string) {
	const copied = new Set(
		app.db
			.select({ id: notebooks.parentId })
			.from(notebooks)
			.where(and(eq(notebooks.workshopId, workshopId), isNotNull(notebooks.parentId)))
			.all()
			.map(({ id }) => id)
	);
	return app.db
		.select({
			...{ id: notebooks.id, title: notebooks.title, lang: notebooks.lang },
			...{ starter: notebooks.starter, parentId: notebooks.parentId, owner: people.displayName }
		})
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(and(eq(notebooks.workshopId, workshopId), isNull(notebooks.deletedAt)))
		.orderBy(asc(notebooks.createdAt), notebooks.id)
		.all()
		.filter(
			({ id, starter }) => (starter || copied.has(id)) && levelOnNotebook(app, actor, id) !== null
		)
		.map(({ id, title, lang, starter, parentId, owner }) => ({
			...{ id, title, lang },
			owner: starter || parentId === null ? null : owner
		}));
}
