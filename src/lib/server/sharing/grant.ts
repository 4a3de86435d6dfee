/**
 * Shares of a notebook: gives, changes and takes back. Its owner alone does; whoever has the notebook open and
 * may no more is cut at once.
 */
import { and, count, eq } from 'drizzle-orm';
import { AppError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { cleanEmail } from '../../core/people/profile.ts';
import {
	MAX_SHARES,
	SHARE_DAYS,
	SHARE_KINDS,
	SHARE_LEVELS,
	type ShareKind,
	type ShareLevel,
	type ShareRequest
} from '../../core/sharing/share.ts';
import { inForce, requireOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { hashSecret, newSecret } from '../auth/secret.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebookGrants, people } from '../db/schema.ts';
import { circlesOf, fellowsOf } from './sharing.ts';

const DAY = 86_400_000;

/** A body sent by a page, as a request. @throws InvalidError `unknown_choice` */
export function shareRequestOf(body: Readonly<Record<string, unknown>>): ShareRequest {
	return {
		kind: choice(SHARE_KINDS, body.kind, 'kind'),
		to: typeof body.to === 'string' ? body.to : '',
		level: levelOf(body.level),
		days: choice(SHARE_DAYS, body.days, 'days')
	};
}

/** @throws InvalidError `unknown_choice` */
export const levelOf = (value: unknown): ShareLevel => choice(SHARE_LEVELS, value, 'level');

function choice<T>(choices: readonly T[], value: unknown, field: string): T {
	const found = choices.find((one) => one === value);
	if (found === undefined) throw new InvalidError('unknown_choice', {}, field);
	return found;
}

/**
 * Shares the notebook. Who has a share already has it changed to what is asked. A link answers its token, which
 * is kept nowhere: this is the one time that it can be shown.
 * @throws InvalidError `person_unknown`, `share_self`, `unknown_choice`; AppError `too_many_shares`;
 * NotFoundError for a workshop or an organisation that the owner is not in; ThrottledError for an owner who
 * tries many addresses
 */
export function shareNotebook(
	app: App,
	actor: Actor | null,
	notebookId: string,
	request: ShareRequest
): { shareId: string; token: string | null } {
	requireOnNotebook(app, actor, notebookId, 'notebook.share');
	if (!actor) throw new NotFoundError();
	const { kind, to, level, days } = request;
	const granteeId = granteeOf(app, actor, kind, to);
	const token = kind === 'link' ? newSecret(app) : null;
	const now = app.now();
	const expiresAt = days === 0 ? null : now + days * DAY;
	const shareId = app.db.transaction(
		(tx) => {
			const held = and(eq(notebookGrants.notebookId, notebookId), inForce(now));
			const same =
				granteeId === null
					? undefined
					: tx
							.select({ id: notebookGrants.id })
							.from(notebookGrants)
							.where(
								and(
									held,
									eq(notebookGrants.granteeKind, kind),
									eq(notebookGrants.granteeId, granteeId)
								)
							)
							.get();
			if (same) {
				tx.update(notebookGrants)
					.set({ level, expiresAt })
					.where(eq(notebookGrants.id, same.id))
					.run();
				return same.id;
			}
			const number = tx.select({ n: count() }).from(notebookGrants).where(held).get();
			if ((number?.n ?? 0) >= MAX_SHARES)
				throw new AppError('too_many_shares', { max: MAX_SHARES });
			const id = newId(app.random);
			tx.insert(notebookGrants)
				.values({
					id,
					notebookId,
					granteeKind: kind,
					granteeId,
					tokenHash: token === null ? null : hashSecret(token),
					level,
					expiresAt,
					createdBy: actor.personId,
					createdAt: now
				})
				.run();
			return id;
		},
		{ behavior: 'immediate' }
	);
	roomsOf(app).recheck({ notebookId });
	return { shareId, token };
}

/** null for a link. */
function granteeOf(app: App, actor: Actor, kind: ShareKind, to: string): string | null {
	if (kind === 'link') return null;
	if (kind === 'person') return personOf(app, actor, to);
	const circles = circlesOf(app, actor.personId);
	const mine = kind === 'organisation' ? circles.organisations : circles.workshops;
	if (!mine.some(({ id }) => id === to)) throw new NotFoundError();
	return to;
}

/** @param typed an address, or the id of someone of the owner's workshops */
function personOf(app: App, actor: Actor, typed: string): string {
	if (!typed.includes('@') && fellowsOf(app, actor.personId).some(({ id }) => id === typed))
		return typed;
	const email = cleanEmail(typed);
	if (email === actor.email) throw new InvalidError('share_self', {}, 'email');
	const attempt = throttlesOf(app).lookUp.attempt([{ key: actor.personId }]);
	const person = app.db
		.select({ id: people.id })
		.from(people)
		.where(and(eq(people.email, email), eq(people.kind, 'account')))
		.get();
	if (!person) throw new InvalidError('person_unknown', {}, 'email');
	attempt.succeeded();
	return person.id;
}

/** Lets the share read, or edit. @throws NotFoundError for a share that is not in force */
export function changeShare(
	app: App,
	actor: Actor | null,
	notebookId: string,
	shareId: string,
	level: ShareLevel
): void {
	change(app, actor, notebookId, shareId, { level });
}

/** Takes the share back, for good. @throws NotFoundError for a share that is not in force */
export function revokeShare(
	app: App,
	actor: Actor | null,
	notebookId: string,
	shareId: string
): void {
	change(app, actor, notebookId, shareId, { revokedAt: app.now() });
}

function change(
	app: App,
	actor: Actor | null,
	notebookId: string,
	shareId: string,
	set: { level: ShareLevel } | { revokedAt: number }
): void {
	requireOnNotebook(app, actor, notebookId, 'notebook.share');
	const done = app.db
		.update(notebookGrants)
		.set(set)
		.where(
			and(
				eq(notebookGrants.id, shareId),
				eq(notebookGrants.notebookId, notebookId),
				inForce(app.now())
			)
		)
		.run();
	if (done.changes === 0) throw new NotFoundError();
	roomsOf(app).recheck({ notebookId });
}
