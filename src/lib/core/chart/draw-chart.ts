/** A chart drawn from its spec, without eval: the same calls that its source makes. */
import type { Lang } from '../notebook/notebook.ts';
import { buildChart, chartCall } from './build-chart.ts';
import type { ChartSpec } from './chart-spec.ts';
import { runCode, type PlotNamespace } from './plot-code.ts';

/**
 * What `Plot.plot` makes of it.
 * @param plot Observable Plot, or a namespace that wraps it
 * @param table what the source's table name stands for
 */
export const drawChart = (
	plot: PlotNamespace,
	spec: ChartSpec,
	table: unknown,
	lang: Lang
): unknown => runCode(chartCall(buildChart(spec, lang)), plot, table);
