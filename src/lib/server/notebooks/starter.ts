/** Starter notebooks: those that a workshop offers its people, who read them and make their own versions. */
import { and, eq } from 'drizzle-orm';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { inForce, requireOnNotebook } from '../access/notebook.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { IMMEDIATE } from '../db/database.ts';
import { notebookGrants, notebooks, workshops } from '../db/schema.ts';

/**
 * Offers a notebook of the actor's as a starter of a workshop that they facilitate.
 * @param question one of the workshop's; null for none in particular
 */
export function offerAsStarter(
	app: App,
	actor: Actor,
	workshopId: string,
	notebookId: string,
	question: number | null
): void {
	manage(app, actor, workshopId);
	requireOnNotebook(app, actor, notebookId, 'notebook.share');
	const { notebook, workshop } = found(app, workshopId, notebookId);
	if (question !== null && !workshop.questions.includes(question))
		throw new InvalidError('question_unknown', {}, 'question');
	if (notebook.starter && notebook.workshopId !== workshopId)
		throw new AppError('starter_elsewhere');
	app.db.transaction(() => {
		app.db
			.update(notebooks)
			.set({ workshopId, question, starter: true })
			.where(eq(notebooks.id, notebookId))
			.run();
		const held = inForceHere(app, workshopId, notebookId);
		const shares = app.db.select().from(notebookGrants).where(held).all();
		if (shares.some(({ expiresAt }) => expiresAt === null)) return;
		// A share that would lapse no longer does; one that lets people edit lapses as it was to.
		const kept = app.db
			.update(notebookGrants)
			.set({ expiresAt: null })
			.where(and(held, eq(notebookGrants.level, 'viewer')))
			.run();
		if (kept.changes > 0) return;
		app.db
			.insert(notebookGrants)
			.values({
				id: newId(app.random),
				notebookId,
				granteeKind: 'workshop',
				granteeId: workshopId,
				level: 'viewer',
				createdBy: actor.personId,
				createdAt: app.now()
			})
			.run();
	}, IMMEDIATE);
}

/** Offers it no more: the workshop's people no longer read it; the versions they made of it stay theirs. */
export function withdrawStarter(
	app: App,
	actor: Actor,
	workshopId: string,
	notebookId: string
): void {
	manage(app, actor, workshopId);
	requireOnNotebook(app, actor, notebookId, 'notebook.share');
	const { notebook } = found(app, workshopId, notebookId);
	if (!notebook.starter || notebook.workshopId !== workshopId) throw new NotFoundError();
	app.db.transaction(() => {
		app.db.update(notebooks).set({ starter: false }).where(eq(notebooks.id, notebookId)).run();
		app.db
			.update(notebookGrants)
			.set({ revokedAt: app.now() })
			.where(inForceHere(app, workshopId, notebookId))
			.run();
	}, IMMEDIATE);
	roomsOf(app).recheck({ notebookId });
}

/** The workshop's shares of the notebook that are in force: neither revoked nor lapsed. */
const inForceHere = (app: App, workshopId: string, notebookId: string) =>
	and(
		eq(notebookGrants.notebookId, notebookId),
		eq(notebookGrants.granteeKind, 'workshop'),
		eq(notebookGrants.granteeId, workshopId),
		inForce(app.now())
	);

function found(app: App, workshopId: string, notebookId: string) {
	const notebook = app.db.select().from(notebooks).where(eq(notebooks.id, notebookId)).get();
	const workshop = app.db.select().from(workshops).where(eq(workshops.id, workshopId)).get();
	if (!notebook || !workshop) throw new NotFoundError();
	return { notebook, workshop };
}

function manage(app: App, actor: Actor, workshopId: string): void {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
}
