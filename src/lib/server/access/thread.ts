/**
 * The roles a person holds on a thread: those on its notebook; and who opened it owns it, hence edits it, for as
 * long as they may read the notebook.
 */
import { allows, type Role } from '../../core/permissions/table.ts';
import type { Actor } from '../app.ts';

/** @param onNotebook the roles that the actor holds on the thread's notebook */
export function rolesOnThread(
	onNotebook: ReadonlySet<Role>,
	actor: Actor,
	thread: { readonly createdBy: string }
): Set<Role> {
	const roles = new Set(onNotebook);
	if (thread.createdBy === actor.personId && allows(roles, 'thread.read'))
		roles.add('owner').add('editor');
	return roles;
}
