/** A notebook that is deleted, brought back, and deleted for good, by its buttons. */
import type { Page } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';

async function make(page: Page, title: string): Promise<string> {
	await page.goto('/carnets');
	const form = page.locator('form[action="?/create"]');
	await form.getByLabel('Titre').fill(title);
	await form.getByRole('button').click();
	await page.waitForURL(/\/carnets\/[0-9a-z]{26}$/);
	return new URL(page.url()).pathname;
}

async function remove(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await page.getByRole('button', { name: 'Actions du carnet' }).click();
	await page.getByRole('menuitem', { name: /^Supprimer le carnet/ }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText(/Jusqu’au .+ 20\d\d, vous pouvez le récupérer/);
	await dialog.getByRole('button', { name: 'Supprimer le carnet' }).click();
	await page.waitForURL(/\/carnets$/);
}

test('comes back whole, or goes for good', async ({ asFacilitator: page }) => {
	const path = await make(page, 'Un carnet de trop');
	await remove(page, path);
	expect((await page.request.get(path)).status()).toBe(404);
	const section = page.locator('section', {
		has: page.getByRole('heading', { name: 'Carnets supprimés' })
	});
	await expect(section).toContainText('Un carnet de trop');
	await section.scrollIntoViewIfNeeded();
	expect(await faultsOf(page)).toEqual([]);
	const shots = process.env.CARNET_SHOTS;
	if (shots)
		for (const [width, scheme] of [
			[1440, 'light'],
			[1440, 'dark'],
			[360, 'light'],
			[360, 'dark']
		] as const) {
			await page.setViewportSize({ width, height: 800 });
			await page.emulateMedia({ colorScheme: scheme });
			await section.scrollIntoViewIfNeeded();
			await section.screenshot({ path: `${shots}-${width}-${scheme}.png` });
		}
	await section.getByRole('button', { name: 'Récupérer « Un carnet de trop »' }).click();
	await expect(section).toHaveCount(0);
	expect((await page.request.get(path)).status()).toBe(200);

	await remove(page, path);
	await section
		.getByRole('button', { name: 'Supprimer pour de bon « Un carnet de trop »' })
		.click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('Rien ne pourra le ramener');
	if (shots) await page.screenshot({ path: `${shots}-dialog.png` });
	await dialog.getByRole('button', { name: 'Supprimer pour de bon' }).click();
	await expect(section).toHaveCount(0);
	await expect(dialog).toHaveCount(0);
	expect((await page.request.get(path)).status()).toBe(404);
});
