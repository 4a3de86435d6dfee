/**
 * The product from end to end, by two people in two browsers: a box-office export becomes a workshop's dataset, a
 * participant who joins by code makes her own version, changes it, discusses it and publishes what she found.
 */
import type { Locator, Page } from '@playwright/test';
import { makeMessyExport } from '../../src/lib/server/demo/messy-export.ts';
import { expect, test } from '../support/fixtures.ts';
import { insertCell, stateOf, writeSource } from '../support/notebook-page.ts';

const LONG = { timeout: 30_000 };
const done = (cell: Locator) =>
	expect(stateOf(cell)).toHaveAttribute('data-cell-state', 'done', LONG);

/** By the keyboard alone. */
async function rewrite(page: Page, cell: Locator, source: string): Promise<void> {
	await cell.focus();
	await page.keyboard.press('Enter');
	await writeSource(page, source);
	await done(cell);
}

test('from a box-office export to a public report', async ({
	asFacilitator: lead,
	browser,
	baseURL
}) => {
	test.setTimeout(300_000);

	// ------------------------------------------------ the data, flagged before it is sent
	await lead.goto('/donnees/importer');
	await lead.locator('input[type=file]').setInputFiles({
		name: 'recit.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(makeMessyExport({ rows: 400 }))
	});
	const email = lead.getByRole('group', { name: 'Que faire de la colonne « Courriel »?' });
	const code = lead.getByRole('group', { name: 'Que faire de la colonne « Code postal »?' });
	await email.getByLabel('Retirer la colonne').check(LONG);
	await code.getByLabel('Généraliser').check();
	await expect(lead.getByLabel('Encodage')).toHaveValue('windows-1252');
	await expect(lead.getByLabel('Décimales')).toHaveValue(',');
	await lead.getByLabel('Titre').fill('Billets du récit');
	await lead.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await lead.getByRole('radio', { name: /^Des agrégats/ }).check();
	await lead.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(lead.getByRole('heading', { level: 1 })).toHaveText('Billets du récit', LONG);

	// ------------------------------------------------ a workshop with two tables, and its starter
	await lead.goto('/ateliers/nouveau');
	await lead.getByLabel('Titre de l’atelier').fill('Atelier du récit');
	await lead.getByLabel('intéresser et rejoindre de nouveaux publics?').check();
	await lead.getByRole('textbox', { name: 'Tables' }).fill('Marée\nPhare');
	await lead.getByRole('button', { name: 'Créer l’atelier' }).click();
	await lead.getByRole('button', { name: 'Mettre en commun : Billets du récit' }).click();
	await expect(
		lead.getByText('Les personnes de l’atelier peuvent utiliser ces données.').first()
	).toBeVisible();
	await lead.getByRole('button', { name: 'Créer un code' }).click();
	const joinCode =
		(await lead
			.getByRole('region', { name: 'Pour rejoindre l’atelier' })
			.getByText(/^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/)
			.textContent()) ?? '';
	await lead.getByText('Nouveau carnet de départ').first().click();
	await lead.getByLabel('Titre du carnet').first().fill('Qui s’abonne à l’infolettre?');
	await lead.getByRole('button', { name: 'Créer le carnet' }).first().click();
	await lead.waitForURL(/\/carnets\//);
	await done(await dataset(lead));
	await insertCell(lead, /^Contrôle/);
	await writeSource(
		lead,
		'const plancher = view(Inputs.range([0, 100], {label: "Prix plancher", value: 20, step: 1}));'
	);
	// It opens at its steps: its text is one key away.
	await (await insertCell(lead, /^Transformation/)).press('Enter');
	await writeSource(
		lead,
		`const parCanal = billetsDuRecit
  .params({plancher})
  .filter((d, $) => d["Prix unitaire"] >= $.plancher)
  .groupby("Canal")
  .rollup({billets: op.count()});`
	);
	const drawn = await insertCell(lead, /^Graphique/);
	// It opens at its settings: its text is one key away.
	await drawn.press('Enter');
	await writeSource(
		lead,
		'Plot.plot({title: "Billets par canal", marginLeft: 100, marks: [Plot.barX(parCanal, {x: "billets", y: "Canal"})]})'
	);
	await done(drawn);
	await expect(lead.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');

	// ------------------------------------------------ a participant joins by code and makes her version
	const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } });
	const guest = await context.newPage();
	await guest.goto('/rejoindre');
	await guest.getByLabel('Code de l’atelier').fill(joinCode.toLowerCase());
	await guest.getByRole('button', { name: 'Continuer' }).click();
	await guest.getByLabel('Votre nom').fill('Camille');
	await guest.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await guest.getByRole('button', { name: 'M’asseoir ici : Phare' }).click();
	await expect(guest.getByText('Votre table')).toBeVisible();
	await guest.getByRole('button', { name: /^Créer ma version/ }).click();
	await guest.waitForURL(/\/carnets\//);
	await expect(guest.getByText('Dérivé de')).toBeVisible();

	const transform = guest.locator('[data-kind="transform"]').first();
	const chart = guest.locator('[data-kind="chart"]').first();
	await done(chart);
	await rewrite(
		guest,
		transform,
		`const parInfolettre = billetsDuRecit
  .params({plancher})
  .filter((d, $) => d["Prix unitaire"] >= $.plancher)
  .groupby("Infolettre")
  .rollup({billets: op.count()});`
	);
	await rewrite(
		guest,
		chart,
		'Plot.plot({title: "Billets selon l’infolettre", marks: [Plot.barY(parInfolettre, {x: "Infolettre", y: "billets"})]})'
	);
	const counted = transform.getByText('Tableau parInfolettre');
	await expect(counted).toBeVisible();
	const bars = chart.getByRole('img', { name: 'Billets selon l’infolettre' });
	const before = await bars.innerHTML();
	await guest.getByRole('slider', { name: 'Prix plancher' }).focus();
	await guest.keyboard.press('Home');
	await expect.poll(() => bars.innerHTML()).not.toBe(before);

	const id = (await chart.getAttribute('data-cell')) ?? '';
	const text = await insertCell(guest, /^Texte/);
	await writeSource(guest, `## Constat\n\nVoir le [graphique](#cellule-${id}).`);
	await text.getByRole('link', { name: 'graphique' }).click();
	await expect(guest).toHaveURL(new RegExp(`#cellule-${id}$`));
	await expect(guest.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');

	// ------------------------------------------------ shared, discussed, resolved
	await guest.getByRole('main').getByRole('button', { name: 'Partager', exact: true }).click();
	const dialog = guest.getByRole('dialog');
	await dialog.getByLabel('Avec qui').selectOption('link');
	await dialog.getByRole('button', { name: 'Créer le lien' }).click();
	const field = dialog.getByLabel('Lien de partage');
	await expect(field).toHaveValue(/\/partage\/[0-9a-z]{40}$/);
	const link = await field.inputValue();
	await guest.keyboard.press('Escape');
	await lead.goto(link);
	// Who facilitates the workshop reads it already: the link has nothing to add.
	await lead.getByRole('link', { name: 'Ouvrir le carnet' }).click();
	const theirs = lead.locator('[data-kind="chart"]').first();
	await theirs.getByRole('button', { name: 'Commenter' }).click();
	await lead.getByLabel('Votre commentaire').fill('Et sans le plancher?');
	await lead.getByRole('button', { name: 'Envoyer' }).click();
	await chart.getByRole('button', { name: '1 discussion, à lire' }).click(LONG);
	await guest.getByRole('button', { name: 'Répondre' }).click();
	await guest.getByLabel(/^Réponse à/).fill('C’est ce que montre le graphique.');
	await guest.getByRole('button', { name: 'Envoyer' }).click();
	await expect(lead.getByText('C’est ce que montre le graphique.')).toBeVisible(LONG);
	await guest.getByRole('button', { name: 'Marquer comme réglée' }).click();
	await expect(guest.getByText('Réglée par').first()).toBeVisible();
	await guest.getByRole('button', { name: 'Rouvrir' }).click();
	await expect(guest.getByRole('button', { name: 'Marquer comme réglée' })).toBeVisible();

	// ------------------------------------------------ publishing needs an account, and keeps what a guest did
	const notebook = guest.url().replace(/#.*$/, '');
	await guest.getByRole('link', { name: 'Publier', exact: true }).click();
	await guest.waitForURL('**/publier');
	await expect(guest.getByText('Publier demande un compte')).toBeVisible(LONG);
	await expect(guest.getByRole('button', { name: 'Publier', exact: true })).toHaveCount(0);
	await guest.getByRole('link', { name: 'En faire un compte' }).click();
	await guest.getByLabel('Courriel').fill('camille@exemple.org');
	await guest.getByLabel('Mot de passe').fill('une phrase de passe');
	await guest.getByRole('button', { name: 'En faire un compte' }).click();
	await guest.getByRole('link', { name: 'Revenir où vous étiez' }).click();
	await expect(guest.getByLabel('Titre')).toBeVisible(LONG);
	await guest.goto(notebook);

	// ------------------------------------------------ published, and read without scripts
	await publish(guest, 'L’infolettre amène du monde', async () => {
		await guest.getByLabel('Description du graphique', { exact: false }).fill('Deux barres.');
	});
	const slug = 'recit-infolettre';
	const reader = await (await browser.newContext({ baseURL, javaScriptEnabled: false })).newPage();
	await reader.goto(`/rapports/${slug}`);
	await expect(reader.getByRole('heading', { level: 1 })).toHaveText('L’infolettre amène du monde');
	await expect(reader.getByRole('img', { name: /Deux barres/ }).first()).toBeVisible();
	await expect(reader.locator('article.report')).toContainText('Billets du récit');
	await expect(reader.getByText('par le compte de Camille')).toBeVisible();

	// Its English version comes from a notebook in English.
	await guest.goto('/carnets');
	await guest.getByLabel('Titre du carnet').fill('The newsletter');
	await guest.getByLabel('Langue du carnet').selectOption('en');
	await guest.getByRole('button', { name: 'Créer le carnet' }).click();
	await guest.waitForURL(/\/carnets\/[a-z0-9]+$/);
	await insertCell(guest, /^Texte/);
	await writeSource(guest, 'The newsletter brings people in.');
	await expect(guest.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	await publish(guest, 'The newsletter brings people', async () => {
		await guest
			.getByLabel('Publier comme')
			.selectOption({ label: 'la version anglaise de « L’infolettre amène du monde »' });
	});
	await reader.goto(`/en/reports/${slug}`);
	await expect(reader.locator('html')).toHaveAttribute('lang', 'en-CA');
	await expect(reader.getByRole('heading', { level: 1 })).toHaveText(
		'The newsletter brings people'
	);
	await context.close();

	/** Adds the story's dataset by the « + » menu. */
	async function dataset(page: Page): Promise<Locator> {
		const cell = await insertCell(page, /^Données\s: Billets du récit/);
		await page.keyboard.press('ControlOrMeta+Enter');
		return cell;
	}
	async function publish(page: Page, title: string, fill: () => Promise<void>): Promise<void> {
		await page.getByRole('link', { name: 'Publier', exact: true }).click();
		await page.waitForURL('**/publier');
		await expect(page.getByLabel('Titre')).toBeVisible(LONG);
		await fill();
		await page.getByLabel('Titre').fill(title);
		const address = page.getByLabel('Adresse');
		if ((await address.count()) > 0) await address.fill('recit-infolettre');
		await page.getByRole('button', { name: 'Publier', exact: true }).click();
		await expect(page.getByText('Rapport publié', { exact: true })).toBeVisible(LONG);
	}
});
