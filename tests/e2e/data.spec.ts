/** Bringing data in: read and corrected in the browser, stored when the person says so, looked at and governed. */
import type { Page } from '@playwright/test';
import { makeMessyExport } from '../../src/lib/server/demo/messy-export.ts';
import { signUp } from '../support/accounts.ts';
import { expect, test } from '../support/fixtures.ts';

/** Whatever spaces the sentence has: no-break ones, or those of the markup. */
const words = (text: string): RegExp => new RegExp(text.replaceAll(' ', '\\s+'));

async function choose(page: Page, name: string, content: Uint8Array | string): Promise<void> {
	await page
		.locator('input[type=file]')
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}
/** The file has been read to its end with the choices that stand. */
async function isRead(page: Page): Promise<void> {
	await expect(page.getByRole('heading', { name: 'Décrire et enregistrer' })).toBeVisible();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
}
async function stores(page: Page): Promise<void> {
	// The demo's facilitator is steward of several organisations: none is chosen for them.
	await page.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page.getByRole('heading', { name: 'Les lignes' })).toBeVisible({ timeout: 30_000 });
}
const rowOf = (page: Page, column: string) =>
	page
		.getByRole('region', { name: 'Les colonnes, une à une' })
		.getByRole('row')
		.filter({ has: page.getByRole('rowheader', { name: column, exact: true }) });

async function opensAccount(page: Page, email: string): Promise<void> {
	await page.goto('/inscription');
	await signUp(page, 'Personne à l’essai', email);
}

test('a box-office export is corrected here, and only then sent', async ({
	asFacilitator: page
}) => {
	const asked: string[] = [];
	page.on('request', (request) => {
		const { pathname } = new URL(request.url());
		// The bell asks what is new, whatever the page.
		const line = `${request.method()} ${pathname}`;
		if (pathname.startsWith('/api/') && line !== 'GET /api/notifications') asked.push(line);
	});
	await page.goto('/donnees/importer');
	const rows = 2_000;
	const bytes = makeMessyExport({ rows, titleLines: 2, raggedRows: true });
	await choose(page, 'billetterie_2025.csv', bytes);
	await isRead(page);

	await expect(page.getByLabel('Séparateur')).toHaveValue(';');
	await expect(page.getByLabel('Encodage')).toHaveValue('windows-1252');
	await expect(page.getByLabel('Décimales')).toHaveValue(',');
	await expect(page.getByLabel('Première ligne')).toHaveValue('1');
	await expect(page.getByLabel('Dates comme')).toHaveValue('dmy');
	await expect(page.getByLabel('Type de la colonne Prix unitaire')).toHaveValue('number');
	await expect(page.getByText('1 ligne a moins de cellules')).toBeVisible();
	await expect(page.getByText('2 lignes de titre')).toBeVisible();
	// Two title lines and the header come before the eleventh ticket.
	await page.getByText('Voir où').first().click();
	await expect(page.getByText('Ligne 14 du fichier · rangée 11')).toBeVisible();

	// Flagged before anything is sent, and nothing is sent before each is decided.
	await expect(page.getByText(words('^Adresses courriel : 2 000 valeurs'))).toBeVisible();
	await expect(page.getByText(words('^Codes postaux complets : 2 000 valeurs'))).toBeVisible();
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page.getByRole('alert')).toContainText('Décidez d’abord que faire de la colonne');
	await expect(page.getByText('Choisissez une de ces réponses.')).toHaveCount(2);
	await expect(page.getByRole('heading', { name: 'Courriel', level: 3 })).toBeFocused();
	const email = page.getByRole('group', { name: 'Que faire de la colonne « Courriel »?' });
	const code = page.getByRole('group', { name: 'Que faire de la colonne « Code postal »?' });
	await expect(email.getByLabel('Généraliser')).toHaveCount(0);
	await email.getByLabel('Garder telle quelle').check();
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page.getByText('Dites pourquoi vous la gardez')).toBeVisible();
	await email.getByLabel('Retirer la colonne').check();
	await code.getByLabel('Généraliser').check();
	await expect(page.getByText('Décidé', { exact: true })).toHaveCount(2);
	await expect(page.getByRole('alert')).toHaveCount(0);

	// Corrections are followed by the preview.
	await page.getByLabel('Type de la colonne N° de commande').selectOption('integer');
	await expect(page.getByText(words('ne sont pas de ce type : elles'))).toBeVisible();
	await page.getByLabel('Type de la colonne N° de commande').selectOption('text');
	await page.getByLabel('Nom de la colonne 1', { exact: true }).fill('Tarif');
	await page.getByLabel('Nom de la colonne 1', { exact: true }).blur();
	await expect(page.getByText('Une autre colonne porte déjà ce nom')).toBeVisible();
	await page.getByLabel('Nom de la colonne 1', { exact: true }).fill('Commande');
	await page.getByLabel('Nom de la colonne 1', { exact: true }).blur();
	await page.getByRole('checkbox', { name: 'Garder Remarque' }).uncheck();
	await isRead(page);
	expect(asked).toEqual([]);

	await expect(page.getByLabel('Titre')).toHaveValue('Billetterie 2025');
	await page.getByLabel('Description').fill('Exportation d’essai');
	await expect(page.getByRole('radio', { name: /^Rien/ })).toBeChecked();
	await page.getByLabel('Ces données sont synthétiques').check();
	await stores(page);
	expect(asked[0]).toBe('POST /api/datasets');
	// The server drops nothing: what it keeps is what was sent.
	const file = await page.request.get('/api/files/billetterie-2025@1.arrow');
	const sent = (await file.body()).toString('latin1');
	expect(sent).toContain('ARROW1');
	expect(sent).not.toContain('@exemple.invalid');
	expect(sent).not.toMatch(/[A-Z]\d[A-Z] \d[A-Z]\d/);

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Billetterie 2025');
	await expect(page.getByText(words('2 000 lignes · 12 colonnes')).first()).toBeVisible();
	for (const [column, type] of [
		['Commande', 'Texte'],
		['Date d’achat', 'Date'],
		['Prix unitaire', 'Nombre'],
		['Recette du spectacle', 'Nombre'],
		['RTA (Code postal)', 'Texte'],
		['Infolettre', 'Oui ou non']
	] as const)
		await expect(rowOf(page, column).getByRole('cell').first()).toHaveText(type);
	await expect(rowOf(page, 'Commande').getByRole('cell').last()).toHaveText('0');
	// The short row lost its last two cells.
	await expect(rowOf(page, 'Infolettre').getByRole('cell').last()).toHaveText(/^1 \(/);
	await expect(rowOf(page, 'Courriel')).toHaveCount(0);
	const grid = page.getByRole('grid', { name: 'Billetterie 2025' });
	await expect(grid).toHaveAttribute('aria-rowcount', String(rows + 1));
	await expect(grid.getByRole('columnheader', { name: /^Commande/ })).toBeVisible();
});

const BAD: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
	['empty', '', /Ce fichier est vide/],
	[
		'binary',
		Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7) % 32),
		/Ce fichier n’est pas du texte/
	],
	['spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /Ce fichier est abîmé/],
	['workbook', Buffer.from(`PK\x03\x04${'\0'.repeat(26)}xl/workbook.xml`), /Ce fichier est abîmé/],
	['ten megabytes on one line', 'x'.repeat(10_000_000), /La ligne 1 contient une cellule de plus/]
];
test('what is no table gets a message, and the next file is read', async ({
	asFacilitator: page
}) => {
	await page.goto('/donnees/importer');
	for (const [name, content, message] of BAD) {
		await choose(page, `${name}.csv`, content);
		await expect(page.getByRole('alert'), name).toHaveText(message);
		await expect(page.getByRole('heading', { name: 'Décrire et enregistrer' })).toHaveCount(0);
	}
	await choose(page, 'entete.csv', 'ville;billets\n');
	await expect(page.getByText('Ce tableau n’a aucune ligne')).toBeVisible();
	const save = page.getByRole('button', { name: 'Enregistrer le jeu de données' });
	await expect(save).toBeDisabled();
	await choose(page, 'bon.csv', 'ville;billets\nGaspé;12\n');
	await isRead(page);
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(save).toBeEnabled();
	// Coming from elsewhere by an address, going back asks in the browser's words.
	await page.getByRole('heading', { level: 1 }).click();
	const asks = page.waitForEvent('dialog');
	const leaving = page.goto('/carnets').catch(() => null);
	const dialog = await asks;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.accept();
	await leaving;
});

test('a file with defects is taken in, with a warning for each', async ({
	asFacilitator: page
}) => {
	await page.goto('/donnees/importer');
	await choose(
		page,
		'defauts.csv',
		'ville;ville;;__proto__;billets\nGaspé;a;b;c;12\nAlma;a;b\nMatane;a;b;c;8;de trop\n'
	);
	await isRead(page);
	for (const warning of [
		'1 ligne a moins de cellules que de colonnes',
		'1 ligne a plus de cellules que de colonnes',
		'1 colonne n’a pas de nom',
		'1 colonne porte le nom d’une autre',
		'Une colonne s’appelle __proto__'
	])
		await expect(page.getByText(warning)).toBeVisible();
	await expect(page.getByLabel('Nom de la colonne 2', { exact: true })).toHaveValue('ville_2');
	await expect(page.getByLabel('Nom de la colonne 3', { exact: true })).toHaveValue('colonne_3');
	await expect(page.getByLabel('Nom de la colonne 4', { exact: true })).toHaveValue('proto');
	await page.getByText('Voir où').nth(1).click();
	await expect(page.getByText('Ligne 4 du fichier · rangée 3')).toBeVisible();
	await expect(page.getByText('de trop')).toBeVisible();

	await page.getByLabel('Nom de la colonne 4', { exact: true }).fill('__proto__');
	await page.getByLabel('Nom de la colonne 4', { exact: true }).blur();
	await expect(page.getByText('Les carnets ne peuvent pas utiliser ce nom')).toBeVisible();
});

test('a million rows are brought in, and the grid goes to the last', async ({
	asFacilitator: page
}) => {
	test.slow();
	const rows = 1_000_000;
	const lines = Array.from({ length: rows }, (_, i) => `${i + 1};${i % 7},5`);
	await page.goto('/donnees/importer');
	await choose(page, 'million.csv', `rang;valeur\n${lines.join('\n')}\n`);
	await expect(page.getByText(words('1 000 000 lignes · 2 colonnes')).first()).toBeVisible({
		timeout: 60_000
	});
	await isRead(page);
	await stores(page);
	const grid = page.getByRole('grid');
	await grid.focus();
	await page.keyboard.press('Control+End');
	await expect(grid.getByRole('gridcell', { name: /^1\s000\s000$/ })).toBeVisible();
	await expect(grid.getByRole('rowheader', { name: '1000000' })).toBeVisible();
	expect(await grid.getByRole('row').count()).toBeLessThan(60);
	await page.keyboard.press('Control+Home');
	await expect(grid.getByRole('rowheader', { name: '1', exact: true })).toBeVisible();
	// Another version of it, from a smaller file.
	await page.getByRole('link', { name: 'Ajouter une version' }).click();
	await page.waitForURL(/importer/);
	await choose(page, 'petit.csv', 'rang;valeur\n1;2,5\n');
	// Nothing tells what becomes of the million: the person does.
	await page.getByRole('radio', { name: /^Remplacer/ }).check();
	await page.getByRole('button', { name: 'Enregistrer la version' }).click();
	await expect(page.getByText(words('1 ligne · 2 colonnes')).first()).toBeVisible();
	await page.getByRole('link', { name: 'Version 1' }).click();
	await expect(page.getByText(words('1 000 000 lignes · 2 colonnes')).first()).toBeVisible();
});

test('its steward describes, shares and withdraws a dataset; a stranger finds nothing', async ({
	asFacilitator: page,
	page: stranger
}) => {
	await page.goto('/donnees/importer');
	await choose(page, 'petit_jeu.csv', 'ville;billets\nGaspé;12\nAlma;\n');
	await isRead(page);
	await stores(page);
	const { pathname } = new URL(page.url());
	await expect(rowOf(page, 'billets').getByRole('cell').last()).toHaveText(/^1 \(50\s%\)$/);

	expect((await stranger.goto(pathname))?.status()).toBe(401);
	await opensAccount(stranger, 'etrangere@exemple.org');
	expect((await stranger.goto(pathname))?.status()).toBe(404);
	expect((await stranger.request.get('/api/files/petit-jeu@1.arrow')).status()).toBe(404);
	await stranger.goto('/donnees');
	await expect(stranger.getByText('Aucun jeu de données pour l’instant')).toBeVisible();
	await stranger.goto('/donnees/importer');
	await expect(stranger.getByText('Au nom de quel organisme?')).toBeVisible();
	await expect(stranger.getByRole('link', { name: 'Créer un organisme' })).toBeVisible();

	await page.getByRole('link', { name: 'Gérer' }).click();
	const described = page.locator('form[action="?/update"]');
	await described.getByLabel('Titre', { exact: true }).fill(' ');
	await described.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(described.getByText('Donnez un titre.')).toBeVisible();
	await described.getByLabel('Titre', { exact: true }).fill('Petit jeu d’essai');
	await described.getByRole('radio', { name: /^Des agrégats/ }).check();
	await described.getByLabel('Mention à imprimer').fill('Source : Théâtre d’essai');
	await described.getByLabel('Mots-clés').fill('billetterie, essai');
	await described.getByRole('checkbox', { name: 'Laval' }).check();
	await described.getByLabel('Période : du').fill('2024-13');
	await described.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(described.getByLabel('Période : du')).toHaveAttribute('aria-invalid', 'true');
	await described.getByLabel('Période : du').fill('2024-01');
	await described.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByText('Les changements sont enregistrés.')).toBeVisible();
	const columns = page.locator('form[action="?/columns"]');
	await columns.locator('summary').filter({ hasText: 'billets' }).click();
	await columns.getByLabel('Nom pour les gens, billets').fill('Billets vendus');
	await columns.getByLabel('Unité, billets').fill('billets');
	await columns.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByText('Les colonnes sont décrites.')).toBeVisible();
	// Who stored it looked at it, and that is known.
	await expect(page.getByRole('region', { name: 'Qui a lu ces données' })).toContainText(
		'Page du jeu de données'
	);

	await page.getByRole('link', { name: 'Le jeu de données' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Petit jeu d’essai');
	const facts = page.locator('dl').last();
	await expect(facts).toContainText('Des agrégats seulement');
	await expect(facts).toContainText('Source : Théâtre d’essai');
	await expect(facts).toContainText('Laval · 2024-01');
	await expect(page.getByRole('rowheader', { name: /Billets vendus billets/ })).toBeVisible();
	await page.getByRole('link', { name: 'Gérer' }).click();

	await page
		.getByLabel('Donner accès à')
		.selectOption({ label: 'Atelier : Rejoindre de nouveaux publics' });
	await page.getByRole('button', { name: 'Donner accès' }).click();
	await expect(
		page.getByText('Les personnes de l’atelier Rejoindre de nouveaux publics')
	).toBeVisible();
	await page
		.getByRole('button', { name: 'Retirer l’accès : Rejoindre de nouveaux publics' })
		.click();
	await expect(page.getByText('L’accès est retiré.')).toBeVisible();
	await expect(page.getByText('Les personnes de l’atelier')).toHaveCount(0);

	await page.getByText('Retirer…').click();
	await page.getByRole('button', { name: 'Retirer les données' }).click();
	await expect(page.getByText('Plus personne ne peut lire ces données')).toBeVisible();
	expect((await page.request.get('/api/files/petit-jeu@1.arrow')).status()).toBe(410);
	await page.goto('/donnees');
	await expect(page.getByRole('link', { name: 'Petit jeu d’essai' })).toHaveCount(0);
	await page.goto(pathname);
	await expect(page.getByRole('grid')).toHaveCount(0);
	await page.getByRole('link', { name: 'Gérer' }).click();
	await page.getByRole('button', { name: 'Annuler le retrait' }).click();
	await expect(page.getByText('Le jeu de données est rétabli.')).toBeVisible();
	expect((await page.request.get('/api/files/petit-jeu@1.arrow')).status()).toBe(200);
});

test('a dataset is found by words and by what it is, whatever their accents', async ({
	asFacilitator: page
}) => {
	await page.goto('/donnees');
	const found = page.getByRole('heading', { level: 2 });
	await expect(page.getByText(/^(\d+) jeux de données sur \1$/)).toBeVisible();
	const all = await found.count();
	await page.getByLabel('Chercher', { exact: true }).fill('REPRESENTATIONS performances');
	await expect(found).toHaveText([/^Représentations/]);
	await expect(page).toHaveURL(/q=REPRESENTATIONS/);
	await found.getByRole('link').click();
	await expect(page.getByRole('heading', { name: 'En bref' })).toBeVisible();
	await page.goBack();
	await expect(page.getByLabel('Chercher', { exact: true })).toHaveValue(
		'REPRESENTATIONS performances'
	);
	await expect(found).toHaveText([/^Représentations/]);
	await page.getByLabel('Chercher', { exact: true }).fill('zzz');
	await expect(page.getByText('Aucun jeu de données ne répond à cette recherche')).toBeVisible();
	await page.getByRole('button', { name: 'Tout montrer' }).first().click();
	await expect(found).toHaveCount(all);
});

test('what is typed before the scripts have come is looked for once they have', async ({
	asFacilitator: page
}) => {
	let come = (): void => undefined;
	const coming = new Promise<void>((done) => (come = done));
	await page.route(/\.js(\?|$)/, async (route) => {
		await coming;
		await route.continue();
	});
	await page.goto('/donnees', { waitUntil: 'commit' });
	const field = page.getByLabel('Chercher', { exact: true });
	await field.fill('REPRESENTATIONS performances');
	come();
	await expect(page.getByRole('heading', { level: 2 })).toHaveText([/^Représentations/]);
	await expect(field).toHaveValue('REPRESENTATIONS performances');
});

test('a form may not carry what a table may', async ({ asFacilitator: page }) => {
	await page.goto('/donnees');
	const answer = await page.request.post('/donnees/abc/gerer?/update', {
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			origin: new URL(page.url()).origin
		},
		data: 'x'.repeat(2_000_000)
	});
	expect(answer.status()).toBe(413);
});
