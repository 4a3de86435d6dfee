/** Coming in, staying in and going out: links, accounts, guests. */
import { PASSWORD, signUp } from '../support/accounts.ts';
import { expect, signInByLink, test } from '../support/fixtures.ts';
import { startServer } from '../support/server.ts';

test('a one-time link is spent by its button, not by opening it', async ({ browser }) => {
	const server = await startServer();
	try {
		const link = server.signInLink ?? '';
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(link);
		await page.goto(link);
		await signInByLink(page, link);
		await expect(page.getByRole('navigation').getByRole('link', { name: 'Carnets' })).toBeVisible();
		const again = await (await browser.newContext()).newPage();
		await again.goto(link);
		await expect(again.getByRole('heading', { level: 1 })).toHaveText('Ce lien n’ouvre plus rien');
	} finally {
		await server.stop();
	}
});

test('without a demo, the printed link makes the first administrator', async ({ browser }) => {
	const server = await startServer({ args: ['--no-demo'] });
	try {
		const page = await (await browser.newContext()).newPage();
		await page.goto(server.signInLink ?? '');
		await page.getByLabel('Votre nom').fill('Administration');
		await page.getByLabel('Courriel').fill('admin@exemple.org');
		await page.getByLabel('Mot de passe').fill(PASSWORD);
		await page.getByRole('button', { name: 'Créer le compte' }).click();
		await expect(page).toHaveURL(`${server.origin}/`);
		await page.goto(server.signInLink ?? '');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ce lien n’ouvre plus rien');
	} finally {
		await server.stop();
	}
});

test('an account is opened, signed out of and signed in to again', async ({ page, context }) => {
	await page.goto('/inscription?vers=/compte');
	await signUp(page, 'Personne à l’essai', 'essai@exemple.org');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mon compte');
	const cookie = (await context.cookies()).find(({ name }) => name === 'carnet_session');
	expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false });

	await page.getByRole('main').getByRole('button', { name: 'Se déconnecter' }).click();
	await expect(page.getByRole('main').getByRole('link', { name: 'Se connecter' })).toBeVisible();
	// The session is over on the server too, not only forgotten by the browser.
	const replayed = await page.request.get('/compte', {
		headers: { cookie: `carnet_session=${cookie?.value ?? ''}` }
	});
	expect(replayed.status()).toBe(401);

	await page.goto('/connexion?vers=//ailleurs.example/');
	await page.getByLabel('Courriel').fill('essai@exemple.org');
	await page.getByLabel('Mot de passe').fill('pas le bon mot de passe');
	await page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click();
	await expect(page.getByRole('alert')).toContainText('ne vont pas ensemble');
	await page.getByLabel('Mot de passe').fill(PASSWORD);
	await page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click();
	await expect(page.getByRole('main')).toContainText('Bonjour, Personne à l’essai');
	expect(new URL(page.url()).pathname).toBe('/');
	const now = (await context.cookies()).find(({ name }) => name === 'carnet_session');
	expect(now?.value).not.toBe(cookie?.value);
});

test('after signing out, going back shows nothing of the person', async ({ page }) => {
	await page.goto('/inscription?vers=/compte');
	await signUp(page, 'Personne à cacher', 'cacher@exemple.org');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mon compte');
	await page.goto('/carnets');
	await page.getByLabel('Titre du carnet').fill('Carnet caché');
	await page.getByRole('button', { name: 'Créer le carnet' }).click();
	await page.waitForURL(/\/carnets\/[a-z0-9]+$/);
	await page.goto('/carnets');
	await expect(page.getByText('Carnet caché').first()).toBeVisible();
	// While signed in, Back does show it (positive control).
	await page.goto('/compte');
	await page.goBack();
	await expect(page.getByText('Carnet caché').first()).toBeVisible();
	await page.goto('/compte');
	const left = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.getByRole('main').getByRole('button', { name: 'Se déconnecter' }).click();
	expect((await (await left).allHeaders())['clear-site-data']).toBe('"cache"');
	await expect(page.getByRole('main').getByRole('link', { name: 'Se connecter' })).toBeVisible();
	for (let i = 0; i < 4; i++) {
		await page.goBack();
		await page.waitForLoadState();
		await expect(page.locator('body')).not.toContainText(/Carnet caché|Personne à cacher/);
	}
});

test('a guest joins by code, then turns into an account and keeps their seat', async ({
	page,
	server
}) => {
	await page.goto('/rejoindre');
	await page.getByLabel('Code de l’atelier').fill('ZZZ-ZZZ-ZZZ');
	await page.getByRole('button', { name: 'Continuer' }).click();
	await expect(page.getByText('Ce code n’ouvre aucun atelier')).toBeVisible();
	await page.getByLabel('Code de l’atelier').fill((server.joinCode ?? '').toLowerCase());
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page.getByLabel('Votre nom').fill('Invitée');
	await page.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await expect(page).toHaveURL(/\/ateliers\/[^/]+$/);
	const workshop = page.url();

	await page.goto('/compte');
	await page.getByLabel('Courriel').fill('invitee@exemple.org');
	await page.getByLabel('Mot de passe').fill(PASSWORD);
	await page.getByRole('button', { name: 'En faire un compte' }).click();
	await expect(page.getByRole('status').first()).toContainText('Vous avez maintenant un compte');
	const response = await page.goto(workshop);
	expect(response?.status()).toBe(200);
});

test('signing in slows down after wrong tries, and lets the right password in', async ({
	page,
	browser
}) => {
	await page.goto('/connexion');
	for (let i = 0; i < 6; i++) {
		await page.getByLabel('Courriel').fill('personne@exemple.org');
		await page.getByLabel('Mot de passe').fill(`mauvais mot de passe ${i}`);
		await page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click();
		await expect(page.getByRole('alert')).toContainText(
			i < 5 ? 'ne vont pas ensemble' : 'Trop d’essais'
		);
	}
	// Another account from the same address is not held back.
	const other = await (await browser.newContext({ baseURL: page.url() })).newPage();
	await other.goto('/connexion');
	await other.getByLabel('Courriel').fill('autre@exemple.org');
	await other.getByLabel('Mot de passe').fill('mauvais mot de passe');
	await other.getByRole('main').getByRole('button', { name: 'Se connecter' }).click();
	await expect(other.getByRole('alert')).toContainText('ne vont pas ensemble');
});

test('a cut connection is said, and what was typed stays', async ({ page, context, server }) => {
	await page.goto(`/rejoindre/${server.joinCode ?? ''}`);
	await page.getByLabel('Votre nom').fill('Loin du réseau');
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await expect(page.getByRole('alert')).toContainText('La connexion est interrompue');
	await expect(page.getByLabel('Votre nom')).toHaveValue('Loin du réseau');
	await context.setOffline(false);
	await page.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await page.waitForURL(/\/ateliers\//);
});

test('without scripts, a refusal on a workshop or an organisation keeps what was typed', async ({
	facilitatorState,
	browser,
	baseURL
}) => {
	const context = await browser.newContext({
		baseURL,
		storageState: facilitatorState,
		javaScriptEnabled: false
	});
	const page = await context.newPage();
	await page.goto('/ateliers');
	await page.locator('main a[href^="/ateliers/"]:not([href$="nouveau"])').first().click();
	await page.locator('details:has(form[action="?/edit"]) > summary').click();
	await page.getByLabel('Titre de l’atelier').fill('Titre tapé sans script');
	for (const box of await page.locator('input[name=questions]').all()) await box.uncheck();
	await page.locator('form[action="?/edit"] button[type=submit]').click();
	await expect(page.getByLabel('Titre de l’atelier')).toHaveValue('Titre tapé sans script');
	await expect(page.locator('input[name=questions]:checked')).toHaveCount(0);
	await expect(page.getByRole('alert').first()).toBeVisible();

	await page.goto('/organismes');
	await page.locator('main a[href^="/organismes/"]:not([href$="nouveau"])').first().click();
	const adding = page.locator('form[action="?/add-member"]');
	await page.locator('details:has(form[action="?/add-member"]) > summary').click();
	await adding.locator('input[name=email]').fill('personne.du.tout@exemple.org');
	await adding.locator('input[name=role][value=steward]').check();
	await adding.locator('button[type=submit]').click();
	await expect(adding.locator('input[name=email]')).toHaveValue('personne.du.tout@exemple.org');
	await expect(adding.locator('input[name=role][value=steward]')).toBeChecked();
	await expect(page.getByRole('alert').first()).toBeVisible();
	await context.close();
});
