/**
 * The functions that expressions may call: Arquero's operations, and compositions that print as several of them
 * (`compositions.ts`). A formula's own words for them are not here.
 */

export type ArgumentType =
	'any' | 'text' | 'number' | 'date' | 'boolean' | 'list' | 'pairs' | 'pattern';

export interface FunctionArgument {
	readonly type: ArgumentType;
	readonly optional: boolean;
	/** A constant: a column cannot stand there. */
	readonly constant: boolean;
}

export const FUNCTION_CATEGORIES = [
	...(['logic', 'text', 'number', 'date', 'summary', 'order'] as const)
];
export type FunctionCategory = (typeof FUNCTION_CATEGORIES)[number];

export interface CatalogueFunction {
	readonly name: string;
	/** `aggregate`: one value for many rows; `window`: a value for each row that depends on the rows around it. */
	readonly kind: 'plain' | 'aggregate' | 'window';
	/** Prints as several operations of Arquero. */
	readonly composed: boolean;
	readonly category: FunctionCategory;
	readonly args: readonly FunctionArgument[];
	/** More arguments of this type may follow. */
	readonly rest: ArgumentType | null;
	/** `same`: of the first argument's type. */
	readonly result: ArgumentType | 'same';
	/** What a menu calls it. */
	readonly label: { readonly fr: string; readonly en: string };
	/** What a sentence says; `{0}` is the first argument. */
	readonly says: { readonly fr: string; readonly en: string };
}

const ARGUMENT_TYPES: ReadonlyMap<string, ArgumentType> = new Map([
	['x', 'any'],
	['t', 'text'],
	['n', 'number'],
	['d', 'date'],
	['b', 'boolean'],
	['l', 'list'],
	['m', 'pairs'],
	['r', 'pattern']
]);

/** `t n? =n`: a text, a number that may be left out, a constant number. */
function readArguments(text: string): FunctionArgument[] {
	return text
		.split(' ')
		.filter((word) => word !== '' && !word.startsWith('…'))
		.map((word) => ({
			type: ARGUMENT_TYPES.get(word.replace(/[=?]/g, '')) ?? 'any',
			optional: word.includes('?'),
			constant: word.includes('=')
		}));
}

/** A line a function: name, arguments, result, then label and sentence in French and in English. */
function family(
	category: FunctionCategory,
	kind: CatalogueFunction['kind'],
	composed: boolean,
	lines: string
): [string, CatalogueFunction][] {
	return lines
		.trim()
		.split('\n')
		.map((line) => {
			const [name = '', args = '', result = '', fr = '', saysFr = '', en = '', saysEn = ''] = line
				.split('|')
				.map((cell) => cell.replace(/^[ \t]+|[ \t]+$/g, ''));
			const rest = /…(\w)/.exec(args)?.[1];
			return [
				name,
				{
					name,
					kind,
					composed,
					category,
					args: readArguments(args),
					rest: rest === undefined ? null : (ARGUMENT_TYPES.get(rest) ?? null),
					result: RESULTS.find((type) => type === result) ?? 'any',
					label: { fr, en },
					says: { fr: saysFr, en: saysEn }
				}
			];
		});
}
const RESULTS = ['any', 'text', 'number', 'date', 'boolean', 'list', 'same'] as const;

/** By name. */
export const FUNCTIONS: ReadonlyMap<string, CatalogueFunction> = new Map([
	...family(
		'logic',
		'plain',
		false,
		`
		equal | x x | boolean | Égal | {0} est égal à {1} | Equal | {0} equals {1}
		is_nan | x | boolean | N’est pas un nombre | {0} n’est pas un nombre | Not a number | {0} is not a number
		is_finite | x | boolean | Nombre fini | {0} est un nombre fini | Finite number | {0} is a finite number
		recode | x m x? | any | Remplacer des valeurs | {0} avec d’autres valeurs | Replace values | {0} with other values`
	),
	...family(
		'logic',
		'plain',
		true,
		`
		missing | x | boolean | Valeur manquante | {0} est manquant | Missing value | {0} is missing`
	),
	...family(
		'text',
		'plain',
		false,
		`
		includes | x x n? | boolean | Contient | {0} contient {1} | Contains | {0} contains {1}
		startswith | t t n? | boolean | Commence par | {0} commence par {1} | Starts with | {0} starts with {1}
		endswith | t t n? | boolean | Finit par | {0} finit par {1} | Ends with | {0} ends with {1}
		lower | t | text | Minuscules | {0} en minuscules | Lower case | {0} in lower case
		upper | t | text | Majuscules | {0} en majuscules | Upper case | {0} in upper case
		trim | t | text | Sans espaces autour | {0} sans espaces autour | Trimmed | {0} without spaces around it
		length | x | number | Longueur | la longueur de {0} | Length | the length of {0}
		substring | t n n? | text | Partie d’un texte | une partie de {0} | Part of a text | a part of {0}
		slice | x n n? | same | Extrait | un extrait de {0} | Slice | a slice of {0}
		replace | t x t | text | Remplacer dans un texte | {0} où {1} devient {2} | Replace in a text | {0} with {1} replaced by {2}
		split | t x n? | list | Découper | {0} découpé à {1} | Split | {0} split at {1}
		join | l t? | text | Réunir | {0} réunis | Join | {0} joined
		match | t r x? | text | Extraire par motif | ce que le motif {1} trouve dans {0} | Extract by pattern | what the pattern {1} finds in {0}
		normalize | t t? | text | Forme Unicode | {0} en forme {1} | Unicode form | {0} in form {1}
		padstart | t n t? | text | Compléter à gauche | {0} complété à {1} signes | Pad at the start | {0} padded to {1} characters
		padend | t n t? | text | Compléter à droite | {0} complété à droite à {1} signes | Pad at the end | {0} padded at the end to {1} characters
		repeat | t n | text | Répéter | {0} répété {1} fois | Repeat | {0} repeated {1} times
		reverse | x | same | À l’envers | {0} à l’envers | Reversed | {0} reversed
		indexof | x x | number | Position | la position de {1} dans {0} | Position | the position of {1} in {0}
		lastindexof | x x | number | Dernière position | la dernière position de {1} dans {0} | Last position | the last position of {1} in {0}
		parse_float | t | number | Lire un nombre | {0} lu comme un nombre | Read a number | {0} read as a number
		parse_int | t n? | number | Lire un entier | {0} lu comme un entier | Read an integer | {0} read as an integer`
	),
	...family(
		'text',
		'plain',
		true,
		`
		fold_text | t | text | Sans accents ni majuscules | {0} sans accents ni majuscules | Without accents and case | {0} without accents and case
		read_number | t =t | number | Lire un nombre écrit | {0} lu comme un nombre | Read a written number | {0} read as a number
		as_text | x | text | En texte | {0} en texte | As text | {0} as text
		fold_key | t | text | Sans accents, majuscules, tirets ni espaces | {0} sans accents, majuscules, tirets ni espaces | Without accents, case, dashes and spaces | {0} without accents, case, dashes and spaces`
	),
	...family(
		'number',
		'plain',
		false,
		`
		abs | n | number | Valeur absolue | la valeur absolue de {0} | Absolute value | the absolute value of {0}
		round | n | number | Arrondir | {0} arrondi | Round | {0} rounded
		floor | n | number | Arrondir vers le bas | {0} arrondi vers le bas | Round down | {0} rounded down
		ceil | n | number | Arrondir vers le haut | {0} arrondi vers le haut | Round up | {0} rounded up
		trunc | n | number | Sans décimales | {0} sans décimales | Without decimals | {0} without decimals
		sign | n | number | Signe | le signe de {0} | Sign | the sign of {0}
		sqrt | n | number | Racine carrée | la racine carrée de {0} | Square root | the square root of {0}
		cbrt | n | number | Racine cubique | la racine cubique de {0} | Cube root | the cube root of {0}
		exp | n | number | Exponentielle | l’exponentielle de {0} | Exponential | the exponential of {0}
		log | n | number | Logarithme | le logarithme de {0} | Logarithm | the logarithm of {0}
		log10 | n | number | Logarithme décimal | le logarithme décimal de {0} | Decimal logarithm | the decimal logarithm of {0}
		log2 | n | number | Logarithme binaire | le logarithme binaire de {0} | Binary logarithm | the binary logarithm of {0}
		pow | n n | number | Puissance | {0} à la puissance {1} | Power | {0} to the power of {1}
		greatest | n …n | number | Le plus grand | le plus grand de {*} | Greatest | the greatest of {*}
		least | n …n | number | Le plus petit | le plus petit de {*} | Least | the least of {*}
		bin | n n n n n? | number | Intervalle | l’intervalle de {0} (de {1} à {2}, pas de {3}) | Bin | the bin of {0} (from {1} to {2}, step {3})`
	),
	...family(
		'number',
		'plain',
		true,
		`
		bin_step | n n | number | Regrouper par tranches | {0} par tranches de {1} | Bin | {0} in bins of {1}
		round_to | n =n | number | Arrondir à des décimales | {0} arrondi à {1} décimales | Round to decimals | {0} rounded to {1} decimals`
	),
	...family(
		'date',
		'plain',
		false,
		`
		parse_date | t | date | Lire une date | {0} lu comme une date | Read a date | {0} read as a date
		timestamp | d | number | Horodatage | l’horodatage de {0} | Timestamp | the timestamp of {0}
		utcdatetime | n n? n? n? n? n? n? | date | Date | la date {*} | Date | the date {*}
		datetime | n n? n? n? n? n? n? | date | Date locale | la date locale {*} | Local date | the local date {*}
		format_utcdate | d b? | text | Écrire une date | {0} en texte | Write a date | {0} as text
		format_date | d b? | text | Écrire une date locale | {0} en texte (heure locale) | Write a local date | {0} as text (local time)
		utcyear | d | number | Année | l’année de {0} | Year | the year of {0}
		utcquarter | d | number | Trimestre (de 0 à 3) | le trimestre de {0} (de 0 à 3) | Quarter (0 to 3) | the quarter of {0} (0 to 3)
		utcmonth | d | number | Mois (de 0 à 11) | le mois de {0} (de 0 à 11) | Month (0 to 11) | the month of {0} (0 to 11)
		utcweek | d n? | number | Semaine | la semaine de {0} | Week | the week of {0}
		utcdate | d | number | Jour du mois | le jour du mois de {0} | Day of the month | the day of the month of {0}
		utcdayofyear | d | number | Jour de l’année | le jour de l’année de {0} | Day of the year | the day of the year of {0}
		utcdayofweek | d | number | Jour de la semaine (0 : dimanche) | le jour de la semaine de {0} (0 : dimanche) | Day of the week (0: Sunday) | the day of the week of {0} (0: Sunday)
		utchours | d | number | Heure | l’heure de {0} | Hour | the hour of {0}
		utcminutes | d | number | Minutes | les minutes de {0} | Minutes | the minutes of {0}
		utcseconds | d | number | Secondes | les secondes de {0} | Seconds | the seconds of {0}
		year | d | number | Année locale | l’année locale de {0} | Local year | the local year of {0}
		quarter | d | number | Trimestre local (de 0 à 3) | le trimestre local de {0} (de 0 à 3) | Local quarter (0 to 3) | the local quarter of {0} (0 to 3)
		month | d | number | Mois local (de 0 à 11) | le mois local de {0} (de 0 à 11) | Local month (0 to 11) | the local month of {0} (0 to 11)
		week | d n? | number | Semaine locale | la semaine locale de {0} | Local week | the local week of {0}
		date | d | number | Jour local du mois | le jour local du mois de {0} | Local day of the month | the local day of the month of {0}
		dayofyear | d | number | Jour local de l’année | le jour local de l’année de {0} | Local day of the year | the local day of the year of {0}
		dayofweek | d | number | Jour local de la semaine (0 : dimanche) | le jour local de la semaine de {0} (0 : dimanche) | Local day of the week (0: Sunday) | the local day of the week of {0} (0: Sunday)
		hours | d | number | Heure locale | l’heure locale de {0} | Local hour | the local hour of {0}
		minutes | d | number | Minutes locales | les minutes locales de {0} | Local minutes | the local minutes of {0}`
	),
	...family(
		'date',
		'plain',
		true,
		`
		read_day_first | t | date | Lire une date, le jour d’abord | {0} lu comme une date, le jour d’abord | Read a date, day first | {0} read as a date, day first
		year_of | d | number | Année | l’année de {0} | Year | the year of {0}
		quarter_of | d | number | Trimestre (de 1 à 4) | le trimestre de {0} | Quarter (1 to 4) | the quarter of {0}
		month_of | d | number | Mois (de 1 à 12) | le mois de {0} | Month (1 to 12) | the month of {0}
		day_of | d | number | Jour du mois | le jour du mois de {0} | Day of the month | the day of the month of {0}
		weekday_of | d | number | Jour de la semaine (1 : lundi) | le jour de la semaine de {0} (1 : lundi) | Day of the week (1: Monday) | the day of the week of {0} (1: Monday)
		hour_of | d | number | Heure | l’heure de {0} | Hour | the hour of {0}
		year_start | d | date | Début de l’année | le début de l’année de {0} | Start of the year | the start of the year of {0}
		quarter_start | d | date | Début du trimestre | le début du trimestre de {0} | Start of the quarter | the start of the quarter of {0}
		month_start | d | date | Début du mois | le début du mois de {0} | Start of the month | the start of the month of {0}
		week_start | d =n | date | Début de la semaine | le début de la semaine de {0} | Start of the week | the start of the week of {0}
		day_start | d | date | Jour | le jour de {0} | Day | the day of {0}
		year_month | d | text | Année et mois | l’année et le mois de {0} | Year and month | the year and month of {0}
		year_quarter | d =t | text | Année et trimestre | l’année et le trimestre de {0} | Year and quarter | the year and quarter of {0}
		fiscal_year | d =n | text | Exercice financier | l’exercice financier de {0} | Fiscal year | the fiscal year of {0}
		arts_season | d | text | Saison (juillet à juin) | la saison de {0} (juillet à juin) | Season (July to June) | the season of {0} (July to June)
		month_name | d =t | text | Nom du mois | le nom du mois de {0} | Month name | the month name of {0}
		weekday_name | d =t | text | Nom du jour | le nom du jour de {0} | Weekday name | the weekday name of {0}
		meteorological_season | d =t | text | Saison de l’année | la saison de l’année de {0} | Season of the year | the season of the year of {0}`
	),
	...family(
		'summary',
		'aggregate',
		false,
		`
		count | | number | Nombre de lignes | le nombre de lignes | Number of rows | the number of rows
		sum | n | number | Somme | la somme de {0} | Sum | the sum of {0}
		mean | n | number | Moyenne | la moyenne de {0} | Mean | the mean of {0}
		average | n | number | Moyenne | la moyenne de {0} | Average | the average of {0}
		median | n | number | Médiane | la médiane de {0} | Median | the median of {0}
		min | x | same | Minimum | le minimum de {0} | Minimum | the minimum of {0}
		max | x | same | Maximum | le maximum de {0} | Maximum | the maximum of {0}
		distinct | x | number | Valeurs distinctes | le nombre de valeurs distinctes de {0} | Distinct values | the number of distinct values of {0}
		valid | x | number | Valeurs présentes | le nombre de valeurs présentes de {0} | Present values | the number of present values of {0}
		invalid | x | number | Valeurs manquantes | le nombre de valeurs manquantes de {0} | Missing values | the number of missing values of {0}
		any | x | same | Une valeur | une valeur de {0} | Any value | a value of {0}
		mode | x | same | Valeur la plus fréquente | la valeur la plus fréquente de {0} | Most frequent value | the most frequent value of {0}
		product | n | number | Produit | le produit de {0} | Product | the product of {0}
		quantile | n =n | number | Quantile | le quantile {1} de {0} | Quantile | the {1} quantile of {0}
		stdev | n | number | Écart type | l’écart type de {0} | Standard deviation | the standard deviation of {0}
		stdevp | n | number | Écart type (population) | l’écart type (population) de {0} | Standard deviation (population) | the standard deviation (population) of {0}
		variance | n | number | Variance | la variance de {0} | Variance | the variance of {0}
		variancep | n | number | Variance (population) | la variance (population) de {0} | Variance (population) | the variance (population) of {0}
		corr | n n | number | Corrélation | la corrélation de {0} et {1} | Correlation | the correlation of {0} and {1}
		covariance | n n | number | Covariance | la covariance de {0} et {1} | Covariance | the covariance of {0} and {1}
		covariancep | n n | number | Covariance (population) | la covariance (population) de {0} et {1} | Covariance (population) | the covariance (population) of {0} and {1}`
	),
	...family(
		'order',
		'window',
		false,
		`
		row_number | | number | Numéro de ligne | le numéro de la ligne | Row number | the row number
		rank | | number | Rang | le rang | Rank | the rank
		dense_rank | | number | Rang sans trous | le rang sans trous | Dense rank | the dense rank
		avg_rank | | number | Rang moyen | le rang moyen | Average rank | the average rank
		percent_rank | | number | Rang relatif | le rang relatif | Percent rank | the percent rank
		cume_dist | | number | Part cumulée | la part cumulée | Cumulative share | the cumulative share
		ntile | =n | number | Parts égales | la part, sur {0} parts égales | Equal parts | the part, of {0} equal parts
		lag | x =n? =x? | same | Valeur précédente | la valeur précédente de {0} | Previous value | the previous value of {0}
		lead | x =n? =x? | same | Valeur suivante | la valeur suivante de {0} | Next value | the next value of {0}
		first_value | x | same | Première valeur | la première valeur de {0} | First value | the first value of {0}
		last_value | x | same | Dernière valeur | la dernière valeur de {0} | Last value | the last value of {0}
		nth_value | x =n | same | Nᵉ valeur | la valeur numéro {1} de {0} | Nth value | value number {1} of {0}
		fill_down | x =x? | same | Dernière valeur présente | la dernière valeur présente de {0} | Last present value | the last present value of {0}
		fill_up | x =x? | same | Prochaine valeur présente | la prochaine valeur présente de {0} | Next present value | the next present value of {0}`
	),
	...family(
		'order',
		'window',
		true,
		`
		share_of_total | n | number | Part du total (%) | la part du total de {0}, en % | Share of the total (%) | the share of the total of {0}, in %
		difference | n | number | Écart avec la ligne précédente | l’écart de {0} avec la ligne précédente | Difference from the previous row | the difference of {0} from the previous row
		percent_change | n | number | Variation (%) | la variation de {0} depuis la ligne précédente, en % | Change (%) | the change of {0} since the previous row, in %`
	)
]);

/** Whether `count` arguments are what a function takes. */
export function takes(fn: CatalogueFunction, count: number): boolean {
	const least = fn.args.filter(({ optional }) => !optional).length;
	return count >= least && (fn.rest !== null || count <= fn.args.length);
}
