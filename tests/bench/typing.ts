/**
 * From a key to the letter on the screen, in a notebook of a hundred cells while one of them runs: what a person who
 * types feels. Production build, real Chromium, real keys.
 */
import type { Browser } from '@playwright/test';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import { printNotebookFile } from '../../src/lib/core/notebook/print-notebook-file.ts';
import { BenchError } from './figure.ts';

const CELLS = 100;
const KEYS = 120;
/** Busy for all the time that is measured, in slices that a cell's limit lets through. */
const BUSY = `const tours = (async function* () {
  for (let n = 0; ; n++) {
    const end = performance.now() + 200;
    while (performance.now() < end);
    await Promises.delay(1);
    yield n;
  }
})();`;

/** Milliseconds from each key to the paint that follows it. */
export async function keyToPaint(
	browser: Browser,
	signedIn: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>,
	origin: string,
	runs: number
): Promise<{ p95: number[] }> {
	const context = await browser.newContext({ baseURL: origin, storageState: signedIn });
	try {
		const page = await context.newPage();
		const cells = Array.from({ length: CELLS - 2 }, (_, i) => ({
			id: `c${i}`,
			source: i === 0 ? 'const v0 = 1;' : `const v${i} = v${i - 1} + 1;`
		}));
		const html = printNotebookFile(
			toNotebook({
				lang: 'fr',
				title: 'Frappe',
				cells: [{ id: 'ici', source: 'const ici = 1;' }, { id: 'tours', source: BUSY }, ...cells]
			})
		);
		await page.goto('/carnets');
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: 'f.html', mimeType: 'text/html', buffer: Buffer.from(html) });
		await page.locator('form:has(input[type=file]) button[type=submit]').click();
		await page.waitForURL(/\/carnets\/[a-z0-9]+$/);
		await page
			.locator('[data-cell]')
			.nth(CELLS - 1)
			.waitFor({ state: 'attached' });
		await page.locator('[data-cell]').first().focus();
		await page.keyboard.press('Enter');
		await page.locator('.cm-content').waitFor();
		await page.evaluate(() => {
			const taken: number[] = [];
			Object.assign(window, { taken });
			addEventListener(
				'keydown',
				({ timeStamp }) => {
					requestAnimationFrame(() => {
						// The first task after a frame's callbacks comes after its paint.
						const { port1, port2 } = new MessageChannel();
						port1.onmessage = () => taken.push(performance.now() - timeStamp);
						port2.postMessage(null);
					});
				},
				true
			);
		});
		const p95: number[] = [];
		for (let run = 0; run < runs; run++) {
			await page.evaluate(() => void ((window as unknown as { taken: number[] }).taken.length = 0));
			await page.keyboard.type('ventes du mois '.repeat(KEYS / 15), { delay: 40 });
			const taken = await page.evaluate(() => [
				...(window as unknown as { taken: number[] }).taken
			]);
			if (taken.length < KEYS * 0.95)
				throw new BenchError(`${taken.length} keys were drawn of ${KEYS}`);
			taken.sort((a, b) => a - b);
			p95.push(taken[Math.floor(taken.length * 0.95)] ?? NaN);
		}
		const text = await page.locator('.cm-content').textContent();
		if (!text?.includes('ventes du mois ventes'))
			throw new BenchError('what was typed is not there');
		return { p95 };
	} finally {
		await context.close();
	}
}
