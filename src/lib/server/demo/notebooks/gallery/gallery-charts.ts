/** The charts of the gallery: one of each kind, over the tables that its transformations make. */
import { channelOf as c, newChart, type ChartSpec } from '../../../../core/chart/chart-spec.ts';
import { YEAR_FORMAT } from '../../../../core/chart/year-column.ts';
import type { GalleryNames, Say } from './gallery-steps.ts';

const bare = { label: '', unit: null, format: null, grid: false } as const;
const BIGGEST = { by: 'value', descending: true } as const;
const sum = (column: string) => c(column, { aggregate: 'sum' });

/** By the kind of each, in the order of the page. */
export function galleryCharts(say: Say, n: GalleryNames): readonly ChartSpec[] {
	const measure = (label: string, unit: string | null = null, grid = true) => ({
		...{ label, unit, format: null, grid }
	});
	const admissions = say('Entrées', 'Admissions');
	const revenue = say('Revenus', 'Revenue');
	const source = say('données synthétiques', 'synthetic data');
	const town = 'municipalite';
	return [
		newChart(
			n.towns,
			'bars',
			{ x: c(town), y: c(n.revenue) },
			{
				title: say('Les revenus de chaque ville', 'Revenue of each town'),
				...{ source, palette: 'carnet', horizontal: true, order: BIGGEST, labelRoom: 120 },
				...{ x: bare, y: measure(revenue, '$') }
			}
		),
		newChart(
			n.held,
			'lines',
			{ x: c('date', { interval: 'month' }), y: sum(n.admissions), colour: c(town) },
			{
				title: say('Les entrées, mois par mois', 'Admissions, month by month'),
				...{ source, palette: 'carnet', legend: true, zero: true },
				...{ x: bare, y: measure(admissions) }
			}
		),
		newChart(
			n.held,
			'areas',
			{ x: c('date', { interval: 'quarter' }), y: sum(n.admissions), colour: c(town) },
			{
				title: say('Les entrées de toutes les villes', 'Admissions of all the towns'),
				...{ source, palette: 'carnet', legend: true, x: bare, y: measure(admissions) }
			}
		),
		newChart(
			n.held,
			'dots',
			{ x: c(n.admissions), y: c('revenus_billetterie'), colour: c(town) },
			{
				title: say('Plus d’entrées, plus de revenus?', 'More admissions, more revenue?'),
				...{ source, palette: 'carnet', legend: true },
				...{ x: measure(admissions), y: measure(revenue, '$') }
			}
		),
		newChart(
			n.held,
			'histogram',
			{ x: c(n.admissions, { bins: 15 }), y: c(null, { aggregate: 'count' }) },
			{
				title: say('Combien d’entrées un soir donné?', 'How many admissions on a given night?'),
				...{ source, palette: 'carnet' },
				...{ x: measure(admissions, null, false), y: measure(say('Soirs', 'Nights')) }
			}
		),
		newChart(
			n.held,
			'box',
			{ x: c('discipline'), y: c(n.admissions) },
			{
				title: say('Les entrées varient-elles?', 'Do admissions vary?'),
				...{ source, palette: 'carnet', horizontal: true, labelRoom: 120 },
				...{ x: bare, y: measure(admissions) }
			}
		),
		newChart(
			n.held,
			'heatmap',
			{ x: c('public_cible'), y: c('discipline'), colour: sum(n.admissions) },
			{
				title: say(
					'Quels publics pour quelles disciplines?',
					'Which publics for which disciplines?'
				),
				...{ source, palette: 'bleus', legend: true, values: true, labelRoom: 120 },
				...{ x: bare, y: bare }
			}
		),
		newChart(
			n.towns,
			'ranked-dots',
			{ x: c(town), y: c(n.filling) },
			{
				title: say('Les entrées d’un soir moyen', 'Admissions of an average night'),
				...{ source, palette: 'carnet', horizontal: true, order: BIGGEST, labelRoom: 120 },
				...{ x: bare, y: measure(admissions) }
			}
		),
		newChart(
			n.seasons,
			'slope',
			{ x: c(n.year), y: c(n.revenue), colour: c(town) },
			{
				title: say('D’une année à l’autre', 'From one year to the next'),
				...{ source, palette: 'carnet', height: 360 },
				...{ x: { ...bare, format: YEAR_FORMAT }, y: measure(revenue, '$', false) }
			}
		),
		newChart(
			n.wide,
			'dumbbell',
			{ x: c(town), y: c('2024'), y2: c('2025') },
			{
				title: say('2024 et 2025, ville par ville', '2024 and 2025, town by town'),
				...{ source, horizontal: true, order: BIGGEST, legend: true, labelRoom: 120 },
				...{ x: bare, y: measure(revenue, '$') }
			}
		),
		newChart(
			n.path,
			'funnel',
			{ x: c(n.stage), y: c(n.number) },
			{
				title: say('De la visite à l’achat', 'From the visit to the purchase'),
				...{ source, order: { by: 'data' }, palette: 'carnet', values: true, labelRoom: 150 },
				...{ x: bare }
			}
		),
		newChart(
			n.held,
			'waterfall',
			{ x: c(town), y: sum(n.balance) },
			{
				title: say('Ce que chaque ville laisse', 'What each town leaves'),
				...{ source, order: { by: 'data' } },
				...{ x: bare, y: measure(say('Revenus moins cachets', 'Revenue less fees'), '$') }
			}
		),
		newChart(
			n.invoices,
			'ageing',
			{ x: c(n.age, { bins: [30, 60, 90] }), y: sum('cachet') },
			{
				title: say('Des cachets à payer, selon leur âge', 'Fees to be paid, by their age'),
				...{ source, palette: 'carnet' },
				...{
					x: measure(say('Jours', 'Days'), null, false),
					y: measure(say('Cachets', 'Fees'), '$')
				}
			}
		),
		newChart(
			n.regions,
			'region-tiles',
			{ x: c(n.region), colour: sum(n.admissions) },
			{
				title: say('Où vont les gens?', 'Where do people go?'),
				...{ source, palette: 'bleus', legend: true, values: true }
			}
		)
	];
}
