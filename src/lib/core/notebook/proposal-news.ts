/** What another person did to a proposal while its page is open: what is said of it, and what stays as it was drawn. */
import type { Notebook } from './notebook.ts';
import type { ChangeState, Proposal, ProposedChange } from './proposal.ts';

/** A proposal with what it is made to as it is now; null where the reader may not read that. */
export interface ProposalState {
	readonly proposal: Proposal;
	readonly now: Notebook | null;
}

/** A proposal as its page shows it. */
export interface ProposalPage extends ProposalState {
	/** Notebooks whose rooms tell the reader what becomes of it, together: notices are for who edits, edits for who reads. */
	readonly rooms: readonly string[];
}

export type ProposalNews =
	| { readonly kind: 'comment'; readonly by: string }
	| {
			readonly kind: 'decided';
			readonly by: string;
			readonly state: ChangeState;
			readonly changeId: string;
	  }
	/** What it is made to reads otherwise, without a decision that would be why. */
	| { readonly kind: 'edited' };

/** What came between two states, of others alone; in the order of the page. */
export function newsBetween(before: ProposalState, after: ProposalState): ProposalNews[] {
	const was = statesOf(before);
	const decided = after.proposal.changes.filter(
		({ change, state }) => state !== 'open' && was.get(change.id) === 'open'
	);
	const known = new Set(before.proposal.discussion.map(({ id }) => id));
	const said = after.proposal.discussion.filter(({ id, mine }) => !mine && !known.has(id));
	const accepted = decided.some(({ state }) => state === 'accepted');
	return [
		...decided
			.filter(({ mine }) => !mine)
			.map(({ by, state, change }) => {
				return { kind: 'decided' as const, by, state, changeId: change.id };
			}),
		...(!accepted && !same(before.now, after.now) ? [{ kind: 'edited' as const }] : []),
		...said.map(({ author }) => ({ kind: 'comment' as const, by: author }))
	];
}

const statesOf = ({ proposal }: ProposalState): ReadonlyMap<string, ChangeState> =>
	new Map(proposal.changes.map(({ change, state }) => [change.id, state]));

/** The later state, with the very values of the earlier one where they say the same: what is drawn of them stays. */
export function settled(before: ProposalState, after: ProposalState): ProposalState {
	const drawn = new Map(before.proposal.changes.map((one) => [one.change.id, one]));
	const changes = after.proposal.changes.map((one): ProposedChange => {
		const old = drawn.get(one.change.id);
		return old && same(old.change, one.change) ? { ...one, change: old.change } : one;
	});
	return {
		proposal: { ...after.proposal, changes },
		now: same(before.now, after.now) ? before.now : after.now
	};
}

/** Both were made by one function of the server. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
