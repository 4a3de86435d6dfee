/** The history of a notebook, and moving and reading in it: by the keyboard, on two screens, after a reload. */
import type { Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, insertCell, newNotebook, saved } from '../support/notebook-page.ts';

const cells = (page: Page) => page.locator('[data-cell]');

async function noFault(page: Page, part: string): Promise<void> {
	expect(await faultsOf(page, { part })).toEqual([]);
}
async function fromMenu(page: Page, item: string | RegExp): Promise<void> {
	await page.getByRole('button', { name: 'Actions du carnet' }).click();
	await page.getByRole('menuitem', { name: item }).click();
}
async function addText(page: Page, source: string): Promise<void> {
	await insertCell(page, /^Texte/);
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.insertText(source);
	await page.keyboard.press('ControlOrMeta+Enter');
}
/** Ctrl+K, a few letters, Enter. */
async function command(page: Page, typed: string): Promise<void> {
	await page.keyboard.press('ControlOrMeta+k');
	await expect(page.getByRole('combobox', { name: 'Commande ou cellule' })).toBeFocused();
	await page.keyboard.type(typed);
	// A result may be found by what is computed still.
	await expect(page.getByRole('option').first()).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('combobox', { name: 'Commande ou cellule' })).toHaveCount(0);
}

test('a version is named, looked at, restored on every screen, and taken back', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai d’historique');
	await addCell(page, 'Code', '"premier"');
	await addCell(page, 'Code', '"deuxième"');
	await saved(page);
	await fromMenu(page, 'Historique');
	const dialog = page.getByRole('dialog', { name: 'Historique du carnet' });
	await dialog.getByRole('button', { name: 'Garder cette version' }).click();
	await expect(dialog.getByText('Donnez un nom à cette version.')).toBeVisible();
	await expect(dialog.getByLabel('Nommer cette version')).toBeFocused();
	await page.keyboard.insertText('Avant la réunion');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('listitem').filter({ hasText: 'Avant la réunion' })).toBeVisible();
	await expect(
		dialog.getByRole('button', { name: 'Voir la version « Avant la réunion »' })
	).toBeFocused();
	await noFault(page, 'dialog[open]');
	await page.keyboard.press('Escape');

	// Changed: a cell deleted, one rewritten, one added.
	await cells(page).first().focus();
	await page.keyboard.press('d');
	await page.keyboard.press('d');
	await expect(cells(page)).toHaveCount(1);
	await page.keyboard.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText('"changé"');
	await page.keyboard.press('ControlOrMeta+Enter');
	await addCell(page, 'Code', '"troisième"');
	await saved(page);

	const other = await page.context().newPage();
	await other.goto(page.url());
	await expect(cells(other)).toHaveCount(2);

	await fromMenu(page, 'Historique');
	await dialog.getByRole('button', { name: 'Voir la version « Avant la réunion »' }).click();
	await expect(dialog.getByRole('heading', { name: 'Avant la réunion' })).toBeFocused();
	await expect(
		dialog.getByText('Ce qui a changé depuis : 1 cellule changée, 1 supprimée, 1 ajoutée.')
	).toBeVisible();
	await expect(dialog.locator('[data-fate]')).toHaveCount(3);
	await noFault(page, 'dialog[open]');
	await dialog.getByRole('button', { name: 'Rétablir cette version' }).click();
	await expect(dialog).toHaveCount(0);
	for (const screen of [page, other]) {
		await expect(cells(screen)).toHaveCount(2);
		await expect(cells(screen).first()).toContainText('premier');
		await expect(cells(screen).nth(1)).toContainText('"deuxième"');
	}
	// What the restoration changed has run here.
	await expect(cells(page).nth(1).locator('[data-cell-state]')).toHaveAttribute(
		'data-cell-state',
		'done'
	);
	await page.getByRole('button', { name: 'Annuler' }).last().click();
	await expect(cells(page).first()).toContainText('"changé"');
	await expect(cells(other).nth(1)).toContainText('troisième');
});

test('a restoration that cannot be taken back says why, and stays to be taken back', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de refus');
	await addCell(page, 'Code', '"premier"');
	await saved(page);
	const versions = `/api/notebooks/${new URL(page.url()).pathname.split('/')[2] ?? ''}/versions`;
	expect((await page.request.post(versions, { data: { name: 'Départ' } })).ok()).toBe(true);
	await addCell(page, 'Code', '"deuxième"');
	await saved(page);
	await fromMenu(page, 'Historique');
	const dialog = page.getByRole('dialog', { name: 'Historique du carnet' });
	await dialog.getByRole('button', { name: 'Voir la version « Départ »' }).click();
	await dialog.getByRole('button', { name: 'Rétablir cette version' }).click();
	await expect(cells(page)).toHaveCount(1);

	// What it kept is deleted on another screen.
	const { versions: list } = (await (await page.request.get(versions)).json()) as {
		versions: { id: string; kind: string }[];
	};
	const kept = list.find(({ kind }) => kind === 'before-restore')?.id ?? '';
	expect((await page.request.delete(`${versions}/${kept}`)).ok()).toBe(true);
	const why = page.getByText('Cette page n’existe pas, ou elle n’est pas partagée avec vous.');
	await page.getByRole('button', { name: 'Annuler' }).last().click();
	await expect(why).toHaveCount(1);
	await cells(page).first().focus();
	await page.keyboard.press('ControlOrMeta+z');
	await expect(why).toHaveCount(2);
	await expect(cells(page)).toHaveCount(1);
	await expect(page.getByText('La connexion est interrompue.')).toHaveCount(0);
});

test('a menu, and what it opens, give the focus back to its button', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de retour');
	const button = page.getByRole('button', { name: 'Actions du carnet' });
	await button.focus();
	await button.press('Enter');
	await expect(page.getByRole('menuitem').first()).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('menuitem')).toHaveCount(0);
	await expect(button).toBeFocused();
	for (const item of [/^Historique/, /^Lignée/, /^Raccourcis/]) {
		await button.press('Enter');
		await page.getByRole('menuitem', { name: item }).press('Enter');
		const dialog = page.getByRole('dialog');
		await expect(dialog).toBeVisible();
		await expect(dialog.locator(':focus')).toHaveCount(1);
		await page.keyboard.press('Escape');
		await expect(dialog).toHaveCount(0);
		await expect(button).toBeFocused();
	}
});

test('a deleted cell is put back after a reload, and a version is renamed and deleted', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de suppression');
	await addCell(page, 'Code', '"un"');
	const second = await addCell(page, 'Code', '"deux"');
	const id = await second.getAttribute('data-cell');
	await second.focus();
	await page.keyboard.press('d');
	await page.keyboard.press('d');
	await expect(cells(page)).toHaveCount(1);
	await saved(page);
	await page.reload();
	await expect(cells(page)).toHaveCount(1);
	await fromMenu(page, 'Historique');
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Nommer cette version').fill('Sans la deuxième');
	await page.keyboard.press('Enter');
	await dialog.getByRole('button', { name: /^Renommer la version/ }).click();
	await expect(dialog.getByLabel('Nouveau nom')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type('Courte');
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('listitem').filter({ hasText: 'Courte' })).toBeVisible();
	await dialog.getByRole('button', { name: 'Supprimer la version « Courte »' }).click();
	await expect(dialog.getByRole('button', { name: 'Supprimer cette version' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('listitem').filter({ hasText: 'Courte' })).toHaveCount(0);
	await dialog.getByRole('button', { name: 'Remettre la cellule : "deux"' }).click();
	await expect(cells(page)).toHaveCount(2);
	await expect(page.locator(`[data-cell="${id ?? ''}"]`)).toBeFocused();
	await expect(cells(page).nth(1)).toContainText('deux');
});

test('the palette finds by a few letters, and does: cells, templates, code hidden, sections folded', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de palette');
	await addText(page, '# Première partie');
	await addCell(
		page,
		'Code',
		'const ventes = aq.table({date: Array.from({length: 90}, (_, i) => new Date(Date.UTC(2025, 0, 1 + i))), billets: Array.from({length: 90}, (_, i) => i)});'
	);
	await expect(cells(page).nth(1)).toContainText('Tableau ventes');
	await page.keyboard.press('ControlOrMeta+k');
	const field = page.getByRole('combobox', { name: 'Commande ou cellule' });
	await expect(field).toBeFocused();
	await page.keyboard.type('exec');
	await expect(page.getByRole('option')).toHaveCount(1);
	await page.keyboard.press('Backspace');
	await page.keyboard.press('ArrowDown');
	await expect(field).toHaveAttribute('aria-activedescendant', /.+/);
	await noFault(page, 'dialog[open]');
	await page.keyboard.press('Escape');
	await expect(field).toHaveCount(0);
	await expect(cells(page).nth(1)).toBeFocused();

	await command(page, 'evolution');
	await expect(cells(page)).toHaveCount(3);
	await expect(cells(page).nth(2).getByRole('img', { name: 'billets par mois' })).toBeVisible();
	await command(page, 'ajouter texte');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.insertText('# Deuxième partie');
	await page.keyboard.press('ControlOrMeta+Enter');
	await command(page, 'premiere');
	await expect(cells(page).first()).toBeFocused();

	await expect(cells(page).nth(1).getByText('aq.table')).toBeVisible();
	await command(page, 'masquer code');
	await expect(page.getByText('aq.table')).toHaveCount(0);
	await command(page, 'replier');
	await expect(cells(page)).toHaveCount(2);
	await expect(cells(page).first()).toContainText('2 cellules repliées');
	// Theirs alone, and still so after a reload; whatever leads to a cell opens it.
	await page.reload();
	await expect(cells(page)).toHaveCount(2);
	await cells(page).first().focus();
	await command(page, 'billets par');
	await expect(cells(page)).toHaveCount(4);
	await expect(cells(page).nth(2)).toBeFocused();
	await expect(page.getByText('aq.table')).toHaveCount(0);
	const fold = cells(page)
		.nth(2)
		.getByRole('button', { name: /^Replier la cellule/ });
	await fold.focus();
	await page.keyboard.press('Enter');
	await expect(cells(page).nth(2).getByRole('img')).toHaveCount(0);
});

test('the outline stands beside the notebook, or over it, and leads to its cells', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de plan');
	await addText(page, '# Question\n\n## Détail');
	await addCell(page, 'Code', 'const reponse = 42;');
	await addText(page, '# Constat');
	await page.setViewportSize({ width: 1440, height: 800 });
	await fromMenu(page, 'Montrer le plan');
	const outline = page.getByRole('navigation', { name: 'Plan du carnet' });
	await expect(outline.getByRole('button')).toHaveText([
		'Question',
		'Détail',
		'reponse',
		'Constat'
	]);
	await outline.getByRole('button', { name: 'reponse, Code, Exécutée' }).click();
	await expect(cells(page).nth(1)).toBeFocused();
	await expect(outline.locator('[aria-current="true"]')).toHaveText('reponse');
	await noFault(page, 'aside');
	await page.setViewportSize({ width: 360, height: 740 });
	await expect(outline).toBeHidden();
	await fromMenu(page, 'Montrer le plan');
	await page.getByRole('dialog').getByRole('button', { name: 'Constat' }).click();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(cells(page).nth(2)).toBeFocused();
});

test('a presentation goes by sections, its controls work, and it is left by its keys', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de présentation');
	await addText(page, '# Ouverture\n\nBonjour');
	await addCell(
		page,
		'Contrôle',
		'const seuil = view(Inputs.range([0, 10], {label: "Seuil", value: 4, step: 1}));'
	);
	await addText(page, 'Seuil choisi : ${seuil}');
	await addText(page, '## Suite');
	const next = await cells(page).last().getAttribute('data-cell');
	await addCell(page, 'Code', '"valeur"');
	await addText(page, 'Fin');
	await cells(page).first().focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+End');
	await page.keyboard.insertText(`, puis [la suite](#cellule-${next ?? ''})`);
	await page.keyboard.press('ControlOrMeta+Enter');
	await command(page, 'presenter');
	await expect(page).toHaveURL(/presentation/);
	const shown = page.getByRole('region', { name: 'Présentation' });
	await expect(shown).toBeFocused();
	await expect(page.getByRole('banner')).toHaveCount(0);
	await expect(shown.getByRole('heading', { name: 'Ouverture' })).toBeVisible();
	await expect(shown.getByText('1 / 2')).toBeVisible();
	const slider = shown.getByRole('slider', { name: 'Seuil' });
	await slider.focus();
	await page.keyboard.press('End');
	await expect(shown.getByText('Seuil choisi : 10')).toBeVisible();
	// The slider keeps its arrows.
	await page.keyboard.press('ArrowLeft');
	await expect(shown.getByText('Seuil choisi : 9')).toBeVisible();
	await noFault(page, '[data-presentation]');
	await shown.getByRole('link', { name: 'la suite' }).click();
	await expect(shown.getByRole('heading', { name: 'Suite' })).toBeVisible();
	await expect(shown).toBeFocused();
	await page.keyboard.press('ArrowLeft');
	await expect(shown.getByRole('heading', { name: 'Ouverture' })).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await expect(shown.getByRole('heading', { name: 'Suite' })).toBeVisible();
	await expect(shown.getByText('valeur')).toHaveCount(0);
	await shown.getByRole('button', { name: 'Section précédente' }).click();
	await expect(slider).toHaveValue('9');
	await page.keyboard.press('Escape');
	await expect(page).not.toHaveURL(/presentation/);
	await expect(cells(page)).toHaveCount(6);
	await expect(cells(page).first()).toBeFocused();
	await expect(page.getByRole('slider', { name: 'Seuil' })).toHaveValue('9');
	// By its address, and left by the browser's own way back.
	const plain = page.url();
	await page.goto(`${plain}?presentation`);
	await expect(shown.getByRole('heading', { name: 'Ouverture' })).toBeVisible();
	await page.goBack();
	await expect(cells(page)).toHaveCount(6);
});
