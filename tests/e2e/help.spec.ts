/** What a person is helped with where they are: examples on their own data, mends by one press, names that follow. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { DemoStore } from '../support/demo-store.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, stateOf, writeSource } from '../support/notebook-page.ts';

const SALES = `const ventes = aq.table({
  ville: ["Gaspé", "Alma", "Gaspé", "Québec", "Alma", "Québec"],
  code: ["1", "2", "1", "3", "2", "3"],
  billets: [12, 40, 8, 90, 5, 60]
});`;
const help = (page: Page): Locator => page.getByRole('dialog', { name: 'Je veux…' });
const example = (page: Page): Locator => help(page).getByRole('group', { name: 'Exemple' });

async function looksFor(page: Page, words: string, name: RegExp): Promise<Locator> {
	const field = help(page).getByRole('searchbox', { name: 'Que voulez-vous faire?' });
	await field.fill(words);
	await help(page).getByRole('button', { name }).click();
	await expect(example(page)).toBeVisible();
	return example(page);
}
/** The texts of a column of a table of the example: 0 is the first. */
const cellsOf = (table: Locator, column: number): Promise<string[]> =>
	table.locator(`tbody td:nth-child(${column + 1})`).allInnerTexts();
/** Writes in a cell by the keyboard, and runs it. */
async function rewrites(page: Page, cell: Locator, source: string): Promise<void> {
	await cell.press('Enter');
	await writeSource(page, source);
}

test('what can be done is looked for by keyboard, and shown on the data of the demo notebook', async ({
	asFacilitator: page,
	server
}) => {
	// A version of one's own: what is added stays out of the starter.
	const store = new DemoStore(server);
	const id = store.fork(1, 'fr');
	store.close();
	await page.goto(`/carnets/${id}`);
	const cells = page.locator('[data-cell]');
	await expect(page.locator('[data-kind="transform"]').first()).toBeVisible();
	await expect(page.getByRole('button', { name: 'Tout exécuter' })).toBeVisible();
	const data = page.locator('[data-kind="transform"]').first();
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');

	// The key is the page's where nothing is typed, and the text's in a text.
	await data.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('F1');
	await expect(help(page)).toHaveCount(0);
	await page.keyboard.press('Escape');
	await expect(data).toBeFocused();
	await page.keyboard.press('F1');
	const field = help(page).getByRole('searchbox', { name: 'Que voulez-vous faire?' });
	await expect(field).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(help(page)).toHaveCount(0);
	await expect(data).toBeFocused();

	await page.keyboard.press('F1');
	await expect(field).toBeFocused();
	await page.keyboard.type('top');
	await page.keyboard.press('Enter');
	await expect(help(page).getByRole('button', { name: /^Palmarès/ })).toBeFocused();
	await expect(example(page)).toContainText('Calculé sur «');
	await expect(example(page)).toContainText('orderby, slice');
	const [before, after] = [
		example(page).getByRole('table', { name: /^Avant/ }),
		example(page).getByRole('table', { name: /^Après : 3 lignes/ })
	];
	await expect(before.locator('tbody tr')).not.toHaveCount(0);
	await expect(after.locator('tbody tr')).toHaveCount(3);
	const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
	expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

	// Added: a step, with its form open where the keyboard goes on.
	const count = await cells.count();
	await example(page)
		.getByRole('button', { name: /^Ajouter/ })
		.click();
	await expect(help(page)).toHaveCount(0);
	const form = page.getByRole('form', { name: 'Palmarès' });
	await expect(form).toBeVisible();
	await expect(form.getByRole('spinbutton').first()).toBeFocused();
	expect(await cells.count()).toBeLessThanOrEqual(count + 1);
});

test('an example is computed on the notebook, or says that it is a sample', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de l’aide');
	await page.getByRole('button', { name: 'Aide : je veux…' }).click();
	// No table at all.
	let shown = await looksFor(page, 'trier', /^Trier/);
	await expect(shown).toContainText('petit tableau inventé');
	await expect(shown).toContainText('Ajoutez d’abord un tableau');
	await expect(shown.getByRole('table', { name: /^Après/ })).toBeVisible();
	await page.keyboard.press('Escape');

	const data = await addCell(page, 'Code', SALES);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');
	await page.keyboard.press('F1');
	shown = await looksFor(page, 'palmares', /^Palmarès/);
	await expect(shown).toContainText('Calculé sur « ventes »');
	expect(await cellsOf(shown.getByRole('table', { name: /^Avant/ }), 0)).toEqual([
		...['12', '40', '8', '90', '5']
	]);
	expect(await cellsOf(shown.getByRole('table', { name: /^Après/ }), 0)).toEqual([
		'90',
		'60',
		'40'
	]);

	// No date among the columns.
	shown = await looksFor(page, 'saison', /^Extraire d’une date/);
	await expect(shown).toContainText('petit tableau inventé');
	await expect(shown.getByRole('columnheader', { name: /mois/ })).toBeVisible();

	// A chart is drawn.
	shown = await looksFor(page, 'barres', /^Barres/);
	await expect(shown).toContainText('Plot.bar');
	await expect(shown.locator('svg[viewBox]').first()).toBeVisible();

	// Added below, on its table.
	shown = await looksFor(page, 'filtrer', /^Filtrer/);
	await shown.getByRole('button', { name: 'Ajouter à ce carnet' }).click();
	const made = page.locator('[data-kind="transform"]');
	await expect(made).toContainText('.filter(d => d.billets >= 48)');
	await expect(made.getByRole('form', { name: 'Filtrer' })).toBeVisible();
	await expect(made.getByText(/^Tableau resultat/)).toContainText('2 × 3');

	// And behind the steps of the transformation at hand.
	await made.getByRole('form').getByRole('button', { name: 'Abandonner' }).click();
	await page.keyboard.press('F1');
	shown = await looksFor(page, 'trier', /^Trier/);
	await shown.getByRole('button', { name: 'Ajouter aux étapes de « resultat »' }).click();
	// It opens to be adjusted, in its place in the list.
	const added = made.getByRole('form', { name: 'Trier' });
	await added.getByRole('button', { name: 'Abandonner' }).click();
	await expect(made.locator('[data-step]')).toHaveCount(2);
	await expect(made).toContainText('.orderby(aq.desc("billets"))');

	// A step with its control.
	await data.focus();
	await page.keyboard.press('F1');
	shown = await looksFor(page, 'reglable', /^Rendre une étape réglable/);
	await expect(shown).toContainText('Inputs.range');
	await shown.getByRole('button', { name: 'Ajouter à ce carnet' }).click();
	await expect(page.locator('[data-kind="control"]').getByRole('slider')).toBeVisible();
	await expect(made).toHaveCount(2);
	await expect(made.first().getByText(/^Tableau resultat2/)).toContainText('2 × 3');
});

test('a probable mistake is mended by one press', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de corrections');
	const data = await addCell(page, 'Code', SALES);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');

	// A decimal comma: in a text that cannot be read, and in one that can.
	const cell = await addCell(page, 'Code', 'const taux = 0,5;');
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'error');
	await cell.getByRole('button', { name: 'Écrire « 0.5 »' }).click();
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await expect(cell).toContainText('const taux = 0.5;');
	const kept = await addCell(page, 'Code', 'const gardees = ventes.filter(d => d.billets > 8,5);');
	const doubt = kept.getByRole('status').filter({ hasText: '«' });
	await expect(doubt).toContainText('la virgule sépare deux valeurs');
	await kept.getByRole('button', { name: 'Écrire « 8.5 »' }).click();
	await expect(kept).toContainText('d.billets > 8.5');
	await expect(doubt).toHaveCount(0);

	// A text that is compared with a number.
	await rewrites(page, kept, 'const gardees = ventes.filter(d => d.code === 3);');
	await expect(kept.getByText(/^Tableau gardees/)).toContainText('0 × 3');
	await expect(doubt).toContainText('n’est jamais égale au nombre 3');
	await expect(kept.getByRole('button', { name: 'Comparer comme nombre' })).toBeVisible();
	await kept.getByRole('button', { name: 'Comparer comme texte' }).click();
	await expect(kept).toContainText('d.code === "3"');
	await expect(kept.getByText(/^Tableau gardees/)).toContainText('2 × 3');

	// Cells that wait for one another, each named, and a way back.
	await rewrites(page, cell, 'const taux = gardees.numRows();');
	await rewrites(page, kept, 'const gardees = ventes.filter(d => d.billets > taux);');
	await expect(kept).toContainText('s’attendent l’une l’autre : taux, gardees');
	await expect(kept.getByRole('link', { name: 'taux', exact: true })).toBeVisible();
	await kept.getByRole('button', { name: 'Annuler ma dernière modification' }).click();
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await expect(kept).toContainText('d.code === "3"');

	// A cell that reads another's table under its own name.
	const twice = await addCell(page, 'Code', 'const ventes = ventes.filter(d => d.billets > 50);');
	await twice.getByRole('button', { name: 'Nommer celui-ci « ventes2 »' }).click();
	await expect(twice).toContainText('const ventes2 = ventes.filter(');
	await expect(twice.getByText(/^Tableau ventes2/)).toContainText('2 × 3');
});

test('a control that is renamed is renamed where it is read', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de noms');
	const data = await addCell(page, 'Code', SALES);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');
	const control = await addCell(
		page,
		'Contrôle',
		'const seuil = view(Inputs.range([0, 100], {label: "Seuil", value: 10}));'
	);
	const steps = await addCell(
		page,
		'Code',
		'const gardees = ventes\n  .params({seuil})\n  .filter((d, $) => d.billets >= $.seuil);'
	);
	await expect(steps.getByText(/^Tableau gardees/)).toContainText('4 × 3');
	const sum = await addCell(page, 'Code', '["seuil", seuil, [1].map((seuil) => seuil)]');

	await control.getByRole('button', { name: 'Réglages du contrôle' }).click();
	const name = control.getByLabel('Nom', { exact: true });
	await name.fill('minimum');
	await name.press('Tab');
	await expect(control).toContainText('const minimum = view(');
	await expect(steps).toContainText('.params({minimum})');
	await expect(steps).toContainText('d.billets >= $.minimum');
	await expect(sum).toContainText('["seuil", minimum, [1].map((seuil) => seuil)]');
	await expect(steps.getByText(/^Tableau gardees/)).toContainText('4 × 3');
	// All of it at once.
	await page
		.getByText('aussi dans 2 autres cellules')
		.locator('..')
		.getByRole('button', { name: 'Annuler' })
		.click();
	await expect(control).toContainText('const seuil = view(');
	await expect(steps).toContainText('$.seuil');
	await expect(sum).toContainText('["seuil", seuil,');

	// Typed in the code: the cells that are left behind follow by a press.
	await rewrites(
		page,
		control,
		'const plancher = view(Inputs.range([0, 100], {label: "Seuil", value: 10}));'
	);
	await expect(stateOf(sum)).toHaveAttribute('data-cell-state', 'error');
	await control.getByRole('button', { name: 'Renommer aussi dans 2 cellules' }).click();
	await expect(steps).toContainText('$.plancher');
	await expect(sum).toContainText('["seuil", plancher,');
	await expect(stateOf(sum)).toHaveAttribute('data-cell-state', 'done');
	await expect(control.getByRole('button', { name: /^Renommer aussi/ })).toHaveCount(0);
	await expect(stateOf(steps)).toHaveAttribute('data-cell-state', 'done');
});
