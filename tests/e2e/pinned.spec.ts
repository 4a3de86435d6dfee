/** When the data under a notebook change: a newer version is offered, a withdrawal is told, to those it concerns. */
import type { Browser, Page } from '@playwright/test';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor } from '../../src/lib/server/app.ts';
import { createSession, sessionCookieName } from '../../src/lib/server/auth/session.ts';
import { addVersion, createDataset } from '../../src/lib/server/datasets/create.ts';
import { updateDataset, withdrawDataset } from '../../src/lib/server/datasets/govern.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { addMember } from '../../src/lib/server/organisations/membership.ts';
import { createOrganisation } from '../../src/lib/server/organisations/organisation.ts';
import { publishReport } from '../../src/lib/server/reports/publish.ts';
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { integerColumn, textColumn } from '../../src/lib/tables/column-of.ts';
import { testApp, testPerson } from '../support/app.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test as base } from '../support/fixtures.ts';
import { stateOf } from '../support/notebook-page.ts';
import { show } from '../support/screens.ts';
import type { RunningServer } from '../support/server.ts';

const plain = (text: string): string => text.replace(/\s+/g, ' ');

const salles = Array.from({ length: 12 }, (_, i) => `Salle ${String(i % 3)}`);
const FIRST = encodeTable([
	textColumn('salle', salles),
	integerColumn(
		'entrees',
		salles.map((_, i) => i)
	)
]);
const SECOND = encodeTable([
	textColumn('salle', [...salles, 'Salle 3', 'Salle 4']),
	integerColumn(
		'entrees',
		[...salles, '', ''].map((_, i) => i)
	),
	integerColumn(
		'prix',
		[...salles, '', ''].map((_, i) => i * 2)
	)
]);
const FIELDS = {
	description: '',
	licence: 'CC-BY-4.0',
	publication: 'rows',
	synthetic: false
} as const;

/** A theatre with its steward, and an author who may use its data. */
class Theatre {
	readonly #open: ReturnType<typeof testApp>;
	readonly steward: Actor;
	readonly author: Actor;
	readonly #organisationId: string;

	constructor(server: RunningServer) {
		this.#open = testApp(server.data, server.port);
		const { app } = this.#open;
		const unique = String(process.hrtime.bigint());
		this.steward = testPerson(app, `Regie${unique}`);
		this.author = testPerson(app, `Autrice${unique}`);
		this.#organisationId = createOrganisation(app, this.steward, { name: 'Théâtre du Bic' });
		addMember(app, this.steward, this.#organisationId, this.author.email ?? '', 'member');
	}
	get app() {
		return this.#open.app;
	}
	dataset(title: string) {
		return createDataset(
			this.app,
			this.steward,
			{ ...FIELDS, organisationId: this.#organisationId, title },
			FIRST
		);
	}
	notebook(title: string, sources: Readonly<Record<string, string>>): string {
		const cells = Object.entries(sources).map(([id, source]) => ({ id, source }));
		return createNotebook(this.app, this.author, {
			notebook: toNotebook({ title, lang: 'fr', cells })
		});
	}
	/** A report of a notebook of one cell on this file; answers its slug. */
	report(title: string, file: string): string {
		const ran = [{ id: 'a', source: `display(await FileAttachment("${file}").arquero());` }];
		const notebookId = createNotebook(this.app, this.author, {
			notebook: toNotebook({ title, lang: 'fr', cells: ran })
		});
		const { published, refusals } = publishReport(this.app, this.author, notebookId, {
			content: {
				...{ lang: 'fr', title, summary: '', authors: ['Autrice'], licence: 'CC-BY-4.0' },
				blocks: [
					{
						...{ cell: 'a', kind: 'data', source: null },
						outputs: [{ kind: 'value', caption: '', text: '2', lineage: null }]
					}
				],
				sources: []
			},
			ran,
			reportId: null
		});
		if (!published) throw new Error(JSON.stringify(refusals));
		return published.slug;
	}
	async page(browser: Browser, who: Actor): Promise<Page> {
		const session = await createSession({ ...this.app, now: Date.now }, who.personId);
		const context = await browser.newContext({ baseURL: this.app.config.origin });
		await context.addCookies([
			{ name: sessionCookieName(this.app), value: session.value, url: this.app.config.origin }
		]);
		return context.newPage();
	}
	close(): void {
		this.#open.close();
	}
}

const test = base.extend<{ theatre: Theatre; asAuthor: Page }>({
	theatre: async ({ server }, use) => {
		const theatre = new Theatre(server);
		await use(theatre);
		theatre.close();
	},
	asAuthor: async ({ browser, theatre }, use) => {
		const page = await theatre.page(browser, theatre.author);
		await use(page);
		await page.context().close();
	}
});

const strip = (page: Page) => page.getByRole('region', { name: 'Versions des données' });
const cell = (page: Page, id: string) => page.locator(`[data-cell="${id}"]`);
const sources = async (page: Page): Promise<string> =>
	(await page.locator('[data-cell]').allTextContents()).join('\n');

/** axe, in both schemes, and nothing wider than a phone. */
async function isSound(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await faultsOf(page, { frames: false })).toEqual([]);
		for (const width of [360, 1440]) {
			await page.setViewportSize({ width, height: 900 });
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
				width
			);
		}
	}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1280, height: 720 });
}

test('a newer version is offered, taken in one step and given back in one', async ({
	theatre,
	asAuthor: page
}) => {
	const { id, slug } = await theatre.dataset('Billetterie');
	const file = `${slug}@1.arrow`;
	const notebookId = theatre.notebook('Versions', {
		a: `const billets = FileAttachment("${file}").arquero();`,
		b: `const encore = FileAttachment("${file}").arquero();`,
		c: 'billets.numRows() + encore.numRows()'
	});
	await show(page, `/carnets/${notebookId}`);
	await expect(cell(page, 'c')).toContainText('24');
	await expect(strip(page)).toHaveCount(0);

	await addVersion(theatre.app, theatre.steward, id, SECOND);
	await show(page, `/carnets/${notebookId}`);
	await expect(strip(page)).toBeVisible();
	expect(plain((await strip(page).textContent()) ?? '')).toContain(
		'Billetterie : une version plus récente existe (version 2, le 15 janvier 2026; 2 lignes de plus, 1 colonne de plus).'
	);
	await isSound(page);

	const taken = page.getByText(/Les cellules lisent maintenant la version 2/);
	await strip(page).getByRole('button', { name: 'Utiliser la version 2' }).click();
	await expect(strip(page)).toHaveCount(0);
	await expect(cell(page, 'c')).toContainText('28');
	await expect(taken).toBeVisible();
	expect(await sources(page)).not.toContain(file);
	// The button is gone: the keyboard is on a cell, where undo takes all of it back.
	await expect(cell(page, 'a')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+z');
	await expect(strip(page)).toBeVisible();
	await expect(cell(page, 'c')).toContainText('24');
	await expect(taken).toHaveCount(0);
	expect((await sources(page)).split(file)).toHaveLength(3);

	// By the notice's button too; what is taken is kept by the server.
	await strip(page).getByRole('button', { name: 'Utiliser la version 2' }).click();
	await page.getByRole('button', { name: 'Annuler' }).click();
	await expect(cell(page, 'c')).toContainText('24');

	// Kept: told no more on this device, and told again on another.
	await strip(page).getByRole('button', { name: 'Garder la version 1' }).click();
	await expect(strip(page)).toHaveCount(0);
	await show(page, `/carnets/${notebookId}`);
	await expect(cell(page, 'c')).toContainText('24');
	await expect(strip(page)).toHaveCount(0);
	await page.evaluate(() => localStorage.clear());
	await show(page, `/carnets/${notebookId}`);
	await strip(page).getByRole('button', { name: 'Utiliser la version 2' }).click();
	await expect(cell(page, 'c')).toContainText('28');
	await expect(page.getByText('Enregistré', { exact: true }).first()).toBeVisible();
	await show(page, `/carnets/${notebookId}`);
	await expect(cell(page, 'c')).toContainText('28');
	await expect(strip(page)).toHaveCount(0);
});

test('a withdrawal and the end of terms are told above the cells and in them', async ({
	theatre,
	asAuthor: page
}) => {
	const [gone, past] = [await theatre.dataset('Abonnements'), await theatre.dataset('Guichet')];
	const notebookId = theatre.notebook('Retraits', {
		a: `FileAttachment("${gone.slug}@1.arrow").arquero()`,
		b: `FileAttachment("${past.slug}@1.arrow").arquero()`,
		c: 'FileAttachment("rien-de-tel@1.arrow").arquero()'
	});
	withdrawDataset(theatre.app, theatre.steward, gone.id);
	updateDataset(theatre.app, theatre.steward, past.id, {
		...{ ...FIELDS, title: 'Guichet' },
		terms: { validUntil: '2026-02-01' }
	});
	await show(page, `/carnets/${notebookId}`);
	for (const id of ['a', 'b', 'c'])
		await expect(stateOf(cell(page, id))).toHaveAttribute('data-cell-state', 'error');
	const told = plain((await strip(page).textContent()) ?? '');
	expect(told).toContain(
		'« Abonnements » a été retiré par Théâtre du Bic le 15 janvier 2026 : ses cellules ne peuvent plus être recalculées.'
	);
	expect(told).toContain(
		'Les conditions de « Guichet », de Théâtre du Bic, ont pris fin le 1er février 2026 : ses cellules ne peuvent plus être recalculées.'
	);
	expect(told).not.toContain('rien-de-tel');
	await expect(strip(page).getByRole('button')).toHaveCount(0);
	await expect(cell(page, 'a')).toContainText(/Abonnements\s»\sa été retiré par Théâtre du Bic\s:/);
	await expect(cell(page, 'a')).not.toContainText('n’existe pas');
	await expect(cell(page, 'b')).toContainText(/ont pris fin le 1er février 2026/);
	await expect(cell(page, 'c')).toContainText('n’existe pas');
	await isSound(page);
	// Neither is offered for a new cell, the expired one not even to its steward.
	await page.getByRole('button', { name: 'Ajouter une cellule' }).last().click();
	await expect(page.getByRole('menuitem', { name: /^Texte/ })).toBeVisible();
	await expect(page.getByRole('menuitem', { name: /Abonnements|Guichet/ })).toHaveCount(0);

	await page.goto(`/en/notebooks/${notebookId}`);
	await expect(cell(page, 'a')).toContainText('“Abonnements” was withdrawn by Théâtre du Bic');
});

test('the author of a report is told that it cites withdrawn data, and its readers see what they saw', async ({
	browser,
	theatre,
	asAuthor: page
}) => {
	const { id, slug } = await theatre.dataset('Fréquentation');
	const report = theatre.report('Les salles en hiver', `${slug}@1.arrow`);
	const reader = await (await browser.newContext({ baseURL: theatre.app.config.origin })).newPage();
	const other = await theatre.page(browser, theatre.steward);
	const read = async (who: Page, path: string): Promise<string> => {
		await who.goto(path);
		return (await who.locator('body').innerText()).trim();
	};
	const path = `/rapports/${report}`;
	const before = await read(reader, path);
	expect(await read(page, path)).toBe(before);
	const listed = await read(reader, '/rapports');

	withdrawDataset(theatre.app, theatre.steward, id);
	expect(await read(reader, path)).toBe(before);
	expect(await read(other, path)).toBe(before);
	expect(await read(reader, '/rapports')).toBe(listed);

	await page.goto(path);
	await expect(
		page.getByText('Votre rapport cite un jeu de données retiré le 15 janvier 2026')
	).toBeVisible();
	await expect(page.getByText(/Fréquentation\s», de Théâtre du Bic/)).toBeVisible();
	await isSound(page);
	await page.goto('/rapports');
	await expect(
		page.getByText(/Les salles en hiver\s», version 1, cite un jeu de données retiré le/)
	).toBeVisible();
	await isSound(page);
	await page.getByRole('link', { name: 'Réviser ou retirer ce rapport' }).click();
	await page.waitForURL(/\/publier$/);
	await expect(
		page.getByText(/Version 1\s: cite «\sFréquentation\s», de Théâtre du Bic/)
	).toBeVisible();
	await isSound(page);
	await other.context().close();
	await reader.context().close();
});
