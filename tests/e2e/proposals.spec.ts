/** A version of one's own proposes its changes, its origin's owner decides them one by one, and it takes in what came since. */
import type { Browser, Locator, Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, saved, stateOf, writeSource } from '../support/notebook-page.ts';

const SALES = `const ventes = aq.table({
  ville: ["Gaspé", "Alma", "Gaspé", "Québec"],
  billets: [12, 40, 8, 90]
});`;
const STEPS = 'const grandes = ventes\n  .filter(d => d.billets > 10);';

/** The facilitator's notebook, with a link that lets people read it. */
async function sharedNotebook(page: Page): Promise<{ id: string; link: string }> {
	await newNotebook(page, 'Ventes par ville');
	await addCell(page, 'Texte', 'Les ventes de la saison.');
	await addCell(page, 'Code', SALES);
	const cell = await addCell(page, 'Transformation', STEPS);
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await saved(page);
	const id = /\/carnets\/([a-z0-9]+)$/.exec(page.url())?.[1] ?? '';
	await page.getByRole('main').getByRole('button', { name: 'Partager', exact: true }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Avec qui').selectOption('link');
	await dialog.getByRole('button', { name: 'Créer le lien' }).click();
	const field = dialog.getByLabel('Lien de partage');
	await expect(field).toHaveValue(/\/partage\//);
	const link = await field.inputValue();
	await page.keyboard.press('Escape');
	return { id, link };
}

/** A guest, in a version of their own. */
async function guestWithFork(
	browser: Browser,
	baseURL: string | undefined,
	link: string
): Promise<{ guest: Page; fork: string }> {
	const guest = await (await browser.newContext({ baseURL })).newPage();
	await guest.goto(link);
	await guest.getByLabel('Votre nom').fill('Ève Lavoie');
	await guest.getByRole('button', { name: 'Continuer sans compte' }).click();
	await guest.waitForURL(/\/carnets\/[a-z0-9]+$/);
	const origin = guest.url();
	await guest.getByRole('button', { name: 'Créer ma version' }).click();
	await guest.waitForURL(
		(url) => /\/carnets\/[a-z0-9]+$/.test(url.pathname) && url.href !== origin
	);
	await saved(guest);
	return { guest, fork: guest.url() };
}

const cellAt = async (page: Page, index: number): Promise<Locator> => {
	const id = await page.locator('[data-cell]').nth(index).getAttribute('data-cell');
	return page.locator(`[data-cell="${String(id)}"]`);
};

/** Rewrites a text, by its editor. */
async function rewrites(page: Page, index: number, text: string): Promise<void> {
	const cell = await cellAt(page, index);
	await cell.focus();
	await cell.press('Enter');
	await writeSource(page, text);
	await saved(page);
}

async function noFault(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect.soft(await faultsOf(page, { part: 'main' }), colorScheme).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Nothing of the page goes beyond a phone's width. */
async function fitsPhone(page: Page): Promise<void> {
	const size = page.viewportSize();
	await page.setViewportSize({ width: 360, height: 780 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	if (size) await page.setViewportSize(size);
}

test('changes are proposed, decided one by one, disputed, and taken in', async ({
	asFacilitator: owner,
	browser,
	baseURL
}) => {
	test.setTimeout(240_000);
	const { id, link } = await sharedNotebook(owner);
	const { guest, fork } = await guestWithFork(browser, baseURL, link);
	const change = (page: Page, what: string): Locator =>
		page.locator('article[data-change]').filter({ hasText: what });

	await test.step('a guest sorts by clicks, rewrites the text, and proposes both', async () => {
		const cell = await cellAt(guest, 2);
		await cell.hover();
		await cell.getByRole('button', { name: 'Étapes', exact: true }).click();
		const panel = cell.getByRole('region', { name: 'Étapes de la transformation' });
		await panel.getByRole('button', { name: 'Ajouter une étape' }).click();
		await panel.getByRole('searchbox', { name: 'Que voulez-vous faire?' }).fill('trier');
		await panel.getByRole('button', { name: /^Trier/ }).click();
		const form = panel.getByRole('form');
		await expect(form).toBeVisible();
		await form.getByLabel('Trier par').selectOption('billets');
		await form.getByRole('button', { name: 'Appliquer' }).click();
		await expect(panel.locator('[data-step]')).toHaveCount(2);
		await rewrites(guest, 0, 'Les ventes de la saison, par ville.');
		await guest.reload();
		await guest.getByRole('link', { name: 'Proposer à l’origine' }).click();
		await expect(guest.getByRole('heading', { name: 'Proposer à l’origine' })).toBeVisible();
		const boxes = guest.getByRole('main').getByRole('checkbox');
		await expect(boxes).toHaveCount(2);
		await expect(boxes.first()).toBeChecked();
		await expect(change(guest, 'a ajouté un tri')).toBeVisible();
		await guest.getByLabel('Message').fill('Un tri, et des mots plus justes.');
		await noFault(guest);
		await fitsPhone(guest);
		await guest.getByRole('button', { name: 'Proposer ces changements' }).click();
		await expect(guest.getByRole('heading', { name: /^Proposition de/ })).toBeVisible();
		await expect(guest.getByRole('button', { name: 'Accepter' })).toHaveCount(0);
		await expect(guest.getByRole('button', { name: 'Retirer ma proposition' })).toBeVisible();
	});

	await test.step('the owner sees the results, accepts one, declines the other', async () => {
		await owner.goto(`/carnets/${id}`);
		await owner.getByRole('link', { name: 'Propositions (2 à décider)' }).click();
		await owner.getByRole('link', { name: 'Un tri, et des mots plus justes.' }).click();
		const sorted = change(owner, 'a ajouté un tri');
		await sorted.getByRole('button', { name: 'Voir les deux résultats' }).click();
		const after = sorted.getByRole('region', { name: 'Avec ce changement' });
		await expect(after.getByText(/^Tableau grandes/)).toBeVisible();
		await expect(after.getByRole('gridcell').first()).toBeVisible();
		await noFault(owner);
		await fitsPhone(owner);
		await sorted.getByRole('button', { name: 'Accepter' }).click();
		await expect(sorted.getByText(/^Accepté par/)).toBeVisible();
		const text = change(owner, 'a changé le texte');
		await text.getByLabel('Raison du refus').fill('Déjà dit plus bas.');
		await text.getByRole('button', { name: 'Refuser' }).click();
		await expect(text.getByText(/^Refusé par/)).toBeVisible();
		await owner.getByLabel('Commentaire').fill('Merci pour le tri.');
		await owner.getByRole('button', { name: 'Commenter' }).click();
		await expect(
			owner.getByRole('listitem').filter({ hasText: 'Merci pour le tri.' })
		).toBeVisible();
		await owner.goto(`/carnets/${id}`);
		await expect(owner.locator('[data-cell]').nth(2)).toContainText('orderby');
		await expect(owner.locator('[data-cell]').first()).not.toContainText('par ville');
		await guest.reload();
		await expect(guest.getByText('Déjà dit plus bas.')).toBeVisible();
		await expect(guest.getByText('Merci pour le tri.')).toBeVisible();
	});

	await test.step('what both changed is decided by a person', async () => {
		await guest.goto(fork);
		await rewrites(guest, 0, 'Les ventes, ville par ville.');
		await guest.goto(`${fork}/proposer`);
		await guest.getByRole('main').getByRole('checkbox').first().check();
		await guest.getByRole('button', { name: 'Proposer ces changements' }).click();
		await guest.waitForURL(/\/propositions\/[a-z0-9]+$/);
		await rewrites(owner, 0, 'Les ventes de 2026.');
		await owner.goto(`/carnets/${id}/propositions`);
		await owner.getByRole('link', { name: 'Sans message' }).click();
		const conflict = owner.locator('[data-conflict]');
		await expect(conflict.getByRole('region', { name: 'Avant' })).toContainText('de la saison');
		await expect(conflict.getByRole('region', { name: 'Ici' })).toContainText('de 2026');
		await expect(conflict.getByRole('region', { name: 'Proposé' })).toContainText(
			'ville par ville'
		);
		await conflict.getByRole('radio', { name: 'Écrire autre chose' }).check();
		await conflict.getByLabel('Votre texte').fill('Les ventes de 2026,\nville par ville.');
		await noFault(owner);
		await fitsPhone(owner);
		await conflict.getByRole('button', { name: 'Décider' }).click();
		await expect(owner.getByText(/^Accepté par/)).toBeVisible();
		await owner.goto(`/carnets/${id}`);
		await expect(owner.locator('[data-cell]').first()).toContainText(
			'Les ventes de 2026, ville par ville.'
		);
	});

	await test.step('the version takes in what came since, and what is its own stays', async () => {
		await rewrites(owner, 1, SALES.replace('90', '95'));
		await guest.goto(fork);
		await guest.getByRole('link', { name: /^Prendre les changements de l’origine \(2\)/ }).click();
		await expect(guest.getByText('Ce que vous avez changé aussi')).toBeVisible();
		await noFault(guest);
		await fitsPhone(guest);
		await guest.getByRole('button', { name: 'Prendre les changements choisis' }).click();
		await expect(guest.getByText('1 changement pris.').first()).toBeVisible();
		const conflict = guest.locator('[data-conflict]');
		await conflict.getByRole('radio', { name: 'Garder ce qui est ici' }).check();
		await conflict.getByRole('button', { name: 'Décider' }).click();
		await expect(
			guest.getByText('Votre version a tous les changements de l’origine.')
		).toBeVisible();
		await guest.goto(fork);
		await expect(guest.locator('[data-cell]').nth(1)).toContainText('95');
		await expect(guest.locator('[data-cell]').first()).toContainText(
			'Les ventes, ville par ville.'
		);
		await expect(guest.getByRole('link', { name: 'Proposer à l’origine' })).toBeVisible();
		await expect(guest.getByRole('link', { name: /^Prendre/ })).toHaveCount(0);
	});
	await guest.context().close();
});
