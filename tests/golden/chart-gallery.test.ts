/** A chart of each kind: the source that is printed, what is said of it, and the marks that are drawn. */
import * as aq from 'arquero';
import { expect, test } from 'vitest';
import { clearPicture } from '../../src/lib/core/chart/clear.ts';
import { CHART_KINDS } from '../../src/lib/core/chart/chart-spec.ts';
import { describeChart } from '../../src/lib/core/chart/describe-chart.ts';
import { drawChart } from '../../src/lib/core/chart/draw-chart.ts';
import { printPicture } from '../../src/lib/core/chart/print.ts';
import { printChart } from '../../src/lib/core/chart/print-chart.ts';
import { makePlot, toPicture } from '../../src/lib/sandbox/worker/plot.ts';
import { GALLERY, GALLERY_TABLES } from '../support/chart-gallery.ts';

test('every kind is there', () => {
	expect(new Set(GALLERY.map(([, { kind }]) => kind))).toEqual(new Set(CHART_KINDS));
});

test.each(GALLERY)('%s', async (name, spec) => {
	const table = aq.table(GALLERY_TABLES[spec.table] ?? {});
	const picture = toPicture(drawChart(makePlot('fr'), spec, table, 'fr'));
	if (!picture) throw new Error('not a picture');
	const svg = printPicture(clearPicture(picture.tree, 'g'));
	expect(svg.length).toBeLessThan(250_000);
	expect(svg).not.toMatch(/NaN|undefined|Infinity/);
	const tags = new Map<string, number>();
	for (const [, tag = ''] of svg.matchAll(/<(rect|circle|path|line|text)\b/g))
		tags.set(tag, (tags.get(tag) ?? 0) + 1);
	const text = [
		printChart(spec, 'fr'),
		describeChart(spec, table, 'fr'),
		describeChart(spec, table, 'en'),
		[...tags].map(([tag, count]) => `${tag} ${count}`).join(', ')
	].join('\n\n');
	await expect(`${text}\n`).toMatchFileSnapshot(`chart-gallery/${name}.txt`);
});
