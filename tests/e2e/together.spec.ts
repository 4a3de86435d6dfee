/**
 * One notebook, four people in four browsers: two write in one cell, one is on a phone, one loses the network and
 * comes back. What each did is there once, for all; undo takes back one's own.
 */
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { colleague } from '../support/accounts.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, saved } from '../support/notebook-page.ts';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

const cellsOf = (page: Page): Locator => page.locator('[data-cell]');
const ids = (page: Page): Promise<(string | null)[]> =>
	cellsOf(page).evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-cell')));

/** A cell's words as they are written, without the carets of others that stand among them and the marks of who is there. */
const words = (cell: Locator): Promise<string> =>
	cell.evaluate((element) => {
		const copy = element.cloneNode(true) as Element;
		for (const mark of copy.querySelectorAll(
			'.cm-who-caret, [data-still-caret], [data-cell-people]'
		))
			mark.remove();
		return copy.textContent;
	});
const reads = (cell: Locator, text: string) => expect.poll(() => words(cell)).toContain(text);

/** Goes into the cell's text, at its end or its start. */
async function write(page: Page, cell: Locator, at: 'Home' | 'End'): Promise<void> {
	await cell.focus();
	await cell.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press(`ControlOrMeta+${at}`);
}
/** What editing needs is there already: it is loaded once the page has rested. */
const ahead = (page: Page) =>
	expect(page.locator('[data-ahead]')).toHaveAttribute('data-ahead', 'there');
/** Out of the text, to the cell as a whole: a list of suggestions that is open takes the first Esc. */
async function leave(page: Page, cell: Locator): Promise<void> {
	await expect(async () => {
		await page.keyboard.press('Escape');
		await expect(cell).toBeFocused({ timeout: 500 });
	}).toPass();
}
const cut = (context: BrowserContext) => context.setOffline(true);
const restored = (context: BrowserContext) => context.setOffline(false);

/** The notebook with a text and two cells of code, shared with three others who may edit it, open for all. */
async function four(owner: Page, browser: Browser, title: string) {
	await owner.setViewportSize(WIDE);
	await newNotebook(owner, title);
	await addCell(owner, 'Code', 'const visites = 10');
	await addCell(owner, 'Code', 'visites * 2');
	await saved(owner);
	const id = /\/carnets\/([a-z0-9]+)$/.exec(owner.url())?.[1] ?? '';
	const others: Page[] = [];
	for (const [name, viewport] of [
		['Bruno Côté', WIDE],
		['Chloé Roy', PHONE],
		['Dalia Nadeau', WIDE]
	] as const) {
		const page = await colleague(browser, owner, name, { viewport });
		await expect(cellsOf(page)).toHaveCount(2);
		others.push(page);
	}
	const [second, phone, away] = others;
	if (!second || !phone || !away) throw new Error('four people are wanted');
	return { id, second, phone, away };
}

test('four people edit one notebook: in one cell, on a phone, away from the network', async ({
	asFacilitator: owner,
	browser
}) => {
	test.setTimeout(120_000);
	const { second, phone, away } = await four(owner, browser, 'À quatre');
	const everyone = [owner, second, phone, away];
	const [first, last] = await ids(owner);
	const on = (page: Page, id: string | null | undefined) => page.locator(`[data-cell="${id}"]`);

	// Two in one text, at once: nobody's letters are lost, each keeps their place.
	await write(owner, on(owner, first), 'End');
	await write(second, on(second, first), 'Home');
	await Promise.all([
		owner.keyboard.type(' + 5 // Anne', { delay: 20 }),
		second.keyboard.type('/* Bruno */ ', { delay: 20 })
	]);
	for (const page of everyone)
		await reads(on(page, first), '/* Bruno */ const visites = 10 + 5 // Anne');

	// What one takes back is one's own words, however many pauses were made in typing them.
	await leave(second, on(second, first));
	await expect(async () => {
		await second.keyboard.press('ControlOrMeta+z');
		await expect(on(second, first)).not.toContainText('/*', { timeout: 500 });
	}).toPass();
	for (const page of everyone) {
		await expect.poll(() => words(on(page, first))).not.toContain('Bruno');
		await reads(on(page, first), 'const visites = 10 + 5 // Anne');
	}
	await expect(async () => {
		await second.keyboard.press('ControlOrMeta+Shift+Z');
		await expect(on(second, first)).toContainText('/* Bruno */ const', { timeout: 500 });
	}).toPass();
	await reads(on(owner, first), '/* Bruno */ const visites');

	// On a phone, a cell is moved up by its menu, while the owner still writes in the other and keeps the keyboard.
	await on(phone, last).getByRole('button', { name: 'Actions' }).first().click();
	await phone.getByRole('menuitem', { name: /^Monter/ }).click();
	for (const page of everyone) await expect.poll(() => ids(page)).toEqual([last, first]);
	await expect(owner.locator('.cm-content')).toBeFocused();
	await owner.keyboard.type(' & co');
	await reads(on(second, first), '+ 5 // Anne & co');

	// Away, one goes on: the page says so; what others do meanwhile is not overwritten.
	await ahead(away);
	await cut(away.context());
	await expect(away.locator('[data-saving]')).toHaveAttribute('data-saving', 'offline');
	await write(away, on(away, last), 'End');
	await away.keyboard.type(' // Dalia, dans le train');
	await leave(away, on(away, last));
	const added = await addCell(away, 'Code', '"hors ligne"');
	const addedId = await added.getAttribute('data-cell');
	await expect(away.locator('[data-saving]')).toHaveAttribute('data-saving', 'offline');
	await write(second, on(second, last), 'Home');
	await second.keyboard.type('/* pendant ce temps */ ');
	await reads(on(owner, last), 'pendant ce temps');
	await expect(on(owner, last)).not.toContainText('Dalia, dans le train');
	await restored(away.context());
	await saved(away);
	for (const page of everyone) {
		await expect.poll(() => ids(page)).toEqual([last, first, addedId]);
		await reads(on(page, last), '/* pendant ce temps */ visites * 2 // Dalia, dans le train');
	}

	// What each sees is what is kept.
	for (const page of everyone) {
		await saved(page);
		await page.reload();
		await expect.poll(() => ids(page)).toEqual([last, first, addedId]);
		await reads(on(page, first), '/* Bruno */ const visites = 10 + 5 // Anne & co');
	}
	for (const page of [second, phone, away]) await page.context().close();
});

test('two tabs of one person without network merge when it is back, the one that was closed too', async ({
	asFacilitator: owner,
	browser
}) => {
	test.setTimeout(120_000);
	const { id, second } = await four(owner, browser, 'Deux onglets');
	const [first, last] = await ids(owner);
	const tab = await second.context().newPage();
	await tab.goto(`/carnets/${id}`);
	await expect(cellsOf(tab)).toHaveCount(2);
	await saved(tab);
	await ahead(second);
	await ahead(tab);
	await cut(second.context());
	for (const page of [second, tab])
		await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'offline');
	await write(second, second.locator(`[data-cell="${first}"]`), 'End');
	await second.keyboard.type(' // premier onglet');
	await write(tab, tab.locator(`[data-cell="${last}"]`), 'End');
	await tab.keyboard.type(' // second onglet');
	await leave(tab, tab.locator(`[data-cell="${last}"]`));
	await expect(tab.locator('[data-saving]')).toContainText('cet appareil');
	// Closed without network: what was written in it is on the device.
	await tab.close();
	await restored(second.context());
	await saved(second);
	await expect(owner.locator(`[data-cell="${first}"]`)).toContainText('premier onglet');
	const again = await second.context().newPage();
	await again.goto(`/carnets/${id}`);
	await saved(again);
	await expect(owner.locator(`[data-cell="${last}"]`)).toContainText(
		'visites * 2 // second onglet'
	);
	await expect(second.locator(`[data-cell="${last}"]`)).toContainText('second onglet');
	await second.context().close();
});

test('what one wrote away in a cell that another deleted is told with its words, until one has done with it', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'Supprimée entre-temps');
	await addCell(one, 'Texte', 'Les visites baissent.');
	for (let i = 0; i < 6; i++) await addCell(one, 'Texte', 'Ligne\n\n'.repeat(6));
	await saved(one);
	const two = await colleague(browser, one, 'Omar El Khoury', { viewport: PHONE });
	await ahead(two);
	await cut(two.context());
	const cell = cellsOf(two).first();
	await write(two, cell, 'End');
	await cell.evaluate((card) => card.scrollIntoView({ block: 'start' }));
	await two.keyboard.type(' Pourquoi l’hiver?');
	await expect(two.locator('[data-saving]')).toHaveAttribute('data-saving', 'offline');
	await cellsOf(one).first().focus();
	await one.keyboard.press('d');
	await one.keyboard.press('d');
	await expect(cellsOf(one)).toHaveCount(6);
	await saved(one);

	await restored(two.context());
	await expect(cellsOf(two).first()).toBeFocused();
	await two.getByRole('button', { name: 'Voir vos mots' }).click();
	const told = two.getByRole('status').filter({ hasText: 'a supprimé une cellule' });
	await expect(told.getByRole('textbox', { name: 'Ce qui y est écrit' })).toHaveValue(
		' Pourquoi l’hiver?'
	);
	await expect(told).toBeInViewport();
	await expect(cellsOf(two)).toHaveCount(6);
	await saved(two);
	await two.reload();
	await expect(told).toBeVisible();
	await told.getByRole('button', { name: 'Abandonner ces changements' }).click();
	await two.getByRole('dialog').getByRole('button', { name: 'Abandonner ces changements' }).click();
	await expect(told).toHaveCount(0);
	await two.reload();
	await saved(two);
	await expect(told).toHaveCount(0);
	await two.context().close();
});

test('everything that a person did in a notebook is taken back in its order, and done again', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Reculer');
	const one = await addCell(page, 'Code', '1 + 1');
	const two = await addCell(page, 'Code', '2 + 2');
	const oneId = await one.getAttribute('data-cell');
	const twoId = await two.getAttribute('data-cell');
	await two.focus();
	await page.keyboard.press('Alt+ArrowUp');
	await expect.poll(() => ids(page)).toEqual([twoId, oneId]);
	const title = page.getByLabel('Titre du carnet');
	await title.fill('Avancer');
	await title.press('Enter');
	await one.focus();

	await page.keyboard.press('ControlOrMeta+z');
	await expect(title).toHaveValue('Reculer');
	await expect(page.getByText('Votre dernière modification est annulée.').first()).toBeVisible();
	await page.keyboard.press('ControlOrMeta+z');
	await expect.poll(() => ids(page)).toEqual([oneId, twoId]);
	await expect(two).toBeFocused();
	await page.keyboard.press('ControlOrMeta+z');
	await expect(two).not.toContainText('2 + 2');
	await page.keyboard.press('ControlOrMeta+z');
	await expect.poll(() => ids(page)).toEqual([oneId]);
	for (let n = 0; n < 3; n++) await page.keyboard.press('ControlOrMeta+y');
	await expect.poll(() => ids(page)).toEqual([twoId, oneId]);
	await expect(page.locator(`[data-cell="${twoId}"]`)).toContainText('2 + 2');

	// From the palette too, by its name.
	await page.keyboard.press('ControlOrMeta+k');
	const wanted = page.getByRole('combobox');
	await wanted.fill('annuler');
	await wanted.press('Enter');
	await expect.poll(() => ids(page)).toEqual([oneId, twoId]);
	await saved(page);
	await page.reload();
	await expect.poll(() => ids(page)).toEqual([oneId, twoId]);
});

test('what one reads and holds stays in its place while another adds, moves and deletes cells above', async ({
	asFacilitator: owner,
	browser
}) => {
	test.setTimeout(120_000);
	const { second } = await four(owner, browser, 'En place');
	for (let n = 0; n < 8; n++) await addCell(owner, 'Code', `[${Array(12).fill(n).join(',\n')}]`);
	await saved(owner);
	await expect(cellsOf(second)).toHaveCount(10);
	const order = await ids(owner);
	const read = second.locator(`[data-cell="${order[7]}"]`);
	await expect(read).toContainText('5');
	// In a text, with the caret in a place of its own.
	await write(second, read, 'Home');
	await second.evaluate(() => window.scrollBy(0, 40));
	const place = async () => Math.round((await read.boundingBox())?.y ?? NaN);
	const before = await place();
	await owner.locator(`[data-cell="${order[0]}"]`).focus();
	await owner.keyboard.press('a');
	await expect(cellsOf(second)).toHaveCount(11);
	await leave(owner, cellsOf(owner).first());
	await expect.poll(place).toBeGreaterThanOrEqual(before - 3);
	expect(await place()).toBeLessThanOrEqual(before + 3);
	await expect(second.locator('.cm-content')).toBeFocused();
	// The cell right above goes below: what is read does not move, nor does the keyboard leave it.
	await owner.locator(`[data-cell="${order[6]}"]`).focus();
	await owner.keyboard.press('Alt+ArrowDown');
	await expect.poll(async () => (await ids(second)).indexOf(order[6] ?? '')).toBe(8);
	await expect.poll(async () => Math.abs((await place()) - before)).toBeLessThanOrEqual(3);
	await expect(second.locator('.cm-content')).toBeFocused();
	await owner.locator(`[data-cell="${order[1]}"]`).focus();
	await owner.keyboard.press('d');
	await owner.keyboard.press('d');
	await expect(cellsOf(second)).toHaveCount(10);
	await expect.poll(async () => Math.abs((await place()) - before)).toBeLessThanOrEqual(3);
	await second.keyboard.type('// ici ');
	await expect(owner.locator(`[data-cell="${order[7]}"]`)).toContainText('// ici [5');
	await second.context().close();
});
