/** A chart of each kind, as a data steward would make it, with made-up data that it can be drawn from. */
import { mulberry32, pick } from '../../src/lib/core/chart/chart-samples.ts';
import {
	channelOf,
	newChart,
	type AxisOptions,
	type ChartKind,
	type ChartSpec
} from '../../src/lib/core/chart/chart-spec.ts';
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
const mean = (column: string) => c(column, { aggregate: 'mean' });
const COUNT = c(null, { aggregate: 'count' });
const QUARTER = c('date', { interval: 'quarter' });

const SOURCE = 'données synthétiques';
const BIGGEST = { by: 'value', descending: true } as const;
const axis = (label: string, unit: string | null = null, grid = false): AxisOptions => ({
	...{ label, unit, grid },
	format: null
});
const lined = (label: string, unit: string | null = null) => axis(label, unit, true);
const lying = (labelRoom: number) => ({ horizontal: true, labelRoom });

type Made = readonly [name: string, spec: ChartSpec];

/** Categories need no title: they name themselves. */
const chart = (
	name: string,
	[table, kind]: readonly [table: string, kind: ChartKind],
	channels: NonNullable<Parameters<typeof newChart>[2]>,
	more: NonNullable<Parameters<typeof newChart>[3]>
): Made => [name, newChart(table, kind, channels, { x: axis(''), ...more })];

/** Of tickets, in the house's colours. */
const ofTickets = (
	name: string,
	kind: ChartKind,
	...[channels, more]: [Parameters<typeof chart>[2], Parameters<typeof chart>[3]]
): Made => chart(name, ['billets', kind], channels, { palette: 'carnet', ...more });

const byMoment = (name: string, more: Parameters<typeof chart>[3]): Made =>
	ofTickets(
		name,
		'bars',
		{ x: c('discipline'), y: mean('occupation'), colour: c('moment') },
		{
			title: 'Occupation moyenne selon le moment',
			layout: 'grouped',
			legend: true,
			y: lined('Occupation', '%'),
			...more
		}
	);

export const GALLERY: readonly Made[] = [
	ofTickets(
		'bars',
		'bars',
		{ x: c('discipline'), y: sum('recette') },
		{
			title: 'La chanson rapporte le plus',
			subtitle: 'Recettes de billetterie, saisons 2024 et 2025',
			source: SOURCE,
			order: BIGGEST,
			...lying(120),
			y: lined('Recettes', '$')
		}
	),
	ofTickets(
		'bars-upright',
		'bars',
		{ x: c('discipline'), y: COUNT },
		{
			title: 'Représentations par discipline',
			palette: null,
			order: BIGGEST,
			highlight: { values: ['Cirque'], text: 'Le cirque ouvre une deuxième salle en 2026' },
			values: true,
			y: axis('Représentations')
		}
	),
	ofTickets(
		'bars-stacked',
		'bars',
		{ x: QUARTER, y: sum('billets'), colour: c('canal') },
		{ title: 'Billets vendus par trimestre et par canal', legend: true, y: lined('Billets') }
	),
	byMoment('bars-grouped', {}),
	byMoment('bars-grouped-lying', lying(120)),
	ofTickets(
		'bars-share',
		'bars',
		{ x: c('discipline'), y: sum('billets'), colour: c('canal') },
		{
			title: 'Par où les billets se vendent',
			layout: 'share',
			palette: 'vif',
			legend: true,
			...lying(120),
			y: axis('Part des billets', '%')
		}
	),
	ofTickets(
		'bars-gathered',
		'bars',
		{
			x: c('salle', { gather: { keep: VENUES.slice(0, 2), rest: 'Autres' } }),
			y: sum('recette'),
			colour: c('discipline', { gather: { keep: DISCIPLINES.slice(0, 3), rest: 'Autres' } })
		},
		{
			title: 'Deux salles, trois disciplines, et les autres',
			order: { by: 'list', values: [...VENUES.slice(0, 2), 'Autres'] },
			legend: true,
			...lying(130),
			y: lined('Recettes', '$')
		}
	),
	ofTickets(
		'bars-long-labels',
		'bars',
		{ x: c('salle'), y: sum('recette') },
		{
			title: 'Recettes par salle',
			order: BIGGEST,
			limit: 4,
			labelRoom: 130,
			reference: { value: 250_000, text: 'Cible' }
		}
	),
	ofTickets(
		'lines',
		'lines',
		{ x: c('date', { interval: 'month' }), y: sum('billets') },
		{
			title: 'Billets vendus par mois',
			source: SOURCE,
			note: 'Billets de faveur exclus.',
			zero: true,
			reference: { value: 1_800, text: 'Objectif : 1 800' },
			y: lined('Billets')
		}
	),
	ofTickets(
		'lines-series',
		'lines',
		{ x: QUARTER, y: sum('billets'), colour: c('discipline') },
		{
			title: 'L’humour et les autres',
			palette: null,
			highlight: { values: ['Humour'], text: null },
			legend: true,
			zero: true,
			y: axis('Billets')
		}
	),
	ofTickets(
		'areas',
		'areas',
		{ x: QUARTER, y: sum('recette'), colour: c('canal') },
		{ title: 'Recettes par canal', legend: true, y: lined('Recettes', '$') }
	),
	ofTickets(
		'dots',
		'dots',
		{ x: c('prix'), y: c('billets'), colour: c('moment') },
		{
			title: 'Le prix ne fait pas la salle',
			legend: true,
			x: axis('Prix', '$'),
			y: lined('Billets')
		}
	),
	ofTickets(
		'histogram',
		'histogram',
		{ x: c('prix', { bins: 20 }), y: COUNT },
		{ title: 'Répartition des prix', x: axis('Prix', '$'), y: lined('Représentations') }
	),
	ofTickets(
		'box',
		'box',
		{ x: c('discipline'), y: c('prix') },
		{ title: 'Dispersion des prix', ...lying(120), y: axis('Prix', '$') }
	),
	ofTickets(
		'heatmap',
		'heatmap',
		{ x: c('jour'), y: c('discipline'), colour: sum('billets') },
		{
			title: 'Quand la salle se remplit',
			palette: 'bleus',
			legend: true,
			values: true,
			labelRoom: 120,
			y: axis('')
		}
	),
	ofTickets(
		'ranked-dots',
		'ranked-dots',
		{ x: c('salle'), y: mean('occupation') },
		{
			title: 'Occupation par salle',
			order: BIGGEST,
			values: true,
			...lying(210),
			y: axis('Occupation', '%')
		}
	),
	ofTickets(
		'slope',
		'slope',
		{ x: c('annee'), y: sum('billets'), colour: c('discipline') },
		{
			title: 'D’une année à l’autre',
			palette: null,
			highlight: { values: ['Danse', 'Cirque'], text: null },
			height: 360,
			y: axis('Billets')
		}
	),
	chart(
		'dumbbell',
		['saisons', 'dumbbell'],
		{ x: c('salle'), y: c('2023-2024'), y2: c('2024-2025') },
		{
			title: 'Occupation, d’une saison à l’autre',
			order: BIGGEST,
			legend: true,
			...lying(210),
			y: lined('Occupation', '%')
		}
	),
	chart(
		'funnel',
		['parcours', 'funnel'],
		{ x: c('etape'), y: c('personnes') },
		{
			title: 'De la visite à l’achat',
			order: { by: 'data' },
			palette: 'carnet',
			values: true,
			labelRoom: 130
		}
	),
	chart(
		'waterfall',
		['budget', 'waterfall'],
		{ x: c('poste'), y: c('montant') },
		{
			title: 'Du soutien au solde',
			order: { by: 'list', values: budget.map(({ poste }) => String(poste)) },
			y: lined('Milliers de dollars')
		}
	),
	ofTickets(
		'ageing',
		'ageing',
		{ x: c('jours', { bins: [30, 60, 90] }), y: sum('recette') },
		{ title: 'Comptes à recevoir selon leur âge', x: axis('Jours'), y: lined('Solde', '$') }
	),
	ofTickets(
		'region-tiles',
		'region-tiles',
		{ x: c('region'), colour: sum('billets') },
		{ title: 'Billets vendus par région', palette: 'bleus', legend: true, values: true }
	),
	ofTickets(
		'small-multiples',
		'lines',
		{ x: QUARTER, y: sum('billets'), facetX: c('canal') },
		{ title: 'Billets par canal', zero: true, y: lined('Billets') }
	)
];
