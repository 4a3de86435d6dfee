/** From a notebook to a public report: publishing, reading without scripts, versions, terms, withdrawal, attacks. */
import type { Browser, Page } from '@playwright/test';
import { DemoStore } from '../support/demo-store.ts';
import { expect, test as base } from '../support/fixtures.ts';
import { HOSTILE_TREES } from '../support/hostile-trees.ts';
import { addCell, newNotebook, stateOf } from '../support/notebook-page.ts';
import { show } from '../support/screens.ts';

const test = base.extend<{ store: DemoStore; reader: Page }>({
	store: async ({ server }, use) => {
		const store = new DemoStore(server);
		await use(store);
		store.close();
	},
	/** Someone without an account, whose browser runs no script. */
	reader: async ({ browser, baseURL }, use) => {
		const page = await scriptless(browser, baseURL);
		await use(page);
		await page.context().close();
	}
});

async function scriptless(browser: Browser, baseURL: string | undefined): Promise<Page> {
	const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
	return context.newPage();
}

const publish = (page: Page) => page.getByRole('button', { name: /^Publier( la version \d+)?$/ });
const published = (page: Page) => page.getByText('Rapport publié', { exact: true });

async function openPublishing(page: Page, id: string): Promise<void> {
	await show(page, `/carnets/${id}/publier`);
	await expect(page.getByLabel('Titre')).toBeVisible();
	await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

const attribute = (page: Page, selector: string, name: string) =>
	page.locator(selector).getAttribute(name);

test('a report is published in both languages, read without scripts, and keeps its old versions', async ({
	asFacilitator: page,
	store,
	reader,
	server
}) => {
	const french = store.fork(1, 'fr');
	await openPublishing(page, french);
	// What is missing is said, at its field, and nothing is sent.
	await page.getByLabel('Titre').fill('');
	const charts = page.getByLabel('Description du graphique', { exact: false });
	await expect(charts).toHaveCount(2);
	await charts.first().fill('');
	await publish(page).click();
	await expect(page.getByLabel('Titre')).toBeFocused();
	await expect(page.getByText('Décrivez ce graphique pour pouvoir publier.')).toBeVisible();

	await page.getByLabel('Titre').fill('L’hiver des salles');
	await page.getByLabel('Résumé').fill('Février est le mois creux.');
	await page.getByLabel('Adresse').fill('Hiver des salles');
	await charts.first().fill('Sherbrooke remplit le mieux ses salles.');
	await page.locator('#choix-par-mois').getByLabel('Montrer le code').check();
	await page.locator('#choix-suite').getByLabel('Publier ce résultat').uncheck();
	await expect(page.getByText('Les conditions de toutes les données permettent')).toBeVisible();
	// The preview is the report.
	const preview = page.locator('article.report');
	await expect(preview.getByRole('heading', { name: 'L’hiver des salles' })).toBeVisible();
	await expect(preview).not.toContainText('Quelques pistes');
	await publish(page).click();
	await expect(published(page)).toBeVisible();
	await expect(page.getByRole('link', { name: 'Lire le rapport' })).toHaveAttribute(
		'href',
		`${server.origin}/rapports/hiver-des-salles`
	);

	await reader.goto('/rapports/hiver-des-salles');
	await expect(reader.getByRole('heading', { level: 1 })).toHaveText('L’hiver des salles');
	await expect(reader.getByText('Février est le mois creux.')).toBeVisible();
	await expect(
		reader.getByRole('img', { name: /Sherbrooke remplit le mieux ses salles/ })
	).toBeVisible();
	await expect(reader.locator('article.report')).toContainText('op.sum(d.entrees)');
	await expect(reader.locator('article.report')).not.toContainText('Quelques pistes');
	await expect(reader.getByText('Données synthétiques').first()).toBeVisible();
	const french1 = `${server.origin}/rapports/hiver-des-salles`;
	expect(await attribute(reader, 'link[rel=canonical]', 'href')).toBe(french1);
	expect(await attribute(reader, 'meta[property="og:title"]', 'content')).toBe(
		'L’hiver des salles'
	);
	expect(await attribute(reader, 'meta[property="og:description"]', 'content')).toBe(
		'Février est le mois creux.'
	);
	const linked = JSON.parse(
		(await reader.locator('script[type="application/ld+json"]').textContent()) ?? ''
	) as Record<string, unknown>;
	expect(JSON.stringify(linked)).toContain('L’hiver des salles');
	expect(JSON.stringify(linked)).toContain('https://creativecommons.org/licenses/by/4.0/');

	// The English version of the same report comes from another notebook of the same person.
	await openPublishing(page, store.fork(1, 'en'));
	await page
		.getByLabel('Publier comme')
		.selectOption({ label: 'la version anglaise de « L’hiver des salles »' });
	await expect(page.getByLabel('Adresse')).toHaveCount(0);
	await page.getByLabel('Titre').fill('The winter of our halls');
	await publish(page).click();
	await expect(published(page)).toBeVisible();
	await reader.goto('/en/reports/hiver-des-salles');
	await expect(reader.getByRole('heading', { level: 1 })).toHaveText('The winter of our halls');
	expect(await attribute(reader, 'html', 'lang')).toBe('en-CA');
	for (const [lang, href] of [
		['fr', french1],
		['en', `${server.origin}/en/reports/hiver-des-salles`],
		['x-default', french1]
	])
		expect(await attribute(reader, `link[hreflang="${lang}"]`, 'href')).toBe(href);

	// A second publication starts from the words of the first, and leaves it where it was.
	await openPublishing(page, french);
	await expect(page.getByLabel('Publier comme')).toHaveValue(/./);
	await expect(page.getByLabel('Résumé')).toHaveValue('Février est le mois creux.');
	await expect(charts.first()).toHaveValue('Sherbrooke remplit le mieux ses salles.');
	await page.getByLabel('Titre').fill('L’hiver des salles, revu');
	await publish(page).click();
	await expect(published(page)).toBeVisible();
	await reader.goto('/rapports/hiver-des-salles');
	await expect(reader.getByRole('heading', { level: 1 })).toHaveText('L’hiver des salles, revu');
	await reader.goto('/rapports/hiver-des-salles/v/1');
	await expect(reader.getByRole('heading', { level: 1 })).toHaveText('L’hiver des salles');
	await expect(reader.getByText('Une version plus récente existe.')).toBeVisible();

	// Withdrawal needs a reason, and shows it to whoever comes.
	await openPublishing(page, french);
	await page.getByText('Retirer', { exact: true }).first().click();
	const reason = page.getByLabel('Raison, montrée au public');
	await page.getByRole('button', { name: 'Retirer', exact: true }).click();
	await expect(page.getByText('Dites pourquoi')).toBeVisible();
	await reason.fill('Une salle manquait.');
	await page.getByRole('button', { name: 'Retirer', exact: true }).click();
	await expect(page.getByText('Le rapport a été retiré.')).toBeVisible();
	for (const [path, title] of [
		['/rapports/hiver-des-salles', 'Ce rapport a été retiré'],
		['/rapports/hiver-des-salles/v/1', 'Ce rapport a été retiré'],
		['/en/reports/hiver-des-salles', 'This report was withdrawn']
	] as const) {
		const answer = await reader.goto(path);
		expect(answer?.status()).toBe(410);
		await expect(reader.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(reader.getByText('Une salle manquait.')).toBeVisible();
	}
	await reader.goto('/rapports');
	await expect(reader.getByText('L’hiver des salles')).toHaveCount(0);
});

test('terms that allow nothing, or only aggregates, hold back what they forbid', async ({
	asFacilitator: page,
	store
}) => {
	const id = store.fork(5, 'fr');
	const before = store.setTerms('audience-web-demo', 'nothing');
	try {
		await openPublishing(page, id);
		await expect(
			page.getByText('Aucun résultat qui en vient ne peut paraître, même résumé.')
		).toBeVisible();
		await expect(
			page.getByText('Seuls des résumés peuvent paraître', { exact: false })
		).toBeVisible();
		await expect(
			page.getByText('Les conditions des données ne permettent pas tout ceci')
		).toBeVisible();
		await expect(publish(page)).toBeDisabled();
		// What to do about it is one press away.
		const leave = page.getByRole('button', { name: 'Retirer ce résultat' });
		for (let left = await leave.count(); left > 0; left--) {
			await leave.first().click();
			await expect(leave).toHaveCount(left - 1);
		}
		await expect(publish(page)).toBeEnabled();
		await expect(page.locator('article.report')).not.toContainText('Audience des sites');
	} finally {
		store.setTerms('audience-web-demo', before);
	}
});

test('rows handed to another cell unseen are held back, and the cell to rewrite is named', async ({
	asFacilitator: page,
	server
}) => {
	const cells = [
		'const box = [];',
		`{ const t = await FileAttachment("billetterie-demo@1.arrow").arquero(); for (const r of t.objects({limit: 40})) box.push(r); display(1); }`,
		'(await Promises.delay(3000), display(JSON.stringify(box.slice(0, 2))))'
	].map((source, i) => `<script id="${i + 1}" type="module">\n${source}\n</script>`);
	const file = `<!doctype html><notebook lang="fr"><title>Essai</title>${cells.join('')}</notebook>`;
	const made = await page.request.post('/carnets?/import', {
		headers: { origin: server.origin, accept: 'text/html' },
		multipart: { file: { name: 'a.html', mimeType: 'text/html', buffer: Buffer.from(file) } },
		maxRedirects: 0
	});
	await openPublishing(page, made.headers().location?.split('/').pop() ?? '');
	await expect(
		page.getByText(/^Cellule 2\s: cette cellule change ou appelle quelque chose/)
	).toBeVisible();
	await expect(publish(page)).toBeDisabled();
});

test('an answer that never comes loses nothing that was typed', async ({
	asFacilitator: page,
	store
}) => {
	const id = store.fork(1, 'fr');
	await openPublishing(page, id);
	await page.getByLabel('Titre').fill('Écrit hors ligne');
	await page.getByLabel('Adresse').fill('ecrit-hors-ligne');
	await page.context().setOffline(true);
	await publish(page).click();
	await expect(page.getByRole('alert')).toContainText('connexion');
	await expect(page.getByLabel('Titre')).toHaveValue('Écrit hors ligne');
	await page.context().setOffline(false);
	await publish(page).click();
	await expect(published(page)).toBeVisible();

	// The address is taken now: another report is told so at its field.
	await openPublishing(page, store.fork(1, 'fr'));
	await page.getByLabel('Adresse').fill('ecrit-hors-ligne');
	await publish(page).click();
	await expect(page.getByLabel('Adresse')).toBeFocused();
	await expect(page.getByText('Un autre rapport a déjà cette adresse').first()).toBeVisible();
});

test('what is typed and chosen survives a reload, a return and the next version', async ({
	asFacilitator: page,
	store
}) => {
	const id = store.fork(1, 'fr');
	await openPublishing(page, id);
	const charts = page.getByLabel('Description du graphique', { exact: false });
	const suite = page.locator('#choix-suite').getByLabel('Publier ce résultat');
	const code = page.locator('#choix-par-mois').getByLabel('Montrer le code');
	const said = async () => {
		await expect(page.getByLabel('Titre')).toHaveValue('Gardé ici');
		await expect(page.getByLabel('Résumé')).toHaveValue('Sur cet appareil.');
		await expect(page.getByLabel('Auteurs et autrices')).toHaveValue('Ana\nLe Fleuve');
		await expect(page.getByLabel('Licence')).toHaveValue('CC0-1.0');
		await expect(charts.first()).toHaveValue('Décrit à la main.');
		await expect(suite).not.toBeChecked();
		await expect(code).toBeChecked();
	};
	await page.getByLabel('Titre').fill('Gardé ici');
	await page.getByLabel('Résumé').fill('Sur cet appareil.');
	await page.getByLabel('Auteurs et autrices').fill('Ana\nLe Fleuve');
	await page.getByLabel('Licence').selectOption('CC0-1.0');
	await code.check();
	await suite.uncheck();
	await charts.first().fill('Décrit à la main.');
	await page.reload();
	await said();
	await page.getByRole('link', { name: 'Revenir au carnet' }).click();
	await page.getByRole('link', { name: 'Publier', exact: true }).click();
	// The notebook stays on the screen, with titles of its own, until the page that was asked for is there.
	await page.waitForURL('**/publier');
	await said();
	await publish(page).click();
	await expect(published(page)).toBeVisible();

	// Published, it is kept on the device no more: what comes back is the version itself.
	const kept = await page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const asked = indexedDB.open('carnet-commun');
				asked.onsuccess = () => {
					const all = asked.result.transaction('drafts').objectStore('drafts').getAllKeys();
					all.onsuccess = () => resolve(all.result.length);
				};
			})
	);
	expect(kept).toBe(0);
	await openPublishing(page, id);
	await said();
	await expect(page.getByLabel('Publier comme')).toHaveValue(/./);
	await expect(page.locator('article.report')).not.toContainText('Quelques pistes');
});

test('the page uses the room that there is, and says that it needs scripts', async ({
	asFacilitator: page,
	browser,
	baseURL,
	store
}) => {
	const id = store.fork(1, 'fr');
	await page.setViewportSize({ width: 1440, height: 900 });
	await openPublishing(page, id);
	// Beside each other, and in view however far one is in the form.
	const form = await page.getByLabel('Titre').boundingBox();
	const preview = await page.locator('article.report').boundingBox();
	expect(preview?.x).toBeGreaterThan((form?.x ?? 0) + (form?.width ?? 0));
	const summary = page.locator('[data-summary]');
	await expect(summary).toContainText('2 graphiques');
	await page.locator('#choix-suite').getByLabel('Publier ce résultat').uncheck();
	await expect(summary).toContainText('1 résultat retiré');
	await expect(publish(page)).toBeInViewport({ ratio: 1 });
	await page.setViewportSize({ width: 360, height: 740 });
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide).toBeLessThanOrEqual(360);

	const plain = await browser.newContext({
		baseURL,
		javaScriptEnabled: false,
		storageState: await page.context().storageState()
	});
	const silent = await plain.newPage();
	await silent.goto(`/carnets/${id}/publier`);
	const word = silent.locator('noscript p');
	await expect(word).toBeVisible();
	await expect(word).toContainText('Publier demande JavaScript');
	await expect(silent.getByText('Préparation du carnet')).toBeHidden();
	await plain.close();
});

test('a report speaks its own language, whatever its author reads the site in; once withdrawn, it is no longer said public', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Langue du rapport');
	const chart = await addCell(
		page,
		'Graphique',
		'Plot.plot({marks: [Plot.barX([{salle: "A", entrees: 12345}], {x: "entrees", y: "salle"})]})'
	);
	await expect(stateOf(chart)).toHaveAttribute('data-cell-state', 'done');
	await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	const id = new URL(page.url()).pathname.split('/').at(-1);
	await show(page, `/en/notebooks/${id}/publish`);
	const preview = page.locator('article.report');
	await expect(preview.locator('svg').first()).toBeVisible();
	const texts = (await preview.locator('svg text').allTextContents()).join('|');
	expect(texts).toMatch(/\d[\u00a0\u202f]\d{3}\b/);
	expect(texts).not.toMatch(/\d,\d{3}\b/);

	await page.getByLabel('Description of the chart', { exact: false }).fill('One hall.');
	await page.getByRole('button', { name: 'Publish', exact: true }).click();
	const done = page.getByText('Report published', { exact: true });
	await expect(done).toBeVisible();
	await expect(page.getByRole('button', { name: 'Publish version 2' })).toBeVisible();
	await page.getByText('Withdraw', { exact: true }).first().click();
	await page.getByLabel('Reason', { exact: false }).fill('A figure was wrong.');
	await page.getByRole('button', { name: 'Withdraw' }).click();
	await expect(page.getByText('withdrawn', { exact: true })).toBeVisible();
	await expect(done).toHaveCount(0);
});

test('what is sent straight to the server is cleared, or refused', async ({
	asFacilitator: page,
	page: visitor,
	store
}) => {
	const id = store.fork(1, 'fr');
	const blocks = (outputs: unknown[]) => [{ cell: 'intro', kind: 'text', source: null, outputs }];
	const send = (outputs: unknown[], more: Record<string, unknown> = {}) =>
		page.request.post(`/api/notebooks/${id}/report`, {
			data: {
				review: false,
				reportId: null,
				slug: '',
				ran: store.ran(id),
				content: {
					lang: 'fr',
					title: 'Hostile </script><script>__ran()</script>',
					summary: '',
					authors: ['<img src=x onerror=__ran()>'],
					licence: 'CC-BY-4.0',
					blocks: blocks(outputs),
					sources: []
				},
				...more
			}
		});
	const lineage = { sources: [], steps: [] };
	const table = (rows: number) => ({
		kind: 'table',
		caption: '',
		columns: [{ name: 'a', type: 'number' }],
		rows: Array.from({ length: rows }, (_, i) => [i]),
		total: rows,
		lineage
	});
	const tooLong = await send([table(101)]);
	expect(tooLong.status()).toBe(400);
	expect(await tooLong.json()).toMatchObject({ code: 'report_malformed' });
	// Not the notebook that ran, and an address that is none.
	expect(await (await send([table(1)], { ran: [] })).json()).toMatchObject({
		code: 'report_notebook_changed'
	});
	expect(await (await send([table(1)], { slug: '../compte' })).json()).toMatchObject({
		code: 'report_slug_form'
	});

	const pictures = HOSTILE_TREES.map(({ name, tree }) => ({
		kind: 'picture',
		tree,
		title: name,
		caption: '<script>__ran()</script>',
		alt: `"><script>__ran()</script>`,
		data: [],
		lineage: null
	}));
	const text = {
		kind: 'text',
		markdown:
			'[piège](javascript:__ran()) <script>__ran()</script> <img src=x onerror=__ran()> ![x](http://beacon.invalid/md)'
	};
	const kept: unknown[] = [];
	for (const picture of pictures)
		if ((await send([picture], { review: true })).ok()) kept.push(picture);
	expect(kept.length).toBeGreaterThan(10);
	const answer = await send([text, table(3), ...kept.slice(0, 45)]);
	const { published: done } = (await answer.json()) as { published: { slug: string } };
	expect(done.slug).toMatch(/^hostile/);

	let ran = 0;
	const asked: string[] = [];
	await visitor.exposeFunction('__ran', () => ran++);
	visitor.on('request', (request) => asked.push(request.url()));
	visitor.on('dialog', () => ran++);
	await visitor.goto(`/rapports/${done.slug}`);
	await visitor.getByText('piège').first().click();
	await visitor.evaluate(() => document.fonts.ready);
	expect(ran).toBe(0);
	expect(asked.filter((url) => url.includes('beacon'))).toEqual([]);
	const found = await visitor.evaluate(() => ({
		scripts: [...document.scripts].filter((s) => s.type !== 'application/ld+json').length,
		handlers: [...document.querySelectorAll('*')].filter((e) =>
			[...e.attributes].some(({ name }) => name.startsWith('on'))
		).length,
		links: [...document.links].filter((a) => a.protocol === 'javascript:').length,
		foreign: document.querySelectorAll('foreignObject, iframe, object, embed').length
	}));
	expect(found).toEqual({ scripts: 0, handlers: 0, links: 0, foreign: 0 });
});

test('another’s notebook is not published, whatever the id', async ({ page, store }) => {
	const id = store.fork(1, 'fr');
	const body = { data: { content: {}, ran: [], reportId: null, review: false } };
	expect((await page.request.post(`/api/notebooks/${id}/report`, body)).status()).toBe(401);
	expect((await page.goto(`/carnets/${id}/publier`))?.status()).toBe(401);
});

test('a report page loads no script', async ({ page }) => {
	await show(page, '/rapports');
	const href = await page.locator('main a[href^="/rapports/"]').first().getAttribute('href');
	const scriptsOf = (of: Page): string[] => {
		const scripts: string[] = [];
		of.on('request', (request) => {
			if (request.resourceType() === 'script') scripts.push(request.url());
		});
		return scripts;
	};
	// Pages of their own: the list's last scripts, still on their way, are not the report's.
	const [other, reader] = [await page.context().newPage(), await page.context().newPage()];
	const [some, scripts] = [scriptsOf(other), scriptsOf(reader)];
	await other.goto('/rapports', { waitUntil: 'load' });
	expect(some, 'the scripts of a page that has some are seen').not.toEqual([]);
	await reader.goto(href ?? '', { waitUntil: 'load' });
	await expect(reader.getByRole('heading', { level: 1 })).toBeVisible();
	expect(scripts).toEqual([]);
	// On a phone the text takes the width that there is.
	await reader.setViewportSize({ width: 360, height: 740 });
	const title = await reader.getByRole('heading', { level: 1 }).boundingBox();
	expect(title?.width).toBeGreaterThan(300);
});
