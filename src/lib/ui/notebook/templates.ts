/** Cells that answer a common question, over a table of the notebook: each runs as it is, and is changed like any other. */
import type { CellMode } from '$lib/core/notebook/notebook';
import { QUEBEC_REGIONS } from '$lib/core/territory/quebec-regions';
import { m } from '$lib/paraglide/messages';
import { freeName } from './free-name.ts';
import {
	bare,
	categoryOf,
	MEASURE,
	ONE_EACH,
	quoted,
	type KnownColumn,
	type KnownTable,
	type NotebookTables
} from './new-cell.ts';
import type { TemplateId } from './template-list.ts';

export interface MadeCell {
	readonly mode: CellMode;
	readonly source: string;
}
/** What no table of the notebook has. */
export type Lack = 'table' | 'date' | 'region' | 'category' | 'number';

export function templateCells(
	template: TemplateId,
	{ names, tables }: NotebookTables
): readonly MadeCell[] | Lack {
	if (tables.length === 0) return 'table';
	// The last table that has what it takes.
	let lack: Lack = 'table';
	for (const table of [...tables].reverse()) {
		const made = MAKERS[template](table, names);
		if (typeof made !== 'string') return made;
		lack = made;
	}
	return lack;
}

export const lackText = (lack: Lack): string =>
	({
		table: m.template_no_table,
		date: m.template_no_date,
		region: m.template_no_region,
		category: m.template_no_category,
		number: m.template_no_number
	})[lack]();

type Make = (table: KnownTable, names: readonly string[]) => readonly MadeCell[] | Lack;

const js = (source: string): MadeCell => ({ mode: 'js', source });

const isNumber = ({ type, name }: KnownColumn): boolean =>
	(type === 'number' || type === 'integer') && !ONE_EACH.test(bare(name));
/** The number that is best added up: one that says that it counts or weighs something. */
function numberOf({ columns }: KnownTable): string | null {
	const numbers = columns.filter(isNumber);
	return (numbers.find(({ name }) => MEASURE.test(bare(name))) ?? numbers[0])?.name ?? null;
}
const dateOf = ({ columns }: KnownTable): string | null =>
	columns.find(({ type }) => type === 'date' || type === 'datetime')?.name ?? null;

const REGION_NAMES: ReadonlySet<string> = new Set(QUEBEC_REGIONS.map(({ name }) => bare(name)));
const regionOf = ({ columns }: KnownTable): string | null =>
	columns.find(
		({ name, type, top }) =>
			type === 'text' &&
			(/region/.test(bare(name)) || top.some((text) => REGION_NAMES.has(bare(text))))
	)?.name ?? null;

/** A text of which values come back. */
const repeats = ({ type, distinct }: KnownColumn, rows: number | null): boolean =>
	(type === 'text' || type === 'boolean') &&
	(distinct === null || (distinct > 1 && (rows === null || distinct < rows)));
function groupsOf(table: KnownTable): string | null {
	const best = categoryOf(table);
	const column = table.columns.find(({ name }) => name === best);
	if (column && repeats(column, table.rows)) return best;
	return table.columns.find((one) => repeats(one, table.rows))?.name ?? null;
}
/** What is ranked: many of them, each with several rows; else any groups. */
function rankedOf(table: KnownTable): string | null {
	const many = table.columns.find(
		(column) =>
			column.type === 'text' &&
			repeats(column, table.rows) &&
			(column.distinct === null || column.distinct > 10) &&
			!/(^|[_ .-])(id|no|numero|uuid|ref)$/.test(bare(column.name))
	);
	return many?.name ?? groupsOf(table);
}

/** Rows summed by group into one column, the largest first. */
function totals(table: KnownTable, group: string, into: string, more = '') {
	const number = numberOf(table);
	const total = freeName('total', [group]);
	const sum = number === null ? '() => op.count()' : `d => op.sum(d[${quoted(number)}])`;
	return {
		total,
		what: number ?? m.template_rows(),
		source: (last: string): string =>
			`const ${into} = ${table.name}\n  .groupby(${quoted(group)})\n  .rollup({${total}: ${sum}})${more.replaceAll('$total', total)}\n  .orderby(aq.desc(${quoted(last)}))`
	};
}

const bars = (data: string, x: string, y: string, title: string, label: string): MadeCell =>
	js(
		`Plot.plot({\n  title: ${quoted(title)},\n  marginLeft: 180,\n  x: {label: ${quoted(label)}},\n  y: {label: null},\n  marks: [\n    Plot.barX(${data}, {x: ${quoted(x)}, y: ${quoted(y)}, sort: {y: "-x"}}),\n    Plot.ruleX([0])\n  ]\n})`
	);

const MAKERS: Record<TemplateId, Make> = {
	trend(table) {
		const date = dateOf(table);
		if (date === null) return 'date';
		const number = numberOf(table);
		const [reduce, y] = number === null ? ['count', ''] : ['sum', `, y: ${quoted(number)}`];
		const what = number ?? m.template_rows();
		return [
			js(
				`Plot.plot({\n  title: ${quoted(m.template_title_trend({ what }))},\n  marginLeft: 70,\n  x: {label: null},\n  y: {label: ${quoted(what)}, grid: true},\n  marks: [\n    Plot.lineY(${table.name}, Plot.binX({y: ${quoted(reduce)}}, {x: ${quoted(date)}${y}, interval: "month"})),\n    Plot.ruleY([0])\n  ]\n})`
			)
		];
	},
	regions(table, names) {
		const region = regionOf(table);
		if (region === null) return 'region';
		const name = freeName(m.template_name_regions(), names);
		const { source, total, what } = totals(table, region, name);
		const title = m.template_title_by({ what, category: region });
		return [js(`${source(total)};`), bars(name, total, region, title, what)];
	},
	top(table, names) {
		const group = rankedOf(table);
		if (group === null) return 'category';
		const name = freeName(m.template_name_top(), names);
		const { source, total, what } = totals(table, group, name);
		const title = m.template_title_top({ category: group });
		return [js(`${source(total)}\n  .slice(0, 10);`), bars(name, total, group, title, what)];
	},
	share(table, names) {
		const group = groupsOf(table);
		if (group === null) return 'category';
		const name = freeName(m.template_name_share(), names);
		const part = freeName('part', [group, 'total', 'total2']);
		const { source } = totals(
			table,
			group,
			name,
			`\n  .derive({${part}: d => 100 * d["$total"] / op.sum(d["$total"])})`
		);
		const title = m.template_title_share({ category: group });
		return [js(`${source(part)};`), bars(name, part, group, title, '%')];
	},
	spread(table) {
		const number = numberOf(table);
		if (number === null) return 'number';
		return [
			js(
				`Plot.plot({\n  title: ${quoted(m.template_title_spread({ what: number }))},\n  marginLeft: 70,\n  x: {label: ${quoted(number)}},\n  y: {label: ${quoted(m.template_rows())}, grid: true},\n  marks: [\n    Plot.rectY(${table.name}, Plot.binX({y: "count"}, {x: ${quoted(number)}})),\n    Plot.ruleY([0])\n  ]\n})`
			)
		];
	}
};
