/**
 * Every page of the product is served under the same strict policy, and the sandbox frame under its own. The pages are
 * those that the routes hold. What a policy says is worth what the browser makes of it: a page's is tried too, with
 * the page without it as a control.
 */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { listen } from '../support/listener.ts';
import { allScreens, inEnglish, type Screen } from '../support/screens.ts';
import type { RunningServer } from '../support/server.ts';

/** A policy's directives, by name; the nonce, new with each answer, is left out. */
function directives(policy: string | undefined): Record<string, string> {
	return Object.fromEntries(
		(policy ?? '').split(';').map((directive) => {
			const [name = '', ...values] = directive.trim().split(/\s+/);
			return [name, values.map((v) => v.replace(/^'nonce-[\w+/=-]{16,}'$/, "'nonce'")).join(' ')];
		})
	);
}

const strict = (origin: string) => ({
	'default-src': "'none'",
	'script-src': "'self' 'nonce'",
	'worker-src': "'self'",
	'style-src': "'self' 'unsafe-inline'",
	'img-src': "'self' data: blob:",
	'font-src': "'self'",
	'connect-src': "'self'",
	'manifest-src': "'self'",
	'frame-src': `${origin}/sandbox/frame`,
	'object-src': "'none'",
	'base-uri': "'none'",
	'form-action': "'self'",
	'frame-ancestors': "'none'"
});

async function expectStrict(page: Page, path: string, origin: string, status = 200) {
	const response = await page.request.get(path, { maxRedirects: 0 });
	expect(response.status(), path).toBe(status);
	const headers = response.headers();
	const expected = strict(origin);
	// A page that runs no script has no need of a nonce.
	const html = await response.text();
	const scripts = /<script(?![^>]*application\/ld\+json)/.test(html);
	// Nor does the markup count on what the policy refuses.
	const markup = html.replace(/<(script|noscript)\b[^]*?<\/\1>/g, '');
	expect(markup.match(/<[a-z][^<>]*\son[a-z]+=[^<>]*/gi), path).toBeNull();
	expect(directives(headers['content-security-policy']), path).toEqual(
		scripts ? expected : { ...expected, 'script-src': "'self'" }
	);
	expect(headers, path).toMatchObject({
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'strict-origin-when-cross-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin'
	});
}

async function screenIsStrict(screen: Screen, reader: Page, server: RunningServer): Promise<void> {
	const path = await screen.path(reader, server);
	const status = (await reader.request.get(path)).status();
	for (const address of [path, inEnglish(path)])
		await expectStrict(reader, address, server.origin, status);
}

for (const screen of allScreens())
	if (screen.who === 'anyone')
		test(screen.route, ({ page, server }) => screenIsStrict(screen, page, server));
	else
		test(screen.route, ({ asFacilitator, server }) =>
			screenIsStrict(screen, asFacilitator, server)
		);

test('a page that does not exist', async ({ page, server }) => {
	await expectStrict(page, '/nulle-part', server.origin, 404);
	await expectStrict(page, '/en/nowhere', server.origin, 404);
	await expectStrict(page, '/rapports/nulle-part', server.origin, 404);
});

test('no two pages have the same nonce', async ({ page }) => {
	const nonces = [];
	for (let i = 0; i < 3; i++) {
		const { 'content-security-policy': policy = '' } = (await page.request.get('/aide')).headers();
		nonces.push(/'nonce-([^']+)'/.exec(policy)?.[1]);
	}
	expect(nonces).not.toContain(undefined);
	expect(new Set(nonces).size).toBe(3);
});

test('the sandbox frame', async ({ page, asFacilitator }) => {
	for (const reader of [page, asFacilitator]) {
		const response = await reader.request.get('/sandbox/frame');
		const headers = response.headers();
		const html = await response.text();
		const [, script = ''] = /<script>([^]*?)<\/script>/.exec(html) ?? [];
		const hash = createHash('sha256').update(script).digest('base64');
		expect(headers['content-security-policy']).toBe(
			[
				'sandbox allow-scripts',
				"default-src 'none'",
				`script-src 'sha256-${hash}' 'unsafe-eval'`,
				'worker-src blob:',
				"connect-src 'none'",
				"style-src 'unsafe-inline'",
				'img-src data: blob:',
				'font-src data:',
				"base-uri 'none'",
				"form-action 'none'",
				"frame-ancestors 'self'"
			].join('; ')
		);
		// One script that runs; the worker's text is data, and ends nowhere before its end.
		expect(html.match(/<script>/g)).toHaveLength(1);
		expect(html.match(/<script/g)).toHaveLength(2);
		const [, worker = ''] =
			/<script type="application\/json" id="worker">([^<]*)<\/script><script>/.exec(html) ?? [];
		expect(JSON.parse(worker)).toContain('addEventListener');
		expect(headers['set-cookie']).toBeUndefined();
		expect(headers).toMatchObject({
			'referrer-policy': 'no-referrer',
			'x-content-type-options': 'nosniff',
			'cross-origin-resource-policy': 'same-origin',
			'x-dns-prefetch-control': 'off'
		});
		const permissions = (headers['permissions-policy'] ?? '').split(', ');
		expect(permissions).toContain('geolocation=()');
		expect(permissions.filter((permission) => !permission.endsWith('=()'))).toEqual([]);
	}
});

test('the worker that reads files', async ({ asFacilitator: page }) => {
	const listener = await listen();
	const [worker] = await Promise.all([
		page.waitForEvent('worker'),
		page.goto('/donnees/importer').then(() =>
			page.locator('input[type=file]').setInputFiles({
				name: 'a.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from('ville;billets\nGaspé;12\n')
			})
		)
	]);
	const { pathname } = new URL(worker.url());
	expect(pathname).toMatch(/^\/_app\/immutable\/workers\//);
	for (const address of [pathname, pathname.replace('workers', '%77orkers')]) {
		const headers = (await page.request.get(address)).headers();
		expect(headers['content-type'], address).toContain('javascript');
		expect(directives(headers['content-security-policy']), address).toEqual({
			'default-src': "'none'",
			'script-src': "'self' 'wasm-unsafe-eval'",
			'connect-src': "'self'"
		});
	}
	const done = await worker.evaluate(async (elsewhere) => {
		// What a debugger evaluates may eval, until it has waited for something.
		await new Promise((over) => setTimeout(over));
		const tried = async (what: string, work: () => unknown): Promise<string> => {
			try {
				await work();
				return what;
			} catch {
				return '';
			}
		};
		return Promise.all([
			// eslint-disable-next-line no-eval -- to see that it is refused
			tried('eval', () => (0, eval)('1')),
			tried('elsewhere', () => fetch(`${elsewhere}/fetch`, { mode: 'no-cors' })),
			tried('import', () => import(`${elsewhere}/a.js`)),
			// The shortest module: Parquet's reader is one.
			tried('wasm', () => WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))),
			tried('here', () => fetch('/healthz'))
		]);
	}, listener.origin);
	expect(done).toEqual(['', '', '', 'wasm', 'here']);
	expect(listener.contacts.filter((each) => each !== 'tcp')).toEqual([]);
	await listener.close();
});

test('what the browser makes of it', async ({ page, browser, baseURL }) => {
	const listener = await listen();
	/** What markup that got into a page could do there. */
	const attempt = (at: Page) =>
		at.evaluate(async (elsewhere) => {
			const done: string[] = [];
			Object.assign(globalThis, { mark: (what: string) => done.push(what) });
			const add = (tag: string, attributes: Record<string, string>, text = '') =>
				new Promise<void>((over) => {
					const element = document.createElement(tag);
					for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
					element.textContent = text;
					// A refusal is said by an event; what runs or loads says it itself.
					document.addEventListener('securitypolicyviolation', () => over(), { once: true });
					element.addEventListener('load', () => over());
					element.addEventListener('error', () => over());
					document.body.append(element);
					if (tag === 'script' && text && done.includes('inline')) over();
				});
			// What a debugger evaluates may eval, until it has waited for something.
			await new Promise(requestAnimationFrame);
			try {
				// eslint-disable-next-line no-eval -- to see that it is refused
				done.push(String((0, eval)("'eval'")));
			} catch {
				// Refused.
			}
			await add('script', {}, "mark('inline')");
			await add('script', { src: `${elsewhere}/a.js` });
			if ('reached' in globalThis) done.push('script');
			const handler = document.createElement('b');
			handler.setAttribute('onclick', "mark('handler')");
			handler.click();
			await add('iframe', { src: `${elsewhere}/frame` });
			await add('object', { data: `${elsewhere}/object`, type: 'text/html' });
			await add('img', { src: `${elsewhere}/image` });
			await fetch(`${elsewhere}/fetch`).catch(() => undefined);
			document.head.append(Object.assign(document.createElement('base'), { href: elsewhere }));
			if (new URL('x', document.baseURI).origin === elsewhere) done.push('base');
			return done;
		}, listener.origin);

	await page.goto('/aide');
	expect(await attempt(page)).toEqual([]);
	// A browser may open a connection ahead of a frame that its policy then refuses; it asks for nothing through it.
	expect(listener.contacts.filter((each) => each !== 'tcp')).toEqual([]);

	const context = await browser.newContext({ baseURL, bypassCSP: true });
	const free = await context.newPage();
	await free.goto('/aide');
	expect(await attempt(free)).toEqual(['eval', 'inline', 'script', 'handler', 'base']);
	for (const path of ['/a.js', '/frame', '/object', '/image', '/fetch'])
		expect(listener.contacts).toContain(path);
	await context.close();
	await listener.close();
});
