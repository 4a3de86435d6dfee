/** How a point of a chart reads, in one line. */
import { m } from '$lib/paraglide/messages';
import type { ChartPoint } from './chart-points';

export const pointWords = ({ lines }: Pick<ChartPoint, 'lines'>): string =>
	lines.map(({ label, text }) => (label ? m.chart_tip_line({ label, text }) : text)).join(', ');
