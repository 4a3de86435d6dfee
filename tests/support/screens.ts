/**
 * Every screen of the product, from the pages that the routes hold: a page added without being described here
 * fails whoever asks for the list. Things shown (a workshop, a notebook, …) are those of the demo.
 */
import { globSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { urlPatterns } from '../../src/lib/core/addresses.ts';
import type { RunningServer } from './server.ts';

export interface Screen {
	/** The route's folder, such as `/ateliers/[id]`. */
	readonly route: string;
	readonly who: 'anyone' | 'facilitator';
	/** French path of the screen in the demo; `page` is that of whoever may see the screen. */
	readonly path: (page: Page, server: RunningServer) => Promise<string>;
}

const at = (path: string) => () => Promise.resolve(path);
/** The first link of a list that leads to one of its things. */
const firstOf =
	(list: string, suffix = '') =>
	async (page: Page): Promise<string> => {
		await page.goto(list);
		const things = new RegExp(`^${list}/(?!nouveau|importer)[^/?#]+$`);
		const links = await page
			.locator('main a[href]')
			.evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname));
		const link = links.find((path) => things.test(path));
		if (!link) throw new Error(`${list} links to none of its things`);
		return link + suffix;
	};

/** A version of one's own of a notebook of the demo, with another title. */
async function ownFork(page: Page): Promise<string> {
	const origin = await firstOf('/carnets')(page);
	const made = await page.request.post(`${origin}?/fork`, {
		headers: { origin: new URL(page.url()).origin, accept: 'text/html' },
		form: {}
	});
	const path = new URL(made.url()).pathname;
	if (path === origin) throw new Error(`no version of ${origin} was made: ${made.status()}`);
	await page.goto(path);
	const title = page.getByLabel('Titre du carnet');
	await title.fill('Notre version');
	await title.press('Enter');
	await page.locator('[data-saving="saved"]').waitFor();
	return path;
}
const ofFork =
	(suffix: string) =>
	async (page: Page): Promise<string> =>
		(await ownFork(page)) + suffix;
/** What that version proposes to its origin. */
async function proposal(page: Page): Promise<string> {
	const fork = await ownFork(page);
	const made = await page.request.post(`${fork}/proposer`, {
		headers: { origin: new URL(page.url()).origin, accept: 'text/html' },
		form: { change: 'title', message: 'Un titre plus court' }
	});
	const path = new URL(made.url()).pathname;
	if (!path.includes('/propositions/')) throw new Error(`nothing was proposed: ${made.status()}`);
	return path;
}

/** The demo's own, whatever reports other tests publish. */
const REPORT = '/rapports/en-fevrier-nos-salles-se-remplissent-moins';

const SCREENS: Readonly<Record<string, Omit<Screen, 'route'>>> = {
	'/': { who: 'anyone', path: at('/') },
	'/aide': { who: 'anyone', path: at('/aide') },
	'/connexion': { who: 'anyone', path: at('/connexion') },
	'/inscription': { who: 'anyone', path: at('/inscription') },
	'/rejoindre': { who: 'anyone', path: at('/rejoindre') },
	'/rejoindre/[code]': {
		who: 'anyone',
		path: (_page, server) => Promise.resolve(`/rejoindre/${server.joinCode}`)
	},
	'/lien/[token]': { who: 'anyone', path: at('/lien/perime') },
	'/premier-acces/[token]': { who: 'anyone', path: at('/premier-acces/perime') },
	'/courriels/[token]': { who: 'anyone', path: at('/courriels/perime') },
	'/partage/[token]': { who: 'anyone', path: at('/partage/perime') },
	'/rapports': { who: 'anyone', path: at('/rapports') },
	'/rapports/[slug]': { who: 'anyone', path: at(REPORT) },
	'/rapports/[slug]/v/[number]': { who: 'anyone', path: at(`${REPORT}/v/1`) },
	'/rapports/[slug]/v/[number]/explorer': {
		who: 'anyone',
		path: at(`${REPORT}/v/1/explorer`)
	},
	'/compte': { who: 'facilitator', path: at('/compte') },
	'/organismes': { who: 'facilitator', path: at('/organismes') },
	'/organismes/nouveau': { who: 'facilitator', path: at('/organismes/nouveau') },
	'/organismes/[id]': { who: 'facilitator', path: firstOf('/organismes') },
	'/ateliers': { who: 'facilitator', path: at('/ateliers') },
	'/ateliers/nouveau': { who: 'facilitator', path: at('/ateliers/nouveau') },
	'/ateliers/[id]': { who: 'facilitator', path: firstOf('/ateliers') },
	'/ateliers/[id]/versions': { who: 'facilitator', path: firstOf('/ateliers', '/versions') },
	'/carnets': { who: 'facilitator', path: at('/carnets') },
	'/carnets/[id]': { who: 'facilitator', path: firstOf('/carnets') },
	'/carnets/[id]/comparer': { who: 'facilitator', path: firstOf('/carnets', '/comparer') },
	'/carnets/[id]/proposer': { who: 'facilitator', path: ofFork('/proposer') },
	'/carnets/[id]/propositions': { who: 'facilitator', path: firstOf('/carnets', '/propositions') },
	'/carnets/[id]/propositions/[p]': { who: 'facilitator', path: proposal },
	'/carnets/[id]/reprendre': { who: 'facilitator', path: ofFork('/reprendre') },
	'/carnets/[id]/publier': { who: 'facilitator', path: firstOf('/carnets', '/publier') },
	'/donnees': { who: 'facilitator', path: at('/donnees') },
	'/donnees/importer': { who: 'facilitator', path: at('/donnees/importer') },
	'/donnees/[id]': { who: 'facilitator', path: firstOf('/donnees') },
	'/donnees/[id]/gerer': { who: 'facilitator', path: firstOf('/donnees', '/gerer') },
	'/bassins': { who: 'facilitator', path: at('/bassins') },
	'/bassins/nouveau': { who: 'facilitator', path: at('/bassins/nouveau') },
	'/bassins/[id]': { who: 'facilitator', path: firstOf('/bassins') },
	'/bassins/[id]/contrat': { who: 'facilitator', path: firstOf('/bassins', '/contrat') },
	'/bassins/[id]/verser': { who: 'facilitator', path: firstOf('/bassins', '/verser') }
};

/** The screens that stand; throws on one that nobody described. */
export function allScreens(): Screen[] {
	return globSync('src/routes/**/+page.svelte')
		.map((file) => file.replace('src/routes', '').replace(/\/\+page\.svelte$/, '') || '/')
		.sort()
		.map((route) => {
			const screen = SCREENS[route];
			if (!screen) throw new Error(`describe the screen ${route} in tests/support/screens.ts`);
			return { route, ...screen };
		});
}

/** The English address of a French path. */
export function inEnglish(path: string): string {
	for (const { pattern, localized } of urlPatterns) {
		const english = localized.find(([lang]) => lang === 'en')?.[1];
		if (!english || pattern.includes('(')) continue;
		const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
		const match = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
		if (match)
			return names.reduce((to, name, i) => to.replace(`:${name}`, match[i + 1] ?? ''), english);
	}
	return path === '/' ? '/en' : `/en${path}`;
}

/**
 * Goes to a screen and waits until nothing on it is still being made: fonts are there and no part says that it
 * is busy. A notebook's cells are busy until they have their result.
 */
export async function show(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await page.evaluate(() => document.fonts.ready);
	await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}
