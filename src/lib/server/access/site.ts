/** The roles a person holds anywhere, before any particular thing is asked about. */
import type { Role } from '../../core/permissions/table.ts';
import type { Actor } from '../app.ts';

export function rolesOnSite(actor: Actor | null): Set<Role> {
	const roles = new Set<Role>(['anonymous']);
	if (actor) roles.add(actor.kind);
	if (actor?.administrator) roles.add('administrator');
	return roles;
}

/**
 * What a person brings to a thing that is there. Not `guest`: on a thing it means a guest *of its workshop*, which
 * the thing alone can tell. A missing thing has no roles at all, so that it answers as a foreign one.
 */
export function rolesAnywhere(actor: Actor | null): Set<Role> {
	const roles = rolesOnSite(actor);
	roles.delete('guest');
	return roles;
}
