/** Discussions beside a notebook: what they are about, who is told, and going through them by keys, on several screens. */
import type { Locator, Page } from '@playwright/test';
import { colleague } from '../support/accounts.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, insertCell, newNotebook, saved } from '../support/notebook-page.ts';

const WIDE = { viewport: { width: 1440, height: 900 } };
const PANE = 'aside[aria-label="Discussions"]';
const card = (page: Page, words: string): Locator =>
	page.locator('article[data-thread]').filter({ hasText: words });
const current = (page: Page): Locator => page.locator('article[data-thread][aria-current="true"]');
const notebookId = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

async function noFault(page: Page, part: string): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await faultsOf(page, { part }), colorScheme).toEqual([]);
	}
}
async function addText(page: Page, source: string): Promise<Locator> {
	const cell = await insertCell(page, /^Texte/);
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.insertText(source);
	await page.keyboard.press('ControlOrMeta+Enter');
	return cell;
}
/** What the page has marked at rest, as it reads. */
const marked = (page: Page, name: 'annotated' | 'annotated-current') =>
	page.evaluate(
		(of) => [...(CSS.highlights.get(of) ?? [])].map((range) => (range as Range).toString()),
		name
	);
/** Selects words of a cell's text as they are read. */
async function select(cell: Locator, words: string): Promise<void> {
	await cell.locator('.prose').evaluate((prose, wanted) => {
		const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const at = node.nodeValue?.indexOf(wanted) ?? -1;
			if (at < 0) continue;
			getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
			return;
		}
		throw new Error(`no ${wanted}`);
	}, words);
}
async function say(page: Page, words: string): Promise<void> {
	const field = page.getByLabel('Votre commentaire');
	await expect(field).toBeFocused();
	await field.fill(words);
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(card(page, words)).toBeVisible();
}

test.describe('discussions', () => {
	test.use(WIDE);

	test('words are followed through others’ edits and moves, and what became of them is told', async ({
		asFacilitator: page,
		browser
	}) => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await newNotebook(page, 'Passages');
		const text = await addText(page, 'La **salle** de Laval est fermée.\n\nElle rouvre en mars.');
		const code = await addCell(page, 'Code', 'const prix = 12 * 40');
		await saved(page);

		// In the editor, by the keyboard: what is selected.
		await code.press('Enter');
		await expect(page.locator('.cm-content')).toBeFocused();
		await page.keyboard.press('End');
		for (let i = 0; i < '12 * 40'.length; i++) await page.keyboard.press('Shift+ArrowLeft');
		await expect(page.locator('.cm-comment')).toBeVisible();
		await page.keyboard.press('ControlOrMeta+Alt+m');
		await say(page, 'Pourquoi douze?');
		await expect(current(page)).toContainText('sur le passage « 12 * 40 »');
		await expect.poll(() => marked(page, 'annotated-current')).toEqual(['12 * 40']);

		// In a text at rest, by the button near it: through the marks of its Markdown.
		await select(text, 'salle');
		await page.getByRole('button', { name: 'Commenter ce passage' }).click();
		await say(page, 'Laquelle?');
		await expect.poll(() => marked(page, 'annotated-current')).toEqual(['salle']);
		await expect.poll(() => marked(page, 'annotated')).toEqual(['12 * 40']);

		// Another writes before it, then moves the cell.
		const other = await colleague(browser, page, 'Zoé Roy', WIDE);
		const theirs = other.locator(`#${await code.getAttribute('id')}`);
		await theirs.focus();
		await other.keyboard.press('Enter');
		await expect(other.locator('.cm-annotated')).toHaveText('12 * 40');
		await other.keyboard.press('Home');
		await other.keyboard.insertText('/* en dollars */ ');
		await other.keyboard.press('ControlOrMeta+Enter');
		await expect(theirs).toBeFocused();
		await other.keyboard.press('Alt+ArrowUp');
		await expect(page.locator('[data-cell]').first()).toContainText('en dollars');
		await expect.poll(() => marked(page, 'annotated')).toEqual(['12 * 40']);
		await expect(page.getByText('a changé depuis')).toHaveCount(0);

		// A press on the words opens what is said of them.
		const box = await page.evaluate(() => {
			const [range] = CSS.highlights.get('annotated') ?? [];
			const { x, y, width, height } = (range as Range).getBoundingClientRect();
			return { x: x + width / 2, y: y + height / 2 };
		});
		await page.mouse.click(box.x, box.y);
		await expect(current(page)).toContainText('Pourquoi douze?');
		await expect(page.locator('.cm-content')).toHaveCount(0);

		// Changed within, it is told, with how it read; gone, too.
		await other.keyboard.press('Enter');
		await expect(other.locator('.cm-content')).toBeFocused();
		await other.keyboard.press('End');
		await other.keyboard.press('ArrowLeft');
		await other.keyboard.insertText('5');
		await expect(current(page)).toContainText(/Le passage a changé depuis\. Il se lisait\s:/);
		await expect(current(page)).toContainText('12 * 40');
		await expect.poll(() => marked(page, 'annotated-current')).toEqual(['12 * 450']);
		await other.keyboard.press('ControlOrMeta+a');
		await other.keyboard.insertText('const rien = 0');
		await expect(current(page)).toContainText('Le passage n’est plus là.');
		await expect.poll(() => marked(page, 'annotated-current')).toEqual([]);
		await other.keyboard.press('ControlOrMeta+Enter');
		await expect(theirs).toBeFocused();
		await other.keyboard.press('d');
		await other.keyboard.press('d');
		await expect(current(page)).toContainText('La cellule n’est plus là.');
		await noFault(page, PANE);
	});

	test('a step is discussed from its menu, and its marker opens what is said of it', async ({
		asFacilitator: page
	}) => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await newNotebook(page, 'Étapes discutées');
		await addCell(page, 'Code', 'const villes = aq.table({ ville: ["Laval", "Alma"], n: [1, 2] })');
		const steps = await addCell(
			page,
			'Transformation',
			'villes\n\t.filter((d) => d.n > 1)\n\t.orderby("ville")'
		);
		await saved(page);
		// It opens at its steps.
		await expect(steps.locator('[data-step="1"]')).toBeVisible();
		await steps.getByRole('button', { name: /^Actions.*1/ }).click();
		await page.getByRole('menuitem', { name: 'Commenter cette étape' }).click();
		await say(page, 'Pourquoi plus d’un?');
		await expect(current(page)).toContainText('sur l’étape');
		const marker = steps.getByRole('button', { name: '1 discussion sur l’étape 1' });
		await expect(marker).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.locator(PANE)).toHaveCount(0);
		await marker.click();
		await expect(current(page)).toContainText('Pourquoi plus d’un?');
		// It follows its step.
		await steps.locator('[data-step="0"]').focus();
		await page.keyboard.press('Alt+ArrowDown');
		await expect(steps.getByRole('button', { name: '1 discussion sur l’étape 2' })).toBeVisible();
	});

	test('someone is named and told, reads, reacts and answers, by the keyboard alone', async ({
		asFacilitator: page,
		browser
	}) => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await newNotebook(page, 'Personnes nommées');
		const first = await addText(page, 'Premier texte.');
		const second = await addText(page, 'Second texte.');
		await saved(page);
		const other = await colleague(browser, page, 'Zoé Roy', { level: 'viewer', ...WIDE });

		await second.focus();
		await page.keyboard.press('ControlOrMeta+Alt+m');
		await expect(page.getByLabel('Votre commentaire')).toBeFocused();
		await page.keyboard.type('Bonjour @zo');
		const option = page.getByRole('option', { name: 'Zoé Roy' });
		await expect(option).toHaveAttribute('aria-selected', 'true');
		await noFault(page, PANE);
		await page.keyboard.press('Enter');
		await expect(page.getByLabel('Votre commentaire')).toHaveValue('Bonjour @Zoé Roy ');
		await expect(page.getByText(/À prévenir\s: Zoé Roy/)).toBeVisible();
		await page.keyboard.type('qu’en dis-tu?');
		await page.keyboard.press('ControlOrMeta+Enter');
		await expect(current(page).locator('.mention')).toHaveText('@Zoé Roy');
		await expect(current(page)).toBeFocused();

		// A second one, above: the list follows the notebook.
		await first.focus();
		await page.keyboard.press('ControlOrMeta+Alt+m');
		await say(page, 'Et ceci?');
		await expect(current(page)).toContainText('Et ceci?');
		await expect(page.locator('article[data-thread]').first()).toContainText('Et ceci?');

		// Who is named is told of it wherever they are, and led there.
		const { latest } = (await (await other.request.get('/api/notifications')).json()) as {
			latest: { kind: string; by: string; subjectId: string; excerpt: string }[];
		};
		const naming = latest.filter(({ kind }) => kind === 'mention');
		expect(naming).toHaveLength(1);
		expect(naming[0]?.excerpt).toBe('Bonjour @Zoé Roy qu’en dis-tu?');

		// On the notebook that they have open, the bell says so without their coming back to the page.
		const bell = other.getByRole('banner').getByRole('button', { name: /^Nouvelles/ });
		await expect(bell).toHaveAccessibleName(/1 nouvelle non lue$/);

		// The other sees how many there are to read; they count as read once they were seen.
		const button = other.getByRole('button', { name: /discussions ouvertes/ });
		await expect(button).toHaveAccessibleName('2 discussions ouvertes, 2 à lire');
		await expect(other.getByRole('button', { name: '1 discussion, à lire' })).toHaveCount(2);
		await button.focus();
		await other.keyboard.press('Enter');
		await expect(other.locator('article[data-thread]')).toHaveCount(2);
		await other.keyboard.press('j');
		await expect(current(other)).toContainText('Et ceci?');
		await expect(current(other)).toBeFocused();
		await expect(button).toHaveAccessibleName('2 discussions ouvertes, 1 à lire');
		await other.keyboard.press('j');
		await expect(current(other)).toContainText('qu’en dis-tu?');
		await expect(button).toHaveAccessibleName('2 discussions ouvertes');
		await expect(other.locator('[data-discussed]')).toHaveAttribute(
			'id',
			(await second.getAttribute('id')) ?? ''
		);
		await other.keyboard.press('k');
		await expect(current(other)).toContainText('Et ceci?');
		await other.keyboard.press('j');

		// Only what names them.
		await other.getByLabel('Quelles discussions').selectOption('named');
		await expect(other.locator('article[data-thread]')).toHaveCount(1);
		await expect(other.getByLabel('Quelles discussions')).toHaveValue('named');
		await other.getByLabel('Quelles discussions').selectOption('open');
		await expect(other.locator('article[data-thread]')).toHaveCount(2);
		await current(other).focus();

		// R answers, with a reaction beside; J is a letter there.
		await other.keyboard.press('r');
		const reply = other.getByLabel(/^Réponse à/);
		await expect(reply).toBeFocused();
		await other.keyboard.type('Je juge que oui.');
		await other.keyboard.press('ControlOrMeta+Enter');
		await expect(current(other)).toContainText('Je juge que oui.');
		const react = current(other)
			.getByRole('button', { name: /^Réagir au commentaire/ })
			.first();
		await react.focus();
		await other.keyboard.press('Enter');
		await expect(other.getByRole('button', { name: 'D’accord', exact: true })).toBeFocused();
		await other.keyboard.press('Enter');
		await expect(
			current(page).getByRole('button', { name: /^D’accord, 1\s: Zoé Roy$/ })
		).toHaveCount(0);
		await page.keyboard.press('Escape');
		await second.getByRole('button', { name: '1 discussion, à lire' }).click();
		const chip = current(page).getByRole('button', { name: /^D’accord, 1\s: Zoé Roy$/ });
		await expect(chip).toBeVisible();
		await expect(current(page)).toContainText('Nouveau');
		await chip.click();
		await expect(
			current(other).getByRole('button', {
				name: /^D’accord, 2\s: Animation \(démo\) et vous$/
			})
		).toHaveText(/2/);

		// E resolves, where one may.
		await current(page).focus();
		await page.keyboard.press('e');
		await expect(current(page)).toContainText('Réglée par');
		await page.keyboard.press('k');
		await expect(page.locator('article[data-thread]')).toHaveCount(1);
		await noFault(page, PANE);
		await noFault(other, PANE);
		await other.goto(`/carnets/${notebookId(page)}?fil=${naming[0]?.subjectId}`);
		await expect(current(other)).toContainText('qu’en dis-tu?');
	});

	test('words typed while others are sent stay, and their form with them', async ({
		asFacilitator: page
	}) => {
		await newNotebook(page, 'Envois lents');
		const text = await addText(page, 'Un texte à discuter.');
		await saved(page);
		await text.focus();
		await page.keyboard.press('ControlOrMeta+Alt+m');
		await say(page, 'Lisible?');
		const waiting: (() => void)[] = [];
		await page.route('**/api/notebooks/*/threads/**', async (route) => {
			await new Promise<void>((go) => waiting.push(go));
			await route.continue();
		});
		const send = async (): Promise<void> => {
			await page.keyboard.press('ControlOrMeta+Enter');
			await expect.poll(() => waiting.length).toBe(1);
		};
		const arrive = (): void => waiting.pop()?.();

		await current(page).focus();
		await page.keyboard.press('r');
		const reply = current(page).getByLabel(/^Réponse à/);
		await expect(reply).toBeFocused();
		await page.keyboard.type('Oui.');
		await send();
		await page.keyboard.type(' Et cela?');
		arrive();
		await expect(current(page).getByText('Oui.', { exact: true })).toBeVisible();
		await expect(reply).toHaveValue('Et cela?');
		await expect(reply).toBeFocused();
		await send();
		arrive();
		await expect(current(page).getByText('Et cela?', { exact: true })).toBeVisible();
		await expect(reply).toHaveCount(0);

		await current(page)
			.getByRole('button', { name: /^Modifier/ })
			.last()
			.click();
		const edit = current(page).getByLabel('Modifier votre commentaire');
		await expect(edit).toBeFocused();
		await page.keyboard.press('ControlOrMeta+End');
		await page.keyboard.type(' Et ici?');
		await send();
		await page.keyboard.type(' Et là?');
		arrive();
		await expect(current(page).getByText('Modifié')).toBeVisible();
		await expect(edit).toHaveValue('Et cela? Et ici? Et là?');
		await expect(edit).toBeFocused();
		await send();
		arrive();
		await expect(edit).toHaveCount(0);
		await expect(current(page).getByText('Et cela? Et ici? Et là?')).toBeVisible();
	});

	test('a reply leaves its form once it is sent or given up, also where nothing tells the page of it', async ({
		asFacilitator: page
	}) => {
		await newNotebook(page, 'Sans nouvelles');
		const text = await addText(page, 'Un texte à discuter.');
		await saved(page);
		await text.focus();
		await page.keyboard.press('ControlOrMeta+Alt+m');
		await say(page, 'Lisible?');
		// The page knows of what it sends by the answers alone.
		let told = true;
		await page.route('**/api/notebooks/*/threads', async (route) => {
			if (told || route.request().method() !== 'GET') await route.continue();
		});
		const reply = current(page).getByLabel(/^Réponse à/);
		const answer = current(page).getByRole('button', { name: 'Répondre' });
		const takenUp = async (): Promise<void> => {
			told = true;
			await page.reload();
			await saved(page);
			await text.getByRole('button', { name: '1 discussion', exact: true }).click();
			await expect(current(page)).toBeFocused();
			told = false;
		};
		told = false;
		await current(page).focus();
		await page.keyboard.press('r');
		await expect(reply).toBeFocused();
		await page.keyboard.type('Oui.');
		await page.keyboard.press('ControlOrMeta+Enter');
		await expect(current(page).getByText('Oui.', { exact: true })).toBeVisible();
		await expect(reply).toHaveCount(0);
		await expect(answer).toBeFocused();

		// So does one that was begun before the page was loaded again.
		await answer.press('Enter');
		await reply.fill('Et cela?');
		await takenUp();
		await expect(reply).toHaveValue('Et cela?');
		await reply.press('ControlOrMeta+Enter');
		await expect(current(page).getByText('Et cela?', { exact: true })).toBeVisible();
		await expect(reply).toHaveCount(0);
		await expect(answer).toBeFocused();
		await answer.press('Enter');
		await reply.fill('Non');
		await takenUp();
		await current(page).getByRole('button', { name: 'Annuler' }).click();
		await expect(reply).toHaveCount(0);
		await expect(answer).toBeFocused();
	});

	test('a discussion that cannot be reopened says why', async ({ asFacilitator: page }) => {
		await newNotebook(page, 'Réglée puis supprimée');
		const text = await addText(page, 'Un texte à discuter.');
		await saved(page);
		await text.focus();
		await page.keyboard.press('ControlOrMeta+Alt+m');
		await say(page, 'Lisible?');
		const threads = `/api/notebooks/${notebookId(page)}/threads`;
		const [thread] = (await (await page.request.get(threads)).json()) as {
			id: string;
			comments: { id: string }[];
		}[];
		const comment = `${threads}/${thread?.id ?? ''}/comments/${thread?.comments[0]?.id ?? ''}`;
		await current(page).focus();
		await page.keyboard.press('e');
		const reopen = page.getByRole('status').getByRole('button', { name: 'Rouvrir' });
		await expect(reopen).toBeVisible();
		// Taken away on another screen.
		expect((await page.request.delete(comment)).ok()).toBe(true);
		await reopen.click();
		await expect(
			page.getByRole('status').getByText('Cette page n’existe pas, ou elle n’est pas partagée')
		).toBeVisible();
		await expect(page.getByText('La connexion est interrompue.')).toHaveCount(0);
	});

	test('on a phone the discussions are a sheet, and a link opens one of them', async ({
		asFacilitator: page,
		browser
	}) => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await newNotebook(page, 'Au téléphone');
		const cell = await addText(page, 'Un texte à discuter, sur un petit écran.');
		await addText(page, 'Rien n’est dit de celui-ci.');
		await saved(page);
		await cell.hover();
		await cell.getByRole('button', { name: 'Commenter' }).click();
		await say(page, 'Lisible ainsi?');
		const thread = (await current(page).getAttribute('data-thread')) ?? '';

		const phone = await colleague(browser, page, 'Ana Roy', {
			level: 'viewer',
			viewport: { width: 360, height: 900 },
			hasTouch: true
		});
		await phone.getByRole('button', { name: '1 discussion, à lire' }).click();
		const sheet = phone.getByRole('dialog', { name: 'Discussions' });
		await expect(sheet).toContainText('Lisible ainsi?');
		await sheet.getByRole('button', { name: 'Répondre' }).click();
		await sheet.getByLabel(/^Réponse à/).fill('Oui.');
		await sheet.getByRole('button', { name: 'Envoyer' }).click();
		await expect(sheet).toContainText('Oui.');
		await noFault(phone, 'dialog[open]');
		expect(
			await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
		).toBe(true);
		await sheet.getByRole('button', { name: /^Montrer dans le carnet/ }).click();
		await expect(sheet).toHaveCount(0);
		// The button that began it is a marker by then: the keyboard goes back to the cell.
		const bare = phone.locator('[data-cell]').filter({ hasText: 'Rien n’est dit' });
		await bare.getByRole('button', { name: 'Commenter' }).click();
		await say(phone, 'Pourquoi?');
		await phone.keyboard.press('Escape');
		await expect(sheet).toHaveCount(0);
		await expect(bare).toBeFocused();

		await phone.goto(`/carnets/${notebookId(page)}?fil=${thread}`);
		await expect(phone.getByRole('dialog', { name: 'Discussions' })).toContainText(
			'Lisible ainsi?'
		);
		await phone.goto(`/carnets/${notebookId(page)}?fil=inconnu`);
		await expect(phone.getByText('Cette discussion n’est plus là.')).toBeVisible();
	});
});
