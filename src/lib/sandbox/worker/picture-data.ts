/** The data behind a chart's marks, read from Plot's own channels while it draws. */
import type { Mark } from '@observablehq/plot';
import { LIMITS, type PictureTable, type Scalar } from '../../core/protocol/messages.ts';

interface Channel {
	readonly value?: ArrayLike<unknown>;
	readonly label?: unknown;
	readonly scale?: string | null;
	readonly hint?: unknown;
}
type Channels = Readonly<Record<string, Channel | undefined>>;
type Index = ArrayLike<number> & { readonly fx?: unknown; readonly fy?: unknown };
type Scales = Readonly<Record<string, { readonly label?: unknown } | undefined>>;
type Render = (
	index: Index | null,
	scales: Scales,
	values: { readonly channels?: Channels },
	...rest: unknown[]
) => unknown;
interface Rendering {
	readonly ariaLabel?: unknown;
	readonly render: Render;
}

/** Marks that hold no data of their own. */
const DECORATION = /axis|grid|frame|^tip$|crosshair|sphere|graticule/;
/** Channels that say how a mark looks or behaves, not what it shows. */
const UNSHOWN = new Set([
	'z',
	'key',
	'href',
	'ariaLabel',
	'title',
	'geometry',
	'src',
	'channels',
	'polygon',
	'cx',
	'cy',
	'sort'
]);
const MAX_TABLES = 20;
const MAX_COLUMNS = 30;

interface Batch {
	readonly index: Index;
	readonly channels: Channels;
	readonly scales: Scales;
}

export class Drawn {
	/** Data drawn so far, all marks together. */
	marks = 0;
	readonly #batches = new Map<Mark, Batch[]>();

	/** The same mark, whose drawing is noted here; the mark that was given is left as it is. */
	watch(mark: Mark): Mark {
		const rendering = mark as unknown as Rendering;
		if (DECORATION.test(String(rendering.ariaLabel ?? ''))) return mark;
		const note = (batch: Batch) => {
			this.marks += batch.index.length;
			const batches = this.#batches.get(mark);
			if (batches) batches.push(batch);
			else this.#batches.set(mark, [batch]);
		};
		const render: Render = function (this: unknown, index, scales, values, ...rest) {
			if (index && values.channels) note({ index, channels: values.channels, scales });
			return rendering.render.call(this, index, scales, values, ...rest);
		};
		return Object.create(mark, { render: { value: render } }) as Mark;
	}

	tables(): PictureTable[] {
		const tables: PictureTable[] = [];
		const seen = new Set<string>();
		for (const [mark, batches] of this.#batches) {
			if (tables.length >= MAX_TABLES) break;
			const table = tableOf(String((mark as unknown as Rendering).ariaLabel ?? 'mark'), batches);
			// A rule at zero, a line and its dots: no news.
			if (table.columns.length === 0 || (table.mark === 'rule' && table.total <= 1)) continue;
			const content = JSON.stringify([table.columns, table.rows]);
			if (seen.has(content)) continue;
			seen.add(content);
			tables.push(table);
		}
		return tables;
	}
}

interface Column {
	readonly name: string;
	readonly at: (index: Index, i: number) => unknown;
}

function tableOf(mark: string, batches: readonly Batch[]): PictureTable {
	const [first] = batches;
	const columns = first ? columnsOf(first) : [];
	const rows: Scalar[][] = [];
	let total = 0;
	for (const { index } of batches) {
		total += index.length;
		for (let k = 0; k < index.length && rows.length < LIMITS.pictureDataRows; k++)
			rows.push(columns.map(({ at }) => scalar(at(index, index[k] ?? 0))));
	}
	return { mark, columns: columns.map(({ name }) => name), rows, total };
}

function columnsOf({ index, channels, scales }: Batch): Column[] {
	const columns: Column[] = [];
	const taken = new Set<string>();
	const used = new Set<ArrayLike<unknown>>();
	const add = (label: string, at: Column['at']) => {
		if (columns.length >= MAX_COLUMNS) return;
		let name = label;
		for (let n = 2; taken.has(name); n++) name = `${label} (${n})`;
		taken.add(name);
		columns.push({ name, at });
	};
	const labelOf = (key: string, fallback: string): string => {
		const channel = channels[key];
		const label = channel?.label ?? scales[channel?.scale ?? '']?.label ?? fallback;
		return String(label)
			.replace(/^[↑↓←→]\s*|\s*[↑↓←→]$/g, '')
			.slice(0, 200);
	};

	for (const facet of ['fx', 'fy'] as const)
		if (index[facet] !== undefined)
			add(String(scales[facet]?.label ?? facet), (batch) => batch[facet]);

	// Where a mark is, then how long it is, then what else it says.
	const rank = (key: string): number =>
		!/^[xy]/.test(key) ? 2 : isStacked(channels[key]) || isStacked(channels[`${key[0]}2`]) ? 1 : 0;
	const ranked = Object.entries(channels).sort(([a], [b]) => rank(a) - rank(b));
	for (const [key, channel] of ranked) {
		const values = channel?.value;
		if (!values || UNSHOWN.has(key) || used.has(values)) continue;
		const axis = /^([xy])([12])$/.exec(key);
		const other = axis?.[2] === '1' ? channels[`${axis[1]}2`] : undefined;
		if (axis && other?.value) {
			const [low, high] = [values, other.value];
			used.add(low).add(high);
			const name = labelOf(`${axis[1]}2`, axis[1] ?? key);
			// Stacked: what counts is the length of the bar, not where it sits on the others.
			if (isStacked(other) || isStacked(channel))
				add(name, (_, i) => Number(high[i]) - Number(low[i]));
			else if (low === high) add(name, (_, i) => low[i]);
			else {
				add(`${name} (1)`, (_, i) => low[i]);
				add(`${name} (2)`, (_, i) => high[i]);
			}
			continue;
		}
		used.add(values);
		add(labelOf(key, key), (_, i) => values[i]);
	}
	return columns;
}

const isStacked = (channel: Channel | undefined): boolean =>
	typeof channel?.hint === 'object' && channel.hint !== null && 'length' in channel.hint;

function scalar(value: unknown): Scalar {
	if (value === null || value === undefined) return null;
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (value instanceof Date) return isNaN(+value) ? null : isoText(value);
	return String(value).slice(0, LIMITS.textChars);
}

/** A date without its time at midnight UTC, as datasets hold days. */
const isoText = (date: Date): string => date.toISOString().replace(/T00:00:00\.000Z$/, '');
