/**
 * The roles a person holds on a dataset; none at all where it is missing. Its organisation's stewards govern it; the
 * organisation's members use it, and so do those of a workshop or an organisation it was granted to, those of the
 * organisations that take part where it is a pool's, or everyone who is signed in where its terms say so. Once withdrawn, or past the last day of its terms, its stewards alone see that it was.
 */
import { and, eq, inArray } from 'drizzle-orm';
import { ForbiddenError, GoneError, NotFoundError } from '../../core/errors.ts';
import { isExpired } from '../../core/governance/terms.ts';
import { dayOf } from '../../core/moment.ts';
import { allows, type Action, type Role } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { datasetGrants, datasets, memberships, organisations, poolMembers } from '../db/schema.ts';
import { rolesAnywhere } from './site.ts';
import { workshopsOf } from './workshops-of.ts';

export type Closed = 'withdrawn' | 'expired';

export interface DatasetStanding {
	readonly roles: Set<Role>;
	/** Why it is read no more, for those who would read it otherwise and for its stewards; null: it is open, or not theirs. */
	readonly closed: Closed | null;
}

export const rolesOnDataset = (app: App, actor: Actor | null, id: string): Set<Role> =>
	standingOnDataset(app, actor, id).roles;

export function standingOnDataset(app: App, actor: Actor | null, id: string): DatasetStanding {
	const found = app.db.select().from(datasets).where(eq(datasets.id, id)).get();
	if (!found) return { roles: new Set(), closed: null };
	const roles = rolesAnywhere(actor);
	if (!actor) return { roles, closed: null };

	const member = app.db
		.select({ role: memberships.role, organisationId: memberships.organisationId })
		.from(memberships)
		.where(eq(memberships.personId, actor.personId))
		.all();
	const own = member.find((m) => m.organisationId === found.organisationId);
	if (own?.role === 'steward') roles.add('steward');
	const granted = (kind: 'workshop' | 'organisation', ids: string[]): boolean =>
		ids.length > 0 &&
		app.db
			.select({ id: datasetGrants.datasetId })
			.from(datasetGrants)
			.where(
				and(
					eq(datasetGrants.datasetId, id),
					eq(datasetGrants.granteeKind, kind),
					inArray(datasetGrants.granteeId, ids)
				)
			)
			.get() !== undefined;
	const pooled = (ids: string[]): boolean =>
		found.poolId !== null &&
		ids.length > 0 &&
		app.db
			.select({ id: poolMembers.organisationId })
			.from(poolMembers)
			.where(and(eq(poolMembers.poolId, found.poolId), inArray(poolMembers.organisationId, ids)))
			.get() !== undefined;
	const organisationIds = member.map((m) => m.organisationId);
	const reads =
		own !== undefined ||
		found.audience === 'everyone' ||
		// A pool is read by who takes part in it, whatever was granted before that was refused.
		(found.poolId === null && granted('organisation', organisationIds)) ||
		pooled(organisationIds) ||
		granted('workshop', workshopsOf(app, actor.personId));
	if (!reads) return { roles, closed: null };
	const closed =
		found.withdrawnAt !== null
			? 'withdrawn'
			: isExpired(found.validUntil, dayOf(app.now()))
				? 'expired'
				: null;
	if (closed === null) roles.add('viewer');
	return { roles, closed };
}

/**
 * Lets the person through, or throws: GoneError `dataset_withdrawn` or `dataset_expired` (details: title, organisation,
 * and the last day) if they could read it before, NotFoundError if they could not, else ForbiddenError. Answers the roles
 * they hold.
 */
export function requireOnDataset(
	app: App,
	actor: Actor | null,
	id: string,
	action: Action = 'dataset.read'
): Set<Role> {
	const { roles, closed } = standingOnDataset(app, actor, id);
	if (!allows(roles, 'dataset.read')) {
		if (closed) throw goneError(app, id, closed);
		throw new NotFoundError();
	}
	if (!allows(roles, action)) throw new ForbiddenError();
	return roles;
}

/**
 * What is said of a closed dataset to who could read it: its title, its organisation, and no more.
 * @param version the one that was withdrawn, where the dataset stands
 */
export function goneError(app: App, id: string, closed: Closed, version?: number): GoneError {
	const found = app.db
		.select({
			title: datasets.title,
			organisation: organisations.name,
			day: datasets.validUntil
		})
		.from(datasets)
		.innerJoin(organisations, eq(organisations.id, datasets.organisationId))
		.where(eq(datasets.id, id))
		.get();
	const details = {
		title: found?.title ?? '',
		organisation: found?.organisation ?? '',
		...(version === undefined ? {} : { version })
	};
	return closed === 'withdrawn'
		? new GoneError('dataset_withdrawn', details)
		: new GoneError('dataset_expired', { ...details, day: found?.day ?? '' });
}
