/** People of end-to-end tests, each in a browser of their own: they open an account, or come as guests, as anyone does. */
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { saved } from './notebook-page.ts';
import type { RunningServer } from './server.ts';

export const PASSWORD = 'quatre mots pris au hasard';

let accounts = 0;
/** An address that nobody else of a run has. */
const someEmail = (): string => `compte${++accounts}.${Date.now()}@exemple.org`;

/** Fills the page on which an account is opened, which is there already, and waits until it is left. */
export async function signUp(page: Page, name: string, email: string): Promise<void> {
	await page.getByLabel('Votre nom').fill(name);
	await page.getByLabel('Courriel').fill(email);
	await page.getByLabel('Mot de passe').fill(PASSWORD);
	await page.getByRole('button', { name: 'Ouvrir mon compte' }).click();
	await page.waitForURL((url) => url.pathname !== '/inscription');
}

/** A page of someone who just opened an account. */
export async function account(
	browser: Browser,
	name: string,
	options: BrowserContextOptions
): Promise<{ page: Page; email: string }> {
	const page = await (await browser.newContext(options)).newPage();
	const email = someEmail();
	await page.goto('/inscription');
	await signUp(page, name, email);
	return { page, email };
}

/** Shares the notebook that the owner has open with someone of an account of their own, and answers their page, with it open. */
export async function colleague(
	browser: Browser,
	owner: Page,
	name: string,
	{ level = 'editor', ...options }: BrowserContextOptions & { level?: 'viewer' | 'editor' } = {}
): Promise<Page> {
	const { origin, pathname } = new URL(owner.url());
	const { page, email } = await account(browser, name, { baseURL: origin, ...options });
	const id = pathname.split('/')[2] ?? '';
	const shared = await owner.request.post(`/api/notebooks/${id}/grants`, {
		data: { kind: 'person', to: email, level, days: 0 }
	});
	expect(shared.ok()).toBe(true);
	await page.goto(`/carnets/${id}`);
	await saved(page);
	return page;
}

/** A page of a guest of the demo's workshop, who came with its code and a name. */
export async function guestOf(
	browser: Browser,
	server: RunningServer,
	name: string
): Promise<Page> {
	const page = await (await browser.newContext({ baseURL: server.origin })).newPage();
	await page.goto(`/rejoindre/${server.joinCode ?? ''}`);
	await page.getByLabel('Votre nom').fill(name);
	await page.getByRole('button', { name: 'Entrer dans l’atelier' }).click();
	await page.waitForURL(/\/ateliers\//);
	return page;
}
