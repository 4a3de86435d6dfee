/** The roles a person holds on a published report: anyone reads it; whoever edits a notebook that it came from may withdraw it. */
import { eq } from 'drizzle-orm';
import { ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { allows, type Action, type Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { reports } from '../db/schema.ts';
import { rolesOnNotebook } from './notebook.ts';

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
	if (
		report.ownerId === actor.personId ||
		rolesOnNotebook(app, actor, report.notebookId).has('editor')
	)
		roles.add('editor');
	return roles;
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
