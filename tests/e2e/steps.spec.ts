/** A transformation made without a line of code: its steps as a panel, which follows what is written in the text. */
import type { Locator, Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, insertCell, newNotebook, stateOf } from '../support/notebook-page.ts';

const SALES = `const ventes = aq.table({
  ville: ["Gaspé", "Alma", "Gaspé", "Québec", "Alma", "Québec"],
  salle: ["A", "B", "A", "C", "B", "D"],
  billets: [12, 40, 8, 90, 5, 60],
  revenus: [120, 800, 96, 2700, 75, 1500]
});`;

/** A table, and a transformation of it from the menu. */
async function opens(page: Page, title: string): Promise<{ cell: Locator; panel: Locator }> {
	await newNotebook(page, title);
	const data = await addCell(page, 'Code', SALES);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');
	const cell = await insertCell(page, /^Transformation/);
	const panel = cell.getByRole('region', { name: 'Étapes de la transformation' });
	await expect(panel).toBeVisible();
	return { cell, panel };
}
const steps = (panel: Locator): Locator => panel.locator('[data-step]');
async function startsEmpty(panel: Locator): Promise<void> {
	await expect(panel.getByRole('button', { name: 'Ajouter une étape' })).toBeVisible();
	await expect(steps(panel)).toHaveCount(0);
}
async function adds(panel: Locator, sought: string, intent: RegExp): Promise<Locator> {
	await panel.getByRole('button', { name: 'Ajouter une étape' }).click();
	await panel.getByRole('searchbox', { name: 'Que voulez-vous faire?' }).fill(sought);
	await panel.getByRole('button', { name: intent }).click();
	const form = panel.getByRole('form');
	await expect(form).toBeVisible();
	return form;
}
const applies = (form: Locator): Promise<void> =>
	form.getByRole('button', { name: 'Appliquer' }).click();
const said = (panel: Locator, words: string | RegExp): Promise<void> =>
	expect(panel.locator('[aria-live]').last()).toHaveText(words);
const result = (cell: Locator, text: string): Promise<void> =>
	expect(cell.getByText(/^Tableau resultat/)).toContainText(text);

test('a person who types no code filters, groups, sorts, reorders, switches off and undoes', async ({
	asFacilitator: page
}) => {
	const { cell, panel } = await opens(page, 'Essai d’étapes');
	await startsEmpty(panel);

	// Rows are kept by clicking their values, with how many hold each.
	let form = await adds(panel, 'garder', /^Filtrer/);
	const gaspe = form.getByRole('checkbox', { name: /Gaspé/ });
	await expect(gaspe).toBeVisible();
	await gaspe.check();
	await form.getByRole('checkbox', { name: /Québec/ }).check();
	await expect(form.getByRole('status').filter({ hasText: 'Avant' })).toContainText(
		'Après : 4 lignes'
	);
	await applies(form);
	await expect(steps(panel)).toHaveCount(1);
	await expect(steps(panel).first()).toContainText('6 → 4 lignes');
	await result(cell, '4 × 4');

	form = await adds(panel, 'moyenne', /^Regrouper et résumer/);
	await form.getByRole('checkbox', { name: 'ville' }).check();
	await form.getByRole('button', { name: 'Ajouter un calcul' }).click();
	await form.getByLabel('De la colonne', { exact: true }).selectOption('billets');
	await expect(form.getByRole('status').filter({ hasText: 'Avant' })).toContainText(
		'Après : 2 lignes'
	);
	await applies(form);
	await expect(steps(panel)).toHaveCount(2);
	await result(cell, '2 × 3');

	form = await adds(panel, 'ordonner', /^Trier/);
	await form.getByLabel('Trier par').selectOption('somme de billets');
	await form.getByLabel('Sens').selectOption('Décroissant');
	await applies(form);
	await expect(steps(panel)).toHaveCount(3);
	await expect(cell.getByRole('gridcell').first()).toHaveText('Québec');

	// A step shows the table as it is there.
	await steps(panel).first().click();
	await expect(panel.getByRole('grid', { name: /Tableau après l’étape 1/ })).toHaveAttribute(
		'aria-rowcount',
		'5'
	);
	await panel.getByRole('button', { name: 'Revenir au résultat' }).click();
	await expect(panel.getByRole('grid')).toHaveCount(0);

	// Moved by the keyboard, and told; a step that then has no column to go by says so.
	await steps(panel).nth(2).focus();
	await page.keyboard.press('Alt+ArrowUp');
	await said(panel, 'Étape « Trier » déplacée à la place 2 sur 3');
	await expect(steps(panel).nth(1)).toBeFocused();
	await expect(steps(panel).nth(1)).toContainText('Trier');
	await expect(panel.getByRole('alert')).toContainText('somme de billets');
	await expect(panel.getByRole('alert')).toContainText('ville, salle, billets, revenus');
	await page.keyboard.press('Control+z');
	await expect(steps(panel).nth(2)).toContainText('Trier');
	await expect(panel.getByRole('alert')).toHaveCount(0);

	// Off and on again.
	await panel.getByRole('button', { name: 'Actions de l’étape 1' }).click();
	await page.getByRole('menuitem', { name: 'Désactiver' }).click();
	await expect(steps(panel).first()).toContainText('Désactivée');
	await result(cell, '3 × 3');
	await panel.getByRole('button', { name: 'Annuler la dernière modification' }).click();
	await result(cell, '2 × 3');
	await panel.getByRole('button', { name: 'Refaire' }).click();
	await result(cell, '3 × 3');

	expect(await faultsOf(page, { part: '[data-cell]', practices: true })).toEqual([]);
});

test('the steps follow the code that another person writes', async ({ asFacilitator: page }) => {
	const { cell, panel } = await opens(page, 'Essai de code et d’étapes');
	await startsEmpty(panel);
	const form = await adds(panel, 'filtrer', /^Filtrer/);
	await form.getByLabel('Garder les lignes où').selectOption('billets');
	await form.getByLabel('À partir de').fill('10');

	// Meanwhile the code is written in: the form keeps what is typed in it, and its place.
	await cell.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText(
		'const resultat = ventes\n  .derive({prix: d => d.revenus / d.billets})\n  .orderby("ville");'
	);
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(steps(panel)).toHaveCount(2);
	await expect(form.getByLabel('À partir de')).toHaveValue('10');
	await form.getByLabel('Jusqu’à').fill('60');
	await applies(form);
	await expect(steps(panel)).toHaveCount(3);
	await expect(cell).toContainText('.filter(');

	await cell.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText('1 + 1');
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(panel).toContainText('Cette cellule se modifie par son code');
});

test('a step is made of a table that is looked at', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai d’étapes depuis un tableau');
	const data = await addCell(page, 'Code', SALES);
	const grid = data.getByRole('grid', { name: 'Tableau ventes' });
	await grid.getByRole('gridcell', { name: 'Gaspé' }).first().click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Étape\u00a0: garder «\u00a0Gaspé\u00a0»' }).click();

	// A transformation below, with that step.
	const cell = page.locator('[data-cell]').nth(1);
	const panel = cell.getByRole('region', { name: 'Étapes de la transformation' });
	await expect(steps(panel)).toHaveCount(1);
	await expect(steps(panel).first()).toContainText('ville est Gaspé');
	await result(cell, '2 × 4');

	// In its result, from the header: a form that begins with the column.
	const made = cell.getByRole('grid', { name: 'Tableau resultat' });
	await made.getByRole('button', { name: 'Menu de la colonne salle' }).click();
	await page.getByRole('menuitem', { name: 'Étape\u00a0: regrouper par cette colonne…' }).click();
	const form = panel.getByRole('form', { name: 'Regrouper et résumer' });
	await expect(form.getByRole('checkbox', { name: 'salle' })).toBeChecked();
	await applies(form);
	await result(cell, '1 × 2');

	// What is only looked at becomes steps, undone at once.
	await panel.getByRole('button', { name: 'Annuler la dernière modification' }).click();
	await result(cell, '2 × 4');
	await made.getByRole('columnheader', { name: /^billets/ }).click({ position: { x: 20, y: 12 } });
	await cell.getByRole('button', { name: 'Garder comme étapes' }).click();
	await expect(steps(panel)).toHaveCount(2);
	await expect(steps(panel).nth(1)).toContainText('Trier');
	await expect(cell).toContainText('.orderby("billets")');
});

test('two tables are joined, a step is dragged, and a name that is wrong is put right', async ({
	asFacilitator: page
}) => {
	const { cell, panel } = await opens(page, 'Essai de jointure');
	await addCell(
		page,
		'Code',
		'const lieux = aq.table({nom: ["gaspe", "Alma", "Rimouski"], region: ["11", "02", "01"]});'
	);
	await startsEmpty(panel);
	const form = await adds(panel, 'jointure', /^Joindre un tableau/);
	await form.getByLabel('Tableau à joindre').selectOption('lieux');
	await form.getByLabel('Colonne d’ici').selectOption('ville');
	await form.getByLabel('Colonne de lieux').selectOption('nom');
	await form.getByRole('radio', { name: 'Celles qui se correspondent' }).check();
	await expect(form.getByRole('status').filter({ hasText: 'Avant' })).toContainText(
		'Après : 2 lignes'
	);
	// What matches is told, and what is nearly the same is offered.
	await expect(form).toContainText('correspondance : 2 sur 6');
	await expect(form.getByRole('listitem').filter({ hasText: 'Gaspé' })).toContainText(
		'Lire comme «\u00a0gaspe\u00a0»'
	);
	await form.getByRole('checkbox', { name: /^Ignorer accents/ }).check();
	await expect(form.getByRole('status').filter({ hasText: 'Avant' })).toContainText(
		'Après : 4 lignes'
	);
	await applies(form);
	await result(cell, /* ville, salle, billets, revenus, nom, region */ '4 × ');

	const sort = await adds(panel, 'trier', /^Trier/);
	await sort.getByLabel('Trier par').selectOption('billets');
	await applies(sort);
	await expect(steps(panel)).toHaveCount(2);
	// By the pointer: the second before the first.
	const grip = panel.locator('[data-item]').nth(1).getByTitle('Glisser pour déplacer');
	const [from, to] = [
		await grip.boundingBox(),
		await panel.locator('[data-item]').first().boundingBox()
	];
	if (!from || !to) throw new Error('no steps');
	await page.mouse.move(from.x + 8, from.y + 8);
	await page.mouse.down();
	await page.mouse.move(from.x + 8, to.y + 30, { steps: 4 });
	await page.mouse.move(from.x + 8, to.y + 4);
	await page.mouse.up();
	await expect(steps(panel).first()).toContainText('Trier');
	await result(cell, '4 × ');

	// A name that is nearly right.
	await cell.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText('const resultat = ventes.orderby("billet").select("ville");');
	await page.keyboard.press('ControlOrMeta+Enter');
	await panel.getByRole('button', { name: 'Utiliser «\u00a0billets\u00a0»' }).click();
	await expect(cell).toContainText('.orderby("billets").select("ville")');
	await result(cell, '6 × 1');
});

test('what comes next is suggested, a column is computed by a formula, and a value is put right', async ({
	asFacilitator: page
}) => {
	const { cell, panel } = await opens(page, 'Essai d’idées');
	await addCell(
		page,
		'Code',
		'const lieux = aq.table({nom: ["gaspe", "Alma", "Québec"], region: ["11", "02", "03"]});'
	);
	await startsEmpty(panel);
	const ideas = panel.getByRole('list', { name: 'Idées pour la suite' });
	await panel.getByLabel('Idées pour la colonne').selectOption('ville');
	await ideas.getByRole('button').first().click();
	await expect(steps(panel)).not.toHaveCount(0);
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await panel.getByRole('button', { name: 'Annuler la dernière modification' }).click();
	await expect(steps(panel)).toHaveCount(0);

	const derive = await adds(panel, 'calculer', /^Calculer une colonne/);
	await derive.getByLabel('Nom de la colonne').fill('prix');
	await derive.getByRole('button', { name: 'Écrire une formule' }).click();
	await derive.getByRole('combobox').last().fill('revenus / billets');
	await expect(derive.getByRole('status').filter({ hasText: 'Après' })).toContainText('5 colonnes');
	await applies(derive);
	await expect(cell).toContainText('prix: d => d.revenus / d.billets');

	// A value is read as the other table writes it, and stays as it is here.
	let form = await adds(panel, 'jointure', /^Joindre un tableau/);
	await form.getByLabel('Tableau à joindre').selectOption('lieux');
	await form.getByLabel('Colonne d’ici').selectOption('ville');
	await form.getByRole('button', { name: 'Lire comme «\u00a0gaspe\u00a0»' }).click();
	await expect(form).toContainText('correspondance : 6 sur 6');
	await expect(form).toContainText('Gaspé lu comme gaspe');
	await applies(form);
	await expect(steps(panel)).toHaveCount(2);
	await expect(steps(panel).nth(1)).toContainText('en lisant Gaspé comme gaspe');
	await result(cell, '6 × 7');
	await expect(cell.getByRole('gridcell', { name: 'Gaspé' }).first()).toBeVisible();

	// Or it is written so from then on, by a step before the join whose form is open, and the form goes on.
	await panel.getByRole('button', { name: /^Modifier l’étape 2/ }).click();
	form = panel.getByRole('form');
	await form.getByRole('button', { name: 'Ne plus lire Gaspé comme gaspe' }).click();
	await form.getByRole('radio', { name: /^s’écrit comme dans lieux/ }).check();
	await form.getByRole('button', { name: 'Corriger en «\u00a0gaspe\u00a0»' }).click();
	await expect(form).toContainText('correspondance : 6 sur 6');
	await applies(form);
	await expect(steps(panel)).toHaveCount(3);
	await expect(steps(panel).nth(1)).toContainText('Regrouper des valeurs');
	await expect(steps(panel).nth(2)).not.toContainText('en lisant');
	await result(cell, '6 × 7');
	await expect(cell.getByRole('gridcell', { name: 'gaspe' }).first()).toBeVisible();
});

test('a filter on a number becomes a slider above the cell, and is taken back at once', async ({
	asFacilitator: page
}) => {
	const { cell, panel } = await opens(page, 'Essai de filtre réglable');
	await startsEmpty(panel);
	const form = await adds(panel, 'garder', /^Filtrer/);
	await form.getByLabel('Garder les lignes où').selectOption('billets');
	await form.getByLabel('Condition').selectOption('atLeast');
	await form.getByLabel('Valeur', { exact: true }).fill('40');
	await applies(form);
	await result(cell, '3 × 4');

	await panel.getByRole('button', { name: 'Modifier l’étape 1' }).click();
	await panel.getByRole('form').getByRole('button', { name: 'Rendre réglable' }).click();
	const notice = page.getByText('ajouté au-dessus').last();
	await expect(notice).toBeVisible();
	await expect(steps(panel)).toHaveCount(1);
	const slider = page.locator('[data-kind="control"]').getByRole('slider');
	await expect(slider).toHaveValue('40');
	await result(cell, '3 × 4');
	await slider.fill('8');
	await result(cell, '5 × 4');

	await page.getByRole('button', { name: 'Annuler', exact: true }).last().click();
	await expect(page.locator('[data-kind="control"]')).toHaveCount(0);
	await expect(steps(panel).first()).toContainText('40');
	await result(cell, '3 × 4');
});

test('a filter on values becomes boxes to check, is read in words, and starts from what is chosen', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de choix réglables');
	const data = await addCell(
		page,
		'Code',
		`const ventes = aq.table({
  canal: Array.from({length: 18}, (_, i) => ["Web", "Mobile", "Guichet"][i % 3]),
  billets: Array.from({length: 18}, (_, i) => i)
});`
	);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');
	const cell = await insertCell(page, /^Transformation/);
	const panel = cell.getByRole('region', { name: 'Étapes de la transformation' });
	await expect(panel).toBeVisible();
	await startsEmpty(panel);
	let form = await adds(panel, 'garder', /^Filtrer/);
	await form.getByRole('checkbox', { name: /Web/ }).check();
	await form.getByRole('checkbox', { name: /Mobile/ }).check();
	await applies(form);
	await result(cell, '12 × 2');

	await panel.getByRole('button', { name: 'Modifier l’étape 1' }).click();
	await panel.getByRole('form').getByRole('button', { name: 'Rendre réglable' }).click();
	const control = page.locator('[data-kind="control"]');
	const boxes = control.getByRole('group', { name: 'canal (aucun choix : tout)' });
	await expect(boxes.getByRole('checkbox')).toHaveCount(3);
	await expect(boxes.getByRole('checkbox', { name: 'Web' })).toBeChecked();
	await expect(boxes.getByRole('checkbox', { name: 'Guichet' })).not.toBeChecked();
	await expect(steps(panel).first()).toContainText(
		/est parmi .*choix.* \(ou toutes, si rien n’est choisi\)/i
	);
	await result(cell, '12 × 2');
	await boxes.getByRole('checkbox', { name: 'Web' }).uncheck();
	await result(cell, '6 × 2');

	// The choice is kept in the source of the control.
	await control.getByRole('button', { name: 'Réglages du contrôle' }).click();
	const settings = control.getByRole('region', { name: 'Réglages du contrôle' });
	await expect(settings.getByLabel('Sorte')).toHaveValue('checkbox');
	const keep = settings.getByRole('button', { name: 'Garder ce choix comme départ' });
	await keep.click();
	await expect(keep).toHaveCount(0);
	await expect(settings.getByText('Le contrôle part maintenant de ce choix.')).toBeAttached();
	await result(cell, '6 × 2');
	await expect(boxes.getByRole('checkbox', { name: 'Mobile' })).toBeChecked();
	expect(await faultsOf(page, { part: '[data-kind="control"]', practices: true })).toEqual([]);
	await boxes.getByRole('checkbox', { name: 'Mobile' }).uncheck();
	await result(cell, '18 × 2');
	await expect(keep).toBeVisible();

	// The filter goes back to values of its own.
	await panel.getByRole('button', { name: 'Modifier l’étape 1' }).click();
	form = panel.getByRole('form');
	await expect(form.getByText('Ce qui est choisi dans')).toBeVisible();
	await form.getByRole('button', { name: 'Revenir à des valeurs fixes' }).click();
	await form.getByRole('checkbox', { name: /Guichet/ }).check();
	expect(await faultsOf(page, { part: '[data-kind="transform"]', practices: true })).toEqual([]);
	await applies(form);
	await expect(steps(panel).first()).toContainText('est Guichet');
	await result(cell, '6 × 2');
});
