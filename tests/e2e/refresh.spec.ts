/** The next export of a dataset: read as the last one was, compared with it, and stored by one press. */
import type { Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';

/** Whatever spaces the sentence has: no-break ones, or those of the markup. */
const words = (text: string): RegExp => new RegExp(text.replaceAll(' ', '\\s+'));
const HEADER = 'N° de commande;Courriel;Date d’achat;Salle;Prix unitaire';
const HALLS = ['Grande salle', 'Studio', 'Petite salle'];

interface Month {
	readonly month: number;
	readonly rows: number;
	/** The first of its orders. */
	readonly from: number;
	readonly price?: string;
	readonly halls?: readonly string[];
}
const orderLines = ({ month, rows, from, price = '12,50', halls = HALLS }: Month): string[] =>
	Array.from({ length: rows }, (_, i) =>
		[
			`C-${String(from + i).padStart(5, '0')}`,
			`acheteur-${from + i}@exemple.invalid`,
			`${String((i % 27) + 1).padStart(2, '0')}/${String(month).padStart(2, '0')}/2025`,
			halls[i % halls.length],
			price
		].join(';')
	);
/** As the ticketing system writes it: a title above, windows-1252, a total below. */
function exported(lines: readonly string[], header = HEADER): Buffer {
	const text = ['Rapport des ventes', header, ...lines, 'TOTAL;;;;1 000,00', ''].join('\r\n');
	return Buffer.from(text.replaceAll('’', '\u0092'), 'latin1');
}
const monthly = (month: Month): Buffer => exported(orderLines(month));

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}
const storeIt = (page: Page) => page.getByRole('button', { name: 'Enregistrer la version' });
/** On the dataset's page, once it was stored. */
async function rowsAre(page: Page, rows: string): Promise<void> {
	await page.waitForURL(/\/donnees\/(?!importer)/);
	await expect(page.getByRole('definition').first()).toHaveText(
		new RegExp(`^\\s*${rows}\\s*4 colonnes`),
		{ timeout: 30_000 }
	);
}

/** January brought in: the e-mails dropped, a name changed. On its dataset's page. */
async function bringsJanuary(page: Page, name: string, rows = 40): Promise<void> {
	await page.goto('/donnees/importer');
	await choose(page, `${name}.csv`, monthly({ month: 1, rows, from: 1 }));
	await page
		.getByRole('group', { name: 'Que faire de la colonne « Courriel »?' })
		.getByLabel('Retirer la colonne')
		.check();
	await page.getByLabel('Nom de la colonne 5', { exact: true }).fill('Prix');
	await page.getByLabel('Nom de la colonne 5', { exact: true }).blur();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await page.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await rowsAre(page, String(rows));
}
/** Dropped on the dataset's page: the import page has it. */
const next = (page: Page, name: string, buffer: Buffer): Promise<void> =>
	choose(page, name, buffer);

test('February takes one press, and the notebook that reads January does not change', async ({
	asFacilitator: page
}) => {
	await bringsJanuary(page, 'ventes');
	const address = page.url();
	await page.getByRole('button', { name: 'Analyser dans un carnet' }).click();
	await page.waitForURL(/\/carnets\/[a-z0-9]+/);
	const notebook = page.url();
	await expect(page.locator('[data-cell]').getByText(/40/).first()).toBeVisible();
	await page.goto(address);

	const sent: string[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
	});
	const february = monthly({ month: 2, rows: 30, from: 41, halls: [...HALLS, 'Parvis'] });
	await next(page, 'ventes-fevrier.csv', february);
	await expect(
		page.getByRole('heading', { name: 'Même forme que la dernière fois : tout est prêt' })
	).toBeVisible();
	expect(sent).toEqual([]);
	await expect(page.getByRole('radio', { name: /^Ajouter à la suite/ })).toBeChecked();
	await expect(
		page.getByText(words('Version 1 : 40 lignes. Ce fichier : 30 lignes.'))
	).toBeVisible();
	await expect(
		page.getByText(words('du 1er janvier 2025 au 27 janvier 2025 dans la version 1'))
	).toBeVisible();
	await page.getByText('Salle : 1 nouvelle valeur').click();
	await expect(page.getByText('Parvis').first()).toBeVisible();
	// The one primary button is in view without a scroll.
	await expect(storeIt(page)).toHaveCount(1);
	await expect(storeIt(page)).toBeInViewport();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await faultsOf(page)).toEqual([]);
	}
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await page.setViewportSize({ width: 1280, height: 720 });
	await storeIt(page).click();
	await rowsAre(page, '70');
	const file = await page.request.get('/api/files/ventes@2.arrow');
	const bytes = (await file.body()).toString('latin1');
	expect(bytes).not.toContain('@exemple.invalid');
	expect(bytes).toContain('C-00001');
	expect(bytes).toContain('C-00070');

	await page.goto(notebook);
	await expect(page.locator('[data-cell]').getByText(/40/).first()).toBeVisible();
	await expect(page.locator('[data-cell]').getByText(/70/)).toHaveCount(0);
});

test('corrections are merged by the key, by keyboard alone', async ({ asFacilitator: page }) => {
	await bringsJanuary(page, 'corrections');
	await next(
		page,
		'corrections-2.csv',
		exported([
			...orderLines({ month: 1, rows: 5, from: 36, price: '99,00' }),
			...orderLines({ month: 2, rows: 10, from: 41 })
		])
	);
	const merge = page.getByRole('radio', { name: /^Fusionner/ });
	await expect(merge).toBeChecked();
	await expect(
		page.getByText(words('remplacées : 5. Ajoutées : 10. Gardées telles quelles : 35'))
	).toBeVisible();
	await expect(
		page.getByRole('checkbox', { name: 'N° de commande', exact: true }).first()
	).toBeChecked();
	await merge.focus();
	await page.keyboard.press('ArrowLeft');
	await expect(page.getByRole('radio', { name: /^Remplacer/ })).toBeChecked();
	await expect(page.getByText(words('25 lignes de moins'))).toBeVisible();
	await page.keyboard.press('ArrowLeft');
	await expect(page.getByText(words('5 lignes de ce fichier sont déjà'))).toBeVisible();
	await expect(
		page.getByRole('heading', { name: 'Même forme que la dernière fois : regardez ceci d’abord' })
	).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(merge).toBeChecked();
	await expect(
		page.getByRole('heading', { name: 'Même forme que la dernière fois : tout est prêt' })
	).toBeVisible();
	await storeIt(page).focus();
	await page.keyboard.press('Enter');
	await rowsAre(page, '50');
	// The next one is merged without a word.
	await next(page, 'corrections-3.csv', monthly({ month: 3, rows: 3, from: 50 }));
	await expect(
		page.getByText(words('remplacées : 1. Ajoutées : 2. Gardées telles quelles : 49'))
	).toBeVisible();
	await storeIt(page).click();
	await rowsAre(page, '52');
});

test('a file of another shape is told, and nothing is done to the version before unless said', async ({
	asFacilitator: page
}) => {
	await bringsJanuary(page, 'formes');
	await next(page, 'visites.csv', Buffer.from('ville;visites\nGaspé;12\nAlma;7\n'));
	await expect(
		page.getByRole('heading', { name: 'Ce fichier n’a pas la forme de la dernière fois' })
	).toBeVisible();
	await expect(
		page.getByText(words('Est-ce le bon fichier\\? Aucune colonne n’est commune avec la version 1'))
	).toBeVisible();
	await expect(page.locator('[name="refresh-way"]:checked')).toHaveCount(0);
	await storeIt(page).click();
	await expect(page.getByRole('alert')).toContainText('Dites d’abord si c’est bien le fichier');
	// The answer takes the refusal away; another question is left.
	await page.getByLabel('Oui, c’est bien une version').check();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await storeIt(page).click();
	await expect(page.getByRole('alert')).toContainText('Dites d’abord ce que devient');
	// The right one, with a column renamed and another new.
	await choose(
		page,
		'formes-2.csv',
		exported(
			orderLines({ month: 2, rows: 10, from: 41 }).map((line) => `${line};web`),
			`${HEADER.replace('Salle', 'SALLE')};Canal`
		)
	);
	await expect(
		page.getByRole('heading', { name: 'Presque la même forme que la dernière fois' })
	).toBeVisible();
	await expect(page.getByText('Nouvelle colonne : Canal')).toBeVisible();
	await expect(
		page.getByRole('checkbox', { name: '« SALLE » est la colonne « Salle » sous un autre nom' })
	).toBeChecked();
	await page.getByRole('button', { name: 'Relire sans la recette' }).click();
	await expect(page.getByRole('heading', { name: 'Lu sans la recette' })).toBeVisible();
	await expect(page.getByRole('link', { name: /Décidez d’abord de 1 colonne/ })).toBeVisible();
	await storeIt(page).click();
	await expect(page.getByRole('alert')).toContainText('Décidez d’abord que faire');
});

test('what was stored meanwhile by another is not lost', async ({ asFacilitator: page }) => {
	await bringsJanuary(page, 'ensemble');
	const other = await page.context().newPage();
	await other.goto(page.url());
	await next(other, 'ensemble-2.csv', monthly({ month: 2, rows: 10, from: 41 }));
	await expect(storeIt(other)).toBeVisible();
	await next(page, 'ensemble-3.csv', monthly({ month: 3, rows: 10, from: 51 }));
	await storeIt(page).click();
	await rowsAre(page, '50');
	await storeIt(other).click();
	await expect(other.getByRole('alert')).toContainText('Une autre version (2) vient d’être');
});
