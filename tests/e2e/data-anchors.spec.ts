/** Discussions about what cells give: a bar, a value, a row, a result; found again when the data change. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, stateOf, writeSource } from '../support/notebook-page.ts';

const NBSP = '\u00a0';
const DATA =
	'aq.table({région: ["Estrie", "Laval", "Montréal"], ventes: [560, 780, 1234], public: ["a", "b", "a"]})';

const done = (cell: Locator) => expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
async function rewrite(page: Page, cell: Locator, source: string): Promise<void> {
	await cell.focus();
	await cell.press('Enter');
	await writeSource(page, source);
	await page.keyboard.press('Escape');
	await done(cell);
}
async function write(page: Page, words: string): Promise<void> {
	await expect(page.getByRole('textbox', { name: /commentaire/i })).toBeFocused();
	await page.keyboard.insertText(words);
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByText(words)).toBeVisible();
}

test('a bar is discussed by the keyboard, and found again sorted, filtered and drawn as a line', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de barres');
	const data = await addCell(page, 'Code', `const ventes = ${DATA}`);
	const cell = await addCell(
		page,
		'Graphique',
		'Plot.barY(ventes, {x: "région", y: "ventes"}).plot({title: "Ventes"})'
	);
	await done(cell);
	const chart = cell.getByRole('application', { name: 'Ventes' });
	await chart.focus();
	await page.keyboard.press('ArrowRight');
	await expect(page.locator('[data-chart-tip]')).toContainText('Estrie');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Commenter cette barre' })).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(chart).toBeFocused();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Enter');
	await write(page, 'Pourquoi si peu?');
	const sign = cell.getByRole('button', { name: `Discussion sur région${NBSP}: Estrie` });
	await expect(sign).toBeVisible();
	const gone = page.getByText(/n’est plus/);
	await expect(gone).toHaveCount(0);
	// Back to the chart, to be read on.
	await page.keyboard.press('Escape');
	await expect(chart).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await expect(page.locator('[data-chart-tip]')).toContainText('Laval');
	await sign.press('Enter');
	await expect(page.getByText('Pourquoi si peu?')).toBeVisible();

	// Sorted, and another row taken away.
	await rewrite(
		page,
		data,
		`const ventes = ${DATA}.filter((d) => d.région !== "Laval").orderby(aq.desc("ventes"))`
	);
	await expect(cell.locator('[data-chart-tip]')).toHaveCount(0);
	await expect(sign).toBeVisible();
	await expect(gone).toHaveCount(0);
	// The bar reads otherwise: the sign says how it reads now.
	await rewrite(page, data, `const ventes = ${DATA.replace('560', '600')}`);
	await expect(
		cell.getByRole('button', { name: `Discussion sur région${NBSP}: Estrie, ventes${NBSP}: 600` })
	).toBeVisible();
	await expect(page.getByText('Cela a changé depuis')).toBeVisible();

	// A line of the same columns.
	await rewrite(
		page,
		cell,
		'Plot.lineY(ventes, {x: "région", y: "ventes"}).plot({title: "Ventes"})'
	);
	await expect(sign).toBeVisible();
	await expect(gone).toHaveCount(0);

	// Filtered out, then back.
	await rewrite(page, data, `const ventes = ${DATA}.filter((d) => d.région !== "Estrie")`);
	await expect(sign).toHaveCount(0);
	await expect(gone).toBeVisible();
	await rewrite(page, data, `const ventes = ${DATA}`);
	await expect(sign).toBeVisible();
	await expect(gone).toHaveCount(0);
});

test('a value and a row are discussed from the grid, and told when they change', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de lignes');
	const cell = await addCell(page, 'Code', DATA);
	await done(cell);
	const grid = cell.getByRole('grid');
	const valueSign = grid.getByRole('gridcell').filter({ hasText: 'Discussion sur cette valeur' });
	await grid.getByRole('gridcell', { name: '780' }).click();
	await grid.press('c');
	await write(page, 'Laval compte-t-elle double?');
	await expect(valueSign).toHaveText(/780/);

	// By the menu, with the keyboard alone.
	await grid.getByRole('gridcell', { name: 'Montréal' }).click();
	await grid.press('Alt+ArrowDown');
	await page.getByRole('menuitem', { name: /^Commenter cette ligne/ }).press('Enter');
	await write(page, 'Toute la ligne est à vérifier.');
	const rowSign = grid.getByRole('rowheader').filter({ hasText: 'Discussion sur cette ligne' });
	await expect(rowSign).toHaveText(/3/);

	// Sorted in the view: the signs follow their rows.
	await grid.getByRole('columnheader', { name: /ventes/ }).click();
	await grid.getByRole('columnheader', { name: /ventes/ }).click();
	await expect(grid.getByRole('gridcell').first()).toHaveText('Montréal');
	await expect(valueSign).toHaveText(/780/);
	await expect(rowSign).toHaveText(/3/);

	// The value reads otherwise, then its row goes.
	await rewrite(page, cell, DATA.replace('780', '790'));
	await expect(
		grid.getByRole('gridcell').filter({ hasText: 'Discussion sur cette valeur, qui était 780' })
	).toHaveText(/790/);
	await rewrite(page, cell, `${DATA}.filter((d) => d.région !== "Laval")`);
	await expect(grid.getByRole('gridcell', { name: 'Estrie' })).toBeVisible();
	await expect(valueSign).toHaveCount(0);

	// Its discussion is opened from the grid.
	await grid.getByRole('gridcell', { name: 'Montréal' }).click();
	await grid.press('Enter');
	await expect(page.getByText('Toute la ligne est à vérifier.')).toBeVisible();
});

test('a result is discussed, and told when it reads otherwise', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de résultat');
	const cell = await addCell(page, 'Code', '[1, 2, 3].length * 14');
	await done(cell);
	await cell.getByRole('button', { name: 'Actions de la cellule' }).click();
	await page.getByRole('menuitem', { name: /^Commenter ce résultat/ }).click();
	await write(page, 'Est-ce la réponse?');
	const changed = page.getByText('Le résultat a changé depuis');
	await expect(changed).toHaveCount(0);
	await rewrite(page, cell, '[1, 2, 3].length * 15');
	await expect(changed).toBeVisible();
	await rewrite(page, cell, '42');
	await expect(changed).toHaveCount(0);
});

test('a table is told to read otherwise where its values alone changed', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de tableau');
	const table = (n: number) => `aq.table({ ville: ["Alma", "Gaspé"], n: [1, ${String(n)}] })`;
	const cell = await addCell(page, 'Code', table(2));
	await done(cell);
	await cell.getByRole('button', { name: 'Actions de la cellule' }).click();
	await page.getByRole('menuitem', { name: /^Commenter ce résultat/ }).click();
	await write(page, 'Est-ce tout?');
	const changed = page.getByText('Le résultat a changé depuis');
	await expect(changed).toHaveCount(0);
	await rewrite(page, cell, table(3));
	await expect(changed).toBeVisible();
	await rewrite(page, cell, `${table(2)}.filter(d => d.n > 0)`);
	await expect(changed).toHaveCount(0);
});

test('on a phone, a bar is tapped and discussed', async ({
	browser,
	facilitatorState,
	baseURL
}) => {
	const context = await browser.newContext({
		...{ storageState: facilitatorState, baseURL, hasTouch: true },
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await newNotebook(page, 'Essai de barre au doigt');
	const cell = await addCell(
		page,
		'Graphique',
		`Plot.barY(${DATA}, {x: "région", y: "ventes"}).plot({title: "Ventes"})`
	);
	await done(cell);
	const drawing = cell.getByRole('application').locator('svg').last();
	await expect(() => drawing.scrollIntoViewIfNeeded({ timeout: 2_000 })).toPass();
	const box = await drawing.boundingBox();
	if (!box) throw new Error('no drawing');
	await page.touchscreen.tap(box.x + box.width * 0.2, box.y + box.height * 0.8);
	const comment = page.getByRole('button', { name: 'Commenter cette barre' });
	await expect(comment).toBeVisible();
	const size = await comment.boundingBox();
	expect(size?.height).toBeGreaterThanOrEqual(24);
	await comment.tap();
	await write(page, 'Vu du téléphone.');
	await page.getByRole('button', { name: 'Fermer', exact: true }).tap();
	const sign = cell.getByRole('button', { name: /^Discussion sur région/ });
	await expect(sign).toBeVisible();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await sign.tap();
	await expect(page.getByText('Vu du téléphone.')).toBeVisible();
	await context.close();
});
