/** What someone meets the first time: words where they look, in the page's language, and nothing lost on the way. */
import type { Locator, Page } from '@playwright/test';
import { signUp } from '../support/accounts.ts';
import { DemoStore } from '../support/demo-store.ts';
import { expect, test } from '../support/fixtures.ts';

async function opensAccount(page: Page, email: string): Promise<void> {
	await page.goto('/inscription');
	await signUp(page, 'Personne nouvelle', email);
}
async function opensOrganisation(page: Page, name: string): Promise<string> {
	await page.goto('/organismes/nouveau');
	await page.getByLabel('Nom de l’organisme').fill(name);
	await page.getByRole('button', { name: 'Créer l’organisme' }).click();
	await page.waitForURL(/\/organismes\/(?!nouveau)/);
	return new URL(page.url()).pathname;
}
const chooses = (page: Page, name: string, content: string): Promise<void> =>
	page
		.locator('input[type=file]')
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
const inView = (page: Page, selector: string): Promise<boolean> =>
	page.locator(selector).evaluate((element) => {
		const { top, bottom } = element.getBoundingClientRect();
		return top >= 0 && bottom <= innerHeight;
	});

test('a notebook that does not open says so within the page’s margins', async ({
	asFacilitator: page
}) => {
	for (const width of [360, 1440]) {
		await page.setViewportSize({ width, height: 800 });
		await page.goto('/carnets/nope');
		const title = await page.getByRole('heading', { level: 1 }).boundingBox();
		const logo = await page.getByRole('banner').getByRole('link').first().boundingBox();
		expect(title?.x).toBeGreaterThanOrEqual(16);
		expect(title?.x).toBe(logo?.x);
		expect(title?.y).toBeGreaterThan(70);
	}
});

test('what a form lacks is said in the page’s language, beside the field, and focused', async ({
	page
}) => {
	await page.goto('/en/sign-up');
	const form = page.getByRole('main').locator('form');
	await expect(form).toHaveAttribute('novalidate');
	await expect(page.locator('html[data-scripts=ready]')).toBeAttached();
	await page.getByRole('button', { name: 'Open my account' }).click();
	await expect(page.getByLabel('Your name')).toBeFocused();
	await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/Give a name\./);
	await page.getByLabel('Your name').fill('Nadia');
	await expect(page.getByText('Give a name.')).toHaveCount(0);
	await page.getByLabel('Email').fill('nadia');
	await page.getByLabel('Password').fill('court');
	await page.getByRole('button', { name: 'Open my account' }).click();
	await expect(page.getByLabel('Email')).toBeFocused();
	await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/does not look like an email/);
	await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/too short/);
});

test('a spent link says what a person can do; only on this machine, what its operator can', async ({
	page
}) => {
	await page.goto('/lien/perime');
	await expect(page.getByText('Connectez-vous avec votre mot de passe')).toBeVisible();
	await expect(page.getByText('si c’est vous qui l’avez démarré')).toBeVisible();
	await page.goto('/premier-acces/perime');
	await expect(page.getByText('redémarrez')).toHaveCount(0);
});

test('a new account is offered to join first, and no empty list to see', async ({ page }) => {
	await opensAccount(page, `nouvelle.${Date.now()}@exemple.org`);
	await page.goto('/');
	const main = page.getByRole('main');
	const ways = main.getByRole('banner').or(main.locator('header')).getByRole('link');
	await expect(ways.first()).toHaveText('Rejoindre un atelier');
	await expect(main.getByRole('link', { name: /^Tout voir/ })).toHaveCount(0);
	// The password was just chosen: its place asks for it, and does not say that there may be none.
	await page.goto('/compte');
	await expect(page.getByLabel('Mot de passe actuel')).toHaveAttribute('required');
});

test('a facilitator who has no password yet chooses one, and is asked for it after', async ({
	asFacilitator: page
}) => {
	await page.goto('/compte');
	await expect(page.getByText('Ce compte n’a pas encore de mot de passe.')).toBeVisible();
	await expect(page.getByLabel('Mot de passe actuel')).toHaveCount(0);
});

test('one’s own version of a notebook is not called as its original in the lists', async ({
	asFacilitator: page,
	server
}) => {
	const store = new DemoStore(server);
	store.fork(1, 'fr');
	store.close();
	await page.goto('/carnets');
	await expect(page.getByRole('link', { name: /^Votre version de « .+ »$/ }).first()).toBeVisible();
	const names = await page.getByRole('main').locator('li a').allTextContents();
	expect(names.some((name) => name.startsWith('Votre version de'))).toBe(true);
});

test('a description saved says so where the button is', async ({ asFacilitator: page }) => {
	await page.goto('/donnees');
	await page.getByRole('main').locator('li a').first().click();
	await page.getByRole('link', { name: 'Gérer' }).click();
	const form = page.locator('form[action="?/update"]');
	await form.getByRole('button', { name: 'Enregistrer' }).click();
	const said = page.getByRole('status').filter({ hasText: 'Les changements sont enregistrés.' });
	await expect(said).toBeInViewport();
	const button = await form.getByRole('button', { name: 'Enregistrer' }).boundingBox();
	const words = await said.boundingBox();
	expect(Math.abs((words?.y ?? 0) - (button?.y ?? 1e6))).toBeLessThan(60);
});

test('with several organisations none is chosen; where one came from counts', async ({ page }) => {
	await opensAccount(page, `deux.${Date.now()}@exemple.org`);
	await opensOrganisation(page, 'Abeille');
	const second = await opensOrganisation(page, 'Zéphyr');
	const csv = 'ville;Courriel;billets\nGaspé;a@exemple.org;12\nAlma;b@exemple.org;3\n';
	await page.goto('/donnees/importer');
	await chooses(page, 'ventes.csv', csv);
	const owner = page.getByLabel('Organisme propriétaire');
	await expect(owner).toHaveValue('');
	const store = page.getByRole('button', { name: 'Enregistrer le jeu de données' });

	// What is undecided is a press away.
	await store.click();
	await page
		.getByRole('alert')
		.getByRole('link', { name: /Décidez d’abord que faire de la colonne/ })
		.click();
	const choice = page.getByRole('group', { name: 'Que faire de la colonne « Courriel »?' });
	await expect(choice.getByRole('radio').first()).toBeFocused();
	expect(await inView(page, 'input:focus')).toBe(true);
	await choice.getByLabel('Retirer la colonne').check();
	await store.click();
	await expect(owner).toBeFocused();
	await expect(owner).toHaveAccessibleDescription(/Faites un choix\./);

	// A name taken away comes back, and it is said.
	const name = page.getByLabel('Nom de la colonne 1', { exact: true });
	await name.fill('');
	await name.blur();
	await expect(page.getByText('celui du fichier est revenu')).toBeVisible();
	await expect(name).toHaveValue('ville');

	// What is under way is not left by accident.
	await page.getByRole('link', { name: 'Carnets', exact: true }).first().click();
	const asks = page.getByRole('dialog', { name: 'Laisser cette importation?' });
	await asks.getByRole('button', { name: 'Continuer l’importation' }).click();
	await expect(page).toHaveURL(/\/donnees\/importer$/);
	await page.getByRole('link', { name: 'Carnets', exact: true }).first().click();
	await asks.getByRole('button', { name: 'Quitter sans enregistrer' }).click();
	await expect(page).toHaveURL(/\/carnets$/);

	await page.goto(second);
	await page.getByRole('link', { name: 'Importer des données' }).click();
	await chooses(page, 'ventes.csv', 'ville;billets\nGaspé;12\n');
	await expect(page.getByLabel('Organisme propriétaire').locator('option:checked')).toHaveText(
		'Zéphyr'
	);
});

test('data brought in from a workshop come back to it, and can be shared with it', async ({
	asFacilitator: page
}) => {
	await page.goto('/ateliers');
	await page.getByRole('main').locator('li a').first().click();
	await page.getByRole('link', { name: 'Importer des données' }).click();
	await chooses(page, 'petit.csv', 'ville;billets\nGaspé;12\n');
	await page.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await page.getByLabel('Titre').fill('Ventes de l’atelier');
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page).toHaveURL(/\/ateliers\/[^/]+\?jeu=/);
	await expect(page.getByText('« Ventes de l’atelier » est enregistré.')).toBeVisible();
	await page.getByRole('button', { name: 'Mettre en commun : Ventes de l’atelier' }).click();
	await expect(page.getByRole('button', { name: 'Retirer : Ventes de l’atelier' })).toBeVisible();
});

test('a CSV given as a notebook is named at the form that took it', async ({
	asFacilitator: page
}) => {
	await page.goto('/carnets');
	const form = page.locator('form[action$="?/import"]');
	await expect(form.getByText('Choisir un fichier', { exact: true })).toBeVisible();
	await form.getByRole('button', { name: 'Importer' }).click();
	await expect(form.getByText('Choisissez un fichier de carnet.')).toBeVisible();
	await chooses(page, 'ventes.csv', 'ville;billets\nGaspé;12\n');
	await expect(form.getByText('ventes.csv')).toBeVisible();
	await form.getByRole('button', { name: 'Importer' }).click();
	await expect(form.getByText(/un carnet est un fichier \.html/)).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a participant without a table meets the tables in the order of the eye', async ({
	page,
	server
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto(`/rejoindre/${server.joinCode ?? ''}`);
	await page.getByLabel('Votre nom').fill('Sans table');
	await page.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await expect(page.getByRole('button', { name: /^M’asseoir ici/ }).first()).toBeVisible();
	for (const width of [360, 1440]) {
		await page.setViewportSize({ width, height: 740 });
		const tops = await page
			.getByRole('main')
			.locator('h2')
			.evaluateAll((all) => all.map((h2) => h2.getBoundingClientRect().top));
		expect(tops).toEqual([...tops].sort((a, b) => a - b));
		await expect(page.getByRole('main').locator('h2').first()).toHaveText('Tables');
	}
});

test('the code is valid until a moment of Québec, and fills the screen', async ({
	asFacilitator: page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto('/ateliers');
	await page.getByRole('main').locator('li a').first().click();
	await expect(
		page.getByText(/^Ce code est valide jusqu’au .+ à \d{1,2}\sh(\s\d\d)? \(heure de l’Est\)\.$/)
	).toBeVisible();
	await page.getByRole('button', { name: 'Afficher en grand' }).click();
	const dialog = page.getByRole('dialog');
	expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 1440, height: 900 });
	const code = dialog.getByText(/^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/);
	expect(
		await code.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
	).toBeGreaterThan(140);
	const text = await code.boundingBox();
	const qr = await dialog.getByRole('img').boundingBox();
	expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual(qr?.x ?? 0);
	expect((qr?.y ?? 0) + (qr?.height ?? 0)).toBeLessThanOrEqual(900);
	expect(qr?.width).toBeGreaterThan(400);
});

/** The colour menu of a page whose scripts come only after it was pressed. */
async function pressEarly(page: Page, helped: boolean): Promise<Locator> {
	let come = () => {};
	const pressed = new Promise<void>((resolve) => (come = resolve));
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		await pressed;
		await route.continue();
	});
	if (!helped) await page.route('**/early-press.js', (route) => route.abort());
	await page.goto('/aide', { waitUntil: 'commit' });
	const menu = page.getByRole('banner').getByRole('button').first();
	await expect(menu).toHaveAttribute('aria-expanded', 'false');
	// Whoever sees nothing happen presses again; it counts once.
	await expect(async () => {
		await menu.click();
		if (helped) await expect(menu).toHaveAttribute('aria-busy', 'true', { timeout: 1000 });
	}).toPass({ timeout: 20_000 });
	await menu.click();
	come();
	await expect(page.locator('html[data-scripts=ready]')).toBeAttached();
	await expect(menu).not.toHaveAttribute('aria-busy');
	return menu;
}

test('what is pressed before the scripts have come is done once they have', async ({ page }) => {
	const menu = await pressEarly(page, true);
	await expect(menu).toHaveAttribute('aria-expanded', 'true');
});

test('without that help an early press is lost', async ({ page }) => {
	const menu = await pressEarly(page, false);
	await menu.hover();
	await expect(menu).toHaveAttribute('aria-expanded', 'false');
});
