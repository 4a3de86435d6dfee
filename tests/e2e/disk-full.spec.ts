/** A disk that fills while people write: nothing is said saved that is not, reading goes on, and all is saved once there is room. */
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { faultsOf } from '../support/faults.ts';
import { signInByLink } from '../support/fixtures.ts';
import { addCell, newNotebook } from '../support/notebook-page.ts';
import { startServer, type RunningServer } from '../support/server.ts';

let full: RunningServer;
test.beforeEach(async () => {
	full = await startServer({ entry: 'tests/support/full-disk-server.ts' });
});
test.afterEach(() => full.stop());

async function disk(server: RunningServer, wish: 'fill' | 'room'): Promise<void> {
	const done = once(server.child, 'message');
	server.child.send(wish);
	await done;
}

test('edits stay on the device with a visible warning, reading goes on, and they are saved by themselves', async ({
	browser
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
	await expect(state).toHaveText(/Non enregistré\s: gardé sur cet appareil$/);
	expect(await faultsOf(page, { part: 'main' })).toEqual([]);
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
	await expect(elsewhere.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	await expect(elsewhere.locator('[data-cell]').first()).toContainText('premier');
	// There may have been room for an empty cell, not for its text.
	await expect(elsewhere.getByText('deuxième')).toHaveCount(0);

	await disk(full, 'room');
	await expect(state).toHaveAttribute('data-saving', 'saved', { timeout: 45_000 });
	await expect(warning).toHaveCount(0);
	await expect(elsewhere.locator('[data-cell]').last()).toContainText('deuxième');
	await reader.close();
	await context.close();
});
