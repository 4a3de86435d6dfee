/**
 * Who read a dataset, when, which version and which way: for its stewards. A line a person, version, way and day, so that
 * it stays small; kept as long as the installation says, then forgotten. Those who read are told on the dataset's page.
 */
import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import { InvalidError } from '../../core/errors.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { dayOf } from '../../core/moment.ts';
import { requireOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE, storeFails } from '../db/database.ts';
import { datasetAccess, type AccessWay } from '../db/schema.ts';
import { logNote } from '../log.ts';

const DAY_MS = 86_400_000;
/** Lines of one answer, at most. */
export const ACCESS_PAGE = 200;

export interface AccessLine {
	/** As it was at the last reading of that day; '' for the public. */
	readonly person: string;
	readonly version: number;
	readonly way: AccessWay;
	/** `YYYY-MM-DD` in Québec. */
	readonly day: string;
	readonly readings: number;
	readonly firstAt: number;
	readonly lastAt: number;
}
export interface AccessPage {
	/** The latest first. */
	readonly lines: readonly AccessLine[];
	/** Where the next page begins; null: there is none. */
	readonly next: string | null;
}

/** What a reading says that it is for; a notebook's, where it says nothing that is known. A report's is never said. */
export const accessWayOf = (said: string | null): AccessWay =>
	said === 'page' || said === 'export' ? said : 'notebook';

interface Reading {
	readonly actor: Pick<Actor, 'personId' | 'displayName'>;
	readonly source: Pick<LineageSource, 'datasetId' | 'version'>;
	readonly way: AccessWay;
	readonly at: number;
}

/** Readings that wait for room on the disk, at most; past them, a reading is none. */
const MAX_WAITING = 10_000;
const waitingOf = new WeakMap<App, Reading[]>();

/**
 * Written at each reading. Where the store cannot be written (a full disk), reading goes on: the reading goes to the
 * server's own log, and to the store with the first that can be written.
 */
export function recordAccess(
	app: App,
	actor: Pick<Actor, 'personId' | 'displayName'>,
	source: Pick<LineageSource, 'datasetId' | 'version'>,
	way: AccessWay
): void {
	const waiting = waitingOf.get(app) ?? [];
	const reading: Reading = { actor, source, way, at: app.now() };
	// Within a transaction it is a part of what is written: both are, or neither.
	if (app.db.$client.inTransaction) return write(app, reading);
	try {
		app.db.transaction(() => {
			for (const earlier of waiting) write(app, earlier);
			write(app, reading);
		}, IMMEDIATE);
		waitingOf.delete(app);
	} catch (cause) {
		if (!storeFails(cause) || waiting.length >= MAX_WAITING) throw cause;
		waiting.push(reading);
		waitingOf.set(app, waiting);
		const { datasetId, version } = source;
		logNote(
			`reading not yet in the store: ${JSON.stringify({ datasetId, version, personId: actor.personId, way, at: reading.at })}`
		);
	}
}

function write(app: App, { actor, source, way, at: now }: Reading): void {
	const { personId, displayName } = actor;
	const { datasetId, version } = source;
	app.db
		.insert(datasetAccess)
		.values({
			...{ datasetId, version, personId, displayName, way },
			day: dayOf(now),
			readings: 1,
			firstAt: now,
			lastAt: now
		})
		.onConflictDoUpdate({
			target: [
				datasetAccess.datasetId,
				datasetAccess.day,
				datasetAccess.personId,
				datasetAccess.version,
				datasetAccess.way
			],
			set: { displayName, lastAt: now, readings: sql`${datasetAccess.readings} + 1` }
		})
		.run();
}

/** A reading by nobody in particular: a reader of a report who explores it, with an account or without. */
export function recordPublicAccess(
	app: App,
	source: Pick<LineageSource, 'datasetId' | 'version'>
): void {
	recordAccess(app, PUBLIC, source, 'explore');
}
/** Who reads in public has no name here. */
const PUBLIC = { personId: '', displayName: '' };

/**
 * For the dataset's stewards alone: who administers the installation is none of them.
 * @param before `next` of the page before; null: from the latest
 * @throws NotFoundError, ForbiddenError, InvalidError `request_malformed`
 */
export function listAccess(
	app: App,
	actor: Actor | null,
	datasetId: string,
	{ before = null, limit = 50 }: { readonly before?: string | null; readonly limit?: number } = {}
): AccessPage {
	requireOnDataset(app, actor, datasetId, 'dataset.govern');
	const from = before === null ? null : /^(\d{1,15})-(\d{1,15})$/.exec(before);
	if ((before !== null && !from) || !Number.isInteger(limit) || limit < 1 || limit > ACCESS_PAGE)
		throw new InvalidError('request_malformed');
	const { lastAt, id } = datasetAccess;
	const [at, after] = [Number(from?.[1]), Number(from?.[2])];
	const found = app.db
		.select()
		.from(datasetAccess)
		.where(
			and(
				eq(datasetAccess.datasetId, datasetId),
				from ? or(lt(lastAt, at), and(eq(lastAt, at), lt(id, after))) : undefined
			)
		)
		.orderBy(desc(lastAt), desc(id))
		.limit(limit + 1)
		.all();
	const last = found.length > limit ? found[limit - 1] : undefined;
	return {
		lines: found.slice(0, limit).map((line) => ({
			person: line.displayName,
			version: line.version,
			way: line.way,
			day: line.day,
			readings: line.readings,
			firstAt: line.firstAt,
			lastAt: line.lastAt
		})),
		next: last ? `${last.lastAt}-${last.id}` : null
	};
}

/** Forgets the days that are kept no longer; answers how many lines went. */
export const forgetAccess = (app: App): number =>
	app.db
		.delete(datasetAccess)
		.where(lt(datasetAccess.day, dayOf(app.now() - app.config.accessDays * DAY_MS)))
		.run().changes;
