/** Files that would take all the memory of the page: refused while they load, and the page stays usable. */
import { expect, test } from '../support/fixtures.ts';

test('a gigabyte of one cell is refused at once, and the next file is read', async ({
	asFacilitator: page
}) => {
	await page.goto('/donnees/importer');
	const input = page.locator('input[type=file]');
	await expect(input).toBeAttached();
	// Made in the page, of one part a thousand times over: the browser does not hold it either.
	await input.evaluate((element) => {
		const part = new Blob(['abcdefghij'.repeat(100_000)]);
		const parts = Array.from({ length: 1_000 }, () => part);
		const transfer = new DataTransfer();
		transfer.items.add(new File(parts, 'tout.csv', { type: 'text/csv' }));
		(element as HTMLInputElement).files = transfer.files;
		element.dispatchEvent(new Event('change', { bubbles: true }));
	});
	const refusal = page.getByText('La ligne 1 contient une cellule de plus de 1');
	await expect(refusal).toBeVisible();

	await input.setInputFiles({
		name: 'ventes.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from('salle;billets\nClub;3\nGrande;4\n')
	});
	await expect(page.getByRole('heading', { name: 'Décrire et enregistrer' })).toBeVisible();
	await expect(refusal).toHaveCount(0);
});
