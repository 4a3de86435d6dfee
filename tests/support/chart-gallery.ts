/** A chart of each kind, as a data steward would make it, with made-up data that it can be drawn from. */
import { mulberry32, pick } from '../../src/lib/core/chart/chart-samples.ts';
import { channelOf, newChart, type ChartSpec } from '../../src/lib/core/chart/chart-spec.ts';
import { QUEBEC_REGIONS } from '../../src/lib/core/territory/quebec-regions.ts';

const random = mulberry32(2026);
const DISCIPLINES = ['Théâtre', 'Danse', 'Musique classique', 'Chanson', 'Cirque', 'Humour'];
const WEIGHTS = [6, 3, 4, 8, 2, 5];
const VENUES = [
	'Salle Albert-Rousseau',
	'Théâtre Granada',
	'Maison de la culture de Trois-Rivières',
	'Vieux Bureau de poste',
	'Cabaret du Casino'
];

const tickets = Array.from({ length: 900 }, () => {
	const date = new Date(Date.UTC(2024, 0, 1 + Math.floor(random() * 600)));
	const at = pick(
		random,
		DISCIPLINES.flatMap((name, i) => Array<string>(WEIGHTS[i] ?? 1).fill(name))
	);
	const season = 1 + 0.5 * Math.cos((date.getUTCMonth() / 12) * 2 * Math.PI);
	const count = 1 + Math.floor(random() * 90 * season);
	return {
		date,
		discipline: at,
		salle: pick(random, VENUES),
		canal: pick(random, ['Guichet', 'Web', 'Web', 'Web', 'Téléphone']),
		jour: pick(random, ['1 lundi', '2 mardi', '3 mercredi', '4 jeudi', '5 vendredi', '6 samedi']),
		moment: pick(random, ['matinée', 'soirée']),
		annee: String(date.getUTCFullYear()),
		billets: count,
		recette: Math.round(count * (20 + random() * 40)),
		prix: Math.round((18 + random() * random() * 90) * 100) / 100,
		occupation: Math.min(100, Math.round(30 + random() * 75)),
		jours: Math.floor(random() * random() * 200),
		region: pick(random, QUEBEC_REGIONS.slice(0, 15)).name
	};
});

const columnsOf = (rows: readonly object[]): Record<string, unknown[]> => {
	const [first = {}] = rows;
	return Object.fromEntries(
		Object.keys(first).map((key) => [key, rows.map((row) => (row as Record<string, unknown>)[key])])
	);
};

const budget = [
	['Subventions', 420],
	['Billetterie', 310],
	['Commandites', 95],
	['Salaires', -460],
	['Production', -210],
	['Communications', -75]
].map(([poste, montant]) => ({ poste, montant }));
const path = [
	['Visites', 8200],
	['Fiche d’un spectacle', 4100],
	['Panier', 1350],
	['Paiement', 980],
	['Achat', 870]
].map(([etape, personnes]) => ({ etape, personnes }));
const seasons = VENUES.map((salle) => ({
	salle,
	'2023-2024': 40 + Math.round(random() * 40),
	'2024-2025': 45 + Math.round(random() * 45)
}));

/** Columns by the name of their table. */
export const GALLERY_TABLES: Readonly<Record<string, Record<string, unknown[]>>> = {
	billets: columnsOf(tickets),
	budget: columnsOf(budget),
	parcours: columnsOf(path),
	saisons: columnsOf(seasons)
};

const c = channelOf;
const sum = (column: string) => c(column, { aggregate: 'sum' });
const SOURCE = 'données synthétiques';
const BIGGEST = { by: 'value', descending: true } as const;
const plain = { label: null, unit: null, format: null, grid: false };

export const GALLERY: readonly (readonly [name: string, spec: ChartSpec])[] = [
	[
		'bars',
		newChart(
			'billets',
			'bars',
			{ x: c('discipline'), y: sum('recette') },
			{
				title: 'La chanson rapporte le plus',
				subtitle: 'Recettes de billetterie, saisons 2024 et 2025',
				source: SOURCE,
				horizontal: true,
				order: BIGGEST,
				palette: 'carnet',
				labelRoom: 120,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Recettes', unit: '$', grid: true }
			}
		)
	],
	[
		'bars-upright',
		newChart(
			'billets',
			'bars',
			{ x: c('discipline'), y: c(null, { aggregate: 'count' }) },
			{
				title: 'Représentations par discipline',
				order: BIGGEST,
				highlight: { values: ['Cirque'], text: 'Le cirque ouvre une deuxième salle en 2026' },
				values: true,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Représentations' }
			}
		)
	],
	[
		'bars-stacked',
		newChart(
			'billets',
			'bars',
			{ x: c('date', { interval: 'quarter' }), y: sum('billets'), colour: c('canal') },
			{
				title: 'Billets vendus par trimestre et par canal',
				palette: 'carnet',
				legend: true,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Billets', grid: true }
			}
		)
	],
	[
		'bars-grouped',
		newChart(
			'billets',
			'bars',
			{ x: c('discipline'), y: c('occupation', { aggregate: 'mean' }), colour: c('moment') },
			{
				title: 'Occupation moyenne selon le moment',
				layout: 'grouped',
				palette: 'carnet',
				legend: true,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Occupation', unit: '%', grid: true }
			}
		)
	],
	[
		'bars-grouped-lying',
		newChart(
			'billets',
			'bars',
			{ x: c('discipline'), y: c('occupation', { aggregate: 'mean' }), colour: c('moment') },
			{
				title: 'Occupation moyenne selon le moment',
				layout: 'grouped',
				horizontal: true,
				palette: 'carnet',
				legend: true,
				labelRoom: 120,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Occupation', unit: '%', grid: true }
			}
		)
	],
	[
		'bars-share',
		newChart(
			'billets',
			'bars',
			{ x: c('discipline'), y: sum('billets'), colour: c('canal') },
			{
				title: 'Par où les billets se vendent',
				layout: 'share',
				horizontal: true,
				palette: 'vif',
				legend: true,
				labelRoom: 120,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Part des billets', unit: '%' }
			}
		)
	],
	[
		'bars-long-labels',
		newChart(
			'billets',
			'bars',
			{ x: c('salle'), y: sum('recette') },
			{
				title: 'Recettes par salle',
				palette: 'carnet',
				order: BIGGEST,
				limit: 4,
				labelRoom: 130,
				reference: { value: 250_000, text: 'Cible' },
				x: { ...plain, label: '' }
			}
		)
	],
	[
		'lines',
		newChart(
			'billets',
			'lines',
			{ x: c('date', { interval: 'month' }), y: sum('billets') },
			{
				title: 'Billets vendus par mois',
				source: SOURCE,
				note: 'Billets de faveur exclus.',
				palette: 'carnet',
				zero: true,
				reference: { value: 1_800, text: 'Objectif : 1 800' },
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Billets', grid: true }
			}
		)
	],
	[
		'lines-series',
		newChart(
			'billets',
			'lines',
			{ x: c('date', { interval: 'quarter' }), y: sum('billets'), colour: c('discipline') },
			{
				title: 'L’humour et les autres',
				highlight: { values: ['Humour'], text: null },
				legend: true,
				zero: true,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Billets' }
			}
		)
	],
	[
		'areas',
		newChart(
			'billets',
			'areas',
			{ x: c('date', { interval: 'quarter' }), y: sum('recette'), colour: c('canal') },
			{
				title: 'Recettes par canal',
				palette: 'carnet',
				legend: true,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Recettes', unit: '$', grid: true }
			}
		)
	],
	[
		'dots',
		newChart(
			'billets',
			'dots',
			{ x: c('prix'), y: c('billets'), colour: c('moment') },
			{
				title: 'Le prix ne fait pas la salle',
				palette: 'carnet',
				legend: true,
				x: { ...plain, label: 'Prix', unit: '$' },
				y: { ...plain, label: 'Billets', grid: true }
			}
		)
	],
	[
		'histogram',
		newChart(
			'billets',
			'histogram',
			{ x: c('prix', { bins: 20 }), y: c(null, { aggregate: 'count' }) },
			{
				title: 'Répartition des prix',
				palette: 'carnet',
				x: { ...plain, label: 'Prix', unit: '$' },
				y: { ...plain, label: 'Représentations', grid: true }
			}
		)
	],
	[
		'box',
		newChart(
			'billets',
			'box',
			{ x: c('discipline'), y: c('prix') },
			{
				title: 'Dispersion des prix',
				horizontal: true,
				palette: 'carnet',
				labelRoom: 120,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Prix', unit: '$' }
			}
		)
	],
	[
		'heatmap',
		newChart(
			'billets',
			'heatmap',
			{ x: c('jour'), y: c('discipline'), colour: sum('billets') },
			{
				title: 'Quand la salle se remplit',
				palette: 'bleus',
				legend: true,
				values: true,
				labelRoom: 120,
				x: { ...plain, label: '' },
				y: { ...plain, label: '' }
			}
		)
	],
	[
		'ranked-dots',
		newChart(
			'billets',
			'ranked-dots',
			{ x: c('salle'), y: c('occupation', { aggregate: 'mean' }) },
			{
				title: 'Occupation par salle',
				horizontal: true,
				order: BIGGEST,
				palette: 'carnet',
				values: true,
				labelRoom: 210,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Occupation', unit: '%' }
			}
		)
	],
	[
		'slope',
		newChart(
			'billets',
			'slope',
			{ x: c('annee'), y: sum('billets'), colour: c('discipline') },
			{
				title: 'D’une année à l’autre',
				highlight: { values: ['Danse', 'Cirque'], text: null },
				height: 360,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Billets' }
			}
		)
	],
	[
		'dumbbell',
		newChart(
			'saisons',
			'dumbbell',
			{ x: c('salle'), y: c('2023-2024'), y2: c('2024-2025') },
			{
				title: 'Occupation, d’une saison à l’autre',
				horizontal: true,
				order: BIGGEST,
				legend: true,
				labelRoom: 210,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Occupation', unit: '%', grid: true }
			}
		)
	],
	[
		'funnel',
		newChart(
			'parcours',
			'funnel',
			{ x: c('etape'), y: c('personnes') },
			{
				title: 'De la visite à l’achat',
				order: { by: 'data' },
				palette: 'carnet',
				values: true,
				labelRoom: 130,
				x: { ...plain, label: '' }
			}
		)
	],
	[
		'waterfall',
		newChart(
			'budget',
			'waterfall',
			{ x: c('poste'), y: c('montant') },
			{
				title: 'Du soutien au solde',
				order: { by: 'list', values: budget.map(({ poste }) => String(poste)) },
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Milliers de dollars', grid: true }
			}
		)
	],
	[
		'ageing',
		newChart(
			'billets',
			'ageing',
			{ x: c('jours', { bins: [30, 60, 90] }), y: sum('recette') },
			{
				title: 'Comptes à recevoir selon leur âge',
				palette: 'carnet',
				x: { ...plain, label: 'Jours' },
				y: { ...plain, label: 'Solde', unit: '$', grid: true }
			}
		)
	],
	[
		'region-tiles',
		newChart(
			'billets',
			'region-tiles',
			{ x: c('region'), colour: sum('billets') },
			{
				title: 'Billets vendus par région',
				palette: 'bleus',
				legend: true,
				values: true
			}
		)
	],
	[
		'small-multiples',
		newChart(
			'billets',
			'lines',
			{ x: c('date', { interval: 'quarter' }), y: sum('billets'), facetX: c('canal') },
			{
				title: 'Billets par canal',
				palette: 'carnet',
				zero: true,
				x: { ...plain, label: '' },
				y: { ...plain, label: 'Billets', grid: true }
			}
		)
	]
];
