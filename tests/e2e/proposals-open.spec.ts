/** A proposal's page while it is open: what others do is seen, two decide at once, J and K, and what is typed and not sent. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { saved } from '../support/notebook-page.ts';
import {
	guestOf,
	guestWithFork,
	fitsPhone,
	noFault,
	rewrites,
	SALES,
	sharedNotebook
} from '../support/proposal-pages.ts';

const cardOf = (page: Page, what: string): Locator =>
	page.locator('article[data-change]').filter({ hasText: what });
const said = (page: Page): Locator => page.locator('[data-live]');
const focused = (page: Page): Promise<string> =>
	page.evaluate(() => document.activeElement?.getAttribute('data-change') ?? '');
const comments = (page: Page): Locator =>
	page.getByRole('region', { name: 'Discussion' }).getByRole('listitem');

test('an open page of a proposal shows what others do, and two who decide at once decide once', async ({
	asFacilitator: owner,
	browser,
	baseURL
}) => {
	test.setTimeout(240_000);
	// Who has the link edits: one makes a version and proposes, another decides too.
	const { id, link } = await sharedNotebook(owner, 'editor');
	const { guest, fork } = await guestWithFork(browser, baseURL, link);
	await rewrites(guest, 0, 'Les ventes de la saison, par ville.');
	await rewrites(guest, 1, SALES.replace('90', '95'));
	await guest.goto(`${fork}/proposer`);

	await test.step('J and K go through what can be proposed, from the boxes too', async () => {
		const boxes = guest.getByRole('main').getByRole('checkbox');
		await expect(boxes).toHaveCount(2);
		// The page has come, and may not be awake yet.
		await expect(async () => {
			await boxes.nth(1).focus();
			await guest.keyboard.press('k');
			expect(await focused(guest)).toMatch(/^changed:/);
		}).toPass();
		const first = await focused(guest);
		await guest.keyboard.press('j');
		await expect.poll(() => focused(guest)).not.toBe(first);
		await guest.getByLabel('Message').fill('');
		await guest.getByLabel('Message').pressSequentially('jk');
		await expect(guest.getByLabel('Message')).toHaveValue('jk');
		await fitsPhone(guest);
	});
	await guest.getByRole('button', { name: 'Proposer ces changements' }).click();
	await guest.waitForURL(/\/propositions\/[a-z0-9]+$/);
	const proposal = /[a-z0-9]+$/.exec(guest.url())?.[0] ?? '';
	const editor = await guestOf(browser, baseURL, link, 'Noé Roy');
	const page = `/carnets/${id}/propositions/${proposal}`;
	await owner.goto(page);
	await editor.goto(page);
	for (const each of [owner, editor])
		await expect(each.getByRole('button', { name: 'Accepter' })).toHaveCount(2);

	await test.step('a comment of someone else comes by itself, and moves neither the keyboard nor the page', async () => {
		const reason = cardOf(owner, 'a changé le texte').getByLabel('Raison du refus');
		await reason.fill('Déjà d');
		await owner.evaluate(() => window.scrollTo(0, 120));
		const top = () => reason.evaluate((field) => Math.round(field.getBoundingClientRect().top));
		const before = await top();
		await guest.getByLabel('Commentaire').fill('Voyez **surtout** le texte.');
		await guest.getByRole('button', { name: 'Commenter' }).click();
		await expect(comments(guest)).toHaveCount(1);
		await expect(guest.getByLabel('Commentaire')).toHaveValue('');
		await expect(comments(owner).getByText('surtout')).toBeVisible();
		await expect(said(owner)).toHaveText('Ève Lavoie a écrit un commentaire.');
		// One's own is no news.
		await expect(said(guest)).toHaveText('');
		await expect(reason).toBeFocused();
		await expect(reason).toHaveValue('Déjà d');
		expect(await top()).toBe(before);
		// J and K are letters there.
		await owner.keyboard.type('it, jk');
		await expect(reason).toHaveValue('Déjà dit, jk');
		const told = await owner.request.get('/api/notifications');
		expect(((await told.json()) as { latest: { kind: string }[] }).latest[0]?.kind).toBe(
			'proposal-comment'
		);
	});

	await test.step('the second of two who decide the same change is told, and nothing is done twice', async () => {
		const mine = cardOf(owner, 'a changé le texte');
		const accept = mine.getByRole('button', { name: 'Accepter' });
		await accept.focus();
		await cardOf(editor, 'a changé le texte').getByRole('button', { name: 'Accepter' }).click();
		await expect(cardOf(editor, 'a changé le texte').getByText(/^Accepté par/)).toBeVisible();
		// What has the keyboard stays, and says that there is news.
		await expect(mine.getByText('Noé Roy vient de décider ce changement')).toBeVisible();
		await expect(said(owner)).toContainText('Noé Roy a accepté un changement.');
		await expect(accept).toBeFocused();
		await noFault(owner);
		await fitsPhone(owner);
		await accept.press('Enter');
		await expect(mine.getByRole('alert')).toContainText('avant vous');
		await expect(mine.getByText(/^Accepté par Noé Roy/)).toBeVisible();
		await expect(accept).toHaveCount(0);
		await expect.poll(() => focused(owner)).toMatch(/^changed:/);
		await noFault(owner);
		await fitsPhone(owner);
		// The guest's page, which nobody touched, has it too.
		await expect(
			cardOf(guest, 'a changé le texte').getByText(/^Accepté par Noé Roy/)
		).toBeVisible();
	});

	await test.step('J and K go from change to change', async () => {
		await owner.keyboard.press('j');
		await expect
			.poll(() => focused(owner))
			.toBe(await owner.locator('article[data-change]').nth(1).getAttribute('data-change'));
		await owner.keyboard.press('k');
		await expect
			.poll(() => focused(owner))
			.toBe(await owner.locator('article[data-change]').first().getAttribute('data-change'));
	});

	await test.step('an edit of the notebook is seen on the open page', async () => {
		const desk = await owner.context().newPage();
		await desk.goto(`/carnets/${id}`);
		await rewrites(desk, 1, SALES.replace('90', '120'));
		await expect(owner.locator('[data-conflict]')).toContainText('120');
		await expect(said(owner)).toContainText('Le carnet a changé');

		// What one wrote there stays, also once one has left it.
		const mine = owner.locator('li').filter({ has: owner.locator('[data-conflict]') });
		await mine.getByRole('radio', { name: 'Écrire autre chose' }).check();
		const text = mine.getByLabel('Votre texte');
		await text.fill(SALES.replace('90', '100'));
		await owner.getByRole('heading', { level: 1 }).click();
		await expect(text).not.toBeFocused();
		await rewrites(desk, 1, SALES.replace('90', '130'));
		await expect(mine.getByText('Le carnet vient de changer.')).toBeVisible();
		await expect(mine.getByRole('region', { name: 'Ici' })).toContainText('120');
		await expect(text).toHaveValue(SALES.replace('90', '100'));
		await mine.getByRole('button', { name: 'Voir maintenant' }).click();
		await expect(mine.getByRole('region', { name: 'Ici' })).toContainText('130');
		await expect(text).toHaveValue(SALES.replace('90', '100'));
		await desk.close();
		await editor.goto(`/carnets/${id}`);
		await expect(editor.locator('[data-cell]').first()).toContainText(
			'Les ventes de la saison, par ville.'
		);
	});

	await test.step('a comment that is not sent is given back, until it is sent or given up', async () => {
		const box = guest.getByLabel('Commentaire');
		await box.fill('Et le reste');
		await guest.reload();
		await expect(box).toHaveValue('Et le reste');
		await expect(box).not.toBeFocused();
		await fitsPhone(guest);
		await guest.context().setOffline(true);
		await guest.getByRole('button', { name: 'Commenter' }).click();
		await expect(
			guest
				.getByRole('main')
				.getByText(/connexion/i)
				.first()
		).toBeVisible();
		await expect(box).toHaveValue('Et le reste');
		await guest.context().setOffline(false);
		await guest.getByRole('button', { name: 'Commenter' }).click();
		await expect(comments(guest)).toHaveCount(2);
		await guest.reload();
		await expect(comments(guest)).toHaveCount(2);
		await expect(box).toHaveValue('');
		await box.fill('Non');
		await guest.getByRole('button', { name: 'Effacer ce que j’ai écrit' }).click();
		await expect(box).toHaveValue('');
		await guest.reload();
		await expect(comments(guest)).toHaveCount(2);
		await expect(box).toHaveValue('');
		// Words typed while others are sent are not sent with them, and stay.
		const on = Promise.withResolvers<undefined>();
		await guest.route('**/api/proposals/*/comments', async (route) => {
			await on.promise;
			await route.continue();
		});
		await box.fill('Merci.');
		await guest.getByRole('button', { name: 'Commenter' }).click();
		await expect(guest.getByRole('button', { name: 'Commenter' })).toBeDisabled();
		await box.press('End');
		await guest.keyboard.type(' Et bravo.');
		on.resolve(undefined);
		await expect(comments(guest)).toHaveCount(3);
		await expect(box).toHaveValue('Et bravo.');
		await guest.reload();
		await expect(comments(guest)).toHaveCount(3);
		await expect(box).toHaveValue('Et bravo.');
	});
	for (const each of [guest, editor]) await each.context().close();
});

test('who proposes and only reads the origin sees on the open page what is decided and said', async ({
	asFacilitator: owner,
	browser,
	baseURL
}) => {
	const { id, link } = await sharedNotebook(owner);
	const { guest, fork } = await guestWithFork(browser, baseURL, link);
	await rewrites(guest, 0, 'Les ventes de la saison, par ville.');
	await guest.goto(`${fork}/proposer`);
	await guest.getByRole('button', { name: 'Proposer ces changements' }).click();
	await guest.waitForURL(/\/propositions\/[a-z0-9]+$/);
	const proposal = /[a-z0-9]+$/.exec(guest.url())?.[0] ?? '';
	await owner.goto(`/carnets/${id}/propositions/${proposal}`);
	await expect(owner.getByRole('button', { name: 'Refuser' })).toBeVisible();

	// Nobody touches the guest's page: it neither reloads nor gets the focus again.
	await owner.getByLabel('Commentaire').fill('Pourquoi par ville?');
	await owner.getByRole('button', { name: 'Commenter' }).click();
	await expect(comments(guest).getByText('Pourquoi par ville?')).toBeVisible();
	await expect(said(guest)).toContainText('a écrit un commentaire.');
	await owner.getByRole('button', { name: 'Refuser' }).click();
	await expect(guest.getByText(/^Refusé par/)).toBeVisible();
	await expect(said(guest)).toContainText('a refusé un changement.');

	// It is edited meanwhile: that is heard too.
	await owner.goto(`/carnets/${id}`);
	await rewrites(owner, 1, SALES.replace('90', '120'));
	await expect(said(guest)).toContainText('Le carnet a changé');
	await guest.context().close();
});

test('what is typed of a discussion and not sent is given back after a reload, and leaves with its person', async ({
	asFacilitator: owner,
	browser,
	baseURL
}) => {
	const { link } = await sharedNotebook(owner);
	const { guest } = await guestWithFork(browser, baseURL, link);
	const cell = guest.locator('[data-cell]').first();
	const open = async (): Promise<void> => {
		await cell.focus();
		await guest.keyboard.press('Control+Alt+m');
	};
	await open();
	const box = guest.getByLabel('Votre commentaire');
	await expect(box).toBeVisible();
	// On a slow device the page goes with its last words hardly typed: nothing else has its turn before.
	const again = guest.waitForEvent('load');
	await box.evaluate((field: HTMLTextAreaElement) => {
		const busy = (ms: number): void => {
			for (const end = performance.now() + ms; performance.now() < end;);
		};
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			busy(50);
			port2.postMessage(0);
		};
		field.value = 'Pourquoi la sais';
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		queueMicrotask(() =>
			queueMicrotask(() => {
				location.reload();
				port2.postMessage(0);
				setTimeout(busy, 0, 400);
			})
		);
	});
	await again;
	await saved(guest);
	await open();
	await expect(box).toHaveValue('Pourquoi la sais');
	await guest.keyboard.type('on?');
	await guest.getByRole('button', { name: 'Envoyer', exact: true }).click();
	await expect(guest.getByRole('article').getByText('Pourquoi la saison?')).toBeVisible();
	await guest.getByRole('button', { name: 'Répondre' }).click();
	await guest.getByLabel(/^Réponse à/).fill('Parce que');
	await guest.reload();
	await saved(guest);
	// The answer that was begun is taken up with its discussion; what was sent is a draft no more.
	await cell.getByRole('button', { name: '1 discussion', exact: true }).click();
	await expect(guest.getByLabel(/^Réponse à/)).toHaveValue('Parce que');
	await open();
	await expect(box).toHaveValue('');
	await box.fill('Reste');
	const kept = () =>
		guest.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
	expect(await kept()).toContain('carnet-commun-comments');
	await guest.getByRole('button', { name: 'Ève Lavoie', exact: true }).click();
	await guest.getByRole('menuitem', { name: 'Se déconnecter' }).click();
	await guest.waitForURL((url) => url.pathname === '/');
	expect(await kept()).not.toContain('carnet-commun-comments');
	await guest.context().close();
});
