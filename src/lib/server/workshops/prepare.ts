/** Prepares a workshop from one form: in a series of the actor's, or in a new one made with it. */
import { cleanLine } from '../../core/people/profile.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { createSeries, TITLE_MAX } from './series.ts';
import { createWorkshop, type NewWorkshop } from './workshop.ts';

export interface PreparedWorkshop extends Omit<NewWorkshop, 'seriesId'> {
	/** null: a new series is made. */
	readonly seriesId: string | null;
	/** Of the new series; the workshop's own title when it is left empty. */
	readonly seriesTitle?: string;
}

/** Answers the workshop's id; refused, it leaves no series behind. */
export function prepareWorkshop(app: App, actor: Actor | null, fields: PreparedWorkshop): string {
	const { seriesId, seriesTitle = '', ...workshop } = fields;
	return app.db.transaction(() => {
		if (seriesId !== null) return createWorkshop(app, actor, { ...workshop, seriesId });
		const title = cleanLine(workshop.title, 'title', 'title_required', TITLE_MAX);
		const named = seriesTitle.trim() === '' ? title : seriesTitle;
		return createWorkshop(app, actor, {
			...workshop,
			seriesId: createSeries(app, actor, named)
		});
	}, IMMEDIATE);
}
