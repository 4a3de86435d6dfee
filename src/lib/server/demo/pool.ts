/** The demo's pool: what the five venues sold, each one's part of each year; one part is still to come. */
import { newId } from '../../core/ids.ts';
import { periodOf } from '../../core/pool/period.ts';
import { encodeTable } from '../../tables/arrow.ts';
import { MS_PER_DAY } from '../../tables/column.ts';
import type { Actor, App } from '../app.ts';
import { storedColumns } from '../datasets/stored-columns.ts';
import { datasetGrants, poolParts, type StoredColumn } from '../db/schema.ts';
import { createPool } from '../pools/create.ts';
import { joinPool } from '../pools/members.ts';
import { insertVersion, makeSnapshot, type Snapshot } from '../pools/snapshot.ts';
import { storedPool } from '../pools/stored-pool.ts';
import { makeSales, type SalesLine } from './exports/sales.ts';
import { salesPart } from './exports/sales-part.ts';
import { SALES_CONTRACT } from './exports/sales-contract.ts';
import { VENUES } from './venues.ts';

interface PreparedPart {
	readonly id: string;
	/** Of its venue. */
	readonly organisationId: string;
	readonly organisation: string;
	readonly period: string;
	readonly hash: string;
	readonly byteLength: number;
	readonly rows: number;
	readonly columns: StoredColumn[];
}
export interface PreparedPool {
	readonly parts: readonly PreparedPart[];
	readonly snapshot: Snapshot;
	/** Of the snapshot's bytes. */
	readonly hash: string;
}

/** So that the page shows what a missing part looks like. */
const STILL_TO_COME = { venue: 'ORG-05', period: '2024' };

/** What takes time: the bytes of each part and of the pool, kept in the store before anything names them. */
export async function prepareDemoPool(app: App): Promise<PreparedPool> {
	const sales = makeSales();
	const yearOf = ({ performance }: SalesLine): string =>
		periodOf(performance.day / MS_PER_DAY, 'year');
	const wanted = VENUES.flatMap((venue) => {
		const lines = sales.get(venue.id) ?? [];
		return [...new Set(lines.map(yearOf))]
			.sort()
			.filter((period) => venue.id !== STILL_TO_COME.venue || period !== STILL_TO_COME.period)
			.map((period) => ({
				venue,
				period,
				columns: salesPart(lines.filter((line) => yearOf(line) === period))
			}));
	});
	const parts = await Promise.all(
		wanted.map(async ({ venue, period, columns }): Promise<PreparedPart> => {
			const bytes = encodeTable(columns);
			return {
				id: newId(app.random),
				organisationId: venue.id,
				organisation: `${venue.name} (démo)`,
				period,
				hash: await app.blobs.put(bytes),
				byteLength: bytes.length,
				rows: columns[0]?.length ?? 0,
				columns: storedColumns(columns)
			};
		})
	);
	const snapshot = await makeSnapshot(
		app,
		{ contract: SALES_CONTRACT, members: VENUES.map(({ id }) => id) },
		parts
	);
	return { parts, snapshot, hash: await app.blobs.put(snapshot.bytes) };
}

/** Inside the transaction that writes the demo. */
export function fillDemoPool(
	app: App,
	actor: Actor,
	{ parts, snapshot, hash }: PreparedPool,
	of: {
		/** The organisation that runs it. */
		readonly owner: string;
		/** Ids of the organisations, by venue. */
		readonly venues: ReadonlyMap<string, string>;
		readonly workshopId: string;
	}
): void {
	const made = createPool(app, actor, {
		organisationId: of.owner,
		contract: SALES_CONTRACT,
		synthetic: true,
		slug: 'ventes-communes-demo'
	});
	for (const id of of.venues.values()) joinPool(app, actor, made.id, id);
	const at = app.now();
	for (const { organisation: _name, organisationId, ...part } of parts)
		app.db
			.insert(poolParts)
			.values({
				...part,
				poolId: made.id,
				organisationId: of.venues.get(organisationId) ?? '',
				number: 1,
				contractVersion: 1,
				contributedBy: actor.personId,
				contributedAt: at
			})
			.run();
	insertVersion(app, actor, storedPool(app, made.id), snapshot, hash);
	app.db
		.insert(datasetGrants)
		.values({
			datasetId: made.datasetId,
			granteeKind: 'workshop',
			granteeId: of.workshopId,
			createdBy: actor.personId,
			createdAt: at
		})
		.run();
}
