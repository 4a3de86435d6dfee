/** Taking a dataset out of its page: each format, downloaded as a person does and read again; what is noted of it. */
import type { Download, Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import * as parquet from 'parquet-wasm/esm';
import type { ImportType } from '../../src/lib/core/protocol/import.ts';
import { cellReader, type Column } from '../../src/lib/tables/column.ts';
import { openFile } from '../../src/lib/tables/read/open-file.ts';
import { readTable } from '../../src/lib/tables/read/read-table.ts';
import { inflateWhole, InflateBudget } from '../../src/lib/tables/read/zip/inflate.ts';
import { readZipEntries } from '../../src/lib/tables/read/zip/zip-entries.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';

parquet.initSync({ module: readFileSync('node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm') });

const ROWS = 20_000;
const TOWNS = ['Gaspé', '=1+1', 'Québec; QC', 'Montréal'];
const TYPES: readonly ImportType[] = ['text', 'integer', 'number', 'date', 'boolean'];

/** One in ten without a town; the n-th row sells n tickets at n / 4 dollars, less five. */
function makeCsv(): string {
	const lines = Array.from({ length: ROWS }, (_, i) => {
		const town = i % 10 === 9 ? '' : (TOWNS[i % 4] ?? '');
		const day = new Date(Date.UTC(2024, 0, 1 + (i % 366))).toISOString().slice(0, 10);
		const price = String(i / 4 - 5).replace('.', ',');
		return `"${town}";${i + 1};${price};${day};${i % 2 ? 'Oui' : 'Non'}`;
	});
	return `Ville;Billets;Prix;Jour;En ligne\n${lines.join('\n')}\n`;
}

/** @returns the path of its page */
async function imports(page: Page): Promise<string> {
	await page.goto('/donnees/importer');
	const buffer = Buffer.from(makeCsv());
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'exporter.csv', mimeType: 'text/csv', buffer });
	await expect(page.getByRole('heading', { name: 'Décrire et enregistrer' })).toBeVisible();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await page.getByLabel('Organisme propriétaire').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Enregistrer le jeu de données' }).click();
	await expect(page.getByRole('heading', { name: 'Les lignes' })).toBeVisible();
	return new URL(page.url()).pathname;
}
async function opens(page: Page): Promise<Locator> {
	await page.getByRole('button', { name: 'Exporter…' }).click();
	return page.getByRole('dialog', { name: 'Exporter' });
}
async function takesOut(page: Page, dialog: Locator, format: string): Promise<Download> {
	await dialog.getByRole('radio', { name: format }).check();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		dialog.getByRole('button', { name: 'Préparer le fichier' }).click()
	]);
	await expect(dialog.getByRole('status')).toContainText(download.suggestedFilename());
	return download;
}
const bytesOf = async (download: Download) => new Uint8Array(readFileSync(await download.path()));
async function readBack(zip: Uint8Array<ArrayBuffer>, types = TYPES) {
	const opened = await openFile(zip, 'x.zip');
	const { columns } = await readTable(opened, { columns: types.map((type) => ({ type })) });
	return cellsOf(columns.filter((column) => column !== null));
}
const cellsOf = (columns: readonly Column[]) =>
	columns.map((column) => {
		const read = cellReader(column);
		return [column.name, column.type, ...Array.from({ length: column.length }, (_, i) => read(i))];
	});
async function textOf(zip: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
	const entry = readZipEntries(zip).find((one) => one.name === name);
	if (!entry) throw new Error(`no ${name}`);
	return new TextDecoder().decode(await inflateWhole(zip, entry, new InflateBudget()));
}

test('each format holds the table, and the stewards see that it went out', async ({
	asFacilitator: page
}) => {
	const path = await imports(page);
	const answer = await page.request.get('/api/files/exporter@1.arrow');
	const stored = new Uint8Array(await answer.body());
	const { columns } = await readTable(await openFile(stored, 'x.arrow'), {});
	const table = cellsOf(columns.filter((column) => column !== null));
	expect(table[0]?.slice(0, 4)).toEqual(['Ville', 'text', 'Gaspé', '=1+1']);
	expect(table[2]?.slice(0, 3)).toEqual(['Prix', 'number', -5]);
	const dialog = await opens(page);
	const asked: string[] = [];
	page.on('response', (response) => {
		if (response.url().includes('/api/files/'))
			asked.push(`${response.status()} ${new URL(response.url()).search}`);
	});
	for (const [format, end] of [
		[/^CSV/, 'csv'],
		[/^Excel/, 'xlsx'],
		[/^Parquet/, 'parquet'],
		[/^Arrow/, 'arrow'],
		[/^JSON Pour/, 'json'],
		[/^JSON par lignes/, 'ndjson']
	] as const)
		await test.step(end, async () => {
			await dialog.getByRole('radio', { name: format }).check();
			await expect(dialog.getByText(`exporter-v1.${end}`)).toBeVisible();
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				dialog.getByRole('button', { name: 'Préparer le fichier' }).click()
			]);
			expect(download.suggestedFilename()).toBe('exporter-v1.zip');
			const zip = await bytesOf(download);
			const read = await readBack(zip);
			// A spreadsheet would compute them: an apostrophe goes before, and it is said.
			const neutral = (cell: unknown) => (end === 'csv' && cell === '=1+1' ? "'=1+1" : cell);
			expect(read).toEqual(table.map((column) => column.map(neutral)));
			const readme = await textOf(zip, 'LISEZMOI.txt');
			expect(readme.includes('une apostrophe précède 4000 textes')).toBe(end === 'csv');
			await expect(dialog.getByText(/textes du CSV commencent par une apostrophe/)).toHaveCount(
				end === 'csv' ? 1 : 0
			);
		});
	// The bytes were here: none came a second time.
	expect(asked).toEqual(Array(6).fill('304 ?for=export'));

	await page.goto(`${path}/gerer`);
	const line = page.getByRole('row').filter({ hasText: 'Exportation' });
	await expect(line).toHaveCount(1);
	await expect(line).toContainText('6');
});

test('what the grid shows is exported as it is arranged, in either language', async ({
	asFacilitator: page
}) => {
	const path = await imports(page);
	const dialog = await opens(page);
	await expect(dialog.getByRole('radio', { name: 'Ce que montre la grille' })).toHaveCount(0);
	await page.keyboard.press('Escape');

	const search = page.getByRole('searchbox');
	await search.fill('Québec');
	await search.press('Enter');
	await page.getByRole('checkbox', { name: 'Ces lignes seulement' }).check();
	await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(ROWS / 4 + 1));
	await opens(page);
	await dialog.getByRole('radio', { name: 'Ce que montre la grille' }).check();
	await dialog.getByRole('radio', { name: /^À l’anglaise/ }).check();
	const download = await takesOut(page, dialog, 'CSV');
	expect(download.suggestedFilename()).toMatch(/^exporter(-\d+)?-v1-extrait\.zip$/);
	const zip = await bytesOf(download);
	const [towns, tickets] = await readBack(zip);
	expect(new Set(towns?.slice(2))).toEqual(new Set(['Québec; QC']));
	expect(tickets?.length).toBe(ROWS / 4 + 2);
	const name = download.suggestedFilename().replace(/zip$/, 'csv');
	expect((await textOf(zip, name)).split('\r\n')[2]).toBe('Québec; QC,7,-3.5,2024-01-07,false');
	expect(await textOf(zip, 'LISEZMOI.txt')).toMatch(/Lignes\s: 5\s000 sur 20\s000/);
	expect(path).toContain('/donnees/');
});

test('by the keyboard alone, it is made, stopped and left', async ({ asFacilitator: page }) => {
	await imports(page);
	const button = page.getByRole('button', { name: 'Exporter…' });
	await expect(button).toBeEnabled();
	await button.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'Exporter' });
	await expect(dialog).toBeVisible();
	await dialog.getByRole('radio', { name: 'CSV' }).focus();
	await page.keyboard.press('ArrowDown');
	await expect(dialog.getByRole('radio', { name: /^Excel/ })).toBeChecked();
	await page.keyboard.press('Tab');
	const start = dialog.getByRole('button', { name: 'Préparer le fichier' });
	await expect(start).toBeFocused();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.keyboard.press('Enter')
	]);
	expect(download.suggestedFilename()).toMatch(/\.zip$/);
	await expect(start).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(button).toBeFocused();
});

test('an export that is stopped is handed over to no one, and is not noted', async ({
	asFacilitator: page
}) => {
	const path = await imports(page);
	// The engine of Parquet never comes: there is time to stop.
	await page.context().route(/\.wasm$/, () => undefined);
	const downloads: string[] = [];
	page.on('download', (download) => downloads.push(download.suggestedFilename()));
	const dialog = await opens(page);
	await dialog.getByRole('radio', { name: /^Parquet/ }).check();
	await dialog.getByRole('button', { name: 'Préparer le fichier' }).click();
	await expect(dialog.getByRole('progressbar')).toBeVisible();
	await dialog.getByRole('button', { name: 'Arrêter' }).click();
	await expect(dialog.getByRole('progressbar')).toHaveCount(0);
	await expect(dialog.getByRole('button', { name: 'Préparer le fichier' })).toBeFocused();
	await expect(dialog.getByRole('alert')).toHaveCount(0);
	// Another is made while the first would still wait.
	await takesOut(page, dialog, 'CSV');
	expect(downloads).toHaveLength(1);
	await page.goto(`${path}/gerer`);
	const line = page.getByRole('row').filter({ hasText: 'Exportation' });
	await expect(line).toHaveCount(1);
});

test('what goes wrong is said', async ({ asFacilitator: page }) => {
	await imports(page);
	const dialog = await opens(page);
	const failing = /for=export/;
	await page.route(failing, (route) => route.abort());
	await dialog.getByRole('button', { name: 'Préparer le fichier' }).click();
	await expect(dialog.getByRole('alert')).toContainText('Le fichier n’a pas été fait');
	await page.unroute(failing);
	await takesOut(page, dialog, 'CSV');
	await expect(dialog.getByRole('alert')).toHaveCount(0);
});

test('axe finds nothing in the dialog, and nothing is cut off on a phone', async ({
	asFacilitator: page
}) => {
	await imports(page);
	for (const colorScheme of ['light', 'dark'] as const)
		for (const width of [360, 1440]) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
			const dialog = await opens(page);
			await takesOut(page, dialog, 'CSV');
			expect(await faultsOf(page, { part: 'dialog', practices: true })).toEqual([]);
			expect(await dialog.evaluate((d) => d.scrollWidth <= d.clientWidth)).toBe(true);
			await page.keyboard.press('Escape');
		}
});
