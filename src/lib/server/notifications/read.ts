/** A person has read what they were told; what they read long ago is forgotten. */
import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import { NOTIFICATION_LIMITS } from '../../core/annotation/notification.ts';
import { InvalidError } from '../../core/errors.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { notifications } from '../db/schema.ts';

const DAY = 86_400_000;

/**
 * @param ids as they were sent; none: all. Those of others are left alone.
 * @throws InvalidError `request_malformed`, ThrottledError
 */
export function markNotificationsRead(app: App, actor: Actor, ids: unknown = []): void {
	if (
		!Array.isArray(ids) ||
		ids.length > NOTIFICATION_LIMITS.kept ||
		!ids.every((id) => typeof id === 'string')
	)
		throw new InvalidError('request_malformed');
	void throttlesOf(app).readings.attempt([{ key: actor.personId }]);
	app.db
		.update(notifications)
		.set({ readAt: app.now() })
		.where(
			and(
				eq(notifications.personId, actor.personId),
				isNull(notifications.readAt),
				ids.length > 0 ? inArray(notifications.id, ids as string[]) : undefined
			)
		)
		.run();
}

/** Who reads a thread has read what they were told of it; in the transaction under way where there is one. */
export function readSubjects(app: App, personId: string, subjectIds: readonly string[]): void {
	app.db
		.update(notifications)
		.set({ readAt: app.now() })
		.where(
			and(
				eq(notifications.personId, personId),
				isNull(notifications.readAt),
				inArray(notifications.subjectId, [...subjectIds])
			)
		)
		.run();
}

/** Those read that long ago go. */
export function forgetRead(app: App): void {
	app.db
		.delete(notifications)
		.where(lt(notifications.readAt, app.now() - NOTIFICATION_LIMITS.days * DAY))
		.run();
}
