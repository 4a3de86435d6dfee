/**
 * A small table of our own, for examples where no table of the notebook fits: every column that an example may want is
 * in it. Its rows are constants; what is known of them is computed as of any table.
 */
import type { Lang } from '../notebook/notebook.ts';
import type { ColumnType } from '../protocol/messages.ts';
import { printKey } from './print-expression.ts';
import { choose } from './say.ts';

/** A column as far as it is known: null where it is not. */
export interface ExampleColumn {
	readonly name: string;
	readonly type: ColumnType | null;
	readonly distinct: number | null;
	/** Its most frequent texts. */
	readonly top: readonly string[];
	readonly valueType?: string;
	readonly missing?: number;
	/** Of a number or a date (epoch ms). */
	readonly min?: number | null;
	readonly max?: number | null;
}
export interface ExampleTable {
	readonly name: string;
	readonly rows: number | null;
	readonly columns: readonly ExampleColumn[];
}

/** Amounts before other numbers, then those that differ most from row to row: they are what is looked at. */
export function byWorth<Column extends Pick<ExampleColumn, 'distinct' | 'valueType'>>(
	columns: readonly Column[]
): Column[] {
	const money = ({ valueType }: Column): number => (valueType === 'money' ? 1 : 0);
	const many = ({ distinct }: Column): number => distinct ?? 1e9;
	return columns.toSorted((a, b) => money(b) - money(a) || many(b) - many(a));
}

type Value = string | number | null;
interface SampleColumn {
	readonly name: { readonly fr: string; readonly en: string };
	readonly type: ColumnType;
	readonly valueType?: string;
	/** A date is its day, `YYYY-MM-DD`. */
	readonly values: readonly Value[];
}

const CITY: readonly SampleColumn[] = [
	{
		name: { fr: 'ville', en: 'city' },
		type: 'text',
		values: ['Gaspé', 'Alma', 'Québec', 'Alma', 'Québec', 'Gaspé', 'Alma', 'Québec']
	}
];
const SALES: readonly SampleColumn[] = [
	...CITY,
	{
		name: { fr: 'région', en: 'region' },
		type: 'text',
		valueType: 'region',
		values: [
			...['Gaspésie–Îles-de-la-Madeleine', 'Saguenay–Lac-Saint-Jean', 'Capitale-Nationale'],
			...['Saguenay–Lac-Saint-Jean', 'Capitale-Nationale', 'Gaspésie–Îles-de-la-Madeleine'],
			...['Saguenay–Lac-Saint-Jean', 'Capitale-Nationale']
		]
	},
	{
		name: { fr: 'saison', en: 'season' },
		type: 'text',
		values: ['2024', '2024', '2024', '2024', '2025', '2025', '2025', '2025']
	},
	{
		name: { fr: 'jour', en: 'day' },
		type: 'date',
		values: [
			...['2024-10-12', '2024-11-09', '2024-11-23', '2024-12-07'],
			...['2025-01-18', '2025-02-15', '2025-02-22', '2025-03-15']
		]
	},
	{
		name: { fr: 'billets', en: 'tickets' },
		type: 'integer',
		values: [80, 45, 120, 60, 95, 30, 75, 110]
	},
	{
		name: { fr: 'revenus', en: 'revenue' },
		type: 'integer',
		values: [1600, 900, 3000, 1200, 2375, 450, 1500, 2750]
	},
	{
		name: { fr: 'note', en: 'rating' },
		type: 'number',
		values: [4.2, null, 4.7, 3.9, null, 4.1, 4, 4.4]
	},
	{
		name: { fr: 'jours d’attente', en: 'days of delay' },
		type: 'integer',
		values: [12, 45, 100, 20, 120, 33, 65, 8]
	},
	{
		name: { fr: 'durée', en: 'length' },
		type: 'text',
		values: ['90', '75', '120', '75', '90', '60', '75', '120']
	}
];
const CITIES: readonly SampleColumn[] = [
	{ name: { fr: 'ville', en: 'city' }, type: 'text', values: ['Gaspé', 'Alma', 'Québec'] },
	{ name: { fr: 'places', en: 'seats' }, type: 'integer', values: [250, 400, 650] }
];

function known({ name, type, values, ...rest }: SampleColumn, lang: Lang): ExampleColumn {
	const there = values.filter((value) => value !== null);
	const counts = new Map<Value, number>();
	for (const value of there) counts.set(value, (counts.get(value) ?? 0) + 1);
	const numbers = there.map((value) =>
		type === 'date' ? Date.parse(String(value)) : typeof value === 'number' ? value : NaN
	);
	const measured = numbers.every((number) => !Number.isNaN(number));
	return {
		...rest,
		name: name[lang],
		type,
		distinct: counts.size,
		top:
			type === 'text'
				? [...counts]
						.sort((a, b) => b[1] - a[1])
						.flatMap(([value]) => String(value))
						.slice(0, 5)
				: [],
		missing: values.length - there.length,
		min: measured ? Math.min(...numbers) : null,
		max: measured ? Math.max(...numbers) : null
	};
}

/** As a call of Arquero: what the example runs on. */
function printed(columns: readonly SampleColumn[], lang: Lang): string {
	const cell = (value: Value, type: ColumnType): string =>
		type === 'date' ? `new Date(${JSON.stringify(value)})` : JSON.stringify(value);
	return `aq.table({${columns
		.map(
			({ name, type, values }) =>
				`${printKey(name[lang])}: [${values.map((value) => cell(value, type)).join(', ')}]`
		)
		.join(', ')}})`;
}

export interface SampleTable extends ExampleTable {
	/** The call of Arquero that makes it. */
	readonly source: string;
}

/** The table, and those that stand beside it: one of the cities, and more rows of the same columns. */
export function sampleTables(lang: Lang): readonly [SampleTable, ...SampleTable[]] {
	const sample = (name: string, columns: readonly SampleColumn[]): SampleTable => ({
		name,
		rows: columns[0]?.values.length ?? 0,
		columns: columns.map((column) => known(column, lang)),
		source: printed(columns, lang)
	});
	const later = SALES.map((column) => ({ ...column, values: column.values.slice(0, 3) }));
	return [
		sample(choose(lang, 'exemple', 'sample'), SALES),
		sample(choose(lang, 'exemple_villes', 'sample_cities'), CITIES),
		sample(choose(lang, 'exemple_suite', 'sample_more'), later)
	];
}
