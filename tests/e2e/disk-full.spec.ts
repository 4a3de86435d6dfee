/** A disk that fills while people write: nothing is said saved that is not, reading goes on, and all is saved once there is room. */
import { once } from 'node:events';
import { expect, test as base } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { signInByLink } from '../support/fixtures.ts';
import { addCell, newNotebook } from '../support/notebook-page.ts';
import { startServer, type RunningServer } from '../support/server.ts';

const test = base.extend<{ full: RunningServer }>({
	full: async ({}, use) => {
		const server = await startServer({ entry: 'tests/support/full-disk-server.ts' });
		await use(server);
		await server.stop();
	}
});

async function disk(server: RunningServer, wish: 'fill' | 'room'): Promise<void> {
	const done = once(server.child, 'message');
	server.child.send(wish);
	await done;
}

test('edits stay on the device with a visible warning, reading goes on, and they are saved by themselves', async ({
	browser,
	full
}) => {
	const context = await browser.newContext({ baseURL: full.origin });
	const page = await context.newPage();
	await signInByLink(page, full.signInLink ?? '');
	await newNotebook(page, 'Disque plein');
	await addCell(page, 'Code', '"premier"');
	const state = page.locator('[data-saving]');
	await expect(state).toHaveAttribute('data-saving', 'saved');
	const address = page.url();

	await disk(full, 'fill');
	await addCell(page, 'Code', `"${'deuxième '.repeat(2000)}"`);
	await expect(state).toHaveAttribute('data-saving', 'full');
	const warning = page.getByRole('alert').filter({ hasText: 'ne peut plus enregistrer' });
	await expect(warning).toBeVisible();
	await expect(state).toHaveText('Gardé sur cet appareil');
	expect(await faultsOf(page, { part: 'main' })).toEqual([]);
	if (process.env.CARNET_SHOTS)
		for (const width of [360, 1440]) {
			await page.setViewportSize({ width, height: 800 });
			await page.screenshot({ path: `${process.env.CARNET_SHOTS}/disk-full-${width}.png` });
		}
	// Writing goes on, and is kept over a reload.
	await page.keyboard.press('Escape');
	await page.reload();
	await expect(page.locator('[data-cell]')).toHaveCount(2);
	await expect(warning).toBeVisible();

	// Others read: lists, the notebook as it was kept, public pages.
	const other = await context.newPage();
	for (const path of ['/', '/carnets', '/donnees', '/rapports', '/ateliers']) {
		const answer = await other.goto(path);
		expect(answer?.status(), path).toBe(200);
	}
	const reader = await browser.newContext({ baseURL: full.origin, storageState: undefined });
	await reader.addCookies(await context.cookies());
	const elsewhere = await reader.newPage();
	await elsewhere.goto(address);
	await expect(elsewhere.locator('[data-cell]')).toHaveCount(1);
	await expect(elsewhere.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	// What would be written is refused, with what to do.
	await other.goto('/carnets');

	await disk(full, 'room');
	await expect(state).toHaveAttribute('data-saving', 'saved', { timeout: 45_000 });
	await expect(warning).toHaveCount(0);
	await expect(elsewhere.locator('[data-cell]')).toHaveCount(2);
	await reader.close();
	await context.close();
});
