/**
 * The daily e-mail: one a day to each person who has not read what they were told, from a given hour in Québec. It is
 * claimed in the store before it is sent: where the server stops in between, nobody knows whether it went, and it is
 * not sent again. What the mail server refuses is tried again later, and later each time.
 */
import { and, eq, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { dayOf, hourOf } from '../../core/moment.ts';
import { isEmail } from '../../core/people/profile.ts';
import type { App } from '../app.ts';
import { digests, notifications, people } from '../db/schema.ts';
import { logError } from '../log.ts';
import { toldTo } from '../notifications/list.ts';
import { readActor } from '../people/actor.ts';
import { digestOf, type Mail } from './digest.ts';
import { smtpSender } from './smtp.ts';
import { newUnsubscribe } from './unsubscribe.ts';

/** Rejects where it was not taken. */
export type Send = (mail: Mail) => Promise<void>;

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Someone's first e-mail tells nothing older. */
const FIRST = 7 * DAY;
/** After a refusal: how long until the next try, by how many were made. The last is left for the next day. */
const WAITS: readonly number[] = [10 * MINUTE, 40 * MINUTE, 160 * MINUTE];

/**
 * Sends to everyone whose e-mail is due, one after the other.
 * @returns how many were taken by the mail server
 */
export async function sendDue(app: App, send: Send): Promise<number> {
	const { mail } = app.config;
	if (!mail || hourOf(app.now()) < mail.hour) return 0;
	let sent = 0;
	for (const personId of due(app)) {
		const made = claim(app, personId);
		if (!made) {
			// One a turn: there may be many of whom nothing is to be told after all.
			await new Promise((resolve) => setImmediate(resolve));
			continue;
		}
		try {
			await send(made);
		} catch (cause) {
			logError('A daily e-mail was not taken by the mail server:', reasonOf(cause));
			settle(app, personId, false);
			// Not reached at all: neither are the others.
			if (isUnreachable(cause)) break;
			continue;
		}
		sent++;
		try {
			settle(app, personId, true);
		} catch (cause) {
			// It stays claimed, which counts as sent: it went.
			logError('A daily e-mail was sent, and the store could not be told:', cause);
		}
	}
	return sent;
}

/**
 * Accounts that want it, have an address and something unread that no e-mail told, and were sent none today, or one that
 * is tried again.
 */
function due(app: App): string[] {
	const now = app.now();
	/** As `claim` has it. */
	const since = sql`coalesce(case ${digests.state} when 'failed' then ${digests.since} else ${digests.upTo} end, ${now - FIRST})`;
	const rows = app.db
		.selectDistinct({ id: people.id })
		.from(people)
		.innerJoin(notifications, eq(notifications.personId, people.id))
		.leftJoin(digests, eq(digests.personId, people.id))
		.where(
			and(
				eq(people.kind, 'account'),
				eq(people.dailyMail, true),
				isNotNull(people.email),
				isNull(notifications.readAt),
				gt(notifications.createdAt, since),
				or(
					isNull(digests.personId),
					lt(digests.day, dayOf(now)),
					and(eq(digests.state, 'failed'), lt(digests.retryAt, now + 1))
				)
			)
		)
		.all();
	return rows.map(({ id }) => id);
}

/**
 * Makes the e-mail and writes down that it is being sent, in one transaction: what it tells, they may read now.
 * null: there is nothing to send after all.
 */
function claim(app: App, personId: string): Mail | null {
	return app.db.transaction(
		() => {
			const actor = readActor(app, personId);
			// An address that came in some other way than by a form is not one to write to.
			if (!actor?.email || !isEmail(actor.email)) return null;
			const now = app.now();
			const day = dayOf(now);
			const before = app.db.select().from(digests).where(eq(digests.personId, personId)).get();
			const again = before?.state === 'failed';
			if (before?.day === day && !(again && (before.retryAt ?? Infinity) <= now)) return null;
			const since = before ? (again ? before.since : before.upTo) : now - FIRST;
			const told = toldTo(app, personId, { since, upTo: now });
			if (told.length === 0) return null;
			const attempts = again && before.day === day ? before.attempts + 1 : 1;
			const values = { day, state: 'claimed' as const, since, upTo: now, attempts, retryAt: null };
			app.db
				.insert(digests)
				.values({ personId, ...values })
				.onConflictDoUpdate({ target: digests.personId, set: values })
				.run();
			return digestOf({
				to: actor.email,
				lang: actor.lang,
				origin: app.config.origin,
				told,
				stop: newUnsubscribe(app, personId)
			});
		},
		{ behavior: 'immediate' }
	);
}

function settle(app: App, personId: string, sent: boolean): void {
	const of = eq(digests.personId, personId);
	const row = app.db.select({ attempts: digests.attempts }).from(digests).where(of).get();
	const wait = WAITS[(row?.attempts ?? 1) - 1];
	app.db
		.update(digests)
		.set(
			sent
				? { state: 'sent', retryAt: null }
				: { state: 'failed', retryAt: wait === undefined ? null : app.now() + wait }
		)
		.where(of)
		.run();
}

/** Without what the mail server said, which may name whose it was: a log is no place for an address. */
function reasonOf(cause: unknown): string {
	if (!(cause instanceof Error)) return 'unknown';
	const { code = cause.name, responseCode = '' } = cause as {
		code?: unknown;
		responseCode?: unknown;
	};
	return `${String(code)} ${String(responseCode)}`.trim();
}

/** Errors of the connection or of signing in, rather than of one e-mail. */
const isUnreachable = (cause: unknown): boolean =>
	cause instanceof Error &&
	'code' in cause &&
	['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'EAUTH', 'ETLS'].includes(
		String(cause.code)
	);

export interface Post {
	/** Resolves once nothing is under way: the store may be closed. */
	stop(): Promise<void>;
}

/** A round now, then every few minutes; never two at once. Does nothing where no mail server is set. */
export function startPost(app: App, every = 5 * MINUTE): Post {
	const { mail } = app.config;
	if (!mail) return { stop: async () => {} };
	const sender = smtpSender(mail);
	let ending = false;
	const round = async (): Promise<void> => {
		try {
			await sendDue(app, (made) => (ending ? Promise.reject(new Stopping()) : sender.send(made)));
		} catch (cause) {
			logError('Daily e-mails failed:', cause);
		}
	};
	let under: Promise<void> | null = null;
	const next = (): void => {
		under ??= round().finally(() => (under = null));
	};
	next();
	const timer = setInterval(next, every).unref();
	return {
		async stop() {
			ending = true;
			clearInterval(timer);
			await under;
			sender.close();
		}
	};
}

/** The server ends: nothing of it was sent, and it is tried again. */
class Stopping extends Error {
	override readonly name = 'Stopping';
	readonly code = 'ECONNECTION';
}
