/** Tells those concerned that a proposal came or was decided: in the transaction of it, and on their open pages after. */
import { and, eq, isNull } from 'drizzle-orm';
import { PROPOSALS_CHANGED } from '../../core/notebook/proposal.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks, notifications, proposals } from '../db/schema.ts';
import { tell } from '../notifications/tell.ts';

interface Ends {
	readonly originId: string;
	readonly forkId: string;
}

/** After its transaction. */
export function announceProposal(app: App, { originId, forkId }: Ends): void {
	for (const id of [originId, forkId]) roomsOf(app).tell(id, PROPOSALS_CHANGED);
}

/** Who owns the origin, in the transaction of the proposal. */
export function tellProposal(
	app: App,
	actor: Actor,
	proposalId: string,
	originId: string,
	text: string
): void {
	const row = app.db
		.select({ ownerId: notebooks.ownerId })
		.from(notebooks)
		.where(eq(notebooks.id, originId))
		.get();
	const told = { byId: actor.personId, notebookId: originId, subjectId: proposalId, text };
	if (row) tell(app, { kind: 'proposal', ...told }, [row.ownerId]);
}

/** Who made the proposal, in the transaction of the decision: once, until they have read it. */
export function tellDecision(app: App, actor: Actor, proposalId: string, text: string): void {
	const row = app.db.select().from(proposals).where(eq(proposals.id, proposalId)).get();
	if (!row) return;
	app.db
		.delete(notifications)
		.where(
			and(
				eq(notifications.subjectId, proposalId),
				eq(notifications.kind, 'decision'),
				isNull(notifications.readAt)
			)
		)
		.run();
	const told = { byId: actor.personId, notebookId: row.forkId, subjectId: proposalId };
	tell(app, { kind: 'decision', ...told, text: text || row.message }, [row.createdBy]);
}
