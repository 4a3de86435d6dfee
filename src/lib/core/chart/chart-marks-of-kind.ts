/** The marks of each kind of chart, each with its role, and those that any kind can have beside them. */
import type { Lang } from '../notebook/notebook.ts';
import type { Axes } from './chart-axes.ts';
import type { ChartSpec } from './chart-spec.ts';
import { mark, ON_MARKS, type RoledMark } from './mark-parts.ts';
import { bars, box, dumbbell, histogram, waterfall } from './marks-of-bars.ts';
import { heatmap, regionTiles } from './marks-of-cells.ts';
import { dots, lines, slope } from './marks-of-lines.ts';
import { Constant, IDENTITY, objectOf } from './plot-code.ts';

/** All marks of a chart, from the bottom up. */
export function marksOfKind(spec: ChartSpec, axes: Axes, lang: Lang): RoledMark[] {
	return [...marksOfOwn(spec, axes, lang), ...reference(spec, axes), ...annotation(spec)];
}

function marksOfOwn(spec: ChartSpec, axes: Axes, lang: Lang): RoledMark[] {
	switch (spec.kind) {
		case 'dots':
			return dots(spec);
		case 'heatmap':
			return heatmap(spec);
		case 'region-tiles':
			return regionTiles(spec);
		case 'waterfall':
			return waterfall(spec);
		case 'slope':
			return slope(spec);
		case 'dumbbell':
			return dumbbell(spec, axes);
		case 'lines':
		case 'areas':
			return lines(spec);
		case 'histogram':
			return histogram(spec, axes);
		case 'box':
			return box(spec, axes);
		case 'bars':
		case 'ranked-dots':
		case 'funnel':
		case 'ageing':
			return bars(spec, axes, lang);
	}
}

/** Beside the axis of the measure. */
function reference({ reference: at, kind }: ChartSpec, { measure }: Axes): RoledMark[] {
	if (!at) return [];
	const upright = measure === 'y';
	const marks = [
		mark('reference', upright ? 'ruleY' : 'ruleX', [at.value], objectOf({ strokeDasharray: '4 3' }))
	];
	if (at.text !== null)
		marks.push(
			mark(
				'reference-text',
				'text',
				[at.value],
				objectOf({
					[measure]: IDENTITY,
					text: new Constant(at.text),
					frameAnchor: upright ? 'right' : kind === 'box' ? 'bottom' : 'top',
					...(upright ? { textAnchor: 'end', dy: -7 } : { textAnchor: 'start', dx: 5, dy: 6 }),
					...ON_MARKS
				})
			)
		);
	return marks;
}

function annotation({ highlight, horizontal }: ChartSpec): RoledMark[] {
	if (!highlight || highlight.text === null) return [];
	return [
		mark(
			'annotation',
			'text',
			[highlight.text],
			objectOf({
				frameAnchor: horizontal ? 'bottom-right' : 'top-right',
				lineWidth: 18,
				fontWeight: 'bold'
			})
		)
	];
}
