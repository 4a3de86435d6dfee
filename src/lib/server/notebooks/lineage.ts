/**
 * Where a notebook comes from and what was made of it. Of a notebook that the reader may not read, no title and no name
 * is told: an ancestor is there and nothing more, and copies are a number, for the notebook's owner alone.
 */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Ancestor, Lineage, LineageVersion } from '../../core/notebook/lineage.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { allows, type Role } from '../../core/permissions/table.ts';
import { requireOnNotebook, rolesOnNotebook } from '../access/notebook.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { notebookHistory, notebooks, notebookVersions, people } from '../db/schema.ts';
import { paceOfLooks, summariesFor } from './fork-summaries.ts';
import { readableForks } from './forks.ts';
import { frozenFor } from './versions.ts';

/** A chain is followed that far. */
const MOST_ANCESTORS = 20;
/** Copies that are told, the last edited. */
const MOST_FORKS = 200;
const MOST_FROZEN = 20;

/** @param lang of the words. @throws NotFoundError if the actor may not read the notebook; ThrottledError */
export async function lineageOf(
	app: App,
	actor: Actor,
	notebookId: string,
	lang: Lang
): Promise<Lineage> {
	const roles = requireOnNotebook(app, actor, notebookId, 'notebook.read');
	paceOfLooks(app, actor);
	const { forks, others } = readableForks(app, actor, [notebookId]);
	const told = forks.slice(0, MOST_FORKS);
	const summaries = await summariesFor(app, actor, told, lang);
	const self = headingOf(app, notebookId);
	return {
		ancestors: ancestorsOf(app, actor, notebookId),
		...{ title: self?.title ?? '', owner: self?.owner ?? '' },
		versions: versionsOf(app, actor, notebookId, roles),
		forks: told.map(({ id, title, owner, ownerId, createdAt, updatedAt }) => ({
			...{ id, title, owner, owned: ownerId === actor.personId, createdAt, updatedAt },
			summary: summaries.get(id) ?? null
		})),
		pending: told.some(({ id }) => !summaries.has(id)),
		workshop: facilitated(app, actor, notebookId),
		others: roles.has('owner') ? (others.get(notebookId) ?? 0) : null
	};
}

function facilitated(app: App, actor: Actor, notebookId: string): string | null {
	const row = app.db
		.select({ workshopId: notebooks.workshopId, starter: notebooks.starter })
		.from(notebooks)
		.where(eq(notebooks.id, notebookId))
		.get();
	if (!row?.starter || row.workshopId === null) return null;
	const roles = rolesOnWorkshop(app, actor, row.workshopId);
	return allows(roles, 'workshop.manage') ? row.workshopId : null;
}

/** null: deleted, or never there. */
const headingOf = (app: App, notebookId: string) =>
	app.db
		.select({
			...{ title: notebooks.title, owner: people.displayName },
			...{ parentId: notebooks.parentId, parentVersionId: notebooks.parentVersionId }
		})
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(and(eq(notebooks.id, notebookId), isNull(notebooks.deletedAt)))
		.get() ?? null;

function ancestorsOf(app: App, actor: Actor, notebookId: string): Ancestor[] {
	const chain: Ancestor[] = [];
	const met = new Set([notebookId]);
	let child = headingOf(app, notebookId);
	while (child?.parentId && child.parentVersionId && chain.length < MOST_ANCESTORS) {
		const id = child.parentId;
		if (met.has(id)) break;
		met.add(id);
		const parent = headingOf(app, id);
		// What stands above one that may not be read is not told either: it would say what that one came from.
		if (!parent || !allows(rolesOnNotebook(app, actor, id), 'notebook.read')) {
			chain.push(null);
			break;
		}
		const version = app.db
			.select({ number: notebookVersions.number })
			.from(notebookVersions)
			.where(eq(notebookVersions.id, child.parentVersionId))
			.get();
		chain.push({
			...{ id, title: parent.title, owner: parent.owner },
			number: version?.number ?? 0
		});
		child = parent;
	}
	return chain.reverse();
}

function versionsOf(
	app: App,
	actor: Actor,
	notebookId: string,
	roles: ReadonlySet<Role>
): LineageVersion[] {
	const named = app.db
		.select({
			...{ id: notebookHistory.id, name: notebookHistory.name, at: notebookHistory.createdAt }
		})
		.from(notebookHistory)
		.where(and(eq(notebookHistory.notebookId, notebookId), eq(notebookHistory.kind, 'named')))
		.all()
		.flatMap(({ id, name, at }): LineageVersion[] =>
			name === null || !allows(roles, 'version.read') ? [] : [{ kind: 'named', id, name, at }]
		);
	const frozen = app.db
		.select({
			...{ id: notebookVersions.id, number: notebookVersions.number },
			...{ reason: notebookVersions.reason, createdBy: notebookVersions.createdBy },
			at: notebookVersions.createdAt
		})
		.from(notebookVersions)
		.where(eq(notebookVersions.notebookId, notebookId))
		.orderBy(desc(notebookVersions.number))
		.all()
		.filter(frozenFor(app, actor, notebookId, roles))
		.slice(0, MOST_FROZEN)
		.map(({ number, reason, at }): LineageVersion => ({ kind: 'frozen', number, reason, at }));
	return [...named, ...frozen].sort((a, b) => b.at - a.at);
}
