/** Proposes changes of a version of one's own to what it was made from: those that are chosen, and nothing else of it. */
import { and, count, desc, eq, inArray, sum } from 'drizzle-orm';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { NotebookChange } from '../../core/notebook/change.ts';
import { changesBetween, chosenChanges } from '../../core/notebook/changes-between.ts';
import { lackedChanges } from '../../core/notebook/merge-change.ts';
import { mergeWork } from '../../core/notebook/merge-work.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { PROPOSAL_LIMITS, type ChangeState, type OwnChange } from '../../core/notebook/proposal.ts';
import { visibleText } from '../../core/people/profile.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { proposals, proposedChanges } from '../db/schema.ts';
import { announceProposal, tellProposal } from './announce.ts';
import { forkFor } from './fork-base.ts';
import { chosenAsShown } from './shown-changes.ts';

export interface OwnChanges {
	readonly originTitle: string;
	/** As they are now: to draw what a change gives. */
	readonly base: Notebook;
	readonly fork: Notebook;
	readonly changes: readonly OwnChange[];
}

/** What a version has that its origin lacks, in the order of the version. @throws ThrottledError */
export function ownChanges(app: App, actor: Actor, forkId: string): OwnChanges {
	const { base, fork, origin, originId, originTitle } = forkFor(app, actor, forkId);
	void throttlesOf(app).merges.attempt([{ key: actor.personId }]);
	const all = changesBetween(base, fork);
	const before = proposedBefore(app, forkId, originId);
	return {
		...{ originTitle, base, fork },
		changes: lackedChanges(base, origin, all, mergeWork()).map((change) => ({
			change,
			proposed: before.get(textOf(change)) ?? null
		}))
	};
}

/** A change as it reads, wherever it comes to stand. */
const textOf = (change: NotebookChange): string =>
	JSON.stringify('after' in change ? { ...change, after: null } : change);

/** What became of each change when it was proposed last. */
function proposedBefore(app: App, forkId: string, originId: string): Map<string, ChangeState> {
	const states = new Map<string, ChangeState>();
	for (const { content, state } of app.db
		.select({ content: proposedChanges.content, state: proposedChanges.state })
		.from(proposedChanges)
		.innerJoin(proposals, eq(proposals.id, proposedChanges.proposalId))
		.where(and(eq(proposals.forkId, forkId), eq(proposals.originId, originId)))
		.orderBy(desc(proposals.createdAt))
		.all()) {
		const text = textOf(JSON.parse(content) as NotebookChange);
		if (!states.has(text)) states.set(text, state);
	}
	return states;
}

/**
 * What of the version was proposed before and waits still is replaced.
 * @param chosen changes as `choiceOf` names them
 * @returns the proposal's id
 * @throws InvalidError `nothing_to_propose`, `too_long`; AppError `too_many_proposals`, `proposals_full`,
 * `proposal_changed_since`; ThrottledError
 */
export function propose(
	app: App,
	actor: Actor,
	forkId: string,
	{ chosen, message }: { readonly chosen: readonly string[]; readonly message: string }
): string {
	const { base, fork, origin, originId } = forkFor(app, actor, forkId);
	throttlesOf(app).rewrites.attempt([{ key: actor.personId }]);
	const words = cleanText(message, 'message', PROPOSAL_LIMITS.message);
	const all = changesBetween(base, fork);
	const lacked = new Set(lackedChanges(base, origin, all, mergeWork()).map((change) => change.id));
	const wanted = chosenAsShown(chosen, all);
	const changes = chosenChanges(all, (id) => wanted.has(id) && lacked.has(id));
	if (changes.length === 0) throw new InvalidError('nothing_to_propose');
	if (changes.length > PROPOSAL_LIMITS.changes)
		throw new InvalidError('too_many_changes', { max: PROPOSAL_LIMITS.changes });
	const order = base.cells.map(({ id }) => id);
	const contents = changes.map((change) => JSON.stringify(change));
	const bytes = [JSON.stringify(order), ...contents].reduce(
		(all, text) => all + Buffer.byteLength(text),
		0
	);
	const id = newId(app.random);
	const at = app.now();
	app.db.transaction(
		(tx) => {
			supersede(
				app,
				actor,
				forkId,
				changes.map((change) => change.id)
			);
			roomFor(app, actor, originId, bytes);
			tx.insert(proposals)
				.values({
					...{ id, originId, forkId, bytes, base: order, message: words },
					...{ forkTitle: fork.title, createdBy: actor.personId, createdAt: at }
				})
				.run();
			changes.forEach((change, place) => {
				const content = contents[place] ?? '';
				tx.insert(proposedChanges)
					.values({ proposalId: id, changeId: change.id, place, content })
					.run();
			});
			tellProposal(app, actor, id, originId, words);
		},
		{ behavior: 'immediate' }
	);
	announceProposal(app, { originId, forkId });
	return id;
}

function supersede(app: App, actor: Actor, forkId: string, ids: readonly string[]): void {
	app.db
		.update(proposedChanges)
		.set({ state: 'superseded', decidedBy: actor.personId, decidedAt: app.now() })
		.where(
			and(
				eq(proposedChanges.state, 'open'),
				inArray(proposedChanges.changeId, [...ids]),
				inArray(
					proposedChanges.proposalId,
					app.db.select({ id: proposals.id }).from(proposals).where(eq(proposals.forkId, forkId))
				)
			)
		)
		.run();
}

function roomFor(app: App, actor: Actor, originId: string, bytes: number): void {
	const mine = and(eq(proposals.originId, originId), eq(proposals.createdBy, actor.personId));
	const held = app.db
		.select({ bytes: sum(proposals.bytes).mapWith(Number) })
		.from(proposals)
		.where(mine)
		.get();
	if ((held?.bytes ?? 0) + bytes > PROPOSAL_LIMITS.bytes)
		throw new AppError('proposals_full', { megabytes: PROPOSAL_LIMITS.bytes / 1e6 });
	const open = app.db
		.select({ n: count() })
		.from(proposals)
		.where(
			and(
				mine,
				inArray(
					proposals.id,
					app.db
						.select({ id: proposedChanges.proposalId })
						.from(proposedChanges)
						.where(eq(proposedChanges.state, 'open'))
				)
			)
		)
		.get();
	if ((open?.n ?? 0) >= PROPOSAL_LIMITS.open)
		throw new AppError('too_many_proposals', { max: PROPOSAL_LIMITS.open });
}

/** @throws InvalidError `too_long` */
export function cleanText(text: string, field: string, max: number): string {
	const clean = visibleText(text);
	if (clean.length > max) throw new InvalidError('too_long', { max }, field);
	return clean;
}

/** Of a proposal, for who edits the version that it comes from: what is open of it is open no more. */
export function withdraw(app: App, actor: Actor, proposalId: string): void {
	const row = app.db.select().from(proposals).where(eq(proposals.id, proposalId)).get();
	if (!row) throw new NotFoundError();
	requireOnNotebook(app, actor, row.forkId, 'proposal.withdraw');
	app.db
		.update(proposedChanges)
		.set({ state: 'withdrawn', decidedBy: actor.personId, decidedAt: app.now() })
		.where(and(eq(proposedChanges.proposalId, proposalId), eq(proposedChanges.state, 'open')))
		.run();
	announceProposal(app, row);
}
