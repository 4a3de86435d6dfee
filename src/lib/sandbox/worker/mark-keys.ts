/**
 * What each point of a mark is, by the values of its channels under the names of their columns: a region, a month, a
 * colour that stands for a season. What is measured tells points apart only where nothing else does.
 */
import { ANCHOR_LIMITS } from '../../core/annotation/anchor.ts';
import { keyText, keyValueOf } from '../../core/annotation/key-value.ts';
import type { TipDirection, TipKey } from '../../core/protocol/messages.ts';
import { isNamed } from './naming-values.ts';

interface Channel {
	readonly value?: ArrayLike<unknown>;
	readonly label?: unknown;
	readonly scale?: string | null;
	readonly hint?: { readonly length?: unknown } | null;
}
type Channels = Readonly<Record<string, Channel | undefined>>;
interface Facets {
	readonly fx?: unknown;
	readonly fy?: unknown;
}
type Scales = Readonly<
	Record<string, { readonly label?: unknown; readonly type?: unknown } | undefined>
>;

/** A column of a mark's data, as one of its channels has it. */
export interface KeyColumn {
	readonly name: string;
	/** It says which, rather than how much. */
	readonly names: boolean;
	readonly at: (row: number) => unknown;
}
/** A point: its row in the channels of its mark. */
export interface KeyedPoint {
	readonly row: number;
	readonly columns: readonly KeyColumn[];
}

/** Channels that say how a point looks or what a tip reads, and not what it is. */
const UNKEYED = new Set(
	'geometry href src ariaLabel scales polygon cx cy title text sort key opacity fillOpacity strokeOpacity strokeWidth'.split(
		' '
	)
);
/** Scales whose values stand side by side rather than along a measure. */
const APART = new Set(['ordinal', 'categorical', 'point', 'band', 'utc', 'time', 'temporal']);

/** In the order in which they are told: facets, then what names, then what is measured. */
export function keyColumns(
	by: TipDirection,
	{ fx, fy }: Facets,
	scales: Scales,
	channels: Channels
): KeyColumn[] {
	const columns: KeyColumn[] = [];
	const taken = new Set<string>();
	const used = new Set<ArrayLike<unknown>>();
	const add = (label: unknown, fallback: string, column: Omit<KeyColumn, 'name'>): void => {
		const name = nameOf(label, fallback);
		// The same column by two channels is one key.
		if (taken.has(name)) return;
		taken.add(name);
		columns.push({ name, ...column });
	};
	for (const [key, value] of [
		['fx', fx],
		['fy', fy]
	] as const)
		if (value !== undefined) add(scales[key]?.label, key, { names: true, at: () => value });

	const rank = (key: string): number => (/^[xy]/.test(key) ? 0 : 1);
	for (const [key, channel] of Object.entries(channels).sort(([a], [b]) => rank(a) - rank(b))) {
		const values = channel?.value;
		if (!values || UNKEYED.has(key) || used.has(values)) continue;
		used.add(values);
		const [, axis, end] = /^([xy])([12]?)$/.exec(key) ?? [];
		const other = end === '1' ? channels[`${axis}2`] : undefined;
		// From a beginning to an end: named by its beginning, or measured by its length.
		if (end === '2' && channels[`${axis}1`]?.value) continue;
		const stacked = isStacked(channel) || isStacked(other);
		const label =
			channel.label ?? other?.label ?? (channel.scale ? scales[channel.scale]?.label : undefined);
		const kind = kindOf(values);
		if (kind === 'nothing') continue;
		const scale = channel.scale ? scales[channel.scale]?.type : undefined;
		const name = nameOf(label, key);
		const names =
			!stacked &&
			(kind !== 'number' ||
				axis === by ||
				other?.value !== undefined ||
				(typeof scale === 'string' && APART.has(scale)) ||
				isNamed(name, values));
		const ends = other?.value;
		const at =
			stacked && ends
				? (row: number) => rounded(Number(ends[row]) - Number(values[row]))
				: (row: number) => values[row];
		add(label, axis ?? key, { names, at });
	}
	return [...columns.filter(({ names }) => names), ...columns.filter(({ names }) => !names)];
}

/**
 * The keys of a layer's points: what names them, and as much of what is measured as it takes to tell them apart. Empty
 * where its data say nothing at all of them.
 * @param spend told the characters of each value; answers whether there is room for it
 */
export function keysOf(
	points: readonly KeyedPoint[],
	spend: (chars: number) => boolean
): readonly TipKey[] {
	const columns = points[0]?.columns ?? [];
	const keys: TipKey[] = [];
	/** For each point, which of those that differ until now it is. */
	let groups: readonly number[] = [];
	let count = 0;
	for (const [place, column] of columns.entries()) {
		if (keys.length >= ANCHOR_LIMITS.keys) break;
		if (!column.names && count === points.length && keys.length > 0) break;
		const key = coded(points, place, spend);
		if (!key) return [];
		keys.push(key);
		if (count === points.length) continue;
		if (keys.length === 1) [groups, count] = [key.codes, key.values.length];
		else [groups, count] = paired(groups, key.codes);
	}
	return keys;
}

/** Pairs of codes as codes, and how many there are. */
function paired(a: readonly number[], b: readonly number[]): [codes: number[], count: number] {
	const known = new Map<number, number>();
	const codes = a.map((code, at) => {
		const pair = code * b.length + (b[at] ?? 0);
		let found = known.get(pair);
		if (found === undefined) known.set(pair, (found = known.size));
		return found;
	});
	return [codes, known.size];
}

function coded(
	points: readonly KeyedPoint[],
	place: number,
	spend: (chars: number) => boolean
): TipKey | null {
	const column = points[0]?.columns[place]?.name ?? '';
	/** What was met before is not written again: dates above all. */
	const met = new Map<unknown, number>();
	const times = new Map<number, number>();
	const texts = new Map<string, number>();
	const values: TipKey['values'][number][] = [];
	const codes: number[] = [];
	for (const { row, columns } of points) {
		const raw = columns[place]?.at(row);
		let code = raw instanceof Date ? times.get(+raw) : met.get(raw);
		if (code === undefined) {
			const value = keyValueOf(raw);
			const text = keyText(value);
			code = texts.get(text);
			if (code === undefined) {
				if (!spend(text.length)) return null;
				texts.set(text, (code = values.length));
				values.push(value);
			}
			if (raw instanceof Date) times.set(+raw, code);
			else met.set(raw, code);
		}
		codes.push(code);
	}
	return { column, values, codes };
}

/** A label that Plot found by itself is an object that says it. */
const nameOf = (label: unknown, fallback: string): string =>
	(String(label ?? '') || fallback)
		.replace(/^[↑↓←→]\s*|\s*[↑↓←→]$/g, '')
		.slice(0, ANCHOR_LIMITS.column)
		.toWellFormed();

const isStacked = (channel: Channel | undefined): boolean =>
	typeof channel?.hint === 'object' && channel.hint !== null && 'length' in channel.hint;

function kindOf(values: ArrayLike<unknown>): 'number' | 'other' | 'nothing' {
	for (let i = 0; i < values.length; i++)
		if (values[i] != null) return typeof values[i] === 'number' ? 'number' : 'other';
	return 'nothing';
}

/** The length of a bar that stands on others: to twelve figures, since sums differ by their order. */
const rounded = (value: number): number => Number(value.toPrecision(12));
