/** Who reads a proposal: who edits what it is made to, and who edits the version that it comes from. */
import { eq } from 'drizzle-orm';
import { allows } from '../../core/permissions/table.ts';
import type { App } from '../app.ts';
import { proposals } from '../db/schema.ts';
import { readActor } from '../people/actor.ts';
import { rolesOnNotebook } from './notebook.ts';

/** Of a proposal, what says who reads it. */
export type ProposalEnds = Pick<typeof proposals.$inferSelect, 'originId' | 'forkId' | 'createdBy'>;

/**
 * The notebook on whose pages a person reads a proposal now: for what they are told of without asking. Who made it reads
 * it on their version, others on what it is made to, as far as they may. null: it is not for them.
 */
export function placeOfProposal(app: App, personId: string, ends: ProposalEnds): string | null {
	const actor = readActor(app, personId);
	const { originId, forkId, createdBy } = ends;
	const places = personId === createdBy ? [forkId, originId] : [originId, forkId];
	return places.find((id) => allows(rolesOnNotebook(app, actor, id), 'proposal.read')) ?? null;
}

/** Whether a person reads a proposal now; false where there is none. */
export function mayReadProposal(app: App, personId: string, proposalId: string): boolean {
	const ends = app.db.select().from(proposals).where(eq(proposals.id, proposalId)).get();
	return ends !== undefined && placeOfProposal(app, personId, ends) !== null;
}
