/** A control made by clicks, with the keyboard too, changes what another cell gives. */
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, insertCell, newNotebook, stateOf } from '../support/notebook-page.ts';

const SALES = `const ventes = aq.table({
  ville: ["Gaspé", "Alma", "Gaspé", "Québec"],
  billets: [12, 40, 8, 90]
});`;

test('a person who types no code makes a choice from a column, and it changes a result', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de contrôle');
	const data = await addCell(page, 'Code', SALES);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');

	const cell = await insertCell(page, /^Contrôle/);
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	const panel = cell.getByRole('region', { name: 'Réglages du contrôle' });
	await cell.getByRole('button', { name: 'Réglages du contrôle' }).click();
	await expect(panel).toBeVisible();

	// The limits of the slider come from a column.
	await panel.getByText('Prendre les limites d’une colonne').click();
	await panel.getByLabel('Colonne').selectOption('billets');
	await panel.getByRole('button', { name: 'Prendre ces limites' }).click();
	await expect(panel.getByLabel('Maximum', { exact: true })).toHaveValue('90');

	// Another kind, by keyboard.
	const kind = panel.getByLabel('Sorte');
	await kind.focus();
	await kind.selectOption('select');
	await expect(panel.getByLabel('Choix', { exact: true })).toHaveValue('ventes');
	await expect(panel.getByLabel('Colonne')).toHaveValue('ville');
	const label = panel.getByLabel('Titre', { exact: true });
	await label.fill('Ville à voir');
	await label.press('Tab');
	const name = panel.getByLabel('Nom', { exact: true });
	await name.fill('ma ville');
	await name.press('Tab');
	await expect(panel.getByText(/^Un nom commence par une lettre/)).toBeVisible();
	await name.fill('ventes');
	await name.press('Tab');
	await expect(panel.getByText(/est déjà pris/)).toBeVisible();
	await name.fill('ville');
	await name.press('Tab');
	await expect(cell.getByLabel('Ville à voir')).toBeVisible();
	expect(await faultsOf(page, { part: '[data-kind="control"]', practices: true })).toEqual([]);

	const result = await addCell(
		page,
		'Code',
		'ventes.params({ville}).filter((d, $) => d.ville === $.ville).array("billets").join("+")'
	);
	await expect(result.getByText('40', { exact: false }).last()).toBeVisible();
	await cell.getByLabel('Ville à voir').selectOption('Gaspé');
	await expect(result.getByText('12+8').last()).toBeVisible();

	await page.setViewportSize({ width: 360, height: 800 });
	expect(await panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});
