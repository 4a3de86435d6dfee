/** The example of an intention: on the first table of the notebook that it fits, else on a small one of our own. */
import { missingChannels } from '$lib/core/chart/chart-kinds';
import type { ChartColumn, ChartKind, ChartSpec } from '$lib/core/chart/chart-spec';
import { suggestChart } from '$lib/core/chart/suggest-chart';
import type { AdjustableColumn } from '$lib/core/control/make-adjustable';
import { exampleStep, verbsOf, type StepExample } from '$lib/core/pipeline/example-step';
import {
	byWorth,
	sampleTables,
	type ExampleTable,
	type SampleTable
} from '$lib/core/pipeline/example-table';
import { printStep } from '$lib/core/pipeline/print-step';
import type { ColumnSummary } from '$lib/core/protocol/messages';
import type { Lang } from '$lib/core/notebook/notebook';
import { turnInto } from '../chart/panel/turn-into';
import { measurable, wordedChart } from '../notebook/new-chart';
import { bare, ONE_EACH, type KnownTable } from '../notebook/new-cell';
import { adjustedOver } from '../pipeline/adjust-step';
import type { Intention } from './intentions';

type NewStep = StepExample['step'];

export interface Example {
	/** The table of the notebook that it is computed on; null: a small one of our own. */
	readonly table: KnownTable | null;
	/** What is run: the table, and the text of its step. */
	readonly head: string;
	readonly steps: readonly string[];
	/** The source of the chart that is drawn. */
	readonly chart: string | null;
	/** As it is written in a cell. */
	readonly code: string;
	readonly verbs: readonly string[];
	/** Columns that it is about. */
	readonly about: readonly string[];
	/** What « add » puts in: a step, a control with the step that reads it, or a chart. */
	readonly step: NewStep | null;
	readonly control: string | null;
}

/** The columns of a sample are known as those of a table are. */
const asKnown = (table: SampleTable): KnownTable => ({
	name: table.name,
	rows: table.rows,
	columns: table.columns.map(({ valueType, ...column }) => ({
		...column,
		...(valueType !== undefined && { valueType: valueType as ColumnSummary['valueType'] })
	}))
});

/** A text that names samples, as it can be run where they are not. */
const runnable = (text: string, samples: readonly SampleTable[]): string =>
	samples.reduce(
		(run, { name, source }) =>
			run.replace(new RegExp(`(?<![\\w"'])${name}(?![\\w"'])`, 'g'), () => source),
		text
	);

function ofStep(made: StepExample, table: ExampleTable) {
	const text = printStep(made.step);
	return {
		...{ head: table.name, steps: [text], chart: null, code: text, verbs: verbsOf(made.step) },
		...{ about: made.about, step: made.step, control: null }
	};
}

function ofAdjusted(table: ExampleTable, lang: Lang, taken: ReadonlySet<string>) {
	const made = exampleStep('filter', table, [], lang);
	if (!made) return null;
	const columns = table.columns.map(({ name, type, min, max }): AdjustableColumn => ({
		...{ name, type: type ?? 'other', min: min ?? null, max: max ?? null },
		...{ table: table.name, values: [] }
	}));
	const adjusted = adjustedOver(made.step, columns, taken);
	return (
		adjusted && {
			...ofStep(made, table),
			code: `${adjusted.source}\n\n${printStep(adjusted.step)}`,
			verbs: [/\bInputs\.\w+/.exec(adjusted.source)?.[0] ?? 'view', ...verbsOf(adjusted.step)],
			...{ step: adjusted.step, control: adjusted.source }
		}
	);
}

/** Marks of a picture that is looked at in passing. */
const MARKS = 5_000;
const DAYS = /jour|day|delai|delay|retard|anciennete|^age|attente/;

/** A chart that its kind says something of: not any column that it would take. */
function chartOf(kind: ChartKind, table: KnownTable): ChartSpec | null {
	const rows = table.rows ?? 0;
	if (rows === 0 || (kind === 'dots' && rows > MARKS)) return null;
	const known = measurable(table).filter(({ name }) => !ONE_EACH.test(bare(name)));
	const isNumber = ({ type }: { type: string }): boolean => type === 'number' || type === 'integer';
	const columns = [...byWorth(known.filter(isNumber)), ...known.filter((one) => !isNumber(one))];
	const few = columns
		.filter(({ type, distinct }) => type === 'text' && distinct !== null && distinct > 1)
		.sort((a, b) => (a.distinct ?? 0) - (b.distinct ?? 0));
	const of = (...own: readonly (ChartColumn | undefined)[]): ChartSpec =>
		turnInto(kind, null, table.name, { rows, columns: own.flatMap((one) => one ?? []) });
	const number = columns.find(isNumber);
	let spec: ChartSpec | null;
	switch (kind) {
		case 'region-tiles': {
			const region = columns.find(({ valueType }) => valueType === 'region');
			spec = region ? of(region, number) : null;
			break;
		}
		case 'slope': {
			// Moments are few, and lines can be told apart.
			const [moments, series] = few;
			const told = (moments?.distinct ?? 9) <= 4 && (series?.distinct ?? 99) <= 12;
			spec = told ? of(moments, series, number) : null;
			break;
		}
		case 'ageing': {
			const days = columns.find((one) => isNumber(one) && DAYS.test(bare(one.name)));
			spec = days ? of(days) : null;
			break;
		}
		default: {
			const profile = { rows, columns };
			spec =
				suggestChart(profile, table.name).find((one) => one.spec.kind === kind)?.spec ??
				turnInto(kind, null, table.name, profile);
		}
	}
	return spec && missingChannels(spec).length === 0 ? spec : null;
}

function ofChart(kind: ChartKind, table: KnownTable) {
	const spec = chartOf(kind, table);
	if (!spec) return null;
	const code = wordedChart(spec);
	const marks = [...code.matchAll(/\bPlot\.(\w+)\(/g)].map(([, mark]) => `Plot.${mark ?? ''}`);
	const about = Object.values(spec.channels).flatMap((channel) => channel?.column ?? []);
	return {
		...{ head: table.name, steps: [], chart: code, code, about: [...new Set(about)] },
		...{ verbs: [...new Set(marks)].filter((mark) => mark !== 'Plot.plot') },
		...{ step: null, control: null }
	};
}

/**
 * @param tables of the notebook, those that are to be tried first before the others
 * @param taken names of the notebook
 */
export function exampleOf(
	intention: Intention,
	tables: readonly KnownTable[],
	taken: ReadonlySet<string>,
	lang: Lang
): Example | null {
	const on = (table: KnownTable, others: readonly ExampleTable[]) => {
		if (intention.kind === 'chart') return ofChart(intention.chart, table);
		if (intention.kind === 'adjust') return ofAdjusted(table, lang, taken);
		const made = exampleStep(intention.intent.id, table, others, lang);
		return made && ofStep(made, table);
	};
	for (const table of tables) {
		const found = on(table, tables);
		if (found) return { table, ...found };
	}
	const samples = sampleTables(lang);
	const found = on(asKnown(samples[0]), samples);
	return (
		found && {
			...{ table: null, ...found },
			head: samples[0].source,
			steps: found.steps.map((text) => runnable(text, samples)),
			chart: found.chart === null ? null : runnable(found.chart, samples)
		}
	);
}
