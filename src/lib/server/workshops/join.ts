/** Joining a workshop: with its code and a name, no account needed. */
import { InvalidError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import {
	cleanDiscipline,
	cleanLine,
	cleanRegion,
	optionalLine
} from '../../core/people/profile.ts';
import { parseJoinCode } from '../../core/workshop/join-code.ts';
import type { Actor, App } from '../app.ts';
import { addressKey, throttlesOf } from '../auth/throttles.ts';
import { IMMEDIATE } from '../db/database.ts';
import { people, workshopPeople } from '../db/schema.ts';
import { workshopOfCode } from './join-code.ts';

/** What a newcomer says of themselves; nobody signed in needs it. */
export interface GuestFields {
	readonly displayName: string;
	readonly organisationName?: string | null;
	readonly region?: string | null;
	readonly discipline?: string | null;
	readonly lang: Lang;
}

export interface Joined {
	readonly workshopId: string;
	readonly personId: string;
	/** A guest was made, who needs a session. */
	readonly newcomer: boolean;
}

export interface Invitation {
	/** As kept. */
	readonly code: string;
	readonly workshopId: string;
	readonly title: string;
	readonly questions: readonly number[];
}

/**
 * What a code opens, before anyone joins.
 * @param address where the attempt comes from; null for a call that no person makes
 * @throws InvalidError `join_code_form`, `join_code_unknown`; ThrottledError
 */
export function readInvitation(app: App, typed: string, address: string | null): Invitation {
	const code = parseJoinCode(typed);
	if (code === null) throw new InvalidError('join_code_form', {}, 'code');
	const attempt =
		address === null ? null : throttlesOf(app).join.attempt([{ key: addressKey(address) }]);
	const workshop = workshopOfCode(app, code);
	// Unknown, expired and revoked answer alike: each has the same remedy, to ask for the code of the moment.
	if (!workshop) throw new InvalidError('join_code_unknown', {}, 'code');
	attempt?.succeeded();
	return { code, workshopId: workshop.id, title: workshop.title, questions: workshop.questions };
}

/**
 * Seats the actor in the workshop that the code opens; without an actor, a guest is made first. Whoever is in it
 * already keeps their seat.
 * @throws InvalidError as `readInvitation`, or on a field of the guest's; ThrottledError
 */
export function joinWorkshop(
	app: App,
	actor: Actor | null,
	typed: string,
	guest: GuestFields,
	address: string | null = null
): Joined {
	const { workshopId } = readInvitation(app, typed, address);
	const newcomer = actor === null;
	const values = newcomer ? guestValues(guest) : null;
	const personId = actor?.personId ?? newId(app.random);
	// Never handed back: a code read aloud is no leave to fill the site.
	if (newcomer && address !== null)
		throttlesOf(app).newcomers.attempt([{ key: `${workshopId} ${addressKey(address)}` }]);
	const now = app.now();
	app.db.transaction(() => {
		if (values)
			app.db
				.insert(people)
				.values({ id: personId, kind: 'guest', ...values, createdAt: now })
				.run();
		app.db
			.insert(workshopPeople)
			.values({ workshopId, personId, role: 'participant', joinedAt: now })
			.onConflictDoNothing()
			.run();
	}, IMMEDIATE);
	return { workshopId, personId, newcomer };
}

const guestValues = (guest: GuestFields) => ({
	displayName: cleanLine(guest.displayName, 'displayName', 'name_required'),
	organisationName: optionalLine(guest.organisationName, 'organisationName', 120),
	region: cleanRegion(guest.region),
	discipline: cleanDiscipline(guest.discipline),
	lang: guest.lang
});
