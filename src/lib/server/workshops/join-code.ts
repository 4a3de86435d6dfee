/** The code that lets people into a workshop: one at a time; it expires, and can be revoked or renewed. */
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { InvalidError } from '../../core/errors.ts';
import { newJoinCode } from '../../core/workshop/join-code.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { joinCodes, workshops } from '../db/schema.ts';

export interface JoinCode {
	/** As kept; `formatJoinCode` shows it. */
	readonly code: string;
	readonly expiresAt: number;
}

const HOUR = 3_600_000;
/** How long a code may be made to last, in hours: a session, a few days, a month. */
export const JOIN_CODE_HOURS = [12, 72, 720] as const;
export const JOIN_CODE_DEFAULT_HOURS = 72;

/** Makes a new code; the one before it, if any, no longer opens. */
export function createJoinCode(
	app: App,
	actor: Actor | null,
	workshopId: string,
	hours: number = JOIN_CODE_DEFAULT_HOURS
): JoinCode {
	manage(app, actor, workshopId);
	if (!(JOIN_CODE_HOURS as readonly number[]).includes(hours))
		throw new InvalidError('join_code_duration', {}, 'hours');
	const code = newJoinCode(app.random);
	const now = app.now();
	const expiresAt = now + hours * HOUR;
	app.db.transaction(() => {
		revoke(app, workshopId);
		app.db.insert(joinCodes).values({ code, workshopId, expiresAt, createdAt: now }).run();
	}, IMMEDIATE);
	return { code, expiresAt };
}

/** The workshop's code at present, for who facilitates it; null when none opens. */
export function readJoinCode(app: App, actor: Actor | null, workshopId: string): JoinCode | null {
	manage(app, actor, workshopId);
	const row = app.db
		.select({ code: joinCodes.code, expiresAt: joinCodes.expiresAt })
		.from(joinCodes)
		.where(and(eq(joinCodes.workshopId, workshopId), opens(app)))
		.orderBy(desc(joinCodes.createdAt))
		.get();
	return row ?? null;
}

/** From now on no code opens the workshop; those who are in it stay. */
export function revokeJoinCode(app: App, actor: Actor | null, workshopId: string): void {
	manage(app, actor, workshopId);
	revoke(app, workshopId);
}

/** The workshop that a code (as kept) opens now; null for an unknown, expired or revoked one, or once it has ended. */
export function workshopOfCode(app: App, code: string): typeof workshops.$inferSelect | null {
	const row = app.db
		.select({ workshop: workshops })
		.from(joinCodes)
		.innerJoin(workshops, eq(workshops.id, joinCodes.workshopId))
		.where(and(eq(joinCodes.code, code), opens(app), isNull(workshops.endedAt)))
		.get();
	return row?.workshop ?? null;
}

const opens = (app: App) => and(isNull(joinCodes.revokedAt), gt(joinCodes.expiresAt, app.now()));

function revoke(app: App, workshopId: string): void {
	app.db
		.update(joinCodes)
		.set({ revokedAt: app.now() })
		.where(and(eq(joinCodes.workshopId, workshopId), isNull(joinCodes.revokedAt)))
		.run();
}

function manage(app: App, actor: Actor | null, workshopId: string): void {
	requireAllowed(rolesOnWorkshop(app, actor, workshopId), 'workshop.read', 'workshop.manage');
}
