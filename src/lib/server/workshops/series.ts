/** Series (« démarches »): the workshops over which needs are combined. */
import { desc, eq } from 'drizzle-orm';
import { ForbiddenError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { cleanLine } from '../../core/people/profile.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnSite } from '../access/site.ts';
import type { Actor, App } from '../app.ts';
import { series } from '../db/schema.ts';

export const TITLE_MAX = 160;

/** Creates a series; answers its id. */
export function createSeries(app: App, actor: Actor | null, title: string): string {
	if (!actor || !allows(rolesOnSite(actor), 'series.create'))
		throw new ForbiddenError(actor ? 'account_required' : 'sign_in_required');
	const id = newId(app.random);
	app.db
		.insert(series)
		.values({
			id,
			title: cleanLine(title, 'seriesTitle', 'series_title_required', TITLE_MAX),
			createdBy: actor.personId,
			createdAt: app.now()
		})
		.run();
	return id;
}

/** The series that the actor made, latest first. */
export function listSeries(app: App, actor: Actor): { id: string; title: string }[] {
	return app.db
		.select({ id: series.id, title: series.title })
		.from(series)
		.where(eq(series.createdBy, actor.personId))
		.orderBy(desc(series.createdAt))
		.all();
}
