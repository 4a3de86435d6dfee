/** What pages of proposals call things. */
import { cellLabel } from '$lib/core/notebook/cell-label';
import type { NotebookChange } from '$lib/core/notebook/change';
import type { ConflictKind } from '$lib/core/notebook/conflict';
import type { ChangeState, ProposalListing } from '$lib/core/notebook/proposal';
import type { ProposalNews } from '$lib/core/notebook/proposal-news';
import { m } from '$lib/paraglide/messages';

const STATES: Readonly<Record<ChangeState, () => string>> = {
	open: m.proposal_state_open,
	accepted: m.proposal_state_accepted,
	declined: m.proposal_state_declined,
	withdrawn: m.proposal_state_withdrawn,
	superseded: m.proposal_state_superseded
};
export const stateName = (state: ChangeState): string => STATES[state]();

const BEFORE: Readonly<Record<ChangeState, () => string>> = {
	open: m.proposal_before_open,
	accepted: m.proposal_before_accepted,
	declined: m.proposal_before_declined,
	withdrawn: m.proposal_before_withdrawn,
	superseded: m.proposal_before_superseded
};
/** What became of a change that was proposed before. */
export const proposedBefore = (state: ChangeState): string => BEFORE[state]();

export const STATE_TONES = {
	open: 'info',
	accepted: 'ok',
	declined: 'danger',
	withdrawn: 'neutral',
	superseded: 'neutral'
} as const satisfies Record<ChangeState, string>;

const CONFLICTS: Readonly<Record<ConflictKind, () => string>> = {
	title: m.proposal_conflict_title,
	'edited-both': m.proposal_conflict_edited,
	'added-both': m.proposal_conflict_added,
	'edited-deleted': m.proposal_conflict_edited_deleted,
	'deleted-edited': m.proposal_conflict_deleted_edited,
	'moved-both': m.proposal_conflict_moved
};
export const conflictText = (kind: ConflictKind): string => CONFLICTS[kind]();

/**
 * What to say once a change was asked to be accepted.
 * @param state what became of it; anything else: it is in conflict, nothing was done, and the page shows why
 */
export const decidedWords = (state: unknown): string | null =>
	state === 'accepted'
		? m.proposal_accepted()
		: state === 'declined'
			? m.proposal_declined()
			: null;
/** What another person did while the page is open. */
export function newsText(news: ProposalNews): string {
	if (news.kind === 'edited') return m.proposal_live_edited();
	const name = { name: news.by };
	if (news.kind === 'comment') return m.proposal_live_comment(name);
	if (news.state === 'accepted') return m.proposal_live_accepted(name);
	return news.state === 'declined' ? m.proposal_live_declined(name) : m.proposal_live_gone(name);
}

/** « 1 à décider, 2 acceptés ». */
export function countsText({ states, comments }: ProposalListing): string {
	const gone = states.withdrawn + states.superseded;
	return [
		...(states.open ? [m.proposal_counts_open({ count: states.open })] : []),
		...(states.accepted ? [m.proposal_counts_accepted({ count: states.accepted })] : []),
		...(states.declined ? [m.proposal_counts_declined({ count: states.declined })] : []),
		...(gone ? [m.proposal_counts_gone({ count: gone })] : []),
		...(comments ? [m.proposal_counts_comments({ count: comments })] : [])
	].join(', ');
}

/** The cell of a change, as the change has it; null for the title and the language. */
export const cellOf = (change: NotebookChange) =>
	change.kind === 'title' || change.kind === 'lang'
		? null
		: change.kind === 'changed'
			? change.to
			: change.cell;

/** The id of a change's card in its page. */
export const changeAnchor = ({ id }: Pick<NotebookChange, 'id'>): string =>
	`change-${id.replace(':', '-')}`;

/** What a change is about, in few words. */
export function changeLabel(change: NotebookChange): string {
	const cell = cellOf(change);
	if (cell) return cellLabel(cell).text || m.history_empty_cell();
	return change.kind === 'title' ? change.to : '';
}
