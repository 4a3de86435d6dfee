/**
 * The roles a person holds on a comment. Who wrote it owns it; who owns the notebook, or facilitates the workshop
 * that the notebook belongs to, facilitates its discussions. All of it for as long as they may read the notebook.
 */
import { eq } from 'drizzle-orm';
import { allows, type Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { notebooks } from '../db/schema.ts';
import { rolesOnWorkshop } from './workshop.ts';

/**
 * Answers what gives a person's roles on each comment of a notebook.
 * @param onNotebook the roles that the actor holds on it
 */
export function rolesOnComments(
	app: App,
	onNotebook: ReadonlySet<Role>,
	actor: Actor,
	notebookId: string
): (comment: { readonly authorId: string }) => Set<Role> {
	const shared = new Set(onNotebook);
	// Owning the notebook is not having written what is said about it.
	const leads = shared.delete('owner') || facilitates(app, actor, notebookId);
	if (leads && allows(onNotebook, 'thread.read')) shared.add('facilitator');
	return ({ authorId }) => {
		const roles = new Set(shared);
		if (authorId === actor.personId && allows(onNotebook, 'thread.read')) roles.add('owner');
		return roles;
	};
}

function facilitates(app: App, actor: Actor, notebookId: string): boolean {
	const notebook = app.db
		.select({ workshopId: notebooks.workshopId })
		.from(notebooks)
		.where(eq(notebooks.id, notebookId))
		.get();
	if (!notebook?.workshopId) return false;
	return rolesOnWorkshop(app, actor, notebook.workshopId).has('facilitator');
}
