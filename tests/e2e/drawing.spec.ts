/**
 * What cells draw and what people write does nothing when it is shown. The product's own clearing makes HTML of hostile
 * pictures and texts, which is painted in a page that has no policy, so that nothing else can be what stops them; then
 * everything in it is clicked. As their control, the same pictures and texts are painted without clearing.
 */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import markdownIt from 'markdown-it';
import { clearPicture } from '../../src/lib/core/chart/clear.ts';
import type { PictureNode } from '../../src/lib/core/chart/picture.ts';
import { printPicture } from '../../src/lib/core/chart/print.ts';
import { renderMarkdown } from '../../src/lib/ui/notebook/markdown.ts';
import { expect, test } from '../support/fixtures.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { BEACON, HOSTILE_TREES } from '../support/hostile-trees.ts';
import { heardBy, listen, type Listener } from '../support/listener.ts';

let listener: Listener;
let runs: number;
test.beforeEach(async ({ page, context }) => {
	listener = await listen();
	await countRuns(context);
	await start(page);
});
test.afterEach(async () => {
	await listener.close();
});

/** What a hostile drawing or text calls when it runs. */
const countRuns = (context: BrowserContext): Promise<unknown> =>
	context.exposeFunction('__ran', () => {
		runs++;
	});

/** A page without any policy; what is counted begins here. */
async function start(page: Page): Promise<void> {
	await page.goto(`${listener.origin}/start`);
	listener.forget();
	runs = 0;
}

/** What the listener was asked for: the page itself is connected to it. */
const asked = (contacts: readonly string[]) => contacts.filter((each) => each !== 'tcp');
const aim = (html: string): string => html.replaceAll(BEACON, listener.origin);

/** A whole document, as a report's reader gets it, or a part put in a page, as in a notebook. */
async function paint(page: Page, html: string, as: 'document' | 'part'): Promise<void> {
	if (as === 'document') await page.setContent(aim(html));
	else
		await page.evaluate((part) => {
			document.body.innerHTML = part;
		}, aim(html));
}

/**
 * Clicks each element, painted and laid out by then. Links to elsewhere that a text shows as such are the reader's to
 * follow.
 */
const clickAll = (page: Page): Promise<void> =>
	page.evaluate(async () => {
		for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
		for (const element of document.body.querySelectorAll('*:not(a.external)')) {
			element.scrollIntoView();
			element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
		}
		await new Promise(requestAnimationFrame);
	});

async function expectNothing(page: Page): Promise<void> {
	await clickAll(page);
	expect(asked(await heardBy(listener, page))).toEqual([]);
	expect(runs).toBe(0);
	expect(new URL(page.url()).pathname).toBe('/start');
	expect(page.frames()).toHaveLength(1);
}

/** In a context of its own, closed whole: a tab that leads itself elsewhere while it is closed may never say it is. */
async function expectHarm(
	browser: Browser,
	html: string,
	harm: 'script' | 'request',
	name: string
): Promise<void> {
	const context = await browser.newContext();
	await countRuns(context);
	const page = await context.newPage();
	await start(page);
	// What goes elsewhere by itself, or when it is clicked, takes the page away meanwhile.
	const away = () => undefined;
	// Not waited for: an answer that never comes back is no reason not to look at what was done.
	void page
		.evaluate((whole) => {
			document.open();
			document.write(whole);
			document.close();
		}, aim(html))
		.catch(away)
		.then(() => clickAll(page))
		.catch(away);
	const seen = () => (harm === 'script' ? runs : asked(listener.contacts).length);
	await expect.poll(seen, { message: name }).toBeGreaterThan(0);
	await context.close();
}

const cleared = (tree: PictureNode, at: number) => printPicture(clearPicture(tree, `p${at}`));

/** As a careless program would print it: texts are written as they are. */
function uncleared(node: PictureNode): string {
	if (typeof node === 'string') return node;
	const [tag, attributes, ...children] = node;
	const written = Object.entries(attributes)
		.map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
		.join('');
	return `<${tag}${written}>${children.map(uncleared).join('')}</${tag}>`;
}

for (const as of ['document', 'part'] as const) {
	test(`pictures, as a ${as}: nothing runs and nothing is asked for`, async ({ page }) => {
		for (const [at, { name, tree }] of HOSTILE_TREES.entries())
			await test.step(name, async () => {
				await paint(page, cleared(tree, at), as);
				await clickAll(page);
				expect(runs, name).toBe(0);
				expect(asked(listener.contacts), name).toEqual([]);
			});
		await paint(page, HOSTILE_TREES.map(({ tree }, at) => cleared(tree, at)).join('\n'), as);
		await expectNothing(page);
	});

	test(`texts, as a ${as}: nothing runs and nothing is asked for`, async ({ page }) => {
		for (const { name, text } of HOSTILE_TEXTS)
			await test.step(name, async () => {
				await paint(page, renderMarkdown(text), as);
				await clickAll(page);
				expect(runs, name).toBe(0);
				expect(asked(listener.contacts), name).toEqual([]);
			});
		await paint(page, HOSTILE_TEXTS.map(({ text }) => renderMarkdown(text)).join('\n'), as);
		await expectNothing(page);
	});
}

test('pictures: the same do harm when they are not cleared', async ({ browser }) => {
	test.slow();
	for (const { name, tree, harm } of HOSTILE_TREES)
		if (harm) await expectHarm(browser, uncleared(tree), harm, name);
});

test('texts: the same do harm when HTML and any address are let through', async ({ browser }) => {
	test.slow();
	const careless = markdownIt('default', { html: true, linkify: true });
	careless.validateLink = () => true;
	for (const { name, text, harm } of HOSTILE_TEXTS)
		await expectHarm(browser, careless.render(text), harm, name);
});
