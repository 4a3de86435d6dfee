/** Charts as people meet them: read point by point, taken out of the page, made and refined by clicks. */
import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { addCell, insertCell, newNotebook, stateOf } from '../support/notebook-page.ts';

const NBSP = '\u00a0';
const LINES =
	'Plot.plot({title: "Billets par mois", caption: "Source : essai", marks: [Plot.lineY([' +
	'{m: new Date("2024-01-01"), b: 1200, s: "Danse"}, {m: new Date("2024-02-01"), b: 900.5, s: "Danse"},' +
	'{m: new Date("2024-01-01"), b: 300, s: "Cirque"}, {m: new Date("2024-02-01"), b: 450, s: "Cirque"}' +
	'], {x: "m", y: "b", stroke: "s"})], x: {label: "Mois"}, y: {label: "Billets"}, color: {legend: true, label: "Discipline"}})';

const words = (page: Page) => page.locator('[data-chart-tip]');

async function textOf(download: Download): Promise<string> {
	return readFile(await download.path(), 'utf8');
}

test('a chart is read point by point: keyboard, mouse and finger', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai d’infobulles');
	const cell = await addCell(page, 'Graphique', LINES);
	const chart = cell.getByRole('application', { name: 'Billets par mois' });
	await expect(chart).toBeVisible();
	await chart.focus();
	await page.keyboard.press('ArrowRight');
	await expect(words(page)).toContainText('janvier 2024');
	await expect(words(page)).toContainText(`1${NBSP}200`);
	await expect(cell.getByRole('status').filter({ hasText: 'point' })).toHaveText(
		`Mois${NBSP}: janvier 2024, Billets${NBSP}: 1${NBSP}200, Discipline${NBSP}: Danse, point 1 sur 4`
	);
	await page.keyboard.press('ArrowRight');
	await expect(words(page)).toContainText('900,5');
	await page.keyboard.press('ArrowDown');
	await expect(words(page)).toContainText('Cirque');
	await expect(words(page)).toContainText('450');
	await page.keyboard.press('Home');
	await expect(words(page)).toContainText(`1${NBSP}200`);
	await page.keyboard.press('Escape');
	await expect(words(page)).toHaveCount(0);
	await expect(chart).toBeFocused();

	const box = await chart.locator('svg').last().boundingBox();
	if (!box) throw new Error('no drawing');
	await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.7);
	await expect(words(page)).toContainText('février 2024');
	// What a press holds stays while the pointer goes elsewhere, and can be put away.
	await page.mouse.click(box.x + box.width * 0.95, box.y + box.height * 0.7);
	await page.mouse.move(box.x + 60, box.y + 20);
	await expect(words(page)).toContainText('février 2024');
	await page.mouse.click(2, 400);
	await expect(words(page)).toHaveCount(0);
});

test('a chart is tapped on a phone, and its words stay on the screen', async ({
	browser,
	facilitatorState,
	baseURL
}) => {
	const context = await browser.newContext({
		...{ storageState: facilitatorState, baseURL, hasTouch: true },
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await newNotebook(page, 'Essai au doigt');
	const cell = await addCell(page, 'Graphique', LINES);
	await expect(cell.locator('[data-cell-state]')).toHaveAttribute('data-cell-state', 'done');
	const drawing = cell.getByRole('application').locator('svg').last();
	// It may be drawn once more as its words come.
	await expect(() => drawing.scrollIntoViewIfNeeded({ timeout: 2_000 })).toPass();
	const box = await drawing.boundingBox();
	if (!box) throw new Error('no drawing');
	await page.touchscreen.tap(box.x + 45, box.y + box.height * 0.5);
	await expect(words(page)).toContainText('janvier 2024');
	const told = await words(page).boundingBox();
	expect(told?.x).toBeGreaterThanOrEqual(0);
	expect((told?.x ?? 0) + (told?.width ?? 0)).toBeLessThanOrEqual(360);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await page.touchscreen.tap(2, 300);
	await expect(words(page)).toHaveCount(0);
	await context.close();
});

test('a chart is taken out as a file that stands alone', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de fichiers');
	const cell = await addCell(page, 'Graphique', LINES);
	const pick = async (item: string) => {
		await cell.getByRole('button', { name: 'Télécharger ou copier le graphique' }).click();
		await page.getByRole('menuitem', { name: item }).click();
	};
	const [svg] = await Promise.all([page.waitForEvent('download'), pick('Télécharger en SVG')]);
	expect(svg.suggestedFilename()).toBe('billets-par-mois.svg');
	const text = await textOf(svg);
	for (const said of ['Billets par mois', 'Source : essai', 'Danse', 'Cirque'])
		expect(text).toContain(`>${said}<`);
	expect(text).not.toMatch(/currentColor|var\(|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
	// It is XML, and a picture.
	const read = await page.evaluate((xml) => {
		const made = new DOMParser().parseFromString(xml, 'image/svg+xml');
		return {
			root: made.documentElement.tagName,
			error: made.querySelector('parsererror') !== null
		};
	}, text);
	expect(read).toEqual({ root: 'svg', error: false });

	const [png] = await Promise.all([page.waitForEvent('download'), pick('Télécharger en PNG')]);
	expect(png.suggestedFilename()).toBe('billets-par-mois.png');
	const bytes = await readFile(await png.path());
	expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
	// Twice the drawing and its margins.
	expect(bytes.readUInt32BE(16)).toBe(2 * (640 + 32));

	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await pick('Copier l’image');
	await expect(page.getByText('Image copiée.')).toBeVisible();
});

/** Three months of three regions, each twice. */
const TABLE =
	'const billets = aq.table({' +
	'date: [...Array(18).keys()].map(i => new Date(Date.UTC(2024, i % 3, 5))),' +
	'region: [...Array(18).keys()].map(i => ["Montréal", "Estrie", "Nunavik"][Math.floor(i / 3) % 3]),' +
	'vendus: [...Array(18).keys()].map(i => 100 + i * 10)});';

test('from a table to a line chart by region, by clicks', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de panneau');
	await addCell(page, 'Code', TABLE);
	const cell = await insertCell(page, /^Graphique/);
	const panel = cell.getByRole('region', { name: 'Réglages du graphique' });
	await expect(panel.getByText('On vous propose')).toBeVisible();
	await panel
		.getByRole('button', { name: /^Courbes/ })
		.first()
		.click();
	await expect(cell).toContainText('Plot.lineY');
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await panel
		.getByLabel('Ce qu’on mesure (y)', { exact: true })
		.selectOption({ label: 'vendus (nombre)' });
	await panel.getByLabel('Couleur', { exact: true }).selectOption({ label: 'region (texte)' });
	const lines = cell.getByRole('application').locator('path[stroke^="#"], path[stroke^="rgb"]');
	await expect(lines).toHaveCount(3);

	await panel.getByText('Titre, source et autres textes').click();
	await panel.getByLabel('Titre', { exact: true }).fill('Billets vendus');
	await panel.getByLabel('Titre', { exact: true }).press('Enter');
	await expect(cell.getByRole('application', { name: 'Billets vendus' })).toBeVisible();
	await expect(cell).toContainText('title: "Billets vendus"');

	// What is read at a point is what was asked for: the sum of a month and a region.
	await cell.getByRole('application').focus();
	await page.keyboard.press('Home');
	await expect(words(page)).toContainText('janvier 2024');

	// Another kind keeps what was chosen; what the text says, the panel says.
	await panel.getByText('Aires', { exact: true }).click();
	await expect(cell).toContainText('Plot.areaY');
	await expect(cell.getByRole('application', { name: 'Billets vendus' })).toBeVisible();
	await panel.getByRole('button', { name: 'Annuler le dernier changement du graphique' }).click();
	await expect(cell).toContainText('Plot.lineY');
	await expect(panel.getByRole('radio', { name: 'Courbes' })).toBeChecked();
});

/** Eleven channels, of which the first sells most, and so on down. */
const CHANNELS =
	'const ventes = aq.table({' +
	'canal: [...Array(66).keys()].map(i => "Canal " + "ABCDEFGHIJK"[i % 11]),' +
	'ville: [...Array(66).keys()].map(i => ["Alma", "Gaspé", "Laval"][i % 3]),' +
	'billets: [...Array(66).keys()].map(i => 100 - (i % 11) * 5)});';

test('on a phone, by keyboard: a kind from a list, and small categories gathered', async ({
	browser,
	facilitatorState,
	baseURL
}) => {
	const context = await browser.newContext({
		...{ storageState: facilitatorState, baseURL, colorScheme: 'dark' },
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await newNotebook(page, 'Essai de catégories');
	await addCell(page, 'Code', CHANNELS);
	const cell = await insertCell(page, /^Graphique/);
	const panel = cell.getByRole('region', { name: 'Réglages du graphique' });
	// The title that the panel wrote follows what the chart shows.
	const compared = panel.getByLabel('Ce qu’on compare (x)', { exact: true });
	await compared.selectOption({ label: 'canal (texte)' });
	await expect(cell).toContainText('title: "Somme de billets selon canal"');
	await panel.getByLabel('Ce qu’on mesure (y)', { exact: true }).focus();
	await page.keyboard.type('Nombre de lignes');
	await expect(cell).toContainText('title: "Nombre de lignes selon canal"');
	await panel
		.getByLabel('Ce qu’on mesure (y)', { exact: true })
		.selectOption({ label: 'billets (nombre)' });
	await expect(cell).toContainText('title: "Somme de billets selon canal"');

	await panel.getByLabel('Couleur', { exact: true }).focus();
	await page.keyboard.type('canal');
	await expect(panel.getByText('11 couleurs')).toHaveText(
		`11 couleurs${NBSP}: au-delà de 5, on ne les distingue plus.`
	);
	const offer = panel.getByRole('button', {
		name: `Rassembler les 6 plus petites dans «${NBSP}Autres${NBSP}»`
	});
	await offer.focus();
	await page.keyboard.press('Enter');
	await expect(offer).toHaveCount(0);
	// The button is gone: the keyboard is at the head of the panel, not lost.
	await expect(panel.locator(':focus')).toContainText('une couleur par canal');
	await expect(cell).toContainText('"Canal E"].includes(d.canal) ? d.canal : "Autres"');
	const most = panel.getByLabel('Garder les plus grandes, Couleur');
	await most.fill('2');
	await most.press('Enter');
	await expect(panel.getByText('9 catégories rassemblées')).toBeVisible();
	await expect(most).toBeFocused();
	await expect(cell.getByRole('application').locator('.plot-swatch')).toHaveText([
		'Canal A',
		'Canal B',
		'Autres'
	]);

	// What is put in order is what is compared, whatever the colours are.
	await compared.selectOption({ label: 'ville (texte)' });
	await panel.getByText('Présentation').click();
	await panel.getByLabel('Ordre des catégories').selectOption({ label: 'à la main' });
	await expect(panel.getByLabel('Catégories, une par ligne')).toHaveValue('Alma\nGaspé\nLaval');
	await expect(panel.getByLabel('Autres', { exact: true })).toBeVisible();

	const kind = panel.getByLabel('Type de graphique');
	await kind.focus();
	await page.keyboard.type('Points');
	await expect(cell).toContainText('Plot.dot(');
	await expect(kind).toBeFocused();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await context.close();
});
