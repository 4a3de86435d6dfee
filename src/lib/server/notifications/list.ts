/** What a person is told of, and only of notebooks and proposals that they may read now. */
import { and, desc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import {
	isOfProposal,
	NOTIFICATION_LIMITS,
	type Notification,
	type Notifications
} from '../../core/annotation/notification.ts';
import { mayRead } from '../access/notebook.ts';
import { mayReadProposal } from '../access/proposal.ts';
import type { Actor, App } from '../app.ts';
import { notebooks, notifications, people, threads } from '../db/schema.ts';

/** The last ones, and how many are unread. */
export function listNotifications(app: App, actor: Actor): Notifications {
	const all = toldTo(app, actor.personId);
	return {
		unread: all.filter(({ read }) => !read).length,
		latest: all.slice(0, NOTIFICATION_LIMITS.latest)
	};
}

/** Times, in milliseconds since the epoch. */
export interface Span {
	/** Later than. */
	readonly since: number;
	/** Not later than. */
	readonly upTo: number;
}

/** The newest first. @param unread those alone that were not read, of a time */
export function toldTo(app: App, personId: string, unread?: Span): Notification[] {
	const rows = app.db
		.select({ row: notifications, by: people.displayName, title: notebooks.title })
		.from(notifications)
		.innerJoin(people, eq(people.id, notifications.byId))
		.innerJoin(notebooks, eq(notebooks.id, notifications.notebookId))
		.where(
			and(
				eq(notifications.personId, personId),
				unread &&
					and(
						isNull(notifications.readAt),
						gt(notifications.createdAt, unread.since),
						lte(notifications.createdAt, unread.upTo)
					)
			)
		)
		.orderBy(desc(notifications.createdAt), desc(notifications.id))
		.limit(NOTIFICATION_LIMITS.kept)
		.all();
	const reads = remembered((id) => mayRead(app, personId, id));
	const readsProposal = remembered((id) => mayReadProposal(app, personId, id));
	const shown = rows.filter(
		({ row }) =>
			reads(row.notebookId) && (!isOfProposal(row.kind) || readsProposal(row.subjectId ?? ''))
	);
	const subjects = shown.flatMap(({ row }) => row.subjectId ?? []);
	const there = new Set(
		app.db
			.select({ id: threads.id })
			.from(threads)
			.where(inArray(threads.id, subjects))
			.all()
			.map(({ id }) => id)
	);
	return shown.map(({ row, by, title }) => ({
		id: row.id,
		kind: row.kind,
		by,
		notebookId: row.notebookId,
		notebookTitle: title,
		subjectId:
			row.subjectId !== null && !isOfProposal(row.kind) && !there.has(row.subjectId)
				? null
				: row.subjectId,
		excerpt: row.excerpt,
		read: row.readAt !== null,
		at: row.createdAt
	}));
}

/** Each is asked once. */
function remembered(ask: (id: string) => boolean): (id: string) => boolean {
	const known = new Map<string, boolean>();
	return (id) => {
		const answer = known.get(id) ?? ask(id);
		known.set(id, answer);
		return answer;
	};
}
