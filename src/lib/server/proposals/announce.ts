/** Tells those who have the notebooks of a proposal open that it came or changed. */
import { PROPOSALS_CHANGED } from '../../core/notebook/proposal.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';

export interface ProposalNews {
	readonly kind: 'proposal' | 'decision' | 'withdrawn' | 'comment';
	readonly proposalId: string;
	readonly originId: string;
	readonly forkId: string;
	/** The message, the reason or the comment. */
	readonly words: string;
}

export function announceProposal(app: App, _by: Actor, { originId, forkId }: ProposalNews): void {
	for (const id of [originId, forkId]) roomsOf(app).tell(id, PROPOSALS_CHANGED);
}
