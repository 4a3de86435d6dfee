/** Starter notebook of question 5, « intéresser et rejoindre de nouveaux publics »: who comes for the first time? */
import { toNotebook, type Lang, type Notebook } from '../../../core/notebook/notebook.ts';

/** @param files `slug@version.arrow` of the ticket sales and of the sites' audience */
export function newcomersNotebook(lang: Lang, files: { tickets: string; web: string }): Notebook {
	const say = (fr: string, en: string): string => (lang === 'fr' ? fr : en);
	const entries = say('entrees', 'entries');
	const kept = say('retenues', 'kept');
	const byChannel = say('parCanal', 'byChannel');
	const bySource = say('parSource', 'bySource');
	const longest = say('delaiMax', 'longestLead');
	const md = (id: string, fr: string, en: string) => ({
		id,
		mode: 'md' as const,
		source: say(fr, en)
	});
	const js = (id: string, source: string) => ({ id, source });

	return toNotebook({
		lang,
		title: say('Par où arrivent les nouveaux publics?', 'How do new audiences reach us?'),
		cells: [
			md(
				'intro',
				`# Par où arrivent les nouveaux publics?

Un nouveau public ne se décrète pas : il arrive par une porte. Ce carnet cherche laquelle. Il regarde d’abord **où achètent** les personnes qui viennent pour la première fois, puis **d’où viennent** les visites de nos sites qui finissent par un achat.

Les données sont **synthétiques** : elles imitent la forme et les ordres de grandeur du secteur, mais personne ne s’y trouve. Créez votre version pour poser vos propres questions.`,
				`# How do new audiences reach us?

New audiences don’t come by decree: they come in by a door. This notebook looks for it. It first looks at **where** people who come for the first time **buy**, then at **where** the visits to our sites that end in a purchase **come from**.

The data are **synthetic**: they follow the shape and the orders of magnitude of the sector, but nobody is in them. Make your own version to ask your own questions.`
			),
			js('billets', `const billets = FileAttachment(${JSON.stringify(files.tickets)}).arquero();`),
			js('visites', `const visites = FileAttachment(${JSON.stringify(files.web)}).arquero();`),
			md(
				'etapes',
				`## Des billets aux entrées

Un billet remboursé, échangé ou annulé n’a fait entrer personne : on l’écarte. On calcule ensuite le délai entre l’achat et la représentation, en jours. Le curseur permet de ne garder que les achats faits sur le tard : les nouveaux publics se décident-ils à la dernière minute?`,
				`## From tickets to admissions

A ticket refunded, exchanged or cancelled let nobody in: we leave it out. Then we work out how many days passed between the purchase and the performance. The slider keeps only the late purchases: do new audiences decide at the last minute?`
			),
			js(
				'entrees',
				`const ${entries} = billets
  .filter(d => d.statut === "Vendu" || d.statut === "Scanné")
  .derive({delai: d => (d.date_representation - d.date_achat) / 86400000});`
			),
			js(
				'delai-max',
				`const ${longest} = view(Inputs.range([1, 300], {label: "${say(
					'Achats faits au plus (jours avant)',
					'Purchases made at most (days before)'
				)}", value: 300, step: 1}));`
			),
			js(
				'retenues',
				`const ${kept} = ${entries}
  .params({${longest}})
  .filter((d, $) => d.delai <= $.${longest});`
			),
			js(
				'par-canal',
				`const ${byChannel} = ${kept}
  .groupby("canal_vente")
  .rollup({
    billets: op.count(),
    nouveaux: d => op.sum(d.premiere_visite ? 1 : 0)
  })
  .derive({part: d => 100 * d.nouveaux / d.billets})
  .orderby(aq.desc("part"));`
			),
			js(
				'graphique-canaux',
				`Plot.plot({
  title: "${say('Part des premières visites, par canal de vente', 'Share of first visits, by sales channel')}",
  caption: "${say('Données synthétiques', 'Synthetic data')}",
  ariaDescription: "${say(
		'Barres horizontales : pour chaque canal de vente, la part en pourcentage des entrées qui sont une première visite.',
		'Horizontal bars: for each sales channel, the share in per cent of admissions that are a first visit.'
	)}",
  marginLeft: 90,
  x: {label: "${say('Premières visites (%)', 'First visits (%)')}", grid: true},
  y: {label: null},
  marks: [
    Plot.barX(${byChannel}, {x: "part", y: "canal_vente", sort: {y: "-x"}}),
    Plot.ruleX([0])
  ]
})`
			),
			js(
				'par-source',
				`const ${bySource} = visites
  .groupby("source_support")
  .rollup({
    sessions: d => op.sum(d.sessions),
    clics: d => op.sum(d.clics_billetterie),
    achats: d => op.sum(d.achats)
  })
  .derive({conversion: d => 100 * d.achats / d.sessions})
  .orderby(aq.desc("conversion"));`
			),
			js(
				'graphique-sources',
				`Plot.plot({
  title: "${say('Visites qui finissent par un achat, par source', 'Visits that end in a purchase, by source')}",
  caption: "${say('Données synthétiques', 'Synthetic data')}",
  ariaDescription: "${say(
		'Barres horizontales : pour chaque source de visites, la part en pourcentage des visites qui finissent par un achat.',
		'Horizontal bars: for each source of visits, the share in per cent of visits that end in a purchase.'
	)}",
  marginLeft: 130,
  x: {label: "${say('Conversion (%)', 'Conversion (%)')}", grid: true},
  y: {label: null},
  marks: [
    Plot.barX(${bySource}, {x: "conversion", y: "source_support", sort: {y: "-x"}}),
    Plot.ruleX([0])
  ]
})`
			),
			md(
				'constat',
				`## Un premier constat

Chez le revendeur et sur le téléphone mobile, la part des premières visites est la plus grande; au guichet et au téléphone, on sert surtout des habitués ([graphique des canaux](#cellule-graphique-canaux)). Sur nos sites, c’est l’infolettre qui convertit le mieux ([graphique des sources](#cellule-graphique-sources)) : elle parle pourtant à des gens que l’on connaît déjà. La porte des nouveaux publics et la porte la plus rentable ne sont donc pas la même.`,
				`## A first finding

Resellers and mobile phones have the largest share of first visits; at the box office and by telephone it is mostly regulars we serve ([chart of the channels](#cellule-graphique-canaux)). On our sites the newsletter converts best ([chart of the sources](#cellule-graphique-sources)), yet it speaks to people we already know. The door of new audiences and the door that pays most are therefore not the same one.`
			),
			md(
				'suite',
				`## À vous

- Ramenez le curseur à 7 jours : le classement des canaux change-t-il?
- Remplacez \`canal_vente\` par \`discipline\` ou par \`type_tarif\` dans le regroupement, puis dans le graphique qui le suit.
- De la même façon, regroupez par \`rta_acheteur\`, les trois premiers caractères du code postal : d’où viennent les premières visites?`,
				`## Over to you

- Bring the slider down to 7 days: does the order of the channels change?
- Replace \`canal_vente\` with \`discipline\` or \`type_tarif\` in the grouping, then in the chart that follows it.
- In the same way, group by \`rta_acheteur\`, the first three characters of the postal code: where do first visits come from?`
			)
		]
	});
}
