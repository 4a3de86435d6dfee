/**
 * The roles a person holds on a published report: anyone reads it; it is its publisher's, and the owner's of the notebook
 * that it came from or of that one's twin. To edit the notebook by a share gives nothing on the report.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { allows, type Action, type Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { notebooks, reports } from '../db/schema.ts';

/** A missing report gives no role that does anything but read what is not there. */
export function rolesOnReport(app: App, actor: Actor | null, reportId: string): Set<Role> {
	const roles = new Set<Role>([actor ? actor.kind : 'anonymous']);
	if (!actor) return roles;
	const report = app.db
		.select({ ownerId: reports.ownerId, notebookId: reports.notebookId })
		.from(reports)
		.where(eq(reports.id, reportId))
		.get();
	if (!report) return roles;
	if (actor.administrator) roles.add('administrator');
	if (report.ownerId === actor.personId || ownsOrigin(app, actor, report.notebookId))
		roles.add('owner');
	return roles;
}

/** Whether the person owns a notebook, or the one that is it in the other language: each names the other. */
function ownsOrigin(app: App, actor: Actor, notebookId: string): boolean {
	const find = (id: string) =>
		app.db
			.select({ ownerId: notebooks.ownerId, twinId: notebooks.twinId })
			.from(notebooks)
			.where(and(eq(notebooks.id, id), isNull(notebooks.deletedAt)))
			.get();
	const origin = find(notebookId);
	if (origin?.ownerId === actor.personId) return true;
	const twin = origin?.twinId ? find(origin.twinId) : undefined;
	return twin?.twinId === notebookId && twin.ownerId === actor.personId;
}

/** Lets the person through or throws; a missing report answers like one that is another's. */
export function requireOnReport(
	app: App,
	actor: Actor | null,
	reportId: string,
	action: Action
): Set<Role> {
	const roles = rolesOnReport(app, actor, reportId);
	if (allows(roles, action)) return roles;
	const known = app.db
		.select({ id: reports.id })
		.from(reports)
		.where(eq(reports.id, reportId))
		.get();
	// That a report exists is public: only what may be done to it is not.
	throw known ? new ForbiddenError() : new NotFoundError();
}
