/** What a cell may do to the page that shows it: nothing. Loops, memory, pictures, and a browser that does not isolate. */
import type { Page } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.ts';
import { expect, test } from '../support/fixtures.ts';
import { addCell, newNotebook, stateOf } from '../support/notebook-page.ts';

/** Whose processes have limits of their own, as people's have. */
test.use({ launchOptions: { executablePath: ensureChromium(), args: CHROMIUM_ARGS } });

const LONG = { timeout: 60_000 };

test('a cell that does not end is stopped by itself; the others come back, it waits', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de limite');
	const other = await addCell(page, 'Code', 'const sept = 7; display(sept * 6);');
	await expect(other).toContainText('42');
	const loop = await addCell(page, 'Code', 'let n = 0; while (true) n++;');
	await expect(stateOf(loop)).toHaveAttribute('data-cell-state', 'stopped', LONG);
	await expect(loop).toContainText('elle a été arrêtée');
	await expect(stateOf(other)).toHaveAttribute('data-cell-state', 'done', LONG);
	await expect(other).toContainText('42');
	// It waits for the person: changing another cell does not start it again.
	const third = await addCell(page, 'Code', '"après"');
	await expect(stateOf(third)).toHaveAttribute('data-cell-state', 'done', LONG);
	await expect(stateOf(loop)).toHaveAttribute('data-cell-state', 'stopped');
});

test('a cell that takes all the memory loses its worker, and the page stands', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de mémoire');
	const other = await addCell(page, 'Code', 'const sept = 7; display(sept * 6);');
	await expect(other).toContainText('42');
	const hog = await addCell(
		page,
		'Code',
		'const parts = []; for (;;) parts.push(new Array(4e6).fill(parts.length + 0.5));'
	);
	// Where the frame's process dies, Playwright takes the whole page for lost: the page is asked directly.
	const [hogId, otherId] = await Promise.all(
		[hog, other].map((cell) => cell.getAttribute('data-cell'))
	);
	const direct = await page.context().newCDPSession(page);
	const asked = async (expression: string): Promise<unknown> => {
		const { result } = await direct.send('Runtime.evaluate', { expression });
		return result.value;
	};
	const shows = (selector: string): Promise<unknown> =>
		asked(`document.querySelector(${JSON.stringify(selector)})?.dataset.cellState`);
	// The worker's memory, or its time: whichever ends first ends it alone.
	await expect
		.poll(() => shows(`[data-cell="${hogId}"] [data-cell-state]`), LONG)
		.toMatch(/^(stopped|error)$/);
	await expect.poll(() => shows(`[data-cell="${otherId}"] [data-cell-state]`), LONG).toBe('done');
	// The page stands, and nothing runs any more.
	const buttons = `[...document.querySelectorAll('button')].map((button) => button.textContent.trim()).join()`;
	await expect.poll(() => asked(buttons), LONG).toContain('Tout exécuter');
});

test('a hostile picture and a hostile text of a cell run nothing and ask for nothing', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de dessin hostile');
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	const picture = await addCell(
		page,
		'Code',
		`const drawn = Plot.plot({title: "Piège", marks: [Plot.text([{x: 1}], {x: "x", y: 0, text: () => "<img src=x onerror=document.title='pris'>", href: () => "javascript:document.title='pris'"})]});
display(drawn)`
	);
	await expect(picture.getByRole('img').first()).toBeVisible();
	await expect(picture).toContainText('<img src=x');
	const text = await addCell(
		page,
		'Code',
		'display(md`<img src="https://ailleurs.invalid/x" onerror="document.title=\'pris\'"> [ici](javascript:document.title=1)`)'
	);
	await expect(text).toContainText('<img src=');
	await expect(page.locator('[data-cell] :is(img, script, a[href^="javascript:"])')).toHaveCount(0);
	expect(asked.filter((url) => url.includes('ailleurs'))).toEqual([]);
	await expect(page).toHaveTitle(/Essai de dessin hostile/);
});

/** A browser, or an extension of it, that gives the frame the page's own origin. */
async function withoutIsolation(page: Page): Promise<void> {
	// The first frame stands in the page's markup, those after it are made by its script.
	await page.route('**/carnets/*', async (route) => {
		if (route.request().resourceType() !== 'document') return route.fallback();
		const response = await route.fetch();
		const body = await response.text();
		await route.fulfill({
			response,
			body: body.replace('sandbox="allow-scripts"', 'sandbox="allow-scripts allow-same-origin"')
		});
	});
	await page.addInitScript(() => {
		const set = Element.prototype.setAttribute;
		Element.prototype.setAttribute = function (name, value) {
			set.call(this, name, name === 'sandbox' ? `${value} allow-same-origin` : value);
		};
	});
	await page.route('**/sandbox/frame', async (route) => {
		const response = await route.fetch();
		const headers = response.headers();
		const policy = headers['content-security-policy'] ?? '';
		await route.fulfill({
			response,
			headers: {
				...headers,
				'content-security-policy': policy.replace('sandbox allow-scripts; ', '')
			}
		});
	});
}

/** The worker of the next page has nothing to say; that page tells when its frame is there. */
async function withSilentWorker(page: Page): Promise<void> {
	await page.addInitScript(() => {
		addEventListener(
			'message',
			({ data }: MessageEvent<{ type?: string; connected?: boolean }>) => {
				if (data?.type === 'frame-ready' && data.connected)
					Object.assign(globalThis, { frameConnected: true });
			}
		);
	});
	await page.route('**/sandbox/frame', async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace(
			/(<script type="application\/json" id="worker">)[^]*?(<\/script>)/,
			'$1""$2'
		);
		await route.fulfill({ response, body });
	});
}

test('where the frame is not isolated, nothing runs and the page says why', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de refus');
	// Positive control: isolated, the cell runs.
	const cell = await addCell(page, 'Code', '6 * 7');
	await expect(cell).toContainText('42');
	await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	await withoutIsolation(page);
	await page.reload();
	await expect(page.getByRole('alert')).toContainText('n’isole pas le code des cellules', LONG);
	await expect(page.locator('[data-cell-state="done"]')).toHaveCount(0);
	await expect(page.locator('[data-cell]')).not.toContainText('42');
	await expect(page.getByRole('button', { name: 'Réessayer' })).toBeVisible();
});

test('a worker that is slow to start is waited for a minute, then the page says so', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai de lenteur');
	const cell = await addCell(page, 'Code', '6 * 7');
	await expect(cell).toContainText('42');
	await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
	await page.clock.install();
	await withSilentWorker(page);
	await page.reload();
	await page.waitForFunction(() => 'frameConnected' in globalThis, null, LONG);
	await page.clock.fastForward(30_000);
	await expect(page.locator('[data-cell-state]')).toHaveCount(1);
	await expect(page.getByRole('alert')).toHaveCount(0);
	await page.clock.fastForward(31_000);
	await expect(page.getByRole('alert')).toContainText('cet appareil est très occupé');
	await page.unroute('**/sandbox/frame');
	await page.getByRole('button', { name: 'Réessayer' }).click();
	await expect(page.locator('[data-cell]')).toContainText('42', LONG);
});
