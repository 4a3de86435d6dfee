/** Turns roles into a refusal: missing where the thing may not even be seen, forbidden where it may. */
import { ForbiddenError, NotFoundError } from '../../core/errors.ts';
import { allows, type Action, type Role } from '../../core/permissions/table.ts';

/**
 * @param read the action that seeing the thing is; without it the thing answers as a missing one
 * @throws NotFoundError or ForbiddenError
 */
export function requireAllowed(
	roles: ReadonlySet<Role>,
	read: Action,
	action: Action = read
): void {
	if (!allows(roles, read)) throw new NotFoundError();
	if (!allows(roles, action)) throw new ForbiddenError();
}
