/** Each thing that the menu of steps offers: its form filled in, the text that it writes, its words, and the form again. */
import type { Locator } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { addCell, insertCell, newNotebook, stateOf } from '../support/notebook-page.ts';

const TABLES = `const jours = ["2024-01-05", "2024-02-09", "2024-03-01", "2024-07-02", "2024-08-03", "2024-12-24"];
const ventes = aq.table({
  "Ville d’été": ["Gaspé", "Alma", "Gaspé", "Québec", "Alma", "Alma"],
  salle: ["A-1", "B-2", "A-1", "C-3", "B-2", "D-4"],
  jour: jours.map((texte) => new Date(texte)),
  billets: [12, 40, 8, 90, null, 60],
  prix: ["10,5", "20", "12", "30", "15", "25"]
});
const lieux = aq.table({salle: ["A-1", "B-2", "C-3"], places: [100, 200, 300]});`;

interface Filled {
	readonly intent: string;
	/** What is done in its form before it is applied. */
	readonly fill?: (form: Locator) => Promise<unknown>;
	/** The calls that it writes, without line breaks. */
	readonly source: string;
	readonly words: string;
}
const chooses = (label: string, option: string) => (form: Locator) =>
	form.getByLabel(label, { exact: true }).selectOption(option);
const writes = (label: string, text: string) => (form: Locator) =>
	form.getByLabel(label, { exact: true }).fill(text);
const ticks = (name: string | RegExp) => (form: Locator) =>
	form.getByRole('checkbox', { name }).first().check();
const all =
	(...steps: readonly ((form: Locator) => Promise<unknown>)[]) =>
	async (form: Locator): Promise<void> => {
		for (const step of steps) await step(form);
	};

const FORMS: readonly Filled[] = [
	{
		intent: 'Filtrer',
		fill: ticks(/Gaspé/),
		source: '.filter(d => op.includes(["Gaspé"], d["Ville d’été"]))',
		words: 'Ville d’été est Gaspé'
	},
	{
		intent: 'Trier',
		fill: all(chooses('Trier par', 'billets'), chooses('Sens', 'Décroissant')),
		source: '.orderby(aq.desc("billets"))',
		words: 'trie par billets (décroissant)'
	},
	{
		intent: 'Trier',
		fill: async (form) => {
			await chooses('Trier par', 'Ville d’été')(form);
			await chooses('Sens', 'Dans un ordre choisi')(form);
			await form.getByRole('button', { name: 'Descendre Alma' }).click();
			await expect(form.getByRole('listitem').filter({ hasText: 'Alma' })).toContainText('2');
		},
		source:
			'.orderby(d => d["Ville d’été"] === "Gaspé" ? 0 : d["Ville d’été"] === "Alma" ? 1 : d["Ville d’été"] === "Québec" ? 2 : 3)',
		words: 'trie par Ville d’été (dans l’ordre Gaspé, Alma et Québec)'
	},
	{
		intent: 'Premières ou dernières lignes',
		fill: writes('Nombre de lignes', '3'),
		source: '.slice(0, 3)',
		words: '3'
	},
	{
		intent: 'Palmarès',
		fill: all(writes('Nombre de lignes', '1'), chooses('Pour chaque', 'Ville d’été')),
		source: '.groupby("Ville d’été") .orderby(aq.desc("billets")) .slice(0, 1) .ungroup()',
		words: 'billets'
	},
	{
		intent: 'Retirer les doublons',
		fill: ticks('Ville d’été'),
		source: '.dedupe("Ville d’été")',
		words: 'Ville d’été'
	},
	{
		intent: 'Échantillon',
		fill: writes('Nombre de lignes', '2'),
		source: '.sample(2)',
		words: '2'
	},
	{
		intent: 'Calculer une colonne',
		fill: all(
			writes('Nom de la colonne', 'double'),
			chooses('Prendre', 'billets'),
			chooses('Opération', '*'),
			chooses('avec', 'Un nombre'),
			writes('Nombre', '1,5')
		),
		source: '.derive({double: d => d.billets * 1.5})',
		words: 'double'
	},
	{
		intent: 'Calculer une colonne',
		fill: async (form) => {
			await form.getByRole('button', { name: 'Écrire une formule' }).click();
			const bar = form.getByRole('combobox', { name: 'Formule' });
			await expect(bar).toBeFocused();
			// A name that is nearly right: said in words, with what would mend it.
			await bar.fill('bilets * 2');
			await expect(form).toContainText('«\u00a0bilets\u00a0» n’est pas une colonne');
			await form.getByRole('button', { name: 'Écrire billets' }).click();
			await expect(bar).toHaveValue('billets * 2');
			await expect(form).toContainText('Premières valeurs');
			// Completed by the keyboard alone, accents and spaces too; the help says which argument is written.
			await bar.fill('');
			await bar.pressSequentially('majuscule(ete');
			await expect(form).toContainText('majuscule(texte)');
			await expect(form.getByRole('option', { name: /^Ville d’été/ })).toBeVisible();
			await bar.press('Enter');
			await expect(bar).toHaveValue('majuscule([Ville d’été]');
			await bar.pressSequentially(') & "!"');
		},
		source: '.derive({résultat: d => op.join([op.upper(d["Ville d’été"]), "!"], "")})',
		words: 'résultat'
	},
	{
		intent: 'Choisir les colonnes',
		fill: async (form) => {
			await form.getByRole('checkbox', { name: 'jour' }).uncheck();
			await form.getByRole('button', { name: 'Monter billets' }).click();
		},
		source: '.select("Ville d’été", "billets", "salle", "prix")',
		words: 'Ville d’été, billets, salle et prix'
	},
	{
		intent: 'Retirer des colonnes',
		fill: ticks('jour'),
		source: '.select(aq.not("jour"))',
		words: 'jour'
	},
	{
		intent: 'Renommer des colonnes',
		fill: writes('Nouveau nom de billets', 'Billets vendus'),
		source: '.rename({billets: "Billets vendus"})',
		words: 'billets'
	},
	{
		intent: 'Déplacer des colonnes',
		fill: all(ticks('billets'), chooses('la colonne', 'salle')),
		source: '.relocate("billets", {before: "salle"})',
		words: 'billets'
	},
	{
		intent: 'Extraire d’une date',
		fill: chooses('Ce que l’on en tire', 'Saison (juillet à juin)'),
		source:
			'.derive({"Saison (juillet à juin) de jour": d => d.jour == null ? null : op.utcmonth(d.jour) + 1 < 7 ? op.utcyear(d.jour) - 1 + "-" + op.utcyear(d.jour) : op.utcyear(d.jour) + "-" + (op.utcyear(d.jour) + 1)})',
		words: 'saison'
	},
	{
		intent: 'Regrouper par tranches',
		fill: writes('Largeur d’une tranche', '20'),
		source:
			'.derive({"tranche de billets": d => d.billets == null ? null : op.floor(d.billets / 20) * 20})',
		words: 'tranches de 20'
	},
	{
		intent: 'Découper ou nettoyer un texte',
		fill: all(chooses('Texte', 'salle'), writes('Garder la partie numéro', '2')),
		source: '.derive({"salle, partie 2": d => op.split(d.salle, "-")[1]})',
		words: 'salle'
	},
	{
		intent: 'Découper ou nettoyer un texte',
		fill: all(chooses('Texte', 'salle'), chooses('Ce que l’on en fait', 'Premier nombre')),
		source: '.derive({"premier nombre de salle": d => op.match(d.salle, /\\d+(?:[.,]\\d+)?/u, 0)})',
		words: 'salle'
	},
	{
		intent: 'Découper ou nettoyer un texte',
		fill: all(chooses('Texte', 'salle'), chooses('Ce que l’on en fait', 'Premiers signes')),
		source: '.derive({"premiers signes de salle": d => op.substring(d.salle, 0, 3)})',
		words: 'salle'
	},
	{
		intent: 'Regrouper et résumer',
		fill: all(
			ticks('Ville d’été'),
			chooses('Calcul', 'Moyenne'),
			chooses('De la colonne', 'billets')
		),
		source: '.groupby("Ville d’été") .rollup({"moyenne de billets": d => op.mean(d.billets)})',
		words: 'Ville d’été'
	},
	{
		intent: 'Cumul',
		fill: chooses('Recommencer pour chaque', 'Ville d’été'),
		source:
			'.groupby("Ville d’été") .orderby("jour") .derive({"cumul de billets": aq.rolling(d => op.sum(d.billets))}) .ungroup()',
		words: 'billets'
	},
	{
		intent: 'Part du total',
		source:
			'.derive({"part du total (%) de billets": d => d.billets == null ? null : 100 * d.billets / op.sum(d.billets)})',
		words: 'billets'
	},
	{
		intent: 'Rang',
		source: '.orderby(aq.desc("billets")) .derive({"rang de billets": () => op.rank()})',
		words: 'rang de billets'
	},
	{
		intent: 'Écart ou variation',
		source:
			'.orderby("jour") .derive({"écart avec la ligne précédente de billets": d => d.billets == null || op.lag(d.billets, 1) == null ? null : d.billets - op.lag(d.billets, 1)})',
		words: 'billets'
	},
	{
		intent: 'Joindre un tableau',
		fill: chooses('Tableau à joindre', 'lieux'),
		source: '.join_left(lieux, "salle")',
		words: 'lieux'
	},
	{
		intent: 'Chercher dans un tableau',
		fill: all(chooses('Tableau à joindre', 'lieux'), ticks('places')),
		source: '.lookup(lieux, "salle", "places")',
		words: 'places'
	},
	{
		intent: 'Empiler des tableaux',
		fill: all(ticks('lieux'), ticks(/^Sans répéter/)),
		source: '.union(lieux)',
		words: 'lieux'
	},
	{
		intent: 'Tableau croisé',
		fill: all(
			ticks('salle'),
			chooses('Une colonne pour chaque valeur de', 'Ville d’été'),
			chooses('Dans les cases', 'Somme'),
			chooses('De la colonne', 'billets')
		),
		source: '.groupby("salle") .pivot("Ville d’été", {billets: d => op.sum(d.billets)})',
		words: 'Ville d’été'
	},
	{
		intent: 'Dépivoter',
		fill: all(ticks('billets'), ticks('prix')),
		source: '.fold(["billets", "prix"], {as: ["mesure", "valeur"]})',
		words: 'mesure'
	},
	{
		intent: 'Remplir les valeurs manquantes',
		fill: all(chooses('Colonne', 'billets'), chooses('Remplir par', 'La médiane')),
		source: '.impute({billets: d => op.median(d.billets)})',
		words: 'billets'
	},
	{
		intent: 'Signaler les valeurs manquantes',
		fill: chooses('Colonne', 'billets'),
		source: '.derive({"billets manque": d => d.billets == null || op.is_nan(d.billets)})',
		words: 'billets'
	},
	{
		intent: 'Regrouper des valeurs',
		fill: async (form) => {
			await ticks(/^Gaspé/)(form);
			await ticks(/^Alma/)(form);
			await form.getByLabel('Nom commun').fill('Régions');
			await form.getByRole('button', { name: 'Regrouper', exact: true }).click();
		},
		source:
			'.derive({"Ville d’été": d => op.recode(d["Ville d’été"], {Gaspé: "Régions", Alma: "Régions"})})',
		words: 'Ville d’été'
	},
	{
		intent: 'Changer le type',
		fill: chooses('Colonne', 'prix'),
		source:
			'.derive({prix: d => op.parse_float(op.replace(op.replace(d.prix, /[\\s$€%]/gu, ""), ",", "."))})',
		words: 'prix'
	},
	{
		intent: 'Étape en code',
		fill: writes('Code de l’étape', '.reify()'),
		source: '.reify()',
		words: '.reify()'
	}
];

test('each form writes the step that it says, and opens with it again', async ({
	asFacilitator: page
}) => {
	await newNotebook(page, 'Essai des formulaires');
	const data = await addCell(page, 'Code', TABLES);
	await expect(stateOf(data)).toHaveAttribute('data-cell-state', 'done');
	const cell = await insertCell(page, /^Transformation/);
	await cell.press('Enter');
	await expect(page.locator('.cm-content')).toBeFocused();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText('const resultat = ventes;');
	await page.keyboard.press('ControlOrMeta+Enter');
	const panel = cell.getByRole('region', { name: 'Étapes de la transformation' });
	const steps = panel.locator('[data-step]');
	await expect(steps).toHaveCount(0);
	const text = async (): Promise<string> =>
		((await cell.getByRole('button', { name: /^Modifier le code/ }).textContent()) ?? '')
			.replace(/\s+/g, ' ')
			.replace(/\(\{ /g, '({')
			.replace(/ \}\)/g, '})')
			.replace(/^.*const resultat = ventes ?|;? ?$/g, '');
	// All of them at the end: what is wrong with one is no reason to look at none of the others.
	const written: [string, string][] = [];
	for (const { intent, fill, words } of FORMS)
		await test.step(intent, async () => {
			await panel.getByRole('button', { name: 'Ajouter une étape' }).click();
			await panel.getByRole('searchbox', { name: 'Que voulez-vous faire?' }).fill(intent);
			await panel.getByRole('button', { name: new RegExp(`^${intent}`) }).click();
			const form = panel.getByRole('form', { name: intent });
			await expect(
				form.locator('[data-fields] :is(input, select, textarea)').first()
			).toBeFocused();
			await fill?.(form);
			// What it would give is told before it is applied, but for code.
			if (intent !== 'Étape en code')
				await expect(form.getByRole('status').filter({ hasText: 'Après' })).toBeVisible();
			await form.getByRole('button', { name: 'Appliquer' }).click();
			await expect(steps).toHaveCount(1);
			await expect.poll(text).not.toBe('');
			written.push([intent, await text()]);
			await expect(steps.first()).toContainText(words);

			await panel.getByRole('button', { name: /^Modifier l’étape 1/ }).click();
			const again = panel.getByRole('form', { name: intent });
			await expect(
				again.locator('[data-fields] :is(input, select, textarea)').first()
			).toBeFocused();
			// The preview has come: what it brings moves the button no more.
			if (intent !== 'Étape en code')
				await expect(again.getByRole('status').filter({ hasText: 'Après' })).toBeVisible();
			await expect(again.getByRole('button', { name: 'Appliquer' })).toBeEnabled();
			await again.getByRole('button', { name: 'Appliquer' }).click();
			await expect(steps).toBeVisible();
			written.push([`${intent}, again`, await text()]);
			await steps.first().focus();
			await steps.first().press('Delete');
			await expect(steps).toHaveCount(0);
		});
	expect(written).toEqual(
		FORMS.flatMap(({ intent, source }) => [
			[intent, source],
			[`${intent}, again`, source]
		])
	);
});
