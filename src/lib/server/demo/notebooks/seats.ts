/** Starter notebook of question 1, « être plus performants »: how full are the halls, and when? */
import { toNotebook, type Lang, type Notebook } from '../../../core/notebook/notebook.ts';

/** @param file `slug@version.arrow` of the performances */
export function seatsNotebook(lang: Lang, file: string): Notebook {
	const say = (fr: string, en: string): string => (lang === 'fr' ? fr : en);
	const held = say('tenues', 'held');
	const chosen = say('choisies', 'chosen');
	const byVenue = say('parVille', 'byTown');
	const byMonth = say('parMois', 'byMonth');
	const all = say('Toutes', 'All');
	const md = (id: string, fr: string, en: string) => ({
		id,
		mode: 'md' as const,
		source: say(fr, en)
	});
	const js = (id: string, source: string) => ({ id, source });

	return toNotebook({
		lang,
		title: say('Nos salles sont-elles pleines?', 'Are our halls full?'),
		cells: [
			md(
				'intro',
				`# Nos salles sont-elles pleines?

Être plus performants, est-ce jouer plus souvent, ou mieux remplir ce qu’on joue déjà? Ce carnet regarde deux choses : **l’occupation**, la part des sièges offerts qui trouvent preneur, et **le revenu par siège**, qui tient compte des sièges vides.

Les données sont **synthétiques** : elles imitent la forme et les ordres de grandeur du secteur, mais aucun organisme ni aucun spectacle n’est réel.`,
				`# Are our halls full?

Does doing better mean playing more often, or filling more of what we already play? This notebook looks at two things: **occupancy**, the share of available seats that are taken, and **revenue per seat**, which counts the empty ones too.

The data are **synthetic**: they follow the shape and the orders of magnitude of the sector, but no organisation and no show is real.`
			),
			js(
				'representations',
				`const representations = FileAttachment(${JSON.stringify(file)}).arquero();`
			),
			md(
				'etapes',
				`## Trois étapes avant de comparer

On garde d’abord les représentations qui ont eu lieu, et l’on calcule pour chacune ses entrées et son mois. On choisit ensuite une discipline. Enfin, on additionne **avant** de diviser : une petite salle pleine ne doit pas peser autant qu’une grande.`,
				`## Three steps before comparing

First we keep the performances that took place, and work out each one’s admissions and month. Then we choose a discipline. Last, we add up **before** dividing: a small full hall must not weigh as much as a large one.`
			),
			js(
				'tenues',
				`const ${held} = representations
  .filter(d => d.statut !== "Annulée")
  .derive({
    entrees: d => d.entrees_payantes + d.entrees_faveur,
    mois: d => op.utcmonth(d.date) + 1
  });`
			),
			js(
				'discipline',
				`const discipline = view(Inputs.select(
  ["${all}", "Cirque", "Danse", "Humour", "Musique", "Théâtre", "Variété"],
  {label: "${say('Discipline', 'Discipline')}", value: "${all}"}
));`
			),
			js(
				'choisies',
				`const ${chosen} = ${held}
  .params({discipline})
  .filter((d, $) => $.discipline === "${all}" || d.discipline === $.discipline);`
			),
			js(
				'par-ville',
				`const ${byVenue} = ${chosen}
  .groupby("municipalite")
  .rollup({
    representations: op.count(),
    occupation: d => 100 * op.sum(d.entrees) / op.sum(d.billets_disponibles),
    revenu_par_siege: d => op.sum(d.revenus_billetterie) / op.sum(d.billets_disponibles)
  })
  .orderby(aq.desc("occupation"));`
			),
			js(
				'graphique-villes',
				`Plot.plot({
  title: "${say('Occupation des salles, par ville', 'Hall occupancy, by town')}",
  subtitle: "${say('Le trait marque la médiane', 'The rule marks the median')}",
  caption: "${say('Données synthétiques', 'Synthetic data')}",
  ariaDescription: "${say(
		'Nuage de points : une ville par ligne, l’occupation en pourcentage, et un trait à la médiane des villes.',
		'Dot plot: one town on each line, occupancy in per cent, and a rule at the median of the towns.'
	)}",
  marginLeft: 110,
  x: {label: "${say('Occupation (%)', 'Occupancy (%)')}", grid: true, domain: [40, 100]},
  y: {label: null},
  marks: [
    Plot.ruleX(${byVenue}, Plot.groupZ({x: "median"}, {x: "occupation", strokeDasharray: "4 3"})),
    Plot.dot(${byVenue}, {x: "occupation", y: "municipalite", r: 6, fill: "currentColor", sort: {y: "-x"}})
  ]
})`
			),
			js(
				'par-mois',
				`const ${byMonth} = ${chosen}
  .groupby("mois")
  .rollup({
    occupation: d => 100 * op.sum(d.entrees) / op.sum(d.billets_disponibles),
    entrees: d => op.sum(d.entrees)
  })
  .orderby("mois");`
			),
			js(
				'graphique-mois',
				`Plot.plot({
  title: "${say('Occupation au fil de l’année', 'Occupancy through the year')}",
  caption: "${say('Données synthétiques, deux années réunies', 'Synthetic data, two years together')}",
  ariaDescription: "${say(
		'Courbe de l’occupation en pourcentage, du mois 1 (janvier) au mois 12 (décembre).',
		'Line of occupancy in per cent, from month 1 (January) to month 12 (December).'
	)}",
  x: {label: "${say('Mois', 'Month')}", ticks: 12, tickFormat: "d"},
  y: {label: "${say('Occupation (%)', 'Occupancy (%)')}", grid: true, domain: [40, 100]},
  marks: [Plot.lineY(${byMonth}, {x: "mois", y: "occupation", marker: "circle"})]
})`
			),
			md(
				'constat',
				`## Un premier constat

Toutes disciplines confondues, l’écart entre les villes est moins grand que l’écart entre les mois : [la courbe de l’année](#cellule-graphique-mois) se creuse en février, et aucun autre mois ne descend aussi bas.`,
				`## A first finding

All disciplines together, the gap between towns is smaller than the gap between months: [the year’s line](#cellule-graphique-mois) dips in February, and no other month goes as low.`
			),
			md(
				'suite',
				`## À vous

Créez votre version pour essayer avec vos données. Quelques pistes :

- Le creux touche-t-il toutes les disciplines? Changez le choix ci-dessus et regardez la courbe se redessiner.
- Remplacez \`municipalite\` par \`public_cible\` dans le regroupement, puis dans le graphique qui le suit : qui remplit le mieux les salles?
- Comparez \`revenu_par_siege\` plutôt que \`occupation\` : le classement des villes change-t-il?
- Écrivez votre propre constat dans une cellule de texte, et citez le graphique qui l’appuie.`,
				`## Over to you

Make your own version to try it with your data. A few leads:

- Does every discipline dip? Change the choice above and watch the line redraw itself.
- Replace \`municipalite\` with \`public_cible\` in the grouping, then in the chart that follows it: which audiences fill halls best?
- Compare \`revenu_par_siege\` rather than \`occupation\`: does the ranking of the towns change?
- Write a finding of your own in a text cell, and cite the chart that supports it.`
			)
		]
	});
}
