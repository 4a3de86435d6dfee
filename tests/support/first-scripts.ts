/** The scripts that a notebook's page has asked for once its cells have run and one of them has an editor. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { LANGUAGE_FOLDER } from '../../src/lib/core/page-scripts.ts';
import { PAGE_MODULES, type PageModules } from '../../src/page-modules.ts';

export interface FirstScript {
	/** From the site's root, without the folder of a language. */
	readonly path: string;
	/** Bytes, gzipped. */
	readonly weight: number;
	/** From the project's root. */
	readonly modules: readonly string[];
}

const modulesOf = (): PageModules => JSON.parse(readFileSync(PAGE_MODULES, 'utf8')) as PageModules;

/** Opens the notebook in a page that has been nowhere, waits for its cells, and goes into one by its keyboard. */
export async function firstScripts(page: Page, address: string): Promise<FirstScript[]> {
	const heard: { path: string; url: string; at: number }[] = [];
	page.on('response', (response) => {
		const request = response.request();
		if (request.resourceType() !== 'script' || request.frame() !== page.mainFrame()) return;
		const at = request.timing().startTime;
		const path = new URL(response.url()).pathname
			.slice(1)
			.replace(LANGUAGE_FOLDER.en, LANGUAGE_FOLDER.fr);
		heard.push({ path, url: response.url(), at });
	});
	await page.addInitScript(() => {
		// What is loaded ahead, once the page has rested for seconds, is not waited for by anyone: it is left out.
		Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
		const watcher = new MutationObserver(() => {
			if (!document.querySelector('.cm-content')) return;
			watcher.disconnect();
			Object.assign(window, { editorThere: performance.timeOrigin + performance.now() });
		});
		watcher.observe(document, { childList: true, subtree: true });
	});
	await page.goto(address);
	await page.waitForFunction(() => {
		const states = [...document.querySelectorAll('[data-cell-state]')];
		return (
			states.length > 0 && states.every((cell) => cell.getAttribute('data-cell-state') === 'done')
		);
	});
	// What the page loads of itself once it rests comes before the keystroke too.
	await page.waitForLoadState('networkidle');
	await page.locator('[data-cell][data-kind=transform]').first().focus();
	await page.keyboard.press('Enter');
	const handle = await page.waitForFunction(
		() => (window as unknown as { editorThere?: number }).editorThere
	);
	const there = Number(await handle.jsonValue());
	// Those that were asked for before it may still be on their way.
	await page.waitForLoadState('networkidle');
	const modules = modulesOf();
	return Promise.all(
		heard
			.filter(({ at }) => at <= there)
			.map(async ({ path, url }) => ({
				path,
				// Asked for again: a busy browser may have let go of what it was answered.
				weight: gzipSync(await (await page.request.get(url)).body()).length,
				modules: (modules[path] ?? []).map(([module]) => module)
			}))
	);
}

/** What modules weigh of these scripts, gzipped: their part of each script's characters. Heaviest first. */
export function heaviestModules(
	scripts: readonly FirstScript[]
): { module: string; weight: number }[] {
	const list = modulesOf();
	const weights = new Map<string, number>();
	for (const { path, weight } of scripts) {
		const modules = list[path] ?? [[path, 1]];
		const whole = modules.reduce((sum, [, length]) => sum + length, 0);
		for (const [module, length] of modules)
			weights.set(module, (weights.get(module) ?? 0) + (weight * length) / (whole || 1));
	}
	return [...weights]
		.map(([module, weight]) => ({ module, weight }))
		.sort((a, b) => b.weight - a.weight);
}
