/** Accepts and declines changes that are proposed to a notebook, one by one; each once, whoever else decides meanwhile. */
import { and, eq } from 'drizzle-orm';
import { AppError, NotFoundError } from '../../core/errors.ts';
import type { NotebookChange } from '../../core/notebook/change.ts';
import { resolveChange, type Asked } from '../../core/notebook/merge-change.ts';
import type { MergeConflict } from '../../core/notebook/conflict.ts';
import { toNotebook, type Notebook } from '../../core/notebook/notebook.ts';
import { PROPOSAL_LIMITS, type ChangeOutcome } from '../../core/notebook/proposal.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { proposals, proposedChanges } from '../db/schema.ts';
import { announceProposal, tellDecision } from './announce.ts';
import { mergeInto } from './merge-into.ts';
import { cleanText } from './propose.ts';

/** A missing proposal answers like one of a notebook that the actor may not read. */
function deciding(app: App, actor: Actor, proposalId: string) {
	const row = app.db.select().from(proposals).where(eq(proposals.id, proposalId)).get();
	if (!row) throw new NotFoundError();
	requireOnNotebook(app, actor, row.originId, 'proposal.decide');
	throttlesOf(app).rewrites.attempt([{ key: actor.personId }]);
	return row;
}

export function changesOf(app: App, proposalId: string) {
	return app.db
		.select()
		.from(proposedChanges)
		.where(eq(proposedChanges.proposalId, proposalId))
		.orderBy(proposedChanges.place)
		.all()
		.map((row) => ({ ...row, change: JSON.parse(row.content) as NotebookChange }));
}

/**
 * Puts a change into the notebook as it is now, by three. In conflict, nothing is done, and a person decides; what they
 * decide is done if the notebook still reads as it did to them. To keep what is there is to decline.
 * @throws NotFoundError; AppError `proposal_decided`, `proposal_changed_since`; see also `mergeInto`
 */
export function acceptChange(
	app: App,
	actor: Actor,
	proposalId: string,
	changeId: string,
	asked: Asked | null = null
): ChangeOutcome {
	const { originId, forkId, base: order } = deciding(app, actor, proposalId);
	const rows = changesOf(app, proposalId);
	const row = rows.find((one) => one.changeId === changeId);
	if (!row) throw new NotFoundError();
	if (row.state !== 'open') throw new AppError('proposal_decided');
	const base: Notebook = toNotebook({ cells: order.map((id) => ({ id })) });
	const among = rows.map(({ change }) => change);
	const found: { conflict: MergeConflict | null; again: boolean } = {
		conflict: null,
		again: false
	};
	mergeInto(
		app,
		actor,
		originId,
		(now) => {
			const { notebook, conflict, again } = resolveChange(base, now, row.change, among, asked);
			found.conflict = conflict;
			found.again = again;
			return notebook;
		},
		() => {
			if (found.conflict) return;
			const kept = asked?.decision.take === 'ours';
			mark(app, actor, proposalId, changeId, kept ? 'declined' : 'accepted', '');
		}
	);
	const { conflict, again } = found;
	if (conflict) return { kind: 'conflict', conflict, again };
	announceProposal(app, { originId, forkId });
	return { kind: 'done' };
}

/** @throws NotFoundError; InvalidError `too_long`; AppError `proposal_decided` */
export function declineChange(
	app: App,
	actor: Actor,
	proposalId: string,
	changeId: string,
	reason: string
): void {
	const { originId, forkId } = deciding(app, actor, proposalId);
	const words = cleanText(reason, 'reason', PROPOSAL_LIMITS.reason);
	if (!changesOf(app, proposalId).some((row) => row.changeId === changeId))
		throw new NotFoundError();
	app.db.transaction(() => mark(app, actor, proposalId, changeId, 'declined', words), {
		behavior: 'immediate'
	});
	announceProposal(app, { originId, forkId });
}

/** In the transaction of what it decides. */
function mark(
	app: App,
	actor: Actor,
	proposalId: string,
	changeId: string,
	state: 'accepted' | 'declined',
	reason: string
): void {
	const { changes } = app.db
		.update(proposedChanges)
		.set({ state, reason, decidedBy: actor.personId, decidedAt: app.now() })
		.where(
			and(
				eq(proposedChanges.proposalId, proposalId),
				eq(proposedChanges.changeId, changeId),
				eq(proposedChanges.state, 'open')
			)
		)
		.run();
	if (changes !== 1) throw new AppError('proposal_decided');
	tellDecision(app, actor, proposalId, reason);
}
