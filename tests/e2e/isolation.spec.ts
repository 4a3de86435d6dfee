/**
 * People's code cannot get out of its worker. Each attack is tried in Chromium against the product's own frame
 * and worker with the defences up, where it must fail, and with a defence down, where it must succeed: a test that
 * could not see the harm would prove nothing.
 */
import { chromium, type Page } from '@playwright/test';
import {
	AS_THE_PERSON,
	asCell,
	ENGINE,
	FORGE,
	NETWORK,
	PARENT,
	POLLUTE,
	STACK,
	STORAGE,
	WALK,
	type Attack
} from '../support/attacks.ts';
import {
	ALL,
	NO_POLICY,
	NONE,
	openSandbox,
	WALL,
	type BareSandbox,
	type Outcome
} from '../support/bare-sandbox.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.ts';
import { expect, test } from '../support/fixtures.ts';
import { heardBy, listen, type Listener } from '../support/listener.ts';

/** As people have it: windows, forms and all. */
test.use({ launchOptions: { executablePath: ensureChromium(), args: CHROMIUM_ARGS } });

let listener: Listener;
let product: string;
test.beforeEach(async ({ page, server }) => {
	listener = await listen();
	product = server.origin;
	await page.goto('/aide');
});
test.afterEach(async () => {
	await listener.close();
});

const REACHED = /^(kept|reached)/;

async function inCell(sandbox: BareSandbox, attack: Attack, target = listener): Promise<Outcome> {
	const { attack: outcome } = await sandbox.run({ attack: asCell(attack.body(target, product)) });
	if (!outcome) throw new Error('the cell is gone');
	return outcome;
}

/** In the frame's own document, where no cell ever runs. Answers what the attack says, or what it threw. */
const inFrame = ({ frame }: BareSandbox, attack: Attack, target = listener): Promise<string> =>
	frame.evaluate<string>(
		`(async (g) => {${attack.body(target, product)}})(globalThis).then(String, String)`
	);

/** The attack where it can be seen to succeed. A handshake may never end, nor a frame that goes elsewhere answer. */
const control = (
	sandbox: BareSandbox,
	attack: Attack,
	target = listener
): Promise<string | null> =>
	attack.realm === 'worker'
		? inCell(sandbox, attack, target).then(({ text }) => text)
		: inFrame(sandbox, attack, target);

/** The attacks as the cells of one notebook, by name. */
const asCells = (attacks: readonly Attack[]): Record<string, string> =>
	Object.fromEntries(
		attacks.map((attack) => [attack.name, asCell(attack.body(listener, product))])
	);

test.describe('network', () => {
	for (const [words, defences] of [
		['nothing goes out', ALL],
		['the policy alone lets nothing out', WALL]
	] as const)
		test(words, async ({ page }) => {
			const sandbox = await openSandbox(page, defences);
			const outcomes = await sandbox.run(asCells(NETWORK));
			expect(await heardBy(listener, page), JSON.stringify(outcomes, null, '\t')).toEqual([]);
			expect(new URL(page.url()).pathname).toBe('/aide');
			expect(page.frames()).toHaveLength(2);
			expect(await sandbox.answers()).toBe(true);
		});

	test('each attack is heard without the policy', async ({ page }) => {
		test.slow();
		for (const attack of NETWORK)
			await test.step(attack.name, async () => {
				if (attack.name !== 'WebTransport') return heard(page, attack);
				// The other tests' browser has no QUIC, and takes the frame for one from outside of this machine once
				// its headers are changed.
				const browser = await chromium.launch({
					executablePath: ensureChromium(),
					args: [
						...CHROMIUM_ARGS.filter((arg) => arg !== '--disable-quic'),
						'--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebTransport'
					]
				});
				const other = await browser.newPage();
				await other.goto(`${product}/aide`);
				expect(await heard(other, attack)).toContain('udp');
				await browser.close();
			});
	});

	/** What reaches a listener of the attack's own. */
	async function heard(page: Page, attack: Attack): Promise<readonly string[]> {
		const own = await listen();
		const sandbox = await openSandbox(page, attack.origin ? NONE : NO_POLICY);
		control(sandbox, attack, own).catch(() => undefined);
		await expect.poll(() => own.contacts, { message: attack.name }).not.toEqual([]);
		await own.close();
		return own.contacts;
	}
});

test.describe('storage and the person’s session', () => {
	const attacks = [...STORAGE, AS_THE_PERSON];
	test.beforeEach(async ({ context }) => {
		await context.addCookies([{ name: 'theme', value: 'dark', url: product }]);
	});

	test('out of reach', async ({ page }) => {
		for (const defences of [ALL, WALL]) {
			const sandbox = await openSandbox(page, defences);
			for (const [name, outcome] of Object.entries(await sandbox.run(asCells(attacks))))
				expect(outcome.state, name).toBe('error');
			for (const attack of attacks)
				if (attack.realm === 'document')
					expect(await inFrame(sandbox, attack), attack.name).toMatch(/SecurityError/);
		}
	});

	test('each is reached on the product’s own origin', async ({ page }) => {
		const sandbox = await openSandbox(page, NONE);
		for (const attack of attacks)
			expect(await control(sandbox, attack), attack.name).toMatch(REACHED);
	});
});

test.describe('the page', () => {
	/** What the page would be if nothing had happened to it. */
	const traces = async (page: Page) => ({
		title: (await page.title()) === 'attacked',
		path: new URL(page.url()).pathname,
		windows: page.context().pages().length
	});

	for (const attack of PARENT) {
		test(`${attack.name}: out of reach`, async ({ page }) => {
			const before = await traces(page);
			for (const defences of [ALL, WALL]) {
				const sandbox = await openSandbox(page, defences);
				await inCell(sandbox, attack);
				expect(await traces(page)).toEqual(before);
				// Not even the frame's own document gets there.
				expect(await inFrame(sandbox, attack)).toMatch(/Error/);
				expect(await traces(page)).toEqual(before);
			}
		});

		test(`${attack.name}: reached on the product’s own origin`, async ({ page }) => {
			const before = await traces(page);
			control(await openSandbox(page, NONE), attack).catch(() => undefined);
			await expect.poll(() => traces(page)).not.toEqual(before);
		});
	}

	test('a word to it is not heard', async ({ page }) => {
		const hear = () =>
			page.evaluate(() => {
				const heard: unknown[] = [];
				addEventListener('message', ({ data }) => heard.push(data));
				Object.assign(globalThis, { heard });
			});
		const heard = () => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard);
		const words = `g.postMessage('forged');`;
		const sandbox = await openSandbox(page, WALL);
		await hear();
		await sandbox.run({ attack: asCell(words) });
		expect(await sandbox.answers()).toBe(true);
		expect(await heard()).toEqual([]);
		await sandbox.frame.evaluate(() => parent.postMessage('forged', '*'));
		await expect.poll(heard).toEqual(['forged']);
	});
});

test.describe('the engine and its conversation', () => {
	for (const attack of ENGINE)
		test(attack.name, async ({ page }) => {
			const up = await inCell(await openSandbox(page, ALL), attack);
			expect(up.text ?? up.error).not.toMatch(REACHED);
			const down = await inCell(await openSandbox(page, WALL), attack);
			expect(down.text ?? down.error).toMatch(REACHED);
		});

	test('another cell’s result cannot be forged by the engine’s own lists', async ({ page }) => {
		const cells = {
			attack: `const ready = await ${asCell(FORGE)}`,
			victim: 'ready === undefined ? 0 : 1 + 1'
		};
		const up = await (await openSandbox(page, ALL)).run(cells);
		expect(up.victim).toEqual({ state: 'done', error: null, text: '2' });
		const down = await (await openSandbox(page, WALL)).run(cells);
		expect(down.victim?.text).toBe('forged');
	});

	test('fields given to every object do not pass for a cell’s own', async ({ page }) => {
		const outcome = await (
			await openSandbox(page, ALL)
		).run({
			attack: `const said = await ${asCell(POLLUTE)}`,
			victim: 'said',
			other: 'said && 1 + 1'
		});
		// It did happen, in the worker; what the host hears is rebuilt from each message's own fields.
		expect(outcome.victim?.text).toBe('polluted: forged');
		expect(outcome.other).toEqual({ state: 'done', error: null, text: '2' });
	});

	test('nothing that a cell can reach leads to the worker’s port', async ({ page }) => {
		const walk = { attack: asCell(WALK) };
		expect((await (await openSandbox(page, ALL)).run(walk)).attack).toEqual({
			state: 'done',
			error: null,
			text: 'nothing'
		});
		const careless = `addEventListener('message', (event) => { self.kept = event.ports[0]; });\n`;
		const { attack } = await (await openSandbox(page, ALL, careless)).run(walk);
		expect(attack?.text).toMatch(REACHED);
	});

	test('the stack shows a cell nothing of the engine', async ({ page }) => {
		const { attack } = await (await openSandbox(page, ALL)).run({ attack: asCell(STACK) });
		expect(attack?.text ?? attack?.error).toBe('engine: ; own: true');
	});

	test('a cell does not close its worker', async ({ page }) => {
		const up = await openSandbox(page, ALL);
		await up.run({ attack: asCell('g.close();') });
		expect(await up.answers()).toBe(true);
		const down = await openSandbox(page, WALL);
		down.run({ attack: asCell('g.close();') }).catch(() => undefined);
		expect(await down.answers()).toBe(false);
	});
});
