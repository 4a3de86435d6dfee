/** The copies that people made of notebooks, and which of them someone may read. */
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { reaches } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { notebookGrants, notebooks, people } from '../db/schema.ts';

export interface ForkRow {
	readonly id: string;
	readonly parentId: string | null;
	readonly parentVersionId: string | null;
	readonly title: string;
	readonly ownerId: string;
	readonly owner: string;
	readonly createdAt: number;
	readonly updatedAt: number;
}

export interface ReadableForks {
	/** Those that the actor may read, the last edited first. */
	readonly forks: readonly ForkRow[];
	/** How many there are of each notebook that the actor may not read: a number is all that is known of them. */
	readonly others: ReadonlyMap<string, number>;
}

export function readableForks(app: App, actor: Actor, parentIds: readonly string[]): ReadableForks {
	const others = new Map<string, number>();
	if (parentIds.length === 0) return { forks: [], others };
	const rows = app.db
		.select({
			...{ id: notebooks.id, parentId: notebooks.parentId, title: notebooks.title },
			...{ parentVersionId: notebooks.parentVersionId, ownerId: notebooks.ownerId },
			...{ owner: people.displayName, createdAt: notebooks.createdAt },
			updatedAt: notebooks.updatedAt
		})
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(and(inArray(notebooks.parentId, [...parentIds]), isNull(notebooks.deletedAt)))
		.orderBy(desc(notebooks.updatedAt), notebooks.id)
		.all();
	const reached = new Set(
		app.db
			.select({ id: notebookGrants.notebookId })
			.from(notebookGrants)
			.innerJoin(notebooks, eq(notebooks.id, notebookGrants.notebookId))
			.where(and(inArray(notebooks.parentId, [...parentIds]), reaches(app, actor.personId)))
			.all()
			.map(({ id }) => id)
	);
	const forks = rows.filter((row) => {
		if (row.ownerId === actor.personId || reached.has(row.id)) return true;
		const parent = row.parentId ?? '';
		others.set(parent, (others.get(parent) ?? 0) + 1);
		return false;
	});
	return { forks, others };
}
