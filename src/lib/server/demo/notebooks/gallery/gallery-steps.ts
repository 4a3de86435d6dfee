/** The transformations of the gallery: every kind of step, and every intention that has words of its own. */
import { orderExpression } from '../../../../core/pipeline/chosen-order.ts';
import { conditionExpression } from '../../../../core/pipeline/condition.ts';
import type { Expression } from '../../../../core/pipeline/expression.ts';
import { FUNCTIONS } from '../../../../core/pipeline/functions.ts';
import {
	DATE_PARTS,
	stepOfIntent,
	TYPE_WAYS,
	type Intent
} from '../../../../core/pipeline/intent.ts';
import {
	binary,
	call,
	choice,
	column,
	literal
} from '../../../../core/pipeline/make-expression.ts';
import {
	JOIN_KINDS,
	type MadeColumn,
	type SortBy,
	type Step
} from '../../../../core/pipeline/step.ts';

/** Chooses between the languages of the notebook. */
export type Say = (fr: string, en: string) => string;

export interface GalleryTransform {
	readonly id: string;
	/** What the cell defines. */
	readonly name: string;
	/** The table that it starts from: another of these, or one of the notebook's data. */
	readonly from: string;
	readonly steps: readonly Step[];
}

export interface GallerySection {
	readonly id: string;
	readonly text: string;
	readonly transforms: readonly GalleryTransform[];
}

const itself = (name: string): MadeColumn => ({ name, value: column(name) });
const made = (name: string, value: Expression): MadeColumn => ({ name, value });
const by = (name: string, descending = false): SortBy => ({ value: column(name), descending });
const intent = (one: Intent): Step => stepOfIntent(one);
const TOWN = 'municipalite';
const PAID = 'entrees_payantes';
const REVENUE = 'revenus_billetterie';
const BY_TOWN = { within: [itself(TOWN)], order: [by('date')] };

/** Names of what the cells define, so that charts and texts can say them. */
export const galleryNames = (say: Say) => ({
	shows: 'representations',
	visits: 'visites',
	places: say('lieux', 'places'),
	written: say('ecrits', 'written'),
	least: say('minimum', 'least'),
	held: say('tenues', 'held'),
	seasons: say('annees', 'years'),
	towns: say('parVille', 'byTown'),
	months: say('parMois', 'byMonth'),
	wide: say('enLargeur', 'widened'),
	path: say('parcours', 'path'),
	invoices: say('factures', 'invoices'),
	regions: say('parRegion', 'byRegion'),
	/** Columns that are made. */
	admissions: say('entrées', 'admissions'),
	year: say('année', 'year'),
	month: say('mois', 'month'),
	region: say('région', 'region'),
	balance: say('solde', 'balance'),
	age: say('jours', 'days'),
	revenue: say('revenus', 'revenue'),
	nights: say('soirs', 'nights'),
	filling: say('occupation', 'occupancy'),
	stage: say('étape', 'stage'),
	number: say('nombre', 'number')
});
export type GalleryNames = ReturnType<typeof galleryNames>;

/** In the order of the page. */
export function gallerySections(say: Say): readonly GallerySection[] {
	const n = galleryNames(say);
	const transform = (
		id: string,
		name: string,
		from: string,
		...steps: readonly Step[]
	): GalleryTransform => ({ id, name, from, steps });
	const joined = (join: (typeof JOIN_KINDS)[number]): Step => ({
		kind: 'join',
		join,
		table: n.places,
		on: [{ left: TOWN, right: say('ville', 'town'), folded: true }]
	});
	const partName = (part: string): string => {
		const label = FUNCTIONS.get(part)?.label;
		return label ? say(label.fr, label.en) : part;
	};
	const ranks = {
		rank: say('rang', 'rank'),
		dense_rank: say('rang sans trous', 'dense rank'),
		avg_rank: say('rang moyen', 'average rank'),
		row_number: say('numéro', 'number')
	};
	const capacity = say('capacité', 'capacity');

	return [
		{
			id: 'lignes',
			text: say(
				`## Choisir des lignes

Un **filtre** garde les lignes qui répondent à ses conditions; le curseur ci-dessus fixe la sienne. On peut aussi **trier**, garder les **premières** ou les **dernières**, faire un **palmarès** par groupe, retirer les **doublons**, ou tirer un **échantillon**, le même chaque fois.`,
				`## Choosing rows

A **filter** keeps the rows that meet its conditions; the slider above sets one. Rows can also be **sorted**, the **first** or the **last** of them kept, the **top** of each group, without **duplicates**, or a **sample** drawn, the same each time.`
			),
			transforms: [
				transform('filtrer', say('filtrees', 'filtered'), n.shows, {
					kind: 'filter',
					where: conditionExpression({
						join: 'all',
						rules: [
							{
								...{ column: 'discipline', test: 'oneOf', folded: false, loose: false },
								values: ['Musique', 'Théâtre', 'Danse'].map((value) => ({
									kind: 'constant',
									value
								}))
							},
							{
								...{ column: PAID, test: 'atLeast', folded: false, loose: false },
								values: [{ kind: 'param', name: n.least }]
							},
							{
								...{ column: 'date', test: 'between', folded: false, loose: false },
								values: ['2024-09-01', '2025-06-30'].map((value) => ({ kind: 'date', value }))
							}
						]
					})
				}),
				transform('trier', say('triees', 'sorted'), n.shows, {
					kind: 'sort',
					by: [by(TOWN), by(PAID, true)]
				}),
				transform('trier-a-sa-facon', say('aSaFacon', 'inOrder'), n.shows, {
					kind: 'sort',
					by: [
						{
							value: orderExpression('statut', ['Reportée', 'Annulée', 'Maintenue']),
							descending: false
						},
						by('date')
					]
				}),
				transform('premieres', say('premieres', 'firstTen'), n.shows, {
					kind: 'slice',
					from: 0,
					to: 10
				}),
				transform('dernieres', say('dernieres', 'lastFive'), n.shows, {
					kind: 'slice',
					from: -5,
					to: null
				}),
				transform('palmares', say('palmares', 'topTwo'), n.shows, {
					kind: 'top',
					count: 2,
					by: [by(REVENUE, true)],
					within: [itself(TOWN)]
				}),
				transform('doublons', say('sansDoublons', 'unique'), n.shows, {
					kind: 'dedupe',
					columns: ['titre_spectacle']
				}),
				transform('echantillon', say('echantillon', 'sampled'), n.shows, {
					kind: 'sample',
					count: 12
				})
			]
		},
		{
			id: 'colonnes',
			text: say(
				`## Choisir et calculer des colonnes

On **garde**, **retire**, **renomme** ou **déplace** des colonnes, et l’on en **calcule** d’autres : une addition, un choix selon une condition, des **tranches** de cinq cents entrées, un **morceau** d’un texte.`,
				`## Choosing and computing columns

Columns are **kept**, **removed**, **renamed** or **moved**, and others **computed**: a sum, a choice that depends on a condition, **bins** of five hundred admissions, a **part** of a text.`
			),
			transforms: [
				transform('choisir', say('choisies', 'chosen'), n.shows, {
					kind: 'select',
					columns: ['date', TOWN, 'titre_spectacle', PAID]
				}),
				transform('retirer', say('retirees', 'dropped'), n.shows, {
					kind: 'drop',
					columns: ['id_representation', 'id_organisme', 'cachet']
				}),
				transform(
					'renommer',
					say('renommees', 'renamed'),
					say('choisies', 'chosen'),
					{
						kind: 'rename',
						names: [
							{ from: 'titre_spectacle', to: say('Spectacle', 'Show') },
							{ from: PAID, to: say('Billets payés', 'Paid tickets') }
						]
					},
					{ kind: 'relocate', columns: [say('Spectacle', 'Show')], place: { before: 'date' } }
				),
				transform(
					'calculer',
					n.held,
					n.shows,
					{ kind: 'filter', where: binary(column('statut'), '!==', literal('Annulée')) },
					intent({
						purpose: 'formula',
						name: n.admissions,
						value: binary(column(PAID), '+', column('entrees_faveur'))
					}),
					intent({
						purpose: 'formula',
						name: say('salle', 'hall'),
						value: choice(
							binary(column('billets_disponibles'), '>=', literal(1_000)),
							literal(say('grande', 'large')),
							literal(say('petite', 'small'))
						)
					}),
					intent({
						purpose: 'formula',
						name: n.balance,
						value: binary(column(REVENUE), '-', column('cachet'))
					})
				),
				transform(
					'tranches',
					say('parTranche', 'byBin'),
					n.held,
					intent({
						purpose: 'bin',
						name: say('tranche', 'bin'),
						column: n.admissions,
						step: 500
					}),
					{
						kind: 'summarise',
						by: [itself(say('tranche', 'bin'))],
						values: [made(n.nights, call('count'))]
					}
				),
				transform(
					'textes',
					say('heures', 'times'),
					n.shows,
					intent({
						purpose: 'split',
						...{ name: say('heure_ronde', 'hour'), column: 'heure', separator: ' h ', part: 1 },
						trimmed: false
					}),
					intent({
						purpose: 'extract',
						...{ name: 'minutes', column: 'heure', source: '(\\d+)$', flags: '', group: 1 }
					}),
					{
						kind: 'derive',
						columns: [
							made(
								say('heure_ronde', 'hour'),
								call('parse_int', column(say('heure_ronde', 'hour')))
							)
						]
					},
					{
						kind: 'select',
						columns: ['heure', say('heure_ronde', 'hour'), 'minutes']
					}
				)
			]
		},
		{
			id: 'dates',
			text: say(
				`## Lire une date

Une date donne son **année**, son **trimestre**, son **mois**, son jour. Elle donne aussi l’**année financière** (ici du 1ᵉʳ avril au 31 mars), la **saison** des arts de la scène (de juillet à juin) et la saison du calendrier.`,
				`## Reading a date

A date gives its **year**, its **quarter**, its **month**, its day. It also gives the **fiscal year** (here from 1 April to 31 March), the **season** of the performing arts (July to June) and the season of the calendar.`
			),
			transforms: [
				transform(
					'calendrier',
					say('calendrier', 'calendar'),
					n.shows,
					{ kind: 'select', columns: ['date', 'titre_spectacle'] },
					...DATE_PARTS.map((part) =>
						intent({
							purpose: 'date',
							...{ name: partName(part), column: 'date', part },
							setting: part === 'fiscal_year' ? 4 : part === 'week_start' ? 1 : say('fr', 'en')
						})
					)
				),
				// What is owed at the end of 2025, and for how many days.
				transform(
					'factures',
					n.invoices,
					n.held,
					{
						kind: 'filter',
						where: conditionExpression({
							join: 'all',
							rules: [
								{
									...{ column: 'date', test: 'atLeast', folded: false, loose: false },
									values: [{ kind: 'date', value: '2025-09-01' }]
								}
							]
						})
					},
					intent({
						purpose: 'formula',
						name: n.age,
						value: binary(literal(366), '-', call('utcdayofyear', column('date')))
					}),
					{ kind: 'select', columns: ['date', TOWN, 'cachet', n.age] }
				)
			]
		},
		{
			id: 'groupes',
			text: say(
				`## Regrouper et comparer

**Regrouper et résumer** donne une ligne par groupe. Une **somme cumulée**, une **part du total**, un **rang**, un **écart** avec la ligne précédente ou une **moyenne mobile** gardent toutes les lignes et regardent celles d’à côté.`,
				`## Grouping and comparing

**Group and summarise** gives one row a group. A **running total**, a **share of the total**, a **rank**, a **difference** from the previous row or a **moving average** keep every row and look at those beside it.`
			),
			transforms: [
				transform(
					'par-ville',
					n.towns,
					n.held,
					{
						kind: 'summarise',
						by: [itself(TOWN)],
						values: [
							made(n.nights, call('count')),
							made(n.admissions, call('sum', column(n.admissions))),
							made(n.revenue, call('sum', column(REVENUE))),
							made(n.filling, call('mean', column(n.admissions))),
							made(say('spectacles', 'shows'), call('distinct', column('titre_spectacle')))
						]
					},
					intent({
						purpose: 'share',
						...{ name: say('part', 'share'), column: n.revenue, within: [], order: [] }
					}),
					{ kind: 'sort', by: [by(n.revenue, true)] }
				),
				transform(
					'au-dessus',
					say('auDessus', 'aboveMean'),
					n.held,
					{ kind: 'group', by: [itself('discipline')] },
					{
						kind: 'filter',
						where: binary(column(n.admissions), '>', call('mean', column(n.admissions)))
					},
					{ kind: 'ungroup' }
				),
				transform(
					'cumul',
					say('cumul', 'runningTotals'),
					n.held,
					intent({
						purpose: 'running_total',
						...{ name: say('cumul', 'so far'), column: n.admissions, ...BY_TOWN }
					}),
					{ kind: 'select', columns: [TOWN, 'date', n.admissions, say('cumul', 'so far')] }
				),
				transform(
					'rangs',
					say('rangs', 'ranks'),
					n.held,
					{ kind: 'select', columns: [TOWN, 'discipline', n.admissions] },
					...(['rank', 'dense_rank', 'avg_rank', 'row_number'] as const).map((rank) =>
						intent({
							purpose: 'rank',
							...{
								name: ranks[rank],
								rank,
								within: [itself(TOWN)],
								order: [by(n.admissions, true)]
							}
						})
					)
				),
				transform(
					'par-mois',
					n.months,
					n.held,
					{
						kind: 'summarise',
						by: [made(n.month, call('month_start', column('date')))],
						values: [made(n.admissions, call('sum', column(n.admissions)))]
					},
					intent({
						purpose: 'difference',
						...{ name: say('écart', 'difference'), column: n.admissions },
						...{ within: [], order: [by(n.month)] }
					}),
					intent({
						purpose: 'percent_change',
						...{ name: 'variation', column: n.admissions },
						...{ within: [], order: [by(n.month)] }
					}),
					intent({
						purpose: 'window_formula',
						name: say('moyenne mobile', 'moving average'),
						value: {
							kind: 'rolling',
							...{ of: call('mean', column(n.admissions)), from: -2, to: 0, peers: false }
						},
						...{ within: [], order: [by(n.month)] }
					})
				)
			]
		},
		{
			id: 'tableaux',
			text: say(
				`## Réunir des tableaux

Le tableau des lieux écrit les villes autrement (\`RIMOUSKI\`, \`Quebec\`) : la **jointure** n’en tient pas compte. Elle garde toutes les lignes d’ici, celles qui se correspondent, toutes celles des deux tableaux, ou seulement celles qui ont (ou n’ont pas) leur pareille; un nom que l’on **rapproche** d’un autre compte aussi. **Aller chercher** apporte une seule colonne, **empiler** ajoute des lignes.`,
				`## Bringing tables together

The table of places spells towns otherwise (\`RIMOUSKI\`, \`Quebec\`): the **join** does not mind. It keeps every row of this table, those that match, all of both tables, or only those that have (or lack) a match; a name that is **reconciled** with another counts too. **Look up** brings one column, **stack** adds rows.`
			),
			transforms: [
				...JOIN_KINDS.map((kind) =>
					transform(`joindre-${kind}`, `${say('jointure', 'join')}_${kind}`, n.towns, joined(kind))
				),
				// A value that another table writes otherwise is read as it writes it.
				transform('joindre-rapproche', say('rapprochees', 'reconciled'), n.towns, {
					kind: 'join',
					join: 'inner',
					table: n.places,
					on: [
						{
							...{ left: TOWN, right: say('ville', 'town'), folded: true },
							readAs: [['Sherbrooke', 'Ville de Sherbrooke']]
						}
					]
				}),
				transform('chercher', say('avecCapacite', 'withCapacity'), n.towns, {
					kind: 'lookup',
					table: n.places,
					on: [{ left: TOWN, right: say('ville', 'town'), folded: true }],
					columns: [capacity]
				}),
				transform('empiler', say('empilees', 'stacked'), say('premieres', 'firstTen'), {
					kind: 'stack',
					tables: [say('dernieres', 'lastFive')],
					distinct: false
				}),
				transform(
					'empiler-sans-doublons',
					say('empileesUneFois', 'stackedOnce'),
					say('premieres', 'firstTen'),
					{
						kind: 'stack',
						tables: [say('premieres', 'firstTen'), say('dernieres', 'lastFive')],
						distinct: true
					}
				)
			]
		},
		{
			id: 'forme',
			text: say(
				`## Changer la forme

**Croiser** fait une colonne de chaque année; **allonger** fait le contraire, et d’une ligne de quatre totaux un parcours de quatre étapes.`,
				`## Changing the shape

**Pivot** makes a column of each year; **unpivot** does the contrary, and turns a row of four totals into a path of four stages.`
			),
			transforms: [
				transform(
					'annees',
					n.seasons,
					n.held,
					intent({
						purpose: 'date',
						...{ name: n.year, column: 'date', part: 'year_of', setting: null }
					}),
					{
						kind: 'summarise',
						by: [itself(TOWN), itself(n.year)],
						values: [made(n.revenue, call('sum', column(REVENUE)))]
					}
				),
				transform('croiser', n.wide, n.seasons, {
					kind: 'pivot',
					by: [itself(TOWN)],
					columns: [itself(n.year)],
					values: [made(n.revenue, call('sum', column(n.revenue)))]
				}),
				transform(
					'allonger',
					n.path,
					n.visits,
					{
						kind: 'summarise',
						by: [],
						values: ['sessions', 'vues_fiche_spectacle', 'clics_billetterie', 'achats'].map(
							(name) => made(name, call('sum', column(name)))
						)
					},
					{
						kind: 'unpivot',
						columns: ['sessions', 'vues_fiche_spectacle', 'clics_billetterie', 'achats'],
						names: n.stage,
						values: n.number
					}
				)
			]
		},
		{
			id: 'nettoyer',
			text: say(
				`## Nettoyer

Ce qui **manque** se signale ou se remplit. Des valeurs **se regroupent** sous un même nom : ici, le code d’une région devient son nom, et ce qui n’est pas en français devient « Autre ». Un texte **se lit** comme un nombre ou une date.`,
				`## Cleaning

What is **missing** is flagged or filled. Values are **grouped** under one name: here, the code of a region becomes its name, and what is not in French becomes “Other”. A text is **read** as a number or a date.`
			),
			transforms: [
				transform(
					'remplir',
					say('lieuxRemplis', 'filledPlaces'),
					n.places,
					intent({
						purpose: 'flag_missing',
						...{ name: say('capacité manquante', 'capacity missing'), column: capacity }
					}),
					intent({
						purpose: 'fill',
						...{ column: capacity, value: call('median', column(capacity)) }
					}),
					intent({
						purpose: 'fill',
						...{ column: say('gestion', 'run by'), value: literal(say('inconnue', 'unknown')) }
					})
				),
				transform(
					'types',
					say('lus', 'asRead'),
					n.written,
					...TYPE_WAYS.map((way) =>
						intent({
							purpose: 'type',
							...{ name: partName(way), column: way, way },
							mark: way === 'read_number' ? ',' : null
						})
					)
				),
				transform(
					'regrouper-valeurs',
					n.regions,
					n.held,
					intent({
						purpose: 'recode',
						...{ name: n.region, column: 'region_code', otherwise: undefined },
						groups: [
							['01', 'Bas-Saint-Laurent'],
							['03', 'Capitale-Nationale'],
							['05', 'Estrie'],
							['06', 'Montréal'],
							['08', 'Abitibi-Témiscamingue']
						]
					}),
					intent({
						purpose: 'recode',
						...{ name: 'langue', column: 'langue', otherwise: say('Autre', 'Other') },
						groups: [['FR', say('Français', 'French')]]
					}),
					{
						kind: 'summarise',
						by: [itself(n.region), itself('langue')],
						values: [made(n.admissions, call('sum', column(n.admissions)))]
					}
				)
			]
		}
	];
}
