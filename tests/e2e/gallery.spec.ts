/** The gallery as a person opens it: all of it runs, and each panel knows what its cell is made of. */
import { expect, test } from '../support/fixtures.ts';
import { CHART_KINDS } from '../../src/lib/core/chart/chart-spec.ts';
import { gallerySections } from '../../src/lib/server/demo/notebooks/gallery/gallery-steps.ts';

const KIND_NAMES: Readonly<Record<(typeof CHART_KINDS)[number], string>> = {
	...{ bars: 'Barres', lines: 'Courbes', areas: 'Aires', dots: 'Nuage de points' },
	...{ histogram: 'Histogramme', box: 'Boîtes à moustaches', heatmap: 'Carte de chaleur' },
	...{ 'ranked-dots': 'Points classés', slope: 'Pentes', dumbbell: 'Haltères' },
	...{ funnel: 'Entonnoir', waterfall: 'Cascade', ageing: 'Ancienneté' },
	...{ 'region-tiles': 'Tuiles des régions' }
};

test('every cell of the gallery runs, and its panel says what it does', async ({
	asFacilitator: page
}) => {
	await page.goto('/carnets');
	await page.getByRole('link', { name: /^Galerie/ }).click();
	await page.waitForURL(/\/carnets\/[a-z0-9]+$/);
	const transforms = gallerySections((fr) => fr).flatMap((section) => section.transforms);
	const states = (): Promise<(string | undefined)[]> =>
		page
			.locator('[data-kind]:not([data-kind="text"]) [data-cell-state]')
			.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.cellState));
	await expect
		.poll(async () => [(await states()).length, [...new Set(await states())]], { timeout: 60_000 })
		.toEqual([transforms.length + CHART_KINDS.length + 5, ['done']]);

	// All panels at once, as many presses.
	for (const name of ['Étapes', 'Réglages du graphique'])
		await page
			.getByRole('button', { name, exact: true })
			.evaluateAll((all) => all.forEach((button) => (button as HTMLElement).click()));
	const panels = page.getByRole('region', { name: 'Étapes de la transformation' });
	await expect(panels).toHaveCount(transforms.length);
	const told = await page.evaluate(
		(ids) =>
			ids.map((id) => {
				const steps = [...document.querySelectorAll(`[data-cell="${id}"] [data-step]`)];
				// A step in code stands in a `code` of its own, where others have words.
				return [id, steps.length, steps.filter((step) => step.querySelector('code')).length];
			}),
		transforms.map(({ id }) => id)
	);
	expect(told).toEqual(transforms.map(({ id, steps }) => [id, steps.length, 0]));
	await expect(panels.getByRole('alert')).toHaveCount(0);

	for (const kind of CHART_KINDS) {
		const cell = page.locator(`[data-cell="graphique-${kind}"]`);
		const panel = cell.getByRole('region', { name: 'Réglages du graphique' });
		await expect(panel.getByRole('radio', { name: KIND_NAMES[kind], exact: true })).toBeChecked();
		await expect(cell.locator('figure svg :is(path, rect, circle, line)').first()).toBeAttached();
	}
});
