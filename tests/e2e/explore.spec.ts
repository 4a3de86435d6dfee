/** A reader without an account explores a report: where its author and its data's terms let them, and nowhere else. */
import type { Page } from '@playwright/test';
import { asCell, NETWORK, STORAGE } from '../support/attacks.ts';
import { expect, test } from '../support/fixtures.ts';
import { DemoStore } from '../support/demo-store.ts';
import { heardBy, listen } from '../support/listener.ts';
import { show } from '../support/screens.ts';

const FILE = 'representations-demo@1.arrow';
const DATA = `const lignes = FileAttachment("${FILE}").arquero();`;
const SLIDER =
	'const seuil = view(Inputs.range([0, 100000], {label: "Seuil", step: 1, value: 0}));';
const CHART = `{
	const gardees = lignes.filter(aq.escape(d => d.billets_disponibles >= seuil));
	display(gardees.numRows());
	display(Plot.plot({title: "Salles", ariaDescription: "Les salles au-dessus de " + seuil, marks: [Plot.barX(gardees.count(), {x: "count"})]}));
}`;

/** Makes a notebook of these cells, publishes it, and answers the path of its report. */
async function publish(
	page: Page,
	origin: string,
	title: string,
	sources: readonly string[],
	{ explorable = true } = {}
): Promise<string> {
	const cells = sources.map(
		(source, i) => `<script id="${i + 1}" type="module">\n${source}\n</script>`
	);
	const file = `<!doctype html><notebook lang="fr"><title>${title}</title>${cells.join('')}</notebook>`;
	const made = await page.request.post('/carnets?/import', {
		headers: { origin, accept: 'text/html' },
		multipart: { file: { name: 'a.html', mimeType: 'text/html', buffer: Buffer.from(file) } },
		maxRedirects: 0
	});
	await show(page, `/carnets/${made.headers().location?.split('/').pop() ?? ''}/publier`);
	await expect(page.getByLabel('Titre')).toBeVisible();
	for (const field of await page.getByLabel('Description du graphique', { exact: false }).all())
		if (!(await field.inputValue())) await field.fill('Un graphique.');
	if (explorable) {
		const box = page.getByLabel('Permettre aux lecteurs d’explorer');
		await expect(box).not.toBeChecked();
		await box.check();
	}
	await page.getByRole('button', { name: /^Publier( la version \d+)?$/ }).click();
	await expect(page.getByText('Rapport publié', { exact: true })).toBeVisible();
	const href = await page.getByRole('link', { name: 'Lire le rapport' }).getAttribute('href');
	return new URL(href ?? '').pathname;
}

const explorer = (page: Page) => page.getByRole('link', { name: 'Explorer', exact: true });
const mark = (page: Page) =>
	page.getByText(/^Vous explorez\s: ce n’est plus la version publiée\.$/);
const value = (page: Page) => page.locator('article.report .figure-text').first();

test('a reader moves a slider, the figure changes, and they go back to what was published', async ({
	asFacilitator,
	page,
	server
}) => {
	const path = await publish(asFacilitator, server.origin, 'À explorer', [DATA, SLIDER, CHART]);
	const scripts: string[] = [];
	const asked: { url: string; method: string }[] = [];
	page.on('request', (request) => {
		if (request.resourceType() === 'script') scripts.push(request.url());
		asked.push({ url: request.url(), method: request.method() });
	});
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto(path);
	await expect(explorer(page)).toBeVisible();
	const published = await value(page).textContent();
	expect(scripts).toEqual([]);
	expect(await page.content()).not.toContain('FileAttachment');

	await explorer(page).click();
	await expect(mark(page)).toBeVisible();
	await expect(value(page)).toHaveText(published ?? '');
	const slider = page.getByRole('slider', { name: 'Seuil' });
	await slider.focus();
	await page.keyboard.press('End');
	await expect(value(page)).not.toHaveText(published ?? '');
	await expect(page.getByRole('img', { name: 'Les salles au-dessus de 100000' })).toBeVisible();
	await expect(page.getByRole('status')).toContainText('Les résultats suivent vos réglages.');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	// Nothing is sent, or kept.
	expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
	const elsewhere = asked.filter(({ url }) => !/^blob:null\//.test(url));
	expect(elsewhere.filter(({ url }) => new URL(url).origin !== server.origin)).toEqual([]);
	expect(
		await page.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length])
	).toEqual([0, 0]);

	await page.getByRole('link', { name: 'Revenir à la version publiée' }).click();
	await expect(page).toHaveURL(server.origin + path);
	await expect(value(page)).toHaveText(published ?? '');
	await expect(mark(page)).toHaveCount(0);
});

test('it ends with the terms that allowed it; aggregates alone are never explored', async ({
	asFacilitator,
	page,
	server
}) => {
	const store = new DemoStore(server);
	const path = await publish(asFacilitator, server.origin, 'À retirer', [DATA, SLIDER, CHART]);
	const bytes = `/api/reports/${path.split('/').pop()}/fr/1/`;
	const statusOf = async (address: string) => (await page.request.get(address)).status();
	expect(await statusOf(bytes + FILE)).toBe(200);
	expect(await statusOf(`${bytes}billetterie-demo@1.arrow`)).toBe(404);
	expect(await statusOf(`/api/files/${FILE}`)).toBe(404);
	await page.goto(path);
	await explorer(page).click();
	await expect(mark(page)).toBeVisible();
	const before = store.setTerms('representations-demo', 'aggregates');
	try {
		expect(await statusOf(bytes + FILE)).toBe(404);
		expect(await statusOf(`${path}/v/1/explorer`)).toBe(404);
		await page.goto(path);
		await expect(explorer(page)).toHaveCount(0);
		await expect(
			page.getByText('les conditions des données ne permettent pas d’explorer ce rapport')
		).toBeVisible();
	} finally {
		store.setTerms('representations-demo', before);
		store.close();
	}
});

test('what its author did not open, or its data do not allow, is not explored', async ({
	asFacilitator,
	page,
	server
}) => {
	const cells = [
		'const billets = FileAttachment("billetterie-demo@1.arrow").arquero();',
		'const seuil = view(Inputs.range([0, 9], {label: "Seuil", step: 1, value: 0}));',
		'display(seuil * 2);'
	];
	const path = await publish(asFacilitator, server.origin, 'Fermé', cells, { explorable: false });
	await expect(asFacilitator.getByText('Les lecteurs ne pourront pas explorer')).toBeVisible();
	await expect(asFacilitator.getByLabel('Permettre aux lecteurs d’explorer')).toHaveCount(0);
	await page.goto(path);
	await expect(page.getByText('n’a pas ouvert ce rapport à l’exploration')).toBeVisible();
	await expect(explorer(page)).toHaveCount(0);
	expect((await page.request.get(`${path}/v/1/explorer`)).status()).toBe(404);
});

test('without its data the published report comes back, and says why', async ({ page, server }) => {
	await page.goto('/rapports');
	await page.locator('main a[href^="/rapports/"]').last().click();
	await explorer(page).waitFor();
	await page.route('**/api/reports/**', (route) => route.abort());
	await explorer(page).click();
	await expect(page.getByRole('alert')).toContainText('L’exploration s’est arrêtée.');
	await expect(page.locator('article.report .setting').first()).toBeVisible();
	await expect(mark(page)).toHaveCount(0);
	await page.unroute('**/api/reports/**');
	await page.getByRole('button', { name: 'Réessayer' }).click();
	await expect(mark(page)).toBeVisible();
	await page.getByRole('combobox', { name: 'Discipline' }).selectOption('Danse');
	await expect(page.getByRole('status')).toContainText('Les résultats suivent vos réglages.');
	expect(page.url().startsWith(server.origin)).toBe(true);
});

test('a hostile cell of a report reaches nothing from its reader’s page', async ({
	asFacilitator,
	page,
	server
}) => {
	const listener = await listen();
	const store = new DemoStore(server);
	try {
		const path = await publish(asFacilitator, server.origin, 'Piégé', [
			SLIDER,
			'display(seuil + 1);'
		]);
		// Refused by the publishing page (it runs a text): put there as if it had not been.
		const attacks = [...NETWORK, ...STORAGE]
			.map(({ body }) => asCell(body(listener, server.origin)))
			.map((source) => `Promise.race([${source}, Promises.delay(3000)])`);
		store.setExplored(
			path.split('/').pop() ?? '',
			'2',
			`{ const ended = seuil > 0 ? await Promise.allSettled([${attacks.join(',\n')}]) : []; display(ended.length); }`
		);
		await page.goto(path);
		await explorer(page).click();
		await expect(mark(page)).toBeVisible();
		listener.forget();
		await page.getByRole('slider', { name: 'Seuil' }).focus();
		await page.keyboard.press('End');
		// Positive control: all were tried, and ended.
		await expect(value(page)).toHaveText(String(NETWORK.length + STORAGE.length), {
			timeout: 60_000
		});
		expect(await heardBy(listener, page)).toEqual([]);
		expect(page.url()).toBe(`${server.origin}${path}/v/1/explorer`);
	} finally {
		store.close();
		await listener.close();
	}
});
