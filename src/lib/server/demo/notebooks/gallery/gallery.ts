/**
 * The gallery: a notebook that shows each kind of step and each kind of chart on the demo's data, to learn from by
 * opening it. Its cells are printed from the steps and charts themselves, as the panels write them.
 */
import { printControl } from '../../../../core/control/print-control.ts';
import { printChart } from '../../../../core/chart/print-chart.ts';
import { toNotebook, type Lang, type Notebook } from '../../../../core/notebook/notebook.ts';
import { printStep } from '../../../../core/pipeline/print-step.ts';
import { galleryCharts } from './gallery-charts.ts';
import {
	galleryNames,
	gallerySections,
	type GalleryNames,
	type GalleryTransform,
	type Say
} from './gallery-steps.ts';

/** The files that it reads: `slug@version.arrow`. */
export interface GalleryFiles {
	readonly performances: string;
	readonly web: string;
}

export const saying =
	(lang: Lang): Say =>
	(fr, en) =>
		lang === 'fr' ? fr : en;

const transformSource = ({ name, from, steps }: GalleryTransform): string =>
	`const ${name} = ${[from, ...steps.map(printStep)].join('\n  ')};`;

/** Towns as another list may write them, one of which the demo does not know. */
const placesSource = (say: Say, n: GalleryNames): string =>
	`const ${n.places} = aq.table({
  ${say('ville', 'town')}: ["RIMOUSKI", "Quebec", "Montréal", "rouyn noranda", "Ville de Sherbrooke", "Gatineau"],
  ${say('capacité', 'capacity')}: [680, 1450, null, 640, 960, 900],
  ${say('gestion: ["municipale", "privée", "privée", null, "privée", "municipale"]', '"run by": ["town", "private", "private", null, "private", "town"]')}
});`;

/** Values as exports write them, a column for each way of reading. */
const writtenSource = (n: GalleryNames): string =>
	`const ${n.written} = aq.table({
  read_number: ["1 234,50 $", "99,9"],
  parse_float: ["12.5", "7"],
  parse_int: ["12 ans", "7 ans"],
  parse_date: ["2025-03-01", "2025-12-31"],
  read_day_first: ["01/03/2025", "31/12/2025"],
  as_text: [7, 12]
});`;

export function galleryNotebook(lang: Lang, files: GalleryFiles): Notebook {
	const say = saying(lang);
	const n = galleryNames(say);
	const md = (id: string, source: string) => ({ id, mode: 'md' as const, source });
	const js = (id: string, source: string) => ({ id, source });
	const file = (name: string, of: string) =>
		`const ${name} = FileAttachment(${JSON.stringify(of)}).arquero();`;
	return toNotebook({
		lang,
		title: say(
			'Galerie\u00a0: chaque étape et chaque graphique',
			'Gallery: every step and every chart'
		),
		cells: [
			md(
				'intro',
				say(
					`# Galerie\u00a0: chaque étape et chaque graphique

Ce carnet montre, sur de petites données **synthétiques**, tout ce que l’on peut faire en quelques clics. Ouvrez les **Étapes** d’une transformation ou les **Réglages** d’un graphique pour voir comment c’est fait, puis créez votre version pour y toucher\u00a0: rien ne se brise.`,
					`# Gallery: every step and every chart

This notebook shows, on small **synthetic** data, all that can be done in a few clicks. Open the **Steps** of a transformation or the **Settings** of a chart to see how it is made, then make your own version and change it: nothing breaks.`
				)
			),
			js('representations', file(n.shows, files.performances)),
			js('visites', file(n.visits, files.web)),
			js('lieux', placesSource(say, n)),
			js('ecrits', writtenSource(n)),
			js(
				'curseur',
				printControl({
					...{
						name: n.least,
						kind: 'range',
						label: say('Entrées payantes, au moins', 'Paid tickets, at least')
					},
					...{ source: null, min: 0, max: 1_400, step: 50, value: 500 }
				})
			),
			...gallerySections(say).flatMap(({ id, text, transforms }) => [
				md(`texte-${id}`, text),
				...transforms.map((transform) => js(transform.id, transformSource(transform)))
			]),
			md(
				'texte-graphiques',
				say(
					`## Les quatorze graphiques

Chacun répond à une question\u00a0: comparer, suivre dans le temps, répartir, situer. Le panneau d’un graphique dit lequel convient au tableau, et passe de l’un à l’autre sans rien perdre.`,
					`## The fourteen charts

Each answers a question: to compare, to follow over time, to see a spread, to locate. A chart’s panel says which one suits the table, and goes from one to another without losing anything.`
				)
			),
			...galleryCharts(say, n).map((spec) => js(`graphique-${spec.kind}`, printChart(spec, lang)))
		]
	});
}
