/** The charts that a table asks for, from what its columns are: the likeliest first, each with why. */
import { fitChart } from './chart-kinds.ts';
import {
	channelOf,
	newChart,
	type ChartColumn,
	type ChartKind,
	type ChartProfile,
	type ChartSpec,
	type ChartSuggestion,
	type DateInterval
} from './chart-spec.ts';
import { paletteOfSize } from './palettes.ts';
import { isYear, YEAR_FORMAT } from './year-column.ts';

type Role = 'date' | 'year' | 'number' | 'category' | 'region' | 'none';

/** More categories than that are not compared in one look. */
const FEW = 30;
/** Series that can be told apart. */
const SERIES = 5;
/** Lines that can be followed: as many as the longest palette has colours. */
const LINES = 10;
const BARS_SHOWN = 15;

/** What a column is for in a chart. */
export function roleOf(column: ChartColumn, rows: number): Role {
	const { type, valueType, distinct } = column;
	if (type === 'date' || type === 'datetime') return 'date';
	if (valueType === 'region') return 'region';
	if (valueType === 'identifier' || valueType === 'url') return 'none';
	if (type === 'number' || type === 'integer')
		return distinct === 1 ? 'none' : isYear(column) ? 'year' : 'number';
	if (type === 'boolean') return 'category';
	if (type !== 'text') return 'none';
	// A text that is nearly never twice the same names rows: it compares well only in a short table.
	const known = distinct ?? Infinity;
	return known < 2 || (known > FEW && known > rows / 2) ? 'none' : 'category';
}

/** The interval that leaves some tens of points. */
export function intervalFor({ min, max }: ChartColumn): DateInterval | null {
	if (min === null || max === null) return null;
	const days = (max - min) / 86_400_000;
	if (days <= 60) return days > 1 ? 'day' : null;
	if (days <= 180) return 'week';
	if (days <= 3_650) return 'month';
	return 'year';
}

const UNITS: Readonly<Record<string, string>> = { money: '$', percent: '%' };

/** Sums add up; shares, rates and prices are averaged. */
const reduceOf = ({ name, valueType }: ChartColumn): 'sum' | 'mean' =>
	valueType === 'percent' ||
	/(^|[^\p{L}])(taux|prix|moyen|moyenne|occupation|rate|price|mean|average|[âa]ge)/iu.test(name)
		? 'mean'
		: 'sum';

/** Pixels for the labels of a column's categories; null where some are not known, and drawing finds their room. */
export const roomFor = ({ top, distinct }: ChartColumn): number | null => {
	if (distinct === null || distinct > top.length) return null;
	return Math.min(240, Math.max(60, 20 + 6 * Math.max(0, ...top.map((value) => value.length))));
};

const quoted = (text: string, lang: 'fr' | 'en') =>
	lang === 'fr' ? `«\u00a0${text}\u00a0»` : `“${text}”`;

/** At most eight charts; none where no column can be drawn. */
export function suggestChart({ rows, columns }: ChartProfile, table: string): ChartSuggestion[] {
	const of = (role: Role) => columns.filter((column) => roleOf(column, rows) === role);
	const [dates, numbers, categories, regions] = [
		of('date'),
		of('number'),
		of('category'),
		of('region')
	];
	const out: ChartSuggestion[] = [];
	const add = (
		kind: ChartKind,
		channels: Partial<ChartSpec['channels']>,
		more: Parameters<typeof newChart>[3],
		fr: string,
		en: string
	) =>
		out.push({
			spec: fitChart(
				newChart(table, kind, channels, {
					palette: 'carnet',
					...more
				})
			),
			reason: { fr, en }
		});
	const axis = (column: ChartColumn | undefined, label: string | null = null) => ({
		label,
		unit: UNITS[column?.valueType ?? ''] ?? null,
		format: null,
		grid: true
	});
	const bare = { label: '', unit: null, format: null, grid: false };
	const counted = channelOf(null, { aggregate: 'count' });
	const moment = dates[0] ?? of('year')[0];
	const [number, other] = numbers;
	const [region] = regions;
	const series = categories.find(({ distinct }) => distinct !== null && distinct <= SERIES);
	const measure = number ? channelOf(number.name, { aggregate: reduceOf(number) }) : counted;
	const said = number?.name ?? null;

	if (moment) {
		const years = isYear(moment);
		const x = channelOf(moment.name, { interval: years ? null : intervalFor(moment) });
		const over = years ? { ...bare, format: YEAR_FORMAT } : bare;
		const line = [...categories, ...regions].find(
			({ distinct }) => distinct !== null && distinct <= LINES
		);
		const zero = !number || reduceOf(number) === 'sum';
		add(
			'lines',
			{ x, y: measure },
			{ zero, x: over, y: axis(number, said) },
			said === null
				? `Combien de lignes au fil de ${quoted(moment.name, 'fr')}`
				: `Comment ${quoted(said, 'fr')} évolue au fil de ${quoted(moment.name, 'fr')}`,
			said === null
				? `How many rows over ${quoted(moment.name, 'en')}`
				: `How ${quoted(said, 'en')} changes over ${quoted(moment.name, 'en')}`
		);
		if (line)
			add(
				'lines',
				{ x, y: measure, colour: channelOf(line.name) },
				{
					...{ zero, legend: true, x: over, y: axis(number, said) },
					...((line.distinct ?? 0) > SERIES && { palette: paletteOfSize(line.distinct ?? 0) })
				},
				`La même évolution, une ligne par ${quoted(line.name, 'fr')}`,
				`The same over time, one line for each ${quoted(line.name, 'en')}`
			);
	}
	if (region)
		add(
			'region-tiles',
			{ x: channelOf(region.name), colour: measure },
			{ palette: 'bleus', legend: true, values: true },
			said === null
				? `Où sont les lignes, par région du Québec`
				: `Où se trouve ${quoted(said, 'fr')}, par région du Québec`,
			said === null
				? `Where the rows are, by region of Québec`
				: `Where ${quoted(said, 'en')} is, by region of Québec`
		);
	for (const category of [...categories, ...regions].slice(0, 2)) {
		const many = (category.distinct ?? Infinity) > BARS_SHOWN;
		add(
			'bars',
			{ x: channelOf(category.name), y: measure },
			{
				horizontal: true,
				order: { by: 'value', descending: true },
				limit: many ? BARS_SHOWN : null,
				labelRoom: roomFor(category),
				x: bare,
				y: axis(number, said)
			},
			said === null
				? `Combien de lignes par ${quoted(category.name, 'fr')}, de la plus fréquente à la plus rare`
				: `${quoted(said, 'fr')} par ${quoted(category.name, 'fr')}, du plus grand au plus petit`,
			said === null
				? `How many rows for each ${quoted(category.name, 'en')}, the most frequent first`
				: `${quoted(said, 'en')} for each ${quoted(category.name, 'en')}, the largest first`
		);
	}
	if (number && other)
		add(
			'dots',
			{
				x: channelOf(number.name),
				y: channelOf(other.name),
				colour: series ? channelOf(series.name) : null
			},
			{ legend: true, x: axis(number, number.name), y: axis(other, other.name) },
			`Si ${quoted(number.name, 'fr')} et ${quoted(other.name, 'fr')} vont ensemble`,
			`Whether ${quoted(number.name, 'en')} and ${quoted(other.name, 'en')} go together`
		);
	if (number)
		add(
			'histogram',
			{ x: channelOf(number.name, { bins: 20 }), y: counted },
			{ x: { ...axis(number, number.name), grid: false } },
			`Comment ${quoted(number.name, 'fr')} se répartit`,
			`How ${quoted(number.name, 'en')} is spread`
		);
	const [first, second] = categories;
	if (first && second)
		add(
			'heatmap',
			{ x: channelOf(second.name), y: channelOf(first.name), colour: measure },
			{
				palette: 'bleus',
				legend: true,
				values: (second.distinct ?? Infinity) <= 10,
				labelRoom: roomFor(first),
				x: bare,
				y: bare
			},
			`Où ${quoted(first.name, 'fr')} et ${quoted(second.name, 'fr')} se croisent le plus`,
			`Where ${quoted(first.name, 'en')} and ${quoted(second.name, 'en')} meet most`
		);
	if (number && first)
		add(
			'box',
			{ x: channelOf(first.name), y: channelOf(number.name) },
			{ horizontal: true, labelRoom: roomFor(first), x: bare, y: axis(number, number.name) },
			`Comment ${quoted(number.name, 'fr')} varie dans chaque ${quoted(first.name, 'fr')}`,
			`How ${quoted(number.name, 'en')} varies within each ${quoted(first.name, 'en')}`
		);
	return out.slice(0, 8);
}
