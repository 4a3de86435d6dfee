/**
 * What became of the data that people discuss, in what a cell gives now: found by keys in its charts and tables, read
 * as a whole. Nothing is said of a cell that has not run, or failed.
 */
import type { Anchor, AnchorStanding, KeyPart, KeyValue } from '$lib/core/annotation/anchor';
import { findMark } from '$lib/core/annotation/find-mark';
import { sameKey } from '$lib/core/annotation/key-value';
import { outcomeDigest, outcomeReading } from '$lib/core/annotation/outcome-reading';
import type { Thread } from '$lib/core/annotation/thread';
import type { Output } from '$lib/core/protocol/messages';
import type { RowPlace, RowWanted } from '$lib/core/protocol/row-anchors';
import { pointsOf } from '../../chart/chart-points';
import type { MarkPlace, TablePlace } from './anchor-places.svelte';

type TableOutput = Extract<Output, { kind: 'table' }>;
type DataAnchor = Extract<Anchor, { kind: 'mark' | 'row' | 'value' | 'outcome' }>;
export type DataThread = Pick<Thread, 'id' | 'excerpt'> & { readonly anchor: DataAnchor };

export interface Told {
	readonly standings: ReadonlyMap<string, AnchorStanding>;
	readonly marks: readonly MarkPlace[];
	readonly rows: readonly TablePlace[];
}

/** Whether a discussion is about what a cell gives rather than about its words. */
export const isOfData = (thread: Pick<Thread, 'anchor'>): boolean =>
	['mark', 'row', 'value', 'outcome'].includes(thread.anchor.kind);

export interface Around {
	/** Asks the worker; what it throws leaves the standings unknown. */
	locate(table: TableOutput, wanted: readonly RowWanted[]): Promise<readonly RowPlace[]>;
	/** Asks the worker what tells a table's values from others; what it throws leaves the standing unknown. */
	digest(table: TableOutput): Promise<string>;
	/** How a point reads, as it is kept with a discussion. */
	words(point: ReturnType<typeof pointsOf>[number]): string;
	/** How a value is written. */
	valueText(value: KeyValue): string;
}

export async function tellAnchors(
	threads: readonly DataThread[],
	outputs: readonly Output[],
	around: Around
): Promise<Told> {
	const standings = new Map<string, AnchorStanding>();
	const marks: MarkPlace[] = [];
	const reading = outcomeReading(outputs);
	let digests: Promise<string | null> | undefined;
	const digest = (): Promise<string | null> => (digests ??= outcomeDigest(outputs, around.digest));
	const inTables: (DataThread & { anchor: RowAnchor })[] = [];
	for (const thread of threads) {
		const { id, anchor } = thread;
		if (anchor.kind === 'outcome')
			standings.set(id, await standingOfOutcome(anchor, reading, digest));
		else if (anchor.kind === 'mark') {
			const [standing, place] = findPoint(thread, anchor, outputs, around);
			standings.set(id, standing);
			if (place) marks.push(place);
		} else if (isRowThread(thread)) inTables.push(thread);
	}
	const rows = await tellRows(inTables, outputs, around, standings);
	return { standings, marks, rows };
}

/** Of tables, the values too where they are known; an anchor of before knows their size and columns alone. */
async function standingOfOutcome(
	anchor: Extract<Anchor, { kind: 'outcome' }>,
	reading: string,
	digest: () => Promise<string | null>
): Promise<AnchorStanding> {
	if (reading === '') return 'gone';
	if (reading !== anchor.reading) return 'changed';
	if (anchor.digest === undefined) return 'here';
	try {
		return (await digest()) === anchor.digest ? 'here' : 'changed';
	} catch {
		return 'unknown';
	}
}

type RowAnchor = Extract<Anchor, { kind: 'row' | 'value' }>;
const isRowThread = (thread: DataThread): thread is DataThread & { anchor: RowAnchor } =>
	thread.anchor.kind === 'row' || thread.anchor.kind === 'value';

// ---------------------------------------------------------------- points

function findPoint(
	{ id, excerpt }: DataThread,
	anchor: Extract<Anchor, { kind: 'mark' }>,
	outputs: readonly Output[],
	around: Around
): [AnchorStanding, MarkPlace?] {
	let unread = false;
	for (const [output, { tips }] of outputs.flatMap((each, i) =>
		each.kind === 'picture' ? [[i, each.picture] as const] : []
	)) {
		// Points that are too many to be told are neither here nor gone.
		unread ||= (tips?.left ?? 0) > 0;
		const found = findMark(tips?.layers ?? [], anchor);
		if (!tips || !found) continue;
		const { layer, at, several, same } = found;
		const point = pointsOf(tips).find((each) => each.layer === layer && each.place === at);
		const reads = point ? around.words(point) : '';
		const changed = several || (same && figures(reads) !== figures(excerpt));
		return [changed ? 'changed' : 'here', { thread: id, output, layer, at }];
	}
	return [unread ? 'unknown' : 'gone'];
}

/** The figures of a text: its language and its signs are no news. What was cut short is compared as far as it goes. */
const figures = (text: string): string => text.replace(/\D+/g, '');

// ---------------------------------------------------------------- rows

async function tellRows(
	threads: readonly (DataThread & { anchor: RowAnchor })[],
	outputs: readonly Output[],
	around: Around,
	standings: Map<string, AnchorStanding>
): Promise<TablePlace[]> {
	const rows: TablePlace[] = [];
	for (const { id } of threads) standings.set(id, 'gone');
	let left = threads;
	for (const output of outputs) {
		if (output.kind !== 'table' || left.length === 0) continue;
		const { table } = output;
		const has = (name: string): boolean => output.columns.some((column) => column.name === name);
		const asked = left.filter(({ anchor }) => isFor(anchor, has));
		if (asked.length === 0) continue;
		let places: readonly RowPlace[];
		try {
			places = await around.locate(
				output,
				asked.map(({ anchor }) => ({
					keys: anchor.keys,
					column: anchor.kind === 'value' ? anchor.column : null
				}))
			);
		} catch {
			for (const { id } of asked) standings.set(id, 'unknown');
			continue;
		}
		for (const [i, { id, anchor }] of asked.entries()) {
			const place = places[i];
			if (!place || place.row === null) continue;
			const column = anchor.kind === 'value' ? anchor.column : null;
			const otherwise = anchor.kind === 'value' && !sameKey(place.value, anchor.value);
			standings.set(id, otherwise || place.several ? 'changed' : 'here');
			const before = otherwise ? around.valueText(anchor.value) : null;
			rows.push({ thread: id, table, row: place.row, column, before });
		}
		left = left.filter(({ id }) => !rows.some(({ thread }) => thread === id));
	}
	return rows;
}

/** Whether a table has all the columns that a row is known by, and the one of the value. */
const isFor = (anchor: RowAnchor, has: (name: string) => boolean): boolean =>
	anchor.keys.every(({ column }: KeyPart) => has(column)) &&
	(anchor.kind === 'row' || has(anchor.column));
