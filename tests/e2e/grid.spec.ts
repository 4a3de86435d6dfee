/** The grid of a stored table: sorted, filtered, searched, arranged and copied, by mouse and by keyboard. */
import type { Locator, Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook } from '../support/notebook-page.ts';

const ROWS = 3_000;
const TOWNS = ['Gaspé', 'Alma', 'Québec', 'Montréal', 'Zoé-sur-Mer'];

/** A table that no one has to guess: the n-th row sells n tickets at n / 4 dollars, one in ten without a town. */
function makeCsv(): string {
	const lines = Array.from({ length: ROWS }, (_, i) => {
		const town = i % 10 === 9 ? '' : (TOWNS[i % 5] ?? '');
		const day = new Date(Date.UTC(2024, 0, 1 + (i % 366))).toISOString().slice(0, 10);
		return [town, i + 1, String((i + 1) / 4).replace('.', ','), day, i % 2 ? 'Oui' : 'Non'].join(
			';'
		);
	});
	return `Ville;Billets;Prix;Jour;En ligne\n${lines.join('\n')}\n`;
}

async function opensTable(page: Page): Promise<Locator> {
	await page.goto('/donnees/importer');
	await page.locator('input[type=file]').setInputFiles({
		name: 'grille.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(makeCsv())
	});
	await expect(page.getByRole('heading', { name: 'Décrire et enregistrer' })).toBeVisible();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await page.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	const grid = page.getByRole('grid');
	await expect(grid.getByRole('gridcell').first()).not.toBeEmpty({ timeout: 30_000 });
	return grid;
}

const header = (grid: Locator, name: string): Locator =>
	grid.getByRole('columnheader', { name: new RegExp(`^${name}`) });
/** The cells of a row that is shown, from 1. */
const cells = (grid: Locator, row: number): Locator =>
	grid.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell]`);
async function opensMenu(page: Page, grid: Locator, column: string, item: string): Promise<void> {
	await header(grid, column)
		.getByRole('button', { name: `Menu de la colonne ${column}` })
		.click();
	// A cell's table has steps of the same names below.
	await page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click();
}
const said = (page: Page | Locator): Locator => page.getByRole('status').filter({ hasText: /./ });
/** What the clipboard holds, pasted where tabs and line ends are kept. */
async function copied(page: Page): Promise<string> {
	const other = await page.context().newPage();
	await other.setContent('<textarea aria-label="x"></textarea>');
	const area = other.getByRole('textbox');
	await area.focus();
	await other.keyboard.press('Control+v');
	const text = await area.inputValue();
	await other.close();
	return text;
}

test('rows are sorted by the mouse and by the keyboard, missing values last', async ({
	asFacilitator: page
}) => {
	const grid = await opensTable(page);
	await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1));
	await expect(grid).toHaveAttribute('aria-colcount', '6');
	await expect(header(grid, 'Prix')).toHaveAttribute('aria-sort', 'none');

	await header(grid, 'Prix').click({ position: { x: 20, y: 12 } });
	await header(grid, 'Prix').click({ position: { x: 20, y: 12 } });
	await expect(header(grid, 'Prix')).toHaveAttribute('aria-sort', 'descending');
	await expect(cells(grid, 1).nth(1)).toHaveText('3000');
	await expect(grid.getByRole('rowheader', { name: '3000', exact: true })).toBeVisible();
	await expect(said(page)).toHaveText('trié par Prix, décroissant');

	// The first row, its header, the column to the left: Enter sorts, Shift keeps what was sorted before.
	await grid.focus();
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(header(grid, 'Ville')).toHaveAttribute('aria-sort', 'ascending');
	await expect(header(grid, 'Prix')).toHaveAttribute('aria-sort', 'none');
	await expect(cells(grid, 1).first()).toHaveText('Alma');
	await expect(cells(grid, 1).nth(1)).toHaveText('2');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Shift+Enter');
	await page.keyboard.press('Shift+Enter');
	await expect(header(grid, 'Billets')).toHaveAttribute('aria-sort', 'descending');
	await expect(header(grid, 'Ville')).toHaveAttribute('aria-sort', 'ascending');
	await expect(cells(grid, 1).nth(1)).toHaveText('2997');
	await page.keyboard.press('Control+ArrowDown');
	await expect(cells(grid, ROWS).first()).toHaveText('(manquante)');

	// Descending, missing values stay last.
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(cells(grid, 1).first()).toHaveText('Zoé-sur-Mer');
	await page.getByRole('button', { name: 'Tout rétablir' }).click();
	await expect(header(grid, 'Ville')).toHaveAttribute('aria-sort', 'none');
	await expect(cells(grid, 1).first()).toHaveText('Gaspé');
});

test('rows are filtered by values, by a range and by what is missing', async ({
	asFacilitator: page
}) => {
	const grid = await opensTable(page);
	await opensMenu(page, grid, 'Ville', 'Filtrer…');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('checkbox')).toHaveCount(6);
	await dialog.getByRole('button', { name: 'Tout décocher' }).click();
	await dialog.getByLabel('Chercher une valeur').fill('gaspe');
	await expect(dialog.getByRole('checkbox')).toHaveCount(1);
	await dialog.getByRole('checkbox', { name: /Gaspé/ }).check();
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	await expect(grid).toHaveAttribute('aria-rowcount', '601');
	await expect(said(page)).toHaveText(/^600 lignes sur 3\s000$/);
	await expect(grid).toBeFocused();
	// The number of a row stays that of the table.
	await expect(cells(grid, 2).first()).toHaveText('Gaspé');
	await expect(grid.getByRole('rowheader').nth(1)).toHaveText('6');

	await opensMenu(page, grid, 'Prix', 'Filtrer…');
	await dialog.getByLabel('À partir de').fill('cent');
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	await expect(dialog.getByText('Écrivez un nombre')).toBeVisible();
	await dialog.getByLabel('À partir de').fill('100,25');
	await dialog.getByLabel('Jusqu’à').fill('125');
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	// Rows 401 to 500, one in five.
	await expect(grid).toHaveAttribute('aria-rowcount', '21');
	await expect(cells(grid, 1).nth(1)).toHaveText('401');
	const filters = page.getByRole('list', { name: 'Filtres' });
	await expect(filters).toContainText('Prix de 100,25 à 125');

	// A column's portrait counts what is left.
	await opensMenu(page, grid, 'Billets', 'Portrait de la colonne');
	await expect(dialog.getByText('Dans les lignes que les filtres')).toBeVisible();
	await expect(dialog.locator('dl').first()).toContainText(/Lignes\s*20/);
	await expect(dialog.locator('dl').nth(1)).toContainText(/Médiane\s*446/);
	await page.keyboard.press('Escape');

	await page.getByRole('button', { name: 'Retirer le filtre de Prix' }).click();
	await expect(grid).toHaveAttribute('aria-rowcount', '601');
	await opensMenu(page, grid, 'Ville', 'Filtrer…');
	await dialog.getByLabel('Garder les lignes dont la valeur').selectOption('missing');
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	await expect(grid).toHaveAttribute('aria-rowcount', '301');

	// No row at all is said, and everything comes back.
	await opensMenu(page, grid, 'Jour', 'Filtrer…');
	await dialog.getByLabel('À partir de').fill('2030-01-01');
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	await expect(page.getByText('Aucune ligne ne passe ces filtres')).toBeVisible();
	await page.getByRole('button', { name: 'Tout rétablir' }).click();
	await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1));
	await expect(cells(grid, 1).first()).toHaveText('Gaspé');
});

test('a text is found from cell to cell, whatever its accents', async ({ asFacilitator: page }) => {
	const grid = await opensTable(page);
	const field = page.getByRole('searchbox', { name: 'Chercher dans le tableau' });
	// The bar comes a moment after the table.
	await expect(async () => {
		await grid.focus();
		await page.keyboard.press('Control+f');
		await expect(field).toBeFocused({ timeout: 1_000 });
	}).toPass();
	await field.fill('quebec');
	await expect(page.getByText('600 lignes trouvées').first()).toBeVisible();
	await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1));
	await page.keyboard.press('Enter');
	await expect(said(page)).toHaveText('Trouvé à la ligne 3, colonne Ville');
	await page.getByRole('button', { name: 'Résultat suivant' }).click();
	await expect(said(page)).toHaveText('Trouvé à la ligne 8, colonne Ville');
	await page.getByRole('button', { name: 'Résultat précédent' }).click();
	await page.getByRole('button', { name: 'Résultat précédent' }).click();
	await expect(said(page)).toHaveText(/^Trouvé à la ligne 2\s998, colonne Ville$/);
	await expect(cells(grid, 2998).first()).toBeVisible();

	await page.getByLabel('Ces lignes seulement').check();
	await expect(grid).toHaveAttribute('aria-rowcount', '601');
	// A price, as it is written.
	await field.fill('749,75');
	await expect(grid).toHaveAttribute('aria-rowcount', '2');
	await expect(cells(grid, 1).nth(1)).toHaveText('2999');
	await field.press('Escape');
	await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1));
});

test('columns are frozen, hidden, shown again and fitted; menus open from the keyboard', async ({
	asFacilitator: page
}) => {
	const grid = await opensTable(page);
	await grid.focus();
	await page.keyboard.press('Alt+ArrowDown');
	await expect(page.getByRole('menu')).toBeVisible();
	await expect(page.getByRole('menuitem').first()).toBeFocused();
	await page.getByRole('menuitem', { name: 'Figer jusqu’à cette colonne' }).press('Enter');
	await expect(page.getByRole('menu')).toHaveCount(0);
	await expect(grid).toBeFocused();
	await page.setViewportSize({ width: 560, height: 900 });
	const before = await header(grid, 'Ville').boundingBox();
	await grid.evaluate((element) => (element.scrollLeft = 120));
	await expect.poll(async () => (await header(grid, 'Ville').boundingBox())?.x).toBe(before?.x);
	await expect(cells(grid, 1).first()).toHaveText('Gaspé');
	await page.setViewportSize({ width: 1280, height: 900 });

	await opensMenu(page, grid, 'Billets', 'Masquer la colonne');
	await expect(header(grid, 'Billets')).toHaveCount(0);
	await expect(grid).toHaveAttribute('aria-colcount', '5');
	await page.getByRole('button', { name: '1 colonne masquée' }).click();
	await page.getByRole('menuitem', { name: 'Billets' }).click();
	await expect(grid).toHaveAttribute('aria-colcount', '6');
	await expect(header(grid, 'Billets')).toBeVisible();

	// Alt and the arrows change a width; fitting puts it back.
	await grid.focus();
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('ArrowUp');
	const width = async () => (await header(grid, 'Ville').boundingBox())?.width ?? 0;
	const fitted = await width();
	for (let i = 0; i < 5; i++) await page.keyboard.press('Alt+ArrowRight');
	await expect.poll(width).toBe(fitted + 80);
	await page.keyboard.press('Shift+F10');
	await page.getByRole('menuitem', { name: 'Ajuster la largeur' }).press('Enter');
	await expect.poll(width).toBeLessThan(fitted + 80);
});

test('what is selected is copied, with its headers or without', async ({ asFacilitator: page }) => {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	const grid = await opensTable(page);
	await opensMenu(page, grid, 'Prix', 'Trier en ordre décroissant');
	await expect(cells(grid, 1).nth(1)).toHaveText('3000');
	await grid.focus();
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('Shift+ArrowDown');
	for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
	await expect(cells(grid, 2).nth(3)).toHaveAttribute('aria-selected', 'true');
	await page.keyboard.press('Control+c');
	await expect(said(page)).toHaveText('8 cellules copiées');
	expect(await copied(page)).toMatch(/^\t3000\t750\t2024-\d\d-\d\d\nMontréal\t2999\t749,75\t/);
	await page.keyboard.press('Control+Shift+c');
	await expect.poll(() => copied(page)).toMatch(/^Ville\tBillets\tPrix\tJour\n\t3000\t750/);
	await opensMenu(page, grid, 'En ligne', 'Copier le nom');
	await expect.poll(() => copied(page)).toBe('En ligne');
});

test('nothing of it is out of reach: axe, a phone, English', async ({ asFacilitator: page }) => {
	test.setTimeout(240_000);
	const grid = await opensTable(page);
	const clean = async (what: string): Promise<void> => {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			expect(await faultsOf(page), `${what} (${colorScheme})`).toEqual([]);
		}
	};
	await header(grid, 'Prix').click({ position: { x: 20, y: 12 } });
	await opensMenu(page, grid, 'Ville', 'Figer jusqu’à cette colonne');
	await opensMenu(page, grid, 'Jour', 'Masquer la colonne');
	await opensMenu(page, grid, 'Ville', 'Filtrer…');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('checkbox')).toHaveCount(6);
	await clean('filter');
	await dialog.getByRole('checkbox', { name: /Alma/ }).uncheck();
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	await page.getByRole('searchbox', { name: 'Chercher dans le tableau' }).fill('gaspe');
	await expect(page.getByText('600 lignes trouvées').first()).toBeVisible();
	await clean('grid');
	await opensMenu(page, grid, 'Billets', 'Portrait de la colonne');
	await expect(dialog.getByText('Médiane')).toBeVisible();
	await clean('portrait');
	await page.keyboard.press('Escape');

	await page.setViewportSize({ width: 360, height: 740 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await grid.evaluate((element) => (element.scrollLeft = 0));
	await header(grid, 'Ville').getByRole('button', { name: 'Menu de la colonne Ville' }).click();
	const menu = await page.getByRole('menu').boundingBox();
	expect(menu?.x).toBeGreaterThanOrEqual(0);
	expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThanOrEqual(360);
	await page.getByRole('menuitem', { name: 'Retirer le filtre' }).click();
	await expect(page.getByRole('list', { name: 'Filtres' })).toHaveCount(0);

	await page.goto(page.url().replace('/donnees/', '/en/data/'));
	await expect(page.getByRole('searchbox', { name: 'Search the table' })).toBeVisible();
});

test('in a notebook, the table of a cell is arranged as well, until the cell runs again', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Grille dans un carnet');
	const words = ['Zoé', 'été', 'Étang', 'cœur', 'côte', 'cote', 'coté', 'œuvre', 'île', null];
	const cell = await addCell(
		page,
		'Code',
		`const mots = ${JSON.stringify(words)};
const t = aq.table({ mot: [...mots, ...mots, ...mots, ...mots], n: Float64Array.from({ length: 40 }, (_, i) => i / 4) })`
	);
	const after = await addCell(page, 'Code', 't.get("mot", 0) + " " + t.numRows()');
	await expect(after.getByText('Zoé 40')).toBeVisible();
	const grid = cell.getByRole('grid');
	await expect(cells(grid, 1).first()).toHaveText('Zoé');

	await header(grid, 'mot').click({ position: { x: 20, y: 12 } });
	await expect(header(grid, 'mot')).toHaveAttribute('aria-sort', 'ascending');
	await expect(cells(grid, 1).first()).toHaveText('cœur');
	await expect(grid.getByRole('rowheader').first()).toHaveText('4');
	await expect(cell.getByText('ni la valeur de la cellule, ni le carnet').first()).toBeVisible();
	await grid.focus();
	await page.keyboard.press('Control+End');
	await expect(cells(grid, 40).first()).toHaveText('(manquante)');
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(cells(grid, 1).first()).toHaveText('Zoé');

	await page.keyboard.press('Control+f');
	const field = cell.getByRole('searchbox', { name: 'Chercher dans le tableau' });
	await expect(field).toBeFocused();
	await field.fill('ete');
	await expect(cell.getByText('4 lignes trouvées').first()).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(said(cell)).toHaveText(/^Trouvé à la ligne \d+, colonne mot$/);
	await cell.getByLabel('Ces lignes seulement').check();
	await expect(grid).toHaveAttribute('aria-rowcount', '5');
	await field.fill('COTE');
	await expect(grid).toHaveAttribute('aria-rowcount', '13');

	await opensMenu(page, grid, 'mot', 'Filtrer…');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('checkbox')).toHaveCount(3);
	await dialog.getByRole('checkbox', { name: /côte/ }).uncheck();
	await dialog.getByRole('button', { name: 'Filtrer', exact: true }).click();
	await expect(grid).toHaveAttribute('aria-rowcount', '9');
	await opensMenu(page, grid, 'n', 'Portrait de la colonne');
	await expect(dialog.locator('dl').first()).toContainText(/Lignes\s*8/);
	await expect(dialog.locator('dl').nth(1)).toContainText(/Maximum\s*9/);
	await page.keyboard.press('Escape');
	// What other cells read of the table is the table.
	await expect(after.getByText('Zoé 40')).toBeVisible();

	await cell.getByRole('button', { name: 'Exécuter', exact: true }).click();
	await expect(header(grid, 'mot')).toHaveAttribute('aria-sort', 'none');
	await expect(grid).toHaveAttribute('aria-rowcount', '41');
	await expect(cells(grid, 1).first()).toHaveText('Zoé');
	await expect(field).toHaveValue('');

	// A few rows are looked at without a bar, which comes when it is asked for.
	const few = await addCell(page, 'Code', 'aq.table({ mot: ["b", "a"] })');
	await expect(few.getByRole('gridcell').first()).toHaveText('b');
	await expect(few.getByRole('searchbox')).toHaveCount(0);
	await few.getByRole('grid').focus();
	await page.keyboard.press('Control+f');
	await expect(few.getByRole('searchbox')).toBeFocused();
});
