/** Charts for tests: random ones from a seed, with tables that they can be drawn from. */
import {
	AGGREGATES,
	channelOf,
	CHANNELS,
	CHART_KINDS,
	DATE_INTERVALS,
	LAYOUTS,
	newChart,
	type CategoryOrder,
	type Channel,
	type ChartKind,
	type ChartSpec
} from './chart-spec.ts';
import { KINDS, type ChannelRule } from './chart-kinds.ts';
import { PALETTES } from './palettes.ts';
import { REGION_NAMES } from './region-places.ts';

/** Numbers from 0 to below 1, the same for a seed. */
export function mulberry32(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export type Random = () => number;

export const pick = <T>(random: Random, items: readonly T[]): T => {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new RangeError('nothing to pick from');
	return item;
};

/** Columns of `sampleTable`, by what they hold. */
export const SAMPLE_COLUMNS = {
	category: ['discipline', 'Canal de vente', 'gold', 'étape'],
	number: ['recette', 'Billets vendus', 'jours'],
	date: ['date'],
	region: ['region']
} as const;

const TEXTS = [
	'Recettes par discipline',
	'L’été « à Québec » : 12\u00a0%',
	'A "quote", a \\ and\na line',
	'`${x}` </script> \u2028',
	'É',
	'Source'
];
const RESTS = ['Autres', 'Others', 'danse'];
const NAMES = ['théâtre', 'danse', 'musique', 'cirque', 'arts de la rue et du cirque contemporain'];

function channel(random: Random, rule: ChannelRule): Channel {
	const columns = rule.accepts.flatMap((kind) => SAMPLE_COLUMNS[kind]);
	const aggregate =
		rule.aggregate === 'never' || (rule.aggregate === 'may' && random() < 0.3)
			? null
			: pick(random, AGGREGATES);
	const column = pick(random, columns);
	const kept = NAMES.filter(() => random() < 0.6);
	const isDate = (SAMPLE_COLUMNS.date as readonly string[]).includes(column);
	return channelOf(aggregate === 'count' ? null : column, {
		aggregate,
		interval: rule.interval && isDate && random() < 0.8 ? pick(random, DATE_INTERVALS) : null,
		bins:
			rule.bins === 'list'
				? pick(random, [
						[30, 60, 90],
						[0, 15],
						[7, 30, 60, 90, 365]
					])
				: rule.bins === 'count' && !isDate && random() < 0.7
					? pick<Channel['bins']>(random, [5, 20, [0, 10, 50, 200]])
					: null,
		gather: rule.gather && random() < 0.3 ? { keep: kept, rest: pick(random, RESTS) } : null
	});
}

function order(random: Random): CategoryOrder {
	const by = pick(random, ['name', 'value', 'data', 'list'] as const);
	if (by === 'list') return { by, values: NAMES.filter(() => random() < 0.8) };
	return by === 'data' ? { by } : { by, descending: random() < 0.5 };
}

/** A chart of this kind, whose options are any: fit it to get what it can say. */
export function randomChart(
	random: Random,
	kind: ChartKind = pick(random, CHART_KINDS)
): ChartSpec {
	const rules = KINDS[kind];
	const may = <T>(share: number, make: () => T): T | null => (random() < share ? make() : null);
	const words = () => pick(random, TEXTS);
	const axis = () => ({
		label: pick(random, [null, null, '', 'Recettes', 'Part (nette)']),
		unit: may(0.3, () => pick(random, ['$', '%', 'billets'])),
		format: may(0.3, () => pick(random, [',.0f', '~s', '.1f'])),
		grid: random() < 0.3
	});
	const channels = Object.fromEntries(
		CHANNELS.map((name) => {
			const rule = rules.channels[name];
			const given = rule && (rule.required || random() < 0.35);
			return [name, given ? channel(random, rule) : null];
		})
	);
	return newChart('ventes', kind, channels, {
		title: may(0.5, words),
		subtitle: may(0.3, words),
		source: may(0.4, () => pick(random, ['Réservatech', 'Données ouvertes, 2025'])),
		note: may(0.4, () => pick(random, ['Billets remis exclus.', 'Note : chiffres provisoires'])),
		alternative: may(0.3, words),
		x: axis(),
		y: axis(),
		order: order(random),
		limit: may(0.3, () => 1 + Math.floor(random() * 8)),
		highlight: may(0.3, () => ({
			values: NAMES.filter(() => random() < 0.5),
			text: may(0.5, words)
		})),
		palette: may(0.5, () => pick(random, PALETTES).name),
		horizontal: random() < 0.5,
		layout: pick(random, LAYOUTS),
		zero: random() < 0.5,
		legend: random() < 0.5,
		values: random() < 0.5,
		reference: may(0.3, () => ({ value: pick(random, [0, -5, 100, 12.5]), text: may(0.5, words) })),
		width: may(0.2, () => 400 + Math.floor(random() * 400)),
		height: may(0.2, () => 200 + Math.floor(random() * 400)),
		labelRoom: may(0.3, () => 60 + Math.floor(random() * 120))
	});
}

/** A table of a column for each name above: `empty` shares of its values are missing. */
export function sampleColumns(
	random: Random,
	rows: number,
	empty = 0.1
): Record<string, unknown[]> {
	const made = <T>(make: () => T): (T | null)[] =>
		Array.from({ length: rows }, () => (random() < empty ? null : make()));
	const start = Date.UTC(2024, 0, 1);
	return {
		discipline: made(() => pick(random, NAMES)),
		'Canal de vente': made(() => pick(random, ['web', 'guichet', 'téléphone'])),
		gold: made(() => pick(random, ['2023', '2024'])),
		étape: made(() => pick(random, ['visite', 'panier', 'achat'])),
		recette: made(() => Math.round((random() - 0.2) * 10_000) / 100),
		'Billets vendus': made(() => Math.floor(random() * 40)),
		jours: made(() => Math.floor(random() * 150) - 10),
		date: made(() => new Date(start + Math.floor(random() * 500) * 86_400_000)),
		region: made(() => pick(random, REGION_NAMES))
	};
}
