/** Who is named in a comment: kept with it, so that they are shown by their present name, and told once. */
import { and, eq, inArray } from 'drizzle-orm';
import { mentionsIn, withNames } from '../../core/annotation/mentions.ts';
import { mayRead } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { commentMentions, comments, people, threads } from '../db/schema.ts';
import { knownOf } from './people.ts';

/**
 * Keeps who is named in a comment now, of those who may read the notebook and whom its author may know of there: an id
 * that they have from elsewhere tells them nothing. In the transaction under way.
 * @returns those who were not named in it before
 */
export function keepMentions(
	app: App,
	actor: Actor,
	notebookId: string,
	commentId: string,
	body: string
): string[] {
	const { db } = app;
	const before = new Set(
		db
			.select({ personId: commentMentions.personId })
			.from(commentMentions)
			.where(eq(commentMentions.commentId, commentId))
			.all()
			.map(({ personId }) => personId)
	);
	const named = mentionsIn(body);
	const gone = [...before].filter((id) => !named.includes(id));
	if (gone.length > 0)
		db.delete(commentMentions)
			.where(and(eq(commentMentions.commentId, commentId), inArray(commentMentions.personId, gone)))
			.run();
	const anew = named.filter((id) => !before.has(id));
	const known = anew.length > 0 ? knownOf(app, actor, notebookId) : new Set<string>();
	const added = anew.filter((id) => known.has(id) && mayRead(app, id, notebookId));
	for (const personId of added)
		db.insert(commentMentions).values({ commentId, personId }).onConflictDoNothing().run();
	return added;
}

/** Answers what gives a comment of the notebook as it is shown: its people by their present names. */
export function namesIn(app: App, notebookId: string): (commentId: string, body: string) => string {
	const rows = app.db
		.select({
			commentId: commentMentions.commentId,
			personId: commentMentions.personId,
			name: people.displayName
		})
		.from(commentMentions)
		.innerJoin(people, eq(people.id, commentMentions.personId))
		.innerJoin(comments, eq(comments.id, commentMentions.commentId))
		.innerJoin(threads, eq(threads.id, comments.threadId))
		.where(eq(threads.notebookId, notebookId))
		.all();
	const names = new Map<string, Map<string, string>>();
	for (const { commentId, personId, name } of rows) {
		const own = names.get(commentId) ?? new Map<string, string>();
		names.set(commentId, own.set(personId, name));
	}
	return (commentId, body) => withNames(body, (personId) => names.get(commentId)?.get(personId));
}

/** A comment as it is told elsewhere: its people by the names that they have now. */
export function shownBody(app: App, commentId: string, body: string): string {
	const names = new Map(
		app.db
			.select({ personId: people.id, name: people.displayName })
			.from(commentMentions)
			.innerJoin(people, eq(people.id, commentMentions.personId))
			.where(eq(commentMentions.commentId, commentId))
			.all()
			.map(({ personId, name }) => [personId, name])
	);
	return withNames(body, (personId) => names.get(personId));
}
