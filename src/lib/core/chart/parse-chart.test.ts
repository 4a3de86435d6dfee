import { describe, expect, it } from 'vitest';
import { fitChart } from './chart-kinds.ts';
import { mulberry32, randomChart } from './chart-samples.ts';
import { CHART_KINDS } from './chart-spec.ts';
import { parseChart } from './parse-chart.ts';
import { printChart } from './print-chart.ts';

describe('a chart that the panel wrote', () => {
	it.each(CHART_KINDS)('is read back as it was: %s', (kind) => {
		const random = mulberry32(kind.length * 7919 + 11);
		for (let n = 0; n < 60; n++) {
			const spec = fitChart(randomChart(random, kind));
			expect(fitChart(spec)).toEqual(spec);
			for (const lang of ['fr', 'en'] as const) {
				const source = printChart(spec, lang);
				const read = parseChart(source);
				expect(read?.spec, source).toEqual(spec);
				expect(read?.kept, source).toEqual([]);
				expect(read && [read.from, read.to]).toEqual([0, source.length]);
			}
		}
	});
});
