/**
 * Makes the content of the demo's published report: its notebook, run to the end by the real engine on the demo's
 * data, frozen with the words of whoever publishes it. What comes out is kept in the repository
 * (`server/demo/report`), so that an installation starts without running anything.
 */
import { checkReport } from '../../src/lib/core/report/check.ts';
import { freezeReport, outputKey, type ReportChoices } from '../../src/lib/core/report/freeze.ts';
import type { ReportContent } from '../../src/lib/core/report/report.ts';
import type { Lang } from '../../src/lib/core/notebook/notebook.ts';
import { seatsNotebook } from '../../src/lib/server/demo/notebooks/seats.ts';
import { runNotebook } from './run-notebook.ts';

/** Cells that speak to whoever opens the notebook: a reader of the report can try nothing. */
const LEFT_OUT = ['suite'];
/** Cells whose code is the method. */
const SHOWN = ['tenues', 'par-mois'];

type Words = Pick<ReportChoices, 'title' | 'summary' | 'authors'> & {
	/** By cell. */
	readonly alts: Readonly<Record<'graphique-villes' | 'graphique-mois', string>>;
};

const nbsp = (text: string): string => text.replace(/ ([:%])/g, '\u00a0$1');

const WORDS: Readonly<Record<Lang, Words>> = {
	fr: {
		title: 'En février, nos salles se remplissent moins',
		summary: nbsp(
			'L’occupation de cinq salles tombe à 61 % en février, son plus bas de l’année, et monte à 82 % en novembre. Entre les villes, l’écart est deux fois moins grand : dix points.'
		),
		authors: ['L’équipe de démonstration'],
		alts: {
			'graphique-villes': nbsp(
				'Points de l’occupation par ville, de la plus haute à la plus basse : Sherbrooke 78 %, Rouyn-Noranda 75 %, Rimouski 72 %, Québec 69 %, Montréal 68 %. Un trait marque la médiane, 72 %.'
			),
			'graphique-mois': nbsp(
				'Courbe de l’occupation par mois : 69 % en janvier, 61 % en février, le plus bas. Elle reste entre 69 % et 75 % de mars à octobre, monte à 82 % en novembre, le plus haut, et redescend à 71 % en décembre.'
			)
		}
	},
	en: {
		title: 'In February, our halls fill less',
		summary:
			'Occupancy in five halls falls to 61% in February, its lowest of the year, and climbs to 82% in November. Between towns the gap is half as wide: ten points.',
		authors: ['The demo team'],
		alts: {
			'graphique-villes':
				'Dots of occupancy by town, from highest to lowest: Sherbrooke 78%, Rouyn-Noranda 75%, Rimouski 72%, Québec 69%, Montréal 68%. A rule marks the median, 72%.',
			'graphique-mois':
				'Line of occupancy by month: 69% in January, 61% in February, the lowest. It stays between 69% and 75% from March to October, climbs to 82% in November, the highest, and comes down to 71% in December.'
		}
	}
};

/** As a browser would send it: checked and cleared, in a form that JSON keeps whole. */
export async function makeDemoReport(lang: Lang): Promise<ReportContent> {
	const { title, summary, authors, alts } = WORDS[lang];
	const { host, cells, parts } = await runNotebook(
		seatsNotebook(lang, 'representations-demo@1.arrow')
	);
	host.close();
	const content = freezeReport(cells, parts, {
		lang,
		title,
		summary,
		authors,
		licence: 'CC-BY-4.0',
		shown: new Set(SHOWN),
		omitted: new Set(LEFT_OUT.map((cell) => outputKey(cell, 0))),
		alts: new Map(Object.entries(alts).map(([cell, alt]) => [outputKey(cell, 0), alt])),
		captions: new Map()
	});
	return checkReport(JSON.parse(JSON.stringify(content)));
}
