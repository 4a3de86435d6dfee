/** Several people in one notebook: who is here and where, on each screen, and that nobody is moved by another. */
import type { Locator, Page } from '@playwright/test';
import { colleague } from '../support/accounts.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, saved } from '../support/notebook-page.ts';

const cells = (page: Page) => page.locator('[data-cell]');
const cellById = (page: Page, id: string | null) => page.locator(`[data-cell="${id}"]`);
const here = (page: Page) => page.locator('[data-presence]');
const marks = (cell: Locator) => cell.locator('[data-cell-people]');
const caret = (page: Page) => page.locator('.cm-who-caret');
const bar = (page: Page) => page.locator('[data-following]');
const news = (page: Page) => page.locator('[data-presence-news]');
/** Where a thing is in the window, in pixels from its top. */
const topOf = async (place: Locator): Promise<number> => (await place.boundingBox())?.y ?? NaN;

async function edit(cell: Locator): Promise<void> {
	await cell.focus();
	await cell.press('Enter');
	await expect(cell.locator('.cm-content')).toBeFocused();
}

test('two people in one cell see each other’s carets and selections by name', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'À deux');
	const first = await addCell(one, 'Code', '"abc"\n"def"');
	const id = await first.getAttribute('data-cell');
	await expect(here(one)).toHaveCount(0);
	const two = await colleague(browser, one, 'Omar El Khoury', {
		viewport: { width: 360, height: 740 }
	});
	await expect(here(one).getByRole('button', { name: 'Suivre Omar El Khoury' })).toBeVisible();
	await expect(here(two).getByRole('button', { name: 'Qui est ici' })).toBeVisible();

	await edit(first);
	await edit(cellById(two, id));
	await one.keyboard.press('ControlOrMeta+Home');
	await expect(caret(two)).toHaveCount(1);
	await expect(caret(two)).toHaveClass(/cm-who-below/);
	const flag = caret(one).locator('.cm-who-flag');
	await expect(flag).toHaveAttribute('data-name', 'Omar El Khoury');
	await expect(flag).toHaveAttribute('data-initials', 'OK');

	// What each writes is there, and the other's caret is where it was in the text.
	await two.keyboard.type(' // fin');
	await one.keyboard.type('1 + ');
	for (const page of [one, two])
		await expect(page.locator('.cm-content')).toContainText('1 + "abc"');
	await expect(one.locator('.cm-line').last()).toContainText('"def" // fin');
	const line = one.locator('.cm-line').last();
	await expect(line.locator('.cm-who-caret')).toHaveCount(1);
	await expect(one.locator('.cm-content')).toBeFocused();

	await two.keyboard.press('Shift+Home');
	await expect(one.locator('.cm-who-selection')).toHaveText('"def" // fin');
	// Each knows from the card too, in words.
	await expect(marks(first)).toContainText('Omar El Khoury écrit ici.');
	const { colour, edge } = await caret(one).evaluate((mark) => ({
		colour: mark.dataset.who,
		edge: getComputedStyle(mark).borderInlineStartColor
	}));
	expect(colour).toMatch(/^[0-9]$/);
	expect(edge).not.toBe('rgba(0, 0, 0, 0)');
	for (const page of [one, two])
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			expect(await faultsOf(page, { part: 'main' }), colorScheme).toEqual([]);
		}

	// A page that is left is gone at once, and one that comes back is there again.
	await two.goto('/');
	await expect(here(one)).toHaveCount(0);
	await expect(caret(one)).toHaveCount(0);
	await two.goBack();
	await expect(here(one)).toHaveCount(1);
	await two.context().close();
	await expect(here(one)).toHaveCount(0);
});

test('a reader is shown, the list and the outline say where each is, and whoever is put out vanishes', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'Qui est où');
	for (let i = 0; i < 3; i++) await addCell(one, 'Code', `const nombre${i} = ${i}`);
	const third = await cells(one).nth(2).getAttribute('data-cell');
	const two = await colleague(browser, one, 'Inès Roy', { level: 'viewer' });
	await expect(news(one)).toHaveText('Inès Roy est ici.');
	await cellById(two, third).focus();
	await expect(marks(cellById(one, third))).toContainText('Inès Roy est ici.');

	await here(one).getByRole('button', { name: 'Qui est ici' }).click();
	const list = one.getByRole('dialog', { name: 'Qui est ici' });
	await expect(list).toContainText('(vous)');
	await expect(list.getByRole('button', { name: /Inès Roy/ })).toContainText('Cellule 3');
	expect(await faultsOf(one, { part: '[data-popover-content]' })).toEqual([]);
	await one.keyboard.press('Escape');
	await expect(list).toHaveCount(0);

	const outline = one.getByRole('navigation', { name: 'Plan du carnet' });
	if ((await outline.count()) === 0) {
		await one.getByRole('button', { name: 'Actions du carnet' }).click();
		await one.getByRole('menuitem', { name: 'Montrer le plan' }).click();
	}
	await expect(outline.getByRole('button', { name: /nombre2.*Inès Roy est ici/ })).toBeVisible();
	await expect(outline.getByRole('button', { name: /nombre1.*est ici/ })).toHaveCount(0);
	const dialog = one.locator('dialog[open]');
	if ((await dialog.count()) > 0) await one.keyboard.press('Escape');

	const id = new URL(one.url()).pathname.split('/').at(-1);
	const grants = await one.request.get(`/api/notebooks/${id}/grants`);
	const { shares } = (await grants.json()) as { shares: { id: string }[] };
	await one.request.delete(`/api/notebooks/${id}/grants/${shares[0]?.id}`);
	await expect(here(one)).toHaveCount(0, { timeout: 2_000 });
	await expect(marks(cellById(one, third))).toHaveCount(0);
	await expect(news(one)).toHaveText('Inès Roy n’est plus ici.');
	await two.context().close();
});

test('who scrolls is shown where they look, and who writes by their caret, also where the code is at rest', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'Qui regarde quoi');
	for (let i = 0; i < 12; i++) await addCell(one, 'Code', `const pas${i} = ${i}\n\n\n`);
	await cells(one).first().focus();
	const two = await colleague(browser, one, 'Omar');
	let places = 0;
	two.on('websocket', (socket) =>
		socket.on('framesent', ({ payload }) => {
			if (typeof payload !== 'string' && payload[27] === 1) places++;
		})
	);
	await two.reload();
	await expect(here(two)).toHaveCount(1);

	const middle = () =>
		two.evaluate(() => {
			const half = window.innerHeight / 2;
			const cards = [...document.querySelectorAll<HTMLElement>('[data-cell]')];
			const away = (card: HTMLElement): number => {
				const { top, bottom } = card.getBoundingClientRect();
				return Math.max(0, top - half, half - bottom);
			};
			return cards.sort((a, b) => away(a) - away(b))[0]?.dataset.cell ?? null;
		});
	await two.mouse.move(300, 300);
	places = 0;
	const from = Date.now();
	for (let i = 0; i < 20; i++) {
		await two.mouse.wheel(0, 60);
		await two.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
	}
	let looked = await middle();
	await expect(async () => {
		looked = await middle();
		await expect(marks(cellById(one, looked))).toContainText('Omar est ici.', { timeout: 500 });
	}).toPass();
	// Once a second at most, and only where it is another cell.
	expect(places).toBeGreaterThan(0);
	expect(places).toBeLessThanOrEqual(1 + (Date.now() - from) / 1000);
	await expect(marks(cellById(one, looked)).locator('[aria-hidden]').first()).toHaveAttribute(
		'title',
		'Omar est ici.'
	);
	await expect(one.locator('[data-cell-people]')).toHaveCount(1);

	// One's own cell is not open: what the other writes there shows, and where.
	const written = cellById(one, await cells(one).nth(1).getAttribute('data-cell'));
	const id = await written.getAttribute('data-cell');
	await edit(cellById(two, id));
	await two.keyboard.press('ControlOrMeta+Home');
	await two.keyboard.type('/* ici */ ');
	await expect(marks(written)).toContainText('Omar écrit ici.');
	await expect(written.locator('[data-source]')).toContainText('/* ici */ const pas1');
	const still = written.locator('[data-still-caret]');
	await expect(still).toHaveCount(1);
	const across = async () => (await still.boundingBox())?.x ?? NaN;
	const text = (await written.locator('[data-source]').boundingBox())?.x ?? NaN;
	await expect.poll(across).toBeGreaterThan(text + 30);
	await two.keyboard.press('ControlOrMeta+Home');
	await expect.poll(across).toBeLessThan(text + 5);
	for (const colorScheme of ['light', 'dark'] as const) {
		await one.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await faultsOf(one, { part: 'main' }), colorScheme).toEqual([]);
	}
	// Command mode: on the cell, and not in its text.
	await two.keyboard.press('Escape');
	await expect(marks(written)).toContainText('Omar est ici.');
	await expect(still).toHaveCount(0);
	await two.context().close();
});

test('a page goes along with a person until its own does something', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'À la suite');
	for (let i = 0; i < 14; i++) await addCell(one, 'Code', `const pas${i} = ${i}\n\n\n\n`);
	const last = await cells(one).last().getAttribute('data-cell');
	const first = await cells(one).first().getAttribute('data-cell');
	const two = await colleague(browser, one, 'Omar');
	await cellById(two, last).focus();
	await cells(one).first().focus();
	await expect(cellById(one, last)).not.toBeInViewport();

	await here(one).getByRole('button', { name: 'Suivre Omar' }).click();
	await expect(bar(one)).toContainText('Vous suivez Omar');
	await expect(cellById(one, last)).toBeInViewport();
	expect(await faultsOf(one, { part: '[data-following]' })).toEqual([]);
	await cellById(two, first).focus();
	await expect(cellById(one, first)).toBeInViewport();
	await expect(cellById(one, last)).not.toBeInViewport();
	// The focus is where the person left it.
	await expect(here(one).getByRole('button', { name: 'Ne plus suivre Omar' })).toBeFocused();

	await one.mouse.move(400, 400);
	await one.mouse.wheel(0, 200);
	await expect(bar(one)).toHaveCount(0);
	for (const key of ['Escape', 'ArrowDown']) {
		await here(one).getByRole('button', { name: 'Suivre Omar' }).click();
		await expect(bar(one)).toBeVisible();
		await one.keyboard.press(key);
		await expect(bar(one)).toHaveCount(0);
	}
	await here(one).getByRole('button', { name: 'Suivre Omar' }).click();
	await bar(one).getByRole('button', { name: 'Ne plus suivre' }).click();
	await expect(bar(one)).toHaveCount(0);
	// Where one chose whom to follow, one stops: by a press or by the keyboard, on their disc or in the list.
	const stops = here(one).getByRole('button', { name: 'Ne plus suivre Omar' });
	const follows = here(one).getByRole('button', { name: 'Suivre Omar', exact: true });
	for (const stop of [() => stops.click(), () => stops.press('Enter'), () => stops.press(' ')]) {
		await follows.click();
		await expect(bar(one)).toBeVisible();
		await stop();
		await expect(follows).toBeFocused();
		await expect(bar(one)).toHaveCount(0);
	}
	const opener = here(one).getByRole('button', { name: 'Qui est ici' });
	const listed = one.getByRole('dialog', { name: 'Qui est ici' }).getByRole('button');
	for (const press of [(on: Locator) => on.click(), (on: Locator) => on.press('Enter')]) {
		await follows.click();
		await press(opener);
		await expect(listed).toContainText('Ne plus suivre');
		await press(listed);
		await expect(listed).toHaveCount(0);
		await expect(bar(one)).toHaveCount(0);
		await expect(follows).toBeVisible();
	}
	await cellById(two, last).focus();
	await expect(marks(cellById(one, last))).toContainText('Omar');
	await expect(cellById(one, last)).not.toBeInViewport();
	await two.context().close();
});

test('what another inserts, moves and writes neither scrolls the page nor takes the focus or the caret', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'Sans bousculer');
	for (let i = 0; i < 10; i++) await addCell(one, 'Code', `const valeur${i} = ${i}\n\n\n`);
	const id = await cells(one).nth(6).getAttribute('data-cell');
	const mine = cellById(one, id);
	const two = await colleague(browser, one, 'Omar');
	await edit(mine);
	await one.keyboard.press('ControlOrMeta+Home');
	await one.keyboard.press('ArrowRight');
	await mine.evaluate((card) => card.scrollIntoView({ block: 'center' }));
	const before = await topOf(mine);
	const steady = async (): Promise<void> => {
		expect(Math.abs((await topOf(mine)) - before)).toBeLessThan(3);
		await expect(mine.locator('.cm-content')).toBeFocused();
	};

	// A cell above, and its text grown.
	await cells(two).first().focus();
	await two.keyboard.press('a');
	await expect(two.locator('.cm-content')).toBeFocused();
	await two.keyboard.insertText('"un"\n"deux"\n"trois"\n"quatre"');
	await two.keyboard.press('ControlOrMeta+Enter');
	await expect(cells(one)).toHaveCount(11);
	await expect(cells(one).first()).toContainText('"quatre"');
	await steady();
	// Cells above change places with each other, then one from below goes above.
	await cells(two).nth(2).focus();
	await two.keyboard.press('Alt+ArrowDown');
	const lowest = await cells(two).nth(8).getAttribute('data-cell');
	await cellById(two, lowest).focus();
	for (let i = 0; i < 3; i++) await two.keyboard.press('Alt+ArrowUp');
	await expect
		.poll(() => cells(one).evaluateAll((all) => all.map((cell) => cell.dataset.cell ?? '')))
		.toEqual(await cells(two).evaluateAll((all) => all.map((cell) => cell.dataset.cell ?? '')));
	await steady();
	// The very cell is written in: the caret stays between the same letters.
	await edit(cellById(two, id));
	await two.keyboard.press('ControlOrMeta+Home');
	await two.keyboard.insertText('// avant\n');
	await expect(mine.locator('.cm-line').first()).toHaveText(/avant/);
	await expect(news(one)).toHaveText('Omar modifie cette cellule.');
	await one.keyboard.type('X');
	await expect(mine.locator('.cm-line').nth(1)).toHaveText(/^cXonst valeur6/);
	await expect(mine.locator('.cm-content')).toBeFocused();
	// The very cell is moved: it stays open, and the caret with it.
	await cellById(two, id).focus();
	await two.keyboard.press('Alt+ArrowUp');
	await expect(cells(two).nth(7)).toHaveAttribute('data-cell', id ?? '');
	await expect(cells(one).nth(7)).toHaveAttribute('data-cell', id ?? '');
	await expect(mine.locator('.cm-content')).toBeFocused();
	await one.keyboard.type('Y');
	await expect(mine.locator('.cm-line').nth(1)).toHaveText(/^cXYonst valeur6/);
	await saved(one);
	// The very cell goes: the keyboard is on the one below.
	await cellById(two, id).press('d');
	await cellById(two, id).press('d');
	await expect(mine).toHaveCount(0);
	await expect(cells(one).nth(7)).toBeFocused();
	await two.context().close();
});

test('on a phone, whether it is saved is said in full beside who is here, and the list gives the focus back', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'En entier');
	const two = await colleague(browser, one, 'Omar El Khoury', {
		viewport: { width: 360, height: 740 }
	});
	const list = here(two).getByRole('button', { name: /^Qui est ici/ });
	await expect(list).toBeVisible();
	const words = two.locator('[data-saving] > span').last();
	const isWhole = async (text: string): Promise<void> => {
		await expect(words).toHaveText(text);
		expect(await words.evaluate((span) => span.scrollWidth <= span.clientWidth)).toBe(true);
		expect(await two.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	};
	await isWhole('Enregistré');
	await expect(two.getByRole('button', { name: 'Tout exécuter' })).toBeVisible();

	await list.focus();
	await list.press('Enter');
	const dialog = two.getByRole('dialog', { name: 'Qui est ici' });
	await expect(dialog).toBeVisible();
	await two.keyboard.press('Tab');
	await two.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(list).toBeFocused();

	await two.context().setOffline(true);
	await isWhole('Hors ligne');
	await two.context().close();
});

test('whoever writes is told why their words go when someone restores a version', async ({
	asFacilitator: one,
	browser
}) => {
	await newNotebook(one, 'À rétablir');
	await addCell(one, 'Texte', 'Au début.');
	await saved(one);
	const id = new URL(one.url()).pathname.split('/')[2] ?? '';
	const versions = `/api/notebooks/${id}/versions`;
	const kept = await one.request.post(versions, { data: { name: 'Départ' } });
	const { versions: list } = (await kept.json()) as { versions: { id: string }[] };
	const two = await colleague(browser, one, 'Omar El Khoury');
	await expect(here(one)).toBeVisible();
	await expect(here(two)).toBeVisible();
	await edit(cells(two).first());
	await two.keyboard.press('ControlOrMeta+End');
	await two.keyboard.type(' Puis la suite.');
	await saved(two);

	const restored = await one.request.post(`${versions}/${list[0]?.id ?? ''}/restore`, { data: {} });
	expect(restored.ok()).toBe(true);
	await expect(two.getByText(/a rétabli une version antérieure du carnet/)).toBeVisible();
	await expect(two.locator('.cm-content')).toHaveText('Au début.');
	await expect(one.getByText(/a rétabli une version antérieure/)).toHaveCount(0);
	await two.context().close();
});
