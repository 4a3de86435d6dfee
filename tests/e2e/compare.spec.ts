/** A version of one's own beside what it was made of: by its author, by who facilitates; and versions kept by themselves. */
import type { Page } from '@playwright/test';
import { guestOf } from '../support/accounts.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { saved, stateOf, writeSource } from '../support/notebook-page.ts';
import {
	guestOf as readerOf,
	guestWithFork,
	linkTo,
	rewrites,
	sharedNotebook
} from '../support/proposal-pages.ts';
import { makeStarter } from '../support/starter-store.ts';

const SALES = `const ventes = aq.table({
  ville: ["Gaspé", "Alma", "Gaspé", "Québec", "Alma", "Québec"],
  billets: [12, 40, 8, 90, 5, 60]
});`;
const CELLS = [
	{ id: 'texte', mode: 'md' as const, source: '# Les ventes\n\nDix lignes.\n\nÀ suivre.' },
	{ id: 'ventes', source: SALES },
	{ id: 'choix', source: 'const resultat = ventes\n  .filter(d => d.billets > 5)' },
	{
		id: 'barres',
		source:
			'Plot.plot({title: "Par ville", marks: [Plot.barY(resultat, {x: "ville", y: "billets"})]})'
	},
	{ id: 'autre', source: '"rien ne change ici"' }
];

/** A version of the starter, with a step added by clicks and a text rewritten. Answers its id. */
async function makesVersion(page: Page, starter: string): Promise<string> {
	await page.goto(`/carnets/${starter}`);
	await saved(page);
	// Who makes a version is told who will read it.
	await expect(
		page.getByText(/^Les personnes qui animent l’atelier .* pourront lire votre version/)
	).toBeVisible();
	await page.getByRole('button', { name: 'Créer ma version' }).click();
	await expect(page.getByText('Dérivé de')).toBeVisible();
	await saved(page);
	const cell = page.locator('[data-cell="choix"]');
	await expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done');
	await cell.getByRole('button', { name: 'Étapes', exact: true }).click();
	const panel = cell.getByRole('region', { name: 'Étapes de la transformation' });
	await panel.getByRole('button', { name: 'Ajouter une étape' }).click();
	await panel.getByRole('searchbox', { name: 'Que voulez-vous faire?' }).fill('garder');
	await panel.getByRole('button', { name: /^Filtrer/ }).click();
	const form = panel.getByRole('form');
	await form.getByRole('checkbox', { name: /Gaspé/ }).check();
	await form.getByRole('button', { name: 'Appliquer' }).click();
	await expect(cell.getByText(/^Tableau resultat/)).toContainText('2 × 2');
	await page.locator('[data-cell="texte"]').press('Enter');
	await writeSource(page, '# Les ventes\n\nDeux lignes à Gaspé.\n\nÀ suivre.');
	await saved(page);
	return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

test('a version is compared with its origin: in words, text and both results; and by who facilitates', async ({
	asFacilitator: lead,
	browser,
	server
}) => {
	const { starter, workshop } = makeStarter(server, 'Départ à comparer', CELLS);
	const guest = await guestOf(browser, server, 'Camille');
	const mine = await makesVersion(guest, starter);

	// It says whose the origin is; the palette leads to all that is done with it.
	await expect(guest.getByText('Dérivé de')).toContainText('Départ à comparer (Animation (démo))');
	await guest.keyboard.press('ControlOrMeta+k');
	const field = guest.getByRole('combobox', { name: 'Commande ou cellule' });
	for (const [typed, found] of [
		['propos', /^Proposer à l’origine/],
		['prendre', /^Prendre les changements de l’origine/],
		['comment', /^Discussions/],
		['origine', /^Lignée/],
		['comparer orig', /^Comparer avec l’origine/]
	] as const) {
		await field.fill(typed);
		await expect(guest.getByRole('option', { name: found })).toBeVisible();
	}
	await guest.keyboard.press('Enter');
	await expect(guest.getByRole('heading', { level: 1, name: 'Comparer' })).toBeVisible();
	await expect(
		guest.getByRole('main').getByRole('link', { name: 'Proposer à l’origine' })
	).toHaveAttribute('href', `/carnets/${mine}/proposer`);
	await expect(guest.getByText('2 cellules changées.')).toBeVisible();
	const change = (id: string) => guest.locator(`[data-change="${id}"]`);
	await expect(change('choix').locator('[data-words]')).toContainText(
		/a ajouté un filtre\s: ville est Gaspé/
	);
	await expect(change('texte').locator('ins, .cm-changedLine').first()).toBeVisible();
	await expect(change('texte')).toContainText('− 1 ligne retirée, + 1 ligne ajoutée');
	const side = (id: string, which: 'before' | 'after') =>
		change(id).locator(`[data-side="${which}"]`);
	// Each runs once it is in view.
	await change('choix').scrollIntoViewIfNeeded();
	await expect(side('choix', 'before').getByText(/^Tableau resultat/)).toContainText('5 × 2');
	await expect(side('choix', 'after').getByText(/^Tableau resultat/)).toContainText('2 × 2');
	await expect(side('texte', 'after')).toContainText('Deux lignes à Gaspé.');
	await expect(side('texte', 'before')).toContainText('Dix lignes.');
	await change('choix').getByText('Le code', { exact: true }).click();
	await expect(change('choix').locator('.source-diff')).toContainText('Gaspé');

	// What is written as before is folded, unless it takes from what changed: then both its results are there.
	await expect(guest.getByText('1 cellule inchangée')).toHaveCount(2);
	const bars = guest.locator('[data-touched="barres"]');
	await expect(bars).toContainText('prend d’une cellule changée');
	await bars.scrollIntoViewIfNeeded();
	for (const which of ['before', 'after'])
		await expect(
			bars.locator(`[data-side="${which}"]`).getByRole('img', { name: 'Par ville' })
		).toBeVisible();
	const drawn = async (which: string): Promise<string> =>
		bars.locator(`[data-side="${which}"]`).getByRole('img', { name: 'Par ville' }).innerHTML();
	expect(await drawn('before')).not.toBe(await drawn('after'));

	// From change to change by the keyboard, back and forth.
	await guest.getByRole('heading', { level: 1 }).click();
	await guest.keyboard.press('j');
	await expect(change('texte')).toBeFocused();
	await guest.keyboard.press('n');
	await expect(change('choix')).toBeFocused();
	await guest.keyboard.press('k');
	await expect(change('texte')).toBeFocused();
	expect(await faultsOf(guest, { frames: false })).toEqual([]);
	await guest.setViewportSize({ width: 360, height: 740 });
	await expect(change('texte').locator('.cm-deletedChunk')).toBeVisible();
	expect(
		await guest.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
	).toBe(true);

	// Who facilitates sees it among the versions, with what it changed.
	await lead.goto(`/ateliers/${workshop}`);
	await lead.getByRole('link', { name: 'Versions des participants' }).click();
	const card = lead.locator(`[data-fork="${mine}"]`);
	await expect(card).toContainText('Camille');
	await expect(card).toContainText('2 cellules changées');
	await expect(card).toContainText(/a ajouté un filtre\s: ville est Gaspé/);
	expect(await faultsOf(lead)).toEqual([]);
	await lead.getByLabel('Table').selectOption('Bastion');
	await expect(card).toHaveCount(0);
	await lead.getByLabel('Table').selectOption('Sans table');
	await card
		.getByRole('link', { name: 'Comparer avec l’origine la version faite par Camille' })
		.click();
	await expect(lead.getByText('2 cellules changées.')).toBeVisible();
	// The lineage, from the starter.
	await lead.goto(`/carnets/${starter}`);
	// As where many copies are reckoned: the first answer is not whole.
	let asked = 0;
	await lead.route(/\/api\/notebooks\/[a-z0-9]+\/lineage\?/, async (route) => {
		const response = await route.fetch();
		const told = (await response.json()) as { forks: object[] };
		const forks = told.forks.map((fork) => ({ ...fork, summary: null }));
		await route.fulfill({
			response,
			json: asked++ === 0 ? { ...told, forks, pending: true } : told
		});
	});
	await lead.getByRole('button', { name: 'Actions du carnet' }).click();
	await lead.getByRole('menuitem', { name: 'Lignée' }).click();
	const lineage = lead.getByRole('dialog', { name: 'Lignée' });
	await expect(lineage.locator(`[data-fork="${mine}"]`)).toContainText('Camille');
	await expect(lineage.locator(`[data-fork="${mine}"]`)).toContainText('2 cellules changées');
	expect(await faultsOf(lead, { part: 'dialog[open]' })).toEqual([]);

	// Who made it ends that.
	await guest.setViewportSize({ width: 1280, height: 800 });
	await guest.goto(`/carnets/${mine}`);
	await guest.getByRole('button', { name: 'Partager' }).first().click();
	const sharing = guest.getByRole('dialog');
	await sharing.getByRole('button', { name: /^Retirer.*animation de l’atelier/ }).click();
	await sharing.getByRole('button', { name: 'Retirer l’accès' }).click();
	await expect(sharing.getByText('peuvent le lire')).toHaveCount(0);
	for (const path of [`/carnets/${mine}`, `/carnets/${mine}/comparer`])
		expect((await lead.request.get(path)).status()).toBe(404);
	await lead.goto(`/ateliers/${workshop}/versions`);
	await expect(card).toHaveCount(0);
	await expect(lead.getByText('1 autre que vous ne pouvez pas lire')).toBeVisible();
	await guest.context().close();
});

test('who merely reads a copy and its origin compares with the origin of today, and is told so', async ({
	asFacilitator: owner,
	browser,
	baseURL
}) => {
	test.setTimeout(120_000);
	const { link } = await sharedNotebook(owner);
	const { guest, fork } = await guestWithFork(browser, baseURL, link);
	const reader = await readerOf(browser, baseURL, await linkTo(guest), 'Noé Roy');
	await reader.goto(link);
	await reader.getByRole('button', { name: 'Ouvrir le carnet' }).click();
	await reader.waitForURL(/\/carnets\/[a-z0-9]+$/);
	// What both took out since the copy was made.
	await rewrites(owner, 0, 'Les billets de la saison.');
	await rewrites(guest, 0, 'Les entrées de la saison.');
	await reader.goto(fork);
	await reader.getByRole('link', { name: 'Comparer avec l’origine' }).click();
	await expect(reader.getByText(/^L’origine est montrée telle qu’elle est/)).toBeVisible();
	const sideNamed = (page: Page, name: string) =>
		page.getByRole('paragraph').filter({ hasText: name });
	await expect(sideNamed(reader, '« Ventes par ville » : Le carnet d’aujourd’hui')).toBeVisible();
	await expect(reader.getByText('1 cellule changée.')).toBeVisible();
	const given = await reader.request.get(reader.url());
	expect(await given.text()).not.toContain('Les ventes de la saison');
	expect(await faultsOf(reader, { part: 'main' })).toEqual([]);
	// Who made it compares with what they copied.
	await guest.goto(`${fork}/comparer`);
	await expect(sideNamed(guest, '« Ventes par ville », au moment de la copie')).toBeVisible();
	await expect(guest.getByText(/^L’origine est montrée telle qu’elle est/)).toHaveCount(0);
	for (const each of [guest, reader]) await each.context().close();
});

test('a version that was kept by itself is looked at, named and restored', async ({
	browser,
	server
}) => {
	const { starter } = makeStarter(server, 'Départ à retrouver', CELLS);
	const page = await guestOf(browser, server, 'Dominique');
	await makesVersion(page, starter);
	const history = async () => {
		await page.getByRole('button', { name: 'Actions du carnet' }).click();
		await page.getByRole('menuitem', { name: 'Historique' }).click();
		return page.getByRole('dialog', { name: 'Historique du carnet' });
	};
	const dialog = await history();
	// What the copy was before its first edit.
	await expect(dialog.getByText('1 version gardée automatiquement')).toBeVisible();
	expect(await faultsOf(page, { part: 'dialog[open]' })).toEqual([]);
	await dialog.getByRole('button', { name: /^Nommer la version « Version du/ }).click();
	await dialog.getByLabel('Nom de cette version').fill('Le départ');
	await page.keyboard.press('Enter');
	await dialog.getByRole('button', { name: 'Voir la version « Le départ »' }).click();
	await expect(dialog.getByText('Ce qui a changé depuis : 2 cellules changées.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Rétablir cette version' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.locator('[data-cell="texte"]')).toContainText('Dix lignes.');
	await expect(page.locator('[data-cell="choix"]').getByText(/^Tableau resultat/)).toContainText(
		'5 × 2'
	);
	// The present was kept first: the two are compared from the history.
	await history();
	await dialog
		.getByRole('link', { name: /^Comparer la version « Avant un rétablissement »/ })
		.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Comparer' })).toBeVisible();
	await expect(page.getByText('2 cellules changées.')).toBeVisible();
	await expect(page.locator('[data-change="choix"] [data-words]')).toContainText(
		'a retiré le filtre'
	);
	await page.context().close();
});
