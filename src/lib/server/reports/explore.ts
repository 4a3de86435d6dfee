/**
 * What readers of a report are given to explore it: its cells and the bytes that they read, to anyone, only while every
 * condition holds. The terms are asked at each reading, as they are now: what was allowed at publication says nothing.
 */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { NotFoundError } from '../../core/errors.ts';
import { barOf } from '../../core/governance/explore.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { dayOf } from '../../core/moment.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { Explorable, ReportContent } from '../../core/report/report.ts';
import type { App } from '../app.ts';
import { addressKey, throttlesOf } from '../auth/throttles.ts';
import { recordPublicAccess } from '../datasets/access-log.ts';
import { findVersion } from '../datasets/lineage-source.ts';
import type { DatasetFile } from '../datasets/read.ts';
import { reports, reportVersions } from '../db/schema.ts';
import { readActor } from '../people/actor.ts';
import { publicSource } from './public-content.ts';
import { knownSources } from './sources.ts';

/** One version of a report, in one language. */
export interface VersionAddress {
	readonly slug: string;
	readonly lang: Lang;
	readonly number: number;
}

const NUMBER = /^[1-9]\d{0,5}$/;

/** An address as a route has it; null where it is none. */
export function versionAddress(params: {
	readonly slug: string;
	readonly lang: string;
	readonly number: string;
}): VersionAddress | null {
	const { slug, lang, number } = params;
	if ((lang !== 'fr' && lang !== 'en') || !NUMBER.test(number)) return null;
	return { slug, lang, number: Number(number) };
}

/**
 * What a report's page says under its controls: `open`, it may be explored; `author`, its author did not open it;
 * `terms`, those of its data do not allow it, now; null: nothing in it follows from a control.
 */
export type Explorability = 'open' | 'author' | 'terms' | null;

export function explorabilityOf(app: App, at: VersionAddress): Explorability {
	const version = standing(app, at);
	if (!version) return null;
	const { content } = version;
	if (content.explore) return knownNow(app, version, content.explore) ? 'open' : 'terms';
	const controls = content.blocks.some(({ outputs }) =>
		outputs.some(({ kind }) => kind === 'control')
	);
	return controls ? 'author' : null;
}

/** @throws NotFoundError where it may not be explored, for whatever reason */
export function readExplorable(app: App, at: VersionAddress): Explorable {
	const version = standing(app, at);
	const explore = version?.content.explore;
	if (!version || !explore || !knownNow(app, version, explore)) throw new NotFoundError();
	return explore;
}

/** Bytes that weigh as much as a request. */
const HEAVY = 10_000_000;

/**
 * The bytes of a file of the version's own list, and no other. Each reading is written in the log of the dataset's
 * stewards, as the public's.
 * @param address where it is asked from (`event.getClientAddress()`): anyone may ask, and not without end
 * @throws NotFoundError where it may not be explored, or names no such file; ThrottledError
 */
export function readExploredFile(
	app: App,
	at: VersionAddress,
	name: string,
	address: string
): DatasetFile {
	const { publicData } = throttlesOf(app);
	const key = addressKey(address);
	// Before anything is read: to ask for what is not there costs the server as much.
	publicData.attempt([{ key }]);
	const version = standing(app, at);
	const explore = version?.content.explore;
	if (!version || !explore?.files.includes(name)) throw new NotFoundError();
	const known = knownNow(app, version, explore);
	const source = known?.(name);
	const found = findVersion(app, name);
	if (!source || !found) throw new NotFoundError();
	const weight = Math.floor(found.version.byteLength / HEAVY);
	if (weight > 0) publicData.attempt([{ key, cost: weight }]);
	recordPublicAccess(app, source);
	// Something has to tell two datasets apart in what comes from both.
	return {
		source: { ...publicSource(source), datasetId: source.slug },
		bytes: () => app.blobs.get(source.hash),
		open: () => app.blobs.open(source.hash)
	};
}

interface Standing {
	readonly content: ReportContent;
	readonly publishedBy: string;
}

function standing(app: App, { slug, lang, number }: VersionAddress): Standing | null {
	const ofReport = and(
		eq(reports.slug, slug),
		eq(reportVersions.lang, lang),
		isNull(reportVersions.withdrawnAt)
	);
	const found = app.db
		.select({ content: reportVersions.content, publishedBy: reportVersions.publishedBy })
		.from(reportVersions)
		.innerJoin(reports, eq(reports.id, reportVersions.reportId))
		.where(and(ofReport, eq(reportVersions.number, number)))
		.get();
	if (!found?.content.explore) return found ?? null;
	// The choice is made anew for each version, and the latest is what its author says now.
	const latest = app.db
		.select({ opened: sql<number>`json_type(${reportVersions.content}, '$.explore') = 'object'` })
		.from(reportVersions)
		.innerJoin(reports, eq(reports.id, reportVersions.reportId))
		.where(ofReport)
		.orderBy(desc(reportVersions.number))
		.limit(1)
		.get();
	if (latest?.opened) return found;
	const { explore: _, ...content } = found.content;
	return { ...found, content };
}

/**
 * The datasets as they are now, where the terms of each let anyone have its rows; else null. Asked for the person who
 * published: a right that they lost is one that their report gives no longer.
 */
function knownNow(
	app: App,
	{ content, publishedBy }: Standing,
	{ everyFile, files }: Explorable
): ((file: string) => LineageSource | null) | null {
	const author = readActor(app, publishedBy);
	if (!author) return null;
	const known = knownSources(app, author, content.lang);
	return barOf([...everyFile, ...files], known, dayOf(app.now())) === null ? known : null;
}
