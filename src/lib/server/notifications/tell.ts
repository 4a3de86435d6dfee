/**
 * Tells people of what others did. It is written in the transaction of what it tells: both are kept, or neither. Nobody
 * is told of their own acts, nor of a notebook or a proposal that they may not read.
 */
import { and, desc, eq, inArray } from 'drizzle-orm';
import { plainExcerpt } from '../../core/annotation/mentions.ts';
import {
	isOfProposal,
	NOTIFICATION_LIMITS,
	type NotificationKind
} from '../../core/annotation/notification.ts';
import { newId } from '../../core/ids.ts';
import { visibleLine } from '../../core/people/profile.ts';
import { mayRead } from '../access/notebook.ts';
import { mayReadProposal } from '../access/proposal.ts';
import type { App } from '../app.ts';
import { notifications } from '../db/schema.ts';

export interface Told {
	readonly kind: NotificationKind;
	/** Whose act it is. */
	readonly byId: string;
	readonly notebookId: string;
	/** The thread or the proposal. */
	readonly subjectId: string | null;
	/** Whose words `text` is, where it is a comment's: what is told goes and changes with it. */
	readonly commentId?: string | null;
	/** Markdown; its first words are told, as plain text. */
	readonly text: string;
}

/**
 * To be called in the transaction of the act (the store has one connection: what is written meanwhile is of it).
 * @param to persons' ids; who did it and those who may not read what it is about are left out
 * @returns those who were told
 */
export function tell(app: App, told: Told, to: Iterable<string>): string[] {
	const { db } = app;
	const reached: string[] = [];
	for (const personId of new Set(to)) {
		if (reached.length >= NOTIFICATION_LIMITS.people) break;
		if (personId === told.byId || !reads(app, personId, told)) continue;
		db.insert(notifications)
			.values({
				id: newId(app.random),
				personId,
				kind: told.kind,
				byId: told.byId,
				notebookId: told.notebookId,
				subjectId: told.subjectId,
				commentId: told.commentId ?? null,
				excerpt: excerptOf(told.text),
				createdAt: app.now()
			})
			.run();
		forgetOldest(app, personId, told.byId);
		reached.push(personId);
	}
	return reached;
}

const reads = (app: App, personId: string, { kind, notebookId, subjectId }: Told): boolean =>
	mayRead(app, personId, notebookId) &&
	(!isOfProposal(kind) || mayReadProposal(app, personId, subjectId ?? ''));

/** Who was told of a comment as naming them, whether they read it or not. */
export function toldOfMention(app: App, commentId: string): Set<string> {
	return new Set(
		app.db
			.select({ personId: notifications.personId })
			.from(notifications)
			.where(and(eq(notifications.commentId, commentId), eq(notifications.kind, 'mention')))
			.all()
			.map(({ personId }) => personId)
	);
}

/** What was told of a comment reads as the comment does now. */
export function tellAnew(app: App, commentId: string, text: string): void {
	app.db
		.update(notifications)
		.set({ excerpt: excerptOf(text) })
		.where(eq(notifications.commentId, commentId))
		.run();
}

/** Words that were taken away are told nowhere. */
export function untellComment(app: App, commentId: string): void {
	app.db.delete(notifications).where(eq(notifications.commentId, commentId)).run();
}

/** @param subjectId a thread or a proposal that is no more */
export function untellSubject(app: App, subjectId: string): void {
	app.db.delete(notifications).where(eq(notifications.subjectId, subjectId)).run();
}

const excerptOf = (text: string): string =>
	visibleLine(plainExcerpt(text, NOTIFICATION_LIMITS.excerpt));

function forgetOldest({ db }: App, personId: string, byId: string): void {
	const to = eq(notifications.personId, personId);
	for (const [which, most] of [
		[and(to, eq(notifications.byId, byId)), NOTIFICATION_LIMITS.keptOfOne],
		[to, NOTIFICATION_LIMITS.kept]
	] as const) {
		const past = db
			.select({ id: notifications.id })
			.from(notifications)
			.where(which)
			.orderBy(desc(notifications.createdAt), desc(notifications.id))
			.limit(NOTIFICATION_LIMITS.people)
			.offset(most)
			.all()
			.map(({ id }) => id);
		if (past.length > 0)
			db.delete(notifications)
				.where(and(to, inArray(notifications.id, past)))
				.run();
	}
}
