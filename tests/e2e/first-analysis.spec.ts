/**
 * A first analysis, by three people in three browsers: one who types no code brings an export in and draws it, another
 * goes on in code, the third reads it all as steps in words.
 */
import type { Locator, Page } from '@playwright/test';
import { guestOf } from '../support/accounts.ts';
import { expect, test } from '../support/fixtures.ts';
import { makeMuseumExport, MUSEUM_REGIONS } from '../support/museum-export.ts';
import { insertCell, stateOf } from '../support/notebook-page.ts';

const LONG = { timeout: 30_000 };
const SUM = 'somme d’Entrées payantes';
const done = (cell: Locator): Promise<void> =>
	expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done', LONG);
const panelOf = (cell: Locator): Locator =>
	cell.getByRole('region', { name: 'Étapes de la transformation' });
/** What each step says, without how many rows it leaves. */
const steps = (cell: Locator): Locator => panelOf(cell).locator('[data-step]');

/** Years and sums of a region, in the order of its line: what is under « Voir les données ». */
async function lineOf(chart: Locator, region: string): Promise<string[][]> {
	const rows = chart.getByRole('table').getByRole('row').filter({ hasText: region });
	return Promise.all(
		(await rows.all()).map(async (row) => (await row.getByRole('cell').allTextContents()) ?? [])
	);
}

test('by clicks, then in code, then read in words', async ({
	asFacilitator: clicks,
	browser,
	server
}) => {
	test.setTimeout(120_000);
	const museums = makeMuseumExport();

	// ------------------------------------------------ an export comes in, and is opened in a notebook
	await clicks.goto('/donnees/importer');
	await clicks
		.locator('input[type=file]')
		.setInputFiles({ name: 'frequentation.csv', mimeType: 'text/csv', buffer: museums.csv });
	await expect(clicks.getByLabel('Encodage')).toHaveValue('windows-1252', LONG);
	await expect(clicks.getByLabel('Séparateur')).toHaveValue(';');
	await expect(clicks.getByText('prennent le nom officiel de leur région')).toBeVisible();
	await clicks.getByLabel('Titre').fill('Fréquentation des musées');
	await clicks.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await clicks.getByRole('checkbox', { name: /synthétiques/ }).check();
	await clicks.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await clicks.getByRole('button', { name: 'Analyser dans un carnet' }).click(LONG);
	await clicks.waitForURL(/\/carnets\/[a-z0-9]+$/);
	const notebook = clicks.url();
	const source = clicks.getByRole('grid', { name: 'Tableau frequentationDesMusees' });
	await expect(source).toBeVisible(LONG);
	await expect(clicks.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');

	// ------------------------------------------------ filtered from the column's own menu, grouped, summed
	await source.getByRole('button', { name: 'Menu de la colonne Année' }).click();
	await clicks.getByRole('menuitem', { name: 'Étape\u00a0: filtrer…' }).click();
	await expect(clicks.locator('[data-cell]')).toHaveCount(2);
	const made = await clicks.locator('[data-cell]').nth(1).getAttribute('data-cell');
	const table = clicks.locator(`[data-cell="${made}"]`);
	const panel = panelOf(table);
	const form = panel.getByRole('form');
	await expect(form.getByLabel('Garder les lignes où')).toHaveValue('Année');
	await form.getByLabel('Condition').selectOption({ label: 'au moins' });
	await form.getByLabel('Valeur', { exact: true }).fill('2012');
	await form.getByRole('button', { name: 'Appliquer' }).click();
	await expect(steps(table)).toContainText(['garde les lignes où Année est d’au moins 2012']);

	await panel.getByRole('button', { name: 'Ajouter une étape' }).click();
	await panel.getByRole('searchbox', { name: 'Que voulez-vous faire?' }).fill('additionner');
	await panel.getByRole('button', { name: /^Regrouper et résumer/ }).click();
	await form.getByRole('checkbox', { name: 'Région administrative' }).check();
	await form.getByRole('checkbox', { name: 'Année' }).check();
	await form.getByLabel('Calcul', { exact: true }).selectOption({ label: 'Somme' });
	// A number that names a museum is not what one adds up.
	await expect(form.getByLabel('De la colonne', { exact: true })).toHaveValue('Entrées payantes');
	await expect(form.getByLabel('Nom de la colonne')).toHaveValue(SUM);
	await form.getByRole('button', { name: 'Appliquer' }).click();
	await expect(table.getByText(/^Tableau resultat/)).toContainText('60 × 3');

	// ------------------------------------------------ a line for each region, over years
	const chart = await insertCell(clicks, /^Graphique/);
	const settings = chart.getByRole('region', { name: 'Réglages du graphique' });
	await settings.getByRole('button', { name: /une ligne par «\sRégion administrative\s»/ }).click();
	const drawing = chart.getByRole('application', {
		name: 'Somme d’Entrées payantes selon Année, une couleur par Région administrative'
	});
	const lines = drawing.locator('path[stroke^="#"], path[stroke^="rgb"]');
	await expect(lines).toHaveCount(MUSEUM_REGIONS.length);
	const colours = await lines.evaluateAll((all) => all.map((one) => one.getAttribute('stroke')));
	expect(new Set(colours).size).toBe(MUSEUM_REGIONS.length);
	const labels = drawing.locator('svg text').filter({ hasText: /^20\d\d$/ });
	await expect(labels.first()).toHaveText('2012');
	// Nothing of a label is cut off at the edge.
	const cut = await drawing.locator('svg text').evaluateAll((all) =>
		all.flatMap((text) => {
			const left = text.closest('svg')?.getBoundingClientRect().left ?? 0;
			return text.getBoundingClientRect().left < left - 1 ? [text.textContent] : [];
		})
	);
	expect(cut).toEqual([]);
	const points = (): Promise<number[]> =>
		lines.evaluateAll((all) => all.map((one) => one.getAttribute('d')?.split('L').length ?? 0));
	expect(await points()).toEqual(MUSEUM_REGIONS.map(() => 10));

	// ------------------------------------------------ the filter becomes a slider, which changes the chart
	await panel.getByRole('button', { name: 'Modifier l’étape 1' }).click();
	await form.getByRole('button', { name: 'Rendre réglable' }).click();
	const slider = clicks.getByRole('slider', { name: 'Minimum d’Année' });
	await expect(slider).toHaveValue('2012');
	await slider.focus();
	for (let year = 2012; year < 2017; year++) await clicks.keyboard.press('ArrowRight');
	await expect.poll(points).toEqual(MUSEUM_REGIONS.map(() => 5));
	await expect(labels).toHaveText(['2017', '2018', '2019', '2020', '2021']);
	await chart.getByText('Voir les données').click();
	const montreal = await lineOf(chart, 'Montréal');
	expect(montreal.map((cells) => cells.join(' ').replace(/[^\d ]/g, ''))).toHaveLength(5);
	expect(montreal.flat().join('|').replace(/\s/g, '')).toContain(
		String(museums.paidIn('Montréal', 2019))
	);
	expect(await clicks.locator('.cm-content').count()).toBe(0);
	await expect(clicks.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	const written = await steps(table).allInnerTexts();

	// ------------------------------------------------ the workshop may use the data, and read the notebook
	await clicks.goto('/ateliers');
	await clicks.getByRole('link', { name: 'Rejoindre de nouveaux publics' }).first().click();
	await clicks.getByRole('button', { name: 'Mettre en commun : Fréquentation des musées' }).click();
	await expect(
		clicks.getByText('Les personnes de l’atelier peuvent utiliser ces données.').first()
	).toBeVisible();
	await clicks.goto(notebook);
	const link = await shares(clicks);

	// ------------------------------------------------ another makes her version, and goes on in code
	const code = await guestOf(browser, server, 'Camille');
	await code.goto(link);
	await code.getByRole('button', { name: 'Ouvrir le carnet' }).click();
	await code.getByRole('button', { name: /^Créer ma version/ }).click();
	await expect(code.getByText('Dérivé de')).toBeVisible(LONG);
	const hers = code.locator('[data-kind="transform"]');
	await done(hers);
	await hers.focus();
	await code.keyboard.press('Enter');
	await expect(code.locator('.cm-content')).toBeFocused();
	await code.keyboard.press('ControlOrMeta+End');
	await code.keyboard.press('Backspace');
	await code.keyboard.insertText(
		`
  .derive({milliers: d => op.round(d["${SUM}"] / 1000)})
  .filter(aq.escape(d => /^M/.test(d["Région administrative"])))
  .orderby(aq.desc("Année"));`
	);
	await code.keyboard.press('ControlOrMeta+Enter');
	await expect(hers.getByText(/^Tableau resultat/)).toContainText('20 × 4');
	await expect(code.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	const back = await shares(code);

	// ------------------------------------------------ a third reads it as steps
	const reads = await guestOf(browser, server, 'Noa');
	await reads.goto(back);
	await reads.getByRole('button', { name: 'Ouvrir le carnet' }).click();
	const read = reads.locator('[data-kind="transform"]');
	await done(read);
	await read.getByRole('button', { name: 'Étapes' }).click();
	await expect(steps(read)).toHaveCount(5);
	const told = await steps(read).allInnerTexts();
	// The first two as they were; rows are counted for who can change them only.
	const words = (text: string | undefined): string =>
		(text ?? '').split('\n').slice(0, 3).join(' ');
	expect(told.slice(0, 2).map(words)).toEqual(written.map(words));
	await expect(steps(read).nth(2)).toContainText(`calcule milliers\u00a0: ${SUM} ÷ 1000, arrondi`);
	await expect(steps(read).nth(3)).toContainText('.filter(aq.escape(');
	await expect(steps(read).nth(4)).toContainText('trie par Année (décroissant)');
	// Her version is apart: the first notebook is as it was.
	await expect(steps(table)).toHaveCount(0);
	await expect(table.getByText(/^Tableau resultat/)).toContainText('60 × 3', LONG);
	for (const page of [code, reads]) await page.context().close();

	async function shares(page: Page): Promise<string> {
		await page.getByRole('main').getByRole('button', { name: 'Partager', exact: true }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('Avec qui').selectOption('link');
		await dialog.getByRole('button', { name: 'Créer le lien' }).click();
		const field = dialog.getByLabel('Lien de partage');
		await expect(field).toHaveValue(/\/partage\/[0-9a-z]{40}$/);
		const address = await field.inputValue();
		await page.keyboard.press('Escape');
		return address;
	}
});
