/** A workshop from its preparation to its end, with a facilitator and a guest in two browsers. */
import { expect, test } from '../support/fixtures.ts';

test('a facilitator prepares a workshop, a guest comes in by code and sits down, the code is revoked', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const lead = asFacilitator;
	await lead.goto('/ateliers');
	await lead.getByRole('link', { name: 'Préparer un atelier' }).click();
	await lead.getByLabel('Titre de l’atelier').fill('Atelier d’essai');
	// Without a question it is refused, and what was typed stays.
	await lead.getByRole('button', { name: 'Créer l’atelier' }).click();
	await expect(lead.getByText('Choisissez au moins une question.')).toBeVisible();
	await expect(lead.getByLabel('Titre de l’atelier')).toHaveValue('Atelier d’essai');
	await lead.getByLabel('intéresser et rejoindre de nouveaux publics?').check();
	await lead.getByRole('textbox', { name: 'Tables' }).fill('Marée\nPhare');
	await lead.getByRole('button', { name: 'Créer l’atelier' }).click();
	await expect(lead.getByRole('heading', { level: 1 })).toHaveText('Atelier d’essai');

	await lead.getByRole('button', { name: 'Créer un code' }).click();
	const join = lead.getByRole('region', { name: 'Pour rejoindre l’atelier' });
	await expect(join.getByRole('img', { name: /Code QR/ })).toBeVisible();
	const code = (await join.getByText(/^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/).textContent()) ?? '';

	const context = await browser.newContext({ baseURL });
	const guest = await context.newPage();
	await guest.goto('/rejoindre');
	await guest.getByLabel('Code de l’atelier').fill(code.toLowerCase().replaceAll('-', ' '));
	await guest.getByRole('button', { name: 'Continuer' }).click();
	await guest.getByLabel('Votre nom').fill('Camille');
	await guest.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Atelier d’essai');
	// What is for who facilitates is not there.
	await expect(guest.getByRole('heading', { name: 'Réglages' })).toHaveCount(0);
	await expect(guest.getByText(code)).toHaveCount(0);
	await guest.getByRole('button', { name: 'M’asseoir ici : Phare' }).click();
	await expect(guest.getByText('Votre table')).toBeVisible();

	// The facilitator's open page says so by itself.
	const people = lead.getByRole('region', { name: 'Personnes' });
	await expect(people.getByText('Camille', { exact: true }).first()).toBeVisible({
		timeout: 25_000
	});
	await expect(people.getByText(/Place\s: Phare/)).toBeVisible({ timeout: 25_000 });

	await lead.getByText('Envoyer, changer ou révoquer le code').click();
	await lead.getByRole('button', { name: 'Révoquer le code' }).click();
	await expect(lead.getByRole('heading', { name: 'Personne ne peut encore entrer' })).toBeVisible();
	const late = await (await browser.newContext({ baseURL })).newPage();
	await late.goto(`/rejoindre/${code}`);
	await expect(late.getByRole('button', { name: 'Entrer dans l’atelier' })).toHaveCount(0);
	// Who is in stays in.
	expect((await guest.reload())?.status()).toBe(200);
	// And whoever is not, sees no more of it than of one that is not there.
	const workshop = new URL(guest.url()).pathname;
	await late.goto('/rejoindre');
	expect((await late.request.get(workshop)).status()).toBe(401);
	await context.close();
	await late.context().close();
});

test('tables and people are arranged without scripts', async ({
	browser,
	facilitatorState,
	baseURL
}) => {
	const context = await browser.newContext({
		storageState: facilitatorState,
		baseURL,
		javaScriptEnabled: false
	});
	const page = await context.newPage();
	await page.goto('/ateliers/nouveau');
	await page.getByLabel('Titre de l’atelier').fill('Sans scripts');
	await page.getByRole('button', { name: 'Créer l’atelier' }).click();
	await expect(page.getByText('Choisissez au moins une question.').first()).toBeVisible();
	await expect(page.getByLabel('Titre de l’atelier')).toHaveValue('Sans scripts');
	await page.getByLabel('devenir plus et mieux découvrables?').check();
	await page.getByRole('button', { name: 'Créer l’atelier' }).click();
	await page.getByLabel('Nouvelle table').fill('Quai');
	await page.getByRole('button', { name: 'Ajouter' }).click();
	await expect(page.getByRole('heading', { name: 'Quai' })).toBeVisible();
	await page.getByText('Renommer ou retirer').click();
	await page.getByRole('button', { name: 'Retirer la table' }).click();
	await expect(page.getByRole('heading', { name: 'Quai' })).toHaveCount(0);
	await context.close();
});

test('an organisation is made, and keeps a steward', async ({ asFacilitator }) => {
	const page = asFacilitator;
	await page.goto('/organismes/nouveau');
	await page.getByLabel('Nom de l’organisme').fill('Organisme d’essai');
	await page.getByRole('button', { name: 'Créer l’organisme' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Organisme d’essai');
	await page.getByText('Ajouter une personne').click();
	await page.getByLabel('Son adresse courriel').fill('personne@exemple.org');
	await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
	await expect(page.getByText('Aucun compte ne porte ce courriel')).toBeVisible();
	await page.getByText('Quitter cet organisme').click();
	await page.getByRole('button', { name: 'Quitter', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('Il doit rester une personne responsable');
});
