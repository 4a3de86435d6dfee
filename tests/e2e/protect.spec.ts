/** Personal information is found before anything is sent; pseudonyms are made here, with a key that never leaves. */
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import type { Page } from '@playwright/test';
import { readPseudonymKey } from '../../src/lib/core/dataset/pseudonym-key.ts';
import { expect, test } from '../support/fixtures.ts';

const CLIENTS = ['Ana Roy', 'Luc Côté', 'Élise Gagnon', 'Marc Bouchard', 'Zoé Tremblay'];
/** Sales of a month: who bought what, and how they are reached. */
const sales = (month: number): string =>
	[
		'Acheteur;Courriel;Ville;Billets',
		...Array.from({ length: 40 }, (_, i) => {
			const name = CLIENTS[(i * month) % CLIENTS.length] ?? '';
			const at = name.toLowerCase().replace(' ', '.').normalize('NFD').replace(/\p{M}/gu, '');
			return `${name};${at}@exemple.org;${i % 2 ? 'Alma' : 'Gaspé'};${1 + (i % 6)}`;
		})
	].join('\n');

async function choose(page: Page, month: number): Promise<void> {
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles({
			name: `mois-${month}.csv`,
			mimeType: 'text/csv',
			buffer: Buffer.from(sales(month))
		});
	await expect(page.getByRole('heading', { name: 'Renseignements personnels' })).toBeVisible();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
}
const decide = (page: Page, column: string, action: string) =>
	page
		.getByRole('group', { name: `Que faire de la colonne « ${column} »?` })
		.getByLabel(action)
		.check();

test('pseudonyms stay the same with the same key, and the key stays here', async ({
	asFacilitator: page
}) => {
	const sent: string[] = [];
	page.on('request', (request) => sent.push(request.url(), request.postData() ?? ''));
	// What an upload carries is told by the page itself, byte for byte.
	await page.exposeFunction('heard', (text: string) => sent.push(text));
	await page.addInitScript(() => {
		const send = XMLHttpRequest.prototype.send;
		XMLHttpRequest.prototype.send = function (body) {
			void new Response(body as Blob).arrayBuffer().then((bytes) => {
				const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(
					''
				);
				(window as unknown as { heard: (text: string) => void }).heard(text);
			});
			return send.call(this, body);
		};
	});
	await page.goto('/donnees/importer');
	await choose(page, 1);
	await decide(page, 'Acheteur', 'Retirer la colonne');
	await decide(page, 'Courriel', 'Mettre un pseudonyme');
	await expect(page.getByText('Clé à fournir')).toBeVisible();
	await expect(page.getByLabel('Organisme propriétaire')).toHaveCount(1);
	await page.getByLabel('Organisme propriétaire').first().selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Créer une clé' }).click();
	await expect(page.getByText('Enregistrez la clé avant d’envoyer le tableau')).toBeVisible();
	// A key that nobody kept would be lost: nothing is sent before it is saved.
	await page.getByLabel('Titre').fill('Clients fidèles');
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page.getByRole('alert').last()).toContainText('Enregistrez la clé dans un fichier');
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Enregistrer la clé dans un fichier' }).click();
	const kept = readFileSync(await (await saving).path(), 'utf8');
	const key = /(?:[0-9A-Z]{4}-){13}[0-9A-Z]{4}/.exec(kept)?.[0] ?? '';
	expect(key).toHaveLength(69);
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page.getByRole('heading', { name: 'En bref' })).toBeVisible();

	// Next month, on another device: the key is brought back, the same people are the same.
	await page.evaluate(() => localStorage.clear());
	await page.getByRole('link', { name: 'Ajouter une version' }).click();
	// The page that is left has a field for files too.
	await expect(page.getByRole('heading', { name: 'Ajouter une version' })).toBeVisible();
	await choose(page, 2);
	await decide(page, 'Acheteur', 'Retirer la colonne');
	await decide(page, 'Courriel', 'Mettre un pseudonyme');
	await expect(page.getByText('Apportez la clé de votre organisme.')).toBeVisible();
	await expect(page.getByText('était de type')).toHaveCount(0);
	await page.getByRole('button', { name: 'Créer une clé' }).click();
	await expect(page.getByText('Ce n’est pas la clé de la version précédente')).toBeVisible();
	await page.getByText('Utiliser une autre clé').click();
	await page.getByLabel('ou la clé elle-même').fill('pas une clé');
	await page.getByLabel('ou la clé elle-même').blur();
	await expect(page.getByText('Cette clé est incomplète ou mal recopiée')).toBeVisible();
	await page.getByLabel('ou la clé elle-même').fill(key.toLowerCase().replaceAll('-', ' '));
	await page.getByLabel('ou la clé elle-même').blur();
	await expect(page.getByText('Ce n’est pas la clé de la version précédente')).toHaveCount(0);
	// No key and no date tells the rows of two months apart: it is asked.
	await page.getByRole('radio', { name: /^Remplacer/ }).check();
	await page
		.getByRole('button', { name: /^Enregistrer la version/ })
		.first()
		.click();
	await expect(page.getByRole('heading', { name: 'En bref' })).toBeVisible();

	const codes = async (version: number): Promise<Set<unknown>> => {
		const answer = await page.request.get(`/api/files/clients-fideles@${version}.arrow`);
		return new Set(
			tableFromIPC(await answer.body())
				.getChild('Courriel')
				?.toArray() as string[]
		);
	};
	const first = await codes(1);
	expect(first.size).toBe(CLIENTS.length);
	for (const code of first) expect(code).toMatch(/^p_[0-9a-z]{16}$/);
	expect(await codes(2)).toEqual(first);

	const everything = sent.join('\n');
	// The tables were heard as they left, twice.
	expect(everything.match(/ARROW1/g)?.length).toBeGreaterThanOrEqual(4);
	expect(everything).toContain([...first][0] as string);
	const bytes = String.fromCharCode(...readPseudonymKey(key));
	for (const secret of [key, key.replaceAll('-', ''), bytes, 'ana.roy', '@exemple.org', 'Bouchard'])
		expect(everything.includes(secret), secret).toBe(false);
});
