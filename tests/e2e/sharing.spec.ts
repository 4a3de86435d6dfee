/** Sharing and discussing a notebook, by its buttons: who gets in, who is put out at once, who may say what. */
import type { Browser, Locator, Page } from '@playwright/test';
import { account, guestOf, signUp } from '../support/accounts.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test } from '../support/fixtures.ts';

const DIALOG = 'dialog[open]';
const PANE = 'aside[aria-label="Discussions"]';
/** Of this notebook: those of its origin are in a part that folds. */
const THREAD = 'article[aria-label^="Discussion"]:not(details *)';

/** A notebook of the facilitator's own with cells in it: a version of a starter of the demo's workshop. */
async function ownNotebook(
	page: Page,
	origin: string,
	{ shown = false }: { shown?: boolean } = {}
): Promise<string> {
	await page.goto('/carnets');
	// The starter, and no version of it that another test made.
	const starter = page
		.getByRole('main')
		.getByRole('listitem')
		.filter({ hasText: 'Carnet de départ' })
		.getByRole('link', { name: /Nos salles/ })
		.first();
	const first = await starter.getAttribute('href');
	const answer = await page.request.post(`${first}?/fork`, {
		headers: { origin, accept: 'text/html' },
		form: {}
	});
	const id = /\/carnets\/([0-9a-z]{26})/.exec(answer.url())?.[1];
	if (!id) throw new Error(`no version was made: ${answer.status()} ${answer.url()}`);
	if (shown) return id;
	// Made of a starter, it is shown to those who facilitate: here, to nobody yet.
	const grants = `/api/notebooks/${id}/grants`;
	const { shares } = (await (await page.request.get(grants)).json()) as {
		shares: { id: string }[];
	};
	for (const share of shares)
		expect((await page.request.delete(`${grants}/${share.id}`)).ok()).toBe(true);
	return id;
}

/** A notebook of the owner's that another person has a share of: its address, and how its level is changed. */
async function sharedWith(
	owner: Page,
	browser: Browser,
	baseURL: string | undefined,
	level: 'viewer' | 'editor'
) {
	const id = await ownNotebook(owner, baseURL ?? '');
	const { page: other, email } = await account(browser, 'Zoé Roy', { baseURL });
	const grants = `/api/notebooks/${id}/grants`;
	await owner.request.post(grants, { data: { kind: 'person', to: email, level, days: 0 } });
	const { shares } = (await (await owner.request.get(grants)).json()) as {
		shares: { id: string }[];
	};
	const grant = `${grants}/${shares[0]?.id}`;
	const setLevel = (to: string) => owner.request.patch(grant, { data: { level: to } });
	return { id, other, grant, setLevel };
}

/** Opens the notebook and waits until its cells are there. */
async function openNotebook(page: Page, id: string): Promise<Locator> {
	await page.goto(`/carnets/${id}`);
	const cell = page.locator('[id^="cellule-"]').first();
	await cell.waitFor();
	return cell;
}

async function openSharing(page: Page): Promise<Locator> {
	await page.getByRole('main').getByRole('button', { name: 'Partager', exact: true }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText('Vous, propriétaire')).toBeVisible();
	return dialog;
}

/** Makes a link in the dialog and answers its address. */
async function makeLink(dialog: Locator, level: 'viewer' | 'editor' = 'viewer'): Promise<string> {
	await dialog.getByLabel('Avec qui').selectOption('link');
	await dialog.getByLabel('Ce qui est permis', { exact: true }).selectOption(level);
	await dialog.getByRole('button', { name: 'Créer le lien' }).click();
	const field = dialog.getByLabel('Lien de partage');
	await expect(field).toHaveValue(/\/partage\/[0-9a-z]{40}$/);
	return field.inputValue();
}

/** A page of someone who is not signed in. */
async function someone(browser: Browser, baseURL: string | undefined, scripts = true) {
	const context = await browser.newContext({ baseURL, javaScriptEnabled: scripts });
	return context.newPage();
}

/** axe on what is under test. */
async function noFault(page: Page, part: string): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await faultsOf(page, { part }), colorScheme).toEqual([]);
	}
}

test('a link lets a guest in without scripts, and taken back puts them out at once', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const id = await ownNotebook(asFacilitator, baseURL ?? '', { shown: true });
	await openNotebook(asFacilitator, id);
	let dialog = await openSharing(asFacilitator);
	// Of a workshop's starter: who facilitates it may read, and that is said.
	await expect(dialog.getByText(/animent l’atelier/).first()).toBeVisible();
	await expect(dialog.getByText('Personne d’autre ne voit ce carnet')).toHaveCount(0);
	const link = await makeLink(dialog);
	await noFault(asFacilitator, DIALOG);

	const plain = await someone(browser, baseURL, false);
	expect((await plain.goto(`/carnets/${id}`))?.ok()).toBe(false);
	await plain.goto(link);
	await expect(plain.getByText('vous propose de lire ce carnet')).toBeVisible();
	await plain.getByLabel('Votre nom').fill('Ève Lavoie');
	await plain.getByRole('button', { name: 'Continuer sans compte' }).click();
	await expect(plain).toHaveURL(new RegExp(`/carnets/${id}$`));

	const guest = await (
		await browser.newContext({ baseURL, storageState: await plain.context().storageState() })
	).newPage();
	await openNotebook(guest, id);
	await expect(guest.getByRole('button', { name: 'Partager', exact: true })).toHaveCount(0);
	await guest.goto(link);
	await expect(guest.getByRole('link', { name: 'Ouvrir le carnet' })).toBeVisible();
	await openNotebook(guest, id);

	// By the keyboard alone.
	await asFacilitator.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	dialog = await openSharing(asFacilitator);
	await expect(dialog.getByText('L’ont ouvert\u00a0: Ève Lavoie')).toBeVisible();
	const revoke = dialog.getByRole('button', { name: /^Retirer\s: le lien/ });
	await revoke.focus();
	await asFacilitator.keyboard.press('Enter');
	const confirm = dialog.getByRole('button', { name: 'Retirer l’accès' });
	await expect(confirm).toBeFocused();
	await dialog.getByRole('button', { name: 'Annuler' }).focus();
	await asFacilitator.keyboard.press('Enter');
	await expect(revoke).toBeFocused();
	await expect(dialog.getByText('L’ont ouvert')).toBeVisible();
	await asFacilitator.keyboard.press('Enter');
	await asFacilitator.keyboard.press('Enter');
	await expect(dialog.getByText('L’ont ouvert')).toHaveCount(0);
	await expect(dialog.getByRole('heading', { name: 'Qui le voit' })).toBeFocused();

	// The guest's page, which nobody touched, is told.
	await expect(guest.getByRole('alert').first()).toContainText('n’est plus partagé avec vous');
	expect((await guest.goto(`/carnets/${id}`))?.status()).toBe(404);
	await guest.goto(link);
	await expect(guest.getByRole('heading', { name: 'Ce lien n’ouvre rien' })).toBeVisible();
});

test('someone with no session may sign in, and comes back to the link', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const id = await ownNotebook(asFacilitator, baseURL ?? '');
	await openNotebook(asFacilitator, id);
	const link = await makeLink(await openSharing(asFacilitator), 'editor');
	const page = await someone(browser, baseURL);
	await page.goto(link);
	await page.getByRole('main').getByRole('link', { name: 'Se connecter' }).click();
	await page.waitForURL(/\/connexion\?vers=/);
	await page.getByRole('link', { name: 'Ouvrir un compte' }).click();
	await signUp(page, 'Omar Diallo', `omar.${Date.now()}@exemple.org`);
	await expect(page).toHaveURL(link);
	await expect(page.getByText('Vous y entrerez sous ce nom : Omar Diallo')).toBeVisible();
	await page.getByRole('button', { name: 'Ouvrir le carnet' }).click();
	await expect(page).toHaveURL(new RegExp(`/carnets/${id}$`));
	await page.locator('[id^="cellule-"]').first().waitFor();
});

test('the owner shares with a person, a workshop and an organisation, and changes it', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const id = await ownNotebook(asFacilitator, baseURL ?? '');
	const other = await account(browser, 'Zoé Roy', { baseURL });
	await openNotebook(asFacilitator, id);
	const dialog = await openSharing(asFacilitator);
	await dialog.getByLabel('Avec qui').selectOption('person');
	const email = dialog.getByLabel('Son courriel');
	const share = dialog.getByRole('button', { name: 'Partager', exact: true });
	await email.fill('personne.du.tout@exemple.org');
	await share.click();
	await expect(dialog.getByText('Aucun compte ne porte ce courriel')).toBeVisible();
	await expect(email).toHaveValue('personne.du.tout@exemple.org');
	await email.fill(other.email);
	await share.click();
	await expect(dialog.getByText('Zoé Roy peut le lire.').last()).toBeVisible();
	await openNotebook(other.page, id);

	await dialog.getByLabel('Ce qui est permis\u00a0: Zoé Roy').selectOption('editor');
	await expect(dialog.getByText('Zoé Roy peut le lire et le modifier.').last()).toBeVisible();
	const grants = await asFacilitator.request.get(`/api/notebooks/${id}/grants`);
	expect(await grants.json()).toMatchObject({
		shares: [{ kind: 'person', level: 'editor', name: 'Zoé Roy' }]
	});

	await dialog.getByLabel('Avec qui').selectOption('workshop');
	await share.click();
	await expect(dialog.getByText(/personnes? de l’atelier/).last()).toBeVisible();
	await dialog.getByLabel('Avec qui').selectOption('organisation');
	await dialog.getByLabel('Pendant combien de temps').selectOption('7');
	await share.click();
	await expect(dialog.getByText(/membres? de l’organisme/).last()).toBeVisible();
	await expect(dialog.getByText(/^Jusqu’au /)).toHaveCount(1);
	await noFault(asFacilitator, DIALOG);
});

test('someone raised to editor edits the open page, and only reads it once lowered', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const { id, other, grant, setLevel } = await sharedWith(
		asFacilitator,
		browser,
		baseURL,
		'viewer'
	);
	await openNotebook(asFacilitator, id);
	const faults: string[] = [];
	other.on('pageerror', ({ message }) => faults.push(message));
	other.on('console', (line) => {
		// Data that this person may not read are asked for, and refused.
		if (line.type() === 'error' && !line.text().startsWith('Failed to load'))
			faults.push(line.text());
	});
	await openNotebook(other, id);
	await other.evaluate(() => Object.assign(window, { same: true }));
	const add = other.getByRole('button', { name: 'Ajouter une cellule' });
	await expect(add).toHaveCount(0);

	expect((await setLevel('editor')).ok()).toBe(true);
	await expect(add.last()).toBeVisible();
	await add.last().click();
	await other.getByRole('menuitem', { name: /^Texte/ }).click();
	await expect(other.locator('.cm-content')).toBeFocused();
	await other.keyboard.insertText('Écrit sans recharger');
	await expect(asFacilitator.getByText('Écrit sans recharger')).toBeVisible();
	await expect(other.getByRole('link', { name: 'Publier', exact: true })).toBeVisible();

	expect((await setLevel('viewer')).ok()).toBe(true);
	await expect(add).toHaveCount(0);
	await expect(other.locator('.cm-content')).toHaveCount(0);
	await expect(other.getByText('Écrit sans recharger')).toBeVisible();
	await expect(other.getByText('Vous pouvez maintenant lire ce carnet')).toBeVisible();
	await expect(other.getByRole('alert')).toHaveCount(0);
	// The page is the one that was opened, and it is whole: its editor was taken away while it was written in.
	expect(await other.evaluate(() => 'same' in window)).toBe(true);
	expect(faults).toEqual([]);

	expect((await asFacilitator.request.delete(grant)).ok()).toBe(true);
	const told = other.getByRole('alert');
	await expect(told).toContainText('n’est plus partagé avec vous');
	await other.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
	await expect(told).toBeInViewport();
});

test('what was written away from the network by someone who may only read since stays, is shown, and goes when told to', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const { id, other, setLevel } = await sharedWith(asFacilitator, browser, baseURL, 'editor');
	await openNotebook(other, id);
	await other.getByRole('button', { name: 'Ajouter une cellule' }).last().click();
	await other.getByRole('menuitem', { name: /^Texte/ }).click();
	await expect(other.locator('.cm-content')).toBeFocused();
	await other.keyboard.insertText('Un. ');
	await expect(other.locator('[data-saving=saved]')).toBeVisible();
	await other.context().setOffline(true);
	await other.keyboard.insertText('Écrit dans le train.');
	await other.goto('about:blank');
	expect((await setLevel('viewer')).ok()).toBe(true);
	await other.context().setOffline(false);

	await openNotebook(other, id);
	const told = other
		.getByRole('status')
		.filter({ hasText: 'n’ont pas pu être remis dans ce carnet' });
	await expect(told).toContainText('plus le modifier');
	await expect(told.getByLabel('Ce qui y est écrit')).toHaveValue('Écrit dans le train.');
	await expect(other.getByText('Un.', { exact: true })).toBeVisible();
	await noFault(other, 'main');
	await told.getByRole('button', { name: 'Abandonner ces changements' }).press('Enter');
	const dialog = other.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Abandonner ces changements' }).press('Enter');
	await expect(told).toHaveCount(0);
	await expect(other.getByRole('main')).toBeFocused();
	await expect
		.poll(() =>
			other.evaluate(
				() =>
					new Promise((resolve, reject) => {
						const opening = indexedDB.open('carnet-commun');
						opening.onerror = () => reject(new Error(opening.error?.message));
						opening.onsuccess = () => {
							const database = opening.result;
							const counting = database.transaction('drafts').objectStore('drafts').count();
							counting.onsuccess = () => {
								resolve(counting.result);
								database.close();
							};
						};
					})
			)
		)
		.toBe(0);
});

test('guests of a workshop share by name, without an address', async ({
	browser,
	server,
	baseURL
}) => {
	const ada = await guestOf(browser, server, 'Ada Roy');
	const bo = await guestOf(browser, server, 'Bo Tremblay');
	const id = await ownNotebook(ada, baseURL ?? '');
	await openNotebook(ada, id);
	const dialog = await openSharing(ada);
	await expect(dialog.getByLabel('Avec qui')).toHaveValue('fellow');
	await expect(dialog.getByLabel('Son courriel')).toHaveCount(0);
	// Nobody is chosen for them.
	await dialog.getByRole('button', { name: 'Partager', exact: true }).click();
	await expect(dialog.getByLabel('Qui', { exact: true })).toHaveAttribute('aria-invalid', 'true');
	await dialog.getByLabel('Qui', { exact: true }).selectOption({ label: 'Bo Tremblay' });
	await dialog.getByLabel('Ce qui est permis', { exact: true }).selectOption('editor');
	await dialog.getByRole('button', { name: 'Partager', exact: true }).click();
	await expect(dialog.getByText('Bo Tremblay peut le lire et le modifier.').last()).toBeVisible();
	await noFault(ada, DIALOG);
	await openNotebook(bo, id);
	await expect(bo.getByRole('button', { name: 'Ajouter une cellule' }).last()).toBeVisible();
});

test('two people discuss a cell, and what they said outlives it', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const id = await ownNotebook(asFacilitator, baseURL ?? '');
	const other = await account(browser, 'Zoé Roy', { baseURL });
	await asFacilitator.request.post(`/api/notebooks/${id}/grants`, {
		data: { kind: 'person', to: other.email, level: 'viewer', days: 0 }
	});
	const cell = await openNotebook(asFacilitator, id);
	const anchor = (await cell.getAttribute('id')) ?? '';
	await openNotebook(other.page, id);

	// Markdown is shown, HTML is words.
	const mine = asFacilitator.locator(`li:has(#${anchor}), div:has(> #${anchor})`).last();
	await mine.getByRole('button', { name: 'Commenter' }).first().click();
	const box = asFacilitator.getByLabel('Votre commentaire');
	await expect(box).toBeFocused();
	await asFacilitator.keyboard.press('Control+Enter');
	await expect(asFacilitator.getByText('Écrivez quelque chose')).toBeVisible();
	await box.fill('Pourquoi **si bas**? <img src=x onerror="document.title=1"> [ici](javascript:1)');
	await asFacilitator.keyboard.press('Control+Enter');
	await expect(asFacilitator.locator(`${THREAD} strong`)).toHaveText('si bas');
	await expect(asFacilitator.locator(`${THREAD} :is(img, a)`)).toHaveCount(0);

	// The other one sees it without a reload, and answers.
	await other.page.getByRole('button', { name: '1 discussion, à lire' }).click();
	await expect(other.page.locator(THREAD)).toContainText('<img src=x');
	await expect(other.page.getByRole('button', { name: 'Marquer comme réglée' })).toHaveCount(0);
	await other.page.getByRole('button', { name: 'Répondre' }).click();
	await other.page.getByLabel(/^Réponse à/).fill('La salle était fermée.');
	await other.page.getByRole('button', { name: 'Envoyer' }).click();
	await expect(asFacilitator.locator(THREAD)).toContainText('La salle était fermée.');
	await noFault(asFacilitator, THREAD);

	// Settled, opened again, then the cell goes.
	await asFacilitator.getByRole('button', { name: 'Marquer comme réglée' }).click();
	await expect(other.page.getByText('Réglée par')).toBeVisible();
	await asFacilitator.getByRole('button', { name: 'Rouvrir' }).click();
	await expect(other.page.getByText('Réglée par')).toHaveCount(0);
	await cell.focus();
	await asFacilitator.keyboard.press('d');
	await asFacilitator.keyboard.press('d');
	await expect(asFacilitator.locator(`#${anchor}`)).toHaveCount(0);
	const pane = other.page.locator(PANE);
	await expect(pane.getByText('Cellule supprimée')).toBeVisible();
	await expect(pane.locator(THREAD)).toContainText('La salle était fermée.');
	await noFault(other.page, PANE);
});

test('a comment is changed and taken away by its author, and taken away by the owner', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const id = await ownNotebook(asFacilitator, baseURL ?? '');
	const { page: other, email } = await account(browser, 'Zoé Roy', { baseURL });
	await asFacilitator.request.post(`/api/notebooks/${id}/grants`, {
		data: { kind: 'person', to: email, level: 'viewer', days: 0 }
	});
	await openNotebook(asFacilitator, id);
	await openNotebook(other, id);
	await other.getByRole('button', { name: 'Commenter' }).first().click();
	await other.getByLabel('Votre commentaire').fill('Pourquoi si pas?');
	await other.getByRole('button', { name: 'Envoyer' }).click();
	await asFacilitator.getByRole('button', { name: '1 discussion, à lire' }).click();
	await asFacilitator.getByRole('button', { name: 'Répondre' }).click();
	await asFacilitator.getByLabel(/^Réponse à/).fill('La salle était fermée.');
	await asFacilitator.getByRole('button', { name: 'Envoyer' }).click();
	await expect(other.locator(THREAD)).toContainText('La salle était fermée.');

	// By the keyboard; what is typed while the connection is cut stays, and goes once it is back.
	const edit = other.getByRole('button', { name: /^Modifier\s: le commentaire écrit par Zoé Roy/ });
	await expect(other.getByRole('button', { name: /^Modifier\s: / })).toHaveCount(1);
	await edit.focus();
	await other.keyboard.press('Enter');
	const field = other.getByLabel('Modifier votre commentaire');
	await expect(field).toBeFocused();
	await expect(field).toHaveValue('Pourquoi si pas?');
	await field.fill('Pourquoi si **bas**?');
	await other.context().setOffline(true);
	await other.keyboard.press('Control+Enter');
	await expect(other.locator(THREAD).getByText(/connexion/)).toBeVisible();
	await expect(field).toHaveValue('Pourquoi si **bas**?');
	await asFacilitator.getByRole('button', { name: 'Répondre' }).click();
	await asFacilitator.getByLabel(/^Réponse à/).fill('Depuis mars.');
	await asFacilitator.getByRole('button', { name: 'Envoyer' }).click();
	await expect(asFacilitator.locator(THREAD)).toContainText('Depuis mars.');
	await other.context().setOffline(false);
	await expect(other.locator(THREAD)).toContainText('Depuis mars.');
	await expect(field).toHaveValue('Pourquoi si **bas**?');
	await field.focus();
	await other.keyboard.press('Control+Enter');
	await expect(edit).toBeFocused();
	for (const page of [other, asFacilitator]) {
		await expect(page.locator(`${THREAD} strong`)).toHaveText('bas');
		await expect(page.locator(THREAD).getByText('modifié', { exact: true })).toBeVisible();
	}

	// Taken away once confirmed, everywhere at once: a line stands where others answered.
	const remove = other.getByRole('button', {
		name: /^Supprimer\s: le commentaire écrit par Zoé Roy/
	});
	await expect(other.getByRole('button', { name: /^Supprimer\s: le comm/ })).toHaveCount(1);
	await remove.focus();
	await other.keyboard.press('Enter');
	await expect(other.getByRole('button', { name: 'Supprimer le commentaire' })).toBeFocused();
	await noFault(other, THREAD);
	await other.getByRole('button', { name: 'Annuler' }).press('Enter');
	await expect(remove).toBeFocused();
	await other.keyboard.press('Enter');
	await other.getByRole('button', { name: 'Supprimer le commentaire' }).press('Enter');
	await expect(other.locator(THREAD)).toBeFocused();
	for (const page of [other, asFacilitator]) {
		await expect(page.locator(THREAD).getByText('Commentaire supprimé')).toBeVisible();
		await expect(page.locator(THREAD)).not.toContainText('Pourquoi');
	}
	expect(await (await other.request.get(`/api/notebooks/${id}/threads`)).text()).not.toContain(
		'Pourquoi'
	);

	// The owner takes anyone's away, without changing it; the last word takes the discussion with it.
	await other.getByRole('button', { name: 'Répondre' }).click();
	await other.getByLabel(/^Réponse à/).fill('Ah bon.');
	await other.getByRole('button', { name: 'Envoyer' }).click();
	await expect(asFacilitator.locator(THREAD)).toContainText('Ah bon.');
	await expect(
		asFacilitator.getByRole('button', { name: /^Modifier\s: le commentaire écrit par Zoé/ })
	).toHaveCount(0);
	const each = asFacilitator.getByRole('button', { name: /^Supprimer\s: le commentaire/ });
	for (let left = 3; left > 0; left--) {
		await expect(each).toHaveCount(left);
		await each.last().click();
		const confirm = asFacilitator.getByRole('button', { name: 'Supprimer le commentaire' });
		await confirm.click();
		// It stands there until the server has answered.
		await expect(confirm).toHaveCount(0);
	}
	for (const page of [other, asFacilitator]) await expect(page.locator(THREAD)).toHaveCount(0);
});

test('the addresses that scripts call refuse what they must', async ({
	asFacilitator,
	browser,
	baseURL
}) => {
	const origin = baseURL ?? '';
	const id = await ownNotebook(asFacilitator, origin);
	const missing = '0'.repeat(26);
	const stranger = (await account(browser, 'Zoé Roy', { baseURL })).page.request;
	const nobody = (await someone(browser, baseURL)).request;
	const share = { kind: 'link', to: '', level: 'viewer', days: 30 };
	const thread = { cellId: 'x', excerpt: '', body: 'Bonjour' };
	for (const [path, data] of [
		['grants', share],
		['threads', thread]
	] as const) {
		for (const notebook of [id, missing]) {
			const address = `/api/notebooks/${notebook}/${path}`;
			for (const answer of [await stranger.get(address), await stranger.post(address, { data })]) {
				expect(answer.status(), address).toBe(404);
				expect(await answer.json()).toEqual({ code: 'not_found', details: {} });
			}
			expect((await nobody.get(address)).status(), address).toBe(401);
			expect((await nobody.post(address, { data })).status(), address).toBe(401);
		}
		// What a page of another site can send without being asked: a form, or a text.
		const address = `/api/notebooks/${id}/${path}`;
		const before = await (await asFacilitator.request.get(address)).text();
		for (const type of [
			'text/plain',
			'application/x-www-form-urlencoded',
			'application/octet-stream'
		])
			expect(
				(
					await asFacilitator.request.post(address, {
						headers: { 'content-type': type, origin: 'https://ailleurs.example' },
						data: JSON.stringify(data)
					})
				).ok(),
				type
			).toBe(false);
		for (const body of ['', '[]', '{', `{"a":"${'x'.repeat(150_000)}"}`]) {
			const answer = await asFacilitator.request.post(address, {
				headers: { 'content-type': 'application/json' },
				data: Buffer.from(body)
			});
			expect(answer.status()).toBe(400);
			expect(await answer.json()).toMatchObject({ code: 'request_malformed' });
		}
		expect(await (await asFacilitator.request.get(address)).text()).toBe(before);
	}
	const made = await asFacilitator.request.post(`/api/notebooks/${id}/grants`, { data: share });
	expect(made.headers()['cache-control']).toContain('no-store');
	const { sharing } = (await made.json()) as { sharing: { shares: { id: string }[] } };
	const grant = `/api/notebooks/${id}/grants/${sharing.shares[0]?.id}`;
	expect((await stranger.delete(grant)).status()).toBe(404);
	expect((await nobody.delete(grant)).status()).toBe(401);
	expect((await asFacilitator.request.patch(grant, { data: { level: 'owner' } })).status()).toBe(
		400
	);
	expect((await asFacilitator.request.delete(grant)).status()).toBe(200);
	expect((await asFacilitator.request.delete(grant)).status()).toBe(404);
});
