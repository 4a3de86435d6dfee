/** What tests of proposals share: a notebook that its owner shares, a version of a guest's own, looking at pages. */
import type { Browser, Locator, Page } from '@playwright/test';
import { faultsOf } from './faults.ts';
import { expect } from './fixtures.ts';
import { addCell, newNotebook, saved, stateOf, writeSource } from './notebook-page.ts';

export const SALES = `const ventes = aq.table({
  ville: ["Gaspé", "Alma", "Gaspé", "Québec"],
  billets: [12, 40, 8, 90]
});`;
const STEPS = 'const grandes = ventes\n  .filter(d => d.billets > 10);';

/** The facilitator's notebook, with a link that lets people read it; or edit it. */
export async function sharedNotebook(
	page: Page,
	level?: 'editor'
): Promise<{ id: string; link: string }> {
	await newNotebook(page, 'Ventes par ville');
	await addCell(page, 'Texte', 'Les ventes de la saison.');
	await addCell(page, 'Code', SALES);
	const cell = await addCell(page, 'Transformation', STEPS);
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await saved(page);
	const id = /\/carnets\/([a-z0-9]+)$/.exec(page.url())?.[1] ?? '';
	return { id, link: await linkTo(page, level) };
}

/** A link to the notebook that is open, which lets people read it; or edit it. */
export async function linkTo(page: Page, level?: 'editor'): Promise<string> {
	await page.getByRole('main').getByRole('button', { name: 'Partager', exact: true }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Avec qui').selectOption('link');
	if (level) await dialog.getByLabel('Ce qui est permis', { exact: true }).selectOption(level);
	await dialog.getByRole('button', { name: 'Créer le lien' }).click();
	const field = dialog.getByLabel('Lien de partage');
	await expect(field).toHaveValue(/\/partage\//);
	const link = await field.inputValue();
	await page.keyboard.press('Escape');
	return link;
}

/** Someone without an account, on the notebook that a link leads to. */
export async function guestOf(
	browser: Browser,
	baseURL: string | undefined,
	link: string,
	name: string
): Promise<Page> {
	const guest = await (await browser.newContext({ baseURL })).newPage();
	await guest.goto(link);
	await guest.getByLabel('Votre nom').fill(name);
	await guest.getByRole('button', { name: 'Continuer sans compte' }).click();
	await guest.waitForURL(/\/carnets\/[a-z0-9]+$/);
	return guest;
}

/** A guest, in a version of their own. */
export async function guestWithFork(
	browser: Browser,
	baseURL: string | undefined,
	link: string
): Promise<{ guest: Page; fork: string }> {
	const guest = await guestOf(browser, baseURL, link, 'Ève Lavoie');
	const origin = guest.url();
	await guest.getByRole('button', { name: 'Créer ma version' }).click();
	await guest.waitForURL(
		(url) => /\/carnets\/[a-z0-9]+$/.test(url.pathname) && url.href !== origin
	);
	await saved(guest);
	return { guest, fork: guest.url() };
}

export const cellAt = async (page: Page, index: number): Promise<Locator> => {
	const id = await page.locator('[data-cell]').nth(index).getAttribute('data-cell');
	return page.locator(`[data-cell="${String(id)}"]`);
};

/** Rewrites a text, by its editor. */
export async function rewrites(page: Page, index: number, text: string): Promise<void> {
	const cell = await cellAt(page, index);
	await cell.focus();
	await cell.press('Enter');
	await writeSource(page, text);
	await saved(page);
}

export async function noFault(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect.soft(await faultsOf(page, { part: 'main' }), colorScheme).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Nothing of the page goes beyond a phone's width. */
export async function fitsPhone(page: Page): Promise<void> {
	const size = page.viewportSize();
	await page.setViewportSize({ width: 360, height: 780 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	if (size) await page.setViewportSize(size);
}
