/** Tells those concerned that a proposal came, was decided or is discussed: in the transaction of it, and on their open pages after. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { mentionsIn } from '../../core/annotation/mentions.ts';
import { NOTIFICATION_LIMITS, type NotificationKind } from '../../core/annotation/notification.ts';
import { PROPOSALS_CHANGED } from '../../core/notebook/proposal.ts';
import { editorsOf } from '../access/notebook.ts';
import { placeOfProposal } from '../access/proposal.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notifications, proposalComments, proposals, proposedChanges } from '../db/schema.ts';
import { tell } from '../notifications/tell.ts';
import { shownWords } from './people.ts';

interface Ends {
	readonly originId: string;
	readonly forkId: string;
}

/** After its transaction. */
export function announceProposal(app: App, { originId, forkId }: Ends): void {
	for (const id of [originId, forkId]) roomsOf(app).tell(id, PROPOSALS_CHANGED);
}

/** Whoever may decide: they edit the origin. In the transaction of the proposal. */
export function tellProposal(
	app: App,
	actor: Actor,
	proposalId: string,
	originId: string,
	text: string
): void {
	const told = { byId: actor.personId, notebookId: originId, subjectId: proposalId, text };
	// One more than are told: who proposes may be of them.
	const to = editorsOf(app, originId, NOTIFICATION_LIMITS.people + 1);
	tell(app, { kind: 'proposal', ...told }, to);
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
	tellEach(app, actor, row, 'decision', text || row.message, [row.createdBy]);
}

/**
 * Who is named in a comment, and of that alone; else who made the proposal, who owns the origin, who decided a part of
 * it or wrote about it before. In the transaction of the comment, before it is there.
 */
export function tellProposalComment(
	app: App,
	actor: Actor,
	row: typeof proposals.$inferSelect,
	body: string
): void {
	const { id, originId, createdBy } = row;
	const [owner] = editorsOf(app, originId, 1);
	const decided = app.db
		.selectDistinct({ id: proposedChanges.decidedBy })
		.from(proposedChanges)
		.where(
			and(
				eq(proposedChanges.proposalId, id),
				inArray(proposedChanges.state, ['accepted', 'declined'])
			)
		)
		.all();
	const wrote = app.db
		.selectDistinct({ id: proposalComments.authorId })
		.from(proposalComments)
		.where(eq(proposalComments.proposalId, id))
		.all();
	const others = [...decided, ...wrote].flatMap((one) => one.id ?? []);
	const text = shownWords(app, row)(body);
	const named = new Set(tellEach(app, actor, row, 'proposal-mention', text, mentionsIn(body)));
	const concerned = [createdBy, ...(owner === undefined ? [] : [owner]), ...others];
	tellEach(
		app,
		actor,
		row,
		'proposal-comment',
		text,
		concerned.filter((personId) => !named.has(personId))
	);
}

/** Each on the pages of the notebook where they read the proposal. @returns those who were told */
function tellEach(
	app: App,
	actor: Actor,
	row: typeof proposals.$inferSelect,
	kind: NotificationKind,
	text: string,
	to: readonly string[]
): string[] {
	const byPlace = new Map<string, string[]>();
	for (const personId of new Set(to)) {
		const place = placeOfProposal(app, personId, row);
		if (place !== null) byPlace.set(place, [...(byPlace.get(place) ?? []), personId]);
	}
	const told = { byId: actor.personId, subjectId: row.id, kind, text };
	return [...byPlace].flatMap(([notebookId, people]) => tell(app, { ...told, notebookId }, people));
}
