/** What the notebook page and the lists say of a notebook. */
import { and, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { NotFoundError } from '../../core/errors.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { allows } from '../../core/permissions/table.ts';
import {
	levelOnNotebook,
	reaches,
	requireOnNotebook,
	rolesOnNotebook,
	type NotebookLevel
} from '../access/notebook.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { notebookGrants, notebooks, people, workshops } from '../db/schema.ts';
import { shownWhenForked } from './create.ts';
import { frozenFor, versionHeading } from './versions.ts';

export interface NotebookDescription {
	readonly id: string;
	readonly title: string;
	readonly lang: Lang;
	readonly level: NotebookLevel;
	/** Whether the actor owns it: shares and deletes it. */
	readonly owned: boolean;
	readonly ownerName: string;
	/** `href` is a French canonical path; null when the actor may not read the parent. */
	/** `owner`: whose it is, where the reader may open it. */
	readonly lineage: {
		title: string;
		href: string | null;
		version: number;
		owner: string | null;
	} | null;
	readonly twin: { id: string; title: string; lang: Lang } | null;
	/** `href` is null for someone who is not of the workshop. */
	readonly workshop: { id: string; title: string; href: string | null } | null;
	readonly question: number | null;
	readonly starter: boolean;
	/** The workshop whose facilitators will read a version that the actor makes of it; null: nobody will. */
	readonly forkShownTo: string | null;
	/** A version of the actor's own made from this one, if there is one: offered before making another. */
	readonly mine: { id: string; title: string } | null;
	/** Names the person's unsaved edits of this notebook on their device; says nothing to others. */
	readonly draftKey: string;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** Names what a person has of a notebook on their device. */
export const draftKeyOf = (actor: Actor, notebookId: string): string =>
	`${actor.personId}.${notebookId}`;

/** Throws NotFoundError if the actor may not read it. */
export function describeNotebook(
	app: App,
	actor: Actor | null,
	notebookId: string
): NotebookDescription {
	const roles = requireOnNotebook(app, actor, notebookId, 'notebook.read');
	const row = app.db
		.select({ notebook: notebooks, ownerName: people.displayName })
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(eq(notebooks.id, notebookId))
		.get();
	if (!row || !actor) throw new NotFoundError();
	const { notebook } = row;
	return {
		id: notebook.id,
		title: notebook.title,
		lang: notebook.lang,
		level: allows(roles, 'notebook.edit') ? 'editor' : 'viewer',
		owned: roles.has('owner'),
		ownerName: row.ownerName,
		lineage: lineageOf(app, actor, notebook.parentVersionId, roles.has('owner')),
		twin: twinOf(app, actor, notebook.twinId),
		workshop: workshopOf(app, actor, notebook.workshopId),
		question: notebook.question,
		starter: notebook.starter,
		forkShownTo: titleOf(app, shownWhenForked(app, actor, notebook)),
		mine: ownVersionOf(app, actor, notebookId),
		draftKey: draftKeyOf(actor, notebook.id),
		createdAt: notebook.createdAt,
		updatedAt: notebook.updatedAt
	};
}

/** @param owned the actor made the copy: what it was made from is no news to them */
function lineageOf(app: App, actor: Actor, versionId: string | null, owned: boolean) {
	const heading = versionId === null ? null : versionHeading(app, versionId);
	if (!heading) return null;
	const roles = rolesOnNotebook(app, actor, heading.notebookId);
	const readable = allows(roles, 'notebook.read');
	// A copy that is shared tells its readers nothing of a notebook that they may not read.
	if (!readable && !owned) return null;
	const asItWas = owned || frozenFor(app, actor, heading.notebookId, roles)(heading);
	return {
		title: asItWas ? heading.title : titleNow(app, heading.notebookId),
		href: readable ? `/carnets/${heading.notebookId}` : null,
		version: heading.number,
		owner: readable ? ownerName(app, heading.notebookId) : null
	};
}

function titleNow(app: App, notebookId: string): string {
	const row = app.db
		.select({ title: notebooks.title })
		.from(notebooks)
		.where(eq(notebooks.id, notebookId))
		.get();
	return row?.title ?? '';
}

function ownerName(app: App, notebookId: string): string | null {
	const row = app.db
		.select({ name: people.displayName })
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(eq(notebooks.id, notebookId))
		.get();
	return row?.name ?? null;
}

function twinOf(app: App, actor: Actor, twinId: string | null) {
	if (twinId === null || levelOnNotebook(app, actor, twinId) === null) return null;
	return (
		app.db
			.select({ id: notebooks.id, title: notebooks.title, lang: notebooks.lang })
			.from(notebooks)
			.where(eq(notebooks.id, twinId))
			.get() ?? null
	);
}

function workshopOf(app: App, actor: Actor, workshopId: string | null) {
	if (workshopId === null) return null;
	const row = app.db
		.select({ title: workshops.title })
		.from(workshops)
		.where(eq(workshops.id, workshopId))
		.get();
	const inside = allows(rolesOnWorkshop(app, actor, workshopId), 'workshop.read');
	return row
		? { id: workshopId, title: row.title, href: inside ? `/ateliers/${workshopId}` : null }
		: null;
}

function titleOf(app: App, workshopId: string | null): string | null {
	if (workshopId === null) return null;
	const row = app.db
		.select({ title: workshops.title })
		.from(workshops)
		.where(eq(workshops.id, workshopId))
		.get();
	return row?.title ?? null;
}

function ownVersionOf(app: App, actor: Actor, notebookId: string) {
	return (
		app.db
			.select({ id: notebooks.id, title: notebooks.title })
			.from(notebooks)
			.where(
				and(
					eq(notebooks.parentId, notebookId),
					eq(notebooks.ownerId, actor.personId),
					isNull(notebooks.deletedAt)
				)
			)
			.orderBy(desc(notebooks.updatedAt))
			.limit(1)
			.get() ?? null
	);
}

export interface NotebookListing {
	readonly id: string;
	readonly title: string;
	readonly lang: Lang;
	readonly owned: boolean;
	readonly level: NotebookLevel;
	readonly ownerName: string;
	readonly workshop: { id: string; title: string } | null;
	readonly question: number | null;
	readonly starter: boolean;
	/** The same notebook in the other language. */
	readonly twinId: string | null;
	/** It was copied from another notebook. */
	readonly derived: boolean;
	/**
	 * Copied, and still called as what it was copied from: the title alone does not tell them apart. Told only to who reads
	 * that one too: a title could be guessed by giving it to one's copy.
	 */
	readonly namesake: boolean;
	/** A starter: the actor's own version of it, if there is one. */
	readonly mineId: string | null;
	readonly updatedAt: number;
}

/**
 * Every notebook that the actor may read, the latest changed first; only a workshop's, if one is named. Not the versions
 * that people of a workshop show to those who facilitate it: they have a page of their own.
 */
export function listNotebooks(
	app: App,
	actor: Actor,
	{ workshopId }: { workshopId?: string } = {}
): NotebookListing[] {
	const reached = app.db
		.select({ id: notebookGrants.notebookId, level: notebookGrants.level })
		.from(notebookGrants)
		.where(and(reaches(app, actor.personId), ne(notebookGrants.granteeKind, 'facilitators')))
		.all();
	const editable = new Set(reached.filter((g) => g.level === 'editor').map((g) => g.id));
	const parents = alias(notebooks, 'parents');
	const rows = app.db
		.select({
			notebook: notebooks,
			parentTitle: parents.title,
			parentOwnerId: parents.ownerId,
			parentDeletedAt: parents.deletedAt,
			ownerName: people.displayName,
			workshopTitle: workshops.title
		})
		.from(notebooks)
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.leftJoin(workshops, eq(workshops.id, notebooks.workshopId))
		.leftJoin(parents, eq(parents.id, notebooks.parentId))
		.where(
			and(
				isNull(notebooks.deletedAt),
				or(
					eq(notebooks.ownerId, actor.personId),
					inArray(notebooks.id, [...new Set(reached.map((g) => g.id))])
				),
				workshopId === undefined ? undefined : eq(notebooks.workshopId, workshopId)
			)
		)
		.orderBy(desc(notebooks.updatedAt), notebooks.id)
		.all();
	const mineOf = new Map<string, string>();
	for (const { notebook } of rows)
		if (notebook.ownerId === actor.personId && notebook.parentId && !mineOf.has(notebook.parentId))
			mineOf.set(notebook.parentId, notebook.id);
	const readable = new Set(reached.map(({ id }) => id));
	return rows.map(({ notebook, ownerName, workshopTitle, ...parent }) => {
		const owned = notebook.ownerId === actor.personId;
		const readsParent =
			parent.parentDeletedAt === null &&
			(parent.parentOwnerId === actor.personId || readable.has(notebook.parentId ?? ''));
		return {
			id: notebook.id,
			title: notebook.title,
			lang: notebook.lang,
			owned,
			level: owned || editable.has(notebook.id) ? 'editor' : 'viewer',
			ownerName,
			workshop:
				notebook.workshopId && workshopTitle
					? { id: notebook.workshopId, title: workshopTitle }
					: null,
			question: notebook.question,
			starter: notebook.starter,
			twinId: notebook.twinId,
			derived: notebook.parentId !== null,
			namesake: readsParent && notebook.title === parent.parentTitle,
			mineId: mineOf.get(notebook.id) ?? null,
			updatedAt: notebook.updatedAt
		};
	});
}
