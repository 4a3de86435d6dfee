/** What a person has read of the discussions of a notebook: theirs alone, nobody else is told. */
import { and, eq, inArray, max, sql } from 'drizzle-orm';
import { THREAD_LIMITS } from '../../core/annotation/thread.ts';
import { InvalidError } from '../../core/errors.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { comments, threadReads, threads } from '../db/schema.ts';
import { readSubjects } from '../notifications/read.ts';

/**
 * Everything written so far in these threads is read.
 * @param ids of threads, as they were sent; none: all of the notebook's. Those of other notebooks are left alone.
 * @throws InvalidError `request_malformed`, ThrottledError
 */
export function markThreadsRead(
	app: App,
	actor: Actor,
	notebookId: string,
	ids: unknown = []
): void {
	requireOnNotebook(app, actor, notebookId, 'thread.read');
	if (!isTexts(ids) || ids.length > THREAD_LIMITS.threads)
		throw new InvalidError('request_malformed');
	void throttlesOf(app).readings.attempt([{ key: actor.personId }]);
	readThreads(app, actor.personId, notebookId, ids);
}

/** The same, once who asks was let through; in the transaction under way where there is one. */
export function readThreads(
	app: App,
	personId: string,
	notebookId: string,
	ids: readonly string[]
): void {
	const found = app.db
		.select({ threadId: comments.threadId, upTo: max(comments.createdAt) })
		.from(comments)
		.innerJoin(threads, eq(threads.id, comments.threadId))
		.where(
			and(
				eq(threads.notebookId, notebookId),
				ids.length > 0 ? inArray(threads.id, [...ids]) : undefined
			)
		)
		.groupBy(comments.threadId)
		.all();
	app.db.transaction(
		(tx) => {
			for (const { threadId, upTo } of found)
				tx.insert(threadReads)
					.values({ personId, threadId, upTo: upTo ?? 0 })
					.onConflictDoUpdate({
						target: [threadReads.personId, threadReads.threadId],
						set: { upTo: sql`max(${threadReads.upTo}, excluded.up_to)` }
					})
					.run();
			readSubjects(
				app,
				personId,
				found.map(({ threadId }) => threadId)
			);
		},
		{ behavior: 'immediate' }
	);
}

const isTexts = (value: unknown): value is readonly string[] =>
	Array.isArray(value) && value.every((one) => typeof one === 'string');
