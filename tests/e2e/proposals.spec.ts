/** A version of one's own proposes its changes, its origin's owner decides them one by one, and it takes in what came since. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import {
	cellAt,
	guestWithFork,
	fitsPhone,
	noFault,
	rewrites,
	SALES,
	sharedNotebook
} from '../support/proposal-pages.ts';

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
		await expect(guest.getByRole('heading', { name: /^Proposition d/ })).toBeVisible();
		await expect(guest.getByRole('button', { name: 'Accepter' })).toHaveCount(0);
		await expect(guest.getByRole('button', { name: 'Retirer ma proposition' })).toBeVisible();
		await expect(guest.getByRole('link', { name: 'Depuis votre version' })).toBeVisible();
	});

	await test.step('the owner sees the results, accepts one, declines the other', async () => {
		await owner.goto(`/carnets/${id}`);
		await owner.getByRole('link', { name: 'Propositions (2 changements à décider)' }).click();
		await owner.getByRole('link', { name: 'Un tri, et des mots plus justes.' }).click();
		const sorted = change(owner, 'a ajouté un tri');
		await sorted.getByRole('button', { name: 'Voir les deux résultats' }).click();
		await expect(sorted.locator('[data-side="before"]')).toBeFocused();
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
		await expect(owner.getByLabel('Commentaire')).toBeFocused();
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
		// Each side says what it took away and put there.
		for (const [name, put] of [
			['Ici', /de 2026/],
			['Proposé', /ville par ville/]
		] as const) {
			const side = conflict.getByRole('region', { name });
			await expect(side.getByText('− 1 ligne retirée, + 1 ligne ajoutée')).toBeVisible();
			await expect(side.locator('.cm-deletedChunk')).toContainText('de la saison');
			await expect(side.locator('.cm-changedLine')).toContainText(put);
		}
		await conflict.getByRole('radio', { name: 'Écrire autre chose' }).check();
		await expect(conflict.getByLabel('Votre texte')).toHaveValue(
			'Les ventes de 2026.\nLes ventes, ville par ville.'
		);
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
		// What was left out stays so while another change is decided.
		const box = guest.getByRole('main').getByRole('checkbox');
		const take = guest.getByRole('button', { name: 'Prendre les changements choisis' });
		await box.uncheck();
		await expect(take).toBeDisabled();
		const conflict = guest.locator('[data-conflict]');
		await conflict.getByRole('radio', { name: 'Garder ce qui est ici' }).check();
		await conflict.getByRole('button', { name: 'Décider' }).click();
		await expect(conflict).toHaveCount(0);
		await expect(guest.getByText('1 changement pris.').first()).toBeVisible();
		expect(await guest.getByText('1 changement pris.').count()).toBe(1);
		await expect(guest.locator('h2[data-rest]')).toBeFocused();
		await expect(box).not.toBeChecked();
		await expect(take).toBeDisabled();
		await box.check();
		await take.click();
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

test('a change that reads what another brings says so, to who chooses and to who decides', async ({
	asFacilitator: owner,
	browser,
	baseURL
}) => {
	test.setTimeout(180_000);
	const { id, link } = await sharedNotebook(owner);
	const { guest, fork } = await guestWithFork(browser, baseURL, link);
	await rewrites(guest, 0, 'Le premier tarif : ${ventes.get("tarif", 0)}.');
	await rewrites(guest, 1, SALES.replace('billets:', 'tarif: [1, 2, 1, 2],\n  billets:'));
	const [text, sales] = await Promise.all([cellAt(guest, 0), cellAt(guest, 1)].map(idOf));

	await guest.goto(`${fork}/proposer`);
	const needs = guest.locator('[data-needs]');
	const box = guest.getByRole('checkbox', { name: 'ventes', exact: true });
	await expect(box).toBeChecked();
	await expect(needs).toHaveCount(0);
	await box.uncheck();
	await expect(guest.locator(`[data-change="changed:${text}"]`).locator(needs)).toContainText(
		'Ce changement lit ventes, qu’un autre changement de votre version ajoute ou modifie. Choisissez-le aussi'
	);
	await noFault(guest);
	await fitsPhone(guest);
	await box.check();
	await expect(needs).toHaveCount(0);
	await guest.getByRole('button', { name: 'Proposer ces changements' }).click();
	await guest.waitForURL(/\/propositions\/[a-z0-9]+$/);

	await owner.goto(`/carnets/${id}/propositions`);
	await owner.getByRole('link', { name: 'Sans message' }).click();
	const [reading, read] = [text, sales].map((cell) =>
		owner.locator(`[data-change="changed:${cell}"]`)
	) as [Locator, Locator];
	await expect(read.locator('[data-needs]')).toHaveCount(0);
	const told = reading.locator('[data-needs]');
	await expect(told).toContainText('décidez d’abord de celui-là');
	await noFault(owner);
	await fitsPhone(owner);
	await told.getByRole('link', { name: 'Voir le changement « ventes »' }).click();
	await expect(read).toBeFocused();
	await read.getByRole('button', { name: 'Refuser' }).click();
	await expect(read.getByText(/^Refusé par/)).toBeVisible();
	await expect(told).toContainText('Celui-là n’a pas été accepté');
	await reading.getByRole('button', { name: 'Accepter' }).click();
	await expect(reading.getByText(/^Accepté par/)).toBeVisible();
	await expect(told).toHaveCount(0);
	await guest.context().close();
});

const idOf = async (cell: Promise<Locator>): Promise<string> =>
	(await (await cell).getAttribute('data-cell')) ?? '';
