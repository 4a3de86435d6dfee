/** The people of a proposal: who can be named in what is written about it, and by what name they are shown. */
import { eq, inArray } from 'drizzle-orm';
import { mentionsIn, withNames } from '../../core/annotation/mentions.ts';
import type { Mentionable } from '../../core/annotation/thread.ts';
import { NotFoundError } from '../../core/errors.ts';
import { allows } from '../../core/permissions/table.ts';
import { rolesOnNotebook } from '../access/notebook.ts';
import { placeOfProposal, type ProposalEnds } from '../access/proposal.ts';
import type { Actor, App } from '../app.ts';
import { notebooks, people, proposalComments, proposals, proposedChanges } from '../db/schema.ts';
import { knownOf } from '../threads/people.ts';

/** A list to choose a name from. */
const MOST = 500;

/**
 * Who may read the proposal and whom the one who asks may know of, by name, they themselves left out: who made it, wrote
 * about it, decided or may be asked to (its two owners), and whom they may name in the discussions of either notebook.
 * @throws NotFoundError where it is not for the actor
 */
export function proposalPeople(app: App, actor: Actor, proposalId: string): Mentionable[] {
	const { db } = app;
	const row = db.select().from(proposals).where(eq(proposals.id, proposalId)).get();
	if (!row || placeOfProposal(app, actor.personId, row) === null) throw new NotFoundError();
	const ends = [row.originId, row.forkId];
	const owners = db
		.select({ id: notebooks.ownerId })
		.from(notebooks)
		.where(inArray(notebooks.id, ends))
		.all();
	const wrote = db
		.selectDistinct({ id: proposalComments.authorId })
		.from(proposalComments)
		.where(eq(proposalComments.proposalId, proposalId))
		.all();
	const decided = db
		.selectDistinct({ id: proposedChanges.decidedBy })
		.from(proposedChanges)
		.where(eq(proposedChanges.proposalId, proposalId))
		.all();
	const ids = new Set([
		row.createdBy,
		...[...owners, ...wrote, ...decided].flatMap((o) => o.id ?? [])
	]);
	for (const id of ends)
		if (allows(rolesOnNotebook(app, actor, id), 'notebook.read'))
			for (const known of knownOf(app, actor, id)) ids.add(known);
	ids.delete(actor.personId);
	return db
		.select({ personId: people.id, name: people.displayName })
		.from(people)
		.where(inArray(people.id, [...ids].slice(0, 4 * MOST)))
		.all()
		.filter(({ personId }) => placeOfProposal(app, personId, row) !== null)
		.sort((a, b) => a.name.localeCompare(b.name, 'fr') || (a.personId < b.personId ? -1 : 1))
		.slice(0, MOST);
}

/** Answers what gives words written about a proposal as they are shown: those whom they name and who may read it, by their present names. */
export function shownWords(app: App, ends: ProposalEnds): (body: string) => string {
	const names = new Map<string, string | undefined>();
	return (body) => {
		// Those past the limit are not told, nor asked for.
		for (const personId of mentionsIn(body))
			if (!names.has(personId)) names.set(personId, nameOf(app, ends, personId));
		return withNames(body, (personId) => names.get(personId));
	};
}

const nameOf = (app: App, ends: ProposalEnds, personId: string): string | undefined =>
	placeOfProposal(app, personId, ends) === null
		? undefined
		: app.db.select({ name: people.displayName }).from(people).where(eq(people.id, personId)).get()
				?.name;
