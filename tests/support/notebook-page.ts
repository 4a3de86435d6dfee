/** The notebook page as a person uses it: a new notebook, a cell added at its end and run. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Makes an empty notebook of the person's, and waits until it can be written in. */
export async function newNotebook(page: Page, title: string): Promise<void> {
	await page.goto('/carnets');
	await page.getByLabel('Titre du carnet').fill(title);
	await page.getByRole('button', { name: 'Créer le carnet' }).click();
	await page.waitForURL(/\/carnets\/[a-z0-9]+$/);
	await expect(page.getByText('Ce carnet est vide')).toBeVisible();
	// Printed by the server, it can be read before it can be used: it is once its document is open.
	await saved(page);
}

/** The notebook is open, and the server has every edit of this page. */
export const saved = (page: Page): Promise<void> =>
	expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');

/** Takes an item of the last « + » menu; answers the cell, wherever it goes later. */
export async function insertCell(page: Page, item: string | RegExp): Promise<Locator> {
	const cells = page.locator('[data-cell]');
	const before = await cells.count();
	await page.getByRole('button', { name: 'Ajouter une cellule' }).last().click();
	await page.getByRole('menuitem', { name: item }).click();
	await expect(cells).toHaveCount(before + 1);
	const id = await cells.last().getAttribute('data-cell');
	return page.locator(`[data-cell="${id}"]`);
}

/** Replaces the source of the cell whose editor is open, and runs it in place. */
export async function writeSource(page: Page, source: string): Promise<void> {
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	// As a paste: no bracket is closed for the person.
	await page.keyboard.insertText(source);
	await page.keyboard.press('ControlOrMeta+Enter');
}

/** Adds a cell of a kind at the end, with its source, and runs it. */
export async function addCell(page: Page, kind: string, source: string): Promise<Locator> {
	const cell = await insertCell(page, new RegExp(`^${kind}`));
	// It opens at its steps or settings: its text is one key away.
	if (kind === 'Transformation' || kind === 'Graphique') await cell.press('Enter');
	await writeSource(page, source);
	return cell;
}

/** Where the cell says how it stands, in `data-cell-state`. */
export const stateOf = (cell: Locator): Locator => cell.locator('[data-cell-state]');
