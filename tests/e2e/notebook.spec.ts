/** The notebook page: run, edit, save, keyboard, errors, another person's version. */
import { account } from '../support/accounts.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, saved, stateOf } from '../support/notebook-page.ts';

test('cells run in any order, are saved, and come back', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai d’ordre');
	const use = await addCell(page, 'Code', 'moitie * 2');
	await expect(stateOf(use)).toHaveAttribute('data-cell-state', 'error');
	await expect(use).toContainText('« moitie » n’est défini nulle part');
	const define = await addCell(page, 'Code', 'const moitie = 21;');
	await expect(stateOf(define)).toHaveAttribute('data-cell-state', 'done');
	const first = page.locator('[data-cell]').first();
	await expect(first).toContainText('42');
	await saved(page);
	await page.reload();
	await expect(page.locator('[data-cell]').first()).toContainText('42');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Essai d’ordre');
});

test('a chart, a table and a control answer to a change', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de contrôle');
	await addCell(
		page,
		'Contrôle',
		'const seuil = view(Inputs.range([0, 10], {label: "Seuil", value: 4, step: 1}));'
	);
	const table = await addCell(
		page,
		'Transformation',
		'const gardees = aq.table({x: [1, 5, 9]}).params({seuil}).filter((d, $) => d.x > $.seuil);'
	);
	await expect(table.getByText('Tableau gardees')).toContainText('2 × 1');
	const chart = await addCell(
		page,
		'Graphique',
		'Plot.plot({title: "Gardées", marks: [Plot.barY(gardees, {x: "x", y: "x"})]})'
	);
	await expect(chart.getByRole('img', { name: 'Gardées' }).locator('rect')).toHaveCount(2);
	await page.getByRole('slider', { name: 'Seuil' }).focus();
	await page.keyboard.press('Home');
	await expect(table.getByText('Tableau gardees')).toContainText('3 × 1');
	await expect(chart.getByRole('img', { name: 'Gardées' }).locator('rect')).toHaveCount(3);
});

test('a search keeps what is typed and says how much it finds', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de recherche');
	const control = await addCell(
		page,
		'Contrôle',
		'const trouves = view(Inputs.search(aq.table({nom: ["Nuit blanche", "Nuitée", "Jour"]}), {label: "Nom"}));'
	);
	const field = control.getByRole('searchbox', { name: 'Nom' });
	await expect(control.locator('[id$="-found"]')).toContainText('3');
	await field.pressSequentially('nuit b', { delay: 30 });
	await expect(control.locator('[id$="-found"]')).toContainText('1');
	await expect(field).toHaveValue('nuit b');
	await field.fill('nuit');
	await expect(control.locator('[id$="-found"]')).toContainText('2');
	await expect(field).toHaveValue('nuit');
});

test('the keyboard alone: insert, run, move, delete and undo', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de clavier');
	await addCell(page, 'Code', '1 + 1');
	const cells = page.locator('[data-cell]');
	await expect(cells.first()).toBeFocused();
	await page.keyboard.press('b');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.insertText('2 + 2');
	await page.keyboard.press('Shift+Enter');
	// The last cell: a new one opens below.
	await expect(cells).toHaveCount(3);
	await expect(cells.nth(1)).toContainText('4');
	await page.keyboard.press('Escape');
	await expect(cells.nth(2)).toBeFocused();
	await page.keyboard.press('d');
	await page.keyboard.press('d');
	await expect(cells).toHaveCount(2);
	await expect(cells.nth(1)).toBeFocused();
	await page.keyboard.press('Alt+ArrowUp');
	await expect(cells.first()).toContainText('2 + 2');
	await page.getByRole('button', { name: 'Annuler' }).click();
	await expect(cells).toHaveCount(3);
	await cells.first().focus();
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible();
});

test('keys that come before the editor of a new cell: Esc leaves it, letters are no commands', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de hâte');
	await addCell(page, 'Code', '1 + 1');
	const cells = page.locator('[data-cell]');
	await expect(cells.first()).toBeFocused();
	/** Inserts a cell below, and presses keys as soon as the focus goes anywhere: its editor takes longer. */
	const insertThen = (keys: readonly string[]) =>
		page.evaluate(async (keys) => {
			const press = (key: string) =>
				document.activeElement?.dispatchEvent(
					new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
				);
			const moved = new Promise((done) =>
				document.addEventListener('focusin', done, { once: true })
			);
			press('b');
			await moved;
			if (document.querySelector('.cm-content')) throw new Error('the editor is there already');
			keys.forEach(press);
		}, keys);
	await insertThen(['Escape']);
	await expect(cells).toHaveCount(2);
	await expect(cells.nth(1)).toBeFocused();
	await expect(page.locator('.cm-content')).toHaveCount(0);
	await insertThen(['d', 'd']);
	await expect(page.locator('.cm-content')).toBeFocused();
	await expect(cells).toHaveCount(3);
});

test('each kind of mistake has its own message', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai d’erreurs');
	const says = async (source: string, words: string): Promise<void> => {
		const cell = await addCell(page, 'Code', source);
		await expect(cell).toContainText(words);
	};
	await says('const a = (1;', 'n’est pas refermé');
	await says('const b = 1;', 'Exécutée');
	await says('const b = 2;', '« b » est défini plus d’une fois');
	await says('bb + 1', 'n’est défini nulle part');
	await says('fetch("/")', '« fetch » n’existe pas dans ce carnet');
	await says('null.x', 'Le calcul a échoué');
	await says('FileAttachment("absent@1.arrow").arquero()', '« absent@1.arrow »');
	await says('c + 1; const d = 1;', 'n’est défini nulle part');
});

test('a cell that never ends is stopped by the person, and the others come back', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de boucle');
	const other = await addCell(page, 'Code', 'const sept = 7; display(sept * 6);');
	await expect(other).toContainText('42');
	const loop = await addCell(page, 'Code', 'while (true);');
	await expect(stateOf(loop)).toHaveAttribute('data-cell-state', 'running');
	await loop.getByRole('button', { name: 'Arrêter' }).click();
	await expect(stateOf(loop)).toHaveAttribute('data-cell-state', 'stopped', { timeout: 30_000 });
	await expect(loop).toContainText('Vous avez arrêté cette cellule');
	await expect(stateOf(other)).toHaveAttribute('data-cell-state', 'done', { timeout: 30_000 });
	await expect(other).toContainText('42');
});

test('a slider says where it is when its worker was replaced', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de reprise');
	await addCell(
		page,
		'Contrôle',
		'const seuil = view(Inputs.range([0, 10], {label: "Seuil", value: 1, step: 1}));'
	);
	const use = await addCell(page, 'Code', 'seuil * 100');
	await expect(use).toContainText('100');
	const slider = page.getByRole('slider', { name: 'Seuil' });
	await slider.focus();
	await page.keyboard.press('End');
	await expect(use).toContainText(/1\s?000/);
	const loop = await addCell(page, 'Code', 'while (true);');
	await expect(stateOf(loop)).toHaveAttribute('data-cell-state', 'running');
	await loop.getByRole('button', { name: 'Arrêter' }).click();
	await expect(stateOf(loop)).toHaveAttribute('data-cell-state', 'stopped', { timeout: 30_000 });
	await expect(stateOf(use)).toHaveAttribute('data-cell-state', 'done', { timeout: 30_000 });
	await expect(use).toContainText(/1\s?000/);
	await expect(slider).toHaveValue('10');
});

test('a guest makes their own version of a starter, which remembers where it comes from', async ({
	browser,
	server,
	baseURL,
	asFacilitator
}) => {
	await asFacilitator.goto('/carnets');
	// The starter, and no version of it that someone made.
	const link = asFacilitator
		.getByRole('listitem')
		.filter({ hasText: 'Carnet de départ' })
		.getByRole('link', { name: 'Nos salles sont-elles pleines?' });
	const address = (await link.first().getAttribute('href')) ?? '';
	const page = await (await browser.newContext({ baseURL })).newPage();
	const stranger = await page.goto(address);
	expect(stranger?.status()).toBe(401);
	await page.goto(`/rejoindre/${server.joinCode ?? ''}`);
	await page.getByLabel('Votre nom').fill('Participante à l’essai');
	await page.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await page.waitForURL(/\/ateliers\//);
	await page.goto(address);
	await expect(page.locator('[data-saving]')).toContainText('Lecture seule');
	// On a phone too it is what one sees first.
	await page.setViewportSize({ width: 360, height: 740 });
	const make = page.getByRole('button', { name: 'Créer ma version' });
	await expect(make).toBeInViewport();
	await page.setViewportSize({ width: 1280, height: 720 });
	await make.click();
	await expect(page.getByText('Dérivé de')).toContainText('version 1');
	await expect(page).not.toHaveURL(new RegExp(`${address}$`));
	await expect(page.locator('[data-kind="chart"]').first().getByRole('img').first()).toBeVisible({
		timeout: 30_000
	});
	// One click tells where a chart's numbers come from, and under which terms.
	const chart = page.locator('[data-kind="chart"]').first();
	await chart.getByText('D’où viennent ces nombres?').click();
	await expect(chart).toContainText('Publication permise');
	// Nobody else's business but that of those who facilitate the workshop, who read it, as its button said; they do not write in it.
	const other = await asFacilitator.goto(page.url());
	expect(other?.status()).toBe(200);
	await expect(asFacilitator.locator('[data-saving]')).toContainText('Lecture seule');
	const { page: outsider } = await account(browser, 'Zoé Roy', { baseURL });
	expect((await outsider.goto(page.url()))?.status()).toBe(404);
});

test('a notebook leaves as a file and comes back as it was', async ({ asFacilitator: page }) => {
	await newNotebook(page, 'Essai de fichier');
	await addCell(page, 'Code', '"</' + 'script> tient bon"');
	await saved(page);
	await page.getByRole('button', { name: 'Actions du carnet' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: /^Exporter le carnet/ }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('Essai-de-fichier.html');
	await page.goto('/carnets');
	await page.getByLabel('Fichier de carnet').setInputFiles(await file.path());
	await page.getByRole('button', { name: 'Importer' }).click();
	await page.waitForURL(/\/carnets\/[a-z0-9]+$/);
	await expect(page.locator('[data-cell]').first()).toContainText('tient bon');
});

test('a deletion is undone by its keys here, and its notice stays with the notebook', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai d’annulation');
	await addCell(page, 'Code', '1 + 1');
	const kept = await addCell(page, 'Code', '2 + 2');
	const cells = page.locator('[data-cell]');
	const notice = page.getByText('Cellule supprimée.');
	for (let n = 2; n > 0; n--) {
		await cells.last().focus();
		await page.keyboard.press('d');
		await page.keyboard.press('d');
		await expect(cells).toHaveCount(n - 1);
	}
	await page.keyboard.press('ControlOrMeta+z');
	await page.keyboard.press('ControlOrMeta+z');
	await expect(cells).toHaveCount(2);
	await expect(kept).toBeFocused();
	await expect(notice).toHaveCount(0);
	await page.keyboard.press('d');
	await page.keyboard.press('d');
	await expect(notice).toBeVisible();
	await page.getByRole('navigation').getByRole('link', { name: 'Données' }).click();
	await page.waitForURL(/\/donnees$/);
	await expect(notice).toHaveCount(0);
});

test('a text is finished by its button, and by its keys without a cell of code', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de texte');
	await page.setViewportSize({ width: 360, height: 740 });
	await page.getByRole('button', { name: 'Ajouter une cellule' }).last().click();
	await page.getByRole('menuitem', { name: /^Texte/ }).click();
	const cell = page.locator('[data-cell]');
	const editor = page.locator('.cm-content');
	await expect(editor).toBeFocused();
	await page.keyboard.insertText('Bonjour **à tous**');
	await expect(cell).not.toContainText('à exécuter');
	await cell.getByRole('button', { name: 'Terminé' }).click();
	await expect(editor).toHaveCount(0);
	await expect(cell).toBeFocused();
	await expect(cell.getByText('à tous')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(editor).toBeFocused();
	await page.keyboard.press('Shift+Enter');
	await expect(editor).toHaveCount(0);
	await expect(cell).toHaveCount(1);
	await expect(cell).toBeFocused();
});
