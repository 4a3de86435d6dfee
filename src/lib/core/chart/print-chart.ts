/** A chart as the source of a cell: plain Plot, that runs here and in Observable. */
import type { Lang } from '../notebook/notebook.ts';
import { buildChart } from './build-chart.ts';
import type { ChartSpec } from './chart-spec.ts';
import { printCode, printEntry } from './plot-code.ts';

/** An option a line, a mark a line. What the chart's kind cannot say is left out. */
export function printChart(spec: ChartSpec, lang: Lang): string {
	const { options, marks } = buildChart(spec, lang);
	const entries = Object.entries(options).map(([key, value]) => `  ${printEntry(key, value, 1)}`);
	const drawn = marks.map(({ code }) => `    ${printCode(code, 2)}`);
	return `Plot.plot({\n${[...entries, `  marks: [\n${drawn.join(',\n')}\n  ]`].join(',\n')}\n})`;
}
