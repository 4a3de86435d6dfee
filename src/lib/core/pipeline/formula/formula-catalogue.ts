/**
 * What the catalogue's functions are called in formulas, what their arguments are, and a sample of them. A function
 * that has no line here is called by its own name, and no menu offers it.
 */
import type { Lang } from '../../notebook/notebook.ts';
import { FUNCTIONS } from '../functions.ts';
import type { CatalogueFunction, FunctionCategory } from '../functions.ts';
import type { FormulaFunction, FormulaType } from './formula-function.ts';

/** Names and parameters are separated by spaces; in a sample, `_` is a column of the argument's type. */
type Line = readonly [
	fn: string,
	namesFr: string,
	namesEn: string,
	paramsFr?: string,
	paramsEn?: string,
	sample?: string
];

const LINES: readonly Line[] = [
	['missing', 'est_vide', 'is_blank', 'valeur', 'value', '_'],
	['recode', 'recoder', 'recode', 'valeur paires sinon', 'value pairs otherwise', '_ {"a":"b"}'],
	['includes', 'contient', 'contains', 'texte cherché', 'text sought', '_ "a"'],
	['startswith', 'commence_par', 'starts_with', 'texte début', 'text start', '_ "A"'],
	['endswith', 'finit_par', 'ends_with', 'texte fin', 'text end', '_ "e"'],
	['lower', 'minuscule', 'lower', 'texte', 'text', '_'],
	['upper', 'majuscule', 'upper', 'texte', 'text', '_'],
	['trim', 'supprespace sans_espaces', 'trim', 'texte', 'text', '_'],
	['length', 'nbcar longueur', 'len length', 'texte', 'text', '_'],
	[
		'replace',
		'substitue remplacer',
		'substitute replace',
		'texte ancien nouveau',
		'text old new',
		'_ "-" " "'
	],
	['split', 'découper', 'split', 'texte séparateur', 'text separator', '_ " "'],
	[
		'padstart',
		'compléter_gauche',
		'pad_start',
		'texte longueur signe',
		'text length character',
		'_ 5 "0"'
	],
	[
		'padend',
		'compléter_droite',
		'pad_end',
		'texte longueur signe',
		'text length character',
		'_ 5 "."'
	],
	['repeat', 'rept', 'rept repeat', 'texte fois', 'text times', '_ 2'],
	['reverse', 'inverser', 'reverse', 'texte', 'text', '_'],
	['match', 'extraire', 'match', 'texte motif groupe', 'text pattern group', '_ /\\d+/ 0'],
	['read_number', 'cnum nombre', 'value number', 'texte signe', 'text mark', '_'],
	['as_text', 'en_texte', 'as_text', 'valeur', 'value', '_'],
	['fold_text', 'sans_accents', 'fold_text', 'texte', 'text', '_'],
	['fold_key', 'clé', 'fold_key', 'texte', 'text', '_'],
	['abs', 'abs', 'abs', 'nombre', 'number', '_'],
	['round', 'arrondir arrondi', 'round', 'nombre', 'number', '_'],
	['round_to', 'arrondir arrondi', 'round', 'nombre décimales', 'number decimals', '_ 2'],
	['floor', 'plancher ent', 'floor int', 'nombre', 'number', '_'],
	['ceil', 'plafond', 'ceiling ceil', 'nombre', 'number', '_'],
	['trunc', 'tronque', 'trunc', 'nombre', 'number', '_'],
	['sign', 'signe', 'sign', 'nombre', 'number', '_'],
	['sqrt', 'racine', 'sqrt', 'nombre', 'number', '_'],
	['exp', 'exp', 'exp', 'nombre', 'number', '_'],
	['log', 'ln', 'ln', 'nombre', 'number', '_'],
	['log10', 'log10 log', 'log10 log', 'nombre', 'number', '_'],
	['greatest', 'max', 'max greatest', 'nombre nombre2', 'number number2', '_ 0'],
	['least', 'min', 'min least', 'nombre nombre2', 'number number2', '_ 0'],
	['bin_step', 'tranche', 'bin_by', 'nombre largeur', 'number width', '_ 10'],
	['parse_date', 'lire_date datevaleur', 'parse_date datevalue', 'texte', 'text', '"2026-03-01"'],
	['read_day_first', 'lire_jour_mois', 'parse_day_first', 'texte', 'text', '"31/12/2026"'],
	['year_of', 'année', 'year', 'date', 'date', '_'],
	['quarter_of', 'trimestre', 'quarter', 'date', 'date', '_'],
	['month_of', 'mois', 'month', 'date', 'date', '_'],
	['day_of', 'jour', 'day', 'date', 'date', '_'],
	['weekday_of', 'jour_semaine', 'weekday', 'date', 'date', '_'],
	['hour_of', 'heure', 'hour', 'date', 'date', '_'],
	['year_start', 'début_année', 'year_start', 'date', 'date', '_'],
	['quarter_start', 'début_trimestre', 'quarter_start', 'date', 'date', '_'],
	['month_start', 'début_mois', 'month_start', 'date', 'date', '_'],
	['week_start', 'début_semaine', 'week_start', 'date premier_jour', 'date first_day', '_ 1'],
	['day_start', 'sans_heure', 'date_only', 'date', 'date', '_'],
	['year_month', 'année_mois', 'year_month', 'date', 'date', '_'],
	['year_quarter', 'année_trimestre', 'year_quarter', 'date langue', 'date language', '_'],
	['fiscal_year', 'exercice', 'fiscal_year', 'date premier_mois', 'date first_month', '_ 4'],
	['arts_season', 'saison_artistique', 'arts_season', 'date', 'date', '_'],
	['month_name', 'nom_mois', 'month_name', 'date langue', 'date language', '_'],
	['weekday_name', 'nom_jour', 'weekday_name', 'date langue', 'date language', '_'],
	['meteorological_season', 'saison', 'season', 'date langue', 'date language', '_'],
	['count', 'compter', 'count', '', '', ''],
	['sum', 'somme', 'sum', 'nombre', 'number', '_'],
	['mean', 'moyenne', 'mean', 'nombre', 'number', '_'],
	['median', 'médiane', 'median', 'nombre', 'number', '_'],
	['min', 'min', 'min', 'valeur', 'value', '_'],
	['max', 'max', 'max', 'valeur', 'value', '_'],
	['distinct', 'nb_distincts', 'count_distinct', 'valeur', 'value', '_'],
	['valid', 'nbval', 'counta', 'valeur', 'value', '_'],
	['invalid', 'nb_vides', 'count_blank', 'valeur', 'value', '_'],
	['mode', 'mode', 'mode', 'valeur', 'value', '_'],
	['product', 'produit', 'product', 'nombre', 'number', '_'],
	['quantile', 'quantile centile', 'quantile percentile', 'nombre part', 'number share', '_ 0.9'],
	['stdev', 'écart_type', 'stdev', 'nombre', 'number', '_'],
	['variance', 'variance var', 'variance var', 'nombre', 'number', '_'],
	['corr', 'corrélation', 'correlation', 'nombre nombre2', 'number number2', '_ _'],
	['row_number', 'numéro_ligne', 'row_number', '', '', ''],
	['rank', 'rang', 'rank', '', '', ''],
	['ntile', 'parts_égales', 'ntile', 'nombre', 'number', '4'],
	['lag', 'précédent', 'previous', 'valeur lignes sinon', 'value rows otherwise', '_'],
	['lead', 'suivant', 'next', 'valeur lignes sinon', 'value rows otherwise', '_'],
	['first_value', 'première_valeur', 'first_value', 'valeur', 'value', '_'],
	['last_value', 'dernière_valeur', 'last_value', 'valeur', 'value', '_'],
	['fill_down', 'recopier_bas', 'fill_down', 'valeur sinon', 'value otherwise', '_'],
	['share_of_total', 'part_du_total', 'share_of_total', 'nombre', 'number', '_'],
	['difference', 'écart_précédent', 'difference', 'nombre', 'number', '_'],
	['percent_change', 'variation_pct', 'percent_change', 'nombre', 'number', '_']
];

/** Arquero's functions of the local clock, whose plain names are those of dates in UTC above. Not offered. */
const LOCAL: readonly Line[] = [
	['year', 'année_locale', 'local_year'],
	['quarter', 'trimestre_local', 'local_quarter'],
	['month', 'mois_local', 'local_month'],
	['date', 'jour_local', 'local_day'],
	['average', 'average', 'average'],
	['slice', 'tranche_de', 'slice'],
	['bin', 'intervalle', 'bin']
];

/** Arguments that are added where they are left out. */
const DEFAULTS: ReadonlyMap<string, 'lang' | 'mark' | number> = new Map<
	string,
	'lang' | 'mark' | number
>([
	['read_number', 'mark'],
	['week_start', 1],
	['fiscal_year', 4],
	['year_quarter', 'lang'],
	['month_name', 'lang'],
	['weekday_name', 'lang'],
	['meteorological_season', 'lang']
]);

/** A function as a menu offers it. */
export interface OfferedFunction extends FormulaFunction {
	readonly category: FunctionCategory;
	readonly label: Readonly<Record<Lang, string>>;
	readonly help: Readonly<Record<Lang, string>>;
	readonly params: Readonly<Record<Lang, readonly string[]>>;
	readonly sample: readonly string[];
	/** One value for many rows, or a value that depends on the rows around. */
	readonly kind: CatalogueFunction['kind'];
}

const FORMULA_TYPES: Readonly<Partial<Record<string, FormulaType>>> = {
	text: 'text',
	number: 'number',
	boolean: 'boolean',
	date: 'date'
};

const words = (text = ''): string[] => text.split(' ').filter(Boolean);

/** « La moyenne de nombre. » */
function helpOf(says: string, params: readonly string[]): string {
	const text = says
		.replaceAll('{*}', params.join(', '))
		.replace(/\{(\d)\}/g, (_, place: string) => params[Number(place)] ?? '…');
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function offered(fn: CatalogueFunction, line: Line | undefined): OfferedFunction {
	const [, namesFr = fn.name, namesEn = fn.name, paramsFr, paramsEn, sample] = line ?? [];
	const typed = fn.args.map(({ type }) => type);
	const params = { fr: words(paramsFr), en: words(paramsEn) };
	const filled = DEFAULTS.get(fn.name);
	const least = fn.args.filter(({ optional }) => !optional).length;
	return {
		fn: fn.name,
		names: { fr: words(namesFr), en: words(namesEn) },
		// Of one argument, `max` is the aggregate.
		least: fn.rest !== null ? least + 1 : least - (filled === undefined ? 0 : 1),
		most: fn.rest !== null ? null : fn.args.length,
		filled: filled ?? null,
		gives: FORMULA_TYPES[fn.result] ?? 'any',
		category: fn.category,
		label: fn.label,
		help: { fr: helpOf(fn.says.fr, params.fr), en: helpOf(fn.says.en, params.en) },
		params,
		sample: words(sample),
		takes: typed,
		kind: fn.kind
	};
}

const BY_NAME: ReadonlyMap<string, Line> = new Map(
	[...LINES, ...LOCAL].map((line) => [line[0], line])
);

/** Every function that a formula may call, the offered ones first. */
export const FORMULA_FUNCTIONS: readonly OfferedFunction[] = [
	...LINES.flatMap((line) => {
		const fn = FUNCTIONS.get(line[0]);
		return fn ? [offered(fn, line)] : [];
	}),
	...[...FUNCTIONS.values()]
		.filter(({ name }) => !LINES.some(([fn]) => fn === name))
		.map((fn) => offered(fn, BY_NAME.get(fn.name)))
];

/** What menus and completion list. */
export const OFFERED_FUNCTIONS: readonly OfferedFunction[] = FORMULA_FUNCTIONS.slice(
	0,
	LINES.length
);
