import { describe, expect, it } from 'vitest';
import { fitChart } from './chart-kinds.ts';
import { mulberry32, randomChart } from './chart-samples.ts';
import { CHART_KINDS } from './chart-spec.ts';
import { editChart } from './edit-chart.ts';
import { parseChart } from './parse-chart.ts';
import { printChart } from './print-chart.ts';
import { applyEdits } from './source-edits.ts';

describe('a chart changed in the panel', () => {
	it.each(CHART_KINDS)('becomes any other of its kind: %s', (kind) => {
		const random = mulberry32(kind.length * 104_729 + 3);
		for (let n = 0; n < 40; n++) {
			const before = fitChart(randomChart(random, kind));
			const after = fitChart(randomChart(random, kind));
			const source = printChart(before, 'fr');
			const chart = parseChart(source);
			if (!chart) throw new Error(source);
			const edited = applyEdits(source, editChart(source, chart, after, 'fr'));
			expect(parseChart(edited)?.spec, `${source}\n---\n${edited}`).toEqual(after);
			expect(parseChart(edited)?.kept, edited).toEqual([]);
			expect(editChart(source, chart, before, 'fr')).toEqual([]);
		}
	});
	it('becomes one of another kind', () => {
		const random = mulberry32(20_260_101);
		for (let n = 0; n < 400; n++) {
			const before = fitChart(randomChart(random));
			const after = fitChart(randomChart(random));
			const source = printChart(before, 'en');
			const chart = parseChart(source);
			if (!chart) throw new Error(source);
			const edited = applyEdits(source, editChart(source, chart, after, 'en'));
			expect(parseChart(edited)?.spec, `${source}\n---\n${edited}`).toEqual(after);
		}
	});
});
