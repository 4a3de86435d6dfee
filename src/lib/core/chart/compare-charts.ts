/** What lies between two charts, setting by setting, in words: « a changé le type : Courbes → Diagramme à barres ». */
import type { Lang } from '../notebook/notebook.ts';
import { choose, say, textWords, valueWords } from '../pipeline/say.ts';
import type { Words } from '../pipeline/words.ts';
import { channelWords, chartKindWords } from './describe-chart.ts';
import { CHANNELS, type ChannelName, type ChartSpec } from './chart-spec.ts';
import { parseChart } from './parse-chart.ts';

const CHANNEL_NAMES: Readonly<Record<ChannelName, readonly [fr: string, en: string]>> = {
	x: ['ce qu’on compare (x)', 'what is compared (x)'],
	y: ['ce qu’on mesure (y)', 'what is measured (y)'],
	y2: ['la seconde mesure', 'the second measure'],
	colour: ['la couleur', 'the colour'],
	facetX: ['les petits graphiques côte à côte', 'the small charts side by side'],
	facetY: ['les petits graphiques l’un sous l’autre', 'the small charts one below the other'],
	size: ['la taille', 'the size'],
	label: ['l’étiquette', 'the label']
};

const TEXTS = {
	title: ['le titre', 'the title'],
	subtitle: ['le sous-titre', 'the subtitle'],
	source: ['la source', 'the source'],
	note: ['la note', 'the note'],
	alternative: ['le texte de remplacement', 'the alternative text']
} as const;

/** Settings that are told without what they were. */
const SETTINGS = {
	x: ['les options de l’axe x', 'the options of the x axis'],
	y: ['les options de l’axe y', 'the options of the y axis'],
	order: ['l’ordre', 'the order'],
	limit: ['le nombre de catégories', 'the number of categories'],
	highlight: ['ce qui est mis en évidence', 'what is highlighted'],
	palette: ['les couleurs', 'the colours'],
	horizontal: ['le sens des barres', 'the direction of the bars'],
	layout: ['la disposition des séries', 'the layout of the series'],
	zero: ['le départ de l’axe', 'where the axis starts'],
	legend: ['la légende', 'the legend'],
	values: ['les valeurs écrites', 'the written values'],
	reference: ['la ligne de repère', 'the reference line'],
	width: ['la largeur', 'the width'],
	height: ['la hauteur', 'the height'],
	labelRoom: ['la place des étiquettes', 'the room for labels']
} as const satisfies Partial<Record<keyof ChartSpec, readonly [string, string]>>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const keys = <T extends object>(of: T): (keyof T)[] => Object.keys(of) as (keyof T)[];

/** Null where one of the sources is no chart that the panel knows, or where what differs is none of its settings. */
export function describeChartChanges(from: string, to: string, lang: Lang): Words[] | null {
	const [then, now] = [parseChart(from), parseChart(to)];
	if (!then || !now) return null;
	const said: Words[] = [];
	const fromTo = (name: string, a: string | null, b: string | null): void => {
		const quoted = valueWords;
		if (a === b) return;
		if (!b) said.push(say(choose(lang, 'a retiré {0}', 'removed {0}'), textWords(name)));
		else if (!a)
			said.push(
				say(choose(lang, 'a ajouté {0}\u00a0: {1}', 'added {0}: {1}'), textWords(name), quoted(b))
			);
		else
			said.push(
				say(
					choose(lang, 'a changé {0}\u00a0: {1} → {2}', 'changed {0}: {1} → {2}'),
					textWords(name),
					quoted(a),
					quoted(b)
				)
			);
	};
	const [a, b] = [then.spec, now.spec];
	fromTo(
		choose(lang, 'le type de graphique', 'the kind of chart'),
		chartKindWords(a.kind, lang),
		chartKindWords(b.kind, lang)
	);
	fromTo(choose(lang, 'le tableau', 'the table'), a.table, b.table);
	for (const channel of CHANNELS) {
		if (same(a.channels[channel], b.channels[channel])) continue;
		const name = choose(lang, ...CHANNEL_NAMES[channel]);
		const words = [a, b].map(({ channels }) => channelWords(channels[channel], lang));
		if (words[0] === words[1])
			said.push(say(choose(lang, 'a réglé {0}', 'adjusted {0}'), textWords(name)));
		else fromTo(name, words[0] ?? null, words[1] ?? null);
	}
	for (const key of keys(TEXTS))
		fromTo(choose<string>(lang, TEXTS[key][0], TEXTS[key][1]), a[key], b[key]);
	for (const key of keys(SETTINGS))
		if (!same(a[key], b[key]))
			said.push(
				say(
					choose(lang, 'a changé {0}', 'changed {0}'),
					textWords(choose<string>(lang, SETTINGS[key][0], SETTINGS[key][1]))
				)
			);
	const [left, right] = [then, now].map(({ kept }) => kept.map(({ text }) => text));
	if (said.length > 0 && !same(left, right))
		said.push(
			textWords(choose(lang, 'a changé une partie écrite en code', 'changed a part in code'))
		);
	return said.length > 0 ? said : null;
}
