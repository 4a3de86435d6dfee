/** Proposals as those concerned see them: who edits what they are made to, and who edits the version that they come from. */
import { and, count, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import {
	CHANGE_STATES,
	PROPOSAL_LIMITS,
	type ChangeState,
	type Proposal,
	type ProposalCounts,
	type ProposalListing
} from '../../core/notebook/proposal.ts';
import type { ProposalPage } from '../../core/notebook/proposal-news.ts';
import { allows, type Role } from '../../core/permissions/table.ts';
import { requireOnNotebook, rolesOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebooks, people, proposalComments, proposals, proposedChanges } from '../db/schema.ts';
import { readSubjects } from '../notifications/read.ts';
import { versionHeading } from '../notebooks/versions.ts';
import { announceProposal, tellProposalComment } from './announce.ts';
import { changesOf } from './decide.ts';
import { shownWords } from './people.ts';
import { cleanText } from './propose.ts';
import { countOriginChanges } from './take-in.ts';

/** The latest of them. */
const MOST_LISTED = 500;

/** Those made to a notebook and those made from it, the latest first. */
export function listProposals(
	app: App,
	actor: Actor,
	notebookId: string
): { readonly received: ProposalListing[]; readonly made: ProposalListing[] } {
	requireOnNotebook(app, actor, notebookId, 'proposal.read');
	return {
		received: listed(app, eq(proposals.originId, notebookId)),
		made: listed(app, eq(proposals.forkId, notebookId))
	};
}

function listed(app: App, which: ReturnType<typeof eq>): ProposalListing[] {
	const rows = app.db
		.select({
			...{ id: proposals.id, by: people.displayName, at: proposals.createdAt },
			message: proposals.message
		})
		.from(proposals)
		.innerJoin(people, eq(people.id, proposals.createdBy))
		.where(which)
		.orderBy(desc(proposals.createdAt), sql`${proposals}.rowid desc`)
		.limit(MOST_LISTED)
		.all();
	const ids = rows.map(({ id }) => id);
	const states = new Map(ids.map((id) => [id, noStates()]));
	for (const { id, state, n } of app.db
		.select({ id: proposedChanges.proposalId, state: proposedChanges.state, n: count() })
		.from(proposedChanges)
		.where(inArray(proposedChanges.proposalId, ids))
		.groupBy(proposedChanges.proposalId, proposedChanges.state)
		.all()) {
		const of = states.get(id);
		if (of) of[state] = n;
	}
	const said = new Map(
		app.db
			.select({ id: proposalComments.proposalId, n: count() })
			.from(proposalComments)
			.where(inArray(proposalComments.proposalId, ids))
			.groupBy(proposalComments.proposalId)
			.all()
			.map(({ id, n }) => [id, n])
	);
	return rows.map((row) => ({
		...row,
		states: states.get(row.id) ?? noStates(),
		comments: said.get(row.id) ?? 0
	}));
}

const noStates = (): Record<ChangeState, number> =>
	Object.fromEntries(CHANGE_STATES.map((state) => [state, 0])) as Record<ChangeState, number>;

/** A proposal that is not for the actor answers like a missing one. */
function concerned(app: App, actor: Actor, proposalId: string) {
	const row = app.db.select().from(proposals).where(eq(proposals.id, proposalId)).get();
	if (!row) throw new NotFoundError();
	const [onOrigin, onFork] = [row.originId, row.forkId].map((id) =>
		rolesOnNotebook(app, actor, id)
	);
	if (!onOrigin || !onFork) throw new NotFoundError();
	if (!allows(onOrigin, 'proposal.read') && !allows(onFork, 'proposal.read'))
		throw new NotFoundError();
	return { row, onOrigin, onFork };
}

/** @throws NotFoundError */
export function readProposal(app: App, actor: Actor, proposalId: string): Proposal {
	const { row, onOrigin, onFork } = concerned(app, actor, proposalId);
	const [listing] = listed(app, eq(proposals.id, proposalId));
	if (!listing) throw new NotFoundError();
	const rows = changesOf(app, proposalId);
	const names = new Map(
		app.db
			.select({ id: people.id, name: people.displayName })
			.from(people)
			.where(
				inArray(
					people.id,
					rows.flatMap(({ decidedBy }) => decidedBy ?? [])
				)
			)
			.all()
			.map(({ id, name }) => [id, name])
	);
	const waits = listing.states.open > 0;
	const shown = shownWords(app, row);
	return {
		...listing,
		mine: row.createdBy === actor.personId,
		originId: row.originId,
		originTitle: originTitle(app, row, onOrigin, onFork),
		forkTitle: row.forkTitle,
		forkId: allows(onFork, 'notebook.read') ? row.forkId : null,
		base: row.base,
		changes: rows.map(({ change, state, decidedBy, decidedAt, reason }) => ({
			...{ change, state, reason, at: decidedAt },
			by: names.get(decidedBy ?? '') ?? '',
			mine: decidedBy === actor.personId
		})),
		discussion: app.db
			.select({
				...{ id: proposalComments.id, author: people.displayName },
				...{ authorId: proposalComments.authorId },
				...{ body: proposalComments.body, at: proposalComments.createdAt }
			})
			.from(proposalComments)
			.innerJoin(people, eq(people.id, proposalComments.authorId))
			.where(eq(proposalComments.proposalId, proposalId))
			.orderBy(proposalComments.createdAt, sql`${proposalComments}.rowid`)
			.all()
			.map(({ authorId, body, ...said }) => ({
				...{ ...said, body: shown(body), mine: authorId === actor.personId }
			})),
		mayDecide: waits && allows(onOrigin, 'proposal.decide'),
		mayWithdraw: waits && allows(onFork, 'proposal.withdraw')
	};
}

/**
 * As it is called today, for who may read it; as it was called when the version was made, for whose version it is; '' for
 * anyone else.
 */
function originTitle(
	app: App,
	{ originId, forkId }: typeof proposals.$inferSelect,
	onOrigin: ReadonlySet<Role>,
	onFork: ReadonlySet<Role>
): string {
	const readable = allows(onOrigin, 'notebook.read');
	if (!readable && !onFork.has('owner')) return '';
	const row = app.db
		.select({ title: notebooks.title, versionId: notebooks.parentVersionId })
		.from(notebooks)
		.where(eq(notebooks.id, readable ? originId : forkId))
		.get();
	if (!row || readable) return row?.title ?? '';
	return row.versionId === null ? '' : (versionHeading(app, row.versionId)?.title ?? '');
}

/**
 * @param notebookId what it is made to, or the version that it comes from
 * @throws NotFoundError
 */
export function proposalPage(
	app: App,
	actor: Actor,
	notebookId: string,
	proposalId: string
): ProposalPage {
	const { row, onOrigin } = concerned(app, actor, proposalId);
	if (row.originId !== notebookId && row.forkId !== notebookId) throw new NotFoundError();
	const readable = allows(onOrigin, 'notebook.read');
	return {
		proposal: readProposal(app, actor, proposalId),
		now: readable ? roomsOf(app).read(row.originId).notebook : null,
		rooms: [
			...(readable ? [row.originId] : []),
			// Who does not edit the origin edits the version: they are of those concerned.
			...(allows(onOrigin, 'proposal.read') ? [] : [row.forkId])
		]
	};
}

/** @throws NotFoundError; InvalidError `comment_required`, `too_long`; AppError `too_many_comments`; ThrottledError */
export function discussProposal(app: App, actor: Actor, proposalId: string, body: string): void {
	const { row, onOrigin, onFork } = concerned(app, actor, proposalId);
	if (!allows([...onOrigin, ...onFork], 'proposal.discuss')) throw new NotFoundError();
	throttlesOf(app).rewrites.attempt([{ key: actor.personId }]);
	const words = cleanText(body, 'body', PROPOSAL_LIMITS.comment);
	if (words === '') throw new InvalidError('comment_required', {}, 'body');
	app.db.transaction(
		(tx) => {
			const said = tx
				.select({ n: count() })
				.from(proposalComments)
				.where(eq(proposalComments.proposalId, proposalId))
				.get();
			if ((said?.n ?? 0) >= PROPOSAL_LIMITS.comments)
				throw new AppError('too_many_comments', { max: PROPOSAL_LIMITS.comments });
			tellProposalComment(app, actor, row, words);
			tx.insert(proposalComments)
				.values({
					...{ id: newId(app.random), proposalId, body: words },
					...{ authorId: actor.personId, createdAt: app.now() }
				})
				.run();
		},
		{ behavior: 'immediate' }
	);
	announceProposal(app, row);
}

/** Who looks at a proposal has read what they were told of it. @throws NotFoundError; ThrottledError */
export function readProposalNews(app: App, actor: Actor, proposalId: string): void {
	concerned(app, actor, proposalId);
	throttlesOf(app).readings.attempt([{ key: actor.personId }]);
	readSubjects(app, actor.personId, [proposalId]);
}

/** For a notebook's page: what waits for the reader. @throws NotFoundError if they may not read the notebook */
export function proposalCounts(app: App, actor: Actor, notebookId: string): ProposalCounts {
	const roles = requireOnNotebook(app, actor, notebookId, 'notebook.read');
	if (!allows(roles, 'proposal.read')) return { toDecide: 0, received: 0, toTakeIn: null, made: 0 };
	const waiting = app.db
		.select({ n: count() })
		.from(proposedChanges)
		.innerJoin(proposals, eq(proposals.id, proposedChanges.proposalId))
		.where(and(eq(proposals.originId, notebookId), eq(proposedChanges.state, 'open')))
		.get();
	const all = app.db
		.select({ originId: proposals.originId })
		.from(proposals)
		.where(or(eq(proposals.originId, notebookId), eq(proposals.forkId, notebookId)))
		.all();
	const received = all.filter(({ originId }) => originId === notebookId).length;
	return {
		...{ toDecide: waiting?.n ?? 0, received, made: all.length - received },
		toTakeIn: lacking(app, actor, notebookId)
	};
}

function lacking(app: App, actor: Actor, notebookId: string): number | null {
	try {
		return countOriginChanges(app, actor, notebookId);
	} catch (cause) {
		if (cause instanceof NotFoundError) return null;
		throw cause;
	}
}
