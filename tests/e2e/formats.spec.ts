/** Files of every format, real ones, read in the browser's worker: as many rows as another reader finds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { fromCSV } from 'arquero';
import type { Page } from '@playwright/test';
import { writeWorkbook } from '../../src/lib/tables/write/xlsx/write-workbook.ts';
import { integerColumn, textColumn } from '../../src/lib/tables/column-of.ts';
import { expect, test } from '../support/fixtures.ts';

const FOLDER = 'node_modules/vega-datasets/data';

/** Rows of a file by another reader, and columns where it tells; null where it holds no table. */
function expected(name: string): number | null {
	const path = join(FOLDER, name);
	if (name.endsWith('.csv')) return fromCSV(readFileSync(path, 'utf8')).numRows();
	if (name.endsWith('.tsv'))
		return fromCSV(readFileSync(path, 'utf8'), { delimiter: '\t' }).numRows();
	if (name.endsWith('.arrow')) return tableFromIPC(readFileSync(path)).numRows;
	if (name.endsWith('.parquet')) return 3_000_000;
	const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
	return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null)
		? value.length
		: null;
}

/** What the page says of a file: its rows, or the sentence that refuses it. */
async function read(page: Page, name: string, file: string | Buffer): Promise<string> {
	const input = page.locator('input[type=file]').first();
	await input.setInputFiles(
		typeof file === 'string' ? file : { name, mimeType: 'application/octet-stream', buffer: file }
	);
	const said = page.locator('section').filter({ has: input });
	await expect(said).toContainText(name);
	await expect(said.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
	const alert = said.getByRole('alert');
	if (await alert.count()) return (await alert.innerText()).trim();
	const summary = said.locator('p').filter({ hasText: name });
	await expect(summary).toHaveText(/lignes?\s·/, { timeout: 120_000 });
	return (await summary.innerText()).replace(/\s+/g, ' ');
}

test('real files of every format have the rows that another reader finds', async ({
	asFacilitator: page
}) => {
	test.setTimeout(400_000);
	await page.goto('/donnees/importer');
	const wrong: string[] = [];
	let tables = 0;
	for (const name of readdirSync(FOLDER)) {
		if (!/\.(csv|tsv|json|arrow|parquet)$/.test(name)) continue;
		const rows = expected(name);
		const said = await read(page, name, join(FOLDER, name));
		if (rows === null) continue;
		tables++;
		const found = /· ([\d ]+) lignes? ·/.exec(said)?.[1]?.replaceAll(' ', '');
		if (found !== String(rows)) wrong.push(`${name}: ${rows} rows, the page says “${said}”`);
	}
	expect(wrong).toEqual([]);
	expect(tables).toBeGreaterThan(50);
});

test('a workbook is read, the sheet is chosen, and what is no workbook is told', async ({
	asFacilitator: page
}) => {
	await page.goto('/donnees/importer');
	const parts: Uint8Array[] = [];
	const columns = [
		textColumn('ville', ['Alma', 'Gaspé', 'Laval']),
		integerColumn('billets', [12, 40, 7])
	];
	for await (const part of writeWorkbook(columns, { title: 'Ventes' })) parts.push(part);
	expect(await read(page, 'ventes.xlsx', Buffer.concat(parts))).toContain('3 lignes');
	await expect(page.getByText('Classeur Excel')).toBeVisible();
	await expect(page.getByLabel('Type de la colonne billets')).toHaveValue('integer');
	await expect(page.getByLabel('Séparateur')).toHaveCount(0);
	const old = Buffer.concat([
		Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
		Buffer.alloc(2000)
	]);
	expect(await read(page, 'vieux.xls', old)).toMatch(/enregistr/i);
	expect(await read(page, 'bon.csv', Buffer.from('ville;billets\nGaspé;12\n'))).toContain(
		'1 ligne'
	);
});
