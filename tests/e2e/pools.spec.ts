/**
 * Pools by their pages: one is made and its contract written, two organisations contribute exports of other systems,
 * a notebook reads it, one of them withdraws; and what a change of contract means is said before it is stored.
 */
import type { Browser, Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import type { Actor } from '../../src/lib/server/app.ts';
import { createSession, sessionCookieName } from '../../src/lib/server/auth/session.ts';
import { createDataset } from '../../src/lib/server/datasets/create.ts';
import { pools, poolParts } from '../../src/lib/server/db/schema.ts';
import { makeSales } from '../../src/lib/server/demo/exports/sales.ts';
import { DEMO_SYSTEMS } from '../../src/lib/server/demo/exports/systems.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { createOrganisation } from '../../src/lib/server/organisations/organisation.ts';
import { contributePart } from '../../src/lib/server/pools/contribute.ts';
import { createPool, editContract } from '../../src/lib/server/pools/create.ts';
import { inviteToPool, joinPool } from '../../src/lib/server/pools/members.ts';
import { storedPool } from '../../src/lib/server/pools/stored-pool.ts';
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { integerColumn, textColumn } from '../../src/lib/tables/column-of.ts';
import { openFile } from '../../src/lib/tables/read/open-file.ts';
import { readTable } from '../../src/lib/tables/read/read-table.ts';
import { testApp, testPerson } from '../support/app.ts';
import { faultsOf } from '../support/faults.ts';
import { expect, test as base } from '../support/fixtures.ts';
import { show } from '../support/screens.ts';
import type { RunningServer } from '../support/server.ts';

const FIELDS = {
	description: '',
	licence: 'reserved',
	publication: 'nothing',
	synthetic: true
} as const;

/** Who runs a pool, two stewards of venues that take part, and someone who has nothing to do with it. */
class Sector {
	readonly #open: ReturnType<typeof testApp>;
	readonly runner: Actor;
	readonly anne: Actor;
	readonly bruno: Actor;
	readonly stranger: Actor;
	readonly network: string;
	readonly venueA: string;
	readonly venueB: string;

	constructor(server: RunningServer) {
		this.#open = testApp(server.data, server.port);
		const { app } = this.#open;
		const unique = String(process.hrtime.bigint());
		const person = (name: string): Actor => testPerson(app, `${name}${unique}`);
		this.runner = person('Regie');
		this.anne = person('Anne');
		this.bruno = person('Bruno');
		this.stranger = person('Zoe');
		this.network = createOrganisation(app, this.runner, { name: 'Réseau des salles' });
		this.venueA = createOrganisation(app, this.anne, { name: 'Salle des Vents' });
		this.venueB = createOrganisation(app, this.bruno, { name: 'Théâtre du Quai' });
	}
	get app() {
		return this.#open.app;
	}
	/** One of the demo's exports, read as any file would be; answers the dataset's id, and how many sales it holds. */
	async importExport(who: Actor, organisationId: string, system: string) {
		const found = DEMO_SYSTEMS.find(({ name }) => name === system);
		if (!found) throw new Error(system);
		const sales = makeSales().get(found.venueId) ?? [];
		const table = await readTable(await openFile(found.write(sales), found.fileName));
		const columns = table.columns.filter((column) => column !== null);
		const { id } = await createDataset(
			this.app,
			who,
			{ ...FIELDS, organisationId, title: `Export ${system}` },
			encodeTable(columns)
		);
		const inYear = (year: number): number =>
			sales.filter(({ performance }) => new Date(performance.day).getUTCFullYear() === year).length;
		return { id, inYear };
	}
	takePart(poolId: string): void {
		for (const [who, venue] of [
			[this.anne, this.venueA],
			[this.bruno, this.venueB]
		] as const) {
			inviteToPool(this.app, this.runner, poolId, who.email ?? '');
			joinPool(this.app, who, poolId, venue);
		}
	}
	parts(poolId: string) {
		return this.app.db.select().from(poolParts).where(eq(poolParts.poolId, poolId)).all();
	}
	async page(browser: Browser, who: Actor): Promise<Page> {
		const session = await createSession({ ...this.app, now: Date.now }, who.personId);
		const context = await browser.newContext({
			...{ baseURL: this.app.config.origin, locale: 'fr-CA', reducedMotion: 'reduce' }
		});
		await context.addCookies([
			{ name: sessionCookieName(this.app), value: session.value, url: this.app.config.origin }
		]);
		return context.newPage();
	}
	close(): void {
		this.#open.close();
	}
}

const test = base.extend<{ sector: Sector }>({
	sector: async ({ server }, use) => {
		const sector = new Sector(server);
		await use(sector);
		sector.close();
	}
});

/** axe, in both schemes, and nothing wider than a phone. */
async function isSound(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await faultsOf(page)).toEqual([]);
	}
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1280, height: 720 });
}
const ready = (page: Page) => expect(page.locator('html[data-scripts=ready]')).toBeAttached();
const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();
const count = (n: number): string => plain(n.toLocaleString('fr-CA'));

/** Contributes a dataset's rows of 2025 by the page, as it suggests; answers what was said of rows that are no sale. */
async function contribute(page: Page, poolId: string, datasetId: string): Promise<string> {
	await show(page, `/bassins/${poolId}/verser?jeu=${datasetId}`);
	await ready(page);
	await page.getByRole('button', { name: 'Lire ce jeu de données' }).click();
	await expect(page.getByRole('heading', { name: 'Vos colonnes' })).toBeVisible();
	const filled = page.getByLabel(/^Votre colonne pour/);
	await expect(filled).toHaveCount(14);
	const period = page.getByLabel('Période à verser');
	await expect(period).toBeVisible();
	await period.selectOption('2025');
	const problems = page.getByRole('region', { name: 'Ce qui ne suit pas le contrat' });
	await expect(page.getByText(/^Ce qui sera versé/)).toContainText('période 2025');
	const told = (await problems.count()) ? plain(await problems.textContent()) : '';
	const leaveOut = page.getByRole('checkbox', { name: /^Laisser de côté/ });
	await page.getByRole('checkbox', { name: /^J’accepte/ }).check();
	if (await leaveOut.count()) {
		// Rows that do not meet the contract are never left out without a word.
		await page.getByRole('button', { name: 'Verser', exact: true }).click();
		await expect(page.getByRole('alert')).toContainText('Des lignes ont un problème');
		await leaveOut.check();
	}
	await page.getByRole('button', { name: 'Verser', exact: true }).click();
	await page.waitForURL(`**/bassins/${poolId}`);
	return told;
}

test('a pool from its form to a withdrawal', async ({ sector, browser }) => {
	const [byAnne, byBruno] = await Promise.all([
		sector.importExport(sector.anne, sector.venueA, 'CODEX-Salle'),
		sector.importExport(sector.bruno, sector.venueB, 'SeatLedger')
	]);
	const runner = await sector.page(browser, sector.runner);
	let poolId = '';

	await test.step('it is made with the keyboard alone', async () => {
		await show(runner, '/bassins/nouveau');
		await ready(runner);
		const { keyboard } = runner;
		await runner.getByLabel('Titre en français').focus();
		await keyboard.type('Ventes des salles');
		await keyboard.press('Tab');
		await keyboard.type('Sales of the venues');
		await keyboard.press('Tab');
		await keyboard.press('Tab');
		await expect(runner.getByLabel('Colonnes de départ')).toBeFocused();
		await keyboard.type('Mod');
		await keyboard.press('Tab');
		await keyboard.type('Une part par an');
		await expect(runner.getByLabel('Périodes')).toHaveValue('year');
		await runner.getByRole('button', { name: 'Créer le bassin' }).focus();
		await keyboard.press('Enter');
		await runner.waitForURL(/\/bassins\/[0-9a-z]{26}\/contrat$/);
		poolId = /\/bassins\/([0-9a-z]{26})/.exec(runner.url())?.[1] ?? '';
		expect(storedPool(sector.app, poolId).contract.columns).toHaveLength(13);
	});

	await test.step('a column is moved and one is added with the keyboard; what lacks is said at its field', async () => {
		const { keyboard } = runner;
		await ready(runner);
		await runner.locator('summary', { hasText: 'Heure de la représentation' }).focus();
		await keyboard.press('Enter');
		await runner.locator('details[open]').getByLabel('Nom en français').focus();
		await keyboard.press('Alt+ArrowUp');
		await expect(runner.getByRole('status').first()).toHaveText(
			/«\sHeure de la représentation\s»\s: place 2 sur 13\./
		);
		await expect(runner.getByLabel('Nom en français')).toBeFocused();
		await runner.getByRole('button', { name: 'Ajouter une colonne', exact: true }).focus();
		await keyboard.press('Enter');
		await expect(runner.getByLabel('Nom en français').last()).toBeFocused();
		await keyboard.type('Remarques de l’équipe');
		const store = runner.getByRole('button', { name: 'Enregistrer le contrat' });
		await store.focus();
		await keyboard.press('Enter');
		const english = runner.getByLabel('Nom en anglais').last();
		await expect(english).toBeFocused();
		await expect(english).toHaveAccessibleDescription('Remplissez ce champ.');
		await expect(runner.getByLabel('Nom en français').last()).toHaveValue('Remarques de l’équipe');
		await isSound(runner);
		await english.focus();
		await keyboard.type('Remarks');
		await expect(english).toHaveAccessibleDescription('');
		await store.focus();
		await keyboard.press('Enter');
		await runner.waitForURL(`**/bassins/${poolId}`);
		const { columns } = storedPool(sector.app, poolId).contract;
		expect(columns.map(({ name }) => name).slice(0, 3)).toEqual([
			'id_representation',
			'heure',
			'date_representation'
		]);
		expect(columns.at(-1)).toMatchObject({
			...{ name: 'remarques_de_l_equipe', type: 'text', required: false },
			label: { fr: 'Remarques de l’équipe', en: 'Remarks' }
		});
	});

	sector.takePart(poolId);
	const [anne, bruno] = await Promise.all([
		sector.page(browser, sector.anne),
		sector.page(browser, sector.bruno)
	]);
	await test.step('two organisations contribute exports of two systems, as suggested', async () => {
		// The first system's export says its columns twice: the second time is no sale, told cell by cell.
		const told = await contribute(anne, poolId, byAnne.id);
		expect(told).toContain('1Date de représentationValeur obligatoire manquante');
		expect(told).toContain('1Région administrativeValeur d’un autre type que prévuRégion');
		await contribute(bruno, poolId, byBruno.id);
	});

	const [rowsA, rowsB] = [byAnne.inYear(2025), byBruno.inYear(2025)];
	await test.step('the matrix says who gave what', async () => {
		const matrix = anne.getByRole('region', { name: 'Ce que chacun a versé' });
		await show(anne, `/bassins/${poolId}`);
		const lines = (await matrix.getByRole('row').allInnerTexts()).map(plain);
		expect(lines[0]).toBe('Organisme 2025');
		expect(lines[1]).toContain(`Salle des Vents ${count(rowsA)} lignes Rempli à 93`);
		expect(lines[2]).toContain(`Théâtre du Quai ${count(rowsB)} lignes Rempli à 93`);
		await isSound(anne);
	});

	const { slug } = storedPool(sector.app, poolId).dataset;
	const source = (version: number): string =>
		`const ventes = await FileAttachment("${slug}@${version}.arrow").arquero();
display(ventes.numRows());
display(ventes.groupby("organisme").count().orderby("organisme"));`;
	const notebookId = createNotebook(sector.app, sector.anne, {
		notebook: toNotebook({
			...{ title: 'Bassin', lang: 'fr' },
			cells: [{ id: 'a', source: source(2) }]
		})
	});
	const cell = anne.locator('[data-cell="a"]');
	await test.step('a notebook reads it as one table, with whose each row is', async () => {
		await show(anne, `/carnets/${notebookId}`);
		await expect(cell).toContainText('Théâtre du Quai');
		const text = plain(await cell.textContent());
		expect(text).toContain('organisme');
		expect(text).toContain('Salle des Vents');
		expect(text).toContain(count(rowsA));
		expect(text).toContain(count(rowsB));
	});

	await test.step('one withdraws: the notebook is offered the pool without it, the other’s part stands', async () => {
		const before = sector.parts(poolId).find((part) => part.organisationId === sector.venueA);
		await show(bruno, `/bassins/${poolId}`);
		await ready(bruno);
		const open = bruno.getByText(/^Retirer la part de Théâtre du Quai, 2025/);
		await open.click();
		await bruno.getByRole('button', { name: 'Retirer cette part' }).click();
		await expect(bruno.getByText('La part est retirée.')).toBeVisible();
		expect(sector.parts(poolId).find((part) => part.organisationId === sector.venueA)).toEqual(
			before
		);
		expect(before?.withdrawnAt).toBeNull();

		await show(anne, `/carnets/${notebookId}`);
		await expect(cell).not.toContainText('Théâtre du Quai', { timeout: 10_000 });
		await anne.getByRole('button', { name: 'Utiliser la version 3' }).click();
		await expect(cell).toContainText('Salle des Vents');
		const text = plain(await cell.textContent());
		expect(text).toContain(count(rowsA));
		expect(text).not.toContain('Théâtre du Quai');
	});

	await test.step('who has no right is refused by the server', async () => {
		const stranger = await sector.page(browser, sector.stranger);
		const { origin } = sector.app.config;
		const post = async (page: Page, path: string, form: Record<string, string>) => {
			const answer = await page.request.post(path, {
				headers: { origin, accept: 'application/json', 'x-sveltekit-action': 'true' },
				form
			});
			return ((await answer.json()) as { status: number }).status;
		};
		for (const path of ['', '/contrat', '/verser'])
			expect((await stranger.request.get(`/bassins/${poolId}${path}`)).status(), path).toBe(404);
		expect((await anne.request.get(`/bassins/${poolId}/contrat`)).status()).toBe(403);
		const { contract, contractVersion } = storedPool(sector.app, poolId);
		const change = {
			from: String(contractVersion),
			contract: JSON.stringify({ ...contract, key: [] })
		};
		expect(await post(anne, `/bassins/${poolId}/contrat`, change)).toBe(403);
		expect(await post(stranger, `/bassins/${poolId}/contrat`, change)).toBe(404);
		const theirs = { organisation: sector.venueA, period: '2025' };
		expect(await post(bruno, `/bassins/${poolId}?/withdraw`, theirs)).toBe(403);
		expect(await post(stranger, `/bassins/${poolId}?/withdraw`, theirs)).toBe(404);
		expect(storedPool(sector.app, poolId).contractVersion).toBe(contractVersion);
		expect(sector.parts(poolId).filter(({ withdrawnAt }) => withdrawnAt === null)).toHaveLength(1);
	});
});

const words = (text: string) => ({ fr: text, en: text });
const CONTRACT = {
	title: words('Petit bassin'),
	columns: [
		{ name: 'id', label: words('Numéro'), type: 'identifier', required: true },
		{
			...{ name: 'canal', label: words('Canal'), type: 'category', required: true },
			allowed: ['Web', 'Guichet'].map((value) => ({ value, synonyms: [] }))
		},
		{ name: 'billets', label: words('Billets'), type: 'integer', required: false }
	],
	terms: { licence: 'CC-BY-4.0', publication: 'rows' }
};
const part = (...rows: readonly (readonly [string, number | null])[]): Uint8Array =>
	encodeTable([
		textColumn(
			'id',
			rows.map((_, i) => String(i))
		),
		textColumn(
			'canal',
			rows.map(([channel]) => channel)
		),
		integerColumn(
			'billets',
			rows.map(([, tickets]) => tickets)
		)
	]);

test('a change of contract says which parts it touches before it is stored, and loses nothing typed', async ({
	sector,
	browser
}) => {
	const { app, runner, anne, bruno, venueA, venueB } = sector;
	const { id } = createPool(app, runner, { organisationId: sector.network, contract: CONTRACT });
	sector.takePart(id);
	const sent = { period: '', contractVersion: 1, accepted: true };
	await contributePart(app, anne, id, { ...sent, organisationId: venueA }, part(['Guichet', 2]));
	await contributePart(app, bruno, id, { ...sent, organisationId: venueB }, part(['Web', null]));
	const page = await sector.page(browser, runner);
	const version = (): number => storedPool(app, id).contractVersion;

	await test.step('without scripts it can be read', async () => {
		const context = await browser.newContext({
			...{ javaScriptEnabled: false, storageState: await page.context().storageState() },
			baseURL: app.config.origin
		});
		const still = await context.newPage();
		await still.goto(`/bassins/${id}/contrat`);
		await expect(still.locator('noscript p').first()).toBeVisible();
		await still.locator('summary', { hasText: 'Canal' }).click();
		await expect(still.getByLabel('Valeur 2', { exact: true })).toHaveValue('Guichet');
		await expect(still.getByLabel('Valeur 2', { exact: true })).toBeDisabled();
		await context.close();
	});

	await show(page, `/bassins/${id}/contrat`);
	await ready(page);
	await test.step('a removed column says who filled it, and comes back', async () => {
		await page.getByRole('button', { name: 'Retirer la colonne Billets' }).click();
		const gone = page.getByRole('listitem').filter({ hasText: 'sera retirée à l’enregistrement' });
		await expect(gone).toContainText('1 part a des valeurs dans cette colonne');
		await expect(gone.getByRole('listitem')).toHaveText(['Salle des Vents (tout)']);
		const back = gone.getByRole('button', { name: 'Remettre la colonne Billets' });
		await expect(back).toBeFocused();
		await back.press('Enter');
		await expect(gone).toHaveCount(0);
		await expect(page.locator('summary', { hasText: 'Billets' })).toBeFocused();
	});

	await test.step('nothing is stored before it is said which part leaves', async () => {
		await page.locator('summary', { hasText: 'Canal' }).click();
		await page.getByRole('button', { name: 'Retirer la valeur Guichet' }).click();
		await expect(page.getByText(/«\sCanal\s» permet moins de valeurs\./)).toBeVisible();
		await page.getByRole('button', { name: 'Enregistrer le contrat' }).click();
		const told = page.locator('[data-review]');
		await expect(told).toContainText('Rien n’est encore enregistré');
		await expect(told).toBeFocused();
		expect(plain(await told.textContent())).toMatch(
			/1 ne suit plus ce contrat.*Salle des Vents, tout · 1 ligne ?« Canal » : 1 valeur ne suit pas le nouveau contrat\..*1 part reste dans le bassin.*Théâtre du Quai/
		);
		expect(version()).toBe(1);
		await isSound(page);
	});

	await test.step('someone else stores first: what was typed stays', async () => {
		const changed = { ...CONTRACT, description: words('Une description') };
		await editContract(app, runner, id, { from: 1, contract: changed, aside: [] });
		await page.getByRole('button', { name: 'Enregistrer et mettre de côté 1 part' }).click();
		await expect(page.getByRole('alert')).toContainText('Quelqu’un d’autre a enregistré');
		await expect(page.getByLabel('Valeur 1', { exact: true })).toHaveValue('Web');
		await expect(page.getByLabel('Valeur 2', { exact: true })).toHaveCount(0);
		expect(version()).toBe(2);
	});

	await test.step('leaving asks first', async () => {
		await page.getByRole('link', { name: 'Annuler' }).click();
		await expect(page.getByRole('dialog')).toContainText('Quitter sans enregistrer?');
		await page.getByRole('button', { name: 'Rester' }).click();
		await expect(page.getByLabel('Valeur 1', { exact: true })).toHaveValue('Web');
	});

	await test.step('once known it is stored, and the part is out of the pool', async () => {
		await page.getByRole('button', { name: 'Enregistrer et mettre de côté 1 part' }).click();
		await page.waitForURL(`**/bassins/${id}`);
		await expect(page.getByText('Le contrat est enregistré.')).toBeVisible();
		const matrix = page.getByRole('region', { name: 'Ce que chacun a versé' });
		await expect(matrix.getByRole('row').nth(1)).toContainText('À verser de nouveau');
		await expect(matrix.getByRole('row').nth(2)).not.toContainText('À verser de nouveau');
		expect(app.db.select().from(pools).where(eq(pools.id, id)).get()?.contractVersion).toBe(3);
	});
});
