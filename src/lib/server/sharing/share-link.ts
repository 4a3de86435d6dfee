/**
 * Share links: what one opens, and opening it. The page that a link leads to only tells; a press records who
 * opened it, so that mail scanners and link previews open nothing.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { cleanLine } from '../../core/people/profile.ts';
import type { ShareLevel } from '../../core/sharing/share.ts';
import { inForce, levelOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { hashSecret } from '../auth/secret.ts';
import { addressKey, throttlesOf } from '../auth/throttles.ts';
import { roomsOf } from '../collab/rooms.ts';
import { IMMEDIATE } from '../db/database.ts';
import { linkUses, notebookGrants, notebooks, people } from '../db/schema.ts';

export interface ShareLink {
	readonly notebookId: string;
	readonly title: string;
	readonly lang: Lang;
	readonly ownerName: string;
	readonly level: ShareLevel;
	readonly expiresAt: number | null;
	/** What the actor may do there before opening it; null: nothing. */
	readonly already: ShareLevel | null;
}

/** What a link that still holds opens; null for one that is unknown, expired or taken back. Records nothing. */
export function describeShareLink(app: App, actor: Actor | null, token: string): ShareLink | null {
	const found = holding(app, token);
	if (!found) return null;
	const { grantId: _grant, ownerId: _owner, ...link } = found;
	return { ...link, already: levelOnNotebook(app, actor, link.notebookId) };
}

export interface OpenedLink {
	readonly notebookId: string;
	readonly personId: string;
	/** A guest was made, who needs a session. */
	readonly newcomer: boolean;
}

/**
 * Lets the actor into the notebook; without an actor, a guest is made first. It holds while the link does.
 * @param address where the press comes from
 * @throws NotFoundError `share_link_unknown`; InvalidError `name_required`, `too_long`; ThrottledError
 */
export function openShareLink(
	app: App,
	actor: Actor | null,
	token: string,
	guest: { readonly displayName: string; readonly lang: Lang },
	address: string
): OpenedLink {
	const link = holding(app, token);
	if (!link) throw new NotFoundError('share_link_unknown');
	const { notebookId } = link;
	const newcomer = actor === null;
	const displayName = newcomer ? cleanLine(guest.displayName, 'displayName', 'name_required') : '';
	if (newcomer) throttlesOf(app).signUp.attempt([{ key: addressKey(address) }]);
	const personId = actor?.personId ?? newId(app.random);
	if (personId === link.ownerId) return { notebookId, personId, newcomer };
	const now = app.now();
	app.db.transaction((tx) => {
		if (newcomer)
			tx.insert(people)
				.values({ id: personId, kind: 'guest', displayName, lang: guest.lang, createdAt: now })
				.run();
		tx.insert(linkUses)
			.values({ grantId: link.grantId, personId, at: now })
			.onConflictDoNothing()
			.run();
	}, IMMEDIATE);
	// Someone who had it open to read may now edit.
	roomsOf(app).recheck({ notebookId, personId });
	return { notebookId, personId, newcomer };
}

const holding = (app: App, token: string) =>
	app.db
		.select({
			grantId: notebookGrants.id,
			notebookId: notebookGrants.notebookId,
			level: notebookGrants.level,
			expiresAt: notebookGrants.expiresAt,
			title: notebooks.title,
			lang: notebooks.lang,
			ownerId: notebooks.ownerId,
			ownerName: people.displayName
		})
		.from(notebookGrants)
		.innerJoin(notebooks, eq(notebooks.id, notebookGrants.notebookId))
		.innerJoin(people, eq(people.id, notebooks.ownerId))
		.where(
			and(
				eq(notebookGrants.tokenHash, hashSecret(token)),
				inForce(app.now()),
				isNull(notebooks.deletedAt)
			)
		)
		.get();
