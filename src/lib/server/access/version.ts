/**
 * The roles a person holds on a kept version, or on a deleted cell: those on its notebook; and who kept or deleted it
 * owns it, for as long as they may read the notebook.
 */
import { allows, type Role } from '../../core/permissions/table.ts';
import type { Actor } from '../app.ts';

/**
 * @param onNotebook the roles that the actor holds on the notebook
 * @param madeBy who kept the version, or deleted the cell; null: the server
 */
export function rolesOnKept(
	onNotebook: ReadonlySet<Role>,
	actor: Actor,
	madeBy: string | null
): Set<Role> {
	const roles = new Set(onNotebook);
	if (madeBy === actor.personId && allows(roles, 'version.read')) roles.add('owner');
	return roles;
}
